"""What people send of a meeting: a new one, and all that can change of one."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from pydantic import PlainValidator, ValidationInfo, field_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.clusters.scoring import OwnCriterion, load_criteria
from dashboard.records.core import (
    MOST_ITEMS,
    MOST_NOTE,
    BadInput,
    Department,
    Dni,
    Fault,
    Form,
    Hour,
    Line,
    MeetingRow,
    Name,
    Note,
    ProposalRow,
    validation,
)
from dashboard.records.meetings.groups import group_of
from dashboard.records.meetings.meeting import CANCELLED, INSTALLATION, KINDS, READINGS, Meeting
from dashboard.records.meetings.own_criteria import read_own

MOST_NUMBER = 12  # meetings of a department in a year, extraordinary ones included
MOST_WEIGHT = 1_000.0
MOST_GUESTS = 40


class NewMeeting(Form):
    """What a new meeting is: read with the `departments` and the `periods` of the programme."""

    department: Department
    number: Annotated[int, validation.whole(1, MOST_NUMBER)]
    held_on: Annotated[date, validation.day(required=True)]

    @field_validator("held_on")
    @classmethod
    def _in_a_period(cls, held_on: date, info: ValidationInfo) -> date:
        if not any(period.first <= held_on <= period.last for period in validation.context(info)["periods"]):
            raise validation.whole_fault("no_period", day=held_on)
        return held_on


class Guest(Form):
    """Someone who was invited and is no member."""

    name: Name
    institution: Line = ""
    office: Line = ""
    dni: Dni = ""


# of any type: what people send
def _guests(sent: Any) -> tuple[Mapping[str, str], ...]:
    """Read the guests; a row in which nothing is written is none. Raises the faults of all."""
    if not isinstance(sent, Sequence) or isinstance(sent, str):
        raise validation.fault("not_a_list")
    rows = [row for row in sent if not isinstance(row, Mapping) or any(str(v or "").strip() for v in row.values())]
    if len(rows) > MOST_GUESTS:
        raise validation.fault("too_many", n=len(rows), most=MOST_GUESTS)
    read: list[Mapping[str, str]] = []
    faults = []
    for row in rows:
        try:
            read.append(Guest.read(row).values())
        except BadInput as error:
            faults += [validation.fault(f.message.rpartition(".")[2], **f.fields) for f in error.faults]
    validation.refuse(faults)
    return tuple(read)


class MeetingContent(Form):
    """What can change of a meeting.

    It is read with its `year`, the ids of its `group`, what is `reviewable`, and the `points` of its agenda.
    """

    held_on: Annotated[date | None, validation.day(required=True)] = None
    place: Line = ""
    agenda: Annotated[tuple[str, ...], validation.texts()] = ()
    next_agenda: Annotated[tuple[str, ...], validation.texts()] = ()
    present: Annotated[tuple[str, ...], validation.all_chosen("group")] = ()
    proposals: Annotated[tuple[str, ...], validation.all_chosen("reviewable", MOST_ITEMS)] = ()
    weights: Annotated[Mapping[str, float], validation.numbers("criteria", 0.0, MOST_WEIGHT)] = {}
    note: Note = ""
    kind: Annotated[str, validation.chosen(KINDS)] = ""
    called_for: Hour = ""
    began_at: Hour = ""
    ended_at: Hour = ""
    presides: Line = ""
    secretary: Line = ""
    secretary_office: Line = ""
    guests: Annotated[tuple[Mapping[str, str], ...], PlainValidator(_guests)] = ()
    development: Annotated[Mapping[str, str], validation.texts_of("points", MOST_NOTE)] = {}
    previous_act: Annotated[str, validation.perhaps(READINGS)] = ""
    previous_note: Note = ""
    quorum_reason: Note = ""
    own_criteria: Annotated[tuple[OwnCriterion, ...], PlainValidator(read_own)] = ()

    @field_validator("held_on")
    @classmethod
    def _same_year(cls, held_on: date, info: ValidationInfo) -> date:
        year = validation.context(info)["year"]
        if held_on.year != year:
            raise validation.whole_fault("other_year", year=year)
        return held_on

    @field_validator("presides")
    @classmethod
    def _a_member(cls, presides: str, info: ValidationInfo) -> str:
        if presides and presides not in validation.context(info)["group"]:
            raise validation.fault("unknown_items", items=(presides[:40],))
        return presides


EDITABLE = tuple(MeetingContent.model_fields)


# of any type: each field has its own
def clean(session: Session, meeting: Meeting, values: Mapping[str, object]) -> dict[str, Any]:
    """Return clean values of the fields given. Raises BadInput with all faults."""
    read = MeetingContent.read(
        values,
        year=meeting.held_on.year,
        group=[m.id for m in group_of(session, meeting.department, meeting.period)],
        reviewable=session.scalars(select(ProposalRow.id).where(ProposalRow.department == meeting.department)).all(),
        criteria=load_criteria(),
        points=meeting.agenda,
    ).given()
    if "agenda" in read:
        read["development"] = _moved(meeting, read["agenda"], read.get("development", meeting.development))
    if "development" in read:
        read["development"] = {point: text for point, text in read["development"].items() if text}
    faults = list(_faults(session, replace(meeting, **read), read.keys()))
    if faults:
        raise BadInput(tuple(faults))
    return read


def _moved(meeting: Meeting, agenda: tuple[str, ...], written: Mapping[str, str]) -> dict[str, str]:
    """Return what was written on each point, where a point was only worded anew in its place.

    Raises BadInput for a point that is gone although something was written on it.
    """
    anew = {
        was: now
        for was, now in zip(meeting.agenda, agenda, strict=False)
        if was not in agenda and now not in meeting.agenda
    }
    moved = {anew.get(point, point): text for point, text in written.items()}
    gone = tuple(point for point, text in moved.items() if text and point not in agenda)
    if gone:
        raise BadInput((Fault("records.fault.point_written_on", {"points": gone}),))
    return moved


def _faults(session: Session, meeting: Meeting, changed: Container[str]) -> Iterable[Fault]:
    """What does not fit together: hours, and a group that is installed twice or after it has met."""
    if meeting.began_at and meeting.ended_at and meeting.ended_at <= meeting.began_at:
        yield Fault("records.fault.ends_before", {"began": meeting.began_at, "ended": meeting.ended_at})
    if meeting.kind != INSTALLATION or not ("kind" in changed or "held_on" in changed):
        return
    query = select(MeetingRow.id, MeetingRow.kind, MeetingRow.held_on).where(
        MeetingRow.department == meeting.department, MeetingRow.period == meeting.period,
        MeetingRow.state != CANCELLED, MeetingRow.id != meeting.id,
    )  # fmt: skip
    for _, kind, held_on in session.execute(query):
        if kind == INSTALLATION or held_on < meeting.held_on:
            yield Fault("records.fault.installed_already", {"day": held_on})
            return
