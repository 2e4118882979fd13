"""Figures of later districts brought to 2012: worked examples, and what must hold of any figures."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.model.dataset import default
from geodata.places.division import DivisionChange, changes, fold, in_force, to_2012
from geodata.words import LANGUAGES, say

NAN = float("nan")
TERRITORY = default().territory
PADRE_ABAD = ("250301", "250302", "250303", "250304", "250305")  # as of 2015
PUTUMAYO = ("160801", "160802", "160803", "160804")


def rows(weight=None, /, **values):
    """A frame of figures: _250302=5 is a value, `weight` has the same names."""
    frame = pd.DataFrame({"place": [c.strip("_") for c in values], "value": list(values.values())})
    return frame if weight is None else frame.assign(weight=list(weight))


def folded(kind, weight=None, /, **values):
    series, reasons = fold(rows(weight, **values), kind=kind)
    return {c: v for c, v in series.items() if pd.notna(v)}, {c: r.message for c, r in reasons.items()}


def test_a_count_is_the_sum_of_the_parts():
    assert folded("count", _250302=5, _250304=3, _250305=1, _250303=7) == ({"250302": 9, "250303": 7}, {})


def test_a_count_of_the_division_of_2012_stands_as_it_is():
    assert folded("count", _250302=5, _250301=2, _160109=4) == ({"250302": 5, "250301": 2, "160109": 4}, {})


def test_a_part_that_is_missing_leaves_a_blank_that_says_why():
    for parts in ({"_250302": 5, "_250304": 3}, {"_250302": 5, "_250304": 3, "_250305": NAN}, {"_250304": 3}):
        assert folded("count", **parts) == ({}, {"250302": "division.part_missing"})


def test_what_the_file_leaves_blank_is_blank_without_a_reason():
    assert folded("count", _250302=NAN, _250304=NAN, _250305=NAN, _010101=NAN) == ({}, {})


def test_a_renumbered_district_is_the_same_district():
    assert folded("rate", _160803=40.0, _160801=NAN) == ({"160114": 40.0}, {})


def test_putumayo_is_the_sum_of_the_three_that_came_of_it():
    assert folded("count", _160801=1, _160802=2, _160803=30, _160804=4) == ({"160109": 7, "160114": 30}, {})


def test_the_old_number_and_the_new_one_together_cannot_both_hold():
    values = {"_160109": 7, "_160801": 1, "_160802": 2, "_160804": 4}
    assert folded("count", **values) == ({}, {"160109": "division.both"})


def test_the_old_number_in_a_table_of_a_later_division_is_still_the_whole():
    values = {"_160109": 7, "_250302": 5, "_250304": 3, "_250305": 1}
    assert folded("count", **values) == ({"160109": 7, "250302": 9}, {})


def test_a_district_made_of_several_is_not_shared_out():
    values = {"_221001": 10, "_221005": 20, "_221006": 6}
    blank = {"221001": "division.several_parents", "221005": "division.several_parents"}
    assert folded("count", **values) == ({}, blank)
    assert folded("rate", (100, 200, 60), **values) == ({}, blank)


def test_nothing_needs_no_sharing_out():
    assert folded("count", _221001=10, _221005=20, _221006=0) == ({"221001": 10, "221005": 20}, {})
    assert folded("rate", (9, 9, 0), _221001=1.5, _221005=2.5, _221006=8)[0] == {"221001": 1.5, "221005": 2.5}


def test_a_rate_is_weighted_by_what_it_is_a_rate_of():
    values = {"_250302": 10.0, "_250304": 40.0, "_250305": 20.0}
    assert folded("rate", (100, 100, 200), **values) == ({"250302": 22.5}, {})


@pytest.mark.parametrize("weight", [None, (100, NAN, 200), (0, 0, 0), (100, -1, 200)])
def test_a_rate_without_sound_weights_is_blank(weight):
    values = {"_250302": 10.0, "_250304": 40.0, "_250305": 20.0}
    assert folded("rate", weight, **values) == ({}, {"250302": "division.no_weight"})


def test_provinces_are_folded_too():
    assert folded("count", _1601=100, _1608=9, _1602=7) == ({"1601": 109, "1602": 7}, {})


def test_a_table_knows_of_all_changes_up_to_the_latest_that_it_names():
    def made(*codes, **given):
        return {c.code for c in in_force(codes, changes(), **given)}

    assert made("250302") == set()
    assert made("250304") == {"1608", *PUTUMAYO, "250304", "250305"}
    assert made("250306") == {change.code for change in changes()}
    assert made("250302", as_of=2014) == {"1608", *PUTUMAYO}


def test_a_year_that_is_known_asks_for_parts_that_no_row_hints_at():
    frame = rows(_250302=5, _250303=7)
    assert fold(frame)[0].to_dict() == {"250302": 5, "250303": 7}
    series, reasons = fold(frame, as_of=2016)
    assert pd.isna(series["250302"]) and reasons["250302"].message == "division.part_missing"


def test_a_place_of_2012_is_told_where_there_is_one():
    assert to_2012("250304") == "250302"
    assert to_2012("1608") == "1601"
    assert to_2012("221006") is None
    assert to_2012("010101") == "010101"


def test_a_place_with_two_rows_is_refused():
    with pytest.raises(ValueError, match="two rows"):
        fold(pd.DataFrame({"place": ["010101", "010101"], "value": [1, 2]}))


def test_the_frame_given_is_not_changed():
    frame = rows(_250302=5, _250304=3, _250305=1)
    before = frame.copy()
    fold(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_no_figures_fold_to_none():
    series, reasons = fold(pd.DataFrame({"place": [], "value": []}))
    assert series.empty and reasons == {}


def test_reasons_can_be_said_in_both_languages():
    frames = [
        fold(rows(_250302=5, _250304=3))[1],
        fold(rows(_160109=7, _160801=1))[1],
        fold(rows(_221001=1, _221005=2, _221006=3))[1],
        fold(rows(_250302=5, _250304=3, _250305=1), kind="rate")[1],
    ]
    for reasons in frames:
        for reason in reasons.values():
            for language in LANGUAGES:
                assert "{" not in say(language, reason.message, **reason.fields)


LATEST = sorted(set(TERRITORY.districts) - {"160109", "160114"} | {c.code for c in changes() if len(c.code) == 6})
figures = st.lists(st.integers(0, 1000), min_size=len(LATEST), max_size=len(LATEST))


@given(figures)
def test_counts_of_the_latest_division_add_up_but_for_what_is_blank(counts):
    """What is summed and what stands under a blank make up the whole: nothing is lost or doubled."""
    series, reasons = fold(pd.DataFrame({"place": LATEST, "value": counts}))
    under = {"221001", "221005", "221006"} if reasons else set()
    lost = sum(n for code, n in zip(LATEST, counts, strict=True) if code in under)
    assert set(series.index) == set(TERRITORY.districts)
    assert series.sum() + lost == sum(counts)
    assert set(series.index[series.isna()]) == set(reasons) <= {"221001", "221005"}


@given(figures, figures)
def test_a_rate_lies_between_its_parts(rates, weights):
    series, _ = fold(pd.DataFrame({"place": LATEST, "value": rates, "weight": weights}), kind="rate")
    value = dict(zip(LATEST, rates, strict=True))
    for code, parts in (("250302", ("250302", "250304", "250305")), ("250301", ("250301", "250306", "250307"))):
        if pd.notna(series[code]):
            within = [value[part] for part in parts]
            assert min(within) - 1e-9 <= series[code] <= max(within) + 1e-9


@given(st.permutations(list(PADRE_ABAD)))
def test_the_order_of_rows_does_not_matter(order):
    value = {code: float(n) for n, code in enumerate(PADRE_ABAD)}
    series, _ = fold(pd.DataFrame({"place": order, "value": [value[code] for code in order]}))
    assert series.to_dict() == {"250301": 0, "250302": 8, "250303": 2}


def test_every_parent_is_a_place_of_2012_and_every_child_is_not():
    known = set(TERRITORY.districts) | set(TERRITORY.provinces)
    for change in changes():
        assert change.code not in known and set(change.parents) <= known
        assert change.year > 2012 and change.sure in ("certain", "likely")
        assert change.replaces is None or change.parents == (change.replaces,)


def test_a_table_of_changes_of_ones_own_folds_the_same_way():
    two = (DivisionChange("B2", "New", 2020, None, ("A1",), None, "certain", "made up"),)
    series, reasons = fold(pd.DataFrame({"place": ["A1", "B2", "C3"], "value": [1, 2, 4]}), two)
    assert series.to_dict() == {"A1": 3, "C3": 4} and not reasons
