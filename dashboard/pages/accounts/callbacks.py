"""What happens on the accounts screen."""

from typing import Any

import dash
from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback

from dashboard.pages.accounts import answers
from dashboard.pages.accounts.ids import Accounts
from dashboard.pages.kit import forms
from dashboard.web import request

ON_CALL: dict[str, Any] = {"prevent_initial_call": True}
SAID = Output(Accounts.SAID, "children", allow_duplicate=True)
# the fields of the account that is changed
CHANGED = (
    (Accounts.CHANGE_FORM, "data-filled"), (Accounts.ROLE, "value"), (Accounts.DEPARTMENT, "value"),
    (Accounts.ACTIVE, "value"),
)  # fmt: skip
SHOWN = (
    Output(Accounts.LIST, "children", allow_duplicate=True),
    Output(Accounts.CHOSEN, "options", allow_duplicate=True),
)


def _shown() -> tuple[Any, Any]:
    """Return the accounts as they are now: listed, and to choose from."""
    context = request.context()
    request.accounts_changed()
    return answers.listed(context), answers.choices(context)


TYPED = "data-typed"
STAY = dash.no_update  # a refusal leaves every field as it was typed


@callback(
    SAID, *SHOWN, Output(Accounts.KEY, "data"), Output(Accounts.NEW_FORM, "data-filled"),
    Output(Accounts.NEW_ROLE, "value"), Output(Accounts.NEW_DEPARTMENT, "value"),
    Input(Accounts.CREATE, "n_clicks"), State(Accounts.NEW_LOGIN, TYPED), State(Accounts.NEW_NAME, TYPED),
    State(Accounts.NEW_ROLE, "value"), State(Accounts.NEW_DEPARTMENT, "value"),
    State(Accounts.NEW_PASSWORD, TYPED), State(Accounts.KEY, "data"), **ON_CALL,
)  # fmt: skip
def create_account(_: int, login: Any, name: Any, role: Any, department: Any, password: Any, key: Any) -> Any:
    """Make an account; the form is empty again once it is made."""
    values = {"login": login, "name": name or login, "role": role, "department": department}
    found = answers.create(request.context(), values, password, key)
    if not found.done:
        return found.said, STAY, STAY, forms.new_key(), STAY, STAY, STAY
    return found.said, *_shown(), forms.new_key(), forms.filled("", {}, saved=True), answers.FIRST_ROLE, None


# what stands there is of the account before, until the server answers
clientside_callback(
    ClientsideFunction("boxes", "emptied"),
    *(Output(id_, name, allow_duplicate=True) for id_, name in CHANGED), Input(Accounts.CHOSEN, "value"), **ON_CALL,
)  # fmt: skip


@callback(
    Output(Accounts.VERSION, "data"), *(Output(id_, name) for id_, name in CHANGED),
    Input(Accounts.CHOSEN, "value"), **ON_CALL,
)  # fmt: skip
def choose_account(id_: Any) -> Any:
    """Fill the form with the account chosen."""
    version, name, *rest = answers.chosen(request.context(), id_)
    return version, forms.filled(id_ or "", {Accounts.NAME: name}), *rest


@callback(
    SAID, *SHOWN, Output(Accounts.CHOSEN, "value"), Output(Accounts.CHANGE_FORM, "data-saved"),
    Output(Accounts.VERSION, "data", allow_duplicate=True),
    Input(Accounts.CHANGE, "n_clicks"), State(Accounts.CHOSEN, "value"), State(Accounts.VERSION, "data"),
    State(Accounts.NAME, TYPED), State(Accounts.ROLE, "value"), State(Accounts.DEPARTMENT, "value"),
    State(Accounts.ACTIVE, "value"), **ON_CALL,
)  # fmt: skip
def change_account(_: int, id_: Any, version: Any, name: Any, role: Any, department: Any, active: Any) -> Any:
    """Keep what was changed of an account."""
    values = {"name": name, "role": role, "department": department, "active": bool(active)}
    found = answers.change(request.context(), id_, version, values)
    if not found.done:
        return found.said, STAY, STAY, STAY, STAY, found.version or STAY
    return found.said, *_shown(), None, forms.new_key(), STAY


@callback(
    SAID, Output(Accounts.PASSWORD, "data-cleared"),
    Input(Accounts.SET_PASSWORD, "n_clicks"), State(Accounts.CHOSEN, "value"), State(Accounts.PASSWORD, TYPED),
    **ON_CALL,
)  # fmt: skip
def set_password(_: int, id_: Any, password: Any) -> Any:
    """Set the password of the account chosen."""
    found = answers.set_password(request.context(), id_, password)
    return found.said, forms.new_key() if found.done else STAY


@callback(SAID, *SHOWN, Input(Accounts.UNLOCK, "n_clicks"), State(Accounts.CHOSEN, "value"), **ON_CALL)
def unlock(_: int, id_: Any) -> Any:
    """Let whoever signs in as the account chosen try again at once."""
    found = answers.unlock(request.context(), id_)
    return found.said, *_shown()


@callback(
    SAID, Output(Accounts.OLD, "data-cleared"), Output(Accounts.OWN, "data-cleared"),
    Input(Accounts.CHANGE_OWN, "n_clicks"), State(Accounts.OLD, TYPED), State(Accounts.OWN, TYPED), **ON_CALL,
)  # fmt: skip
def change_own_password(_: int, old: Any, new: Any) -> Any:
    """Change one's own password."""
    found = answers.change_own(request.context(), old, new)
    cleared = forms.new_key() if found.done else STAY
    return found.said, cleared, cleared
