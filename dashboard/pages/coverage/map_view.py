"""Show the map of coverage, and say how many people and gaps it reaches.

On the screen the browser draws it, as every map (`assets/js/map/coverage_map.js`), from what is said here; pages
without scripts hold it as SVG. How far a state has come is told by a pattern, the state by the dash of the outline as
on every map, and a number that the tables repeat: no colour is needed.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import orjson
import shapely
from dash import html

from dashboard.clusters.measures import MEASURES, year_text
from dashboard.clusters.rules import load_parameters
from dashboard.clusters.writing import map_notice
from dashboard.pages.coverage.parts import drawing, table
from dashboard.pages.coverage.static_html import filled
from dashboard.pages.kit import frames, identity
from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.tables import by
from dashboard.records.core import Store, Words
from dashboard.records.tracking import Coverage, Reach, Standing
from geodata.model import Dataset
from layers.drawing import path
from layers.overlays import STATES, look

WIDTH, MOST_HEIGHT, MARGIN = 640, 900, 10
TOLERANCE = 0.45  # of a pixel: what is finer is not seen
REACHES, BETWEEN = (0, 20, 30, 42, 56), 20.5  # how far a number may move, and how far two stay apart, in pixels
# groups of states; `patterns.svg` has the pattern of each
GROUPS = {
    "proposed": ("proposed", "reviewed"),
    "settled": ("validated", "commitment_signed"),
    "measured": ("focas_applied", "qsip_applied"),
    "planned": ("plan_approved", "plan_implemented"),
}
# of the outlines of states, the one that a group is shown with
LINES = {"proposed": "proposed", "settled": "validated", "measured": "validated", "planned": "validated"}
GROUP_OF = {state: group for group, states in GROUPS.items() for state in states}


def coverage_map(coverage: Coverage, store: Store, words: Words) -> list[Any]:
    """Return the map of the screen: its clusters, and their names beside it, lead to the register."""
    title = words.say("coverage.map.title", day=words.day(coverage.day))
    told = orjson.dumps(_told(coverage, store, words)).decode()
    return [
        _legend(coverage, words),
        frames.frame(title, words.say, "coverage-map", **dashed(data_covered=told)),
        identity.key([(s.identity, s.proposal) for s in coverage.standings], words, linked=True),
        _note(store, words),
    ]


def printed_map(coverage: Coverage, store: Store, words: Words) -> list[Any]:
    """Return the map of pages without scripts."""
    return [
        _legend(coverage, words),
        drawing(svg(coverage, store.dataset, words), "drawing map-drawing"),
        identity.key([(s.identity, s.proposal) for s in coverage.standings], words),
        _note(store, words),
    ]


def _legend(coverage: Coverage, words: Words) -> html.Ul:
    counts: dict[str, int] = {}
    for state in coverage.districts.values():
        counts[GROUP_OF[state]] = counts.get(GROUP_OF[state], 0) + 1
    return html.Ul(
        [
            html.Li(
                [
                    drawing(filled("swatch.svg", group=group, line=STATES[LINES[group]]), "swatch-drawing"),
                    words.say(f"coverage.map.{group}", n=counts.get(group, 0)),
                ]
            )
            for group in GROUPS
        ],
        className="map-legend",
    )


def _note(store: Store, words: Words) -> html.P:
    note = f"{words.say('coverage.map.note')} {map_notice(store.dataset, words.say)}"
    return html.P(note, className="muted")


def _in_order(coverage: Coverage) -> list[Standing]:
    """Return the most advanced last: where two share a district, the map shows the one it is counted in."""
    return sorted(coverage.standings, key=lambda s: list(GROUP_OF).index(s.proposal.state))


def _look(standing: Standing) -> str:
    state = standing.proposal.state
    return look(state, load_parameters().kind(state)) or "proposed"


def _told(coverage: Coverage, store: Store, words: Words) -> dict[str, Any]:
    """Return what the browser draws: districts by the pattern that fills them, and clusters with what is said."""
    return {
        "department": coverage.department or "",
        "fills": {u: GROUP_OF[state] for u, state in coverage.districts.items()},
        "go": words.say("coverage.map.go"),
        "clusters": [
            {
                "id": s.proposal.id,
                "sign": s.identity.sign,
                "kind": identity.kind(s.identity),
                "look": _look(s),
                "ubigeos": sorted(s.proposal.ubigeos),
                "name": s.identity.title,
                "lines": _figures(s, words),
            }
            for s in _in_order(coverage)
        ],
    }


def _figures(standing: Standing, words: Words) -> list[str]:
    """Return what the map says of a cluster: state and phase, its size, and what comes next and when."""
    say, proposal, then = words.say, standing.proposal, standing.next
    state = say(f"records.state.{proposal.state}")
    lines = [
        say("identity.about", state=state, phase=proposal.phase),
        say("coverage.map.size", districts=len(proposal.ubigeos), governments=len(standing.governments)),
    ]
    if then is not None and then.due is not None:
        milestone = say(f"coverage.milestone.{then.state}")
        lines.append(say("coverage.map.then", milestone=milestone, day=words.short_day(then.due)))
    return lines


def svg(coverage: Coverage, dataset: Dataset, words: Words) -> str:
    """Return the map as SVG: districts of the department, or of all, by the state of what they are in."""
    sheet = _sheet(dataset, coverage.department)
    order = _in_order(coverage)
    shapes = {s.proposal.id: [sheet.shapes[u] for u in sorted(s.proposal.ubigeos) if u in sheet.shapes] for s in order}
    drawn = [s for s in order if shapes[s.proposal.id]]
    spots = apart([_middle(shapes[s.proposal.id]) for s in drawn])
    clusters = [
        _cluster(standing, spot, shapes[standing.proposal.id], dataset, words)
        for standing, spot in zip(drawn, spots, strict=True)
    ]
    title = words.say("coverage.map.title", day=words.day(coverage.day))
    return filled(
        "map.svg", title=title, width=WIDTH, height=round(sheet.height), groups=GROUPS, sheet=sheet, clusters=clusters
    )  # fmt: skip


Point = tuple[float, float]


def apart(points: Sequence[Point]) -> list[tuple[Point, Point]]:
    """Return each point with a place for its number, as near as there is room beside those placed before."""
    placed: list[Point] = []
    for x, y in points:
        turns = [(math.cos(n * math.pi / 6), math.sin(n * math.pi / 6)) for n in range(12)]
        tries = [(x + r * across, y + r * down) for r in REACHES for across, down in turns]
        free = (at for at in tries if all(math.dist(at, other) >= BETWEEN for other in placed))
        placed.append(next(free, (x, y)))
    return list(zip(points, placed, strict=True))


def _middle(shapes: Sequence[Any]) -> Point:
    largest = max((part for shape in shapes for part in shapely.get_parts(shape)), key=lambda part: part.area)
    point = largest.representative_point()
    return point.x, point.y


class _Sheet:
    """Limits in pixels of one sheet."""

    def __init__(self, dataset: Dataset, department: str | None):
        territory = dataset.territory
        codes = sorted(territory.districts if department is None else territory.in_department(department))
        limits = dataset.limits.loc[codes, "geometry"].dropna()
        matrix, self.height = _fit(shapely.total_bounds(list(limits)))
        placed = shapely.transform(list(limits), lambda points: points @ matrix[:, :2].T + matrix[:, 2])
        # simplified as one coverage: neighbours keep a common border
        drawn = shapely.coverage_simplify(placed, TOLERANCE)
        self.shapes = dict(zip(limits.index, drawn, strict=True))
        self.ground = "".join(map(path, drawn))
        self.provinces = self._borders(4)
        self.departments = self._borders(2)

    def _borders(self, digits: int) -> str:
        groups: dict[str, list] = {}
        for code, shape in self.shapes.items():
            groups.setdefault(code[:digits], []).append(shape)
        return "".join(path(shapely.union_all(shapes)) for shapes in groups.values())


@lru_cache(maxsize=24)
def _sheet(dataset: Dataset, department: str | None) -> _Sheet:
    return _Sheet(dataset, department)


def _fit(bounds: Any) -> tuple[Any, float]:
    """Return the affine matrix (2 x 3) that puts bounds in degrees into the sheet, north up, and its height."""
    west, south, east, north = bounds
    squeeze = math.cos(math.radians((south + north) / 2))
    unit = min((WIDTH - 2 * MARGIN) / ((east - west) * squeeze), (MOST_HEIGHT - 2 * MARGIN) / (north - south))
    left = (WIDTH - (east - west) * squeeze * unit) / 2
    matrix = np.array([[squeeze * unit, 0, left - west * squeeze * unit], [0, -unit, MARGIN + north * unit]])
    return matrix, (north - south) * unit + 2 * MARGIN


def _cluster(
    standing: Standing, spot: tuple[Point, Point], own: Sequence[Any], dataset: Dataset, words: Words
) -> dict[str, Any]:
    """Return a cluster as the drawing has it: outlines, what is said of it, and its number.

    The number is tied to it by a line where it had to make room.
    """
    proposal, districts, (point, at) = standing.proposal, dataset.territory.districts, spot
    state = words.say(f"records.state.{proposal.state}")
    names = ", ".join(districts[u].name for u in sorted(proposal.ubigeos))
    return {
        "group": GROUP_OF[proposal.state],
        "line": STATES[_look(standing)],
        "said": words.say("coverage.map.cluster", name=standing.identity.title, state=state, districts=names),
        "districts": "".join(map(path, own)),
        "outline": path(shapely.union_all(own)),
        "number": standing.identity.sign,
        "point": point,
        "at": at,
        "moved": math.dist(point, at) > 1,
    }


# ---- people and gaps


def reach(coverage: Coverage, store: Store, words: Words) -> list[Any]:
    """Return people and gaps in clusters against those of all districts, each with unit, year and source."""
    columns = ("measure", "reached", "all", "percent", "known", "source")
    head = [words.say(f"coverage.column.{name}") for name in columns]
    rows = [_reach_row(row, store, words) for row in coverage.reach]
    made = table(words.say("coverage.reach_caption"), head, rows, (1, 2, 3, 4), "reach-table", sorts=(0, 3, 4))
    return [made, html.P(words.say("coverage.reach_note"), className="muted")]


def _reach_row(row: Reach, store: Store, words: Words) -> list[Any]:
    measure = MEASURES[row.measure]
    unit = html.Span(words.say(f"unit.{measure.unit}"), className="unit")
    source, year = store.dataset.source(measure.resource), year_text(measure, store.dataset)
    percent = words.number(row.percent, 1)
    return [
        [words.say(f"measure.{row.measure}.name"), unit],
        _reached(row, measure.decimals, words),
        words.number(row.all.value, measure.decimals),
        by(row.percent, [html.Span(percent if row.percent is None else f"{percent} %"), _bar(row.percent)], True),
        by(row.all.n_known / row.all.n_total, f"{row.all.n_known}/{row.all.n_total}", True),
        html.Span(f"{source}, {year}" if year else source, className="unit"),
    ]


def _reached(row: Reach, decimals: int, words: Words) -> list[Any]:
    """Return what is reached, in how many clusters, and of how many of their districts it is known where not of all."""
    n, figure = row.clusters, row.reached
    told = [words.say("coverage.reach_clusters", n=n)]
    if figure.n_known < figure.n_total:
        told.append(words.say("map.known_of", known=figure.n_known, total=figure.n_total))
    return [words.number(figure.value, decimals), html.Span(" · ".join(told), className="unit")]


def _bar(percent: float | None) -> Any:
    if percent is None:
        return ""
    # the figure stands before it
    return html.Meter(
        value=f"{min(percent, 100):.1f}", min="0", max="100", className="bar", **dashed(aria_hidden="true")
    )
