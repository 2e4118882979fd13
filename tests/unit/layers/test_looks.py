"""Hold that what is published of overlays is sound, holds no geometry and tells states and kinds apart."""

import orjson
import pytest

from layers import drafts, marks
from layers.overlay import RANKS, SOLID, Labels, Marks, Outlines
from layers.overlays import at_first, conflicts, overlays

PARTS = [(key, part) for key, overlay in overlays().items() for part in overlay.parts]


def test_every_layer_has_a_name_of_its_own():
    names = [part.layer(key) for key, part in PARTS] + list(drafts.looks())
    assert len(names) == len(set(names))


def test_the_default_overlays_are_overlays():
    assert set(at_first()) <= set(overlays())


def test_every_overlay_has_a_legend_with_marks():
    for overlay in overlays().values():
        assert overlay.legend
        assert all(entry.mark.startswith("data:image/svg+xml,") for entry in overlay.legend)


@pytest.mark.parametrize(("key", "part"), PARTS, ids=[part.layer(key) for key, part in PARTS])
def test_what_is_published_of_a_part_is_plain_and_names_no_other_host(key, part):
    sent = orjson.dumps(part.plain(key)).decode()
    assert "http" not in sent
    assert part.plain(key)["style"]["colour"].startswith("#")


def test_every_symbol_has_an_outline(dataset):
    used = {part.symbol for _, part in PARTS if isinstance(part, Marks)}
    rows = [row for overlay in overlays().values() for rows in overlay.rows(dataset).values() for row in rows]
    used |= {row["symbol"] for row in rows if "symbol" in row}
    assert {name.removesuffix("-open") for name in used} <= set(marks.SHAPES)


def test_names_are_written_in_a_known_rank():
    assert {part.rank for _, part in PARTS if isinstance(part, Labels)} <= set(RANKS)


def test_numbers_lie_over_all_else():
    highest = max(PARTS, key=lambda each: each[1].height)
    assert highest[1].layer(highest[0]) == "clusters.names"


def test_states_of_clusters_differ_by_more_than_colour():
    lines = {part.layer(key): (part.dash, part.width) for key, part in PARTS if isinstance(part, Outlines)}
    lines |= {name: (look["dash"], look["width"]) for name, look in drafts.looks().items()}
    drawn = [lines[name] for name in ("clusters.proposed", "clusters.validated", "drafts.lines", "candidate.lines")]
    assert len(set(drawn)) == len(drawn)
    assert lines["clusters.validated"][0] == SOLID


def test_types_of_conflict_differ_by_shape(dataset):
    assert set(conflicts.SYMBOLS) >= set(dataset.conflicts["type"])
    assert len(set(conflicts.SYMBOLS.values())) == len(conflicts.SYMBOLS)


@pytest.mark.parametrize("overlay", overlays().values(), ids=overlays())
def test_no_two_rows_of_a_legend_look_the_same(overlay):
    # "filled: active" has to show one of the shapes of the types
    shown = [entry.mark for entry in overlay.legend if entry.text != "legend.conflict_active"]
    assert len(shown) == len(set(shown))
