"""Lay out the districts with all their figures as one table: the one that every file and every live address gives.

Of each indicator the latest year; which one stands in the heading and in the codebook. What changes with the record
(clusters and proposals that hold a district) is of the moment. Unknown is blank, never zero.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import geopandas as gpd
import pandas as pd

from dashboard import texts
from dashboard.clusters.rules import load_parameters
from dashboard.clusters.writing import Column, Say, described_column, gap_rests, limits_notice
from dashboard.documents.place_files import Format, PlaceTable, written
from dashboard.records.proposals import Overview
from geodata.model import Dataset, derived
from geodata.shared import file_name, period_text, precision, years_text
from layers import classes, gis, palette, series

SEPARATOR = "; "
SAMPLE, KNOWN, YEAR = (
    "_sample",
    "_known",
    "_year",
)  # how names of columns end that stand beside an indicator's or a gap's
STATES = {"conflict_cases_active": "activo", "conflict_cases_latent": "latente"}
KINDS = {"clusters": "settled", "proposals": "proposed"}
NOBODY = Overview((), ())


@dataclass(frozen=True, eq=False)
class _Figure:
    """One column of the table: its values by ubigeo and what it is."""

    values: pd.Series
    column: Column


def districts_file(kind: Format, dataset: Dataset, language: str, record: Overview = NOBODY) -> tuple[str, bytes]:
    """Return name and content of a file of all districts. record: the proposals that its reader may see.

    Raises ValueError for an unknown format.
    """
    say = partial(texts.say, language)

    def called(ending: str, part: str = "file.districts") -> str:
        return file_name(say("file.all_figures"), say(part), ending)

    return written(kind, [district_table(dataset, language, record)], called, say, limits_notice(dataset, say))


def district_table(dataset: Dataset, language: str, record: Overview = NOBODY) -> PlaceTable:
    """Return the table: a row a district in the order of their codes, its limits in EPSG:4326 (None where unknown)."""
    say = partial(texts.say, language)
    found = {
        **_places(dataset, say),
        **_gaps(dataset, say),
        **_indicators(dataset, say, language),
        **_events(dataset, say),
        **_groups(dataset, say, language, record),
        "limits_notice": _Figure(
            pd.Series(limits_notice(dataset, say), dataset.ubigeos), described_column("limits_notice", dataset, say)
        ),
    }
    codes = dataset.ubigeos
    values = {name: _narrow(figure.values.reindex(codes)) for name, figure in found.items()}
    shapes = dataset.limits.geometry.reindex(codes)
    frame = gpd.GeoDataFrame(pd.DataFrame(values, index=codes), geometry=shapes, crs=dataset.limits.crs)
    columns = _told_apart({name: figure.column for name, figure in found.items()})
    return PlaceTable("districts", frame.reset_index(drop=True), columns, looks(dataset, language), "district")


def looks(dataset: Dataset, language: str) -> tuple[gis.MapLook, ...]:
    """Return how a map fills the districts: by each gap score, in the classes of the screen; the combined one first."""
    say, fixed = partial(texts.say, language), series.fixed_series(dataset)
    made = []
    for name in series.GAPS:
        item = fixed[f"gap_{name}"]
        bounds = classes.breaks(item.values, classes.DEFAULT_METHOD, palette.DEFAULT_CLASS_COUNT, item.decimals)
        ends = enumerate(zip((item.shown.min(), *bounds), bounds, strict=False))
        labels = [_range(low, high, n == 0, item, language) for n, (low, high) in ends]
        title = f"{say(f'browser.series.{item.key}')} ({say(f'unit.{item.unit}')}), {item.year}"
        called = say(f"browser.series.{item.key}")
        made.append(gis.graduated(called, item.key, bounds, labels, say("browser.no_data"), title))
    return tuple(made)


def _range(low: float, high: float, is_first: bool, item: series.Series, language: str) -> str:
    """Say from where to where a class goes, as the legend on the map does."""
    step = precision.rounded(low + 10**-item.decimals, item.decimals)
    if (low if is_first else step) >= high:
        return texts.number(high, language, item.decimals)
    key = "browser.range_from" if is_first else "browser.range_above"
    ends = {"low": texts.number(low, language, item.decimals), "high": texts.number(high, language, item.decimals)}
    return texts.say(language, key, **ends)


def _narrow(values: pd.Series) -> pd.Series:
    """Return whole figures without a point, as pandas keeps those of which some are not known."""
    known = values.dropna() if pd.api.types.is_numeric_dtype(values) else values[:0]
    return values.astype("Int64") if len(known) and (known == known.round()).all() else values


def _told_apart(columns: Mapping[str, Column]) -> dict[str, Column]:
    """Return the columns, those whose headings come to one name in a GIS by the names that programs know them under."""
    fields = [column.field for column in columns.values()]
    return {n: c if fields.count(c.field) == 1 else replace(c, title=n) for n, c in columns.items()}


# ---- what there is of a district


def _places(dataset: Dataset, say: Say) -> dict[str, _Figure]:
    territory = dataset.territory
    of: dict[str, tuple[str, Callable]] = {
        "ubigeo": ("ubigeo", lambda d: d.ubigeo),
        "district": ("district", lambda d: d.name),
        "province_code": ("province_code", lambda d: d.province),
        "province": ("province", lambda d: territory.provinces[d.province].name),
        "department_code": ("department_code", lambda d: d.department),
        "department": ("department", lambda d: territory.departments[d.department].name),
        "capital": ("capital", lambda d: d.capital),
        "is_capital": ("is_capital", lambda d: say("plan.file.yes") if d.is_provincial_capital else ""),
        "capital_longitude": ("longitude", lambda d: d.capital_lon),
        "capital_latitude": ("latitude", lambda d: d.capital_lat),
        "capital_altitude_m": ("altitude", lambda d: d.capital_altitude_m),
        "area_km2": ("area", lambda d: d.area_km2),
        "neighbours": ("neighbours", lambda d: SEPARATOR.join(sorted(territory.neighbours(d.ubigeo)))),
    }
    districts = territory.districts.values()
    return {
        name: _Figure(pd.Series([get(d) for d in districts], dataset.ubigeos), described_column(key, dataset, say))
        for name, (key, get) in of.items()
    }


def _gaps(dataset: Dataset, say: Say) -> dict[str, _Figure]:
    found = {}
    for name in (*(f"gap_{gap}" for gap in series.GAPS), series.DENSITY):
        item = series.fixed_series(dataset)[name]
        unit, about = say(f"unit.{item.unit}"), "gap" if item.possible else name
        column = _column(say, say(f"browser.series.{name}"), unit, item.year, item.source, about)
        about = " ".join([column.about, *gap_rests([name], dataset, say)])
        found[name] = _Figure(item.shown, replace(column, about=about))
        if item.known is not None:
            title = say("column.gap_known.name", gap=say(f"browser.series.{name}"), of=item.possible)
            beside = described_column("gap_known", dataset, say, title)
            found[name + KNOWN] = _Figure(item.known, replace(beside, years=item.year))
    return found


def _indicators(dataset: Dataset, say: Say, language: str) -> dict[str, _Figure]:
    found = {}
    spanish = language == "es"
    for indicator, row in dataset.catalog.iterrows():
        year = dataset.latest_year(indicator)
        label, unit = row[f"label_{language}"], row["unit" if spanish else "unit_en"]
        column = _column(say, label, unit, str(year), row["source"], "indicator")
        rests = series.fixed_series(dataset)[series.indicator_key(indicator, year)].rests
        counts = say(f"browser.rests.{rests.way}", years=years_text(rests.years)) if rests else ""
        about = " ".join(filter(None, [column.about, row[f"notes_{language}"], counts]))
        found[indicator] = _Figure(dataset.value(indicator, year), replace(column, about=about))
        sample = dataset.observed(indicator, year)
        if sample.notna().any():
            title = f"{say('column.sample.name', label=label)}, {year}"
            beside = replace(described_column("sample", dataset, say, title), years=str(year), source=row["source"])
            found[indicator + SAMPLE] = _Figure(sample, beside)
    return found


def _events(dataset: Dataset, say: Say) -> dict[str, _Figure]:
    first, last = dataset.hazards_complete_years
    period = period_text(first, last)
    hazards = dataset.provenance["hazards"].source
    cases = dataset.provenance["conflicts"]
    counted = partial(_column, say, unit=say("unit.emergencies"), year=period, source=hazards)
    named = say("measure.emergencies.name")
    found = {
        "emergencies": _Figure(derived.emergencies(dataset, None, first, last), counted(named, about="emergencies")),
        series.EMERGENCIES: _Figure(
            precision.rounded_series(derived.emergencies_per_10000(dataset, None, first, last), 1),
            counted(say(f"browser.series.{series.EMERGENCIES}"), unit="", about="emergencies"),
        ),
    }
    for hazard in sorted(dataset.hazards["hazard"].unique()):
        title = f"{named}: {say(f'browser.hazard.{hazard}')}"
        values = derived.emergencies(dataset, hazard, first, last)
        found[f"emergencies_{hazard}"] = _Figure(values, counted(title, about="emergencies"))
    case = partial(_column, say, unit="", year=years_text(cases.years), source=cases.source, about="conflict_cases")
    cases_of = say(f"browser.series.{series.CONFLICT_CASES}")
    found[series.CONFLICT_CASES] = _Figure(derived.conflict_cases(dataset), case(cases_of))
    for name, state in STATES.items():
        title = f"{cases_of}: {say(f'browser.conflict_state.{state}')}"
        found[name] = _Figure(derived.conflict_cases(dataset, states=[state]), case(title))
    return found


def _groups(dataset: Dataset, say: Say, language: str, record: Overview) -> dict[str, _Figure]:
    kind, names = load_parameters().kind, record.identities

    def holding(wanted: str) -> list[tuple[frozenset[str], str]]:
        return [(p.ubigeos, names[p.id].title) for p in record.proposals if kind(p.state) == wanted]

    groups = {name: holding(wanted) for name, wanted in KINDS.items()}
    groups["mancomunidades"] = [(m.members, m.name) for m in dataset.mancomunidades]
    if dataset.interventions is not None:  # else nothing is known of projects, which is not that there are none
        groups["projects"] = [
            (frozenset(p.districts), f"{p.agency}: {p.name_es if language == 'es' else p.name_en}")
            for p in dataset.interventions
        ]
    yes = say("plan.file.yes")
    groups["p20"] = [(frozenset(dataset.territory.in_province(code)), yes) for code in sorted(dataset.p20)]
    return {
        name: _Figure(
            pd.Series([SEPARATOR.join(text for of, text in held if u in of) for u in dataset.ubigeos], dataset.ubigeos),
            described_column(f"in_{name}", dataset, say),
        )
        for name, held in groups.items()
    }


def _column(say: Say, label: str, unit: str, year: str, source: str, about: str) -> Column:
    """Return what a column of figures is: unit and year stand in its heading."""
    dressed = f"{label} ({unit})" if unit and unit.casefold() not in label.casefold() else label
    return Column(
        table="",
        title=f"{dressed}, {year}",
        about=say(f"column.figure_of.{about}"),
        unit=unit or say(f"unit.{_UNITS[about]}"),
        source=source,
        years=year,
        blank=say("codebook.blank.unknown"),
    )


# units of figures whose names say them already
_UNITS = {"emergencies": "per_10000", "conflict_cases": "cases"}
