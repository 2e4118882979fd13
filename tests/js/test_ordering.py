"""Rows of a table, under node: numbers as numbers, text as Spanish orders it, what is unknown last either way."""

import pytest

ORDER = """
const { ordered } = await load("model/ordering");
return [false, true].map((down) => ordered(given, down, "es").map((n) => given[n]));"""


@pytest.mark.parametrize(
    ("keys", "up"),
    [
        (["10", "9.5", "-2", "100"], ["-2", "9.5", "10", "100"]),
        (["ñandú", "nuez", "Oso", "ámbar", "Zorro"], ["ámbar", "nuez", "ñandú", "Oso", "Zorro"]),
        (["Reunión 10", "Reunión 2"], ["Reunión 2", "Reunión 10"]),
        (["2014-05-02", "2013-12-31"], ["2013-12-31", "2014-05-02"]),
    ],
)
def test_rows_are_ordered_both_ways(run, keys, up):
    assert run(ORDER, keys) == [up, up[::-1]]


def test_what_is_unknown_is_last_either_way_and_keeps_its_place_among_its_like(run):
    assert run(ORDER, ["", "3", "–", "1"]) == [["1", "3", "", "–"], ["3", "1", "", "–"]]


def test_those_alike_stay_as_they_stood(run):
    assert run(ORDER, ["b", "A", "a"])[0] == ["A", "a", "b"]
