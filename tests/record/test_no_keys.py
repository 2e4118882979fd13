"""Hold that no name of ours reaches a reader: every screen, file, document and command line is made and read.

What only programs read keeps its names: headings of CSV and GeoJSON, JSON, and what a command asks to be typed.
"""

import base64
import io
import re
from datetime import date
from functools import partial

import flask
import pytest

from dashboard import texts
from dashboard.clusters import __main__ as clusters_cli
from dashboard.clusters.measures.measures import MEASURES
from dashboard.clusters.model.candidate import SERVICES, Candidate
from dashboard.clusters.planning.request import OBJECTIVES
from dashboard.clusters.rules.rules import RULES
from dashboard.clusters.scoring.criteria import load_criteria
from dashboard.documents import acta_docx, acta_html, candidate_files, district_table, plan_files
from dashboard.documents.coverage_sheets import coverage_workbook, scores_template, stages_template
from dashboard.pages.compare import answers as compare_answers
from dashboard.pages.coverage import answers as coverage_answers
from dashboard.pages.coverage import layout as coverage_layout
from dashboard.pages.coverage import paper
from dashboard.pages.data import answers as data_answers
from dashboard.pages.data import layout as data_layout
from dashboard.pages.data.answers import ImportContext
from dashboard.pages.meetings import answers as meeting_answers
from dashboard.pages.meetings import layout as meetings_layout
from dashboard.pages.present import layout as present_layout
from dashboard.pages.record import answers as record_answers
from dashboard.pages.record.ids import Do
from dashboard.records import __main__ as records_cli
from dashboard.records.core.actors import ROLES
from dashboard.records.core.errors import RecordsError
from dashboard.records.core.programme import load_programme
from dashboard.records.meetings import groups, meetings, snapshots
from dashboard.records.meetings.whole import meeting_record
from dashboard.records.opening import open_store
from dashboard.records.people import sharing
from dashboard.records.proposals import proposals
from dashboard.records.proposals.steps import STATES, load_steps
from dashboard.records.tracking import coverage, focas, qsip
from dashboard.records.tracking.milestone import STATUSES
from dashboard.web import request
from dashboard.web.jobs import plan_request
from dashboard.web.jobs.__main__ import solve
from dashboard.web.request import LANGUAGE_COOKIE, RequestContext, words_of
from dashboard.web.view import default_view, plain
from geodata import __main__ as data_cli
from geodata.editions import export_edition, imports
from geodata.editions.store import EditionStore
from geodata.reports import files
from geodata.reports.report import KINDS
from tests import reading
from tests.record.databases import Clock, SqliteDatabases
from tests.record.drawn import ME, agree, draw, held, walk

GROUP, OTHER = ["220501", "220505", "220510", "220502"], ["160601", "160602", "160604"]
SPANISH = {"local", "regional", "provincial"}  # words that happen to be spelt as the key of a role
SNAKE = re.compile(r"(?<![\w./@:=-])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w/@=(]|\.\w)")
NOTHING = re.compile(r"(?<!\w)(?:None(?! (?:was|of|is|are)\b)|nan|NaN|NaT|null|undefined|True|False)(?!\w)")
LEFT_OVER = re.compile(r"\{\w*(?::[^}]*)?\}|\[\w+(?:\.\w+)+\]")
ISO = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?!\w|-)")
ADDRESS = re.compile(r"(?:https?|sqlite|postgresql[+\w]*)://\S+")
# what is typed has names of its own: a whole order, or an option with its value
COMMAND = re.compile(r"python -m [^.,:;)»\n]*|--[\w-]+(?:[ =][^\s,;]+)?")


def keys(dataset) -> set[str]:
    """All names of things that are called otherwise for readers: of the data, the domain and the record."""
    programme = load_programme()
    return {
        *dataset.provenance, *dataset.catalog.index, *dataset.catalog["sector"], *dataset.catalog["direction"],
        *dataset.conflicts["type"], *dataset.conflicts["state"], *dataset.hazards["hazard"],
        *MEASURES, *load_criteria(), *RULES, *SERVICES, *OBJECTIVES, *STATES, *load_steps().by_name, *STATUSES, *KINDS,
        *programme.rounds, *programme.areas, *ROLES,
    }  # fmt: skip


def natural(key: str, language: str) -> bool:
    """Tell whether a key is also how the thing is called: a sentence about it holds the word itself."""
    if "_" in key:
        return False
    if language == "es" and key in SPANISH:
        return True
    word = re.compile(rf"(?<!\w){re.escape(key)}(?!\w)", re.IGNORECASE)
    # keys are English words: in English any sentence may hold one that is written without a sign between its parts
    own = ((path, text) for path, text in texts.texts(language).items() if language == "en" or key in path.split("."))
    return any(word.search(COMMAND.sub("", text)) for _, text in own)


@pytest.fixture(scope="module", params=texts.LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def faults_of(dataset, language):
    """Return what finds the faults among texts: names of ours, nothing written as something, days as ISO."""
    plain = sorted(key for key in keys(dataset) if not natural(key, language))
    names = re.compile(rf"(?<![\w./=:-])(?:{'|'.join(map(re.escape, plain))})(?![\w/=])")

    def faults(said, days=True):
        found = set()
        for text in said:
            told = COMMAND.sub("", ADDRESS.sub("", text))
            for kind in (names, SNAKE, NOTHING, LEFT_OVER, *([ISO] if days else [])):
                found |= {(m[0], text[max(0, m.start() - 40) : m.end() + 40]) for m in kind.finditer(told)}
        return sorted(found)

    return faults


@pytest.mark.parametrize(
    "said",
    ["gap_combined: 3", "x: None", "nan", "{n} distritos", "[browser.x]", "al 2013-03-05", "indicator_catalog: INEI"],
)
def test_what_is_looked_for_is_seen(said, faults_of):
    assert faults_of([said])


@pytest.mark.parametrize("key", ["departments", "neighbours", "revenue", "baseline", "hazards", "health", "reviewed"])
def test_an_english_key_is_seen_in_a_spanish_sentence(key, language, faults_of):
    assert bool(faults_of([f"{key}: INEI"])) == (language == "es")


@pytest.fixture(scope="module")
def speech(language):
    return words_of(language)


@pytest.fixture(scope="module")
def store(tmp_path_factory, dataset):
    """A record in which there is some of everything: a cluster along its whole life, proposals, meetings, a share."""
    databases = SqliteDatabases(tmp_path_factory.mktemp("keys"), dataset)
    opened = open_store(databases.url(), dataset, now=Clock())
    walk(opened, draw(opened, phase=1, critical_area="Anemia infantil"))
    agree(opened, "mariscal-caceres", number=2)
    sharing.share(opened, ME, {"label": "Gobierno regional", "scope": "coverage", "expires_on": date(2013, 12, 31)})
    meeting = held(opened, "lamas", "moyobamba-rioja", number=3, on=date(2013, 6, 3))
    for id_ in ("lamas", "moyobamba-rioja"):
        snapshots.take(opened, ME, meeting.id, id_)
    snapshots.take_comparison(opened, ME, meeting.id, ["lamas", "moyobamba-rioja"])
    yield opened
    opened.close()


@pytest.fixture
def asked(monkeypatch, store, language, dataset):
    """A request of someone with all rights, in a language."""
    monkeypatch.setattr("dash.get_relative_path", str)
    monkeypatch.setattr(request, "record", lambda: store)
    monkeypatch.setattr(request, "actor", lambda: ME)
    monkeypatch.setattr(request, "dataset", lambda: dataset)
    with flask.Flask("keys").test_request_context("/", headers={"Cookie": f"{LANGUAGE_COOKIE}={language}"}):
        yield


# ---- files of candidates, comparisons and plans


def columns(dataset):
    view = plain(default_view(dataset))
    drawn = {"services": ["health"], "phase": 1, "conflictPeriod": view["conflictPeriod"]}
    drawn |= {"hazardPeriod": view["hazardPeriod"]}
    periods = {"conflictPeriod": dataset.screen_years, "hazardPeriod": dataset.hazards_complete_years}
    both = [drawn | {"id": f"c{n}", "name": f"N{n}", "ubigeos": group} for n, group in enumerate((GROUP, OTHER))]
    return periods | {"columns": both}


def test_no_file_of_candidates_shows_a_key(dataset, language, faults_of):
    drawn = [Candidate(GROUP, services={"health"}, state="proposed"), Candidate(OTHER, state="plan_implemented")]
    reads = {"csv": reading.of_tables, "geojson": reading.of_geojson, "xlsx": reading.of_workbook}
    for kind, read in reads.items():
        body = candidate_files.candidates_file(kind, drawn, {}, dataset, language)[1]
        assert faults_of(read(body)) == []
        assert list(read(body)), "the test would see one"
        body = district_table.districts_file(kind, dataset, language)[1]
        assert faults_of(read(body)) == []


def test_no_comparison_shows_a_key(dataset, language, faults_of):
    sent = compare_answers.workbook(columns(dataset), None, None, dataset, language)["content"]
    assert faults_of(reading.of_workbook(base64.b64decode(sent))) == []


@pytest.fixture(scope="module")
def solved(dataset):
    return solve(plan_request.checked({}, dataset.territory), dataset, lambda doing, share: None)


def test_no_file_of_a_plan_shows_a_key(dataset, solved, language, faults_of):
    say = partial(texts.say, language)
    assert faults_of(reading.of_workbook(plan_files.workbook(solved, dataset, say, "-"))) == []
    assert faults_of(reading.of_geojson(plan_files.plan_file("geojson", solved, dataset, say, "-")[1])) == []


# ---- the record


def test_no_file_of_the_coverage_shows_a_key_or_a_day_as_a_text(store, speech, faults_of):
    found = coverage.coverage(store, ME)
    clusters = [s.proposal for s in found.standings]
    books = [
        coverage_workbook(store, ME, found, speech),
        *(scores_template(store, ME, clusters, round_, speech) for round_ in store.programme.rounds),
        stages_template(store, ME, clusters, qsip.stages(store, ME), speech),
    ]
    for body in books:
        assert faults_of(reading.of_workbook(body)) == []
        assert reading.formats_of_days(body) <= {"dd/mm/yyyy"}
    assert reading.formats_of_days(books[0])
    assert faults_of(reading.of_html(paper.page(found, store, speech, texts.LANGUAGES))) == []


def test_no_acta_shows_a_key(store, speech, faults_of):
    for meeting in meetings.meetings(store, ME):
        for public in (False, True):
            kept = meeting_record(store, ME, meeting.id, public)
            assert faults_of(reading.of_html(acta_html(kept, store.dataset, speech))) == []
            assert faults_of(reading.of_document(acta_docx(kept, store.dataset, speech))) == []


def test_no_screen_of_the_register_shows_a_key(store, speech, asked, faults_of):
    context = RequestContext(store, ME, speech)
    assert faults_of(reading.of_tree(record_answers.opened(None, {}, context).shown)) == []
    for proposal in proposals.listing(store, ME):
        assert faults_of(reading.of_tree(record_answers.opened(proposal.id, {}, context).shown)) == []
        for do in (Do.EDIT, Do.HISTORY, Do.MOMENTS):
            found = record_answers.answer({"do": str(do), "proposal": proposal.id}, context).sent()
            assert faults_of(reading.of_tree([found["shown"], found.get("outcome")])) == []


def test_no_screen_of_meetings_shows_a_key(store, speech, asked, faults_of):
    context = RequestContext(store, ME, speech)
    pages = [meeting.id for meeting in meetings.meetings(store, ME)]
    pages += [f"{code}/{period.key}" for code in ("22", "25") for period in store.programme.periods]
    for page in pages:
        assert faults_of(reading.of_tree(meeting_answers.page_of(page, context))) == []
    assert faults_of(reading.of_tree(meetings_layout())) == []


def test_no_slide_shows_a_key(store, asked, faults_of):
    assert faults_of(reading.of_tree(present_layout())) == []
    for meeting in meetings.meetings(store, ME):
        assert faults_of(reading.of_tree(present_layout(meeting.id))) == []
    both = ["lamas", "moyobamba-rioja"]
    assert faults_of(reading.of_tree(present_layout(p=both, c=both))) == []


def test_no_screen_of_the_coverage_shows_a_key(store, speech, asked, faults_of):
    context = RequestContext(store, ME, speech)
    found = coverage.coverage(store, ME)
    for department in (None, "22"):
        assert faults_of(reading.of_tree(coverage_layout(**({"d": department} if department else {})))) == []
    assert faults_of(reading.of_tree(coverage_answers.parts(found, context))) == []
    for proposal in proposals.listing(store, ME):
        own = coverage_answers.first(found, context, proposal.id)
        assert faults_of(reading.of_tree(own)) == []


def test_no_refusal_shows_a_key(store, speech, faults_of):
    """Whatever is wrong in every field of what is sent, it is told in words."""
    asks = [
        lambda sent: proposals.create(store, ME, sent),
        lambda sent: focas.enter(store, ME, sent),
        lambda sent: qsip.enter(store, ME, "picota", sent),
        lambda sent: groups.keep_member(store, ME, sent),
        lambda sent: sharing.share(store, ME, sent),
    ]
    fields = [key.removeprefix("records.field.") for key in texts.texts("es") if key.startswith("records.field.")]
    said = []
    for ask in asks:
        for sent in ({}, dict.fromkeys(fields, "xyz"), dict.fromkeys(fields, None), dict.fromkeys(fields, 999_999)):
            try:
                ask(sent)
            except RecordsError as error:
                sentence, told = request.sentences(error, speech)
                said += [sentence, *told]
    assert said and faults_of(said) == []


# ---- data, imports and command lines


def imported(folder, store):
    """Import a table with some of everything that can happen to a row; return the id of its edition."""
    file = folder / "cifras.csv"
    rows = ["UBIGEO,DISTRITO,PROVINCIA,DEPARTAMENTO,ANALF", *ROWS]
    file.write_text("\n".join(rows) + "\n", "utf-8")
    answers = {"source": "INEI 2017", "year": "2017", "column:ANALF": "value:illiteracy_15plus"}
    return file, imports.run(store, "indicators", file, answers)


ROWS = [
    "220501,LAMAS,LAMAS,SAN MARTIN,12.5", "220502,ALONSO DE ALVARADO,LAMAS,SAN MARTIN,x",
    ",BARRANQUITA,LAMAS,SAN MARTIN,7", "220599,NADA,LAMAS,SAN MARTIN,8", "150101,LIMA,LIMA,LIMA,3",
    "220504,CAYNARACHI,LAMAS,SAN MARTIN,140", "220505,CUNUMBUQI,LAMAS,SAN MARTIN,-",
]  # fmt: skip


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """A store with an import."""
    folder = tmp_path_factory.mktemp("imported")
    kept = EditionStore(folder / "store")
    file, done = imported(folder, kept)
    return kept, file, done


def test_no_report_shows_a_key(edition, language, faults_of):
    _, _, done = edition
    assert done.report.events
    written = {ending: make(done.report, language) for ending, make in files.WRITERS.items()}
    assert faults_of([written[".txt"].decode()]) == []
    assert faults_of(reading.of_csv(written[".csv"])) == []
    assert faults_of(reading.of_html(written[".html"])) == []


def test_no_copy_of_an_edition_shows_a_key(edition, language, faults_of, tmp_path):
    kept, _, _ = edition
    export_edition(kept, tmp_path / "copy", language)
    assert faults_of(reading.of_csv((tmp_path / "copy" / "sources.csv").read_bytes())) == []


def test_no_screen_of_the_data_shows_a_key(edition, dataset, asked, faults_of):
    kept, _, _ = edition
    assert faults_of(reading.of_tree(data_layout())) == []
    context = ImportContext(kept, dataset, may_import=True, who="Ana")
    assert faults_of(reading.of_tree(data_answers.answer({}, context).shown)) == []


def test_no_command_of_the_data_shows_a_key(edition, language, faults_of, capsys, monkeypatch):
    kept, file, _ = edition
    monkeypatch.setattr(data_cli, "EditionStore", lambda: kept)
    for given in (["status"], ["history"], ["check", file], ["import", "indicators", file, "--dry-run"], ["use", "x"],
                  ["check", "nothing.csv"]):  # fmt: skip
        data_cli.main([*map(str, given), "--lang", language])
        told = capsys.readouterr()
        assert told.out + told.err
        assert faults_of((told.out + told.err).splitlines()) == [], given


def test_no_command_of_the_record_shows_a_key(store, language, faults_of, capsys, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", store.engine.url.render_as_string(hide_password=False))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    for given in (["status"], ["check"], ["unlock", "nadie"], ["account", "x", "--role", "nobody"], ["nothing"]):
        records_cli.main(["--lang", language, *given])
        told = capsys.readouterr()
        said = (told.out + told.err).splitlines()
        assert said and faults_of(said) == [], given


CLASH = "check 220501 220601"  # of two provinces, too few, and not contiguous


def test_no_command_of_the_clusters_shows_a_key(language, faults_of, capsys):
    orders = "list --province 2205 --sizes 3 --limit 5", f"check {' '.join(GROUP)} --services health", CLASH
    for given in map(str.split, orders):
        clusters_cli.main([*given, "--lang", language])
        told = capsys.readouterr()
        assert told.out and faults_of((told.out + told.err).splitlines()) == [], given
