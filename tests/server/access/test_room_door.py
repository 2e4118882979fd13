"""The way in for phones: over the network nothing answers but the room's pages, whatever is asked and whoever asks."""

import http.client
import threading

import pytest
from werkzeug.test import Client

from dashboard.web.access import connections, doorway
from dashboard.web.access.door import Door
from tests.server.access.conftest import HERE, enter

PHONE = {"REMOTE_ADDR": "192.168.43.7", "HTTP_HOST": "192.168.43.1:8060", "SERVER_NAME": "0.0.0.0"}
PAGE = {"Accept": "text/html,*/*;q=0.8"}
FILLED = {
    "path": "registro", "package_name": "dash", "fingerprinted_path": "x.js", "filename": "css/style.css",
    "id_": "22-2013-1", "kind": "focas", "token": "x", "name": "x.js", "code": "BCDFGH",
}  # fmt: skip
STRANGE = ("/sala/api/nothing", "/sala/archivos/../registro", "/sala/../registro", "//registro", "/sala/x/y", "/salas",
           "/sala/%2e%2e/registro", "/sala/api/state/", "/sala/BCDFGH/x", "/sala%0A/registro", "/Sala")  # fmt: skip
ANSWER_S = 60


def _address(rule):
    """An address that a rule answers, as one types it; an argument without a word of its own is "x"."""
    parts = []
    for is_dynamic, part in rule._trace:
        parts.append(FILLED.get(part, "x") if is_dynamic else part)
    return "".join(parts).replace("|", "") or "/"


def _ask(server, path, method="GET", cookie=""):
    asking, told = Client(doorway.room_only(server.wsgi_app), use_cookies=False), PAGE | {"Cookie": cookie}
    return asking.open(path, method=method, headers=told, environ_overrides=HERE if cookie else PHONE)


def test_of_all_addresses_the_rooms_alone_answer_phones(served):
    """With the cookie of an administrator, which the application itself would believe."""
    _, entered = enter(served, "administrator")
    sent = next(line for line in entered.headers.getlist("Set-Cookie") if line.startswith("conglomerados="))
    cookie = f"{sent.partition(';')[0]}; lang=en"
    told = PAGE | {"Cookie": cookie}
    believed = Client(served.wsgi_app, use_cookies=False).get("/registro", headers=told, environ_overrides=HERE)
    assert believed.status_code == 200
    asked = 0
    for rule in served.url_map.iter_rules():
        for method in {"GET", "POST", "PUT", "DELETE", *(rule.methods or ())}:
            if rule.endpoint.startswith(doorway.ROOM) and method in (rule.methods or ()):
                continue
            answer = _ask(served, _address(rule), method, cookie)
            is_of_the_room = rule.endpoint.startswith(doorway.ROOM)
            assert answer.status_code in ((404, 405) if is_of_the_room else (404,)), f"{method} {_address(rule)}"
            asked += 1
    assert asked > 100


@pytest.mark.parametrize("path", STRANGE)
def test_nothing_is_reached_by_a_strange_path(local, path):
    answer = _ask(local, path)
    assert answer.status_code in (404, 308) and b"react-entry-point" not in answer.data


def test_the_rooms_pages_answer_phones_without_an_account(local, served):
    for server in (local, served):
        assert _ask(server, "/sala/api/state").status_code == 401  # there is no token: but it is the room that says so
        assert _ask(server, "/sala/api/state?code=BBBBBB").status_code == 404
        assert _ask(server, "/sala/api/state").json["said"]


def test_the_gate_looks_once_more(local):
    own = PHONE | {doorway.THROUGH: True}
    for path in ("/", "/registro", "/entrar", "/assets/css/style.css", "/reuniones/22-2013-1/sala.json"):
        assert local.test_client().get(path, headers=PAGE, environ_overrides=own).status_code == 404
    # what a header says is no way through
    forged = {"Conglomerados.Room": "1", "conglomerados.room": "1"}
    assert local.test_client().get("/sala/api/state", headers=forged, environ_overrides=PHONE).status_code == 403


def test_a_proxy_or_a_cookie_says_nothing_here(local):
    seen = {}

    def application(environ, start):
        seen.update(environ)
        start("200 OK", [])
        return [b""]

    headers = {"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1", "Authorization": "x"}
    headers |= {"Cookie": "conglomerados=x; lang=en; other=1"}
    Client(doorway.room_only(application), use_cookies=False).get("/sala", headers=headers)
    assert seen["HTTP_COOKIE"] == "lang=en" and seen[doorway.THROUGH]
    assert not [name for name in seen if name.startswith(("HTTP_X_FORWARDED", "HTTP_FORWARDED", "HTTP_AUTHORIZATION"))]


def test_it_is_opened_and_shut_while_the_application_goes_on():
    def application(environ, start):
        start("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    own = connections.listen("127.0.0.1", 0)
    serving, over = connections.Serving(application, [own], 1), threading.Event()

    def run():
        while not over.is_set():
            serving.turn(0.01)

    turning = threading.Thread(target=run, daemon=True)
    turning.start()

    def ask(port, path):
        talk = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_S)
        talk.request("GET", path)
        return talk.getresponse().status

    free = connections.listen("127.0.0.1", 0)
    port = free.getsockname()[1]
    free.close()
    door = Door(serving, application, "127.0.0.1", port)
    try:
        for _ in range(3):
            door.open()
            door.open()
            assert (ask(port, "/sala"), ask(port, "/registro"), ask(own.getsockname()[1], "/registro")) == (
                200,
                404,
                200,
            )
            door.shut()
            with pytest.raises(OSError):
                ask(port, "/sala")
            assert ask(own.getsockname()[1], "/registro") == 200
    finally:
        over.set()
        turning.join()
        serving.finish(0)
