"""Read the criteria of a comparison and take their raw values from measures and judgements."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from dashboard.clusters.measures import MEASURES, Figure
from dashboard.clusters.model import SERVICES, Candidate
from geodata.shared import Unusable

CRITERIA_FILE = Path(__file__).with_name("criteria.toml")
JUDGEMENT_SCALE = (1, 5)
Columns = Mapping[str, np.ndarray]  # (n,) floats by key, NaN unknown
Criteria = Mapping[str, "Criterion"]  # by key, in their order
Judgements = Mapping[str, float | None]  # what a group gives a candidate, by criterion
_NUMBERS = ("zero_at", "hundred_at", "weight")


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is compared.

    `measure` is None for a judgement of the group (1 to 5); a `*` in it stands for each service the candidate works
    on. `weight` is the one offered at first. `among` counts the feasible candidates by whose spread the anchors are set
    (:mod:`dashboard.clusters.scoring.anchors`); 0 where they are the fixed ones. provinces: whether a province is
    chosen by it too.
    """

    key: str
    measure: str | None
    direction: str
    zero_at: float
    hundred_at: float
    weight: float
    among: int = 0
    provinces: bool = False

    @property
    def judged(self) -> bool:
        """Tell whether a group judges it."""
        return self.measure is None

    @property
    def unit(self) -> str:
        """Text key of its unit, without `unit.`."""
        return "judgement" if self.measure is None else MEASURES[named_measures(self.measure)[0]].unit

    @property
    def decimals(self) -> int:
        """Return how many decimals its raw values are shown with."""
        return 0 if self.measure is None else MEASURES[named_measures(self.measure)[0]].decimals

    @property
    def reason(self) -> str:
        """Text key of the sentence that says why it counts."""
        return f"criterion.{self.key}.reason"

    def raw(self, measures: Columns, services: frozenset[str]) -> np.ndarray:
        """Return (n,) the raw value of each row of measures.

        The mean over the services worked on where there are several, NaN where one is unknown, where none of them
        has a measure of it, and for what a group judges.
        """
        if self.measure is None:
            return np.full(len(next(iter(measures.values()))), np.nan)
        named = [measures[key] for key in named_measures(self.measure, services)]
        if not named:
            return np.full(len(next(iter(measures.values()))), np.nan)
        return sum(named[1:], named[0]) / len(named)

    def points_of(self, values: np.ndarray) -> np.ndarray:
        """Return 0-100 for each value: how far it lies from `zero_at` to `hundred_at`, clipped; NaN for NaN."""
        share = (values - self.zero_at) / (self.hundred_at - self.zero_at)
        return 100.0 * np.clip(share, 0.0, 1.0) + 0.0  # no minus zero

    def points(self, value: float) -> float:
        """Return the points of one known value."""
        return float(self.points_of(np.asarray(value)))


@lru_cache(maxsize=4)
def load_criteria(file: Path = CRITERIA_FILE) -> Mapping[str, Criterion]:
    """Read criteria by key from a file, in its order. Raises Unusable with all faults."""
    return read_criteria(tomllib.loads(Path(file).read_text("utf-8")))


def read_criteria(tree: Mapping[str, Any]) -> Mapping[str, Criterion]:  # TOML, of any shape until it is checked
    """Check a tree of criteria and return them by key. Raises Unusable with all faults."""
    faults = [fault for key, values in tree.items() for fault in _faults(key, values)]
    if not tree:
        faults.append("there are no criteria")
    if faults:
        raise Unusable(tuple(faults))
    return MappingProxyType(
        {
            key: Criterion(
                key=key,
                measure=values.get("measure"),
                direction=values["direction"],
                zero_at=float(values["zero_at"]),
                hundred_at=float(values["hundred_at"]),
                weight=float(values["weight"]),
                provinces=values.get("provinces") is True,
            )
            for key, values in tree.items()
        }
    )


def asked(
    weights: Mapping[str, float] | None = None, criteria: Mapping[str, Criterion] | None = None
) -> tuple[str, ...]:
    """Return the criteria that a group is asked to judge: those with a weight, the group's own where it gave one."""
    given = weights or {}
    judged = ((key, item) for key, item in (criteria or load_criteria()).items() if item.judged)
    return tuple(key for key, item in judged if given.get(key, item.weight) > 0)


def values_for(
    candidate: Candidate,
    figures: Mapping[str, Figure],
    judgements: Judgements | None = None,
    criteria: Mapping[str, Criterion] | None = None,
) -> dict[str, float | None]:
    """Return the raw value of every criterion by key, None when unknown.

    A criterion of several services is their mean, and unknown when one of them is. Raises Unusable
    for a judgement that is not asked for or lies outside 1 to 5.
    """
    criteria, given = criteria or load_criteria(), dict(judgements or {})
    _check_judgements(given, criteria)
    row = {key: np.array([np.nan if figure.value is None else figure.value]) for key, figure in figures.items()}
    found = criterion_values(row, candidate.services, criteria, [given])
    return {key: None if np.isnan(values[0]) else float(values[0]) for key, values in found.items()}


def criterion_values(
    measures: Columns,
    services: frozenset[str],
    criteria: Mapping[str, Criterion],
    judgements: Sequence[Judgements] | None = None,
) -> Columns:
    """Return the raw value of each criterion by key as (n,) floats, NaN unknown, from measures as (n,) floats.

    `judgements` has one mapping a row; without it judged criteria are unknown for all: nobody has judged what was
    found by enumeration.
    """
    found = {key: item.raw(measures, services) for key, item in criteria.items()}
    for key, item in criteria.items():
        if item.judged and judgements is not None:
            given = [of.get(key) for of in judgements]
            found[key] = np.array([np.nan if value is None else float(value) for value in given])
    return MappingProxyType(found)


def named_measures(measure: str, services: frozenset[str] = frozenset()) -> list[str]:
    """Names of the measures that a `*` stands for; with no service chosen, of all that have one."""
    if "*" not in measure:
        return [measure]
    named = [measure.replace("*", service) for service in SERVICES if service in (services or SERVICES)]
    return [name for name in named if name in MEASURES]


def _check_judgements(given: Mapping[str, float | None], criteria: Mapping[str, Criterion]) -> None:
    low, high = JUDGEMENT_SCALE
    faults = [f"{key}: is not judged" for key in given if key not in criteria or not criteria[key].judged]
    faults += [
        f"{key}: {value!r} is not between {low} and {high}"
        for key, value in given.items()
        if value is not None and not low <= value <= high
    ]
    if faults:
        raise Unusable(tuple(faults))


def _faults(key: str, values: object) -> list[str]:
    if not isinstance(values, Mapping):
        return [f"{key}: is not a table"]
    allowed = {"measure", "judgement", "direction", "provinces", *_NUMBERS}
    faults = [f"{key}.{name}: there is no such field" for name in values if name not in allowed]
    measure = values.get("measure")
    if (measure is None) != (values.get("judgement") is True):
        faults.append(f"{key}: needs either a measure or judgement = true")
    elif measure is not None and not any(name in MEASURES for name in named_measures(str(measure))):
        faults.append(f"{key}.measure: there is no measure {measure!r}")
    wrong = [name for name in _NUMBERS if not _is_number(values.get(name))]
    faults += [f"{key}.{name}: {values.get(name)!r} is not a number" for name in wrong]
    return faults if wrong else faults + _number_faults(key, values)


def _number_faults(key: str, values: Mapping[str, Any]) -> list[str]:  # whose numbers have been checked
    rise = values["hundred_at"] - values["zero_at"]
    faults = [] if values["weight"] >= 0 else [f"{key}.weight: is below zero"]
    if rise == 0:
        faults.append(f"{key}: zero_at and hundred_at are the same")
    if values.get("direction") not in ("higher", "lower"):
        faults.append(f"{key}.direction: {values.get('direction')!r} is not higher or lower")
    elif rise and (rise > 0) != (values["direction"] == "higher"):
        faults.append(f"{key}: the anchors contradict direction = {values['direction']}")
    return faults


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
