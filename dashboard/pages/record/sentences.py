"""Tell a proposal, its people and its moments in the reader's words."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from dash import html

from dashboard.clusters.writing import joined
from dashboard.pages.kit.elements import own
from dashboard.pages.record.desk import Desk
from dashboard.records.core import LOCAL, ROLES, Entry, Fault, load_rights
from dashboard.records.proposals import Difference, load_steps

SHORT = 160  # letters of a text as the history shows it; the two moments show all of it


def moment(at: datetime, desk: Desk) -> str:
    """Return a moment by the clock of Peru."""
    return desk.words.moment(at)


def short(day: date, desk: Desk) -> str:
    """Return a day in few letters, for lists."""
    return desk.words.short_day(day)


def short_moment(at: datetime, desk: Desk) -> str:
    """Return a moment by the clock of Peru, in few letters."""
    return desk.words.short_moment(at)


def role(name: str, desk: Desk) -> str:
    """Return a role in words; the first proposals were kept by the programme itself, which has none."""
    return desk.say(f"records.role.{name}") if name in (*ROLES, LOCAL) else desk.say("register.programme")


def who(name: str, as_role: str, desk: Desk) -> list[Any]:
    """Return a person with the role they acted in."""
    said = role(as_role, desk)
    if as_role not in (*ROLES, LOCAL) or name in ("", LOCAL):
        return [said]
    return [own(name), f" ({said})"]


def who_may(action: str, department: str, desk: Desk) -> str:
    """Return the roles that may do something in a department ("" where none is known), as the table of rights has
    them."""
    right, place = load_rights()[action], place_name(department, desk)
    near = [role(name, desk) for name in ROLES if name in right.own]
    if place:
        near = [desk.say("register.role_of", role=name, place=place) for name in near]
    return joined(desk.say, [*near, *(role(name, desk) for name in ROLES if name in right.any)], "or")


def deed(entry: Entry, desk: Desk) -> str:
    """Return what was done, in words."""
    known = entry.action in load_steps().by_name
    return desk.say(f"records.step.{entry.action}" if known else f"register.deed.{entry.action}")


def fault(found: Fault, desk: Desk) -> str:
    """Return what is wrong, governments by their names."""
    codes = found.fields.get("governments")
    if codes:
        names = tuple(government(code, desk) for code in codes)
        found = replace(found, fields={**found.fields, "governments": names})
    return desk.words.fault(found)


def government(code: str, desk: Desk) -> str:
    """Return a government by the name of its place."""
    level = {2: "regional", 4: "provincial"}.get(len(code), "district")
    return desk.say("register.government", level=desk.say(f"records.level.{level}"), place=place_name(code, desk))


def place_name(code: str, desk: Desk) -> str:
    """Return the name of a department, province or district; its code where the data in use do not have it."""
    territory = desk.territory
    for places in (territory.departments, territory.provinces, territory.districts):
        if code in places:
            return places[code].name
    return code


def district(ubigeo: str, desk: Desk) -> str:
    """Return a district with its province."""
    if ubigeo not in desk.territory.districts:
        return ubigeo
    return desk.say("register.district", name=place_name(ubigeo, desk), province=place_name(ubigeo[:4], desk))


def by_province(ubigeos: Iterable[str]) -> dict[str, list[str]]:
    """Return codes of districts by that of their province, all in order."""
    found: dict[str, list[str]] = {}
    for ubigeo in sorted(ubigeos):
        found.setdefault(ubigeo[:4], []).append(ubigeo)
    return found


def services(chosen: Iterable[str], desk: Desk) -> str:
    """Return services by name, "" for none."""
    return joined(desk.say, [desk.say(f"service.{name}") for name in sorted(chosen)])


def value(name: str, plain: Any, desk: Desk) -> str:
    """Return the value of a field of a proposal in words; `plain` is as the history keeps it."""
    if name == "ubigeos":
        return "; ".join(_province(code, own_, desk) for code, own_ in by_province(plain).items())
    if name == "services":
        return services(plain, desk) or desk.say("register.none")
    if name == "state":
        return desk.say(f"records.state.{plain}")
    if name == "department":
        return place_name(plain, desk)
    if name == "judgements":
        return judgements(plain, desk) or desk.say("register.none")
    return str(plain) if plain not in (None, "") else desk.say("register.none")


def _province(code: str, ubigeos: list[str], desk: Desk) -> str:
    names = desk.say("list.comma").join(place_name(u, desk) for u in ubigeos)
    return desk.say("register.in_province", province=place_name(code, desk), names=names)


def judgements(given: Mapping[str, float], desk: Desk) -> str:
    """Return the judgements of a group by criterion."""
    return "; ".join(
        desk.say("register.judged", criterion=desk.say(f"criterion.{key}.name"), n=desk.words.number(score, 0))
        for key, score in sorted(given.items())
    )


def field(name: str, desk: Desk) -> str:
    """Return the name of a field as a label."""
    said = desk.say(f"records.field.{name}")
    return said[:1].upper() + said[1:]


def change(found: Difference, desk: Desk, most: int | None = SHORT) -> list[Any]:
    """Return one difference in words: what came and went of districts and services, else before and after.

    most: letters that are shown of a text, all where None.
    """
    parts: list[Any] = [html.B(f"{field(found.field, desk)}: ")]
    if found.added or found.removed:
        told = [
            desk.say(f"register.{way}", names=desk.say("list.comma").join(_item(found.field, i, desk) for i in items))
            for way, items in (("came", found.added), ("went", found.removed))
            if items
        ]
        return [*parts, "; ".join(told)]
    before, after = (_short(value(found.field, side, desk), most) for side in (found.before, found.after))
    arrow = html.Span(desk.say("register.became"), className="visually-hidden")
    return [*parts, own(before, "was"), html.Span(" → ", **{"aria-hidden": "true"}), arrow, own(after)]


def _item(name: str, item: str, desk: Desk) -> str:
    return district(item, desk) if name == "ubigeos" else desk.say(f"service.{item}")


def _short(text: str, most: int | None) -> str:
    return text if most is None or len(text) <= most else f"{text[:most].rstrip()}…"
