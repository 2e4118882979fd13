"""Show how the act of a closed meeting was put right or added to, and the form that does it."""

from typing import Any

from dash import html

from dashboard.pages.kit import elements, fields, forms
from dashboard.pages.meetings.sitting import Sitting
from dashboard.records.meetings import CORRECTIONS, ERRATUM, PLACES, Correction

FORM = "correct"


def corrections(seen: Sitting) -> list[Any]:
    """Return the corrections of a closed meeting, both versions of its act, and the form of one more."""
    say, made = seen.context.words.say, seen.record.corrections
    may = seen.context.may("meeting.correct", seen.meeting.department)
    if not seen.is_closed or not (made or may):
        return []
    listed: list[Any] = [html.Ul([_told(seen, one) for one in made], className="read-points")] if made else []
    if made:
        original = f"/reuniones/{seen.id}/acta.html?texto=original"
        listed.append(html.P(elements.link(say("sitting.original"), original, target="_blank")))
    fold = [_form(seen)] if may else []
    return [elements.section(say("sitting.corrections"), [*listed, *fold], say("sitting.corrections_note"))]


def _told(seen: Sitting, one: Correction) -> html.Li:
    words = seen.context.words
    kind = words.say(f"sitting.correction.{one.kind}", number=one.number, day=words.day(one.made_on))
    place = words.say(f"sitting.part_of_act.{one.place}")
    says = [html.P([html.B(words.say("acta.says")), " ", html.Bdi(one.says)])] if one.kind == ERRATUM else []
    key = "acta.should_say" if one.kind == ERRATUM else "acta.adds"
    return html.Li(
        [html.B(kind), f" · {place}", *says, html.P([html.B(words.say(key)), " ", html.Bdi(one.should_say)])],
        className="written",
    )


def _form(seen: Sitting) -> html.Details:
    say = seen.context.words.say
    kinds = [(key, say(f"sitting.correction_kind.{key}")) for key in CORRECTIONS]
    places = [(key, say(f"sitting.part_of_act.{key}")) for key in PLACES]
    entries = [
        fields.radios(FORM, "kind", say("sitting.correction_is"), kinds, ERRATUM),
        fields.choice(FORM, "place", say("sitting.correction_where"), places, PLACES[0]),
        fields.area(FORM, "says", say("sitting.says"), hint=say("sitting.says_hint"), rows=2),
        fields.area(FORM, "should_say", say("sitting.should_say"), rows=2),
    ]
    form = forms.form(
        "correct", entries, say("sitting.correct"), name=FORM, title=say("sitting.corrections"), subject=seen.id,
        blank={"kind": ""},
    )  # fmt: skip
    return html.Details([html.Summary(say("sitting.correct_fold")), form], className="folded", id="fold-correct")
