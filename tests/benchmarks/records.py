"""Measure the record while many people work: `python -m tests.benchmarks.records [--people 50] [--seconds 30]`.

Each person is a thread that thinks for a while and then asks the domain for something, as the screens will: mostly
looking, sometimes saving. Both databases are measured, each from the state of a programme under way. Times are of whole
calls of the domain, in one process; what a web server adds is not in them. Writes into a temporary folder only.
"""

import argparse
import random
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from dashboard.records.admin import audit
from dashboard.records.core.actors import Actor
from dashboard.records.core.errors import Conflict
from dashboard.records.core.governments import governments_of
from dashboard.records.core.store import Store, make_engine
from dashboard.records.proposals import proposals
from dashboard.records.tracking import coverage, focas
from geodata.model.dataset import default
from tests.record import postgres
from tests.record.databases import PostgresDatabases, SqliteDatabases

PEOPLE, SECONDS, THINKING = 50, 30.0, 1.0
DRAFTS = 60  # proposals kept beside the first ones when measuring begins
SHARES = {"list": 30, "open": 20, "history": 10, "coverage": 8, "edit": 18, "create": 4, "step": 4, "score": 6}


@dataclass
class Told:
    """What was measured: seconds of each call by name, conflicts, and errors that are none."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    conflicts: int = 0
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Person(threading.Thread):
    """Someone at work until a moment."""

    def __init__(self, number: int, store: Store, ids: list[str], until: float, thinking: float, told: Told):
        super().__init__()
        self.store, self.ids, self.until, self.thinking, self.told = store, ids, until, thinking, told
        self.chance = random.Random(number)
        self.actor = Actor(f"person-{number}", f"Persona {number}", "leadership")

    def run(self) -> None:
        names, weights = zip(*SHARES.items(), strict=True)
        while True:
            time.sleep(self.chance.expovariate(1 / self.thinking))
            if time.perf_counter() >= self.until:
                return
            name = self.chance.choices(names, weights)[0]
            prepared = getattr(self, f"_{name}")()
            start = time.perf_counter()
            try:
                prepared()
            except Conflict:
                with self.told.lock:
                    self.told.conflicts += 1
            except Exception as error:  # every error counts, whatever it is
                with self.told.lock:
                    self.told.errors.append(f"{name}: {error!r}")
            with self.told.lock:
                self.told.seconds[name].append(time.perf_counter() - start)

    def _any(self) -> proposals.Proposal:
        return proposals.get(self.store, self.actor, self.chance.choice(self.ids))

    def _list(self) -> Callable:
        return lambda: proposals.listing(self.store, self.actor)

    def _open(self) -> Callable:
        id = self.chance.choice(self.ids)
        return lambda: proposals.get(self.store, self.actor, id)

    def _history(self) -> Callable:
        id = self.chance.choice(self.ids)
        return lambda: proposals.history(self.store, self.actor, id)

    def _coverage(self) -> Callable:
        return lambda: coverage.coverage(self.store, self.actor)

    def _edit(self) -> Callable:
        seen = self._any()
        change = {"note": f"Nota {self.chance.random()}"}
        return lambda: proposals.edit(self.store, self.actor, seen.id, seen.version, change)

    def _create(self) -> Callable:
        district = self.chance.choice(sorted(self.store.dataset.territory.districts))
        content = {"name": f"De {self.name}", "ubigeos": [district], "phase": 2, "services": ["health"]}
        return lambda: proposals.create(self.store, self.actor, content)

    def _step(self) -> Callable:
        district = self.chance.choice(sorted(self.store.dataset.territory.districts))
        content = {"name": f"De {self.name}", "ubigeos": [district], "phase": 2, "services": ["health"]}
        made = proposals.create(self.store, self.actor, content)
        return lambda: proposals.step(self.store, self.actor, made.id, made.version, "propose")

    def _score(self) -> Callable:
        territory = self.store.dataset.territory
        government = self.chance.choice(governments_of(self.chance.sample(sorted(territory.districts), 1), territory))
        values = {"government": government, "round": self.chance.choice(self.store.programme.rounds)}
        values |= {
            "area": self.chance.choice(self.store.programme.areas),
            "points": 50,
            "measured_on": date(2014, 5, 1),
        }
        return lambda: focas.enter(self.store, self.actor, values)


def measure(url: str, people: int, seconds: float, thinking: float) -> Told:
    """Let people work on a database for a while and return what was measured."""
    store = Store(make_engine(url, pool=people), default(), now=lambda: datetime.now(UTC))
    first = Actor("first", "First", "leadership")
    codes = sorted(store.dataset.territory.districts)
    for n in range(DRAFTS):
        content = {"name": f"Borrador {n}", "ubigeos": [codes[n * 3]], "phase": 1 + n % 3, "services": ["health"]}
        proposals.create(store, first, content)
    editable = [p.id for p in proposals.listing(store, first)]
    coverage.coverage(store, first)  # the arrays of the data set are laid out once, not for each person
    told, until = Told(), time.perf_counter() + seconds
    crowd = [Person(n, store, editable, until, thinking, told) for n in range(people)]
    for person in crowd:
        person.start()
    for person in crowd:
        person.join()
    told.errors += [f"audit: {fault}" for fault in audit.audit(store).faults]
    store.close()
    return told


def table(told: Told, seconds: float) -> str:
    """Return what was measured as a table, all calls first; milliseconds."""
    every = [s for found in told.seconds.values() for s in found]
    lines = ["| call | calls | p50 ms | p95 ms | longest ms |", "|---|---:|---:|---:|---:|"]
    for name, found in [("all", every), *((n, told.seconds[n]) for n in SHARES if told.seconds[n])]:
        p50, p95, longest = (1000 * _quantile(found, q) for q in (0.5, 0.95, 1))
        lines.append(f"| {name} | {len(found)} | {p50:.1f} | {p95:.1f} | {longest:.1f} |")
    rate = len(every) / seconds
    lines.append(f"\n{rate:.0f} calls a second; {told.conflicts} conflicts told; {len(told.errors)} errors.")
    return "\n".join([*lines, *sorted(set(told.errors))[:10]])


def _quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; return 1 when anything but a conflict went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.records", description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--thinking", type=float, default=THINKING, help="mean seconds between two calls of a person")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    wanted, errors = parser.parse_args(arguments), 0
    with ExitStack() as stack:
        makers = {
            "sqlite": lambda: SqliteDatabases(Path(stack.enter_context(tempfile.TemporaryDirectory())), default()),
            "postgresql": lambda: PostgresDatabases(stack.enter_context(postgres.server()), default()),
        }
        for kind, make in makers.items():
            if wanted.only in (None, kind):
                told = measure(make().url(), wanted.people, wanted.seconds, wanted.thinking)
                print(
                    f"\n## {kind}: {wanted.people} people, {wanted.seconds:g} s\n\n{table(told, wanted.seconds)}",
                    flush=True,
                )
                errors += len(told.errors)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
