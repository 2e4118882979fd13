"""Show what a district has of many years as a chart, with the figures of each year below it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import orjson
from dash import html

from dashboard import texts
from dashboard.pages.kit.elements import dashed
from geodata.model import Dataset, derived
from layers import series

CHARTED_FROM = 4  # years: fewer are read as quickly in a table


def by_indicator(dataset: Dataset) -> dict[str, list[series.Series]]:
    """Return the series of the indicators that have many years, the first year first, by the indicator's code."""
    every = series.fixed_series(dataset)
    return {
        indicator: [every[series.indicator_key(indicator, year)] for year in sorted(years)]
        for indicator, years in dataset.catalog["years"].items()
        if len(years) >= CHARTED_FROM
    }


def indicator(items: list[series.Series], ubigeo: str, language: str, every: html.Table) -> html.Div:
    """Return an indicator of a district by year. every: the table of its years, which is folded."""
    values = {int(item.year): _known(item.shown[ubigeo]) for item in items}
    last = items[-1]
    label = last.label_es if language == "es" else last.label_en
    fold = html.Details([html.Summary(texts.say(language, "sheet.every_year")), every])
    return html.Div([*_chart(f"{label}, {last.unit_in(language)}", values, last.decimals, language, ubigeo), fold])


def emergencies(ubigeo: str, dataset: Dataset, language: str) -> list[Any]:
    """Return the emergencies of a district by year: of a year that is not complete none is not known to be none."""
    say = partial(texts.say, language)
    counts = dataset.hazards[dataset.hazards["ubigeo"] == ubigeo].groupby("year")["events"].sum()
    whole = range(dataset.hazards_complete_years[0], dataset.hazards_complete_years[1] + 1)
    first, last = derived.years_span(dataset)
    years = range(min([first, *counts.index]), max([last, *counts.index]) + 1)
    values = {y: float(counts[y]) if y in counts.index else 0.0 if y in whole else None for y in years}
    return _chart(say("sheet.hazards_by_year"), values, 0, language, ubigeo, complete=whole)


def _known(value: float) -> float | None:
    return None if value != value else float(value)


def _chart(
    title: str, values: Mapping[int, float | None], decimals: int, language: str, ubigeo: str,
    complete: range | None = None,
) -> list[Any]:  # fmt: skip
    """Return a heading and a place for a chart; what is heard of it says every figure."""
    unknown = texts.say(language, "browser.no_data")
    told = "; ".join(f"{y}: {texts.number(value, language, decimals, unknown)}" for y, value in values.items())
    sent = {
        "years": list(values),
        "counts": list(values.values()),
        "complete": [complete is None or year in complete for year in values],
        "decimals": decimals,
    }
    place = html.Div(
        key=f"{ubigeo}-{title}",  # of another district it is another chart
        className="series-chart",
        **dashed(data_series=orjson.dumps(sent).decode(), data_label=f"{title}. {told}"),
    )
    return [html.H4(title), place]
