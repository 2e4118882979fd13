"""Files are called by what they hold, in the reader's language, by the day in Peru, as any disk takes it."""

from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import texts
from dashboard.clusters.model import Candidate
from dashboard.documents import candidates_name
from geodata.shared import clock, file_name

LATE = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)  # ten at night of the 29th in Lima
LAMAS = frozenset({"220501", "220510", "220505"})


@pytest.fixture(autouse=True)
def at_night(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATE)


def called(territory, *names: str, language: str = "es", kind: str = "file.clusters") -> str:
    drawn = [Candidate(LAMAS, name=name) for name in names]
    return candidates_name(drawn, territory, partial(texts.say, language), "gpkg", kind)


def test_a_drawing_is_called_by_its_name(territory):
    assert called(territory, "Lamas – Bajo Mayo") == "lamas-bajo-mayo_conglomerado_2026-11-29.gpkg"
    assert called(territory, "Lamas – Bajo Mayo", language="en") == "lamas-bajo-mayo_cluster_2026-11-29.gpkg"


def test_one_without_a_name_is_called_by_its_province(territory):
    assert called(territory, "  ", language="es") == "lamas_conglomerado_2026-11-29.gpkg"


def test_of_several_the_first_are_named_and_the_others_counted(territory):
    assert called(territory, "Ríos", "Ñandú") == "rios-nandu_conglomerados_2026-11-29.gpkg"
    assert called(territory, "A1", "B2", "C3") == "a1-y-2-mas_conglomerados_2026-11-29.gpkg"
    assert called(territory, "A1", "B2", "C3", language="en") == "a1-and-2-more_clusters_2026-11-29.gpkg"
    assert called(territory, "A1", "B2", kind="file.comparison") == "a1-b2_comparacion_2026-11-29.gpkg"


def test_nothing_to_name_still_makes_a_name(territory):
    nothing = candidates_name([Candidate()], territory, partial(texts.say, "es"), "csv")
    assert nothing == "conglomerado_2026-11-29.csv"


@given(st.text())
def test_every_name_is_one_that_every_disk_takes(text):
    name = file_name(text, "conglomerado", "gpkg", clock.day_of(LATE))
    assert len(name) <= 100
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.") and name.count(".") == 1
    assert not name.startswith(("-", "_", "."))
