"""Offer, try and remove maps of other servers that may lie below ours."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from dash import html

from dashboard.pages.kit import fields, forms, outcomes, table
from dashboard.pages.kit.elements import dashed, own
from dashboard.pages.kit.protocol import Act, FormAnswer, FormRequest, attempt
from dashboard.records.backdrops import FORMS, MOST_ZOOM, WMS, Backdrop, backdrops
from dashboard.web import backdrops as offered
from dashboard.web.request import RequestContext

OPENSTREETMAP = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
XYZ = "https://…/{z}/{x}/{y}.png"
_FIELDS = ("name", "form", "address", "layers", "attribution", "least_zoom", "most_zoom")


class Backdrops(StrEnum):
    """The components of this part of the data screen that a callback touches, and the parts that the server fills."""

    ROOT = "backdrops-root"
    ASKED = "backdrops-asked"
    ANSWER = "backdrops-answer"
    LIST = "backdrops-list"
    NEW = "backdrops-new"


def part(context: RequestContext) -> list[Any]:
    """Return the places of this part; what stands in them comes with the first answer."""
    say = context.say
    places = [html.Div(**dashed(data_part=str(name))) for name in (Backdrops.LIST, Backdrops.NEW)]
    return [html.H3(say("backdrops.title")), html.P(say("backdrops.what"), className="muted"), *places]


def first(context: RequestContext) -> FormAnswer:
    """Return what is shown when the screen is opened."""
    return FormAnswer(shown={Backdrops.LIST: listed(context), Backdrops.NEW: new(context)})


def answer(sent: Any, context: RequestContext) -> FormAnswer:
    """Do what was asked; where it was refused, everything stands as it was typed."""
    request = FormRequest.read(sent)
    made = attempt(request, _DOES, context, lambda _: lambda _, value: str(value))
    if not made.saved and not made.conflict:
        return made
    offered.changed()
    shown = {Backdrops.LIST: listed(context)}
    return made.but(shown=shown | ({Backdrops.NEW: new(context)} if request.do == "add" else {}))


def _add(request: FormRequest, context: RequestContext) -> list[Any]:
    values = {name: request.values.get(name) for name in _FIELDS}
    made = backdrops.add(context.store, context.actor, values, key=request.key)
    return [outcomes.done(context.say("backdrops.added", name=made.name))]


def _remove(request: FormRequest, context: RequestContext) -> list[Any]:
    made = backdrops.remove(context.store, context.actor, request.subject, request.version)
    return [outcomes.done(context.say("backdrops.removed", name=made.name))]


_DOES: Mapping[str, Act[FormRequest]] = {"add": _add, "remove": _remove}


def listed(context: RequestContext) -> list[Any]:
    """Return those that are offered, each with a way to try it, and to remove it for whoever may."""
    say = context.say
    every = backdrops.backdrops(context.store, context.actor) if context.may("backdrop.read") else ()
    place = html.Div(**dashed(data_outcome_for="remove"))
    if not every:
        return [place, html.P(say("backdrops.none"), className="muted")]
    head = [say(f"records.field.{name}") for name in ("name", "form")]
    head += [say("backdrops.origin"), say("records.field.attribution"), say("backdrops.zooms"), ""]
    box = tuple(map(float, context.dataset.limits.total_bounds))
    rows = [_row(one, box, context) for one in every]
    return [place, table(say("backdrops.title"), head, rows, class_name="backdrops-table")]


def _row(one: Backdrop, box: Sequence[float], context: RequestContext) -> tuple[Any, ...]:
    say = context.say
    west, south, east, north = box
    told = [own(one.origin), html.Span(f" · {one.layers}")] if one.form == WMS else [own(one.origin)]
    tried = offered.sample(one, (west, south, east, north))
    ways: list[Any] = [
        html.Button(say("backdrops.try"), type="button", className="button",
                    **dashed(data_try=tried, data_origin=one.origin)),
    ]  # fmt: skip
    if context.may("backdrop.change"):
        ways.append(forms.form("remove", [], say("backdrops.remove"), name=f"remove:{one.id}", kept=False,
                               version=one.version, subject=one.id))  # fmt: skip
    ways.append(html.P(role="status", className="backdrop-tried"))
    zooms = f"{one.least_zoom}–{one.most_zoom}"
    return (
        own(one.name), say(f"backdrops.form_{one.form}"), html.Span(told), own(one.attribution), zooms,
        html.Div(ways, className="backdrop-ways"),
    )  # fmt: skip


def new(context: RequestContext) -> list[Any]:
    """Return the form that offers another, with what may be copied into it; nothing but a sentence for who may not."""
    say = context.say
    if not context.may("backdrop.change"):
        return [html.P(say("backdrops.by_role"), className="muted")]

    def line(name: str, value: str = "", *, hinted: bool = True, **more: Any) -> Any:
        hint = say(f"backdrops.{name}_hint", example=XYZ, most=MOST_ZOOM) if hinted else ""
        return fields.line("backdrop", name, say(f"records.field.{name}"), value, hint, **more)

    known = [(form, say(f"backdrops.form_{form}")) for form in FORMS]
    parts = [
        line("name", maxlength=backdrops.MOST_NAME),
        fields.choice("backdrop", "form", say("records.field.form"), known, FORMS[0]),
        line("address", maxlength=backdrops.MOST_ADDRESS, inputmode="url"),
        line("layers", maxlength=backdrops.MOST_LAYERS),
        line("attribution", maxlength=backdrops.MOST_ATTRIBUTION),
        line("least_zoom", "0", inputmode="numeric", maxlength=2),
        line("most_zoom", "18", hinted=False, inputmode="numeric", maxlength=2),
    ]
    lines = [say("backdrops.known_osm", address=OPENSTREETMAP), say("backdrops.known_ign"), say("backdrops.known_own")]
    copied = html.Details([html.Summary(say("backdrops.known")), html.Ul([html.Li(line_) for line_ in lines])])
    made = forms.form(
        "add", [html.Div(parts, className="form-grid"), copied], say("backdrops.add_button"), name="backdrop",
        title=say("backdrops.add"),
    )  # fmt: skip
    return [html.Details([html.Summary(say("backdrops.add")), made], id="backdrop-add")]
