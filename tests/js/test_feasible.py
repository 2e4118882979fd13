"""Hold that the browser orders the feasible candidates of a place as the engine does, by any weights."""

import numpy as np
import pytest

from dashboard.clusters.scoring.criteria import load_criteria
from dashboard.clusters.scoring.pools import pool
from dashboard.clusters.scoring.terms import ANCHORS, Terms
from dashboard.pages.propose import answers

LAMAS, LUYA = "2205", "0105"
PERIODS = {"conflict_period": (2007, 2023), "hazard_period": (2017, 2022)}
LISTED = """
const Feasible = await load("model/feasible");
const { fullWeights } = await load("model/comparison");
const { found, criteria, weights, locked } = given;
const pool = Feasible.unpack(found, criteria);
const scored = Feasible.score(pool, fullWeights(criteria, weights));
return Feasible.listed(pool, scored, criteria, { locked, sort: "score" })
  .map((row) => [scored.places[row], pool.groups[row], scored.totals[row]]);"""


def both(run, dataset, place, weights, locked=(), anchors="spread"):
    """Return the candidates of a place that hold some districts: of the browser and of the engine, best first."""
    criteria = [
        {"key": c.key, "judged": c.judged, "weight": c.weight, "zero": c.zero_at, "hundred": c.hundred_at}
        for c in load_criteria().values()
    ]
    sent = {"place": place, "conflictPeriod": [2007, 2023], "hazardPeriod": [2017, 2022], "anchors": anchors}
    found = answers.search(sent, dataset, "es")
    listed = run(LISTED, {"found": found, "criteria": criteria, "weights": weights, "locked": list(locked)})
    among = pool(dataset, Terms(weights=weights or None, anchors=anchors, **PERIODS), place)
    wanted = [
        [int(among.places[row]), sorted(among.groups.ubigeos(int(row))), float(among.totals[row])]
        for row in among.order
        if set(locked) <= set(among.groups.ubigeos(int(row)))
    ]
    return listed, wanted


@pytest.mark.parametrize("weights", [{}, {"gap": 0.0}], ids=["as offered", "without the gap"])
@pytest.mark.parametrize("place", [LAMAS, LUYA])
@pytest.mark.parametrize("anchors", ANCHORS)
def test_the_list_is_that_of_the_engine(run, dataset, place, weights, anchors):
    listed, wanted = both(run, dataset, place, weights, anchors=anchors)
    assert [row[:2] for row in listed] == [row[:2] for row in wanted]
    assert np.allclose([row[2] for row in listed], [row[2] for row in wanted], atol=1e-4)


def test_locked_districts_stay_and_the_places_are_still_among_all(run, dataset):
    listed, wanted = both(run, dataset, LAMAS, {}, locked=["220511"])
    assert [row[:2] for row in listed] == [row[:2] for row in wanted]
    assert all("220511" in ubigeos for _, ubigeos, _ in listed)
    assert listed[0][0] > 1
