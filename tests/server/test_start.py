"""Starting the server with data that cannot be served ends in a sentence, never in a stack trace."""

import os
import socket
import subprocess
import sys

import pytest

from dashboard.__main__ import main
from dashboard.settings import PREFIX, Settings
from dashboard.web import editions, request
from dashboard.web.access import start
from geodata.editions.store import UnknownEdition
from geodata.model.dataset import DatasetError
from tests.root import ROOT

ID = "0123456789"


def test_a_damaged_edition_ends_the_start_with_how_to_go_on(tmp_path):
    (tmp_path / "current").write_text(f"{ID}\n")
    (tmp_path / "editions" / ID).mkdir(parents=True)
    (tmp_path / "editions" / ID / "edition.json").write_text("{}")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    done = subprocess.run(
        [sys.executable, "-m", "dashboard"], cwd=ROOT, env={**kept, f"{PREFIX}STORE": str(tmp_path)},
        capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 2
    assert ID in done.stderr and "python -m geodata use default" in done.stderr
    assert "Traceback" not in done.stderr


def _start(tmp_path, **own: str) -> subprocess.CompletedProcess:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    own = {"STORE": str(tmp_path), "RECORDS": str(tmp_path / "record.sqlite"), "PORT": "1", **own}
    return subprocess.run(
        [sys.executable, "-m", "dashboard"], cwd=ROOT, capture_output=True, text=True, timeout=300,
        env=kept | {f"{PREFIX}{name}": value for name, value in own.items()},
    )  # fmt: skip


@pytest.mark.parametrize(
    "name, content",
    [
        ("record.sqlite", b"no database at all, but long enough to be looked at" * 100),
        ("record.sqlite", b"SQLite format 3\x00" + b"\xff" * 5000),
        ("current", b"\xff\xfe\x00"),
        ("current", b"../../etc"),
    ],
)
def test_a_damaged_file_ends_the_start_in_a_sentence(tmp_path, monkeypatch, capsys, name, content):
    (tmp_path / name).write_bytes(content)
    for setting in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(setting)
    for setting, value in {"STORE": tmp_path, "RECORDS": tmp_path / "record.sqlite", "PORT": "1"}.items():
        monkeypatch.setenv(f"{PREFIX}{setting}", str(value))
    _forget()
    try:
        assert main() == 2  # in this process: the test above holds that one of its own ends with it
    finally:
        _forget()
    told = capsys.readouterr().err
    assert str(tmp_path) in told or "python -m geodata use default" in told


def _forget() -> None:
    """Have what was read by other settings read again."""
    editions.served.cache_clear()
    request.forget_record()


def test_an_address_that_is_taken_ends_the_start_in_a_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = _start(tmp_path, PORT=str(port))
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert f"127.0.0.1:{port}" in done.stderr and "CONGLOMERADOS_PORT" in done.stderr


@pytest.mark.parametrize("error", [DatasetError(["a", "b"]), UnknownEdition("store.unknown_edition", edition=ID)])
def test_what_cannot_be_served_is_named(tmp_path, error):
    (tmp_path / "current").write_text(f"{ID}\n")
    assert ID in start.damaged(Settings(store=str(tmp_path)), error)
    told = start.damaged(Settings(data=str(tmp_path)), error)
    assert str(tmp_path) in told and "CONGLOMERADOS_DATA" in told
