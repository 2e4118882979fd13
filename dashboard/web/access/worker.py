"""A process of gunicorn's that serves as :mod:`dashboard.web.access.connections` does: no thread waits for a line.

Gunicorn starts the processes, watches them and hands each the sockets that listen.
"""

import os

from gunicorn.workers.base import Worker

from dashboard.web.access.connections import Serving


class BufferingWorker(Worker):
    """Serves until it is told to stop or its parent is gone."""

    def run(self) -> None:
        """Serve until gunicorn ends this process, or is gone; then finish what has begun."""
        serving = Serving(self.wsgi, self.sockets, self.cfg.threads)
        while self.alive and os.getppid() == self.ppid:
            self.notify()
            serving.turn()
        serving.finish(self.cfg.graceful_timeout, self.notify)
