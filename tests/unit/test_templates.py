"""Hold that markup is written by templates alone, and that they escape what fills them and miss nothing."""

import ast
import re
from pathlib import Path

import jinja2
import pytest

from dashboard.web.cache import ENDINGS
from geodata.shared import style_hash, stylesheet, templates
from tests.root import ROOT

ROOMS = ("geodata", "layers", "dashboard")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
# components of Dash as HTML: a walk over what is a tree already
WALKS = {"dashboard/pages/coverage/static_html.py"}
TAG = re.compile(r"(?<!\?P)<!?/?[a-z][\w:]*(\s+[\w:-]+=|\s*/?>)|<!doctype", re.IGNORECASE)


@pytest.fixture
def room(tmp_path):
    """Return a function that writes a template into a room of its own, and fills it."""

    def fill(text: str, **facts) -> str:
        (tmp_path / "templates").mkdir(exist_ok=True)
        (tmp_path / "templates" / "a.html").write_text(text, "utf-8")
        return templates(str(tmp_path / "room.py")).get_template("a.html").render(**facts)

    return fill


def test_what_fills_a_template_is_text(room):
    assert room('<p title="{{ a }}">{{ a }}</p>', a='<b>"&') == '<p title="&lt;b&gt;&#34;&amp;">&lt;b&gt;&#34;&amp;</p>'


def test_what_a_template_was_not_given_is_an_error(room):
    with pytest.raises(jinja2.UndefinedError):
        room("{{ a.b }}", a={})


def test_a_page_of_a_room_extends_the_one_all_share_and_its_style_is_the_one_its_hash_is_of(room, tmp_path):
    (tmp_path / "a.css").write_text("p > a { content: '\"' }\n", "utf-8")
    style = stylesheet(str(tmp_path / "room.py"), "a.css")
    page = room('{% extends "page.html" %}{% block main %}x{% endblock %}', language="es", title="&", style=style)
    assert page.startswith("<!doctype html>") and "<title>&amp;</title>" in page and f"<style>{style}</style>" in page
    assert style_hash(style) == style_hash("p > a { content: '\"' }\n")


def test_pages_that_are_kept_are_written_anew_where_a_template_or_its_styles_are_others():
    filled = [
        p for room in ROOMS for p in (ROOT / room).rglob("*") if p.parent.name == "templates" or p.suffix == ".css"
    ]
    assert filled and {p.suffix.removeprefix(".") for p in filled} <= set(ENDINGS)


@pytest.mark.parametrize("path", [p for p in MODULES if p.stat().st_size], ids=lambda p: str(p.relative_to(ROOT)))
def test_no_module_writes_markup_by_hand(path: Path):
    if str(path.relative_to(ROOT)) in WALKS:
        pytest.skip("walks a tree")
    tree = ast.parse(path.read_text("utf-8"))
    words = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    written = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in words
        if TAG.search(node.value) and not node.value.startswith("/")  # addresses have parts in angles
    ]
    assert not written, f"markup in lines {written}"
