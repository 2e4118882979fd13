"""The socket by which the phones of a room reach this computer, opened and shut while the application runs.

The application goes on listening on this computer alone. Nothing but the room's pages answers here (`doorway.py`).
"""

import socket
import threading

from dashboard import texts
from dashboard.web.access.connections import Serving, listen
from dashboard.web.access.doorway import Application, room_only
from dashboard.web.access.lan import addresses

PORT = 8060
EVERYWHERE = "0.0.0.0"


class Door:
    """The socket that phones reach, opened and shut while the application runs."""

    def __init__(self, serving: Serving, application: Application, host: str = EVERYWHERE, port: int = PORT):
        self.serving, self.application, self.host, self.port = serving, room_only(application), host, port
        self._lock = threading.Lock()
        self._listening: socket.socket | None = None

    @property
    def is_open(self) -> bool:
        """Whether phones are answered."""
        return self._listening is not None

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where phones find it, the likeliest first: without a path."""
        hosts = addresses() if self.host == EVERYWHERE else (self.host,)
        return tuple(f"http://{host}:{self.port}" for host in hosts)

    def open(self) -> None:
        """Answer phones from now on. Raises OSError where nobody can listen there."""
        with self._lock:
            if self._listening is None:
                self._listening = listen(self.host, self.port)
                self.serving.admit(self._listening, self.application)

    def shut(self) -> None:
        """Answer no phones any more."""
        with self._lock:
            if self._listening is not None:
                self.serving.dismiss(self._listening)
                self._listening = None


_of_this_process: list[Door] = []


def stand(door: Door) -> None:
    """Have a door be the one of this process."""
    _of_this_process[:] = [door]


def standing() -> Door | None:
    """Return the door of this process; None where others reach it anyway, or nobody may."""
    return _of_this_process[0] if _of_this_process else None


def told(door: Door, language: str) -> list[str]:
    """Return where phones find the room, in sentences for whoever started the server."""
    found = door.addresses
    if not found:
        return [texts.say(language, "rooms.no_network")]
    return [texts.say(language, "rooms.listening", address=f"{address}/sala") for address in found]
