"""The districts and who borders whom: worked on a 3x3 grid, brute force on the real one."""

import dataclasses

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geodata.model.dataset import default
from geodata.model.territory import Department, Province, Territory, UnknownUbigeo, great_circle_km

TERRITORY = default().territory
GRAPH = nx.Graph()
GRAPH.add_nodes_from(TERRITORY.districts)
GRAPH.add_edges_from((a, b) for a, of_a in TERRITORY.border_km.items() for b in of_a)
some_ubigeos = st.sets(st.sampled_from(list(TERRITORY.districts)), max_size=60)
two_ubigeos = st.tuples(*[st.sampled_from(list(TERRITORY.districts))] * 2)


def cells(*numbers):
    return frozenset(f"9901{n:02d}" for n in numbers)


def test_a_corner_of_the_grid_has_two_neighbours_and_the_middle_four(grid):
    assert grid.neighbours("990101") == cells(2, 4)
    assert grid.neighbours("990105") == cells(2, 4, 6, 8)


def test_the_two_diagonals_of_the_grid_touch_nowhere(grid):
    assert not grid.is_contiguous(cells(1, 5, 9))
    assert grid.components(cells(1, 5, 9)) == [cells(1), cells(5), cells(9)]


def test_pieces_come_largest_first_and_ties_by_smallest_code(grid):
    assert grid.components(cells(3, 7, 8, 1)) == [cells(7, 8), cells(1), cells(3)]


def test_the_frontier_of_the_middle_row_is_all_the_rest(grid):
    assert grid.frontier(cells(4, 5, 6)) == cells(1, 2, 3, 7, 8, 9)


def test_nothing_and_one_district_are_contiguous(grid):
    assert grid.is_contiguous([]) and grid.components([]) == []
    assert grid.is_contiguous(cells(5))


@pytest.mark.parametrize(
    "ask",
    [
        lambda t: t.neighbours("999999"),
        lambda t: t.components(["010101", "999999"]),
        lambda t: t.is_contiguous(["999999"]),
        lambda t: t.frontier(["999999"]),
        lambda t: t.distance_km("010101", "999999"),
        lambda t: t.label("999999"),
        lambda t: t.in_province("9999"),
        lambda t: t.in_department("99"),
    ],
)
def test_an_unknown_code_is_never_passed_over(territory, ask):
    with pytest.raises(UnknownUbigeo):
        ask(territory)


def test_every_unknown_code_is_named(territory):
    with pytest.raises(UnknownUbigeo) as caught:
        territory.known(["999998", "010101", "000000"])
    assert caught.value.ubigeos == ("000000", "999998")


def test_a_border_with_a_district_that_is_not_given_is_refused(grid):
    with pytest.raises(UnknownUbigeo):
        Territory.from_records(
            grid.districts.values(),
            [Province("9901", "Grid", "99")],
            [Department("99", "Test")],
            [("990101", "980101", 1.0)],
        )


def test_nothing_of_a_territory_can_be_changed(territory):
    with pytest.raises(TypeError):
        territory.districts["010101"] = None
    with pytest.raises(TypeError):
        territory.border_km["010101"]["010108"] = 0
    with pytest.raises(dataclasses.FrozenInstanceError):
        territory.districts["010101"].name = "?"


def test_districts_are_sorted_and_belong_to_the_places_their_codes_name(territory):
    assert list(territory.districts) == sorted(territory.districts)
    for ubigeo, district in territory.districts.items():
        assert len(ubigeo) == 6 and ubigeo.startswith(district.province)
        assert district.province.startswith(district.department)
        assert ubigeo in territory.in_province(district.province)
        assert ubigeo in territory.in_department(district.department)


def test_every_province_has_one_capital_district(territory):
    for code in territory.provinces:
        seats = [u for u in territory.in_province(code) if territory.districts[u].is_provincial_capital]
        assert seats == [f"{code}01"]


def test_borders_are_the_same_both_ways(territory):
    for a, of_a in territory.border_km.items():
        assert territory.neighbours(a) == frozenset(of_a) and a not in of_a
        for b, km in of_a.items():
            assert territory.border_km[b][a] == km > 0


def test_the_territory_and_each_department_and_province_are_in_one_piece(territory):
    assert territory.is_contiguous(territory.districts)
    assert all(territory.is_contiguous(territory.in_department(d)) for d in territory.departments)
    assert all(territory.is_contiguous(territory.in_province(p)) for p in territory.provinces)


@given(some_ubigeos)
def test_components_are_those_of_brute_force(ubigeos):
    expected = {frozenset(c) for c in nx.connected_components(GRAPH.subgraph(ubigeos))}
    pieces = TERRITORY.components(ubigeos)
    assert set(pieces) == expected and len(pieces) == len(expected)
    assert pieces == sorted(pieces, key=lambda p: (-len(p), min(p)))
    assert TERRITORY.is_contiguous(ubigeos) == (len(expected) <= 1)


@pytest.mark.parametrize("code", list(TERRITORY.provinces))
def test_components_of_each_province_are_those_of_brute_force(code):
    ubigeos = TERRITORY.in_province(code)
    expected = {frozenset(c) for c in nx.connected_components(GRAPH.subgraph(ubigeos))}
    assert set(TERRITORY.components(ubigeos)) == expected


@given(some_ubigeos)
def test_the_frontier_is_what_borders_the_set_and_is_outside(ubigeos):
    brute = {n for u in ubigeos for n in GRAPH.neighbors(u)} - ubigeos
    assert TERRITORY.frontier(ubigeos) == brute


@given(some_ubigeos)
def test_adding_from_the_frontier_never_makes_more_pieces(ubigeos):
    before = len(TERRITORY.components(ubigeos))
    for ubigeo in sorted(TERRITORY.frontier(ubigeos))[:3]:
        assert len(TERRITORY.components(ubigeos | {ubigeo})) <= before


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ((0, 0), (90, 0), 10007.6),  # a quarter of the equator, on the sphere
        ((-0.1276, 51.5072), (2.3522, 48.8566), 343.6),  # London to Paris
        ((0, 90), (77, -90), 20015.1),  # pole to pole
        ((10, 10), (10, 10), 0.0),
    ],
)
def test_distances_are_those_known(a, b, km):
    assert great_circle_km(*a, *b) == pytest.approx(km, abs=0.5)


@given(two_ubigeos)
def test_distances_between_capitals_agree_with_the_ellipsoid(pair):
    a, b = (TERRITORY.districts[u] for u in pair)
    metres = Geod(ellps="WGS84").inv(a.capital_lon, a.capital_lat, b.capital_lon, b.capital_lat)[2]
    assert TERRITORY.distance_km(*pair) == pytest.approx(metres / 1000, rel=0.006, abs=0.01)
    assert TERRITORY.distance_km(*pair) == TERRITORY.distance_km(*reversed(pair))


def test_a_label_tells_the_province_and_the_department(territory):
    assert territory.label("220501") == "Lamas (Lamas, San Martín)"
