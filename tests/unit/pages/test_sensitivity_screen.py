"""The screen of sensitivity says what follows, shows each way and district, and hands the same out as a workbook."""

import dataclasses
from io import BytesIO

import numpy as np
import openpyxl
import pytest

from dashboard.app import create_app
from dashboard.documents import sensitivity_workbook
from dashboard.pages.sensitivity import SCREEN, tables
from dashboard.pages.sensitivity.parts import address, asked
from dashboard.texts import say
from dashboard.web import request
from dashboard.web.remarks import remarks
from geodata.model import sensitivity
from tests.reading import of_tree


@pytest.fixture(scope="module")
def server():
    return create_app().server


def laid_out(server, query=None, dataset=None, language="es", monkeypatch=None):
    """What a reader sees of the screen, as one text."""
    if dataset is not None:
        monkeypatch.setattr(request, "dataset", lambda: dataset)
    with server.test_request_context("/sensibilidad", headers={"Cookie": f"lang={language}"}):
        return " ".join(of_tree(SCREEN.layout(**(query or {})).to_plotly_json()))


def test_an_address_that_names_nothing_rightly_is_as_the_screen_begins(dataset):
    for query in ({}, {"brecha": "context", "departamento": "99"}, {"brecha": ["health"], "departamento": None}):
        found = asked(query, dataset)
        assert (found.gap, found.department) == ("combined", "")
    found = asked({"brecha": "health", "departamento": "22"}, dataset)
    assert (found.gap, found.department) == ("health", "22")
    assert (
        address("health", "22") == "/sensibilidad?brecha=health&departamento=22"
        and address("combined", "") == "/sensibilidad"
    )


def test_it_says_how_many_are_so_in_every_way(server, dataset):
    found = sensitivity.sensitivity(dataset, "combined")
    text = laid_out(server)
    assert f"{len(found.always)} de los {len(found.top)} distritos" in text
    assert f"({found.places.shape[1]})" in text
    worst = min(found.others, key=lambda each: each.kept)
    assert f"quedan {worst.kept} de {len(found.top)}" in text
    assert f"{len(found.always)} of {len(found.top)} districts" in laid_out(server, language="en")


def test_each_way_and_each_district_has_a_row(server, dataset):
    found = sensitivity.sensitivity(dataset, "environment", "16")
    with server.test_request_context("/sensibilidad"):
        rows = tables.ways(found, dataset).children.children[2].children
        near = tables.districts(found, dataset)
    assert len(rows) == len(found.others) and len(near.children.children[2].children) == len(found.ever)
    widths = [float(getattr(row.children[5], "data-value")) for row in near.children.children[2].children]
    assert widths == sorted(widths, reverse=True), "those of the least sure place first"


def test_where_nothing_has_a_score_it_says_so(server, dataset, monkeypatch):
    nothing = dataclasses.replace(dataset, indicators=dataset.indicators.assign(value=np.nan))
    text = laid_out(server, {"brecha": "education"}, nothing, monkeypatch=monkeypatch)
    assert (
        say("es", "sensitivity.none", where="todo el territorio") in text and say("es", "sensitivity.ways") not in text
    )


def test_remarks_have_their_figures_in_both_languages(dataset):
    spanish, english = (remarks(dataset, language) for language in ("es", "en"))
    assert "−0,35" in spanish[0] and "Vulnerabilidad" in spanish[0] and "0,98" in spanish[1]
    assert "−0.35" in english[0] and "food insecurity" in english[0]
    assert remarks(dataset, "es", ["forest_loss_ha"]) == [] and len(remarks(dataset, "es", ["illiteracy_15plus"])) == 1


def test_the_workbook_has_ways_places_and_what_the_columns_are(server, dataset):
    answer = server.test_client().get("/sensibilidad/sensibilidad.xlsx?brecha=health&departamento=22")
    assert (
        answer.status_code == 200
        and "brecha-en-salud-san-martin_sensibilidad_" in answer.headers["Content-Disposition"]
    )
    book = openpyxl.load_workbook(BytesIO(answer.data))
    ways, places, columns = book.worksheets
    found = sensitivity.sensitivity(dataset, "health", "22")
    assert ways.max_row == 4 + len(found.others) and places.max_row == 4 + len(found.usual)
    heads = [cell.value for cell in places[4]]
    assert len(set(heads)) == len(heads) == 9 + len(found.others)
    first = [cell.value for cell in places[5]]
    assert first[4] == 1 and first[9:] == [each.places[first[0]] for each in found.others]
    told = {row[1].value for row in columns.iter_rows(min_row=6)}
    assert set(heads) <= told and {cell.value for cell in ways[4]} <= told


def test_what_is_unknown_is_said_in_the_workbook_too(dataset):
    lost = dataset.indicators["value"].mask(dataset.indicators["ubigeo"] == "220501")
    less = dataclasses.replace(dataset, indicators=dataset.indicators.assign(value=lost))
    found = sensitivity.sensitivity(less, "education", "22")
    names = ["x"] * found.places.shape[1]
    book = openpyxl.load_workbook(
        BytesIO(sensitivity_workbook(found, less, lambda key, **f: say("es", key, **f), names, "t"))
    )
    (row,) = [row for row in book.worksheets[1].iter_rows(values_only=True) if row[0] == "220501"]
    assert set(row[4:8]) == {say("es", "workbook.unknown")} and row[8] == 0
