"""Travel by known links: the shortest way is networkx's, the km along a river pyproj's, the unknown stays unknown."""

import dataclasses

import networkx
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.model import travel
from geodata.model.courses import REACH_KM, RiverLine, banks, links_along_rivers
from geodata.model.rivers import River
from geodata.model.territory import District

GEOD = pyproj.Geod(ellps="WGS84")
FEW = ["160202", "160206", "160210", "160201", "220906", "220911"]
COLUMNS = ["district", "other", "way", "name", "km", "hours", "season", "disputed", "source"]


def _with(dataset, rows):
    table = pd.DataFrame([dict(zip(COLUMNS, row, strict=True)) for row in rows], columns=COLUMNS)
    return dataclasses.replace(dataset, links=table.astype({"km": float, "hours": float, "disputed": bool}))


def _link(a, b, km=None, hours=None, way="river", name="", disputed=False):
    return (*sorted((a, b)), way, name, km, hours, "", disputed, "Prueba")


ways = st.sampled_from(["river", "road", "air"])
pairs = st.tuples(st.sampled_from(FEW), st.sampled_from(FEW)).filter(lambda pair: pair[0] != pair[1])
tables = st.lists(
    st.tuples(
        pairs, st.one_of(st.none(), st.integers(1, 5000)), st.booleans(), st.sampled_from(["river", "road", "air"])
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(tables)
def test_the_best_way_is_the_shortest_path_of_networkx(dataset, drawn):
    rows = [_link(*pair, km and km / 10, 1.0, way, disputed=disputed) for pair, km, disputed, way in drawn]
    graph = networkx.Graph()
    graph.add_nodes_from(FEW)
    for a, b, _, _, km, _, _, disputed, _ in rows:
        if km is not None and not disputed and km < graph.get_edge_data(a, b, {"km": np.inf})["km"]:
            graph.add_edge(a, b, km=km)
    network = travel.network(_with(dataset, rows))
    lengths = dict(networkx.all_pairs_dijkstra_path_length(graph, weight="km"))
    for a in FEW:
        for b in FEW:
            known = lengths[a].get(b)
            assert network.km[network.position[a], network.position[b]] == pytest.approx(
                np.inf if known is None else known
            )
            journey = network.journey(a, b)
            assert (journey is None) == (known is None)
            if journey is not None:
                assert sum(part.km for part in journey.stretches) == pytest.approx(journey.km) == pytest.approx(known)
                ends = [a, *(part.end for part in journey.stretches)]
                assert [part.start for part in journey.stretches] == ends[:-1] and ends[-1] == b


def test_hours_are_told_where_every_link_tells_them_and_stretches_are_by_river(dataset):
    rows = [_link("160206", "160210", 50, 4, name="Huallaga"), _link("160210", "160201", 80, 6, name="Huallaga"),
            _link("160201", "160202", 60, None, "road")]  # fmt: skip
    network = travel.network(_with(dataset, rows))
    down = network.journey("160206", "160201")
    assert (down.km, down.hours) == (130, 10) and [part.name for part in down.stretches] == ["Huallaga"]
    on = network.journey("160206", "160202")
    assert on.hours is None and [(part.way, part.km) for part in on.stretches] == [("river", 130), ("road", 60)]
    assert (on.stretches[1].start, on.stretches[1].end) == ("160201", "160202")


def test_what_is_not_known_is_unknown_and_a_disputed_link_carries_nothing(dataset):
    rows = [_link("160201", "160202", None, 9), _link("160201", "160206", 10, disputed=True)]
    network = travel.network(_with(dataset, rows))
    a, b, c = (network.position[code] for code in ("160201", "160202", "160206"))
    assert network.journey("160201", "160202") is None and network.linked[a, b] and network.linked[b, a]
    assert network.journey("160201", "160206") is None and network.disputed[a, c] and not network.linked[a, c]


# ---- the rivers of the data set


def test_the_table_that_ships_is_what_the_rivers_give(dataset):
    made = travel.from_rivers(dataset).sort_values(COLUMNS[:4], ignore_index=True)
    pd.testing.assert_frame_equal(made, dataset.links[COLUMNS], check_dtype=False)


def _river(name, *lines):
    return River(name, 3, shapely.MultiLineString(lines))


def _capitals(*points, altitude=100.0):
    return {
        f"99010{n}": District(f"99010{n}", "D", "9901", "99", "C", *point, altitude, 1)
        for n, point in enumerate(points)
    }


def _cut_km(points, a, b):
    """Return the km along a line between the places of it nearest to two points, by shapely's cut and pyproj."""
    line = shapely.LineString(points)
    start, end = sorted(line.project(shapely.Point(p)) for p in (a, b))
    return GEOD.geometry_length(shapely.ops.substring(line, start, end)) / 1000


bends = st.lists(st.floats(-0.05, 0.05).map(lambda bend: round(bend, 3)), min_size=6, max_size=12)


@settings(max_examples=30, deadline=None)
@given(bends, st.data())
def test_km_along_a_river_are_those_of_pyproj_and_add_up(bent, data):
    # by the equator degrees measure nearly alike, so that shapely's nearest point on the plane is the right one
    points = [(-75 + 0.2 * n, bend) for n, bend in enumerate(bent)]
    east = points[-1][0]
    at = sorted(
        data.draw(
            st.lists(st.floats(-74.9, east - 0.1).map(lambda x: round(x, 3)), min_size=3, max_size=3, unique=True)
        )
    )
    capitals = _capitals(*((x, float(np.interp(x, *zip(*points, strict=True)))) for x in at))
    links = links_along_rivers([_river("Prueba", points)], capitals)
    assert [(link.a, link.b) for link in links] == [("990100", "990101"), ("990101", "990102")]
    for link in links:
        ends = [(capitals[code].capital_lon, capitals[code].capital_lat) for code in (link.a, link.b)]
        assert link.km == pytest.approx(_cut_km(points, *ends), rel=1e-3)
    whole = _cut_km(points, *((capitals[c].capital_lon, capitals[c].capital_lat) for c in ("990100", "990102")))
    assert sum(link.km for link in links) == pytest.approx(whole, rel=1e-3)


def test_a_river_drawn_in_pieces_is_one_where_their_ends_meet_and_two_where_not():
    capitals = _capitals((-74.9, 0.0), (-74.1, 0.0))
    first, near, far = [(-75, 0), (-74.5, 0)], [(-74.49, 0.001), (-74, 0.001)], [(-74.4, 0), (-74, 0)]
    [link] = links_along_rivers([_river("A", first, near)], capitals)
    assert link.km == pytest.approx(GEOD.inv(-74.9, 0, -74.1, 0)[2] / 1000, rel=0.01)
    assert links_along_rivers([_river("A", first, far)], capitals) == []
    assert links_along_rivers([_river("A", first), _river("B", near)], capitals) == []  # two names are two rivers
    assert links_along_rivers([_river("", first, near)], capitals) == []  # and without one nobody knows


def test_a_river_drawn_down_one_bank_and_up_the_other_is_not_gone_round():
    around = [(-75, 0), (-74.5, 0.01), (-74, 0), (-74.5, -0.02), (-75, -0.03)]
    lines, twins = banks([np.array(around)])
    assert len(lines) == 2 and twins == {0: 1, 1: 0}
    across = _capitals((-74.9, 0.01), (-74.8, -0.04))  # one on each bank
    [link] = links_along_rivers([_river("A", around)], across)
    assert link.km == pytest.approx(GEOD.inv(-74.9, 0, -74.8, 0)[2] / 1000, rel=0.15)


def test_only_low_capitals_within_reach_are_taken_to_lie_by_a_river():
    course = [(-75, 0), (-74, 0)]
    degrees = REACH_KM / 110.574  # km of a degree of latitude at the equator
    ends = (-74.9, 0.0), (-74.5, degrees * 0.99)
    assert len(links_along_rivers([_river("A", course)], _capitals(*ends))) == 1
    assert links_along_rivers([_river("A", course)], _capitals(ends[0], (-74.5, degrees * 1.02))) == []
    assert links_along_rivers([_river("A", course)], _capitals(*ends, altitude=2300.0)) == []


def test_the_nearest_place_on_a_line_is_told_with_how_far_it_is_off():
    line = RiverLine.of(np.array([(-75.0, -5.0), (-74.0, -5.0), (-74.0, -6.0)]))
    along, off = line.nearest((-74.5, -4.9))
    assert along == pytest.approx(GEOD.inv(-75, -5, -74.5, -5)[2] / 1000, rel=1e-3)
    assert off == pytest.approx(GEOD.inv(-74.5, -4.9, -74.5, -5)[2] / 1000, rel=1e-3)
    assert line.nearest((-74.0, -7.0))[0] == pytest.approx(line.km[-1])


def test_no_journey_is_shorter_than_the_straight_line(dataset):
    network = travel.network(dataset)
    districts = dataset.territory.districts
    for a, b, km in dataset.links[["district", "other", "km"]].itertuples(index=False):
        one, other = districts[a], districts[b]
        straight = GEOD.inv(one.capital_lon, one.capital_lat, other.capital_lon, other.capital_lat)[2] / 1000
        assert km >= straight - 0.06 and network.km[network.position[a], network.position[b]] <= km + 1e-9
