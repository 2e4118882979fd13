"""Lay out the years: a line that tells both periods, and, once it is opened, a chart to brush and a slider for each."""

from functools import lru_cache
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.pages.kit.elements import dashed
from dashboard.pages.map.ids import Map, years_of
from dashboard.web.request import say
from dashboard.web.view import View
from geodata.model import Dataset, derived


def layout(dataset: Dataset, view: View) -> html.Section:
    """Return the strip below the map; what is inside comes with it as a description, and is made on opening it."""
    years = derived.years_span(dataset)
    known = dict(zip(("first", "last"), dataset.hazards_complete_years, strict=True))
    counts = _counts(dataset)
    strips = [
        _strip("conflicts", {}, counts[Map.CONFLICT_SLIDER], Map.CONFLICT_SLIDER, view.conflict_period),
        _strip("hazards", known, counts[Map.HAZARD_SLIDER], Map.HAZARD_SLIDER, view.hazard_period),
    ]
    periods = ((Map.CONFLICT_PERIOD, view.conflict_period), (Map.HAZARD_PERIOD, view.hazard_period))
    return html.Section(
        [
            *(dcc.Store(id=id_, data=list(_within(period, years))) for id_, period in periods),
            dcc.Store(id=Map.TIMELINE_PARTS, data=strips),
            dcc.Store(id=Map.YEARS, data=counts),
            html.Div(
                [
                    _told("conflicts", Map.CONFLICT_YEARS, _within(view.conflict_period, years)),
                    _told("hazards", Map.HAZARD_YEARS, _within(view.hazard_period, years)),
                    html.Button(
                        say("timeline.open"), id=Map.TIMELINE_TOGGLE, n_clicks=0, className="timeline-toggle",
                        **dashed(aria_expanded="false", aria_controls=Map.TIMELINE_INSIDE),
                    ),
                ],
                className="timeline-line",
            ),
            html.Div(id=Map.TIMELINE_INSIDE, className="timeline-inside", hidden=True),
        ],
        className="timeline",
        **dashed(aria_label=say("timeline.name")),
    )  # fmt: skip


def _within(period: tuple[int, int], years: tuple[int, int]) -> tuple[int, int]:
    """Return a period of an address as a slider of these years would have it."""
    first, last = (min(max(year, years[0]), years[1]) for year in period)
    return first, last


def _told(what: str, id_: str, period: tuple[int, int]) -> html.Span:
    words = "–".join(dict.fromkeys(map(str, period)))
    return html.Span([say(f"timeline.{what}"), " ", html.B(words, id=id_)])


def _counts(dataset: Dataset) -> dict[str, dict[str, Any]]:
    """Return by slider what its chart is drawn of: a name, years, how many in each, and which years are complete."""
    first, last = derived.years_span(dataset)
    from_, to = dataset.hazards_complete_years
    cases, emergencies = cases_by_year(dataset, first, last), emergencies_by_year(dataset, first, last)
    return {
        slider: {
            "name": say(f"timeline.{what}"),
            "years": [int(year) for year in counts.index],
            "counts": [int(count) for count in counts],
            "complete": [what == "conflicts" or from_ <= year <= to for year in counts.index],
        }
        for slider, what, counts in (
            (Map.CONFLICT_SLIDER, "conflicts", cases), (Map.HAZARD_SLIDER, "hazards", emergencies),
        )
    }  # fmt: skip


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


def _strip(what: str, known: dict[str, int], counts: dict[str, Any], slider: str, period: tuple[int, int]) -> html.Div:
    first, last = counts["years"][0], counts["years"][-1]
    # half a bar free at either end puts each stop of the slider under the middle of its bar
    inset = {"margin": f"0 {50 / (last - first + 1):.3f}%"}
    title = html.Div(
        [
            html.Span(say(f"timeline.{what}"), className="strip-name"),
            html.Span(say(f"timeline.{what}_help", **known), className="strip-help"),
        ],
        className="strip-title",
    )
    control = dcc.RangeSlider(
        id=slider,
        min=first,
        max=last,
        step=1,
        value=list(_within(period, (first, last))),
        marks=None,
        allowCross=False,
        allow_direct_input=False,
        className="period",
    )
    chart = html.Div(id=years_of(slider), className="years-chart")
    return html.Div([title, chart, html.Div(control, style=inset), _table(what, counts)], className="strip")


def _table(what: str, counts: dict[str, Any]) -> html.Table:
    """Return what the chart shows, for who hears it."""
    rows = [
        html.Tr([html.Th(str(year), scope="row"), html.Td(str(count) if complete else f"{count} *")])
        for year, count, complete in zip(counts["years"], counts["counts"], counts["complete"], strict=True)
    ]
    return html.Table([html.Caption(say(f"timeline.{what}")), html.Tbody(rows)], className="visually-hidden")
