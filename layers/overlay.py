"""Say what an overlay is: what it draws, from which figures, with which legend, and what its drawing follows.

An overlay draws in parts, each of a kind that the browser knows (:class:`Outlines`, :class:`Labels`, :class:`Marks`,
:class:`Rings`, :class:`Courses`, :class:`Spans`); their looks and figures are sent with the facts of the data set. A
new overlay of these kinds is one module of :mod:`layers.overlays` and its words.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar, Literal, TypedDict

from geodata.model import Dataset
from layers import palette
from layers.legend import LegendEntry

# what changes while a page is open, and so is no figure of a data set: `of` may name it
PROPOSALS = "proposals"
# the events of the data set, which fills count too: rows of (district, kind, year, events)
HAZARDS = "hazards"
# the rivers of the data set, which every map has as quiet context and fetches once
RIVERS = "rivers"


SOLID = "solid"  # a line without gaps
# how names are written, from the widest place to the narrowest, and tags that a legend refers to
RANKS = ("department", "province", "district", "river", "tag")


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
    told: by language, what the pointer tells of it.
    """

    at: str
    symbol: str
    size: float
    lift: float
    first: int
    last: int
    hazard: str
    case: int
    told: Mapping[str, str]


class Events(TypedDict):
    """Events by district: rows of (place of the district among all, place of the kind among `kinds`, year, events)."""

    kinds: Sequence[str]
    rows: Sequence[Sequence[int]]


class Span(TypedDict):
    """Two districts whose capitals are linked, by their codes."""

    ends: tuple[str, str]


Rows = Sequence[Group] | Sequence[Mark] | Sequence[Span] | Events


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that an overlay draws.

    of: the name of its figures, among those of the overlay, :data:`HAZARDS`, :data:`PROPOSALS` or :data:`RIVERS`.
    name: of its layer, after the key of the overlay; "" for that of the kind. height: of what overlaps, the higher lies
    over the lower.
    """

    kind: ClassVar[str]
    usual: ClassVar[str]
    of: str
    name: str = ""
    height: int

    def layer(self, key: str) -> str:
        """Return the name of its layer in the overlay of a key."""
        return f"{key}.{self.name or self.usual}"

    def style(self) -> dict[str, Any]:  # JSON
        """Return how it looks: colours as `#rrggbb`, widths and sizes in pixels."""
        raise NotImplementedError

    def plain(self, key: str) -> dict[str, Any]:  # JSON
        """Return what the browser has to know of it."""
        style = self.style()
        own = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in {"name", "height", *style}}
        told = {name: value for name, value in own.items() if value}
        return {"kind": self.kind, "layer": self.layer(key), "height": self.height, "style": style, **told}


@dataclass(frozen=True, kw_only=True)
class Outlines(Part):
    """A line around each :class:`Group`.

    width: pixels; dash: lengths in pixels ("6,4"), or solid. casing: pixels of paper on either side, which keep it in
    sight on any fill. look: of proposals, only those that look like that.
    """

    kind = "outlines"
    usual = "lines"
    colour: str
    width: float
    dash: str = SOLID
    casing: float = 1.5
    look: str = ""
    height: int = 20

    def style(self) -> dict[str, Any]:  # JSON
        """Return colour, width, dash and casing."""
        return {"colour": self.colour, "width": self.width, "dash": self.dash, "casing": self.casing}


@dataclass(frozen=True, kw_only=True)
class Labels(Part):
    """The text of each :class:`Group`, in one of its districts.

    rank: how it is written, one of :data:`RANKS`. tag: it may move but not go; other labels go where there is no room.
    weight: who finds room first. least: pixels that a group must be wide. whole: only while all departments are in
    sight.
    """

    kind = "labels"
    usual = "names"
    colour: str = palette.INK
    rank: str = "tag"
    tag: bool = False
    weight: float = 1e4
    least: float = 0
    whole: bool = False
    height: int = 60

    def __post_init__(self) -> None:
        """Raise ValueError where the rank is none of :data:`RANKS`."""
        if self.rank not in RANKS:
            raise ValueError(f"there is no rank {self.rank}")

    def style(self) -> dict[str, Any]:  # JSON
        """Return the colour of its words."""
        return {"colour": self.colour}


@dataclass(frozen=True, kw_only=True)
class Marks(Part):
    """A mark for each :class:`Mark`, or for each proposal with its number.

    symbol, size (pixels across), fill, stroke and width (of the stroke, pixels): the look of all. casing: pixels of
    paper around each, which keep it in sight on any fill; 0 where its own line is of paper. colour: of its words;
    beside: whether they stand to its right, not on it. room: pixels around one that labels leave free. row: pixels
    between the marks of one place, side by side; 0 lays them over each other. lift: pixels below the place, negative
    above. counted: whether a mark that stands for several rows, or any, tells how many. answers: whether it answers to
    the pointer.
    """

    kind = "marks"
    usual = "points"
    symbol: str = "circle"
    size: float = 8
    fill: str = palette.INK
    stroke: str = palette.CASING
    width: float = 1
    casing: float = 1.5
    colour: str = palette.INK
    beside: bool = False
    room: float = 0
    row: float = 0
    lift: float = 0
    counted: Literal["", "several", "all"] = ""
    answers: bool = True
    height: int = 50

    def style(self) -> dict[str, Any]:  # JSON
        """Return fill, stroke and its width, casing, and colour and place of its words."""
        return {
            "fill": self.fill,
            "stroke": self.stroke,
            "width": self.width,
            "casing": self.casing,
            "colour": self.colour,
            "beside": self.beside,
        }


@dataclass(frozen=True, kw_only=True)
class Rings(Part):
    """A hollow ring at each district with :class:`Events`: its area stands for how many.

    most: pixels across of the largest. casing: pixels of paper on either side of its line. A ring is wide: a click
    inside it means the district under the pointer.
    """

    kind = "rings"
    usual = "circles"
    colour: str
    width: float = 2
    casing: float = 1.2
    most: float = 34
    height: int = 50

    def style(self) -> dict[str, Any]:  # JSON
        """Return colour, width and casing."""
        return {"colour": self.colour, "width": self.width, "casing": self.casing}


@dataclass(frozen=True, kw_only=True)
class Courses(Part):
    """The course of each river and its name along it; `of` is :data:`RIVERS`.

    widths: pixels by rank, the widest river first. casing: pixels of paper on either side.
    """

    kind = "courses"
    usual = "lines"
    colour: str
    widths: tuple[float, ...]
    casing: float = 1.2
    height: int = 10

    def style(self) -> dict[str, Any]:  # JSON
        """Return colour, widths and casing."""
        return {"colour": self.colour, "widths": list(self.widths), "casing": self.casing}


@dataclass(frozen=True, kw_only=True)
class Spans(Part):
    """A straight line between the two places of each :class:`Span`: that they are linked, not where the way runs.

    width: pixels; dash: lengths in pixels ("6,4"), or solid. casing: pixels of paper on either side.
    """

    kind = "spans"
    usual = "lines"
    colour: str
    width: float
    dash: str = SOLID
    casing: float = 1.2
    height: int = 30

    def style(self) -> dict[str, Any]:  # JSON
        """Return colour, width, dash and casing."""
        return {"colour": self.colour, "width": self.width, "dash": self.dash, "casing": self.casing}


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
            if part.of not in (*rows, HAZARDS, PROPOSALS, RIVERS):
                raise ValueError(f"{self.key}: there are no figures {part.of}")
        return {"needs": list(self.needs), "parts": [part.plain(self.key) for part in self.parts], "rows": dict(rows)}
