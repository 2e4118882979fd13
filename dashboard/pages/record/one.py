"""Show one proposal as it is now: its head, what it holds, its map and what the rules say of it."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.clusters.model import codes
from dashboard.clusters.rules import Context, judge, load_parameters
from dashboard.pages.kit import elements, fields, forms, frames, group_map, identity, judged, verdicts
from dashboard.pages.kit.elements import dashed
from dashboard.pages.record import editing, links, sentences
from dashboard.pages.record.ids import Do, Register
from dashboard.pages.record.listing import LIST, SAID
from dashboard.records.meetings import GroupJudgement, speaking
from dashboard.records.proposals import Proposal, candidate, identities
from dashboard.web.request import RequestContext
from geodata.model import UnknownUbigeo
from layers.drawing import draw, svg
from layers.overlays import look

PARTS = (
    Register.HEAD, Register.SAID, Register.LIFE, Register.CONTENT, Register.STEPS, Register.PICTURE, Register.RULES,
    Register.HISTORY, Register.MOMENTS,
)  # fmt: skip


def screen(context: RequestContext) -> list[Any]:
    """Return the frame of one proposal: the parts are filled after it."""
    back = html.A(context.say("register.back"), href=LIST, className="back")
    left = [html.Section(id=part) for part in (Register.CONTENT, Register.STEPS, Register.PAPERS, Register.TALK)]
    right = [html.Section(id=part) for part in (Register.PICTURE, Register.RULES)]
    return [
        back,
        html.Div(id=Register.HEAD),
        html.Div(id=Register.SAID, className="register-said", tabIndex="-1", **SAID),
        html.Section(id=Register.LIFE),
        html.Div([html.Div(left, className="main"), html.Div(right, className="beside")], className="one"),
        html.Section(id=Register.MOMENTS),
        html.Section(id=Register.HISTORY),
    ]


def absent(asked: str, context: RequestContext) -> html.Div:
    """Return what is shown where there is no such proposal."""
    say = context.say
    shown = "".join(c if c.isprintable() else "\ufffd" for c in asked[:60])
    return html.Div(
        [
            html.H2(say("records.error.missing_proposal"), tabIndex="-1"),
            html.P([say("register.absent"), " ", html.Code(elements.own(shown))]),
            html.P(say("register.absent_do")),
            html.A(say("register.to_list"), href=LIST, className="button primary as-link"),
        ],
        className="nothing",
    )


def barred(sentence: str, may: str, context: RequestContext) -> html.Div:
    """Return what is shown to someone who may not see or do this; `may` says who may."""
    return html.Div(
        [html.H2(context.say("register.barred")), html.P(sentence), html.P(context.say("register.who_may", who=may))],
        className="nothing",
        role="alert",
    )


def head(proposal: Proposal, others: Sequence[Proposal], context: RequestContext) -> list[Any]:
    """Return its number and name, where it stands, and where else it can be looked at."""
    say, known = context.say, identities(context.store)
    about = [
        elements.state_mark(proposal.state, context.words),
        html.Span(say("register.of_phase", n=proposal.phase)),
        html.Span(sentences.place_name(proposal.department, context)),
        html.Span(say("register.version", n=proposal.version), className="muted"),
    ]
    ways = [
        html.A(say("register.see_map"), href=links.on_map(proposal), className="button as-link"),
        *_comparing(proposal, others, context),
        html.Button(say("register.print"), type="button", className="button", **dashed(data_print="yes")),
    ]
    title = html.Div(
        [html.H2(identity.named(known[proposal.id], elements.own(proposal.name))), html.Div(about, className="about")],
        className="title",
    )
    return [title, html.Div(ways, className="button-row ways")]


def _comparing(proposal: Proposal, others: Sequence[Proposal], context: RequestContext) -> list[Any]:
    """Return a list of those it can be compared with, its own department first, and the link that follows it."""
    if not others:
        return []
    say, known = context.say, identities(context.store)
    near = sorted(others, key=lambda p: (p.department != proposal.department, p.department, p.name))
    choices = [
        (links.compared([proposal, p]), f"{known[p.id].title} · {say(f'records.state.{p.state}')}") for p in near
    ]
    id_ = "register-compare"
    return [
        html.Span(
            [
                html.Label(say("register.compare_with"), htmlFor=id_),
                html.Select(fields.options(choices, choices[0][0]), id=id_, **dashed(data_compare="yes")),
                html.A(say("register.compare"), href=choices[0][0], className="button as-link"),
            ],
            className="compare-with",
        )
    ]


def content(proposal: Proposal, made: Sequence[GroupJudgement], editable: bool, context: RequestContext) -> list[Any]:
    """Return what the proposal holds and what groups judged of it, with the way to change it where that can be done."""
    say = context.say
    opens = {"data-again": "edit", "data-opens": forms.typed_as(editing.EDIT, proposal.id)}
    edit = [forms.ask_button(say("records.step.edit"), Do.EDIT, **opens)] if editable else []
    rows = [
        ("ubigeos", _districts(proposal, context)),
        ("services", _text(sentences.services(proposal.services, context), context)),
        *((name, _text(getattr(proposal, name), context)) for name in ("critical_area", "note")),
        ("judgements", _text(sentences.judgements(proposal.judgements, context), context)),
        *([("source", _text(proposal.source, context))] if proposal.source else []),
    ]
    told = [part for name, value in rows for part in (html.Dt(sentences.field(name, context)), html.Dd(value))]
    if made:
        told += [html.Dt(say("judged.record")), html.Dd([_judged(judgement, context) for judgement in reversed(made)])]
    code = [html.Dt(say("register.code")), html.Dd([html.Code(codes.encode(candidate(proposal).ubigeos)),
            html.Span(say("register.code_help"), className="below")])]  # fmt: skip
    return [
        html.Div([html.H3(say("register.content")), *edit], className="heading-row"),
        html.Dl([*told, *code], className="facts"),
    ]


def _judged(judgement: GroupJudgement, context: RequestContext) -> html.Div:
    """Return what the group of one meeting judged, and where that can be looked at."""
    where = judged.judged_where(judgement, context.words)
    words = speaking(context.words, judgement.own_criteria)
    rows = [html.Li(judged.judged_sentence(key, own, words)) for key, own in judgement.judged.items()]
    return html.Div([html.A(where, href=f"/reuniones/{judgement.meeting}"), html.Ul(rows)], className="group-judged")


def _text(text: str, context: RequestContext) -> Any:
    return elements.own(text, "written") if text else html.Span(context.say("register.none"), className="muted")


def _districts(proposal: Proposal, context: RequestContext) -> list[Any]:
    """Return the districts by province, with the numbers they have on the map that is printed."""
    numbers = {ubigeo: n for n, ubigeo in enumerate(sorted(proposal.ubigeos), start=1)}
    return [
        html.Div(
            [
                html.Span(
                    context.say("register.province", name=sentences.place_name(province, context)), className="province"
                ),
                html.Ul([_district(u, numbers[u], context) for u in ubigeos], className="numbered"),
            ]
        )
        for province, ubigeos in sentences.by_province(proposal.ubigeos).items()
    ]


def _district(ubigeo: str, number: int, context: RequestContext) -> html.Li:
    known = context.territory.districts.get(ubigeo)
    seat = [html.Span(context.say("register.seat"), className="muted")] if known and known.is_provincial_capital else []
    return html.Li([html.B(str(number)), " ", sentences.place_name(ubigeo, context), " ", *seat])


def picture(proposal: Proposal, context: RequestContext, moment: str = "") -> list[Any]:
    """Return the map of a proposal: for the screen one that moves, for paper one that the server draws.

    moment: what it is called as it was at a moment that is compared with another, at one scale; it has no number then.
    """
    say, dataset = context.say, context.store.dataset
    known = identities(context.store)[proposal.id]
    title = moment or say("register.map_of", name=known.title)
    try:
        drawn = svg(draw(proposal.ubigeos, dataset), title)
    except UnknownUbigeo as error:
        return [_unknown(error, context)]
    source = "data:image/svg+xml;base64," + b64encode(drawn.encode("utf-8")).decode("ascii")
    where = group_map.place(proposal.ubigeos, dataset)
    told = group_map.asked(
        where,
        together="moments" if moment else None,
        sign=None if moment else known.sign,
        kind=identity.kind(known),
        look=look(proposal.state, load_parameters().kind(proposal.state)) or "",
    )
    frame = frames.frame(title, say, "register-map", "group-map", **told)
    on_paper = html.Img(src=source, alt=title, className="sketch")
    legend = html.Figcaption(group_map.legend([where], dataset, context.words), className="group-legend")
    return [html.Figure([frame, on_paper, legend])]


def rules(proposal: Proposal, others: Sequence[Proposal], context: RequestContext) -> list[Any]:
    """Return what the rules say of the proposal beside all the others that are kept."""
    drawn = candidate(proposal)
    try:
        found = judge(drawn, Context.of(context.store.dataset, others))
    except UnknownUbigeo as error:
        return [html.H3(context.say("map.rules")), _unknown(error, context)]
    shown = verdicts.rules(found, drawn, context.store.dataset, context.words.language, see=False)
    travel = verdicts.journeys(drawn, context.store.dataset, context.words.language)
    active = verdicts.active_since(drawn, context.store.dataset, context.words.language)
    return [*shown, html.P(context.say("register.rules_beside"), className="hint"), *active, *travel]


def _unknown(error: UnknownUbigeo, context: RequestContext) -> html.P:
    codes_ = context.say("list.comma").join(error.ubigeos)
    return html.P(context.say("register.unknown_districts", codes=codes_), className="error")
