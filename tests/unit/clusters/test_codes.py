"""A code and its districts are one to one, and a slip of the hand is noticed."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.clusters.model.codes import ALPHABET, BadCode, check_letter, decode, encode
from geodata.model.dataset import default

TERRITORY = default().territory
UBIGEOS = sorted(TERRITORY.districts)
some = st.frozensets(st.sampled_from(UBIGEOS), max_size=40)
few = st.frozensets(st.sampled_from(UBIGEOS), min_size=1, max_size=12)
KEYS = string.digits + string.ascii_letters + "+-. /_ñ"


@given(some)
def test_any_set_of_districts_comes_back_from_its_code(ubigeos):
    assert decode(encode(ubigeos), TERRITORY) == ubigeos


def test_all_districts_and_none_come_back():
    assert decode(encode(UBIGEOS), TERRITORY) == frozenset(UBIGEOS)
    assert encode([]) == "" and decode("", TERRITORY) == decode("  ", TERRITORY) == frozenset()


@given(few, st.data())
def test_one_wrong_character_is_always_noticed(ubigeos, data):
    code = encode(ubigeos)
    at = data.draw(st.integers(0, len(code) - 1))
    key = data.draw(st.sampled_from(KEYS))
    wrong = code[:at] + key + code[at + 1 :]
    if wrong.upper() == code or wrong.replace(" ", "+") == code:
        assert decode(wrong, TERRITORY) == ubigeos  # case, and a plus that an address turned into a space
    else:
        with pytest.raises(BadCode):
            decode(wrong, TERRITORY)


@given(few, st.data())
def test_two_neighbouring_digits_exchanged_are_always_noticed(ubigeos, data):
    code = encode(ubigeos)
    at = data.draw(st.integers(0, len(code) - 2))
    wrong = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if wrong != code:
        with pytest.raises(BadCode):
            decode(wrong, TERRITORY)


@given(few, st.data())
def test_a_character_that_is_missing_is_always_noticed(ubigeos, data):
    code = encode(ubigeos)
    at = data.draw(st.integers(0, len(code) - 1))
    with pytest.raises(BadCode):
        decode(code[:at] + code[at + 1 :], TERRITORY)


def test_a_code_is_written_as_the_help_says():
    assert encode(["220510", "220501", "220505"]) == "2205-010510.E"
    assert encode(["220802", "220104", "220105"]) == f"2201-0405+2208-02.{check_letter('2201-0405+2208-02')}"


def test_lower_case_and_spaces_do_no_harm():
    wanted = frozenset(["220501", "220505", "220510"])
    for typed in (" 2205-010510.e ", "2205 - 01 05 10 . E", "2205-010510 .E"):
        assert decode(typed, TERRITORY) == wanted


def test_a_plus_that_an_address_turned_into_a_space_is_read():
    ubigeos = frozenset(["220104", "220802"])
    assert decode(encode(ubigeos).replace("+", " "), TERRITORY) == ubigeos


def test_the_check_letter_is_the_remainder_by_23():
    assert len(ALPHABET) == len(set(ALPHABET)) == 23
    assert check_letter("2205-010510") == ALPHABET[2205010510 % 23]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("2205-010510", "missing_check"),
        ("2205-010510.", "missing_check"),
        ("2205-010510.A", "wrong_check"),
        ("2205-010510.EE", "malformed"),
        ("2205-010510.I", "malformed"),
        ("2205-01051.A", "malformed"),
        ("hola", "malformed"),
        ("2205-٠١.A", "malformed"),
        ("2205-0101.A".replace("A", check_letter("2205-0101")), "malformed"),
        ("2205-0501.A".replace("A", check_letter("2205-0501")), "malformed"),
    ],
)
def test_a_bad_code_says_why(code, reason):
    with pytest.raises(BadCode) as caught:
        decode(code, TERRITORY)
    assert caught.value.reason == reason and caught.value.message == f"code.{reason}"


def test_a_district_that_does_not_exist_is_named():
    body = "2205-0199"
    with pytest.raises(BadCode) as caught:
        decode(f"{body}.{check_letter(body)}", TERRITORY)
    assert caught.value.reason == "unknown_district"
    assert caught.value.fields["ubigeos"] == ("220599",)
