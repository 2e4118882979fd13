"""How other programs are told to draw a layer: as the map does, every district once, those without a figure too."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from layers import gis, palette

BOUNDS = [10.0, 20.5, 40.0]
LABELS = ['a < b & "c"', "d", "e"]
SE, OGC = "{http://www.opengis.net/se}", "{http://www.opengis.net/ogc}"


@pytest.fixture
def look():
    return gis.graduated("Brecha", "x", BOUNDS, LABELS, "sin dato")


@given(st.one_of(st.none(), st.just(float("nan")), st.floats(-5, 200)))
def test_every_value_is_of_one_part(value):
    look = gis.graduated("Brecha", "x", BOUNDS, LABELS, "sin dato")
    held = [n for n, part in enumerate(look.parts) if part.has(value)]
    assert held == [look.of(value)]
    unknown = value is None or value != value
    assert (look.parts[held[0]].label == "sin dato") == unknown
    if not unknown and value <= BOUNDS[-1]:
        assert held[0] == next(n for n, bound in enumerate(BOUNDS) if value <= bound)


def test_classes_have_the_colours_of_the_map_and_the_unknown_is_hatched(look):
    assert [part.symbol.fill for part in look.parts[:-1]] == palette.fill_colours(len(BOUNDS))
    assert look.parts[-1].symbol.hatched and not any(part.symbol.hatched for part in look.parts[:-1])


def test_qgis_is_told_all_parts_by_rules_whose_symbols_are_there(look):
    root = etree.fromstring(gis.qml(look.named({"x": 'brecha "rara"'})).encode())
    rules, symbols = root.findall(".//rule"), root.findall("./renderer-v2/symbols/symbol")
    assert root.find("renderer-v2").get("type") == "RuleRenderer"
    assert [rule.get("label") for rule in rules] == [*LABELS, "sin dato"]
    assert [rule.get("symbol") for rule in rules] == [symbol.get("name") for symbol in symbols]
    assert rules[0].get("filter") == '"brecha ""rara""" <= 10.0'
    assert rules[1].get("filter") == '"brecha ""rara""" > 10.0 AND "brecha ""rara""" <= 20.5'
    assert rules[-1].get("filter") == '"brecha ""rara""" IS NULL'
    fills = [s.find("layer[@class='SimpleFill']/Option/Option[@name='color']").get("value") for s in symbols]
    assert fills == [gis.rgba(part.symbol.fill) for part in look.parts]
    assert symbols[-1].find("layer[@class='LinePatternFill']") is not None


def test_map_servers_are_told_the_same_parts(look):
    root = etree.fromstring(gis.sld(look).encode())
    rules = root.findall(f".//{SE}Rule")
    assert [rule.findtext(f"{SE}Name") for rule in rules] == [*LABELS, "sin dato"]
    ends = [[float(e.text) for e in rule.iter(f"{OGC}Literal")] for rule in rules]
    assert ends == [[10.0], [10.0, 20.5], [20.5], []]
    assert all(rule.find(f"{OGC}Filter") is not None and len(rule.find(f"{OGC}Filter")) == 1 for rule in rules)


def test_clusters_are_outlined_by_state_as_on_the_map():
    look = gis.outlined("c", "state", {"Propuesta": "proposed", "Validado": "validated", "Retirada": None}, "name")
    proposed, validated, apart = (part.symbol for part in look.parts)
    assert proposed.dash and not validated.dash and apart.dash != proposed.dash
    assert look.of("Validado") == 1 and look.of("Otra") is None
    root = etree.fromstring(gis.qml(look).encode())
    assert root.get("labelsEnabled") == "1" and root.find(".//text-style").get("fieldName") == "name"
    assert [r.get("filter") for r in root.findall(".//rule")][1] == "\"state\" = 'Validado'"


@pytest.mark.parametrize("count", [0, 1, 7])
def test_any_number_of_classes_is_drawn(count):
    bounds = [float(n) for n in range(count)]
    look = gis.graduated("n", "x", bounds, [str(b) for b in bounds], "?")
    assert len(look.parts) == count + 1
    assert all(a.upto == b.above for a, b in pairwise(look.parts[:-1]))
    for text in (gis.qml(look), gis.sld(look)):
        etree.fromstring(text.encode())
