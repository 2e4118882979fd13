"""The table says of each bar whether it was met."""

from types import SimpleNamespace

from tests.benchmarks import report
from tests.benchmarks.measure import Results
from tests.benchmarks.screens import Sample
from tests.benchmarks.traffic import Received

JUDGEMENT = Received("http://127.0.0.1/_dash-update-component", '{"output":"map-judgement.data"}', 3000)
CACHED = Received("http://127.0.0.1/assets/js/map/scene.js", "", 0)
FIGURE = Received("http://127.0.0.1/_dash-update-component", "plain-map.figure", 40_000)


def results(step, ours, plain):
    made = Results(SimpleNamespace())
    made.samples[step, "ours"] = ours
    made.samples[step, "plain"] = plain
    return made


def line_of(table, title):
    return next(line for line in table.splitlines() if title in line)


def test_a_toggle_is_held_to_no_bytes_and_its_judgement_to_ten_thousand():
    ours = [Sample({"painted": 40, "outlined": 90, "judged": 150}, [JUDGEMENT, CACHED])] * 5
    table = report.table(results("toggle", ours, [Sample({"painted": 400}, [FIGURE])] * 5))
    assert "0.10" in line_of(table, "district marked")
    assert "yes" in line_of(table, "district marked")
    assert "0 (0)" in line_of(table, "district marked")
    assert "3,000 (1)" in line_of(table, "rules and measures")


def test_a_bar_that_is_missed_is_named():
    ours = [Sample({"painted": 300}, [FIGURE])] * 5
    found = results("recolour", ours, [Sample({"painted": 400}, [FIGURE])] * 5)
    assert "NO (ratio, bytes)" in line_of(report.table(found), "recolour")
    assert report.missed(found) == ["recolour: NO (ratio, bytes)"]


def test_percentiles_are_interpolated():
    values = [float(n) for n in range(1, 22)]
    assert report.percentile(values, 0.5) == 11
    assert report.percentile(values, 0.95) == 20
