"""Hold which districts a lasso or rectangle means, against a plain reckoning with geopandas."""

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box

from dashboard.clusters.model import enclosure
from geodata.geometry.projection import CYLINDER, to_cylinder
from geodata.model.dataset import default

DATASET = default()
WEST, SOUTH, EAST, NORTH = DATASET.limits.total_bounds
SHAPES = DATASET.limits[DATASET.limits.geometry.notna()]

places = st.tuples(st.floats(WEST, EAST), st.floats(SOUTH, NORTH))
lassos = st.lists(places, min_size=3, max_size=12)


def by_area(area) -> set[str]:
    """The districts of which at least half lies inside, reckoned one by one."""
    degrees = gpd.GeoSeries(SHAPES.geometry, crs="EPSG:4326")
    shares = degrees.intersection(area).to_crs(CYLINDER).area / degrees.to_crs(CYLINDER).area
    return set(shares.index[shares >= 0.5])


@given(lassos)
@settings(max_examples=25)
def test_a_lasso_means_the_districts_of_which_most_is_inside(points):
    try:
        area = enclosure.polygon(points)
    except enclosure.BadOutline:
        return
    assert set(enclosure.enclosed(area, DATASET)) == by_area(area)


@given(places, places)
@settings(max_examples=25)
def test_a_rectangle_means_the_same_as_a_lasso_around_it(one, other):
    west, east = sorted((one[0], other[0]))
    south, north = sorted((one[1], other[1]))
    try:
        area = enclosure.rectangle([(west, north), (east, south)])
    except enclosure.BadOutline:
        return
    assert area.equals(box(west, south, east, north))


@given(lassos)
@settings(max_examples=40)
def test_by_capital_only_the_place_of_the_capital_counts(points):
    try:
        area = enclosure.polygon(points)
    except enclosure.BadOutline:
        return
    inside = {
        d.ubigeo for d in DATASET.territory.districts.values() if area.covers(Point(d.capital_lon, d.capital_lat))
    }
    assert set(enclosure.enclosed(area, DATASET, enclosure.BY_CAPITAL)) == inside


@given(lassos, st.randoms())
@settings(max_examples=25)
def test_it_does_not_matter_where_or_which_way_a_lasso_starts(points, chance):
    try:
        expected = enclosure.enclosed(enclosure.polygon(points), DATASET)
    except enclosure.BadOutline:
        return
    turn = chance.randrange(len(points))
    turned = [*points[turn:], *points[:turn]]
    assert enclosure.enclosed(enclosure.polygon(turned[::-1]), DATASET) == expected


def test_a_district_s_own_outline_means_that_district():
    for ubigeo in SHAPES.index[::10]:
        assert ubigeo in enclosure.enclosed(SHAPES.geometry[ubigeo].buffer(0.001), DATASET)


def test_an_area_outside_the_country_means_nothing():
    assert enclosure.enclosed(box(10, 10, 20, 20), DATASET) == ()
    assert enclosure.enclosed(box(10, 10, 20, 20), DATASET, enclosure.BY_CAPITAL) == ()


def test_a_lasso_around_half_the_world_means_every_district():
    assert set(enclosure.enclosed(box(-179, -89, 100, 89), DATASET)) == set(SHAPES.index)
    across = enclosure.polygon([(99, -3), (-72, 0), (0, -1), (0, 0)])
    assert set(enclosure.enclosed(across, DATASET)) <= set(SHAPES.index)


def test_a_line_that_crosses_itself_encloses_both_its_loops():
    # a figure of eight over Lamas and its east
    eight = [(-77, -6), (-75, -7), (-75, -6), (-77, -7)]
    area = enclosure.polygon(eight)
    assert area.area == pytest.approx(2 * 0.5 * 1 * 1)
    assert area.covers(Point(-76.9, -6.5)) and area.covers(Point(-75.1, -6.5))
    assert not area.covers(Point(-76, -6.1))


def test_a_lasso_that_ends_where_it_began_is_the_same_as_one_left_open():
    ring = [(-77, -7), (-75, -7), (-75, -5), (-77, -5)]
    closed = enclosure.polygon([*ring, ring[0]])
    assert enclosure.enclosed(closed, DATASET) == enclosure.enclosed(enclosure.polygon(ring), DATASET)


def test_shares_are_reckoned_in_equal_areas():
    metres = to_cylinder(box(-75, -8, -74, -7))
    # a degree by a degree at seven to eight south on the ellipsoid
    assert metres.area / 1e6 == pytest.approx(12_210, rel=0.002)


def test_a_long_rectangle_takes_what_its_level_sides_hold():
    # from one end of the country to the other: a side that runs along a parallel does not sag
    whole = enclosure.enclosed(enclosure.rectangle([(WEST - 20, NORTH), (EAST + 20, -7.2)]), DATASET)
    own = enclosure.enclosed(enclosure.rectangle([(WEST, NORTH), (EAST, -7.2)]), DATASET)
    assert whole == own and 0 < len(own) < len(SHAPES)


@pytest.mark.parametrize(
    "points",
    [
        [],
        [(-75, -7)],
        [(-75, -7), (-74, -7)],
        [(-75, -7)] * 4,
        [(-75, -7), (-74, -7), (-73, -7)],
        [(-75, -7), (-74, float("nan")), (-73, -6)],
        [(-75, -7), (-74, float("inf")), (-73, -6)],
        [(-75, -7), (-74, -97), (-73, -6)],
        [(-275, -7), (-74, -7), (-73, -6)],
        [(-75, -7, 0), (-74, -7, 0), (-73, -6, 0)],
        [(-75 + i / 1e4, -7) for i in range(enclosure.MAX_POINTS + 1)],
    ],
    ids=[
        "nothing", "a point", "a line", "one place four times", "no area", "not a number", "infinite",
        "beyond the pole", "beyond the date line", "three numbers each", "too many",
    ],
)  # fmt: skip
def test_an_outline_that_encloses_nothing_is_refused(points):
    with pytest.raises(enclosure.BadOutline):
        enclosure.polygon(points)


@pytest.mark.parametrize("points", [[(-75, -7), (-74,), (-73, -6)], [("a", "b")] * 3, [{}, {}, {}]])
def test_an_outline_of_other_things_is_refused(points):
    with pytest.raises((enclosure.BadOutline, ValueError, TypeError)):
        enclosure.polygon(points)


@pytest.mark.parametrize("corners", [[], [(-75, -7)], [(-75, -7), (-75, -7)], [(-75, -7), (-74, -7)]])
def test_a_rectangle_without_width_and_height_is_refused(corners):
    with pytest.raises(enclosure.BadOutline):
        enclosure.rectangle(corners)


def test_the_answer_is_sorted_and_plain_text():
    found = enclosure.enclosed(box(WEST, SOUTH, EAST, NORTH), DATASET)
    assert list(found) == sorted(SHAPES.index)
    assert all(isinstance(u, str) for u in found)
    assert not any(isinstance(u, np.str_) for u in found)
