"""Show what the data in use hold: sources, years, unit, coverage, and which districts lack what, by name."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.pages.kit.tables import SHEET, by, table, wide
from dashboard.texts import number
from dashboard.web.request import language, say
from geodata.model import Dataset, Gap, derived, holdings
from geodata.shared import years_text
from layers import series
from layers.surroundings import EDITION, SOURCE, lands

FEW = 6  # names that are shown at once; more can be unfolded


def resources(dataset: Dataset) -> html.Div:
    """Return each resource with its source, years, unit, coverage and known limits."""
    return _table("resources", ("what", "source", "years", "unit", "known", "limits"), _resources(dataset))


def indicators(dataset: Dataset) -> html.Div:
    """Return each indicator and year with how many districts are known."""
    columns = ("sector", "what", "unit", "year", "known", "counts", "source", "limits")
    return _table("indicators", columns, _indicators(dataset), "indicators-table")


def gaps(dataset: Dataset) -> html.Div:
    """Return the districts that lack limits, neighbours or figures, by name."""
    found = holdings.gaps(dataset)
    if not found:
        return html.Div(html.P(say("status.none_missing")))
    rows = [[_what(gap, dataset), years_text(gap.years), by(len(gap.ubigeos), number(len(gap.ubigeos), language())),
             _names(gap, dataset)] for gap in found]  # fmt: skip
    return _table("lacking_by_name", ("what", "years", "lacking", "districts"), rows, "gaps-table")


def _what(gap: Gap, dataset: Dataset) -> str:
    if gap.indicator is None:
        return say(f"resource.{gap.resource}")
    return str(dataset.catalog.loc[gap.indicator, f"label_{language()}"])


def _names(gap: Gap, dataset: Dataset) -> Any:
    names = [dataset.territory.label(ubigeo) for ubigeo in gap.ubigeos]
    if len(names) <= FEW:
        return ", ".join(names)
    first = ", ".join(names[:FEW])
    rest = say("data.and_more", names=first, n=len(names) - FEW)
    return html.Details([html.Summary(rest), ", ".join(names[FEW:])], className="names")


def _table(name: str, columns: Sequence[str], rows: list[list[Any]], class_name: str = "") -> html.Div:
    head = [say(f"data.{name}") for name in columns]
    made = table("", head, rows, class_name=class_name, look=SHEET, named=False, sorts=range(len(head)))
    return wide(made, say(f"data.{name}"))


def _resources(dataset: Dataset) -> list[list[Any]]:
    spanish = language() == "es"
    rows = []
    for name, origin in dataset.provenance.items():
        counted = origin.counted_es if spanish else origin.counted_en
        rows.append([
            origin.title(language()) or say(f"resource.{name}"),
            origin.source,
            origin.years_text,
            origin.unit if spanish else origin.unit_en,
            by(origin.n_known / origin.n_total if origin.n_total else None,
               say("data.known_of", known=number(origin.n_known, language()),
                   total=number(origin.n_total, language()), counted=counted)),
            origin.notes_es if spanish else origin.notes_en,
        ])  # fmt: skip
    return [*rows, _surroundings()]


def _surroundings() -> list[Any]:
    """Return what maps draw around the territory, which no edition holds."""
    known = say("surroundings.known", lands=sum(bool(land["es"]) or land["home"] for land in lands()["lands"]))
    return [
        say("surroundings.name"),
        SOURCE,
        EDITION,
        say("surroundings.unit"),
        by(1, known),
        say("surroundings.notes"),
    ]


def _indicators(dataset: Dataset) -> list[list[Any]]:
    spanish = language() == "es"
    total = len(dataset.territory.districts)
    rows = []
    for indicator, row in dataset.catalog.iterrows():
        notes = row["notes_es"] if spanish else row["notes_en"]
        for year in row["years"]:
            known = int(dataset.value(indicator, year).notna().sum())
            rows.append([
                say(f"sector.{row['sector']}"),
                row["label_es"] if spanish else row["label_en"],
                row["unit"] if spanish else row["unit_en"],
                str(year),
                by(known, f"{number(known, language())} / {number(total, language())}"),
                _counts(row, year, derived.ground(dataset, indicator).years),
                row["source"],
                " ".join(filter(None, [notes, _rests(dataset, indicator, year)])),
            ])  # fmt: skip
    return rows


def _rests(dataset: Dataset, indicator: str, year: int) -> str:
    """Say on what the score of an indicator rests where that is not the value of the year, "" else."""
    item = series.fixed_series(dataset)[series.indicator_key(indicator, year)]
    return say(f"browser.rests.{item.rests.way}", years=years_text(item.rests.years)) if item.rests else ""


def _counts(row: Any, year: int, of: Sequence[int]) -> str:
    """Say whether a value enters a gap score: of a scored indicator the last year does, or those `of` the mean."""
    if not row["scored"] or year not in of:
        return say("data.counts_no")
    return say("data.counts_per_area" if row["per_area"] else "data.counts_yes")
