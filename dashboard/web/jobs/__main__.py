"""Solve the plans that readers wait for: `python -m dashboard.web.jobs FOLDER`, started by the server.

It takes jobs until none has come for a while or the server is gone. A thread beside the work gives signs of
life and ends the process when nobody asks for its job any more: HiGHS cannot be told to stop from outside.
"""

import os
import sys
import threading
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from dashboard.clusters.model import Progress, SearchError
from dashboard.clusters.planning import PlanError, make_plan
from dashboard.clusters.rules import Context
from dashboard.web import editions
from dashboard.web.jobs.facts import blocked_facts, plan_facts, refused_facts
from dashboard.web.jobs.jobs import Answer, Attention, Spool
from dashboard.web.jobs.plan_request import request_of, terms_of
from geodata.model import Dataset
from geodata.shared import Unusable

IDLE_S = 300.0
PAUSE_S = 0.05
SIGN_EVERY_S = 0.5
GIVES_WAY = 10  # of niceness: a plan takes all of a core for seconds, an answer a few milliseconds


def solve(wanted: dict, dataset: Dataset, progress: Progress, settled: Sequence[dict] = ()) -> Answer:
    """Return the answer to what is wanted (:mod:`.request`), checked before, beside what is settled."""
    began = time.perf_counter()
    terms = terms_of(wanted)
    try:
        # what is settled comes with the job, from the record; the proposals of the data set are not looked at
        alone = Context.of(dataset, ())
        plan = make_plan(dataset, request_of(wanted, settled), terms, alone, progress)
    except PlanError as error:
        return blocked_facts(error, wanted, time.perf_counter() - began)
    except SearchError as error:
        return refused_facts([(error.message, dict(error.fields))], wanted)
    except Unusable:
        return refused_facts([("plan.unreadable.weights", {})], wanted)
    return plan_facts(plan, wanted, dataset, terms, time.perf_counter() - began)


class Solver:
    """One process at work: what it has in hand, seen by the thread that watches."""

    def __init__(self, spool: Spool):
        self._spool, self._name, self._parent = spool, str(os.getpid()), os.getppid()
        self._key: str | None = None
        self._attention: Attention | None = None
        self._lock = threading.Lock()

    def run(self) -> None:
        """Work on what waits until there has been nothing for a while, or the server is gone."""
        threading.Thread(target=self._watch, daemon=True).start()
        free_since = time.monotonic()
        while time.monotonic() - free_since < IDLE_S and os.getppid() == self._parent:
            key = self._spool.claim(self._name)
            if key is None:
                time.sleep(PAUSE_S)
                continue
            self._work(key)
            free_since = time.monotonic()
        self._spool.sign_off(self._name)

    def _work(self, key: str) -> None:
        with self._lock:
            self._key, self._attention = key, Attention(self._spool, key)
        self._spool.sign(self._name, "busy")
        self._spool.progress(key, "search", 0.0)
        job = self._spool.wanted(key) or {}
        dataset = editions.served().of(job.get("edition", ""))
        if dataset is None:
            answer: Answer = refused_facts([("plan.unreadable.edition", {})], job.get("wanted", {}))
        else:
            tell = partial(self._spool.progress, key)
            answer = solve(job["wanted"], dataset, tell, job.get("settled", ()))
        with self._lock:
            self._key = None
            self._spool.finish(key, answer)
        self._spool.sign(self._name, "free")

    def _watch(self) -> None:
        while True:
            time.sleep(SIGN_EVERY_S)
            with self._lock:
                key = self._key
                self._spool.sign(self._name, "busy" if key else "free")
                if os.getppid() == self._parent and (
                    key is None or self._attention is None or not self._attention.is_over()
                ):
                    continue
                if key is not None:
                    self._spool.let_go(key)
                self._spool.sign_off(self._name)
                os._exit(0)  # the only way out of a solve


def main(folder: str) -> None:
    """Work on the jobs of a folder until there are none, behind whoever answers readers."""
    os.nice(GIVES_WAY)
    Solver(Spool(Path(folder))).run()


if __name__ == "__main__":
    main(sys.argv[1])
