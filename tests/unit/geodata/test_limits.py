"""The sketch limits: valid, without overlaps or gaps, and told to be a sketch."""

import json

import geopandas as gpd
import pytest
from shapely import Polygon

from geodata.model.dataset import DEFAULT

METRIC = "EPSG:6933"  # equal area, so that km2 mean km2 anywhere
TOLERANCE_KM2 = 0.01


@pytest.fixture(scope="module")
def metric(dataset):
    return dataset.limits.to_crs(METRIC)


def test_every_district_has_one_valid_shape_in_degrees(dataset):
    limits = dataset.limits
    assert list(limits.index) == list(dataset.territory.districts)
    assert limits.index.name == "ubigeo" and limits.crs.to_epsg() == 4326
    assert limits.is_valid.all() and not limits.is_empty.any()
    west, south, east, north = limits.total_bounds
    assert -82 < west < east < -68 and -14 < south < north < 0.1


def test_no_two_districts_overlap(metric):
    a, b = metric.sindex.query(metric.geometry, predicate="intersects")
    a, b = a[a < b], b[a < b]
    shared = gpd.GeoSeries(metric.geometry.values[a]).intersection(gpd.GeoSeries(metric.geometry.values[b]))
    assert (shared.area / 1e6).max() < TOLERANCE_KM2


def test_the_shapes_leave_no_gap_between_them(metric):
    together = metric.union_all()
    parts = getattr(together, "geoms", [together])
    holes = sum(Polygon(ring).area for part in parts for ring in part.interiors)
    assert holes / 1e6 < TOLERANCE_KM2
    assert together.area == pytest.approx(metric.area.sum(), rel=1e-9)


def test_the_sketch_says_that_it_is_not_official(dataset):
    assert dataset.limits_official is False
    note = dataset.provenance["limits"]
    assert "esquemáticos, no oficiales" in note.notes_es and "not official" in note.notes_en
    file = json.loads((DEFAULT / "limits.geojson").read_text(encoding="utf-8"))
    assert file["official"] is False and file["notice"] == "límites esquemáticos, no oficiales"
    assert {tuple(f["properties"]) for f in file["features"]} == {("ubigeo",)}


def test_the_note_counts_the_capitals_that_the_sketch_leaves_outside(dataset):
    districts = dataset.territory.districts.values()
    capitals = gpd.GeoSeries(
        gpd.points_from_xy([d.capital_lon for d in districts], [d.capital_lat for d in districts]),
        index=dataset.limits.index,
        crs=dataset.limits.crs,
    )
    outside = ~capitals.within(dataset.limits.geometry)
    assert outside.sum() == 23
    assert "23 capitales" in dataset.provenance["limits"].notes_es


def test_the_note_counts_the_pairs_in_which_the_sketch_errs(dataset):
    limits, borders = dataset.limits, dataset.territory.border_km
    a, b = limits.sindex.query(limits.geometry, predicate="intersects")
    drawn = {frozenset(limits.index[[i, j]]) for i, j in zip(a, b, strict=True) if i < j}
    real = {frozenset((u, v)) for u, of_u in borders.items() for v in of_u}
    assert (len(drawn - real), len(real - drawn)) == (39, 3)
    assert "39 pares" in dataset.provenance["neighbours"].notes_es
