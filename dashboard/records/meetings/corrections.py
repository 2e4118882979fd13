"""What is put right in the act of a closed meeting, or added to it: the act itself stays as it was signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.records.core import (
    MOST_NOTE,
    Actor,
    BadInput,
    Command,
    CorrectionRow,
    Fault,
    Form,
    Kind,
    NotNow,
    Store,
    Transaction,
    allow_somewhere,
    carry_out,
    history,
    validation,
)
from dashboard.records.meetings.meeting import CLOSED, MEETING

ERRATUM = "erratum"
CORRECTIONS = (ERRATUM, "addendum")
PLACES = ("opening", "attendance", "agenda", "development", "agreements", "closing", "annexes")
MOST_CORRECTIONS = 20


@dataclass(frozen=True, slots=True)
class Correction:
    """What an act said (`says`, of an erratum) and what it should say, or what is added; `place`: where in the act."""

    id: str
    version: int
    meeting: str
    department: str
    number: int
    kind: str
    made_on: date
    place: str
    says: str
    should_say: str


CORRECTION = Kind("correction", Correction, CorrectionRow)


class CorrectionForm(Form):
    """What is sent of a correction: an erratum quotes what the act says."""

    kind: Annotated[str, validation.chosen(CORRECTIONS)]
    place: Annotated[str, validation.chosen(PLACES)]
    says: Annotated[str, validation.text(MOST_NOTE, lines=True)] = Field("", validate_default=True)
    should_say: Annotated[str, validation.text(MOST_NOTE, required=True, lines=True)]

    @field_validator("says")
    @classmethod
    def _quoted(cls, says: str, info: ValidationInfo) -> str:
        kind = info.data.get("kind")
        if kind == ERRATUM and not says:
            raise validation.fault("empty")
        return says if kind == ERRATUM else ""


@dataclass(frozen=True)
class CorrectAct(Command):
    """Put something right in the act of a closed meeting, or add to it."""

    action = "correct"
    meeting: str
    values: Mapping[str, object]


def correct_act(
    store: Store, actor: Actor, meeting: str, values: Mapping[str, object], *, key: str | None = None
) -> Correction:
    """Keep a correction of the act of a closed meeting; `values` are those of :class:`CorrectionForm`.

    Raises Refused, Missing, BadInput with all faults, NotNow.
    """
    allow_somewhere(actor, "meeting.correct")
    read = CorrectionForm.read(values).values()

    def work(transaction: Transaction) -> Correction:
        held = transaction.allowed(MEETING, meeting, "meeting.correct")
        if (before := transaction.answered(CORRECTION)) is not None:
            return before
        if held.state != CLOSED:
            raise NotNow("correct", (Fault("records.fault.meeting_state", {"meeting_state": held.state}),))
        query = select(func.count()).where(CorrectionRow.meeting == held.id)
        n = transaction.session.scalar(query) or 0
        if n >= MOST_CORRECTIONS:
            raise BadInput((Fault("records.fault.too_many_corrections", {"most": MOST_CORRECTIONS}),))
        made = Correction(history.new_id(), 0, held.id, held.department, n + 1, made_on=store.today, **read)
        return transaction.add(CORRECTION, made)

    return carry_out(store, actor, CorrectAct(meeting, values), work, key)


def corrections_of(session: Session, meeting: str) -> tuple[Correction, ...]:
    """Return the corrections of a meeting in order; whoever calls it has asked whether it may be read."""
    return history.every(session, CORRECTION, CorrectionRow.meeting == meeting, order=(CorrectionRow.number,))
