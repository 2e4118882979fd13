"""What the tests of the record share: a fresh store on each kind of database, people of each role, and words.

Every test that asks for `store` runs twice, against SQLite and against PostgreSQL. A PostgreSQL that cannot be started
fails them: it is never skipped.
"""

from functools import partial

import pytest
from argon2 import PasswordHasher

from dashboard import texts
from dashboard.records.core.words import Words
from dashboard.records.opening import open_store
from dashboard.records.people import accounts, visits
from tests.record import postgres
from tests.record.databases import Clock, PostgresDatabases, SqliteDatabases

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session", autouse=True)
def quick_passwords():
    """Hashing is made slow on purpose; tests of accounts look at the real cost once."""
    kept, accounts.HASHER = accounts.HASHER, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    visits.NO_ONE = accounts.HASHER.hash("nobody has this password")
    yield kept
    accounts.HASHER = kept


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory, dataset):
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"), dataset)


@pytest.fixture(scope="session")
def postgresql_databases(dataset):
    with postgres.server() as address:
        yield PostgresDatabases(address, dataset)


@pytest.fixture(scope="session", params=KINDS)
def databases(request):
    return request.getfixturevalue(f"{request.param}_databases")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(databases, dataset, clock):
    """A store with the first proposals in it."""
    opened = open_store(databases.url(), dataset, now=clock)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(sqlite_databases, dataset, clock):
    """A store for what does not depend on the kind of database."""
    opened = open_store(sqlite_databases.url(), dataset, now=clock)
    yield opened
    opened.close()


@pytest.fixture(scope="session", params=texts.LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="session")
def say(language):
    return partial(texts.say, language)


def _words(language):
    return Words(partial(texts.say, language), lambda v, decimals: texts.number(v, language, decimals), language)


@pytest.fixture(scope="session")
def words():
    return _words("es")


@pytest.fixture(scope="session")
def both_words(language):
    """The words of each language: what asks for it runs twice."""
    return _words(language)
