"""What the browser gets of a user's layer is the layer: every shape, where it is, in the look of its category."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from dashboard.clusters.measures import measure_layers
from geodata.editions import EditionStore, imports
from layers import own_layers, palette

SAID = {"name": "Puestos", "source": "MINSA", "year": "2020", "covers": "all"}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    """An edition with points in ten categories, and areas in levels."""
    folder = tmp_path_factory.mktemp("own")
    random, store = np.random.default_rng(2), EditionStore(folder / "store")
    at = shapely.points(random.uniform(-77, -72, 300), random.uniform(-9, -4, 300))
    kinds = np.array(["", *(f"K{n}" for n in range(10))])[random.integers(0, 11, 300)]
    gpd.GeoDataFrame({"nombre": [f"P{n}" for n in range(300)], "tipo": kinds}, geometry=at, crs=4326).to_file(
        folder / "a.gpkg"
    )
    imports.run(store, "layers", folder / "a.gpkg", SAID)
    discs = shapely.buffer(at[:3], 0.3)
    gpd.GeoDataFrame({"nivel": ["Alto", "Bajo", "Muy alto"]}, geometry=discs, crs=4326).to_file(folder / "b.gpkg")
    imports.run(store, "layers", folder / "b.gpkg", SAID | {"name": "Peligro"})
    return store.load()


def test_points_are_all_sent_where_they_are(dataset):
    layer = dataset.layers["layer_puestos"]
    sent, kept = own_layers.shapes(layer), layer.shapes().set_index("label")
    places = np.cumsum(np.column_stack([sent["x"], sent["y"]]), axis=0) / own_layers.PER_DEGREE
    own = shapely.get_coordinates(kept.loc[sent["labels"]].geometry)
    assert np.abs(places - own).max() <= 0.5 / own_layers.PER_DEGREE + 1e-9
    looks = own_layers.looks(layer)
    assert [look.count for look in looks] == np.bincount(sent["looks"], minlength=len(looks)).tolist()
    assert sum(look.count for look in looks) == layer.count
    assert [look.name for look in looks][-2:] == [own_layers.OTHERS, own_layers.BLANK] and len(looks) == 10
    assert len({(look.symbol, look.colour) for look in looks}) == len(looks)


def test_areas_are_closed_lines_and_levels_run_from_calm_to_severe(dataset):
    layer = dataset.layers["layer_peligro"]
    sent = own_layers.shapes(layer)
    for rings, shape in zip(sent["lines"], layer.shapes().geometry, strict=True):
        ring = np.cumsum(np.reshape(rings[0], (-1, 2)), axis=0) / own_layers.PER_DEGREE
        assert (ring[0] == ring[-1]).all() and shapely.Polygon(ring).symmetric_difference(
            shape
        ).area < 0.05 * shape.area
    looks = own_layers.looks(layer)
    assert [look.name for look in looks] == ["Bajo", "Alto", "Muy alto"]
    assert [look.colour for look in looks] == list(palette.levels(3)) and len({look.colour for look in looks}) == 3


def test_a_candidate_has_the_sums_of_its_districts_and_means_where_a_sum_says_nothing(dataset):
    group = ["220501", "220505", "220510"]
    figures = measure_layers(group, dataset)
    assert list(figures) == [code for layer in dataset.layers.values() for code in layer.indicators]
    counts = dataset.value("layer_puestos_count", 2020)[group]
    assert figures["layer_puestos_count"].value == counts.sum()
    people, km = dataset.population()[group], dataset.value("layer_puestos_nearest", 2020)[group]
    assert figures["layer_puestos_nearest"].value == pytest.approx((people * km).sum() / people.sum())
    area = np.array([dataset.territory.districts[u].area_km2 for u in group])
    share = dataset.value("layer_peligro_share", 2020)[group].to_numpy()
    assert figures["layer_peligro_share"].value == pytest.approx((area * share).sum() / area.sum())
    assert all(figure.n_known == figure.n_total == 3 for figure in figures.values())
