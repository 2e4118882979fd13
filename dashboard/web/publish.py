"""Publish what a browser needs, once: limits and facts of a data set, and scripts.

Each is a file with a hash of its content in its name, so a browser keeps it for good and asks again
only when the content is another.
"""

import math
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import orjson
import pandas as pd
from shapely import LineString

from dashboard import texts
from dashboard.clusters.measures import MEASURES
from dashboard.clusters.rules import RULES, load_parameters
from dashboard.clusters.writing import measure_help
from dashboard.records.proposals import Overview
from dashboard.texts import LANGUAGES
from dashboard.web.joining import joined
from dashboard.web.published import QUICK, Published, named
from dashboard.web.remarks import remarks
from geodata.model import Dataset, River, derived
from geodata.shared import precision, years_text
from layers import classes, drafts, marks, own_layers, palette, series
from layers.overlays import look, overlays
from layers.surroundings import lands

LATE = ("rivers", "told")  # asked for once a map can be used, or when somebody points at what it tells of
DEGREES = 3  # decimals of a place on a river, some hundred metres
OF_MAPS = ("limits", "facts", *LATE)  # files of an edition that a screen with a map needs
_EDITION_FILE = re.compile(r"[a-z0-9_]+\.[0-9a-f]{16}\.json")
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.S)
_OF_PHONES = ("leaflet", "_tokens", "map", "room")  # sheets
# facts that no map of a group of districts asks for
_OF_SCREENS = ("altitude", "area", "capitals", "colours", "conflicts", "hazards", "population", "sources")
_BORDERS = ("provinces", "departments")  # overlays that every map has
_POINTED = "gap_combined"  # what such a map tells of a district


def publish(dataset: Dataset) -> dict[str, Published]:
    """Return the files of a data set by stem.

    Limits, facts, rivers, of the facts what a phone's maps need, each user's layer, and what rules and measures mean.
    """
    own = {
        key: named(key, orjson.dumps(own_layers.shapes(layer)), quality=QUICK) for key, layer in dataset.layers.items()
    }
    whole = facts(dataset, {key: file.name for key, file in own.items()})
    contents = {
        "limits": limits(dataset),
        "facts": whole,
        "rivers": rivers(dataset),
        "places": places(whole),
        "told": told(dataset),
    }
    return own | {stem: named(stem, orjson.dumps(content)) for stem, content in contents.items()}


def scripts(assets: Path) -> dict[str, Published]:
    """Return the browser's scripts by stem: Leaflet for maps, plotly for charts, and our own modules.

    Those are a file for every screen with what the map does, one more for the other screens, and one for the phones
    of a room.
    """
    ways_in = {"browser": ("main.js", ""), "screens": ("screens.js", "main.js"), "room": ("room.js", "")}
    own = {stem: joined(assets / "js", *way_in).encode() for stem, way_in in ways_in.items()}
    vendor = assets / "vendor"
    bodies = {"leaflet": (vendor / "leaflet.js").read_bytes(), **own}
    at_once = {stem: named(stem, body, "text/javascript", "js") for stem, body in bodies.items()}
    charts = named("plotly-charts", (vendor / "plotly-basic.min.js").read_bytes(), "text/javascript", "js", QUICK)
    return {**at_once, "plotly-charts": charts}


def surroundings() -> dict[str, Published]:
    """Return what lies around the territory, whatever its edition, by its stem."""
    return {"surroundings": named("surroundings", orjson.dumps(lands()))}


def styles(assets: Path) -> dict[str, Published]:
    """Return the sheets of styles as three, by stem: those of others first, ours in the order of their names.

    Those whose names begin with a line (tokens, and what is seen before all else is there) are the first of the
    screens' two; the third is all that the phones of a room need.
    """
    every = sorted(assets.rglob("*.css"), key=lambda path: (path.parent.name != "vendor", path))
    sheets = [s for s in every if s.stem != "room"]
    parts = {
        "first_styles": [s for s in sheets if s.name[0] == "_"],
        "styles": [s for s in sheets if s.name[0] != "_"],
        "room_styles": [s for s in every if s.stem in _OF_PHONES],
    }
    bodies = {stem: "".join(sheet.read_text("utf-8") for sheet in part) for stem, part in parts.items()}
    return {stem: named(stem, _COMMENT.sub("", body).encode(), "text/css", "css") for stem, body in bodies.items()}


class Shelf:
    """The published files of the last editions in use, so that a page on a former one finds its own.

    recent: gives those editions. A worker that never published one (another did, or it has just
    started) publishes it when its files are asked for; after that an unknown name costs a look only.
    """

    def __init__(self, recent: Callable[[], Iterable[Dataset]], most: int):
        self._recent, self._most = recent, most
        self._lock = threading.Lock()
        self._by_edition: OrderedDict[str, dict[str, Published]] = OrderedDict()

    def files(self, dataset: Dataset) -> dict[str, Published]:
        """Return the files of an edition by stem, published on the first call for it."""
        with self._lock:
            if dataset.edition not in self._by_edition:
                self._by_edition[dataset.edition] = publish(dataset)
                while len(self._by_edition) > self._most:
                    self._by_edition.popitem(last=False)
            return self._by_edition[dataset.edition]

    def find(self, name: str) -> Published | None:
        """Return a file of any of the last editions by its name."""
        if not _EDITION_FILE.fullmatch(name):
            return None
        if (found := self._look(name)) is None:
            for dataset in self._recent():
                self.files(dataset)
            found = self._look(name)
        return found

    def _look(self, name: str) -> Published | None:
        with self._lock:
            return next((f for files in self._by_edition.values() for f in files.values() if f.name == name), None)


def limits(dataset: Dataset) -> dict[str, Any]:
    """Return the limits as GeoJSON with the ubigeo as feature id; districts without are left out."""
    known = dataset.limits[dataset.limits.geometry.notna()]
    features = [
        {"type": "Feature", "id": ubigeo, "properties": {}, "geometry": geometry.__geo_interface__}
        for ubigeo, geometry in known.geometry.items()
    ]
    return {"type": "FeatureCollection", "features": features}


def rivers(dataset: Dataset) -> list[dict[str, Any]]:
    """Return each stretch of a river, the widest first: name ("" unknown), rank, and lines of [lon, lat] in degrees."""
    return [
        {
            "name": river.name,
            "rank": river.rank,
            "lines": [
                [[round(lon, DEGREES), round(lat, DEGREES)] for lon, lat, *_ in line.coords] for line in _lines(river)
            ],
        }
        for river in dataset.rivers
    ]


def told(dataset: Dataset) -> dict[str, dict[str, str]]:
    """Return by language what each rule asks and what each measure is and rests on, by `rule.` or `measure.` and key.

    They are the same for every candidate, so that no judgement brings them along.
    """
    return {language: _told(dataset, partial(texts.say, language)) for language in texts.LANGUAGES}


def _told(dataset: Dataset, say: Callable[..., str]) -> dict[str, str]:
    asked = {f"rule.{key}": say(f"rule.{key}.help") for key in RULES}
    sources = {key: say("map.source_alone", source=measure.source(dataset)) for key, measure in MEASURES.items()}
    return asked | {
        f"measure.{key}": f"{measure_help(measure, dataset, say)} {sources[key]}" for key, measure in MEASURES.items()
    }


def _lines(river: River) -> list[LineString]:
    return list(getattr(river.course, "geoms", [river.course]))


def _numbers(values: pd.Series, decimals: int) -> list[float | None]:
    """Round for the wire; unknown becomes null, never zero."""
    return [None if math.isnan(v) else v for v in precision.rounded_all(values, decimals).tolist()]


def _series(item: series.Series) -> dict[str, Any]:
    made: dict[str, Any] = {
        "group": item.group,
        "unit": item.unit,
        "year": item.year,
        "source": item.source,
        "decimals": item.decimals,
        "values": _numbers(item.shown, item.decimals),
        "classes": classes.ready_breaks(item.values, palette.CLASS_COUNTS, item.decimals),
    }
    if item.label_es:
        made |= {"es": item.label_es, "en": item.label_en}
        made["words"] = {"es": item.unit_es, "en": item.unit_en}
    if item.observed is not None:
        made["observed"] = _numbers(item.observed, 0)
    if item.unsampled is not None and item.unsampled.any():
        made["unsampled"] = [int(n) for n in item.unsampled]
    if item.rests is not None:
        made["rests"] = {"way": item.rests.way, "years": years_text(item.rests.years)}
    if item.counted is not None:
        made["counted"] = _numbers(item.counted, item.decimals)
    if item.known is not None:
        made |= {"known": [int(n) for n in item.known], "possible": item.possible}
    return made


def _periodic(dataset: Dataset) -> dict[str, dict[str, Any]]:
    resources = {series.EMERGENCIES: "hazards", series.CONFLICT_CASES: "conflicts"}
    return {
        key: {
            "group": "events",
            "unit": unit,
            "decimals": decimals,
            "whole": key == series.CONFLICT_CASES,
            "source": dataset.provenance[resources[key]].source,
        }
        for key, (unit, decimals) in series.PERIODIC.items()
    }


def facts(dataset: Dataset, files: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
    """Return every figure by district, in one order of districts, with sources and years.

    files: names of the files of the users' layers, by key; one without is not offered.
    """
    territory = dataset.territory
    districts = list(territory.districts.values())
    order = {d.ubigeo: i for i, d in enumerate(districts)}
    fixed = {key: _series(item) for key, item in series.fixed_series(dataset).items()}
    for indicator in dataset.catalog.index[dataset.catalog["scored"]]:
        said = {language: remarks(dataset, language, [indicator]) for language in LANGUAGES}
        if any(said.values()):
            fixed[series.indicator_key(indicator, dataset.latest_year(indicator))]["remarks"] = said
    return {
        "edition": dataset.edition,
        "official": dataset.limits_official,
        "ubigeos": list(order),
        "names": [d.name for d in districts],
        "capitals": [d.capital for d in districts],
        "lon": [d.capital_lon for d in districts],
        "lat": [d.capital_lat for d in districts],
        "altitude": [d.capital_altitude_m for d in districts],
        "area": [d.area_km2 for d in districts],
        "population": _numbers(dataset.population(), 0),
        "anchors": _anchors(dataset),
        "provinces": {p.code: {"name": p.name} for p in territory.provinces.values()},
        "departments": {d.code: {"name": d.name} for d in territory.departments.values()},
        "borders": _borders(dataset, order),
        "series": {**fixed, **_periodic(dataset)},
        "colours": palette.all_fill_colours(),
        "thinBelow": derived.THIN_BELOW,
        "symbols": marks.SHAPES,
        "drawing": drafts.looks(),
        "overlays": {key: overlay.facts(dataset) for key, overlay in overlays().items()}
        | {key: own_layers.facts(dataset.layers[key], dataset, file) for key, file in files.items()},
        "hazards": _hazards(dataset, order),
        "conflicts": _conflicts(dataset),
        "sources": {
            name: {"source": p.source, "es": p.notes_es, "en": p.notes_en} for name, p in dataset.provenance.items()
        },
    }


def places(whole: dict[str, Any]) -> dict[str, Any]:
    """Return of all facts those that maps of groups of districts need: a fifth of them, for phones on a weak line."""
    drawn = {
        key: {"parts": overlay["parts"], "needs": [], "rows": overlay["rows"] if key in _BORDERS else {}}
        for key, overlay in whole["overlays"].items()
        if key in overlays()
    }
    kept = {key: value for key, value in whole.items() if key not in _OF_SCREENS}
    return kept | {"overlays": drawn, "series": {_POINTED: whole["series"][_POINTED]}}


def _anchors(dataset: Dataset) -> list[list[float]]:
    """Return a point inside each district for its label; its capital where it has no limits."""
    points = {u: shape.representative_point() for u, shape in dataset.limits.geometry.dropna().items()}
    places = [
        (points[d.ubigeo].x, points[d.ubigeo].y) if d.ubigeo in points else (d.capital_lon, d.capital_lat)
        for d in dataset.territory.districts.values()
    ]
    return [[round(lon, 4), round(lat, 4)] for lon, lat in places]


def _borders(dataset: Dataset, order: dict[str, int]) -> list[list[int]]:
    return [[order[a], order[b]] for a, others in dataset.territory.border_km.items() for b in others if a < b]


def proposals(dataset: Dataset, kept: Overview) -> dict[str, Any]:
    """Return the proposals of the record for the browser, in every state: they change, and come with the page.

    `look` is how one is outlined on the map, None for those apart from the others; `untouched` tells that one is
    still as the data set has it. Districts that the edition does not have are left out.
    """
    known = dataset.territory.districts
    first = {p.id for p in dataset.proposals}
    listed = [
        {
            "id": p.id,
            "number": number,
            "version": p.version,
            "name": p.name,
            "ubigeos": sorted(u for u in p.ubigeos if u in known),
            "services": sorted(p.services),
            "phase": p.phase,
            "judgements": dict(p.judgements),
            "state": p.state,
            "look": look(p.state, load_parameters().kind(p.state)),
            "untouched": p.version == 1 and p.id in first,
        }
        for p, number in zip(kept.proposals, kept.numbers, strict=True)
    ]
    return {"print": kept.print, "shownFirst": _shown_first(dataset, listed), "proposals": listed}


def _shown_first(dataset: Dataset, listed: list[dict[str, Any]]) -> str | None:
    """Return the first proposal in sight that is not contiguous: its failing rule shows what this is for."""
    on_map = (p for p in listed if p["look"] and p["ubigeos"])
    return next((p["id"] for p in on_map if not dataset.territory.is_contiguous(p["ubigeos"])), None)


def _hazards(dataset: Dataset, order: dict[str, int]) -> dict[str, Any]:
    frame = dataset.hazards
    kinds = sorted(frame["hazard"].unique())
    rows = [[order[row.ubigeo], kinds.index(row.hazard), int(row.year), int(row.events)] for row in frame.itertuples()]
    return {"kinds": kinds, "rows": rows, "complete": list(dataset.hazards_complete_years)}


def _conflicts(dataset: Dataset) -> list[dict[str, Any]]:
    places = derived.conflict_places(dataset)
    estimated = dataset.conflicts.drop_duplicates("case_id").set_index("case_id")
    return [
        {
            "id": row.case_id,
            "level": row.level,
            "place": row.place,
            "type": row.type,
            "state": row.state,
            "name": row.name,
            "first": _year(row.first),
            "last": _year(row.last),
            "estimated": estimated.loc[row.case_id, "first_reported_basis"] == "estimated",
        }
        for row in places.itertuples(index=False)
    ]


def _year(value: Any) -> int | None:
    if value is None or value != value:
        return None
    return int(str(value)[:4])
