"""Signing in: passwords that cannot be read back, sessions that end, attempts that are limited."""

import threading
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from dashboard.records.admin import audit
from dashboard.records.core.actors import Actor
from dashboard.records.core.errors import BadInput, Conflict, Refused
from dashboard.records.core.history import entries
from dashboard.records.people import accounts, attempts, sharing, visits
from dashboard.records.proposals import proposals
from tests.record.drawn import ME

PASSWORD = "paiche-y-camu-camu"
ANA = {"login": "Ana.Rios", "name": "Ana Ríos", "role": "coordinator", "department": "22"}


@pytest.fixture
def ana(store):
    return accounts.create_account(store, ME, ANA, PASSWORD)


def reason(error):
    return error.value.reason


def test_an_account_signs_in_and_is_who_it_is(store, ana):
    token, actor = visits.sign_in(store, " ana.RIOS ", PASSWORD)
    assert actor == Actor(ana.id, "Ana Ríos", "coordinator", "22")
    assert visits.actor_of(store, token) == actor
    assert accounts.count_accounts(store) == 1


def test_passwords_and_tokens_are_nowhere_in_the_database(store, ana):
    token, _ = visits.sign_in(store, "ana.rios", PASSWORD)
    with store.engine.connect() as connection:
        for table in ("account", "visit", "entry", "attempt"):
            rows = repr(connection.execute(text(f"SELECT * FROM {table}")).all())
            assert PASSWORD not in rows and token not in rows
            assert table == "account" or "argon2" not in rows
        assert connection.execute(text("SELECT password FROM account")).scalar().startswith("$argon2id$")


def test_hashing_costs_what_its_authors_advise(quick_passwords):
    assert quick_passwords.type.name == "ID"
    assert quick_passwords.memory_cost >= 19_456 and quick_passwords.time_cost >= 2


def test_a_hash_of_another_cost_is_renewed_when_its_owner_signs_in(store, ana, monkeypatch):
    def kept() -> str:
        with store.engine.connect() as connection:
            return connection.execute(text("SELECT password FROM account")).scalar()

    before = kept()
    visits.sign_in(store, "ana.rios", PASSWORD)
    assert kept() == before
    monkeypatch.setattr(accounts, "HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    with pytest.raises(Refused):
        visits.sign_in(store, "ana.rios", "another password")
    assert kept() == before
    visits.sign_in(store, "ana.rios", PASSWORD)
    assert "m=16,t=2" in kept()
    visits.sign_in(store, "ana.rios", PASSWORD)
    assert audit.audit(store).faults == ()


@pytest.mark.parametrize("token", ["", "x", None, 7, "x" * 10_000, "\x00", "\ud800"])
def test_a_forged_token_is_nobody(store, ana, token):
    visits.sign_in(store, "ana.rios", PASSWORD)
    assert visits.actor_of(store, token) is None
    assert sharing.open_share(store, token) is None


def test_a_wrong_login_and_a_wrong_password_get_the_same_answer(store, ana):
    for login, password in (("ana.rios", "x"), ("nobody", PASSWORD), (None, None), ("ana.rios", "x" * 10_000)):
        with pytest.raises(Refused) as error:
            visits.sign_in(store, login, password)
        assert reason(error) == "wrong_login"


# ---- sessions end


def test_a_session_ends_when_one_signs_out_when_idle_and_in_any_case(store, ana, clock):
    token, actor = visits.sign_in(store, "ana.rios", PASSWORD)
    visits.sign_out(store, token)
    assert visits.actor_of(store, token) is None

    idle, _ = visits.sign_in(store, "ana.rios", PASSWORD)
    clock.pass_by(minutes=59)
    assert visits.actor_of(store, idle) == actor
    clock.pass_by(minutes=59)  # seen in between, so not idle for an hour
    assert visits.actor_of(store, idle) == actor
    clock.pass_by(minutes=61)
    assert visits.actor_of(store, idle) is None

    busy, _ = visits.sign_in(store, "ana.rios", PASSWORD)
    for _ in range(24):
        assert visits.actor_of(store, busy) == actor
        clock.pass_by(minutes=30)
    assert visits.actor_of(store, busy) is None
    assert timedelta(hours=12) == visits.ENDS_AFTER


def test_changing_or_closing_an_account_ends_its_sessions(store, ana):
    token, _ = visits.sign_in(store, "ana.rios", PASSWORD)
    changed = accounts.change_account(store, ME, ana.id, 1, {"role": "reader", "department": None})
    assert visits.actor_of(store, token) is None
    token, actor = visits.sign_in(store, "ana.rios", PASSWORD)
    assert (actor.role, actor.department) == ("reader", None)
    accounts.change_account(store, ME, ana.id, changed.version, {"active": False})
    assert visits.actor_of(store, token) is None
    with pytest.raises(Refused):
        visits.sign_in(store, "ana.rios", PASSWORD)


def test_a_new_password_ends_all_sessions_and_needs_the_old_one(store, ana):
    token, actor = visits.sign_in(store, "ana.rios", PASSWORD)
    with pytest.raises(Refused) as error:
        accounts.set_password(store, actor, ana.id, "otra-clave-muy-larga", "no es esta")
    assert reason(error) == "wrong_password"
    assert visits.actor_of(store, token) == actor
    accounts.set_password(store, actor, ana.id, "otra-clave-muy-larga", PASSWORD)
    assert visits.actor_of(store, token) is None
    with pytest.raises(Refused):
        visits.sign_in(store, "ana.rios", PASSWORD)
    visits.sign_in(store, "ana.rios", "otra-clave-muy-larga")


def test_the_history_says_that_a_password_was_set_and_not_which(store, ana):
    accounts.set_password(store, ME, ana.id, "otra-clave-muy-larga")
    with store.reading() as session:
        found = entries(session, accounts.ACCOUNT, ana.id)
    assert [e.action for e in found] == ["create", "password"]
    assert "password" not in found[0].after and found[1].before["login"] == "ana.rios"


# ---- attempts


def fail(store, login, times, **place):
    """Fail so many times; return the reasons."""
    told = []
    for _ in range(times):
        with pytest.raises(Refused) as error:
            visits.sign_in(store, login, "no", **place)
        told.append(reason(error))
    return told


OFFICE, HOME = {"address": "10.0.0.7"}, {"address": "190.40.1.2"}


def test_after_five_failures_one_waits_longer_each_time_and_is_told_how_long(store, ana, clock):
    assert fail(store, "ana.rios", attempts.FREE, **OFFICE) == ["wrong_login"] * attempts.FREE
    for minutes in (1, 2, 4, 8, 15, 15):
        with pytest.raises(Refused) as error:
            visits.sign_in(store, "ANA.rios", PASSWORD, **OFFICE)  # even with the right one
        assert (reason(error), error.value.fields["minutes"]) == ("locked", minutes)
        clock.pass_by(minutes=minutes)
        assert fail(store, "ana.rios", 1, **OFFICE) == ["wrong_login"]
    clock.pass_by(minutes=15)
    visits.sign_in(store, "ana.rios", PASSWORD, **OFFICE)
    assert fail(store, "ana.rios", attempts.FREE, **OFFICE) == ["wrong_login"] * attempts.FREE


def test_waiting_out_a_day_forgets_the_failures(store, ana, clock):
    fail(store, "ana.rios", attempts.FREE, **OFFICE)
    clock.pass_by(days=1, seconds=1)
    assert fail(store, "ana.rios", attempts.FREE, **OFFICE) == ["wrong_login"] * attempts.FREE


def test_who_fails_from_one_address_keeps_nobody_out_elsewhere(store, ana):
    fail(store, "ana.rios", attempts.FREE + 20, **OFFICE)
    visits.sign_in(store, "ana.rios", PASSWORD, **HOME)
    with pytest.raises(Refused):
        visits.sign_in(store, "ana.rios", PASSWORD, **OFFICE)


def test_who_fails_in_an_office_keeps_no_colleague_out(store, ana):
    for n in range(20):
        fail(store, f"login{n}", attempts.FREE, **OFFICE)
    visits.sign_in(store, "ana.rios", PASSWORD, **OFFICE)


def test_a_known_device_does_not_wait_for_others_and_cannot_guess_either(store, ana):
    fail(store, "ana.rios", attempts.FREE + 1, **OFFICE)
    visits.sign_in(store, "ana.rios", PASSWORD, **OFFICE, device="laptop")
    assert fail(store, "ana.rios", attempts.FREE + 1, **OFFICE, device="laptop")[-1] == "locked"
    visits.sign_in(store, "ana.rios", PASSWORD, **OFFICE, device="phone")


def test_neighbours_of_one_subscriber_of_ipv6_are_one_place(store, ana):
    for n in range(attempts.FREE):
        fail(store, "ana.rios", 1, address=f"2001:db8:0:1::{n}")
    assert fail(store, "ana.rios", 1, address="2001:db8:0:1:ffff::9") == ["locked"]
    assert fail(store, "ana.rios", 1, address="2001:db8:0:2::9") == ["wrong_login"]


def test_an_administrator_lets_a_login_try_again_at_once_from_everywhere(store, ana):
    for place in (OFFICE, HOME):
        fail(store, "ana.rios", attempts.FREE, **place)
    assert accounts.waiting(store, ME) == {"ana.rios"}
    with pytest.raises(Refused):
        accounts.unlock(store, Actor("x", "X", "leadership"), ana.id)
    assert accounts.unlock(store, ME, ana.id) == 2
    assert accounts.waiting(store, ME) == frozenset()
    for place in (OFFICE, HOME):
        visits.sign_in(store, "ana.rios", PASSWORD, **place)


def test_attempts_made_at_once_are_all_counted(store, ana):
    together, told = threading.Barrier(8), []

    def attempt():
        together.wait()
        try:
            visits.sign_in(store, "ana.rios", "no", **OFFICE)
        except Refused as error:
            told.append(error.reason)

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["locked"] * (8 - attempts.FREE) + ["wrong_login"] * attempts.FREE


def test_a_success_forgets_the_failures_before_it(store, ana):
    for _ in range(3):
        for _ in range(attempts.FREE - 1):
            with pytest.raises(Refused):
                visits.sign_in(store, "ana.rios", "no")
        visits.sign_in(store, "ana.rios", PASSWORD)


def test_a_login_that_does_not_exist_is_locked_just_the_same(store):
    reasons = []
    for _ in range(attempts.FREE + 1):
        with pytest.raises(Refused) as error:
            visits.sign_in(store, "fantasma", "no")
        reasons.append(reason(error))
    assert reasons == ["wrong_login"] * attempts.FREE + ["locked"]


@pytest.mark.parametrize("login", ["\x00", "ana.rios\x00", "\u202eana.rios", "' OR '1'='1", "a" * 10_000, 7, ["ana"]])
def test_a_strange_login_is_a_wrong_one(store, ana, login):
    with pytest.raises(Refused) as error:
        visits.sign_in(store, login, PASSWORD)
    assert reason(error) == "wrong_login"


# ---- what an account may be


@pytest.mark.parametrize("change", [{"active": False}, {"role": "reader"}])
def test_the_last_administrator_stays_one(store, ana, change):
    root = accounts.create_account(store, ME, {"login": "root", "name": "R", "role": "administrator"}, PASSWORD)
    with pytest.raises(BadInput):
        accounts.change_account(store, ME, root.id, 1, change)
    renamed = accounts.change_account(store, ME, root.id, 1, {"name": "Rosa"})
    other = accounts.create_account(store, ME, {"login": "otra", "name": "O", "role": "administrator"}, PASSWORD)
    accounts.change_account(store, ME, root.id, renamed.version, change)
    with pytest.raises(BadInput):
        accounts.change_account(store, ME, other.id, other.version, change)


@pytest.mark.parametrize(
    ("changes", "password"),
    [
        ({}, "corta"), ({}, "x" * 300), ({}, "aaaaaaaaaaaaaaa"), ({"login": "ana.rios.quispe"}, "ana.rios.quispe"),
        ({"login": ""}, PASSWORD), ({"login": "ana rios"}, PASSWORD), ({"login": "a" * 65}, PASSWORD),
        ({"role": "king"}, PASSWORD), ({"department": None}, PASSWORD), ({"department": "99"}, PASSWORD),
        ({"role": "leadership"}, PASSWORD), ({"name": ""}, PASSWORD), ({"id": "x"}, PASSWORD),
        ({"active": 1}, PASSWORD), ({}, None),
    ],
)  # fmt: skip
def test_an_account_that_does_not_fit_is_refused(sqlite_store, changes, password):
    with pytest.raises(BadInput):
        accounts.create_account(sqlite_store, ME, {**ANA, **changes}, password)
    assert accounts.accounts(sqlite_store, ME) == ()


def test_a_login_is_given_once_however_it_is_written(store, ana):
    with pytest.raises(BadInput):
        accounts.create_account(store, ME, {**ANA, "login": "ＡＮＡ.rios"}, PASSWORD)
    luis = accounts.create_account(store, ME, {**ANA, "login": "luis"}, PASSWORD)
    with pytest.raises(BadInput):
        accounts.change_account(store, ME, luis.id, 1, {"login": "ana.rios"})
    with pytest.raises(Conflict):
        accounts.change_account(store, ME, ana.id, 1, {"name": "A"}) and accounts.change_account(
            store, ME, ana.id, 1, {"name": "B"}
        )


def test_what_a_signed_in_person_does_carries_their_name(store, ana):
    _, actor = visits.sign_in(store, "ana.rios", PASSWORD)
    edited = proposals.edit(store, actor, "lamas", 1, {"note": "De Ana"})
    last = proposals.history(store, actor, edited.id)[-1]
    assert (last.actor, last.actor_name, last.actor_role) == (ana.id, "Ana Ríos", "coordinator")
