"""Show the life of a proposal: the states it came through and those to come, and the steps that can be made now."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from dash import html

from dashboard.pages.kit import elements, fields, forms
from dashboard.pages.kit.elements import dashed
from dashboard.pages.record import papers, sentences
from dashboard.pages.record.ids import Do
from dashboard.records.core import Entry, Fault
from dashboard.records.dossier import Attached
from dashboard.records.proposals import ASIDE, CHAIN, STAYS, Proposal, Step, load_steps, path, proposals
from dashboard.records.tracking import DONE, DONE_LATE, DUE, LATE, Milestone, as_of, first_dated, milestones, to_come
from dashboard.web.request import RequestContext

# steps that a person is asked twice about: they are hard to take back
ASKED_TWICE = ("withdraw", "correct")
SIGNS = {DONE: "✓", DONE_LATE: "✓", LATE: "△", DUE: "·"}
ALARM = "▲"
# where what is lacking can be put right
ELSEWHERE = {
    "not_agreed": "meetings", "agreed_on_other_content": "meetings",
    "no_baseline": "coverage", "no_first_stage": "coverage",
}  # fmt: skip
PLACES = {"meetings": "/reuniones", "coverage": "/cobertura"}


def chain(proposal: Proposal, entries: Sequence[Entry], context: RequestContext) -> list[Any]:
    """Return the states as a chain: when each was reached or is due, and how late; beside it, if it was left."""
    stood = path(entries)
    counted = as_of(context.store)
    found = {m.state: m for m in milestones(context.store.programme, proposal, dict(stood), counted.day)}
    first = None if counted.closing else first_dated(to_come(found.values(), proposal.state))
    first = first if first is not None and first.status == LATE else None
    links = [html.Li(_drawn_up(entries[0], context), className=_link_class(CHAIN[0], proposal, None))]
    links += [
        html.Li(_link(found[state], found[state] is first, context),
                className=_link_class(state, proposal, found[state]) + (" is-alarm" if found[state] is first else ""),
                **(dashed(aria_current="step") if state == proposal.state else {}))
        for state in CHAIN[1:]
    ]  # fmt: skip
    left = [_left(proposal, stood, context)] if proposal.state in ASIDE else []
    late = any(m.status == LATE for m in found.values())
    note = [html.P(context.say("coverage.counted", day=counted.said(context.words)), className="muted")] if late else []
    return [html.H3(context.say("register.life")), html.Ol(links, className="life"), *note, *left]


def _drawn_up(entry: Entry, context: RequestContext) -> list[Any]:
    """The first state has no due day; the first proposals were never candidates here."""
    day = (
        sentences.short(entry.happened_on, context)
        if entry.after["state"] == CHAIN[0]
        else context.say("register.not_here")
    )
    return [elements.sign("✓"),
            html.B(context.say(f"records.state.{CHAIN[0]}")), html.Span(day, className="below")]  # fmt: skip


def _link_class(state: str, proposal: Proposal, found: Milestone | None) -> str:
    now = " now" if state == proposal.state else ""
    return f"link is-{found.status if found else DONE}{now}"


def _link(found: Milestone, alarms: bool, context: RequestContext) -> list[Any]:
    """Return a state; of what is late the first one alarms, since the others wait for it."""
    say, day, span = context.say, partial(sentences.short, context=context), found.late_by(context.words)
    due = "" if found.due is None else day(found.due)
    lines = []
    if found.reached is not None:
        lines.append(html.Span(day(found.reached), className="below"))
    if found.status == LATE:
        lines.append(html.Span(say("register.late", day=due, span=span), className="below late" if alarms else "below"))
    elif found.status == DONE_LATE:
        lines.append(html.Span(say("register.was_late", day=due, span=span), className="below"))
    elif found.status == DUE:
        lines.append(html.Span(say("register.due", day=due), className="below"))
    sign = elements.sign(ALARM if alarms else SIGNS.get(found.status, "·"))
    return [sign, html.B(say(f"records.state.{found.state}")), *lines]


def _left(proposal: Proposal, stood: Sequence[tuple[str, date]], context: RequestContext) -> html.P:
    state, day = context.say(f"records.state.{proposal.state}"), context.words.day(stood[-1][1])
    before = next((name for name, _ in reversed(stood[:-1]) if name in CHAIN), None)
    was = [context.say("register.left_from", state=context.say(f"records.state.{before}"))] if before else []
    return html.P(" ".join([context.say("register.left", state=state, day=day), *was]), className="left-aside")


def steps(proposal: Proposal, kept: Sequence[Attached], context: RequestContext) -> list[Any]:
    """Return the steps that this person can make now, each with its form, and who may make the others.

    kept: the documents beside the proposal, which a step may rest on.
    """
    say = context.say
    mine = [s for s in proposals.possible(context.store, context.actor, proposal) if s.target != STAYS]
    mine.sort(key=lambda step: not _is_forward(step))
    others = [s for s in load_steps().open(proposal.state) if s.target != STAYS and s not in mine]
    shown: list[Any] = [_step(step, proposal, kept, n == 0, context) for n, step in enumerate(mine)]
    if not mine:
        key = "register.no_step_here" if not others else "register.no_step_yours"
        shown = [html.P(say(key), className="muted")]
    return [html.H3(say("register.steps")), *shown, *_others(others, proposal, context), *_editors(proposal, context)]


def _is_forward(step: Step) -> bool:
    return step.target in CHAIN[1:]


def _others(others: Sequence[Step], proposal: Proposal, context: RequestContext) -> list[Any]:
    if not others:
        return []
    say = context.say
    rows = [
        html.Li([html.B(say(f"records.step.{step.name}")), f": {_done_by(step, proposal, context)}"]) for step in others
    ]
    return [html.P(say("register.other_steps"), className="others-title"), html.Ul(rows, className="others")]


def _editors(proposal: Proposal, context: RequestContext) -> list[Any]:
    """Who may change the content, where it can be changed but not by this person."""
    edit = load_steps()["edit"]
    if proposal.state not in edit.origins:
        return [html.P(context.say("register.content_stands"), className="hint")]
    if edit in proposals.possible(context.store, context.actor, proposal):
        return []
    name = context.say("records.step.edit")
    return [html.Ul([html.Li([html.B(name), f": {_done_by(edit, proposal, context)}"])], className="others")]


def _done_by(step: Step, proposal: Proposal, context: RequestContext) -> str:
    return context.say("register.done_by", who=sentences.who_may(step.right, proposal.department, context))


def _step(
    step: Step, proposal: Proposal, kept: Sequence[Attached], opened: bool, context: RequestContext
) -> html.Details:
    """Return one step: folded unless it is the first, what it lacks before its form."""
    say = context.say
    target = load_steps().target(step, proposal.state)
    lacking = proposals.lacking(context.store, context.actor, proposal.id, step.name)
    summary = html.Summary(
        [html.B(say(f"records.step.{step.name}")), html.Span(" → ", **dashed(aria_hidden="true")),
         elements.hidden(say("register.becomes")), elements.state_mark(target, context.words),
         *([html.Span(say("register.lacks", n=len(lacking)), className="lacks")] if lacking else [])]
    )  # fmt: skip
    body = [*_lacking(lacking, context), _form(step, proposal, kept, bool(lacking), context)]
    return html.Details([summary, *body], open=opened, className="step")


def _lacking(faults: Sequence[Fault], context: RequestContext) -> list[Any]:
    if not faults:
        return []
    rows = [html.Li([sentences.fault(fault, context), *_elsewhere(fault, context)]) for fault in faults]
    return [html.Div([html.P(html.B(context.say("register.lacking"))), html.Ul(rows)], className="lacking")]


def _elsewhere(fault: Fault, context: RequestContext) -> list[Any]:
    screen = ELSEWHERE.get(fault.message.rsplit(".", 1)[-1])
    if screen is None:
        return []
    return [" ", html.A(context.say("register.go", screen=context.say(f"{screen}.nav")), href=PLACES[screen])]


def form_of(step: str) -> str:
    """Return the name of the form of a step."""
    return f"register-step-{step}"


def _form(
    step: Step, proposal: Proposal, kept: Sequence[Attached], is_lacking: bool, context: RequestContext
) -> html.Form:
    say, form = context.say, form_of(step.name)

    def label(name: str, needed: bool) -> str:
        return say(f"register.{name}" if needed else f"register.{name}_optional")

    today = context.store.today.isoformat()
    parts = [
        fields.day(form, "on", say("register.on"), today, max=today),
        fields.line(form, "document", label("document", step.document), hint=say("register.document_help"), ),
        *(papers.step_field(proposal, form, kept, context) if step.document else []),
        fields.area(form, "note", label("note", step.note), rows=2),
    ]  # fmt: skip
    if step.name in ASKED_TWICE:
        sure = say(f"register.sure_{step.name}", name=proposal.name)
        parts.append(html.Div(fields.check(form, "sure", "yes", False, sure), className="field"))
    parts.append(forms.submit_button(say(f"records.step.{step.name}"), _is_forward(step), disabled=is_lacking))
    told: dict[str, Any] = {"step": step.name, "version": proposal.version, "key": forms.new_key()}
    title = say("register.unsaved_step", step=say(f"records.step.{step.name}"), name=proposal.name)
    told |= {"name": form, "record": proposal.id, "title": title, "reads": forms.NAMES}
    return forms.form(Do.STEP, parts, class_name="register-form step-form", **told)
