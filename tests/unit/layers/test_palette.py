"""Hold that fill colours run from light to dark and stay apart for any colour vision."""

import itertools
import re

import numpy as np
import pytest

from layers import palette

# sRGB to linear RGB seen with deuteranopia and protanopia (Machado, Oliveira and Fernandes 2009)
DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)
PROTANOPIA = np.array(
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
)
SIGHTS = {"typical": np.eye(3), "deuteranopia": DEUTERANOPIA, "protanopia": PROTANOPIA}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])
# CIE76 units; about two are just noticeable side by side
APART = 8.0


def _linear(colour: str) -> np.ndarray:
    if colour.startswith("#"):
        numbers = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    else:
        numbers = [float(n) for n in re.findall(r"[\d.]+", colour)]
    share = np.array(numbers) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def _lab(linear: np.ndarray) -> np.ndarray:
    scaled = TO_XYZ @ np.clip(linear, 0, 1) / WHITE
    f = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def _luminance(colour: str) -> float:
    return float(TO_XYZ[1] @ _linear(colour))


def _contrast(a: str, b: str) -> float:
    low, high = sorted((_luminance(a), _luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("k", palette.CLASS_COUNTS)
def test_fill_colours_are_distinct_and_get_darker(k):
    colours = palette.fill_colours(k)
    luminances = [_luminance(c) for c in colours]
    assert len(set(colours)) == k
    assert luminances == sorted(luminances, reverse=True)
    assert len(set(luminances)) == k


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("k", palette.CLASS_COUNTS)
def test_any_two_fill_colours_can_be_told_apart(k, sight):
    seen = [_lab(SIGHTS[sight] @ _linear(c)) for c in palette.fill_colours(k)]
    nearest = min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2))
    assert nearest > APART


def test_the_accent_and_ink_read_on_paper():
    for colour in (palette.ACCENT, palette.INK, palette.MUTED, palette.FAULT):
        assert _contrast(colour, palette.PAPER) >= 4.5


def test_the_outline_of_what_is_drawn_shows_beside_its_casing_on_every_fill():
    assert _contrast(palette.ACCENT, palette.PAPER) >= 3


def test_colours_are_offered_for_every_number_of_classes():
    offered = palette.all_fill_colours()
    assert {int(k): len(v) for k, v in offered.items()} == {k: k for k in palette.CLASS_COUNTS}
