"""Names compared as people write them: worked examples, and what no accent or blank may change."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.model.dataset import default
from geodata.places.naming import likeness, plain, slips

TERRITORY = default().territory
some_name = st.sampled_from([d.name for d in TERRITORY.districts.values()])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Cuñumbuqui", "CUNUMBUQUI"),
        ("  padre   abad ", "PADRE ABAD"),
        ("PADRE ABAD 8/ 13/", "PADRE ABAD"),
        ("YAVARI  /1", "YAVARI"),
        ("Raymondi (Atalaya)", "RAYMONDI"),
        ("DISTRITO DE NIEVA", "NIEVA"),
        ("Provincia del Dorado", "DORADO"),
        ("Dpto. San Martín", "SAN MARTIN"),
        ("Sta. Rosa", "SANTA ROSA"),
        ("Tnte. César López Rojas", "TENIENTE CESAR LOPEZ ROJAS"),
        ("Distrito", "DISTRITO"),
        (" 5/ -", ""),
        ("", ""),
    ],
)
def test_a_name_is_compared_without_accents_notes_brackets_and_abbreviations(written, meant):
    assert plain(written) == meant


def test_a_letter_read_as_two_costs_less_than_two_slips():
    assert slips("CUFIUMBUQUI", "CUNUMBUQUI") == 2
    assert 85 < likeness("CUFIUMBUQUI", "CUNUMBUQUI") < 86


def test_blanks_do_not_count():
    assert likeness("SAN JUAN", "SANJUAN") == 100
    assert slips("SAN JUAN", "SANJUAN") == 0


def test_names_that_share_nothing_are_not_alike():
    assert likeness("LUYA", "ROBE") == 0


@given(some_name, st.booleans(), st.booleans())
def test_capitals_and_accents_change_nothing(name, upper, decomposed):
    written = name.upper() if upper else name.lower()
    written = unicodedata.normalize("NFD" if decomposed else "NFC", written)
    assert plain(written) == plain(name)


@given(st.text(alphabet=st.characters() | st.sampled_from("ÁÑñº./()5 "), max_size=30))
def test_any_text_has_a_plain_form_without_small_letters_and_signs(text):
    name = plain(text)
    assert name == name.upper() == " ".join(name.split())
    assert all(c.isalnum() or c == " " for c in name)


@given(some_name, some_name)
def test_likeness_is_the_same_both_ways_and_100_only_for_the_same_letters(one, other):
    one, other = plain(one), plain(other)
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert (likeness(one, other) == 100) == (slips(one, other) == 0)
