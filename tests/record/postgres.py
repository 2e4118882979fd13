"""Start a PostgreSQL of one's own for a while: in a temporary folder, on a free port, without waiting for the disk."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER_USER = "postgres"  # PostgreSQL refuses to run as root


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL on this machine, None when there is none."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: int(folder.parent.name))
    there = shutil.which("initdb")
    return Path(there).resolve().parent if there else None


@contextmanager
def server() -> Iterator[str]:
    """Give the address of a running server, without the name of a database. Raises RuntimeError without one."""
    folder = programs()
    if folder is None:
        raise RuntimeError("PostgreSQL is needed: sh tests/record/need-postgres.sh installs Debian's")
    with tempfile.TemporaryDirectory(prefix="records-postgres-") as home:
        if os.getuid() == 0:
            shutil.chown(home, SERVER_USER)
        data, port = Path(home) / "data", _free_port()
        _run(folder / "initdb", "-D", data, "-U", SERVER_USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        settings = {
            "listen_addresses": "127.0.0.1", "max_connections": 200,
            # nothing has to outlive the run, and hundreds of small databases need no care
            "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off",
        }  # fmt: skip
        options = " ".join([f"-p {port} -k {home}", *(f"-c {name}={value}" for name, value in settings.items())])
        _run(folder / "pg_ctl", "-D", data, "-l", Path(home) / "log", "-w", "-o", options, "start")
        try:
            yield f"postgresql://{SERVER_USER}@127.0.0.1:{port}"
        finally:
            _run(folder / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _run(*command: object) -> None:
    words = [str(word) for word in command]
    if os.getuid() == 0:
        words = ["runuser", "-u", SERVER_USER, "--", *words]
    # a server that is started keeps what it was given for its output open: it gets nothing of ours
    done = subprocess.run(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/"
    )
    if done.returncode:
        raise RuntimeError(f"{words} ended with {done.returncode}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
