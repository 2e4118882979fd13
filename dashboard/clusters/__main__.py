"""Search, rank and plan clusters from a terminal: `python -m dashboard.clusters list|check|plan --help`.

The one module of the domain that knows the words: it hands them to the others. Errors are sentences on
the error stream; the exit status is 0 when all is well, 1 when a rule fails or there is no plan, and 2
when what was asked is not understood.
"""

import os
import stat
import sys
from collections.abc import Sequence
from functools import lru_cache, partial

from typer.exceptions import Exit, TyperException

from dashboard import settings, texts
from dashboard.clusters.cli import ClustersCommandLine, build
from dashboard.clusters.planning import PlanError
from dashboard.clusters.writing import Say, Wording, blocked_parts, sentence
from geodata.model import dataset as datasets

PROGRAM = "python -m dashboard.clusters"
DONE, IMPOSSIBLE, NOT_UNDERSTOOD = 0, 1, 2
USAGE = {
    "NoSuchOption": "cli.no_option",
    "NoSuchCommand": "cli.no_command",
    "MissingParameter": "cli.no_value",
    "BadOptionUsage": "cli.no_value",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    language, arguments = _language(sys.argv[1:] if arguments is None else arguments)
    if language not in texts.LANGUAGES:
        return _tell(texts.say(texts.DEFAULT_LANGUAGE, "cli.bad_lang", text=language), NOT_UNDERSTOOD)
    say = partial(texts.say, language)
    words = Wording(say, lambda value, decimals: texts.number(value, language, decimals))
    try:
        # typer gives back the status of what raised Exit, as --help does
        status = build(ClustersCommandLine(words, _dataset, _write, _write_file if _is_file() else None))(
            arguments, standalone_mode=False, prog_name=PROGRAM
        )
        return status if isinstance(status, int) else DONE
    except Exit as done:
        return done.exit_code
    except PlanError as error:
        parts = blocked_parts(words, error.blockers, error.why)
        return _tell("\n".join("\n- ".join((heading, *items)) for heading, items in parts), IMPOSSIBLE)
    except TyperException as error:
        return _tell(_usage(say, error), NOT_UNDERSTOOD)
    except settings.SettingsError as error:
        return _tell(say("cli.bad_settings", faults="; ".join(error.faults)), NOT_UNDERSTOOD)
    except datasets.DatasetError as error:
        return _tell(say("cli.bad_dataset", faults="; ".join(error.faults)), NOT_UNDERSTOOD)
    except ValueError as error:
        message, fields = getattr(error, "message", None), getattr(error, "fields", {})
        if message is None:
            raise
        return _tell(sentence(say, message, fields), NOT_UNDERSTOOD)


def _language(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Return the language asked for and the arguments without it, so that it may stand anywhere."""
    language, rest, left = texts.DEFAULT_LANGUAGE, [], list(arguments)
    while left:
        argument = left.pop(0)
        name, given, value = argument.partition("=")
        if name != "--lang" or not (given or left):
            rest.append(argument)
        else:
            language = value if given else left.pop(0)
    return language, rest


@lru_cache(maxsize=1)
def _dataset() -> datasets.Dataset:
    folder = settings.read().data_folder
    return datasets.load(folder) if folder else datasets.default()


def _usage(say: Say, error: TyperException) -> str:
    key = USAGE.get(type(error).__name__, "cli.usage")
    name = getattr(error, "option_name", None) or getattr(getattr(error, "param", None), "name", None) or ""
    detail = error.format_message().strip().rstrip(".")
    if "command" in detail.lower() and key == "cli.usage":
        key = "cli.no_command"
    return say(key, name=name, detail=detail)


def _write(text: str) -> None:
    sys.stdout.write(text)


def _is_file() -> bool:
    """Tell whether the output is sent into a file, as by `> list.csv`: neither a terminal nor another program."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):  # an output that is no file of the system
        return False


def _write_file(content: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def _tell(text: str, status: int) -> int:
    print(text, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
