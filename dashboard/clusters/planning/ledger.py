"""Count the slots of a plan against the distinct governments it reaches, by department and phase.

A slot is a district of a cluster. A government counts once however many clusters reach it: the regional
one of each department, the provincial one of each province, and the district municipalities; a provincial
capital has none of its own unless the terms say so. Figures add up from the first phase on, as the
programme's own targets do.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dashboard import settings
from geodata.model import SEAT_SUFFIX
from geodata.shared import Unusable

PLAN_FILE = Path(__file__).with_name("plan.toml")
COUNTS = ("clusters", "regional", "provincial", "district", "total")


@dataclass(frozen=True)
class PlanParameters:
    """Clusters a province may have (None: any number), seconds to solve, and the targets by phase and count."""

    per_province: int | None
    time_limit: float
    targets: Mapping[int, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """Figures from the first phase to this one, of a department or ("") of all.

    `new` clusters are those of this phase; `slots` districts of clusters, a repeated one repeated. `target`
    is what the programme plans for `total`, known for all departments together only.
    """

    department: str
    phase: int
    new: int
    clusters: int
    slots: int
    regional: int
    provincial: int
    district: int
    total: int
    target: Mapping[str, int] | None


@lru_cache(maxsize=4)
def load_plan_parameters(file: Path = PLAN_FILE) -> PlanParameters:
    """Read parameters from a file. Raises Unusable with all faults."""
    return read_plan_parameters(tomllib.loads(Path(file).read_text("utf-8")))


def time_limit() -> float:
    """Return for how many seconds a plan is sought at most, where the one who asks does not say."""
    return float(settings.read().plan_seconds) or load_plan_parameters().time_limit


def read_plan_parameters(tree: Mapping[str, Any]) -> PlanParameters:  # TOML, of any shape until it is checked
    """Check a tree of parameters and return it; 0 clusters a province stands for any number."""
    known = {"clusters_per_province", "time_limit_seconds", "targets"}
    faults = [f"{name}: there is no such parameter" for name in tree if name not in known]
    # as TOML has them, until they are checked
    per_province: Any = tree.get("clusters_per_province")
    seconds: Any = tree.get("time_limit_seconds")  # likewise
    if type(per_province) is not int or per_province < 0:
        faults.append(f"clusters_per_province: {per_province!r} is not a whole number of 0 or more")
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0 < seconds < float("inf"):
        faults.append(f"time_limit_seconds: {seconds!r} is not a number above zero")
    targets = tree.get("targets", [])
    if isinstance(targets, list) and all(isinstance(target, Mapping) for target in targets):
        faults += [fault for target in targets for fault in _target_faults(target)]
    else:
        faults.append("targets: is not a list of tables")
    if faults:
        raise Unusable(tuple(faults))
    by_phase = {t["phase"]: MappingProxyType({name: t[name] for name in COUNTS}) for t in targets}
    return PlanParameters(per_province or None, float(seconds), MappingProxyType(by_phase))


def _target_faults(target: Mapping[str, Any]) -> list[str]:  # TOML, of any shape until it is checked
    names = ("phase", *COUNTS)
    where = f"targets of phase {target.get('phase')!r}"
    faults = [f"{where}: {n} is not a count" for n in names if type(target.get(n)) is not int or target[n] < 0]
    faults += [f"{where}: there is no {name}" for name in target if name not in names]
    if not faults and target["regional"] + target["provincial"] + target["district"] != target["total"]:
        faults.append(f"{where}: regional, provincial and district do not add up to the total")
    return faults


def ledger(
    clusters: Iterable[tuple[frozenset[str], int]],
    targets: Mapping[int, Mapping[str, int]] | None = None,
    capital_has_municipality: bool = False,
    phases: Iterable[int] = (),
) -> tuple[LedgerLine, ...]:
    """Return a line for each phase of all departments (code "") and of each department that has a cluster.

    `clusters` are (districts, phase); `phases` are shown even where nothing is planned. The programme's
    targets are those of `plan.toml` unless others are given.
    """
    clusters = [(frozenset(ubigeos), phase) for ubigeos, phase in clusters]
    targets = load_plan_parameters().targets if targets is None else targets
    departments = sorted({u[:2] for ubigeos, _ in clusters for u in ubigeos})
    shown = sorted({*phases, *(phase for _, phase in clusters)})
    return tuple(
        _line(clusters, department, phase, targets, capital_has_municipality)
        for department in ("", *departments)
        for phase in shown
    )


def municipalities(ubigeos: Iterable[str], capitals: bool) -> int:
    """Return how many of some districts, each counted once, have a municipality of their own; capitals where said."""
    return sum(capitals or not code.endswith(SEAT_SUFFIX) for code in set(ubigeos))


def _line(
    clusters: list[tuple[frozenset[str], int]],
    department: str,
    phase: int,
    targets: Mapping[int, Mapping[str, int]],
    capitals: bool,
) -> LedgerLine:
    mine = [(u, p) for u, p in clusters if p <= phase and any(code.startswith(department) for code in u)]
    reached = {code for ubigeos, _ in mine for code in ubigeos if code.startswith(department)}
    regional, provincial = len({code[:2] for code in reached}), len({code[:4] for code in reached})
    district = municipalities(reached, capitals)
    return LedgerLine(
        department=department,
        phase=phase,
        new=sum(p == phase for _, p in mine),
        clusters=len(mine),
        slots=sum(code.startswith(department) for ubigeos, _ in mine for code in ubigeos),
        regional=regional,
        provincial=provincial,
        district=district,
        total=regional + provincial + district,
        target=targets.get(phase) if not department else None,
    )
