"""The firmness of an order agrees with the comparison it belongs to."""

import pytest

from dashboard.clusters.ranking.comparison import compare
from dashboard.clusters.ranking.order import firmness
from dashboard.clusters.scoring.terms import Terms


@pytest.fixture(scope="module")
def four(proposals):
    return [proposals[name] for name in ("Condorcanqui", "Lamas", "Mariscal Cáceres", "Tambopata")]


@pytest.mark.parametrize("judged", [False, True])
def test_scores_are_those_of_the_comparison_and_lie_in_their_intervals(four, dataset, judged):
    judgements = [{"political_will": 1.0 + i} for i in range(4)] if judged else [{}] * 4
    weights = {"gap": 5, "density": 0}
    compared = compare(four, dataset, judgements=judgements, weights=weights)
    found = firmness(four, dataset, Terms(weights=weights), judgements, draws=500)
    for score, uncertain in zip(compared.scores, found.uncertain, strict=True):
        assert uncertain.score.value == pytest.approx(score)
        assert uncertain.score.low - 1e-9 <= score <= uncertain.score.high + 1e-9
    assert set(found.weightings.used) == {row.criterion.key for row in compared.criteria if row.used} - {"density"}
    assert ("political_will" in found.weightings.used) == judged


def test_every_pair_has_a_duel_that_names_the_higher_score(four, dataset):
    compared = compare(four, dataset)
    found = firmness(four, dataset, draws=500)
    assert set(found.duels) == {(a, b) for a in range(4) for b in range(a + 1, 4)}
    for (a, b), duel in found.duels.items():
        higher = 0 if compared.scores[a] > compared.scores[b] else 1
        assert duel.ahead == higher
        share = found.weightings.beats[(a, b)[higher]][(a, b)[1 - higher]]
        assert duel.share == pytest.approx(share)


def test_the_same_candidate_twice_is_a_tie(four, dataset):
    found = firmness([four[0], four[0]], dataset, draws=50)
    assert found.duels[0, 1].message == "engine.duel.tie"


def test_what_another_candidate_lacks_is_left_out_of_every_pair(four, dataset):
    judgements = [{"political_will": 5.0}, {"political_will": 1.0}, {}, {}]
    found = firmness(four, dataset, Terms(), judgements, draws=200)
    plain = firmness(four, dataset, Terms(), draws=200)
    assert found.duels[0, 1].share == plain.duels[0, 1].share
