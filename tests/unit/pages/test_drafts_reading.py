"""Hold that what a browser sends of its candidates is read whole or refused, and nothing else happens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.clusters.model.candidate import SERVICES, Candidate
from dashboard.pages.kit import drafts
from geodata.model.dataset import default
from geodata.model.territory import UnknownUbigeo
from tests.unit.pages.garbage import anything, records

DATASET = default()
UBIGEOS = sorted(DATASET.territory.districts)
PROPOSALS = [p.id for p in DATASET.proposals]

SOUND = {
    "id": st.sampled_from(["c1", "c12", *(f"p:{p}" for p in PROPOSALS)]),
    "name": st.text(max_size=20),
    "ubigeos": st.lists(st.sampled_from(UBIGEOS), max_size=5),
    "services": st.lists(st.sampled_from(SERVICES), unique=True),
    "note": st.text(max_size=20),
    "phase": st.sampled_from([1, 2, 3]),
    "replaces": st.sampled_from([None, *PROPOSALS]),
}


@given(st.one_of(anything, records(SOUND)))
def test_whatever_is_sent_gives_a_candidate_or_is_refused(sent):
    try:
        found = drafts.candidate_of(sent, DATASET)
    except (drafts.BadDraft, UnknownUbigeo):
        return
    assert isinstance(found, Candidate)
    assert found.ubigeos <= set(UBIGEOS)
    assert len(found.name) <= drafts.NAME_LENGTH and len(found.note) <= drafts.NOTE_LENGTH
    assert found.services <= set(SERVICES)
    assert type(found.phase) is int and found.phase in (1, 2, 3)
    assert found.replaces is None or found.replaces in PROPOSALS


@given(st.fixed_dictionaries(SOUND))
def test_a_sound_candidate_is_read_as_it_was_sent(sent):
    found = drafts.candidate_of(sent, DATASET)
    assert found.ubigeos == set(sent["ubigeos"])
    assert (found.name, found.note, found.phase) == (sent["name"], sent["note"], sent["phase"])
    assert found.services == set(sent["services"])


def test_unknown_districts_are_named():
    with pytest.raises(UnknownUbigeo) as told:
        drafts.candidate_of({"ubigeos": ["220501", "999999", "160101"]}, DATASET)
    assert "999999" in str(told.value)
    assert "160101" not in str(told.value)


def test_a_proposal_is_not_its_own_rival():
    found = drafts.candidate_of({"id": f"p:{PROPOSALS[0]}", "ubigeos": UBIGEOS[:1]}, DATASET)
    assert found.replaces == PROPOSALS[0]


def test_a_proposal_that_does_not_exist_replaces_nothing():
    found = drafts.candidate_of({"id": "p:atlantis", "ubigeos": [], "replaces": "atlantis"}, DATASET)
    assert found.replaces is None


@given(st.one_of(anything, st.lists(st.one_of(st.integers(), st.floats()), min_size=2, max_size=2)))
def test_a_period_is_always_whole_years_on_record(sent):
    first, last = drafts.period_of(sent, DATASET)
    low, high = DATASET.screen_years
    assert type(first) is int and type(last) is int
    assert low <= first <= last <= high


def test_a_period_is_read_in_either_order():
    assert drafts.period_of([2015, 2010], DATASET) == drafts.period_of([2010, 2015], DATASET) == (2010, 2015)


@given(st.one_of(anything, records({"candidates": st.lists(st.one_of(anything, records(SOUND)), max_size=3)})))
def test_there_is_always_something_to_download(sent):
    found = drafts.chosen(sent, DATASET)
    assert found
    assert all(candidate.ubigeos for candidate in found)


def test_the_proposals_stand_in_where_nothing_is_drawn():
    for nothing in ({}, {"candidates": []}, {"candidates": [{"ubigeos": []}]}):
        assert {c.name for c in drafts.chosen(nothing, DATASET)} == {p.name for p in DATASET.proposals}


def test_no_more_candidates_are_read_than_a_browser_may_hold():
    many = {"candidates": [{"ubigeos": [u]} for u in (UBIGEOS * 3)[: drafts.MOST_CANDIDATES + 1]]}
    assert len(drafts.chosen(many, DATASET)) == drafts.MOST_CANDIDATES
