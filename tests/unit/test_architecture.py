"""Hold how the code is laid out: who imports whom, how long a module is, and that nothing is left unsaid."""

import ast
import re
import subprocess
import sys
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest

from dashboard import settings, texts
from dashboard.clusters.measures.measures import GROUPS, MEASURES
from dashboard.clusters.model.candidate import Candidate
from dashboard.clusters.rules.rules import Context, judge
from dashboard.clusters.scoring.criteria import load_criteria
from layers import series
from layers.overlays import overlays
from tests.root import ROOT

ROOMS = ("geodata", "layers", "dashboard")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
SCREENS = sorted((ROOT / "dashboard" / "pages").rglob("*.py"))
SCRIPTS = sorted((ROOT / "assets" / "js").rglob("*.js"))
MOST_LINES = 400
DEPENDENCIES = ("Input", "Output", "State")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_room_imports_only_what_its_contract_allows():
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS], ids=_name)
def test_a_module_is_short_enough_to_read(path):
    assert len(path.read_text("utf-8").splitlines()) < MOST_LINES


@pytest.mark.parametrize("path", [p for p in MODULES if p.stat().st_size], ids=_name)
def test_a_module_says_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


# ---- types and names


TYPED = ("geodata", "layers", "dashboard/clusters", "dashboard/records")


def _public_functions(tree: ast.AST) -> list[ast.FunctionDef]:
    """Return the functions and methods of a module that others may call."""
    found = []
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            found += _public_functions(node)
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            found.append(node)
    return found


@pytest.mark.parametrize("path", [p for p in MODULES if "migrations" not in p.parts], ids=_name)
def test_every_argument_of_a_public_function_has_a_type(path):
    bare = []
    for function in _public_functions(ast.parse(path.read_text("utf-8"))):
        given = function.args
        every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
        bare += [
            f"{function.name}({arg.arg}), line {function.lineno}"
            for arg in every
            if arg is not None and arg.annotation is None and arg.arg not in ("self", "cls")
        ]
    assert not bare, f"no type: {bare}"


@pytest.mark.parametrize("path", [p for p in MODULES if _name(p).startswith(TYPED)], ids=_name)
def test_any_stands_only_where_a_comment_says_why(path):
    lines = path.read_text("utf-8").splitlines()
    used = {n.lineno for n in ast.walk(ast.parse("\n".join(lines))) if isinstance(n, ast.Name) and n.id == "Any"}
    unsaid = [n for n in sorted(used) if "#" not in lines[n - 1] and not lines[n - 2].lstrip().startswith("#")]
    assert not unsaid, f"Any without a reason in lines {unsaid}"


def test_no_class_name_stands_for_two_things():
    names = Counter(
        node.name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert not {name for name, times in names.items() if times > 1}


@pytest.mark.parametrize("path", SCREENS, ids=_name)
def test_no_callback_names_a_component_by_a_literal(path):
    tree = ast.parse(path.read_text("utf-8"))
    literal = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in DEPENDENCIES
        and node.args
        and isinstance(node.args[0], (ast.Constant, ast.JoinedStr))
    ]
    assert not literal, f"component ids as text in lines {literal}"


@pytest.mark.parametrize("path", SCREENS, ids=_name)
def test_callbacks_stand_at_module_level(path):
    tree = ast.parse(path.read_text("utf-8"))
    inner = [
        f"{inner.name}, line {inner.lineno}"
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef)
        for inner in ast.walk(outer)
        if inner is not outer and isinstance(inner, ast.FunctionDef) and inner.decorator_list
    ]
    assert not inner


@pytest.mark.parametrize("path", SCREENS, ids=_name)
def test_callbacks_are_declared_for_every_application(path):
    """Those of Dash's own go to the first application of a process alone."""
    taken = [
        alias.name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "dash"
        for alias in node.names
        if alias.name in ("callback", "clientside_callback")
    ]
    assert not taken


def _calls(path: Path, *names: str) -> list[ast.Call]:
    tree = ast.parse(path.read_text("utf-8"))
    return [n for n in ast.walk(tree) if isinstance(n, ast.Call) and ast.unparse(n.func) in names]


@pytest.mark.parametrize("path", SCREENS, ids=_name)
def test_nobody_types_in_a_field_of_dash(path):
    """Those write their value back, a moment late, over what somebody goes on typing: `forms.box` does not."""
    calls = _calls(path, "dcc.Input", "dcc.Textarea", "html.Input")
    fields = [call.lineno for call in calls if "type='range'" not in ast.unparse(call)]
    assert not fields, f"fields of Dash in lines {fields}"


@pytest.mark.parametrize("path", SCREENS, ids=_name)
def test_what_is_typed_is_never_written_by_a_callback(path):
    written = [call.lineno for call in _calls(path, "Output") if "data-typed" in ast.unparse(call)]
    assert not written, f"what is typed is written in lines {written}"


def test_text_is_written_into_fields_in_one_place_each():
    """In `forms/`, by boxes and by readers; elsewhere only what a press of the person's own asks for.

    A phone of a room has no Dash that would write back: its screens write what is answered, where nobody is typing.
    """
    own = {"boxes.js", "readers.js", "fields.js"}
    by_a_press = {"coverage.js": 1, "meetings.js": 3, "register.js": 1}
    screens = [path for path in SCRIPTS if path.parent.name != "room"]
    found = {path.name: len(re.findall(r"\.value = ", path.read_text("utf-8"))) for path in screens}
    assert {name: n for name, n in found.items() if n and name not in own} == by_a_press


def test_one_module_of_each_way_in_keeps_things_in_the_browser():
    """By account on the screens, by room on a phone, which has none."""
    stores = re.compile("localStorage")
    kept = [f"{path.parent.name}/{path.name}" for path in SCRIPTS if stores.search(path.read_text("utf-8"))]
    assert kept == ["core/storage.js", "room/store.js"]


def test_browser_functions_that_callbacks_name_exist():
    script = "".join(p.read_text("utf-8") for p in SCRIPTS)
    missing = [
        f"{_name(path)}: {namespace}.{name}"
        for path in SCREENS
        for namespace, name in _browser_functions(path)
        if not re.search(rf"\b{name}\b\s*[(:,=]", script) or namespace not in script
    ]
    assert not missing


def _browser_functions(path: Path) -> list[tuple[str, str]]:
    """Return (namespace, function) of each clientside callback of a module."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("ClientsideFunction", "_browser"):
            names = [a.value for a in node.args[:2] if isinstance(a, ast.Constant)]
            if len(names) == 2:
                found.append((names[0], names[1]))
    return found


# where Python's own rounds what nobody reads as a figure: keys of an order, coordinates, widths, a solver's numbers
ROUNDS = {
    "dashboard/clusters/planning/possible.py", "dashboard/documents/word.py",
    "dashboard/pages/coverage/map_view.py", "dashboard/pages/plan/tables.py", "dashboard/pages/present/answers.py",
    "dashboard/records/core/words.py", "dashboard/web/jobs/facts.py", "dashboard/web/publish.py",
    "geodata/readers/cells/typed.py",
    "geodata/readers/formats/delimited.py", "geodata/readers/locating/place_columns.py",
    "layers/surroundings/cutting.py",  # places of a drawing, not figures
}  # fmt: skip


def test_figures_are_rounded_in_one_way():
    calls = {
        _name(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "round"
    }
    assert calls == ROUNDS, "whole() and rounded() of geodata.shared round a figure as people do"


def test_the_readme_names_every_setting():
    readme = (ROOT / "README.md").read_text("utf-8")
    names = [settings.variable(item) for item in fields(settings.Settings)]
    assert [name for name in names if name not in readme] == []


def test_every_setting_says_what_it_does():
    assert all(item.metadata.get("doc") for item in fields(settings.Settings))


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_overlay_has_a_name_and_a_legend_in_each_language(language):
    known = texts.texts(language)
    wanted = {name for o in overlays().values() for name in (o.words, *(entry.text for entry in o.legend))}
    assert wanted
    assert wanted <= set(known)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_rule_has_a_name_and_a_help_in_each_language(language, dataset):
    rules = {verdict.rule for verdict in judge(Candidate(), Context.of(dataset))}
    wanted = {f"rule.{rule}.{part}" for rule in rules for part in ("name", "help")}
    assert rules
    assert wanted <= set(texts.texts(language))


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_measure_has_a_name_a_help_a_unit_and_a_group_in_each_language(language):
    wanted = {f"measure.{key}.{part}" for key in MEASURES for part in ("name", "help")}
    wanted |= {f"unit.{measure.unit}" for measure in MEASURES.values()}
    wanted |= {f"measure_group.{group}" for group in GROUPS}
    assert wanted <= set(texts.texts(language))
    assert {measure.group for measure in MEASURES.values()} == set(GROUPS)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_criterion_has_a_name_and_a_reason_in_each_language(language):
    wanted = {f"criterion.{c.key}.{part}" for c in load_criteria().values() for part in ("name", "reason")}
    assert wanted
    assert wanted <= set(texts.texts(language))


def test_every_indicator_has_a_label_a_unit_a_source_and_years_in_both_languages(dataset):
    columns = ["label_es", "label_en", "unit", "unit_en", "source", "years"]
    blank = dataset.catalog[columns].map(lambda value: not len(value))
    assert not blank.any(axis=None)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_fill_that_is_no_indicator_has_a_name_and_a_unit_in_each_language(language, dataset):
    known = texts.texts(language)
    computed = [item for item in series.fixed_series(dataset).values() if not item.label_es]
    keys = [item.key for item in computed] + list(series.PERIODIC)
    assert {f"browser.series.{key}" for key in keys} <= set(known)
    assert {f"browser.unit.{item.unit}" for item in computed} <= set(known)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_hazard_and_conflict_type_and_state_has_a_name_in_each_language(language, dataset):
    known = set(texts.texts(language))
    assert {f"browser.hazard.{kind}" for kind in dataset.hazards["hazard"]} <= known
    assert {f"browser.conflict_type.{kind}" for kind in dataset.conflicts["type"]} <= known
    assert {f"browser.conflict_state.{state}" for state in dataset.conflicts["state"]} <= known


def test_every_resource_says_its_source_years_and_coverage(dataset):
    for resource in dataset.provenance.values():
        assert resource.source and resource.years_text and resource.notes_es and resource.notes_en
        assert 0 <= resource.n_known <= resource.n_total


# where a test waits for what it has itself asked for, and only ends sooner by it; and where chance is meant
WAITING = {
    "tests/browser/conftest.py", "tests/server/access/redis_server.py",  # until a server answers
    "tests/browser/test_keys_on_the_map.py",  # a person who presses again at once: any pause must come out the same
    "tests/browser/test_signing_in.py",  # between two looks
    "tests/browser/test_typing.py",  # a person who pauses, a server that is slow: any pause must come out the same
    "tests/record/test_many_at_once.py", "tests/record/test_rooms.py",  # before a process is killed at any moment
    "tests/unit/geodata/test_editions.py",  # a process that is killed holds a lock meanwhile
}  # fmt: skip
CLOCKS = re.compile(
    r"\b(perf_counter|monotonic|process_time)\b(?!_increasing)|\btime\.sleep\(|wait_for_timeout\(|timeout=\d+_000\b"
)


def test_no_two_files_of_tests_have_one_name():
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, n in names.items() if n > 1] == [], "pytest takes the second for the first"


def test_no_test_is_decided_by_how_busy_the_machine_is():
    tests = [path for path in (ROOT / "tests").rglob("*.py") if "benchmarks" not in path.parts]
    timed = {_name(path) for path in tests if CLOCKS.search(path.read_text("utf-8"))}
    assert timed - {_name(Path(__file__).resolve())} <= WAITING, "wait for what is to happen, and inject the clock"
