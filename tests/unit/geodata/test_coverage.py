"""Districts fit together: mended, cleaned and drawn with fewer points, they keep their neighbours."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon, box

from geodata.geometry import projection, repair, topology

KM = 1000.0


def squares(rows=3, columns=3, side=10 * KM):
    """The districts of a grid, row by row from the south-west:

    6 7 8
    3 4 5
    0 1 2
    """
    return np.array(
        [
            box(x * side, y * side, (x + 1) * side, (y + 1) * side)
            for y in range(rows) for x in range(columns)
        ],
        dtype=object,
    )  # fmt: skip


def brute_force(shapes):
    """Who shares a line with whom, and the length of it in metres, pair by pair."""
    found = {}
    for i in range(len(shapes)):
        for j in range(i + 1, len(shapes)):
            shared = shapely.intersection(shapes[i], shapes[j])
            if shared.length > 0:
                found[i, j] = shared.length
    return found


def wiggle(shapes, seed, step=0.5 * KM, size=100.0):
    """The same coverage with many points on its borders, each pushed aside by up to `size` metres.

    Where a point goes depends on where it is, so that both districts of a border move it alike.
    """
    fine = shapely.segmentize(shapes, step)

    def push(points):
        points = points.round(3)  # the two sides of a border differ by a last digit
        noise = np.sin(points @ [[12.9898, 39.346], [78.233, 11.135]] + seed) * 43758.5453
        return points + (noise - np.floor(noise) - 0.5) * 2 * size

    return shapely.transform(fine, push)


@st.composite
def grids(draw):
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    return wiggle(squares(rows, columns), draw(st.integers(0, 1000)))


@st.composite
def voronois(draw):
    """Cells around scattered seats, as provinces around towns."""
    seats = np.random.default_rng(draw(st.integers(0, 10_000))).uniform(0, 60 * KM, (draw(st.integers(3, 25)), 2))
    frame = box(0, 0, 60 * KM, 60 * KM)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(seats), extend_to=frame))
    inside = shapely.intersection(cells, frame)
    # a cell's corner met by a neighbour's straight side needs its point there
    fitted = topology.clean(np.array(shapely.get_parts(inside), dtype=object)).shapes
    return wiggle(fitted, draw(st.integers(0, 1000)), size=20.0)


def sound(shapes):
    """Only coverages that pushing has not torn are examples of what is to be kept."""
    return shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes)


@given(grids() | voronois(), st.sampled_from([None, 20.0, 150.0, 1000.0, 20_000.0]))
@settings(max_examples=40)
def test_drawing_with_fewer_points_keeps_neighbours_and_leaves_no_gap_or_overlap(shapes, tolerance):
    assume(sound(shapes))
    drawn = topology.draw(shapes, tolerance)
    assert shapely.is_valid(drawn.shapes).all()
    assert shapely.coverage_is_valid(drawn.shapes)
    assert topology.touching(drawn.shapes) == topology.touching(shapes)
    metres = projection.to_metres(drawn.shapes)
    together = shapely.union_all(metres)
    holes = [ring for part in shapely.get_parts(together) for ring in part.interiors]
    assert not holes
    assert together.area == pytest.approx(shapely.area(metres).sum(), rel=1e-6)
    assert shapely.get_num_coordinates(drawn.shapes).sum() <= shapely.get_num_coordinates(shapes).sum()


@given(grids() | voronois())
@settings(max_examples=25)
def test_borders_are_those_that_laying_every_pair_on_another_finds(shapes):
    assume(sound(shapes))
    expected = brute_force(shapes)
    found = topology.borders(shapes)
    assert found.keys() == expected.keys() == topology.touching(shapes)
    for pair, km in found.items():
        # the projection stretches lines by a hair so near to its centre
        assert km == pytest.approx(expected[pair] / KM, rel=1e-3)


@given(grids(), st.integers(0, 1000))
@settings(max_examples=20)
def test_sheets_digitised_apart_fit_again_with_the_same_neighbours(shapes, seed):
    """Each district is shrunk or grown by a few metres, so that borders gape and overlap."""
    assume(sound(shapes))
    by = np.random.default_rng(seed).uniform(-12, 12, len(shapes))
    apart = np.array([shape.buffer(metres, join_style="mitre") for shape, metres in zip(shapes, by, strict=True)])
    done = topology.clean(apart)
    assert topology.is_clean(done.shapes)
    long = {pair for pair, km in topology.borders(done.shapes).items() if km > 0.5}
    # at a crossing of four, two that met at a point may now share what the others have lost there
    assert long <= topology.touching(shapes)
    assert topology.touching(shapes) - long == {(i, j) for i, j, _ in done.gaping}


def test_four_fields_at_a_crossing_border_only_those_beside_them():
    found = topology.borders(squares())
    beside = [(n, n + 1) for n in range(9) if n % 3 < 2] + [(n, n + 3) for n in range(6)]
    assert sorted(found) == sorted(beside)
    assert all(km == pytest.approx(10, rel=1e-3) for km in found.values())


def test_a_district_without_shape_stays_without_and_borders_none():
    shapes = squares()
    shapes[4] = None
    done = topology.clean(shapes)
    assert done.shapes[4] is None and done.closed_gaps_km2 == 0
    assert all(4 not in pair for pair in topology.borders(done.shapes))
    drawn = topology.draw(done.shapes)
    assert drawn.shapes[4] is None and shapely.is_valid(np.delete(drawn.shapes, 4)).all()


def test_an_overlap_goes_to_one_of_both_and_is_told():
    shapes = np.array([box(0, 0, 10 * KM, 10 * KM), box(9 * KM, 0, 20 * KM, 10 * KM)], dtype=object)
    done = topology.clean(shapes)
    assert topology.is_clean(done.shapes)
    ((i, j, km2),) = done.overlaps
    assert (i, j) == (0, 1) and km2 == pytest.approx(10)
    assert projection.area_km2(done.shapes).sum() == pytest.approx(200)
    assert done.closed_gaps_km2 == pytest.approx(0, abs=1e-6)


def test_a_narrow_gap_is_closed_and_its_area_told_a_lake_stays_open():
    left, right = box(0, 0, 10 * KM, 30 * KM), box(10 * KM + 40, 0, 20 * KM, 30 * KM)
    top, bottom = box(0, 30 * KM, 20 * KM, 40 * KM), box(0, -10 * KM, 20 * KM, 0)
    lake = box(2 * KM, 2 * KM, 4 * KM, 4 * KM)
    done = topology.clean(np.array([left.difference(lake), right, top, bottom], dtype=object))
    assert topology.is_clean(done.shapes)
    assert done.closed_gaps_km2 == pytest.approx(0.04 * 30)
    assert (0, 1) in topology.borders(done.shapes)
    assert not shapely.intersects(shapely.union_all(done.shapes), Point(3 * KM, 3 * KM))


def test_districts_that_gape_are_joined_by_the_least_that_closes_them():
    shapes = squares()
    shrunk = shapely.buffer(shapes, -8, join_style="mitre")
    done = topology.clean(shrunk)
    # the four at a crossing are joined in one place or two near it: less than a border
    assert {pair for pair, km in topology.borders(done.shapes).items() if km > 0.05} == topology.touching(shapes)
    assert done.snapped_m == 20 and not done.gaping


def test_districts_too_far_apart_to_be_joined_are_told():
    shapes = np.array([box(0, 0, 10 * KM, 10 * KM), box(10 * KM + 60, 0, 20 * KM, 10 * KM)], dtype=object)
    done = topology.clean(shapes)
    assert [(i, j) for i, j, _ in done.gaping] == [(0, 1)] and done.gaping[0][2] == pytest.approx(10, rel=0.05)
    assert not topology.touching(done.shapes)


def test_a_sound_coverage_is_left_as_it_is():
    shapes = squares()
    assert all(a is b for a, b in zip(shapes, topology.clean(shapes).shapes, strict=True))


def test_a_heavy_coverage_is_drawn_within_what_a_browser_is_sent():
    shapes = wiggle(squares(4, 4), 1, step=20.0, size=3.0)
    drawn = topology.draw(shapes)
    assert shapely.get_num_coordinates(shapes).sum() > 30_000
    size = len(gpd.GeoSeries(drawn.shapes).to_json())
    assert size < topology.BYTES_A_DISTRICT * len(shapes) + 250 * len(shapes)  # names of features beside
    assert drawn.decimals == topology.DECIMALS[0]


def test_shapes_are_mended_or_left_out_with_their_reason():
    bow = Polygon([(0, 0), (KM, KM), (KM, 0), (0, KM)])
    collection = shapely.GeometryCollection([box(0, 0, KM, KM), LineString([(0, 0), (5, 5)]), Point(3, 3)])
    torn = Polygon([(0, 0), (float("nan"), 1), (1, 1)])
    given = [
        bow, None, Polygon(), Point(1, 1), LineString([(0, 0), (1, 1)]), torn, collection,
        Polygon([(0, 0), (1, 1), (2, 2)]), shapely.force_3d(box(0, 0, KM, KM), 5),
    ]  # fmt: skip
    done = repair.mend(np.array(given, dtype=object))
    assert done.wrong == {
        1: repair.NULL, 2: repair.NULL, 3: repair.NOT_AREA, 4: repair.NOT_AREA, 5: repair.NO_PLACE,
        7: repair.NO_AREA,
    }  # fmt: skip
    assert done.crossed == (0,)
    assert [shape is None for shape in done.shapes] == [i in done.wrong for i in range(len(given))]
    assert shapely.area(done.shapes[[0, 6, 8]]) == pytest.approx([KM * KM / 2, KM * KM, KM * KM])
    assert not done.shapes[8].has_z


def test_slivers_are_dropped_and_counted_islands_stay():
    main, island = box(0, 0, 10 * KM, 10 * KM), box(12 * KM, 0, 13 * KM, KM)
    crumb, strip = box(20 * KM, 0, 20 * KM + 50, 50), box(30 * KM, 0, 31 * KM, 4)
    done = repair.mend(np.array([MultiPolygon([main, island, crumb, strip]), crumb], dtype=object))
    assert done.shapes[0].equals(MultiPolygon([main, island]))
    number, km2 = done.slivers[0]
    assert number == 2 and km2 == pytest.approx(0.0025 + 0.004)
    assert 1 not in done.slivers and done.shapes[1] is not None  # all that a district has is no sliver


corner = st.integers(-50, 50).map(lambda n: n * KM) | st.floats()
# a ring must begin at a number to be closed at all; a file's reader refuses what is not
start = st.tuples(*[st.integers(-50, 50).map(lambda n: n * KM)] * 2)
single = (
    st.just(Polygon())
    | st.builds(Point, corner, corner)
    | st.builds(
        lambda first, more: Polygon([first, *more, first]),
        start, st.lists(st.tuples(corner, corner), min_size=2, max_size=8),
    )
    | st.builds(lambda x, y, w, h: box(x, y, x + w, y + h), *[st.integers(0, 9).map(lambda n: n * KM)] * 4)
)  # fmt: skip
anything = st.none() | single | st.lists(single, max_size=3).map(shapely.GeometryCollection)


@given(st.lists(anything, min_size=1, max_size=6))
@settings(max_examples=120)
def test_whatever_comes_is_mended_fitted_and_drawn_or_refused(given_shapes):
    array = np.empty(len(given_shapes), dtype=object)
    array[:] = given_shapes
    done = repair.mend(array)
    kept = ~shapely.is_missing(done.shapes)
    assert [i for i, is_kept in enumerate(kept) if not is_kept] == sorted(done.wrong)
    assert shapely.is_valid(done.shapes[kept]).all()
    assert np.isin(shapely.get_type_id(done.shapes[kept]), repair.POLYGONAL).all()
    assert (shapely.area(done.shapes[kept]) > 0).all()
    try:
        fitted = topology.clean(done.shapes).shapes
        drawn = topology.draw(fitted).shapes
    except topology.Unfitting:
        return
    known = drawn[~shapely.is_missing(drawn)]
    assert not len(known) or topology.is_clean(known)


def test_a_degree_is_as_long_and_wide_as_the_ellipsoid_makes_it():
    # WGS 84: a degree of the equator is 111.319 km, one of the meridian from there 110.574 km
    lines = projection.to_metres(np.array([LineString([(-74, 0), (-73, 0)]), LineString([(-74, 0), (-74, 1)])]))
    ends = shapely.get_coordinates(lines).reshape(2, 4)
    assert projection.segment_km(ends) == pytest.approx([111.3195, 110.5744], abs=5e-4)
    assert shapely.length(lines) / KM != pytest.approx([111.3195, 110.5744], abs=5e-2)


@pytest.mark.parametrize(("lon", "lat"), [(-81, -4), (-74, -8), (-69, -18)])
def test_areas_are_those_of_the_ellipsoid_all_over_the_country(lon, lat):
    # a cell of a tenth of a degree: the zone between two parallels (Snyder 1987, authalic latitude)
    e2 = 0.00669437999014
    e = np.sqrt(e2)

    def q(degrees):
        s = np.sin(np.radians(degrees))
        return (1 - e2) * (s / (1 - e2 * s * s) - np.log((1 - e * s) / (1 + e * s)) / (2 * e))

    zone = 6378.137**2 * abs(q(lat + 0.1) - q(lat)) / 2 * np.radians(0.1)
    cell = shapely.segmentize(box(lon, lat, lon + 0.1, lat + 0.1), 0.001)
    assert projection.area_km2(projection.to_metres(np.array([cell])))[0] == pytest.approx(zone, rel=1e-6)


@pytest.mark.parametrize("crs", projection.USUAL)
def test_metres_and_degrees_go_there_and_back(crs):
    there = gpd.GeoSeries([box(-75, -8, -74.5, -7)], crs=projection.WGS84).to_crs(crs)
    assert crs in projection.fitting(tuple(there.total_bounds))
    back = projection.to_wgs84(there.to_numpy(), projection.system(crs))
    again = projection.to_degrees(projection.to_metres(back))
    assert shapely.get_coordinates(again) == pytest.approx(shapely.get_coordinates(back), abs=2e-8)  # 2 mm
    assert projection.meets_peru(tuple(shapely.total_bounds(back)))


def test_metres_are_no_degrees():
    assert not projection.is_degrees((200_000, 8_500_000, 700_000, 9_900_000))


@pytest.mark.parametrize("text", ["", "EPSG:", "EPSG:999999", "Perú", "9" * 40, "{}"])
def test_a_text_that_names_no_system_is_refused(text):
    with pytest.raises(projection.UnknownSystem):
        projection.system(text)
