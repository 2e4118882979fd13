"""Each district of a comparison is in exactly one part."""

from hypothesis import given
from hypothesis import strategies as st

from dashboard.clusters.model.sharing import common, only_in, partition

sets = st.lists(st.frozensets(st.sampled_from("abcdefgh")), min_size=2, max_size=4)


@given(sets)
def test_the_parts_make_up_the_whole_and_do_not_overlap(given_sets):
    parts = partition(given_sets)
    pieces = [*parts.only, parts.common, parts.some]
    assert frozenset().union(*pieces) == frozenset().union(*given_sets)
    assert sum(map(len, pieces)) == len(frozenset().union(*pieces))


@given(sets)
def test_a_district_belongs_where_its_count_says(given_sets):
    parts = partition(given_sets)
    for district in frozenset().union(*given_sets):
        count = sum(district in s for s in given_sets)
        assert (district in parts.common) == (count == len(given_sets))
        assert any(district in own for own in parts.only) == (count == 1)


def test_two_candidates_share_all_that_is_not_their_own():
    parts = partition([frozenset("abc"), frozenset("bcd")])
    assert parts.only == (frozenset("a"), frozenset("d"))
    assert parts.common == frozenset("bc") and not parts.some


def test_three_candidates_can_share_in_part():
    given_sets = [frozenset("abc"), frozenset("bc"), frozenset("c")]
    assert partition(given_sets).some == frozenset("b")
    assert only_in(given_sets, 0) == frozenset("a") and common(given_sets) == frozenset("c")


def test_one_set_alone_shares_nothing():
    parts = partition([frozenset("ab")])
    assert parts.only == (frozenset("ab"),) and not parts.common and not parts.some
