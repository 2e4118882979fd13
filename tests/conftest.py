"""What tests of several rooms share: the default data set and how long a property may search."""

import os
import sys
import tempfile

import pytest
from hypothesis import HealthCheck, settings

from geodata.model.dataset import default

# what was imported on this machine must not change what tests see
os.environ["CONGLOMERADOS_STORE"] = os.path.join(tempfile.gettempdir(), f"conglomerados-no-store-{os.getpid()}")

# nor how busy this machine is: a plan is sought until it is proven
os.environ["CONGLOMERADOS_PLAN_SECONDS"] = "86400"

# nor may its record: every run has one of its own
_RECORD = tempfile.TemporaryDirectory(prefix="conglomerados-record-")
RECORD_OF_THE_RUN = os.environ["CONGLOMERADOS_RECORDS"] = os.path.join(_RECORD.name, "record.sqlite")
os.environ.pop("DATABASE_URL", None)

# the data set is large beside a single property: the time of one example says nothing
SLOW = [HealthCheck.too_slow]
settings.register_profile("project", deadline=None, suppress_health_check=SLOW, derandomize=True)
# the same tests with other examples each time, to look for what they have not found: HYPOTHESIS=explore make test
settings.register_profile("explore", deadline=None, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS", "project"))


@pytest.fixture(scope="session")
def dataset():
    return default()


@pytest.fixture(scope="session")
def territory(dataset):
    return dataset.territory


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the whole run."""
    from tests import chromium  # most tests need none

    with chromium.started() as started:
        yield started


@pytest.fixture(scope="module", autouse=True)
def process_as_it_was():
    """Hold that a module of tests leaves this process as it was: on the record of the run, which has no accounts, and
    on the data that ship. What is left behind fails tests that come much later, by the order in which they run."""
    yield
    request = sys.modules.get("dashboard.web.request")
    if request is None:  # nothing was served in this process yet
        return
    editions = sys.modules["dashboard.web.editions"]
    left = {
        "another record": os.environ["CONGLOMERADOS_RECORDS"] != RECORD_OF_THE_RUN,
        "accounts": request.count_accounts(request.opened_record()) > 0,
        "another edition": editions.served().in_use() is not default(),
    }
    assert not any(left.values()), left
