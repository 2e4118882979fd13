"""What stands with the weights of a screen: which values give 0 and 100 points, and what each weight does.

A screen names its parts by :class:`Weighing`, lays them out and wires them; `assets/js/screens/weighing.js` fills them
from the candidates that the server packed (:mod:`dashboard.pages.kit.packing`).
"""

from dataclasses import dataclass
from typing import Any

from dash import ClientsideFunction, Input, Output, State, dcc, html

from dashboard.clusters.scoring import ANCHORS
from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.ids import Shell
from dashboard.pages.kit.wiring import clientside_callback
from dashboard.web.request import say

ON_CALL: dict[str, Any] = {"prevent_initial_call": True}


@dataclass(frozen=True)
class Weighing:
    """The parts of a screen, by its short name."""

    screen: str

    @property
    def anchors(self) -> str:
        """Control of the anchors."""
        return f"{self.screen}-anchors"

    @property
    def said(self) -> str:
        """Place for what the anchors of each criterion are."""
        return f"{self.screen}-anchors-said"

    @property
    def effects(self) -> str:
        """Place for what each weight does."""
        return f"{self.screen}-effects"

    @property
    def found(self) -> str:
        """Store of the candidates among whom it does so, where it is asked for."""
        return f"{self.screen}-effects-found"

    @property
    def see(self) -> str:
        """Store that asks for them once somebody opens what they are shown in."""
        return f"{self.screen}-effects-see"

    @property
    def balance(self) -> str:
        """Button that solves for weights."""
        return f"{self.screen}-balance"

    @property
    def back(self) -> str:
        """Button that takes the weights before."""
        return f"{self.screen}-back"

    @property
    def balanced(self) -> str:
        """Place for what came of it."""
        return f"{self.screen}-balanced"


def anchors_field(ids: Weighing, chosen: str, *, at_once: bool) -> html.Div:
    """Return the control of the anchors with, folded, what they are of each criterion.

    Where the candidates are not there `at_once`, opening it asks for them.
    """
    options = [{"value": key, "label": say(f"anchors.{key}")} for key in ANCHORS]
    name = f"{ids.anchors}-name"
    control = dcc.RadioItems(id=ids.anchors, options=options, value=chosen, inline=True, className="segmented small")
    return html.Div(
        [
            html.Span(say("anchors.title"), className="field-name", id=name),
            html.Div(control, role="group", **dashed(aria_labelledby=name)),
            html.Details(
                [
                    html.Summary(say("anchors.see")),
                    html.P(say("anchors.note"), className="muted"),
                    html.Div(id=ids.said),
                ],
                className="anchors-said",
                **_asking(ids, at_once),
            ),
        ],
        className="field anchors-field",
    )


def effects_box(ids: Weighing, *, at_once: bool) -> html.Details:
    """Return the place for what weights do; where it is not shown `at_once`, opening it asks for the candidates."""
    return html.Details(
        [
            html.Summary(say("effects.title")),
            *([] if at_once else [dcc.Store(id=ids.found), dcc.Store(id=ids.see)]),
            html.Div(id=ids.effects, className="effects"),
            html.Div(
                [
                    html.Button(say("effects.balance"), id=ids.balance, n_clicks=0, className="button"),
                    html.Button(say("effects.back"), id=ids.back, n_clicks=0, className="button", hidden=True),
                ],
                className="effects-do",
            ),
            html.P(id=ids.balanced, role="status", className="muted"),
        ],
        open=at_once,
        className="effects-box",
        **_asking(ids, at_once),
    )


def _asking(ids: Weighing, at_once: bool) -> dict[str, Any]:
    return {} if at_once else dashed(data_asks=ids.see)


def wire(ids: Weighing, found: str) -> None:
    """Let the browser fill the parts from the store `found`, and solve for weights."""
    clientside_callback(
        ClientsideFunction("weighing", "show"),
        Output(ids.effects, "data-done"),
        Input(found, "data"), Input(Shell.WEIGHTS, "data"), State(Shell.CRITERIA, "data"),
        State(ids.effects, "id"), State(ids.said, "id"),
    )  # fmt: skip
    clientside_callback(
        ClientsideFunction("weighing", "balance"),
        Output(Shell.WEIGHTS, "data", allow_duplicate=True),
        Output(ids.balanced, "children"), Output(ids.back, "hidden"),
        Input(ids.balance, "n_clicks"), Input(ids.back, "n_clicks"),
        State(Shell.WEIGHTS, "data"), State(Shell.CRITERIA, "data"), State(ids.back, "id"), **ON_CALL,
    )  # fmt: skip


def wire_anchors(ids: Weighing) -> None:
    """Let the control of the anchors and what the page looks at follow each other."""
    clientside_callback(
        ClientsideFunction("weighing", "choose"),
        Output(Shell.VIEW, "data", allow_duplicate=True),
        Input(ids.anchors, "value"), State(Shell.VIEW, "data"), **ON_CALL,
    )  # fmt: skip
    clientside_callback(
        ClientsideFunction("weighing", "chosen"), Output(ids.anchors, "value"), Input(Shell.VIEW, "data")
    )
