"""The register at a glance: every proposal, since when it stands where it does, what comes next, who changed it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import and_, select

from dashboard.records.core import Actor, EntryRow, ProposalRow, Store, allow, history, may
from dashboard.records.meetings import Ruling, rulings_of
from dashboard.records.meetings import last as last_of
from dashboard.records.proposals import PROPOSAL, Proposal
from dashboard.records.tracking.coverage import paths
from dashboard.records.tracking.milestone import Milestone, as_of, first_dated, milestones, to_come


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal of the register.

    `next` is the state that comes next on the way of a cluster and `dated` the first one to come that has a date, each
    None where there is none; `changed_…` is the last change, `ruling` what a group decided last, as far as the reader
    may know.
    """

    proposal: Proposal
    since: date
    next: Milestone | None
    dated: Milestone | None
    changed_at: datetime
    changed_by: str
    changed_as: str
    ruling: Ruling | None = None


def overview(store: Store, actor: Actor) -> tuple[Line, ...]:
    """Return every proposal by department, phase and name; four queries, however many there are. Raises Refused."""
    allow(actor, "proposal.read")
    columns = (EntryRow.subject, EntryRow.at, EntryRow.actor_name, EntryRow.actor_role)
    last = select(*columns).join(
        ProposalRow, and_(ProposalRow.id == EntryRow.subject, ProposalRow.version == EntryRow.version)
    )
    with store.reading() as session:
        kept = history.every(session, PROPOSAL)
        reached = paths(session, [p.id for p in kept])
        made = rulings_of(session, [p.id for p in kept if may(actor, "meeting.read", p.department)])
        changes = {
            row[0]: (row[1], row[2], row[3]) for row in session.execute(last.where(EntryRow.kind == PROPOSAL.name))
        }
    until = as_of(store).day
    return tuple(
        sorted(
            (
                replace(_line(store, p, reached[p.id], changes[p.id], until), ruling=last_of(made.get(p.id, ())))
                for p in kept
            ),  # fmt: skip
            key=lambda line: (line.proposal.department, line.proposal.phase, line.proposal.name),
        )
    )


def _line(
    store: Store, proposal: Proposal, stood: list[tuple[str, date]], change: tuple[datetime, str, str], until: date
) -> Line:
    ahead = to_come(milestones(store.programme, proposal, dict(stood), until), proposal.state)
    return Line(proposal, stood[-1][1], next(iter(ahead), None), first_dated(ahead), *change)
