"""Show a meeting as its act begins: number, hours, who presides, who keeps the minutes, quorum and guests."""

from typing import Any

from dash import html

from dashboard.pages.kit import elements, fields, forms
from dashboard.pages.meetings.sitting import Sitting
from dashboard.records.meetings import KINDS, MOST_GUESTS

SPARE_ROWS = 2  # for guests to come
GUEST = ("name", "institution", "office", "dni")
LONGEST_LINE = 200


def change(seen: Sitting, form: str, children: list[Any], title: str, **more: Any) -> html.Form:
    """Return a form that changes fields of the meeting."""
    return forms.form(
        "change", children, seen.context.words.say("meetings.save"), name=form, title=title, subject=seen.id,
        version=seen.meeting.version, **more,
    )  # fmt: skip


def when(seen: Sitting) -> list[Any]:
    """Return the form of what kind of meeting it is, when and where; of a closed meeting these stand in its head."""
    say, meeting = seen.context.words.say, seen.meeting
    if not seen.may_change:
        return []
    title, year = say("meetings.when"), meeting.held_on.year
    kinds = [(key, say(f"sitting.kind.{key}")) for key in KINDS]
    entries = [fields.choice("when", "kind", say("sitting.kind_is"), kinds, meeting.kind)]
    if not seen.is_planned:  # a planned one is moved, with a reason
        entries.append(
            fields.day(
                "when", "held_on", say("meetings.held_on"), meeting.held_on.isoformat(),
                say("meetings.same_year", year=year), min=f"{year}-01-01", max=f"{year}-12-31",
            )
        )  # fmt: skip
    entries += [
        fields.line("when", "called_for", say("sitting.called_for"), meeting.called_for, kind="time"),
        fields.line("when", "place", say("meetings.place"), meeting.place, maxlength=LONGEST_LINE),
    ]
    return [elements.section(title, [change(seen, "when", [html.Div(entries, className="even")], title)])]


def session(seen: Sitting) -> list[Any]:
    """Return the number of the act, hours, who presides, who is secretary, and the quorum."""
    say, title = seen.context.words.say, seen.context.words.say("sitting.session")
    if seen.is_planned or seen.is_cancelled:
        return []
    facts = [html.P([say("sitting.act"), " ", html.B(seen.record.act)]), *_quorum(seen)]
    if not seen.may_change:
        return [elements.section(title, [*facts, *_read(seen)])]
    meeting = seen.meeting
    chairs = [("", say("sitting.nobody_yet")), *((m.id, m.name) for m in seen.record.present)]
    if meeting.presides and all(id_ != meeting.presides for id_, _ in chairs) and seen.record.chair:
        chairs.append((meeting.presides, seen.record.chair.name))
    entries = [
        fields.line("session", "began_at", say("sitting.began_at"), meeting.began_at, kind="time"),
        fields.line("session", "ended_at", say("sitting.ended_at"), meeting.ended_at, kind="time"),
        fields.choice("session", "presides", say("sitting.presides"), chairs, meeting.presides,
                      say("sitting.presides_hint")),
        fields.line("session", "secretary", say("sitting.secretary"), meeting.secretary, maxlength=LONGEST_LINE),
        fields.line("session", "secretary_office", say("sitting.secretary_office"), meeting.secretary_office,
                    maxlength=LONGEST_LINE),
    ]  # fmt: skip
    reason = []
    if len(seen.record.present) < (seen.record.quorum or 0) or meeting.quorum_reason:
        reason = [fields.area("session", "quorum_reason", say("sitting.quorum_reason"), meeting.quorum_reason, rows=2)]
    return [elements.section(title, [*facts, change(seen, "session", [_even(entries), *reason], title)])]


def _even(entries: list[Any]) -> html.Div:
    return html.Div(entries, className="even")


def _quorum(seen: Sitting) -> list[html.P]:
    """How many make a quorum and whether they are there."""
    say, needed, there = seen.context.words.say, seen.record.quorum, len(seen.record.present)
    if needed is None or not seen.record.members:
        return []
    held = there >= needed
    text = say("sitting.quorum" if held else "sitting.no_quorum", n=there, all=len(seen.record.members), needed=needed)
    mark = elements.sign("✓" if held else "✗")
    return [html.P([mark, " ", text], className=f"quorum {'pass' if held else 'fail'}")]


def _read(seen: Sitting) -> list[Any]:
    say, meeting, chair = seen.context.words.say, seen.meeting, seen.record.chair
    told = [
        (say("sitting.began_at"), meeting.began_at),
        (say("sitting.ended_at"), meeting.ended_at),
        (say("sitting.presides"), (chair.name or chair.institution) if chair else ""),
        (say("acta.secretary"), ", ".join(filter(None, (meeting.secretary, meeting.secretary_office)))),
        (say("sitting.quorum_reason"), meeting.quorum_reason),
    ]
    return [html.P([f"{name}: ", html.Bdi(text)]) for name, text in told if text]


def guests(seen: Sitting) -> list[Any]:
    """Return those who were invited: rows to fill, some of them spare, or the list of those who came."""
    say, title, invited = seen.context.words.say, seen.context.words.say("sitting.guests"), seen.meeting.guests
    if seen.is_planned or seen.is_cancelled:
        return []
    if not seen.may_change:
        names = [html.Li(" · ".join(filter(None, (g["name"], g["office"], g["institution"])))) for g in invited]
        return [elements.section(title, [html.Ul(names, className="read-points")])] if names else []
    rows = [*invited, *([{}] * SPARE_ROWS)][:MOST_GUESTS]
    entries = [
        html.Fieldset(
            [
                html.Legend(say("sitting.guest", n=n + 1)),
                *(
                    fields.cell("guests", f"guest_{part}", str(n), say(f"sitting.guest_{part}"), row.get(part, ""),
                                maxlength=LONGEST_LINE)
                    for part in GUEST
                ),
            ],
            className="even guest",
        )
        for n, row in enumerate(rows)
    ]  # fmt: skip
    blank: dict[str, Any] = {f"guest_{part}": {} for part in GUEST}
    form = change(seen, "guests", entries, title, blank=blank)
    fold = html.Details(
        [html.Summary(say("sitting.guests_fold", n=len(invited))), form], className="folded", id="fold-guests"
    )
    return [elements.section(title, [fold], say("sitting.guests_note"))]
