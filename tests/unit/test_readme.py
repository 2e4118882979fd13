"""Every file, folder, module and target that the README names is there."""

import importlib.util
import re
import tomllib

import pytest

from tests.root import ROOT

TEXT = (ROOT / "README.md").read_text("utf-8")
MADE = ("var/",)  # by running
QUOTED = re.findall(r"`([^`\s]+)`", TEXT)
FILES = sorted({name for name in QUOTED if re.fullmatch(r"[\w./-]+(/|\.(py|js|toml|txt|json|css))", name)})
DRAWN = re.findall(r"^    ([\w/]+/)\s{2,}", TEXT, re.MULTILINE)  # in the plan of the rooms
MODULES = sorted(set(re.findall(r"python -m ([\w.]+)", TEXT)) - {"pip"})
TARGETS = sorted(set(re.findall(r"(?:`|^    )make ([a-z]+)\b", TEXT, re.MULTILINE)))


def test_the_readme_names_what_this_looks_for():
    assert FILES and DRAWN and MODULES and TARGETS


@pytest.mark.parametrize("name", [*FILES, *DRAWN])
def test_a_file_or_folder_is_there(name):
    if name.startswith(MADE):
        pytest.skip("made by running")
    folders = ("", "dashboard/", "dashboard/pages/", "tests/")
    by_name = (p for room in ("geodata", "layers", "dashboard", "assets", "tests") for p in (ROOT / room).rglob(name))
    assert any((ROOT / folder / name).exists() for folder in folders) or ("/" not in name and any(by_name))


@pytest.mark.parametrize("name", MODULES)
def test_a_module_that_is_run_is_there(name):
    package = importlib.util.find_spec(f"{name}.__main__") if (ROOT / name.replace(".", "/")).is_dir() else None
    assert package or importlib.util.find_spec(name)


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_of_make_is_there(name):
    assert re.search(rf"^{name}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_what_is_installed_for_comparing_is_an_extra():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert set(re.findall(r"\.\[(\w+)\]", TEXT)) <= set(extras)
