"""FOCAS scores: how able each government is, by functional area, at the baseline, at mid-point and at the end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Annotated

from pydantic import PlainValidator, ValidationInfo

from dashboard.records.core import (
    Actor,
    BadInput,
    Command,
    Conflict,
    Fault,
    Form,
    Kind,
    Note,
    ScoreRow,
    Store,
    Transaction,
    allow,
    allow_somewhere,
    carry_out,
    exists,
    governments,
    history,
    validation,
)
from geodata.model import Territory

MOST_SHOWN = 80  # letters of what was sent, told back


@dataclass(frozen=True, slots=True)
class FocasScore:
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
        """The code of the department that the government lies in."""
        return self.government[:2]


SCORE = Kind("focas", FocasScore, ScoreRow)


def _government(value: object, info: ValidationInfo) -> str:
    """Return the code of a government, given by it or by its name; a fault where it says none, or several."""
    territory: Territory = validation.context(info)["territory"]
    if isinstance(value, str) and exists(value, territory):
        return value
    if value is None or (isinstance(value, str) and not value.strip()):
        raise validation.fault("empty")
    found = governments.named(value, territory) if isinstance(value, str) else ()
    if len(found) == 1:
        return found[0]
    shown = str(value)[:MOST_SHOWN]
    if found:
        either = governments.as_words(found, territory)
        raise validation.whole_fault("government_either", value=shown, governments=either)
    raise validation.whole_fault("unknown_government", value=shown)


class ScoreForm(Form):
    """What is sent of a score.

    It is read with the `territory`, `today` and what the programme says: `rounds`, `areas`, `lowest` and `highest`.
    """

    government: Annotated[str, PlainValidator(_government)]
    round: Annotated[str, validation.chosen("rounds")]
    area: Annotated[str, validation.chosen("areas")]
    points: Annotated[float, validation.real("lowest", "highest")]
    measured_on: Annotated[date, validation.day(required=True, latest="today")]
    note: Note = ""


def clean(store: Store, values: Mapping[str, object], row: int | None = None) -> FocasScore:
    """Return a score, version 0, from what was sent. Raises BadInput with all faults."""
    programme = store.programme
    read = ScoreForm.read(
        {name: value for name, value in values.items() if name in ScoreForm.model_fields},
        row,
        territory=store.dataset.territory,
        today=store.today,
        rounds=programme.rounds,
        areas=programme.areas,
        lowest=programme.lowest,
        highest=programme.highest,
    )
    return FocasScore(id=f"{read.government}.{read.round}.{read.area}", version=0, **read.values())


@dataclass(frozen=True)
class EnterScore(Command):
    """Keep one score, or change it."""

    action = "enter"
    values: Mapping[str, object]
    version: int | None


@dataclass(frozen=True)
class EnterScores(Command):
    """Keep the scores of a spreadsheet."""

    action = "enter_all"


def enter(
    store: Store, actor: Actor, values: Mapping[str, object], *, version: int | None = None, key: str | None = None
) -> FocasScore:
    """Keep one score: a new one with `version` None, else a changed one.

    Raises Refused, BadInput; Conflict when there is one already, or another version of it.
    """
    allow_somewhere(actor, "focas.enter")
    score = clean(store, values)
    allow(actor, "focas.enter", score.department)

    def work(transaction: Transaction) -> FocasScore:
        if (before := transaction.answered(SCORE)) is not None:
            return before
        if version is None and transaction.session.get(ScoreRow, score.id) is None:
            return transaction.add(SCORE, score)
        current = transaction.load(SCORE, score.id)
        if version is None:
            raise Conflict(score, current)
        return transaction.change(SCORE, current, version, lambda _: score)

    return carry_out(store, actor, EnterScore(values, version), work, key)


def _instead(score: FocasScore, _: FocasScore) -> FocasScore:
    """Put a score in the place of another."""
    return score


def same(kept: FocasScore, score: FocasScore) -> bool:
    """Tell whether a score says what is kept, whatever its version."""
    return replace(kept, version=0) == replace(score, version=0)


def allow_all(actor: Actor, scores: Iterable[FocasScore]) -> None:
    """Raise Refused unless an actor may enter all of some scores."""
    for department in sorted({score.department for score in scores}):
        allow(actor, "focas.enter", department)


def enter_all(
    store: Store,
    actor: Actor,
    rows: Sequence[tuple[int, FocasScore]],
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

    def work(transaction: Transaction) -> int:
        faults: list[Fault] = []
        kept = 0
        for number, score in rows:
            row = transaction.session.get(ScoreRow, score.id, with_for_update=True)
            current = None if row is None else history.from_row(SCORE, row)
            version = 0 if current is None else current.version
            if seen is not None and seen.get(score.id) != version:
                faults.append(Fault("records.fault.changed_since", {"id": score.id}, number))
            elif current is None:
                transaction.add(SCORE, score)
            elif same(current, score):
                continue
            elif replace_kept or seen is not None:
                transaction.change(SCORE, current, current.version, partial(_instead, score))
            else:
                faults.append(Fault("records.fault.already_kept", {"points": current.points, "id": score.id}, number))
            kept += 1
        if faults:
            raise BadInput(tuple(faults))
        return kept

    return carry_out(store, actor, EnterScores(), work)


def scores(store: Store, actor: Actor, governments: Sequence[str] | None = None) -> tuple[FocasScore, ...]:
    """Return the scores of governments, all where None. Raises Refused."""
    allow(actor, "focas.read")
    codes = [code for code in governments or () if exists(code, store.dataset.territory)]
    conditions = () if governments is None else (ScoreRow.government.in_(codes),)
    with store.reading() as session:
        return history.every(session, SCORE, *conditions)


def means(scores: Sequence[FocasScore]) -> dict[tuple[str, str], float]:
    """Return the mean of a government's areas by (government, round), over the areas that have a score."""
    grouped: dict[tuple[str, str], list[float]] = {}
    for score in scores:
        grouped.setdefault((score.government, score.round), []).append(score.points)
    return {key: sum(points) / len(points) for key, points in grouped.items()}
