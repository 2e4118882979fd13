"""Make what the screens of the record share: headings, fields, what went well or wrong, two versions side by side."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

import orjson
from dash import html
from dash._utils import stringify_id

from dashboard.records.core import Conflict, RecordsError, Words, plain
from dashboard.records.proposals import differences
from dashboard.web import record

# the field that a fault is about, where it does not say so itself
_FIELDS = {
    "password_length": "password", "password_plain": "password", "wrong_password": "old", "login_taken": "login",
    "login_letters": "login", "no_department_for_role": "department", "last_administrator": "role",
}  # fmt: skip
# the value of a field of a record, in words
Shown = Callable[[str, Any], str]


def new_key() -> str:
    """Return a key under which one request is kept once, however often it is sent."""
    return uuid4().hex


def field(label: str, control: Any, hint: str = "") -> html.Div:
    """Return a control under its label, with a line that helps."""
    id_ = line_of(control)
    name = html.Label(label, htmlFor=id_) if id_ else html.Label(label)
    return html.Div([name, control, *([html.Small(hint, className="hint")] if hint else [])], className="field")


def box(id_: Any, value: Any = "", tag: str = "input", **attributes: Any) -> html.Div:
    """Return a place in which the browser draws a box to write (`assets/boxes.js`).

    No field of Dash: those write back, a moment late, over what somebody goes on typing. What is typed is its
    `data-typed`, what it has to show its `data-shown`; `attributes` are those of the element itself.
    """
    told = {"type": "text"} if tag == "input" else {"rows": 3}
    drawn = {"tag": tag, **told, "dir": "auto", "autocomplete": "off", **attributes}
    shown = "" if value is None else str(value)
    return html.Div(
        id=id_, className="box", **{"data-box": orjson.dumps(drawn).decode(), "data-shown": shown, "data-typed": shown}
    )


def line_of(control: Any) -> str:
    """Return the id of the element that the label of a control names; empty where it has none."""
    inner = control.children if hasattr(control, "data-choice") else control
    id_ = getattr(inner, "id", None)
    if not isinstance(id_, str):
        return ""
    return f"{id_}-line" if hasattr(inner, "data-box") else id_


def line(id_: Any, value: str = "", **attributes: Any) -> html.Div:
    """Return a line to write."""
    return box(id_, value, **{"class": "line", **attributes})


def day(id_: Any, value: str | None = None, **attributes: Any) -> html.Div:
    """Return a field for a date; its value is ISO text."""
    return box(id_, value, **{"type": "date", "class": "line day", **attributes})


def area(id_: Any, value: str = "", rows: int = 3, **attributes: Any) -> html.Div:
    """Return a room for several lines of text."""
    return box(id_, value, "textarea", **{"rows": rows, "class": "line", **attributes})


def choice(control: Any, name: str = "") -> html.Div:
    """Return a list of choices as a field of a kept form: its choice is kept with what is typed. name: of the field."""
    return html.Div(control, className="choice", **{"data-choice": stringify_id(control.id), "data-name": name})


def kept(name: str, title: str, children: Sequence[Any], *, record: str = "", id_: Any = None) -> html.Div:
    """Return a form whose boxes and choices are kept in the browser as they are typed, until it says that they are
    saved (`assets/unsaved.js`).

    title: by which it is named among what is not saved. record: of which record it speaks; `filled` turns it to
    another. The screen tells by `data-saved` that the server has it.
    """
    more = {"id": id_} if id_ is not None else {}
    told = {"data-form": name, "data-kept": "yes", "data-reads": "boxes", "data-title": title, "data-record": record}
    return html.Fieldset(list(children), className="kept-form", **{"aria-label": title}, **told, **more)


def filled(record: str, values: Mapping[Any, Any], saved: bool = False) -> str:
    """Return, for `data-filled` of a kept form, the record that it speaks of from now on and what is kept of it: values
    by the id of their box. saved: what was typed is kept by now, or is to be forgotten."""
    texts = {str(id_): "" if value is None else str(value) for id_, value in values.items()}
    return orjson.dumps({"record": record, "values": texts, "saved": saved, "at": new_key()}).decode()


def button(id_: Any, text: str, primary: bool = False, **options: Any) -> html.Button:
    """Return a button; one of a form is its main one."""
    return html.Button(
        text, id=id_, type="button", n_clicks=0, className="button primary" if primary else "button", **options
    )


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[Any]], class_name: str = "") -> html.Table:
    """Return a table whose first column names the rows."""
    return html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(html.Tr([html.Th(text, scope="col") for text in head])),
            html.Tbody([html.Tr([html.Th(row[0], scope="row"), *map(html.Td, row[1:])]) for row in rows]),
        ],
        className=f"record-table {class_name}".strip(),
    )


def state_mark(state: str, words: Words) -> html.Span:
    """Return the state of a proposal in words; shape and colour only underline it."""
    return html.Span(words.say(f"records.state.{state}"), className=f"state-mark state-{state}")


def done(text: str) -> html.P:
    """Return what went well."""
    return html.P(text, className="done", role="status")


def refusal(error: RecordsError, words: Words) -> html.Div:
    """Return what went wrong, all that must be mended, and that nothing was changed."""
    sentence, faults = record.told(error, words)
    listed = [html.Ul([html.Li(fault) for fault in faults])] if faults else []
    return html.Div(
        [html.P(html.B(sentence)), *listed, html.P(words.say("forms.nothing_changed"))],
        className="error", role="alert", **{"data-faulty": " ".join(faulty(error))},
    )  # fmt: skip


def faulty(error: RecordsError) -> list[str]:
    """Return the fields at fault, the first first: the browser leads to it."""
    faults = getattr(error, "faults", ())
    found = [fault.fields.get("field") or _FIELDS.get(fault.message.rpartition(".")[2]) for fault in faults]
    return [name for name in [*found, _FIELDS.get(error.reason)] if isinstance(name, str)]


def clash(error: Conflict, words: Words, shown: Shown) -> html.Div:
    """Return the two versions of a conflict, field by field where they differ, beside what both started from.

    shown: gives the value of a field in words; values are plain data. What one of the two left as it was says so.
    """
    base = plain(error.base) if error.base is not None else {}

    def side(name: str, value: Any) -> Any:
        untouched = name in base and base[name] == value
        return words.say("forms.clash_untouched") if untouched else html.Span(shown(name, value), dir="auto")

    rows = [
        (
            words.say(f"records.field.{item.field}"),
            html.Span(shown(item.field, base[item.field]), dir="auto") if item.field in base else "",
            side(item.field, item.before),
            side(item.field, item.after),
        )
        for item in differences(error.mine, error.theirs)
    ]
    head = [words.say(f"forms.clash_{name}") for name in ("field", "base", "mine", "theirs")]
    return html.Div(
        [
            html.P(html.B(words.say(error.message, **error.fields))),
            table(words.say("forms.clash"), head, rows, "clash-table"),
        ],
        className="error clash",
        role="alert",
    )


def hint(text: str) -> html.P:
    """Return a line that helps to go on."""
    return html.P(text, className="hint")
