"""Measure the engine: `python -m tests.benchmarks.engine [--quick] [--only default|peru|rivals]`.

The comparison with spopt needs the extra `bench`; the districts of Peru need ../shared/official. Writes
nothing into the repository.
"""

import argparse
import importlib.util
import os
import platform
import sys
import tempfile
from pathlib import Path

import numpy
import scipy

from geodata.model import dataset as datasets
from tests.benchmarks import peru
from tests.benchmarks.engine_figures import default_lines, peru_lines, read_peru, table
from tests.benchmarks.engine_rivals import SCENARIOS, rivals
from tests.benchmarks.engine_rivals import table as rivals_table

REPETITIONS, QUICK = 20, 4
SEEDS = 5


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.engine", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} repetitions instead of {REPETITIONS}")
    parser.add_argument("--only", choices=("default", "peru", "rivals"), help="only one of the parts")
    wanted = parser.parse_args(arguments)
    times = QUICK if wanted.quick else REPETITIONS
    print(
        f"{os.cpu_count()} cores; Python {platform.python_version()}, numpy {numpy.__version__},"
        f" scipy {scipy.__version__}; {times} repetitions after one that does not count"
    )
    if wanted.only in (None, "default"):
        print("\n## The default data set\n", flush=True)
        print(table(list(default_lines(datasets.default(), times))), flush=True)
    if wanted.only in (None, "peru"):
        _peru(max(2, times // 5))
    if wanted.only in (None, "rivals"):
        _rivals()
    return 0


def _peru(times: int) -> None:
    print("\n## Every district of Peru\n", flush=True)
    if not peru.SOURCE.exists():
        print(f"Left out: there is no {peru.SOURCE.name} in ../shared/official.")
        return
    with tempfile.TemporaryDirectory() as folder:
        dataset = read_peru(Path(folder))
        territory = dataset.territory
        largest = max(len(territory.in_province(p)) for p in territory.provinces)
        borders = sum(len(near) for near in territory.border_km.values()) // 2
        print(
            f"{len(territory.districts):,} districts, {len(territory.provinces)} provinces, the largest of {largest};"
            f" {borders:,} borders computed from the published limits\n"
        )
        print(table(list(peru_lines(dataset, times))), flush=True)


def _rivals() -> None:
    with_spopt = importlib.util.find_spec("spopt") is not None
    if not with_spopt:
        print("\nspopt is not installed (python -m pip install -e '.[bench]'): greedy alone is compared.")
    for name, request in SCENARIOS:
        print(f"\n## The same objective by other ways: {name}\n", flush=True)
        print(rivals_table(list(rivals(datasets.default(), request, SEEDS, with_spopt))), flush=True)


if __name__ == "__main__":
    sys.exit(main())
