"""Let the writers of a file of SQLite take turns in the order in which they come, also across processes.

SQLite lets a writer that finds another at work sleep and look again, ever longer; whoever comes later may go first,
and under load some wait for seconds. A lock of the operating system on a file beside the database wakes the next one
at once, and is given back when a process dies.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: the turns are those of one process, and SQLite's own waiting does the rest
    fcntl = None

ENDING = "-turn"


class Turns:
    """The queue of one database file."""

    def __init__(self, database: Path):
        self.path = database.with_name(database.name + ENDING)
        self.here = threading.Lock()

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for one's turn, and hold it."""
        with self.here:
            if fcntl is None:
                yield
                return
            file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield
            finally:
                os.close(file)  # which gives the turn back


class NoTurns:
    """No queue: PostgreSQL has many writers at once."""

    @contextmanager
    def take(self) -> Iterator[None]:
        """Go on."""
        yield
