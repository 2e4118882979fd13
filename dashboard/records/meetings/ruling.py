"""What consultative groups ruled on a proposal: the decisions of their closed meetings, with votes and waivers.

What an open meeting notes can still change, and is shown by that meeting alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from dashboard.records.core import Actor, DecisionRow, EntryRow, MeetingRow, Store, allow, allow_somewhere, history, may
from dashboard.records.meetings.decisions import DECISION
from dashboard.records.meetings.meeting import CLOSED
from dashboard.records.proposals import PROPOSAL

ASKED = 500  # ids in one question: more than that is every proposal


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision of a closed meeting, held on a day; `at` and `by` say when it was noted and by whom, in which role."""

    meeting: str
    number: int
    held_on: date
    outcome: str
    in_favour: int
    against: int
    abstained: int
    text: str
    waivers: Mapping[str, str]
    at: datetime
    by: str
    by_role: str


def rulings(store: Store, actor: Actor, id: str) -> tuple[Ruling, ...]:
    """Return the rulings on a proposal, the earliest first; none for whoever may not read meetings.

    Raises Refused, Missing.
    """
    allow_somewhere(actor, "proposal.read")
    with store.reading() as session:
        found = history.load(session, PROPOSAL, id)
        allow(actor, "proposal.read", found.department)
        return rulings_of(session, [id])[id] if may(actor, "meeting.read", found.department) else ()


def rulings_of(session: Session, ids: Iterable[str]) -> dict[str, tuple[Ruling, ...]]:
    """Return by proposal its rulings, the earliest first, in one question."""
    found: dict[str, list[Ruling]] = {id: [] for id in ids}
    noted = and_(EntryRow.kind == DECISION.name, EntryRow.subject == DecisionRow.id,
                 EntryRow.version == DecisionRow.version)  # fmt: skip
    query = (
        select(DecisionRow, MeetingRow.number, MeetingRow.held_on, EntryRow.at, EntryRow.actor_name,
               EntryRow.actor_role)
        .join(MeetingRow, MeetingRow.id == DecisionRow.meeting)
        .join(EntryRow, noted)
        .where(MeetingRow.state == CLOSED)
        .order_by(MeetingRow.held_on, MeetingRow.number)
    )  # fmt: skip
    if len(found) <= ASKED:
        query = query.where(DecisionRow.proposal.in_(found))
    for row, number, held_on, at, by, by_role in session.execute(query):
        if row.proposal in found:
            votes = (row.outcome, row.in_favour, row.against, row.abstained)
            found[row.proposal].append(
                Ruling(row.meeting, number, held_on, *votes, row.text, dict(row.waivers), at, by, by_role)
            )
    return {id: tuple(made) for id, made in found.items()}


def last(made: Iterable[Ruling]) -> Ruling | None:
    """Return the ruling that stands: the last one."""
    made = tuple(made)
    return made[-1] if made else None
