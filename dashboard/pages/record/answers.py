"""Answer what the register's screens ask of the server, and show where things stand then.

What is asked is done through the record, which refuses what may not be.
"""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import orjson
from dash import html

from dashboard.clusters.model import BadCode
from dashboard.clusters.writing import sentence
from dashboard.pages.kit import forms, outcomes
from dashboard.pages.kit.protocol import FormAnswer
from dashboard.pages.record import (
    editing,
    filters,
    history,
    life,
    listing,
    one,
    papers,
    sentences,
    talk,
)
from dashboard.pages.record import (
    rulings as ruled,
)
from dashboard.pages.record.history import Looking
from dashboard.pages.record.ids import Do, Register
from dashboard.pages.record.request import RegisterRequest
from dashboard.records.core import Conflict, Missing, RecordsError, Refused, allow
from dashboard.records.meetings import group_judgements, rulings
from dashboard.records.proposals import Proposal, load_steps, proposals
from dashboard.records.tracking import overview
from dashboard.web.request import RequestContext
from dashboard.web.sent import several, whole

MADE = "hecho"  # field of the address of a proposal that was just drawn up


def answer(sent: Any, context: RequestContext) -> FormAnswer:
    """Do what was asked and return what the screen shows."""
    request = RegisterRequest.read(sent)
    do = _ACTIONS.get(request.do, _look)
    try:
        return do(request, context)
    except Missing as error:
        return _told(outcomes.problem(context.say(error.message)))
    except RecordsError as error:
        return _told(_refusal(error, context))


def _refusal(error: RecordsError, context: RequestContext) -> html.Div:
    """Return what went wrong; who may do it, where the person may not."""
    told = outcomes.refusal(error, context.words)
    if isinstance(error, Refused) and "action" in error.fields:
        who = sentences.who_may(error.fields["action"], context.actor.department or "", context)
        told.children.append(html.P(context.say("register.who_may", who=who)))
    return told


def _said(told: list[Any]) -> FormAnswer:
    """Return an answer that changes nothing but what is said: what a person has written stays."""
    return FormAnswer(shown={Register.SAID: told}, focus=Register.SAID)


def _told(told: Any) -> FormAnswer:
    """Return what is wrong with a form, to be said beside its button."""
    return FormAnswer(outcome=[told])


# ---- whole screens, as a visit finds them


def opened(proposal: str | None, query: Mapping[str, Any], context: RequestContext) -> FormAnswer:
    """Return a screen for its address: the list, the form for a new proposal, or one proposal."""
    try:
        allow(context.actor, "proposal.read", context.actor.department)
    except Refused as error:
        who = sentences.who_may("proposal.read", context.actor.department or "", context)
        return _alone(one.barred(context.say(error.message), who, context))
    if proposal is None:
        return _list_screen(query, context)
    if proposal == listing.NEW:
        return _new_screen(query, context)
    try:
        return _one_screen(proposal, query, context)
    except Missing:
        return _alone(one.absent(proposal, context))
    except RecordsError as error:
        return _alone(_refusal(error, context))


def _alone(component: Any) -> FormAnswer:
    return FormAnswer(shown={Register.BODY: [component]})


def _list_screen(query: Mapping[str, Any], context: RequestContext) -> FormAnswer:
    wanted, lines = filters.read(query, context), overview(context.store, context.actor)
    shown = {Register.BODY: listing.screen(wanted, context), **listing.parts(lines, wanted, context)}
    return FormAnswer(shown=shown, address=wanted.address())


def _one_screen(id: str, query: Mapping[str, Any], context: RequestContext) -> FormAnswer:
    page = whole(query.get(history.PAGE)) or 1
    looking = Looking(max(page, 1), whole(query.get(history.BEFORE)), whole(query.get(history.AFTER)))
    found = _standing(id, looking, context)
    told = [outcomes.done(context.say("register.created"))] if query.get(MADE) else []
    return found.but(shown={Register.BODY: one.screen(context), **found.shown, Register.SAID: told})


def _new_screen(query: Mapping[str, Any], context: RequestContext) -> FormAnswer:
    if not editing.departments_of(context):
        who = sentences.who_may("proposal.create", context.actor.department or "", context)
        return _alone(one.barred(context.say("records.error.refused"), who, context))
    code = str(query.get("codigo") or "")[:2000]
    begun, told = _begun(code, context) if code else (editing.Begun(), [])
    body = [
        html.A(context.say("register.back"), href=listing.LIST, className="back"),
        html.H2(context.say("register.new")),
        html.Div(told, id=Register.SAID, className="register-said", tabIndex="-1", **listing.SAID),
        html.Div(editing.new_screen(begun, context), id=Register.NEW),
    ]
    return FormAnswer(shown={Register.BODY: body})


def _begun(code: str, context: RequestContext) -> tuple[editing.Begun, list[Any]]:
    """Return a proposal of a code, and what is wrong with it."""
    try:
        begun = editing.read_code(code, context)
    except BadCode as error:
        shown = {name: value[:80] if isinstance(value, str) else value for name, value in error.fields.items()}
        told = outcomes.problem(sentence(context.say, error.message, shown))
        return editing.Begun(code), [told]
    places = {u[:2] for u in begun.values["ubigeos"]}
    if len(places) > 1:
        key = "records.fault.several_departments"
    elif begun.department not in editing.departments_of(context):
        key = "register.not_your_department"
    else:
        said = context.say("register.code_read", names=sentences.value("ubigeos", begun.values["ubigeos"], context))
        return begun, [outcomes.done(said)]
    return editing.Begun(code), [outcomes.problem(context.say(key))]


# ---- one proposal


def _standing(id: str, looking: Looking, context: RequestContext) -> FormAnswer:
    """Return every part of one proposal as it is now. Raises Refused, Missing."""
    store, actor = context.store, context.actor
    proposal = proposals.get(store, actor, id)
    entries, made = proposals.history(store, actor, id), rulings(store, actor, id)
    others = [p for p in proposals.listing(store, actor) if p.id != id]
    said, kept = talk.read(proposal, context), papers.read(proposal, context)
    editable = load_steps()["edit"] in proposals.possible(store, actor, proposal)
    shown = {
        Register.HEAD: one.head(proposal, others, context),
        Register.SAID: [],
        Register.LIFE: [*life.chain(proposal, entries, context), *ruled.standing(made, context)],
        Register.CONTENT: one.content(proposal, group_judgements(store, actor, id), editable, context),
        Register.STEPS: life.steps(proposal, kept, context),
        Register.PAPERS: papers.shown(proposal, kept, context),
        Register.TALK: talk.shown(proposal, said, context),
        Register.PICTURE: one.picture(proposal, context),
        Register.RULES: [*one.rules(proposal, others, context), *(ruled.waivers(made[-1], context) if made else [])],
        Register.HISTORY: history.shown(entries, [*made, *said, *kept], looking, context),
        Register.MOMENTS: history.moments(entries, looking, context),
    }
    return FormAnswer(shown=shown, address=looking.address(), state=_state(id, looking), editing=False)


def _state(id: str, looking: Looking) -> dict[str, Any]:
    return {"subject": id, "page": looking.page, "before": looking.before, "after": looking.after}


def _looking(request: RegisterRequest) -> Looking:
    return Looking(max(request.page or 1, 1), whole(request.before), whole(request.after))


def _look(request: RegisterRequest, context: RequestContext) -> FormAnswer:
    """Show the proposal as it is kept: what was being written is given up."""
    id = request.subject
    given_up = [editing.EDIT, *(life.form_of(step.name) for step in load_steps())]
    settled = [forms.typed_as(form, id) for form in given_up]
    return _standing(id, _looking(request), context).but(focus=Register.CONTENT, settled=settled)


def _edit(request: RegisterRequest, context: RequestContext) -> FormAnswer:
    """Open the form that changes the content."""
    proposal = proposals.get(context.store, context.actor, request.subject)
    shown = {Register.CONTENT: editing.edit_form(proposal, context), Register.SAID: []}
    return FormAnswer(shown=shown, editing=True, focus=Register.CONTENT)


def _save(request: RegisterRequest, context: RequestContext) -> FormAnswer:
    """Keep what the form of the content holds, only what was changed in it."""
    id, version = request.subject, request.version
    content, note = editing.content_of(request.values), request.values.get("why") or ""
    current = proposals.get(context.store, context.actor, id)
    if version == current.version:
        content = editing.changed(content, current)
        if not content:
            return _told(outcomes.problem(context.say("register.nothing_to_save")))
    return _saved(request, context, lambda: proposals.edit(
        context.store, context.actor, id, version, content, note=note, key=request.key))  # fmt: skip


def _over(request: RegisterRequest, context: RequestContext) -> FormAnswer:
    """Keep a person's own changes over the version that somebody else saved first, which they have seen."""
    try:
        content = orjson.loads(str(request.values.get("content")))
    except orjson.JSONDecodeError:
        content = None
    return _saved(request, context, lambda: proposals.edit(
        context.store, context.actor, request.subject, request.version, content,
        note=request.values.get("why") or "", key=request.key))  # fmt: skip


def _saved(request: RegisterRequest, context: RequestContext, keep: Callable[[], Proposal]) -> FormAnswer:
    try:
        kept = keep()
    except Conflict as error:
        told = editing.conflict(error, request.values.get("why"), context, _by(error, context))
        return _said([html.Div(told, className="two-versions")])
    return _done(kept, context.say("register.saved"), editing.EDIT, context)


def _step(request: RegisterRequest, context: RequestContext) -> FormAnswer:
    """Make a step of the proposal's life."""
    name, given = request.step, request.values
    if name in life.ASKED_TWICE and not given.get("sure"):
        return _told(outcomes.problem(context.say("register.say_sure")))
    told = {part: given.get(part) or "" for part in ("note", "document", "attachment")}
    on = given.get("on") or None
    try:
        kept = proposals.step(
            context.store,
            context.actor,
            request.subject,
            request.version,
            name,
            on=on,
            key=request.key,
            **told,
        )
    except Conflict as error:
        again = {"step": name, "fields": {**given}}
        return _said(
            [html.Div(editing.step_conflict(error, context, _by(error, context), again), className="two-versions")]
        )
    said = context.say("register.step_done", step=context.say(f"records.step.{name}"),
                    state=context.say(f"records.state.{kept.state}"))  # fmt: skip
    return _done(kept, said, life.form_of(name), context)


def _by(error: Conflict, context: RequestContext) -> list[Any]:
    """Return who saved last, and when."""
    entry = proposals.history(context.store, context.actor, error.theirs.id)[-1]
    who = sentences.who(entry.actor_name, entry.actor_role, context)
    return [context.say("register.saved_by"), " ", *who, f", {sentences.moment(entry.at, context)}."]


def _done(kept: Proposal, said: str, form: str, context: RequestContext) -> FormAnswer:
    """Return the proposal as it is after a change: the first page of its history, no moments.

    form: the form that was kept, which the browser need not keep any longer.
    """
    found = _standing(kept.id, Looking(), context)
    shown = {**found.shown, Register.SAID: [outcomes.done(said)]}
    return found.but(shown=shown, saved=True, focus=Register.SAID, settled=[forms.typed_as(form, kept.id)])


def _history(request: RegisterRequest, context: RequestContext) -> FormAnswer:
    """Turn to another page of the history."""
    return _seen(request, _looking(request), context, (Register.HISTORY,), Register.HISTORY)


def _moments(request: RegisterRequest, context: RequestContext) -> FormAnswer:
    """Set two moments side by side, or put them away."""
    chosen = request.values or {"before": request.before, "after": request.after}
    looking = Looking(_looking(request).page, whole(chosen.get("before")), whole(chosen.get("after")))
    lead = Register.MOMENTS if looking.before else Register.HISTORY
    return _seen(request, looking, context, (Register.HISTORY, Register.MOMENTS), lead)


def _seen(
    request: RegisterRequest, looking: Looking, context: RequestContext, parts: tuple[Register, ...], focus: Register
) -> FormAnswer:
    id = request.subject
    entries = proposals.history(context.store, context.actor, id)
    proposal = proposals.get(context.store, context.actor, id)
    beside: list[history.Beside] = [
        *rulings(context.store, context.actor, id), *talk.read(proposal, context), *papers.read(proposal, context)
    ]  # fmt: skip
    makers = {
        Register.HISTORY: lambda: history.shown(entries, beside, looking, context),
        Register.MOMENTS: lambda: history.moments(entries, looking, context),
    }
    shown = {part: makers[part]() for part in parts}
    return FormAnswer(shown=shown, address=looking.address(), state=_state(id, looking), focus=focus)


# ---- the list and what is new


def _list(request: RegisterRequest, context: RequestContext) -> FormAnswer:
    """Show those that the filters ask for."""
    wanted = filters.read(request.values, context)
    shown = listing.parts(overview(context.store, context.actor), wanted, context)
    found = FormAnswer(shown=shown, address=wanted.address())
    return found.but(focus=Register.FOUND) if filters.PAGE in request.values else found


def _clear(request: RegisterRequest, context: RequestContext) -> FormAnswer:
    """Take every filter away."""
    wanted = filters.Wanted()
    shown = listing.parts(overview(context.store, context.actor), wanted, context)
    shown |= {Register.FILTERS: listing.filter_form(wanted, context), Register.SAID: []}
    return FormAnswer(shown=shown, address="", focus=Register.FILTERS)


def _read_code(request: RegisterRequest, context: RequestContext) -> FormAnswer:
    """Fill the form for a new proposal with the districts of a code."""
    code = request.values.get("code")
    code = code[:2000] if isinstance(code, str) else ""
    if not editing.departments_of(context):
        raise Refused("refused", action="proposal.create")
    if not code.strip():
        return _told(outcomes.problem(context.say("register.no_code")))
    begun, told = _begun(code, context)
    if not begun.values:  # what stands in the form stays
        return _told(told[0])
    shown = {Register.NEW: editing.new_screen(begun, context), Register.SAID: told}
    # a reload finds the same; what was written besides the districts goes along
    carried = {"from": forms.typed_as(editing.NEW, str(request.before or "")), "but": ["ubigeos", "department"]}
    return FormAnswer(shown=shown, focus=Register.SAID, address=f"?codigo={quote(code.strip())}", carry=carried)


def _create(request: RegisterRequest, context: RequestContext) -> FormAnswer:
    """Keep a new proposal and open it."""
    content = editing.content_of(request.values)
    department = request.values.get("department")
    content["ubigeos"] = [u for u in several(content.get("ubigeos")) if not department or str(u)[:2] == department]
    content = {name: value for name, value in content.items() if value not in ("", {}, [])}
    kept = proposals.create(context.store, context.actor, content, key=request.key)
    settled = [forms.typed_as(editing.NEW, request.record)]
    return FormAnswer(saved=True, go=f"{listing.LIST}/{kept.id}?{MADE}=si", settled=settled)


_ACTIONS: Mapping[str, Callable[[RegisterRequest, RequestContext], FormAnswer]] = {
    Do.LIST: _list,
    Do.CLEAR: _clear,
    Do.LOOK: _look,
    Do.EDIT: _edit,
    Do.SAVE: _save,
    Do.OVER: _over,
    Do.STEP: _step,
    Do.HISTORY: _history,
    Do.MOMENTS: _moments,
    Do.READ_CODE: _read_code,
    Do.CREATE: _create,
    Do.SAY: talk.write,
    Do.UNSAY: talk.take_back,
    Do.PAPERS: papers.look,
    Do.UNATTACH: papers.withdraw,
}
