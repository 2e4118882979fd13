"""Serve an application as it is served in use, on a free port, for as long as it is looked at."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from dashboard.settings import PREFIX
from tests.root import ROOT

OURS = "dashboard.app:create_server()"
PLAIN = "tests.benchmarks.plain:create_server()"
START_S = 120


@contextmanager
def served(
    application: str, environment: Mapping[str, str], workers: int = 1, more: Sequence[str] = ()
) -> Iterator[str]:
    """Serve a WSGI application as the Procfile does; yield its address. more: arguments of gunicorn.

    Raises RuntimeError with what the server said where it does not answer.
    """
    port = _free_port()
    own = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    command = [
        sys.executable, "-m", "gunicorn", "-c", "python:dashboard.web.access.gunicorn", "--workers", str(workers),
        "--bind", f"127.0.0.1:{port}", *more, application,
    ]  # fmt: skip
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, cwd=ROOT, env={**own, **environment}, stdout=log, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}/"
            if not _answers(f"{address}assets/css/style.css", process):
                log.seek(0)
                raise RuntimeError(f"{application} does not answer:\n{log.read()[-4000:]}")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _answers(address: str, process: subprocess.Popen) -> bool:
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=START_S) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    return False
