"""Do what a person asks for on the accounts screen, and answer with the parts that changed and what came of it."""

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard.pages.accounts import fields
from dashboard.pages.accounts.ids import AccountsDo, AccountsPart
from dashboard.pages.kit import outcomes
from dashboard.pages.kit.protocol import Act, FormAnswer, FormRequest, attempt
from dashboard.records.core import LOCAL
from dashboard.records.people import accounts
from dashboard.web import request as web_request
from dashboard.web.request import RequestContext

ANEW: Mapping[str, tuple[AccountsPart, ...]] = {
    AccountsDo.CREATE: (AccountsPart.LIST, AccountsPart.WHICH),
    AccountsDo.CHANGE: (AccountsPart.LIST, AccountsPart.WHICH, AccountsPart.CHANGE),
    AccountsDo.PASSWORD: (AccountsPart.CHANGE,),
    AccountsDo.UNLOCK: (AccountsPart.LIST,),
}  # what is drawn anew once something was done


def first(context: RequestContext) -> FormAnswer:
    """Return what the screen shows when it is opened."""
    own = {AccountsPart.OWN: fields.own(context), AccountsPart.NEW: fields.new(context)}
    if context.actor.role != LOCAL:
        own[AccountsPart.ADDRESS] = fields.address(context)
    return FormAnswer(shown=own | _parts(AccountsPart, "", context))


def answer(sent: Any, context: RequestContext) -> FormAnswer:
    """Do what was asked; where it was refused, everything stands as it was typed."""
    request = FormRequest.read(sent)
    if request.do == AccountsDo.LOOK:
        shown = _parts((AccountsPart.CHANGE,), request.values.get("account"), context)
        return FormAnswer(form=request.form, at=request.at, shown=shown)
    made = attempt(request, DOES, context, lambda _: lambda field, value: _shown(field, value, context))
    if made.conflict:  # the way on is from theirs
        return made.but(shown=_parts((AccountsPart.CHANGE,), request.subject, context))
    if not made.saved:
        return made
    web_request.accounts_changed()
    # whoever made the first account must sign in from now on
    shown = _parts(ANEW.get(request.do, ()), request.subject, web_request.context())
    if request.do == AccountsDo.CREATE:
        shown[AccountsPart.NEW] = fields.new(context)
    if request.do == AccountsDo.OWN:
        shown[AccountsPart.OWN] = fields.own(context)
    return made.but(shown=shown)


def _parts(wanted: Any, chosen: Any, context: RequestContext) -> dict[str, Any]:
    """Return parts that are of all accounts; empty for whom they are not."""
    may = context.may("account.read")
    listed = accounts.accounts(context.store, context.actor) if may else ()
    one = next((one for one in listed if one.id == chosen), None)
    makers = {
        AccountsPart.LIST: lambda: fields.listed(listed, context),
        AccountsPart.WHICH: lambda: fields.which(listed, one, context),
        AccountsPart.CHANGE: lambda: fields.change(one, context),
    }
    return {part: makers[part]() if may else [] for part in wanted if part in makers}


def _create(request: FormRequest, context: RequestContext) -> list[Any]:
    values = {name: request.values.get(name) for name in ("login", "name", "role", "department", "email")}
    values |= {"name": values["name"] or values["login"], "department": values["department"] or None}
    password = request.values.get("password")
    made = accounts.create_account(context.store, context.actor, values, password, key=request.key)
    if context.actor.role != LOCAL:
        return _done("accounts.created", made.login, context)
    before, _, after = context.say("accounts.created_first", login=made.login, link="\n").partition("\n")
    link = html.A(context.say("accounts.enter"), href="/entrar")
    return [html.P([before, link, after], className="done", role="status")]


def _change(request: FormRequest, context: RequestContext) -> list[Any]:
    values = {name: request.values.get(name) for name in ("name", "role", "department", "email")}
    values |= {"department": values["department"] or None, "active": bool(request.values.get("active"))}
    made = accounts.change_account(context.store, context.actor, request.subject, request.version, values)
    return _done("accounts.changed", made.login, context)


def _set_password(request: FormRequest, context: RequestContext) -> list[Any]:
    accounts.set_password(context.store, context.actor, request.subject, request.values.get("password"))
    return _done("accounts.password_set", _login(request.subject, context), context)


def _unlock(request: FormRequest, context: RequestContext) -> list[Any]:
    accounts.unlock(context.store, context.actor, request.subject)
    return _done("accounts.unlocked", _login(request.subject, context), context)


def _change_own(request: FormRequest, context: RequestContext) -> list[Any]:
    old, new = request.values.get("old"), request.values.get("password")
    accounts.set_password(context.store, context.actor, context.actor.id, new, old)
    return [outcomes.done(context.say("accounts.own_changed"))]


def _set_address(request: FormRequest, context: RequestContext) -> list[Any]:
    made = accounts.set_address(context.store, context.actor, request.values.get("email"))
    said = context.say("accounts.email_set" if made.email else "accounts.email_gone", email=made.email)
    return [outcomes.done(said)]


def _login(id_: str, context: RequestContext) -> str:
    return next(one.login for one in accounts.accounts(context.store, context.actor) if one.id == id_)


def _done(key: str, login: str, context: RequestContext) -> list[Any]:
    return [outcomes.done(context.say(key, login=login))]


def _shown(field: str, value: Any, context: RequestContext) -> str:
    if field == "role":
        return context.say(f"records.role.{value}")
    if field == "active":
        return context.say("accounts.yes" if value else "accounts.no")
    return str(value or "")


DOES: Mapping[str, Act[FormRequest]] = {
    AccountsDo.CREATE: _create,
    AccountsDo.CHANGE: _change,
    AccountsDo.PASSWORD: _set_password,
    AccountsDo.UNLOCK: _unlock,
    AccountsDo.OWN: _change_own,
    AccountsDo.ADDRESS: _set_address,
}
