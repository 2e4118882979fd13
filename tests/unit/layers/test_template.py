"""Hold that the published map template is sound, holds no geometry and switches by overlay."""

import plotly.graph_objects as go
import pytest

from layers.overlays import at_first, conflicts, overlays
from layers.template import layout, map_template, traces

DRAWN_ALWAYS = {"limits", "drawing", "names"}


def test_plotly_accepts_every_trace_and_the_layout():
    figure = go.Figure({"data": traces(), "layout": layout()})
    assert len(figure.data) == len(traces())


def test_every_trace_has_a_name_of_its_own():
    names = [trace["name"] for trace in traces()]
    assert len(names) == len(set(names))


def test_every_trace_belongs_to_an_overlay_and_every_overlay_has_traces():
    found = {trace["meta"]["overlay"] for trace in traces()}
    assert found == set(overlays()) | DRAWN_ALWAYS


def test_overlays_start_switched_off():
    assert all(trace["visible"] is False for trace in traces() if trace["meta"]["overlay"] in overlays())


def test_the_default_overlays_are_overlays():
    assert set(at_first()) <= set(overlays())


def test_every_overlay_has_a_legend_with_marks():
    for overlay in overlays().values():
        assert overlay.legend
        assert all(entry.mark.startswith("data:image/svg+xml,") for entry in overlay.legend)


def test_the_template_holds_no_geometry():
    for trace in map_template()["data"]:
        assert "geojson" not in trace
        assert not len(trace.get("lon", [])) and not len(trace.get("locations", []))


def test_the_template_names_no_other_host():
    assert "http" not in repr(map_template()).replace("http://www.w3.org/2000/svg", "")


def test_limits_are_drawn_first_and_numbers_last():
    names = [trace["name"] for trace in traces()]
    assert names[0] == "limits"
    assert names[-1] == "clusters.names"


def test_states_of_clusters_differ_by_more_than_colour():
    looks = {
        trace["name"]: (trace["line"].get("dash", "solid"), trace["line"]["width"])
        for trace in traces()
        if trace.get("mode") == "lines" and not trace["name"].endswith(".casing")
    }
    drawn = [looks[name] for name in ("clusters.proposed", "clusters.validated", "drafts.lines", "candidate.lines")]
    assert len(set(drawn)) == len(drawn)


def test_types_of_conflict_differ_by_shape(dataset):
    assert set(conflicts.SYMBOLS) >= set(dataset.conflicts["type"])
    assert len(set(conflicts.SYMBOLS.values())) == len(conflicts.SYMBOLS)


@pytest.mark.parametrize("overlay", overlays().values(), ids=overlays())
def test_no_two_rows_of_a_legend_look_the_same(overlay):
    # "filled: active" has to show one of the shapes of the types
    marks = [entry.mark for entry in overlay.legend if entry.text != "legend.conflict_active"]
    assert len(marks) == len(set(marks))
