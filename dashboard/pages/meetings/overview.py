"""Show a department's meetings by year with what the year still lacks, and the form by which one is planned."""

import json
from typing import Any

from dash import html

from dashboard.clusters.writing import joined
from dashboard.pages.kit import elements, fields, forms, table
from dashboard.pages.kit.elements import dashed
from dashboard.pages.meetings.agendas import all_offered, offered, purpose
from dashboard.pages.meetings.sitting import GroupPeriod
from dashboard.records.meetings import CANCELLED, INSTALLATION, KINDS, MOST_NUMBER, SESSION, Meeting
from dashboard.web.request import RequestContext

PLAN = "plan"


def years(seen: GroupPeriod) -> list[Any]:
    """Return the meetings of each year of the period, the year of the day first, and the form that plans one."""
    say = seen.context.words.say
    span = sorted(
        range(seen.period.first.year, seen.period.last.year + 1), key=lambda year: (year != seen.day.year, -year)
    )
    may_plan = seen.context.may("meeting.change", seen.department)
    shown = [_year(seen, year, may_plan) for year in span]
    form = [_plan(seen)] if may_plan else []
    return [elements.section(say("meetings.meetings"), [*form, *shown], say("meetings.meetings_note"))]


def _year(seen: GroupPeriod, year: int, may_plan: bool) -> html.Div:
    say, asked = seen.context.words.say, seen.context.store.programme.group["meetings_a_year"]
    held = {m.number: m for m in seen.meetings if m.held_on.year == year}
    numbers = sorted({*range(1, asked + 1), *held})
    rows = [_row(seen, year, n, held.get(n), may_plan) for n in numbers]
    lacking = [n for n in range(1, asked + 1) if n not in held or held[n].state == CANCELLED]
    key = "meetings.year_lacks" if lacking else "meetings.year_whole"
    names = joined(say, [str(n) for n in lacking])
    head = [say(f"meetings.column.{name}") for name in ("number", "day", "place", "state", "decided", "more")]
    return html.Div(
        [
            html.H4(str(year)),
            html.P(say(key, names=names, n=len(lacking), asked=asked), className="year-says"),
            table(say("meetings.year_caption", year=year), head, rows, class_name="meetings-table"),
        ],
        className="year",
    )


def _row(seen: GroupPeriod, year: int, number: int, meeting: Meeting | None, may_plan: bool) -> html.Tr:
    say, asked = seen.context.words.say, seen.context.store.programme.group["meetings_a_year"]
    name = say("meetings.numbered", number=number)
    aim = html.Span(purpose(seen.context.words, number, asked), className="purpose")
    if meeting is None:
        plan = html.Button(
            say("meetings.plan_this"), type="button", className="button", id=f"plan-{year}-{number}",
            **dashed(
                data_plan=json.dumps({"number": str(number), "year": year}),
                aria_label=say("meetings.plan_this_named", number=number, year=year),
            ),
        )  # fmt: skip
        cells = [html.Td(say("meetings.lacking"), colSpan=4, className="lacking"), html.Td(plan if may_plan else "")]
        return html.Tr([html.Th([html.B(name), aim], scope="row"), *cells], className="lacks")
    n = len(meeting.proposals)
    decided = say("meetings.decided_of", n=seen.decided(meeting), all=n) if n else say("meetings.no_proposals")
    return html.Tr(
        [
            html.Th([elements.link(name, f"/reuniones/{meeting.id}", "meeting-link"), aim], scope="row"),
            html.Td(seen.context.words.day(meeting.held_on)),
            html.Td(meeting.place or say("meetings.no_place"), dir="auto"),
            html.Td(html.Span(say(f"records.meeting_state.{meeting.state}"), className=f"state-mark {meeting.state}")),
            html.Td(decided),
            html.Td(links(seen.context, meeting), className="links"),
        ]
    )


def links(context: RequestContext, meeting: Meeting) -> list[Any]:
    """Return the ways to the projector and to the acta of a meeting: the public one too for whoever is given names."""
    say, page = context.words.say, f"/reuniones/{meeting.id}/acta.html"
    named = context.may("group.read", meeting.department)
    name = {"number": meeting.number, "year": meeting.held_on.year}
    return [
        elements.link(
            say(f"meetings.{key}"), address, target="_blank",
            **dashed(aria_label=say(f"meetings.{key}_named", **name)),
        )
        for key, address in (
            ("present_it", f"/presentar/{meeting.id}"),
            ("acta_page" if named else "acta_public", page),
            ("acta_document", f"/reuniones/{meeting.id}/acta.docx"),
            *([("acta_public", f"{page}?version=publica")] if named else []),
        )
    ]  # fmt: skip


def files(context: RequestContext, meeting: Meeting) -> list[Any]:
    """Return the ways to what is signed and sent: the PDF, and the letters for whoever may know the members."""
    say, name = context.words.say, {"number": meeting.number, "year": meeting.held_on.year}
    named = context.may("group.read", meeting.department)
    return [
        elements.link(
            say(f"sitting.{key}"), f"/reuniones/{meeting.id}/{file}",
            **dashed(aria_label=say(f"sitting.{key}_named", **name)),
        )
        for key, file in (("acta_pdf", "acta.pdf"), *([("summons", "convocatoria.docx")] if named else []))
    ]  # fmt: skip


def _plan(seen: GroupPeriod) -> html.Details:
    words = seen.context.words
    say, asked = words.say, seen.context.store.programme.group["meetings_a_year"]
    number, year = next_lacking(seen)
    names = [
        (str(n), say("meetings.choice", number=n, purpose=purpose(words, n, asked))) for n in range(1, MOST_NUMBER + 1)
    ]
    kinds = [(key, say(f"sitting.kind.{key}")) for key in KINDS]
    # the first meeting of a group installs it
    kind = SESSION if any(m.state != CANCELLED for m in seen.meetings) else INSTALLATION
    first, last = seen.period.first.isoformat(), seen.period.last.isoformat()
    entries = [
        html.Div(
            [
                fields.choice(PLAN, "number", say("meetings.number"), names, str(number)),
                fields.choice(PLAN, "kind", say("sitting.kind_is"), kinds, kind),
                fields.day(
                    PLAN, "held_on", say("meetings.held_on"), "", say("meetings.held_on_hint", period=seen.period.key),
                    min=first, max=last,
                ),
                fields.line(PLAN, "called_for", say("sitting.called_for"), "", kind="time"),
            ],
            className="four",
        ),
        fields.line(PLAN, "place", say("meetings.place"), "", maxlength=200),
        fields.items(PLAN, "agenda", say("meetings.agenda"), offered(words, number, asked, kind)),
    ]  # fmt: skip
    form = forms.form(
        "plan", entries, say("meetings.plan_save"), name=PLAN, title=say("meetings.plan"), subject=seen.department,
        blank={"agenda": []}, primary=True,
        agendas=json.dumps(all_offered(words, asked), ensure_ascii=False),
    )  # fmt: skip
    return html.Details([html.Summary(say("meetings.plan")), form], className="folded plan-form", id="fold-plan")


def next_lacking(seen: GroupPeriod) -> tuple[int, int]:
    """Return the first (number, year) that the programme asks for and that is not there, from the day's year on."""
    asked = seen.context.store.programme.group["meetings_a_year"]
    kept = {(m.held_on.year, m.number) for m in seen.meetings}
    wanted = [(y, n) for y in range(seen.period.first.year, seen.period.last.year + 1) for n in range(1, asked + 1)]
    left = [pair for pair in wanted if pair not in kept] or [(seen.day.year, asked + 1)]
    year, number = next((pair for pair in left if pair[0] >= seen.day.year), left[0])
    return number, year
