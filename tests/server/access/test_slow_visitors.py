"""Hold that nobody who is slow keeps others waiting: by lines that drip, by signing in, or in crowds.

What is looked at is who is answered while the slow ones are all still there, never how long it takes.
"""

import http.client
import re
import socket
import threading

import pytest

from dashboard.records.core.errors import Refused
from dashboard.records.people import visits
from dashboard.web.access import connections, gunicorn, people
from dashboard.web.access.connections import IDLE_S, PATIENCE_S, SLOWEST_BYTES_PER_S, Serving
from dashboard.web.access.safety import LARGEST_BODY
from tests.root import ROOT
from tests.server.access import slow

LOOK_S = 0.01  # how long a turn waits for what is there at once
ANSWER_S = 60  # to end a test that would hang; nothing is judged by it


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Place:
    """A server at a port of this machine, in a thread of its own or turned by hand."""

    def __init__(self, application, threads: int = 1, clock=None):
        self.listening = connections.listen("127.0.0.1", 0)
        self.port = self.listening.getsockname()[1]
        self.serving = Serving(application, [self.listening], threads, **({"clock": clock} if clock else {}))
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        while not self._over.is_set():
            self.serving.turn(LOOK_S)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()
        self.serving.finish(0)

    def ask(self, method: str = "GET", path: str = "/entrar", **more) -> tuple[int, str]:
        talk = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_S)
        talk.request(method, path, **more)
        answer = talk.getresponse()
        body = answer.read().decode()
        talk.close()
        return answer.status, body


def test_sixty_slow_visitors_keep_nobody_waiting(served):
    with Place(served) as place, slow.visitors("127.0.0.1", place.port, 60) as visitors:
        answered = [place.ask()[0] for _ in range(20)]
        still = [each.is_open() for each in visitors]
    assert answered == [200] * 20
    assert all(still) and len(still) == 60


def test_who_signs_in_holds_no_thread_that_works_and_is_told_when_there_are_too_many(served, monkeypatch):
    go_on, inside = threading.Event(), threading.Semaphore(0)

    def waiting(*_):
        inside.release()
        assert go_on.wait(ANSWER_S)
        raise Refused("wrong_login")

    monkeypatch.setattr(visits, "sign_in", waiting)
    monkeypatch.setattr(connections, "MOST_SIGNING_IN", 3)
    told = []
    form = {"body": "login=reader&password=x", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}
    with Place(served) as place:

        def enter():
            told.append(place.ask("POST", **form))

        crowd = [threading.Thread(target=enter) for _ in range(people.MOST_PASSWORDS)]
        for each in crowd:
            each.start()
        for _ in crowd:
            assert inside.acquire(timeout=ANSWER_S)
        assert place.ask()[0] == 200  # one thread works, and it is free
        queue = place.serving.signing.queue
        waiting_too = [threading.Thread(target=enter) for _ in range(3)]
        for each in waiting_too:
            each.start()
        while len(queue) < 3:
            assert place.ask()[0] == 200
        status, page = place.ask("POST", **form)
        assert status == 503 and "Espere unos segundos" in page
        go_on.set()
        for each in (*crowd, *waiting_too):
            each.join()
    assert [status for status, _ in told] == [403] * 5


# ---- what has had its time


@pytest.fixture
def clock():
    return Clock()


def small(environ, start):
    """An application that answers as much as it is asked for."""
    size = int(environ["QUERY_STRING"] or 2)
    start("200 OK", [("Content-Length", str(size)), ("Content-Type", "text/plain")])
    return [b"x" * size]


@pytest.fixture
def place(clock):
    made = Place(small, clock=clock)
    yield made
    made.serving.finish(0)


def connect(place, sent: bytes) -> socket.socket:
    talk = socket.create_connection(("127.0.0.1", place.port), timeout=ANSWER_S)
    talk.sendall(sent)
    return talk


def settle(place, clock, seconds: float = 0.0) -> int:
    """Let time pass and have what is overdue closed; return how many connections are left. What was sent before is
    read before."""
    for _ in range(5):
        place.serving.turn(LOOK_S)
    clock.now += seconds
    clock.now += connections.TURN_S  # it looks no more often than this
    for _ in range(5):
        place.serving.turn(LOOK_S)
    return len(place.serving.connections())


def answered(place) -> bool:
    return any(each.was_answered for each in place.serving.connections())


def turn_until(place, true) -> None:
    """Have the server go on, while its clock stands still, until something is so."""
    while not true(place):
        place.serving.turn(LOOK_S)


@pytest.mark.parametrize("sent", [slow.HEADERS, slow.BODY])
def test_a_request_has_its_time_to_arrive_and_a_drip_gains_none(place, clock, sent):
    with connect(place, sent) as talk:
        assert settle(place, clock) == 1
        for _ in range(9):
            talk.sendall(b"a")
            assert settle(place, clock, PATIENCE_S / 10 - connections.TURN_S) == 1
        assert settle(place, clock, PATIENCE_S / 10 + 1) == 0


def test_a_large_file_by_a_slow_line_has_as_long_as_it_needs(place, clock):
    piece = b"x" * SLOWEST_BYTES_PER_S * 5
    with connect(place, b"POST /uploads HTTP/1.1\r\nContent-Length: 900000\r\n\r\n") as talk:
        assert settle(place, clock) == 1
        for _ in range(20):
            talk.sendall(piece)
            assert settle(place, clock, 4) == 1
        assert settle(place, clock, PATIENCE_S + 200) == 0


def test_an_answer_that_nobody_takes_is_let_go(place, clock):
    with connect(place, b"GET /?30000000 HTTP/1.1\r\n\r\n"):
        turn_until(place, answered)
        assert settle(place, clock, PATIENCE_S / 2) == 1
        (held,) = place.serving.connections()
        assert held.total_outbufs_len > 0
        assert settle(place, clock, PATIENCE_S + held.left / SLOWEST_BYTES_PER_S) == 0


def test_a_connection_stays_while_people_think_and_not_for_ever(place, clock):
    with connect(place, b"GET / HTTP/1.1\r\n\r\n") as talk:
        turn_until(place, answered)
        assert talk.recv(1000).endswith(b"xx")
        assert settle(place, clock, IDLE_S / 2) == 1
        assert settle(place, clock, IDLE_S / 2 + 1) == 0


def test_what_takes_long_to_answer_is_not_cut(clock):
    go_on = threading.Event()

    def long(environ, start):
        assert go_on.wait(ANSWER_S)
        return small(environ, start)

    place = Place(long, clock=clock)
    with connect(place, b"GET / HTTP/1.1\r\n\r\n") as talk:
        turn_until(place, lambda place: any(each.requests for each in place.serving.connections()))
        assert settle(place, clock, 10 * IDLE_S) == 1
        go_on.set()
        turn_until(place, answered)
        assert talk.recv(1000).endswith(b"xx")
    place.serving.finish(0)


def test_a_crowd_that_asks_nothing_makes_room_for_who_asks(place, clock):
    place.serving.most = 40
    place.serving.adjustments.connection_limit = 40
    crowd = [connect(place, b"GET") for _ in range(60)]
    with connect(place, b"GET / HTTP/1.1\r\n\r\n") as asking:
        turn_until(place, answered)
        assert asking.recv(1000).endswith(b"xx")
        assert len(place.serving.connections()) <= 40
    for each in crowd:
        each.close()


# ---- what is too large


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(served):
    sent = f"POST /entrar HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nContent-Length: {LARGEST_BODY + 1}\r\n\r\n"
    with Place(served) as place, connect(place, sent.encode()) as talk:
        status, _, rest = talk.makefile("rb").read().partition(b"\r\n")
    assert status.endswith(b"413 REQUEST ENTITY TOO LARGE") and b"Es demasiado grande" in rest


def test_one_without_a_length_is_bounded_too(served, monkeypatch):
    monkeypatch.setattr(connections, "LARGEST_BODY", 1000)
    sent = b"POST /entrar HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n" + b"x" * 1024 + b"\r\n"
    with Place(served) as place, connect(place, sent) as talk:
        assert b" 413 " in talk.makefile("rb").readline()


# ---- what is recommended is what is tested


def test_the_procfile_serves_so():
    command = (ROOT / "Procfile").read_text("utf-8")
    assert "-c python:dashboard.web.access.gunicorn" in command and not re.search("--(threads|worker-class)", command)
    assert gunicorn.worker_class == "dashboard.web.access.worker.BufferingWorker"
