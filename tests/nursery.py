"""Start servers quickly: one process loads the application once, and each server is a copy of it that goes its own way.

Loading takes some seconds of a processor, and tests start many servers. Each has its own settings and its own log, and
opens its record and the data of its store itself: nothing that depends on a setting is loaded before it is copied.
"""

import contextlib
import json
import os
import runpy
import select
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.root import ROOT


@dataclass(frozen=True)
class Grown:
    """A server that was started, which is no child of this process."""

    pid: int
    handle: int  # readable once it has ended

    def runs(self) -> bool:
        """Tell whether it has not ended."""
        return not select.select([self.handle], [], [], 0)[0]

    def stop(self, patience_s: float = 120) -> None:
        """End it. Raises TimeoutError where it goes on."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        ended = select.select([self.handle], [], [], patience_s)[0]
        os.close(self.handle)
        if not ended:
            raise TimeoutError(f"the server {self.pid} does not end")


class Nursery:
    """The process that has loaded the application."""

    def __init__(self, environment: dict[str, str]):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.nursery"], cwd=ROOT, env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def grow(self, module: str, arguments: list[str], environment: dict[str, str], log: Path) -> Grown:
        """Start `python -m module arguments`, which writes to a log."""
        wish = {"module": module, "arguments": arguments, "environment": environment, "log": str(log)}
        print(json.dumps(wish), file=self._process.stdin, flush=True)
        pid = int(self._process.stdout.readline())
        return Grown(pid, os.pidfd_open(pid))

    def close(self) -> None:
        """End the process that has loaded the application; what grew out of it goes on."""
        self._process.stdin.close()
        self._process.wait(timeout=20)


def alone(module: str, arguments: list[str], environment: dict[str, str], log: Path) -> Grown:
    """Start `python -m module arguments` as a process that loads all it needs itself."""
    with open(log, "a") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments], cwd=ROOT, env=environment, stdout=written,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
    return Grown(process.pid, os.pidfd_open(process.pid))


def _run(wish: dict) -> None:
    """Be the server that was asked for; never returns."""
    os.setsid()
    with open(os.devnull) as nothing, open(wish["log"], "a") as log:
        for stream, end in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(stream.fileno(), end)
    os.environ.clear()
    os.environ.update(wish["environment"])
    sys.argv = [wish["module"], *wish["arguments"]]
    runpy.run_module(wish["module"], run_name="__main__", alter_sys=True)


def main() -> None:
    """Load the application, and copy this process for each line that comes in."""
    import dashboard.app  # noqa: F401 what is to be loaded once
    from dashboard.pages.kit import screens
    from geodata.model.dataset import default

    screens()
    default()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a server here
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _run(json.loads(line))
        print(pid, flush=True)


if __name__ == "__main__":
    main()
