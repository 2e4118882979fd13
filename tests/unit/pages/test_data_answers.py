"""What the data screen answers: nothing is written without the right, and what is shown says where things stand."""

import io
import json
import string

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st
from plotly.utils import PlotlyJSONEncoder

from dashboard import texts
from dashboard.pages.data import answers, choices, editions, mapping, reports, roles, tables
from dashboard.pages.data.ids import Data
from dashboard.web.request import say
from dashboard.web.uploads import uploads, work
from dashboard.web.uploads.preview import Seen
from geodata.editions import imports
from geodata.editions.imports import SUBJECTS
from geodata.editions.store import SHIPPED, EditionStore
from geodata.model import holdings
from geodata.model.dataset import load
from geodata.readers.cells.vocabulary import terms
from geodata.readers.contract import Question, Understanding
from geodata.readers.shared.columns import is_role
from geodata.reports.report import Report
from tests.unit.geodata.small import CODES, Figures, QuickStore, write_small
from tests.unit.pages.garbage import anything, records


def answered(*asked):
    """What goes back to the browser."""
    return answers.answer(*asked).sent()


WRITING = ("check", "again", "fetch", "stop", "import", "forget", "use", "undo", "remove", "link", "drop_link")
SOURCES = {"source": "INEI"}


def plain(tree):
    """A tree of components as the browser gets it."""
    return json.loads(json.dumps(tree, cls=PlotlyJSONEncoder))


def nodes(tree):
    """Every element of a tree, in order."""
    if isinstance(tree, list):
        return [node for part in tree for node in nodes(part)]
    if not isinstance(tree, dict) or "props" not in tree:
        return []
    return [tree, *nodes(tree["props"].get("children"))]


def words(tree) -> str:
    if isinstance(tree, list):
        return " ".join(map(words, tree))
    if isinstance(tree, dict):
        return words(tree.get("props", {}).get("children"))
    return "" if tree is None else str(tree)


def seen_of(columns=None, questions=(), asked=None, subject="indicators", options=None, sample=(), report=None):
    understanding = Understanding(subject, columns or {}, options or {}, tuple(questions), tuple(sample))
    asked = tuple(questions) if asked is None else tuple(asked)
    return Seen("refused", subject, SHIPPED, understanding, report or Report("a.csv", subject), asked)


# ---- the right, and what becomes of a file


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    return write_small(tmp_path_factory.mktemp("small") / "shipped")


@pytest.fixture
def store(tmp_path, shipped, monkeypatch):
    monkeypatch.setattr(imports, "reader_of", lambda subject: Figures)
    return QuickStore(tmp_path / "store", shipped)


@pytest.fixture
def context(store, shipped):
    return answers.ImportContext(store, load(shipped), may_import=True, who="Ana")


@pytest.fixture
def at_once(monkeypatch):
    """Work is done before the answer instead of beside it."""

    class Now:
        def submit(self, do, *args):
            do(*args)

    monkeypatch.setattr(work, "_threads", Now())


@pytest.fixture
def token(store):
    body = f"{CODES[0]},2017,50".encode()
    return uploads.receive(store.folder, "cifras.csv", io.BytesIO(body), len(body)).token


FORM = {"subject": "indicators", "roles": {}, "answers": {}}


@pytest.mark.parametrize("do", WRITING)
@pytest.mark.parametrize("pinned", [False, True])
def test_without_the_right_nothing_is_written(context, store, token, at_once, do, pinned):
    before = sorted((p, p.stat().st_mtime_ns) for p in store.folder.rglob("*"))
    without = answers.ImportContext(None if pinned else store, context.dataset, may_import=pinned, who="Ana")
    answer = answered({"do": do, "token": token, "values": FORM, "edition": SHIPPED}, without)
    assert say("intake.no_right") in words(plain(answer["shown"][Data.PROGRESS]))
    assert sorted((p, p.stat().st_mtime_ns) for p in store.folder.rglob("*")) == before


def test_without_the_right_the_screen_says_how_files_are_imported(context, store):
    without = answers.ImportContext(store, context.dataset, may_import=False, who="")
    shown = plain(answered({"do": "open"}, without)["shown"])
    assert say("intake.by_command") in words(shown[Data.FILE])
    told = [node["props"] for part in shown.values() for node in nodes(part)]
    assert not [props for props in told if "data-do" in props or "data-file" in props]


def test_a_file_goes_through_all_its_steps_and_back(context, store, token, at_once):
    checked = answered({"do": "check", "token": token, "values": FORM}, context)
    assert not checked["working"] and checked["focus"] == Data.MAPPING
    assert say("intake.confirm") in words(plain(checked["shown"][Data.RESULT]))
    imported = answered({"do": "import", "token": token}, context)
    made = store.current_id()
    assert made != SHIPPED and made in words(plain(imported["shown"][Data.RESULT]))
    assert made in words(plain(imported["shown"][Data.EDITIONS]))
    assert imported["focus"] == Data.RESULT and imported["shown"][Data.MAPPING] is None
    undone = answered({"do": "undo", "token": token}, context)
    assert store.current_id() == SHIPPED
    assert say("intake.undone", before=editions.name_of(SHIPPED), edition=made) in words(
        plain(undone["shown"][Data.RESULT])
    )
    answered({"do": "use", "edition": made}, context)
    assert store.current_id() == made
    left = answered({"do": "forget", "token": token}, context)
    assert left["token"] is None and uploads.find(store.folder, token) is None
    assert store.current_id() == made, "leaving the file changes no edition"


def test_while_work_goes_on_the_page_is_told_to_ask_again(context, store, token, monkeypatch):
    kept = []

    class Later:
        def submit(self, do, *args):
            kept.append((do, args))

    monkeypatch.setattr(work, "_threads", Later())
    begun = answered({"do": "check", "token": token, "values": FORM}, context)
    assert begun["working"] and begun["token"] == token
    assert answered({"do": "look", "token": token}, context)["working"]
    ((do, args),) = kept
    do(*args)
    assert not answered({"do": "look", "token": token}, context)["working"]


def test_a_file_that_is_no_more_is_told(context):
    answer = answered({"do": "check", "token": "0" * 32, "values": FORM}, context)
    assert say("intake.gone") in words(plain(answer["shown"][Data.PROGRESS]))
    assert answer["token"] is None and answer["shown"][Data.FILE] is not None


def test_an_edition_that_is_damaged_or_unknown_is_told_and_the_one_in_use_stays(context, store, token, at_once):
    answered({"do": "check", "token": token, "values": FORM}, context)
    answered({"do": "import", "token": token}, context)
    made = store.current_id()
    answered({"do": "use", "edition": SHIPPED}, context)
    (store.folder_of(made) / "indicators.csv").write_text("nothing")
    plain_store = EditionStore(store.folder, store.shipped)
    told = answered({"do": "use", "edition": made}, answers.ImportContext(plain_store, context.dataset, True, "Ana"))
    assert words(plain(told["shown"][Data.PROGRESS]))
    assert store.current_id() == SHIPPED
    told = answered({"do": "use", "edition": "../.."}, context)
    assert "../.." in words(plain(told["shown"][Data.PROGRESS])) and store.current_id() == SHIPPED


def test_every_action_that_writes_is_among_those_tried_without_the_right():
    assert answers._ACTIONS.keys() == set(WRITING)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory, shipped):
    """A context in which no file is at hand."""
    store = QuickStore(tmp_path_factory.mktemp("quiet") / "store", shipped)
    return answers.ImportContext(store, load(shipped), may_import=True, who="")


FORMS = records({
    "subject": st.sampled_from(SUBJECTS), "roles": st.dictionaries(st.text(max_size=8), st.text(max_size=8)),
    "answers": st.dictionaries(st.text(max_size=8), st.text(max_size=8)),
})  # fmt: skip
ASKED = records({"do": st.sampled_from(WRITING), "token": st.just("0" * 32), "values": FORMS, "edition": st.text()})


@settings(max_examples=60)
@examples(st.one_of(ASKED, anything), st.one_of(FORMS, anything))
def test_whatever_a_browser_sends_is_answered(quiet, asked, form):
    answer = answered(asked, quiet)
    assert answer["shown"] and answer["working"] is False
    assert quiet.store.current_id() == SHIPPED
    found = choices.answers(form, seen_of({"A": "ignore"}), SOURCES, {"agua"}) if _is_once(form) else {}
    assert all(isinstance(key, str) and isinstance(value, str) for key, value in found.items())


def _is_once(form):
    """Whether no two columns of garbage happen to have the same role, which is refused."""
    roles_ = form.get("roles") if isinstance(form, dict) else None
    values = [v for v in roles_.values() if isinstance(v, str)] if isinstance(roles_, dict) else []
    return len({v.strip() for v in values}) == len(values)


# ---- what a person chose


def test_what_changed_on_the_form_joins_what_was_answered_before():
    sent = {"subject": "indicators", "roles": {"A": "ubigeo", "B": "value:anaemia:2017"}, "answers": {"year": "2019"}}
    found = choices.answers(sent, seen_of({"A": "ignore", "B": "ignore"}), SOURCES, set())
    assert found == {**SOURCES, "year": "2019", "column:A": "ubigeo", "column:B": "value:anaemia:2017"}


def test_an_answer_that_was_wiped_is_open_again():
    assert choices.answers({"answers": {"source": " "}}, None, SOURCES, set()) == {}


def test_another_kind_of_file_keeps_no_answer_about_columns():
    before = {**SOURCES, "column:A": "value:anaemia", "coding": "inei"}
    assert choices.answers({"subject": "hazards"}, seen_of(), before, set()) == SOURCES


def test_two_columns_cannot_be_the_same_place():
    with pytest.raises(choices.Twice) as told:
        choices.answers({"roles": {"A": "ubigeo", "B": "ubigeo"}}, seen_of(), {}, set())
    assert told.value.columns == ["A", "B"]
    fine = {"A": "value:anaemia", "B": "value:anaemia", "C": "ignore", "D": "ignore"}  # two years, nothing twice
    assert choices.answers({"roles": fine}, seen_of(), {}, set())


def test_columns_of_years_of_one_new_indicator_share_its_code():
    found = choices.answers({"roles": {"Agua 2014": "new", "Agua 2015": "new:2016"}}, seen_of(), {}, {"agua"})
    assert found == {"column:Agua 2014": "value:agua_2", "column:Agua 2015": "value:agua_2:2016"}


def test_the_year_of_the_row_is_an_answer_that_is_not_asked_again():
    offered = {"value:anaemia": "tables.choice.row_year", "value:anaemia:2017": "tables.choice.name_year"}
    seen = seen_of({"A 2017": "value:anaemia"}, [Question("column:A 2017", "tables.ask.which_year", offered)])
    found = choices.answers({"answers": {"column:A 2017": "value:anaemia"}}, seen, {}, set())
    assert found["year_of:A 2017"] == "row"
    other = choices.answers({"answers": {"column:A 2017": "value:anaemia:2017"}}, seen, {}, set())
    assert "year_of:A 2017" not in other


def test_other_instructions_are_written_as_in_the_command():
    found = choices.answers({"answers": {"other": "join:160803=160801; minimum:agua = 0\nnonsense"}}, None, {}, set())
    assert found == {"join:160803": "160801", "minimum:agua": "0"}


@examples(st.text(max_size=80), st.sets(st.text(string.ascii_lowercase, min_size=1, max_size=8), max_size=4))
def test_a_new_code_is_one_that_readers_take_and_nobody_has(name, taken):
    code = choices.code_of(name, taken)
    assert roles.bare(f"value:{code}") == f"value:{code}" and code not in taken
    assert is_role(f"value:{code}")


# ---- the form


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_role_has_a_name_in_the_reader_s_words(dataset, monkeypatch, language, subject):
    monkeypatch.setattr("dashboard.pages.data.roles.language", lambda: language)
    monkeypatch.setattr("dashboard.pages.data.roles.say", lambda key, **f: texts.say(language, key, **f))
    offered = roles.choices(subject, {"A": "value:anaemia_6_35m:2019"}, dataset, {})
    pairs = [pair for first, rest in offered for pair in ([(first, rest)] if isinstance(rest, str) else rest)]
    assert len({value for value, _ in pairs}) == len(pairs) > 5
    assert all(name and ":" not in name.partition(": ")[0] and "_" not in name for _, name in pairs)
    own = {"conflicts": "conflict_columns", "hazards": "hazard_columns", "links": "link_columns"}.get(subject)
    assert set(terms(own).values() if own else ()) <= {value for value, _ in pairs}


def test_the_form_shows_each_column_with_what_it_is_for_and_asks_what_is_open(dataset):
    columns = {"COD": "ubigeo", "X": "value:agua", "Y": "ignore"}
    questions = [
        Question("source", "tables.ask.source"),
        Question("unit:agua", "tables.ask.unit", fields={"indicator": "agua"}),
        Question("coding", "places.coding.which", {"inei": "places.coding.inei", "reniec": "places.coding.reniec"},
                 {"inei": 1, "reniec": 2, "compared": 3}),
    ]  # fmt: skip
    seen = seen_of(columns, questions, sample=[("010101", "5", "z")])
    tree = plain(mapping.form("agua.csv", seen, {"label_es:agua": "Agua en casa"}, dataset))
    heads = [n for n in nodes(tree) if "data-column" in n["props"]]
    assert [(n["props"]["data-column"], n["props"]["data-was"]) for n in heads] == list(columns.items())
    chosen = [o["props"]["value"] for n in heads for o in nodes(n) if o["props"].get("selected")]
    assert chosen == ["ubigeo", "value:agua", "ignore"]
    asked = [n["props"]["data-answer"] for n in nodes(tree) if "data-answer" in n["props"]]
    assert asked[:3] == ["source", "unit:agua", "coding"] and asked.count("coding") == 1
    assert "Agua en casa" in words(tree) and "«agua»" not in words(tree)
    assert "010101" in words(tree)
    named = {n["props"]["id"] for n in nodes(tree) if n["type"] in ("Select", "Input") and "id" in n["props"]}
    labels = {n["props"]["htmlFor"] for n in nodes(tree) if n["type"] == "Label" and "htmlFor" in n["props"]}
    assert labels <= named


def test_a_table_of_many_columns_shows_those_in_use_and_offers_the_rest(dataset):
    columns = {f"C{n}": "ignore" for n in range(300)} | {"COD": "ubigeo"}
    tree = plain(mapping.form("ancho.csv", seen_of(columns), {}, dataset))
    heads = [n["props"]["data-column"] for n in nodes(tree) if "data-column" in n["props"]]
    assert "COD" in heads and len(heads) == mapping.MOST_COLUMNS
    (extra,) = [n for n in nodes(tree) if "data-extra" in n["props"]]
    rest = {o["props"]["value"] for o in nodes(extra) if o["type"] == "Option"} - {""}
    assert rest | set(heads) == set(columns)


def test_texts_of_a_long_file_are_each_offered_every_indicator(dataset):
    listed = ["indicator:Anemia en menores", "indicator:Otra cosa"]
    question = Question("columns", "tables.ask.columns", fields={"columns": "…", "listed": listed})
    seen = seen_of({"I": "indicator", "V": "value"}, [question])
    tree = plain(mapping.form("largo.csv", seen, {}, dataset))
    lists = {n["props"]["data-answer"]: n for n in nodes(tree) if n["props"].get("data-answer", "") in listed}
    assert list(lists) == listed
    for each in lists.values():
        values = {o["props"]["value"] for o in nodes(each) if o["type"] == "Option"}
        assert set(dataset.catalog.index) | {"new", "ignore"} <= values


# ---- the report and the tables


def test_the_report_is_bounded_and_counts_what_it_does_not_show():
    report = Report("a.csv", "indicators", 500)
    for n in range(reports.MOST_ROWS + 7):
        report.add("left_out", "tables.left_out.number", n + 2, column="X", text="?")
    report.add("fault", "tables.fault.nothing")
    tree = plain(reports.report(seen_of(report=report), "0" * 32))
    rows = [n for n in nodes(tree) if n["props"].get("data-of") == "left_out"]
    assert len(rows) == reports.MOST_ROWS + 1
    assert words(rows[-1]).startswith("y 7 más")
    (alert,) = [n for n in nodes(tree) if n["props"].get("role") == "alert"]
    assert texts.say("es", "tables.fault.nothing") in words(alert)


def test_questions_are_asked_in_the_form_and_are_no_faults_of_the_report():
    report = Report("a.csv", "indicators")
    report.add("fault", "tables.ask.source")
    seen = seen_of(questions=[Question("source", "tables.ask.source")], report=report)
    assert reports.faults_of(seen) == [] and not reports.is_worth_reading(seen)


def test_districts_without_a_figure_stand_on_the_screen_by_name(dataset):
    told = words(plain(tables.gaps(dataset)))
    missing = [(gap, u) for gap in holdings.gaps(dataset) for u in gap.ubigeos]
    assert len(missing) > 25
    assert all(dataset.territory.label(ubigeo) in told for _, ubigeo in missing)


def test_a_check_is_read_back_from_the_disk_as_it_was(tmp_path):
    report = Report("a.csv", "limits", 3)
    report.add("note", "limits.note.gaping", 4, "010101", 91.5, district="A", other="B", km=2.5)
    question = Question("crs", "limits.ask.crs", {"EPSG:32718": "tables.choice.as_is"}, {"x": 1, "y": 2.5})
    seen = seen_of({"A": "ubigeo"}, [question], subject="limits", options={"tolerance_m": None}, sample=[("1",)],
                   report=report)  # fmt: skip
    back = Seen.from_json(json.loads(seen.to_json()))
    assert (back.understanding, back.report, back.asked) == (seen.understanding, seen.report, seen.asked)
