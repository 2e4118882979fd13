"""Draw bars beside their targets for paper: what was reached solid, what would be added outlined, the target a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from layers import palette
from layers.drawing import vector
from layers.drawing.maps import BOLD, PLAIN, POINTS

WIDTH, ROW, TOP, LEFT, RIGHT = 640, 46, 22, 60, 178  # of the sheet, in units; at the right stands what is said of a bar
THICK, GOAL = 20, 32  # of a bar, and of the line of its target


@dataclass(frozen=True)
class TargetBar:
    """A bar: how much was reached, how much it would be with what is on the way, the target, and what is said of both.

    `target` is None where none was set; `total` is not less than `reached`.
    """

    name: str
    reached: int
    total: int
    target: int | None
    said: str
    target_said: str


def target_bars(bars: Sequence[TargetBar], title: str) -> str:
    """Return the bars as SVG, one below the other at one scale; `title` is read aloud. Any page may hold it."""
    height = TOP + ROW * len(bars) + 4
    figure = Figure(figsize=(WIDTH / POINTS, height / POINTS), dpi=POINTS)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    unit = (WIDTH - LEFT - RIGHT) / max(1, *(max(bar.total, bar.target or 0) for bar in bars))
    for n, bar in enumerate(bars):
        _draw(bar, TOP + n * ROW + ROW / 2 - 7, unit, axes)
    axes.set(xlim=(0, WIDTH), ylim=(height, 0), aspect="auto")
    stream = BytesIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    return vector.for_a_page(stream.getvalue(), title, WIDTH, height, {})


def _draw(bar: TargetBar, middle: float, unit: float, axes: Axes) -> None:
    """Draw a bar about a height; unit: of the sheet, to one of what is counted."""
    end, added = LEFT + bar.reached * unit, LEFT + bar.total * unit
    _box(added, middle, axes, "added", facecolor=palette.PAPER, edgecolor=palette.INK, linewidth=1.2)
    _box(end, middle, axes, "reached", facecolor=palette.ACCENT, linewidth=0)
    _write(bar.name, 0, middle, 13, "left", PLAIN, "name", axes)
    right = added
    if bar.target is not None:
        goal = LEFT + bar.target * unit
        right = max(right, goal)
        axes.plot([goal, goal], [middle - GOAL / 2, middle + GOAL / 2], color=palette.INK, linewidth=4, gid="target")
        _write(bar.target_said, goal, middle - GOAL / 2 - 7, 11, "center", PLAIN, "goal", axes)
    _write(bar.said, right + 8, middle, 13, "left", BOLD, "said", axes)


def _box(right: float, middle: float, axes: Axes, gid: str, **look: Any) -> None:  # as matplotlib names them
    low, high = middle - THICK / 2, middle + THICK / 2
    axes.fill([LEFT, right, right, LEFT], [low, low, high, high], gid=gid, **look)


def _write(words: str, x: float, y: float, size: int, align: str, face: Path, gid: str, axes: Axes) -> None:
    font = FontProperties(fname=face, weight="bold" if face == BOLD else "normal", size=size, family="DejaVu Sans")
    axes.text(
        x, y + size * 0.36, words, fontproperties=font, gid=gid, parse_math=False, color=palette.INK, ha=align,
        va="baseline",
    )  # fmt: skip
