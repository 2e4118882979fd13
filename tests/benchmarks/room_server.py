"""Serve a meeting's room as `python -m dashboard --room` does, from a process that has loaded the application once.

Each line that comes in starts a copy of it, whose process id is answered: one that is killed is followed by the next
within a moment, with nothing in its memory of what the one before had.
"""

import os
import signal
import sys

from dashboard.app import create_app
from dashboard.web import request
from dashboard.web.access import Serving, door, listen


def main(port: int, room_port: int) -> None:
    """Load the application, and serve copies of it at two ports of this machine, one after another."""
    app = create_app()
    request.record().close()  # each copy opens its own connections
    request.forget_record()
    request.accounts_changed()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a copy here
    print("loaded", flush=True)
    for _ in sys.stdin:
        if (pid := os.fork()) == 0:
            serving = Serving(app.server, [listen("127.0.0.1", port)])
            door.Door(serving, app.server, "127.0.0.1", room_port).open()
            while True:
                serving.turn()
        print(pid, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
