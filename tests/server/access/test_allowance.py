"""Hold that one person cannot ask for so much of what costs much that others wait, and is told when there is more."""

import re
from datetime import timedelta

import pytest
from limits import parse

from dashboard import texts
from dashboard.records.core.actors import Actor, local_actor
from dashboard.web import request
from dashboard.web.access import allowance
from dashboard.web.access.allowance import EXPORT, PLAN, Spent, spend
from dashboard.web.jobs.jobs import Spool
from dashboard.web.request import words_of
from geodata.shared import clock
from tests.server.access import redis_server
from tests.server.access.conftest import ask, enter

TABLE = allowance.allowed
ANA, LUIS = Actor("1", "Ana", "reader"), Actor("2", "Luis", "reader")


@pytest.fixture(autouse=True)
def nothing_spent(monkeypatch):
    """Each test begins with all of it, and there is little."""
    allowance._apart.cache_clear()
    allowance._shared.cache_clear()
    monkeypatch.setattr(allowance, "allowed", lambda: dict.fromkeys((PLAN, EXPORT), (parse("2 per hour"),)))
    yield
    allowance._apart.cache_clear()
    allowance._shared.cache_clear()


@pytest.fixture
def acting(monkeypatch):
    def act(actor: Actor) -> None:
        monkeypatch.setattr(request, "actor", lambda: actor)

    return act


def spend_all(what: str) -> None:
    for _ in range(2):
        spend(what)


def test_what_is_spent_is_told_with_when_there_is_more_and_is_nobody_elses(acting):
    acting(ANA)
    spend_all(PLAN)
    with pytest.raises(Spent) as error:
        spend(PLAN)
    assert clock.now() + timedelta(minutes=59) < error.value.until <= clock.now() + timedelta(minutes=61)
    spend(EXPORT)  # each is counted by itself
    acting(LUIS)
    spend(PLAN)


def test_whoever_works_alone_on_a_machine_is_not_bounded(acting):
    acting(local_actor())
    for _ in range(9):
        spend(PLAN)


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("what", ["plan", "pool", "export", "import"])
def test_the_sentence_names_the_minute_in_peru(language, what):
    error = Spent(what, clock.read("2013-03-15T19:04:05+00:00"))
    assert "14:05" in request.sentences(error, words_of(language))[0]


def test_the_table_bounds_each_of_them():
    found = TABLE()
    assert set(found) == {"plan", "pool", "export", "import", "live"} and all(found.values())


def test_processes_count_together_by_a_redis_and_each_for_itself_without(acting, monkeypatch):
    acting(ANA)
    with redis_server.server() as (url, process):
        monkeypatch.setenv("CACHE_REDIS_URL", url)
        spend(PLAN)
        allowance._shared.cache_clear()  # another process
        spend(PLAN)
        with pytest.raises(Spent):
            spend(PLAN)
        process.kill()
        process.wait()
        spend(PLAN)


def test_a_plan_that_is_not_allowed_is_not_laid_down_and_looking_costs_nothing(acting, tmp_path, monkeypatch):
    monkeypatch.setattr(Spool, "_start_solver", lambda self: None)
    acting(ANA)
    spool = Spool(tmp_path, before_new=lambda: spend(PLAN))
    for _ in range(5):
        spool.ask("a", {})
    spool.ask("b", {})
    with pytest.raises(Spent):
        spool.ask("c", {})
    assert {path.name for path in (tmp_path / "jobs").iterdir()} == {"a", "b"}
    assert spool.ask("a", {}).status == "waiting"


def test_files_are_refused_in_a_sentence_with_when(served):
    client, _ = enter(served, "reader")
    answers = [ask(served, "/cobertura/imprimir", client=client) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert re.search(r"desde las \d\d:\d\d", answers[2].text) and int(answers[2].headers["Retry-After"]) > 3000
    told = ask(served, "/cobertura/imprimir", client=client, headers={"Accept": "application/json"})
    assert "Pidió muchos archivos seguidos" in told.json["said"]
    other, _ = enter(served, "leadership")
    assert ask(served, "/cobertura/imprimir", client=other).status_code == 200


def test_the_one_person_of_a_machine_is_not_bounded_at_addresses(local):
    assert {ask(local, "/cobertura/imprimir").status_code for _ in range(5)} == {200}
