"""Measure what importing limits costs: `python -m tests.benchmarks.importing [--most-seconds 10]`.

Every district of Peru is imported into a store of its own: read, told apart, mended, fitted, drawn
with fewer points, its neighbours measured, written as an edition, and the edition loaded and checked.
Twice: as published (28,000 points, already generalised), and with borders drawn in full detail, as
the sheets of the limits have them; that detail is made up of the published borders by a rule, for
timing only. Nothing is written into the repository. Each runs in a process of its own, so that its
peak memory is its own.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geodata.editions import imports
from geodata.editions.store import EditionStore
from tests.benchmarks import peru

AS_PUBLISHED, IN_DETAIL = "as published", "in full detail"
STEP, ASIDE = 0.0015, 0.0003  # degrees between points of a border, and how far each is pushed aside
ANSWERS = {"source": peru.LIMITS_SOURCE, "year": str(peru.YEAR), "official": "no"}
MB = 1024
COUNTED = ("rows", "districts", "points", "drawn", "neighbours")


def detailed(source: Path, folder: Path) -> Path:
    """Write the published districts with many points on every border, the same on both its sides."""
    frame = gpd.read_file(source)

    def push(points: np.ndarray) -> np.ndarray:
        points = points.round(7)  # the two sides of a border differ by a last digit
        noise = np.sin(points * 1e4 @ [[12.9898, 39.346], [78.233, 11.135]]) * 43758.5453
        return points + (noise - np.floor(noise) - 0.5) * 2 * ASIDE

    known = frame.geometry.notna()
    shapes = shapely.transform(shapely.segmentize(frame.geometry[known].to_numpy(), STEP), push)
    frame.loc[known, "geometry"] = shapes
    path = folder / f"detailed_{peru.YEAR}.gpkg"
    frame.to_file(path, engine="pyogrio")
    return path


class Clock:
    """Seconds by step, told by the import as it goes."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter):
        self.clock = clock
        self.seconds: dict[str, float] = {}
        self._step, self._since = "", clock()

    def __call__(self, step: str) -> None:
        now = self.clock()
        if self._step:
            self.seconds[self._step] = self.seconds.get(self._step, 0.0) + now - self._since
        self._step, self._since = step, now


def run(title: str) -> dict[str, object]:
    """Import once and return what it cost and what came of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shipped = folder / "shipped"
        shipped.mkdir()
        peru.write(peru.read(), shipped)
        path = peru.SOURCE if title == AS_PUBLISHED else detailed(peru.SOURCE, folder)
        before, clock = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, Clock()
        began = time.perf_counter()
        done = imports.run(EditionStore(folder / "store", shipped), "limits", path, ANSWERS, who="", progress=clock)
        total = time.perf_counter() - began
        clock("")
        counts = {kind: number for kind, number in done.report.counts().items() if number}
        changes = done.preview.changes
        return {
            "title": title,
            "status": done.status,
            "rows": done.report.rows_read,
            "districts": 0 if changes is None else len(changes.full),
            "neighbours": 0 if changes is None else len(changes.replaced["neighbours"]),
            "points": 0 if changes is None else _points(changes.full),
            "drawn": 0 if changes is None else _points(changes.limits),
            "counts": counts,
            "faults": [event.message for event in done.report.faults][:5],
            "steps": clock.seconds,
            "total": total,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB,
            "before_mb": before / MB,
        }


def _points(frame: gpd.GeoDataFrame) -> int:
    return int(shapely.get_num_coordinates(frame.geometry.to_numpy()).sum())


def line(found: dict[str, object]) -> str:
    """Return one run as a row of the table."""
    steps = ", ".join(f"{name} {seconds:.2f}" for name, seconds in found["steps"].items())
    memory = f"{found['peak_mb']:.0f} ({found['before_mb']:.0f} before)"
    counts = [f"{found[name]:,}" for name in COUNTED]
    return f"| {' | '.join([found['title'], *counts, steps, format(found['total'], '.2f'), memory])} |"


def main(arguments: list[str] | None = None) -> int:
    """Measure both and print a table; return 1 where one takes longer than it may, or is refused."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.importing", description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=(AS_PUBLISHED, IN_DETAIL), help="only one of the two")
    parser.add_argument("--most-seconds", type=float, default=10.0, help="as published (default 10)")
    parser.add_argument("--one", choices=(AS_PUBLISHED, IN_DETAIL), help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if not peru.SOURCE.exists():
        print(f"There is no {peru.SOURCE.name} in ../shared/official.", file=sys.stderr)
        return 1
    if wanted.one:
        print(json.dumps(run(wanted.one)))
        return 0
    heads = ("limits of Peru", *COUNTED, "seconds by step", "seconds", "peak MB")
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    good = True
    for title in (wanted.only,) if wanted.only else (AS_PUBLISHED, IN_DETAIL):
        child = [sys.executable, "-m", "tests.benchmarks.importing", "--one", title]
        found = json.loads(subprocess.run(child, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
        print(line(found), flush=True)
        print(f"  {found['status']}: {found['counts']} {found['faults']}", file=sys.stderr)
        good &= found["status"] == imports.NEW
        good &= title != AS_PUBLISHED or found["total"] < wanted.most_seconds
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
