"""Visitors who are slow, on purpose or by their line: each holds a connection for as long as it is let."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

HEAD = b"GET /entrar HTTP/1.1\r\nHost: x\r\n"
HEADERS = HEAD + b"X-Slow: "
BODY = b"POST /entrar HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n\r\n"
LARGE = b"GET /assets/vendor/plotly-basic.min.js HTTP/1.1\r\nHost: x\r\n\r\n"
IDLE = HEAD + b"\r\n"
KINDS = {"headers": HEADERS, "body": BODY, "answer": LARGE, "idle": IDLE}
DRIP_S = 0.5


class Slow:
    """One such visitor."""

    def __init__(self, kind: str, host: str, port: int):
        self.kind = kind
        self.socket = socket.socket()
        if kind == "answer":
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        self.socket.connect((host, port))
        self.socket.sendall(KINDS[kind])

    def drip(self) -> None:
        """Send or take one byte more."""
        try:
            if self.kind in ("headers", "body"):
                self.socket.send(b"a")
            elif self.kind == "answer":
                self.socket.recv(1, socket.MSG_DONTWAIT)
        except OSError:
            pass  # it was closed, which `is_open` tells

    def is_open(self) -> bool:
        """Tell whether the server holds the connection still, whatever it has sent."""
        hung_up = select.POLLHUP | select.POLLERR | select.POLLRDHUP
        watch = select.poll()
        watch.register(self.socket, hung_up)
        return not watch.poll(0)


@contextmanager
def visitors(host: str, port: int, number: int) -> Iterator[list[Slow]]:
    """Give a number of slow visitors, of each kind as many, at it until the end."""
    kinds = list(KINDS)
    made = [Slow(kinds[n % len(kinds)], host, port) for n in range(number)]
    over = threading.Event()

    def drip() -> None:
        while not over.wait(DRIP_S):
            for each in made:
                each.drip()

    dripping = threading.Thread(target=drip, daemon=True)
    dripping.start()
    try:
        yield made
    finally:
        over.set()
        dripping.join()
        for each in made:
            each.socket.close()
