"""Make the small pieces that screens are put together from: parts under a heading, links, marks, words of people.

Read both on the screen and on pages without Dash: no callback and no inline style.
"""

from collections.abc import Sequence
from typing import Any

import orjson
from dash import html
from dash.development.base_component import Component

from dashboard.clusters.rules import SIGNS
from dashboard.records.core import Words


# Any: what is spread is held against every argument of a component, and these have types of their own
def dashed(**values: Any) -> dict[str, Any]:
    """Return attributes whose names have dashes, to be spread: `**dashed(aria_label=title, data_do="save")`."""
    return {name.replace("_", "-"): value for name, value in values.items()}


def own(text: str, class_name: str = "") -> html.Span:
    """Return text that a person wrote, in whichever direction it is written."""
    return html.Span(text, className=class_name or None, dir="auto")


def hidden(text: str) -> html.Span:
    """Return words for those who hear the page."""
    return html.Span(text, className="visually-hidden")


def sign(mark: str) -> html.Span:
    """Return a mark that is only seen; words beside it say the same."""
    return html.Span(mark, className="sign", **dashed(aria_hidden="true"))


def status_sign(status: str) -> html.Span:
    """Return the sign of what a rule says."""
    return sign(SIGNS[status])


def marked(mark: str, meaning: str, text: Any = "", class_name: str = "") -> html.Span:
    """Return a mark that is seen, its meaning that is heard, and what stands beside it."""
    return html.Span([sign(mark), hidden(f"{meaning} "), html.Span(text)], className=f"mark {class_name}".strip())


def state_mark(state: str, words: Words) -> html.Span:
    """Return the state of a proposal in words; shape and colour only underline it."""
    return html.Span(words.say(f"records.state.{state}"), className=f"state-mark state-{state}")


def link(text: Any, address: str, class_name: str = "data-link", **more: Any) -> html.A:
    """Return a link to an address of this server."""
    return html.A(text, href=address, className=class_name, **more)


def section(
    title: str, children: Sequence[Any], note: str = "", class_name: str = "part", id_: str = "", leads: bool = False
) -> html.Section:
    """Return a part of a screen under its heading. leads: the heading can take the focus when the part appears."""
    notes = [html.P(note, className="muted")] if note else []
    heading = html.H3(title, **(dashed(tabIndex="-1", data_heading="yes") if leads else {}))
    more: dict[str, Any] = {"id": id_} if id_ else {}
    return html.Section([heading, *notes, *children], className=class_name, **dashed(aria_label=title), **more)


def written(items: Sequence[str], nothing: str) -> Any:
    """Return points as they are read."""
    if not items:
        return html.P(nothing, className="muted")
    return html.Ol([html.Li(item, dir="auto") for item in items], className="read-points")


# Any: components, and plain values of them
def as_json(parts: Any) -> bytes:
    """Return components as Dash would send them, in a tenth of the time that Dash takes."""
    return orjson.dumps(parts, default=_as_plain, option=orjson.OPT_NON_STR_KEYS)


# by class of a component: what it can be given, its name, its library
_KINDS: dict[type[Component], tuple[frozenset[str], str, str]] = {}


def _as_plain(part: Component) -> dict[str, Any]:
    """Return what `to_plotly_json` of a component does, without trying all that it can be given."""
    kind = _KINDS.get(type(part))
    if kind is None:
        made = part.to_plotly_json()
        known = frozenset(part.available_properties)  # type: ignore[attr-defined]  # each class that Dash makes has them
        kind = _KINDS[type(part)] = known, made["type"], made["namespace"]
    known, name, library = kind
    props = {key: value for key, value in vars(part).items() if key in known or key.startswith(("data-", "aria-"))}
    return {"props": props, "type": name, "namespace": library}
