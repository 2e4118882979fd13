"""Going to a proposal by typing its number: digits add up as long as some number begins so."""

TYPED = """
const { typed } = await load("model/identity");
let now = "";
return given.keys.map((key) => (now = typed(now, key, given.signs)));"""


def test_digits_make_a_number_or_begin_another(run):
    assert run(TYPED, {"keys": ["1", "2", "2", "9"], "signs": ["1", "2", "12"]}) == ["1", "12", "2", "9"]


def test_a_number_of_two_digits_is_reached_where_its_first_is_none(run):
    assert run(TYPED, {"keys": ["1", "4"], "signs": ["3", "14"]}) == ["1", "14"]
