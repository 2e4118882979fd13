"""Lay out what is known of the data in use; nothing here is computed but counts of known values."""

from typing import Any

from dash import html

from dashboard import current
from dashboard.current import language, say
from dashboard.texts import number
from geodata.dataset import Dataset


def layout(**_: str) -> html.Div:
    """Return the screen: one table of resources, one of indicators by year."""
    dataset = current.dataset()
    title = dataset.title_es if language() == "es" else dataset.title_en
    return html.Div(
        [
            html.H2(say("data.title")),
            html.P(say("data.edition", title=title, edition=dataset.edition), className="muted"),
            html.H3(say("data.resources")),
            _table(("what", "source", "years", "unit", "known", "limits"), _resources(dataset)),
            html.H3(say("data.indicators")),
            html.P(say("map.gap_method_text"), className="muted"),
            _table(("sector", "what", "unit", "year", "known", "counts", "source", "limits"), _indicators(dataset)),
        ],
        className="data-screen",
    )


def _table(columns: tuple[str, ...], rows: list[list[Any]]) -> html.Table:
    head = html.Thead(html.Tr([html.Th(say(f"data.{name}"), scope="col") for name in columns]))
    body = [html.Tr([html.Td(cell) for cell in row]) for row in rows]
    return html.Table([head, html.Tbody(body)], className="sheet-table")


def _resources(dataset: Dataset) -> list[list[Any]]:
    spanish = language() == "es"
    rows = []
    for name, origin in dataset.provenance.items():
        counted = origin.counted_es if spanish else origin.counted_en
        rows.append([
            say(f"workbook.resources.{name}"),
            origin.source,
            origin.years_text,
            origin.unit if spanish else origin.unit_en,
            say("data.known_of", known=number(origin.n_known, language()), total=number(origin.n_total, language()),
                counted=counted),
            origin.notes_es if spanish else origin.notes_en,
        ])  # fmt: skip
    return rows


def _indicators(dataset: Dataset) -> list[list[Any]]:
    spanish = language() == "es"
    total = len(dataset.territory.districts)
    rows = []
    for indicator, row in dataset.catalog.iterrows():
        for year in row["years"]:
            known = int(dataset.value(indicator, year).notna().sum())
            rows.append([
                say(f"sector.{row['sector']}"),
                row["label_es"] if spanish else row["label_en"],
                row["unit"] if spanish else row["unit_en"],
                str(year),
                f"{number(known, language())} / {number(total, language())}",
                _counts(row, year),
                row["source"],
                row["notes_es"] if spanish else row["notes_en"],
            ])  # fmt: skip
    return rows


def _counts(row: Any, year: int) -> str:
    """Say whether a value enters a gap score: the latest year of a scored indicator does."""
    if not row["scored"] or year != max(row["years"]):
        return say("data.counts_no")
    return say("data.counts_per_area" if row["per_area"] else "data.counts_yes")
