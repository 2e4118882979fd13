"""What of some shapes lies in which district: equal to geopandas' spatial join and to pyproj's lengths and areas."""

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.geometry import EQUAL_AREA, WGS84, within

EARTH = pyproj.Geod(ellps="WGS84")
SEEDS = st.integers(0, 10_000)


@pytest.fixture(scope="module")
def limits(dataset):
    return dataset.limits.geometry.dropna()


def places(seed, limits, n):
    west, south, east, north = limits.total_bounds
    random = np.random.default_rng(seed)
    return np.column_stack([random.uniform(west, east, n), random.uniform(south, north, n)])


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS)
def test_points_are_counted_as_by_a_spatial_join(seed, limits):
    points = shapely.points(places(seed, limits, 400))
    held = within.holder_of(points, limits.to_numpy(dtype=object))
    frame = gpd.GeoDataFrame(geometry=points, crs=WGS84)
    joined = gpd.sjoin(frame, gpd.GeoDataFrame(geometry=limits), predicate="intersects")
    assert set(np.flatnonzero(held >= 0)) == set(joined.index)
    assert all(limits.index[held[i]] == ubigeo for i, ubigeo in joined["ubigeo"].items())


def test_a_point_on_a_border_is_in_one_district_and_one_without_limits_in_none():
    squares = np.array([shapely.box(1, 0, 2, 1), None, shapely.box(0, 0, 1, 1)], dtype=object)
    found = within.holder_of(shapely.points([(1, 0.5), (0.5, 0.5), (3, 3)]), squares)
    assert found.tolist() == [0, 2, -1]


@settings(max_examples=5, deadline=None)
@given(seed=SEEDS)
def test_lengths_are_those_of_the_ellipsoid(seed, limits):
    random = np.random.default_rng(seed)
    starts = places(seed, limits, 12)
    lines = np.array([shapely.LineString(np.cumsum(random.normal(0, 0.1, (9, 2)), 0) + start) for start in starts])
    passing, owners, km = within.km_inside(lines, limits.to_numpy(dtype=object))
    for line, owner, length in zip(passing, owners, km, strict=True):
        inside = lines[line].intersection(limits.iloc[owner])
        assert length == pytest.approx(EARTH.geometry_length(inside) / 1000, rel=1e-9, abs=1e-9)
    # a collection of pieces is measured piece by piece, and a point has no length
    mixed = shapely.GeometryCollection([lines[0], shapely.MultiLineString([lines[1], lines[2]]), shapely.Point(0, 0)])
    assert within.length_km(np.array([mixed]))[0] == pytest.approx(within.length_km(lines[:3]).sum())


@settings(max_examples=4, deadline=None)
@given(seed=SEEDS)
def test_shares_are_those_of_the_overlay_of_both(seed, limits):
    random = np.random.default_rng(seed)
    discs = shapely.buffer(shapely.points(places(seed, limits, 25)), random.uniform(0.05, 0.5, 25))
    share = within.share_covered(discs, limits.to_numpy(dtype=object))
    ground = limits.to_crs(EQUAL_AREA)
    whole = gpd.GeoSeries([discs_united] if (discs_united := shapely.union_all(discs)) else [], crs=WGS84).to_crs(
        EQUAL_AREA
    )
    expected = ground.intersection(whole.iloc[0]).area / ground.area
    # the edges of discs bend a little otherwise when they are united before they are laid out
    assert share == pytest.approx(expected.to_numpy(), abs=2e-4)
    assert ((share >= 0) & (share <= 1)).all()


@settings(max_examples=6, deadline=None)
@given(seed=SEEDS, n=st.integers(1, 60))
def test_the_nearest_is_found_by_looking_at_all(seed, n, limits):
    capitals, points = places(seed, limits, 20), places(seed + 1, limits, n)
    found = within.nearest_km(capitals, shapely.points(points))
    for place, km in zip(capitals, found, strict=True):
        _, _, metres = EARTH.inv(np.full(n, place[0]), np.full(n, place[1]), points[:, 0], points[:, 1])
        assert km == pytest.approx(min(metres) / 1000)


def test_the_nearest_of_lines_and_areas_is_measured_to_their_nearest_point():
    places_ = np.array([(-75.0, -6.0), (-74.5, -6.0)])
    line = np.array([shapely.LineString([(-76, -6.5), (-74, -6.5)])])
    _, _, metres = EARTH.inv(-75.0, -6.0, -75.0, -6.5)
    assert within.nearest_km(places_, line)[0] == pytest.approx(metres / 1000, rel=1e-3)
    area = np.array([shapely.box(-75.1, -6.1, -74.9, -5.9)])
    assert within.nearest_km(places_, area)[0] == 0
    assert np.isnan(within.nearest_km(places_, np.array([], dtype=object))).all()
