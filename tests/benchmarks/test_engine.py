"""The table of the engine says of each bar whether it was met; greedy keeps what the exact plan keeps."""

import pytest

from dashboard.clusters.planning.plan import feasible_pool, make_plan
from dashboard.clusters.rules.rules import Context
from dashboard.clusters.scoring.terms import Terms
from geodata.model.dataset import default
from tests.benchmarks.engine_figures import Timed, repeated, table
from tests.benchmarks.engine_rivals import SCENARIOS, Reached, greedy
from tests.benchmarks.engine_rivals import table as rivals_table


def test_a_bar_is_met_only_when_every_repetition_meets_it():
    lines = table([Timed("fast", 3, (0.01, 0.02), 0.05), Timed("slow", 3, (0.01, 0.06), 0.05), Timed("shown", 3, (9,))])
    fast, slow, shown = lines.splitlines()[2:]
    assert "| yes |" in fast and "20.0" in fast
    assert "|  NO |" in slow
    assert "< " not in shown


def test_a_repetition_that_warms_up_does_not_count():
    done = []
    assert len(repeated(lambda: done.append(1), 3)) == 3
    assert len(done) == 4


@pytest.mark.parametrize(("name", "request_"), SCENARIOS, ids=[name for name, _ in SCENARIOS])
def test_greedy_reaches_no_more_than_the_exact_plan_and_keeps_what_was_asked(name, request_):
    dataset = default()
    candidates = feasible_pool(dataset, Terms(), Context.of(dataset))
    value, governments = greedy(dataset, candidates, request_)
    assert value is not None and value <= make_plan(dataset, request_).value + 1e-6
    assert request_.governments is None or governments >= request_.governments


def test_a_way_without_a_plan_has_no_share():
    lines = rivals_table([Reached("exact", 50.0, 3, 9, 0.1), Reached("other", None, 0, 2, 0.1)])
    assert "100.0 %" in lines.splitlines()[2]
    assert "no plan | - |" in lines.splitlines()[3]
