"""Show every figure of one district: what it is, gaps, indicators by year, events, associations."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

from dash import html

from dashboard import texts
from dashboard.clusters.model import ProposalLike
from dashboard.clusters.rules import load_parameters
from dashboard.pages.kit.tables import SHEET, table
from dashboard.pages.map import yearly
from dashboard.pages.map.projects import projects
from dashboard.records.proposals import Identity
from dashboard.web.remarks import remarks
from geodata.model import Dataset, derived
from geodata.shared import years_text
from layers import series

Known = Mapping[str, Identity]  # by what proposals go, by id
NOTHING: Known = MappingProxyType({})
SECTORS = ("education", "health", "environment", "context")


def sheet(
    ubigeo: str, dataset: Dataset, language: str, proposals: Iterable[ProposalLike], known: Known = NOTHING
) -> list[Any]:
    """Return the sheet of a district, with those of some proposals that hold it, by what is `known` of them.

    Raises UnknownUbigeo.
    """
    say = partial(texts.say, language)
    district = dataset.territory.districts[ubigeo]
    return [
        html.H2(dataset.territory.label(ubigeo)),
        _place(district, dataset, language),
        html.H3(say("sheet.gaps")),
        _gaps(ubigeo, dataset, language),
        *(part for sector in SECTORS for part in _sector(sector, ubigeo, dataset, language)),
        html.H3(say("sheet.projects")),
        projects(ubigeo, dataset, language),
        html.H3(say("sheet.conflicts")),
        _conflicts(ubigeo, dataset, language),
        html.H3(say("sheet.hazards")),
        _hazards(ubigeo, dataset, language),
        html.H3(say("sheet.groups")),
        _groups(ubigeo, proposals, known, dataset, language),
    ]


def _table(rows: list[list[Any]], head: Sequence[str] = ()) -> html.Table:
    return table("", head, rows, look=SHEET)


def _place(district: Any, dataset: Dataset, language: str) -> html.Table:
    say, number = partial(texts.say, language), texts.number
    density = series.fixed_series(dataset)[series.DENSITY]
    source = dataset.provenance["districts"].source
    own = [
        [say("sheet.ubigeo"), district.ubigeo],
        [say("sheet.capital"), _capital(district, say, language)],
        [say("sheet.area"), f"{number(district.area_km2, language, 1)} km²"],
        [say("sheet.density"), _density(density, district.ubigeo, language)],
    ]
    return _table(
        [
            [*own[0], html.Td(source, rowSpan=len(own))],  # told once, beside all that comes from it
            *own[1:],
            [say("sheet.neighbours"), _neighbours(district.ubigeo, dataset), dataset.provenance["neighbours"].source],
        ]
    )  # fmt: skip


def _density(item: series.Series, ubigeo: str, language: str) -> str:
    value = texts.number(item.shown[ubigeo], language, item.decimals)
    return f"{value} {texts.say(language, f'unit.{item.unit}', n=value)} ({item.year})"


def _capital(district: Any, say: Any, language: str) -> str:
    altitude = district.capital_altitude_m
    height = "" if altitude is None else f", {texts.number(altitude, language)} m"
    seat = f" · {say('sheet.seat')}" if district.is_provincial_capital else ""
    return f"{district.capital}{height}{seat}"


def _neighbours(ubigeo: str, dataset: Dataset) -> str:
    near = dataset.territory.neighbours(ubigeo)
    return ", ".join(sorted(dataset.territory.districts[u].name for u in near))


def _standing(item: series.Series, ubigeo: str, dataset: Dataset, language: str) -> str:
    """Return the rank inside the department, from the highest value."""
    found = series.standing(item.values, ubigeo, item.decimals, dataset)
    if found is None:
        return ""
    where = dataset.territory.departments[ubigeo[:2]].name
    return texts.say(language, "browser.rank", place=found[0], of=found[1], where=where)


def _gaps(ubigeo: str, dataset: Dataset, language: str) -> html.Table:
    say = partial(texts.say, language)
    rows = []
    for sector in series.GAPS:
        item = series.fixed_series(dataset)[f"gap_{sector}"]
        value = texts.number(item.shown[ubigeo], language, item.decimals, say("browser.no_data"))
        counted = "browser.coverage_sectors" if sector == "combined" else "browser.coverage"
        notes = [item.year]
        if item.known is not None:  # as of every gap
            notes.insert(0, say(counted, known=item.known[ubigeo], possible=item.possible))
        if item.unsampled is not None and item.unsampled[ubigeo] and item.values[ubigeo] == item.values[ubigeo]:
            notes.append(say("browser.samples_unknown", n=item.unsampled[ubigeo]))
        rows.append([
            say(f"browser.series.{item.key}"), value,
            _standing(item, ubigeo, dataset, language), " · ".join(notes),
        ])  # fmt: skip
    return _table(rows, [say("sheet.what"), say("sheet.points"), say("sheet.rank"), say("sheet.basis")])


def _sector(sector: str, ubigeo: str, dataset: Dataset, language: str) -> list[Any]:
    say = partial(texts.say, language)
    indicators = {
        series.indicator_key(indicator, year) for indicator, years in dataset.catalog["years"].items() for year in years
    }
    head = [say(f"sheet.{name}") for name in ("what", "value", "year", "rank", "source")]
    own = [item for item in series.fixed_series(dataset).values() if item.group == sector and item.key in indicators]
    many = yearly.by_indicator(dataset)
    charted = {item.key: code for code, items in many.items() for item in items}

    def lines(items: Iterable[series.Series]) -> html.Table:
        return _table([_indicator(item, ubigeo, dataset, language) for item in items], head)

    # of those with many years the table has the last one, and a chart below it all of them
    kept = [item for item in own if item.key not in charted or item is many[charted[item.key]][-1]]
    charts = [
        yearly.indicator(many[code], ubigeo, language, lines(many[code]))
        for code in dict.fromkeys(charted[item.key] for item in own if item.key in charted)
    ]
    told = remarks(dataset, language, dataset.catalog.index[dataset.catalog["sector"] == sector])
    return [
        html.H3(say(f"sector.{sector}")), lines(kept), *charts,
        *(html.P(text, className="muted") for text in told),
    ]  # fmt: skip


def _indicator(item: series.Series, ubigeo: str, dataset: Dataset, language: str) -> list[Any]:
    say = partial(texts.say, language)
    value = item.shown[ubigeo]
    text = texts.number(value, language, item.decimals, say("browser.no_data"))
    if value == value:
        text = f"{text}\u00a0{item.unit_in(language)}"
    observed = None if item.observed is None else item.observed[ubigeo]
    if observed is not None and observed == observed:
        key = "browser.sample_thin" if observed < derived.THIN_BELOW else "browser.sample"
        text = f"{text} ({say(key, n=texts.number(observed, language))})"
    elif item.unsampled is not None and item.unsampled[ubigeo]:
        text = f"{text} ({say('browser.sample_unknown')})"
    notes: list[Any] = []
    counted = None if item.counted is None else item.counted[ubigeo]
    if item.rests and counted is not None and counted == counted and counted != value:
        figure = f"{texts.number(counted, language, item.decimals)}\u00a0{item.unit_in(language)}"
        told = say(f"browser.rests.counted.{item.rests.way}", value=figure, years=years_text(item.rests.years))
        notes.append(html.Span(told, className="sheet-counted"))
    label = item.label_es if language == "es" else item.label_en
    return [label, [text, *notes], item.year, _standing(item, ubigeo, dataset, language), item.source]


def _conflicts(ubigeo: str, dataset: Dataset, language: str) -> Any:
    say = partial(texts.say, language)
    places = derived.conflict_places(dataset)
    own = places[(places["level"] == "district") & (places["place"] == ubigeo)]
    if own.empty:
        return html.P(say("sheet.no_conflicts"), className="muted")
    rows = [
        [row.name_, say(f"browser.conflict_type.{row.type}"), say(f"browser.conflict_state.{row.state}"),
         "–".join(str(d) for d in (row.first, row.last) if d == d and d)]
        for row in own.rename(columns={"name": "name_"}).itertuples()
    ]  # fmt: skip
    return _table(rows, [say(f"sheet.{name}") for name in ("what", "type", "state", "dates")])


def _hazards(ubigeo: str, dataset: Dataset, language: str) -> Any:
    say = partial(texts.say, language)
    own = dataset.hazards[dataset.hazards["ubigeo"] == ubigeo]
    if own.empty:
        return html.P(say("sheet.no_hazards"), className="muted")
    grouped = own.groupby("hazard").agg(
        events=("events", "sum"), people=("people_affected", "sum"),
        first=("year", "min"), last=("year", "max"),
    )  # fmt: skip
    rows = [
        [say(f"browser.hazard.{kind}"), texts.number(row.events, language),
         texts.number(row.people, language), "–".join(dict.fromkeys((str(row["first"]), str(row["last"]))))]
        for kind, row in grouped.sort_values("events", ascending=False).iterrows()
    ]  # fmt: skip
    head = [say(f"sheet.{name}") for name in ("what", "emergencies", "people_affected", "years")]
    source = html.P(dataset.provenance["hazards"].source, className="muted")
    return html.Div([_table(rows, head), *yearly.emergencies(ubigeo, dataset, language), source])


def _groups(ubigeo: str, proposals: Iterable[ProposalLike], known: Known, dataset: Dataset, language: str) -> Any:
    say = partial(texts.say, language)
    kind = load_parameters().kind
    keys = {"proposed": "sheet.in_proposal", "settled": "sheet.in_cluster"}
    found = [p for p in proposals if ubigeo in p.ubigeos and kind(p.state) in keys]
    items = [say(keys[kind(p.state)], name=known[p.id].title if p.id in known else p.name) for p in found]
    items += [say("sheet.in_mancomunidad", name=m.name) for m in dataset.mancomunidades if ubigeo in m.members]
    if ubigeo[:4] in dataset.p20:
        items.append(say("sheet.in_p20", province=dataset.territory.provinces[ubigeo[:4]].name))
    return html.Ul([html.Li(item) for item in items]) if items else html.P(say("sheet.no_groups"), className="muted")
