"""The data set of every district of Peru is sound and says only what the published file says."""

import pytest
import shapely

from geodata.model import dataset as datasets
from tests.benchmarks import peru


def test_a_border_is_as_long_as_the_edges_shared_and_a_lonely_shape_borders_the_nearest():
    import geopandas as gpd

    boxes = {"a": (0, 0, 1, 1), "b": (1, 0, 2, 1), "island": (3, 0, 4, 1)}
    shapes = gpd.GeoSeries({name: shapely.box(*box) for name, box in boxes.items()}, crs="EPSG:4326")
    borders = peru.border_lengths(shapes)
    assert borders.keys() == {("a", "b"), ("b", "island")}
    assert borders["a", "b"] == pytest.approx(111.2, abs=0.1)
    assert borders["b", "island"] == 0


@pytest.mark.skipif(not peru.SOURCE.exists(), reason="../shared/official is not there")
def test_the_published_file_makes_a_data_set_that_loads(tmp_path):
    limits = peru.read()
    peru.write(limits, tmp_path)
    loaded = datasets.load(tmp_path)
    assert len(loaded.territory.districts) == len(limits.frame) == 1834 - 8
    assert limits.without_shape == 8
    assert len(loaded.territory.departments) == 25
    assert len(loaded.territory.provinces) == 195
    assert loaded.population().isna().all()
