"""Start a Redis of one's own for a while: on a free port, with nothing kept on the disk."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from redis import Redis
from redis.exceptions import RedisError

START_S = 300


@contextmanager
def server() -> Iterator[tuple[str, subprocess.Popen]]:
    """Give the address of a running Redis and its process. Raises RuntimeError without one."""
    program = shutil.which("redis-server")
    if program is None:
        raise RuntimeError("Redis is needed: sh tests/server/access/need-redis.sh installs Debian's")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}/0"
    try:
        _wait(url, process)
        yield url, process
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(url: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if Redis.from_url(url).ping():
                return
        except RedisError:
            time.sleep(0.05)
    raise RuntimeError("Redis did not start")
