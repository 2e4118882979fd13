"""Measure the application against the plain ways: `python -m tests.benchmarks [--quick] [--only default|peru]`.

Writes nothing into the repository; the data set of Peru is made in a temporary folder.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import sync_playwright

from geodata.model import dataset as datasets
from tests.benchmarks import peru, report
from tests.benchmarks.measure import Scenario, machine, measure

REPETITIONS, QUICK = 20, 5
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; return the exit status: 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} repetitions instead of {REPETITIONS}")
    parser.add_argument("--only", choices=("default", "peru"), help="only one of the data sets")
    wanted = parser.parse_args(arguments)
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        print("The benchmark needs Chromium (on Debian: apt-get install chromium).", file=sys.stderr)
        return 1
    missed: list[str] = []
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        browser = stack.enter_context(playwright.chromium.launch(executable_path=executable))
        print("\n".join(machine(browser)))
        for scenario in _scenarios(wanted.only, stack):
            print(f"\n## {scenario.title}\n", flush=True)
            results = measure(browser, scenario, QUICK if wanted.quick else REPETITIONS, _tell)
            print("\n".join([*report.facts(results), "", report.table(results)]), flush=True)
            missed += [f"{scenario.title}: {line}" for line in report.missed(results)]
    print("\nBars missed:\n" + "\n".join(missed) if missed else "\nEvery bar is met.")
    return 1 if missed else 0


def _tell(doing: str) -> None:
    print(f"  {doing} ...", file=sys.stderr, flush=True)


def _scenarios(only: str | None, stack: ExitStack) -> Iterator[Scenario]:
    if only != "peru":
        yield Scenario("The default data set", "default", datasets.default(), None, ("conflicts", "risk"), True, True)
    if only == "default":
        return
    if not peru.SOURCE.exists():
        print(f"\nThe districts of Peru are left out: there is no {peru.SOURCE.name} in ../shared/official.")
        return
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    limits = peru.read()
    peru.write(limits, folder)
    note = (
        f"{limits.without_shape} districts of the file have no geometry and are left out; no conflicts, hazards or"
        " proposals, so their overlays and periods are not timed"
    )
    yield Scenario("Every district of Peru", "peru", datasets.load(folder), folder, ("capitals",), False, False, note)


if __name__ == "__main__":
    sys.exit(main())
