"""Checking changes nothing; importing makes a new edition or tells why not; all of it is found on the disk."""

import threading

import pytest

from dashboard.web.uploads import work
from dashboard.web.uploads.uploads import CHECK, FAILED, FINISHED, IMPORT, WORKING, Job, NotTaken, find
from geodata.editions import imports
from geodata.editions.store import SHIPPED
from tests.unit.geodata.small import CODES


def everything(folder):
    kept = (p for p in folder.rglob("*") if p.is_file() and "uploads" not in p.parts and p.name != "lock")
    return {str(p.relative_to(folder)): p.read_bytes() for p in kept}


def test_a_check_tells_what_would_change_and_changes_nothing(store, sent, until_ended):
    upload = sent()
    before = everything(store.folder)
    work.check(store, upload)
    assert until_ended(upload) == Job(CHECK, FINISHED)
    seen = upload.seen()
    assert seen.is_possible and seen.subject == "indicators" and seen.base == SHIPPED
    assert seen.report.counts()["changed"] > 0 and seen.report.rows_read == 1
    assert everything(store.folder) == before


def test_what_was_confirmed_is_in_use_and_the_file_is_gone(store, sent, until_ended):
    upload = sent()
    work.check(store, upload)
    until_ended(upload)
    work.bring_in(store, upload, "Ana")
    assert until_ended(upload) == Job(IMPORT, FINISHED)
    done = find(store.folder, upload.token).done()
    assert (done.status, done.before, done.undone) == (imports.NEW, SHIPPED, False)
    assert store.current_id() == done.edition != SHIPPED
    assert store.edition(done.edition).who == "Ana" and store.edition(done.edition).file == "cifras.csv"
    assert not upload.path.exists()


def test_questions_are_kept_once_answered_so_that_they_can_be_answered_otherwise(store, sent, until_ended):
    upload = sent(f"?\n{CODES[0]},2017,50")
    work.check(store, upload)
    until_ended(upload)
    assert [q.key for q in upload.seen().questions] == ["unit"] and not upload.seen().is_possible
    with pytest.raises(NotTaken):
        work.bring_in(store, upload, "Ana")
    upload.want("indicators", {"unit": "share"})
    work.check(store, upload)
    until_ended(upload)
    seen = upload.seen()
    assert seen.is_possible and seen.questions == () and [q.key for q in seen.answered] == ["unit"]
    assert seen.answers == {"unit": "share"}


def test_an_import_takes_the_answers_that_the_report_was_made_with(store, sent, until_ended):
    upload = sent()
    work.check(store, upload)
    until_ended(upload)
    upload.want("indicators", {"unit": "share"})  # changed on the form, never checked
    work.bring_in(store, upload, "Ana")
    until_ended(upload)
    assert store.edition(store.current_id()).understanding["options"]["unit"] == "percent"


def test_faults_are_in_the_report_and_nothing_can_be_imported(store, sent, until_ended):
    upload = sent("999999,2017,50")
    work.check(store, upload)
    until_ended(upload)
    assert len(upload.seen().report.faults) == 1
    with pytest.raises(NotTaken):
        work.bring_in(store, upload, "Ana")
    assert store.current_id() == SHIPPED


def test_a_second_import_at_the_same_time_is_told(store, sent, until_ended):
    upload = sent()
    work.check(store, upload)
    until_ended(upload)
    with store.locked():
        work.bring_in(store, upload, "Ana")
        ended = until_ended(upload)
    assert (ended.status, ended.message) == (FAILED, "store.busy")
    assert store.current_id() == SHIPPED and upload.path.is_file()


def test_an_import_judged_on_another_edition_is_told(store, sent, until_ended):
    first, second = sent(), sent(f"{CODES[1]},2017,60")
    for upload in (first, second):
        work.check(store, upload)
        until_ended(upload)
    for upload in (first, second):
        work.bring_in(store, upload, "Ana")
        until_ended(upload)
    assert second.job().message == "store.base_moved"
    assert store.current_id() == first.done().edition


def test_one_file_is_worked_on_once_at_a_time(store, sent, until_ended, monkeypatch):
    upload, go_on = sent(), threading.Event()
    real = imports.try_out
    monkeypatch.setattr(imports, "try_out", lambda *args: go_on.wait(20) and real(*args))
    work.check(store, upload)
    assert upload.job().status == WORKING
    with pytest.raises(NotTaken) as told:
        work.check(store, upload)
    assert told.value.message == "intake.working"
    go_on.set()
    assert until_ended(upload).status == FINISHED


def test_work_whose_process_is_gone_is_told_as_interrupted(sent):
    upload = sent()
    upload.tell(Job(IMPORT, WORKING, "build"))
    assert (upload.job().status, upload.job().message) == (FAILED, "intake.interrupted")


def test_what_nobody_foresaw_is_a_sentence_and_a_log(store, sent, until_ended, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("of a library")

    monkeypatch.setattr(imports, "try_out", broken)
    upload = sent()
    work.check(store, upload)
    ended = until_ended(upload)
    assert (ended.status, ended.message) == (FAILED, "commands.unexpected")
    (log,) = (store.folder / "logs").iterdir()
    assert "of a library" in log.read_text() and ended.fields["log"] == str(log)


def test_a_file_given_up_while_it_is_worked_on_ends_quietly(store, sent, monkeypatch):
    upload, started, go_on, ended = sent(), threading.Event(), threading.Event(), threading.Event()
    real = work._run

    def watched(*args):
        real(*args)
        ended.set()

    def slow(*_):
        started.set()
        go_on.wait(20)
        raise FileNotFoundError(upload.path)

    monkeypatch.setattr(work, "_run", watched)
    monkeypatch.setattr(imports, "try_out", slow)
    work.check(store, upload)
    started.wait(20)
    upload.forget()
    go_on.set()
    assert ended.wait(20)
    assert find(store.folder, upload.token) is None
