"""PySAL users get the real borders, and groups of theirs come back as candidates."""

import sys

import pandas as pd
import pytest

from dashboard.clusters.model.graphs import LibpysalMissing, from_labels, to_frame, to_libpysal
from dashboard.clusters.model.search import contiguous_groups
from tests.unit.clusters.drawn import grid


@pytest.fixture
def libpysal():
    return pytest.importorskip("libpysal", reason="libpysal comes with the extra `bench`")


def test_the_graph_has_the_neighbours_of_the_territory(territory, libpysal):
    graph = to_libpysal(territory)
    assert set(graph.unique_ids) == set(territory.districts)
    for ubigeo in territory.districts:
        assert set(graph[ubigeo].index) == territory.neighbours(ubigeo)
    assert graph.asymmetry().empty


def test_weights_are_kilometres_where_asked_for(territory, libpysal):
    border = to_libpysal(territory, "2205", "border_km", across_provinces=False)
    distance = to_libpysal(territory, "2205", "distance_km")
    other = next(iter(border["220501"].index))
    assert border["220501"][other] == territory.border_km["220501"][other]
    assert distance["220501"][other] == pytest.approx(territory.distance_km("220501", other))
    with pytest.raises(KeyError):
        to_libpysal(territory, weight="feelings")


def test_a_district_without_neighbours_is_an_isolate(libpysal):
    alone = grid(1, 1, ("0101", "0102"))
    graph = to_libpysal(alone)
    assert set(graph.isolates) == {"010101", "010201"}


def test_borders_of_other_provinces_can_be_left_out(territory, libpysal):
    graph = to_libpysal(territory, "22", across_provinces=False)
    pairs = graph.adjacency.reset_index()[["focal", "neighbor"]]
    assert (pairs["focal"].str[:4] == pairs["neighbor"].str[:4]).all()


def test_without_libpysal_it_is_said_what_to_install(territory, monkeypatch):
    monkeypatch.setitem(sys.modules, "libpysal", None)
    monkeypatch.setitem(sys.modules, "libpysal.graph", None)
    with pytest.raises(LibpysalMissing, match="pip install"):
        to_libpysal(territory)


def test_the_frame_stands_in_the_order_of_the_graph(dataset):
    frame = to_frame(dataset, "2205")
    assert list(frame.index) == list(dataset.territory.in_province("2205"))
    assert {"gap_combined", "population", "geometry"} <= set(frame.columns)


def test_labels_become_groups_largest_first():
    labels = pd.Series({"220501": 1, "220502": 1, "220503": 2, "220504": None, "220505": -1})
    assert from_labels(labels, drop=[-1]) == (frozenset({"220501", "220502"}), frozenset({"220503"}))


def test_a_group_found_is_a_group_that_labels_give(territory):
    groups = contiguous_groups(territory, "2205", (3, 3))
    own = groups.ubigeos(7)
    assert from_labels({u: (0 if u in own else None) for u in territory.in_province("2205")}) == (own,)
