"""What meetings agree on beside the proposals: numbered, with who answers for it, by when, and how it stands.

They are written down in an open meeting; how they stand is told at any time, and by the meetings that follow.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.records.core import (
    MOST_NOTE,
    Actor,
    AgreementRow,
    BadInput,
    Command,
    Day,
    Fault,
    Form,
    InDepartment,
    Kind,
    Line,
    MeetingRow,
    Note,
    NotNow,
    Store,
    Transaction,
    allow,
    allow_somewhere,
    build,
    carry_out,
    history,
    may,
    plain,
    validation,
)
from dashboard.records.meetings.meeting import MEETING, OPEN, Meeting

PENDING, DONE, DROPPED, VOID = "pending", "done", "dropped", "void"
STANDINGS = (PENDING, DONE, DROPPED)
MOST_AGREEMENTS = 40


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement of a meeting. `number` counts those of the meeting in the order in which they were written down.

    `state`: pending, done, dropped (it holds no longer), or void: taken out before its meeting was closed. `progress`
    says how it stands in words, `reviewed_in` which meeting looked at it last.
    """

    id: str
    version: int
    meeting: str
    department: str
    number: int
    text: str
    responsible: str = ""
    due_on: date | None = None
    state: str = PENDING
    progress: str = ""
    reviewed_in: str = ""

    def is_late(self, today: date) -> bool:
        """Tell whether it is pending although its day has passed."""
        return self.state == PENDING and self.due_on is not None and self.due_on < today


AGREEMENT = Kind("agreement", Agreement, AgreementRow)


class AgreementForm(Form):
    """What is sent of an agreement."""

    text: Annotated[str, validation.text(MOST_NOTE, required=True, lines=True)]
    responsible: Line = ""
    due_on: Day = None


class StandingForm(Form):
    """How an agreement stands."""

    state: Annotated[str, validation.chosen(STANDINGS)]
    progress: Note = ""


@dataclass(frozen=True)
class KeepAgreement(Command):
    """Write down an agreement of an open meeting, change one, or with no `values` take it out."""

    action = "keep"
    meeting: str
    id: str | None
    version: int | None
    values: Mapping[str, object] | None


@dataclass(frozen=True)
class FollowAgreement(Command):
    """Tell how an agreement stands, in a meeting or between two."""

    action = "follow"
    id: str
    version: int | None
    values: Mapping[str, object]
    meeting: str = ""


def keep_agreement(
    store: Store,
    actor: Actor,
    meeting: str,
    values: Mapping[str, object] | None,
    *,
    id: str | None = None,
    version: int | None = None,
    key: str | None = None,
) -> Agreement:
    """Write down an agreement of an open meeting, or with `id` and `version` change one; None takes it out.

    `values` are those of :class:`AgreementForm`. Raises Refused, Missing, BadInput, NotNow, Conflict.
    """
    allow_somewhere(actor, "meeting.decide")
    read = {"state": VOID} if values is None else AgreementForm.read(values).values()

    def work(transaction: Transaction) -> Agreement:
        held = transaction.allowed(MEETING, meeting, "meeting.decide")
        if (before := transaction.answered(AGREEMENT)) is not None:
            return before
        if held.state != OPEN:
            raise NotNow("keep", (Fault("records.fault.meeting_state", {"meeting_state": held.state}),))
        if id is None:
            number = _next_number(transaction.session, held)
            made = Agreement(history.new_id(), 0, held.id, held.department, number, **({"text": ""} | read))
            return transaction.add(AGREEMENT, made)
        current = transaction.allowed(AGREEMENT, id, "meeting.decide")
        if current.meeting != held.id:
            raise BadInput((Fault("records.fault.unknown_step", {}),))
        return transaction.change(AGREEMENT, current, version, lambda a: replace(a, **read))

    return carry_out(store, actor, KeepAgreement(meeting, id, version, values), work, key)


def _next_number(session: Session, held: Meeting) -> int:
    last, n = session.execute(
        select(func.max(AgreementRow.number), func.count()).where(AgreementRow.meeting == held.id)
    ).one()
    if n >= MOST_AGREEMENTS:
        raise BadInput((Fault("records.fault.too_many_agreements", {"most": MOST_AGREEMENTS}),))
    return (last or 0) + 1


def follow_agreement(
    store: Store,
    actor: Actor,
    id: str,
    version: int | None,
    values: Mapping[str, object],
    *,
    meeting: str = "",
    key: str | None = None,
) -> Agreement:
    """Tell how an agreement stands; `values` are those of :class:`StandingForm`, `meeting` the open one that looks.

    Raises Refused, Missing, BadInput, NotNow, Conflict.
    """
    allow_somewhere(actor, "agreement.follow")
    read = StandingForm.read(values).values()

    def work(transaction: Transaction) -> Agreement:
        current = transaction.allowed(AGREEMENT, id, "agreement.follow")
        if (before := transaction.answered(AGREEMENT)) is not None:
            return before
        if meeting:
            held = transaction.allowed(MEETING, meeting, "meeting.change")
            if held.state != OPEN or held.department != current.department:
                raise NotNow("follow", (Fault("records.fault.meeting_state", {"meeting_state": held.state}),))
        if current.state == VOID:
            raise NotNow("follow", (Fault("records.fault.agreement_void", {}),))
        read["reviewed_in"] = meeting
        return transaction.change(AGREEMENT, current, version, lambda a: replace(a, **read))

    return carry_out(store, actor, FollowAgreement(id, version, values, meeting), work, key)


@dataclass(frozen=True, slots=True)
class Numbered:
    """An agreement with the number that it has among those of its meeting; `act` is the number of the act."""

    agreement: Agreement
    number: int
    act: str


def agreements(store: Store, actor: Actor, department: str | None = None) -> tuple[Numbered, ...]:
    """Return the agreements of the meetings of a department, or of all: by meeting, in order.

    Who answers for them is told to those who may read the group. Raises Refused.
    """
    allow(actor, "meeting.read", department)
    InDepartment.read({"department": department}, departments=store.dataset.territory.departments)
    with store.reading() as session:
        found = numbered(session, store, department)
    return tuple(n if may(actor, "group.read", n.agreement.department) else without_name(n) for n in found)


def numbered(session: Session, store: Store, department: str | None = None) -> tuple[Numbered, ...]:
    """Return the agreements of a department, or of all, within a session; whoever calls it has asked for the right."""
    conditions = [AgreementRow.state != VOID]
    if department is not None:
        conditions.append(AgreementRow.department == department)
    found = history.every(session, AGREEMENT, *conditions, order=(AgreementRow.meeting, AgreementRow.number))
    held = {id: history.load(session, MEETING, id) for id in {a.meeting for a in found}}
    days = {id: (meeting.held_on, meeting.number) for id, meeting in held.items()}
    counts: dict[str, int] = {}
    made = []
    for agreement in sorted(found, key=lambda a: (days[a.meeting], a.meeting, a.number)):
        counts[agreement.meeting] = counts.get(agreement.meeting, 0) + 1
        act = held[agreement.meeting].act_number(store.programme.acts)
        made.append(Numbered(agreement, counts[agreement.meeting], act))
    return tuple(made)


# JSON, of any type
def agreed_content(session: Session, store: Store, meeting: Meeting) -> dict[str, Any]:
    """Return, as plain data, the `agreements` of a meeting and those `pending` of earlier ones.

    Pending are those that were open when it began: still pending, or reviewed in it.
    """
    found = numbered(session, store, meeting.department)
    query = select(MeetingRow.id, MeetingRow.held_on).where(MeetingRow.department == meeting.department)
    days = {row.id: row.held_on for row in session.execute(query)}
    before = [
        n
        for n in found
        if (days[n.agreement.meeting], n.agreement.meeting) < (meeting.held_on, meeting.id)
        and (n.agreement.state == PENDING or n.agreement.reviewed_in == meeting.id)
    ]
    own = [n for n in found if n.agreement.meeting == meeting.id]
    return {
        name: [{"agreement": plain(n.agreement), "number": n.number, "act": n.act} for n in some]
        for name, some in (("agreements", own), ("pending", before))
    }


# JSON, of any type
def numbered_of(content: Iterable[Mapping[str, Any]]) -> tuple[Numbered, ...]:
    """Return the agreements that :func:`agreed_content` wrote down."""
    return tuple(Numbered(build(Agreement, kept["agreement"]), kept["number"], kept["act"]) for kept in content)


def without_name(found: Numbered) -> Numbered:
    """Return an agreement that does not say who answers for it."""
    return replace(found, agreement=replace(found.agreement, responsible=""))
