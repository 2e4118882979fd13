"""The command line prints what the engine finds, in either language; what it cannot do is said in a sentence."""

import codecs
import csv
import io
import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from dashboard import texts
from dashboard.clusters import __main__ as command_line
from dashboard.clusters.planning.conflicts import _NUMBERS
from dashboard.clusters.planning.model import Blocker
from dashboard.clusters.planning.request import OBJECTIVES
from dashboard.clusters.ranking.changes import KINDS
from dashboard.clusters.ranking.pareto import frontier, standpoint
from dashboard.clusters.ranking.robustness import Duel
from dashboard.clusters.ranking.standing import Rank, rank
from dashboard.clusters.scoring.criteria import load_criteria
from dashboard.clusters.scoring.pools import pool
from dashboard.clusters.scoring.terms import Terms
from dashboard.clusters.writing import sentences
from dashboard.clusters.writing.sentences import Wording
from geodata.readers.formats.sheets import read_sheet
from geodata.shared import clock
from tests.root import ROOT

FORMULA = "engine.formula."

LAMAS = ("220501", "220510", "220505")


@pytest.fixture
def run(capsys):
    """Run a command; return its exit status, what it printed and what it complained about."""

    def run(*arguments):
        status = command_line.main(arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture(params=texts.LANGUAGES)
def words(request):
    language = request.param
    return Wording(partial(texts.say, language), lambda value, decimals: texts.number(value, language, decimals))


# ---- list


def test_a_list_has_every_feasible_candidate_of_a_province_once_best_first(run, dataset):
    status, out, _ = run("list", "--province", "2205", "--sizes", "3-6", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0 and len(rows) == 341
    assert len({row["ubigeos"] for row in rows}) == 341
    scores = [float(row["score"]) for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert [int(row["rank"]) for row in rows] == [1 + sum(s > own for s in scores) for own in scores]
    assert all(row["ubigeos"].split() == sorted(row["ubigeos"].split()) for row in rows)
    among = pool(dataset, Terms(), "2205")
    best = among.groups.ubigeos(int(among.order[0]))
    assert rows[0]["ubigeos"].split() == sorted(best)
    assert float(rows[0]["population_people"]) == among.measures["population"][among.order[0]]


def test_a_list_can_be_json_or_a_table(run):
    status, out, _ = run("list", "--province", "2206", "--format", "json", "--limit", "3")
    assert status == 0 and len(json.loads(out)) == 3
    status, out, _ = run("list", "--province", "2206", "--sizes", "3", "--lang", "en")
    assert status == 0 and "Feasible candidates: " in out and "province" in out
    status, out, _ = run("list", "--province", "2504")
    assert status == 0 and "Candidatas factibles: 0. Se muestran 0." in out


def test_weights_change_the_list(run):
    near = ",".join(f"{key}=0" for key in load_criteria() if key != "proximity")
    asked = ("list", "--province", "2205", "--format", "csv", "--weights", near)
    _, out, _ = run(*asked, "--anchors", "fixed")
    km = [float(row["farthest_capitals_km"]) for row in csv.DictReader(io.StringIO(out))]
    assert km == sorted(km)
    _, out, _ = run(*asked)
    scores = [float(row["score"]) for row in csv.DictReader(io.StringIO(out))]
    assert scores == sorted(scores, reverse=True) and scores.count(100) > 1, "the nearest twentieth has all points"
    status, _, err = run(*asked, "--anchors", "loose")
    assert status == 2 and "loose" in err


# ---- files


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize(
    ("asked", "names"),
    [
        (("list", "--province", "2205"), {"es": "lamas_candidatas", "en": "lamas_candidates"}),
        (
            ("plan", "--objective", "score"),
            {"es": "16-conglomerados-por-puntaje_plan", "en": "16-clusters-by-score_plan"},
        ),
    ],
)
def test_rows_are_written_as_named_files_with_what_their_columns_are(run, tmp_path, asked, names, language):
    status, out, err = run(*asked, "--output", str(tmp_path / "new"), "--lang", language)
    day = clock.day_of(clock.now()).isoformat()
    table, book = (Path(line.split(": ", 1)[1]) for line in out.splitlines())
    assert (status, err) == (0, "") and table.name == f"{names[language]}_{day}.csv"
    assert {table, book} == set((tmp_path / "new").iterdir())
    heads, columns = (list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig")))) for path in (table, book))
    assert all(path.read_bytes().startswith(codecs.BOM_UTF8) for path in (table, book))
    assert [row[0] for row in columns[1:]] == heads[0]
    assert columns[0][0] == texts.say(language, "codebook.stable")
    assert all(all(row[i] for i in (1, 2, 3, 4, 6)) for row in columns[1:])
    # as the application's own importer reads it
    read = read_sheet(table).frame
    assert list(read) == heads[0] and len(read) == len(heads) - 1
    assert list(read["ubigeos"]) == [row[heads[0].index("ubigeos")] for row in heads[1:]]


def test_csv_begins_with_a_mark_in_a_file_and_not_for_another_program(tmp_path):
    command = [
        sys.executable,
        "-m",
        "dashboard.clusters",
        *["list", "--province", "2205", "--limit", "2", "--format", "csv"],
    ]
    piped = subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stdout
    with (tmp_path / "out.csv").open("wb") as file:
        subprocess.run(command, stdout=file, check=True, cwd=ROOT)
    written = (tmp_path / "out.csv").read_bytes()
    assert piped.startswith(b"rank,") and b"\r" not in piped
    assert written == codecs.BOM_UTF8 + piped.replace(b"\n", b"\r\n")


def test_what_cannot_be_written_is_said(run, tmp_path):
    (tmp_path / "taken").write_text("x")
    status, out, err = run("list", "--province", "2205", "--output", str(tmp_path / "taken"))
    assert (status, out) == (2, "") and "--output" in err and "taken" in err
    status, out, err = run("plan", "--format", "json", "--output", str(tmp_path))
    assert (status, out) == (2, "") and "--format json" in err


# ---- check


def test_a_broken_candidate_is_told_its_rules_its_place_and_its_mend(run):
    status, out, _ = run("check", *LAMAS, "--services", "education", "--locked", "220505")
    assert status == 1
    assert "No es contiguo" in out and "No está entre las candidatas factibles de Lamas (hay 341)" in out
    assert "Añadir Zapatero." in out and "No está entre las candidatas factibles de San Martín (hay 1466)" in out
    assert "«Lamas»" in out


def test_a_sound_candidate_passes(run):
    status, out, _ = run("check", "220501,220507,220509", "--services", "education", "--phase", "2", "--formulas")
    assert status == 0
    assert "Lugar " in out and " de 341 en Lamas" in out
    assert texts.say("es", "engine.formula.mend") in out


def test_a_candidate_can_be_given_by_its_code_and_read_as_json(run):
    _, listed, _ = run("list", "--province", "2205", "--format", "json", "--limit", "1")
    best = json.loads(listed)[0]
    status, out, _ = run("check", best["code"], "--format", "json", "--services", "health,education", "--phase", "2")
    found = json.loads(out)
    assert status == 0
    assert found["ubigeos"] == best["ubigeos"].split() and found["code"] == best["code"]
    assert {rule["rule"] for rule in found["rules"]} >= {"contiguous", "quota"}
    assert [r["place"] for r in found["rankings"]] == ["2205", "22"]
    assert found["smallest_mend"]["districts_changed"] == 0
    for change in found["single_changes"]["first"]:
        assert change["mended"] or change["nearer"] or change["score_after"] > change["score_before"]


def test_what_is_counted_is_written_or_it_is_said_how_to_get_the_rest(run):
    few = ("check", *LAMAS, "--services", "education", "--limit", "2")
    _, out, _ = run(*few)
    counts = json.loads(run(*few, "--format", "json")[1])
    found, mends = counts["single_changes"]["found"], counts["smallest_mend"]["found"]
    assert found > 2 and f"Se escriben 2 de {found}; con --limit 0 se ven todas." in out
    whole = json.loads(run(*few[:-1], "0", "--format", "json")[1])
    assert len(whole["single_changes"]["first"]) == found and len(whole["smallest_mend"]["first"]) == mends
    _, out, _ = run(*few[:-1], "0")
    assert "Se escriben" not in out and out.count("\n- ") == found + mends


# ---- plan


def test_a_plan_is_printed_with_its_ledger_and_proof(run):
    status, out, _ = run("plan", "--objective", "score", "--governments", "59", "--lang", "en", "--formulas")
    assert status == 0
    assert "Proven optimal" in out and "this plan reaches 80" in out
    assert texts.say("en", "engine.formula.plan_gap") in out


def test_a_plan_can_be_read_by_programs(run):
    status, out, _ = run("plan", "--format", "json", "--fixed", "220501,220505,220510,220511@2", "--phases", "2,3")
    plan = json.loads(out)
    assert status == 0 and plan["proven"] and len(plan["clusters"]) == 10
    fixed = [c for c in plan["clusters"] if c["fixed"]]
    assert [(c["phase"], c["ubigeos"]) for c in fixed] == [(2, "220501 220505 220510 220511")]
    _, out, _ = run("plan", "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(out)))) == 16


def test_a_plan_that_cannot_be_says_what_stands_in_the_way(run):
    status, out, err = run("plan", "--required", "250401")
    assert (status, out) == (1, "") and "Purús" in err
    status, _, err = run("plan", "--fixed", ",".join(LAMAS))
    assert status == 1 and "no es contiguo" in err
    status, _, err = run("plan", "--banned", "170301,170302", "--required", "250401", "--lang", "en")
    assert status == 1 and "can these be met together" in err and "allow Iñapari and allow Iberia" in err
    for line in err.strip().split("\n"):
        assert line.startswith("- ") or line.endswith((".", ":"))


# ---- what is not understood


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        ((), "cli.no_command"),
        (("sing",), "cli.no_command"),
        (("list", "--nothing"), "cli.no_option"),
        (("list", "--province"), "cli.no_value"),
        (("check",), "cli.no_value"),
        (("list", "--sizes", "6-3"), "cli.bad_sizes"),
        (("list", "--sizes", "x"), "cli.bad_sizes"),
        (("list", "--services", "sports"), "cli.bad_services"),
        (("list", "--weights", "gap=-1"), "cli.bad_weights"),
        (("list", "--weights", "beauty=1"), "cli.bad_weights"),
        (("list", "--limit", "many"), "cli.bad_number"),
        (("list", "--format", "xml"), "cli.bad_format"),
        (("list", "--province", "9999"), "engine.search.place"),
        (("list", "--province", "2205", "--department", "22"), "cli.both_places"),
        (("check", "abc"), "cli.bad_districts"),
        (("check", "999999"), "cli.unknown_districts"),
        (("check", ""), "cli.no_districts"),
        (("check", "2205-010510.A"), "code.wrong_check"),
        (("check", *LAMAS, "--locked", "220511"), "engine.changes.locked"),
        (("check", *LAMAS, "--phase", "0"), "cli.bad_number"),
        (("plan", "--objective", "beauty"), "cli.bad_objective"),
        (("plan", "--fixed", "@1"), "cli.bad_districts"),
        (("plan", "--governments", "-1"), "cli.bad_number"),
    ],
)
@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_what_is_not_understood_is_said_in_a_sentence(run, arguments, key, language):
    status, out, err = run(*arguments, "--lang", language)
    assert (status, out) == (2, "")
    opening = texts.texts(language)[key].split("{")[0]
    assert err.startswith(opening) and err.strip().endswith((".", ")."))
    assert "{" not in err and "Traceback" not in err


def test_help_is_in_the_language_asked_for(run):
    status, out, _ = run("--help")
    assert status == 0 and "Busca, ordena" in out
    status, out, _ = run("plan", "--help", "--lang=en")
    assert status == 0 and "whether it is proven" in " ".join(out.split())


def test_a_language_without_texts_is_refused(run):
    status, _, err = run("list", "--lang", "qu")
    assert status == 2 and "«qu»" in err


def test_a_data_folder_that_is_not_there_is_a_sentence(run, monkeypatch):
    monkeypatch.setenv("CONGLOMERADOS_DATA", "/no/such/folder")
    command_line._dataset.cache_clear()
    status, _, err = run("list", "--province", "2205")
    command_line._dataset.cache_clear()
    assert status == 2 and err.startswith("La configuración no sirve")


# ---- sentences that screens use


def test_every_number_has_a_formula(words):
    fields = {"bins": 20, "draws": 10_000, "seed": 1}
    formulas = {key.removeprefix(FORMULA) for key in texts.texts("es") if key.startswith(FORMULA)}
    assert all(sentences.formula_sentence(words, key, **fields) for key in formulas)
    assert {f"plan_{o}" for o in OBJECTIVES} <= formulas
    assert all(words.say(f"engine.progress.{doing}") for doing in ("search", "measure", "solve", "diagnose"))


@pytest.mark.parametrize("message", ["always", "clear", "weights", "data", "missing", "tie", "unknown"])
def test_a_duel_names_the_one_ahead_first(words, message):
    said = sentences.duel_sentence(words, Duel(f"engine.duel.{message}", 1, 0.97, ()), ["Lamas", "Rioja"])
    assert said.index("Rioja") < said.index("Lamas") and "{" not in said


def test_every_blocker_and_every_way_has_a_sentence(words):
    every = {
        "department": "Loreto", "quota": 3, "limit": 1, "governments": 99, "nearest": 78, "cluster": ("A", "B"),
        "districts": ("C",), "n": 2, "seconds": 10.0, "province": "Lamas", "phase": 1, "size": 4, "bound": 9.5,
        "reason": "",
    }  # fmt: skip
    keys = [k for k in texts.texts("es") if k.startswith("engine.plan.blocked.")]
    assert len(keys) > 15
    for key in keys:
        assert "{" not in sentences.blocker_sentence(words, Blocker(key, every))
    ((_, items),) = sentences.blocked_parts(words, [Blocker("engine.plan.blocked.fixed_pieces", every)])
    assert len(items) == 1
    for message in ("time", "time_bound", "solver"):
        assert sentences.blocked_parts(words, [Blocker(f"engine.plan.blocked.{message}", every)])[0][1] == ()
    ways = {k.removeprefix("engine.plan.way.") for k in texts.texts("es") if k.startswith("engine.plan.way.")}
    for way in ways:
        kind = way.removesuffix("_any")
        fields = every | ({"nearest": None} if way.endswith("_any") else {})
        said = sentences.way_sentence(words, [Blocker(f"engine.plan.blocked.{kind}", fields)])
        assert "{" not in said and said[0].isupper() and said.endswith(".")
    assert set(_NUMBERS) <= ways and {f"{kind}_any" for kind in _NUMBERS} <= ways


def test_every_kind_of_change_and_reason_has_a_sentence():
    for language in texts.LANGUAGES:
        known = set(texts.texts(language))
        assert {f"engine.change.{kind}" for kind in KINDS} <= known
        assert {f"engine.outside.{r}" for r in ("provinces", "pieces", "small", "large", "elsewhere")} <= known


def test_a_place_is_told_as_the_screens_tell_it(dataset):
    say = Wording(partial(texts.say, "es"), lambda value, decimals: texts.number(value, "es", decimals))
    among = pool(dataset, Terms(), "2205")
    best = rank(among.candidate(int(among.order[0])), among)
    assert sentences.ranking_sentence(say, best) == "Lugar 1 de 341 en Lamas."
    assert sentences.percentile_sentence(say, best.score) == "Mejor que el 100 % de las demás."
    front = frontier(among)
    on = standpoint({k: v[front.rows[0]] for k, v in among.values.items()}, among, front)
    assert sentences.frontier_sentence(say, on, front, among, "Lamas").startswith("Ninguna otra candidata de Lamas")


def test_a_figure_says_what_it_is_and_one_outside_is_beside_the_feasible_ones(dataset):
    say = Wording(partial(texts.say, "es"), lambda value, decimals: texts.number(value, "es", decimals))
    risk, conflicts = (load_criteria()[key] for key in ("risk", "conflicts"))
    at_risk = Rank("risk", "lower", 12.2, 3, 341, 0, None, None)
    assert sentences.criterion_sentence(say, at_risk, risk, True) == (
        "Emergencias: 12,2 por 10 000 personas; lugar 3 de 341."
    )
    calm = Rank("conflicts", "lower", 1.0, 1, 341, 341, None, None)
    assert sentences.criterion_sentence(say, calm, conflicts, False) == (
        "Conflictos activos: 1 caso; frente a 341 factibles quedaría en el lugar 1, con 341 iguales."
    )
    alone = Rank("conflicts", "lower", 2.0, 2, 1, 0, None, None)
    assert sentences.criterion_sentence(say, alone, conflicts, False) == (
        "Conflictos activos: 2 casos; frente a 1 factible quedaría en el lugar 2."
    )
    shared = Rank("conflicts", "lower", 0.0, 1, 341, 1, None, None)
    assert sentences.criterion_sentence(say, shared, conflicts, True) == (
        "Conflictos activos: 0 casos; lugar 1 de 341, con 1 igual."
    )
