"""What gunicorn is told when it starts: `gunicorn -c python:dashboard.web.access.gunicorn ...`."""

import sys
from typing import Any

from dashboard.web.access.connections import THREADS
from dashboard.web.access.loopback import host_of
from dashboard.web.access.start import refused

control_socket_disable = True
worker_class = "dashboard.web.access.worker.BufferingWorker"
threads = THREADS


def on_starting(server: Any) -> None:  # its arbiter, to which it gives no type
    """Refuse to start where others would reach a server without accounts."""
    told = refused([host_of(address) for address in server.cfg.bind])
    if told:
        print(told, file=sys.stderr)
        sys.exit(4)  # gunicorn's own word for an application that cannot be loaded
