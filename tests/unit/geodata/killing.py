"""Kill an import at every step it takes on the disk, and write down what is left: `killing.py WORK`.

A step is whatever changes the disk (a file opened for writing, a rename, a folder made or removed)
and, besides, the middle of every write. Each import is a process of its own, killed by SIGKILL before
its n-th step, for every n until one ends by itself. One line of JSON says what each left behind.
"""

import builtins
import json
import os
import shutil
import signal
import sys
from pathlib import Path

from small import CODES, Figures, write_small

from geodata.editions import imports
from geodata.editions.store import EditionStore
from geodata.shared import disk

CHANGES = ("os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.chmod", "os.truncate", "tempfile.mkdtemp")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Steps:
    """Count steps and end the process before the n-th."""

    def __init__(self, fatal: int):
        self.fatal, self.count = fatal, 0

    def take(self) -> bool:
        self.count += 1
        return self.count == self.fatal

    def watch(self, event: str, args: tuple) -> None:
        writes = event == "open" and isinstance(args[2], int) and args[2] & WRITES
        if (writes or event in CHANGES) and self.take():
            os.kill(os.getpid(), signal.SIGKILL)

    def open(self, path, mode="r", **options):
        """Open a file whose writes may end half-way."""
        file = builtins.open(path, mode, **options)  # noqa: SIM115 - whoever asked for it closes it
        return _Tearing(file, self) if set(mode) & set("wa+") else file


class _Tearing:
    def __init__(self, file, steps: Steps):
        self._file, self._steps = file, steps

    def write(self, body):
        if self._steps.take():
            self._file.write(body[: len(body) // 2])
            self._file.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        return self._file.write(body)

    def __getattr__(self, name):
        return getattr(self._file, name)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._file.close()


def import_in_a_process(store: EditionStore, file: Path, fatal: int) -> bool:
    """Import in a process of its own; tell whether it came to its end."""
    child = os.fork()
    if child == 0:
        steps = Steps(fatal)
        disk.open = steps.open
        sys.addaudithook(steps.watch)
        try:
            imports.run(store, "indicators", file, who="Ana")
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return not os.WIFSIGNALED(status)


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def main(work: Path) -> None:
    imports.reader_of = lambda subject: Figures
    imports.now = lambda: "2026-01-01T00:00:00+00:00"  # so that two imports of one file are the same bytes
    shipped = write_small(work / "shipped")
    first, second = work / "first.csv", work / "second.csv"
    first.write_text(f"{CODES[0]},2017,50", "utf-8")
    second.write_text(f"{CODES[1]},2018,60", "utf-8")
    before = EditionStore(work / "before", shipped)
    old = imports.run(before, "indicators", first, who="Ana").edition
    after = EditionStore(work / "after", shipped)
    shutil.copytree(before.folder, after.folder)
    new = imports.run(after, "indicators", second, who="Ana").edition
    whole = {id_: content(after.folder_of(id_)) for id_ in (old, new)}
    in_use = before.load()
    print(json.dumps({"old": old, "new": new}), flush=True)
    ended, fatal = False, 0
    while not ended:
        fatal += 1
        store = EditionStore(work / f"killed-{fatal}", shipped)
        shutil.copytree(before.folder, store.folder)
        store.load = lambda name=None: in_use  # the base of every one of these imports, loaded once
        store.shipped_edition = "another"
        ended = import_in_a_process(store, second, fatal)
        left = [path.name for path in (store.folder / "editions").glob(".new-*")]
        told = {
            "step": fatal,
            "ended": ended,
            "current": store.current_id(),
            "whole": all(content(store.folder_of(id_)) == whole[id_] for id_ in store.ids()),
            "ids": store.ids(),
            "history": len(store.history()),
            "left": len(left),
        }
        if fatal % 4 == 0 or (left and fatal > 30):  # the next import, some of the times
            import_in_a_process(store, second, 0)
            told |= {"then": store.current_id(), "then_whole": content(store.folder_of(new)) == whole[new]}
            told["then_left"] = len(list((store.folder / "editions").glob(".new-*")))
        print(json.dumps(told), flush=True)
        shutil.rmtree(store.folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
