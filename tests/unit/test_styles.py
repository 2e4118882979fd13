"""Hold what the sheets of style share: one set of widths at which a window is told from another."""

import re

from tests.root import ROOT

BOUNDS = {600, 900, 1200}
WIDTH = re.compile(r"\((max|min)-width:\s*([\d.]+)px\)")


def test_windows_are_told_apart_at_three_widths_alone():
    sheets = sorted((ROOT / "assets" / "css").glob("*.css"))
    asked = {(sheet.name, *width) for sheet in sheets for width in WIDTH.findall(sheet.read_text("utf-8"))}
    assert asked
    odd = {each for each in asked if (int(each[2]) + 1 if each[1] == "max" else int(each[2])) not in BOUNDS}
    assert odd == set()
