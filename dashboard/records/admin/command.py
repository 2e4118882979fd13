"""The command line of the record: its state, migrations, accounts, backups; in the words of either language."""

import smtplib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from dashboard.records.admin import backup
from dashboard.records.admin.audit import audit
from dashboard.records.core import (
    ROLES,
    Missing,
    RecordsError,
    Store,
    Words,
    local_actor,
    make_engine,
    upgrade,
)
from dashboard.records.desk import mail
from dashboard.records.dossier import Cabinet, attachments
from dashboard.records.opening import open_store
from dashboard.records.people import accounts
from dashboard.records.proposals import STATES, listing
from geodata.model import Dataset
from geodata.shared import clock, plain

BACKUPS = Path("var") / "backups"
FAILED = 1


@dataclass(frozen=True)
class RecordCommandLine:
    """What a command works with: the words, the address of the database, the data set and the way out.

    The data set is read when it is asked for; `secret` asks for one, below a question. `cabinet` has the files beside
    proposals. `post` says how e-mail is sent, None where it is not.
    """

    words: Words
    url: str
    cabinet: Cabinet
    post: mail.Post | None
    dataset: Callable[[], Dataset]
    secret: Callable[[str], str]
    console: Console

    def store(self) -> Store:
        """Return the database, open. Raises RecordsError where it cannot be used."""
        return open_store(self.url, self.dataset())

    def tell(self, key: str, **fields: object) -> None:
        """Print a sentence of the command line by the end of its key."""
        self.console.print(self.words.say(f"record_cli.{key}", **fields), markup=False, highlight=False, soft_wrap=True)


def build(cli: RecordCommandLine) -> typer.Typer:
    """Return the application, its help in the reader's language. Commands raise the errors of the record."""
    say = cli.words.say
    app = typer.Typer(help=say("record_cli.about"), add_completion=False, rich_markup_mode=None)

    def command(function: Callable[..., None]) -> Callable[..., None]:
        return app.command(function.__name__.rstrip("_"), help=say(f"record_cli.help_{function.__name__.rstrip('_')}"))(
            function
        )

    for name, work in (("status", _status), ("check", _check), ("upgrade", _upgrade), ("mail", _mail)):
        app.command(name, help=say(f"record_cli.help_{name}"))(_without_options(cli, work))

    @command
    def account(
        login: Annotated[str, typer.Argument(help=say("record_cli.login"))],
        role: Annotated[str, typer.Option("--role", help=say("record_cli.role", roles=", ".join(ROLES)))],
        name: Annotated[str, typer.Option("--name", help=say("record_cli.name"))] = "",
        department: Annotated[str, typer.Option("--department", help=say("record_cli.department"))] = "",
    ) -> None:
        values = {"login": login, "name": name or login, "role": role, "department": department or None}
        made = accounts.create_account(cli.store(), local_actor(), values, cli.secret(say("record_cli.password")))
        cli.tell("account_made", login=made.login, role=say(f"records.role.{made.role}"))

    @command
    def unlock(login: Annotated[str, typer.Argument(help=say("record_cli.login"))]) -> None:
        _unlock(cli, login)

    @command
    def backup_(folder: Annotated[Path, typer.Argument(help=say("record_cli.folder"))] = BACKUPS) -> None:
        _backup(cli, folder)

    @command
    def restore(
        path: Annotated[Path, typer.Argument(help=say("record_cli.path"))],
        yes: Annotated[bool, typer.Option("--yes", help=say("record_cli.yes"))] = False,
    ) -> None:
        if not yes:
            raise RecordsError("say_yes")
        _restore(cli, path)

    return app


def _without_options(cli: RecordCommandLine, work: Callable[[RecordCommandLine], None]) -> Callable[[], None]:
    def command() -> None:
        work(cli)

    return command


def _upgrade(cli: RecordCommandLine) -> None:
    engine = make_engine(cli.url)
    upgrade.upgrade(engine)
    engine.dispose()
    cli.store().close()
    cli.tell("upgraded")


def _mail(cli: RecordCommandLine) -> None:
    """Send what waits for whom."""
    if cli.post is None:
        raise RecordsError("no_mail")
    try:
        done = mail.send(cli.store(), cli.post, cli.words)
    except (OSError, smtplib.SMTPException) as error:
        raise RecordsError("mail_failed", host=cli.post.host, said=str(error)[:300]) from error
    cli.tell("mailed", sent=done.sent, same=done.same, failed=done.failed)
    if done.failed:
        raise typer.Exit(FAILED)


def _backup(cli: RecordCommandLine, folder: Path) -> None:
    path = backup.backup(cli.url, folder, clock.now(), _file(cli, "records", "backup"))
    backup.keep_files(cli.cabinet, folder)
    cli.tell("backed_up", path=path)
    if any(cli.cabinet.digests()):
        cli.tell("backed_up_files", path=folder / backup.ATTACHMENTS)


def _status(cli: RecordCommandLine) -> None:
    store, say = cli.store(), cli.words.say
    kept = listing(store, local_actor())
    table = Table(title=say("record_cli.status", url=store.engine.url.render_as_string(hide_password=True)))
    table.add_column(say("record_cli.state"))
    table.add_column(say("record_cli.proposals"), justify="right")
    for state in STATES:
        count = sum(p.state == state for p in kept)
        if count:
            table.add_row(say(f"records.state.{state}"), str(count))
    cli.console.print(table)
    cli.tell("accounts", n=accounts.count_accounts(store))


def _check(cli: RecordCommandLine) -> None:
    store, say = cli.store(), cli.words.say
    found = audit(store)
    with store.reading() as session:
        lost = cli.cabinet.faulty(attachments.named(session))
    cli.tell("checked", records=found.records, entries=found.entries, faults=len(found.faults))
    for kind, id_, why in found.faults:
        cli.tell("untrue", record=say(f"record_cli.kind.{kind}", id=id_), why=say(f"record_cli.why.{why}"))
    _tell_lost(cli, lost)
    if found.faults or lost:
        raise typer.Exit(FAILED)


def _tell_lost(cli: RecordCommandLine, lost: Sequence[str]) -> None:
    """Say which files beside proposals are nowhere, or no longer what they were."""
    if lost:
        cli.tell("lost_files", n=len(lost), folder=cli.cabinet.folder, names=", ".join(lost[:5]))


def _unlock(cli: RecordCommandLine, login: str) -> None:
    store, me = cli.store(), local_actor()
    found = next((a for a in accounts.accounts(store, me) if a.login == accounts.fold(login)), None)
    if found is None:
        raise Missing("account")
    accounts.unlock(store, me, found.id)
    cli.tell("unlocked", login=found.login)


def _file(cli: RecordCommandLine, *kinds: str) -> str:
    """Return what a file is called before its moment, in the reader's language."""
    return "_".join(plain(cli.words.say(f"file.{kind}")) for kind in kinds)


def _restore(cli: RecordCommandLine, path: Path) -> None:
    found, kept = backup.restore(cli.url, path, cli.dataset(), clock.now(), BACKUPS, _file(cli, "before_restore"))
    cli.tell("restored", path=path, records=found.records, entries=found.entries)
    if kept is not None:
        cli.tell("replaced", path=kept)
    _tell_lost(cli, backup.bring_files(cli.store(), path, cli.cabinet))
