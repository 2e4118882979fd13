"""Say what went well, what went wrong and what must be mended; show the two versions of a conflict side by side."""

from collections.abc import Callable
from typing import Any

from dash import html

from dashboard.pages.kit.elements import dashed, own
from dashboard.pages.kit.tables import table
from dashboard.records.core import Conflict, RecordsError, Words, plain
from dashboard.records.proposals import differences
from dashboard.web import request

# the field that a fault is about, where it does not say so itself
_FIELDS = {
    "password_length": "password", "password_plain": "password", "wrong_password": "old", "login_taken": "login",
    "login_letters": "login", "no_department_for_role": "department", "last_administrator": "role",
}  # fmt: skip
# says the value of a field of a record in words
ValueWords = Callable[[str, Any], str]


def done(text: Any) -> html.P:
    """Return what went well."""
    return html.P(text, className="done", role="status")


def problem(text: Any) -> html.P:
    """Return what is wrong."""
    return html.P(text, className="error", role="alert")


def hint(text: str) -> html.P:
    """Return a line that helps to go on."""
    return html.P(text, className="hint")


def empty(text: str) -> html.P:
    """Return that there is nothing yet, and what to do."""
    return html.P(text, className="empty")


def refusal(error: RecordsError, words: Words) -> html.Div:
    """Return what went wrong, all that must be mended, and that nothing was changed."""
    sentence, faults = request.sentences(error, words)
    listed = [html.Ul([html.Li(fault) for fault in faults])] if faults else []
    return html.Div(
        [html.P(html.B(sentence)), *listed, html.P(words.say("forms.nothing_changed"))],
        className="error", role="alert", **dashed(data_faulty=" ".join(faulty(error))),
    )  # fmt: skip


def faulty(error: RecordsError) -> list[str]:
    """Return the fields at fault, the first first: the browser leads to it."""
    faults = getattr(error, "faults", ())
    found = [fault.fields.get("field") or _FIELDS.get(fault.message.rpartition(".")[2]) for fault in faults]
    return [name for name in [*found, _FIELDS.get(error.reason)] if isinstance(name, str)]


def conflict(error: Conflict, words: Words, value_words: ValueWords) -> html.Div:
    """Return the two versions of a conflict, field by field where they differ, beside what both started from.

    value_words: says the value of a field, as plain data, in words. What one of the two left as it was says so.
    """
    base = plain(error.base) if error.base is not None else {}

    def side(name: str, value: Any) -> Any:
        untouched = name in base and base[name] == value
        return words.say("forms.conflict_untouched") if untouched else own(value_words(name, value))

    rows = [
        (
            words.say(f"records.field.{item.field}"),
            own(value_words(item.field, base[item.field])) if item.field in base else "",
            side(item.field, item.before),
            side(item.field, item.after),
        )
        for item in differences(error.mine, error.theirs)
    ]
    head = [words.say(f"forms.conflict_{name}") for name in ("field", "base", "mine", "theirs")]
    return html.Div(
        [
            html.P(html.B(words.say(error.message, **error.fields))),
            table(words.say("forms.conflict"), head, rows, class_name="conflict-table"),
        ],
        className="error conflict",
        role="alert",
    )


def two_versions(error: Conflict, words: Words, value_words: ValueWords) -> html.Div:
    """Return the two versions of a conflict, and the two ways on.

    One keeps what one typed on top of theirs, the other theirs as it is.
    """
    ways = [
        html.Button(words.say(f"forms.keep_{way}"), type="button", className="button", **dashed(data_conflict=way))
        for way in ("mine", "theirs")
    ]
    return html.Div([conflict(error, words, value_words), html.Div(ways, className="button-row")])
