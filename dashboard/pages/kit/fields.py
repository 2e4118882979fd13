"""Make the fields of forms that the browser draws (`assets/js/core/dom.js`), in the form of Dash's components.

None of them is a component of Dash: a list of eighty districts has as many boxes. A form reads its own controls
when it is sent, by `name`, or by `data-field`, `data-kind` and `data-entry`; it keeps what is typed in them meanwhile.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from dash import html

from dashboard.pages.kit.elements import dashed
from dashboard.web.request import say

Choice = tuple[str, str]  # value, name


# Any: it has no class, and stands wherever a component may
def control(**attributes: Any) -> Any:
    """Return an input element, which Dash has no component for."""
    return {"type": "Input", "namespace": "dash_html_components", "props": attributes}


def labelled(label: str, node: Any, id_: str, hint: str = "", class_name: str = "field") -> html.Div:
    """Return a control by its id under its label, with a line that helps."""
    name = html.Label(label, htmlFor=id_) if id_ else html.Label(label)
    lines = [html.Small(hint, className="hint", id=f"{id_}-hint" if id_ else None)] if hint else []
    return html.Div([name, node, *lines], className=class_name)


def _held(id_: str, name: str, kind: str, hint: str = "") -> dict[str, Any]:
    described = {"aria-describedby": f"{id_}-hint"} if hint else {}
    return {"id": id_, "name": name, "data-field": name, "data-kind": kind, **described}


def line(form: str, name: str, label: str, value: str = "", hint: str = "", kind: str = "text", **more: Any) -> Any:
    """Return a line to write, or another `kind` of input."""
    id_ = f"{form}-{name}"
    attributes = {"type": kind, "value": value, "className": "line", "dir": "auto", "autocomplete": "off"}
    return labelled(label, control(**attributes | _held(id_, name, "text", hint) | more), id_, hint)


def day(form: str, name: str, label: str, value: str = "", hint: str = "", **more: Any) -> html.Div:
    """Return a field for a date; its value is ISO text."""
    return line(form, name, label, value, hint, "date", **{"className": "line day", **more})


def area(form: str, name: str, label: str, value: str = "", hint: str = "", rows: int = 3) -> html.Div:
    """Return a room for several lines of text."""
    id_ = f"{form}-{name}"
    node = html.Textarea(value, rows=rows, className="line", dir="auto", **_held(id_, name, "text", hint))
    return labelled(label, node, id_, hint)


def count(form: str, name: str, label: str, value: int | None, most: int) -> html.Div:
    """Return a field for a whole number from 0 to `most`."""
    id_ = f"{form}-{name}"
    node = control(
        type="number", min=0, max=most, step=1, className="line number", inputmode="numeric",
        value="" if value is None else str(value), **_held(id_, name, "whole"),
    )  # fmt: skip
    return labelled(label, node, id_)


def number(form: str, name: str, entry: str, label: str, value: float, most: float, step: float) -> html.Div:
    """Return a field for one number of a table by key."""
    id_ = f"{form}-{name}-{entry}"
    node = control(
        type="number", min=0, max=most, step=step, value=f"{value:g}", className="line number",
        inputmode="decimal", **_held(id_, name, "number"), **dashed(data_entry=entry),
    )  # fmt: skip
    return labelled(label, node, id_, class_name="field weight")


def entry(form: str, name: str, key: str, label: str, value: str, place: object = None) -> html.Div:
    """Return room for the text of a table by key; left empty it is not in the table.

    place: what tells it from the others where the key is no word.
    """
    id_ = f"{form}-{name}-{key if place is None else place}"
    told = {**_held(id_, name, "text"), "data-entry": key}
    return labelled(label, html.Textarea(value, rows=1, className="line growing", dir="auto", **told), id_)


def cell(form: str, name: str, key: str, label: str, value: str, **more: Any) -> html.Div:
    """Return a line of a table by key, under its label."""
    id_ = f"{form}-{name}-{key}"
    attributes = {"type": "text", "value": value, "className": "line", "dir": "auto", "autocomplete": "off"}
    told = {**_held(id_, name, "text"), "data-entry": key}
    return labelled(label, control(**attributes | told | more), id_)


def cell_choice(form: str, name: str, key: str, label: str, choices: Iterable[Choice], value: str) -> html.Div:
    """Return a list of which one is chosen, for a row of a table by key."""
    id_ = f"{form}-{name}-{key}"
    told = {**_held(id_, name, "text"), "data-entry": key}
    return labelled(label, html.Select(options(choices, value), className="line", **told), id_)


def options(choices: Iterable[Choice | tuple[str, Sequence[Choice]]], value: str) -> list[Any]:
    """Return what can be chosen in a list. A choice whose second part is no name is a group of choices."""
    return [_option(item, value) for item in choices]


def _option(item: Any, value: str) -> Any:
    first, second = item
    if isinstance(second, str):
        return html.Option(second, value=first, selected=first == value)
    return html.Optgroup(options(second, value), label=first)


def choice(
    form: str, name: str, label: str, choices: Iterable[Choice], value: str, hint: str = "", disabled: bool = False
) -> html.Div:
    """Return a list of which one is chosen."""
    id_ = f"{form}-{name}"
    more: dict[str, Any] = {"disabled": True} if disabled else {}
    node = html.Select(options(choices, value), className="line", **_held(id_, name, "text", hint), **more)
    return labelled(label, node, id_, hint)


def check(form: str, name: str, value: str, checked: bool, label: Any, box: Any = None, **more: Any) -> html.Label:
    """Return a box to tick; the values of those ticked make a list. box: attributes of the box; more: of its label."""
    held = _held(f"{form}-{name}-{value}", name, "check") | dict(box or {})
    ticked = control(type="checkbox", value=value, checked=checked, **held)
    return html.Label([ticked, html.Span(label, dir="auto")], className="check-row", **more)


def checks(form: str, name: str, legend: str, choices: Iterable[Choice], chosen: Iterable[str]) -> html.Fieldset:
    """Return boxes of which several can be ticked."""
    ticked = set(chosen)
    rows = [check(form, name, value, value in ticked, said) for value, said in choices]
    return html.Fieldset([html.Legend(legend), html.Div(rows, className="checks")], className="field")


def radios(form: str, name: str, legend: str, choices: Iterable[Choice], value: str) -> html.Fieldset:
    """Return a question with one answer."""
    made = [
        radio(known, said, known == value, **_held(f"{form}-{name}-{known}", name, "radio")) for known, said in choices
    ]
    return html.Fieldset([html.Legend(legend), *made], className="radios")


def radio(value: str, label: str, checked: bool, **more: Any) -> html.Label:
    """Return one answer of a question; `name` in `more` says of which."""
    return html.Label(
        [control(type="radio", value=value, checked=checked, **more), html.Span(label)], className="radio"
    )


def hidden(name: str, value: str) -> Any:
    """Return a field that nobody sees."""
    return control(type="hidden", name=name, value=value)


def items(form: str, name: str, legend: str, values: Sequence[str]) -> html.Fieldset:
    """Return a list of points that can be added, written, moved and taken out; the browser draws its rows."""
    told = dashed(data_items=name, data_values=json.dumps(list(values), ensure_ascii=False))
    add = html.Button(
        say("meetings.add_point"), type="button", className="button", id=f"{form}-{name}-add", **dashed(data_add=name)
    )
    points = html.Ol(id=f"{form}-{name}", className="points", **told)
    return html.Fieldset([html.Legend(legend), points, add], className="point-list")
