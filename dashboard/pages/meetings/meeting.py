"""Show one meeting: where it stands, when and where, its agenda, who is there, its weights and what comes next."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from dash import html

from dashboard.clusters.scoring import load_criteria
from dashboard.clusters.writing import joined
from dashboard.documents import in_order
from dashboard.pages.kit import MOST_WEIGHT, elements, fields, identity
from dashboard.pages.kit.elements import dashed
from dashboard.pages.meetings import corrections, minutes, own_criteria, review, room, session, steps
from dashboard.pages.meetings.agendas import offered, purpose
from dashboard.pages.meetings.ids import MeetingsPart
from dashboard.pages.meetings.overview import files, links
from dashboard.pages.meetings.session import change
from dashboard.pages.meetings.sitting import Sitting
from dashboard.records.meetings import SECTORS
from dashboard.records.proposals import identities

WEIGHT_STEP = 0.5


def parts(seen: Sitting) -> dict[str, list[Any]]:
    """Return every part of the screen of a meeting."""
    return {str(part): make(seen) for part, make in PARTS.items()}


def name(seen: Sitting) -> str:
    """Return what a meeting is called."""
    department = seen.context.dataset.territory.departments[seen.meeting.department].name
    return seen.context.words.say(
        "meetings.called", number=seen.meeting.number, year=seen.meeting.held_on.year, department=department
    )


def head(seen: Sitting) -> list[Any]:
    """Return the name of the meeting, its state, and the ways to the projector and to the acta."""
    words, meeting = seen.context.words, seen.meeting
    say, aim = words.say, purpose(words, meeting.number, seen.context.store.programme.group["meetings_a_year"])
    back = f"/reuniones?d={meeting.department}&periodo={meeting.period}"
    place = meeting.place or say("meetings.no_place")
    state = html.Span(say(f"records.meeting_state.{meeting.state}"), className=f"state-mark {meeting.state}")
    return [
        html.Div(
            [
                html.H2([name(seen), " ", state]),
                html.P([f"{words.day(meeting.held_on)} · ", html.Bdi(place), f" · {aim}"], className="lead"),
                html.P(say(f"meetings.stage.{meeting.state}"), className="stage"),
            ],
            className="meeting-name",
        ),
        html.Nav(
            [elements.link(say("meetings.back"), back), *links(seen.context, meeting), *files(seen.context, meeting)],
            className="data-links", **dashed(aria_label=say("meetings.ways")),
        ),
    ]  # fmt: skip


def agenda(seen: Sitting) -> list[Any]:
    """Return the agenda as a list to change, with the agendas that are offered; else as it is read."""
    say, title = seen.context.words.say, seen.context.words.say("meetings.agenda")
    if not seen.may_change:
        return [elements.section(title, [elements.written(seen.meeting.agenda, say("acta.no_agenda"))])]
    list_ = fields.items("agenda", "agenda", say("meetings.points"), seen.meeting.agenda)
    form = change(seen, "agenda", [list_, _offers(seen)], title, blank={"agenda": []})
    return [elements.section(title, [form])]


def _offers(seen: Sitting) -> html.Div:
    """The agenda of the programme, and the one that the meeting before left for this one."""
    words, asked = seen.context.words, seen.context.store.programme.group["meetings_a_year"]
    given = [(words.say("meetings.offer_programme"), offered(words, seen.meeting.number, asked, seen.meeting.kind))]
    if seen.before is not None and seen.before.next_agenda:
        text = words.say("meetings.offer_before", number=seen.before.number, year=seen.before.held_on.year)
        given.append((text, seen.before.next_agenda))
    buttons = [
        html.Button(
            text, type="button", className="button", id=f"agenda-offer-{n}",
            **dashed(data_fill="agenda", data_values=json.dumps(list(points), ensure_ascii=False)),
        )
        for n, (text, points) in enumerate(given)
    ]  # fmt: skip
    return html.Div(buttons, className="button-row offers")


def present(seen: Sitting) -> list[Any]:
    """Return who is present: boxes to tick, or the list of those who were."""
    say, title = seen.context.words.say, seen.context.words.say("meetings.present")
    members, there = seen.record.members, set(seen.meeting.present)
    if seen.is_planned or seen.is_cancelled:
        return []
    if not members:
        back = f"/reuniones?d={seen.meeting.department}&periodo={seen.meeting.period}"
        text = html.P([say("meetings.no_members_yet"), " ", elements.link(say("meetings.to_members"), back)])
        return [elements.section(title, [text])]
    if not seen.may_change:
        names = [
            html.Li([html.Bdi(m.name or m.institution), f" · {say('group.sector.' + m.sector)}"])
            for m in seen.record.present
        ]
        count = html.P(present_count(seen), className="count-line")
        unnamed = [html.P(say("meetings.no_names"), className="muted")] if seen.record.public else []
        return [elements.section(title, [count, html.Ul(names, className="read-points"), *unnamed])]
    boxes = [
        fields.check(
            "present", "present", m.id, m.id in there,
            [html.B(m.name), html.Span(f"{m.institution} · {say('group.sector.' + m.sector)}", className="second")],
            {"data-sector": say(f"group.sector.{m.sector}")},
        )
        for m in members
    ]  # fmt: skip
    count = html.P(present_count(seen), className="count-line", **dashed(data_count="present"))
    all_ = html.Button(
        say("meetings.all_present"), type="button", className="button", id="present-all", **dashed(data_all="present")
    )
    entries = [count, html.Div(boxes, className="check-grid"), html.Div(all_, className="button-row")]
    form = change(seen, "present", entries, title, blank={"present": []})
    return [elements.section(title, [form])]


def present_count(seen: Sitting) -> str:
    """Return how many are present, in all and by sector."""
    say, there = seen.context.words.say, seen.record.present
    counts = Counter(m.sector for m in there)
    sectors = [f"{say('group.sector.' + key)} {counts[key]}" for key in SECTORS if counts[key]]
    said = say("meetings.present_count", n=len(there), all=len(seen.record.members))
    return f"{said}: {joined(say, sectors)}" if sectors else said


def choice(seen: Sitting) -> list[Any]:
    """Return the form that chooses which proposals of the department are under review."""
    say, title = seen.context.words.say, seen.context.words.say("meetings.under_review")
    if not seen.may_change:
        return []
    chosen, known = set(seen.meeting.proposals), identities(seen.context.store)
    boxes = [
        fields.check(
            "review", "proposals", p.id, p.id in chosen,
            [identity.named(known[p.id], html.B(elements.own(p.name))), html.Span(_about(seen, p), className="second")],
            # a decision that is kept stands on it
            {"disabled": p.id in chosen and seen.decision(p.id) is not None},
        )
        for p in sorted(seen.proposals.values(), key=lambda p: (p.id not in chosen, p.phase, p.name))
    ]  # fmt: skip
    if not boxes:
        return [elements.section(title, [html.P(say("meetings.no_proposals_kept"))])]
    form = change(seen, "review", [html.Div(boxes, className="check-grid")], title, blank={"proposals": []})
    return [elements.section(title, [form], say("meetings.under_review_note"))]


def _about(seen: Sitting, proposal: Any) -> str:
    say = seen.context.words.say
    state = say(f"records.state.{proposal.state}")
    decided = f" · {say('meetings.has_decision')}" if seen.decision(proposal.id) is not None else ""
    return say("meetings.phase_state", phase=proposal.phase, state=state) + decided


def weights(seen: Sitting) -> list[Any]:
    """Return the weights agreed for the criteria, those of the programme until the group agrees on its own."""
    words, title = seen.context.words, seen.context.words.say("meetings.weights")
    agreed = seen.meeting.weights
    if seen.is_cancelled:
        return []
    note = words.say("meetings.weights_agreed" if agreed else "meetings.weights_default")
    if not seen.may_change:
        items = [
            html.Li(f"{words.say(f'criterion.{key}.name')}: {words.number(value, 1)}")
            for key, value in in_order(agreed, load_criteria())
        ]
        return [elements.section(title, [html.Ul(items, className="read-points weights-read")] if items else [], note)]
    entries = [
        fields.number(
            "weights", "weights", key, words.say(f"criterion.{key}.name"), agreed.get(key, item.weight), MOST_WEIGHT,
            WEIGHT_STEP,
        )
        for key, item in load_criteria().items()
    ]  # fmt: skip
    form = change(seen, "weights", [html.Div(entries, className="weight-grid")], title, blank={"weights": {}})
    return [elements.section(title, [form], note)]


def next_agenda(seen: Sitting) -> list[Any]:
    """Return the tentative agenda for the next meeting, without which none is closed."""
    say, title = seen.context.words.say, seen.context.words.say("meetings.next_agenda")
    if seen.is_planned or seen.is_cancelled:
        return []
    if not seen.may_change:
        return [elements.section(title, [elements.written(seen.meeting.next_agenda, say("acta.no_next"))])]
    list_ = fields.items("next", "next_agenda", say("meetings.points"), seen.meeting.next_agenda)
    form = change(seen, "next", [list_], title, blank={"next_agenda": []})
    return [elements.section(title, [form], say("meetings.next_agenda_note"))]


def note(seen: Sitting) -> list[Any]:
    """Return the note of the meeting, which stands in the acta."""
    say, title = seen.context.words.say, seen.context.words.say("meetings.note")
    if not seen.may_change:
        text = seen.meeting.note
        return [elements.section(title, [html.P(text, className="written", dir="auto")])] if text else []
    room = fields.area("note", "note", say("meetings.note_label"), seen.meeting.note, rows=4)
    return [elements.section(title, [change(seen, "note", [room], title)])]


PARTS: dict[MeetingsPart, Callable[[Sitting], list[Any]]] = {
    MeetingsPart.HEAD: head,
    MeetingsPart.LACKING: steps.lacking,
    MeetingsPart.ROOM: room.controls,
    MeetingsPart.ROOM_PEOPLE: room.people,
    MeetingsPart.WHEN: session.when,
    MeetingsPart.SESSION: session.session,
    MeetingsPart.PRESENT: present,
    MeetingsPart.GUESTS: session.guests,
    MeetingsPart.AGENDA: agenda,
    MeetingsPart.PREVIOUS: minutes.previous,
    MeetingsPart.DEVELOPMENT: minutes.development,
    MeetingsPart.REVIEW: choice,
    MeetingsPart.PROPOSALS: review.cards,
    MeetingsPart.COMPARISON: review.comparisons,
    MeetingsPart.WEIGHTS: weights,
    MeetingsPart.OWN_CRITERIA: own_criteria.own,
    MeetingsPart.AGREEMENTS: minutes.agreements,
    MeetingsPart.NEXT: next_agenda,
    MeetingsPart.NOTE: note,
    MeetingsPart.CORRECTIONS: corrections.corrections,
}
