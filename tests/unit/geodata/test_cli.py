"""Every command ends with a status that a script can read and sentences that a person can."""

import csv
import errno
import json
import shutil
import subprocess
import sys
import zipfile

import geopandas as gpd
import pyogrio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import CODES, Figures, QuickStore, write_small

from geodata import __main__ as cli
from geodata.cli import commands
from geodata.editions import build, export, imports
from geodata.editions.kinds import recognise
from geodata.editions.store import SHIPPED, EditionStore
from geodata.model.dataset import load
from geodata.reports import files
from geodata.reports.console import Voice
from geodata.reports.report import Report
from geodata.sources import fetch
from geodata.words import LANGUAGES
from tests.root import ROOT


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    return write_small(tmp_path_factory.mktemp("small") / "shipped")


@pytest.fixture
def store(tmp_path, shipped, monkeypatch):
    made = QuickStore(tmp_path / "store", shipped)
    monkeypatch.setattr(imports, "reader_of", lambda subject: Figures)
    monkeypatch.setattr(cli, "EditionStore", lambda: made)
    return made


@pytest.fixture
def run(store, capsys):
    """Run a command; return its status and all that it printed."""

    def run(*words):
        status = cli.main([str(word) for word in words])
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        return status, told.out + told.err

    return run


@pytest.fixture
def figures(tmp_path):
    file = tmp_path / "figures.csv"
    file.write_text(f"{CODES[0]},2017,50\n", "utf-8")
    return file


def test_an_import_ends_with_0_and_names_the_edition_and_the_way_back(run, store, figures):
    status, told = run("import", "indicators", figures)
    assert status == 0
    assert store.current_id() in told and "use default" in told
    assert "Reconocidas por su código: 1" in told


def test_faults_end_with_1_and_are_all_told(run, store, figures):
    figures.write_text("999999,2017,1\n888888,2017,2\n", "utf-8")
    status, told = run("import", "indicators", figures)
    assert status == 1 and "Fila 1" in told and "Fila 2" in told
    assert store.current_id() == SHIPPED


def test_an_open_question_ends_with_1_and_is_told_with_the_option_that_answers_it(run, store, figures):
    figures.write_text(f"?\n{CODES[0]},2017,50\n", "utf-8")
    status, told = run("import", "indicators", figures)
    assert status == 1 and '--answer "unit=percent|share"' in told
    assert run("import", "indicators", figures, "--answer", "unit=share")[0] == 0


def test_a_dry_run_and_a_check_import_nothing(run, store, figures):
    for words in (["import", "indicators", figures, "--dry-run"], ["check", figures, "--kind", "hazards"]):
        status, told = run(*words)
        assert status == 0 and "todavía no se cambió nada" in told
    assert not store.folder.exists()


@pytest.mark.parametrize("ending", sorted(files.WRITERS))
def test_a_report_is_kept_in_the_form_that_its_name_asks_for(run, figures, tmp_path, ending):
    file = tmp_path / f"informe{ending}"
    assert run("import", "indicators", figures, "--report", file)[0] == 0
    body = file.read_text("utf-8-sig")
    assert CODES[0] in body or ending == ".txt"
    if ending == ".json":
        assert Report.from_json({k: v for k, v in json.loads(body).items() if k != "sentences"}).rows_read == 1


def test_the_report_of_a_refused_import_is_kept_too(run, figures, tmp_path):
    figures.write_text("999999,2017,1\n", "utf-8")
    assert run("import", "indicators", figures, "--report", tmp_path / "r.csv")[0] == 1
    rows = list(csv.reader((tmp_path / "r.csv").read_text("utf-8-sig").splitlines()))
    assert [row[1] for row in rows[1:]] == ["1"]


@pytest.mark.parametrize("words", [
    ["import"], ["import", "limits"], ["import", "dogs", "x"], ["import", "limits", "x", "y"],
    ["import", "limits", "x", "--year", "soon"], ["import", "limits", "x", "--tolerance", "-5"],
    ["import", "limits", "x", "--coding", "mine"], ["import", "limits", "x", "--column", "abc"],
    ["import", "limits", "x", "--answer", "=5"], ["import", "limits", "x", "--report", "r.pdf"],
    ["import", "limits", "x", "--colour"], ["import", "limits", "x", "--crs"], ["dogs"], [], ["use"], ["export"],
    ["fetch", "limits"], ["fetch", "limits", "--source", "mars"], ["status", "--lang", "fr"],
])  # fmt: skip
def test_a_command_that_is_not_understood_ends_with_2(run, store, words):
    status, told = run(*words)
    assert status == 2 and told.strip()
    assert not store.folder.exists()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ["", "import", "check", "fetch", "status", "history", "use", "export"])
def test_the_help_speaks_the_language_of_the_reader(run, command, language):
    status, told = run(*command.split(), "--lang", language, "--help")
    assert status == 0
    assert ("Uso:" in told) == (language == "es")
    assert "commands." not in told, "a key of a sentence is shown instead of the sentence"


def test_the_network_ends_with_3_and_says_what_to_do_without_it(run, monkeypatch):
    monkeypatch.setattr(fetch, "Bounds", lambda: None)
    status, told = run("fetch", "limits", "--source", "http://127.0.0.1:9/limits.zip")
    assert status == 3
    assert "127.0.0.1" in told and "python -m geodata import limits" in told


def test_a_known_source_out_of_reach_is_told_with_the_page_to_open_by_hand(run, monkeypatch):
    def unreachable(*_, **__):
        raise fetch.FetchError("fetch.no_connection", host="ide.inei.gob.pe")

    monkeypatch.setattr(fetch, "fetch_source", unreachable)
    for language in LANGUAGES:
        status, told = run("fetch", "limits", "--source", "inei", "--lang", language)
        assert status == 3 and fetch.sources()["inei"].page in told and "import limits" in told


def test_a_download_beside_a_file_of_its_name_says_which_is_which(run, monkeypatch, tmp_path):
    got = fetch.Fetched(tmp_path / "x-2.zip", "0" * 64, 1, "https://example.org/x.zip", True, tmp_path / "x.zip")
    monkeypatch.setattr(fetch, "fetch_source", lambda *_, **__: got)
    for language in LANGUAGES:
        status, told = run("fetch", "limits", "--source", got.address, "--into", tmp_path, "--lang", language)
        assert status == 0 and str(got.path) in told and str(got.beside) in told


def test_something_unexpected_is_a_sentence_and_a_log(run, store, figures, monkeypatch):
    def fails(*_):
        raise RuntimeError("what nobody thought of")

    monkeypatch.setattr(Figures, "read", fails)
    status, told = run("import", "indicators", figures)
    assert status == 1 and "RuntimeError" in told and "what nobody" not in told
    log = next((store.folder / "logs").glob("*.log"))
    assert str(log) in told and "what nobody thought of" in log.read_text("utf-8")
    assert store.current_id() == SHIPPED


def test_a_store_that_cannot_be_written_is_told(run, store, figures):
    store.folder.write_text("a file where the folder should be", "utf-8")
    status, told = run("import", "indicators", figures)
    assert status == 1 and str(store.folder) in told


def test_a_second_import_is_told_that_one_is_under_way(run, store, figures):
    with store.locked():
        status, told = run("import", "indicators", figures)
    assert status == 1 and "Otra importación" in told


def test_a_file_that_is_not_there_is_told_by_name(run, tmp_path):
    status, told = run("import", "indicators", tmp_path / "gone.csv")
    assert status == 1 and "gone.csv" in told


def test_a_folder_is_told_from_a_file(run, tmp_path):
    status, told = run("import", "limits", tmp_path)
    assert status == 1 and "es una carpeta" in told


def test_stopping_by_hand_is_a_sentence(run, figures, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Figures, "understand", stopped)
    status, told = run("import", "indicators", figures)
    assert status == 1 and "Interrumpido" in told


def test_the_language_may_stand_before_the_command(run):
    assert run("--lang", "en", "status")[1] == run("status", "--lang=en")[1] != run("status")[1]


def test_history_and_use_lead_back_and_forth(run, store, figures):
    assert "default" in run("history")[1]
    run("import", "indicators", figures)
    made = store.current_id()
    assert run("use", "default")[0] == 0 and store.current_id() == SHIPPED
    assert run("use", made[:5])[0] == 0 and store.current_id() == made
    status, told = run("history", "--lang", "en")
    assert status == 0 and told.count(made) == 2 and "figures.csv" in told and "(in use)" in told
    assert run("use", "0000000000")[0] == 1


def test_a_damaged_edition_is_told_and_the_others_stay_at_hand(run, store, figures):
    run("import", "indicators", figures)
    made = store.current_id()
    run("use", "default")
    (store.folder_of(made) / "indicators.csv").write_text("nothing", "utf-8")
    status, told = run("use", made)
    assert status == 1 and made in told and "dañada" in told and store.current_id() == SHIPPED


def test_one_damaged_record_does_not_hide_the_history_of_the_others(run, store, figures):
    run("import", "indicators", figures)
    damaged = store.current_id()
    figures.write_text(f"{CODES[0]},2017,60\n", "utf-8")
    run("import", "indicators", figures)
    (store.folder_of(damaged) / "edition.json").write_text("{", "utf-8")
    for language, sentence in (("es", "No se puede leer el registro"), ("en", "cannot be read")):
        status, told = run("history", "--lang", language)
        assert status == 1 and "figures.csv" in told and store.current_id() in told
        assert f"{damaged}" in told and sentence in told and "JSONDecodeError" not in told
    status, told = run("use", damaged)
    assert status == 1 and "No se puede leer el registro" in told and store.current_id() != damaged


def test_status_with_a_damaged_record_is_a_sentence(run, store, figures):
    run("import", "indicators", figures)
    (store.folder_of(store.current_id()) / "edition.json").write_text("{", "utf-8")
    status, told = run("status")
    assert status == 1 and "No se puede leer el registro" in told and "inesperado" not in told
    assert "Edición en uso" not in told, "nothing is said half"


def test_a_damaged_pointer_is_told_with_the_way_on(run, store, figures):
    run("import", "indicators", figures)
    (store.folder / "current").write_bytes(b"\xff\xfe\x00")
    for words in (["status"], ["history"], ["import", "indicators", figures], ["export", store.folder / "out"]):
        status, told = run(*words)
        assert status == 1 and "use default" in told and "inesperado" not in told
    assert run("use", "default")[0] == 0
    assert run("status")[0] == 0


def test_status_tells_sources_years_coverage_and_who_lacks_what(run, store, figures):
    figures.write_text(f"{CODES[0]},2020,50\n", "utf-8")
    run("import", "indicators", figures)
    for language, kind in (("es", "Colindancias"), ("en", "Neighbours")):
        status, told = run("status", "--lang", language)
        assert status == 0
        assert store.current_id() in told and kind in told and "2007" in told and "10/18" in told
        assert "2020" in told and "D2 (Cuadrícula, Prueba)" in told, "the districts without a figure of 2020"


def test_an_export_holds_the_data_set_its_limits_sources_and_report(run, store, figures, tmp_path):
    run("import", "indicators", figures)
    out = tmp_path / "out"
    assert run("export", out)[0] == 0
    assert load(out / "data").edition == store.current_id()
    limits = gpd.read_file(out / "limits.gpkg")
    assert list(limits["ubigeo"]) == CODES and set(limits["province"]) == {"Cuadrícula"}
    assert {p.name for p in out.iterdir()} >= {"sources.csv", "edition.json", "report.html", "report.csv", "README.txt"}
    sources = list(csv.DictReader((out / "sources.csv").read_text("utf-8-sig").splitlines()))
    assert len(sources) == len(store.load().provenance) and all(row["Fuente"] and row["Años"] for row in sources)
    status, told = run("export", out)
    assert status == 1 and str(out) in told, "what is there is not written over"


def test_an_export_says_what_every_column_of_its_files_is(run, figures, tmp_path):
    run("import", "indicators", figures)
    assert run("export", tmp_path / "out")[0] == 0
    body = (tmp_path / "out" / "columns.csv").read_bytes()
    assert body.startswith(b"\xef\xbb\xbf")
    _, *rows = csv.reader(body.decode("utf-8-sig").splitlines())
    held = []
    for file in sorted((tmp_path / "out" / "data").glob("*.csv")):
        heads = next(csv.reader(file.read_text("utf-8").splitlines()))
        held += [(f"data/{file.name}", name) for name in heads]
    held += [("limits.gpkg", name) for name in pyogrio.read_info(tmp_path / "out" / "limits.gpkg")["fields"]]
    assert sorted((row[0], row[1]) for row in rows) == sorted(held)
    assert all(row[2] and row[4] and row[6] for row in rows)


def test_the_figures_of_an_edition_are_brought_in_again_as_they_were(tmp_path):
    store = EditionStore(tmp_path / "store")
    export.export_edition(store, tmp_path / "out", "es")
    file, own = tmp_path / "out" / "data" / "indicators.csv", store.folder_of(SHIPPED) / "indicators.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())  # as a spreadsheet keeps it
    done = imports.run(store, "indicators", file, {"source": "INEI"}, progress=lambda *_: None)
    again = (store.folder_of(done.edition) / "indicators.csv").read_text("utf-8").splitlines()
    assert done.status == "new" and sorted(again) == sorted(own.read_text("utf-8").splitlines())


def test_an_export_that_fails_leaves_the_folder_as_it_was(run, store, figures, tmp_path, monkeypatch):
    run("import", "indicators", figures)
    (tmp_path / "there").mkdir()
    before = sorted(tmp_path.iterdir())

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(export, "_sources", full)
    for name in ("absent", "there"):
        assert run("export", tmp_path / name)[0] == 1
        assert sorted(tmp_path.iterdir()) == before and not list((tmp_path / "there").iterdir())
    monkeypatch.undo()


def test_an_export_into_an_empty_folder_fills_it(run, tmp_path):
    (tmp_path / "out").mkdir()
    assert run("export", tmp_path / "out")[0] == 0
    assert {path.name for path in tmp_path.iterdir() if path.name.startswith((".", "out"))} == {"out"}
    assert (tmp_path / "out" / "README.txt").is_file()


def test_an_edition_whose_files_were_altered_is_not_handed_out(run, store, figures, tmp_path):
    run("import", "indicators", figures)
    file = store.folder_of(store.current_id()) / "indicators.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:4] + lines[5:]), "utf-8")
    status, told = run("export", tmp_path / "out")
    assert status == 1 and "se alteraron" in told and not (tmp_path / "out").exists()


@pytest.mark.parametrize("failing, named", [
    (OSError(errno.ENOSPC, "full", "/shipped/neighbours.csv", None, "/store/neighbours.csv"), "/store/neighbours.csv"),
    (OSError(errno.EACCES, "no", "/store/lock"), "/store/lock"),
    (shutil.Error([("/shipped/a.csv", "/out/a.csv", "full: '/shipped/a.csv'")]), "/out/a.csv: full"),
])  # fmt: skip
def test_what_cannot_be_written_is_named_and_not_what_was_read(run, figures, monkeypatch, failing, named):
    def fails(*_):
        raise failing

    monkeypatch.setattr(build, "build", fails)
    status, told = run("import", "indicators", figures)
    assert status == 1 and named in told and "/shipped" not in told


# ---- at a terminal


@pytest.fixture
def person(monkeypatch):
    """Someone at a terminal who gives these answers, one after another."""

    def person(*answers):
        given = iter(answers)
        monkeypatch.setattr(Voice, "is_talking", True)
        monkeypatch.setattr("rich.console.Console.input", lambda *_, **__: next(given))

    return person


def test_a_person_sees_the_report_first_and_confirms(run, store, figures, person):
    person("s")
    status, told = run("import", "indicators", figures)
    assert status == 0 and store.current_id() != SHIPPED
    assert told.count("Reconocidas por su código: 1") == 1


@pytest.mark.parametrize("answer", ["n", "", "quizá"])
def test_anything_but_a_yes_imports_nothing(run, store, figures, person, answer):
    person(answer)
    status, told = run("import", "indicators", figures)
    assert status == 1 and store.current_id() == SHIPPED and "como usted pidió" in told


def test_a_person_is_asked_what_the_file_leaves_open(run, store, figures, person):
    figures.write_text(f"?\n{CODES[0]},2017,50\n", "utf-8")
    person("share", "s")
    assert run("import", "indicators", figures)[0] == 0
    assert store.edition(store.current_id()).understanding["options"]["unit"] == "share"


def test_with_yes_nobody_is_asked(run, store, figures, person):
    person()
    assert run("import", "indicators", figures, "--yes")[0] == 0


# ---- words


def test_a_column_whose_name_holds_the_sign_is_understood():
    answers = cli._answers(None, 50.0, ["A=B=ubigeo", " C = name "], ["source=INEI"], None, 2017)
    assert answers == {
        "tolerance_m": 50.0, "year": 2017, "column:A=B": "ubigeo", "column:C": "name", "source": "INEI",
    }  # fmt: skip


def test_an_answer_that_lists_columns_keeps_its_own_signs():
    given = cli._answers(None, None, None, ["columns=Def_ha=forest_loss_ha; IDH=ignore"], None, None)
    assert given == {"columns": "Def_ha=forest_loss_ha; IDH=ignore"}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=12), max_size=5))
def test_no_words_whatever_end_in_a_stack_trace(store, words):
    assert cli.main(["import", "indicators", *words]) in (0, 1, 2)


def test_no_cell_of_a_report_is_taken_for_a_formula(tmp_path):
    report = Report("=cmd|' /C calc'!A0", "indicators")
    for name in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"):
        report.add("note", name, row=1)
    files.write(report, tmp_path / "r.csv", "es")
    cells = [row[-1] for row in csv.reader((tmp_path / "r.csv").open(encoding="utf-8-sig", newline=""))]
    assert len(cells) == 7 and not any(cell.startswith(files.FORMULA) for cell in cells)


def test_a_page_of_a_report_holds_text_and_no_markup_of_the_file(tmp_path):
    report = Report("<script>alert(1)</script>.csv", "limits")
    report.add("note", "<img src=x>", row=1, name="<b>")
    assert "<script>" not in files.as_html(report, "es") and "<img" not in files.as_html(report, "en")


def test_a_sentence_that_is_lost_leaves_its_key_and_what_filled_it():
    told = files.filled("gone.for_good", {"name": "Lamas", "share": 0.5}, "es")
    assert told == "gone.for_good name=Lamas share=0,5"
    assert files.filled("report.rows_read", {"other": 1}, "es") == "report.rows_read other=1"


def test_figures_have_a_decimal_comma_in_spanish_only():
    assert files.filled("report.rows_read", {"rows": 1.5}, "es").endswith("1,5")
    assert files.filled("report.rows_read", {"rows": 1.5}, "en").endswith("1.5")


# ---- what a file holds


@pytest.mark.parametrize("name, text, kind", [
    ("a.csv", "UBIGEO;FENOMENO;FECHA\n010101;INUNDACION;2018\n010102;HUAYCO;2019\n", "hazards"),
    ("a.csv", "caso,tipo,estado\nuno,Socioambiental,Activo\ndos,Comunal,Latente\n", "conflicts"),
    ("a.csv", "ubigeo,valor\n010101,5\n010102,6\n", "indicators"),
    ("a.geojson", '{"type": "FeatureCollection", "features": []}', "limits"),
    ("limites.json", '{"type": "FeatureCollection", "features": []}', "limits"),
    ("a.csv", "", "indicators"),
])  # fmt: skip
def test_the_kind_of_a_file_is_read_off_its_content(tmp_path, name, text, kind):
    (tmp_path / name).write_text(text, "utf-8")
    assert recognise(tmp_path / name) == kind


def test_an_archive_is_judged_by_what_it_holds(tmp_path):
    for name, kind in (("a.shp", "limits"), ("a.csv", "indicators")):
        with zipfile.ZipFile(tmp_path / f"{kind}.zip", "w") as archive:
            archive.writestr(name, "x")
        assert recognise(tmp_path / f"{kind}.zip") == kind


def test_the_command_runs_by_itself(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "geodata", "status", "--lang", "en"], cwd=ROOT, capture_output=True, text=True,
        env={"CONGLOMERADOS_STORE": str(tmp_path / "none"), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == commands.DONE, done.stderr
    assert "default" in done.stdout and "INEI" in done.stdout
    assert not (tmp_path / "none").exists()
