"""Answer what the accounts screen asks: of a request, and plain values."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.pages.kit import outcomes, table
from dashboard.records.core import LOCAL, Conflict, RecordsError, Words
from dashboard.records.people import accounts
from dashboard.web.request import RequestContext

YES = {True: "yes", False: "no"}
Said = Any  # components that say what happened
FIRST_ROLE = "reader"  # offered for a new account


@dataclass(frozen=True)
class Outcome:
    """What is said of something that was asked, and whether it was done; a version to go on from where both versions
    were shown."""

    said: Said
    done: bool
    version: int | None = None


def listed(context: RequestContext) -> html.Table | None:
    """Return every account, to whom may see them."""
    if not context.may("account.read"):
        return None
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
        for one in accounts.accounts(context.store, context.actor)
    ]
    head = ["access.login", *(f"records.field.{name}" for name in ("name", "role", "department"))]
    return table(say("accounts.list"), [*map(say, head), say("accounts.is_active")], rows)


def choices(context: RequestContext) -> list[dict[str, str]]:
    """Return the accounts to choose from."""
    if not context.may("account.read"):
        return []
    return [
        {"value": one.id, "label": f"{one.login} · {one.name}"}
        for one in accounts.accounts(context.store, context.actor)
    ]


def chosen(context: RequestContext, id_: Any) -> tuple[Any, ...]:
    """Return version, name, role, department and activity of an account; blanks for none."""
    found = (
        next((one for one in accounts.accounts(context.store, context.actor) if one.id == id_), None) if id_ else None
    )
    if found is None:
        return None, "", None, None, []
    return found.version, found.name, found.role, found.department, ["on"] if found.active else []


def create(context: RequestContext, values: dict[str, Any], password: Any, key: Any) -> Outcome:
    """Make an account; say what happened."""

    def work() -> Said:
        made = accounts.create_account(context.store, context.actor, values, password, key=key)
        if context.actor.role != LOCAL:
            return outcomes.done(context.say("accounts.created", login=made.login))
        before, _, after = context.say("accounts.created_first", login=made.login, link="\n").partition("\n")
        link = html.A(context.say("accounts.enter"), href="/entrar")
        return html.P([before, link, after], className="done", role="status")

    return attempt(work, context.words)


def change(context: RequestContext, id_: Any, version: Any, values: dict[str, Any]) -> Outcome:
    """Change an account; say what happened."""

    def work() -> Said:
        made = accounts.change_account(context.store, context.actor, id_, version, values)
        return outcomes.done(context.say("accounts.changed", login=made.login))

    return attempt(work, context.words)


def set_password(context: RequestContext, id_: Any, password: Any) -> Outcome:
    """Set the password of an account; say what happened."""

    def work() -> Said:
        accounts.set_password(context.store, context.actor, id_, password)
        login = next(one.login for one in accounts.accounts(context.store, context.actor) if one.id == id_)
        return outcomes.done(context.say("accounts.password_set", login=login))

    return attempt(work, context.words)


def unlock(context: RequestContext, id_: Any) -> Outcome:
    """Let whoever signs in as an account try again at once; say what happened."""

    def work() -> Said:
        accounts.unlock(context.store, context.actor, id_)
        login = next(one.login for one in accounts.accounts(context.store, context.actor) if one.id == id_)
        return outcomes.done(context.say("accounts.unlocked", login=login))

    return attempt(work, context.words)


def change_own(context: RequestContext, old: Any, new: Any) -> Outcome:
    """Change one's own password; say what happened."""

    def work() -> Said:
        accounts.set_password(context.store, context.actor, context.actor.id, new, old)
        return outcomes.done(context.say("accounts.own_changed"))

    return attempt(work, context.words)


def attempt(work: Callable[[], Said], words: Words) -> Outcome:
    """Return what work says, or why it was refused."""
    try:
        return Outcome(work(), True)
    except Conflict as error:
        both = outcomes.conflict(error, words, lambda field, value: _shown(field, value, words))
        return Outcome([both, outcomes.hint(words.say("accounts.after_conflict"))], False, error.theirs.version)
    except RecordsError as error:
        return Outcome(outcomes.refusal(error, words), False)


def _shown(field: str, value: Any, words: Words) -> str:
    if field == "role":
        return words.say(f"records.role.{value}")
    if field == "active":
        return words.say("accounts.yes" if value else "accounts.no")
    return str(value or "")
