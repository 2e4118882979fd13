"""The files of a plan: every cluster with its districts, and a workbook whose formulas give what is on screen."""

import json
import re
from functools import partial
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pytest

from dashboard import texts
from dashboard.documents import plan_files
from dashboard.records.proposals import Overview
from dashboard.web.jobs import identified
from tests.reading import of_codebook

say = partial(texts.say, "es")


@pytest.fixture(scope="module")
def book(dataset, answered):
    body = plan_files.workbook(answered(), dataset, say, "=1+1; lo pedido")
    return openpyxl.load_workbook(BytesIO(body)), openpyxl.load_workbook(BytesIO(body), data_only=True)


def test_the_workbook_lists_every_cluster_and_every_district(book, answered):
    formulas, values = book
    plan = values[say("plan.file.sheet_plan")]
    rows = [row for row in plan.iter_rows(min_row=6, values_only=True) if row[11]]
    assert [row[11] for row in rows] == [c["code"] for c in answered()["clusters"]]
    districts = values[say("plan.file.sheet_districts")]
    ubigeos = [row[2] for row in districts.iter_rows(min_row=6, values_only=True)]
    assert ubigeos == [u for c in answered()["clusters"] for u in c["ubigeos"]]
    assert formulas[say("plan.file.sheet_plan")].cell(22, 9).value == "=SUM(I6:I21)"
    assert values[say("plan.file.sheet_plan")].cell(22, 9).value == pytest.approx(answered()["value"])


def test_scores_are_formulas_of_weights_and_points(book, answered):
    formulas, values = book
    sheet = values[say("plan.file.sheet_criteria")]
    n = len(answered()["scale"]["used"])
    shares = [sheet.cell(6, 4 + i).value for i in range(n)]
    assert sum(shares) == pytest.approx(1)
    for row, cluster in enumerate(answered()["clusters"], 7):
        points = [sheet.cell(row, 4 + i).value for i in range(n)]
        assert sum(w * p for w, p in zip(shares, points, strict=True)) == pytest.approx(cluster["score"])
        assert formulas[sheet.title].cell(row, 3).value.startswith("=SUMPRODUCT(")


def test_what_was_asked_is_never_run_as_a_formula(book):
    formulas, _ = book
    assert "=1+1" in formulas[say("plan.file.sheet_plan")].cell(3, 1).value
    assert formulas[say("plan.file.sheet_plan")].cell(3, 1).data_type == "s"


def test_the_geojson_has_the_limits_phase_and_figures_of_each_cluster(dataset, answered):
    tree = json.loads(plan_files.plan_file("geojson", answered(), dataset, say, "lo pedido")[1])
    assert len(tree["features"]) == 16
    for feature, cluster in zip(tree["features"], answered()["clusters"], strict=True):
        own = feature["properties"]
        assert (own["codigo"], own["fase"], own["numero_o_letra"]) == (
            cluster["code"], cluster["phase"], cluster["identity"]["sign"],
        )  # fmt: skip
        assert own["personas_con_carencias_estimacion"] == pytest.approx(cluster["affected"])
        assert own["lo_pedido"] == "lo pedido"
        assert feature["geometry"]["type"] in ("Polygon", "MultiPolygon")


def test_what_is_in_the_record_goes_by_its_number_and_name(dataset, answered):
    plan = answered()
    kept = SimpleNamespace(id="own", name="Valle", state="proposed", ubigeos=frozenset(plan["clusters"][2]["ubigeos"]))
    told = identified(plan, Overview((kept,), (21,)))
    own = [f["properties"] for f in json.loads(plan_files.plan_file("geojson", told, dataset, say, "x")[1])["features"]]
    assert [each["numero_o_letra"] for each in own] == ["a", "b", "21", *"defghijklmnop"]
    assert own[2]["nombre"] == "Valle" and own[0]["nombre"] != "Valle"
    sheet = openpyxl.load_workbook(BytesIO(plan_files.workbook(told, dataset, say, "x")))[say("plan.file.sheet_plan")]
    assert [cell.value for cell in sheet[8][:2]] == [21, "Valle"]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_codebook_of_the_geojson_has_every_column_once(dataset, answered, language):
    tree = json.loads(plan_files.plan_file("geojson", answered(), dataset, partial(texts.say, language), "x")[1])
    named = [next(iter(row.values())) for row in tree["codebook"]]
    assert named == list(tree["features"][0]["properties"]) and len(set(named)) == len(named)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_both_languages_can_write_them(dataset, answered, language):
    body = plan_files.workbook(answered(), dataset, partial(texts.say, language), "x")
    assert len(openpyxl.load_workbook(BytesIO(body)).sheetnames) == 5
    held, told, rows = of_codebook(body, 5)
    assert told == held
    assert all(all(row[i] for i in (2, 3, 4, 6)) for row in rows)


def test_no_cell_shows_a_key_of_the_program_and_a_value_says_what_it_is(book):
    said = [v for sheet in book[0] for row in sheet.iter_rows(values_only=True) for v in row if isinstance(v, str)]
    internal = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|\bNone\b|\bnan\b|[{}|]")
    assert [text for text in said if not text.startswith("=") and internal.search(text)] == []
    assert "Emergencias: valor" in said and "Menos emergencias: puntos" in said
