"""What tests of who may come in share: an application with a record of its own, with and without accounts."""

import pytest
from argon2 import PasswordHasher

from dashboard.app import create_app
from dashboard.records.core.actors import local_actor
from dashboard.records.people import accounts, visits
from dashboard.settings import PREFIX
from dashboard.web import request

KEY = "a key that is long enough to sign"
PASSWORD = "a password of some length"
HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8050"}
PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PEOPLE = {
    "reader": None, "coordinator": "22", "regional": "22", "secretariat": None, "leadership": None,
    "administrator": None,
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def quick_passwords():
    """Hashing is made slow on purpose; what it costs is looked at elsewhere."""
    kept = accounts.HASHER
    accounts.HASHER = visits.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield
    accounts.HASHER = visits.HASHER = kept


def _served(folder, patch, **wanted: str):
    """Make the application on a new record."""
    patch.setenv(f"{PREFIX}RECORDS", str(folder / "record.sqlite"))
    for name, value in wanted.items():
        patch.setenv(f"{PREFIX}{name}", value)
    request.forget_record()
    request.accounts_changed()
    return create_app().server


def _over():
    request.record().close()
    request.forget_record()
    request.accounts_changed()


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """A server without accounts."""
    with pytest.MonkeyPatch.context() as patch:
        yield _served(tmp_path_factory.mktemp("local"), patch)
        _over()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server with an account of each role, named like it."""
    with pytest.MonkeyPatch.context() as patch:
        server = _served(tmp_path_factory.mktemp("served"), patch, SECRET_KEY=KEY)
        for role, department in PEOPLE.items():
            values = {"login": role, "name": role.title(), "role": role, "department": department}
            accounts.create_account(request.record(), local_actor(), values, PASSWORD)
        request.accounts_changed()
        yield server
        _over()


def ask(server, path="/", method="GET", headers=None, client=None, **more):
    """Send a request as a browser of this machine does."""
    client = client or server.test_client()
    return client.open(path, method=method, headers=headers or PAGE, environ_overrides=HERE, **more)


def enter(server, login, password=PASSWORD):
    """Return a client after it tried to sign in, and the answer."""
    client = server.test_client()
    return client, ask(server, "/entrar", "POST", client=client, data={"login": login, "password": password})
