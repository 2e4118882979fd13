"""Declare callbacks where a screen is loaded, and wire them to each application that is put together.

Dash's own `callback` hands what was declared to the first application of a process and to no other; these stay.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import dash

F = TypeVar("F", bound=Callable[..., Any])

_DECLARED: list[Callable[[dash.Dash], object]] = []  # in the order in which they were declared


# Any: what depends on what, and options, as `dash.callback` takes them
def callback(*wiring: Any, **options: Any) -> Callable[[F], F]:
    """Declare a function that the server runs when one of its inputs changes."""

    def declare(function: F) -> F:
        _DECLARED.append(lambda app: app.callback(*wiring, **options)(function))
        return function

    return declare


# Any: as above
def clientside_callback(function: dash.ClientsideFunction, *wiring: Any, **options: Any) -> None:
    """Declare a function of `assets/js/` that the browser runs when one of its inputs changes."""
    _DECLARED.append(lambda app: app.clientside_callback(function, *wiring, **options))


def wire(app: dash.Dash) -> None:
    """Give an application every callback that was declared; once for each application."""
    for declared in _DECLARED:
        declared(app)
