"""Hold that the firmness shown is the engine's, that draws and seed are said, and that anything asked is answered."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import texts
from dashboard.clusters.model.candidate import Candidate, from_proposal
from dashboard.clusters.ranking.order import firmness
from dashboard.clusters.scoring.terms import Terms
from dashboard.clusters.writing import sentences
from dashboard.clusters.writing.filling_sentences import shown_fillings
from dashboard.pages.compare import answers
from dashboard.pages.kit.speech import words
from geodata.model.dataset import default
from tests.unit.pages.garbage import anything
from tests.unit.pages.test_standing_answers import parts, text, tree

DATASET = default()
CONFLICTS, HAZARDS = (2007, 2023), (2017, 2022)
PROPOSALS = [from_proposal(p) for p in DATASET.proposals]


def asked(candidates) -> dict:
    columns = [
        {"id": f"p:{c.replaces}", "name": c.name, "ubigeos": sorted(c.ubigeos), "services": sorted(c.services),
         "phase": c.phase}
        for c in candidates
    ]  # fmt: skip
    return {"columns": columns, "conflictPeriod": CONFLICTS, "hazardPeriod": HAZARDS}


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("n", [2, 4])
def test_every_pair_is_told_as_the_engine_finds_it(n, language):
    chosen = PROPOSALS[:n]
    found = firmness(chosen, DATASET, Terms(conflict_period=CONFLICTS, hazard_period=HAZARDS))
    shown = text(tree(answers.firm_order(asked(chosen), {}, {}, DATASET, language)))
    speech = words(language)
    for pair, duel in found.duels.items():
        names = [texts.say(language, "firm.named", letter="ABCD"[i], name=chosen[i].name) for i in pair]
        assert sentences.duel_sentence(speech, duel, names) in shown
    assert speech.number(found.weightings.draws, 0) in shown and str(found.weightings.seed) in shown
    assert "{" not in shown


def test_a_verdict_that_data_leave_open_comes_with_the_two_ways_to_see_it():
    """Contamana with two neighbours, and three others of Ucayali province: cases of Loreto may lie in either."""
    chosen = [Candidate(["160604", "160605", "160606"], name="A"), Candidate(["160601", "160603", "160605"], name="B")]
    found = firmness(chosen, DATASET, Terms(conflict_period=CONFLICTS, hazard_period=HAZARDS)).duels[0, 1]
    assert found.message == "engine.duel.data"
    shown = tree(answers.firm_order(asked(chosen), {}, {}, DATASET, "es"))
    names = [texts.say("es", "firm.named", letter="AB"[i], name=c.name) for i, c in enumerate(chosen)]
    ways = shown_fillings(words("es"), found, names, DATASET, "es")
    assert len(ways) == 2 and names[0] in ways[0].title and names[1] in ways[1].title
    folded = next(d for d in parts(shown, "Details") if texts.say("es", "firm.see") in text(d["children"]))
    assert all(
        way.title in text(folded["children"]) and all(line in text(folded["children"]) for line in way.lines)
        for way in ways
    )


def test_the_shares_of_two_add_up_to_the_whole():
    found = tree(answers.firm_order(asked(PROPOSALS[:2]), {}, {}, DATASET, "es"))
    cells = [int(text(td["children"]).split()[0]) for td in parts(found, "Td") if "%" in text(td["children"])]
    a_beats_b, a_first, b_beats_a, b_first = cells
    assert abs(a_beats_b + b_beats_a - 100) <= 1 and abs(a_first + b_first - 100) <= 1


def test_without_any_weight_there_is_no_order_to_be_firm():
    nothing = dict.fromkeys(Terms().criteria, 0)
    shown = text(tree(answers.firm_order(asked(PROPOSALS[:2]), nothing, {}, DATASET, "es")))
    assert texts.say("es", "firm.no_weight") in shown and texts.say("es", "firm.no_score") in shown


def test_one_without_districts_is_named():
    sent = asked(PROPOSALS[:2])
    sent["columns"][1]["ubigeos"] = []
    said = text(tree(answers.firm_order(sent, {}, {}, DATASET, "es")))
    assert texts.say("es", "firm.empty", n=1, letters="B") in said


@given(anything, anything, anything, st.sampled_from(texts.LANGUAGES))
@settings(max_examples=30, deadline=None)
def test_whatever_is_asked_is_answered_or_refused_in_a_sentence(sent, weights, judgements, language):
    assert text(tree(answers.firm_order(sent, weights, judgements, DATASET, language)))


@given(anything, anything)
@settings(max_examples=30, deadline=None)
def test_weights_and_judgements_that_are_none_are_refused_in_a_sentence(weights, judgements):
    assert text(tree(answers.firm_order(asked(PROPOSALS[:2]), weights, judgements, DATASET, "es")))
