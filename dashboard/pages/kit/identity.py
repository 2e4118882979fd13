"""Show by what a cluster goes: its number in a disc with its name beside it, the same on every screen and page."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dash import html

from dashboard.pages.kit import elements
from dashboard.pages.kit.elements import dashed
from dashboard.records.core import Words
from dashboard.records.proposals import Identity, Proposal
from layers import palette

# the sheet of the screens, for pages that hold their styles themselves: there no sheet names the colours
_SHEET = Path(__file__).parents[3] / "assets" / "css" / "identity.css"
STYLE = re.sub(r"var\(--([a-z0-9-]+)\)", lambda found: palette.TOKENS[found[1]], _SHEET.read_text("utf-8"))


def kind(identity: Identity) -> str:
    """Return how a disc looks: of the record, standing among the others or apart from them, or else of a plan."""
    if not identity.id:
        return "plan"
    return "record" if identity.standing else "apart"


def disc(identity: Identity, class_name: str = "") -> html.Span:
    """Return the disc with the sign; its name must stand beside it."""
    return html.Span(identity.sign, className=f"disc disc-{kind(identity)} {class_name}".strip())


def named(identity: Identity, shown: Any = None) -> html.Span:
    """Return disc and name; shown: what stands for the name, such as a link."""
    return html.Span([disc(identity), elements.own(identity.name) if shown is None else shown], className="identity")


def row_head(identity: Identity, shown: Any = None) -> html.Th:
    """Return disc and name as the cell that names a row of a table, which is sorted by the name."""
    return html.Th(named(identity, shown), scope="row", **dashed(data_value=identity.name))


def key(pairs: Iterable[tuple[Identity, Proposal]], words: Words, linked: bool = False) -> html.Details:
    """Return which number is which proposal, to stand beside a map on which numbers stand.

    linked: each name leads to its place in the register.
    """
    in_order = sorted(pairs, key=lambda pair: int(pair[0].sign))
    items = [
        html.Li(
            [
                named(identity, _link(identity) if linked else None),
                html.Span(
                    words.say("identity.about", state=words.say(f"records.state.{p.state}"), phase=p.phase),
                    className="muted",
                ),
            ]
        )
        for identity, p in in_order
    ]
    return html.Details([html.Summary(words.say("identity.key")), html.Ul(items)], open=True, className="identity-key")


def _link(identity: Identity) -> html.A:
    return html.A(elements.own(identity.name), href=f"/registro/{identity.id}", **dashed(data_inside="1"))
