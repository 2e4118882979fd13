"""Tell a proposal, its people and its moments in the reader's words."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from dash import html

from dashboard.clusters.writing import joined
from dashboard.pages.kit import elements
from dashboard.pages.kit.elements import dashed, own
from dashboard.records.core import LOCAL, ROLES, Entry, Fault, load_rights
from dashboard.records.proposals import Difference, load_steps
from dashboard.web.request import RequestContext

SHORT = 160  # letters of a text as the history shows it; the two moments show all of it


def moment(at: datetime, context: RequestContext) -> str:
    """Return a moment by the clock of Peru."""
    return context.words.moment(at)


def short(day: date, context: RequestContext) -> str:
    """Return a day in few letters, for lists."""
    return context.words.short_day(day)


def short_moment(at: datetime, context: RequestContext) -> str:
    """Return a moment by the clock of Peru, in few letters."""
    return context.words.short_moment(at)


def role(name: str, context: RequestContext) -> str:
    """Return a role in words; the first proposals were kept by the programme itself, which has none."""
    return context.say(f"records.role.{name}") if name in (*ROLES, LOCAL) else context.say("register.programme")


def who(name: str, as_role: str, context: RequestContext) -> list[Any]:
    """Return a person with the role they acted in."""
    said = role(as_role, context)
    if as_role not in (*ROLES, LOCAL) or name in ("", LOCAL):
        return [said]
    return [own(name), f" ({said})"]


def who_may(action: str, department: str, context: RequestContext) -> str:
    """Return the roles that may do something in a department, as the table of rights has them.

    department: "" where none is known.
    """
    right, place = load_rights()[action], place_name(department, context)
    near = [role(name, context) for name in ROLES if name in right.own]
    if place:
        near = [context.say("register.role_of", role=name, place=place) for name in near]
    return joined(context.say, [*near, *(role(name, context) for name in ROLES if name in right.any)], "or")


def deed(entry: Entry, context: RequestContext) -> str:
    """Return what was done, in words."""
    known = entry.action in load_steps().by_name
    return context.say(f"records.step.{entry.action}" if known else f"register.deed.{entry.action}")


def fault(found: Fault, context: RequestContext) -> str:
    """Return what is wrong, governments by their names."""
    codes = found.fields.get("governments")
    if codes and isinstance(codes, Iterable):
        names = tuple(government(code, context) for code in codes)
        found = replace(found, fields={**found.fields, "governments": names})
    return context.words.fault(found)


def government(code: str, context: RequestContext) -> str:
    """Return a government by the name of its place."""
    level = {2: "regional", 4: "provincial"}.get(len(code), "district")
    return context.say(
        "register.government", level=context.say(f"records.level.{level}"), place=place_name(code, context)
    )


def place_name(code: str, context: RequestContext) -> str:
    """Return the name of a department, province or district; its code where the data in use do not have it."""
    territory = context.territory
    for places in (territory.departments, territory.provinces, territory.districts):
        if code in places:
            return places[code].name
    return code


def district(ubigeo: str, context: RequestContext) -> str:
    """Return a district with its province."""
    if ubigeo not in context.territory.districts:
        return ubigeo
    return context.say("register.district", name=place_name(ubigeo, context), province=place_name(ubigeo[:4], context))


def by_province(ubigeos: Iterable[str]) -> dict[str, list[str]]:
    """Return codes of districts by that of their province, all in order."""
    found: dict[str, list[str]] = {}
    for ubigeo in sorted(ubigeos):
        found.setdefault(ubigeo[:4], []).append(ubigeo)
    return found


def services(chosen: Iterable[str], context: RequestContext) -> str:
    """Return services by name, "" for none."""
    return joined(context.say, [context.say(f"service.{name}") for name in sorted(chosen)])


def value(name: str, plain: Any, context: RequestContext) -> str:
    """Return the value of a field of a proposal in words; `plain` is as the history keeps it."""
    if name == "ubigeos":
        return "; ".join(_province(code, own_, context) for code, own_ in by_province(plain).items())
    if name == "services":
        return services(plain, context) or context.say("register.none")
    if name == "state":
        return context.say(f"records.state.{plain}")
    if name == "department":
        return place_name(plain, context)
    if name == "judgements":
        return judgements(plain, context) or context.say("register.none")
    return str(plain) if plain not in (None, "") else context.say("register.none")


def _province(code: str, ubigeos: list[str], context: RequestContext) -> str:
    names = context.say("list.comma").join(place_name(u, context) for u in ubigeos)
    return context.say("register.in_province", province=place_name(code, context), names=names)


def judgements(given: Mapping[str, float], context: RequestContext) -> str:
    """Return the judgements of a group by criterion."""
    return "; ".join(
        context.say("register.judged", criterion=context.say(f"criterion.{key}.name"), n=context.words.number(score, 0))
        for key, score in sorted(given.items())
    )


def field(name: str, context: RequestContext) -> str:
    """Return the name of a field as a label."""
    said = context.say(f"records.field.{name}")
    return said[:1].upper() + said[1:]


def change(found: Difference, context: RequestContext, most: int | None = SHORT) -> list[Any]:
    """Return one difference in words: what came and went of districts and services, else before and after.

    most: letters that are shown of a text, all where None.
    """
    parts: list[Any] = [html.B(f"{field(found.field, context)}: ")]
    if found.added or found.removed:
        told = [
            context.say(
                f"register.{way}", names=context.say("list.comma").join(_item(found.field, i, context) for i in items)
            )
            for way, items in (("came", found.added), ("went", found.removed))
            if items
        ]
        return [*parts, "; ".join(told)]
    before, after = (_short(value(found.field, side, context), most) for side in (found.before, found.after))
    arrow = elements.hidden(context.say("register.became"))
    return [*parts, own(before, "was"), html.Span(" → ", **dashed(aria_hidden="true")), arrow, own(after)]


def _item(name: str, item: str, context: RequestContext) -> str:
    return district(item, context) if name == "ubigeos" else context.say(f"service.{item}")


def _short(text: str, most: int | None) -> str:
    return text if most is None or len(text) <= most else f"{text[:most].rstrip()}…"
