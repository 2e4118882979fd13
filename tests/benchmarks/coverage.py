"""Measure the coverage of a whole programme: `python -m tests.benchmarks.coverage [--times 40]`.

Sixteen clusters as the quotas set them, each with every FOCAS score of three rounds and two QSIP cycles, beside the
first proposals. Times are of one process without a web server; SQLite in a temporary folder.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import flask
from plotly.utils import PlotlyJSONEncoder

from dashboard.documents.coverage_sheets import coverage_workbook
from dashboard.pages.coverage import answers, paper
from dashboard.records.core import Remarks, history
from dashboard.records.core.actors import local_actor
from dashboard.records.core.governments import governments_of
from dashboard.records.core.store import Store
from dashboard.records.opening import open_store
from dashboard.records.proposals import proposals
from dashboard.records.tracking import coverage, focas, qsip
from dashboard.records.tracking.focas import FocasScore
from dashboard.records.tracking.qsip import STAGE, Stage
from dashboard.web.request import RequestContext, words_of
from geodata.model.dataset import default

ME = local_actor("Medición")
STATES = ("validated", "commitment_signed", "focas_applied", "qsip_applied", "plan_approved", "plan_implemented")
START = date(2013, 1, 7)
MOST_DISTRICTS = 3  # Madre de Dios has eleven for its three clusters


def fill(store: Store) -> None:
    """Keep sixteen clusters. Their steps are written as the record writes them, without the meetings they ask for."""
    territory, used = store.dataset.territory, set()
    wanted = [(code, phase) for (code, phase), n in sorted(store.dataset.quotas.items()) for _ in range(n)]
    for n, (department, phase) in enumerate(wanted):
        own = [u for u in territory.in_department(department) if u not in used][:MOST_DISTRICTS]
        used |= set(own)
        content = {"name": f"{department}-{phase}", "ubigeos": own, "services": ["health"], "phase": phase}
        made = proposals.create(store, ME, content)
        _walk(store, made, STATES[n % len(STATES)])
        _measure(store, made)


def _walk(store: Store, proposal: proposals.Proposal, until: str) -> None:
    for n, state in enumerate(("proposed", "reviewed", *STATES[: STATES.index(until) + 1]), 1):
        command = proposals.MakeStep(f"to_{state}", proposal.id, n, on=START + n * timedelta(days=30))
        history.carry_out(store, ME, command, partial(_change, command, state))


def _change(command: proposals.MakeStep, state: str, transaction: history.Transaction) -> None:
    current = transaction.load(proposals.PROPOSAL, command.id)
    remarks = Remarks.read({"on": command.on}, today=command.on)
    transaction.change(proposals.PROPOSAL, current, current.version, lambda p: replace(p, state=state), remarks=remarks)


def _measure(store: Store, proposal: proposals.Proposal) -> None:
    kept = {s.id for s in focas.scores(store, ME)}
    programme = store.programme
    rows = [
        FocasScore(f"{g}.{r}.{a}", 0, g, r, a, 40.0 + 5 * n, date(2013 + n, 5, 2))
        for g in governments_of(proposal.ubigeos, store.dataset.territory)
        for n, r in enumerate(programme.rounds)
        for a in programme.areas
    ]
    focas.enter_all(store, ME, [(n, row) for n, row in enumerate(rows, 2) if row.id not in kept])

    def work(transaction: history.Transaction) -> None:
        for cycle in (1, 2):
            for stage in range(1, programme.stages + 1):
                day, id_ = date(2013 + cycle, stage, 3), f"{proposal.id}.{cycle}.{stage}"
                transaction.add(STAGE, Stage(id_, 0, proposal.id, cycle, stage, day))

    history.carry_out(store, ME, qsip.EnterStages(), work)


def timed(work: Callable[[], object], times: int) -> tuple[float, float]:
    """Return the median and the 95th percentile of some calls, in milliseconds, after one to warm up."""
    work()
    took = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - start))
    took.sort()
    return took[len(took) // 2], took[min(int(0.95 * len(took)), len(took) - 1)]


def main() -> None:
    """Print what each answer takes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=40)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder, flask.Flask("x").test_request_context():
        store = open_store(f"sqlite:///{folder}/record.sqlite", default())
        fill(store)
        context = RequestContext(store, ME, words_of("es"))
        found = coverage.coverage(store, ME)
        sent = json.dumps(answers.parts(found, context, None), cls=PlotlyJSONEncoder)
        scores = len(focas.scores(store, ME))
        print(f"{len(found.standings)} clusters and proposals, {scores} scores, {len(sent)} letters sent")
        works = {
            "domain call": lambda: coverage.coverage(store, ME),
            "domain call and all parts of the screen": lambda: answers.read_again(context, None, None),
            "the page on paper, written the first time": lambda: paper.page(
                coverage.coverage(store, ME), store, context.words
            ),
            "workbook": lambda: coverage_workbook(store, ME, found, context.words),
        }
        for name, work in works.items():
            median, late = timed(work, times)
            print(f"{name:44} median {median:7.1f} ms   p95 {late:7.1f} ms")
        store.close()


if __name__ == "__main__":
    main()
