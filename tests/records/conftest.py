"""What the tests of the record share: a fresh store on each kind of database, people of each role, and words.

Every test that asks for `store` runs twice, against SQLite and against PostgreSQL. A PostgreSQL that cannot be started
fails them: it is never skipped.
"""

from functools import partial

import pytest

from dashboard import texts
from dashboard.records.actors import Actor
from dashboard.records.store import open_store
from tests.records import postgres
from tests.records.databases import Clock, PostgresDatabases, SqliteDatabases

KINDS = ("sqlite", "postgresql")


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


@pytest.fixture(scope="session")
def people():
    """One person of each role; those of a department are of San Martín (22)."""
    made = {role: Actor(f"id-{role}", f"Persona {role}", role) for role in ("reader", "secretariat", "leadership")}
    made["administrator"] = Actor("id-administrator", "Persona administrator", "administrator")
    made["coordinator"] = Actor("id-coordinator", "Persona coordinator", "coordinator", "22")
    made["regional"] = Actor("id-regional", "Persona regional", "regional", "22")
    return made


@pytest.fixture(scope="session", params=texts.LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="session")
def say(language):
    return partial(texts.say, language)
