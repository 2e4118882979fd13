"""Keep a drawing in the record: as a new candidate, or as a change of the proposal that it would replace.

What a person may do is asked of the domain's own tables and said before they try; the domain decides all the same.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from dash import html

from dashboard import texts
from dashboard.clusters.model import SERVICES, Candidate
from dashboard.clusters.scoring import load_criteria
from dashboard.clusters.writing import joined
from dashboard.pages.kit import BadDraft, candidate_of, fields, forms, outcomes
from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.protocol import FormAnswer, FormRequest, attempt
from dashboard.pages.map.ids import Map
from dashboard.records.core import MOST_NAME, Store, Words, build
from dashboard.records.proposals import Proposal, identities, load_steps, proposals
from dashboard.web.request import RequestContext
from dashboard.web.sent import whole
from geodata.model import UnknownUbigeo

FORM = "saving"
NEW, CHANGE = "new", "change"
OPEN, LOOK = "open", "look"
SAVE, MINE, THEIRS = "save", "mine", "theirs"
DRAWING = "drawing"  # what goes beside each request: the drawing, as the browser has it
FIELDS = ("name", "phase", "services", "note")
_COPY, COPIED = re.compile(r" \(\d+\)$"), 55  # how the browser names a copy, and how much of the name is in it


class Unreadable(ValueError):
    """A drawing that no record can keep; the text is the end of a text key."""


@dataclass(frozen=True)
class SentDrawing:
    """What a browser asks to keep. `version` is that of the kept proposal when the drawing began."""

    id: str
    candidate: Candidate
    version: int
    judgements: Mapping[str, float]

    @property
    def department(self) -> str:
        """The code of the department that it would be kept in: the first of those it touches."""
        return self.candidate.departments[0]


@dataclass(frozen=True)
class Ways:
    """How a drawing may be kept: as a new candidate, as a change of `kept`; `why` says what may not be done.

    base: the kept proposal as it was when the drawing began.
    """

    new: bool
    change: bool
    kept: Proposal | None
    base: Proposal | None
    why: tuple[str, ...]


# ---- what is asked


def drawing_of(sent: Any, store: Store, every: Sequence[Proposal]) -> SentDrawing:
    """Return the drawing that a browser sent. Raises Unreadable."""
    try:
        candidate = candidate_of(sent, store.dataset, every)
    except (BadDraft, UnknownUbigeo, ValueError):
        raise Unreadable("unreadable") from None
    if not candidate.ubigeos:
        raise Unreadable("no_districts")
    if len(candidate.departments) > 1:
        raise Unreadable("several_departments")
    version, scores = sent.get("version"), sent.get("judgements")
    judged = [key for key, item in load_criteria().items() if item.judged]
    given = {key: scores[key] for key in judged if scores.get(key)} if isinstance(scores, dict) else {}
    return SentDrawing(str(sent.get("id"))[:64], candidate, version if type(version) is int else 1, given)


def ways_of(drawing: SentDrawing, context: RequestContext, every: Sequence[Proposal]) -> Ways:
    """Return how a person may keep a drawing, and why not otherwise."""
    place = context.dataset.territory.departments[drawing.department].name
    role = context.say(f"records.role.{context.actor.role}")
    kept = next((p for p in every if p.id == drawing.candidate.replaces), None)
    why, change = [], False
    if kept is not None:
        fields = {"name": _title(kept, context), "state": context.say(f"records.state.{kept.state}")}
        home = context.dataset.territory.departments[kept.department].name
        change = drawing.department == kept.department and any(
            step.name == "edit" for step in proposals.possible(context.store, context.actor, kept)
        )
        if drawing.department != kept.department:
            why.append(context.say("saving.other_department", home=home, place=place, **fields))
        elif kept.state not in load_steps()["edit"].origins:
            why.append(context.say("saving.not_in_state", **fields))
        elif not change:
            why.append(context.say("saving.may_not_change", place=place, role=role, **fields))
    new = context.may("proposal.create", drawing.department)
    if not new:
        why.append(context.say("saving.may_not_create", place=place, role=role))
    base = base_of(drawing, kept, context) if change and kept is not None else None
    return Ways(new, change, kept, base, tuple(why))


def base_of(drawing: SentDrawing, kept: Proposal, context: RequestContext) -> Proposal:
    """Return the kept proposal as it was when the drawing began; as it is where that was never kept."""
    if drawing.version == kept.version:
        return kept
    entries = proposals.history(context.store, context.actor, kept.id)
    return next((build(Proposal, entry.after) for entry in entries if entry.version == drawing.version), kept)


# ---- what is shown


def _title(kept: Proposal, context: RequestContext) -> str:
    """Return number and name of a proposal, as it is called where nobody changes it."""
    return replace(identities(context.store)[kept.id], name=kept.name).title


def refused(reason: Unreadable, words: Words) -> html.P:
    """Return why a drawing cannot be kept."""
    return outcomes.problem(words.say(f"saving.{reason}"))


def about(drawing: SentDrawing, ways: Ways, context: RequestContext) -> list[Any]:
    """Return what would be kept: its districts, what changes, and what may not be done."""
    territory, own = context.dataset.territory, drawing.candidate.ubigeos
    lines = [
        context.say(
            "saving.districts",
            n=len(own),
            place=territory.departments[drawing.department].name,
            names=_names(own, context),
        )
    ]
    if ways.change and (kept := ways.kept) is not None:
        lines.append(_changes(own, kept, context))
        if drawing.version < kept.version:
            lines.append(
                context.say("saving.moved_on", name=_title(kept, context), was=drawing.version, now=kept.version)
            )
    if drawing.judgements:
        lines.append(context.say("saving.judgements", n=len(drawing.judgements)))
    return [
        html.H3(context.say("saving.title")),
        *(html.P(line, className="muted", dir="auto") for line in lines),
        *(html.P(line, className="saving-why", dir="auto") for line in ways.why),
    ]


def _names(ubigeos: frozenset[str], context: RequestContext) -> str:
    names = sorted(
        context.dataset.territory.districts[u].name for u in ubigeos if u in context.dataset.territory.districts
    )
    return joined(context.say, names)


def _changes(own: frozenset[str], kept: Proposal, context: RequestContext) -> str:
    fields = {"name": _title(kept, context), "version": kept.version}
    come, go = own - kept.ubigeos, kept.ubigeos - own
    if come and go:
        return context.say("saving.come_and_go", come=_names(come, context), go=_names(go, context), **fields)
    if come or go:
        return context.say("saving.come" if come else "saving.go", names=_names(come or go, context), **fields)
    return context.say("saving.same_districts", **fields)


def form(drawing: SentDrawing, ways: Ways, context: RequestContext) -> list[Any]:
    """Return the fields and buttons; nothing but a way out where nothing may be kept."""
    words, own = context.words, drawing.candidate
    say = words.say
    if not (ways.new or ways.change):
        return [_way_out(words)]
    name, note = _offered(drawing, ways)
    phases = [(str(phase), str(phase)) for phase in (1, 2, 3)]
    services = [(service, say(f"service.{service}")) for service in SERVICES]
    parts = [
        fields.radios(FORM, "how", say("saving.how"), *_how(ways, context)),
        fields.line(FORM, "name", say("saving.name"), name, say("saving.required"), maxlength=MOST_NAME,
                    **dashed(aria_required="true")),
        fields.radios(FORM, "phase", say("saving.phase"), phases, str(own.phase)),
        fields.checks(FORM, "services", say("saving.services"), services, own.services),
        fields.area(FORM, "note", say("saving.note"), note, rows=2),
        html.Div([forms.submit_button(say("saving.save")), _cancel(say("saving.cancel"))], className="button-row"),
    ]  # fmt: skip
    title = say("saving.unsaved", name=own.name)
    return [
        forms.form(
            SAVE, parts, name=FORM, title=title, subject=drawing.id, record=drawing.id, blank={"services": []}
        )
    ]  # fmt: skip


def _offered(drawing: SentDrawing, ways: Ways) -> tuple[str, str]:
    """Return name and note as they stand in the form: a copy goes by the name of what it would change."""
    own, base = drawing.candidate, ways.base
    if base is None:
        return own.name, own.note
    is_copy = _COPY.sub("", own.name)[:COPIED] == base.name[:COPIED]
    return base.name if is_copy else own.name, base.note if base.note.startswith(own.note) else own.note


def _how(ways: Ways, context: RequestContext) -> tuple[list[fields.Choice], str]:
    """Return how it can be kept, the first of which is offered."""
    choices, words = [], context.words
    if ways.change and ways.kept is not None:
        choices.append((CHANGE, words.say("saving.as_change", name=_title(ways.kept, context))))
    if ways.new:
        choices.append((NEW, words.say("saving.as_new")))
    return choices, choices[0][0]


def _cancel(text: str) -> html.Button:
    return html.Button(text, type="button", className="button", **dashed(data_cancel="yes"))


def opened(asked: Any, context: RequestContext, every: Sequence[Proposal]) -> tuple[list[Any], list[Any]]:
    """Return what stands above the form, and the form; why a drawing cannot be kept, and no form."""
    try:
        drawing = drawing_of(asked, context.store, every)
    except Unreadable as reason:
        return [html.H3(context.say("saving.title")), refused(reason, context.words)], [_way_out(context.words)]
    ways = ways_of(drawing, context, every)
    return about(drawing, ways, context), form(drawing, ways, context)


def _way_out(words: Words) -> html.Div:
    return html.Div(_cancel(words.say("saving.close")), className="button-row")


# ---- what is done


def answer(sent: Any, context: RequestContext, every: Sequence[Proposal]) -> FormAnswer:
    """Say what of a drawing would be kept, or keep it with the fields of the form; `state` is what it then belongs to.

    A drawing that changes while its form is open leaves the form as it is.
    """
    request = FormRequest.read(sent)
    asked = request.beside.get(DRAWING)
    if request.do in (OPEN, LOOK):
        above, parts = opened(asked, context, every)
        shown: dict[Any, Any] = {Map.SAVING_ABOUT: above}
        if request.do == LOOK:
            return FormAnswer(at=request.at, shown=shown)
        return FormAnswer(at=request.at, shown=shown | {Map.SAVING_FORM: parts}, focus=Map.SAVING_FORM)
    try:
        drawing = drawing_of(asked, context.store, every)
    except Unreadable as reason:
        why = [refused(reason, context.words)]
        return FormAnswer(form=request.form, at=request.at, saved=False, conflict=False, outcome=why)
    save = partial(_save, drawing=drawing, every=every)
    return attempt(request, dict.fromkeys((SAVE, MINE, THEIRS), save), context, lambda _: _shown(context))


def _save(request: FormRequest, context: RequestContext, drawing: SentDrawing, every: Sequence[Proposal]) -> FormAnswer:
    """Keep a drawing with the fields of the form, or take what others kept. Raises RecordsError.

    do: save, mine (over what another person kept meanwhile) or theirs.
    """
    kept = next((p for p in every if p.id == drawing.candidate.replaces), None)
    if request.do == THEIRS and kept is not None:
        now = proposals.get(context.store, context.actor, kept.id)
        return _tied("saving.took_theirs", drawing, now, context, theirs=True)
    if request.values.get("how") != CHANGE or kept is None:
        source = texts.say(texts.DEFAULT_LANGUAGE, "saving.source")
        content = _content(drawing, request.values)
        made = proposals.create(context.store, context.actor, content, source=source, key=request.key)
        return _tied("saving.created", drawing, made, context)
    return _change(request, drawing, context, kept)


def _content(drawing: SentDrawing, values: Mapping[str, Any]) -> dict[str, Any]:
    content = {name: values[name] for name in FIELDS if name in values}
    content["phase"] = whole(content.get("phase"))
    content["ubigeos"] = sorted(drawing.candidate.ubigeos)
    return content | ({"judgements": dict(drawing.judgements)} if drawing.judgements else {})


def _change(request: FormRequest, drawing: SentDrawing, context: RequestContext, kept: Proposal) -> FormAnswer:
    base = base_of(drawing, kept, context)
    content = _content(drawing, request.values)
    if "judgements" in content:
        content["judgements"] = {**base.judgements, **content["judgements"]}
    # only what the person changed: the rest stays as whoever changed it last left it
    content = {name: value for name, value in content.items() if _is_other(value, getattr(base, name))}
    if not content:
        why = html.P(context.say("saving.nothing_changed", name=_title(kept, context)), role="status")
        return FormAnswer(saved=False, outcome=[why])
    is_over = request.do == MINE
    version = proposals.get(context.store, context.actor, kept.id).version if is_over else drawing.version
    made = proposals.edit(context.store, context.actor, kept.id, version, content, key=request.key)
    return _tied("saving.changed", drawing, made, context)


def _is_other(value: Any, before: Any) -> bool:
    if isinstance(before, frozenset):
        return set(value or ()) != before
    return value != (dict(before) if isinstance(before, Mapping) else before)


def _tied(key: str, drawing: SentDrawing, made: Proposal, context: RequestContext, theirs: bool = False) -> FormAnswer:
    """Return what is said of a drawing that was kept, and to which proposal and version it belongs from now on.

    theirs: its districts are those of the proposal.
    """
    words = context.words
    said = {"name": made.name, "version": made.version, "state": words.say(f"records.state.{made.state}")}
    link = html.A(
        words.say("saving.open"), href=f"/registro/{made.id}", className="to-record", **dashed(data_inside="1")
    )  # fmt: skip
    done = html.Div([html.P(words.say(key, **said), dir="auto"), link], className="done", role="status")
    tie = {
        "draft": drawing.id, "id": made.id, "version": made.version, "name": made.name, "phase": made.phase,
        "services": sorted(made.services), "note": made.note, "ubigeos": sorted(made.ubigeos),
    }  # fmt: skip
    return FormAnswer(
        saved=True,
        outcome=[done, _way_out(words)],
        state=tie | ({"theirs": True} if theirs else {}),
        shown={Map.SAVING_ABOUT: [], Map.SAVING_FORM: []},
    )


def _shown(context: RequestContext) -> outcomes.ValueWords:
    """Return how the fields of a proposal read."""

    def shown(field: str, value: Any) -> str:
        if field == "ubigeos":
            return _names(frozenset(value), context)
        if field == "services":
            return joined(context.say, [context.say(f"service.{s}") for s in value])
        if field == "state":
            return context.say(f"records.state.{value}")
        if field == "judgements":
            pairs = (
                (context.say(f"criterion.{key}.name"), context.words.number(score, 0)) for key, score in value.items()
            )
            return "; ".join(f"{name}: {score}" for name, score in pairs)
        return str(value)

    return shown
