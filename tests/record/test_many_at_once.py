"""Many at once, and killed in the midst of it: no save is lost or half kept, and nothing but a conflict is told."""

import multiprocessing
import random
import signal
import threading
import time

import pytest
from sqlalchemy import text

from dashboard.records.admin import audit
from dashboard.records.core.actors import Actor
from dashboard.records.core.errors import Conflict
from dashboard.records.core.store import Store, make_engine
from dashboard.records.opening import open_store
from dashboard.records.proposals import proposals
from tests.record import writing
from tests.record.databases import Clock
from tests.record.drawn import ME, PICOTA

PEOPLE, SAVES_EACH = 50, 6
ROUNDS = 25  # as many processes as there are IDS are killed in each
SHORTEST, LONGEST = 0.0, 0.03  # seconds from a writer's first answer until it is killed
IDS = ["lamas", "tambopata", "condorcanqui", "coronel-portillo"]


@pytest.fixture(scope="module")
def nursery():
    """Processes forked from one that has imported everything."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.record.writing"])
    return context


def test_fifty_people_save_at_once_and_none_of_it_is_lost(store):
    saved, wrong, conflicts = [], [], []
    together = threading.Barrier(PEOPLE)

    def work(n):
        who, chance = Actor(f"p{n}", f"Persona {n}", "leadership"), random.Random(n)
        together.wait()
        for turn in range(SAVES_EACH):
            id = chance.choice(IDS)
            current = proposals.get(store, who, id)
            while True:
                try:
                    proposals.edit(store, who, id, current.version, {"note": f"{current.note}|{n}.{turn}"})
                    saved.append((id, f"{n}.{turn}"))
                    break
                except Conflict as told:
                    conflicts.append(told)
                    current = told.theirs
                except Exception as error:
                    wrong.append(repr(error))
                    return

    threads = [threading.Thread(target=work, args=(n,)) for n in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(saved) == PEOPLE * SAVES_EACH
    for id in IDS:
        marks = proposals.get(store, ME, id).note.split("|")[1:]
        # every save is in the text that the next one started from: nothing was overwritten
        assert sorted(marks) == sorted(mark for at, mark in saved if at == id)
    assert sum(proposals.get(store, ME, id).version - 1 for id in IDS) == len(saved)
    assert audit.audit(store).faults == ()
    assert conflicts, "nobody met anybody: the test says nothing"


def test_processes_save_at_once_and_none_of_it_is_lost(databases, dataset, nursery):
    url = databases.url()
    ends = [nursery.Pipe(duplex=False) for _ in range(4)]
    workers = [nursery.Process(target=writing.save_many, args=(url, IDS[:2], 15, end)) for _, end in ends]
    for worker in workers:
        worker.start()
    results = [ear.recv() for ear, _ in ends]
    for worker in workers:
        worker.join()
    assert [wrong for _, wrong in results] == [[]] * 4
    store = open_store(url, dataset)
    for id in IDS[:2]:
        wanted = sorted(mark for saved, _ in results for at, mark in saved if at == id)
        assert sorted(proposals.get(store, ME, id).note.split()) == wanted
    assert audit.audit(store).faults == ()
    store.close()


def test_a_server_killed_a_hundred_times_loses_no_answered_save(databases, dataset, nursery):
    url, chance, answered, killed = databases.url(), random.Random(5), [], 0
    for _ in range(ROUNDS):
        # each on a proposal of its own: on one, the slower would only ever be told of conflicts
        writers = [(id, *nursery.Pipe(duplex=False)) for id in IDS]
        workers = [nursery.Process(target=writing.save_until_killed, args=(url, id, end)) for id, _, end in writers]
        for worker, (_, _, end) in zip(workers, writers, strict=True):
            worker.start()
            end.close()
        for worker, (id, ear, _) in zip(workers, writers, strict=True):
            assert ear.poll(20), "a writer after the last kill does not get to write"
            time.sleep(chance.uniform(SHORTEST, LONGEST))
            worker.kill()
            worker.join()
            killed += worker.exitcode == -signal.SIGKILL
            answered += [(id, *answer) for answer in _drain(ear)]
    assert killed == len(IDS) * ROUNDS == 100
    store = open_store(url, dataset)  # opens clean
    kept = {(id, e.version): e.after["note"] for id in IDS for e in proposals.history(store, ME, id)}
    assert [(id, version) for id, version, note in answered if kept.get((id, version)) != note] == []
    assert len(answered) >= killed
    assert audit.audit(store).faults == ()
    if store.is_sqlite:
        with store.engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    store.close()


def _drain(ear) -> list[tuple[int, str]]:
    found = []
    try:
        while ear.poll(0):
            found.append(ear.recv())
    except (EOFError, OSError):  # the last answer was cut short by the kill: it was not given
        pass
    return found


def test_a_request_sent_by_many_at_once_is_done_once(store):
    made, wrong, together = [], [], threading.Barrier(12)
    content = {"name": "Doble", "ubigeos": PICOTA, "phase": 2}

    def work():
        together.wait()
        try:
            made.append(proposals.create(store, ME, content, key="the-same"))
        except Exception as error:
            wrong.append(repr(error))

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(set(map(repr, made))) == 1 and len(made) == 12
    assert len(proposals.listing(store, ME)) == 8


def test_processes_that_start_at_once_all_find_a_database_that_is_up_to_date(sqlite_databases, dataset):
    url, wrong, together = sqlite_databases.url(fresh=True), [], threading.Barrier(8)

    def work():
        together.wait()
        try:
            open_store(url, dataset, now=Clock()).close()
        except Exception as error:
            wrong.append(repr(error))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    store = Store(make_engine(url), dataset)
    assert len(proposals.listing(store, ME)) == 7
    assert audit.audit(store).entries == 7
    store.close()
