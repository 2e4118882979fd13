"""Answer what the accounts screen asks. Functions of a store, an actor and plain values."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.pages.kit import outcomes, table
from dashboard.records.core import LOCAL, Actor, Conflict, RecordsError, Store, Words, may
from dashboard.records.people import accounts

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


def listed(store: Store, actor: Actor, words: Words) -> html.Table | None:
    """Return every account, to whom may see them."""
    if not may(actor, "account.read"):
        return None
    say, departments = words.say, store.dataset.territory.departments
    waiting = accounts.waiting(store, actor)
    rows = [
        (
            html.Code(one.login),
            html.Span(one.name, dir="auto"),
            say(f"records.role.{one.role}"),
            departments[one.department].name if one.department else say("accounts.all_departments"),
            say("accounts.waits" if one.active and one.login in waiting else f"accounts.{YES[one.active]}"),
        )
        for one in accounts.accounts(store, actor)
    ]
    head = ["access.login", *(f"records.field.{name}" for name in ("name", "role", "department"))]
    return table(say("accounts.list"), [*map(say, head), say("accounts.is_active")], rows)


def choices(store: Store, actor: Actor) -> list[dict[str, str]]:
    """Return the accounts to choose from."""
    if not may(actor, "account.read"):
        return []
    return [{"value": one.id, "label": f"{one.login} · {one.name}"} for one in accounts.accounts(store, actor)]


def chosen(store: Store, actor: Actor, id_: Any) -> tuple[Any, ...]:
    """Return version, name, role, department and activity of an account; blanks for none."""
    found = next((one for one in accounts.accounts(store, actor) if one.id == id_), None) if id_ else None
    if found is None:
        return None, "", None, None, []
    return found.version, found.name, found.role, found.department, ["on"] if found.active else []


def create(store: Store, actor: Actor, values: dict[str, Any], password: Any, key: Any, words: Words) -> Outcome:
    """Make an account; say what happened."""

    def work() -> Said:
        made = accounts.create_account(store, actor, values, password, key=key)
        if actor.role != LOCAL:
            return outcomes.done(words.say("accounts.created", login=made.login))
        before, _, after = words.say("accounts.created_first", login=made.login, link="\n").partition("\n")
        link = html.A(words.say("accounts.enter"), href="/entrar")
        return html.P([before, link, after], className="done", role="status")

    return attempt(work, words)


def change(store: Store, actor: Actor, id_: Any, version: Any, values: dict[str, Any], words: Words) -> Outcome:
    """Change an account; say what happened."""

    def work() -> Said:
        made = accounts.change_account(store, actor, id_, version, values)
        return outcomes.done(words.say("accounts.changed", login=made.login))

    return attempt(work, words)


def set_password(store: Store, actor: Actor, id_: Any, password: Any, words: Words) -> Outcome:
    """Set the password of an account; say what happened."""

    def work() -> Said:
        accounts.set_password(store, actor, id_, password)
        login = next(one.login for one in accounts.accounts(store, actor) if one.id == id_)
        return outcomes.done(words.say("accounts.password_set", login=login))

    return attempt(work, words)


def unlock(store: Store, actor: Actor, id_: Any, words: Words) -> Outcome:
    """Let whoever signs in as an account try again at once; say what happened."""

    def work() -> Said:
        accounts.unlock(store, actor, id_)
        login = next(one.login for one in accounts.accounts(store, actor) if one.id == id_)
        return outcomes.done(words.say("accounts.unlocked", login=login))

    return attempt(work, words)


def change_own(store: Store, actor: Actor, old: Any, new: Any, words: Words) -> Outcome:
    """Change one's own password; say what happened."""

    def work() -> Said:
        accounts.set_password(store, actor, actor.id, new, old)
        return outcomes.done(words.say("accounts.own_changed"))

    return attempt(work, words)


def attempt(work: Callable[[], Said], words: Words) -> Outcome:
    """Return what work says, or why it was refused."""
    try:
        return Outcome(work(), True)
    except Conflict as error:
        both = outcomes.clash(error, words, lambda field, value: _shown(field, value, words))
        return Outcome([both, outcomes.hint(words.say("accounts.after_clash"))], False, error.theirs.version)
    except RecordsError as error:
        return Outcome(outcomes.refusal(error, words), False)


def _shown(field: str, value: Any, words: Words) -> str:
    if field == "role":
        return words.say(f"records.role.{value}")
    if field == "active":
        return words.say("accounts.yes" if value else "accounts.no")
    return str(value or "")
