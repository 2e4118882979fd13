"""What a browser sends lies in a folder of its own, under a name of ours, for a day at most."""

import io
import os
import re
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.web.uploads import uploads
from dashboard.web.uploads.uploads import FOLDER, KEPT_S, NotTaken, find, own_name, receive, sweep
from geodata.shared import disk


def send(store, body=b"a,b\n1,2\n", name="tabla.csv", length=None):
    return receive(store, name, io.BytesIO(body), len(body) if length is None else length)


@given(st.text(max_size=300))
def test_a_name_from_outside_becomes_one_harmless_name(name):
    made = own_name(name)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,80}(\.[a-z0-9]{1,10})?", made)
    assert own_name(made) == made or made.startswith("file")


PATHS = ["../../current", "/etc/passwd", "..\\..\\boot.ini", "a/../../b.csv", "\0", ".ssh", ""]


@pytest.mark.parametrize("name", PATHS)
def test_a_path_in_a_name_leads_nowhere(tmp_path, name):
    upload = send(tmp_path, name=name)
    assert upload.path.resolve().parent == upload.folder.resolve()
    assert [p.name for p in tmp_path.iterdir()] == [FOLDER]


def test_limits_keep_the_year_of_their_name_and_reports_a_name_that_a_reader_knows():
    assert own_name("Límites distritales (2007).GeoJSON") == "Limites_distritales_2007.geojson"


def test_what_is_sent_is_kept_as_it_is_and_closed_to_other_users(tmp_path):
    upload = send(tmp_path, b"\xff\x00 anything")
    assert upload.path.read_bytes() == b"\xff\x00 anything"
    assert stat.S_IMODE(os.stat(upload.folder).st_mode) == 0o700
    assert find(tmp_path, upload.token) == upload
    assert upload.request().name == "tabla.csv" and upload.request().answers == {}


@pytest.mark.parametrize("token", ["", "..", "../editions", "0" * 31, "0" * 33, "0" * 32, None, 5, ["a"]])
def test_a_token_that_was_not_given_finds_nothing(tmp_path, token):
    send(tmp_path)
    assert find(tmp_path, token) is None


def test_a_file_above_the_bound_is_refused_and_nothing_of_it_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    for length in (11, None):  # announced, or only found out on the way
        with pytest.raises(NotTaken) as told:
            receive(tmp_path, "a.csv", io.BytesIO(b"x" * 11), length)
        assert told.value.message == "intake.too_large"
    assert not list((tmp_path / FOLDER).glob("*"))


def test_a_file_that_breaks_off_is_refused_and_nothing_of_it_kept(tmp_path):
    with pytest.raises(NotTaken) as told:
        send(tmp_path, b"half", length=8)
    assert told.value.message == "intake.broke_off"
    assert not list((tmp_path / FOLDER).iterdir())


def test_no_more_files_wait_than_have_room(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_WAITING", 2)
    kept = [send(tmp_path), send(tmp_path)]
    with pytest.raises(NotTaken) as told:
        send(tmp_path)
    assert told.value.message == "intake.full"
    kept[0].forget()
    assert send(tmp_path).path.is_file()


def test_what_was_given_up_goes_after_a_day_and_what_is_worked_on_stays(tmp_path):
    left, used, new = (send(tmp_path) for _ in range(3))
    now = new.path.stat().st_mtime
    for upload in (left, used):
        with open(upload.lock, "w"):
            pass
        for item in (*upload.folder.iterdir(), upload.folder):
            os.utime(item, (now - KEPT_S - 1,) * 2)
    with disk.lock(used.lock, "somebody"):
        os.utime(used.lock, (now - KEPT_S - 1,) * 2)
        sweep(tmp_path, now)
    assert [u.folder.is_dir() for u in (left, used, new)] == [False, True, True]


DAMAGE = ["", "{", "[]", "5", '{"other": 1}', "\ufffd"]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_file_whose_request_was_damaged_is_as_if_it_were_gone(tmp_path, damage):
    upload = send(tmp_path)
    (upload.folder / "request.json").write_text(damage)
    assert find(tmp_path, upload.token) is None


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_was_damaged_of_a_file_is_to_be_done_again(tmp_path, damage):
    upload = send(tmp_path)
    for name in ("job", "seen", "done"):
        (upload.folder / f"{name}.json").write_text(damage)
    assert (upload.job().status, upload.job().message) == (uploads.FAILED, "intake.interrupted")
    assert upload.seen() is None and upload.done() is None
