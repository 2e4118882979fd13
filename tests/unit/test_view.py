"""Hold that an address is read whole, that what cannot be read is told, and that nothing is guessed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.web import view
from geodata.model.dataset import default
from layers import classes, palette, series
from layers.overlays import overlays

DATASET = default()
FIRST, LAST = DATASET.screen_years
FILLS = [*series.fixed_series(DATASET), *series.PERIODIC]
KEYS = ("d", "f", "m", "o", "pc", "ph", "hz")


def written(shown: view.View) -> dict[str, str]:
    """Write a view as the browser does (assets/js/model/address.js)."""
    query = {
        "f": shown.fill,
        "m": f"{shown.method}-{shown.count}",
        "o": ".".join(shown.overlays),
        "pc": "-".join(map(str, shown.conflict_period)),
        "ph": "-".join(map(str, shown.hazard_period)),
    }
    if shown.department:
        query["d"] = shown.department
    if shown.hazard:
        query["hz"] = shown.hazard
    return query


periods = st.tuples(st.integers(FIRST, LAST), st.integers(FIRST, LAST)).map(lambda p: tuple(sorted(p)))
views = st.builds(
    view.View,
    department=st.sampled_from(["", *DATASET.territory.departments]),
    fill=st.sampled_from(FILLS),
    method=st.sampled_from(classes.METHODS),
    count=st.sampled_from(palette.CLASS_COUNTS),
    overlays=st.lists(st.sampled_from(tuple(overlays())), unique=True).map(tuple),
    conflict_period=periods,
    hazard_period=periods,
    hazard=st.sampled_from(["", *sorted(set(DATASET.hazards["hazard"]))]),
)


def test_no_query_gives_the_default_view():
    found = view.read_view({}, DATASET)
    assert found == view.default_view(DATASET)
    assert found.problems == ()
    assert found.conflict_period == (FIRST, LAST)


@given(views)
def test_every_view_is_read_back_as_it_was_written(shown):
    found = view.read_view(written(shown), DATASET)
    assert found == shown
    assert found.problems == ()


@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=40)))
def test_garbage_never_raises_and_is_told_part_by_part(query):
    found = view.read_view(query, DATASET)
    normal = view.default_view(DATASET)
    told = [fields["name"] for _, fields in found.problems]
    assert len(told) == len(set(told))
    assert set(told) <= set(query)
    for key in set(query) - set(told):
        # what was not told was understood: alone it gives a view without problems
        assert view.read_view({key: query[key]}, DATASET).problems == ()
    for key in told:
        assert view.read_view({key: query[key]}, DATASET) == normal


@given(views, st.sampled_from(KEYS), st.text(alphabet="0123456789-.,ñ <>'\"", max_size=12))
def test_one_bad_part_leaves_the_others_as_they_were(shown, key, damage):
    query = written(shown)
    found = view.read_view(query | {key: f"?{damage}"}, DATASET)
    assert [fields["name"] for _, fields in found.problems] == [key]
    normal = view.default_view(DATASET)
    attributes = {
        "d": ("department",), "f": ("fill",), "m": ("method", "count"), "o": ("overlays",),
        "pc": ("conflict_period",), "ph": ("hazard_period",), "hz": ("hazard",),
    }[key]  # fmt: skip
    assert found == replace(shown, **{name: getattr(normal, name) for name in attributes})


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("d", "99"),
        ("d", "amazonas"),
        ("f", "gap_"),
        ("f", "anaemia_6_35m"),
        ("m", "quantiles"),
        ("m", "quantiles-99"),
        ("m", "-5"),
        ("o", "clusters.volcanoes"),
        ("pc", "2010"),
        ("pc", "2015-2010"),
        ("ph", "1990-2050"),
        ("ph", "2010-2012-2014"),
        ("hz", "volcano"),
    ],
)
def test_what_is_nearly_right_is_told_with_the_part_and_its_value(key, raw):
    assert view.read_view({key: raw}, DATASET).problems == (("address.bad", {"name": key, "value": raw}),)


def test_parts_that_mean_nothing_to_this_screen_are_left_alone():
    assert view.read_view({"utm_source": "mail", "c": "x", "a": "0"}, DATASET).problems == ()


def test_a_long_value_is_told_in_short():
    ((_, fields),) = view.read_view({"f": "x" * 5000}, DATASET).problems
    assert len(fields["value"]) <= 60


def test_no_overlays_is_a_choice_and_no_mistake():
    found = view.read_view({"o": ""}, DATASET)
    assert found.overlays == () and found.problems == ()


def test_an_overlay_named_twice_is_shown_once():
    assert view.read_view({"o": "risk.risk"}, DATASET).overlays in (("risk",), view.default_view(DATASET).overlays)


@pytest.mark.parametrize("year", ["٢٠١٠-٢٠١٢", " 2010 - 2012 ", "+2010-2012", "2_010-2012"])
def test_years_that_a_browser_never_writes_give_a_period_or_are_told(year):
    found = view.read_view({"pc": year}, DATASET)
    assert found.problems or found.conflict_period == (2010, 2012)
