"""Hold that what the browser is sent of a search is all of it, and that it is small."""

import gzip
import json
import math

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import texts
from dashboard.clusters.ranking.pareto import frontier
from dashboard.clusters.scoring.pools import pool
from dashboard.clusters.scoring.scores import full_weights
from dashboard.clusters.scoring.terms import Terms
from dashboard.pages.kit import packing
from dashboard.pages.propose import answers
from dashboard.pages.propose.request import AXES, read_address, search_of
from geodata.model.dataset import default
from tests.unit.pages.garbage import anything, records

DATASET = default()
PLACES = [*DATASET.territory.provinces, *DATASET.territory.departments]
CONFLICTS, HAZARDS = (2007, 2023), (2017, 2022)
MOST_BYTES = 100_000
SENT = {
    "place": st.sampled_from(PLACES),
    "sizes": st.lists(st.integers(1, 9), max_size=3),
    "services": st.lists(st.sampled_from(["health", "education", "environment", "x"]), max_size=3),
    "conflictPeriod": st.lists(st.integers(2000, 2030), max_size=3),
    "hazardPeriod": st.lists(st.integers(2000, 2030), max_size=3),
    "weights": st.dictionaries(st.sampled_from(["gap", "risk", "junk"]), st.floats(), max_size=3),
}


def asked(place: str, **more) -> dict:
    periods = {"conflictPeriod": CONFLICTS, "hazardPeriod": HAZARDS}
    return {"place": place, "sizes": [3, 6], "services": [], **periods} | more


def groups_of(found: dict) -> list[frozenset[str]]:
    return [frozenset(found["districts"][ord(ch) - ord("0")] for ch in letters) for letters in found["groups"]]


def column(found: dict, key: str) -> list:
    values = found["values"][key]
    return values if isinstance(values, list) else [values] * len(found["groups"])


@pytest.mark.parametrize("place", DATASET.territory.provinces)
def test_every_feasible_candidate_of_a_province_is_sent_with_its_values(place):
    found = answers.search(asked(place), DATASET, "es")
    among = pool(DATASET, Terms(conflict_period=CONFLICTS, hazard_period=HAZARDS), place)
    assert found["n"] == len(among)
    if not len(among):
        assert found["nothing"]
        return
    assert groups_of(found) == [among.groups.ubigeos(row) for row in range(len(among))]
    for key in found["values"]:
        sent = [math.nan if value is None else value for value in column(found, key)]
        assert sent == pytest.approx(among.values[key].tolist(), abs=1e-6, nan_ok=True)
    assert found["frontier"] == sorted(frontier(among).rows)
    assert found["frontierOf"] == len(found["frontier"])
    assert found["leftOut"] == list(among.scale.left_out)


@pytest.mark.parametrize("place", PLACES)
def test_what_is_sent_stays_small(place):
    body = orjson.dumps(answers.search(asked(place), DATASET, "es"))
    assert len(gzip.compress(body)) < MOST_BYTES


def test_of_a_place_with_too_many_the_best_by_the_weights_in_use_are_sent_and_that_is_said():
    weights = dict.fromkeys(full_weights(None, Terms().criteria), 0) | {"density": 1}
    found = answers.search(asked("01", weights=weights), DATASET, "es")
    among = pool(DATASET, Terms(weights=weights, conflict_period=CONFLICTS, hazard_period=HAZARDS), "01")
    assert found["n"] == len(among) > packing.MOST_ROWS == len(found["groups"])
    assert set(groups_of(found)) == {among.groups.ubigeos(int(row)) for row in among.order[: packing.MOST_ROWS]}
    assert [note["kind"] for note in found["notes"]].count("bounded") == 1


def test_weights_are_part_of_the_question_only_where_they_choose_what_is_sent():
    assert answers.question(asked("2205", weights={"gap": 1}), DATASET)["weights"] == {}
    assert answers.question(asked("01", weights={"gap": 1}), DATASET)["weights"] == {"gap": 1.0}


@given(st.one_of(anything, records(SENT)), st.sampled_from(texts.LANGUAGES))
@settings(max_examples=40, deadline=None)
def test_whatever_is_asked_is_answered(sent, language):
    question = answers.question(sent, DATASET)
    json.dumps(question)
    found = answers.search(question, DATASET, language)
    assert found["nothing"] or len(found["groups"]) == min(found["n"], packing.MOST_ROWS)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_it_is_said_why_a_place_has_none(language):
    def why(place, sizes):
        return answers.search(asked(place, sizes=sizes), DATASET, language)["nothing"]

    name = DATASET.territory.provinces["2504"].name
    assert why("2504", [3, 6]) == texts.say(language, "propose.never", place=name, n=1, minimum=3)
    small = next(p for p in DATASET.territory.provinces if len(DATASET.territory.in_province(p)) == 3)
    place = {"place": DATASET.territory.provinces[small].name, "n": 3, "minimum": 3}
    assert why(small, [5, 6]) == texts.say(language, "propose.not_of_size", least=5, most=6, **place)
    assert why("9999", [3, 6]) == texts.say(language, "propose.no_place")


# ---- addresses


def test_an_address_is_read():
    query = {"p": "2205", "t": "4-5", "sv": "he", "xy": "risk.gap", "s": "risk", "l": "", "q": "2205-010510.E"}
    found, problems = read_address(query, DATASET)
    assert problems == ()
    assert found == {
        "place": "2205", "sizes": [4, 5], "services": ["health", "education"], "axes": ["risk", "gap"],
        "sort": "risk", "locked": [], "picked": ["220501", "220505", "220510"],
    }  # fmt: skip


@given(st.dictionaries(st.sampled_from(["p", "t", "sv", "xy", "s", "l", "q"]), st.text(max_size=12)))
@settings(max_examples=60)
def test_an_address_that_is_not_understood_is_told_and_left_out(query):
    found, problems = read_address(query, DATASET)
    told = {fields["name"] for _, fields in problems}
    assert told <= set(query)
    assert found["axes"] is None or set(found["axes"]) <= set(AXES)
    assert found["place"] is None or found["place"] in PLACES


@given(st.one_of(anything, records(SENT)))
def test_a_search_is_bounded(sent):
    place, terms = search_of(sent, DATASET)
    assert place == "" or place in PLACES
    assert 3 <= terms.sizes[0] <= terms.sizes[1] <= 6
