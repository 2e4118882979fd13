"""Look after the record from a terminal: `python -m dashboard.records --help`; `--lang en` for English.

The one module of the record that knows the words: it hands them to the others. Errors are sentences on the error
stream; the exit status is 0 when all is well, 1 when something was refused or is wrong, 2 when what was asked is not
understood. The database is that of `DATABASE_URL`, else the file of the settings.
"""

import getpass
import sys
from collections.abc import Sequence
from functools import partial

from rich.console import Console
from typer.exceptions import Exit, TyperException

from dashboard import settings, texts
from dashboard.records.admin import RecordCommandLine, build
from dashboard.records.core import BadInput, NotNow, RecordsError, Words
from dashboard.records.desk import mail
from dashboard.records.dossier import Cabinet
from geodata.model import dataset as datasets

PROGRAM = "python -m dashboard.records"
DESK = "/pendientes"  # the screen that messages lead to
DONE, FAILED, NOT_UNDERSTOOD = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    language = texts.DEFAULT_LANGUAGE
    if arguments[:1] == ["--lang"] and arguments[1:2] and arguments[1] in texts.LANGUAGES:
        language, arguments = arguments[1], arguments[2:]
    say = partial(texts.say, language)
    words = Words(say, lambda value, decimals: texts.number(value, language, decimals), language)
    try:
        read = settings.read()
        cabinet = Cabinet(read.attachments_folder)
        cli = RecordCommandLine(
            words, read.record_url, cabinet, _post(read), partial(_dataset, read), _secret, Console()
        )
        status = build(cli)(arguments, standalone_mode=False, prog_name=PROGRAM)
        return status if isinstance(status, int) else DONE
    except Exit as done:
        return done.exit_code
    except TyperException as error:
        return _tell(say("record_cli.usage", detail=error.format_message()), NOT_UNDERSTOOD)
    except settings.SettingsError as error:
        return _tell(say("record_cli.bad_settings", faults="; ".join(error.faults)), NOT_UNDERSTOOD)
    except (BadInput, NotNow) as error:
        return _tell("\n".join(words.fault(fault) for fault in error.faults), FAILED)
    except RecordsError as error:
        return _tell(say(error.message, **error.fields), FAILED)


def _post(read: settings.Settings) -> mail.Post | None:
    """Return how e-mail is sent, None where it is not."""
    if not read.mail_host:
        return None
    link = f"{read.mail_link.rstrip('/')}{DESK}" if read.mail_link else ""
    return mail.Post(
        read.mail_host, read.mail_port, read.mail_security, read.mail_from, read.mail_user, read.mail_password, link
    )


def _dataset(read: settings.Settings) -> datasets.Dataset:
    return datasets.load(read.data_folder) if read.data_folder else datasets.default()


def _secret(prompt: str) -> str:
    """Ask for a password without showing it; from a pipe, read one line."""
    return getpass.getpass(f"{prompt}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _tell(text: str, status: int) -> int:
    print(text, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
