"""Show how a file was understood, with everything that a person can correct or must still say."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.pages.data import roles
from dashboard.pages.data.parts import part, question
from dashboard.pages.kit import fields, forms
from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.fields import Choice
from dashboard.pages.kit.tables import table, wide
from dashboard.web.request import language, say
from dashboard.web.uploads import Seen
from geodata.editions import COLUMN, SUBJECTS
from geodata.model import Dataset
from geodata.readers import Question
from geodata.readers.shared import IGNORE, allowed
from geodata.reports import filled

MOST_COLUMNS = 40  # that have a list above them; the rest is named and can be taken in
AS_IS = "tables.choice.as_is"
INDICATOR = "indicator:"
_TABLE = ("separator", "encoding", "heading_row", "coding")
# what is not asked, and can be told otherwise
CORRECTABLE = {
    "limits": ("coding", "crs", "encoding", "tolerance_m", "accept"),
    "indicators": (*_TABLE, "absent"),
    "conflicts": _TABLE,
    "hazards": _TABLE,
    "layers": ("separator", "encoding", "heading_row", "crs", "name_en", "direction"),
    "links": _TABLE,
}
_OF_TEXT = ("separator", "encoding", "heading_row")  # what workbooks or files of shapes have not
_CHOICES = {
    "coding": ("inei", "reniec"),
    "absent": ("keep", "blank"),
    "separator": (",", ";", "\t", "|"),
    "direction": allowed("indicator_catalog", "direction"),
}
_SIGNS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def form(name: str, seen: Seen, answers: Mapping[str, str], dataset: Dataset) -> html.Section:
    """Return the form: kind of file, columns, open questions, answers given, and how the file was read.

    name: the file's name as the reader knows it.
    """
    numbered = _Numbered(seen, answers, dataset)
    open_ = [html.Div(numbered.questions(seen.questions), className="questions open")] if seen.questions else []
    told = html.P(say("intake.open", n=len(seen.questions)), className="open-note") if seen.questions else None
    parts = [_kind(name, seen), *_columns(numbered, dataset), told, *open_, _given(numbered), _corrections(numbered)]
    check = forms.submit_button(say("intake.check"))
    # what is answered stays in the browser until it is checked (`assets/js/forms/unsaved.js`)
    kept = dashed(data_do="check", data_form="intake", data_kept="yes", data_reads="controls", data_title=name)
    return part(
        "intake.understood",
        [html.Form([*(part for part in parts if part is not None), check], **kept)],
        "mapping",
    )


def _kind(name: str, seen: Seen) -> html.Div:
    kinds = [(subject, say(f"report.subject.{subject}")) for subject in SUBJECTS]
    return html.Div(
        [
            html.Label(say("intake.kind", name=name), htmlFor="data-kind"),
            html.Select(fields.options(kinds, seen.subject), id="data-kind", **dashed(data_subject="yes")),
        ],
        className="question file-kind",
    )


# ---- columns


def _columns(numbered: "_Numbered", dataset: Dataset) -> list[Any]:
    """Return the first rows with, above each column, what it is for."""
    seen = numbered.seen
    columns = seen.understanding.columns
    if not columns:
        return []
    shown = _shown(columns)
    order = {column: i for i, column in enumerate(columns)}
    offered = roles.choices(seen.subject, columns, dataset, numbered.new_names)
    heads = [_head(column, columns[column], offered, n) for n, column in enumerate(shown)]
    body = [
        [row[order[column]] if order[column] < len(row) else "" for column in shown]
        for row in seen.understanding.sample
    ]
    made = table("", heads, body, look="preview", named=False)
    name = say("intake.preview", rows=len(body))
    return [
        html.P(say("intake.columns"), className="muted"),
        wide(made, name, "preview-room"),
        *_rest(columns, shown, offered),
    ]


def _shown(columns: Mapping[str, str]) -> list[str]:
    """Return the columns that get a list: those in use, and of the others as many as have room."""
    used = [column for column, role in columns.items() if role != IGNORE]
    room = max(0, MOST_COLUMNS - len(used))
    others = set([column for column, role in columns.items() if role == IGNORE][:room])
    return [column for column, role in columns.items() if role != IGNORE or column in others]


def _head(column: str, role: str, offered: Sequence[Any], number: int) -> html.Th:
    id_ = f"data-role-{number}"
    pick = html.Select(
        fields.options(offered, roles.bare(role)), id=id_, **dashed(aria_label=say("intake.role_of", column=column))
    )
    year = fields.control(
        type="text", inputmode="numeric", maxlength=4, value=roles.year(role), className="role-year",
        placeholder=say("data.year"), hidden=not role.startswith(roles.VALUE),
        **dashed(aria_label=say("intake.year_of", column=column)),
    )  # fmt: skip
    told = dashed(data_column=column, data_was=role)
    return html.Th(
        [html.Span(column, className="column-name"), pick, year], scope="col",
        className="used" if role != IGNORE else "idle", **told,
    )  # fmt: skip


def _rest(columns: Mapping[str, str], shown: Sequence[str], offered: Sequence[Any]) -> list[Any]:
    """Return how to take in a column that has no list of its own."""
    rest = [column for column in columns if column not in set(shown)]
    if not rest:
        return []
    names = [("", say("intake.choose")), *((column, column) for column in rest)]
    return [
        html.Div(
            [
                html.Label(say("intake.more_columns", n=len(rest)), htmlFor="data-extra"),
                html.Select(fields.options(names, ""), id="data-extra", **dashed(data_extra="yes")),
                html.Select(
                    fields.options(offered, IGNORE),
                    **dashed(aria_label=say("intake.role_of_extra"), data_extra_role="yes"),
                ),
            ],
            className="question extra",
        )
    ]


# ---- questions


class _Numbered:
    """Make the questions of one form, each with a number of its own."""

    def __init__(self, seen: Seen, answers: Mapping[str, str], dataset: Dataset):
        self.seen, self.answers, self._dataset, self._next = seen, answers, dataset, 0
        self.new_names = roles.new_names(seen.understanding.columns, answers, dataset)

    def questions(self, asked: Sequence[Question]) -> list[Any]:
        """Return questions with what was answered so far."""
        own = {question.key for question in asked}
        return [part for question in asked for part in self._question(question, own)]

    def _question(self, question: Question, asked: set[str]) -> list[Any]:
        if question.key == "columns":
            return [html.P(say("intake.ask_columns"), className="question"), *self._listed(question, asked)]
        text = filled(question.message, self._named(question.fields), language())
        if question.key.startswith(COLUMN) and not question.choices:  # mended by the list above the column
            return [html.P(text, className="question error")]
        return [self.ask(question.key, text, self._choices(question))]

    def _named(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return what fills a question, a new indicator by its name or its column instead of its code."""
        code = str(fields.get("indicator", ""))
        return {**fields, "indicator": self.new_names.get(code, code)} if code else dict(fields)

    def _listed(self, question: Question, asked: set[str]) -> list[Any]:
        """Return a choice of indicators for each text of a column that names them."""
        keys = [key for key in question.fields.get("listed", ()) if key.startswith(INDICATOR) and key not in asked]
        return [self.ask(key, say("intake.ask_text", text=key.removeprefix(INDICATOR)), self._every()) for key in keys]

    def ask(self, key: str, text: str, choices: Sequence[Choice], value: str | None = None, **input_: Any) -> html.Div:
        """Return one question."""
        self._next += 1
        was = str(self.answers.get(key, "")) if value is None else value
        return question(key, text, choices, was, self._next, **input_)

    def _choices(self, question: Question) -> list[Choice]:
        if question.key.startswith(INDICATOR):
            offered = [value for value in question.choices if value in self._dataset.catalog.index]
            return [*((code, roles.indicator(code, self._dataset)) for code in offered), *self._every(offered)]
        return [(value, self._choice(question, value, key)) for value, key in question.choices.items()]

    def _choice(self, question: Question, value: str, key: str) -> str:
        named = roles.name(value, self._dataset) if value.startswith((roles.VALUE, roles.SAMPLE)) else value
        return filled(key, {**question.fields, "value": named}, language())

    def _every(self, but: Sequence[str] = ()) -> list[Choice]:
        """Return every indicator that a text can stand for, a new one, and none."""
        codes = [code for code in self._dataset.catalog.index if code not in but]
        names = sorted(((code, roles.indicator(code, self._dataset)) for code in codes), key=lambda c: c[1])
        return [(IGNORE, say("tables.choice.ignore")), (roles.NEW, say("intake.role.new")), *names]


def _given(numbered: _Numbered) -> html.Details | None:
    """Return the questions answered so far, to be answered otherwise."""
    answered = [q for q in numbered.seen.answered if q.key in numbered.answers or _names_indicators(q)]
    if not answered:
        return None
    parts = numbered.questions(answered)
    return html.Details([html.Summary(say("intake.answered", n=len(answered))), html.Div(parts, className="questions")])


def _names_indicators(question: Question) -> bool:
    """Tell whether it asks what the texts of a column stand for, which can be told otherwise later."""
    return any(key.startswith(INDICATOR) for key in question.fields.get("listed", ()))


def _corrections(numbered: _Numbered) -> html.Details:
    """Return how the file was read, to be told otherwise."""
    options = numbered.seen.understanding.options
    asked = {question.key for question in numbered.seen.asked}
    fields = []
    for key in CORRECTABLE[numbered.seen.subject]:
        if key in asked or (key in _OF_TEXT and key not in options):
            continue
        value = "" if options.get(key) is None else str(options[key])
        if key == "absent":
            value = value or "keep"
        known = [(v, _named(key, v)) for v in _CHOICES.get(key, ())] if value in (*_CHOICES.get(key, ()), "") else []
        fields.append(numbered.ask(key, say(f"intake.option.{key}"), known, value))
    other = numbered.ask("other", say("intake.option.other"), (), "", placeholder="minimum:agua=0")
    return html.Details([html.Summary(say("intake.how_read")), html.Div([*fields, other], className="questions")])


def _named(key: str, value: str) -> str:
    if key == "separator":
        return say(f"intake.sign.{_SIGNS[value]}")
    if key == "direction":
        return say(f"tables.choice.direction.{value}")
    return say(f"places.coding.{value}") if key == "coding" else say(f"intake.absent.{value}")
