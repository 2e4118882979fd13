"""Hold that the map screen's answers are components and numbers, whatever is asked."""

import base64
import codecs
import csv
import io
import json
import zipfile
from functools import partial
from itertools import pairwise

import plotly.utils
import pytest
from dash.development.base_component import Component
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import texts
from dashboard.pages.kit import cut
from dashboard.pages.map import answers, yearly
from geodata.model.dataset import default
from geodata.readers.formats.sheets import read_sheet
from layers import classes, palette, series
from tests.unit.pages.garbage import anything, records

DATASET = default()
UBIGEOS = sorted(DATASET.territory.districts)
LANGUAGES = st.sampled_from(texts.LANGUAGES)
PERIOD = st.lists(st.integers(2007, 2023), min_size=2, max_size=2)
VIEW = {
    "fill": st.sampled_from([*series.fixed_series(DATASET), *series.PERIODIC]),
    "method": st.sampled_from(classes.METHODS),
    "count": st.sampled_from(palette.CLASS_COUNTS),
    "hazard": st.sampled_from(["", *sorted(set(DATASET.hazards["hazard"]))]),
    "conflictPeriod": PERIOD,
    "hazardPeriod": PERIOD,
}
JUDGED = {
    "id": st.sampled_from(["c1", "p:lamas"]),
    "name": st.text(max_size=10),
    "ubigeos": st.lists(st.sampled_from(UBIGEOS), max_size=6),
    "services": st.lists(st.sampled_from(["health", "education", "environment"]), unique=True),
    "phase": st.sampled_from([1, 2, 3]),
    "conflictPeriod": PERIOD,
    "hazardPeriod": PERIOD,
}


def words(component) -> str:
    """Every word of an answer, as it would be sent."""
    return json.dumps(component, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False)


def components(answer) -> list[Component]:
    return [part for part in (answer if isinstance(answer, list) else [answer]) if isinstance(part, Component)]


# ---- class bounds


@given(st.fixed_dictionaries(VIEW))
@settings(max_examples=40)
def test_bounds_come_back_under_the_key_they_were_asked_with(view):
    found = cut({"key": "asked", "view": view}, DATASET)
    assert found["key"] == "asked"
    assert all(a < b for a, b in pairwise(found["bounds"]))
    assert len(found["bounds"]) <= view["count"]


@given(st.one_of(anything, records({"key": st.just("asked"), "view": records(VIEW)})))
def test_bounds_asked_amiss_are_none_or_sound(wanted):
    found = cut(wanted, DATASET)
    assert found is None or found["bounds"] == sorted(set(found["bounds"]))


# ---- outlines


@given(
    st.one_of(
        anything,
        records({
            "lasso": st.lists(st.lists(st.floats(-180, 180), min_size=2, max_size=2), max_size=6),
            "range": st.lists(st.lists(st.floats(-180, 180), min_size=2, max_size=2), max_size=3),
            "countsBy": st.sampled_from(["area", "capital"]),
            "at": st.integers(),
        }),
    )
)  # fmt: skip
def test_any_outline_gives_a_list_of_districts(shape):
    assert set(answers.enclosed(shape, DATASET)["ubigeos"]) <= set(UBIGEOS)


def test_a_lasso_around_everything_means_every_district():
    around = [[-80, 1], [-68, 1], [-68, -14], [-80, -14]]
    found = answers.enclosed({"lasso": around, "countsBy": "area", "at": 5}, DATASET)
    assert found["ubigeos"] == UBIGEOS
    assert found["at"] == 5


# ---- judgement


@given(records(JUDGED), LANGUAGES)
@settings(max_examples=40)
def test_a_judgement_is_made_of_components_or_says_why_not(judged, language):
    assert all(components(part) or part == [] for part in answers.judgement(judged, DATASET, language))


@given(st.fixed_dictionaries(JUDGED | {"name": st.just("")}), LANGUAGES)
@settings(max_examples=40)
def test_no_field_of_a_sentence_is_left_unfilled(judged, language):
    assert "{" not in "".join(_sentences(answers.judgement(judged, DATASET, language)))


def _sentences(answer) -> list[str]:
    tree = json.loads(words(list(answer)))
    found = []

    def walk(node) -> None:
        if isinstance(node, dict):
            walk(node.get("props", {}).get("children"))
        elif isinstance(node, list):
            for inner in node:
                walk(inner)
        elif isinstance(node, str):
            found.append(node)

    walk(tree)
    return found


@given(anything, LANGUAGES)
def test_garbage_is_refused_in_a_sentence(judged, language):
    refused, nothing = answers.judgement(judged, DATASET, language)
    assert components(refused)[0].role == "alert"
    assert nothing == []


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_an_empty_candidate_gets_no_failing_rule_and_no_figure(language):
    rules, measures = answers.judgement({"id": "c1", "ubigeos": []}, DATASET, language)
    assert "rule fail" not in words(rules)
    assert texts.say(language, "map.nothing_measured") in words(measures)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_district_at_once_is_judged(language):
    rules, measures = answers.judgement({"id": "c1", "ubigeos": UBIGEOS}, DATASET, language)
    assert "rule fail" in words(rules)
    assert "s/d" not in words(rules)
    assert components(measures)


def test_an_unknown_district_is_named_in_the_refusal():
    refused, _ = answers.judgement({"id": "c1", "ubigeos": ["999999"]}, DATASET, "es")
    assert "999999" in words(refused)


def test_what_a_visitor_wrote_is_shown_as_text():
    rules, _ = answers.judgement({"id": "c1", "name": "<b>x</b>", "ubigeos": UBIGEOS[:3]}, DATASET, "es")
    assert "dangerously" not in words(rules)


# ---- sheet


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("ubigeo", ["160101", "010101", "170301"])
def test_a_sheet_shows_every_indicator_with_year_and_source(ubigeo, language):
    shown = words(answers.sheet(ubigeo, DATASET, language))
    for item in series.indicator_series(DATASET):
        label = item.label_es if language == "es" else item.label_en
        assert label in shown and item.year in shown and item.source in shown


def _charts(ubigeo: str) -> dict[str, dict]:
    """Return what the charts of a sheet are drawn of, by what is heard of each."""
    found = {}

    def note(props: dict) -> dict:
        if "data-series" in props:
            found[props["data-label"]] = json.loads(props["data-series"])
        return props

    json.loads(words(answers.sheet(ubigeo, DATASET, "es")), object_hook=note)
    return found


@pytest.mark.parametrize("ubigeo", ["160101", "220501"])
def test_what_has_many_years_is_charted_with_the_figures_of_each(ubigeo):
    many = {c: years for c, years in DATASET.catalog["years"].items() if len(years) >= yearly.CHARTED_FROM}
    assert many
    charts = _charts(ubigeo)
    for code, years in many.items():
        (own,) = [c for label, c in charts.items() if label.startswith(f"{DATASET.catalog.loc[code, 'label_es']}, ")]
        values = [DATASET.value(code, year)[ubigeo] for year in years]
        assert own["years"] == list(years)
        assert own["counts"] == pytest.approx([None if v != v else v for v in values], abs=0.06)
        assert all(own["complete"])


def test_no_emergency_is_known_to_be_none_in_complete_years_alone():
    ((label, own),) = [(label, c) for label, c in _charts("220501").items() if label.startswith("Emergencias")]
    by_year = DATASET.hazards[DATASET.hazards["ubigeo"] == "220501"].groupby("year")["events"].sum().to_dict()
    first, last = DATASET.hazards_complete_years
    for year, count, whole in zip(own["years"], own["counts"], own["complete"], strict=True):
        assert whole == (first <= year <= last)
        assert count == by_year.get(year, 0 if whole else None)
    assert "2016: sin dato" in label and "2017: 0" in label


def test_every_district_has_a_sheet():
    for ubigeo in UBIGEOS[::12]:
        assert DATASET.territory.label(ubigeo) in words(answers.sheet(ubigeo, DATASET, "es"))


@given(anything, LANGUAGES)
def test_the_sheet_of_no_district_says_so(ubigeo, language):
    assert components(answers.sheet(ubigeo, DATASET, language))[0].role == "alert"


# ---- downloads


def unpacked(body: bytes) -> list[bytes]:
    """Return the files of a zip: candidates, districts and what their columns are."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return [archive.read(name) for name in archive.namelist()]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_tables_come_with_what_every_column_of_them_is(language, tmp_path):
    drafts = {"candidates": [{"id": "c1", "name": "=Ñ; 1,5", "ubigeos": UBIGEOS[:3]}]}
    found = answers.download("csv", drafts, {}, DATASET, language)
    body = base64.b64decode(found["content"])
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        archive.extractall(tmp_path)
        names = archive.namelist()
    say = partial(texts.say, language)
    tables = {}
    for name in names:
        content = (tmp_path / name).read_bytes()
        assert content.startswith(codecs.BOM_UTF8) and b"\r\n" in content
        tables[name] = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert {len(row) for row in tables[name]} == {len(tables[name][0])}
        # as this application's own importer reads it, which finds the separator and the encoding by itself
        read = read_sheet(tmp_path / name)
        assert list(read.frame.columns) == tables[name][0] and len(read.frame) == len(tables[name]) - 1
        assert list(read.frame.iloc[:, 0]) == [row[0] for row in tables[name][1:]]
    told = [(row[0], row[1]) for row in tables[names[2]][1:]]
    called = [say("codebook.layer.candidates"), say("codebook.layer.districts")]
    assert told == [(table, head) for table, name in zip(called, names, strict=False) for head in tables[name][0]]
    assert tables[names[0]][0][0] == say("column.name.name")
    assert [row[2] for row in tables[names[1]][1:]] == UBIGEOS[:3]


@pytest.mark.parametrize("kind", ["geojson", "gpkg", "csv"])
@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_download_is_a_named_file_with_the_notice(kind, language):
    drafts = {"candidates": [{"id": "c1", "name": "Prueba", "ubigeos": UBIGEOS[:3]}]}
    found = answers.download(kind, drafts, {}, DATASET, language)
    body = base64.b64decode(found["content"])
    ending = "zip" if kind == "csv" else kind
    assert found["filename"].startswith("prueba_") and found["filename"].endswith(f".{ending}")
    if kind == "csv":
        body, _, _ = unpacked(body)
    assert texts.say(language, "export.limits_sketch").encode() in body
    assert b"Prueba" in body


@given(anything, anything)
@settings(max_examples=25)
def test_a_download_of_garbage_is_a_file_of_the_proposals(drafts, view):
    found = answers.download("csv", drafts, view, DATASET, "es")
    body = unpacked(base64.b64decode(found["content"]))[0].decode("utf-8-sig")
    assert all(p.name in body for p in DATASET.proposals)


@given(st.text(st.characters(codec=None), max_size=30), st.sampled_from(["geojson", "gpkg", "csv"]))
@settings(max_examples=25)
def test_whatever_a_visitor_wrote_can_be_downloaded(name, kind):
    drafts = {"candidates": [{"id": "c1", "name": name, "note": name, "ubigeos": UBIGEOS[:3]}]}
    assert answers.download(kind, drafts, {}, DATASET, "es")["content"]
