"""Make the plain elements of this screen's forms, in the form in which Dash writes components.

The forms are drawn by the browser (`assets/dom.js`), not by Dash: a table of eighty columns has as many
lists of forty choices, and none of them needs to be a component. What is chosen is read off them at once.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from dash import html

from dashboard.web.request import say

Choice = tuple[str, str]  # value, name
FEW = 5  # choices that are shown at once; more stand in a list


def control(**attributes: Any) -> dict[str, Any]:
    """Return an input element, which Dash has no component for."""
    return {"type": "Input", "namespace": "dash_html_components", "props": attributes}


def select(choices: Iterable[Choice | tuple[str, Sequence[Choice]]], value: str, **attributes: Any) -> html.Select:
    """Return a list to choose from. A choice whose second part is no name is a group of choices."""
    return html.Select([_option(item, value) for item in choices], **attributes)


def _option(item: Any, value: str) -> Any:
    first, second = item
    if isinstance(second, str):
        return html.Option(second, value=first, selected=first == value)
    return html.Optgroup([_option(each, value) for each in second], label=first)


def answer(key: str, question: str, choices: Sequence[Choice], value: str, number: int, **input_: Any) -> html.Div:
    """Return a question with its choices, or with a line to write where there are none.

    key: of the answer. number: tells the elements of one form apart. input_: attributes of the line.
    """
    id_ = f"data-answer-{number}"
    told = {"data-answer": key, "data-was": value}
    if choices and len(choices) <= FEW:
        radios = [_radio(id_, n, choice, value) for n, choice in enumerate(choices)]
        return html.Div(
            html.Fieldset([html.Legend(question), *radios]), className="question", **told, **{"data-radios": "yes"}
        )
    if choices:
        blank = [] if any(value == known for known, _ in choices) else [("", say("intake.choose"))]
        field = select([*blank, *choices], value, id=id_, **told)
    else:
        field = control(id=id_, value=value, **{"type": "text", "autocomplete": "off", **input_, **told})
    return html.Div([html.Label(question, htmlFor=id_), field], className="question")


def _radio(id_: str, number: int, choice: Choice, value: str) -> html.Label:
    known, name = choice
    return html.Label(
        [control(type="radio", name=id_, value=known, checked=known == value), html.Span(name)], className="radio"
    )


def button(text: str, does: str, class_name: str = "button", **told: Any) -> html.Button:
    """Return a button; `does` names what is asked of the server when it is pressed."""
    return html.Button(text, type="button", className=class_name, **{"data-do": does, **told})


def link(text: str, address: str, **attributes: Any) -> html.A:
    """Return a link to an address of this server, which loads it anew."""
    return html.A(text, href=address, className="data-link", **attributes)


def section(key: str, children: Sequence[Any], class_name: str = "") -> html.Section:
    """Return a part of the screen under its heading, which can take the focus when it appears."""
    heading = html.H3(say(key), tabIndex="-1", **{"data-heading": "yes"})
    return html.Section([heading, *children], className=f"data-part {class_name}", **{"aria-label": say(key)})
