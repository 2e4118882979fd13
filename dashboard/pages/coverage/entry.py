"""Answer what is entered by hand: one FOCAS score, one QSIP stage, each new or a correction of what was seen."""

from dataclasses import dataclass
from typing import Any

from dashboard.pages.coverage.tools import government_name
from dashboard.pages.kit import outcomes
from dashboard.pages.kit.outcomes import ValueWords
from dashboard.pages.kit.protocol import FormRequest
from dashboard.records.core import RecordsError, Words
from dashboard.records.tracking import focas, qsip
from dashboard.web.request import RequestContext


@dataclass(frozen=True)
class Found:
    """What is kept of something that can be entered: the values of the fields, its version, and a line about it."""

    values: tuple[Any, ...]
    version: int | None
    line: str


def shown_in(words: Words) -> ValueWords:
    """Return what says a field of a score or a stage in words, for two versions side by side."""
    rooms = {"round": "focas.round", "area": "focas.area"}

    def show(field: str, value: Any) -> str:
        if field in rooms:
            return words.say(f"{rooms[field]}.{value}")
        return words.number(value, 1) if isinstance(value, float) else str(value)

    return show


def score_name(government: Any, round: Any, area: Any) -> str:
    """Return the name of a score that can be entered, for what is typed of it."""
    return f"{government}/{round}/{area}"


def stage_name(cluster: Any, cycle: Any, stage: Any) -> str:
    """Return the name of a stage that can be entered, for what is typed of it."""
    return f"{cluster}/{cycle}/{stage}"


def _figure(text: Any) -> Any:
    """Return the number of a box for numbers, as browsers write it; what is none stays, for the record to refuse."""
    try:
        return float(text)
    except (TypeError, ValueError):
        return text


def find_score(context: RequestContext, government: Any, round: Any, area: Any) -> Found:
    """Return points, day and note kept of a government, round and area; empty fields where there is none."""
    say = context.words.say
    try:
        own = focas.scores(context.store, context.actor, [government] if isinstance(government, str) else [])
    except RecordsError:
        own = ()
    score = next((s for s in own if (s.round, s.area) == (round, area)), None)
    if score is None:
        return Found((None, None, ""), None, say("coverage.form.no_score"))
    points = context.words.number(score.points, 1)
    line = say("coverage.form.has_score", points=points, day=context.words.short_day(score.measured_on))
    return Found((score.points, score.measured_on.isoformat(), score.note), score.version, line)


def find_stage(context: RequestContext, cluster: Any, cycle: Any, stage: Any) -> Found:
    """Return day and note kept of a stage; empty fields where there is none."""
    say = context.words.say
    try:
        own = qsip.stages(context.store, context.actor, cluster) if isinstance(cluster, str) else ()
    except RecordsError:
        own = ()
    kept = next((s for s in own if (s.cycle, s.stage) == (cycle, stage)), None)
    if kept is None:
        return Found((None, ""), None, say("coverage.form.no_stage"))
    line = say("coverage.form.has_stage", day=context.words.short_day(kept.done_on))
    return Found((kept.done_on.isoformat(), kept.note), kept.version, line)


def save_score(request: FormRequest, context: RequestContext) -> list[Any]:
    """Keep one score; return what is said of it. Raises RecordsError."""
    values: dict[str, Any] = dict(zip(("government", "round", "area"), _subject(request, 3), strict=True))
    values |= {name: request.values.get(name) or None for name in ("points", "measured_on")}
    values |= {"points": _figure(values["points"]), "note": request.values.get("note") or ""}
    score = focas.enter(context.store, context.actor, values, version=request.version, key=request.key)
    name = government_name(score.government, context.store, context.words)
    points = context.words.number(score.points, 1)
    area = context.words.say(f"focas.area.{score.area}")
    return [outcomes.done(context.words.say("coverage.form.score_kept", government=name, area=area, points=points))]


def save_stage(request: FormRequest, context: RequestContext) -> list[Any]:
    """Keep one stage; return what is said of it. Raises RecordsError."""
    cluster, cycle, stage = _subject(request, 3)
    values = {"cycle": cycle, "stage": stage, "done_on": request.values.get("done_on") or None}
    values |= {"note": request.values.get("note") or ""}
    made = qsip.enter(context.store, context.actor, cluster, values, version=request.version, key=request.key)
    day = context.words.day(made.done_on)
    return [outcomes.done(context.words.say("coverage.form.stage_kept", cycle=made.cycle, stage=made.stage, day=day))]


def _subject(request: FormRequest, parts: int) -> list[str]:
    """Return of what a form speaks, as it was named (:func:`score_name`, :func:`stage_name`); blanks for garbage."""
    named = request.subject.split("/")
    return named if len(named) == parts else [""] * parts
