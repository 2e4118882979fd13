"""Hold that land is calm and marks are legible on it, for any colour vision and in grey.

What is meant by legible: a mark of which the whole edge lies on its casing is seen against the casing, which stands
between it and the class (WCAG 2.2, 1.4.11: adjacent colours); one without is seen against each class.
"""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

from layers import drafts, palette
from layers.overlay import Marks, Outlines, Rings
from layers.overlays import overlays
from tests.root import ROOT

COUNTS = range(3, 8)
# linear RGB as dichromats see it: Viénot, Brettel and Mollon 1999 for the first two, Brettel, Viénot and Mollon 1997
# for tritanopia, which has one plane on either side of the greys; numbers for sRGB by N. Burrus, libDaltonLens
PROTANOPIA = np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]])
DEUTERANOPIA = np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]])
TRITANOPIA = (
    np.array([[1.01277, 0.13548, -0.14826], [-0.01243, 0.86812, 0.14431], [0.07589, 0.80500, 0.11911]]),
    np.array([[0.93678, 0.18979, -0.12657], [0.06154, 0.81526, 0.12320], [-0.37562, 1.12767, 0.24796]]),
)
TRITAN_SIDE = np.array([0.03901, -0.02788, -0.01113])
SIGHTS = {
    "typical": lambda rgb: rgb,
    "protanopia": lambda rgb: PROTANOPIA @ rgb,
    "deuteranopia": lambda rgb: DEUTERANOPIA @ rgb,
    "tritanopia": lambda rgb: TRITANOPIA[0 if TRITAN_SIDE @ rgb >= 0 else 1] @ rgb,
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])
# CIE76 units, of which about two are just noticeable side by side: classes next to each other, by how many there are
# (the more, the closer they lie between the same ends); what differs by state or kind, which have a dash or shape too
APART = {3: 16.0, 4: 11.0, 5: 8.5, 6: 6.5, 7: 5.5}
STATES_APART = 15.0
MARK, LABEL = 3.0, 4.5  # WCAG: contrast of marks and of words
MARKS = {
    name: getattr(palette, name)
    for name in ("INK", "PROVINCE", "ACCENT", "FAULT", "CONFLICT", "RISK", "MANCOMUNIDAD", "P20", "PROJECT", "RIVER")
}  # fmt: skip
# lines, lines, marks
SEEN_ALIKE = [("INK", "ACCENT", "FAULT"), ("INK", "MANCOMUNIDAD", "P20"), ("CONFLICT", "PROJECT", "RISK")]
EVERY_CLASS = sorted({colour for k in COUNTS for colour in palette.fill_colours(k)})
AROUND = [palette.SEA, palette.HOME, palette.BESIDE]
GROUNDS = [*EVERY_CLASS, palette.NO_DATA, *AROUND]


def linear(colour: str) -> np.ndarray:
    share = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    scaled = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    f = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def lightness(colour: str) -> float:
    return float(lab(linear(colour))[0])


def contrast(a: str, b: str) -> float:
    low, high = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (a, b))
    return (high + 0.05) / (low + 0.05)


def distance(a: str, b: str, sight: str) -> float:
    return float(np.linalg.norm(lab(SIGHTS[sight](linear(a))) - lab(SIGHTS[sight](linear(b)))))


@pytest.mark.parametrize("k", COUNTS)
def test_classes_get_darker_in_even_steps_of_lightness(k):
    steps = -np.diff([lightness(colour) for colour in palette.fill_colours(k)])
    assert steps.min() > 5
    assert np.allclose(steps, steps.mean(), atol=0.4)  # what rounding to whole numbers of a channel costs


@pytest.mark.parametrize("k", COUNTS)
def test_the_ends_are_the_same_for_any_number_of_classes_and_the_darkest_is_not_dark(k):
    colours = palette.fill_colours(k)
    assert (colours[0], colours[-1]) == ("#f6f2e4", "#bf8550")
    assert min(lightness(colour) for colour in colours) >= 45


@pytest.mark.parametrize("k", COUNTS)
def test_classes_keep_their_order_in_grey(k):
    # as a printer makes it: weighed sums of the channels as they are kept
    greys = [np.dot([0.299, 0.587, 0.114], [int(c[i : i + 2], 16) for i in (1, 3, 5)]) for c in palette.fill_colours(k)]
    assert greys == sorted(greys, reverse=True) and -np.diff(greys).max() >= 10


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("k", COUNTS)
def test_any_two_classes_can_be_told_apart(k, sight):
    assert min(distance(a, b, sight) for a, b in itertools.combinations(palette.fill_colours(k), 2)) >= APART[k]


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("alike", SEEN_ALIKE, ids="-".join)
def test_states_and_kinds_can_be_told_apart(alike, sight):
    for a, b in itertools.combinations(alike, 2):
        assert distance(MARKS[a], MARKS[b], sight) >= STATES_APART, (a, b)


@pytest.mark.parametrize("name", MARKS)
def test_a_mark_is_seen_on_its_casing(name):
    assert contrast(MARKS[name], palette.CASING) >= MARK


@pytest.mark.parametrize("ground", GROUNDS)
def test_dark_ink_is_seen_and_read_on_every_class_even_without_its_casing(ground):
    assert contrast(palette.INK, ground) >= LABEL
    assert contrast(palette.CONFLICT, ground) >= MARK  # of hollow marks and of outlines without a break


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", MARKS)
def test_of_a_mark_and_its_casing_one_stands_out_from_every_class(name, ground):
    # where a class is as dark as the mark, the light casing is the edge that is seen
    assert max(contrast(MARKS[name], ground), contrast(palette.CASING, ground)) >= 2.2
    assert contrast(MARKS[name], palette.CASING) >= LABEL


@pytest.mark.parametrize("ground", AROUND)
def test_what_lies_around_is_paler_than_any_mark_and_its_names_are_read_on_it_without_a_casing(ground):
    assert contrast(palette.TOKENS["map-around"], ground) >= LABEL
    assert lightness(ground) > 90 > lightness(palette.COAST) > 70


@pytest.mark.parametrize("sight", SIGHTS)
def test_sea_and_land_can_be_told_apart(sight):
    assert min(distance(palette.SEA, land, sight) for land in (palette.HOME, palette.BESIDE)) >= 5


def test_words_on_paper_and_digits_on_their_discs_are_read():
    for colour in (palette.TEXT, palette.MUTED, palette.ACCENT, palette.FAULT, *MARKS.values()):
        assert contrast(colour, palette.PAPER) >= LABEL


def test_all_that_is_laid_over_the_fill_has_a_casing_of_paper():
    for overlay in overlays().values():
        for part in overlay.parts:
            if isinstance(part, Outlines):
                assert part.casing >= 0.8
            elif isinstance(part, Rings):
                assert part.casing >= 1
            elif isinstance(part, Marks):
                assert part.casing >= 1 or (part.stroke == palette.CASING and part.width >= 1)
    assert {look["casing"] for look in drafts.looks().values()} == {1.5}


def test_colours_are_offered_for_every_number_of_classes():
    offered = palette.all_fill_colours()
    assert {int(k): len(v) for k, v in offered.items()} == {k: k for k in palette.CLASS_COUNTS}


# ---- one place


def read(path: Path) -> str:
    return path.read_text("utf-8")


def literals(text: str) -> set[str]:
    return {
        colour.lower() for colour in re.findall(r"(?<![\w&/])#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b", text)
    }


def test_style_sheets_have_the_same_colours():
    sheet = dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", read(ROOT / "assets/css/_tokens.css")))
    assert sheet == dict(palette.TOKENS)


@pytest.mark.parametrize("path", sorted((ROOT / "assets/css").glob("[!_]*.css")), ids=lambda path: path.name)
def test_no_style_sheet_has_a_colour_of_its_own(path):
    text = re.sub(r'url\("[^"]*"\)|\[[^\]]*\]|/\*.*?\*/', "", read(path), flags=re.S)
    assert not re.findall(r"(?:rgba?|hsla?)\(", text)
    found = {colour for rule in re.findall(r"\{([^{}]*)\}", text) for colour in literals(rule)}
    assert not found


@pytest.mark.parametrize("path", sorted((ROOT / "assets/js").rglob("*.js")), ids=lambda path: path.name)
def test_no_program_of_the_browser_has_a_colour_of_its_own(path):
    assert not {
        colour for quoted in re.findall(r"""["'`]([^"'`\n]*)["'`]""", read(path)) for colour in literals(quoted)
    }


def test_papers_that_stand_alone_use_colours_of_the_palette():
    known = {*palette.TOKENS.values(), *EVERY_CLASS}
    for name in ("dashboard/pages/coverage/coverage.css", "dashboard/documents/acta.css", "geodata/reports/report.css"):
        text = re.sub(r"/\*.*?\*/", "", read(ROOT / name), flags=re.S)
        assert {colour for rule in re.findall(r"\{([^{}]*)\}", text) for colour in literals(rule)} <= known, name
    for folder in ("dashboard", "layers"):
        for path in (ROOT / folder).rglob("*.svg"):
            assert literals(read(path)) <= (known if path.name == "icon.svg" else set()), path.name


def test_no_program_of_the_server_has_a_colour_of_its_own():
    # workbooks mark cells to fill in as spreadsheets do
    apart = {
        "layers/palette.py",
        "dashboard/clusters/writing/workbook_style.py",
        "dashboard/documents/coverage_sheets.py",
    }
    for folder in ("dashboard", "layers"):
        for path in (ROOT / folder).rglob("*.py"):
            if str(path.relative_to(ROOT)) not in apart:
                assert not re.findall(r"""["'](#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3}))["']""", read(path)), path.name


def test_what_is_judged_is_tinted_alike_by_server_and_browser():
    assert f"TINT = {palette.TINT};" in read(ROOT / "assets/js/core/tokens.js")
