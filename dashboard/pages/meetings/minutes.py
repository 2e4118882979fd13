"""Show what the minutes of a meeting are made of: the act before, what was said on each point, and the agreements."""

from typing import Any

from dash import html

from dashboard.pages.kit import elements, fields, forms
from dashboard.pages.kit.elements import dashed
from dashboard.pages.meetings.session import LONGEST_LINE, change
from dashboard.pages.meetings.sitting import Sitting
from dashboard.records.meetings import PENDING, READINGS, STANDINGS, Numbered

NEW = "agreement-new"


def previous(seen: Sitting) -> list[Any]:
    """Return the reading of the act before and the agreements of before that are open: with them a meeting begins."""
    say, before = seen.context.words.say, seen.record.before
    if seen.is_cancelled or (before is None and not seen.record.pending):
        return []
    title = say("sitting.previous")
    parts: list[Any] = []
    if before is not None and not seen.is_planned:
        parts.append(_reading(seen, before.act) if seen.may_change else _read_out(seen, before.act))
    if seen.record.pending:
        parts.append(html.H4(say("sitting.pending", n=len(seen.record.pending))))
        may = seen.may_follow and not seen.is_closed
        parts += [_standing(seen, found, may, told=True) for found in seen.record.pending]
    return [elements.section(title, parts)] if parts else []


def _reading(seen: Sitting, act: str) -> html.Form:
    say, meeting = seen.context.words.say, seen.meeting
    choices = [(key, say(f"sitting.reading.{key}")) for key in READINGS]
    entries = [
        fields.radios("previous", "previous_act", say("sitting.reading_of", act=act), choices, meeting.previous_act),
        fields.area("previous", "previous_note", say("sitting.previous_note"), meeting.previous_note, rows=2),
    ]
    return change(seen, "previous", entries, say("sitting.previous"), blank={"previous_act": ""})


def _read_out(seen: Sitting, act: str) -> html.Div:
    say, meeting = seen.context.words.say, seen.meeting
    reading = say(f"sitting.reading.{meeting.previous_act}") if meeting.previous_act else say("sitting.not_said")
    note = [html.P(meeting.previous_note, className="written", dir="auto")] if meeting.previous_note else []
    return html.Div([html.P(f"{say('sitting.reading_of', act=act)}: {reading}"), *note])


def development(seen: Sitting) -> list[Any]:
    """Return what was said on each point of the agenda, as it is written or as it is read."""
    say, title, meeting = seen.context.words.say, seen.context.words.say("sitting.development"), seen.meeting
    if seen.is_planned or seen.is_cancelled or not meeting.agenda:
        return []
    if not seen.may_change:
        told = [
            html.Li([html.B(point), html.P(meeting.development[point], className="written", dir="auto")])
            for point in meeting.agenda
            if meeting.development.get(point)
        ]
        return [elements.section(title, [html.Ul(told, className="read-points")])] if told else []
    points = tuple(dict.fromkeys(meeting.agenda))
    entries = [
        fields.entry("development", "development", point, f"{n}. {point}", meeting.development.get(point, ""), n)
        for n, point in enumerate(points, start=1)
    ]
    form = change(seen, "development", entries, title, blank={"development": {}})
    return [elements.section(title, [form], say("sitting.development_note"))]


def agreements(seen: Sitting) -> list[Any]:
    """Return the numbered agreements, each with the form that changes it or follows it, and that of a new one."""
    say, title = seen.context.words.say, seen.context.words.say("sitting.agreements")
    if seen.is_planned or seen.is_cancelled:
        return []
    listed = [_agreement(seen, found) for found in seen.agreements]
    if not listed and not seen.may_decide:
        return []
    new = []
    if seen.may_decide:
        form = forms.form(
            "agreement", _fields(seen, NEW, None), say("sitting.agreement_add"), name=NEW,
            title=say("sitting.agreement_new"), primary=not listed,
        )  # fmt: skip
        new = [html.H4(say("sitting.agreement_new")), form]
    return [elements.section(title, [*listed, *new], say("sitting.agreements_note"), class_name="part agreements")]


def _agreement(seen: Sitting, found: Numbered) -> Any:
    if not seen.may_decide:
        return _standing(seen, found, seen.may_follow)
    say, agreement = seen.context.words.say, found.agreement
    name = f"agreement-{agreement.id}"
    form = forms.form(
        "agreement", _fields(seen, name, found), say("meetings.save"), name=name,
        title=say("sitting.agreement", number=found.number), subject=agreement.id, version=agreement.version,
    )  # fmt: skip
    out = forms.form(
        "no_agreement", [], say("sitting.agreement_out"), name=f"out-{agreement.id}", subject=agreement.id,
        version=agreement.version, kept=False,
    )  # fmt: skip
    fold = html.Details(
        [html.Summary(say("sitting.agreement_change")), form, out], className="folded", id=f"fold-{name}"
    )
    return html.Div([*_told(seen, found, told=False), fold], className="agreement")


def _fields(seen: Sitting, form: str, found: Numbered | None) -> list[Any]:
    say, agreement = seen.context.words.say, found.agreement if found else None
    due = agreement.due_on.isoformat() if agreement and agreement.due_on else ""
    return [
        fields.area(form, "text", say("sitting.agreement_text"), agreement.text if agreement else "", rows=2),
        html.Div(
            [
                fields.line(form, "responsible", say("sitting.responsible"), agreement.responsible if agreement else "",
                            say("sitting.responsible_hint"), maxlength=LONGEST_LINE),
                fields.day(form, "due_on", say("sitting.due_on"), due),
            ],
            className="even",
        ),
    ]  # fmt: skip


def _told(seen: Sitting, found: Numbered, told: bool) -> list[Any]:
    """What was agreed, who answers for it, by when, and how it stands; `told`: with the act that has it."""
    words, agreement = seen.context.words, found.agreement
    say, late = words.say, agreement.is_late(seen.context.store.today)
    name = say("sitting.agreement_of", number=found.number, act=found.act) if told else say(
        "sitting.agreement", number=found.number
    )  # fmt: skip
    due = words.day(agreement.due_on) if agreement.due_on else say("sitting.no_due")
    about: list[str] = [agreement.responsible, due]
    state = html.Span(say(f"sitting.standing.{agreement.state}"), className=f"state-mark standing-{agreement.state}")
    overdue: list[Any] = [" ", html.Span(say("sitting.late"), className="caution")] if late else []
    progress = [html.P(agreement.progress, className="written muted", dir="auto")] if agreement.progress else []
    return [
        html.P([html.B(f"{name}."), " ", html.Bdi(agreement.text)], className="written"),
        html.P([" · ".join(filter(None, about)), " ", state, *overdue], className="about"),
        *progress,
    ]


def _standing(seen: Sitting, found: Numbered, may: bool, told: bool = False) -> html.Div:
    """An agreement, with the form that tells how it stands for whoever may."""
    say, agreement = seen.context.words.say, found.agreement
    if not may:
        return html.Div(_told(seen, found, told), className="agreement")
    name = f"follow-{agreement.id}"
    choices = [(key, say(f"sitting.standing.{key}")) for key in STANDINGS]
    state = agreement.state if agreement.state in STANDINGS else PENDING
    entries = [
        fields.radios(name, "state", say("sitting.stands"), choices, state),
        fields.area(name, "progress", say("sitting.progress"), agreement.progress, rows=1),
    ]
    title = say("sitting.agreement_of", number=found.number, act=found.act)
    form = forms.form(
        "follow", entries, say("sitting.follow"), name=name, title=title, subject=agreement.id,
        version=agreement.version, blank={"state": ""},
    )  # fmt: skip
    fold = html.Details([html.Summary(say("sitting.follow_fold")), form], className="folded", id=f"fold-{name}")
    return html.Div([*_told(seen, found, told), fold], className="agreement", **dashed(aria_label=title))
