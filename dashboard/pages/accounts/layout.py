"""Lay the accounts screen out: one's own password, and for the administration every account."""

from typing import Any

from dash import dcc, html

from dashboard import settings
from dashboard.pages.accounts import answers
from dashboard.pages.accounts.ids import Accounts, AccountsPart
from dashboard.pages.kit.elements import dashed
from dashboard.records.core import LOCAL
from dashboard.web import request
from dashboard.web.access import mode
from dashboard.web.request import RequestContext, say


def layout(**_: str) -> html.Div:
    """Return the screen."""
    context = request.context()
    is_local, administers = context.actor.role == LOCAL, context.may("account.change")
    own = [] if is_local else [_own(context)]
    new = [_new(is_local)] if administers else [html.P(say("accounts.refused"), className="lead")]
    return html.Div(
        id=Accounts.ROOT,
        className="record-screen accounts-screen",
        children=[
            dcc.Store(id=Accounts.ASKED),
            dcc.Store(id=Accounts.ANSWER, data=answers.first(context).sent()),
            html.H2(say("accounts.nav")),
            *own,
            *new,
            *([_every()] if administers and not is_local else []),
        ],
        **dashed(data_of="/cuentas"),
    )


def _part(part: AccountsPart) -> html.Div:
    return html.Div(**dashed(data_part=str(part)))


def _own(context: RequestContext) -> html.Section:
    actor = context.actor
    lead = say("accounts.own_lead", name=actor.name, role=say(f"records.role.{actor.role}"))
    return html.Section(
        [html.H3(say("accounts.own")), html.P(lead, dir="auto"), _part(AccountsPart.OWN), _part(AccountsPart.ADDRESS)]
    )


def _new(is_local: bool) -> html.Section:
    title = html.H3(say("accounts.first" if is_local else "accounts.create"))
    return html.Section([*_first_lead(is_local), title, _part(AccountsPart.NEW)])


def _first_lead(is_local: bool) -> list[Any]:
    if not is_local:
        return []
    lines = ["accounts.none_yet", "accounts.first_lead"]
    if not mode.has_key(settings.read()):
        lines.append("accounts.first_key")
    return [html.Div([html.P(say(line)) for line in lines], className="lead")]


def _every() -> html.Section:
    return html.Section(
        [
            html.H3(say("accounts.list")),
            _part(AccountsPart.LIST),
            html.H3(say("accounts.change")),
            html.P(say("accounts.change_lead"), className="lead"),
            _part(AccountsPart.WHICH),
            _part(AccountsPart.CHANGE),
        ]
    )
