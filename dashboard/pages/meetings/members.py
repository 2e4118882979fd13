"""Show who sits in a consultative group, what the programme's rules say of it, and the forms that change it."""

import json
from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.clusters.rules import Verdict
from dashboard.clusters.writing import Say
from dashboard.pages.kit import elements, fields, forms, table, verdicts
from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.tables import by
from dashboard.pages.meetings.sitting import GroupPeriod
from dashboard.records.core import Words
from dashboard.records.meetings import GENDERS, ORGANISATIONS, SECTORS, Diversity, Member

NEW = "member-new"
LONG_LINE = 300


def rules(seen: GroupPeriod) -> list[Any]:
    """Return what the rules say of the group as it is on the day, failing ones first."""
    say = seen.context.words.say
    if not seen.may_see_members:
        return []
    note = say("meetings.rules_note", day=seen.context.words.day(seen.day))
    remark = html.P([html.B(say("sitting.diversity")), " ", diversity(seen.diversity, say)], className="remark")
    parts = [verdict_list(seen.verdicts, say), *([remark] if seen.diversity.members else [])]
    return [elements.section(say("meetings.composition"), parts, note)]


def diversity(found: Diversity, say: Say) -> str:
    """Return the balance of a group in a sentence: the annex asks to mind it and sets no number."""
    return say(
        "acta.diversity", women=found.women, men=found.men, unsaid=found.unsaid, indigenous=found.indigenous,
        womens=found.womens,
    )  # fmt: skip


def verdict_list(found: Sequence[Verdict], say: Say) -> html.Div:
    """Return verdicts on a group in the look of the map's rules: a sign, a name and a sentence."""
    told = [verdicts.rule(v, say, "group", worded=True, below=_mend(v, say)) for v in verdicts.by_urgency(found)]
    return html.Div([html.P(verdicts.counts(found, say), className="counts"), html.Ul(told, className="rules")])


def _mend(verdict: Verdict, say: Say) -> list[html.Span]:
    """What the programme asks for, where it is not met."""
    if verdict.status not in ("fail", "warn"):
        return []
    return [html.Span(say(f"group.{verdict.rule}.help"), className="rule-mend")]


def members(seen: GroupPeriod) -> list[Any]:
    """Return the table of members, each with the form that changes it, and the form of a new one."""
    words = seen.context.words
    say = words.say
    if not seen.may_see_members:
        return [elements.section(say("meetings.members"), [html.P(say("meetings.members_hidden"))])]
    may_change = seen.context.may("group.change", seen.department)
    listed = _table(seen, may_change) if seen.members else html.P(say("meetings.no_members"), className="empty-state")
    fold = [_new(seen)] if may_change else []
    places = html.Div(hidden=True, **dashed(data_places=json.dumps(_places(seen), ensure_ascii=False)))
    return [elements.section(say("meetings.members"), [places, *fold, listed], say("meetings.members_note"))]


def _places(seen: GroupPeriod) -> dict[str, list[tuple[str, str]]]:
    """The governments of the department that a member can come from, by sector."""
    territory, code = seen.context.dataset.territory, seen.department
    provinces = [(p.code, p.name) for p in territory.provinces.values() if p.code[:2] == code]
    districts = [
        (d.ubigeo, f"{d.name} ({territory.provinces[d.province].name})")
        for d in territory.districts.values()
        if d.ubigeo[:2] == code
    ]
    return {
        "regional": [(code, territory.departments[code].name)],
        "provincial": sorted(provinces, key=lambda pair: pair[1]),
        "district": sorted(districts, key=lambda pair: pair[1]),
        "civil": [],
    }


def place_name(seen: GroupPeriod, place: str) -> str:
    """Return the name of the government a member comes from."""
    territory = seen.context.dataset.territory
    known = (territory.departments, territory.provinces, territory.districts)
    return next((places[place].name for places in known if place in places), place)


def _table(seen: GroupPeriod, may_change: bool) -> html.Table:
    say = seen.context.words.say
    head = [say(f"meetings.column.{name}") for name in ("name", "institution", "sector", "accreditation", "change")]
    rows = [row for member in seen.members for row in _rows(seen, member, may_change)]
    shown = head[: None if may_change else -1]
    return table(say("meetings.members"), shown, rows, class_name="members-table", sorts=range(4))


def _rows(seen: GroupPeriod, member: Member, may_change: bool) -> list[html.Tr]:
    words = seen.context.words
    say, gone = words.say, member.ended_on is not None and member.ended_on <= seen.day
    ended = []
    if member.ended_on is not None:
        ended = [html.Span(say("meetings.ended", day=words.day(member.ended_on)), className="ended")]
    place = [html.Span(place_name(seen, member.place), className="second")] if member.place else []
    cells = [
        html.Th([html.Bdi(member.name), *_office(member), *ended], scope="row"),
        html.Td(member.institution, dir="auto"),
        html.Td([say(f"group.sector.{member.sector}"), *place]),
        by(member.accreditation or None, _letter(words, member)),
    ]
    if not may_change:
        return [html.Tr(cells, className="gone" if gone else "")]
    row = f"row-{member.id}"
    button = html.Button(
        say("meetings.change_member"), type="button", className="button", id=f"change-{member.id}",
        **dashed(
            data_toggle=row, aria_expanded="false", aria_controls=row,
            aria_label=say("meetings.change_member_named", name=member.name),
        ),
    )  # fmt: skip
    form = _form(seen, f"member-{member.id}", member, say("meetings.member_save"))
    return [
        html.Tr([*cells, html.Td(button)], className="gone" if gone else ""),
        html.Tr(html.Td(form, colSpan=5), id=row, hidden=True, className="form-row", **dashed(data_below="yes")),
    ]


def _office(member: Member) -> list[html.Span]:
    return [html.Span(member.office, className="second", dir="auto")] if member.office else []


def _letter(words: Words, member: Member) -> list[Any]:
    if not member.accreditation:
        return [html.Span(words.say("meetings.not_accredited"), className="lacking")]
    day = [html.Span(words.day(member.accredited_on), className="second")] if member.accredited_on else []
    return [html.Bdi(member.accreditation), *day]


def _new(seen: GroupPeriod) -> html.Details:
    say = seen.context.words.say
    form = _form(seen, NEW, None, say("meetings.member_add"))
    return html.Details([html.Summary(say("meetings.member_new")), form], className="folded", id="fold-member")


def _form(seen: GroupPeriod, name: str, member: Member | None, submit: str) -> html.Form:
    say = seen.context.words.say
    sectors = [(key, say(f"group.sector.{key}")) for key in SECTORS]
    genders = [("", say("sitting.gender.unsaid")), *((key, say(f"sitting.gender.{key}")) for key in GENDERS)]
    organisations = [(key, say(f"sitting.organisation.{key}")) for key in ORGANISATIONS]
    place = member.place if member else ""
    here = [(place, place_name(seen, place))] if place else []
    day = {key: _iso(getattr(member, key, None)) for key in ("accredited_on", "ended_on")}
    entries = [
        fields.line(name, "name", say("meetings.member_name"), member.name if member else "", maxlength=200),
        fields.line(
            name, "institution", say("meetings.institution"), member.institution if member else "", maxlength=200
        ),
        fields.line(name, "office", say("sitting.office"), member.office if member else "", maxlength=200),
        fields.line(
            name, "dni", say("sitting.dni"), member.dni if member else "", say("sitting.dni_hint"), maxlength=8,
            inputmode="numeric",
        ),
        fields.choice(name, "gender", say("sitting.gender_is"), genders, member.gender if member else ""),
        fields.checks(
            name, "speaks_for", say("sitting.speaks_for"), organisations, member.speaks_for if member else ()
        ),
        fields.choice(name, "sector", say("meetings.sector"), sectors, member.sector if member else SECTORS[0]),
        fields.choice(name, "place", say("meetings.government"), here, place),
        fields.line(
            name, "accreditation", say("meetings.letter"), member.accreditation if member else "",
            say("meetings.letter_hint"), maxlength=LONG_LINE,
        ),
        fields.day(name, "accredited_on", say("meetings.accredited_on"), day["accredited_on"]),
        fields.day(name, "ended_on", say("meetings.ended_on"), day["ended_on"], say("meetings.ended_on_hint")),
    ]  # fmt: skip
    title = say("meetings.member_of", name=member.name) if member else say("meetings.member_new")
    return forms.form(
        "member", [html.Div(entries, className="member-fields")], submit, name=name, title=title,
        subject=member.id if member else "", version=member.version if member else None, primary=member is None,
        blank={"speaks_for": []},
    )  # fmt: skip


def _iso(day: Any) -> str:
    return "" if day is None else day.isoformat()
