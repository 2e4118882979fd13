"""Bring the figures of a table to one row a district, indicator and year, telling what became of each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from geodata.model import Dataset
from geodata.places import division
from geodata.readers.cells import Numbers, parse_numbers, plain, units
from geodata.readers.contract import Options
from geodata.readers.shared.columns import Roles, name_year
from geodata.readers.shared.definitions import Definition
from geodata.readers.shared.schema import allowed_years
from geodata.reports import Report, spans
from geodata.shared import whole
from geodata.words import Field

SHARE, PERCENT = "share", "percent"
TOLD = 100  # sentences of one kind and column; the rest is counted in one
SHOWN = 60
FAR = 5.0  # times the edition in use by which the middle figure differs before a reader is told
MOSTLY_OUTSIDE = 0.25  # of the figures outside their range: the column or the unit is another one
BULK = 0.9  # of the figures above zero say how a column is written; a few may be wrong
FAR_ABOVE = 10.0  # percent: the middle of the other figures where those up to 1 may be shares
FEW = 10  # districts below which a middle figure says nothing
MOSTLY_BROKEN = 0.5  # of the figures of something counted with a fraction before a reader is told
# of the units that add up, those that are measured: a fraction of one is nothing odd
MEASURED = frozenset({
    "ha", "hectareas", "hectares", "km2", "m3", "kg", "t", "t/ano", "toneladas", "toneladas al ano", "tonnes",
    "tonnes a year", "soles", "s/",
})  # fmt: skip
COLUMNS = ["row", "place", "indicator", "year", "value", "sample"]


@dataclass(frozen=True, eq=False)
class Cut:
    """Where figures of one indicator stand: a column, in all rows or (long form) in some of them.

    year: None where each row has its own. sample: the column of the sample, None for none.
    """

    column: str
    indicator: str
    year: int | None
    rows: pd.Index
    sample: str | None


def cuts(frame: pd.DataFrame, roles: Roles, options: Options) -> list[Cut]:
    """Return where figures stand, in the file's order."""
    found = []
    for figures in roles.figures:
        year = figures.year if figures.year is not None or roles.year else name_year(figures.column)
        found.append(Cut(figures.column, figures.indicator, year, frame.index, roles.sample(figures)))
    names, value = roles.first("indicator"), roles.first("value")
    if names is not None and value is not None:
        for text in frame[names].dropna().unique():
            indicator = options.get(f"indicator:{text}", "ignore")
            if indicator != "ignore":
                found.append(Cut(value, indicator, None, frame.index[frame[names] == text], roles.first("sample")))
    return found


def numbers_of(frame: pd.DataFrame, column: str, options: Options) -> Numbers:
    """Return a column as numbers, under the decimal sign that a person gave, if any."""
    answer = options.get(f"decimal:{column}")
    return parse_numbers(frame[column], answer if answer in (".", ",") else None)


def fits_both(definition: Definition, values: pd.Series, signed: bool) -> bool:
    """Tell whether figures can be percentages and shares alike: hardly any above 1, some above 0.

    signed: the file writes a % sign, and so says that they are percentages. An index of 0-1 whose
    figures run up to 100 is asked for too. The bulk of the figures is judged, not the highest one.
    """
    known = values[values > 0]
    if known.empty:
        return False
    small = known.le(1).mean() >= BULK
    if definition.is_percent:
        return bool(not signed and small)
    return bool(definition.is_index and (signed or (not small and known.median() <= 100)))


@dataclass(frozen=True, eq=False)
class ValueScale:
    """How the figures of an indicator and year are written, percent or share. key: of the answer.

    year: 0 while nobody has said it. is_open: they fit both. apart: other years do not, so that each
    year is asked for by itself. column: the first that holds them.
    """

    key: str
    year: int
    is_open: bool
    apart: bool
    column: str
    values: pd.Series


def scales(
    found: Iterable[Cut], numbers: Mapping[str, Numbers], definition: Definition, years: pd.Series
) -> list[ValueScale]:
    """Return the scale of each year of one indicator. found: its cuts; numbers: by column; years: by row."""
    parts: dict[int, list[tuple[Cut, pd.Series]]] = {}
    for cut in found:
        values = numbers[cut.column].values.loc[cut.rows]
        for year, group in values.groupby(_year_of(cut, years).loc[cut.rows]):
            parts.setdefault(int(year), []).append((cut, group))
    values = {year: pd.concat([group for _, group in some]) for year, some in sorted(parts.items())}
    is_open = {
        year: fits_both(definition, values[year], any(numbers[cut.column].percent for cut, _ in parts[year]))
        for year in values
    }
    telling = [year for year in values if values[year].gt(0).any()]
    apart = any(is_open.values()) and not all(is_open[year] for year in telling)
    key = f"scale:{definition.indicator}"
    return [
        ValueScale(
            f"{key}:{year}" if apart else key, year, is_open[year], apart, parts[year][0][0].column, values[year]
        )
        for year in values
    ]


def _year_of(cut: Cut, years: pd.Series) -> pd.Series:
    """Return the year of each row of a cut, 0 where nobody has said it."""
    return years.fillna(0) if cut.year is None else pd.Series(cut.year, years.index)


def scaled(definition: Definition, values: pd.Series, scale: str | None) -> pd.Series:
    """Return figures in the unit of their indicator; scale: what a person said they are."""
    if definition.is_percent and scale == SHARE:
        return (values * 100).round(10)  # a hundredth of a hundredth has no digits of its own
    if definition.is_index and scale == PERCENT:
        return (values / 100).round(12)
    return values


def read_years(frame: pd.DataFrame, roles: Roles, options: Options, report: Report) -> pd.Series:
    """Return the year of each row as a number, NaN (told) where it is none that the data set can hold."""
    first, last = allowed_years("indicators")
    if roles.year is None:
        year = float(options["year"]) if str(options.get("year", "")).isdigit() else float("nan")
        return pd.Series(year, frame.index)
    texts = frame[roles.year]
    found = texts.str.extract(r"^((?:19|20)\d\d)(?:\.0+)?$")[0].astype(float)
    wrong = texts[~found.between(first, last)].fillna("")
    tell(report, "left_out", "tables.left_out.year", wrong, column=roles.year)
    return found.where(found.between(first, last))


def tell(report: Report, kind: str, message: str, texts: pd.Series, **fields: Field) -> None:
    """Add an event for each text, indexed by row; beyond the first hundred they are counted in one."""
    for row, text in texts.iloc[:TOLD].items():
        report.add(kind, message, int(row), text=str(text)[:SHOWN], **fields)
    if len(texts) > TOLD:
        numbers = spans(int(row) for row in texts.index[TOLD:])
        report.add(kind, f"{message}_more", rows=len(texts) - TOLD, numbers=numbers, **fields)


def gather(
    frame: pd.DataFrame, found: Iterable[Cut], definitions: Mapping[str, Definition], places: pd.Series,
    years: pd.Series, options: Options, report: Report,
) -> pd.DataFrame:  # fmt: skip
    """Return all figures in long form: row, place (of any division), indicator, year, value, sample.

    places: code of a district by row, missing where the row is about none; its figures are not taken.
    """
    found, parts = list(found), []
    by_column = {column: numbers_of(frame, column, options) for column in dict.fromkeys(cut.column for cut in found)}
    for column, numbers in by_column.items():
        _tell_texts(report, column, numbers, places)
    answers = {
        (i, scale.year): options.get(scale.key)
        for i, definition in definitions.items()
        for scale in scales([cut for cut in found if cut.indicator == i], by_column, definition, years)
    }
    for cut in found:
        values = by_column[cut.column].values
        for year, group in values.groupby(_year_of(cut, years)):
            answer = answers.get((cut.indicator, int(year)))
            values = values.where(~values.index.isin(group.index), scaled(definitions[cut.indicator], values, answer))
        sample = pd.Series(float("nan"), frame.index)
        if cut.sample is not None:
            sample = numbers_of(frame, cut.sample, options).values
            sample = sample.where(sample >= 0)
        part = pd.DataFrame({
            "row": frame.index, "place": places, "indicator": cut.indicator,
            "year": years if cut.year is None else float(cut.year), "value": values, "sample": sample,
        }, index=frame.index).loc[cut.rows]  # fmt: skip
        parts.append(part.dropna(subset=["place", "year"]))
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(parts, ignore_index=True).astype({"year": int})


def _tell_texts(report: Report, column: str, numbers: Numbers, places: pd.Series) -> None:
    """Tell what in a column is no number, in rows about a district of ours."""
    ours = places.notna()
    tell(report, "left_out", "tables.left_out.number", numbers.bad[ours[numbers.bad.index]], column=column)
    marks = numbers.unknown[ours[numbers.unknown.index]]
    if len(marks):
        shown = ", ".join(dict.fromkeys(marks.str[:10]))
        report.add("note", "tables.note.unknown", column=column, cells=len(marks), marks=shown[:SHOWN])


def one_each(figures: pd.DataFrame, definitions: Mapping[str, Definition], report: Report) -> pd.DataFrame:
    """Return one row a place, indicator and year; a place given twice with two figures is a fault."""
    key = ["place", "indicator", "year"]
    order = figures.assign(_blank=figures["value"].isna()).sort_values([*key, "_blank", "row"], kind="stable")
    known = order[~order["_blank"]]
    twice = known[known.duplicated(key, keep=False)]
    same, faults = 0, 0
    for (place, indicator, year), group in twice.groupby(key, sort=True):
        if group["value"].nunique() == 1:
            same += 1
            continue
        faults += 1
        if faults <= TOLD:
            rows = group.drop_duplicates("value").iloc[:2]
            report.add(
                "fault", "tables.fault.twice", int(rows["row"].iloc[1]), place, place=place, year=int(year),
                first=int(rows["row"].iloc[0]), second=int(rows["row"].iloc[1]),
                value_first=float(rows["value"].iloc[0]), value_second=float(rows["value"].iloc[1]),
                **definitions[indicator].labels,
            )  # fmt: skip
    if faults > TOLD:
        report.add("fault", "tables.fault.twice_more", rows=faults - TOLD)
    if same:
        report.add("note", "tables.note.twice_same", cells=same)
    return order.drop_duplicates(key)[COLUMNS]


def within(figures: pd.DataFrame, definitions: Mapping[str, Definition], report: Report) -> pd.DataFrame:
    """Return the figures with a blank where one is outside what its indicator can take, each told."""
    low, high = ({i: getattr(d, side) for i, d in definitions.items()} for side in ("minimum", "maximum"))
    bounds = [figures["indicator"].map(side).astype(float) for side in (low, high)]
    outside = figures["value"].lt(bounds[0]) | figures["value"].gt(bounds[1])
    for _, bad in figures[outside].iterrows():
        definition = definitions[bad["indicator"]]
        report.add(
            "out_of_range", "tables.out_of_range.figure", int(bad["row"]), bad["place"], value=float(bad["value"]),
            year=int(bad["year"]), unit=definition.unit, unit_en=definition.unit_en, **definition.labels,
        )  # fmt: skip
    for indicator, share in outside[figures["value"].notna()].groupby(figures["indicator"]).mean().items():
        if share > MOSTLY_OUTSIDE:
            labels = definitions[indicator].labels
            report.add("fault", "tables.fault.mostly_outside", percent=whole(100 * share), **labels)
    return figures.assign(value=figures["value"].mask(outside))


def tell_fractions(figures: pd.DataFrame, definitions: Mapping[str, Definition], report: Report) -> None:
    """Tell where most figures of people or of other things counted have a fraction: the comma or unit is another."""
    for indicator, group in figures.dropna(subset=["value"]).groupby("indicator", sort=True):
        definition = definitions[indicator]
        broken = group["value"].mod(1).ne(0)
        if plain(definition.unit) in units("counted") - MEASURED and broken.mean() > MOSTLY_BROKEN:
            report.add(
                "note", "tables.note.fractions", cells=int(broken.sum()), figures=len(group),
                example=float(group.loc[broken, "value"].iloc[0]), unit=definition.unit, unit_en=definition.unit_en,
                **definition.labels,
            )  # fmt: skip


def tell_mixed(figures: pd.DataFrame, definitions: Mapping[str, Definition], report: Report) -> None:
    """Tell where percentages of one year seem to be written in two ways: many up to 1, the others far above."""
    known = figures[figures["value"].gt(0) & figures["indicator"].map(lambda i: definitions[i].is_percent)]
    for (indicator, year), group in known.groupby(["indicator", "year"], sort=True):
        small = group["value"].le(1)
        if 1 - BULK < small.mean() < BULK and group.loc[~small, "value"].median() > FAR_ABOVE:
            report.add(
                "note", "tables.note.mixed_scale", cells=int(small.sum()), figures=len(group), year=int(year),
                numbers=spans(int(row) for row in group.loc[small, "row"]), **definitions[indicator].labels,
            )  # fmt: skip


def is_of_2012(places: Iterable[str]) -> bool:
    """Tell whether codes show the division of 2012: one that was given up later, and none that came after it."""
    codes, since = set(places), division.changes()
    given_up = {change.replaces for change in since} & codes
    return bool(given_up) and not codes & {change.code for change in since}


def to_2012(
    figures: pd.DataFrame, definitions: Mapping[str, Definition], report: Report,
    label: Callable[[str], str] = str, of_2012: bool = False,
) -> pd.DataFrame:  # fmt: skip
    """Return the figures by district of 2012: counts of later districts summed, rates weighted by their sample.

    label: how a sentence names a district, by its code. of_2012: the figures are known to be of the
    division of 2012. Else they are of that of their year: a district that was split by then is whole
    only with all its parts.
    """
    since = division.changes()
    changed = {code for change in since for code in (change.code, *change.parents)}
    parts = []
    for (indicator, year), group in figures.groupby(["indicator", "year"], sort=True):
        if group["value"].isna().all():  # a panel has years of which it knows nothing
            continue
        if not changed & set(group["place"]):
            parts.append(group)
            continue
        as_of = None if of_2012 else int(year)
        kind: Literal["count", "rate"] = "count" if definitions[indicator].adds_up else "rate"
        weighted = group.rename(columns={"sample": "weight"})[["place", "value", "weight"]]
        values, reasons = division.fold(weighted, kind=kind, as_of=as_of, label=label)
        samples, _ = division.fold(weighted.assign(value=weighted["weight"]).drop(columns="weight"), as_of=as_of)
        rows = group.set_index("place")["row"]
        parts.append(pd.DataFrame({
            "row": rows.reindex(values.index).to_numpy(), "place": values.index, "indicator": indicator, "year": year,
            "value": values.to_numpy(), "sample": samples.reindex(values.index).to_numpy(),
        }))  # fmt: skip
        for place, reason in reasons.items():
            first = min((int(rows[part]) for part in _parts_of(place, rows.index)), default=None)
            report.add("left_out", reason.message, first, place, year=int(year), **definitions[indicator].labels,
                       **reason.fields)  # fmt: skip
        by_year = [place for place in reasons if place not in division.fold(weighted, kind=kind)[1]]
        if by_year:
            report.add("note", "tables.note.division", year=int(year), districts="; ".join(map(label, by_year)),
                       **definitions[indicator].labels)  # fmt: skip
    return pd.concat(parts, ignore_index=True) if parts else figures.iloc[:0]


def _parts_of(place: str, places: Iterable[str]) -> list[str]:
    """Return which of the places that a file gives are a district of 2012 or came from it."""
    heirs = {change.code for change in division.changes() if place in change.parents}
    return [code for code in places if code == place or code in heirs]


def tell_far(figures: pd.DataFrame, definitions: Mapping[str, Definition], base: Dataset, report: Report) -> None:
    """Tell where the middle of the new figures is many times that of the edition in use: a unit may differ."""
    for indicator, group in figures.dropna(subset=["value"]).groupby("indicator", sort=True):
        if definitions[indicator].is_new:
            continue
        now = group.groupby("place")["value"].median()
        was = base.value(indicator, base.latest_year(indicator)).reindex(now.index)
        pair = pd.DataFrame({"now": now, "was": was}).dropna()
        pair = pair[(pair > 0).all(axis=1)]
        if len(pair) < FEW:
            continue
        times = float((pair["now"] / pair["was"]).median())
        if not 1 / FAR <= times <= FAR:
            report.add("note", "tables.note.far", times=float(f"{times:.3g}"), **definitions[indicator].labels)


def tell_missing(figures: pd.DataFrame, definitions: Mapping[str, Definition], base: Dataset, report: Report) -> None:
    """Tell each district without a figure in a year for which the file has figures of others.

    One whose reason is told already is not told again.
    """
    explained = {(event.ubigeo, event.fields.get("label_es"), event.fields.get("year")) for event in report.events
            if event.message.startswith("division.")}  # fmt: skip
    for indicator, group in figures.groupby("indicator", sort=True):
        wide = group.pivot(index="place", columns="year", values="value").reindex(base.ubigeos)
        wide = wide.dropna(axis=1, how="all")
        label = definitions[indicator].label_es
        for ubigeo, blank in wide.isna().iterrows():
            blank = blank & pd.Series(
                [(ubigeo, label, int(year)) not in explained for year in blank.index], blank.index
            )
            if blank.any():
                report.add(
                    "missing", "tables.missing.figure", None, ubigeo, years=", ".join(map(str, blank.index[blank])),
                    district=base.territory.label(ubigeo), **definitions[indicator].labels,
                )  # fmt: skip
