"""Measure what a visitor without account waits while others hold their connections: `python -m tests.benchmarks.slow`.

Served as the Procfile says, by one process; with --worker-class another one of gunicorn's own, to compare.
"""

import argparse
import math
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from dashboard.records.core.actors import local_actor
from dashboard.records.opening import open_store
from dashboard.records.people import accounts
from dashboard.settings import PREFIX
from geodata.model.dataset import default
from tests.benchmarks.serving import OURS, served
from tests.server.access.slow import visitors

NUMBERS = (0, 9, 60, 400)
BAR_MS = 1000
ASKED = 100
PATIENCE_S = 10
KEY = "a key for measuring that is long enough"


def main() -> int:
    """Print a table: how many are slow, what others wait, how many of the slow are let; 1 where others wait long."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worker-class", default="")
    options = parser.parse_args()
    more = ("--worker-class", options.worker_class) if options.worker_class else ()
    with tempfile.TemporaryDirectory() as aside:
        file = Path(aside) / "record.sqlite"
        store = open_store(f"sqlite:///{file}", default())
        values = {"login": "reader", "name": "Reader", "role": "reader", "department": None}
        accounts.create_account(store, local_actor(), values, "una clave bastante larga")
        store.close()
        own = {f"{PREFIX}RECORDS": str(file), f"{PREFIX}SECRET_KEY": KEY, f"{PREFIX}STORE": f"{aside}/store"}
        head = "| slow | p50 ms | p95 ms | most ms | without an answer | slow ones still open |"
        print(head, "|---" * 6 + "|", sep="\n")
        waits = []
        for number in NUMBERS:
            with served(OURS, own, more=more) as url:
                line, p95 = row(url, number)
                waits.append(p95)
                print(line, flush=True)
    met = max(waits) < BAR_MS
    print(f"p95 under {BAR_MS} ms: {'met' if met else 'NOT met'}")
    return 0 if met else 1


def row(url: str, number: int) -> tuple[str, float]:
    """Return the figures while some are slow, and what 95 % of the others wait at most, in ms."""
    place = urlsplit(url)
    took, failed = [], Counter()
    with visitors(place.hostname, place.port, number) as slow:
        time.sleep(2)
        for _ in range(ASKED):
            began = time.perf_counter()
            try:
                httpx.get(f"{url}entrar", timeout=PATIENCE_S).raise_for_status()
            except httpx.HTTPError as error:
                failed[type(error).__name__] += 1
                if failed.total() == 3:
                    break
                continue
            took.append((time.perf_counter() - began) * 1000)
        still = sum(each.is_open() for each in slow)
    took.sort()
    waits = [took[min(int(len(took) * share), len(took) - 1)] if took else math.inf for share in (0.5, 0.95, 1)]
    figures = " | ".join(f"{wait:.0f}" for wait in waits)
    return f"| {number} | {figures} | {dict(failed) or 0} | {still} |", math.inf if failed else waits[1]


if __name__ == "__main__":
    sys.exit(main())
