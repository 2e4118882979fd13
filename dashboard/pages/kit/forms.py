"""Make forms: what they ask of the server, on which version of what, and how what is typed in them is kept.

What somebody types is kept in their browser (`assets/js/forms/unsaved.js`) until the server has it; a form names
itself, the record that it speaks of, and the way in which its fields are read (`assets/js/forms/readers.js`).
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from dash import html

from dashboard.pages.kit.elements import dashed
from dashboard.web.request import say

NAMES = "names"  # how the fields of a form are read: by `name`, else by `data-field` and `data-kind`


def new_key() -> str:
    """Return a key under which one request is kept once, however often it is sent."""
    return uuid4().hex


def form(
    do: str,
    children: Sequence[Any],
    submit: str = "",
    *,
    name: str = "",
    title: str = "",
    version: int | None = None,
    blank: Mapping[str, Any] | None = None,
    primary: bool = False,
    kept: bool = True,
    disabled: bool = False,
    class_name: str = "form",
    **more: Any,
) -> html.Form:
    """Return a form that asks the server for something, with a place for what comes of it.

    do: what. submit: of the button below the fields; "" where they bring their own. name: by which what is typed in it
    is kept, and its controls are told apart; title: by which it is named among what is not saved. version: of the
    record, as it was seen. blank: what its fields that are lists or tables hold when nothing is chosen. kept: whether
    what is typed is kept and protected. more: what else goes along, each as an attribute `data-`.
    """
    data = {
        "form": name or None, "do": do, "title": title or None, "version": version,
        "blank": None if blank is None else json.dumps(dict(blank)), "kept": "yes" if kept and name else None,
    } | more  # fmt: skip
    row = [_buttons(name, submit, primary, kept, disabled)] if submit else []
    place = html.Div(className="form-outcome", tabIndex="-1", **dashed(data_outcome="yes"))
    attributes: dict[str, Any] = {f"data-{key}": str(value) for key, value in data.items() if value is not None}
    return html.Form([*children, *row, place], className=class_name, **attributes)


def _buttons(name: str, submit: str, primary: bool, kept: bool, disabled: bool) -> html.Div:
    """Return the button that sends a form, and of a kept one what gives up what was typed."""
    send = submit_button(submit, primary, id=f"{name}-save", disabled=disabled)
    if not kept:
        return html.Div([send], className="button-row")
    drop = html.Button(
        say("forms.drop"), type="button", className="button", hidden=True, id=f"{name}-drop",
        **dashed(data_drop_typed="yes"),
    )  # fmt: skip
    unsaved = html.Span(say("forms.unsaved"), className="unsaved-mark", hidden=True, **dashed(data_unsaved="yes"))
    return html.Div([send, drop, unsaved], className="button-row")


def submit_button(text: str, primary: bool = True, **more: Any) -> html.Button:
    """Return the button that sends a form."""
    return html.Button(text, type="submit", className="button primary" if primary else "button", **more)


def ask_button(text: str, do: str, class_name: str = "button", **more: Any) -> html.Button:
    """Return a button; `do` names what is asked of the server when it is pressed."""
    return html.Button(text, type="button", className=class_name, **dashed(data_do=do, **more))


def button(id_: Any, text: str, primary: bool = False, **more: Any) -> html.Button:
    """Return a button that a callback listens to; one of a form is its main one."""
    return html.Button(
        text, id=id_, type="button", n_clicks=0, className="button primary" if primary else "button", **more
    )


def typed_as(name: str, record: str) -> str:
    """Return the label under which the browser keeps what is typed in a form about a record."""
    return f"{name}|{record}"
