"""Make the parts of this screen, and the questions of its form, which the browser draws and reads off at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.pages.kit.elements import dashed, section
from dashboard.pages.kit.fields import Choice, control, options, radio
from dashboard.web.request import language, say
from geodata.reports import filled

FEW = 5  # choices that are shown at once; more stand in a list


def part(key: str, children: Sequence[Any], class_name: str = "") -> html.Section:
    """Return a part of the screen under its heading, which can take the focus when it appears."""
    return section(say(key), children, class_name=f"data-part {class_name}", leads=True)


def filled_or_said(message: str, fields: Mapping[str, Any]) -> str:
    """Return a sentence of an import or of this screen."""
    return say(message, **fields) if message.startswith("intake.") else filled(message, fields, language())


def question(key: str, text: str, choices: Sequence[Choice], value: str, number: int, **input_: Any) -> html.Div:
    """Return a question with its choices, or with a line to write where there are none.

    key: of the answer. number: tells the elements of one form apart. input_: attributes of the line.
    """
    id_ = f"data-answer-{number}"
    data = dashed(data_answer=key, data_was=value)
    if choices and len(choices) <= FEW:
        answers = [radio(known, name, known == value, name=id_) for known, name in choices]
        return html.Div(
            html.Fieldset([html.Legend(text), *answers]), className="question", **data, **dashed(data_radios="yes")
        )
    if choices:
        blank = [] if any(value == known for known, _ in choices) else [("", say("intake.choose"))]
        field: Any = html.Select(options([*blank, *choices], value), id=id_, **data)
    else:
        field = control(id=id_, value=value, **{"type": "text", "autocomplete": "off", **input_, **data})
    return html.Div([html.Label(text, htmlFor=id_), field], className="question")
