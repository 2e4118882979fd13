"""Run what concerns official data from a terminal: `python -m geodata --help`.

Exit status: 0 done, 1 nothing imported because of faults or open questions, 2 the command was not
understood, 3 the network. An unexpected error is one sentence; its details go to a log in the store.
"""

import contextlib
import re
import shutil
import sys
import traceback
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer import rich_utils
from typer._click.core import Command, Context  # what both kinds of command are; handed out nowhere else
from typer.core import TyperCommand, TyperGroup, TyperOption

from geodata.cli import commands
from geodata.editions import COLUMN, SUBJECTS, EditionStore, StoreError, now
from geodata.model import DatasetError
from geodata.readers import UnreadableFile
from geodata.reports import WRITERS, Voice
from geodata.words import DEFAULT_LANGUAGE, LANGUAGES, Field, say

# their members are data, which no type can tell
Subject = StrEnum("Subject", {name: name for name in SUBJECTS})  # type: ignore[misc]
Language = StrEnum("Language", {name: name for name in LANGUAGES})  # type: ignore[misc]
Published = StrEnum("Published", {"limits": "limits"})
Coding = StrEnum("Coding", {"inei": "inei", "reniec": "reniec"})


class _Spoken(Command):
    """A command or group whose help is in the language of the reader; its texts are keys of sentences."""

    language = DEFAULT_LANGUAGE

    def get_usage(self, ctx: Context) -> str:
        return super().get_usage(ctx).replace("Usage:", say(self.language, "commands.usage"), 1)

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say(self.language, "commands.help_option")
        return option


class _Command(_Spoken, TyperCommand):
    pass


class _Group(_Spoken, TyperGroup):
    pass


app = typer.Typer(cls=_Group, help="commands.help", add_completion=False, no_args_is_help=True)
_FileArg = Annotated[Path, typer.Argument(help="commands.file", metavar="FILE")]
_Lang = Annotated[Language, typer.Option("--lang", help="commands.lang")]
_Report = Annotated[Path | None, typer.Option("--report", help="commands.report")]
_Crs = Annotated[str | None, typer.Option("--crs", help="commands.crs")]
_Tolerance = Annotated[float | None, typer.Option("--tolerance", help="commands.tolerance", min=0)]
_Column = Annotated[list[str] | None, typer.Option("--column", help="commands.column", metavar="NAME=ROLE")]
_Answer = Annotated[list[str] | None, typer.Option("--answer", help="commands.answer", metavar="KEY=VALUE")]
_Coding = Annotated[Coding | None, typer.Option("--coding", help="commands.coding")]
_Year = Annotated[int | None, typer.Option("--year", help="commands.year", min=1900, max=2100)]
_SPANISH = Language(DEFAULT_LANGUAGE)
_INTERRUPTED = 130  # what the library makes of Ctrl+C
_QUOTED = re.compile(r"'([^']+)'|\((\S+)\)")


@app.callback()
def everywhere(lang: _Lang = _SPANISH) -> None:
    """Take the language before a command too; :func:`main` has read it already."""


class _Misuse(Exception):
    """A value of an option that cannot be used; the key of a sentence and its fields."""

    def __init__(self, message: str, **fields: Field):
        super().__init__(message)
        self.message, self.fields = message, fields


def _answers(
    crs: str | None, tolerance: float | None, column: list[str] | None, answer: list[str] | None,
    coding: Coding | None, year: int | None,
) -> dict[str, object]:  # fmt: skip
    """Return the options as answers to the readers' questions. Raises _Misuse."""
    options = {"crs": crs, "tolerance_m": tolerance, "coding": coding and coding.value, "year": year}
    answers = {key: value for key, value in options.items() if value is not None}
    for name, role in _pairs(column, "NAME=ROLE"):
        answers[COLUMN + name] = role
    return {**answers, **dict(_pairs(answer, "KEY=VALUE", str.partition))}


def _pairs(
    pairs: list[str] | None, form: str, part: Callable[[str, str], tuple[str, str, str]] = str.rpartition
) -> list[tuple[str, str]]:
    # a column's name may hold the sign itself, and so may an answer that lists columns: the last sign
    # parts name and role, the first one key and answer
    parts = [(text, *part(text, "=")[::2]) for text in pairs or ()]
    for text, name, value in parts:
        if not name.strip() or not value.strip():
            raise _Misuse("commands.bad_pair", given=text, form=form)
    return [(name.strip(), value.strip()) for _, name, value in parts]


def _ending(report: Path | None) -> Path | None:
    if report is not None and report.suffix.lower() not in WRITERS:
        raise _Misuse("commands.bad_report", given=report.suffix, endings=", ".join(WRITERS))
    return report


@app.command("import", cls=_Command, help="commands.import")
def import_(
    subject: Annotated[Subject, typer.Argument(help="commands.subject")], file: _FileArg,
    crs: _Crs = None, tolerance: _Tolerance = None, column: _Column = None, answer: _Answer = None,
    coding: _Coding = None, year: _Year = None,
    yes: Annotated[bool, typer.Option("--yes", help="commands.yes")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="commands.dry_run")] = False,
    report: _Report = None, lang: _Lang = _SPANISH,
) -> int:  # fmt: skip
    """Import a file as a new edition."""
    answers = _answers(crs, tolerance, column, answer, coding, year)
    return commands.bring_in(
        Voice(lang.value), EditionStore(), subject.value, file, answers,
        ask_first=not yes, dry_run=dry_run, report=_ending(report),
    )  # fmt: skip


@app.command("check", cls=_Command, help="commands.check")
def check(
    file: _FileArg, kind: Annotated[Subject | None, typer.Option("--kind", help="commands.kind")] = None,
    crs: _Crs = None, tolerance: _Tolerance = None, column: _Column = None, answer: _Answer = None,
    coding: _Coding = None, year: _Year = None, report: _Report = None, lang: _Lang = _SPANISH,
) -> int:  # fmt: skip
    """Report what importing a file would do; nothing is written."""
    answers = _answers(crs, tolerance, column, answer, coding, year)
    return commands.check(Voice(lang.value), EditionStore(), file, answers, kind and kind.value, _ending(report))


@app.command("fetch", cls=_Command, help="commands.fetch")
def fetch(
    what: Annotated[Published, typer.Argument(help="commands.what")],
    source: Annotated[str, typer.Option("--source", help="commands.source", metavar="inei|geoboundaries|URL")],
    into: Annotated[Path | None, typer.Option("--into", help="commands.into", metavar="DIR")] = None,
    sha256: Annotated[str | None, typer.Option("--sha256", help="commands.checksum")] = None,
    lang: _Lang = _SPANISH,
) -> int:
    """Download published limits."""
    return commands.bring_down(Voice(lang.value), EditionStore(), source, into, sha256)


@app.command("status", cls=_Command, help="commands.status")
def status(lang: _Lang = _SPANISH) -> int:
    """Show the edition in use and what it lacks."""
    return commands.status(Voice(lang.value), EditionStore())


@app.command("history", cls=_Command, help="commands.history")
def history(lang: _Lang = _SPANISH) -> int:
    """List imports and switches."""
    return commands.history(Voice(lang.value), EditionStore())


@app.command("use", cls=_Command, help="commands.use")
def use(
    edition: Annotated[str, typer.Argument(help="commands.edition", metavar="EDITION")], lang: _Lang = _SPANISH
) -> int:
    """Put another edition in use."""
    return commands.use(Voice(lang.value), EditionStore(), edition)


@app.command("remove", cls=_Command, help="commands.remove")
def remove(
    layer: Annotated[str, typer.Argument(help="commands.layer", metavar="LAYER")], lang: _Lang = _SPANISH
) -> int:
    """Take a layer of one's own away."""
    return commands.remove(Voice(lang.value), EditionStore(), layer)


@app.command("export", cls=_Command, help="commands.export")
def export(
    folder: Annotated[Path, typer.Argument(help="commands.folder", metavar="DIR")], lang: _Lang = _SPANISH
) -> int:
    """Copy the edition in use into a folder."""
    return commands.export(Voice(lang.value), EditionStore(), folder)


@app.command("links", cls=_Command, help="commands.links")
def links(
    rivers: Annotated[bool, typer.Option("--rivers", help="commands.rivers")] = False, lang: _Lang = _SPANISH
) -> int:
    """Print the links between capitals as a table."""
    return commands.links(Voice(lang.value), EditionStore(), rivers)


# ---- running


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status; never raises."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    language = _language(words)
    voice = Voice(language)
    return _guarded(voice, lambda: _run(voice, words))


def _language(words: Sequence[str]) -> str:
    """Return the language asked for anywhere among the words, Spanish where none or another was."""
    for i, word in enumerate(words):
        name, _, value = word.partition("=")
        value = value or (words[i + 1] if i + 1 < len(words) else "")
        if name == "--lang" and value in LANGUAGES:
            return value
    return DEFAULT_LANGUAGE


def _run(voice: Voice, words: list[str]) -> int:
    command = _translated(typer.main.get_command(app), voice.language)
    rich_utils.ARGUMENTS_PANEL_TITLE = voice.say("commands.arguments")
    rich_utils.OPTIONS_PANEL_TITLE = voice.say("commands.options")
    rich_utils.COMMANDS_PANEL_TITLE = voice.say("commands.commands")
    rich_utils.REQUIRED_LONG_STRING = voice.say("commands.required")
    rich_utils.DEFAULT_STRING = voice.say("commands.default", default="{}")
    try:
        ended = command.main(words, prog_name="python -m geodata", standalone_mode=False)
    except typer.TyperException as error:
        return _misuse(voice, error)
    except _Misuse as error:
        voice.refuse(error.message, **error.fields)
        return commands.USAGE
    if ended == _INTERRUPTED:
        raise KeyboardInterrupt
    return ended if isinstance(ended, int) else commands.DONE


def _translated(command: Any, language: str) -> Any:  # a group or a command, which typer types apart
    """Put sentences in the place of their keys, in a command and all below it."""
    command.language = language
    command.help = say(language, command.help)
    for parameter in command.params:
        if parameter.name == "lang":  # it may stand before the command or after it
            parameter.default = Language(language)
        if parameter.help:
            parameter.help = say(language, parameter.help)
    for below in getattr(command, "commands", {}).values():
        _translated(below, language)
    return command


def _misuse(voice: Voice, error: typer.TyperException) -> int:
    """Say what of a command was not understood. The library's own sentences are English only."""
    kind, parameter = type(error).__name__, getattr(error, "param", None)
    name = "" if parameter is None else next((o for o in parameter.opts if o.startswith("-")), parameter.name.upper())
    help_, option = getattr(parameter, "help", ""), getattr(error, "option_name", "")
    if kind == "NoArgsIsHelpError":
        voice.line(str(error))
    elif kind == "MissingParameter":
        voice.refuse("commands.missing", name=name, help=help_)
    elif kind == "BadParameter" and parameter is not None:
        voice.refuse("commands.bad_value", name=name, help=help_)
    elif kind == "NoSuchOption":
        voice.refuse("commands.no_option", name=option)
    elif kind == "BadOptionUsage":
        voice.refuse("commands.no_value", name=option)
    else:
        named = [a or b for a, b in _QUOTED.findall(error.message)]
        voice.refuse("commands.bad_usage", detail=named[-1] if named else error.message)
    return commands.USAGE


def _guarded(voice: Voice, work: Callable[[], int]) -> int:
    """Turn what a command raises into one sentence and an exit status."""
    try:
        return work()
    except (StoreError, UnreadableFile) as error:
        voice.refuse(error.message, **error.fields)
    except DatasetError as error:
        voice.refuse("store.damaged", edition=EditionStore().current_id(), faults="; ".join(error.faults[:3]))
    except (KeyboardInterrupt, typer.Abort, EOFError):
        voice.refuse("commands.stopped")
    except OSError as error:
        folder, reason = _unwritten(error)
        voice.refuse("store.unwritable", folder=folder, reason=reason)
    except Exception as error:  # the last net: whoever runs this should never see a stack trace
        _unexpected(voice, error)
    return commands.REFUSED


def _unwritten(error: OSError) -> tuple[object, str]:
    """Return what could not be written and why: where two files are named, as by a copy or a rename, the second."""
    if isinstance(error, shutil.Error) and isinstance(error.args[0], list):  # a folder's: (source, target, reason)
        _, folder, reason = error.args[0][0]
        return folder, str(reason).partition(": ")[0]
    return error.filename2 or error.filename or EditionStore().folder, error.strerror or type(error).__name__


def _unexpected(voice: Voice, error: Exception) -> None:
    log = None
    with contextlib.suppress(OSError):
        folder = EditionStore().folder / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / f"{now().replace(':', '-')}.log"
        log.write_text("".join(traceback.format_exception(error)), "utf-8", "replace")
    fields = {"error": type(error).__name__}
    voice.refuse("commands.unexpected", log=log, **fields) if log else voice.refuse(
        "commands.unexpected_no_log", **fields
    )


if __name__ == "__main__":
    sys.exit(main())
