"""Plans that several tests look at, solved once."""

import pytest

from dashboard.web.jobs import plan_request
from dashboard.web.jobs.__main__ import solve


@pytest.fixture(scope="session")
def answered(dataset):
    """Return a maker of answers to what is wanted; each is solved once."""
    known = {}

    def make(**sent):
        plain = plan_request.checked(sent, dataset.territory)
        key = repr(plain)
        if key not in known:
            known[key] = solve(plain, dataset, lambda doing, share: None)
        return known[key]

    return make
