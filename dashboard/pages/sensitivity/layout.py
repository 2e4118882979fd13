"""Lay the screen of sensitivity out: what follows, each way beside the usual one, and how sure each place is."""

from typing import Any

import orjson
from dash import dcc, html

from dashboard.pages.kit import forms
from dashboard.pages.kit.elements import dashed
from dashboard.pages.sensitivity import tables
from dashboard.pages.sensitivity.ids import SensitivityId
from dashboard.pages.sensitivity.parts import WORKBOOK, address, asked, gap_name, way_name, where
from dashboard.web import request
from dashboard.web.remarks import remarks
from dashboard.web.request import language, say
from geodata.model import Dataset, sensitivity, variants
from layers import series

ROWS = (15, 30)  # of the chart, up to which it has a lower place


def layout(**query: Any) -> html.Div:
    """Return the screen for what the address asks for (its query part)."""
    dataset = request.dataset()
    found = asked(query, dataset)
    shown = _order(found, dataset) if found.size else []
    return html.Div(
        id=SensitivityId.ROOT,
        className="record-screen sensitivity-screen",
        children=[
            _head(found, dataset),
            _tabs(found, dataset),
            html.P(_verdict(found, dataset), className="sensitivity-verdict"),
            *shown,
            _remarks(found, dataset),
            _how(found),
            html.P(_source(found, dataset), className="muted"),
        ],
    )


def _head(found: sensitivity.Sensitivity, dataset: Dataset) -> html.Div:
    href = address(found.gap, found.department, WORKBOOK)
    buttons = [
        html.A(say("sensitivity.excel"), href=href, className="button"),
        forms.button(SensitivityId.PRINT, say("sensitivity.print")),
    ]
    return html.Div(
        [
            html.Div([html.H2(say("sensitivity.title")), html.P(say("sensitivity.lead"), className="lead")]),
            html.Div(buttons, className="button-row", hidden=not found.size),
        ],
        className="sensitivity-head",
    )


def _tabs(found: sensitivity.Sensitivity, dataset: Dataset) -> html.Div:
    departments = sorted(dataset.territory.departments.values(), key=lambda d: d.name)
    places = {"": say("map.all")} | {d.code: d.name for d in departments}
    gaps = [(gap, say(f"sensitivity.gap.{gap}")) for gap in series.GAPS]
    return html.Div(
        [
            _choices(
                say("sensitivity.gaps"), [(name, address(g, found.department), g == found.gap) for g, name in gaps]
            ),
            _choices(
                say("sensitivity.departments"),
                [(name, address(found.gap, code), code == found.department) for code, name in places.items()],
            ),
        ],
        className="sensitivity-choices",
    )


def _choices(name: str, links: list[tuple[str, str, bool]]) -> html.Nav:
    return html.Nav(
        [
            html.A(text, href=href, className="sensitivity-choice", **dashed(data_inside="1"),
                   **(dashed(aria_current="true") if chosen else {}))
            for text, href, chosen in links
        ],
        className="sensitivity-nav",
        **dashed(aria_label=name),
    )  # fmt: skip


def _verdict(found: sensitivity.Sensitivity, dataset: Dataset) -> str:
    """Return what follows of it all: who has the widest gaps in every way, and what changes that list most."""
    place, top = where(found, dataset, say), len(found.top)
    if not found.size:
        return say("sensitivity.none", where=place)
    gap, ways = gap_name(found.gap, say).lower(), found.places.shape[1]
    lead = say("sensitivity.verdict", top=top, gap=gap, where=place, always=len(found.always), ways=ways)
    worst = min(found.others, key=lambda each: each.kept)
    if worst.kept == top and len(found.ever) == top:
        return f"{lead} {say('sensitivity.changes_nothing')}"
    name = way_name(worst.way, dataset, say, language())
    most = say("sensitivity.most", way=name[0].lower() + name[1:], kept=worst.kept, top=top)
    return f"{lead} {most} {say('sensitivity.entering', n=len(set(found.ever) - found.top))}"


def _order(found: sensitivity.Sensitivity, dataset: Dataset) -> list[Any]:
    """Return the ways, the chart and the districts."""
    rows = len(found.ever)
    height = next((f"up-to-{most}" for most in ROWS if rows <= most), "")
    note = say("sensitivity.ranges_note", n=rows, top=found.size)
    return [
        html.H3(say("sensitivity.ways")),
        html.P(say("sensitivity.ways_note"), className="muted"),
        tables.ways(found, dataset),
        html.H3(say("sensitivity.ranges")),
        html.P(note, className="muted"),
        dcc.Store(id=SensitivityId.DRAWN, data=_drawn(found, dataset)),
        html.Div(
            id=SensitivityId.RANGES,
            key=f"{found.gap}-{found.department}",  # of another order it is another chart
            className=f"sensitivity-ranges {height}".strip(),
            **dashed(data_label=say("sensitivity.ranges_label", n=rows)),
        ),
        html.H3(say("sensitivity.districts")),
        tables.districts(found, dataset),
        html.P(say("sensitivity.others", n=len(found.usual) - rows), className="muted"),
    ]


def _drawn(found: sensitivity.Sensitivity, dataset: Dataset) -> dict[str, Any]:
    """Return what the chart is of, by usual place."""
    own = list(found.ever)
    columns = {"first": found.first, "usual": found.usual, "last": found.last}
    made = {name: tables.whole(values[own]) for name, values in columns.items()}
    names = [dataset.territory.districts[u].name for u in own]
    return orjson.loads(orjson.dumps({"names": names, "top": found.size, **made}))


def _remarks(found: sensitivity.Sensitivity, dataset: Dataset) -> html.Section:
    own = [way.indicator for way in variants.ways(dataset, found.gap) if way.kind == variants.WITHOUT]
    told = remarks(dataset, language(), own)
    body = html.Ul([html.Li(text) for text in told]) if told else html.P(say("sensitivity.no_remarks"))
    return html.Section([html.H3(say("sensitivity.remarks")), body])


def _how(found: sensitivity.Sensitivity) -> html.Details:
    kinds = dict.fromkeys([variants.USUAL, *(each.way.kind for each in found.others)])
    told = [
        html.Li([html.B(f"{say(f'sensitivity.way.{kind}', indicator='…')}: "), say(f"sensitivity.about.{kind}")])
        for kind in kinds
    ]
    return html.Details([html.Summary(say("sensitivity.how")), html.Ul(told)])


def _source(found: sensitivity.Sensitivity, dataset: Dataset) -> str:
    item = series.fixed_series(dataset)[f"gap_{found.gap}"]
    return say("sensitivity.source", edition=dataset.edition, sources=item.source, years=item.year)
