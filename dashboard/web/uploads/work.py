"""Fetch, check and import files in the background: a few threads of the worker, all state on the disk.

Whoever starts a job holds the file's lock until the job ends. The lock goes with the process: a job
whose worker was killed is told as interrupted, and the store has either the old edition or the new.
"""

import contextlib
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from dashboard.web.uploads import fetching
from dashboard.web.uploads.preview import Seen
from dashboard.web.uploads.uploads import (
    CHECK,
    FAILED,
    FETCH,
    FINISHED,
    IMPORT,
    WORKING,
    Done,
    Job,
    NotTaken,
    Upload,
)  # fmt: skip
from geodata.editions import EditionStore, imports, now, recognise
from geodata.model import DatasetError
from geodata.shared import SentenceError, disk

MOST_FAULTS = 3  # of a damaged edition in one sentence
TRIES, BETWEEN_TRIES_S = 4, 0.05  # a lock that is only looked at is free again in a moment

# an import takes some memory and a core: more at a time would slow the map for everyone
_threads = ThreadPoolExecutor(2, thread_name_prefix="import")
# a download may take half an hour and mostly waits: no import stands behind it
_fetching = ThreadPoolExecutor(2, thread_name_prefix="fetch")

Work = Callable[[EditionStore, Upload], None]


def check(store: EditionStore, upload: Upload) -> None:
    """Begin to read a file as a person wants it read; nothing is imported. Raises NotTaken, OSError."""
    if not upload.request().is_here:
        raise NotTaken("intake.not_ready")
    _begin(store, upload, (CHECK, _check))


def fetch(store: EditionStore, upload: Upload) -> None:
    """Begin to fetch what was asked for, or go on with it, and then to read it. Raises NotTaken, OSError."""
    upload.stop(False)
    _begin(store, upload, (FETCH, fetching.bring), (CHECK, _check), threads=_fetching)


def bring_in(store: EditionStore, upload: Upload, who: str) -> None:
    """Begin to import a file as it was last seen. Raises NotTaken where it cannot be, OSError."""
    seen = upload.seen()
    if seen is None or not seen.is_possible or upload.done() is not None:
        raise NotTaken("intake.not_ready")
    _begin(store, upload, (IMPORT, lambda store, upload: _import(store, upload, seen, who)))


def _begin(
    store: EditionStore, upload: Upload, *jobs: tuple[str, Work], threads: ThreadPoolExecutor | None = None
) -> None:
    """Start jobs, one after another, unless one is under way on the same file."""
    with contextlib.ExitStack() as held:
        _lock(upload, held)
        upload.tell(Job(jobs[0][0], WORKING))
        kept = held.pop_all()  # the thread lets the lock go
    try:
        (threads or _threads).submit(_run, store, upload, jobs, kept)
    except RuntimeError:  # the worker is being stopped
        kept.close()
        raise NotTaken("intake.interrupted") from None


def _lock(upload: Upload, held: contextlib.ExitStack) -> None:
    for _ in range(TRIES):
        try:
            held.enter_context(disk.lock(upload.lock, now()))
            return
        except disk.Locked:
            time.sleep(BETWEEN_TRIES_S)
    raise NotTaken("intake.working")


def _run(store: EditionStore, upload: Upload, jobs: tuple[tuple[str, Work], ...], held: contextlib.ExitStack) -> None:
    with held, contextlib.suppress(OSError):  # given up meanwhile: nobody waits for the answer
        for what, work in jobs:
            upload.tell(Job(what, WORKING))
            ended = _ended(store, upload, what, work)
            if ended.status == FAILED:
                break
        upload.tell(ended)


def _ended(store: EditionStore, upload: Upload, what: str, work: Work) -> Job:
    """Do one job; return how it ended."""
    try:
        work(store, upload)
        return Job(what, FINISHED)
    except DatasetError as error:
        told = {"edition": store.current_id(), "faults": "; ".join(error.faults[:MOST_FAULTS])}
        return Job(what, FAILED, message="store.damaged", fields=told)
    except SentenceError as error:
        return Job(what, FAILED, message=error.message, fields=error.fields)
    except OSError as error:
        told = {"folder": str(error.filename or store.folder), "reason": error.strerror or type(error).__name__}
        return Job(what, FAILED, message="store.unwritable", fields=told)
    except Exception as error:  # the last net: a reader should get a sentence, whatever happened
        return Job(what, FAILED, **_unexpected(store, error))


def _unexpected(store: EditionStore, error: Exception) -> dict:
    """Write down what went wrong; return the sentence that says where."""
    told = {"error": type(error).__name__}
    with contextlib.suppress(OSError):
        folder = store.folder / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / f"{now().replace(':', '-')}.log"
        log.write_text("".join(traceback.format_exception(error)), "utf-8", "replace")
        return {"message": "commands.unexpected", "fields": {**told, "log": str(log)}}
    return {"message": "commands.unexpected_no_log", "fields": told}


def _check(store: EditionStore, upload: Upload) -> None:
    request, before = upload.request(), upload.seen()
    subject = request.subject or recognise(upload.path)
    outcome = imports.try_out(store, subject, upload.path, request.answers, _teller(upload, CHECK))
    upload.see(Seen.of(outcome, request.answers, before))


def _import(store: EditionStore, upload: Upload, seen: Seen, who: str) -> None:
    before = store.current_id()
    outcome = imports.run(
        store, seen.subject, upload.path, seen.answers, who=who, base=seen.base, progress=_teller(upload, IMPORT)
    )
    upload.see(Seen.of(outcome, seen.answers, seen))
    if outcome.edition is not None:
        upload.end(Done(outcome.status, outcome.edition, before))


def _teller(upload: Upload, what: str) -> Callable[[str], None]:
    return lambda step: upload.tell(Job(what, WORKING, step))
