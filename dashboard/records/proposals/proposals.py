"""Proposals: draw them up, change them, take them step by step to a cluster, and see what they were.

A kept proposal is of one department, whose regional government reviews it. It has the attributes that the rules ask
of a proposal (:class:`dashboard.clusters.model.candidate.ProposalLike`), so it can be judged and compared as it is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, ValidationInfo, field_validator

from dashboard.clusters.model import SERVICES, Candidate
from dashboard.clusters.rules import load_parameters
from dashboard.clusters.scoring import JUDGEMENT_SCALE, load_criteria
from dashboard.records.core import (
    MOST_PHASE,
    Actor,
    BadInput,
    Command,
    DataclassLike,
    DepartmentOrAll,
    Document,
    Entry,
    Fault,
    Form,
    Name,
    Note,
    NotNow,
    ProposalRow,
    Remarks,
    Store,
    Transaction,
    allow,
    allow_somewhere,
    build,
    carry_out,
    may,
    plain,
    validation,
)
from dashboard.records.core import history as record_history
from dashboard.records.proposals.conditions import hold_rivals, unmet, with_file
from dashboard.records.proposals.proposal import PROPOSAL, Proposal
from dashboard.records.proposals.steps import STATES, STAYS, Step, load_steps

NEEDED = ("name", "phase", "ubigeos")  # of a new one

Change = Callable[[Proposal], Proposal]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs between two records; of sets, what came and what went."""

    field: str
    before: object
    after: object
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class ProposalContent(Form):
    """The content of a proposal.

    It is read with the `districts` there are and, of one that is kept, its `home`: the department that its districts
    stay in.
    """

    name: Name = ""
    phase: Annotated[int, validation.whole(1, MOST_PHASE)] = 1
    services: Annotated[frozenset[str], validation.all_chosen(SERVICES), AfterValidator(frozenset)] = frozenset()
    ubigeos: Annotated[frozenset[str], validation.districts("districts")] = frozenset()
    note: Note = ""
    critical_area: Note = ""
    judgements: Annotated[Mapping[str, float], validation.numbers("judged", *JUDGEMENT_SCALE)] = {}

    @field_validator("ubigeos")
    @classmethod
    def _stay(cls, ubigeos: frozenset[str], info: ValidationInfo) -> frozenset[str]:
        home = validation.context(info)["home"]
        if home is not None and {code[:2] for code in ubigeos} - {home}:
            raise validation.whole_fault("other_department")
        return ubigeos


CONTENT = tuple(ProposalContent.model_fields)


class SourceForm(Form):
    """Where a proposal was taken from."""

    source: Document = ""


@dataclass(frozen=True)
class CreateProposal(Command):
    """Keep a new candidate."""

    action = "create"
    content: Mapping[str, object]
    source: str = ""


@dataclass(frozen=True)
class EditProposal(Command):
    """Change the content of a proposal."""

    action = "edit"
    id: str
    version: int | None
    content: Mapping[str, object]
    note: str = ""


@dataclass(frozen=True)
class MakeStep(Command):
    """Take a proposal from one state to another: the history calls it by the step's name."""

    action = "step"
    step: str
    id: str
    version: int | None
    note: str = ""
    document: str = ""
    on: date | None = None
    attachment: str = ""

    @property
    def name(self) -> str:
        """What the history calls it: the step."""
        return self.step

    def sent(self) -> dict[str, object]:
        """Return its fields, by which it is told whether a request is the same; the step is its name already.

        A step without a file is what it was before there were any.
        """
        left_out = ("step",) if self.attachment else ("step", "attachment")
        return {name: value for name, value in super().sent().items() if name not in left_out}


def create(
    store: Store, actor: Actor, content: Mapping[str, object], *, source: str = "", key: str | None = None
) -> Proposal:
    """Keep a new candidate. `content` has the fields of :class:`ProposalContent`; name, districts and phase are needed.

    Raises Refused, BadInput with all faults.
    """
    allow_somewhere(actor, "proposal.create")
    values = clean_content(content, store)
    department = min(values["ubigeos"])[:2]
    allow(actor, "proposal.create", department)
    values |= SourceForm.read({"source": source}).values()
    made = Proposal(**{"services": frozenset(), **values}, id=record_history.new_id(), version=1, department=department,
                    state="candidate")  # fmt: skip

    def work(transaction: Transaction) -> Proposal:
        return transaction.answered(PROPOSAL) or transaction.add(PROPOSAL, made)

    return carry_out(store, actor, CreateProposal(content, source), work, key)


def edit(
    store: Store,
    actor: Actor,
    id: str,
    version: int | None,
    content: Mapping[str, object],
    *,
    note: str = "",
    key: str | None = None,
) -> Proposal:
    """Change the content of a proposal: `content` has the fields that change.

    Raises Refused, Missing, BadInput, NotNow (in a state in which content stands), Conflict.
    """

    def change_of(proposal: Proposal) -> Change:
        values = clean_content(content, store, proposal.department)
        return lambda before: replace(before, **values)

    return _make_step(store, actor, EditProposal(id, version, content, note), {"note": note}, change_of, key)


def step(
    store: Store,
    actor: Actor,
    id: str,
    version: int | None,
    name: str,
    *,
    note: str = "",
    document: str = "",
    on: date | None = None,
    attachment: str = "",
    key: str | None = None,
) -> Proposal:
    """Make a step of `transitions.toml`; `on` is the day on which it happened, today unless given.

    `attachment` is the id of a file beside the proposal that is the document; it is called as the file where `document`
    is empty.

    Raises Refused, Missing, BadInput, NotNow with all that is lacking, Conflict.
    """
    _refuse_unknown_step(name)

    def moved(proposal: Proposal) -> Proposal:
        steps = load_steps()
        fits = proposal.state in steps[name].origins
        return replace(proposal, state=steps.target(steps[name], proposal.state)) if fits else proposal

    remarks = {"note": note, "document": document, "on": on, "attachment": attachment}
    command = MakeStep(name, id, version, note, document, on, attachment)
    return _make_step(store, actor, command, remarks, lambda _: moved, key)


def _refuse_unknown_step(name: object) -> None:
    if not isinstance(name, str) or name not in load_steps().by_name or load_steps()[name].target == STAYS:
        raise BadInput((Fault("records.fault.unknown_step", {}),))


def _make_step(
    store: Store,
    actor: Actor,
    command: EditProposal | MakeStep,
    sent: Mapping[str, object],
    change_of: Callable[[Proposal], Change],
    key: str | None,
) -> Proposal:
    """sent: the remarks. change_of: gives the change of a proposal. Raises what that raises."""
    remarks, made = Remarks.read(sent, today=store.today), load_steps()[command.name]
    allow_somewhere(actor, made.right)

    def work(transaction: Transaction) -> Proposal:
        current = transaction.allowed(PROPOSAL, command.id, made.right)
        change = change_of(current)
        if (before := transaction.answered(PROPOSAL)) is not None:
            return before
        said = with_file(transaction.session, current, remarks)
        if command.version == current.version:
            hold_rivals(transaction.session, current, made)
            _refuse_unmet(transaction, current, made, said)
        return transaction.change(PROPOSAL, current, command.version, change, remarks=said)

    return carry_out(store, actor, command, work, key)


def _refuse_unmet(transaction: Transaction, proposal: Proposal, made: Step, remarks: Remarks) -> None:
    if proposal.state not in made.origins:
        fault = Fault("records.fault.wrong_state", {"state": proposal.state, "step": made.name})
        raise NotNow(made.name, (fault,))
    lacks = {"note": made.note and not remarks.note, "document": made.document and not remarks.document}
    faults = [Fault(f"records.fault.needs_{name}", {}) for name, lacking in lacks.items() if lacking]
    store = transaction.store
    faults += unmet(transaction.session, store, proposal, made, remarks.on or store.today)
    if faults:
        raise NotNow(made.name, tuple(faults))


def get(store: Store, actor: Actor, id: str) -> Proposal:
    """Return a proposal as it is now. Raises Refused, Missing."""
    allow_somewhere(actor, "proposal.read")
    with store.reading() as session:
        found = record_history.load(session, PROPOSAL, id)
    allow(actor, "proposal.read", found.department)
    return found


class ProposalFilter(Form):
    """Which proposals are asked for."""

    department: DepartmentOrAll = None
    phase: Annotated[int, validation.whole(1, MOST_PHASE)] = 1
    state: Annotated[tuple[str, ...], validation.all_chosen(STATES)] = ()


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
    sent = {"department": department, "phase": phase, "state": states}
    chosen = ProposalFilter.read({name: value for name, value in sent.items() if value is not None}, **_known(store))
    conditions = []
    if department is not None:
        conditions.append(ProposalRow.department == chosen.department)
    if phase is not None:
        conditions.append(ProposalRow.phase == chosen.phase)
    if states is not None:
        conditions.append(ProposalRow.state.in_(chosen.state))
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


def differences(before: DataclassLike, after: DataclassLike) -> tuple[Difference, ...]:
    """Return the fields in which two records of one kind differ, version and id apart."""
    found = []
    old, new = plain(before), plain(after)
    for name in old:
        if name in ("id", "version") or old[name] == new[name]:
            continue
        added: tuple[str, ...] = ()
        removed: tuple[str, ...] = ()
        was, now = old[name], new[name]
        if isinstance(was, list) and isinstance(now, list):
            added = tuple(item for item in now if item not in was)
            removed = tuple(item for item in was if item not in now)
        found.append(Difference(name, was, now, added, removed))
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


# of any type, as each field says
def clean_content(content: Mapping[str, object], store: Store, home: str | None = None) -> dict[str, Any]:
    """Return clean values of the fields given, all that are needed where there is no `home` yet.

    Raises BadInput with all faults.
    """
    sent = dict.fromkeys(NEEDED) | dict(content) if home is None and isinstance(content, Mapping) else content
    return ProposalContent.read(sent, home=home, **_known(store)).given()


# of any type, as each field says
def _known(store: Store) -> dict[str, Any]:
    territory = store.dataset.territory
    judged = [key for key, criterion in load_criteria().items() if criterion.judged]
    return {"districts": territory.districts, "departments": territory.departments, "judged": judged}
