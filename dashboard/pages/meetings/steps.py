"""Show the next step of a meeting: to open it, to move or cancel it, to take its opening back, to close it."""

from typing import Any

from dash import html

from dashboard.clusters.writing import joined
from dashboard.pages.kit import elements, fields, forms
from dashboard.pages.kit.elements import dashed
from dashboard.pages.meetings.sitting import Sitting
from dashboard.records.meetings import Member, meetings, unsaid


def lacking(seen: Sitting) -> list[Any]:
    """Return what can be done with the meeting as a whole, and all that is lacking before it can be closed."""
    say = seen.context.words.say
    if seen.is_cancelled:
        return _cancelled(seen)
    if not seen.may_change:
        return [html.P(say("meetings.read_only"), className="muted")] if not seen.is_closed else []
    if seen.is_planned:
        form = step(seen, "open", say("meetings.open"), primary=True)
        parts = [form, _move(seen), _cancel(seen)]
        opening = elements.section(say("meetings.to_open"), parts, say("meetings.to_open_note"), "part step")
        return [opening, *_letters(seen)]
    faults = meetings.lacking(seen.context.store, seen.context.actor, seen.id)
    listed = [_checked("✗", say("meetings.still"), seen.context.words.fault(fault), "fail") for fault in faults]
    if not listed:
        listed = [_checked("✓", "", say("meetings.nothing_lacking"), "pass")]
    if by_hand := unsaid(seen.meeting, seen.record.before is not None):
        names = joined(say, [say(f"records.field.{name}") for name in by_hand])
        listed.append(_checked("!", "", say("sitting.by_hand", names=names), "warn"))
    sure = html.Details(
        [
            html.Summary(say("meetings.close_fold")),
            html.P(say("meetings.close_for_good"), className="for-good"),
            step(seen, "close", say("meetings.close"), disabled=bool(faults)),
        ],
        className="sure", id="fold-close",
    )  # fmt: skip
    rules = html.Ul(listed, className="rules")
    return [elements.section(say("meetings.to_close"), [rules, sure, *_undo(seen)], class_name="part step")]


def _checked(sign: str, word: str, text: str, status: str) -> html.Li:
    hidden = [elements.hidden(f"{word} ")] if word else []
    body = html.Div([*hidden, text], className="rule-text")
    return html.Li([elements.sign(sign), body], className=f"rule {status}")


def step(seen: Sitting, does: str, submit: str, primary: bool = False, disabled: bool = False) -> html.Form:
    """Return a form of one button that does something with the meeting as a whole."""
    return forms.form(
        does, [], submit, name=does, subject=seen.id, version=seen.meeting.version, primary=primary, kept=False,
        disabled=disabled, clean="yes",
    )  # fmt: skip


def _letters(seen: Sitting) -> list[Any]:
    """The letters by which the members are called: all in one file, or one by one."""
    say, file = seen.context.words.say, f"/reuniones/{seen.id}/convocatoria.docx"
    if not seen.record.members:
        return []
    each = [html.Li([html.Bdi(m.name), " · ", _letter(seen, m, file)]) for m in seen.record.members]
    fold = html.Details(
        [html.Summary(say("sitting.summons_each")), html.Ul(each, className="read-points")], id="fold-letters"
    )
    all_ = html.P(elements.link(say("sitting.summons_all"), file))
    return [elements.section(say("sitting.summons_letters"), [all_, fold], say("sitting.summons_note"))]


def _letter(seen: Sitting, member: Member, file: str) -> html.A:
    say = seen.context.words.say
    named = dashed(aria_label=say("sitting.summons_of", name=member.name))
    return elements.link(say("sitting.summons"), f"{file}?integrante={member.id}", "inline-link", **named)


def _fold(seen: Sitting, does: str, children: list[Any]) -> html.Details:
    """Return a step that needs a reason, folded away."""
    say = seen.context.words.say
    form = forms.form(
        does, children, say(f"sitting.{does}"), name=does, title=say(f"sitting.{does}"), subject=seen.id,
        version=seen.meeting.version,
    )  # fmt: skip
    return html.Details([html.Summary(say(f"sitting.{does}_fold")), form], className="sure", id=f"fold-{does}")


def _reason(seen: Sitting, form: str) -> html.Div:
    return fields.area(form, "reason", seen.context.words.say("sitting.reason"), rows=2)


def _move(seen: Sitting) -> html.Details:
    say, meeting = seen.context.words.say, seen.meeting
    year = meeting.held_on.year
    entries = [
        fields.day(
            "move", "held_on", say("meetings.held_on"), meeting.held_on.isoformat(),
            say("meetings.same_year", year=year), min=f"{year}-01-01", max=f"{year}-12-31",
        ),
        fields.line("move", "called_for", say("sitting.called_for"), meeting.called_for, kind="time"),
    ]  # fmt: skip
    return _fold(seen, "move", [html.Div(entries, className="two"), _reason(seen, "move")])


def _cancel(seen: Sitting) -> html.Details:
    note = html.P(seen.context.words.say("sitting.cancel_note"), className="muted")
    return _fold(seen, "cancel", [note, _reason(seen, "cancel")])


def _undo(seen: Sitting) -> list[html.Details]:
    """Taking the opening back, as long as nothing was decided."""
    say = seen.context.words.say
    if seen.record.decisions or seen.record.agreements:
        return []
    note = html.P(say("sitting.undo_note"), className="muted")
    form = step(seen, "undo", say("sitting.undo"))
    return [html.Details([html.Summary(say("sitting.undo_fold")), note, form], className="sure", id="fold-undo")]


def _cancelled(seen: Sitting) -> list[Any]:
    say = seen.context.words.say
    why = meetings.reason_of(seen.context.store, seen.context.actor, seen.id)
    told = [html.P([say("sitting.cancelled_why"), " ", html.Bdi(why)])] if why else []
    form = [step(seen, "restore", say("sitting.restore"))] if seen.may_run else []
    return [elements.section(say("sitting.cancelled"), [*told, *form], class_name="part step")]
