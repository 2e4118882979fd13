"""The command line looks after a record in both languages and says in sentences what went wrong."""

import io

import pytest

from dashboard.records import __main__ as cli
from dashboard.records.admin import command
from dashboard.records.core.errors import Refused
from dashboard.records.opening import open_store
from dashboard.records.people import accounts, attempts, visits
from dashboard.records.proposals import proposals
from tests.record.databases import Clock
from tests.record.drawn import ME


@pytest.fixture
def address(databases, monkeypatch):
    url = databases.url()
    monkeypatch.setenv("DATABASE_URL", url)
    return url


@pytest.fixture
def run(address, capsys):
    def run(*arguments):
        status = cli.main(list(arguments))
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


def test_status_and_check_say_what_is_there(run):
    status, out, _ = run("status")
    assert status == 0 and "propuesta" in out and "7" in out
    status, out, _ = run("--lang", "en", "check")
    assert (status, out.strip()) == (0, "7 records, 7 entries of history, 0 that do not agree.")


def test_a_backup_is_made_and_put_back_from_the_command_line(
    run, address, dataset, tmp_path, monkeypatch, tmp_path_factory
):
    monkeypatch.setattr(command, "BACKUPS", tmp_path_factory.mktemp("kept"))
    status, out, _ = run("backup", str(tmp_path))
    (path,) = (each for each in tmp_path.iterdir() if each.is_file())  # beside it its attachments
    assert status == 0 and str(path) in out
    store = open_store(address, dataset, now=Clock())
    proposals.edit(store, ME, "lamas", 1, {"name": "Otro"})
    store.close()
    status, _, error = run("restore", str(path))
    assert status == 1 and "--yes" in error
    status, out, _ = run("restore", str(path), "--yes")
    assert status == 0 and "7" in out and "antes-de-restaurar_" in out
    store = open_store(address, dataset, now=Clock())
    assert proposals.get(store, ME, "lamas").name == "Lamas"
    store.close()


def test_an_account_is_made_with_a_password_from_a_pipe(run, address, dataset, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("una clave bien larga\n"))
    status, out, _ = run("account", "ana", "--role", "administrator", "--name", "Ana")
    assert status == 0 and "ana" in out
    monkeypatch.setattr("sys.stdin", io.StringIO("corta\n"))
    status, _, error = run("account", "luis", "--role", "reader")
    assert status == 1 and "12" in error
    store = open_store(address, dataset)
    assert [a.login for a in accounts.accounts(store, ME)] == ["ana"]
    store.close()


def test_a_database_is_upgraded_by_command(databases, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", databases.url(fresh=True))
    if databases.kind == "postgresql":
        assert cli.main(["status"]) == 1
        assert "upgrade" in capsys.readouterr().err
    assert cli.main(["upgrade"]) == 0
    assert cli.main(["check"]) == 0


@pytest.mark.parametrize("arguments", [["fly"], ["account"], ["restore"], ["backup", "--colour"]])
def test_what_is_not_understood_is_said(run, arguments):
    status, _, error = run(*arguments)
    assert status == 2 and error.startswith("No se entiende")


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_command_explains_itself(run, language):
    status, out, _ = run("--lang", language, "--help")
    assert status == 0
    for name in ("status", "check", "upgrade", "account", "unlock", "backup", "restore"):
        assert name in out


def test_an_account_is_unlocked_from_the_command_line(run, address, dataset):
    store = open_store(address, dataset, now=Clock())
    accounts.create_account(store, ME, {"login": "ana", "name": "Ana", "role": "administrator"}, "una clave bien larga")
    for _ in range(attempts.FREE):
        with pytest.raises(Refused):
            visits.sign_in(store, "ana", "no", "10.0.0.7")
    status, out, _ = run("unlock", " ANA ")
    assert status == 0 and "ana" in out
    visits.sign_in(store, "ana", "una clave bien larga", "10.0.0.7")
    store.close()
    status, _, error = run("unlock", "nadie")
    assert status == 1 and error.strip() == "No existe esa cuenta."
