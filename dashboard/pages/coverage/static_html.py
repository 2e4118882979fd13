"""Fill the templates of the coverage: drawings, and pages without Dash in which components stand as plain HTML.

Of components every text is escaped, and there is no script and no inline style.

Names of attributes are those that `assets/js/core/dom.js` gives them, so that a part looks the same on both.
"""

from html import escape
from typing import Any

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from dashboard.pages.coverage.parts import DRAWING
from geodata.shared import templates
from layers import palette

NAMES = {"className": "class", "htmlFor": "for", "colSpan": "colspan", "rowSpan": "rowspan", "tabIndex": "tabindex"}
VOID = frozenset({"br"})
INNER = vars(html.P()).keys() - {"children"}  # what every component has, whatever it was given
ALLOWED = VOID | {
    "a", "abbr", "b", "caption", "details", "div", "h1", "h2", "h3", "h4", "li", "meter", "p", "section", "span",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip


class NotPlain(ValueError):
    """A component that a page without scripts cannot show."""


def html_of(part: Any) -> Markup:
    """Return HTML of a component, of several, or of text. Raises NotPlain."""
    return Markup(_html(part))


def _html(part: Any) -> str:
    if part is None or part is False:
        return ""
    if isinstance(part, (list, tuple)):
        return "".join(map(_html, part))
    if not isinstance(part, Component):
        return escape(str(part))
    # what was given of it; Dash's own way of telling that takes five times as long
    tag, props = part._type.lower(), {n: v for n, v in vars(part).items() if n not in INNER}
    if part._namespace != "dash_html_components" or tag not in ALLOWED:
        raise NotPlain(part._type)
    inside = _html(props.get("children")) + props.get(DRAWING, "")  # a drawing of our own is markup already
    attributes = "".join(_attribute(name, value) for name, value in props.items())
    return f"<{tag}{attributes}>" if tag in VOID else f"<{tag}{attributes}>{inside}</{tag}>"


def _attribute(name: str, value: Any) -> str:
    if name in ("children", "n_clicks", DRAWING) or value is None or value is False:
        return ""
    if name in ("style", "srcDoc") or name.lower().startswith("on"):
        raise NotPlain(name)
    shown = "" if value is True else escape(str(value), quote=True)
    return f' {NAMES.get(name, name)}="{shown}"'


def pixels(length: float) -> str:
    """Return a length as a drawing has it."""
    return f"{length:.1f}"


_TEMPLATES = templates(__file__, plain=html_of, px=pixels)
_TEMPLATES.globals["tokens"] = palette.TOKENS


def filled(name: str, **facts: Any) -> str:
    """Return a template of this room filled with facts."""
    return _TEMPLATES.get_template(name).render(**facts)
