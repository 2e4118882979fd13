"""Make the fields that callbacks of Dash read: boxes to write in, which the browser draws, and lists of choices.

No field of Dash: those write back, a moment late, over what somebody goes on typing.
"""

from typing import Any

import orjson
from dash import html

from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.fields import labelled


def box(id_: Any, value: Any = "", tag: str = "input", **attributes: Any) -> html.Div:
    """Return a place in which the browser draws a box to write (`assets/js/forms/boxes.js`).

    What is typed is its `data-typed`, what it has to show its `data-shown`; `attributes` are those of the element.
    """
    usual = {"type": "text"} if tag == "input" else {"rows": 3}
    drawn = {"tag": tag, **usual, "dir": "auto", "autocomplete": "off", **attributes}
    shown = "" if value is None else str(value)
    return html.Div(
        id=id_, className="box", **dashed(data_box=orjson.dumps(drawn).decode(), data_shown=shown, data_typed=shown)
    )


def line_of(control: Any) -> str:
    """Return the id of the element that the label of a control names; empty where it has none."""
    id_ = getattr(control, "id", None)
    if not isinstance(id_, str):
        return ""
    return f"{id_}-line" if hasattr(control, "data-box") else id_


def field(label: str, control: Any, hint: str = "") -> html.Div:
    """Return a box or a list of choices under its label, with a line that helps."""
    return labelled(label, control, line_of(control), hint)


def line(id_: Any, value: Any = "", **attributes: Any) -> html.Div:
    """Return a line to write."""
    return box(id_, value, **{"class": "line", **attributes})


def day(id_: Any, value: str | None = None, **attributes: Any) -> html.Div:
    """Return a field for a date; its value is ISO text."""
    return line(id_, value, **{"type": "date", "class": "line day", **attributes})
