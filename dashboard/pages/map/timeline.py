"""Lay out the years: bars of cases and emergencies to brush, and the period of each."""

from functools import lru_cache
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.pages.kit.elements import dashed
from dashboard.pages.map.ids import Map, bars_of
from dashboard.web.request import say
from dashboard.web.view import View
from geodata.model import Dataset, derived


def layout(dataset: Dataset, view: View) -> html.Section:
    """Return the strip below the map."""
    years = derived.years_span(dataset)
    known = dict(zip(("first", "last"), dataset.hazards_complete_years, strict=True))
    fold = html.Button(
        "×", id=Map.FOLD_BOTTOM, className="fold", title=say("map.fold"), **dashed(aria_label=say("map.fold"))
    )
    return html.Section(
        [
            _strip("conflicts", {}, years, Map.CONFLICT_PERIOD, Map.CONFLICT_YEARS, view.conflict_period),
            _strip("hazards", known, years, Map.HAZARD_PERIOD, Map.HAZARD_YEARS, view.hazard_period),
            fold,
        ],
        className="timeline",
        **dashed(aria_label=say("timeline.name")),
    )


def bars(dataset: Dataset) -> dict[str, list[html.Div]]:
    """Return the bars of both strips by the id of their place; incomplete years are hatched."""
    first, last = derived.years_span(dataset)
    complete = range(dataset.hazards_complete_years[0], dataset.hazards_complete_years[1] + 1)
    cases = cases_by_year(dataset, first, last)
    return {
        bars_of(Map.CONFLICT_PERIOD): _bars(cases, cases.index),
        bars_of(Map.HAZARD_PERIOD): _bars(emergencies_by_year(dataset, first, last), complete),
    }


@lru_cache(maxsize=4)
def cases_by_year(dataset: Dataset, first: int, last: int) -> pd.Series:
    """Return how many conflict cases were reported on in each year first..last."""
    years = range(first, last + 1)
    counts = [derived.conflict_places(dataset, y, y)["case_id"].nunique() for y in years]
    return pd.Series(counts, index=years)


@lru_cache(maxsize=4)
def emergencies_by_year(dataset: Dataset, first: int, last: int) -> pd.Series:
    """Return how many emergencies were recorded in each year first..last, all hazards."""
    by_year = dataset.hazards.groupby("year")["events"].sum()
    return by_year.reindex(range(first, last + 1), fill_value=0).astype(int)


def _bars(counts: pd.Series, complete: Any) -> list[html.Div]:
    top = max(int(counts.max()), 1)
    return [
        html.Div(
            html.Div(style={"height": f"{100 * count / top:.0f}%"}, className="bar"),
            className="bar-slot" if year in complete else "bar-slot incomplete",
            title=say("timeline.bar", year=year, count=count),
            **dashed(data_year=year),
        )
        for year, count in counts.items()
    ]


def _strip(
    what: str, known: dict[str, int], years: tuple[int, int], slider: str, shown: str, period: tuple[int, int]
) -> html.Div:
    first, last = years
    # half a bar free at either end puts each stop of the slider under the middle of its bar
    inset = {"margin": f"0 {50 / (last - first + 1):.3f}%"}
    name: list[Any] = [say(f"timeline.{what}"), " ", html.B(id=shown)]
    title = html.Div(
        [
            html.Span(name, className="strip-name"),
            html.Span(say(f"timeline.{what}_help", **known), className="strip-help"),
        ],
        className="strip-title",
    )
    control = dcc.RangeSlider(
        id=slider,
        min=first,
        max=last,
        step=1,
        value=list(period),
        marks={first: str(first), last: str(last)},
        allowCross=False,
        allow_direct_input=False,
        className="period",
    )
    place = html.Div(id=bars_of(slider), className="bars", **dashed(data_slider=slider, aria_hidden="true"))
    return html.Div([title, place, html.Div(control, style=inset)], className="strip")
