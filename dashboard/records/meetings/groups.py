"""Consultative groups: their members, each accredited by an institution, for a period of the programme."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from dashboard.records.core import (
    MOST_DOCUMENT,
    Actor,
    Deed,
    Door,
    Kind,
    MemberRow,
    Store,
    allow,
    allow_somewhere,
    history,
    known_department,
)

SECTORS = ("regional", "provincial", "district", "civil")
PLACE_DIGITS = {"regional": 2, "provincial": 4, "district": 6}


@dataclass(frozen=True, slots=True)
class Member:
    """A member. `place` is the code of the government they come from, empty for civil society; `accreditation`
    names the letter that accredits them, empty until it has come."""

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


MEMBER = Kind("member", MemberRow, Member)


def keep_member(
    store: Store,
    actor: Actor,
    values: Mapping[str, object],
    *,
    id: str | None = None,
    version: int | None = None,
    key: str | None = None,
) -> Member:
    """Keep a new member, or with `id` and `version` a changed one; `values` are the fields of :class:`Member`.

    Raises Refused, Missing, BadInput with all faults, Conflict.
    """
    allow_somewhere(actor, "group.change")
    member = _clean(store, values)
    allow(actor, "group.change", member.department)
    deed = Deed(store, actor, "keep", key, {"id": id, "version": version, "values": values})

    def work(session) -> Member:
        if (before := history.repeated(session, deed, MEMBER)) is not None:
            return before
        if id is None:
            return history.add(session, deed, MEMBER, replace(member, id=history.new_id()))
        current = history.load(session, MEMBER, id, lock=True)
        allow(actor, "group.change", current.department)
        return history.change(session, deed, MEMBER, current, version, lambda _: member)

    return store.write(work)


def members(store: Store, actor: Actor, department: str, period: str, on: date | None = None) -> tuple[Member, ...]:
    """Return the members of a group in a period, by sector and name; with `on`, those who had not ended by then."""
    allow(actor, "group.read", department)
    known_department(department, store.dataset.territory.departments)
    if not history.is_id(period):
        return ()
    with store.reading() as session:
        return group_of(session, department, period, on)


def group_of(session, department: str, period: str, on: date | None = None) -> tuple[Member, ...]:
    """Return the members of a group, within a session."""
    found = history.every(session, MEMBER, MemberRow.department == department, MemberRow.period == period)
    there = [m for m in found if on is None or m.ended_on is None or m.ended_on > on]
    return tuple(sorted(there, key=lambda m: (SECTORS.index(m.sector), m.name, m.id)))


def _clean(store: Store, values: Mapping[str, object]) -> Member:
    door, territory = Door(), store.dataset.territory
    if not isinstance(values, Mapping):
        door.fault("not_a_table", field="values")
        door.close()
    for name in set(values) - set(Member.__dataclass_fields__) | ({"id", "version"} & set(values)):
        door.fault("unknown_field", field=str(name)[:40])
    member = Member(
        id="",
        version=0,
        department=door.chosen("department", values.get("department"), territory.departments),
        period=door.chosen("period", values.get("period"), (p.key for p in store.programme.periods)),
        name=door.text("name", values.get("name"), required=True),
        institution=door.text("institution", values.get("institution"), required=True),
        sector=door.chosen("sector", values.get("sector"), SECTORS),
        place=door.text("place", values.get("place"), 6),
        accreditation=door.text("accreditation", values.get("accreditation"), MOST_DOCUMENT),
        accredited_on=door.day("accredited_on", values.get("accredited_on"), latest=store.today),
        ended_on=door.day("ended_on", values.get("ended_on")),
    )
    if not _place_fits(member, territory):
        door.fault("wrong_place", field="place", sector=member.sector)
    door.close()
    return member


def _place_fits(member: Member, territory) -> bool:
    """A member of a government names one of the department and of the right level; of civil society, none."""
    if member.sector == "civil":
        return member.place == ""
    known = {2: territory.departments, 4: territory.provinces, 6: territory.districts}
    digits = PLACE_DIGITS[member.sector]
    return len(member.place) == digits and member.place in known[digits] and member.place[:2] == member.department
