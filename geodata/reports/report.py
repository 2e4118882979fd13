"""Keep what an import did to every row: matched, repaired, left out; all faults together.

An event holds the key of its sentence and what fills it, never the sentence: a report is written
by the machine that imports and read in the language of whoever opens it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from geodata.words import Field, Fields

Json = Mapping[str, Any]  # as it is read: what is none of a report raises
KINDS = (
    "matched_code",  # a row found its place by its code
    "matched_name",  # ... by its name, `score` says how well
    "repaired",  # a value was mended: what it was and what it is stand in the fields
    "left_out",  # a row, shape or value was not taken, and why
    "missing",  # a district for which the file has nothing
    "out_of_range",  # a figure outside what its indicator can take
    "changed",  # what differs from the edition in use
    "note",  # what a reader should know; nothing is wrong
    "fault",  # why nothing can be imported until it is mended
)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `message` is a key of :mod:`geodata.words`, `fields` fill it.

    row: as a spreadsheet numbers it (the heading is row 1), None for the file as a whole.
    ubigeo: the district it is about. score: 0-100, how well a name matched.
    """

    kind: str
    message: str
    fields: Fields = field(default_factory=dict)
    row: int | None = None
    ubigeo: str | None = None
    score: float | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of event: {self.kind}")
        # as JSON gives them back: what was read from disk equals what was written
        fields = {name: tuple(value) if isinstance(value, list) else value for name, value in self.fields.items()}
        object.__setattr__(self, "fields", fields)


def spans(rows: Iterable[int]) -> tuple[str, ...]:
    """Return row numbers as runs, sorted.

    >>> spans([4, 2, 3, 9])
    ('2-4', '9')
    """
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return tuple(str(first) if first == last else f"{first}-{last}" for first, last in runs)


@dataclass
class Report:
    """What one import did.

    file: its name without folders. subject: what was imported (limits, indicators, conflicts, hazards, layers).
    rows_read: how many rows or shapes the file holds.
    """

    file: str
    subject: str
    rows_read: int = 0
    events: list[Event] = field(default_factory=list)

    def add(
        self,
        kind: str,
        message: str,
        /,
        row: int | None = None,
        ubigeo: str | None = None,
        score: float | None = None,
        **fields: Field,
    ) -> None:
        """Note one event."""
        self.events.append(Event(kind, message, fields, row, ubigeo, score))

    def of(self, *kinds: str) -> list[Event]:
        """Return the events of some kinds, in the order in which they came."""
        return [event for event in self.events if event.kind in kinds]

    @property
    def faults(self) -> list[Event]:
        """Return why nothing can be imported; empty when it can."""
        return self.of("fault")

    def counts(self) -> dict[str, int]:
        """Return how many events there are of each kind, zero included."""
        found = Counter(event.kind for event in self.events)
        return {kind: found.get(kind, 0) for kind in KINDS}

    def to_json(self) -> dict[str, Any]:  # as JSON takes it
        """Return the report as plain values, which :meth:`from_json` reads back."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Json) -> "Report":
        """Read a report back. Raises KeyError, TypeError, ValueError where it is not one."""
        events: Iterable[Json] = value["events"]
        return cls(value["file"], value["subject"], value["rows_read"], [Event(**e) for e in events])
