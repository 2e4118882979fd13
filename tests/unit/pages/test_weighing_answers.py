"""Hold among whom it is seen what weights do, and that the anchors asked for are those that score."""

import numpy as np
import pytest

from dashboard.clusters.ranking import compare
from dashboard.clusters.scoring import ANCHORS, FIXED, SPREAD, Terms, anchored, pool
from dashboard.pages.compare import answers as comparing
from dashboard.pages.compare.effects import effects
from dashboard.pages.kit import packing
from dashboard.pages.plan import answers as planning
from dashboard.pages.propose import answers as proposing
from dashboard.web.jobs import plan_request
from dashboard.web.view import plain, read_view

PERIODS = {"conflictPeriod": [2007, 2023], "hazardPeriod": [2017, 2022]}


def column(ubigeos, services=(), letter="a"):
    return {"id": letter, "name": "", "ubigeos": sorted(ubigeos), "services": list(services), "phase": 1}


@pytest.fixture(scope="module")
def feasible(dataset):
    return [pool(dataset, Terms(), "2205").groups.ubigeos(row) for row in (3, 200)]


def asked(groups, services=((), ()), anchors=SPREAD):
    columns = [column(group, own, letter) for group, own, letter in zip(groups, services, "ab", strict=True)]
    return {"columns": columns, "anchors": anchors, **PERIODS}


def test_those_compared_are_among_the_feasible_ones_of_their_provinces(dataset, feasible):
    found = effects(asked(feasible), dataset, "es")
    assert found["n"] == len(found["groups"]) == 341
    letters = {code: chr(packing.FIRST_LETTER + n) for n, code in enumerate(found["districts"])}
    for own, group in zip(found["own"], feasible, strict=True):
        assert set(found["groups"][own["row"]]) == {letters[u] for u in group}
    outside = effects(asked([feasible[0], {"220501"}]), dataset, "es")
    assert [own["row"] is None for own in outside["own"]] == [False, True] and outside["own"][1]["why"]
    far = effects(asked([feasible[0], {"010501", "010502", "010503"}]), dataset, "es")
    assert far["n"] > 341 and far["place"] == "0105.2205"
    assert effects(asked([(), ()]), dataset, "es") is None and effects("nothing", dataset, "es") is None


def test_different_services_are_told_with_the_anchors_of_each(dataset, feasible):
    mixed = effects(asked(feasible, (["health"], ["education"])), dataset, "es")
    texts = {item["key"]: item["text"] for item in mixed["anchored"]}
    assert texts["gap"].startswith("A: ") and " B: " in texts["gap"] and "A: " not in texts["density"]


@pytest.mark.parametrize("anchors", ANCHORS)
def test_the_anchors_asked_for_score_on_every_screen(dataset, feasible, anchors):
    sent = asked(feasible, anchors=anchors)
    points = comparing.answer(sent, dataset, "es")["values"]["points"]
    own = compare(
        [comparing.candidate_of(c, dataset) for c in sent["columns"]], dataset,
        conflict_period=(2007, 2023), hazard_period=(2017, 2022), anchors=anchors,
    )  # fmt: skip
    assert all(tuple(points[row.criterion.key]) == row.points for row in own.criteria if row.used)
    search = proposing.search({"place": "2205", "anchors": anchors, **PERIODS}, dataset, "es")
    terms = Terms(conflict_period=(2007, 2023), hazard_period=(2017, 2022), anchors=anchors)
    criteria = anchored(dataset, terms)
    assert search["anchors"]["gap"] == [criteria["gap"].zero_at, criteria["gap"].hundred_at]
    among = planning.effects({"sizes": [3, 6], "services": [], "anchors": anchors}, dataset, "es")
    plan = anchored(dataset, plan_request.terms_of({**plan_request.default(), "anchors": anchors}))
    assert among["anchors"]["gap"] == [plan["gap"].zero_at, plan["gap"].hundred_at]


def test_of_a_whole_territory_as_many_are_sent_evenly(dataset):
    among = pool(dataset, Terms())
    rows = packing.spread_rows(among, np.array([1, 17]))
    assert {1, 17} <= set(rows.tolist()) and packing.MOST_ROWS <= len(rows) <= packing.MOST_ROWS + 2
    assert set(np.diff(rows).tolist()) <= {1, 2, 3, 4}
    sent = planning.effects({"sizes": [3, 6], "services": [], "anchors": SPREAD}, dataset, "es")
    assert sent["rows"] == packing.MOST_ROWS == len(sent["values"]["gap"]) and len(sent["among"]) == 2
    # the sample tells what all would: the share of each criterion in the variance of scores
    shares, some = [], packing.spread_rows(among, np.array([], dtype=int))
    for table in (among.values, {key: values[some] for key, values in among.values.items()}):
        parts = among.scale.contributions(table)
        total = sum(parts.values())
        shares.append([np.cov(part, total, bias=True)[0, 1] / total.var() for part in parts.values()])
    assert np.abs(np.subtract(*shares)).max() < 0.02


def test_an_address_asks_for_anchors(dataset):
    assert plain(read_view({"an": FIXED}, dataset))["anchors"] == FIXED
    assert read_view({}, dataset).anchors == SPREAD
    odd = read_view({"an": "loose"}, dataset)
    assert odd.anchors == SPREAD and odd.problems[0][1]["name"] == "an"


def test_a_plan_keeps_its_anchors_in_its_address(dataset):
    read, unread = plan_request.from_address("oscore*afixed", dataset.territory)
    assert read["anchors"] == FIXED and not unread and plan_request.terms_of(read).anchors == FIXED
    assert plan_request.from_address("oscore*aloose", dataset.territory)[1] == ("aloose",)
    assert planning.among_whom({"now": {"anchors": "loose"}}, dataset) is None
    assert planning.among_whom({"now": read}, dataset) == {"sizes": [3, 6], "services": [], "anchors": FIXED}
