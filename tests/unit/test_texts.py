"""Hold that both languages say the same things, that nothing is said twice or for nobody, and how numbers read."""

import ast
import math
import re
from functools import lru_cache
from itertools import takewhile
from string import Formatter

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import texts
from geodata import words
from tests.root import ROOT

CODE = [p for room in ("geodata", "layers", "dashboard") for p in (ROOT / room).rglob("*.py")]
TEMPLATES = [p for room in ("geodata", "layers", "dashboard") for p in (ROOT / room).rglob("templates/*")]
SCRIPTS = sorted((ROOT / "assets" / "js").rglob("*.js"))

# names of components for screen readers, by component id
NAMES = "browser.named."
# names, units, file formats and patterns of punctuation: the same word in both languages
SAME_IN_BOTH = {
    "propose.step.no", "propose.step.short.p20",
    "format.geojson", "format.gpkg", "format.csv",
    "format.kml", "format.xlsx", "unit.km", "unit.km2", "browser.conflict_type.electoral",
    "sheet.capital", "workbook.capital", "workbook.ubigeo", "compare.excel", "data.sector", "data.counts_no",
    "report.column.ubigeo", "fetch.checksum_is", "plan.nav", "live.qgis.name", "live.power_bi.name", "live.excel.name",
    "browser.propose.unit.proximity", "coverage.total", "coverage.quota_settled_short", "coverage.quota_proposed_short",
    "coverage.milestone.focas_applied", "coverage.milestone.qsip_applied", "coverage.read_in.es", "coverage.read_in.en",
    "accounts.no", "own_links.no", "file.plan", "column.ubigeo.name", "column.ubigeos.name",
}  # fmt: skip


def _fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.fixture(scope="module")
def both():
    return texts.texts("es"), texts.texts("en")


def test_both_languages_have_the_same_keys(both):
    spanish, english = both
    assert set(spanish) - set(english) == set()
    assert set(english) - set(spanish) == set()


def test_a_sentence_has_the_same_fields_in_both_languages(both):
    spanish, english = both
    different = {
        key: (_family(spanish[key]), _family(english[key]))
        for key in spanish
        if _family(spanish[key]) != _family(english[key])
    }
    assert not different


def _family(sentence: str) -> set[str]:
    """The fields of a sentence; ways of joining one list (`cut`, `cut_nor`, `cut_or`) count as one."""
    return {re.sub(r"_(nor|or)$", "", name) for name in _fields(sentence)}


def test_no_sentence_is_empty_or_has_stray_spaces(both):
    # words that join names carry their own spaces
    loose = [
        (key, sentence)
        for language in both
        for key, sentence in language.items()
        if not key.startswith("list.") and (not sentence.strip() or sentence != sentence.strip() or "  " in sentence)
    ]
    assert not loose


def test_no_sentence_is_left_untranslated(both):
    spanish, english = both
    same = {
        key: spanish[key]
        for key in spanish
        if spanish[key] == english[key] and key not in SAME_IN_BOTH and _has_words(spanish[key])
    }
    assert not same


def _has_words(sentence: str) -> bool:
    """Whether anything but fields, numbers and punctuation is left of a sentence."""
    literal = "".join(part for part, _, _, _ in Formatter().parse(sentence))
    return bool(re.search(r"[A-Za-zÁÉÍÓÚÑáéíóúñ]{2,}", literal))


def test_the_list_of_shared_words_holds_only_those(both):
    spanish, english = both
    assert {key for key in SAME_IN_BOTH if key not in spanish or spanish[key] != english[key]} == set()


def test_no_sentence_is_held_for_nobody(both):
    spanish, _ = both
    unused = [key for key in spanish if not _is_used(key)]
    assert not unused


def _is_used(key: str) -> bool:
    if key in _strings():
        return True
    if key.startswith(NAMES):
        return key.removeprefix(NAMES).split(".")[0] in _strings()
    short = key.removeprefix("browser.")
    if short != key and short in _script_strings():
        return True
    patterns = _python_patterns() if short == key else _python_patterns() + _script_patterns()
    matched = any(p.fullmatch(key) or p.fullmatch(short) for p in patterns)
    leaf = key.rsplit(".", 1)[-1]
    return matched and (leaf in _words() or _words().issuperset(re.split("[_-]", leaf)))


@lru_cache
def _trees() -> list[ast.AST]:
    return [ast.parse(path.read_text("utf-8")) for path in CODE]


@lru_cache
def _templates() -> list[jinja2.nodes.Template]:
    return [jinja2.Environment().parse(path.read_text("utf-8")) for path in TEMPLATES]


@lru_cache
def _strings() -> set[str]:
    return {
        node.value
        for tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    } | {
        node.value
        for template in _templates()
        for node in template.find_all(jinja2.nodes.Const)
        if isinstance(node.value, str)
    }


@lru_cache
def _python_patterns() -> list[re.Pattern]:
    """What every f-string that starts with words and a point can become."""
    found = []
    for tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [re.escape(v.value) if isinstance(v, ast.Constant) else r"[\w.-]*" for v in node.values]
                if re.match(r"\w+\\?\.", parts[0]) or parts[-1].startswith("_"):
                    found.append(re.compile("".join(parts)))
    # "status." + name
    found += [re.compile(re.escape(s) + r"[\w-]+") for s in _strings() if re.fullmatch(r"[a-z_.]+\.", s)]
    return found


@lru_cache
def _scripts() -> str:
    return "\n".join(path.read_text("utf-8") for path in SCRIPTS)


@lru_cache
def _script_strings() -> set[str]:
    return set(re.findall(r"""["'`]([\w.-]+)["'`]""", _scripts()))


@lru_cache
def _script_patterns() -> list[re.Pattern]:
    templates = re.findall(r"`(\w+\.[^`]*\$\{[^`]*)`", _scripts())
    return [re.compile(re.sub(r"\\\$\\\{.*?\\\}", r"[\\w.-]+", re.escape(t))) for t in templates]


@lru_cache
def _words() -> set[str]:
    """Every word of the code, its parameters and the data: what a changing part of a key can be."""
    files = [
        *CODE,
        *TEMPLATES,
        *SCRIPTS,
        *(p for p in (ROOT / "dashboard").rglob("*.toml") if p.parent.name != "texts"),
    ]
    files += [*(ROOT / "geodata").rglob("*.py"), *(ROOT / "geodata" / "default").glob("*.csv")]
    files += [ROOT / "geodata" / "default" / "dataset.json"]
    words = set()
    for path in files:
        words.update(re.findall(r"[\w-]+", path.read_text("utf-8")))
    return words


def test_a_key_that_is_asked_for_exists(both):
    spanish, _ = both
    rooms = {key.split(".")[0] for key in spanish} - {"browser"}
    asked = {
        node.args[position].value
        for tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _callee(node) == "say"
        for position in range(min(2, len(node.args)))
        if isinstance(node.args[position], ast.Constant) and "." in str(node.args[position].value)
    }
    asked |= {
        call.args[0].value
        for template in _templates()
        for call in template.find_all(jinja2.nodes.Call)
        if getattr(call.node, "name", "") == "say" and isinstance(call.args[0], jinja2.nodes.Const)
    }
    assert asked, "no call of say() was found"
    assert {key for key in asked if key.split(".")[0] in rooms | {"browser"}} - set(spanish) == set()


def _callee(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def test_a_key_that_a_browser_function_asks_for_exists():
    known = texts.for_browser("es")
    asked = set(re.findall(r"""\bsay\(\s*["']([\w.-]+)["']""", _scripts()))
    assert asked, "no call of say() was found"
    assert asked - set(known) == set()


def test_the_browser_gets_its_own_sentences_only(both):
    spanish, _ = both
    own = texts.for_browser("es")
    assert own
    assert all(spanish[f"browser.{key}"] == sentence for key, sentence in own.items())
    assert len(own) == sum(key.startswith("browser.") for key in spanish)


def test_an_unknown_key_is_an_error_that_names_it():
    with pytest.raises(texts.UnknownText, match=r"no\.such\.key"):
        texts.say("es", "no.such.key")


# ---- numbers


@pytest.mark.parametrize(
    ("value", "decimals", "spanish", "english"),
    [
        (1234567, 0, "1\u202f234\u202f567", "1\u202f234\u202f567"),
        (1234.56, 1, "1\u202f234,6", "1\u202f234.6"),
        (0.5, 2, "0,50", "0.50"),
        (0, 0, "0", "0"),
        (-1234.5, 1, "\u22121\u202f234,5", "\u22121\u202f234.5"),
        (999, 0, "999", "999"),
    ],
)
def test_a_number_reads_as_each_language_writes_it(value, decimals, spanish, english):
    assert texts.number(value, "es", decimals) == spanish
    assert texts.number(value, "en", decimals) == english


@pytest.mark.parametrize("value", [None, math.nan])
def test_an_unknown_number_is_never_zero(value):
    assert texts.number(value, "es") == "s/d"
    assert texts.number(value, "es", unknown="sin dato") == "sin dato"
    assert texts.signed(value, "es") == "s/d"


def test_what_rounds_to_zero_has_no_sign():
    assert texts.number(-0.04, "es", 1) == "0,0"
    assert texts.signed(-0.04, "es", 1) == "0,0"
    assert texts.signed(0.04, "es", 1) == "0,0"


def test_a_difference_carries_its_sign():
    assert texts.signed(3, "es") == "+3"
    assert texts.signed(-3, "es") == "\u22123"
    assert texts.signed(0, "es") == "0"


@given(st.floats(-1e12, 1e12), st.integers(0, 4), st.sampled_from(texts.LANGUAGES))
def test_a_written_number_can_be_read_back(value, decimals, language):
    text = texts.number(value, language, decimals)
    plain = text.replace(texts.THIN_SPACE, "").replace(texts.MINUS, "-").replace(",", ".")
    assert math.isclose(float(plain), round(value, decimals), rel_tol=1e-12, abs_tol=10**-decimals)


@pytest.mark.parametrize(
    "n, said", [(0, "0 distritos"), (1, "1 distrito"), (2, "2 distritos"), (21, "21 distritos"), ("1", "1 distrito")]
)
def test_words_agree_with_the_number_they_stand_beside(n, said):
    assert words.filled("{n} {n:distrito|distritos}", {"n": n}) == said


def test_a_word_whose_number_is_not_given_is_of_many_and_a_number_is_never_left_out():
    assert words.filled("{n:caso|casos}", {}) == "casos"
    with pytest.raises(KeyError, match="n"):
        words.filled("{n} {n:caso|casos}", {})


# ---- counts and their words

# fields that never hold one: what is a limit of the program, or the least that a sentence is said of
SEVERAL = {
    "most": "the limits of what is taken are all above one, and a range ends above where it begins",
    "minimum": "no group of one district is in several pieces",
    "sent": "said only where more were found than the thousands that are sent",
    "days": "how far ahead the coverage looks",
    "mb": "a limit of the program",
    "times": "said only of figures far above those in use",
    "high": "the end of a scale",
}
SEVERAL_IN = {
    "coverage.worst_many": {"n"},  # one has a sentence of its own, which names it
    "coverage.sheet.bounds": {"rows"},  # a limit of the program
    "tables.note.rows_alike": {"rows"},  # one row is like no other
}
# what may follow a field with an s at its end and is no plural
NO_PLURAL = {
    "es": {"más", "menos", "es", "tras", "antes", "después", "son"},
    "en": {
        "is", "was", "has", "less", "this", "as", "its", "does", "always", "plus", "across", "names", "draws", "gives",
        "spans", "holds", "opens", "comes", "exists", "touches", "stands", "says", "answers", "sends", "ends",
    },
}  # fmt: skip
ODD_PLURALS = {"people"}
# names, not numbers, in sentences where a plural stands beside them
NAMED_IN = {
    "rule.one_province.fail_many": {"strays"},
    "tables.ask.scale_year": {"year"},
    "coverage.bullet_end": {"more"},
    "cli.bad_services": {"known"},
    **dict.fromkeys(("acta.opening", "acta.called_for", "acta.rises", "summons.hour"), {"hour"}),
}
VERBS_OF_MANY = ("quedan", "faltan", "caben", "cuentan", "cumplen", "entran", "salen", "sobran", "muestran", "son")
COUNTS = (0, 1, 2, 21)


def _parts(sentence: str, agreeing: frozenset[str] = frozenset()):
    """What stands before each field, the field, and what stands after it, within the words that agree as well. A field
    in the words that agree with it is told right already."""
    found = list(Formatter().parse(sentence))
    for n, (before, name, spec, _) in enumerate(found):
        if name is None:
            continue
        if "|" in spec:
            for branch in spec.split("|", 1):
                yield from _parts(branch, agreeing | {name})
        elif name not in agreeing:
            yield before, name, found[n + 1][0] if n + 1 < len(found) else ""


def _at_odds(language: str, key: str, sentence: str):
    """The fields of a sentence that stand beside words of many whatever they hold."""
    exempt = SEVERAL.keys() | SEVERAL_IN.get(key, set()) | NAMED_IN.get(key, set())
    for before, name, after in _parts(sentence):
        if name in exempt:
            continue
        beside = re.match(r" ([^\W\d_]{2,})(?: ([^\W\d_]{2,}))?", after)
        # an adjective may stand between in English, which has none of many
        near = [word.lower() for word in beside.groups()[: 2 if language == "en" else 1] if word] if beside else []
        near = list(takewhile(lambda word: word not in NO_PLURAL[language], near))
        plural = [word for word in near if word in ODD_PLURALS or word.endswith("s")]
        last = re.search(r"(\w+) $", before)
        if plural or (language == "es" and last and last[1] in VERBS_OF_MANY):
            yield name


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_number_beside_a_plural_agrees_with_it(language):
    at_odds = {
        key: (name, sentence)
        for key, sentence in texts.texts(language).items()
        for name in _at_odds(language, key, sentence)
    }
    assert not at_odds


def test_the_lists_of_what_is_always_several_hold_only_those(both):
    spanish, english = both
    for keys in (SEVERAL_IN, NAMED_IN):
        assert set(keys) <= set(spanish)
        assert all(names <= _fields(spanish[key]) | _fields(english[key]) for key, names in keys.items())
    assert SEVERAL.keys() <= {name for sentence in spanish.values() for name in _fields(sentence)}


@pytest.mark.parametrize("sentence", ["Hay {n} distritos.", "Se quedan {n}", "{a:uno|{n} casos}", "{n} nuevos casos"])
def test_a_plural_beside_any_number_is_found(sentence):
    assert list(_at_odds("es", "", sentence)) == ["n"]


@pytest.mark.parametrize("sentence", ["{n} {n:distrito|distritos}", "{n:El único caso|Los {n} casos}", "Casos: {n}."])
def test_what_agrees_is_not_found(sentence):
    assert list(_at_odds("es", "", sentence)) == []


def _pairs(sentence: str):
    for _, name, spec, _ in Formatter().parse(sentence):
        if name is not None and "|" in spec:
            yield tuple(spec.split("|", 1))


@lru_cache
def _nouns(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of one and those of many that begin what agrees with a number, without those that are both."""
    starts = [
        tuple(re.match(r"[^\W\d_]*", branch)[0] for branch in pair)
        for sentence in texts.texts(language).values()
        for pair in _pairs(sentence)
    ]
    one, many = ({pair[n].lower() for pair in starts if pair[n] and pair[0] != pair[1]} for n in (0, 1))
    return frozenset(one - many), frozenset(many - one)


@pytest.mark.parametrize("n", COUNTS)
@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_sentence_with_a_count_reads_right_whatever_the_count(language, n):
    one, many = _nouns(language)
    assert one and many
    right, wrong = ("|".join(sorted(words_)) for words_ in ((one, many) if n == 1 else (many, one)))
    # a word of one may stand for what kind: "2 district governments"
    at_odds = re.compile(rf"(?<![\w.,–]){n} (?:{wrong})\b(?! (?:{right})\b)", re.IGNORECASE)
    read = {
        key: words.filled(sentence, dict.fromkeys(_fields_within(sentence), _Blank()) | dict.fromkeys(counted, n))
        for key, sentence in texts.texts(language).items()
        if (counted := _counted(sentence))
    }
    assert read
    assert {key: text for key, text in read.items() if at_odds.search(text) or re.search("[{}|]", text)} == {}


def _counted(sentence: str) -> set[str]:
    """The fields that words of a sentence agree with."""
    return {name for _, name, spec, _ in Formatter().parse(sentence) if name is not None and "|" in spec}


def _fields_within(sentence: str) -> set[str]:
    """The fields of a sentence, with those in the words that agree with another."""
    return set(re.findall(r"\{(\w+)", sentence))


class _Blank:
    """What any field may hold that is no number."""

    def __format__(self, _: str) -> str:
        return "…"


def test_words_that_agree_in_the_browser_hold_no_field():
    """`say` of assets/js/core/words.js reads one level of braces."""
    read_there = {k: text for k, text in texts.texts("es").items() if k.startswith(("browser.", "unit."))}
    assert read_there
    assert [key for key, text in read_there.items() if any("{" in "".join(pair) for pair in _pairs(text))] == []


# ---- what only the program should see

SETTINGS = re.compile(r"\b(?:[A-Z]+_)+[A-Z]+\b|token_urlsafe")  # what a person sets, by its own name
INTERNAL = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|\bnan\b|\bnull\b|\b\d{4}-\d\d-\d\d\b")


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_no_sentence_names_a_key_or_writes_a_date_as_the_program_does(language):
    said = {key: SETTINGS.sub("", " ".join(_literals(text))) for key, text in texts.texts(language).items()}
    assert {key: text for key, text in said.items() if INTERNAL.search(text)} == {}


def _literals(sentence: str):
    for literal, _, spec, _ in Formatter().parse(sentence):
        yield literal
        yield from _literals(spec) if spec and "|" in spec else ()
