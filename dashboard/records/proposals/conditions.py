"""What must hold before a step besides note and document: each condition of `transitions.toml` is a function here.

A condition returns the faults that stand in the way; none when it holds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from dashboard.clusters.model import Groups, from_proposal
from dashboard.clusters.rules import Context, Verdict, judge, judge_groups, load_parameters
from dashboard.records.core import (
    AttachmentRow,
    BadInput,
    DecisionRow,
    EntryRow,
    Fault,
    MeetingRow,
    ProposalRow,
    Remarks,
    ScoreRow,
    SnapshotRow,
    StageRow,
    Store,
    governments_of,
    history,
    plain_value,
)
from dashboard.records.proposals.proposal import PROPOSAL, Proposal
from dashboard.records.proposals.steps import CHAIN, GOES_BACK, Step, load_steps, path
from geodata.model import UnknownUbigeo

AGREED, CLOSED = "agreed", "closed"
DECIDED, WAIVED = "decided", "rules"  # the conditions that a meeting itself fulfils
HELD_BY = {"services": "services", "no_overlap": "free"}  # rules that no group can set aside: conditions hold them
DECIDED_UPON = ("phase", "services", "ubigeos", "critical_area")  # what a group agrees to when it validates


@dataclass(frozen=True)
class Case:
    """A step about to be made."""

    session: Session
    store: Store
    proposal: Proposal


def unmet(session: Session, store: Store, proposal: Proposal, step: Step, on: date) -> list[Fault]:
    """Return everything that keeps a proposal from a step on a day."""
    case = Case(session, store, proposal)
    return [*_dates(case, step, on), *(fault for name in step.when for fault in CONDITIONS[name](case))]


def _fault(reason: str, **fields: object) -> list[Fault]:
    return [Fault(f"records.fault.{reason}", fields)]


def _dates(case: Case, step: Step, on: date) -> list[Fault]:
    """No step happens before the one it follows; drawing up a candidate and correcting have no day of their own."""
    if step.target == GOES_BACK:
        return []
    columns = (EntryRow.action, EntryRow.before, EntryRow.after, EntryRow.happened_on)
    query = select(*columns).where(EntryRow.kind == "proposal", EntryRow.subject == case.proposal.id)
    stood = [day for state, day in path(case.session.execute(query.order_by(EntryRow.version))) if state != CHAIN[0]]
    if not stood or stood[-1] <= on:
        return []
    return _fault("before_last_step", last=stood[-1], on=on)


def _services(case: Case) -> list[Fault]:
    least, most = (load_parameters().get("services", name) for name in ("minimum", "maximum"))
    n = len(case.proposal.services)
    return [] if least <= n <= most else _fault("number_of_services", n=n, minimum=least, maximum=most)


def _critical_area(case: Case) -> list[Fault]:
    return [] if case.proposal.critical_area else _fault("no_critical_area")


# JSON, of any type
def _last_decision(case: Case) -> Row[str, dict[str, Any], dict[str, Any]] | None:
    """Return outcome, content and waivers of the last meeting that closed with a decision on it, else None."""
    query = (
        select(DecisionRow.outcome, SnapshotRow.content, DecisionRow.waivers)
        .join(SnapshotRow, SnapshotRow.id == DecisionRow.snapshot)
        .join(MeetingRow, MeetingRow.id == DecisionRow.meeting)
        .where(DecisionRow.proposal == case.proposal.id, MeetingRow.state == CLOSED)
        .order_by(MeetingRow.held_on.desc(), MeetingRow.number.desc())
    )
    return case.session.execute(query).first()


def _decided(case: Case) -> list[Fault]:
    """The last meeting that closed with a decision on it agreed, and to what the proposal is today."""
    last = _last_decision(case)
    if last is None or last.outcome != AGREED:
        return _fault("not_agreed")
    decided = last.content["proposal"]
    same = all(decided[name] == plain_value(getattr(case.proposal, name)) for name in DECIDED_UPON)
    return [] if same else _fault("agreed_on_other_content")


def _waived(case: Case) -> list[Fault]:
    """Every rule that fails today was set aside, with its reason, by the group that agreed."""
    last = _last_decision(case)
    if last is None or last.outcome != AGREED:
        return []  # told as not agreed
    try:
        found = failing(case.session, case.store, case.proposal)
    except UnknownUbigeo as error:
        return _fault("unknown_districts", codes=error.ubigeos)
    return [fault for v in found if v.rule not in last.waivers for fault in _fault("not_waived", rule=v.rule)]


def failing(session: Session, store: Store, proposal: Proposal) -> tuple[Verdict, ...]:
    """Return the rules that a proposal fails beside all others that are kept.

    They are of those that a group may set aside with a reason. Raises UnknownUbigeo.
    """
    kinds = load_parameters().states
    beside = [state for state, kind in kinds.items() if kind != "apart"]
    others = history.every(session, PROPOSAL, ProposalRow.state.in_(beside))
    found = judge(from_proposal(proposal), Context.of(store.dataset, others))
    return tuple(v for v in found if v.status == "fail" and v.rule not in HELD_BY)


@dataclass(frozen=True)
class Vote:
    """What a group must know before it agrees: `faults` that no vote can heal, and the rules that fail (`failing`).

    Each of these needs the reason why the group agrees all the same.
    """

    faults: tuple[Fault, ...]
    failing: tuple[Verdict, ...]


def before_vote(session: Session, store: Store, proposal: Proposal) -> Vote:
    """Return what stands between a proposal, as the group has it before it, and its being validated."""
    case = Case(session, store, proposal)
    step = next(step for step in load_steps() if DECIDED in step.when)
    faults = [f for name in step.when if name not in (DECIDED, WAIVED) for f in CONDITIONS[name](case)]
    if proposal.state == "withdrawn":
        faults += _fault("withdrawn")
    try:
        return Vote(tuple(faults), failing(session, store, proposal))
    except UnknownUbigeo as error:
        return Vote((*faults, *_fault("unknown_districts", codes=error.ubigeos)), ())


def _free(case: Case) -> list[Fault]:
    """None of its districts is in a cluster that is settled already, whatever the phase of either."""
    context = Context.of(case.store.dataset, settled(case.session))
    drawn = from_proposal(case.proposal)
    groups = Groups.of(sorted(drawn.ubigeos), [drawn.ubigeos])  # of its own codes: the edition may not know them all
    verdict = judge_groups(groups, drawn, context, ["no_overlap"]).verdict("no_overlap", 0)
    if verdict.status != "fail":
        return []
    return _fault("districts_taken", n=len(verdict.ubigeos), places=verdict.args["places"])


def settled(session: Session) -> tuple[Proposal, ...]:
    """Return the clusters, within a session: proposals in a state that the rules call settled."""
    kinds = load_parameters().states
    states = [state for state, kind in kinds.items() if kind == "settled"]
    return history.every(session, PROPOSAL, ProposalRow.state.in_(states))


def hold_rivals(session: Session, proposal: Proposal, step: Step) -> None:
    """Where a step asks that districts be free, let nobody else settle the same ones before it is done."""
    if "free" not in step.when:
        return
    states = [*step.origins, step.target]
    of_department = (ProposalRow.department == proposal.department, ProposalRow.state.in_(states))
    session.execute(select(ProposalRow.id).where(*of_department).order_by(ProposalRow.id).with_for_update())


def with_file(session: Session, proposal: Proposal, remarks: Remarks) -> Remarks:
    """Return remarks whose document is called as the file that it is. Raises BadInput for one of another proposal."""
    if not remarks.attachment:
        return remarks
    row = session.get(AttachmentRow, remarks.attachment)
    if row is None or row.proposal != proposal.id or row.withdrawn:
        raise BadInput((Fault("records.fault.unknown_attachment", {}),))
    return remarks.model_copy(update={"document": remarks.document or row.name})


def _baseline(case: Case) -> list[Fault]:
    wanted = governments_of(case.proposal.ubigeos, case.store.dataset.territory)
    first = case.store.programme.rounds[0]
    query = select(ScoreRow.government).where(ScoreRow.government.in_(wanted), ScoreRow.round == first)
    missing = tuple(sorted(set(wanted) - set(case.session.scalars(query))))
    return [] if not missing else _fault("no_baseline", n=len(missing), governments=missing)


def _first_stage(case: Case) -> list[Fault]:
    query = select(StageRow.id).where(StageRow.proposal == case.proposal.id, StageRow.cycle == 1, StageRow.stage == 1)
    return [] if case.session.scalar(query) is not None else _fault("no_first_stage")


CONDITIONS: Mapping[str, Callable[[Case], list[Fault]]] = MappingProxyType(
    {
        "services": _services,
        "critical_area": _critical_area,
        DECIDED: _decided,
        WAIVED: _waived,
        "free": _free,
        "baseline": _baseline,
        "first_stage": _first_stage,
    }
)
