"""Hold how the browser's modules are laid out: imports one way, nothing given that nobody takes, one file for all."""

import re
import subprocess
from functools import lru_cache
from pathlib import Path

import pytest

from dashboard.web.joining import ModuleError, joined
from tests.js.conftest import program
from tests.root import ROOT

FOLDER = ROOT / "assets" / "js"
MODULES = sorted(FOLDER.rglob("*.js"))
# of every screen with what the map does, of the other screens, and of the phones of a room
WAYS_IN = ("main.js", "screens.js", "room.js")
# a room may import from itself and from those before it
ROOMS = ("core", "model", "map", "forms", "screens", "room", *WAYS_IN)
IMPORT = re.compile(r'^import (?:(?:\* as (\w+)|\{([^}]*)\}) from )?"([^"]+)";', re.M)
EXPORT = re.compile(r"^export (?:const|function|async function) (\w+)", re.M)
PAGE = re.compile(r"\b(?:document|window|localStorage|fetch)\b(?!\.js)")


def _name(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


@lru_cache
def _code(path: Path) -> str:
    return re.sub(r"^\s*//.*$", "", path.read_text("utf-8"), flags=re.M)


def _imports(path: Path) -> list[tuple[str, list[str], Path]]:
    """Return (name of the whole, names, module) of each import."""
    found = IMPORT.findall(_code(path))
    return [(space, re.findall(r"\w+", names), (path.parent / other).resolve()) for space, names, other in found]


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_rooms_import_one_way(path):
    rank = ROOMS.index(_name(path).split("/")[0])
    above = [_name(other) for _, _, other in _imports(path) if ROOMS.index(_name(other).split("/")[0]) > rank]
    assert not above


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_says_first_what_it_is_for(path):
    assert path.read_text("utf-8").startswith(("// ", "/** "))


@pytest.mark.parametrize("path", sorted((FOLDER / "model").glob("*.js")), ids=_name)
def test_the_model_knows_no_page(path):
    assert not PAGE.findall(re.sub(r'"[^"\n]*"|`[^`]*`', "", _code(path)))


def _reached(*ways_in: str) -> set[Path]:
    reached, ahead = set(), [FOLDER / name for name in ways_in]
    while ahead:
        path = ahead.pop()
        if path not in reached:
            reached.add(path)
            ahead += [other for _, _, other in _imports(path)]
    return reached


def test_every_module_is_reached_from_a_way_in():
    assert _reached(*WAYS_IN) == set(MODULES)


def test_a_phone_is_sent_nothing_of_the_screens_nor_of_dash():
    rooms = {_name(path).split("/")[0] for path in _reached("room.js")}
    assert rooms == {"core", "model", "map", "room", "room.js"}
    assert not [_name(path) for path in _reached("room.js") if re.search(r"dash_c|Plotly", _code(path))]


def _taken() -> set[tuple[Path, str]]:
    """Return what modules take from each other: by name, or as part of a module that they take whole."""
    taken = {(module, name) for path in MODULES for _, names, module in _imports(path) for name in names}
    for path in MODULES:
        for space, _, module in _imports(path):
            code = _code(path)
            parts = re.findall(rf"\{{([^{{}}]*)\}} = {space};", code) if space else []
            names = {n for part in parts for n in re.findall(r"\w+", part)} | set(
                re.findall(rf"\b{space}\.(\w+)", code)
            )
            taken |= {(module, name) for name in names}
    return taken


def test_what_a_module_gives_is_taken():
    # what `READERS` hands out whole
    taken = _taken() | {(FOLDER / "forms/fields.js", name) for name in ("collect", "apply")}
    under_node = _texts("js")
    shown = set(re.findall(r"\bamazonia\.\w+\.(\w+)", _texts("browser")))  # of what a console may look at
    unused = [
        f"{_name(path)}: {name}"
        for path in MODULES
        for name in EXPORT.findall(path.read_text("utf-8"))
        if (path, name) not in taken
        and name not in shown
        # the model's own tests ask it under node
        and not (path.parent.name == "model" and re.search(rf"\b{name}\b", under_node))
    ]
    assert not unused


def _texts(folder: str) -> str:
    return "".join(path.read_text("utf-8") for path in sorted((ROOT / "tests" / folder).rglob("*.py")))


# everything that a page has, for modules that look at it as they load; what a document brings is not there yet
EMPTY_PAGE = """
const any = () => new Proxy(function () {}, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => "" : any()), set: () => true, apply: any, construct: any,
});
for (const name of ["window", "document", "MutationObserver", "ResizeObserver", "IntersectionObserver", "SVGElement"]) {
  Object.defineProperty(globalThis, name, { value: any(), configurable: true });
}
const [core, ...files] = process.argv.slice(1);
const { page } = await import(core);
const unread = { get() { throw new Error("reads what a document brings"); } };
Object.keys(page).forEach((name) => Object.defineProperty(page, name, unread));
for (const file of files) await import(file).catch((error) => { throw new Error(`${file}: ${error.stack}`); });
"""


@pytest.mark.parametrize("backwards", [False, True], ids=["in the order of names", "the other way round"])
def test_modules_may_load_in_any_order_and_read_nothing_of_the_page_before_it_is_there(backwards):
    # the way in and what reads the document are the page's own
    files = [path for path in MODULES if _name(path) not in (*WAYS_IN, "core/document.js")]
    files = [path.as_uri() for path in (reversed(files) if backwards else files)]
    command = [program(), "--input-type=module", "--eval", EMPTY_PAGE, (FOLDER / "core/page.js").as_uri(), *files]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_what_the_code_says_of_a_script_is_there():
    said = {
        (file, named)
        for room in ("dashboard", "geodata", "layers", "assets/js", "README.md")
        for file in ([ROOT / room] if (ROOT / room).is_file() else sorted((ROOT / room).rglob("*.*")))
        if file.suffix in (".py", ".js", ".md")
        for named in re.findall(r"assets/[\w/]+\.js\b", file.read_text("utf-8"))
    }
    assert said
    assert not [f"{file.name}: {named}" for file, named in said if not (ROOT / named).is_file()]


def test_one_module_asks_the_server():
    assert [_name(path) for path in MODULES if re.search(r"\bfetch\b|XMLHttpRequest", _code(path))] == [
        "core/server.js"
    ]


# ---- one file


@pytest.mark.parametrize("way_in", WAYS_IN)
def test_the_joined_file_is_sound(tmp_path, way_in):
    file = tmp_path / "browser.js"
    file.write_text(joined(FOLDER, way_in), "utf-8")
    done = subprocess.run([program(), "--check", file], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_script_brings_nothing_that_the_one_before_has(tmp_path):
    folder = _written(
        tmp_path,
        main='// in\nimport { say } from "./both.js";\nconsole.log(say(), "main");\n',
        more='// in\nimport { say } from "./both.js";\nimport "./own.js";\nconsole.log(say(), "more");\n',
        both='console.log("both");\nexport const say = () => "said";\n',
        own='console.log("own");\n',
    )
    file = tmp_path / "page.js"
    file.write_text(joined(folder, "main.js") + joined(folder, "more.js", "main.js"), "utf-8")
    done = subprocess.run([program(), file], capture_output=True, text=True)
    assert done.stdout.split("\n") == ["both", "said main", "own", "said more", ""]


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_no_text_runs_over_a_line(path):
    """The joined file is without indents and comments: a text in backquotes would lose its own."""
    assert not [line for line in _code(path).splitlines() if line.count("`") % 2]


def _written(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, "utf-8")
    return folder


def test_modules_run_once_each_in_the_order_of_their_imports(tmp_path):
    folder = _written(
        tmp_path,
        main='// in\nimport "./one.js";\nimport * as Two from "./two.js";\nconsole.log(Two.say(), "main");\n',
        one='import { say as told } from "./two.js";\n\n// a word\n  // more\nconsole.log(told(), "one");\n',
        two='console.log("two");\nexport const say = () => "said";\n',
    )
    file = tmp_path / "all.js"
    file.write_text(joined(folder, "main.js"), "utf-8")
    done = subprocess.run([program(), file], capture_output=True, text=True)
    assert done.stdout.split("\n") == ["two", "said one", "said main", ""]


def test_what_a_line_begins_with_that_tells_a_type_takes_nothing_along(tmp_path):
    main = "/** @type {any} */ (globalThis).one = 1;\n/** A word. */\nglobalThis.two = 2;\nconsole.log(one + two);\n"
    file = tmp_path / "all.js"
    file.write_text(joined(_written(tmp_path, main=f"// in\n{main}"), "main.js"), "utf-8")
    assert subprocess.run([program(), file], capture_output=True, text=True).stdout == "3\n"


def test_a_circle_of_imports_is_an_error_that_names_it(tmp_path):
    folder = _written(tmp_path, main='import "./one.js";\n', one='import "./main.js";\n')
    with pytest.raises(ModuleError, match=r"main\.js imports one\.js imports main\.js"):
        joined(folder, "main.js")


@pytest.mark.parametrize("line", ["export default 1;", "export let a = 1;", "export { a };", "import a from './b.js';"])
def test_what_cannot_be_joined_is_an_error(tmp_path, line):
    with pytest.raises(ModuleError, match="main.js"):
        joined(_written(tmp_path, main=f"{line}\n"), "main.js")
