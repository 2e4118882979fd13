"""Take the candidates and the map away as files."""

import csv
import io
import json
import re
import sqlite3
import struct
import zipfile

import pytest

from dashboard import texts
from dashboard.clusters.model import codes
from dashboard.pages.map.ids import Map
from geodata.shared import clock
from geodata.words import dates
from layers.overlays import overlays
from tests.browser import driving

TRIO = ["160101", "160102", "160103"]
NOTICE = texts.say("es", "export.limits_sketch")
QUERY = {"d": "16", "c": f"Ribera~{codes.encode(TRIO)}~h~1~", "a": "0"}


@pytest.fixture
def ribera(shared_map):
    """The page of a map with one candidate, which the tests of this module share."""
    return shared_map(QUERY).page


def downloaded(page, kind: str):
    driving.set_value(page, Map.DOWNLOAD_FORMAT, kind)
    with page.expect_download() as waiting:
        page.locator(f"#{Map.DOWNLOAD_BUTTON}").click()
    day = clock.day_of(clock.now()).isoformat()
    ending = "zip" if kind == "csv" else kind
    assert waiting.value.suggested_filename == f"ribera_conglomerado_{day}.{ending}"
    return waiting.value.path()


def test_candidates_as_geojson_carry_limits_code_and_notice(ribera):
    found = json.loads(downloaded(ribera, "geojson").read_text("utf-8"))
    (feature,) = found["features"]
    assert feature["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert feature["properties"]["nombre"] == "Ribera"
    assert feature["properties"]["codigo"] == codes.encode(TRIO)
    assert NOTICE in feature["properties"]["aviso_sobre_los_limites"]
    assert feature["properties"]["fuentes"]


def test_candidates_as_geopackage_have_a_layer_of_candidates_and_one_of_districts(ribera):
    with sqlite3.connect(downloaded(ribera, "gpkg")) as database:
        layers = {name for (name,) in database.execute("select table_name from gpkg_contents")}
        assert layers >= {"conglomerados", "distritos", "columnas"}
        assert database.execute("select count(*) from distritos").fetchone() == (3,)
        ((notice,),) = database.execute("select aviso_sobre_los_limites from conglomerados").fetchall()
    assert NOTICE in notice


def test_candidates_as_csv_open_in_a_spreadsheet(ribera):
    with zipfile.ZipFile(downloaded(ribera, "csv")) as archive:
        body, _, told = (archive.read(name) for name in archive.namelist())
    assert "Suma de la población censada".encode() in told
    assert body.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(body.decode("utf-8-sig")))
    assert row["Nombre"] == "Ribera"
    assert row["Código"] == codes.encode(TRIO)
    assert NOTICE in row["Aviso sobre los límites"]


def test_the_map_as_a_picture_has_title_legend_source_and_notice(page):
    driving.open_map(page, {**QUERY, "o": "clusters.departments.provinces", "f": "anaemia_6_35m.2023"})
    words = page.evaluate(
        """() => {
            const { view } = amazonia.map.last;
            const { svg } = amazonia.picture.compose(view, amazonia.map.boundsFor(view, null));
            return [...svg.querySelectorAll("text")].map((t) => t.textContent).join("\\n");
        }"""
    )
    assert NOTICE in words
    assert "Números del mapa" in words and "Alto Amazonas · propuesta" in words
    assert "Propuestas y conglomerados" in words
    assert "propuesto (con número)" in words and re.search(r"\d+ km\b", words) and "\nN\n" in words
    assert dates.day(clock.day_of(clock.now()), "es") in words
    assert "Anemia" in words and "Loreto" in words and "2023" in words and "INS, HIS" in words
    assert "sin dato" in words
    with page.expect_download() as waiting:
        page.click(f"#{Map.PICTURE}")
    picture = waiting.value.path().read_bytes()
    assert re.fullmatch(r"loreto-anemia-\S+_mapa_\d{4}-\d\d-\d\d\.png", waiting.value.suggested_filename)
    assert picture.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", picture[16:24])
    frame = page.locator(f"#{Map.GRAPH}").bounding_box()
    assert width >= 2 * frame["width"] and height >= 2 * frame["height"]
    assert len(picture) > 50_000, "the picture is nearly blank"


def test_nothing_of_the_picture_is_cut(page):
    every = ".".join(overlays())
    driving.open_map(page, {**QUERY, "d": "22", "o": every, "f": "anaemia_6_35m.2023"})
    hold_that_nothing_is_cut(page)
    driving.choose_department(page, "all")
    hold_that_nothing_is_cut(page)


def hold_that_nothing_is_cut(page):
    found = page.evaluate(
        """() => {
            const { view } = amazonia.map.last;
            const { svg, width, height } = amazonia.picture.compose(view, amazonia.map.boundsFor(view, null));
            document.body.append(svg);
            const edge = svg.getBoundingClientRect();
            const map = svg.querySelector(".map-sheet");
            const beside = [...svg.querySelectorAll("text, image, rect, circle")]
                .filter((node) => !map.contains(node) && !node.closest("defs"));
            const over = beside.map((node) => node.getBoundingClientRect()).filter((box) =>
                box.left < edge.left - 1 || box.top < edge.top - 1
                || box.right > edge.right + 1 || box.bottom > edge.bottom + 1);
            const fills = [...map.querySelectorAll("path.district")].map((path) => path.getAttribute("fill"));
            const hatched = fills.filter((fill) => fill.startsWith("url("));
            const pattern = hatched.length > 0 && map.querySelector(hatched[0].slice(4, -1)) !== null;
            svg.remove();
            return { over: over.length, beside: beside.length, hatched: hatched.length, pattern };
        }"""
    )
    assert found["over"] == 0 and found["beside"] > 60
    assert found["hatched"] == 25 and found["pattern"]
