"""The table says of each bar whether it was met."""

from types import SimpleNamespace

from tests.benchmarks import report
from tests.benchmarks.measure import Results
from tests.benchmarks.screens import Sample
from tests.benchmarks.traffic import Received

ASKED = "http://127.0.0.1/_dash-update-component"
JUDGED = "http://127.0.0.1/asked/judgement"
JUDGEMENT = Received(JUDGED, '{"drawing":{},"parts":["rules"]}', 3000)
STANDING = Received(JUDGED, '{"drawing":{},"parts":["place"]}', 6000)
CACHED = Received("http://127.0.0.1/assets/js/map/scene.js", "", 0)
FIGURE = Received(ASKED, "plain-map.figure", 40_000)
LEAFLET = Received("http://127.0.0.1/published/leaflet.0123456789abcdef.js", "", 42_000)


def results(step, ours, webgl=(), svg=(), bars="default"):
    made = Results(SimpleNamespace(bars=bars))
    made.samples |= {(step, "ours"): [*ours], (step, "webgl"): [*webgl], (step, "svg"): [*svg]}
    return made


def painted(ms, *received):
    return [Sample({"painted": ms}, [*received])] * 5


def line_of(table, title):
    return next(line for line in table.splitlines() if title in line)


def test_a_toggle_is_held_to_no_bytes_and_its_judgement_to_four_thousand():
    ours = [Sample({"painted": 16, "outlined": 18, "judged": 70}, [JUDGEMENT, STANDING, CACHED])] * 5
    table = report.table(results("toggle", ours, painted(400, FIGURE)))
    assert "0.04" in line_of(table, "district marked")
    assert "yes" in line_of(table, "district marked")
    assert "0 (0)" in line_of(table, "district marked")
    assert "3,000 (1)" in line_of(table, "rules and measures") and "yes" in line_of(table, "rules and measures")
    assert "6,000 (1)" in line_of(table, "place among all")


def test_a_bar_that_is_missed_is_named():
    found = results("recolour", painted(300, FIGURE), painted(400, FIGURE))
    assert "NO (ratio, ms, bytes)" in line_of(report.table(found), "recolour")
    assert report.missed(found) == ["recolour: NO (ratio, ms, bytes)"]


def test_the_faster_of_the_plain_ways_counts_and_both_are_shown():
    table = report.table(results("recolour", painted(16), painted(400, FIGURE), painted(200)))
    line = line_of(table, "recolour")
    assert "0.08" in line and "NO (ratio)" in line
    assert " 400 / 400 " in line and "*200 / 200 " in line
    slower = line_of(report.table(results("recolour", painted(16), painted(400), painted(900))), "recolour")
    assert "0.04" in slower and "yes" in slower and "*400 / 400" in slower


def test_a_data_set_has_bars_of_its_own():
    found = results("recolour", painted(36), painted(400), painted(300), bars="peru")
    assert "<= 40 ms, 0 B" in line_of(report.table(found), "recolour")
    assert report.missed(found) == []


def test_what_was_asked_for_after_the_map_could_be_used_does_not_count():
    early, late = (Received("http://127.0.0.1/a.js", "", 300_000, asked_ms) for asked_ms in (200, 900))
    ours = [Sample({"usable": 800, "quiet": 1000}, [early, late])] * 5
    line = line_of(report.table(results("cold", ours)), "come until usable")
    assert "300,000 (1)" in line and "yes" in line
    many = [Sample({"usable": 800, "quiet": 1000}, [early] * 16)] * 5
    assert "NO (bytes, requests)" in line_of(report.table(results("cold", many)), "come until usable")


def test_a_screen_without_a_map_is_held_to_no_file_of_maps():
    assert report.missed(results("no map datos", [Sample({}, [FIGURE])] * 5)) == []
    (line,) = report.missed(results("no map datos", [Sample({}, [FIGURE, LEAFLET])] * 5))
    assert line.endswith("NO (requests)")


def test_a_bar_without_a_figure_is_missed():
    assert report.missed(results("recolour", painted(10))) == ["recolour: NO (ratio)"]


def test_percentiles_are_interpolated():
    values = [float(n) for n in range(1, 22)]
    assert report.percentile(values, 0.5) == 11
    assert report.percentile(values, 0.95) == 20
