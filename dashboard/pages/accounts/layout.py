"""Lay the accounts screen out: one's own password, and for the administration every account.

Every part is laid out for everybody, hidden where it is not theirs: callbacks need their components,
and the domain refuses what a role may not do, whatever is hidden.
"""

from typing import Any

from dash import dcc, html

from dashboard import settings
from dashboard.pages.accounts import answers
from dashboard.pages.accounts.ids import Accounts
from dashboard.pages.kit import boxes, dropdown, forms
from dashboard.pages.kit.elements import dashed
from dashboard.records.core import LOCAL, ROLES, Actor
from dashboard.web import request
from dashboard.web.access import mode
from dashboard.web.request import RequestContext, dataset, say


def layout(**_: str) -> html.Div:
    """Return the screen."""
    context = request.context()
    actor, administers = context.actor, context.may("account.change")
    is_local = actor.role == LOCAL
    return html.Div(
        className="record-screen accounts-screen",
        children=[
            dcc.Store(id=Accounts.KEY, data=forms.new_key()),
            dcc.Store(id=Accounts.VERSION),
            html.H2(say("accounts.nav")),
            html.Div(id=Accounts.SAID, **dashed(aria_live="polite")),
            _own(actor, hidden=is_local),
            html.P(say("accounts.refused"), className="lead", hidden=administers),
            _first_lead(is_local),
            _create(is_local, hidden=not administers),
            html.Div(
                [
                    html.H3(say("accounts.list")),
                    html.Div(answers.listed(context), id=Accounts.LIST),
                    _change(context),
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
                    boxes.field(say("accounts.old"), _secret(Accounts.OLD, "current-password", "old")),
                    boxes.field(say("accounts.new"), _secret(Accounts.OWN), say("accounts.new_hint")),
                ],
                className="form-grid",
            ),
            forms.button(Accounts.CHANGE_OWN, say("accounts.change_own")),
        ],
        hidden=hidden,
        **dashed(data_form="accounts-own"),
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
    button = forms.button(Accounts.CREATE, say("accounts.create_button"), primary=True, disabled=blocked)
    return html.Section(
        [
            html.H3(say("accounts.first" if is_local else "accounts.create")),
            forms.kept("accounts-new", say("accounts.create"), [*_new_fields(is_local), button], id_=Accounts.NEW_FORM),
        ],
        hidden=hidden,
    )


def _new_fields(is_local: bool) -> list[Any]:
    role = dropdown(
        id=Accounts.NEW_ROLE, options=_roles(), clearable=False, disabled=is_local,
        value="administrator" if is_local else answers.FIRST_ROLE,
    )  # fmt: skip
    department = dropdown(id=Accounts.NEW_DEPARTMENT, options=_departments())
    fields = [
        boxes.field(say("access.login"), boxes.line(Accounts.NEW_LOGIN, maxlength=64, name="login")),
        boxes.field(say("records.field.name"), boxes.line(Accounts.NEW_NAME, maxlength=200, name="name")),
        boxes.field(say("records.field.role"), boxes.choice(role, "role")),
        boxes.field(
            say("records.field.department"), boxes.choice(department, "department"), say("accounts.departments_hint")
        ),
        boxes.field(say("access.password"), _secret(Accounts.NEW_PASSWORD), say("accounts.new_hint")),
    ]
    return [html.Div(fields, className="form-grid")]


def _change(context: RequestContext) -> html.Section:
    known = answers.choices(context)
    role, department = (
        dropdown(id=id_, options=options)
        for id_, options in ((Accounts.ROLE, _roles()), (Accounts.DEPARTMENT, _departments()))
    )
    active = dcc.Checklist(
        id=Accounts.ACTIVE, options=[{"value": "on", "label": say("accounts.is_active")}], value=[], className="check"
    )
    fields = [
        boxes.field(say("records.field.name"), boxes.line(Accounts.NAME, maxlength=200, name="name")),
        boxes.field(say("records.field.role"), boxes.choice(role, "role")),
        boxes.field(say("records.field.department"), boxes.choice(department, "department")),
        boxes.choice(active, "active"),
    ]
    password = boxes.field(say("accounts.new"), _secret(Accounts.PASSWORD), say("accounts.new_hint"))
    parts = [
        html.Div(fields, className="form-grid"),
        forms.button(Accounts.CHANGE, say("accounts.change_button"), primary=True),
        html.Div(password, className="form-grid"),
        forms.button(Accounts.SET_PASSWORD, say("accounts.password_button")),
        html.P(say("accounts.unlock_lead"), className="lead"),
        forms.button(Accounts.UNLOCK, say("accounts.unlock")),
    ]
    return html.Section(
        [
            html.H3(say("accounts.change")),
            html.P(say("accounts.change_lead"), className="lead"),
            boxes.field(say("accounts.which"), dropdown(id=Accounts.CHOSEN, options=known)),
            forms.kept("accounts-change", say("accounts.change"), parts, id_=Accounts.CHANGE_FORM),
        ]
    )


def _secret(id_: str, kind: str = "new-password", name: str = "password") -> html.Div:
    return boxes.line(id_, **{"type": "password", "autocomplete": kind, "maxlength": 200, "name": name})


def _roles() -> list[dict[str, Any]]:
    return [{"value": role, "label": say(f"records.role.{role}")} for role in ROLES]


def _departments() -> list[dict[str, Any]]:
    return [{"value": code, "label": place.name} for code, place in dataset().territory.departments.items()]
