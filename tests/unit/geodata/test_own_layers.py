"""A layer of the user's own is imported from whatever it comes in, kept in the edition, counted, replaced, removed."""

import json
import zipfile

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geodata.editions import imports, recognise
from geodata.editions.store import EditionStore, StoreError
from geodata.model.dataset import load

SAID = {"name": "Puestos de salud", "source": "MINSA", "year": "2020", "covers": "all"}
KEY = "layer_puestos_de_salud"


@pytest.fixture(scope="module")
def posts(dataset):
    """Sixty points over the region, of three kinds."""
    random = np.random.default_rng(5)
    west, south, east, north = dataset.limits.total_bounds
    at = gpd.points_from_xy(random.uniform(west, east, 60), random.uniform(south, north, 60), crs=4326)
    names = [f"Puesto {n}" for n in range(60)]
    return gpd.GeoDataFrame({"nombre": names, "tipo": random.choice(["Puesto", "Centro", "Hospital"], 60)}, geometry=at)


@pytest.fixture
def store(tmp_path):
    return EditionStore(tmp_path / "store")


def write(posts, file):
    degrees = pd.DataFrame(posts[["nombre", "tipo"]]).assign(longitud=posts.geometry.x, latitud=posts.geometry.y)
    metres = posts.to_crs("EPSG:32718")
    utm = degrees[["nombre", "tipo"]].assign(ESTE=metres.geometry.x.round(2), NORTE=metres.geometry.y.round(2))
    if file.suffix == ".csv":
        (utm.assign(zona="18S") if "utm" in file.stem else degrees).to_csv(file, index=False, sep=";", decimal=",")
    elif file.suffix == ".xlsx":
        utm.to_excel(file, index=False)
    elif file.suffix == ".parquet":
        posts.to_parquet(file)
    elif file.suffix == ".zip":
        posts.to_file(file.with_suffix(".shp"))
        with zipfile.ZipFile(file, "w") as archive:
            for part in file.parent.glob(f"{file.stem}.*"):
                if part != file:
                    archive.write(part, part.name)
    elif file.suffix in (".kml", ".kmz"):
        inner = file.with_suffix(".kml")
        posts.rename(columns={"nombre": "Name"})[["Name", "geometry"]].to_file(inner, driver="KML")
        if file.suffix == ".kmz":
            with zipfile.ZipFile(file, "w") as archive:
                archive.write(inner, "doc.kml")
    elif file.suffix == ".gpx":
        posts.rename(columns={"nombre": "name"})[["name", "geometry"]].to_file(file, driver="GPX")
    else:
        posts.to_file(file)
    return file


ENDINGS = ("gpkg", "geojson", "fgb", "parquet", "zip", "kml", "kmz", "gpx", "csv")
FILES = (*(f"posts.{ending}" for ending in ENDINGS), "posts_utm.csv", "posts_utm.xlsx")


@pytest.mark.parametrize("name", FILES)
def test_the_same_points_come_out_of_every_format(name, posts, tmp_path, dataset):
    file = write(posts, tmp_path / name)
    assert recognise(file) == "layers"
    answers = SAID | ({"crs": "EPSG:32718"} if name == "posts_utm.xlsx" else {})
    reader = imports.reader_of("layers")
    understanding = reader.understand(file, dataset, answers)
    assert not understanding.questions
    report = imports.Report(file.name, "layers")
    change = reader.read(file, understanding, dataset, report).layers[KEY]
    assert not report.faults
    found = change.shapes.set_index("label").loc[list(posts["nombre"])]  # some formats have an order of their own
    assert np.abs(shapely.get_coordinates(found.geometry) - shapely.get_coordinates(posts.geometry)).max() < 1e-6
    if not name.endswith(("kml", "kmz", "gpx")):
        assert list(found["category"]) == list(posts["tipo"])


def test_what_a_file_leaves_open_is_asked(posts, tmp_path, dataset):
    reader = imports.reader_of("layers")
    open_ = {q.key for q in reader.understand(write(posts, tmp_path / "posts_utm.xlsx"), dataset, {}).questions}
    assert open_ == {"name", "source", "year", "covers", "crs"}
    mixed = gpd.GeoDataFrame(
        {"a": [1, 2]}, geometry=[shapely.Point(-75, -6), shapely.LineString([(-75, -6), (-74, -6)])], crs=4326
    )
    mixed.to_file(tmp_path / "mixed.geojson")
    (question,) = reader.understand(tmp_path / "mixed.geojson", dataset, SAID).questions
    assert question.key == "shape" and question.fields["points"] == question.fields["lines"] == 1


def test_points_elsewhere_are_left_out_and_told(tmp_path, dataset):
    file = tmp_path / "posts.csv"
    file.write_text("nombre,lon,lat\na,-75,-6\nb,-75.1,-6.1\ne,-75.2,-6\nf,-75.3,-6\nd,,\nc,10,50\n", "utf-8")
    reader, report = imports.reader_of("layers"), imports.Report("posts.csv", "layers")
    change = reader.read(file, reader.understand(file, dataset, SAID), dataset, report).layers[KEY]
    assert len(change.shapes) == 4
    told = {event.message: event.fields["rows"] for event in report.of("left_out")}
    assert told == {"layers.left_out.outside": "7", "layers.left_out.none": "6"}


def test_an_edition_holds_the_layer_and_its_figures_until_it_is_removed(posts, tmp_path, store, dataset):
    file = write(posts, tmp_path / "posts.gpkg")
    done = imports.run(store, "layers", file, SAID)
    assert done.status == "new"
    made = store.load()
    layer = made.layers[KEY]
    joined = gpd.sjoin(posts, gpd.GeoDataFrame(geometry=made.limits.geometry.dropna()), predicate="intersects")
    counts = made.value(f"{KEY}_count", 2020)
    assert counts.sum() == layer.inside == len(joined) and layer.count == 60
    assert counts[counts > 0].to_dict() == joined["ubigeo"].value_counts().to_dict()
    assert dict(layer.categories) == posts["tipo"].value_counts().to_dict()
    assert sum(made.value(f"{KEY}_count_{n}", 2020).sum() for n in (1, 2, 3)) == layer.inside
    assert made.provenance[KEY].coverage == f"{layer.inside}/60"
    assert len(layer.shapes()) == 60
    # the same file again changes nothing, another of the same name takes its place
    assert imports.run(store, "layers", file, SAID).status == "unchanged"
    posts.head(10).to_file(tmp_path / "fewer.gpkg")
    imports.run(store, "layers", tmp_path / "fewer.gpkg", SAID)
    assert store.load().layers[KEY].count == 10
    with pytest.raises(StoreError):
        imports.remove_layer(store, "layer_unknown")
    imports.remove_layer(store, KEY)
    # but for what the descriptor's spacing is, it is the data set that ships again
    bare = store.load()
    assert not bare.layers and not [code for code in bare.catalog.index if code.startswith(KEY)]
    pd.testing.assert_frame_equal(bare.indicators, dataset.indicators)


@pytest.mark.parametrize(
    ("covers", "elsewhere", "beside"), [("all", 0, 0), ("departments", None, 0), ("found", None, None)]
)
def test_zero_is_only_where_the_layer_holds_all(covers, elsewhere, beside, tmp_path, store, dataset):
    own = dataset.territory.districts["160101"]
    inside = dataset.limits.geometry[own.ubigeo].representative_point()
    file = tmp_path / "posts.csv"
    file.write_text(f"nombre,lon,lat\na,{inside.x},{inside.y}\n", "utf-8")
    imports.run(store, "layers", file, SAID | {"covers": covers})
    counts = store.load().value(f"{KEY}_count", 2020)
    assert counts["160101"] == 1
    for ubigeo, expected in (("170101", elsewhere), ("160102", beside)):
        assert counts[ubigeo] == expected if expected is not None else np.isnan(counts[ubigeo])


def test_lines_and_polygons_have_lengths_shares_and_levels_in_their_order(tmp_path, store):
    lines = gpd.GeoDataFrame({"tipo": ["Trocha"]}, geometry=[shapely.LineString([(-76, -6), (-74, -6)])], crs=4326)
    lines.to_file(tmp_path / "roads.gpkg")
    imports.run(store, "layers", tmp_path / "roads.gpkg", SAID | {"name": "Vías"})
    areas = gpd.GeoDataFrame({"nivel": ["Muy alto", "Bajo", "Alto"]}, crs=4326, geometry=[
        shapely.box(-75, -6, -74, -5), shapely.box(-76, -6, -75, -5), shapely.box(-74, -6, -73, -5)])  # fmt: skip
    areas.to_file(tmp_path / "hazard.gpkg")
    assert recognise(tmp_path / "hazard.gpkg") == "layers"
    imports.run(store, "layers", tmp_path / "hazard.gpkg", SAID | {"name": "Peligro"})
    made = store.load()
    assert list(made.layers) == ["layer_vias", "layer_peligro"]
    assert 0 < made.value("layer_vias_km", 2020).sum() <= 222.7
    assert [name for name, _ in made.layers["layer_peligro"].categories] == ["Bajo", "Alto", "Muy alto"]
    assert made.layers["layer_peligro"].ordered
    share = made.value("layer_peligro_share", 2020)
    parts = sum(made.value(f"layer_peligro_share_{n}", 2020) for n in (1, 2, 3))
    assert share.between(0, 100).all() and np.allclose(share, parts, atol=0.01)


def test_a_layer_whose_file_does_not_hold_what_is_said_is_a_fault(posts, tmp_path, store):
    imports.run(store, "layers", write(posts, tmp_path / "posts.gpkg"), SAID)
    folder = store.folder_of(store.current_id())
    descriptor = json.loads((folder / "dataset.json").read_text("utf-8"))
    next(e for e in descriptor["resources"] if e["name"] == KEY)["layer"]["count"] = 61
    (folder / "dataset.json").write_text(json.dumps(descriptor), "utf-8")
    with pytest.raises(Exception, match="60 shapes"):
        load(folder)
