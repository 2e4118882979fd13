"""Keep what is being solved on disk, so that any worker can ask for it and tell how far it is.

A job is a folder named by its key: what is wanted, when a reader last asked for it, who works on it, how
far it is, and the answer. Each file is put in place whole. A job that no reader asks for any more is let
go by the process that works on it, so that to stop is no more than to ask no longer.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
MOST_SOLVERS = 2
MOST_KEPT = 300  # answers
DEAD_AFTER_S = 20.0  # a solver that has given no sign
TAKEN_S = 2.0
ABANDONED_AFTER_S = 10.0  # a job that nobody has asked for
AHEAD_S = 2.0  # that clocks of machines which share a disk may differ
ENDLESS = float("inf")
MOST_TRIES = 2
FINAL = ("done", "blocked", "refused", "failed")

Answer = Mapping[str, Any]


@dataclass(frozen=True)
class JobState:
    """How far a job is: `status` is waiting, working, or one of :data:`FINAL`, which has the answer.

    doing, share: what is being done (the end of a text key) and how much of it, 0-1. seconds: since a solver
    took it.
    """

    status: str
    doing: str = ""
    share: float = 0.0
    seconds: float = 0.0
    answer: Answer = field(default_factory=dict)

    @property
    def is_final(self) -> bool:
        """Whether nothing more comes of it."""
        return self.status in FINAL


def key_of(text: str) -> str:
    """Return the name of a job's folder for a key of any length."""
    return sha256(text.encode()).hexdigest()[:24]


class Spool:
    """The jobs in a folder, and the solvers that work on them."""

    def __init__(self, folder: Path, most_solvers: int = MOST_SOLVERS, before_new: Callable[[], None] = lambda: None):
        """before_new: called before a job is laid down, which it is not where that raises."""
        self._jobs, self._solvers, self._most = Path(folder) / "jobs", Path(folder) / "solvers", most_solvers
        self._before_new = before_new

    # ---- for who asks

    def ask(self, key: str, wanted: Mapping[str, Any]) -> JobState:
        """Ask for a job, which is laid down when it is not there, and say how far it is."""
        job = self._jobs / key
        laid = _read(job / "wanted.json")
        if laid is None or laid.keys() != wanted.keys():  # not there, or damaged
            self._before_new()
            self._prune()
            job.mkdir(parents=True, exist_ok=True)
            _write(job / "wanted.json", wanted)
        (job / "watched").touch()
        state = self.state(key)
        if state.status == "waiting":
            self._start_solver()
        return state

    def state(self, key: str) -> JobState:
        """Say how far a job is. One whose solver died waits anew, and has failed after the second."""
        job = self._jobs / key
        answer = _read(job / "answer.json")
        if answer is not None:
            if answer.get("status") in FINAL:
                return JobState(answer["status"], answer=answer)
            self.let_go(key)  # damaged: to be solved anew
            (job / "answer.json").unlink(missing_ok=True)
        claimed = _read(job / "claimed")
        # one that is being taken names nobody yet
        if claimed is not None and _age(job / "claimed") > TAKEN_S and not self._is_alive(claimed.get("solver", "")):
            _move(job / "claimed", job / f"lost-{len(list(job.glob('lost-*'))) + 1}")
            claimed = None
        if claimed is None and len(list(job.glob("lost-*"))) >= MOST_TRIES:
            return JobState("failed")
        progress = _read(job / "progress.json") or {}
        if claimed is None:
            return JobState("waiting")
        seconds = _age(job / "claimed")
        return JobState(
            "working", progress.get("doing", ""), progress.get("share", 0.0), seconds if 0 < seconds < ENDLESS else 0.0
        )

    def forget(self, key: str) -> None:
        """Forget a job, so that it is solved anew when asked for."""
        shutil.rmtree(self._jobs / key, ignore_errors=True)

    def _start_solver(self) -> None:
        """Start a solver where none is free and there may be one more."""
        signs = [sign for sign in self._solvers.glob("*") if _age(sign) < DEAD_AFTER_S]
        if len(signs) >= self._most or any(_text(sign) == "free" for sign in signs):
            return
        self._solvers.mkdir(parents=True, exist_ok=True)
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard.web.jobs", str(self._jobs.parent)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # an interrupt at the terminal is for the server, which it follows anyway
        )
        self.sign(str(process.pid), "free")

    def _is_alive(self, solver: str) -> bool:
        return bool(solver) and _age(self._solvers / solver) < DEAD_AFTER_S

    def _prune(self) -> None:
        """Keep the jobs asked for last."""
        jobs = sorted(self._jobs.glob("*"), key=lambda job: _age(job / "watched"))
        for job in jobs[MOST_KEPT:]:
            if _age(job / "watched") > DEAD_AFTER_S:
                shutil.rmtree(job, ignore_errors=True)

    # ---- for who solves

    def claim(self, solver: str) -> str | None:
        """Take the job that has waited longest and is still asked for; None where there is none."""
        waiting = [job for job in self._jobs.glob("*") if self._is_waiting(job)]
        for job in sorted(waiting, key=lambda job: -_age(job / "wanted.json")):
            try:
                handle = os.open(job / "claimed", os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            except OSError:
                continue  # another was quicker
            with os.fdopen(handle, "w") as file:
                json.dump({"solver": solver}, file)
            return job.name
        return None

    def _is_waiting(self, job: Path) -> bool:
        if (job / "answer.json").exists() or (job / "claimed").exists() or not (job / "wanted.json").exists():
            return False
        return _age(job / "watched") < ABANDONED_AFTER_S and len(list(job.glob("lost-*"))) < MOST_TRIES

    def wanted(self, key: str) -> Mapping[str, Any] | None:
        """Return what a plan is asked for, None where nobody waits for one by this key."""
        return _read(self._jobs / key / "wanted.json")

    def asked_at(self, key: str) -> float | None:
        """Return the moment, by the clock of the disk, at which a reader last asked for a job; None for one pruned."""
        return _written_at(self._jobs / key / "watched")

    def let_go(self, key: str) -> None:
        """Give a job back, to be taken when it is asked for again."""
        (self._jobs / key / "claimed").unlink(missing_ok=True)
        (self._jobs / key / "progress.json").unlink(missing_ok=True)

    def progress(self, key: str, doing: str, share: float) -> None:
        """Write down what is being done for a plan, and how much of it: a share from 0 to 1."""
        _write(self._jobs / key / "progress.json", {"doing": doing, "share": share})

    def finish(self, key: str, answer: Answer) -> None:
        """Write down the answer of a plan."""
        _write(self._jobs / key / "answer.json", answer)

    def sign(self, solver: str, doing: str) -> None:
        """Give a sign of life: `free` or `busy`."""
        _put(self._solvers / solver, doing)

    def sign_off(self, solver: str) -> None:
        """Take out a solver that ends."""
        (self._solvers / solver).unlink(missing_ok=True)


class Attention:
    """Whether readers still ask for a job, by the clock of who watches: that of the disk may be set meanwhile."""

    def __init__(self, spool: Spool, key: str, clock: Callable[[], float] = time.monotonic):
        self._spool, self._key, self._clock = spool, key, clock
        self._last, self._since = spool.asked_at(key), clock()

    def is_over(self) -> bool:
        """Tell whether nobody has asked for a while; call it now and then."""
        last = self._spool.asked_at(self._key)
        if last != self._last:
            self._last, self._since = last, self._clock()
        return last is None or self._clock() - self._since > ABANDONED_AFTER_S


def _written_at(path: Path) -> float | None:
    try:
        return path.stat().st_mtime
    except OSError:
        return None


def _age(path: Path) -> float:
    """Seconds since a file was written; endless for one that is not there, or of a moment that has not come.

    A clock that was set back leaves such behind. Whoever lives gives a sign again, and the dead do not.
    """
    written = _written_at(path)
    age = ENDLESS if written is None else time.time() - written
    return age if age > -AHEAD_S else ENDLESS


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""


def _read(path: Path) -> dict[str, Any] | None:
    """Return what a file holds; None where it is not there, and nothing where it is being written."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, tree: Mapping[str, Any]) -> None:
    _put(path, json.dumps(tree, ensure_ascii=False))


def _put(path: Path, text: str) -> None:
    """Put a file in place whole. A folder that was pruned meanwhile is no fault: nobody asks for it."""
    part = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}")
    with contextlib.suppress(FileNotFoundError):
        part.write_text(text, "utf-8")
        part.replace(path)


def _move(path: Path, to: Path) -> None:
    with contextlib.suppress(OSError):  # another worker has seen it too
        path.rename(to)
