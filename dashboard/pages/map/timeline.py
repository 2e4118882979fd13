"""Lay out the years: bars of cases and emergencies to brush, and the period of each."""

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
    return html.Section(
        [
            _strip("timeline.conflicts", cases, Map.CONFLICT_PERIOD, view.conflict_period, cases.index),
            _strip("timeline.hazards", events, Map.HAZARD_PERIOD, view.hazard_period, complete),
            html.Button("×", id=Map.FOLD_BOTTOM, className="fold", title=say("map.fold"),
                        **{"aria-label": say("map.fold")}),
        ],
        className="timeline",
        **{"aria-label": say("timeline.name")},
    )  # fmt: skip


def cases_by_year(dataset: Dataset, first: int, last: int) -> pd.Series:
    """Return how many conflict cases were reported on in each year first..last."""
    years = range(first, last + 1)
    counts = [derived.conflict_places(dataset, y, y)["case_id"].nunique() for y in years]
    return pd.Series(counts, index=years)


def emergencies_by_year(dataset: Dataset, first: int, last: int) -> pd.Series:
    """Return how many emergencies were recorded in each year first..last, all hazards."""
    by_year = dataset.hazards.groupby("year")["events"].sum()
    return by_year.reindex(range(first, last + 1), fill_value=0).astype(int)


def _strip(
    title: str, counts: pd.Series, id_: str, period: tuple[int, int], complete: Any
) -> html.Div:
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
    return html.Div(
        [
            html.Span(say(title), className="strip-title", id=f"{id_}-title"),
            html.Div(bars, className="bars", **{"data-slider": id_, "aria-hidden": "true"}),
            dcc.RangeSlider(
                id=id_,
                min=first,
                max=last,
                step=1,
                value=list(period),
                marks={year: str(year) for year in (first, last)},
                allowCross=False,
                className="period",
            ),
        ],
        className="strip",
    )
