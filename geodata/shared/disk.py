"""Put files on the disk so that a killed process or a power cut leaves the old or the new, never a half.

What is written is synced before the next step; what others read appears by one rename.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from filelock import lock_descriptor


class Locked(OSError):
    """Another process holds the lock; `holder` is what it wrote of itself."""

    def __init__(self, holder: str):
        super().__init__(holder)
        self.holder = holder


def write(path: Path, body: bytes) -> None:
    """Write a file and sync it. Raises OSError."""
    with open(path, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def copy(source: Path, target: Path) -> None:
    """Copy a file's content and sync the copy. Raises OSError."""
    shutil.copyfile(source, target)
    sync(target)


def sync(path: Path) -> None:
    """Sync a file or a folder (a folder: the names in it)."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def move(source: Path, target: Path) -> None:
    """Rename in one step, taking the place of a file at `target`, and sync the folder. Raises OSError."""
    os.replace(source, target)
    sync(target.parent)


def write_whole(path: Path, body: bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never a part of it."""
    aside = path.with_name(f".{path.name}.new")
    write(aside, body)
    move(aside, path)


def append_line(path: Path, line: str) -> None:
    """Add one line to a file and sync it; a torn line before it (a kill) is closed first."""
    with open(path, "a+b") as file:
        torn = file.tell() > 0 and _last_byte(file) != b"\n"
        file.write((b"\n" if torn else b"") + line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _last_byte(file: BinaryIO) -> bytes:
    file.seek(-1, os.SEEK_END)
    return file.read(1)


@contextlib.contextmanager
def lock(path: Path, holder: str) -> Iterator[None]:
    """Hold a lock that ends with the process, however it ends. Raises Locked where another holds it.

    holder: what the next one is told of this process.
    """
    with open(path, "a+", encoding="utf-8") as file:
        if not lock_descriptor(file.fileno(), blocking=False):
            file.seek(0)
            raise Locked(file.read().strip())
        file.seek(0)
        file.truncate()
        file.write(holder)
        file.flush()
        yield


def is_locked(path: Path) -> bool:
    """Tell whether somebody holds the lock of :func:`lock`: for a moment, whoever asks at the same time does too."""
    try:
        with open(path, "rb") as file:
            return not lock_descriptor(file.fileno(), blocking=False)
    except FileNotFoundError:
        return False
