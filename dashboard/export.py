"""Write districts with all their figures, or all proposals, as files: `python -m dashboard.export districts`.

Both are as the server hands them out: of the edition in use, and of the record that the settings name. Errors are
sentences on the error stream; the exit status is 0 when the files are written, 1 when they cannot be, 2 when what was
asked is not understood.
"""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, get_args

import typer
from typer.exceptions import Exit, TyperException

from dashboard import settings, texts
from dashboard.clusters.writing import Say
from dashboard.documents import Format, candidate_files, district_table
from dashboard.records.core import RecordsError
from dashboard.records.opening import open_store
from dashboard.records.proposals import Overview, watch
from dashboard.web import editions
from geodata.editions import StoreError
from geodata.model import Dataset, DatasetError
from geodata.shared import disk

PROGRAM = "python -m dashboard.export"
DONE, FAILED, NOT_UNDERSTOOD = 0, 1, 2
WHAT: dict[str, Callable[[Format, Dataset, str, Overview], tuple[str, bytes]]] = {
    "districts": district_table.districts_file,
    "proposals": lambda kind, dataset, language, record: candidate_files.proposals_file(
        kind, record, dataset, language
    ),
}


class _NotUnderstood(Exception):
    """What was asked for is none of those that there are; its message is a sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit status."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    language = texts.DEFAULT_LANGUAGE
    if arguments[:1] == ["--lang"] and arguments[1:2] and arguments[1] in texts.LANGUAGES:
        language, arguments = arguments[1], arguments[2:]
    say = partial(texts.say, language)
    try:
        status = _command(language, say)(arguments, standalone_mode=False, prog_name=PROGRAM)
        return status if isinstance(status, int) else DONE
    except Exit as done:
        return done.exit_code
    except TyperException as error:
        return _tell(say("cli.usage", detail=error.format_message().strip().rstrip(".")), NOT_UNDERSTOOD)
    except _NotUnderstood as error:
        return _tell(str(error), NOT_UNDERSTOOD)
    except settings.SettingsError as error:
        return _tell(say("cli.bad_settings", faults="; ".join(error.faults)), NOT_UNDERSTOOD)
    except DatasetError as error:
        return _tell(say("cli.bad_dataset", faults="; ".join(error.faults)), FAILED)
    except (RecordsError, StoreError) as error:
        return _tell(say(error.message, **error.fields), FAILED)


def _command(language: str, say: Say) -> typer.Typer:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    kinds, known = ", ".join(get_args(Format)), ", ".join(WHAT)

    @app.command(help=say("cli.help.export"))
    def export(
        what: Annotated[str, typer.Argument(help=say("cli.help.export_what", known=known))],
        form: Annotated[str, typer.Option("--format", help=say("cli.help.export_format", known=kinds))] = "gpkg",
        output: Annotated[Path, typer.Option("--output", help=say("cli.help.export_output"))] = Path(),
    ) -> int:
        if what not in WHAT:
            raise _NotUnderstood(say("cli.bad_export", known=known, text=what))
        wanted = list(dict.fromkeys(form.split(",")))
        for kind in wanted:
            if kind not in get_args(Format):
                raise _NotUnderstood(say("cli.bad_format", known=kinds, text=kind))
        return _write(what, wanted, output, language, say)

    return app


def _write(what: str, wanted: Sequence[str], folder: Path, language: str, say: Say) -> int:
    dataset = editions.served().in_use()
    store = open_store(settings.read().record_url, dataset)
    try:
        record = watch(store).now()
    finally:
        store.close()
    for kind in get_args(Format):
        if kind not in wanted:
            continue
        name, body = WHAT[what](kind, dataset, language, record)
        path = folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            disk.write_whole(path, body)
        except OSError as error:
            return _tell(say("cli.unwritable", path=path, said=error.strerror or type(error).__name__), FAILED)
        print(say("cli.written", path=path))
    return DONE


def _tell(text: str, status: int) -> int:
    print(text, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
