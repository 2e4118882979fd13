"""Read what the record knows of the programme: groups, phases, due dates, FOCAS and QSIP."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dateutil.relativedelta import relativedelta

from geodata.shared import Unusable

Toml = Mapping[str, Any]  # of any shape until it is checked

PROGRAMME_FILE = Path(__file__).with_name("programme.toml")
GROUP_NUMBERS = (
    "members_minimum", "members_maximum", "regional", "provincial_minimum", "provincial_maximum", "district",
    "civil_maximum", "meetings_a_year",
)  # fmt: skip
PARTS = ("group", "meeting", "phase", "due", "focas", "qsip")
ACT_FIELDS = {"number": 1, "year": 1, "department": "XX"}  # to see whether a pattern can be filled
PHASE_NUMBERS = ("number", "clusters", "regional", "provincial", "district", "governments")


@dataclass(frozen=True, slots=True)
class Period:
    """A period of the consultative groups, both days included."""

    key: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class PhaseTarget:
    """Clusters and governments once a phase and those before it have been worked."""

    number: int
    clusters: int
    regional: int
    provincial: int
    district: int
    governments: int


@dataclass(frozen=True, slots=True)
class Due:
    """When a state is due: `by_phase` has dates; else `months` after the state `after` was reached."""

    by_phase: Mapping[int, date]
    after: str | None = None
    months: int = 0


@dataclass(frozen=True, slots=True)
class Acts:
    """How acts are numbered and what a valid meeting needs.

    `amended_districts` is how many districts a change agreed in the room may bring in or take out.
    """

    act_number: str
    quorum_more_than: float
    amended_districts: int
    departments: Mapping[str, str]

    def number_of(self, department: str, year: int, number: int) -> str:
        """Return the number of an act by the pattern: `N.° 001-2013-GCD-SM`."""
        named = self.departments.get(department, department)
        return self.act_number.format(number=number, year=year, department=named)

    def quorum(self, members: int) -> int:
        """Return how many of so many members make a quorum."""
        return int(members * self.quorum_more_than) + 1


@dataclass(frozen=True)
class Programme:
    """`group` has the numbers of a group's composition by name, `due` the dates by state."""

    group: Mapping[str, int]
    periods: tuple[Period, ...]
    phases: tuple[PhaseTarget, ...]
    due: Mapping[str, Due]
    rounds: tuple[str, ...]
    areas: tuple[str, ...]
    lowest: float
    highest: float
    stages: int
    cycles: int
    acts: Acts

    @property
    def last_day(self) -> date:
        """The last day of the programme: that of its last period."""
        return max(period.last for period in self.periods)

    def due_date(self, state: str, phase: int, reached: Mapping[str, date]) -> date | None:
        """Return when a state is due, None where no date is set or what it counts from has not come."""
        due = self.due.get(state)
        if due is None:
            return None
        if due.after is None:
            return due.by_phase.get(phase)
        start = reached.get(due.after)
        return None if start is None else months_later(start, due.months)


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month."""
    later: date = day + relativedelta(months=months)
    return later


@lru_cache(maxsize=4)
def load_programme(file: Path = PROGRAMME_FILE) -> Programme:
    """Read the programme from a file. Raises Unusable with all faults."""
    return read_programme(tomllib.loads(Path(file).read_text("utf-8")))


def read_programme(tree: Toml) -> Programme:
    """Check a description of the programme and return it. Raises Unusable with all faults."""
    faults = [f"{name}: is missing" for name in PARTS if name not in tree]
    if faults:
        raise Unusable(tuple(faults))
    faults += _group_faults(tree["group"]) + _act_faults(tree["meeting"]) + _phase_faults(tree["phase"])
    faults += _tools_faults(tree["focas"], tree["qsip"])
    faults += [fault for state, row in tree["due"].items() for fault in _due_faults(state, row)]
    if faults:
        raise Unusable(tuple(faults))
    group, focas = tree["group"], tree["focas"]
    return Programme(
        group=MappingProxyType({name: group[name] for name in GROUP_NUMBERS}),
        periods=tuple(Period(**row) for row in group["periods"]),
        phases=tuple(PhaseTarget(**row) for row in tree["phase"]),
        due=MappingProxyType({state: _due(row) for state, row in tree["due"].items()}),
        rounds=tuple(focas["rounds"]),
        areas=tuple(focas["areas"]),
        lowest=float(focas["lowest"]),
        highest=float(focas["highest"]),
        stages=tree["qsip"]["stages"],
        cycles=tree["qsip"]["cycles_maximum"],
        acts=Acts(**tree["meeting"]),
    )


def _due(row: Toml) -> Due:
    by_phase = {int(phase): day for phase, day in row.get("phase", {}).items()}
    return Due(MappingProxyType(by_phase), row.get("after"), row.get("months", 0))


def _count(value: object, least: int = 0) -> bool:
    return type(value) is int and value >= least


def _group_faults(group: Toml) -> list[str]:
    faults = [f"group.{n}: {group.get(n)!r} is not a whole number" for n in GROUP_NUMBERS if not _count(group.get(n))]
    for row in group.get("periods", []):
        if set(row) != {"key", "first", "last"} or not row["first"] <= row["last"]:
            faults.append(f"group.periods: {row!r} is not a key with a first and a last day")
    return faults if group.get("periods") else [*faults, "group.periods: there is none"]


def _act_faults(meeting: Toml) -> list[str]:
    faults = [f"meeting.{name}: is missing" for name in Acts.__dataclass_fields__ if name not in meeting]
    if faults:
        return faults
    if not _count(meeting["amended_districts"]):
        faults.append("meeting.amended_districts: is not a whole number")
    if not 0 <= meeting["quorum_more_than"] < 1:
        faults.append("meeting.quorum_more_than: is not a share from 0 to below 1")
    try:
        meeting["act_number"].format(**ACT_FIELDS)
    except (KeyError, ValueError, IndexError, AttributeError):
        faults.append("meeting.act_number: is no pattern of number, year and department")
    return faults


def _phase_faults(rows: list[Toml]) -> list[str]:
    faults = []
    for row in rows:
        if set(row) != set(PHASE_NUMBERS) or not all(_count(value, 1) for value in row.values()):
            faults.append(f"phase: {dict(row)!r} needs whole numbers {', '.join(PHASE_NUMBERS)}")
        elif row["governments"] != row["regional"] + row["provincial"] + row["district"]:
            faults.append(f"phase {row['number']}: governments are not the sum of the three levels")
    return faults


def _due_faults(state: str, row: Toml) -> list[str]:
    if set(row) == {"after", "months"} and _count(row["months"], 1):
        return []
    days = row.get("phase", {})
    fine = set(row) == {"phase"} and all(k.isdigit() and isinstance(v, date) for k, v in days.items())
    return [] if fine else [f"due.{state}: needs dates by phase, or after and months"]


def _tools_faults(focas: Toml, qsip: Toml) -> list[str]:
    faults = [f"focas.{name}: needs keys, each once" for name in ("rounds", "areas") if not _distinct(focas.get(name))]
    if not focas.get("lowest", 0.0) < focas.get("highest", 0.0):
        faults.append("focas: lowest is not below highest")
    return faults + [f"qsip.{n}: is not 1 or more" for n in ("stages", "cycles_maximum") if not _count(qsip.get(n), 1)]


def _distinct(keys: object) -> bool:
    return isinstance(keys, list) and bool(keys) and len(set(keys)) == len(keys)
