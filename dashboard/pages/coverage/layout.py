"""Lay the coverage out: what the leadership asks first, then FOCAS, QSIP and the pages that can be shared.

All components are always there, those of other parts hidden: a link changes the part, and Dash knows every id.
"""

from datetime import date
from typing import Any

from dash import dcc, html

from dashboard.pages.coverage import answers, entry_forms, sheets, tools
from dashboard.pages.coverage.ids import CoverageId
from dashboard.pages.coverage.parts import (
    CLUSTER,
    DEPARTMENT,
    FOCAS,
    PART,
    PARTS,
    QSIP,
    SHARING,
    SUMMARY,
    UNTIL,
    address,
)
from dashboard.pages.kit import boxes, elements, forms, outcomes, sharing
from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.protocol import FormAnswer
from dashboard.records.core import RecordsError
from dashboard.records.tracking import AsOf, as_of
from dashboard.web import request
from dashboard.web.request import RequestContext

WORKBOOK, PRINTED = "/cobertura/cobertura.xlsx", "/cobertura/imprimir"


def layout(**query: Any) -> html.Div:
    """Return the screen for what the address asks for (its query part)."""
    context, department = request.context(), _text(query.get(DEPARTMENT))
    part = next((name for name in PARTS if name == query.get(PART)), SUMMARY)
    cluster = _text(query.get(CLUSTER))
    found = answers.find(context, department, _text(query.get(UNTIL)))
    covered = None if isinstance(found, RecordsError) else found
    counted = as_of(context.store) if covered is None else covered.as_of
    shown = {} if covered is None else answers.first(covered, context, cluster) | sheets.drops(context, covered)
    standing = None if covered is None else tools.chosen(covered.standings, cluster)
    planned = None if covered is None else tools.chosen(covered.standings, cluster, True)
    body = [
        html.Div(_summary(context), hidden=part != SUMMARY, className="coverage-part"),
        html.Div(entry_forms.focas(sheets.focas(context, covered, standing), context), hidden=part != FOCAS,
                 className="coverage-part"),
        html.Div(entry_forms.qsip(sheets.qsip(context, covered, planned), context), hidden=part != QSIP,
                 className="coverage-part"),
        html.Div(_sharing(context), hidden=part != SHARING, className="coverage-part"),
    ]  # fmt: skip
    problem = [outcomes.refusal(found, context.words)] if isinstance(found, RecordsError) else []
    return html.Div(
        id=CoverageId.ROOT,
        className="record-screen coverage-screen",
        children=[
            dcc.Store(id=CoverageId.ASKED),
            dcc.Store(id=CoverageId.ANSWER, data=FormAnswer(shown=shown).sent()),
            _head(context, "" if covered is None else answers.about(covered, context), department, part, counted),
            _tabs(context, department, part, counted.chosen),
            *problem,
            html.Div(body, hidden=covered is None),
        ],
        **dashed(data_of=f"{department or ''}{answers.BETWEEN}{counted.chosen or ''}"),
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _head(context: RequestContext, about: str, department: str | None, part: str, counted: AsOf) -> html.Div:
    say = context.words.say
    may_export = context.may("coverage.export", department)
    book = address(department, path=WORKBOOK, until=counted.chosen)
    excel = html.A(say("coverage.excel"), href=book, className="button", hidden=not may_export)
    why = [] if may_export else [html.Span(say("coverage.no_export"), className="muted")]
    paper = address(department, path=PRINTED, until=counted.chosen)
    printed = html.A(say("coverage.print"), href=paper, className="button", target="_blank", rel="noopener")
    return html.Div(
        [
            html.Div(
                [
                    html.H2(say("coverage.title")),
                    html.P(about, className="lead"),
                    html.Div(_counted(context, department, part, counted), className="counted", hidden=part != SUMMARY),
                ]
            ),
            html.Div([*why, excel, printed], className="button-row"),
        ],
        className="coverage-head",
    )


def _counted(context: RequestContext, department: str | None, part: str, counted: AsOf) -> list[Any]:
    """Return up to which day lateness is counted, and what changes it."""
    say = context.words.say
    field = boxes.day(CoverageId.UNTIL, str(counted.day), max=str(context.store.today))
    usual = say(f"coverage.back_to_{as_of(context.store).kind}")
    back = html.A(usual, href=address(department, part), **dashed(data_inside="1"))
    return [
        html.Span(say("coverage.counted", day=counted.said(context.words))),
        html.Label([elements.hidden(say("coverage.count_until")), field]),
        forms.button(CoverageId.COUNT, say("coverage.count")),
        *([back] if counted.chosen else []),
    ]


def _tabs(context: RequestContext, department: str | None, part: str, until: date | None) -> html.Div:
    say, territory = context.words.say, context.store.dataset.territory
    names: dict[str | None, str] = {None: say("coverage.everywhere")}
    names |= {code: d.name for code, d in sorted(territory.departments.items(), key=lambda item: item[1].name)}
    parts = [
        _tab(say(f"coverage.part.{name}"), address(department, name, until=until), name == part, "page")
        for name in PARTS
    ]
    places = [_tab(name, address(code, part, until=until), code == department, "true") for code, name in names.items()]
    return html.Div(
        [
            html.Nav(parts, className="coverage-tabs", **dashed(aria_label=say("coverage.parts"))),
            html.Nav(places, className="coverage-tabs places", **dashed(aria_label=say("coverage.departments"))),
        ],
        className="coverage-navs",
    )


def _tab(name: str, href: str, is_chosen: bool, current: str) -> html.A:
    chosen = dashed(aria_current=current) if is_chosen else {}
    return html.A(name, href=href, className="coverage-tab", **dashed(data_inside="1"), **chosen)


def _summary(context: RequestContext) -> list[Any]:
    say = context.words.say

    def part(title: str, id_: CoverageId, class_name: str = "") -> html.Section:
        return html.Section([html.H3(say(title)), html.Div(id=id_)], className=f"coverage-section {class_name}".strip())

    return [
        html.Div(id=CoverageId.HEADLINE, className="coverage-cards"),
        html.Div(
            [part("coverage.phases", CoverageId.PHASES), part("coverage.quotas", CoverageId.QUOTAS)], className="halves"
        ),
        part("coverage.standings", CoverageId.STANDINGS),
        html.Div(
            [
                part("coverage.dates", CoverageId.DATES),
                part("coverage.map_title", CoverageId.MAP, "map-section"),
            ],
            className="halves",
        ),
        part("coverage.reach", CoverageId.REACH),
    ]


def _sharing(context: RequestContext) -> list[Any]:
    say, allowed = context.words.say, context.may("coverage.share")
    ended = html.Div(className="form-outcome", **dashed(data_outcome_for=sharing.ENDING))
    parts = [html.P(say("coverage.share.what")), html.Div(id=CoverageId.SHARE), ended, html.Div(id=CoverageId.SHARES)]
    shown = parts if allowed else [html.P(say("coverage.share.no_right"), className="empty")]
    return [html.Section([html.H3(say("coverage.part.compartir")), *shown], className="coverage-section")]
