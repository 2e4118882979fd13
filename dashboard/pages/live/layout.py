"""Lay out the screen of live data: who may makes addresses here; everybody is told how they are read."""

from typing import Any

from dash import dcc, html

from dashboard.pages.kit import elements, sharing
from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.tables import wide
from dashboard.pages.live import addresses, answers
from dashboard.pages.live.ids import Live, LivePart
from dashboard.web import request
from dashboard.web.request import RequestContext

PROGRAMS = ("qgis", "power_bi", "excel", "python")
STEPS = {"qgis": 4, "power_bi": 4, "excel": 4, "python": 2}
CODES = ("ubigeo", "province_code", "department_code")  # columns that are no numbers
CODE = """import geopandas, pandas

codes = {"ubigeo": str, "province_code": str, "department_code": str}
table = pandas.read_csv("https://…/distritos.csv", dtype=codes)
places = geopandas.read_file("https://…/distritos.geojson")"""


def layout(**_: str) -> html.Div:
    """Return the screen."""
    context = request.context()
    say = context.words.say
    return html.Div(
        id=Live.ROOT,
        className="record-screen live-screen",
        children=[
            dcc.Store(id=Live.ASKED),
            dcc.Store(id=Live.ANSWER, data=answers.first(context).sent()),
            html.H2(say("live.nav")),
            html.P(say("live.lead"), className="lead"),
            *_own(context),
            html.H3(say("live.how")),
            *(_program(name, context) for name in PROGRAMS),
            html.H3(say("live.for_programs")),
            html.P(say("live.described")),
            html.P(elements.link(addresses.DESCRIBED, addresses.DESCRIBED, target="_blank")),
        ],
        **dashed(data_of=addresses.PATH),
    )


def _own(context: RequestContext) -> list[Any]:
    say = context.words.say
    if not context.may("data.share"):
        return [html.P(say("live.no_right"), className="empty")]
    ended = html.Div(className="form-outcome", **dashed(data_outcome_for=sharing.ENDING))
    listed = wide(html.Div(**dashed(data_part=str(LivePart.LIST))), say("live.list"))
    return [html.Div(**dashed(data_part=str(LivePart.NEW))), html.H3(say("live.list")), ended, listed]


def _program(name: str, context: RequestContext) -> html.Details:
    say = context.words.say
    told = {"columns": say("list.comma").join(CODES)}
    steps = [html.Li(say(f"live.{name}.step_{n}", **told)) for n in range(1, STEPS[name] + 1)]
    code = [html.Pre(CODE, className="live-code")] if name == "python" else []
    return html.Details([html.Summary(say(f"live.{name}.name")), html.Ol(steps), *code], className="live-program")
