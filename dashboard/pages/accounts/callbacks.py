"""What happens on the accounts screen."""

from typing import Any

from dash import Input, Output, State, callback

from dashboard import record
from dashboard.access import mode, people
from dashboard.pages import forms
from dashboard.pages.accounts import answers
from dashboard.pages.accounts.ids import Accounts

ON_CALL = {"prevent_initial_call": True}
SAID = Output(Accounts.SAID, "children", allow_duplicate=True)
SHOWN = (
    Output(Accounts.LIST, "children", allow_duplicate=True),
    Output(Accounts.CHOSEN, "options", allow_duplicate=True),
)


def _shown() -> tuple[Any, Any]:
    """Return the accounts as they are now: listed, and to choose from."""
    store, actor = record.store(), people.actor()
    mode.look_again()
    return answers.listed(store, actor, record.words()), answers.choices(store, actor)


@callback(
    SAID, *SHOWN, Output(Accounts.KEY, "data"), Output(Accounts.NEW_PASSWORD, "value"),
    Input(Accounts.CREATE, "n_clicks"), State(Accounts.NEW_LOGIN, "value"), State(Accounts.NEW_NAME, "value"),
    State(Accounts.NEW_ROLE, "value"), State(Accounts.NEW_DEPARTMENT, "value"),
    State(Accounts.NEW_PASSWORD, "value"), State(Accounts.KEY, "data"), **ON_CALL,
)  # fmt: skip
def create_account(_: int, login: Any, name: Any, role: Any, department: Any, password: Any, key: Any) -> Any:
    """Make an account."""
    values = {"login": login, "name": name or login, "role": role, "department": department}
    said = answers.create(record.store(), people.actor(), values, password, key, record.words())
    return said, *_shown(), forms.new_key(), ""


@callback(
    Output(Accounts.VERSION, "data"), Output(Accounts.NAME, "value"), Output(Accounts.ROLE, "value"),
    Output(Accounts.DEPARTMENT, "value"), Output(Accounts.ACTIVE, "value"), Input(Accounts.CHOSEN, "value"), **ON_CALL,
)  # fmt: skip
def choose_account(id_: Any) -> Any:
    """Fill the form with the account chosen."""
    return answers.chosen(record.store(), people.actor(), id_)


@callback(
    SAID, *SHOWN, Output(Accounts.CHOSEN, "value"),
    Input(Accounts.CHANGE, "n_clicks"), State(Accounts.CHOSEN, "value"), State(Accounts.VERSION, "data"),
    State(Accounts.NAME, "value"), State(Accounts.ROLE, "value"), State(Accounts.DEPARTMENT, "value"),
    State(Accounts.ACTIVE, "value"), **ON_CALL,
)  # fmt: skip
def change_account(_: int, id_: Any, version: Any, name: Any, role: Any, department: Any, active: Any) -> Any:
    """Keep what was changed of an account."""
    values = {"name": name, "role": role, "department": department, "active": bool(active)}
    said = answers.change(record.store(), people.actor(), id_, version, values, record.words())
    return said, *_shown(), None


@callback(
    SAID, Output(Accounts.PASSWORD, "value"),
    Input(Accounts.SET_PASSWORD, "n_clicks"), State(Accounts.CHOSEN, "value"), State(Accounts.PASSWORD, "value"),
    **ON_CALL,
)  # fmt: skip
def set_password(_: int, id_: Any, password: Any) -> Any:
    """Set the password of the account chosen."""
    return answers.set_password(record.store(), people.actor(), id_, password, record.words()), ""


@callback(SAID, *SHOWN, Input(Accounts.UNLOCK, "n_clicks"), State(Accounts.CHOSEN, "value"), **ON_CALL)
def unlock(_: int, id_: Any) -> Any:
    """Let whoever signs in as the account chosen try again at once."""
    said = answers.unlock(record.store(), people.actor(), id_, record.words())
    return said, *_shown()


@callback(
    SAID, Output(Accounts.OLD, "value"), Output(Accounts.OWN, "value"),
    Input(Accounts.CHANGE_OWN, "n_clicks"), State(Accounts.OLD, "value"), State(Accounts.OWN, "value"), **ON_CALL,
)  # fmt: skip
def change_own_password(_: int, old: Any, new: Any) -> Any:
    """Change one's own password."""
    return answers.change_own(record.store(), people.actor(), old, new, record.words()), "", ""
