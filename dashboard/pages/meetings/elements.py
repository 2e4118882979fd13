"""Make the plain elements of this screen's forms, in the form in which Dash writes components.

The browser draws them (`assets/dom.js`), reads them (`assets/formkeeping.js`) and keeps what is typed
(`assets/unsaved.js`): a form says by `data-` attributes what it does, on which version of what, and each control which
field it holds and how to read it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dash import html

from dashboard.web.request import say

Choice = tuple[str, str]  # value, name


def control(**attributes: Any) -> dict[str, Any]:
    """Return an input element, which Dash has no component for."""
    return {"type": "Input", "namespace": "dash_html_components", "props": attributes}


def field(label: str, node: Any, id_: str, hint: str = "", class_name: str = "field") -> html.Div:
    """Return a control under its label, with a line that helps."""
    help_ = [html.Small(hint, className="hint")] if hint else []
    return html.Div([html.Label(label, htmlFor=id_), node, *help_], className=class_name)


def line(form: str, name: str, label: str, value: str = "", hint: str = "", **more: Any) -> html.Div:
    """Return a line to write."""
    id_ = f"{form}-{name}"
    node = control(
        id=id_, type="text", value=value, className="line", dir="auto", autocomplete="off",
        **_held(name, "text"), **more,
    )  # fmt: skip
    return field(label, node, id_, hint)


def day(form: str, name: str, label: str, value: str = "", hint: str = "", **more: Any) -> html.Div:
    """Return a field for a date; its value is ISO text."""
    id_ = f"{form}-{name}"
    return field(
        label, control(id=id_, type="date", value=value, className="line day", **_held(name, "text"), **more), id_, hint
    )


def area(form: str, name: str, label: str, value: str = "", rows: int = 3, hint: str = "") -> html.Div:
    """Return a room for several lines of text."""
    id_ = f"{form}-{name}"
    node = html.Textarea(value, id=id_, rows=rows, className="line", dir="auto", **_held(name, "text"))
    return field(label, node, id_, hint)


def count(form: str, name: str, label: str, value: int | None, most: int) -> html.Div:
    """Return a field for a whole number from 0 to `most`."""
    id_ = f"{form}-{name}"
    node = control(
        id=id_, type="number", min=0, max=most, step=1, className="line number", inputmode="numeric",
        value="" if value is None else str(value), **_held(name, "whole"),
    )  # fmt: skip
    return field(label, node, id_)


def number(form: str, name: str, entry: str, label: str, value: float, most: float, step: float) -> html.Div:
    """Return a field for one number of a table by key."""
    id_ = f"{form}-{name}-{entry}"
    node = control(
        id=id_, type="number", min=0, max=most, step=step, value=f"{value:g}", className="line number",
        inputmode="decimal", **_held(name, "number"), **{"data-entry": entry},
    )  # fmt: skip
    return field(label, node, id_, class_name="field weight")


def entry(form: str, name: str, key: str, label: str, value: str) -> html.Div:
    """Return room for the text of a table by key; left empty it is not in the table."""
    id_ = f"{form}-{name}-{key}"
    told = {**_held(name, "text"), "data-entry": key}
    return field(label, html.Textarea(value, id=id_, rows=1, className="line growing", dir="auto", **told), id_)


def select(form: str, name: str, label: str, choices: Iterable[Choice], value: str, hint: str = "") -> html.Div:
    """Return a list to choose from."""
    id_ = f"{form}-{name}"
    options = [html.Option(said, value=known, selected=known == value) for known, said in choices]
    return field(label, html.Select(options, id=id_, className="line", **_held(name, "text")), id_, hint)


def check(form: str, name: str, value: str, checked: bool, label: Sequence[Any], **more: Any) -> html.Label:
    """Return a box to tick; the values of those ticked make a list."""
    box = control(
        type="checkbox", id=f"{form}-{name}-{value}", value=value, checked=checked, **_held(name, "check"), **more
    )
    return html.Label([box, html.Span(label, dir="auto")], className="check-row")


def radios(form: str, name: str, legend: str, choices: Iterable[Choice], value: str) -> html.Fieldset:
    """Return a question with one answer."""
    made = [
        html.Label(
            [
                control(
                    type="radio", id=f"{form}-{name}-{known}", name=f"{form}-{name}", value=known,
                    checked=known == value, **_held(name, "radio"),
                ),
                html.Span(said),
            ],
            className="radio",
        )
        for known, said in choices
    ]  # fmt: skip
    return html.Fieldset([html.Legend(legend), *made], className="radios")


def items(form: str, name: str, legend: str, values: Sequence[str]) -> html.Fieldset:
    """Return a list of points that can be added, written, moved and taken out; the browser draws its rows."""
    told = {"data-items": name, "data-values": json.dumps(list(values), ensure_ascii=False)}
    return html.Fieldset(
        [html.Legend(legend), html.Ol(id=f"{form}-{name}", className="points", **told), _add(form, name)],
        className="point-list",
    )


def _add(form: str, name: str) -> html.Button:
    return html.Button(
        say("meetings.add_point"), type="button", className="button", id=f"{form}-{name}-add", **{"data-add": name}
    )


def form(
    name: str,
    does: str,
    children: Sequence[Any],
    submit: str,
    *,
    title: str = "",
    subject: str = "",
    version: int | None = None,
    blank: Mapping[str, Any] | None = None,
    primary: bool = False,
    kept: bool = True,
    disabled: bool = False,
    **told: Any,
) -> html.Form:
    """Return a form that asks the server for something.

    does: what. subject, version: of which record, as it was seen. blank: what its fields that are lists or tables
    hold when nothing is chosen. title: by which the form is named among those with unsaved changes. kept: whether
    what is typed is kept in the browser and protected.
    """
    data = {
        "data-form": name, "data-do": does, "data-subject": subject, "data-title": title,
        "data-version": "" if version is None else str(version),
        "data-blank": json.dumps(dict(blank or {})), "data-kept": "yes" if kept else None,
    }  # fmt: skip
    button = html.Button(
        submit, type="submit", id=f"{name}-save", className="button primary" if primary else "button", disabled=disabled
    )
    drop = html.Button(
        say("meetings.drop"), type="button", className="button", hidden=True, id=f"{name}-drop",
        **{"data-drop-typed": "yes"},
    )  # fmt: skip
    unsaved = html.Span(say("meetings.unsaved"), className="unsaved-mark", hidden=True, **{"data-unsaved": "yes"})
    row = html.Div([button, *([drop, unsaved] if kept else [])], className="button-row")
    return html.Form(
        [*children, row, html.Div(className="told", **{"data-told": "yes"})], className="form", **data, **told
    )


def _held(name: str, kind: str) -> dict[str, str]:
    return {"data-field": name, "data-kind": kind}


def section(title: str, children: Sequence[Any], note: str = "", class_name: str = "", id_: str = "") -> html.Section:
    """Return a part of the screen under its heading."""
    notes = [html.P(note, className="muted")] if note else []
    more = {"id": id_} if id_ else {}
    return html.Section(
        [html.H3(title), *notes, *children], className=f"part {class_name}".strip(), **{"aria-label": title}, **more
    )


def link(text: str, address: str, class_name: str = "data-link", **more: Any) -> html.A:
    """Return a link to an address of this server."""
    return html.A(text, href=address, className=class_name, **more)


def written(items: Sequence[str], nothing: str) -> Any:
    """Return points as they are read."""
    if not items:
        return html.P(nothing, className="muted")
    return html.Ol([html.Li(item, dir="auto") for item in items], className="read-points")
