"""The jobs on disk: laid down once, taken by one, let go when nobody asks, given up when solvers die of them."""

import os
import time

import pytest

from dashboard.web.jobs import jobs
from dashboard.web.jobs.jobs import Attention, Spool

WANTED = {"edition": "e", "wanted": {"objective": "affected"}}


@pytest.fixture
def started(monkeypatch):
    """Note how often a solver would be started, and start none."""
    calls = []

    class Process:
        def __init__(self, command, **_):
            calls.append(command)
            self.pid = 1000 + len(calls)

    monkeypatch.setattr(jobs.subprocess, "Popen", Process)
    return calls


@pytest.fixture
def spool(tmp_path, started):
    return Spool(tmp_path)


def age(path, seconds):
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_what_is_asked_for_waits_and_is_taken_by_one_alone(spool):
    assert spool.ask("k", WANTED).status == "waiting"
    spool.sign("1", "free")
    assert (spool.claim("1"), spool.claim("2")) == ("k", None)
    assert spool.wanted("k") == WANTED
    spool.progress("k", "solve", 0.5)
    stage = spool.ask("k", WANTED)
    assert (stage.status, stage.doing, stage.share, stage.is_final) == ("working", "solve", 0.5, False)
    assert stage.seconds < jobs.DEAD_AFTER_S


@pytest.mark.parametrize("status", jobs.FINAL)
def test_an_answer_stays_for_whoever_asks_later(spool, status):
    spool.ask("k", WANTED)
    spool.claim("1")
    spool.finish("k", {"status": status, "value": 3})
    stage = spool.ask("k", WANTED)
    assert (stage.status, stage.answer["value"], stage.is_final) == (status, 3, True)
    assert spool.claim("2") is None


def test_the_job_that_has_waited_longest_comes_first(spool, tmp_path):
    for key, seconds in (("young", 1), ("old", 5)):
        spool.ask(key, WANTED)
        age(tmp_path / "jobs" / key / "wanted.json", seconds)
    assert [spool.claim("1"), spool.claim("1")] == ["old", "young"]


def test_a_job_that_nobody_asks_for_is_abandoned_and_taken_up_again_when_somebody_does(spool, tmp_path):
    now = [0.0]
    spool.ask("k", WANTED)
    spool.claim("1")
    attention = Attention(spool, "k", lambda: now[0])
    now[0] += jobs.ABANDONED_AFTER_S + 1
    age(tmp_path / "jobs" / "k" / "watched", jobs.ABANDONED_AFTER_S + 1)  # asked for once more
    assert not attention.is_over()
    now[0] += jobs.ABANDONED_AFTER_S
    assert not attention.is_over()
    now[0] += 1
    assert attention.is_over()
    spool.let_go("k")
    assert spool.claim("2") is None
    assert spool.ask("k", WANTED).status == "waiting"
    assert spool.claim("2") == "k"


def test_a_job_whose_solver_died_waits_anew_and_has_failed_after_the_second(spool, tmp_path):
    job = tmp_path / "jobs" / "k"
    for solver in ("1", "2"):
        assert spool.ask("k", WANTED).status == "waiting"
        spool.sign(solver, "busy")
        assert spool.claim(solver) == "k"
        assert spool.ask("k", WANTED).status == "working"
        age(tmp_path / "solvers" / solver, jobs.DEAD_AFTER_S + 1)
        age(job / "claimed", jobs.DEAD_AFTER_S + 1)
    assert spool.ask("k", WANTED).status == "failed"
    assert spool.claim("3") is None
    spool.forget("k")
    assert spool.ask("k", WANTED).status == "waiting"


def test_a_solver_is_started_only_where_none_is_free_and_never_too_many(spool, started, tmp_path):
    spool.ask("a", WANTED)
    assert len(started) == 1
    spool.ask("b", WANTED)  # the first is free still
    assert len(started) == 1
    spool.sign("1001", "busy")
    spool.ask("b", WANTED)
    assert len(started) == 2
    spool.sign("1002", "busy")
    spool.ask("c", WANTED)
    assert len(started) == jobs.MOST_SOLVERS
    age(tmp_path / "solvers" / "1001", jobs.DEAD_AFTER_S + 1)
    spool.ask("c", WANTED)
    assert len(started) == jobs.MOST_SOLVERS + 1


def test_a_file_that_is_just_being_written_is_not_taken_for_a_fault(spool, tmp_path):
    spool.ask("k", WANTED)
    (tmp_path / "jobs" / "k" / "claimed").write_text("")  # taken, its taker not yet named
    assert spool.ask("k", WANTED).status == "working"
    (tmp_path / "jobs" / "k" / "progress.json").write_text("{")
    assert spool.ask("k", WANTED).doing == ""


# ---- a clock that is set, and files that other hands have altered

HOUR = 3600


def test_a_clock_set_back_stops_no_plan(spool, started, tmp_path):
    """What was written before is of a moment that has not come: of the dead it is no sign of life."""
    spool.ask("k", WANTED)
    spool.claim("1001")
    spool.sign("1001", "free")
    for path in (tmp_path / "solvers" / "1001", *(tmp_path / "jobs" / "k").iterdir()):
        age(path, -HOUR)
    stage = spool.ask("k", WANTED)
    assert stage.status == "waiting" and len(started) == 2
    assert spool.claim("1002") == "k"


def test_a_solver_at_work_stays_at_it_when_the_clock_is_set(spool, tmp_path):
    spool.ask("k", WANTED)
    spool.claim("1")
    attention = Attention(spool, "k")
    for seconds in (-HOUR, HOUR):
        age(tmp_path / "jobs" / "k" / "watched", seconds)
        assert not attention.is_over()
    age(tmp_path / "jobs" / "k" / "claimed", -HOUR)
    spool.sign("1", "busy")  # as it does all the while
    stage = spool.state("k")
    assert (stage.status, stage.seconds) == ("working", 0.0)


@pytest.mark.parametrize("damage", ["", "{", "[]", "5", "\ufffd", '{"status": "?"}'])
def test_what_was_damaged_is_laid_down_and_solved_anew(spool, tmp_path, damage):
    spool.ask("k", WANTED)
    spool.claim("1")
    spool.finish("k", {"status": "done"})
    for name in ("wanted", "answer", "progress"):
        (tmp_path / "jobs" / "k" / f"{name}.json").write_text(damage)
    spool.ask("k", WANTED)
    assert spool.ask("k", WANTED).status == "waiting"
    assert spool.claim("2") == "k"
    assert spool.wanted("k") == WANTED


def test_old_answers_make_room(spool, tmp_path, monkeypatch):
    monkeypatch.setattr(jobs, "MOST_KEPT", 3)
    for n in range(5):
        spool.ask(f"k{n}", WANTED)
        age(tmp_path / "jobs" / f"k{n}" / "watched", 1000 - n)
    spool.ask("last", WANTED)
    assert sorted(path.name for path in (tmp_path / "jobs").glob("*")) == ["k2", "k3", "k4", "last"]


def test_a_key_is_a_short_name_for_a_folder_and_differs_with_what_is_asked():
    assert jobs.key_of("a") != jobs.key_of("b")
    assert jobs.key_of("x" * 9999).isalnum()
