"""Make controls that more than one screen uses."""

from typing import Any

from dash import dcc

from dashboard.current import say

_LIST_WORDS = (
    "select_all", "deselect_all", "selected_count", "search", "clear_search", "clear_selection", "no_options_found",
)  # fmt: skip


def list_labels() -> dict[str, str]:
    """Return what a dropdown says by itself, in the reader's language."""
    return {name: say(f"dropdown.{name}") for name in _LIST_WORDS}


def dropdown(**options: Any) -> dcc.Dropdown:
    """Return a list to choose from whose own words are in the reader's language."""
    return dcc.Dropdown(labels=list_labels(), **options)
