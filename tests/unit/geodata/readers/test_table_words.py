"""What reading tables says is said in both languages, with the same fields, and nothing is said for nobody."""

import ast
import re
from string import Formatter

from geodata.words import FOLDER, read
from tests.root import ROOT

READERS = ROOT / "geodata" / "readers"


def sentences(language):
    return {key: text for key, text in read((FOLDER,), language).items() if key.startswith("tables.")}


def said():
    """Return the keys in the code, and the patterns of those that are put together."""
    whole, patterns = set(), set()
    for path in READERS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("tables."):
                whole.add(node.value)
            if isinstance(node, ast.JoinedStr):
                parts = [re.escape(v.value) if isinstance(v, ast.Constant) else r"[a-z_]+" for v in node.values]
                if "".join(parts).startswith(r"tables\."):
                    patterns.add("".join(parts))
    return whole, patterns


def test_both_languages_hold_the_same_sentences_with_the_same_fields():
    spanish, english = sentences("es"), sentences("en")
    assert spanish.keys() == english.keys()
    for key in spanish:
        fields = [{name for _, name, _, _ in Formatter().parse(text[key]) if name} for text in (spanish, english)]
        assert fields[0] == fields[1], key


def test_every_sentence_that_is_said_is_there_and_none_is_there_for_nobody():
    whole, patterns = said()
    keys = sentences("es").keys()
    whole = {key for key in whole if not key.endswith((".", "_"))}  # the others begin one put together
    assert whole - keys == set()
    counted = {key for key in keys if key.endswith("_more")}  # said by `tell` beside its own sentence
    unsaid = {key for key in keys - whole - counted if not any(re.fullmatch(p, key) for p in patterns)}
    assert unsaid == set()
    assert {key.removesuffix("_more") for key in counted} <= keys | {"tables.fault.twice"}
