"""Measure the application while many people work in it: `python -m tests.benchmarks.load`.

Each person has an account of a role, signs in, and then works as :mod:`tests.benchmarks.crowd` says. Served as the
Procfile does, by two processes, with a Redis for computed answers; once on SQLite, once on PostgreSQL; with as many
people as the bar is for, and with four times as many. Every request counts. Afterwards the record is held against its
history, and against what was answered. Writes into a temporary folder only.

Where there are more than two cores, the last is the driver's own; else the driver gives way to the servers.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from dashboard.records.admin import audit
from dashboard.records.core import upgrade
from dashboard.records.core.actors import local_actor
from dashboard.records.core.models import EntryRow
from dashboard.records.core.store import Store, make_engine
from dashboard.records.meetings import meetings
from dashboard.records.opening import open_store
from dashboard.records.people import accounts
from dashboard.records.proposals import proposals
from geodata.model.dataset import default
from tests.benchmarks.crowd import PASSWORD, Person, Told
from tests.benchmarks.serving import OURS, served
from tests.record import postgres
from tests.server.access import redis_server

PEOPLE, MORE_PEOPLE, SECONDS = 50, 200, 120.0
WORKERS = 2
KEY = "a key for measuring that is long enough"
BAR_MS = 300
MISSED = "NOT met"
GIVES_WAY = 5  # of niceness
MIX = ("coordinator",) * 3 + ("reader",) * 3 + ("regional",) * 2 + ("secretariat",) + ("leadership",)


@contextmanager
def apart() -> Iterator[frozenset[int]]:
    """Have what is started meanwhile run on other cores than the driver's own, which are given: none where there are
    too few for that."""
    cores = sorted(os.sched_getaffinity(0))
    own = frozenset(cores[-1:] if len(cores) > 2 else ())
    os.sched_setaffinity(0, set(cores) - own)
    try:
        yield own
    finally:
        os.sched_setaffinity(0, cores)


def drive(crowd: list[Person], seconds: float, own: frozenset[int]) -> None:
    """Have people work for some seconds, on cores of their own or behind the servers."""

    def work() -> None:
        # of this thread, and of those that it starts: servers that are started later must not inherit it
        if own:
            os.sched_setaffinity(0, own)
        else:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), GIVES_WAY)
        until = time.monotonic() + seconds
        for person in crowd:
            person.until = until
            person.start()
        for person in crowd:
            person.join()

    driver = threading.Thread(target=work)
    driver.start()
    driver.join()


def people(number: int) -> Iterator[tuple[int, str, str]]:
    """Give number, role and department of each person."""
    departments = sorted(default().territory.departments)
    for n in range(1, number + 1):
        yield n, MIX[n % len(MIX)], departments[n % len(departments)]


def fill(store: Store, number: int) -> None:
    """Keep an account for each person, and a meeting to work on."""
    me = local_actor()
    known = {f"{role}-{n}": (role, department) for n, role, department in people(number)}
    known.setdefault("reader-1", ("reader", "22"))
    for login, (role, department) in known.items():
        of_one = department if role in ("coordinator", "regional") else None
        values = {"login": login, "name": login, "role": role, "department": of_one}
        accounts.create_account(store, me, values, PASSWORD)
    meetings.plan_meeting(store, me, "22", 1, "2013-03-15", agenda=["Revisar"], proposals=["lamas"])


@contextmanager
def database(kind: str, aside: Path) -> Iterator[str]:
    """Give the address of an empty database of a kind."""
    if kind == "sqlite":
        yield f"sqlite:///{aside / 'record.sqlite'}"
        return
    with postgres.server() as address:
        url = f"{address}/postgres"
        engine = make_engine(url, pool=1)
        upgrade.upgrade(engine)
        engine.dispose()
        yield url


def measure(kind: str, number: int, seconds: float) -> tuple[Told, audit.Audit, int]:
    """Have people work on a database; return what was measured, the audit, and how many answered notes are missing."""
    with ExitStack() as stack:
        own = stack.enter_context(apart())
        aside = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        address = stack.enter_context(database(kind, aside))
        store = open_store(address, default())
        fill(store, number)
        redis, _ = stack.enter_context(redis_server.server())
        wanted = {"CONGLOMERADOS_SECRET_KEY": KEY, "CACHE_REDIS_URL": redis}
        wanted |= {"CONGLOMERADOS_STORE": str(aside / "store"), "DATABASE_URL": address}
        if kind == "sqlite":
            wanted |= {"CONGLOMERADOS_RECORDS": address.removeprefix("sqlite:///"), "DATABASE_URL": ""}
        url = stack.enter_context(served(OURS, wanted, workers=WORKERS))
        told = Told()
        crowd = [Person(n, role, department, url, told) for n, role, department in people(number)]
        drive(crowd, seconds, own)
        kept = set(_notes(store))
        found = audit.audit(store)
        store.close()
    return told, found, len(told.notes - kept)


def _notes(store: Store) -> Iterator[str]:
    """Give every note that the history holds."""
    me = local_actor()
    for proposal in proposals.listing(store, me):
        yield from (entry.after["note"] for entry in proposals.history(store, me, proposal.id))
    with store.reading() as session:
        for row in session.query(EntryRow.after).filter(EntryRow.kind == "meeting"):
            yield row.after["note"]


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def table(kind: str, told: Told, found: audit.Audit, lost: int, number: int, seconds: float) -> str:
    """Return the figures as a table."""
    rows = [f"\n{kind}: {number} people, {seconds:.0f} s, {WORKERS} processes, {_machine()}",
            "| call | n | p50 ms | p95 ms | p99 ms | most ms |", "|---|---|---|---|---|---|"]  # fmt: skip
    everything: list[float] = []
    for name, values in sorted(told.ms.items()):
        figures = " | ".join(f"{percentile(values, share):.0f}" for share in (0.5, 0.95, 0.99, 1))
        rows.append(f"| {name} | {len(values)} | {figures} |")
        everything += values
    figures = " | ".join(f"{percentile(everything, share):.0f}" for share in (0.5, 0.95, 0.99, 1))
    rows.append(f"| all of them | {len(everything)} | {figures} |")
    first = Counter(told.errors).most_common(3)
    if number <= PEOPLE:
        met = "met" if percentile(everything, 0.95) < BAR_MS and not told.errors else MISSED
        rows.append(f"p95 under {BAR_MS} ms and no errors: {met}")
    rows.append(f"errors {len(told.errors)} {first}")
    if told.plans:
        half, most = (percentile(told.plans, share) for share in (0.5, 0.95))
        rows.append(f"plans: {len(told.plans)}, half of them there within {half:.1f} s, 95 % within {most:.1f} s")
    rows.append(
        f"told conflicts {told.conflicts}, told refusals {dict(told.refused)}, notes answered as kept "
        f"{len(told.notes)}, of which missing {lost}; audit: {found.records} records, {found.entries} entries, "
        f"{len(found.faults)} that do not agree"
    )
    return "\n".join(rows)


def _machine() -> str:
    """Say what else the machine does: figures of a busy one are none of the program."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[1]:.1f} (5 minutes, this one too)"


def main() -> int:
    """Measure both databases and print the tables; return 1 where the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[PEOPLE, MORE_PEOPLE])
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    asked = parser.parse_args()
    tables = []
    for number in asked.people:
        for kind in ("sqlite", "postgresql"):
            if asked.only in (None, kind):
                tables.append(table(kind, *measure(kind, number, asked.seconds), number, asked.seconds))
                print(tables[-1], flush=True)
    return 1 if any(MISSED in each for each in tables) else 0


if __name__ == "__main__":
    sys.exit(main())
