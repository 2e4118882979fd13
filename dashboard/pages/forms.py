"""Make what the screens of the record share: headings, fields, what went well or wrong, two versions side by side."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import uuid4

from dash import dcc, html

from dashboard import record
from dashboard.records.codec import plain
from dashboard.records.errors import Conflict, RecordsError
from dashboard.records.proposals import differences
from dashboard.records.words import Words

# the value of a field of a record, in words
Shown = Callable[[str, Any], str]


def new_key() -> str:
    """Return a key under which one request is kept once, however often it is sent."""
    return uuid4().hex


def field(label: str, control: Any, hint: str = "") -> html.Div:
    """Return a control under its label, with a line that helps."""
    id_ = getattr(control, "id", None)
    name = html.Label(label, htmlFor=id_) if isinstance(id_, str) else html.Label(label)
    return html.Div([name, control, *([html.Small(hint, className="hint")] if hint else [])], className="field")


def line(id_: Any, value: str = "", **options: Any) -> dcc.Input:
    """Return a line to write."""
    return dcc.Input(id=id_, type="text", value=value, autoComplete="off", className="line", **options)


def day(id_: Any, value: str | None = None, **options: Any) -> dcc.Input:
    """Return a field for a date; its value is ISO text."""
    return dcc.Input(id=id_, type="date", value=value, className="line day", **options)


def area(id_: Any, value: str = "", rows: int = 3, **options: Any) -> dcc.Textarea:
    """Return a room for several lines of text."""
    return dcc.Textarea(id=id_, value=value, rows=rows, className="line", **options)


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
        [html.P(html.B(sentence)), *listed, html.P(words.say("forms.nothing_changed"))], className="error", role="alert"
    )


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
