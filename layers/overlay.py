"""Say what an overlay is: what it draws, from which figures, with which legend, and what its drawing follows.

An overlay draws in parts, each of a kind that the browser knows (:class:`Outlines`, :class:`Labels`, :class:`Marks`,
:class:`Rings`); their looks are sent with the map template, their figures with the facts of the data set. A new
overlay of these kinds is one module of :mod:`layers.overlays` and its words.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, ClassVar, Literal, TypedDict

from geodata.model import Dataset
from layers import palette, traces
from layers.legend import LegendEntry
from layers.traces import Trace

# what changes while a page is open, and so is no figure of a data set: `of` may name it
PROPOSALS = "proposals"
# the events of the data set, which fills count too: rows of (district, kind, year, events)
HAZARDS = "hazards"
NAMES = "names"  # labels that make room for each other are switched by what is in them


class Need(StrEnum):
    """What of the reader's view a drawing follows, by its name there."""

    DEPARTMENT = "department"
    CONFLICT_PERIOD = "conflictPeriod"
    HAZARD_PERIOD = "hazardPeriod"
    HAZARD = "hazard"


class Group(TypedDict, total=False):
    """Districts drawn as one: `members` are codes of districts, provinces or departments; `text` is its label.

    name: what it is called in full, where its label is a tag: the key beside the map tells which tag is which.
    """

    members: Sequence[str]
    text: str
    name: str


class Mark(TypedDict, total=False):
    """A mark at a place (code of a district, province or department); those of one place and symbol become one.

    symbol, size (pixels), lift (pixels below the place, negative above): where not that of the part. first, last:
    years, one may stand for both; a row with neither is in no period. hazard: its kind. case: instead of place and
    years, the place of a conflict case in :func:`geodata.model.derived.conflict_places`, which the pointer tells of.
    """

    at: str
    symbol: str
    size: float
    lift: float
    first: int
    last: int
    hazard: str
    case: int


class Events(TypedDict):
    """Events by district: rows of (place of the district among all, place of the kind among `kinds`, year, events)."""

    kinds: Sequence[str]
    rows: Sequence[Sequence[int]]


Rows = Sequence[Group] | Sequence[Mark] | Events


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that an overlay draws.

    of: the name of its figures, among those of the overlay, :data:`HAZARDS` or :data:`PROPOSALS`. name: of its trace,
    after the key of the overlay; "" for that of the kind. height: of what overlaps, the higher lies over the lower.
    """

    kind: ClassVar[str]
    usual: ClassVar[str]
    aside: ClassVar[frozenset[str]] = frozenset()  # fields that only the server needs
    of: str
    name: str = ""
    height: int

    def trace(self, key: str) -> str:
        """Return the name of its trace in the overlay of a key."""
        return f"{key}.{self.name or self.usual}"

    def looks(self, key: str) -> list[Trace]:
        """Return its traces: styled, named and empty."""
        raise NotImplementedError

    def plain(self, key: str) -> dict[str, Any]:  # JSON
        """Return what the browser has to know of it."""
        kept = {"name", "height", *self.aside}
        options = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in kept}
        drawn = [trace["name"] for trace in self.looks(key)]
        return {"kind": self.kind, "traces": drawn, **{name: value for name, value in options.items() if value}}


@dataclass(frozen=True, kw_only=True)
class Outlines(Part):
    """A line around each :class:`Group`.

    width: pixels; dash: plotly's. casing: pixels of paper on either side, which keep it in sight on any fill. look: of
    proposals, only those that look like that.
    """

    kind = "outlines"
    usual = "lines"
    aside = frozenset({"colour", "width", "dash", "casing"})
    colour: str
    width: float
    dash: str = "solid"
    casing: float = 1.5
    look: str = ""
    height: int = 20

    def looks(self, key: str) -> list[Trace]:
        """Return the trace of the lines, above that of their casing."""
        below = f"{key}.{self.name}.casing" if self.name else f"{key}.casing"
        return [
            traces.lines(below, key, color=palette.CASING, width=self.width + 2 * self.casing),
            traces.lines(self.trace(key), key, color=self.colour, width=self.width, dash=self.dash),
        ]


@dataclass(frozen=True, kw_only=True)
class Labels(Part):
    """The text of each :class:`Group`, in one of its districts.

    size: pixels. tag: it may move but not go; other labels go where there is no room. weight: who finds room first.
    least: pixels that a group must be wide. whole: only while all departments are in sight.
    """

    kind = "labels"
    usual = "names"
    aside = frozenset({"colour"})
    colour: str = palette.INK
    size: int = 11
    tag: bool = False
    weight: float = 1e4
    least: float = 0
    whole: bool = False
    height: int = 60

    def looks(self, key: str) -> list[Trace]:
        """Return the trace of the words of each group."""
        switch = key if self.tag else NAMES
        return [traces.words(self.trace(key), switch, size=self.size, colour=self.colour, visible=not self.tag)]


@dataclass(frozen=True, kw_only=True)
class Marks(Part):
    """A mark for each :class:`Mark`, or for each proposal with its number.

    symbol, size (pixels) and marker: plotly's look of all. casing: pixels of paper around each, which keep it in sight
    on any fill; 0 where its own line is of paper. room: pixels around one that labels leave free. row: pixels
    between the marks of one place, side by side; 0 lays them over each other. lift: pixels below the place, negative
    above. counted: whether a mark that stands for several rows, or any, tells how many. answers: whether it answers to
    the pointer.
    """

    kind = "marks"
    usual = "points"
    aside = frozenset({"marker", "casing", "colour", "beside", "answers"})
    symbol: str = "circle"
    size: float = 8
    marker: Mapping[str, Any] = field(default_factory=dict)  # as plotly takes it
    casing: float = 1.5
    colour: str = palette.INK
    beside: str = "middle center"
    room: float = 0
    row: float = 0
    lift: float = 0
    counted: Literal["", "several", "all"] = ""
    answers: bool = True
    height: int = 50

    def looks(self, key: str) -> list[Trace]:
        """Return the trace of the marks, with words where they tell a number, above that of their casing."""
        told = self.counted or self.of == PROPOSALS
        marker = {"symbol": self.symbol, "size": self.size, **self.marker}
        below = [traces.casing(self.trace(key), key, marker, self.casing)] if self.casing else []
        return [
            *below,
            traces.points(
                self.trace(key), key, marker, mode="markers+text" if told else "markers",
                textposition=self.beside, colour=self.colour, answers=self.answers,
            )
        ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Rings(Part):
    """A hollow ring at each district with :class:`Events`: its area stands for how many.

    most: pixels across of the largest. casing: pixels of paper on either side of its line. A ring is wide: a click
    inside it means the district under the pointer.
    """

    kind = "rings"
    usual = "circles"
    aside = frozenset({"colour", "width", "casing"})
    colour: str
    width: float = 2
    casing: float = 1.2
    most: float = 34
    height: int = 50

    def looks(self, key: str) -> list[Trace]:
        """Return the trace of the rings, above that of their casing."""
        marker = {
            "symbol": "circle-open",
            "size": [],
            "sizemode": "diameter",
            "color": self.colour,
            "line": {"color": self.colour, "width": self.width},
        }
        return [
            traces.casing(self.trace(key), key, marker, self.casing),
            traces.points(self.trace(key), key, marker, answers=False),
        ]


def nothing(dataset: Dataset) -> Mapping[str, Rows]:
    """Return no figures: for what is drawn from proposals or from the events of the data set alone."""
    return {}


@dataclass(frozen=True, kw_only=True)
class Overlay:
    """What can be laid over the fill, with a switch of its own.

    key: names it in addresses, and its words (`overlay.<key>`). place: in the panel, from above. parts: what it draws.
    legend: shown beside its switch while it is on. rows: makes the figures that its parts name, from a data set. needs:
    what of the view its drawing follows; with a department in it, only what is in the one chosen is drawn. at_first:
    whether a first visit shows it.
    """

    key: str
    place: int
    parts: tuple[Part, ...]
    legend: tuple[LegendEntry, ...]
    rows: Callable[[Dataset], Mapping[str, Rows]] = nothing
    needs: tuple[Need, ...] = ()
    at_first: bool = False

    @property
    def words(self) -> str:
        """The key of its name."""
        return f"overlay.{self.key}"

    def facts(self, dataset: Dataset) -> dict[str, Any]:  # JSON
        """Return what the browser draws it from, as plain JSON. Raises ValueError where a part has no figures."""
        rows = self.rows(dataset)
        for part in self.parts:
            if part.of not in (*rows, HAZARDS, PROPOSALS):
                raise ValueError(f"{self.key}: there are no figures {part.of}")
        return {"needs": list(self.needs), "parts": [part.plain(self.key) for part in self.parts], "rows": dict(rows)}
