"""What the browser tests share: the real server, one Chromium, and pages that watch what they ask for."""

import atexit
import contextlib
import os
import socket
import tempfile
import time
import urllib.request
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

import pytest

from dashboard.settings import PREFIX
from tests.browser import driving
from tests.nursery import Grown, Nursery, alone

START_S = 300
APP = "dashboard.app:create_server()"


@pytest.fixture(scope="session")
def server_url():
    """Serve the application as the Procfile does; hand out its address."""
    with served(os.environ[f"{PREFIX}STORE"]) as url:
        yield url


@pytest.fixture(scope="session")
def record_url():
    """Serve the application once more, for tests that write to its record: none may count on what others wrote."""
    with served(os.environ[f"{PREFIX}STORE"]) as url:
        yield url


@lru_cache(maxsize=1)
def _nursery() -> Nursery:
    """What has loaded the application, once for all servers of this process."""
    opened = Nursery(_environment(""))
    atexit.register(opened.close)
    return opened


@contextlib.contextmanager
def served(store, app=APP, **more: str):
    """Serve the application from a store, in a process of its own, with a new record unless `more` names one; give
    its address. app: what is served; more: other settings."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="server-") as aside:
        log = Path(aside, "log")
        environment = _environment(store, **{"RECORDS": f"{aside}/record.sqlite", **more})
        arguments = [
            "-c", "python:dashboard.web.access.gunicorn", "--workers", "1", "--bind", f"127.0.0.1:{port}", app,
        ]  # fmt: skip
        # another application than the one that is loaded already is loaded by its own process
        start = _nursery().grow if app == APP else alone
        server = start("gunicorn", arguments, environment, log)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_it_answers(url, server, log)
            yield url
        finally:
            server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _environment(store, **more: str) -> dict[str, str]:
    """The environment without settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    own = {f"{PREFIX}{name}": value for name, value in more.items()}
    fixed = {"CACHE": "SimpleCache", "STORE": str(store), "PLAN_SECONDS": os.environ[f"{PREFIX}PLAN_SECONDS"]}
    return kept | {f"{PREFIX}{name}": value for name, value in fixed.items()} | own


def _wait_until_it_answers(url: str, server: Grown, log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.runs():
        try:
            # open to all, also where people sign in
            urllib.request.urlopen(f"{url}/assets/css/style.css", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not answer within {START_S} s:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="module")
def machines(browser):
    """Browsers of other machines by server and options, each used by one visit at a time: a cache stays warm from one
    visit to the next, and nothing else does."""
    idle: dict[str, list[driving.Watched]] = {}
    yield idle
    for watched in chain.from_iterable(idle.values()):
        watched.context.close()


@pytest.fixture
def enter(browser, machines):
    """Return a maker of visits to any server, each as of another machine; what goes wrong in any fails the test: a
    request to another host, an error in the console, an exception in the page."""
    made: list[tuple[str, driving.Watched]] = []

    def make(url: str, language: str = "es", **options) -> driving.Watched:
        key = f"{url} {sorted(options.items())}"
        waiting = machines.setdefault(key, [])
        watched = waiting.pop() if waiting else driving.watched_context(browser, url, **options)
        made.append((key, watched))
        watched.begin(url, language)
        return watched

    yield make
    wrong = list(chain.from_iterable(watched.wrong() for _, watched in made))
    for key, watched in made:
        watched.end()
        machines[key].append(watched)
    assert not wrong


@pytest.fixture
def visit_at(enter):
    """Return a maker of pages of any server, each as of another machine."""
    return lambda url, language="es", **options: enter(url, language, **options).page


@pytest.fixture
def open_context(enter, server_url):
    """Return a maker of visits to the server that all read, each as of another machine."""
    return partial(enter, server_url)


@pytest.fixture
def visit(visit_at, record_url):
    """Return a maker of pages of the server whose record tests write to."""
    return partial(visit_at, record_url)


@pytest.fixture(scope="session")
def warm_context(browser, server_url):
    """One context whose cache stays warm, so that most tests need not load the scripts again."""
    watched = driving.watched_context(browser, server_url)
    yield watched
    watched.context.close()


@pytest.fixture
def visitor(warm_context, server_url):
    """A first visit of one who reads Spanish: nothing kept from before but the browser's cache."""
    warm_context.begin(server_url)
    yield warm_context
    wrong = warm_context.wrong()
    warm_context.end()
    assert not wrong


@pytest.fixture
def page(visitor):
    """The page of a first visit."""
    return visitor.page


@pytest.fixture(scope="module")
def _shared(browser, server_url):
    """Pages by how and as what they were opened, each opened once for the tests of a module."""
    kept: dict[str, driving.Watched] = {}

    def opened(open_, query: dict[str, str], **options) -> driving.Watched:
        key = repr((open_.__qualname__, query, options))
        if key not in kept:
            watched = kept[key] = driving.watched_context(browser, server_url, **options)
            watched.begin(server_url)
            open_(watched.page, query)
        return kept[key]

    yield opened
    for watched in kept.values():
        watched.context.close()


@pytest.fixture
def shared(_shared):
    """Return a maker of pages that the tests of a module share, which costs each of them no load (two seconds of a
    processor): `shared(driving.open_map, {"d": "16"})`, with options of a browser where one needs some. The page is as
    the test before left it: whoever uses it asks for what changes, or puts back what it changed."""
    used: list[driving.Watched] = []

    def take(open_, query: dict[str, str], **options) -> driving.Watched:
        used.append(_shared(open_, query, **options))
        used[-1].page.mouse.move(0, 0)
        return used[-1]

    yield take
    wrong = list(chain.from_iterable(watched.wrong() for watched in used))
    assert not wrong


@pytest.fixture
def shared_map(shared):
    """Return a maker of open maps that the tests of a module share: no sheet open, the tool `click` in hand; drawings,
    fill and overlays as the test before left them."""

    def take(query: dict[str, str], **options) -> driving.Watched:
        watched = shared(driving.open_map, query, **options)
        driving.close_sheet(watched.page)
        driving.choose_tool(watched.page, "click")
        return watched

    return take


@pytest.fixture(scope="session")
def _opened(browser, server_url):
    """A map opened once, in a browser of its own."""
    watched = driving.watched_context(browser, server_url)
    watched.begin(server_url)
    driving.open_map(watched.page)
    yield watched
    watched.context.close()


@pytest.fixture
def still(_opened):
    """The page of an open map which tests only ask: nobody presses, draws or types anything on it."""
    yield _opened.page
    assert not _opened.wrong()
