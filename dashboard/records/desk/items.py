"""What waits for somebody: what only they, by the tables of rights, can take a step further.

Each provider of :data:`PROVIDERS` looks at one part of the record; what another part has waiting is one function more.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from sqlalchemy import Engine, String, cast, select
from sqlalchemy.orm import Session

from dashboard.records.core import (
    LOCAL,
    Actor,
    CommentRow,
    EntryRow,
    MeetingRow,
    Store,
    history,
    load_rights,
    may,
)
from dashboard.records.dossier import comments
from dashboard.records.meetings import MEETING, OPEN, PENDING, PLANNED, agreements
from dashboard.records.people import looks
from dashboard.records.proposals import CHAIN, PROPOSAL, Step, load_steps
from dashboard.records.tracking import LATE, Line, Milestone, as_of, overview

RETURNED, MENTION, MEET, AGREED, LATENESS = "returned", "mention", "meeting", "agreement", "late"
AHEAD = timedelta(days=14)  # so long before its day an agreement waits
# what a step that leads on is to whoever makes it
OF_STEP = {"propose": "propose", "review": "review", "validate": "decide", "sign": "sign"}
ENTER = "enter"
# in the order in which they are shown
KINDS = (RETURNED, MENTION, "review", MEET, AGREED, "decide", "sign", ENTER, "propose", LATENESS)
MOST_COUNTED = 500  # people whose count is remembered
COUNT_EVERY = timedelta(seconds=10)
COUNTED_FOR = timedelta(minutes=5)  # a day may begin meanwhile


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits. `id` is of what `kind` speaks of: a proposal, a meeting, that of an agreement.

    name: of it. since: the day from which it waits. dated: the state that is due next, where that is known; due_on: the
    day of an agreement. note, by and by_role: what somebody wrote with it, and who. comment: the id of the comment that
    mentions somebody. state: of a proposal, a meeting or an agreement.
    """

    kind: str
    id: str
    name: str
    department: str
    state: str
    since: date | None = None
    dated: Milestone | None = None
    note: str = ""
    by: str = ""
    by_role: str = ""
    comment: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class AtDesk:
    """Somebody whose desk is looked at."""

    session: Session
    store: Store
    actor: Actor
    cleared: datetime | None

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The proposals that they may read."""
        every = overview(self.store, self.actor) if may(self.actor, "proposal.read", self.actor.department) else ()
        return tuple(line for line in every if may(self.actor, "proposal.read", line.proposal.department))

    @cached_property
    def is_over(self) -> bool:
        """Whether the programme is over: then nothing can be done about what is late."""
        return as_of(self.store).closing


def answers_for(actor: Actor, step: Step, department: str) -> bool:
    """Tell whether a step is for somebody to make: those of the department first, where the table names any."""
    if actor.role == LOCAL:
        return True
    right = load_rights()[step.right]
    if right.own:
        return actor.role in right.own and actor.department == department
    return actor.role in right.any


def _steps(case: AtDesk) -> Iterator[Item]:
    """Proposals that go no further without them."""
    for line in case.lines:
        proposal = line.proposal
        for step in load_steps().open(proposal.state):
            if step.target not in CHAIN[1:] or not answers_for(case.actor, step, proposal.department):
                continue
            if proposal.state != RETURNED:
                kind = OF_STEP.get(step.name, ENTER)
                yield Item(kind, proposal.id, proposal.name, proposal.department, proposal.state, line.since,
                           line.dated)  # fmt: skip


def _returned(case: AtDesk) -> Iterator[Item]:
    """Proposals that came back to them, with the reason."""
    propose = load_steps()["propose"]
    back = [
        line for line in case.lines
        if line.proposal.state == RETURNED and answers_for(case.actor, propose, line.proposal.department)
    ]  # fmt: skip
    ids = [line.proposal.id for line in back]
    query = select(EntryRow).where(
        EntryRow.kind == PROPOSAL.name, EntryRow.action == "return", EntryRow.subject.in_(ids)
    )
    why = {row.subject: row for row in case.session.scalars(query.order_by(EntryRow.version))} if ids else {}
    for line in back:
        proposal, row = line.proposal, why.get(line.proposal.id)
        told = (row.note, row.actor_name, row.actor_role) if row is not None else ("", "", "")
        yield Item(RETURNED, proposal.id, proposal.name, proposal.department, proposal.state, line.since, line.dated,
                   *told)  # fmt: skip


def _meetings(case: AtDesk) -> Iterator[Item]:
    """Meetings that are open, or whose day has come."""
    query = (MeetingRow.state.in_((OPEN, PLANNED)), MeetingRow.held_on <= case.store.today)
    for meeting in history.every(case.session, MEETING, *query, order=(MeetingRow.held_on, MeetingRow.id)):
        if may(case.actor, "meeting.change", meeting.department):
            yield Item(MEET, meeting.id, str(meeting.number), meeting.department, meeting.state, meeting.held_on)


def _agreements(case: AtDesk) -> Iterator[Item]:
    """Agreements whose day is near or has passed."""
    for found in agreements.numbered(case.session, case.store):
        agreed = found.agreement
        if agreed.state != PENDING or agreed.due_on is None or agreed.due_on > case.store.today + AHEAD:
            continue
        if may(case.actor, "agreement.follow", agreed.department):
            name, who = f"{found.act} · {found.number}", agreed.responsible
            who = who if may(case.actor, "group.read", agreed.department) else ""
            yield Item(AGREED, agreed.meeting, name, agreed.department, agreed.state, note=agreed.text, by=who,
                       due_on=agreed.due_on)  # fmt: skip


def _mentions(case: AtDesk) -> Iterator[Item]:
    """Comments that are meant for them, until they answer in the thread or say that they have seen it."""
    meant = cast(CommentRow.mentions, String).contains(case.actor.id, autoescape=True)
    about = set(case.session.scalars(select(CommentRow.proposal).where(meant))) if case.actor.id else set()
    names = {line.proposal.id: line.proposal for line in case.lines if line.proposal.id in about}
    said = comments.of(case.session, names) if names else ()
    answered = {one.comment.thread: one.at for one in said if one.comment.author == case.actor.id}
    for one in said:
        comment, proposal = one.comment, names[one.comment.proposal]
        seen = max(filter(None, (case.cleared, answered.get(comment.thread))), default=None)
        if case.actor.id not in comment.mentions or (seen is not None and one.at <= seen):
            continue
        if may(case.actor, "comment.read", comment.department):
            yield Item(MENTION, proposal.id, proposal.name, proposal.department, proposal.state, None, None,
                       comment.text, comment.author_name, comment.author_role, comment.id)  # fmt: skip


def _late(case: AtDesk) -> Iterator[Item]:
    """What is late anywhere, for those who answer for the whole programme."""
    if case.actor.role != "leadership" or case.is_over:
        return
    for line in case.lines:
        proposal, dated = line.proposal, line.dated
        if dated is not None and dated.status == LATE:
            yield Item(LATENESS, proposal.id, proposal.name, proposal.department, proposal.state, line.since, dated)


PROVIDERS: tuple[Callable[[AtDesk], Iterator[Item]], ...] = (
    _steps,
    _returned,
    _meetings,
    _agreements,
    _mentions,
    _late,
)


def waiting(store: Store, actor: Actor) -> tuple[Item, ...]:
    """Return all that waits for somebody: by kind, what is late and what waits longest first."""
    with store.reading() as session:
        case = AtDesk(session, store, actor, looks.look(session, actor.id).cleared)
        found = [item for provider in PROVIDERS for item in provider(case)]
    return tuple(sorted(found, key=_order))


def _order(item: Item) -> tuple[int, int, date]:
    late = item.dated.late_days if item.dated is not None else 0
    return KINDS.index(item.kind), -late, item.since or item.due_on or date.min


@dataclass(frozen=True, slots=True)
class Counted:
    """How much waited for somebody at a moment: `last` is the entry up to which the record was looked at."""

    last: int
    cleared: datetime | None
    at: datetime
    n: int


_counted: dict[tuple[Engine, Actor], Counted] = {}


def count(store: Store, actor: Actor) -> int:
    """Return how much waits for somebody. Two small questions where nothing has changed since the last time.

    What others change is counted anew after some seconds only, so that many who work at once do not count all the time.
    """
    newest = select(EntryRow.id, EntryRow.actor).order_by(EntryRow.id.desc()).limit(1)
    with store.reading() as session:
        row = session.execute(newest).first()
        cleared = looks.look(session, actor.id).cleared
    last, by = (0, "") if row is None else (row.id, row.actor)
    now, kept = store.now(), _counted.get((store.engine, actor))
    if kept is not None and kept.cleared == cleared and now < kept.at + COUNTED_FOR:
        soon = by != actor.id and now < kept.at + COUNT_EVERY
        if kept.last == last or soon:
            return kept.n
    if len(_counted) >= MOST_COUNTED:
        _counted.clear()
    found = Counted(last, cleared, now, len(waiting(store, actor)))
    _counted[store.engine, actor] = found
    return found.n
