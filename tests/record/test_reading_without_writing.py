"""Reading goes on where nothing can be written, and saving is refused in a sentence, in bounded time."""

import errno
import fcntl
import os
import threading
from datetime import timedelta

import pytest
from sqlalchemy import event, text

from dashboard.records.core.obstacles import BUSY, DISK_FULL, READ_ONLY, CannotSave, obstacle
from dashboard.records.core.queue import Patience, Turns
from dashboard.records.opening import open_store
from dashboard.records.people import accounts, sharing, visits
from dashboard.records.proposals import proposals
from dashboard.records.proposals.overview import Watch
from tests.record.drawn import ME, draw

PASSWORD = "paiche-y-camu-camu"
ANA = {"login": "ana", "name": "Ana Ríos", "role": "coordinator", "department": "22"}


def stop_writes(store):
    """Make the database one that can only be read: a disk that is full, a standby."""
    store.engine.dispose()
    if store.is_sqlite:

        @event.listens_for(store.engine, "connect")
        def limit(connection, _record):
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages}")

        return DISK_FULL
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'ALTER DATABASE "{store.engine.url.database}" SET default_transaction_read_only = on'))
    store.engine.dispose()
    return READ_ONLY


def fill(store):
    """Save until nothing more can be saved; return why."""
    with pytest.raises(CannotSave) as refused:
        for n in range(2000):  # a page that is not full yet may take some more
            draw(store, name=f"Picota {n} " + "x" * 60)
    return refused.value.reason


def test_where_nothing_can_be_saved_it_is_said_why_and_all_can_be_read(store, say):
    reason = stop_writes(store)
    assert fill(store) == reason
    kept = Watch(store).now().proposals
    assert len(kept) >= len(store.dataset.proposals)
    assert proposals.get(store, ME, "lamas").name == "Lamas"
    assert proposals.history(store, ME, "lamas")
    sentence = say(CannotSave(reason).message)
    assert sentence and not sentence.startswith("records.")
    assert store.standing_obstacle.reason == reason


def test_who_is_signed_in_stays_so_for_as_long_as_there_are_signs_of_life(store, clock):
    accounts.create_account(store, ME, ANA, PASSWORD)
    token, actor = visits.sign_in(store, "ana", PASSWORD)
    stop_writes(store)
    fill(store)
    for _ in range(9):  # more than the hour after which a session without a sign of life ends
        clock.pass_by(minutes=20)
        assert visits.actor_of(store, token) == actor
    clock.pass_by(**{"minutes": 61})
    assert visits.actor_of(store, token) is None


def test_a_shared_page_can_be_read_where_nothing_can_be_saved(store):
    values = {"scope": "coverage", "label": "Oficio 12", "expires_on": (store.today + timedelta(days=9)).isoformat()}
    token, made = sharing.share(store, ME, values)
    stop_writes(store)
    fill(store)
    assert sharing.open_share(store, token) == made


def test_a_record_that_is_up_to_date_opens_where_nothing_can_be_saved(store):
    stop_writes(store)
    fill(store)
    again = open_store(store.engine.url.render_as_string(hide_password=False), store.dataset)
    assert Watch(again).now().proposals == Watch(store).now().proposals
    again.close()


def test_what_could_not_be_saved_is_no_longer_told_once_something_could(store, clock):
    store.obstacles[:] = [(store.now(), CannotSave(DISK_FULL))]
    assert store.standing_obstacle.reason == DISK_FULL
    draw(store)
    assert store.standing_obstacle is None
    store.obstacles[:] = [(store.now(), CannotSave(DISK_FULL))]
    clock.pass_by(minutes=3)
    assert store.standing_obstacle is None


def test_another_program_that_holds_the_database_stops_no_reader_and_every_writer_in_bounded_time(sqlite_store):
    store = sqlite_store
    with store.engine.execution_options(writes=True).connect() as holder, holder.begin():
        holder.execute(text("UPDATE proposal SET name = name"))
        assert Watch(store).now().proposals
        store.engine.dispose()
        event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=20"))
        with pytest.raises(CannotSave) as refused:
            draw(store)
    assert refused.value.reason == BUSY
    draw(store)


def hold(path):
    """Take the turn as another process would; return what gives it back."""
    file = os.open(path, os.O_RDWR | os.O_CREAT)
    fcntl.flock(file, fcntl.LOCK_EX)
    return lambda: os.close(file)


def test_nobody_waits_for_a_turn_for_ever(tmp_path):
    turns = Turns(tmp_path / "record", Patience(long_s=0.05, short_s=0.05, most=1))
    give_back = hold(turns.path)
    with pytest.raises(CannotSave), turns.take():
        raise AssertionError("it is another's turn")
    give_back()
    for _ in range(3):
        with turns.take():
            pass


def test_only_a_few_wait_for_long_so_that_readers_have_threads(tmp_path):
    turns = Turns(tmp_path / "record", Patience(long_s=60, short_s=0.01, most=1))
    give_back = hold(turns.path)
    done = []

    def wait():
        with turns.take():
            done.append("long")

    long = threading.Thread(target=wait)
    long.start()
    while turns._places.acquire(blocking=False):  # until the first waits
        turns._places.release()
    with pytest.raises(CannotSave), turns.take():
        raise AssertionError("only one may wait for long")
    assert not done
    give_back()
    long.join()
    assert done == ["long"]


def test_a_turn_that_was_given_up_is_not_kept_by_who_left(tmp_path):
    path = tmp_path / "record"
    impatient, patient = Turns(path, Patience(0.02, 0.02, 1)), Turns(path)
    give_back = hold(impatient.path)
    for _ in range(5):
        with pytest.raises(CannotSave), impatient.take():
            raise AssertionError("it is another's turn")
    give_back()
    with patient.take():
        pass


@pytest.mark.parametrize("number, reason", [(errno.ENOSPC, DISK_FULL), (errno.EROFS, READ_ONLY), (errno.ENOENT, None)])
def test_what_the_system_says_of_a_disk_is_understood(number, reason):
    found = obstacle(OSError(number, "said"))
    assert (found.reason if found else None) == reason


def test_a_fault_of_the_program_is_not_taken_for_a_full_disk(store):
    with pytest.raises(Exception) as error:
        store.write(lambda session: session.execute(text("SELECT nonsense FROM nowhere")))
    assert not isinstance(error.value, CannotSave)
    assert store.standing_obstacle is None
