"""Let the writers of a file of SQLite take turns in the order in which they come, also across processes.

SQLite lets a writer that finds another at work sleep and look again, ever longer; whoever comes later may go first,
and under load some wait for seconds. A lock of the operating system on a file beside the database wakes the next one
at once, and is given back when a process dies.

That lock is the system's own and not that of the library which locks other files here: the library waits by looking
again and again, as SQLite does, and so knows no order.

Nobody waits for ever. In a server only a few may wait for long and the others for a moment, so that a writer that
hangs does not hold the threads that readers need.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboard.records.core.obstacles import BUSY, CannotSave

if sys.platform != "win32":
    import fcntl

ENDING = "-turn"


@dataclass(frozen=True, slots=True)
class Patience:
    """For how many seconds the first `most` writers of a process wait for their turn, and the others."""

    long_s: float = 60.0
    short_s: float = 60.0
    most: int = 1


ALONE = Patience()  # a command, with no readers beside it
SERVING = Patience(long_s=10.0, short_s=1.0, most=2)  # of the threads of a server's process


class Turns:
    """The queue of one database file."""

    def __init__(self, database: Path, patience: Patience = ALONE):
        self.path = database.with_name(database.name + ENDING)
        self.here = threading.Lock()
        self._patience = patience
        self._places = threading.BoundedSemaphore(patience.most)

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for one's turn, and hold it. Raises CannotSave where it does not come in time."""
        waits_long = self._places.acquire(blocking=False)
        try:
            patience = self._patience.long_s if waits_long else self._patience.short_s
            if not self.here.acquire(timeout=patience):
                raise CannotSave(BUSY)
            try:
                with self._among_processes(patience):
                    yield
            finally:
                self.here.release()
        finally:
            if waits_long:
                self._places.release()

    @contextmanager
    def _among_processes(self, patience: float) -> Iterator[None]:
        if sys.platform == "win32":  # turns are those of one process, and SQLite's own waiting does the rest
            yield
            return
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if not _locked_within(file, patience):
                raise CannotSave(BUSY)
            yield
        finally:
            os.close(file)  # which gives the turn back


def _locked_within(file: int, patience: float) -> bool:
    """Wait in the system's own queue, which knows no bound, in a thread that can be left behind."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        pass
    own = os.dup(file)  # the same lock: whoever is left behind waits on a file of its own
    done, guard = threading.Event(), threading.Lock()
    left = False

    def wait() -> None:
        try:
            fcntl.flock(own, fcntl.LOCK_EX)
            with guard:
                if left:
                    fcntl.flock(own, fcntl.LOCK_UN)
                else:
                    done.set()
        finally:
            os.close(own)

    threading.Thread(target=wait, daemon=True, name="turn").start()
    if done.wait(patience):
        return True
    with guard:
        left = not done.is_set()  # else it came at this very moment
    return not left


class NoTurns:
    """No queue: PostgreSQL has many writers at once."""

    @contextmanager
    def take(self) -> Iterator[None]:
        """Go on."""
        yield
