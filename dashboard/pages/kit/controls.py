"""Make controls that more than one screen uses."""

from collections.abc import Sequence
from typing import Any

from dash import ClientsideFunction, Input, Output, State, dcc

from dashboard.pages.kit.wiring import clientside_callback
from dashboard.web.request import say
from geodata.places import plain

_LIST_WORDS = (
    "select_all", "deselect_all", "selected_count", "search", "clear_search", "clear_selection", "no_options_found",
)  # fmt: skip


# Any: Dash asks for a dictionary of its own that names each of its words
def list_labels() -> Any:
    """Return what a dropdown says by itself, in the reader's language."""
    return {name: say(f"dropdown.{name}") for name in _LIST_WORDS}


def dropdown(options: Sequence[Any] = (), **more: Any) -> dcc.Dropdown:
    """Return a list to choose from whose own words are in the reader's language.

    A text is found in it without its accents too. options: as Dash takes them; none where the browser fills the list.
    """
    return dcc.Dropdown(labels=list_labels(), options=[_findable(o) for o in options], search_order="original", **more)


def one_of(id_: Any, options: Sequence[Any], value: Any, **more: Any) -> dcc.Dropdown:
    """Return a list of which one is always chosen."""
    return dropdown(options, id=id_, value=value, clearable=False, **more)


def _findable(option: Any) -> Any:
    named = isinstance(option, dict) and isinstance(option["label"], str)
    return {**option, "search": plain(option["label"]).lower()} if named else option


def best_match_first(*lists: str) -> None:
    """Let lists that the browser fills (`amazonia.search.findable`) put first what fits best what is typed."""
    for id_ in lists:
        clientside_callback(
            ClientsideFunction("search", "rank"),
            Output(id_, "options", allow_duplicate=True),
            Input(id_, "search_value"),
            State(id_, "options"),
            prevent_initial_call=True,
        )
