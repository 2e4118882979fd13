"""Answer what is entered by hand: one FOCAS score, one QSIP stage, each new or a correction of what was seen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.pages.coverage.tools import government_name
from dashboard.pages.kit import outcomes
from dashboard.pages.kit.outcomes import ValueWords
from dashboard.records.core import BadInput, Conflict, Fault, RecordsError, Words
from dashboard.records.tracking import Score, Stage, focas, qsip
from dashboard.web.request import RequestContext


@dataclass(frozen=True)
class Found:
    """What is kept of something that can be entered: the values of the fields, its version, and a line about it."""

    values: tuple[Any, ...]
    version: int | None
    line: str


@dataclass(frozen=True)
class Saved:
    """What came of saving: what is said, the version to go on from, whether something was kept."""

    said: Any
    version: int | None
    kept: bool


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


def figure(text: Any) -> Any:
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


def save_score(context: RequestContext, values: Mapping[str, Any], version: Any, key: Any) -> Saved:
    """Keep one score, or say why not."""

    def told(score: Score) -> str:
        name = government_name(score.government, context.store, context.words)
        return context.words.say(
            "coverage.form.score_kept", government=name, area=context.words.say(f"focas.area.{score.area}"),
            points=context.words.number(score.points, 1),
        )  # fmt: skip

    return _saved(
        context, lambda: focas.enter(context.store, context.actor, _clean(values), version=version, key=key), told
    )


def save_stage(context: RequestContext, cluster: Any, values: Mapping[str, Any], version: Any, key: Any) -> Saved:
    """Keep one stage, or say why not."""

    def told(stage: Stage) -> str:
        day = context.words.day(stage.done_on)
        return context.words.say("coverage.form.stage_kept", cycle=stage.cycle, stage=stage.stage, day=day)

    def save() -> Stage:
        if not isinstance(cluster, str):
            raise BadInput((Fault("records.fault.unknown_proposal", {}),))
        return qsip.enter(context.store, context.actor, cluster, _clean(values), version=version, key=key)

    return _saved(context, save, told)


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    """A field left empty in a browser comes as empty text or as nothing."""
    return {name: None if value == "" and name != "note" else value for name, value in values.items()}


def _saved(context: RequestContext, save: Callable[[], Any], told: Callable[[Any], str]) -> Saved:
    try:
        kept = save()
    except Conflict as error:
        words = context.words
        both = [
            outcomes.conflict(error, words, shown_in(words)),
            outcomes.hint(words.say("coverage.form.after_conflict")),
        ]
        return Saved(both, error.theirs.version, False)
    except RecordsError as error:
        return Saved(outcomes.refusal(error, context.words), None, False)
    return Saved(outcomes.done(told(kept)), kept.version, True)
