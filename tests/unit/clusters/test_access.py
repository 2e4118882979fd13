"""Access: the longest journey is networkx's, what is not known is said by name, and a remark changes no verdict."""

import dataclasses
from functools import partial
from itertools import combinations, islice

import networkx
import numpy as np
import pandas as pd
import pytest

from dashboard import texts
from dashboard.clusters.measures import MEASURES, Selection, measure_all, measure_groups
from dashboard.clusters.model import Candidate, Groups, basis, contiguous_groups, travelled, untravelled
from dashboard.clusters.scoring import pool, values_for
from dashboard.clusters.writing import Wording, touching_sentence, travel_sentences
from dashboard.pages.map import answers

LAGUNAS, SANTA_CRUZ, YURIMAGUAS, BALSAPUERTO = "160206", "160210", "160201", "160202"
JOURNEY, SHARE = "longest_journey_km", "known_ways_percent"


@pytest.fixture(scope="module")
def words():
    return Wording(partial(texts.say, "es"), lambda value, decimals: texts.number(value, "es", decimals))


def _graph(dataset):
    graph = networkx.Graph()
    graph.add_nodes_from(dataset.territory.districts)
    known = dataset.links[~dataset.links["disputed"] & dataset.links["km"].notna()]
    for a, b, km in known[["district", "other", "km"]].itertuples(index=False):
        graph.add_edge(a, b, km=min(km, graph.get_edge_data(a, b, {"km": km})["km"]))
    return graph


def test_the_longest_journey_of_every_candidate_is_that_of_networkx(dataset):
    groups = contiguous_groups(dataset.territory, "", (3, 6))
    found = measure_groups(groups, dataset)
    lengths = dict(networkx.all_pairs_dijkstra_path_length(_graph(dataset), weight="km"))
    for row in range(0, len(groups), 7):
        own = [lengths[a].get(b) for a, b in combinations(sorted(groups.ubigeos(row)), 2)]
        known = [km for km in own if km is not None]
        expected = max(known) if len(known) == len(own) else None
        got = found[JOURNEY][row]
        assert np.isnan(got) if expected is None else got == pytest.approx(expected)
        assert found[SHARE][row] == pytest.approx(100 * len(known) / len(own))


def test_a_journey_is_never_shorter_than_the_straight_line(dataset):
    groups = contiguous_groups(dataset.territory, "", (3, 6))
    found = measure_groups(groups, dataset)
    known = ~np.isnan(found[JOURNEY])
    # the straight line of the measures is on a sphere, within 0.6 % of the ellipsoid
    assert known.any() and (found[JOURNEY][known] >= 0.994 * found["farthest_capitals_km"][known] - 0.1).all()


def test_an_unknown_pair_leaves_the_journey_unknown_and_says_what_is_known(dataset):
    figure = measure_all(Candidate(frozenset({LAGUNAS, SANTA_CRUZ, BALSAPUERTO})), dataset)
    assert figure[JOURNEY].value is None and figure[SHARE].value == pytest.approx(100 / 3)
    assert figure[JOURNEY].detail["known"] == 1 and figure[JOURNEY].detail["pairs"] == 3
    assert (figure[JOURNEY].n_known, figure[JOURNEY].n_total) == (2, 3)
    whole = measure_all(Candidate(frozenset({LAGUNAS, SANTA_CRUZ, YURIMAGUAS})), dataset)[JOURNEY]
    assert whole.value == whole.detail["km"] and whole.detail["known"] == 3
    alone = measure_all(Candidate(frozenset({BALSAPUERTO})), dataset)
    assert alone[JOURNEY].value == 0 and alone[SHARE].value is None


def test_one_candidate_is_a_batch_of_one(dataset):
    rows = [{LAGUNAS, SANTA_CRUZ}, {LAGUNAS}, {LAGUNAS, SANTA_CRUZ, YURIMAGUAS, BALSAPUERTO}]
    together = Selection.of(Groups.of(basis(dataset).position, rows), dataset)
    for key in (JOURNEY, SHARE):
        alone = [measure_all(Candidate(frozenset(own)), dataset)[key].value for own in rows]
        assert [figure.value for figure in MEASURES[key].figures(together)] == alone


def test_access_weighs_nothing_at_first_and_is_unknown_where_a_way_is(dataset):
    found = pool(dataset, place="1602")
    assert found.scale.criteria["access"].weight == 0 and not found.scale.used.get("access")
    candidate = Candidate(frozenset({LAGUNAS, SANTA_CRUZ, BALSAPUERTO}))
    assert values_for(candidate, measure_all(candidate, dataset))["access"] is None


def test_the_panel_says_how_one_would_travel_and_what_nobody_knows(dataset, words):
    found = travelled(Candidate(frozenset({LAGUNAS, SANTA_CRUZ, BALSAPUERTO})), dataset)
    assert untravelled(found.parts) == (BALSAPUERTO,)
    first, second = travel_sentences(words, found, dataset.territory)
    assert first.startswith("Por el Huallaga: Lagunas–Santa Cruz, unos 5") and "Balsapuerto" in second
    assert travel_sentences(words, travelled(Candidate(frozenset({LAGUNAS})), dataset), dataset.territory) == ()


def test_journeys_join_what_can_be_joined_with_the_fewest_km(dataset):
    graph = _graph(dataset)
    lengths = dict(networkx.all_pairs_dijkstra_path_length(graph, weight="km"))
    groups = contiguous_groups(dataset.territory, "", (3, 6))
    rows = np.flatnonzero(measure_groups(groups, dataset)[SHARE] > 0)
    for row in islice(rows, 0, None, 40):
        ubigeos = groups.ubigeos(row)
        whole = networkx.Graph()
        whole.add_nodes_from(ubigeos)
        whole.add_weighted_edges_from((a, b, lengths[a][b]) for a, b in combinations(ubigeos, 2) if b in lengths[a])
        tree = networkx.minimum_spanning_tree(whole)
        found = travelled(Candidate(ubigeos), dataset)
        assert sum(journey.km for _, _, journey in found.journeys) == pytest.approx(tree.size(weight="weight"))
        assert {frozenset(part) for part in found.parts} == {frozenset(p) for p in networkx.connected_components(tree)}


def test_districts_that_touch_without_a_known_way_are_remarked_and_no_rule_changes(dataset, words):
    ubigeos = frozenset({LAGUNAS, SANTA_CRUZ, BALSAPUERTO, YURIMAGUAS})
    found = travelled(Candidate(ubigeos), dataset)
    touching = {pair for pair in combinations(sorted(ubigeos), 2) if pair[1] in dataset.territory.neighbours(pair[0])}
    assert set(found.touching) == {pair for pair in touching if BALSAPUERTO in pair} != set()
    remark = touching_sentence(words, found, dataset.territory)
    assert "Balsapuerto" in remark and "Lagunas" not in remark
    linked = dataset.links.iloc[:0].assign()
    road = {"district": YURIMAGUAS, "other": BALSAPUERTO, "way": "road", "name": "", "km": None, "hours": 3.0,
            "season": "dry", "disputed": False, "source": "Prueba"}  # fmt: skip
    known = dataclasses.replace(dataset, links=pd.concat([linked, pd.DataFrame([road])], ignore_index=True))
    pair = Candidate(frozenset({YURIMAGUAS, BALSAPUERTO}))
    assert travelled(pair, known).touching == ()  # a link is known, if not its length
    assert travelled(pair, dataset).touching == ((YURIMAGUAS, BALSAPUERTO),)
    rules, _ = answers.judgement({"ubigeos": sorted(ubigeos)}, dataset, "es")
    assert "sin camino conocido" in str(rules) and "rule fail" not in str(rules[1])


def test_a_disputed_link_is_named_and_carries_nothing(dataset, words):
    road = {"district": YURIMAGUAS, "other": BALSAPUERTO, "way": "road", "name": "", "km": 60.0, "hours": 3.0,
            "season": "", "disputed": True, "source": "Prueba"}  # fmt: skip
    changed = dataclasses.replace(dataset, links=pd.DataFrame([road]))
    pair = Candidate(frozenset({YURIMAGUAS, BALSAPUERTO}))
    none, disputed = travel_sentences(words, travelled(pair, changed), changed.territory)
    assert "ningún camino" in none and "En disputa" in disputed and "Yurimaguas–Balsapuerto" in disputed
