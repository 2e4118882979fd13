"""Consultative groups: their members, each accredited by an institution, for a period of the programme."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator
from sqlalchemy.orm import Session

from dashboard.records.core import (
    Actor,
    Command,
    Day,
    Department,
    Dni,
    Document,
    Form,
    InDepartment,
    Kind,
    Line,
    MemberRow,
    Name,
    PastDay,
    Store,
    Transaction,
    allow,
    allow_somewhere,
    carry_out,
    history,
    validation,
)
from geodata.model import Territory

SECTORS = ("regional", "provincial", "district", "civil")
GENDERS = ("female", "male", "other")
ORGANISATIONS = ("indigenous", "women")  # whose agenda the programme asks a group to mind
PLACE_DIGITS = {"regional": 2, "provincial": 4, "district": 6}


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a consultative group.

    `place` is the code of the government they come from, empty for civil society; `accreditation` names the letter that
    accredits them, empty until it has come. `office` is what they are there, `speaks_for` the kinds of organisation
    that they speak for; office, `dni` and `gender` are empty where nobody said them.
    """

    id: str
    version: int
    department: str
    period: str
    name: str
    institution: str
    sector: str
    place: str = ""
    accreditation: str = ""
    accredited_on: date | None = None
    ended_on: date | None = None
    office: str = ""
    dni: str = ""
    gender: str = ""
    speaks_for: tuple[str, ...] = ()


MEMBER = Kind("member", Member, MemberRow)


class MemberForm(Form):
    """What is sent of a member. It is read with the `territory`, its `departments`, the `periods` and `today`."""

    department: Department
    period: Annotated[str, validation.chosen("periods")]
    name: Name
    institution: Name
    sector: Annotated[str, validation.chosen(SECTORS)]
    place: Annotated[str, validation.text(6)] = Field("", validate_default=True)
    accreditation: Document = ""
    accredited_on: PastDay = None
    ended_on: Day = None
    office: Line = ""
    dni: Dni = ""
    gender: Annotated[str, validation.perhaps(GENDERS)] = ""
    speaks_for: Annotated[tuple[str, ...], validation.all_chosen(ORGANISATIONS)] = ()

    @field_validator("place")
    @classmethod
    def _fits(cls, place: str, info: ValidationInfo) -> str:
        sector, department = info.data.get("sector"), info.data.get("department")
        if sector and department and not _place_fits(place, sector, department, validation.context(info)["territory"]):
            raise validation.fault("wrong_place", sector=sector)
        return place


def _place_fits(place: str, sector: str, department: str, territory: Territory) -> bool:
    """A member of a government names one of the department and of the right level; of civil society, none."""
    if sector == "civil":
        return place == ""
    known = {2: territory.departments, 4: territory.provinces, 6: territory.districts}
    digits = PLACE_DIGITS[sector]
    return len(place) == digits and place in known[digits] and place[:2] == department


@dataclass(frozen=True)
class KeepMember(Command):
    """Keep a new member, or change one."""

    action = "keep"
    id: str | None
    version: int | None
    values: Mapping[str, object]


def keep_member(
    store: Store,
    actor: Actor,
    values: Mapping[str, object],
    *,
    id: str | None = None,
    version: int | None = None,
    key: str | None = None,
) -> Member:
    """Keep a new member, or with `id` and `version` a changed one; `values` are those of :class:`MemberForm`.

    Raises Refused, Missing, BadInput with all faults, Conflict.
    """
    allow_somewhere(actor, "group.change")
    territory, periods = store.dataset.territory, [period.key for period in store.programme.periods]
    read = MemberForm.read(
        values, territory=territory, departments=territory.departments, periods=periods, today=store.today
    )
    member = Member(id="", version=0, **read.values())
    allow(actor, "group.change", member.department)

    def work(transaction: Transaction) -> Member:
        if (before := transaction.answered(MEMBER)) is not None:
            return before
        if id is None:
            return transaction.add(MEMBER, replace(member, id=history.new_id()))
        current = transaction.allowed(MEMBER, id, "group.change")
        return transaction.change(MEMBER, current, version, lambda _: member)

    return carry_out(store, actor, KeepMember(id, version, values), work, key)


def members(store: Store, actor: Actor, department: str, period: str, on: date | None = None) -> tuple[Member, ...]:
    """Return the members of a group in a period, by sector and name; with `on`, those who had not ended by then."""
    allow(actor, "group.read", department)
    InDepartment.read({"department": department}, departments=store.dataset.territory.departments)
    if not history.is_id(period):
        return ()
    with store.reading() as session:
        return group_of(session, department, period, on)


def group_of(session: Session, department: str, period: str, on: date | None = None) -> tuple[Member, ...]:
    """Return the members of a group, within a session."""
    found = history.every(session, MEMBER, MemberRow.department == department, MemberRow.period == period)
    there = [m for m in found if on is None or m.ended_on is None or m.ended_on > on]
    return tuple(sorted(there, key=lambda m: (SECTORS.index(m.sector), m.name, m.id)))
