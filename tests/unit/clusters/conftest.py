"""What the tests of the domain share: the default data set, the first proposals, a speaker of each language."""

from functools import partial

import pytest

from dashboard import texts
from dashboard.clusters.model.candidate import from_proposal
from dashboard.clusters.rules.rules import Context
from geodata.model.dataset import default


@pytest.fixture(scope="session")
def dataset():
    return default()


@pytest.fixture(scope="session")
def territory(dataset):
    return dataset.territory


@pytest.fixture(scope="session")
def context(dataset):
    return Context.of(dataset)


@pytest.fixture(scope="session")
def proposals(dataset):
    """The first proposals by name, as candidates."""
    return {proposal.name: from_proposal(proposal) for proposal in dataset.proposals}


@pytest.fixture(scope="session", params=texts.LANGUAGES)
def say(request):
    return partial(texts.say, request.param)


@pytest.fixture(scope="session")
def say_es():
    return partial(texts.say, "es")
