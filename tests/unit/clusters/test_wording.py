"""Lists of names are joined as each language does."""

from functools import partial

from dashboard import texts
from dashboard.clusters.writing.wording import joined, sentence

ES, EN = partial(texts.say, "es"), partial(texts.say, "en")


def test_names_are_joined_with_commas_and_a_last_word():
    assert joined(ES, ["Lamas"]) == "Lamas"
    assert joined(ES, ["Lamas", "Tabalosos", "Zapatero"]) == "Lamas, Tabalosos y Zapatero"
    assert joined(EN, ["Lamas", "Tabalosos"], "or") == "Lamas or Tabalosos"
    assert joined(ES, ["Lamas", "Tabalosos"], "nor") == "Lamas ni a Tabalosos"
    assert joined(ES, []) == ""


def test_spanish_avoids_two_equal_sounds():
    assert joined(ES, ["Lamas", "Inambari"]) == "Lamas e Inambari"
    assert joined(ES, ["Lamas", "Iñapari"]) == "Lamas e Iñapari"
    assert joined(ES, ["Lamas", "Iberia"]) == "Lamas e Iberia"
    assert joined(ES, ["Lamas", "Omia"], "or") == "Lamas u Omia"
    assert joined(ES, ["Inambari", "Lamas"]) == "Inambari y Lamas"
    assert joined(ES, ["«Lamas»", "«Iberia»"]) == "«Lamas» e «Iberia»"
    assert joined(ES, ["Lamas", "Yurimaguas"]) == "Lamas y Yurimaguas"


def test_lists_in_a_message_give_three_fields():
    def say(key, **fields):
        return "{cut} | {cut_or} | {cut_nor} | {n}".format(**fields) if key == "message" else ES(key)

    assert sentence(say, "message", {"cut": ("A", "B"), "n": 3}) == "A y B | A o B | A ni a B | 3"
