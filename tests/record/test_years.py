"""Hold that years are read from the data: move every year of a data set, and nothing shows the old ones."""

import ast
import base64
import json
import re
import shutil
from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from plotly.utils import PlotlyJSONEncoder

from dashboard import texts
from dashboard.clusters.measures.measures import MEASURES, year_text
from dashboard.clusters.model.candidate import Candidate
from dashboard.clusters.rules.rules import Context
from dashboard.clusters.scoring.pools import pool
from dashboard.clusters.scoring.terms import Terms
from dashboard.clusters.writing import tables
from dashboard.documents import acta, blocks, candidate_files, district_table
from dashboard.documents.coverage_sheets import coverage_workbook
from dashboard.pages.compare import answers as compare_answers
from dashboard.pages.coverage import map_view
from dashboard.pages.data import tables as data_tables
from dashboard.pages.map import answers, choices, timeline
from dashboard.pages.plan import tables as plan_tables
from dashboard.pages.propose import answers as propose_answers
from dashboard.records.meetings import snapshots
from dashboard.records.meetings.view import live_view
from dashboard.records.meetings.whole import meeting_record
from dashboard.records.opening import open_store
from dashboard.records.proposals import proposals
from dashboard.records.tracking import coverage
from dashboard.web import publish
from dashboard.web.request import words_of
from dashboard.web.view import default_view, plain
from geodata import words
from geodata.model.dataset import DEFAULT, load
from layers import series
from tests import reading
from tests.record.databases import Clock, SqliteDatabases
from tests.record.drawn import ME, agree, draw, held, walk
from tests.root import ROOT

LATER = 40  # years by which the data are moved
MOVED = re.compile(r"(?<![\d.])(?:19[89]|20[0-3])\d(?!\d|\.\d)")  # of the fields of a file
YEAR = re.compile(r"(?<![\d.,\u202f])20(?:0[5-9]|1\d|2[0-3])(?![\d\u202f]|[.,]\d)")  # those of the data
GROUP = ["220501", "220505", "220510", "220502"]


@pytest.fixture(scope="module")
def aged(tmp_path_factory):
    """The data set that ships, all its years moved: of figures, periods, sources, notes and phases."""
    folder = tmp_path_factory.mktemp("aged") / "data"
    shutil.copytree(DEFAULT, folder)
    for file in (*folder.glob("*.csv"), folder / "dataset.json"):
        moved = MOVED.sub(lambda found: str(int(found[0]) + LATER), file.read_text("utf-8"))
        file.write_text(moved, "utf-8")
    return load(folder)


def old_years(content) -> list[str]:
    """Return the years before those of the moved data that a text, a file or a tree of components holds."""
    if isinstance(content, bytes):
        if content.startswith(b"PK") and b"[Content_Types].xml" not in content:
            content = list(reading.of_tables(content))
        elif content.startswith(b"PK"):
            book = openpyxl.load_workbook(BytesIO(content))
            rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
            content = [cell for row in rows for cell in row if isinstance(cell, str)]
        else:
            content = content.decode("utf-8-sig")
    if not isinstance(content, str):
        content = json.dumps(content, cls=PlotlyJSONEncoder, ensure_ascii=False, default=str)
    return sorted({content[max(0, m.start() - 60) : m.end() + 20] for m in YEAR.finditer(content)})


def asked(dataset, ubigeos=GROUP, **more):
    view = plain(default_view(dataset))
    drawn = {"id": "c1", "name": "A", "ubigeos": ubigeos, "services": ["health"], "phase": 1}
    return drawn | {"conflictPeriod": view["conflictPeriod"], "hazardPeriod": view["hazardPeriod"]} | more


def columns(dataset):
    periods = {"conflictPeriod": dataset.screen_years, "hazardPeriod": dataset.hazards_complete_years}
    return periods | {"columns": [asked(dataset), asked(dataset, ["160601", "160602", "160604"], id="c2")]}


def compared(dataset, language):
    """Return the workbook of a comparison."""
    return base64.b64decode(compare_answers.workbook(columns(dataset), None, None, dataset, language)["content"])


SCREENS = {
    "panel": lambda d, language: answers.judgement(asked(d), d, language),
    "standing": lambda d, language: answers.standing(asked(d), d, language),
    "sheet": lambda d, language: [answers.sheet(u, d, language) for u in ("220501", "160201", "250101")],
    "fills": lambda d, language: [choices.fills(d), choices.fill_years(d), choices.gap_weights(d)],
    "timeline": lambda d, language: timeline.layout(d, default_view(d)),
    "comparison": lambda d, language: compare_answers.answer(columns(d), d, language),
    "workbook": lambda d, language: compared(d, language),
    "csv": lambda d, language: candidate_files.candidates_file("csv", [Candidate(GROUP)], {}, d, language)[1],
    "districts": lambda d, language: district_table.districts_file("csv", d, language)[1],
    "pool": lambda d, language: propose_answers.search(asked(d, place="2205", sizes=[3, 4]), d, language),
    "plan": lambda d, language: plan_tables._sources(d),
    "data": lambda d, language: [data_tables.resources(d), data_tables.indicators(d), data_tables.gaps(d)],
    "facts": lambda d, language: [
        [item["year"] for item in publish.facts(d)["series"].values() if "year" in item], publish.facts(d)["sources"],
        publish.facts(d)["hazards"]["complete"], texts.for_browser(language),
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_no_screen_or_file_shows_a_year_that_the_data_no_longer_have(screen, language, aged, dataset, monkeypatch):
    monkeypatch.setattr("dashboard.web.request.language", lambda: language)
    assert old_years(SCREENS[screen](aged, language)) == []
    if screen not in ("standing", "pool"):  # which have none
        assert old_years(SCREENS[screen](dataset, language)), "the test would see one"


def test_the_list_of_a_pool_shows_no_year(aged):
    among = pool(aged, Terms(sizes=(3, 3)), "2205")
    assert old_years(tables.as_csv(tables.candidate_rows(among, among.order[:5]))) == []


# ---- the record: its own dates are those of the programme, so only figures are looked at


@pytest.fixture(scope="module")
def stores(tmp_path_factory, dataset, aged):
    """The record on the data set that ships, and the same one on the moved data."""
    databases = SqliteDatabases(tmp_path_factory.mktemp("years"), dataset)
    store = open_store(databases.url(), dataset, now=Clock())
    walk(store, draw(store, phase=1, critical_area="Anemia"), "validated")
    agree(store, "mariscal-caceres", number=2)
    yield store, store.on(aged)
    store.close()


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_coverage_says_the_years_of_the_data_in_use(stores, language):
    speech = words_of(language)
    for store, there in zip(stores, (True, False), strict=True):
        found = coverage.coverage(store, ME)
        assert bool(old_years(map_view.reach(found, store, speech))) == there
        book = openpyxl.load_workbook(BytesIO(coverage_workbook(store, ME, found, speech)))
        rows = book[speech.say("cover.sheet_reach")].iter_rows(min_row=4, values_only=True)
        reached = [cell for row in rows for cell in row]
        assert bool(old_years([cell for cell in reached if isinstance(cell, str)])) == there
        assert year_text(MEASURES["affected_health"], store.dataset) in reached


def test_a_snapshot_keeps_the_years_that_it_was_made_with_and_a_new_one_has_those_in_use(stores):
    store, later = stores
    before = meeting_record(store, ME, "22-2013-2")
    made = acta.blocks(before, store.dataset, words_of("es"))
    shown = [block for block in made if isinstance(block, blocks.Table)]
    again = acta.blocks(meeting_record(later, ME, "22-2013-2"), later.dataset, words_of("es"))
    assert [block for block in again if isinstance(block, blocks.Table)] == shown
    assert any("2017–2022" in cell for block in shown for row in block.rows for cell in row)

    meeting = held(later, "lamas", number=3, on=date(2013, 6, 3))
    copy = snapshots.take(later, ME, meeting.id, "lamas")
    assert old_years(copy.content["measures"]) == []
    assert copy.content["measures"]["emergencies"]["year"] == "2057–2062"
    live = live_view(proposals.get(later, ME, "lamas"), later.dataset, Context.of(later.dataset, ()))
    assert old_years([told.year for told in live.figures.values()]) == []


# ---- illiteracy of a later year


@pytest.fixture(scope="module")
def newer(dataset):
    """The data set with the illiteracy of 2023 beside that of 2017."""
    own = dataset.indicators[dataset.indicators["indicator"] == "illiteracy_15plus"].assign(year=2023)
    catalog = dataset.catalog.copy()
    catalog.at["illiteracy_15plus", "years"] = (2017, 2023)
    return replace(dataset, indicators=pd.concat([dataset.indicators, own], ignore_index=True), catalog=catalog)


def test_what_rests_on_a_newer_indicator_says_all_years_that_it_mixes(newer, dataset):
    assert year_text(MEASURES["gap_education"], dataset) == "2017"
    for key in ("gap_education", "affected_education"):
        assert year_text(MEASURES[key], newer) == "2017, 2023"
    assert series.fixed_series(newer)["gap_education"].year == "2017, 2023"
    assert publish.facts(newer)["series"]["gap_education"]["year"] == "2017, 2023"
    body = json.dumps(answers.judgement(asked(newer), newer, "es"), cls=PlotlyJSONEncoder, ensure_ascii=False)
    assert "· 2017, 2023" in body
    book = openpyxl.load_workbook(BytesIO(compared(newer, "es")))
    assert "2017, 2023" in {cell for row in book["Medidas"].iter_rows(values_only=True) for cell in row}


# ---- no year is written in a sentence or in code


def test_no_sentence_of_a_screen_holds_a_year_of_the_data():
    examples = {"register.document_help", "records.fault.not_a_date"}  # the number of an acta, and how a date is typed
    for language in texts.LANGUAGES:
        own = words.read((texts.FOLDER,), language)
        assert {key for key, text in own.items() if YEAR.search(text)} <= examples


# what is no year of the data: a seed
NOT_OF_THE_DATA = {"dashboard/clusters/ranking/robustness.py": {2013}}
FOLDERS = ("dashboard", "layers")


def test_no_code_of_a_screen_or_file_holds_a_year_of_the_data():
    """Docstrings and comments may speak of years; numbers and texts that are used may not."""
    files_ = [file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py"))]
    assert len(files_) > 100
    for file in (f for f in files_ if "migrations" not in f.parts):
        tree = ast.parse(file.read_text("utf-8"))
        said = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
        used = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in said]
        years = {n for n in used if type(n) is int and 2005 <= n <= 2023}
        spoken = [text for text in used if isinstance(text, str) and "http" not in text]
        years |= {int(found) for text in spoken for found in YEAR.findall(text)}
        assert years <= NOT_OF_THE_DATA.get(str(file.relative_to(ROOT)), set()), file
