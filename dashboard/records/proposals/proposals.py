"""Proposals: draw them up, change them, take them step by step to a cluster, and see what they were.

A kept proposal is of one department, whose regional government reviews it. It has the attributes that the rules ask
of a proposal (:class:`dashboard.clusters.model.candidate.ProposalLike`), so it can be judged and compared as it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from dashboard.clusters.model import SERVICES, Candidate
from dashboard.clusters.rules import load_parameters
from dashboard.clusters.scoring import JUDGEMENT_SCALE, load_criteria
from dashboard.records.core import (
    MOST_DOCUMENT,
    MOST_NOTE,
    MOST_PHASE,
    Actor,
    BadInput,
    Deed,
    Door,
    Entry,
    Fault,
    NotNow,
    ProposalRow,
    Store,
    allow,
    allow_somewhere,
    build,
    may,
    plain,
)
from dashboard.records.core import history as record_history
from dashboard.records.proposals.conditions import hold_rivals, unmet
from dashboard.records.proposals.proposal import PROPOSAL, Proposal
from dashboard.records.proposals.steps import STATES, STAYS, Step, load_steps

CONTENT = ("name", "phase", "services", "ubigeos", "note", "critical_area", "judgements")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs between two records; of sets, what came and what went."""

    field: str
    before: object
    after: object
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def create(
    store: Store, actor: Actor, content: Mapping[str, object], *, source: str = "", key: str | None = None
) -> Proposal:
    """Keep a new candidate. `content` has the fields of :data:`CONTENT`; name, districts and phase are needed.

    Raises Refused, BadInput with all faults.
    """
    allow_somewhere(actor, "proposal.create")
    values = _clean(content, store)
    department = min(values["ubigeos"])[:2]
    allow(actor, "proposal.create", department)
    door = Door()
    source = door.text("source", source, MOST_DOCUMENT)
    door.close()
    deed = Deed(store, actor, "create", key, {"content": content, "source": source})
    values = {"services": frozenset(), **values}
    made = Proposal(record_history.new_id(), 1, department=department, state="candidate", source=source, **values)
    return store.write(
        lambda s: record_history.repeated(s, deed, PROPOSAL) or record_history.add(s, deed, PROPOSAL, made)
    )


def edit(
    store: Store,
    actor: Actor,
    id: str,
    version: int,
    content: Mapping[str, object],
    *,
    note: str = "",
    key: str | None = None,
) -> Proposal:
    """Change the content of a proposal: `content` has the fields that change.

    Raises Refused, Missing, BadInput, NotNow (in a state in which content stands), Conflict.
    """
    told = {"id": id, "version": version, "content": content, "note": note}
    values = {}

    def make(proposal: Proposal) -> Proposal:
        return replace(proposal, **values)

    def check(proposal: Proposal) -> None:
        values.update(_clean(content, store, proposal.department))

    return _make_step(store, actor, id, version, "edit", told, make, check, note=note, key=key)


def step(
    store: Store,
    actor: Actor,
    id: str,
    version: int,
    name: str,
    *,
    note: str = "",
    document: str = "",
    on: date | None = None,
    key: str | None = None,
) -> Proposal:
    """Make a step of `transitions.toml`; `on` is the day on which it happened, today unless given.

    Raises Refused, Missing, BadInput, NotNow with all that is lacking, Conflict.
    """
    _refuse_unknown_step(name)
    told = {"id": id, "version": version, "note": note, "document": document, "on": on}

    def make(proposal: Proposal) -> Proposal:
        steps = load_steps()
        fits = proposal.state in steps[name].origins
        return replace(proposal, state=steps.target(steps[name], proposal.state)) if fits else proposal

    return _make_step(
        store, actor, id, version, name, told, make, lambda proposal: None, note=note, document=document, on=on, key=key
    )


def _refuse_unknown_step(name: object) -> None:
    if not isinstance(name, str) or name not in load_steps().by_name or load_steps()[name].target == STAYS:
        raise BadInput((Fault("records.fault.unknown_step", {}),))


def _make_step(store, actor, id, version, name, told, make, check, *, note, document="", on=None, key=None) -> Proposal:
    door = Door()
    note = door.text("note", note, MOST_NOTE, lines=True)
    document = door.text("document", document, MOST_DOCUMENT)
    on = door.day("on", on, latest=store.today)
    door.close()
    deed = Deed(store, actor, name, key, told, note, document, on)
    made = load_steps()[name]

    allow_somewhere(actor, made.right)

    def work(session) -> Proposal:
        current = record_history.load(session, PROPOSAL, id, lock=True)
        allow(actor, made.right, current.department)
        check(current)
        if (before := record_history.repeated(session, deed, PROPOSAL)) is not None:
            return before
        if version == current.version:
            hold_rivals(session, current, made)
            _refuse_unmet(session, store, current, made, deed)
        return record_history.change(session, deed, PROPOSAL, current, version, make)

    return store.write(work)


def _refuse_unmet(session, store: Store, proposal: Proposal, made: Step, deed: Deed) -> None:
    if proposal.state not in made.origins:
        fault = Fault("records.fault.wrong_state", {"state": proposal.state, "step": made.name})
        raise NotNow(made.name, (fault,))
    faults = [Fault(f"records.fault.needs_{name}", {}) for name in ("note", "document") if _lacks(made, deed, name)]
    faults += unmet(session, store, proposal, made, deed.on or store.today)
    if faults:
        raise NotNow(made.name, tuple(faults))


def _lacks(made: Step, deed: Deed, name: str) -> bool:
    return getattr(made, name) and not getattr(deed, name)


def get(store: Store, actor: Actor, id: str) -> Proposal:
    """Return a proposal as it is now. Raises Refused, Missing."""
    allow_somewhere(actor, "proposal.read")
    with store.reading() as session:
        found = record_history.load(session, PROPOSAL, id)
    allow(actor, "proposal.read", found.department)
    return found


def listing(
    store: Store,
    actor: Actor,
    *,
    department: str | None = None,
    phase: int | None = None,
    states: Iterable[str] | None = None,
) -> tuple[Proposal, ...]:
    """Return the proposals of a department, a phase and states, all where None. Raises Refused, BadInput."""
    allow(actor, "proposal.read", department)
    door, conditions = Door(), []
    if door.department(department, store.dataset.territory.departments) is not None:
        conditions.append(ProposalRow.department == department)
    if phase is not None:
        conditions.append(ProposalRow.phase == door.whole("phase", phase, 1, MOST_PHASE))
    if states is not None:
        conditions.append(ProposalRow.state.in_(door.all_chosen("state", states, STATES)))
    door.close()
    with store.reading() as session:
        return record_history.every(session, PROPOSAL, *conditions)


def settled(store: Store, actor: Actor) -> tuple[Proposal, ...]:
    """Return the clusters: proposals in a state that the rules call settled."""
    kinds = load_parameters().states
    return listing(store, actor, states=[state for state in STATES if kinds[state] == "settled"])


def possible(store: Store, actor: Actor, proposal: Proposal) -> tuple[Step, ...]:
    """Return the steps this person may make in this state, editing included; conditions are judged when they do."""
    return tuple(s for s in load_steps().open(proposal.state) if may(actor, s.right, proposal.department))


def lacking(store: Store, actor: Actor, id: str, name: str) -> tuple[Fault, ...]:
    """Return what besides note and document a step still lacks, before anyone tries it. Raises Refused, Missing."""
    allow_somewhere(actor, "proposal.read")
    _refuse_unknown_step(name)
    with store.reading() as session:
        proposal = record_history.load(session, PROPOSAL, id)
        allow(actor, "proposal.read", proposal.department)
        return tuple(unmet(session, store, proposal, load_steps()[name], store.today))


def history(store: Store, actor: Actor, id: str) -> tuple[Entry, ...]:
    """Return every change of a proposal, oldest first. Raises Refused, Missing."""
    allow_somewhere(actor, "history.read")
    with store.reading() as session:
        found = record_history.load(session, PROPOSAL, id)
        allow(actor, "history.read", found.department)
        return record_history.entries(session, PROPOSAL, id)


def as_of(store: Store, actor: Actor, id: str, entry: int) -> Proposal:
    """Return a proposal as it was after an entry of its history. Raises Refused, Missing."""
    allow_somewhere(actor, "history.read")
    with store.reading() as session:
        found = record_history.load(session, PROPOSAL, id)
        allow(actor, "history.read", found.department)
        return build(Proposal, record_history.entry_of(session, PROPOSAL, id, entry).after)


def differences(before, after) -> tuple[Difference, ...]:
    """Return the fields in which two records of one kind differ, version and id apart."""
    found = []
    old, new = plain(before), plain(after)
    for name in old:
        if name in ("id", "version") or old[name] == new[name]:
            continue
        added, removed = (), ()
        if isinstance(old[name], list):
            added = tuple(item for item in new[name] if item not in old[name])
            removed = tuple(item for item in old[name] if item not in new[name])
        found.append(Difference(name, old[name], new[name], added, removed))
    return tuple(found)


def candidate(proposal: Proposal) -> Candidate:
    """Return the candidate that a proposal, of now or of before, draws: for rules, measures and comparison."""
    return Candidate(
        ubigeos=proposal.ubigeos,
        name=proposal.name,
        services=proposal.services,
        note=proposal.note,
        phase=proposal.phase,
        replaces=proposal.id,
        state=proposal.state,
    )


def _clean(content: Mapping[str, object], store: Store, department: str | None = None) -> dict[str, object]:
    """Return clean values of the fields given. Raises BadInput with all faults."""
    door, values = Door(), {}
    judged = [key for key, criterion in load_criteria().items() if criterion.judged]
    makers = {
        "name": lambda v: door.text("name", v, required=True),
        "phase": lambda v: door.whole("phase", v, 1, MOST_PHASE),
        "services": lambda v: frozenset(door.all_chosen("services", v, SERVICES)),
        "ubigeos": lambda v: door.ubigeos(v, store.dataset.territory.districts),
        "note": lambda v: door.text("note", v, MOST_NOTE, lines=True),
        "critical_area": lambda v: door.text("critical_area", v, MOST_NOTE, lines=True),
        "judgements": lambda v: MappingProxyType(door.numbers("judgements", v, judged, *JUDGEMENT_SCALE)),
    }
    if not isinstance(content, Mapping):
        door.fault("not_a_table", field="content")
        door.close()
    for name in content:
        if name not in makers:
            door.fault("unknown_field", field=str(name)[:40])
    needed = ("name", "phase", "ubigeos") if department is None else ()
    for name in (*needed, *(n for n in makers if n not in needed)):
        if name in content or name in needed:
            values[name] = makers[name](content.get(name))
    if department is not None and {code[:2] for code in values.get("ubigeos", ())} - {department}:
        door.fault("other_department")
    door.close()
    return values
