"""Hold that the panel says of a candidate's place and changes what the engine found, whatever is asked."""

import json

import plotly.utils
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import texts
from dashboard.clusters.model.candidate import from_proposal
from dashboard.clusters.ranking.changes import single_changes, smallest_mends
from dashboard.clusters.ranking.standing import rankings
from dashboard.clusters.rules.rules import Context
from dashboard.clusters.scoring.terms import Terms
from dashboard.pages.map import answers, editions, standing
from geodata.model.dataset import default
from geodata.reports.report import Event
from tests.unit.pages.garbage import anything, records

DATASET = default()
UBIGEOS = sorted(DATASET.territory.districts)
LANGUAGES = st.sampled_from(texts.LANGUAGES)
CONFLICTS, HAZARDS = (2007, 2023), (2017, 2022)
ASKED = {
    "id": st.sampled_from(["c1", "p:lamas"]),
    "ubigeos": st.lists(st.sampled_from(UBIGEOS), max_size=6),
    "services": st.lists(st.sampled_from(["health", "education", "environment"]), unique=True),
    "phase": st.sampled_from([1, 2, 3]),
    "locked": st.lists(st.sampled_from(UBIGEOS), max_size=3),
    "weights": st.dictionaries(st.sampled_from(["gap", "risk", "p20"]), st.floats(0, 5), max_size=3),
}


def tree(answer) -> list:
    return json.loads(json.dumps(answer, cls=plotly.utils.PlotlyJSONEncoder))


def parts(node, kind: str) -> list[dict]:
    """Every element of a kind in an answer, as its props."""
    if isinstance(node, list):
        return [found for inner in node for found in parts(inner, kind)]
    if not isinstance(node, dict):
        return []
    own = [node["props"]] if node.get("type") == kind else []
    return own + parts(node.get("props", {}).get("children"), kind)


def text(node) -> str:
    if isinstance(node, list):
        return "".join(map(text, node))
    return text(node["props"].get("children", "")) if isinstance(node, dict) else str(node or "")


def asked_of(candidate, **more):
    given = {"id": "p:" + candidate.replaces, "ubigeos": sorted(candidate.ubigeos), "services": []}
    return given | {"phase": candidate.phase, "conflictPeriod": CONFLICTS, "hazardPeriod": HAZARDS} | more


@given(st.one_of(anything, records(ASKED)), LANGUAGES)
@settings(max_examples=40, deadline=None)
def test_whatever_is_asked_is_answered_with_elements(asked, language):
    assert isinstance(tree(answers.standing(asked, DATASET, language)), list)


@pytest.mark.parametrize("proposal", DATASET.proposals, ids=lambda p: p.id)
@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_proposal_is_given_the_place_that_the_engine_finds(proposal, language):
    candidate = from_proposal(proposal)
    terms = Terms(conflict_period=CONFLICTS, hazard_period=HAZARDS)
    shown = tree(answers.standing(asked_of(candidate), DATASET, language))
    said = text(shown)
    for ranking in rankings(candidate, DATASET, terms):
        assert str(ranking.score.position) in said and str(ranking.n) in said and ranking.name in said
    assert "{" not in said


@pytest.mark.parametrize("proposal", DATASET.proposals, ids=lambda p: p.id)
def test_every_change_offered_is_one_of_the_engine_and_says_for_which_districts(proposal):
    candidate = from_proposal(proposal)
    context, terms = Context.of(DATASET), Terms(conflict_period=CONFLICTS, hazard_period=HAZARDS)
    offered = parts(tree(answers.standing(asked_of(candidate), DATASET, "es")), "Button")
    found = single_changes(candidate, DATASET, context, terms, limit=None).changes
    mends = smallest_mends(candidate, DATASET, context, terms, limit=None).changes
    known = {("-".join(sorted(c.added)), "-".join(sorted(c.removed))) for c in (*found, *mends)}
    assert {(b["data-add"], b["data-take"]) for b in offered} <= known
    assert {b["data-of"] for b in offered} <= {"-".join(sorted(candidate.ubigeos))}
    assert {(b["data-add"], b["data-take"]) for b in offered} == known


def test_a_locked_district_is_taken_off_by_no_change():
    candidate = from_proposal(next(p for p in DATASET.proposals if p.id == "lamas"))
    kept = sorted(candidate.ubigeos)[0]
    offered = parts(tree(answers.standing(asked_of(candidate, locked=[kept]), DATASET, "es")), "Button")
    assert offered
    assert all(kept not in b["data-take"] for b in offered)


def test_a_strip_counts_every_feasible_candidate_and_marks_this_one():
    candidate = from_proposal(next(p for p in DATASET.proposals if p.id == "coronel-portillo"))
    strips = [d for d in parts(tree(answers.standing(asked_of(candidate), DATASET, "es")), "Div") if "data-bars" in d]
    n = rankings(candidate, DATASET)[0].n
    assert len(strips) > 3
    for strip in strips:
        counts = [int(count) for count in strip["data-bars"].split(".")]
        assert sum(count > 0 for count in counts) > 1, "all have the same: there is no spread"
        if strip["data-own"] == texts.say("es", "browser.unknown"):
            assert sum(counts) < n and strip["data-at"] == ""
        else:
            assert sum(counts) == n and counts[int(strip["data-at"])] > 0


def test_weights_change_the_place():
    candidate = from_proposal(next(p for p in DATASET.proposals if p.id == "lamas"))
    nothing = dict.fromkeys(Terms().criteria, 0)
    for key in ("gap", "density"):
        among = rankings(candidate, DATASET, Terms(weights=nothing | {key: 1}))[0]
        shown = text(tree(answers.standing(asked_of(candidate, weights=nothing | {key: 1}), DATASET, "es")))
        assert f"lugar {among.score.position}." in shown


def test_in_a_province_without_any_feasible_candidate_that_is_said():
    purus = sorted(DATASET.territory.in_province("2504"))
    said = text(tree(answers.standing({"ubigeos": purus}, DATASET, "es")))
    assert texts.say("es", "engine.rank.nobody", place="Purús") in said


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_candidate_of_every_district_is_placed_and_no_change_is_searched_for(language):
    shown = tree(answers.standing({"id": "c1", "ubigeos": UBIGEOS}, DATASET, language))
    assert not parts(shown, "Button")
    assert texts.say(language, "standing.too_many", n=len(UBIGEOS), most=standing.MOST_CHANGED) in text(shown)


# ---- candidates judged on other data


def test_that_nothing_is_said_where_the_data_are_the_same():
    assert answers.edition_notice(None, (), {"ubigeos": UBIGEOS[:3]}, "es") == []


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_of_what_changed_that_of_the_candidate_s_districts_is_told(language):
    figures = {"label_es": "Anemia", "label_en": "Anaemia", "year": 2023, "was": 1, "now": 2}
    changes = [Event("changed", "changed.value", {"district": u, **figures}, ubigeo=u) for u in UBIGEOS[:20]]
    told = text(tree(answers.edition_notice("then", changes, {"ubigeos": UBIGEOS[:3]}, language)))
    assert "then" in told and texts.say(language, "standing.edition_changes", n=3) in told
    assert [u in told for u in UBIGEOS[:4]] == [True, True, True, False]
    whole = text(tree(answers.edition_notice("then", changes, {"ubigeos": UBIGEOS}, language)))
    assert texts.say(language, "browser.and_more", n=20 - editions.MOST_CHANGES) in whole


@pytest.mark.parametrize(("changes", "key"), [(None, "edition_gone"), ((), "edition_same")])
def test_what_cannot_be_said_of_changes_is_said_so(changes, key):
    told = text(tree(answers.edition_notice("then", changes, {"ubigeos": UBIGEOS[:3]}, "es")))
    assert texts.say("es", f"standing.{key}") in told


def test_no_districts_have_no_place():
    assert answers.standing({"id": "c1", "ubigeos": []}, DATASET, "es") == []
