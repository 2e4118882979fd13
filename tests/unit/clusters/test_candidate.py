"""A candidate never changes, and its edits undo each other."""

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.clusters.model.candidate import Candidate, from_proposal
from geodata.model.dataset import default

UBIGEOS = sorted(default().territory.districts)
some = st.frozensets(st.sampled_from(UBIGEOS), max_size=30)
one = st.sampled_from(UBIGEOS)


@given(some, one)
def test_adding_then_taking_away_gives_back_the_same(ubigeos, ubigeo):
    candidate = Candidate(ubigeos - {ubigeo})
    assert candidate.add(ubigeo).remove(ubigeo) == candidate


@given(some, one, one)
def test_the_order_of_edits_does_not_matter(ubigeos, a, b):
    candidate = Candidate(ubigeos)
    assert candidate.add(a).add(b) == candidate.add(b).add(a) == candidate.add(a, b)


def test_an_edit_leaves_the_one_before_alone():
    before = Candidate(frozenset(["220501"]), name="Lamas")
    after = replace(before.add("220505"), services={"education"}, note="revisar", phase=2)
    assert before == Candidate(frozenset(["220501"]), name="Lamas")
    assert (after.name, after.note, after.phase, len(after)) == ("Lamas", "revisar", 2, 2)
    with pytest.raises(FrozenInstanceError):
        before.name = "otro"


def test_a_candidate_can_be_kept_in_a_set():
    assert len({Candidate(frozenset(["220501"])), Candidate(["220501"])}) == 1


@pytest.mark.parametrize("wrong", ["22050", "2205011", "22050a", "٢٢٠٥٠١", ""])
def test_codes_that_are_not_six_digits_are_refused(wrong):
    with pytest.raises(ValueError, match="six-digit"):
        Candidate(frozenset(["220501", wrong]))


def test_a_number_is_not_a_code():
    with pytest.raises(ValueError, match="six-digit"):
        Candidate(frozenset([220501]))


def test_unknown_services_and_phases_are_refused():
    with pytest.raises(ValueError, match="salud"):
        Candidate(services=frozenset(["salud"]))
    with pytest.raises(ValueError, match="phase"):
        Candidate(phase=0)


def test_a_candidate_knows_its_departments_and_provinces():
    candidate = Candidate(["220802", "220104", "010101"])
    assert candidate.departments == ("01", "22")
    assert candidate.provinces == ("0101", "2201", "2208")


def test_a_candidate_from_a_proposal_stands_in_its_place(dataset):
    proposal = dataset.proposals[0]
    candidate = from_proposal(proposal)
    assert candidate.replaces == proposal.id
    assert candidate.ubigeos == proposal.ubigeos and candidate.services == proposal.services
