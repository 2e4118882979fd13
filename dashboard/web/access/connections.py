"""Serve many connections with few threads: a request is worked on once it is here whole, and its answer is sent aside.

Waitress reads and writes in one thread and keeps what is on its way in memory or in files that have no name, so that
whoever sends or reads slowly holds no thread that works. What it does not bound is bounded here: how long a request may
take to arrive and an answer to be taken, what is kept of too large a body (nothing: the application refuses it by the
length that was announced), and how many connections stay open. Passwords are looked at by threads of their own.
"""

import logging
import queue
import resource
import socket
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer
from waitress.task import ThreadedTaskDispatcher
from waitress.utilities import RequestEntityTooLarge

from dashboard.web.access.gate import SIGN_IN
from dashboard.web.access.people import MOST_PASSWORDS
from dashboard.web.access.safety import LARGEST_BODY, UPLOADS
from geodata.readers.formats import MAX_FILE_BYTES

THREADS = 4
# to arrive or to be taken: this long, and as much longer as it takes at the slowest line that is waited for
PATIENCE_S = 30.0
SLOWEST_BYTES_PER_S = 1000
IDLE_S = 120.0  # people think between two deeds, and a connection that is just being closed loses what is sent
TURN_S = 1.0
MOST_CONNECTIONS = 2000
OTHER_FILES = 200  # that a process has open besides
ROOM = 0.1  # of the connections are closed where no other can be opened
MOST_LARGE = 3  # files that arrive at a time, each as large as a file may be
MOST_SIGNING_IN = 100  # who wait until a password is looked at
MEMORY = 2**16  # of a body or an answer; the rest of it is in a file
HEADERS = 2**15

_UPLOADS = f"/{UPLOADS}"
logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it would tell of each request that waits a moment


class Arriving(HTTPRequestParser):
    """A request that arrives. Of a body that is too large nothing is kept."""

    @property
    def most(self) -> int:
        """Bytes that its body may have."""
        return MAX_FILE_BYTES if self.path == _UPLOADS else LARGEST_BODY

    @property
    def is_large(self) -> bool:
        """Whether more is coming than a page ever sends: a file."""
        return self.headers_finished and self.content_length > LARGEST_BODY and self.body_rcv is not None

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head of a request; one that says it is too large is not read on."""
        super().parse_header(header_plus)
        if self.content_length > self.most:
            self.give_up_body()

    def give_up_body(self) -> None:
        """Hand the request on as it is: what it announced stays in its header."""
        self.body_rcv, self.headers["CONNECTION"] = None, "close"

    def received(self, data: bytes) -> int:
        """Take some of a request and return how much; one in pieces is cut off where it grows too large."""
        consumed = super().received(data)
        if self.chunked and self.body_bytes_received > self.most:
            self.error, self.completed = RequestEntityTooLarge(f"more than {self.most} bytes"), True
        return consumed


class Connection(HTTPChannel):
    """One connection, which knows how long what is on its way has been so. Times are of a clock that only goes on."""

    parser_class = Arriving

    def __init__(self, server: "Server", *args: Any, **more: Any):
        self.clock = server.clock
        self.idle_since = self.arriving_since = self.clock()
        self.leaving_since: float | None = None
        self.arrived = self.left = 0
        self.is_being_answered = self.was_answered = False
        super().__init__(server, *args, **more)

    def received(self, data: bytes) -> bool:
        """Take some of a request; one more file than may come at once is sent away."""
        if self.request is None:
            self.arriving_since, self.arrived = self.clock(), 0
        self.arrived += len(data)
        taken = super().received(data)
        if self.request is not None and self.request.is_large and self.server.large() > MOST_LARGE:
            self.handle_close()
        return taken

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Send some of an answer, and note since when it is leaving."""
        if self.leaving_since is None:
            self.leaving_since, self.left = self.clock(), 0
        sent = super().send(data, do_close=do_close)
        self.left += sent
        return sent

    def service(self) -> None:
        """Answer what has arrived whole."""
        self.is_being_answered = True
        super().service()
        self.idle_since, self.was_answered = self.clock(), True
        self.is_being_answered = False

    def is_overdue(self) -> bool:
        """Tell whether it has had its time; call it now and then. One that is being answered has no end."""
        now = self.clock()
        if self.total_outbufs_len:
            return self.leaving_since is not None and _is_over(now - self.leaving_since, self.left)
        self.leaving_since = None
        if self.requests or self.is_being_answered:
            return False
        if self.request is not None:
            return _is_over(now - self.arriving_since, self.arrived)
        return now - self.idle_since > IDLE_S


def _is_over(seconds: float, moved: int) -> bool:
    return seconds > PATIENCE_S + moved / SLOWEST_BYTES_PER_S


class Server(BaseWSGIServer):
    """What listens at one socket."""

    channel_class = Connection
    next_channel_cleanup = float("inf")  # by a clock that may be set; see Serving.turn

    def __init__(self, serving: "Serving", listening: socket.socket, application: Callable):
        self.serving, self.clock = serving, serving.clock
        of = (listening.family, listening.type, listening.proto, listening.getsockname())
        super().__init__(
            application, map=serving.map, _sock=listening, dispatcher=serving.working, adj=serving.adjustments,
            sockinfo=of, bind_socket=False,
        )  # fmt: skip
        self.server_name = self.effective_host  # who listens, not whom the visitor names

    def getsockname(self) -> tuple[str, Any]:
        """Return the address it listens on, of a socket of Unix too."""
        name = self.socket.getsockname()
        return ("unix", name) if self.family == socket.AF_UNIX else (name[0], name[1])

    def fix_addr(self, addr: Any) -> tuple[str, Any]:
        """Return the address of a visitor; behind a socket of Unix there is none."""
        return ("", None) if self.family == socket.AF_UNIX else addr

    def set_socket_options(self, conn: socket.socket) -> None:
        """Send small answers at once, where the socket can."""
        if self.family != socket.AF_UNIX:
            conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def add_task(self, task: Connection) -> None:
        """Have a request worked on; who signs in waits for one of few threads, so that those who work need not."""
        request, signing = task.requests[0], self.serving.signing
        if request.command == "POST" and request.path == SIGN_IN and len(signing.queue) < MOST_SIGNING_IN:
            signing.add_task(task)
        else:
            super().add_task(task)

    def large(self) -> int:
        """Return how many large bodies are arriving."""
        return sum(c.request is not None and c.request.is_large for c in self.serving.connections())


class Serving:
    """An application at some sockets: call :meth:`turn` as long as it is served."""

    def __init__(
        self,
        application: Callable,
        listening: Iterable[socket.socket],
        threads: int = THREADS,
        clock: Callable[[], float] = time.monotonic,
    ):
        self.clock = clock
        self.map: dict[int, Any] = {}  # what waitress listens to, by descriptor
        self.most = min(MOST_CONNECTIONS, _most_files() - OTHER_FILES)
        self.adjustments = Adjustments(
            clear_untrusted_proxy_headers=False,  # who is believed is decided by the application
            ident=None, inbuf_overflow=MEMORY, outbuf_overflow=MEMORY, outbuf_high_watermark=2**40,
            max_request_header_size=HEADERS, max_request_body_size=MAX_FILE_BYTES + 1, connection_limit=self.most,
            log_socket_errors=False, asyncore_use_poll=True,
        )  # fmt: skip
        self.working, self.signing = _threads(threads), _threads(MOST_PASSWORDS)
        self.servers = [Server(self, each, application) for each in listening]
        self._wanted: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()  # by other threads, in the next turn
        self._looked = clock()

    def connections(self) -> list[Connection]:
        """The connections that are open."""
        return [each for server in self.servers for each in server.active_channels.values()]

    def turn(self, seconds: float = TURN_S) -> None:
        """Read and write what is there, waiting for it no longer than some seconds; close what is overdue."""
        while not self._wanted.empty():
            self._wanted.get()()
        wasyncore.loop(timeout=seconds, use_poll=True, map=self.map, count=1)
        if self.clock() - self._looked >= TURN_S:
            self._looked = self.clock()
            for each in self.connections():
                if each.is_overdue():
                    each.handle_close()
        if len(self.map) >= self.most:
            self.make_room()

    def admit(self, listening: socket.socket, application: Callable) -> None:
        """Serve an application at one more socket, from the next turn on; any thread may ask."""
        self._wanted.put(lambda: self.servers.append(Server(self, listening, application)))
        self.servers[0].pull_trigger()

    def dismiss(self, listening: socket.socket) -> None:
        """Serve nothing at a socket any more, and close it; any thread but that which turns may ask."""
        done = threading.Event()
        self._wanted.put(lambda: self._dismiss(listening, done))
        self.servers[0].pull_trigger()
        done.wait(2 * TURN_S)

    def _dismiss(self, listening: socket.socket, done: threading.Event) -> None:
        for server in [each for each in self.servers if each.socket is listening]:
            self.servers.remove(server)
            for each in list(server.active_channels.values()):
                each.close_when_flushed = True  # once what was asked is answered
                if not (each.requests or each.is_being_answered or each.total_outbufs_len):
                    each.handle_close()
            server.close()
        done.set()

    def make_room(self) -> None:
        """Close some connections of which nothing is being worked on: first those that never asked anything whole."""
        free = [each for each in self.connections() if not (each.requests or each.is_being_answered)]
        free.sort(key=lambda each: (each.was_answered, each.idle_since))
        for each in free[: max(int(self.most * ROOM), 1)]:
            each.handle_close()

    def finish(self, seconds: float, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Take no more connections, and close when what was asked is answered or some seconds are over."""
        for server in self.servers:
            server.accepting = False
        until = self.clock() + seconds
        while self.clock() < until and any(c.requests or c.total_outbufs_len for c in self.connections()):
            self.turn(0.1)
            meanwhile()
        for threads in (self.working, self.signing):
            threads.shutdown(timeout=1)
        wasyncore.close_all(self.map)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=1024)


def _threads(number: int) -> ThreadedTaskDispatcher:
    made = ThreadedTaskDispatcher()
    made.set_thread_count(number)
    return made


def _most_files() -> int:
    """Return how many files this process may have open, after asking for as many as it may ask for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return wanted if soft == resource.RLIM_INFINITY else soft
