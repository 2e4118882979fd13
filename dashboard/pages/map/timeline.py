"""Lay out the years: bars of cases and emergencies to brush, and the period of each."""

from functools import lru_cache
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import view as views
from dashboard.current import say
from dashboard.pages.map.ids import Map
from geodata import derived
from geodata.dataset import Dataset


def layout(dataset: Dataset, view: views.View) -> html.Section:
    """Return the strip below the map."""
    first, last = derived.years_span(dataset)
    cases = cases_by_year(dataset, first, last)
    events = emergencies_by_year(dataset, first, last)
    complete = range(dataset.hazards_complete_years[0], dataset.hazards_complete_years[1] + 1)
    known = dict(zip(("first", "last"), dataset.hazards_complete_years, strict=True))
    return html.Section(
        [
            _strip("conflicts", {}, cases, (Map.CONFLICT_PERIOD, Map.CONFLICT_YEARS), view.conflict_period, cases.index),
            _strip("hazards", known, events, (Map.HAZARD_PERIOD, Map.HAZARD_YEARS), view.hazard_period, complete),
            html.Button("×", id=Map.FOLD_BOTTOM, className="fold", title=say("map.fold"),
                        **{"aria-label": say("map.fold")}),
        ],
        className="timeline",
        **{"aria-label": say("timeline.name")},
    )  # fmt: skip


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


def _strip(
    what: str,
    known: dict[str, int],
    counts: pd.Series,
    ids: tuple[str, str],
    period: tuple[int, int],
    complete: Any,
) -> html.Div:
    slider, shown = ids
    top = max(int(counts.max()), 1)
    bars = [
        html.Div(
            html.Div(style={"height": f"{100 * count / top:.0f}%"}, className="bar"),
            className="bar-slot" if year in complete else "bar-slot incomplete",
            title=say("timeline.bar", year=year, count=count),
            **{"data-year": year},
        )
        for year, count in counts.items()
    ]
    first, last = int(counts.index[0]), int(counts.index[-1])
    # half a bar free at either end puts each stop of the slider under the middle of its bar
    inset = {"margin": f"0 {50 / len(counts):.3f}%"}
    return html.Div(
        [
            html.Div(
                [
                    html.Span([say(f"timeline.{what}"), " ", html.B(id=shown)], className="strip-name"),
                    html.Span(say(f"timeline.{what}_help", **known), className="strip-help"),
                ],
                className="strip-title",
            ),
            html.Div(bars, className="bars", **{"data-slider": slider, "aria-hidden": "true"}),
            html.Div(
                dcc.RangeSlider(
                    id=slider,
                    min=first,
                    max=last,
                    step=1,
                    value=list(period),
                    marks={first: str(first), last: str(last)},
                    allowCross=False,
                    allow_direct_input=False,
                    className="period",
                ),
                style=inset,
            ),
        ],
        className="strip",
    )
