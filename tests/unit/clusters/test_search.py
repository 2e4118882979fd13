"""Every contiguous group is found once: brute force agrees, and the names of districts do not matter."""

import random
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.clusters.model.search import Groups, SearchError, connected_sets, contiguous_groups
from tests.unit.clusters.drawn import grid

TOTALS = {3: 709, 4: 1335, 5: 2443, 6: 4212}  # counted for the issue, apart from this code


def brute_force(territory, province, sizes):
    """Every combination of a province that one can walk through, by bits and a plain flood."""
    members = territory.in_province(province)
    near = [sum(1 << members.index(n) for n in territory.neighbours(u) if n in members) for u in members]
    found = set()
    for size in range(sizes[0], sizes[1] + 1):
        for chosen in combinations(range(len(members)), size):
            inside = sum(1 << i for i in chosen)
            reached = 1 << chosen[0]
            edge = reached
            while edge:
                i = edge.bit_length() - 1
                edge ^= 1 << i
                new = near[i] & inside & ~reached
                reached |= new
                edge |= new
            if reached == inside:
                found.add(frozenset(members[i] for i in chosen))
    return found


def found_in(territory, place="", sizes=(3, 6)):
    groups = contiguous_groups(territory, place, sizes)
    listed = [groups.ubigeos(i) for i in range(len(groups))]
    assert len(set(listed)) == len(listed), "a group was found twice"
    return set(listed)


def test_a_grid_of_three_by_three_has_22_groups_of_three():
    # 6 straight lines and 16 corners: each of the four squares of four districts holds four
    found = found_in(grid(3, 3), sizes=(3, 3))
    assert len(found) == 6 + 16
    assert frozenset({"010101", "010102", "010103"}) in found
    assert frozenset({"010101", "010105", "010109"}) not in found, "a diagonal does not touch"


def test_brute_force_agrees_in_every_province(territory):
    for province in territory.provinces:
        assert found_in(territory, province) == brute_force(territory, province, (3, 6)), province


def test_the_31_provinces_hold_the_known_totals(territory):
    groups = contiguous_groups(territory)
    assert {size: int((groups.sizes == size).sum()) for size in range(3, 7)} == TOTALS
    assert len(contiguous_groups(territory, "2205")) == 341


def test_a_department_holds_the_groups_of_its_provinces_and_no_others(territory):
    provinces = [p for p in territory.provinces if p.startswith("16")]
    assert found_in(territory, "16") == set().union(*(found_in(territory, p) for p in provinces))


graphs = st.integers(1, 8).flatmap(
    lambda n: st.tuples(st.just(n), st.sets(st.sampled_from([*combinations(range(n), 2)] or [(0, 0)])))
)


@given(graphs, st.integers(1, 4), st.integers(0, 3), st.randoms(use_true_random=False))
def test_in_any_graph_none_is_missed_or_doubled_and_names_do_not_matter(graph, least, more, rng):
    n, edges = graph
    edges = [(a, b) for a, b in edges if a != b]
    net = nx.Graph(edges)
    net.add_nodes_from(range(n))
    wanted = {
        frozenset(chosen)
        for size in range(least, least + more + 1)
        for chosen in combinations(range(n), size)
        if nx.is_connected(net.subgraph(chosen))
    }
    names = list(range(n))
    rng.shuffle(names)
    for renamed in (list(range(n)), names):
        near = [0] * n
        for a, b in edges:
            near[renamed[a]] |= 1 << renamed[b]
            near[renamed[b]] |= 1 << renamed[a]
        _, masks = connected_sets([near], least, least + more)
        back = {name: i for i, name in enumerate(renamed)}
        listed = [frozenset(back[i] for i in range(n) if int(mask) >> i & 1) for mask in masks]
        assert len(listed) == len(set(listed))
        assert set(listed) == wanted


def test_sixty_four_districts_fit_and_one_more_is_refused():
    path = [sum(1 << j for j in (i - 1, i + 1) if 0 <= j < 64) for i in range(64)]
    _, masks = connected_sets([path], 3, 3)
    assert len(masks) == 62
    assert {int(m) for m in masks} == {7 << i for i in range(62)}
    with pytest.raises(SearchError) as caught:
        contiguous_groups(grid(5, 13))
    assert caught.value.message == "engine.search.large"
    assert caught.value.fields == {"n": 65, "most": 64}


def test_what_cannot_be_searched_is_refused(territory):
    with pytest.raises(SearchError, match="sizes"):
        contiguous_groups(territory, sizes=(4, 3))
    with pytest.raises(SearchError, match="sizes"):
        contiguous_groups(territory, sizes=(0, 3))
    with pytest.raises(SearchError, match="place"):
        contiguous_groups(territory, "99")


def test_a_province_of_one_district_has_no_group_of_three(territory):
    assert len(contiguous_groups(territory, "2504")) == 0


def test_progress_is_told_from_nothing_to_all(territory):
    said = []
    contiguous_groups(territory, "22", progress=lambda doing, share: said.append((doing, share)))
    assert {doing for doing, _ in said} == {"search"}
    shares = [share for _, share in said]
    assert shares == sorted(shares) and shares[-1] == 1


def test_groups_are_found_again_by_their_districts(territory):
    groups = contiguous_groups(territory, "2205")
    rows = random.Random(5).sample(range(len(groups)), 20)
    assert [groups.index(groups.ubigeos(row)) for row in rows] == rows
    assert groups.index(frozenset({"220501"})) is None
    assert groups.having(["220505", "220501"]).tolist() == [
        ["220505" in groups.ubigeos(i), "220501" in groups.ubigeos(i)] for i in range(len(groups))
    ]
    assert groups.having([]).shape == (len(groups), 0)


def test_given_groups_become_rows_in_order(territory):
    codes = sorted(territory.districts)
    groups = Groups.of(codes, [["220505", "220501"], ["010401"]])
    assert [groups.ubigeos(i) for i in range(2)] == [{"220501", "220505"}, {"010401"}]
    assert groups.sizes.tolist() == [2, 1]
    assert (np.diff(groups.members[0]) > 0).all()
    assert groups.provinces.tolist() == ["2205", "0104"]
