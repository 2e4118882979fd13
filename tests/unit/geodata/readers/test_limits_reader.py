"""Limits come in from any file as they are: the same districts, none guessed, nothing left out unsaid.

The sketch that ships with the project stands in for a published file, in every format and with every
fault that such files have; the published file itself is read where it is there.
"""

import json
import os
import string
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, affinity, box

from geodata.editions import build
from geodata.geometry import projection, topology
from geodata.model.dataset import DEFAULT, default, load
from geodata.places.codes import table
from geodata.readers.contract import UnreadableFile
from geodata.readers.limits import limits
from geodata.reports.files import filled
from geodata.reports.report import Report
from geodata.words import LANGUAGES, say
from tests.root import ROOT

FOLDER = Path(os.environ.get("SHARED_OFFICIAL") or ROOT.parent / "shared" / "official")
OFFICIAL = FOLDER / "peru_distritos_2007.geojson"
NULL = ("010204", "010523")  # El Parco and Trita have a null geometry in the published file
TOLD = {"source": "INEI", "year": "2007", "official": "no"}
BASE = default()
DISTRICTS = BASE.territory.districts


def sketch(department="25"):
    """The districts of a department as a file would have them: code, name, province, shape."""
    frame = BASE.limits[BASE.limits.index.str.startswith(department)].reset_index()
    frame["NOMBDIST"] = [DISTRICTS[u].name.upper() for u in frame["ubigeo"]]
    frame["NOMBPROV"] = [BASE.territory.provinces[u[:4]].name.upper() for u in frame["ubigeo"]]
    return frame.rename(columns={"ubigeo": "IDDIST"})


def bring(path, **answers):
    """Understand and read a file; questions that are open show as faults."""
    understanding = limits.understand(path, BASE, {**TOLD, **answers})
    report = Report(path.name, "limits")
    return limits.read(path, understanding, BASE, report), report, understanding


def write(frame, folder, name="file.gpkg", **options):
    path = folder / name
    frame.to_file(path, engine="pyogrio", **options)
    return path


def keys(report, *kinds):
    return {event.message.removeprefix("limits.") for event in report.of(*kinds)}


def about(report, message):
    """The districts of which something is said."""
    return [event.ubigeo for event in report.events if event.message == f"limits.{message}"]


def same(changes, frame, metres=15.0):
    """Whether the limits read are those of a frame, to within a few metres."""
    wanted = frame.set_index("IDDIST").geometry.sort_index()
    assert list(changes.full.index) == list(wanted.index) == list(changes.limits.index)
    one, other = (projection.to_metres(g.to_numpy()) for g in (wanted, changes.full.geometry))
    assert shapely.hausdorff_distance(one, other).max() < metres
    return True


# ---- the published file


@pytest.fixture(scope="module")
def official():
    if not OFFICIAL.exists():
        pytest.skip(f"{OFFICIAL.name} is not in ../shared/official")
    return bring(OFFICIAL, official="yes")


def test_the_published_file_gives_236_districts_and_names_the_two_that_it_lacks(official):
    changes, report, _ = official
    assert not report.faults and report.rows_read == 1834
    assert len(changes.limits) == len(changes.full) == 236
    assert changes.without_limits == NULL
    for message in ("left_out.null_geometry", "missing", "note.borders_kept"):
        assert about(report, message) == list(NULL)
    for event in report.of("missing"):
        assert DISTRICTS[event.ubigeo].name in say("es", event.message, **event.fields)
    (others,) = [e for e in report.events if e.message == "limits.left_out.other_departments"]
    assert others.fields["shapes"] == 1834 - 238
    assert not about(report, "note.capital_outside")


def test_neighbours_computed_from_the_published_file_are_those_of_the_table(official):
    """The table was measured on the same limits in another way: every pair agrees, and its km nearly so."""
    changes, _, _ = official
    wanted = {(a, b): km for a, of_a in BASE.territory.border_km.items() for b, km in of_a.items() if a < b}
    found = {(row.district, row.neighbour): row.border_km for row in changes.replaced["neighbours"].itertuples()}
    assert found.keys() == wanted.keys()
    for pair, km in found.items():
        if set(pair) & set(NULL):
            assert km == wanted[pair]
        else:
            # written to 0.1 km in the table, where a projection stretched longer borders a little
            assert abs(km - wanted[pair]) <= 0.055 + 0.005 * km, pair
    assert sum(bool(set(pair) & set(NULL)) for pair in found) == 7


def test_the_published_limits_make_a_sound_edition_that_is_light_to_send(official, tmp_path):
    changes, _, _ = official
    build.build(DEFAULT, tmp_path, changes)
    loaded = load(tmp_path)
    assert loaded.limits_official and loaded.without_limits == NULL
    assert loaded.provenance["limits"].coverage == "236/238" and "El Parco" in loaded.provenance["limits"].notes_es
    assert loaded.territory.border_km["010201"].keys() == BASE.territory.border_km["010201"].keys()
    assert 100_000 < (tmp_path / "limits.geojson").stat().st_size < 400_000
    drawn = loaded.limits.geometry.dropna().to_numpy()
    assert topology.is_clean(drawn)
    full = build.full_limits(tmp_path)
    # INEI publishes 1,285,215.6 km2 for Peru; the five departments cover some six tenths of it
    assert projection.area_km2(projection.to_metres(full.geometry.to_numpy())).sum() == pytest.approx(646_500, rel=0.02)


def test_the_published_file_gives_the_same_districts_by_name_alone(official, tmp_path):
    """As in files whose only column is a name (geoBoundaries): homonyms all over Peru, and none mistaken."""
    whole, _, _ = official
    frame = gpd.read_file(OFFICIAL)
    names = frame[["geometry"]].assign(shapeName=frame["NOMBDIST"].str.title(), shapeGroup="PER", shapeType="ADM3")
    changes, report, _ = bring(write(names, tmp_path))
    assert changes.full.index.equals(whole.full.index)
    assert shapely.equals_exact(changes.full.geometry.to_numpy(), whole.full.geometry.to_numpy(), 1e-7).all()
    assert len(report.of("matched_name")) == 236
    beside = [event.fields["name"] for event in report.events if event.message == "limits.left_out.no_capital"]
    assert len(beside) < 10 and "Santa Rosa" in beside


# ---- formats and encodings


def to_shapefile_zip(frame, folder):
    write(frame, folder, "districts.shp", encoding="cp1252")
    return zip_up(folder, ".shp", ".shx", ".dbf", ".prj", ".cpg")


def zip_up(folder, *suffixes, name="file.zip", inside="carpeta con ñ/"):
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            if file.suffix in suffixes:
                archive.write(file, inside + file.name)
        archive.writestr("__MACOSX/._districts.shp", b"\0\0")
        archive.writestr("leeme.txt", "hola")
    return path


def turned(frame):
    """Turn every outer ring the way RFC 7946 asks for."""
    return frame.set_geometry(gpd.GeoSeries(shapely.orient_polygons(frame.geometry.to_numpy()), crs=4326))


def to_parquet(frame, folder):
    frame.to_parquet(folder / "file.parquet")
    return folder / "file.parquet"


def to_topojson(frame, folder):
    """Write by hand, one arc a ring: GDAL reads the format and does not write it."""
    arcs, geometries = [], []
    for row in frame.itertuples():
        rings = [list(ring.coords) for ring in shapely.get_rings(row.geometry)]
        numbers = range(len(arcs), len(arcs) + len(rings))
        arcs += rings
        geometries.append({
            "type": "MultiPolygon", "arcs": [[[n]] for n in numbers],
            "properties": {"IDDIST": row.IDDIST, "NOMBDIST": row.NOMBDIST, "NOMBPROV": row.NOMBPROV},
        })  # fmt: skip
    topology = {"type": "Topology", "arcs": arcs,
                "objects": {"d": {"type": "GeometryCollection", "geometries": geometries}}}  # fmt: skip
    (folder / "file.topojson").write_text(json.dumps(topology), "utf-8")
    return folder / "file.topojson"


FORMATS = {
    "shapefile in a zip": to_shapefile_zip,
    "shapefile with its parts beside it": lambda frame, folder: write(frame, folder, "file.shp"),
    "GeoPackage": lambda frame, folder: write(frame, folder, "file.gpkg"),
    "GeoPackage in a zip": lambda frame, folder: (write(frame, folder), zip_up(folder, ".gpkg"))[1],
    "GeoJSON": lambda frame, folder: write(frame, folder, "file.geojson"),
    "GeoJSON by the book": lambda frame, folder: write(turned(frame), folder, "file.geojson", RFC7946="YES"),
    "GeoJSON under another ending": lambda frame, folder: write(frame, folder, "f.geojson").rename(folder / "f.txt"),
    "TopoJSON": to_topojson,
    "FlatGeobuf": lambda frame, folder: write(frame, folder, "file.fgb"),
    "KML": lambda frame, folder: write(frame, folder, "file.kml", driver="KML"),
    "KMZ": lambda frame, folder: (
        write(frame, folder, "doc.kml", driver="KML"),
        zip_up(folder, ".kml", name="file.kmz"),
    )[1],
    "GeoParquet": to_parquet,
}


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_districts_come_out_of_every_format(form, tmp_path):
    frame = sketch()
    changes, report, understanding = bring(FORMATS[form](frame, tmp_path))
    assert not understanding.questions and not report.faults
    assert report.rows_read == len(frame) == 15
    assert same(changes, frame)
    # the browser fills the rest of the earth where an outer ring turns the other way
    outer = shapely.get_exterior_ring(shapely.get_parts(changes.limits.geometry.to_numpy()))
    assert not shapely.is_ccw(outer).any()
    # nothing in the sketch is small enough to be straightened: the same file for the browser from all
    drawn = shapely.normalize(frame.set_index("IDDIST").geometry.sort_index().to_numpy())
    assert (shapely.to_wkb(changes.limits.geometry.to_numpy()) == shapely.to_wkb(drawn)).all()
    assert understanding.columns["IDDIST"] == "ubigeo" and understanding.columns["NOMBDIST"] == "district"
    assert len(report.of("matched_code")) == 15 and not report.of("repaired")
    assert set(changes.without_limits) == DISTRICTS.keys() - set(frame["IDDIST"])


@pytest.mark.parametrize(
    ("written", "stated", "told"),
    [
        ("cp1252", None, False), ("ISO-8859-1", None, False), ("utf-8", None, False), ("cp850", None, False),
        ("utf-8", "utf-8", False), ("cp1252", "UTF-8", True), ("utf-8", "ISO-8859-1", True),
        ("cp1252", "nonsense", False),
    ],
)  # fmt: skip
def test_names_are_read_in_the_encoding_in_which_they_make_sense(written, stated, told, tmp_path):
    frame = sketch("22")[["NOMBDIST", "NOMBPROV", "geometry"]]  # by name, so that letters count
    path = write(frame, tmp_path, "file.shp", encoding=written)
    (tmp_path / "file.cpg").unlink(missing_ok=True)
    if stated:
        (tmp_path / "file.cpg").write_text(stated)
    changes, report, _ = bring(path)
    assert not report.faults and len(changes.full) == 77
    assert all(event.score == 100 for event in report.of("matched_name"))
    assert ("repaired.encoding" in keys(report, "repaired")) == told


# ---- which district a shape is


def codes_as(frame, **columns):
    return frame[["geometry"]].assign(**columns)


CODINGS = {
    "IDDIST": lambda f: codes_as(f, IDDIST=f["IDDIST"]),
    "UBIGEO as a number without its zero": lambda f: codes_as(f, UBIGEO=f["IDDIST"].astype(int)),
    "CODDIST as a number with decimals": lambda f: codes_as(f, CODDIST=f["IDDIST"].astype(float)),
    "ADM3_PCODE": lambda f: codes_as(f, ADM3_ES=f["NOMBDIST"], ADM3_PCODE="PE" + f["IDDIST"], ADM0_PCODE="PE"),
    "CCDD, CCPP and CCDI": lambda f: codes_as(
        f, CCDD=f["IDDIST"].str[:2], CCPP=f["IDDIST"].str[2:4], CCDI=f["IDDIST"].str[4:], NOMBDIST=f["NOMBDIST"]
    ),
    "names and provinces": lambda f: f[["NOMBDIST", "NOMBPROV", "geometry"]],
}


@pytest.mark.parametrize("department", ["01", "25"])
@pytest.mark.parametrize("coding", CODINGS)
def test_districts_are_found_by_what_a_column_holds(coding, department, tmp_path):
    frame = sketch(department)
    changes, report, understanding = bring(write(CODINGS[coding](frame), tmp_path), coding="inei")
    assert not understanding.questions and not report.faults
    assert same(changes, frame)
    assert len(report.of("matched_code", "matched_name", "repaired")) >= len(frame)


def test_names_alone_are_placed_by_the_capitals_inside_and_that_is_said(tmp_path):
    # two Santa Rosa, two San Cristóbal ...: a name alone would not do
    frame = sketch("")
    inside = [frame.geometry[i].contains(Point(DISTRICTS[u].capital_lon, DISTRICTS[u].capital_lat))
              for i, u in enumerate(frame["IDDIST"])]  # fmt: skip
    names = frame[["geometry"]].assign(shapeName=[DISTRICTS[u].name for u in frame["IDDIST"]], shapeISO="")
    changes, report, understanding = bring(write(names, tmp_path))
    assert understanding.columns["shapeName"] == "district"
    assert "note.province_by_capital" in keys(report, "note")
    # the sketch leaves 23 capitals outside: what is taken is right, the rest is left out and told
    taken = frame.set_index("IDDIST").geometry.to_crs(projection.EQUAL_AREA)
    found = changes.full.geometry.to_crs(projection.EQUAL_AREA)
    for ubigeo, shape in found.items():
        assert shape.intersection(taken[ubigeo]).area > 0.99 * shape.area, ubigeo
    assert {u for u, ok in zip(frame["IDDIST"], inside, strict=True) if ok} - set(changes.full.index) == set()
    rows = {event.row for event in report.of("left_out", "matched_name")}
    assert rows == set(range(2, 240))
    assert len(changes.without_limits) == 238 - len(changes.full) == len(report.of("missing"))


def test_homonyms_of_other_departments_are_not_taken_for_ours(tmp_path):
    frame = sketch("22")
    away = gpd.GeoDataFrame({"NAME": ["SANTA ROSA", "LAMAS"]}, geometry=[box(-71, -16, -70.5, -15.5)] * 2, crs=4326)
    names = frame[["geometry"]].assign(NAME=frame["NOMBDIST"])
    changes, report, _ = bring(write(pd.concat([names, away]), tmp_path, "f.gpkg"))
    lamas = frame.set_index("IDDIST").geometry["220501"]
    assert changes.full.geometry["220501"].centroid.distance(lamas.centroid) < 0.01
    (others,) = [e for e in report.events if e.message == "limits.left_out.other_departments"]
    assert others.fields["shapes"] == 2


def test_other_departments_are_counted_in_one_event(tmp_path):
    frame = sketch()
    others = frame.iloc[:3].assign(IDDIST=["150101", "230110", "040101"], NOMBDIST=["LIMA", "TACNA", "AREQUIPA"],
                                   NOMBPROV=["LIMA", "TACNA", "AREQUIPA"])  # fmt: skip
    changes, report, _ = bring(write(pd.concat([frame, others]), tmp_path))
    assert same(changes, frame)
    (event,) = report.of("left_out")
    assert (event.message, event.fields["shapes"]) == ("limits.left_out.other_departments", 3)


def test_a_code_that_no_division_has_keeps_its_row_and_reason(tmp_path):
    frame = sketch()
    frame.loc[4, ["IDDIST", "NOMBDIST"]] = ["259999", "ATLÁNTIDA"]
    changes, report, _ = bring(write(frame, tmp_path))
    assert [event.row for event in report.of("left_out")] == [6]
    assert len(changes.full) == 14


def test_codes_that_belong_to_other_shapes_are_a_fault(tmp_path):
    frame = sketch("")
    shuffled = frame.assign(IDDIST=np.roll(frame["IDDIST"], 60)).drop(columns=["NOMBDIST", "NOMBPROV"])
    _, report, _ = bring(write(shuffled, tmp_path), coding="inei")
    assert keys(report, "fault") == {"fault.capitals"}


def test_a_shape_far_from_its_capital_is_left_out_by_name(tmp_path):
    frame = sketch("")
    far = ["010101", "170102", "250104"]  # in three departments
    at = [frame.index[frame["IDDIST"] == code][0] for code in far]
    frame.loc[at, "IDDIST"] = [*far[1:], far[0]]
    changes, report, _ = bring(write(frame.drop(columns=["NOMBDIST", "NOMBPROV"]), tmp_path), coding="inei")
    assert not report.faults and about(report, "left_out.misplaced") == far
    assert set(changes.without_limits) == set(far) == set(about(report, "missing"))
    assert not set(far) & (set(changes.limits.index) | set(changes.full.index))


def test_many_shapes_far_from_their_capital_are_a_fault(tmp_path):
    frame = sketch("")
    at = frame.index[::4]  # 60 codes that change places
    frame.loc[at, "IDDIST"] = np.roll(frame.loc[at, "IDDIST"], 30)
    _, report, _ = bring(write(frame.drop(columns=["NOMBDIST", "NOMBPROV"]), tmp_path), coding="inei")
    assert keys(report, "fault") == {"fault.capitals"}


def test_a_layer_of_provinces_is_no_layer_of_districts(tmp_path):
    frame = sketch("22")
    provinces = frame[["geometry"]].dissolve(frame["IDDIST"].str[:4].rename("PROV"))
    provinces = provinces.assign(IDDIST=provinces.index + "01").reset_index(drop=True)
    _, report, _ = bring(write(provinces, tmp_path), coding="inei")
    assert keys(report, "fault") == {"fault.areas"}


@pytest.mark.parametrize("coding", ["inei", "reniec"])
def test_codes_without_names_are_told_apart_by_the_capitals(coding, tmp_path):
    frame = sketch("25")
    codes = {row["ubigeo"]: row[coding if coding == "reniec" else "ubigeo"] for row in table("reniec")}
    path = write(frame[["geometry"]].assign(WHAT=frame["IDDIST"].map(codes)), tmp_path)
    changes, report, understanding = bring(path)
    assert understanding.options["coding"] == coding and not understanding.questions
    assert "note.coding_by_capitals" in keys(report, "note") and same(changes, frame)


def test_codes_of_reniec_are_told_apart_and_converted(tmp_path):
    inei = {row["ubigeo"]: row["reniec"] for row in table("reniec")}
    frame = sketch("22")
    wrong = frame.assign(IDDIST=frame["IDDIST"].map(inei))
    changes, report, understanding = bring(write(wrong, tmp_path))
    assert understanding.options["coding"] == "reniec"
    assert same(changes, frame) and not report.faults


# ---- coordinate systems


@pytest.mark.parametrize("crs", ["EPSG:32718", "EPSG:24878", "EPSG:4248", "EPSG:3857", projection.EQUAL_AREA])
def test_any_stated_system_leads_to_the_same_place(crs, tmp_path):
    frame = sketch()
    changes, report, understanding = bring(write(frame.to_crs(crs), tmp_path))
    assert not understanding.questions and same(changes, frame)
    assert "note.degrees_assumed" not in keys(report, "note")


def test_metres_without_a_system_are_asked_for_and_the_answer_holds(tmp_path):
    frame = sketch()
    path = write(frame.to_crs("EPSG:32718").set_crs(None, allow_override=True), tmp_path, "file.shp")
    _, report, understanding = bring(path)
    (question,) = understanding.questions
    assert question.key == "crs" and "EPSG:32718" in question.fields["systems"] and not question.choices
    assert keys(report, "fault") == {"ask.crs"}
    for answer in ("EPSG:32718", "32718", " epsg:32718 "):
        changes, report, understanding = bring(path, crs=answer)
        assert not understanding.questions and same(changes, frame)
    _, _, understanding = bring(path, crs="EPSG:4326")
    assert [q.message for q in understanding.questions] == ["limits.ask.crs_elsewhere"]
    _, _, understanding = bring(path, crs="Lima")
    assert [q.message for q in understanding.questions] == ["limits.ask.crs_unknown"]


def test_degrees_without_a_system_are_read_as_wgs84_and_that_is_said(tmp_path):
    frame = sketch()
    path = write(frame.set_crs(None, allow_override=True), tmp_path, "file.shp")
    changes, report, understanding = bring(path)
    assert not understanding.questions and same(changes, frame)
    assert "note.degrees_assumed" in keys(report, "note")


def test_metres_that_claim_to_be_degrees_are_asked_for(tmp_path):
    # a GeoJSON is always taken for degrees; many are written in metres all the same
    frame = sketch()
    path = write(frame.to_crs("EPSG:32718").set_crs(4326, allow_override=True), tmp_path, "file.geojson")
    _, _, understanding = bring(path)
    assert [q.message for q in understanding.questions] == ["limits.ask.crs_elsewhere"]
    changes, _, understanding = bring(path, crs="EPSG:32718")
    assert not understanding.questions and same(changes, frame)


@pytest.mark.parametrize("crs", [4326, "EPSG:32718"])
def test_axes_that_have_changed_places_are_noticed(crs, tmp_path):
    frame = sketch().to_crs(crs)
    swapped = frame.set_geometry(gpd.GeoSeries(projection.swap(frame.geometry.to_numpy()), crs=crs))
    changes, report, understanding = bring(write(swapped, tmp_path))
    assert understanding.options["swapped"] and "repaired.swapped" in keys(report, "repaired")
    assert same(changes, sketch())


def test_degrees_elsewhere_in_the_world_are_asked_for(tmp_path):
    frame = sketch()
    moved = frame.set_geometry(frame.geometry.translate(xoff=90))
    _, _, understanding = bring(write(moved, tmp_path))
    assert [q.key for q in understanding.questions] == ["crs"]


# ---- repairs


def put(frame, ubigeo, change):
    """Replace the shape of a district by what `change` makes of it."""
    frame = frame.copy()
    at = frame.index[frame["IDDIST"] == ubigeo][0]
    frame.at[at, "geometry"] = change(frame.at[at, "geometry"])
    return frame


def bow_tie(shape):
    """Cross the ring over itself in a corner, outside the shape by a hair."""
    points = list(shape.exterior.coords)
    (x, y), (x2, y2) = points[0], points[1]
    spike = [(x, y), (x2 + 0.002, y2 + 0.002), (x2 - 0.002, y2 + 0.002)]
    return Polygon([*spike, *points[1:]])


@pytest.mark.parametrize(
    ("change", "message", "is_kept"),
    [
        (bow_tie, "repaired.crossed", True),
        (lambda s: None, "left_out.null_geometry", False),
        (lambda s: Polygon(), "left_out.null_geometry", False),
        (lambda s: s.centroid, "left_out.not_area", False),
        (lambda s: s.exterior, "left_out.not_area", False),
        (lambda s: Polygon([(-74, -8), (-74, -8), (-74, -8), (-74, -8)]), "left_out.no_area", False),
        (lambda s: affinity.scale(s, 1e9, 1e9), "left_out.no_place", False),
        (lambda s: MultiPolygon([s, box(-73.5, -8.5, -73.49999, -8.49999)]), "repaired.slivers", True),
    ],
)
def test_what_is_wrong_with_a_shape_is_mended_or_left_out_by_name(change, message, is_kept, tmp_path):
    frame = put(sketch(), "250201", change)
    changes, report, _ = bring(write(frame, tmp_path))
    assert about(report, message) == ["250201"]
    assert ("250201" in changes.full.index) == is_kept == ("250201" not in changes.without_limits)
    assert ("250201" in about(report, "missing")) != is_kept
    event = next(e for e in report.events if e.message == f"limits.{message}")
    assert event.row == 2 + list(frame["IDDIST"]).index("250201")
    assert "Raymond" in say("es", event.message, **event.fields)


def test_several_shapes_of_a_district_are_united_and_told(tmp_path):
    frame = sketch()
    whole = frame.geometry[0]
    west, south, east, north = whole.bounds
    halves = [whole.intersection(box(west, south, (west + east) / 2, north)),
              whole.intersection(box((west + east) / 2, south, east, north))]  # fmt: skip
    split = pd.concat([frame.iloc[1:], frame.iloc[[0, 0]].set_geometry(halves, crs=4326)], ignore_index=True)
    changes, report, _ = bring(write(split, tmp_path))
    assert about(report, "repaired.united") == [frame["IDDIST"][0]]
    assert same(changes, frame)


def test_an_overlap_is_settled_and_told_and_two_in_one_place_are_a_fault(tmp_path):
    # at the equator of this size a kilometre is some 0.009 degrees
    frame = put(sketch(), "250201", lambda shape: shape.buffer(0.002))
    changes, report, _ = bring(write(frame, tmp_path))
    assert not report.faults and "250201" in about(report, "repaired.overlap")
    assert topology.is_clean(projection.to_metres(changes.full.geometry.to_numpy()))
    other = frame.geometry[frame["IDDIST"] == "250202"].iloc[0]
    _, report, _ = bring(write(put(frame, "250201", lambda shape: other), tmp_path, "other.gpkg"))
    assert "fault.same_place" in keys(report, "fault")


def test_borders_that_gape_are_closed_and_neighbours_stay(tmp_path):
    frame = sketch()
    before, _, _ = bring(write(frame, tmp_path))
    shrunk = frame.geometry.to_crs(projection.EQUAL_AREA).buffer(-8, join_style="mitre").to_crs(4326)
    changes, report, _ = bring(write(frame.set_geometry(shrunk), tmp_path, "gaping.gpkg"))
    assert "repaired.snapped" in keys(report, "repaired") and not report.faults
    one, other = ({(r.district, r.neighbour) for r in c.replaced["neighbours"].itertuples()} for c in (before, changes))
    assert one == other


def test_an_area_far_from_the_published_one_is_told(tmp_path):
    _, report, _ = bring(write(sketch(), tmp_path))
    for event in report.events:
        if event.message == "limits.note.area":
            assert event.fields["published"] == DISTRICTS[event.ubigeo].area_km2
            assert abs(event.fields["measured"] / event.fields["published"] - 1) > 0.24


# ---- districts made since 2012


def cut(shape, share):
    """Part a shape in two by a line from north to south; `share` of its width goes west."""
    west, south, east, north = shape.bounds
    x = west + share * (east - west)
    return shape.intersection(box(west, south, x, north)), shape.intersection(box(x, south, east, north))


def divided(frame, code, parts):
    """Replace a district by others on its land, as (code, name) from west to east; widths are even."""
    row = frame[frame["IDDIST"] == code].iloc[0]
    rest, made = row.geometry, []
    for n, (new, name) in enumerate(parts):
        piece, rest = cut(rest, 1 / (len(parts) - n)) if n < len(parts) - 1 else (rest, None)
        made.append({**row.to_dict(), "IDDIST": new, "NOMBDIST": name, "geometry": piece})
    return pd.concat([frame[frame["IDDIST"] != code], gpd.GeoDataFrame(made, crs=4326)], ignore_index=True)


IRAZOLA = [("250302", "IRAZOLA"), ("250304", "NESHUYA"), ("250305", "ALEXANDER VON HUMBOLDT")]
UCHIZA = [("221005", "UCHIZA"), ("221006", "SANTA LUCIA")]


def test_districts_made_since_2012_are_united_with_the_one_they_came_from(tmp_path):
    changes, report, _ = bring(write(divided(sketch(), "250302", IRAZOLA), tmp_path))
    assert about(report, "repaired.folded") == ["250302"]
    assert same(changes, sketch())


def test_a_district_of_which_a_part_is_missing_is_left_out(tmp_path):
    frame = divided(sketch(), "250302", IRAZOLA)
    frame = frame[frame["IDDIST"] != "250304"]
    changes, report, _ = bring(write(frame, tmp_path))
    assert about(report, "left_out.part_missing") == ["250302"]
    assert [u for u in about(report, "missing") if u[:2] == "25"] == ["250302"]
    assert "250302" in changes.without_limits


def test_the_year_of_the_limits_tells_that_a_part_is_missing_where_the_file_does_not(tmp_path):
    frame = divided(sketch(), "250302", IRAZOLA)
    path = write(frame[~frame["IDDIST"].isin(["250304", "250305"])], tmp_path)
    changes, report, _ = bring(path, year="2023")
    assert "250302" in about(report, "left_out.part_missing") and "250302" in changes.without_limits
    (note,) = [event for event in report.of("note") if event.message == "limits.note.year_of_division"]
    assert note.fields["year"] == 2023
    changes, report, _ = bring(path, year="2012")
    assert "250302" in changes.full.index and not about(report, "left_out.part_missing")


def test_land_of_several_districts_is_shared_out_by_a_person_or_not_at_all(tmp_path):
    frame = sketch("22")
    path = write(divided(frame, "221005", UCHIZA), tmp_path)
    (question,) = limits.understand(path, BASE, TOLD).questions
    assert question.key == "join:221006" and list(question.choices) == ["221005", "221001", "none"]
    asked = filled(question.message, question.fields, "es")
    assert "Santa Lucía se creó en 2021 con tierra de Uchiza" in asked and "join" not in asked
    assert "Uchiza" in filled(question.choices["221005"], question.fields, "es")
    changes, report, _ = bring(path, **{"join:221006": "none"})
    assert about(report, "left_out.several_parents") == ["221001", "221005"]
    assert all(event.row for event in report.events if event.message == "limits.left_out.several_parents")
    assert {"221001", "221005"} <= set(changes.without_limits)
    changes, report, _ = bring(path, **{"join:221006": "221005"})
    assert same(changes, frame)
    assert about(report, "note.joined") == ["221001", "221005"]


# ---- what a person must say


def test_several_layers_are_a_question(tmp_path):
    frame = sketch()
    path = write(frame, tmp_path, layer="districts")
    frame.dissolve("NOMBPROV").reset_index().to_file(path, layer="provinces")
    frame.set_geometry(frame.geometry.centroid.set_crs(4326)).to_file(path, layer="towns")
    understanding = limits.understand(path, BASE, TOLD)
    (question,) = understanding.questions
    assert question.key == "layer" and set(question.choices) == {"districts", "provinces"}
    changes, _, understanding = bring(path, layer="districts")
    assert not understanding.questions and same(changes, frame)


def test_the_only_layer_with_codes_of_districts_is_taken_without_asking(tmp_path):
    frame = sketch()
    path = write(frame, tmp_path, layer="districts")
    provinces = frame.dissolve("NOMBPROV").reset_index()
    provinces["IDPROV"] = provinces["IDDIST"].str[:4]
    provinces[["IDPROV", "NOMBPROV", "geometry"]].to_file(path, layer="provinces")
    frame[["geometry"]].assign(nr=1).to_file(path, layer="frame")
    changes, _, understanding = bring(path)
    assert not understanding.questions and understanding.options["layer"] == "districts"
    assert same(changes, frame)


def test_source_year_and_whether_official_are_asked_never_guessed(tmp_path):
    path = write(sketch(), tmp_path, "limits.gpkg")
    assert {q.key for q in limits.understand(path, BASE, {}).questions} == {"source", "year", "official"}
    dated = path.rename(tmp_path / "limits_2007.gpkg")
    assert {q.key for q in limits.understand(dated, BASE, {}).questions} == {"source", "official"}
    for wrong in ({"year": "207"}, {"official": "perhaps"}, {"source": " "}, {"tolerance_m": "-5"}, {"accept": "x"}):
        (question,) = limits.understand(dated, BASE, {**TOLD, **wrong}).questions
        assert [question.key] == list(wrong)
    for answer, official in (("yes", True), (True, True), ("sí", True), ("no", False), (False, False)):
        changes, _, _ = bring(dated, official=answer)
        assert changes.resources["limits"]["official"] is official


def test_a_file_that_names_no_place_asks_for_the_column_and_a_person_can_tell(tmp_path):
    frame = sketch()[["geometry"]].assign(KEY=[f"x{n}" for n in range(15)], WHAT=sketch()["IDDIST"].to_numpy())
    blind = write(frame[["geometry", "KEY"]], tmp_path)
    assert [q.key for q in limits.understand(blind, BASE, TOLD).questions] == ["place"]
    told = write(frame, tmp_path, "told.gpkg")
    changes, _, _ = bring(told, **{"column:WHAT": "ubigeo"})
    assert same(changes, sketch())


def test_the_tolerance_is_obeyed_and_neighbours_stay(tmp_path):
    frame = sketch()
    path = write(frame, tmp_path)
    plain, _, _ = bring(path, tolerance_m=0)
    fewer, _, _ = bring(path, tolerance_m="4000")
    points = [shapely.get_num_coordinates(c.limits.geometry.to_numpy()).sum() for c in (plain, fewer)]
    assert points[1] < points[0]
    assert plain.replaced["neighbours"].equals(fewer.replaced["neighbours"])
    assert plain.full.geometry.geom_equals(fewer.full.geometry).all()
    assert topology.touching(plain.limits.geometry.to_numpy()) == topology.touching(fewer.limits.geometry.to_numpy())
    assert "4000 m" in fewer.resources["limits"]["notes"]["es"]


# ---- what cannot be read


def bad_zip(folder, *members):
    path = folder / "bad.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in members:
            archive.writestr(name, b"x")
    return path


def written(folder, name, body):
    (folder / name).write_bytes(body)
    return folder / name


UNREADABLE = {
    "nothing": lambda f: written(f, "a.geojson", b""),
    "a text": lambda f: written(f, "a.geojson", b"hola"),
    "half a JSON": lambda f: written(f, "a.geojson", b'{"type": "FeatureCollection", "features": [{"type"'),
    "another JSON": lambda f: written(f, "a.geojson", b'{"a": 1}'),
    "another XML": lambda f: written(f, "a.kml", b"<?xml version='1.0'?><html></html>"),
    "a KML with entities": lambda f: written(
        f, "a.kml", b'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aaaa">]><kml><Document>&a;</Document></kml>'
    ),
    "a way to other files": lambda f: written(
        f, "a.geojson", b"<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/etc/passwd</SrcDataSource>"
        b"</OGRVRTLayer></OGRVRTDataSource>"
    ),
    "a way to other files in a JSON": lambda f: written(f, "a.json", b'{"a": "<OGRVRTDataSource>"}'),
    "a system at an address": lambda f: written(
        f, "a.geojson",
        b'{"type":"FeatureCollection","crs":{"type":"link","properties":{"href":"http://127.0.0.1:9"}},"features":[]}',
    ),
    "half a GeoPackage": lambda f: written(f, "a.gpkg", write(sketch(), f, "b.gpkg").read_bytes()[:5000]),
    "half a FlatGeobuf": lambda f: written(f, "a.fgb", write(sketch(), f, "b.fgb").read_bytes()[:200]),
    "half a parquet": lambda f: written(f, "a.parquet", to_parquet(sketch(), f).read_bytes()[:900]),
    "a table in parquet": lambda f: (pd.DataFrame({"a": [1]}).to_parquet(f / "a.parquet"), f / "a.parquet")[1],
    "a shapefile alone": lambda f: (write(sketch(), f, "a.shp"), (f / "a.dbf").unlink(), f / "a.shp")[2],
    "a zip without shapes": lambda f: bad_zip(f, "a.txt"),
    "a zip that leaves its folder": lambda f: bad_zip(f, "../a.shp"),
    "no zip": lambda f: written(f, "a.zip", b"PK\x03\x04" + b"\0" * 50),
}  # fmt: skip


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_is_no_file_of_limits_is_refused_with_a_sentence(what, tmp_path):
    path = UNREADABLE[what](tmp_path)
    with pytest.raises(UnreadableFile) as caught:
        bring(path)
    assert caught.value.message.startswith(("limits.unreadable.", "tables.unreadable."))
    if caught.value.message.startswith("limits."):
        assert all(path.name in say(language, caught.value.message, **caught.value.fields) for language in LANGUAGES)


def test_a_file_that_changed_since_it_was_understood_is_refused(tmp_path):
    frame = sketch()
    path = write(frame, tmp_path)
    understanding = limits.understand(path, BASE, TOLD)
    path.unlink()
    write(frame.rename(columns={"NOMBDIST": "OTHER"}), tmp_path)
    with pytest.raises(UnreadableFile) as caught:
        limits.read(path, understanding, BASE, Report("file.gpkg", "limits"))
    assert caught.value.message == "limits.unreadable.changed"


numbers = st.integers(-80, 0).map(float) | st.floats() | st.just(None) | st.text(string.printable, max_size=3)
points = st.lists(numbers, max_size=4)
rings = st.lists(points, max_size=5)
geometries = (
    st.none()
    | st.builds(lambda c: {"type": "Polygon", "coordinates": c}, st.lists(rings, max_size=2))
    | st.builds(lambda c: {"type": "MultiPolygon", "coordinates": c}, st.lists(st.lists(rings, max_size=2), max_size=2))
    | st.builds(lambda c: {"type": "Point", "coordinates": c}, points)
    | st.sampled_from([{}, [], 5, {"type": "Polygon"}, {"type": "Nothing", "coordinates": []}])
)
mangled = st.lists(st.tuples(st.integers(0, 14), geometries), max_size=4)
TREE = json.loads(sketch().to_json())


@given(mangled)
@settings(max_examples=30)
def test_mangled_shapes_are_left_out_or_the_file_is_refused(tmp_path_factory, changes):
    tree = {**TREE, "features": list(TREE["features"])}
    for at, geometry in changes:
        tree["features"][at] = {**tree["features"][at], "geometry": geometry}
    path = tmp_path_factory.mktemp("m") / "file.geojson"
    path.write_text(json.dumps(tree), "utf-8")
    hold_or_refuse(path)


@given(st.integers(0, 10_000), st.binary(max_size=6), st.sampled_from(["gpkg", "geojson", "fgb", "shp", "parquet"]))
@example(169, b"\0", "geojson")  # a shape without attributes
@settings(max_examples=30)
def test_bytes_changed_at_random_never_end_in_an_error_of_the_program(tmp_path_factory, at, patch, form):
    folder = tmp_path_factory.mktemp("b")
    path = to_parquet(sketch(), folder) if form == "parquet" else write(sketch(), folder, f"file.{form}")
    body = bytearray(path.read_bytes())
    at %= len(body)
    body[at : at + len(patch)] = patch
    path.write_bytes(bytes(body))
    hold_or_refuse(path)


near = st.tuples(st.floats(-80, -68), st.floats(-18, 0))
shapes = (
    st.none()
    | st.sampled_from([Polygon(), Point(-74, -8), box(-74, -8, -73, -7)])
    # a ring that begins at no number cannot be made here at all
    | st.builds(
        lambda first, more: Polygon([first, *more, first]),
        near, st.lists(st.tuples(st.floats(), st.floats()) | near, min_size=2, max_size=6),
    )
)  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 14), shapes), min_size=1, max_size=5), st.booleans())
@settings(max_examples=30)
def test_any_numbers_in_a_shape_are_borne(tmp_path_factory, changes, swapped):
    frame = sketch()
    for at, shape in changes:
        frame.at[at, "geometry"] = shape
    if swapped:
        frame = frame.set_geometry(gpd.GeoSeries(projection.swap(frame.geometry.to_numpy()), crs=4326))
    hold_or_refuse(to_parquet(frame, tmp_path_factory.mktemp("s")))


def hold_or_refuse(path):
    """What comes out is sound, or nothing does; every sentence can be said."""
    try:
        changes, report, understanding = bring(path)
    except UnreadableFile as refused:
        assert refused.message
        return
    for event in report.events:
        if event.message.startswith("limits."):
            assert all(say(language, event.message, **event.fields) for language in LANGUAGES)
    assert Report.from_json(json.loads(json.dumps(report.to_json()))) == report
    assert (changes.limits is None) <= bool(report.faults)
    if report.faults:
        return
    assert set(changes.full.index) | set(changes.without_limits) == DISTRICTS.keys()
    assert list(changes.full.index) == list(changes.limits.index)
    assert topology.is_clean(changes.limits.geometry.to_numpy())
    assert set(about(report, "missing")) == set(changes.without_limits)


def test_nothing_of_the_data_set_in_use_is_changed(tmp_path):
    before = BASE.limits.copy(deep=True)
    bring(write(sketch(), tmp_path))
    assert BASE.limits.equals(before)


def test_edges_that_stand_apart_are_closed_and_each_is_told_with_its_place(dataset, monkeypatch):
    path = FOLDER / "limits_two_unclean_edges.geojson"
    if not path.is_file():
        pytest.skip(f"{path.name} is not in ../shared/official")
    told = {"source": "x", "official": "no", "year": "2017"}
    understanding = limits.understand(path, dataset, told)
    report = Report(path.name, "limits")
    changes = limits.read(path, understanding, dataset, report)
    assert len(changes.limits.dropna(subset="geometry")) == 4 and not report.faults
    edges = {(e.ubigeo, e.fields["other"].split(" (")[0]): e.fields for e in report.events
             if e.message == "limits.repaired.edge"}  # fmt: skip
    assert set(edges) == {("170103", "Tahuamanu"), ("170203", "Huepetuhe")}
    assert all(100 < fields["metres"] < 200 and -13 < fields["lat"] < -11 for fields in edges.values())
    # where even that does not do, the fault names edges and places
    monkeypatch.setattr(topology, "WIDER_M", (100.0,))
    report = Report(path.name, "limits")
    limits.read(path, understanding, dataset, report)
    assert [e.message for e in report.faults] == ["limits.fault.unfitting", *["limits.fault.edge"] * 2]
