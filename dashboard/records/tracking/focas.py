"""FOCAS scores: how able each government is, by functional area, at the baseline, at mid-point and at the end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.records.core import (
    MOST_NOTE,
    Actor,
    BadInput,
    Conflict,
    Deed,
    Door,
    Fault,
    Kind,
    ScoreRow,
    Store,
    allow,
    allow_somewhere,
    exists,
    governments,
    history,
)
from geodata.model import Territory

MOST_SHOWN = 80  # letters of what was sent, told back


@dataclass(frozen=True, slots=True)
class Score:
    """Points of one government (its code) in one round and area, on the scale of `programme.toml`."""

    id: str
    version: int
    government: str
    round: str
    area: str
    points: float
    measured_on: date
    note: str = ""

    @property
    def department(self) -> str:
        return self.government[:2]


SCORE = Kind("focas", ScoreRow, Score)


def clean(store: Store, values: Mapping[str, object], row: int | None = None) -> Score:
    """Return a score, version 0, from what was sent. Raises BadInput with all faults."""
    door, programme = Door(row), store.programme
    government = _government(values.get("government"), store.dataset.territory, door)
    score = Score(
        id="",
        version=0,
        government=str(government),
        round=door.chosen("round", values.get("round"), programme.rounds),
        area=door.chosen("area", values.get("area"), programme.areas),
        points=door.real("points", values.get("points"), programme.lowest, programme.highest),
        measured_on=door.day("measured_on", values.get("measured_on"), required=True, latest=store.today),
        note=door.text("note", values.get("note"), MOST_NOTE, lines=True),
    )
    door.close()
    return replace(score, id=f"{score.government}.{score.round}.{score.area}")


def _government(value: object, territory: Territory, door: Door) -> object:
    """Return the code of a government, given by it or by its name; a fault where it says none, or several."""
    if exists(value, territory):
        return value
    if door.is_absent("government", value):
        return ""
    found = governments.named(value, territory) if isinstance(value, str) else ()
    if len(found) == 1:
        return found[0]
    if found:
        either = governments.as_words(found, territory)
        door.fault("government_either", value=str(value)[:MOST_SHOWN], governments=either)
    else:
        door.fault("unknown_government", value=str(value)[:MOST_SHOWN])
    return value


def enter(
    store: Store, actor: Actor, values: Mapping[str, object], *, version: int | None = None, key: str | None = None
) -> Score:
    """Keep one score: a new one with `version` None, else a changed one.

    Raises Refused, BadInput; Conflict when there is one already, or another version of it.
    """
    allow_somewhere(actor, "focas.enter")
    score = clean(store, values)
    allow(actor, "focas.enter", score.department)
    deed = Deed(store, actor, "enter", key, {"values": values, "version": version})
    return store.write(lambda session: _keep(session, deed, score, version))


def _keep(session, deed: Deed, score: Score, version: int | None) -> Score:
    if (before := history.repeated(session, deed, SCORE)) is not None:
        return before
    if version is None and session.get(ScoreRow, score.id) is None:
        return history.add(session, deed, SCORE, score)
    current = history.load(session, SCORE, score.id, lock=True)
    if version is None:
        raise Conflict(score, current)
    return history.change(session, deed, SCORE, current, version, lambda _: score)


def same(kept: Score, score: Score) -> bool:
    """Tell whether a score says what is kept, whatever its version."""
    return replace(kept, version=0) == replace(score, version=0)


def allow_all(actor: Actor, scores: Iterable[Score]) -> None:
    """Raise Refused unless an actor may enter all of some scores."""
    for department in sorted({score.department for score in scores}):
        allow(actor, "focas.enter", department)


def enter_all(
    store: Store,
    actor: Actor,
    rows: Sequence[tuple[int, Score]],
    *,
    replace_kept: bool = False,
    seen: Mapping[str, int] | None = None,
) -> int:
    """Keep scores read from a spreadsheet, all or none; return how many were new or changed.

    `rows` are (row number, score) as :func:`dashboard.records.tracking.intake.read_scores` gives them. A score that is
    kept with other points is a fault, unless `replace_kept`, or unless `seen` has the version of it that the person
    was shown, by id, 0 for none. Raises Refused, BadInput with all faults.
    """
    allow_all(actor, [score for _, score in rows])

    def work(session) -> int:
        deed, faults, kept = Deed(store, actor, "enter_all"), [], 0
        for number, score in rows:
            row = session.get(ScoreRow, score.id, with_for_update=True)
            current = None if row is None else history.from_row(SCORE, row)
            version = 0 if current is None else current.version
            if seen is not None and seen.get(score.id) != version:
                faults.append(Fault("records.fault.changed_since", {"id": score.id}, number))
            elif current is None:
                history.add(session, deed, SCORE, score)
            elif same(current, score):
                continue
            elif replace_kept or seen is not None:
                history.change(session, deed, SCORE, current, current.version, lambda _, new=score: new)
            else:
                faults.append(Fault("records.fault.already_kept", {"points": current.points, "id": score.id}, number))
            kept += 1
        if faults:
            raise BadInput(tuple(faults))
        return kept

    return store.write(work)


def scores(store: Store, actor: Actor, governments: Sequence[str] | None = None) -> tuple[Score, ...]:
    """Return the scores of governments, all where None. Raises Refused."""
    allow(actor, "focas.read")
    codes = [code for code in governments or () if exists(code, store.dataset.territory)]
    conditions = () if governments is None else (ScoreRow.government.in_(codes),)
    with store.reading() as session:
        return history.every(session, SCORE, *conditions)


def means(scores: Sequence[Score]) -> dict[tuple[str, str], float]:
    """Return the mean of a government's areas by (government, round), over the areas that have a score."""
    grouped: dict[tuple[str, str], list[float]] = {}
    for score in scores:
        grouped.setdefault((score.government, score.round), []).append(score.points)
    return {key: sum(points) / len(points) for key, points in grouped.items()}
