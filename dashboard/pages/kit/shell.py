"""The frame around every screen: title, language, stores and the line that says what happened."""

import copy
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import parse_qs, quote

import dash
import flask
from dash import ClientsideFunction, Input, Output, State, dcc, html

from dashboard import texts
from dashboard.clusters.scoring import load_criteria
from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.ids import Shell
from dashboard.pages.kit.screen import Screen, at
from dashboard.pages.kit.wiring import clientside_callback
from dashboard.records.core import LOCAL, RecordsError
from dashboard.web import overview, request
from dashboard.web.access import DESK, SIGN_OUT
from dashboard.web.request import dataset, language, say

OF_DASH = "/_dash-"  # how addresses begin that are no screen's
UNQUOTED = "/:@!$&'()*+,;="  # as browsers leave a path

# the scale on which a group weighs criteria
MOST_WEIGHT = 5
WEIGHT_STEP = 0.1  # fine enough for weights that are solved for


def layout(menu: Sequence[Screen], among: Iterable[Screen]) -> html.Div:
    """Return the frame in the reader's language, with the menu and the screen of the address of this request.

    menu: the screens that stand in it, in their order. among: all screens.
    """
    stores = (
        Shell.OPENED, Shell.DRAFTS, Shell.PROPOSALS, Shell.HISTORY, Shell.VIEW, Shell.QUERY,
        Shell.COMPARED, Shell.JUDGEMENTS, Shell.WEIGHTS, Shell.SOUGHT, Shell.PLANS, Shell.SAID,
    )  # fmt: skip
    return html.Div(
        className="shell",
        children=[
            *(dcc.Store(id=store) for store in stores),
            dcc.Store(id=Shell.CRITERIA, data=_criteria()),
            html.A(say("shell.skip"), href="#main", className="skip-link"),
            _header(menu),
            html.Div(id=Shell.PROBLEMS, className="problems"),
            html.Main(_opened(among), id="main", className="page"),
            html.Div(id=Shell.STATUS, className="status", role="status", **dashed(aria_live="polite")),
        ],
    )


def title(key: str, **_: str) -> str:
    """Return what a window of a screen is called, in the reader's language."""
    return f"{say(key)} · {say('shell.title')}"


def _opened(among: Iterable[Screen]) -> html.Div:
    """Return Dash's container of screens with the one of this request in it.

    Where there is none, or the record refuses it, the container is empty: then Dash asks for the screen by itself, and
    whoever reads is told why it cannot be had, as when they go there from another one.
    """
    container = copy.deepcopy(dash.page_container)
    if flask.request.path.startswith(OF_DASH):
        return container
    screen, parts = at(flask.request.path, among)
    try:
        container["_pages_content"].children = screen.layout(**{**parts, **query()})
    except RecordsError:
        return container
    container["_pages_store"].data = {"title": title(screen.title)}
    # what the browser has there too: then nothing has changed, and Dash asks for no screen
    container["_pages_location"] = dcc.Location(
        id="_pages_location",
        refresh="callback-nav",
        pathname=quote(flask.request.path, UNQUOTED),
        search=f"?{_query()}" if _query() else "",
    )
    return container


def query() -> dict[str, Any]:
    """Return what the query of this request's address says, by name; a list where it says it more than once."""
    return {name: values[0] if len(values) == 1 else values for name, values in parse_qs(_query(), True).items()}


def _query() -> str:
    return flask.request.query_string.decode("ascii", "replace")


def _criteria() -> list[dict[str, Any]]:
    """Return the criteria as the browser needs them to read an address and to score."""
    return [
        {
            "key": item.key,
            "name": say(f"criterion.{item.key}.name"),
            "judged": item.judged,
            "weight": item.weight,
            "most": MOST_WEIGHT,
            "step": WEIGHT_STEP,
            "zero": item.zero_at,
            "hundred": item.hundred_at,
            "figure": say(f"criterion.{item.key}.figure"),
            "unit": texts.texts(language())[f"unit.{item.unit}"],  # filled in the browser with the number it follows
            "decimals": item.decimals,
            "better": item.direction,
        }
        for item in load_criteria().values()
    ]


def _header(menu: Sequence[Screen]) -> html.Header:
    now = language()
    return html.Header(
        className="header",
        children=[
            html.H1(say("shell.title")),
            html.Button(
                say("shell.menu"),
                id=Shell.MENU,
                className="menu-button",
                type="button",
                **dashed(aria_expanded="false", aria_controls=Shell.NAV),
            ),
            html.Nav(
                [_nav_link(screen) for screen in menu],
                id=Shell.NAV,
                className="nav",
                **dashed(aria_label=say("shell.screens")),
            ),
            _who(),
            html.Div(
                [
                    _language(Shell.SPANISH, "ES", "Español", now == "es"),
                    _language(Shell.ENGLISH, "EN", "English", now == "en"),
                ],
                className="languages",
                role="group",
                **dashed(aria_label=say("shell.language")),
            ),
        ],
    )


def _nav_link(screen: Screen) -> dcc.Link:
    named: dict[str, Any] = {"id": screen.link} if screen.link else {}
    return dcc.Link(say(screen.title), href=screen.path, className="nav-link", **named)


def _who() -> html.Div:
    """Return who works here and as what, and the way out."""
    actor, waits = request.actor(), _waits()
    if actor.role == LOCAL:
        here = dcc.Link(say("accounts.local"), href="/cuentas", className="nav-link")
        return html.Div([waits, here], className="who", title=say("accounts.local_help"))
    role = say(f"records.role.{actor.role}")
    home = dataset().territory.departments.get(actor.department or "")
    where = f", {home.name}" if home else ""
    leave = html.Form(
        html.Button(say("access.sign_out"), type="submit"), action=SIGN_OUT, method="post", className="sign-out"
    )
    name = dcc.Link(html.B(actor.name, dir="auto"), href="/cuentas", title=say("access.account"))
    who = html.Div([name, html.Span(f"{role}{where}", title=f"{role}{where}")], className="who-name")
    return html.Div([waits, who, leave], className="who")


def _waits() -> dcc.Link:
    """Return the way to what waits for them, with how much it is."""
    n = overview.waiting_count()
    count = html.Span(str(n), id=Shell.WAITS, className="count", hidden=n == 0)
    return dcc.Link(
        [html.Span(say("desk.nav"), className="waits-text"), " ", count], href=DESK, className="nav-link waits"
    )


def _language(id_: str, short: str, full: str, pressed: bool) -> html.Button:
    return html.Button(
        short,
        id=id_,
        title=full,
        lang=short.lower(),
        className="language",
        **dashed(aria_pressed=str(pressed).lower(), aria_label=full),
    )


clientside_callback(
    ClientsideFunction("opening", "open"),
    Output(Shell.DRAFTS, "data"),
    Output(Shell.HISTORY, "data"),
    Output(Shell.OPENED, "data"),
    Output(Shell.COMPARED, "data"),
    Output(Shell.WEIGHTS, "data"),
    Output(Shell.JUDGEMENTS, "data"),
    Input(Shell.OPENED, "id"),
    State(Shell.DRAFTS, "data"),
    State(Shell.CRITERIA, "data"),
)
clientside_callback(
    ClientsideFunction("opening", "problems"),
    Output(Shell.PROBLEMS, "children"),
    Input(Shell.OPENED, "data"),
)
clientside_callback(
    ClientsideFunction("opening", "language"),
    Output(Shell.SPANISH, "data-done"),
    Input(Shell.SPANISH, "n_clicks"),
    Input(Shell.ENGLISH, "n_clicks"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("draw", "reduce"),
    Output(Shell.DRAFTS, "data", allow_duplicate=True),
    Output(Shell.HISTORY, "data", allow_duplicate=True),
    Output(Shell.SAID, "data"),
    Input(Shell.ACTION, "data"),
    State(Shell.DRAFTS, "data"),
    State(Shell.HISTORY, "data"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("opening", "address"),
    Output(Shell.QUERY, "data"),
    Input(Shell.VIEW, "data"),
    Input(Shell.DRAFTS, "data"),
    Input(Shell.COMPARED, "data"),
    Input(Shell.WEIGHTS, "data"),
    Input(Shell.JUDGEMENTS, "data"),
    Input(Shell.SOUGHT, "data"),
    Input(Shell.PLANS, "data"),
)
clientside_callback(ClientsideFunction("status", "show"), Output(Shell.STATUS, "data-said"), Input(Shell.SAID, "data"))


def wire(app: dash.Dash, menu: Sequence[Screen]) -> None:
    """Have the links of those screens that take what is looked at along lead to it."""
    links = [screen.link for screen in menu if screen.link]
    app.clientside_callback(
        ClientsideFunction("opening", "links"),
        [Output(link, "href") for link in links],
        Input(Shell.QUERY, "data"),
        State(Shell.SOUGHT, "data"),
        *(State(link, "href") for link in links),
    )
