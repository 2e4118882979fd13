"""Make the forms of the accounts screen, and the list of all accounts."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard import settings
from dashboard.pages.accounts.ids import AccountsDo, AccountsPart
from dashboard.pages.kit import fields, forms, table
from dashboard.records.core import LOCAL, ROLES
from dashboard.records.people import Account, accounts
from dashboard.web.access import mode
from dashboard.web.request import RequestContext

FIRST_ROLE, FIRST_ACCOUNT_ROLE = "reader", "administrator"  # offered for a new account; of the first one of all
YES = {True: "yes", False: "no"}


def own(context: RequestContext) -> list[Any]:
    """Return what changes one's own password."""
    old = _secret("own", "old", context.say("accounts.old"), "", "current-password")
    new = _secret("own", "password", context.say("accounts.new"), context.say("accounts.new_hint"))
    made = html.Div([old, new], className="form-grid")
    return [forms.form(AccountsDo.OWN, [made], context.say("accounts.change_own"), name="own", kept=False)]


def address(context: RequestContext) -> list[Any]:
    """Return what sets the address to which one's own notices go."""
    kept = accounts.own(context.store, context.actor).email
    line = fields.line("address", "email", context.say("accounts.email"), kept, context.say("accounts.email_hint"),
                       "email", maxlength=254)  # fmt: skip
    made = html.Div(line, className="form-grid")
    return [forms.form(AccountsDo.ADDRESS, [made], context.say("accounts.change_email"), name="address", kept=False)]


def new(context: RequestContext) -> list[Any]:
    """Return what makes an account; the first one of all is of the administration."""
    say, is_local = context.say, context.actor.role == LOCAL
    parts = [
        fields.line("new", "login", say("access.login"), maxlength=64),
        fields.line("new", "name", say("records.field.name"), maxlength=200),
        fields.choice("new", "role", say("records.field.role"), _roles(context),
                      FIRST_ACCOUNT_ROLE if is_local else FIRST_ROLE, disabled=is_local),
        fields.choice("new", "department", say("records.field.department"), _departments(context), "",
                      say("accounts.departments_hint")),
        fields.line("new", "email", say("accounts.email"), "", say("accounts.email_hint"), "email", maxlength=254),
        _secret("new", "password", say("access.password"), say("accounts.new_hint")),
    ]  # fmt: skip
    return [
        forms.form(
            AccountsDo.CREATE, [html.Div(parts, className="form-grid")], say("accounts.create_button"), name="new",
            title=say("accounts.create"), primary=True, disabled=is_local and not mode.has_key(settings.read()),
        )
    ]  # fmt: skip


def listed(every: Sequence[Account], context: RequestContext) -> list[Any]:
    """Return every account."""
    say, departments = context.say, context.territory.departments
    waiting = accounts.waiting(context.store, context.actor)
    rows = [
        (
            html.Code(one.login),
            html.Span(one.name, dir="auto"),
            say(f"records.role.{one.role}"),
            departments[one.department].name if one.department else say("accounts.all_departments"),
            say("accounts.waits" if one.active and one.login in waiting else f"accounts.{YES[one.active]}"),
        )
        for one in every
    ]
    head = ["access.login", *(f"records.field.{name}" for name in ("name", "role", "department"))]
    return [table(say("accounts.list"), [*map(say, head), say("accounts.is_active")], rows, sorts=range(5))]


def which(every: Sequence[Account], chosen: Account | None, context: RequestContext) -> list[Any]:
    """Return the accounts to choose from."""
    known = [("", ""), *((one.id, f"{one.login} · {one.name}") for one in every)]
    choice = fields.choice("which", "account", context.say("accounts.which"), known, chosen.id if chosen else "")
    return [
        forms.form(
            AccountsDo.LOOK,
            [html.Div(choice, className="form-grid")],
            name="which",
            kept=False,
            live="yes",
            turns=str(AccountsPart.CHANGE),
        ),
    ]


def change(one: Account | None, context: RequestContext) -> list[Any]:
    """Return what changes an account, sets its password and unlocks it; nothing where none is chosen."""
    if one is None:
        return []
    say = context.say
    parts = [
        fields.line("change", "name", say("records.field.name"), one.name, maxlength=200),
        fields.choice("change", "role", say("records.field.role"), _roles(context), one.role),
        fields.choice("change", "department", say("records.field.department"), _departments(context),
                      one.department or ""),
        fields.line("change", "email", say("accounts.email"), one.email, "", "email", maxlength=254),
        fields.check("change", "active", "on", one.active, say("accounts.is_active")),
    ]  # fmt: skip
    password = _secret("password", "password", say("accounts.new"), say("accounts.new_hint"))
    return [
        forms.form(
            AccountsDo.CHANGE, [html.Div(parts, className="form-grid")], say("accounts.change_button"), name="change",
            title=say("accounts.change"), version=one.version, blank={"active": []}, primary=True, record=one.id,
            subject=one.id,
        ),
        forms.form(
            AccountsDo.PASSWORD, [html.Div(password, className="form-grid")], say("accounts.password_button"),
            name="password", kept=False, subject=one.id,
        ),
        html.P(say("accounts.unlock_lead"), className="lead"),
        forms.form(AccountsDo.UNLOCK, [], say("accounts.unlock"), name="unlock", kept=False, subject=one.id),
    ]  # fmt: skip


def _secret(form: str, name: str, label: str, hint: str, kind: str = "new-password") -> html.Div:
    return fields.line(form, name, label, "", hint, "password", autocomplete=kind, maxlength=200)


def _roles(context: RequestContext) -> list[tuple[str, str]]:
    return [(role, context.say(f"records.role.{role}")) for role in ROLES]


def _departments(context: RequestContext) -> list[tuple[str, str]]:
    return [("", ""), *((code, place.name) for code, place in context.territory.departments.items())]
