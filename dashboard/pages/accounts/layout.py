"""Lay the accounts screen out: one's own password, and for the administration every account.

Every part is laid out for everybody, hidden where it is not theirs: callbacks need their components,
and the domain refuses what a role may not do, whatever is hidden.
"""

from typing import Any

from dash import dcc, html

from dashboard import record, settings
from dashboard.access import mode, people
from dashboard.current import dataset, say
from dashboard.pages import forms
from dashboard.pages.accounts import answers
from dashboard.pages.accounts.ids import Accounts
from dashboard.pages.controls import dropdown
from dashboard.records.actors import LOCAL, ROLES, Actor, may


def layout(**_: str) -> html.Div:
    """Return the screen."""
    actor = people.actor()
    is_local, administers = actor.role == LOCAL, may(actor, "account.change")
    return html.Div(
        className="record-screen accounts-screen",
        children=[
            dcc.Store(id=Accounts.KEY, data=forms.new_key()),
            dcc.Store(id=Accounts.VERSION),
            html.H2(say("accounts.nav")),
            html.Div(id=Accounts.SAID, **{"aria-live": "polite"}),
            _own(actor, hidden=is_local),
            html.P(say("accounts.refused"), className="lead", hidden=administers),
            _first_lead(is_local),
            _create(is_local, hidden=not administers),
            html.Div(
                [
                    html.H3(say("accounts.list")),
                    html.Div(answers.listed(record.store(), actor, record.words()), id=Accounts.LIST),
                    _change(actor),
                ],
                hidden=not administers or is_local,
            ),
        ],
    )


def _own(actor: Actor, hidden: bool) -> html.Section:
    return html.Section(
        [
            html.H3(say("accounts.own")),
            html.P(say("accounts.own_lead", name=actor.name, role=say(f"records.role.{actor.role}")), dir="auto"),
            html.Div(
                [
                    forms.field(say("accounts.old"), _secret(Accounts.OLD, "current-password")),
                    forms.field(say("accounts.new"), _secret(Accounts.OWN), say("accounts.new_hint")),
                ],
                className="form-grid",
            ),
            forms.button(Accounts.CHANGE_OWN, say("accounts.change_own")),
        ],
        hidden=hidden,
    )


def _first_lead(is_local: bool) -> html.Div:
    if not is_local:
        return html.Div()
    lines = ["accounts.none_yet", "accounts.first_lead"]
    if not mode.has_key(settings.read()):
        lines.append("accounts.first_key")
    return html.Div([html.P(say(line)) for line in lines], className="lead")


def _create(is_local: bool, hidden: bool) -> html.Section:
    blocked = is_local and not mode.has_key(settings.read())
    return html.Section(
        [
            html.H3(say("accounts.first" if is_local else "accounts.create")),
            html.Div(
                [
                    forms.field(say("access.login"), forms.line(Accounts.NEW_LOGIN, maxLength=64)),
                    forms.field(say("records.field.name"), forms.line(Accounts.NEW_NAME, maxLength=200)),
                    forms.field(
                        say("records.field.role"),
                        dropdown(
                            id=Accounts.NEW_ROLE, options=_roles(), clearable=False, disabled=is_local,
                            value="administrator" if is_local else "reader",
                        ),  # fmt: skip
                    ),
                    forms.field(
                        say("records.field.department"),
                        dropdown(id=Accounts.NEW_DEPARTMENT, options=_departments()),
                        say("accounts.departments_hint"),
                    ),
                    forms.field(say("access.password"), _secret(Accounts.NEW_PASSWORD), say("accounts.new_hint")),
                ],
                className="form-grid",
            ),
            forms.button(Accounts.CREATE, say("accounts.create_button"), primary=True, disabled=blocked),
        ],
        hidden=hidden,
    )


def _change(actor: Actor) -> html.Section:
    known = answers.choices(record.store(), actor)
    return html.Section(
        [
            html.H3(say("accounts.change")),
            html.P(say("accounts.change_lead"), className="lead"),
            html.Div(
                [
                    forms.field(say("accounts.which"), dropdown(id=Accounts.CHOSEN, options=known)),
                    forms.field(say("records.field.name"), forms.line(Accounts.NAME, maxLength=200)),
                    forms.field(say("records.field.role"), dropdown(id=Accounts.ROLE, options=_roles())),
                    forms.field(
                        say("records.field.department"), dropdown(id=Accounts.DEPARTMENT, options=_departments())
                    ),
                    dcc.Checklist(
                        id=Accounts.ACTIVE, options=[{"value": "on", "label": say("accounts.is_active")}], value=[],
                        className="check",
                    ),  # fmt: skip
                ],
                className="form-grid",
            ),
            forms.button(Accounts.CHANGE, say("accounts.change_button"), primary=True),
            html.Div(
                forms.field(say("accounts.new"), _secret(Accounts.PASSWORD), say("accounts.new_hint")),
                className="form-grid",
            ),
            forms.button(Accounts.SET_PASSWORD, say("accounts.password_button")),
            html.P(say("accounts.unlock_lead"), className="lead"),
            forms.button(Accounts.UNLOCK, say("accounts.unlock")),
        ]
    )


def _secret(id_: str, kind: str = "new-password") -> dcc.Input:
    return dcc.Input(id=id_, type="password", value="", autoComplete=kind, maxLength=200, className="line")


def _roles() -> list[dict[str, Any]]:
    return [{"value": role, "label": say(f"records.role.{role}")} for role in ROLES]


def _departments() -> list[dict[str, Any]]:
    return [{"value": code, "label": place.name} for code, place in dataset().territory.departments.items()]
