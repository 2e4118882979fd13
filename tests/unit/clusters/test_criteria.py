"""Criteria are data that is checked, and their values come from measures and judgements."""

import tomllib

import pytest

from dashboard import texts
from dashboard.clusters.measures.measures import MEASURES, Figure
from dashboard.clusters.model.candidate import Candidate
from dashboard.clusters.scoring.criteria import CRITERIA_FILE, asked, load_criteria, read_criteria, values_for
from dashboard.clusters.scoring.pools import pool
from dashboard.clusters.scoring.terms import Terms
from dashboard.clusters.writing import sentences
from dashboard.pages.kit import words
from geodata.shared import Unusable

FIGURES = {key: Figure(float(i)) for i, key in enumerate(MEASURES)}


def tree():
    return tomllib.loads(CRITERIA_FILE.read_text("utf-8"))


def test_every_criterion_has_a_name_a_reason_and_a_unit_in_both_languages():
    for language in texts.LANGUAGES:
        for key, criterion in load_criteria().items():
            for text in (f"criterion.{key}.name", criterion.reason, f"unit.{criterion.unit}"):
                assert texts.say(language, text)


def test_all_faults_are_reported_at_once():
    wrong = tree()
    wrong["gap"] |= {"measure": "gaps", "colour": 1}
    wrong["affected"] |= {"zero_at": 5.0, "hundred_at": 5.0}
    wrong["conflicts"] |= {"direction": "higher", "weight": -1}
    wrong["risk"] |= {"weight": float("nan")}
    wrong["p20"] |= {"judgement": True}
    with pytest.raises(Unusable) as caught:
        read_criteria(wrong)
    said = " | ".join(caught.value.faults)
    for part in (
        "gaps",
        "gap.colour",
        "affected: zero_at",
        "conflicts.weight",
        "conflicts: the anchors",
        "risk.weight",
        "p20: needs",
    ):
        assert part in said


def test_no_criteria_at_all_is_a_fault():
    with pytest.raises(Unusable):
        read_criteria({})


def test_the_gap_is_that_of_the_services_chosen():
    chosen = values_for(Candidate(services=frozenset(["health", "education"])), FIGURES)
    assert chosen["gap"] == (FIGURES["gap_health"].value + FIGURES["gap_education"].value) / 2
    every = values_for(Candidate(), FIGURES)
    assert every["gap"] == sum(FIGURES[f"gap_{s}"].value for s in ("health", "education", "environment")) / 3


def test_a_service_whose_gap_is_unknown_makes_the_criterion_unknown():
    figures = FIGURES | {"gap_health": Figure(None)}
    assert values_for(Candidate(services=frozenset(["health"])), figures)["gap"] is None
    assert values_for(Candidate(services=frozenset(["education"])), figures)["gap"] is not None


def test_judgements_come_from_the_group_and_stay_on_the_scale():
    values = values_for(Candidate(), FIGURES, {"political_will": 4})
    assert values["political_will"] == 4 and values["safe_travel"] is None
    with pytest.raises(Unusable) as caught:
        values_for(Candidate(), FIGURES, {"political_will": 6, "gap": 3, "safe_travel": float("nan")})
    assert len(caught.value.faults) == 3


def test_what_is_judged_without_a_weight_is_asked_once_the_group_gives_it_one():
    criteria = load_criteria()
    first = asked()
    assert first and all(criteria[key].judged and criteria[key].weight > 0 for key in first)
    silent = [key for key, item in criteria.items() if item.judged and not item.weight]
    assert silent and not set(silent) & set(first)
    assert asked({silent[0]: 0.5}) == tuple(key for key in criteria if key in {*first, silent[0]})
    assert asked(dict.fromkeys(criteria, 0.0)) == ()


def test_what_nobody_is_asked_changes_no_order_and_is_missed_by_nobody(dataset):
    among = pool(dataset, Terms(), "2205")
    without = {key: item for key, item in load_criteria().items() if not item.judged or item.weight}
    fewer = pool(dataset, Terms(criteria=without), "2205")
    assert (among.order == fewer.order).all() and among.totals == pytest.approx(fewer.totals)
    said = " ".join(sentences.left_out_sentences(words("es"), among.scale))
    assert "Voluntad política" in said and "Sinergias" not in said
