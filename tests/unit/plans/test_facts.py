"""A plan as plain values: what the engine found, no more and no less, and what differs between two."""

import json
from functools import partial
from io import BytesIO

import openpyxl
import pytest

from dashboard import texts
from dashboard.clusters.model import encode
from dashboard.clusters.planning.plan import make_plan
from dashboard.clusters.planning.request import Request
from dashboard.documents import plan_files
from dashboard.web.jobs import plan_request
from dashboard.web.jobs.__main__ import solve
from dashboard.web.jobs.facts import difference, explanation


def phases_of(plan):
    """Return the phase of each cluster of a plan of the domain, by its code."""
    return {encode(c.ubigeos): c.phase for c in plan.clusters}


def codes_of(plan):
    return {c["code"] for c in plan["clusters"]}


def test_the_facts_are_what_the_engine_found(dataset, answered):
    plan, facts = make_plan(dataset), answered()
    assert facts["status"] == "done"
    assert facts["value"] == pytest.approx(plan.value)
    assert [c["ubigeos"] for c in facts["clusters"]] == [sorted(c.ubigeos) for c in plan.clusters]
    assert [c["identity"]["sign"] for c in facts["clusters"]] == list("abcdefghijklmnop")
    assert [line["total"] for line in facts["ledger"]] == [line.total for line in plan.ledger]
    assert json.loads(json.dumps(facts)) == facts  # any process can read it


def test_what_is_settled_is_told_with_its_figures_and_in_the_files_though_no_candidate_is_like_it(dataset):
    pieces = sorted(next(p.ubigeos for p in dataset.proposals if p.id == "lamas"))
    assert not dataset.territory.is_contiguous(pieces)
    plain = plan_request.checked({"objective": "score"}, dataset.territory)
    facts = solve(plain, dataset, lambda doing, share: None, [{"ubigeos": pieces, "phase": 1}])
    (own,) = [c for c in facts["clusters"] if c["settled"]]
    assert (own["ubigeos"], own["phase"], own["fixed"]) == (pieces, 1, True)
    assert len(facts["clusters"]) == 16 and facts["unvalued"] == 0
    assert facts["value"] == pytest.approx(sum(c["score"] for c in facts["clusters"]))
    assert facts["mean"] == pytest.approx(facts["value"] / 16)
    added = sum(share * own["criteria"][key]["points"] for key, share in facts["scale"]["used"].items())
    assert added == pytest.approx(own["score"])
    body = plan_files.workbook(facts, dataset, partial(texts.say, "es"), "")
    sheet = openpyxl.load_workbook(BytesIO(body), data_only=True)[texts.say("es", "plan.file.sheet_plan")]
    rows = {row[11]: row for row in sheet.iter_rows(min_row=6, values_only=True)}
    assert rows[own["code"]][7] == pytest.approx(own["score"])


def test_a_score_is_the_sum_of_what_each_criterion_adds(answered):
    facts = answered()
    for cluster in facts["clusters"]:
        added = sum(share * cluster["criteria"][key]["points"] for key, share in facts["scale"]["used"].items())
        assert added == pytest.approx(cluster["score"])


def test_what_stands_in_the_way_is_told_with_the_most_that_can_be_reached(answered):
    facts = answered(governments=90)
    assert facts["status"] == "blocked"
    blocker = next(b for b in facts["blockers"] if b["message"].endswith(".governments"))
    assert blocker["alone"] and blocker["fields"]["governments"] == 90
    assert answered(governments=blocker["fields"]["nearest"])["governments"] == blocker["fields"]["nearest"]
    assert json.loads(json.dumps(facts)) == facts
    again = explanation(facts)[1]
    kinds = {step["message"] for way in facts["why"]["ways"] for step in way}
    assert kinds == {step.message for way in again.ways for step in way}


def test_forbidding_a_cluster_takes_it_out_and_fixing_one_of_the_plan_changes_nothing(answered):
    before = answered()
    first = before["clusters"][0]
    after = answered(forbidden=[first["ubigeos"]])
    changes = difference(before, after)
    assert changes["go"] == [first["code"]] or first["code"] in changes["go"]
    assert changes["value"] <= 0
    fixed = difference(before, answered(fixed=[{"ubigeos": first["ubigeos"]}]))
    assert (fixed["go"], fixed["come"], fixed["moved"], fixed["value"]) == ([], [], [], 0)


def test_differences_are_those_of_the_domain(dataset, answered):
    a, b = make_plan(dataset), make_plan(dataset, Request(governments=75))
    found, (of_a, of_b) = difference(answered(), answered(governments=75)), map(phases_of, (a, b))
    assert found["value"] == pytest.approx(b.value - a.value)
    for name in ("affected", "score"):
        sums = [sum(getattr(c, name) for c in plan.clusters if getattr(c, name) is not None) for plan in (a, b)]
        assert found[name] == pytest.approx(sums[1] - sums[0])
    assert (found["governments"], found["provinces"]) == (b.governments - a.governments, b.provinces - a.provinces)
    assert set(found["stay"]) == {code for code, _ in of_a.items() & of_b.items()}
    assert set(found["moved"]) == {code for code in of_a.keys() & of_b.keys() if of_a[code] != of_b[code]}
    assert set(found["go"]) == of_a.keys() - of_b.keys() and set(found["come"]) == of_b.keys() - of_a.keys()


def test_going_back_is_the_opposite(answered):
    a, b = answered(), answered(sizes=[3, 4])
    there, back = difference(a, b), difference(b, a)
    assert (there["come"], there["go"]) == (back["go"], back["come"])
    assert there["affected"] == pytest.approx(-back["affected"])
    assert codes_of(a) - set(there["go"]) == codes_of(b) - set(there["come"])


def test_plans_that_do_not_count_the_same_are_not_compared_by_their_objective(answered):
    assert difference(answered(), answered(objective="score"))["value"] is None
    assert difference(answered(), answered(services=["health"]))["objective"] is None


def test_what_the_weights_leave_without_a_score_is_refused_in_words(dataset, answered):
    facts = answered(weights=dict.fromkeys(answered()["scale"]["used"], 0))
    assert facts["status"] == "done"
    assert {c["score"] for c in facts["clusters"]} == {None}
