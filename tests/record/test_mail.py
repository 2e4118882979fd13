"""Messages tell those who gave an address what waits for them, once, and nothing that somebody wrote."""

import socketserver
import threading
from email import message_from_bytes, policy

import pytest

from dashboard.records.core.errors import BadInput
from dashboard.records.desk import mail
from dashboard.records.dossier import comments
from dashboard.records.people import accounts
from tests.record.drawn import ME

PASSWORD = "paiche-y-camu-camu"


class Sink(socketserver.StreamRequestHandler):
    """A server that takes every message but those for `refused@…`."""

    def handle(self):
        self.say("220 sink")
        while line := self.rfile.readline():
            command = line.split(b" ", 1)[0].strip().upper()
            if command == b"DATA":
                self.say("354 go on")
                self.server.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            if command == b"QUIT":
                return self.say("221 bye")
            self.say("550 nobody" if b"<refused@" in line else "250 ok")
        return None

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def sink():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink) as server:
        server.daemon_threads, server.taken = True, []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def post(sink):
    return mail.Post(*sink.server_address, "none", "avisos@programa.pe", link="https://programa.pe/pendientes")


def account(store, login, role, home, email):
    values = {"login": login, "name": login.title(), "role": role, "department": home, "email": email}
    return accounts.create_account(store, ME, values, PASSWORD).actor


def read(sink):
    return [message_from_bytes(content, policy=policy.default) for content in sink.taken]


def test_each_is_told_once_what_waits_for_them_and_nothing_that_was_written(sqlite_store, words, sink, post):
    store = sqlite_store
    rosa = account(store, "rosa", "regional", "22", "rosa@sanmartin.gob.pe")
    for login, role, home, email in (
        ("leo", "reader", None, "leo@x.pe"), ("far", "regional", "01", ""), ("out", "regional", "16", "refused@x.pe"),
    ):  # fmt: skip
        account(store, login, role, home, email)
    ana = account(store, "ana", "coordinator", "22", "ana@x.pe")
    comments.say(store, ana, "lamas", {"text": "Palabras reservadas", "mentions": [rosa.id]})
    assert mail.send(store, post, words) == mail.Posted(sent=1, same=2, failed=1)
    (told,) = read(sink)
    body = told.get_content()
    assert (told["To"], told["From"]) == ("rosa@sanmartin.gob.pe", "avisos@programa.pe")
    assert "4 asuntos le esperan" in told["Subject"] and "https://programa.pe/pendientes" in body
    assert "- Lamas (San Martín)" in body and "Condorcanqui" not in body and "Palabras reservadas" not in body
    assert mail.send(store, post, words) == mail.Posted(sent=0, same=3, failed=1)
    comments.say(store, ana, "lamas", {"text": "Otra vez", "mentions": [rosa.id]})
    assert mail.send(store, post, words).sent == 1 and "5 asuntos" in read(sink)[1]["Subject"]


def test_a_server_that_cannot_be_reached_is_an_error_and_nothing_counts_as_told(sqlite_store, words, sink, post):
    account(sqlite_store, "rosa", "regional", "22", "rosa@x.pe")
    nowhere = mail.Post("127.0.0.1", 1, "none", "a@b.pe")
    with pytest.raises(OSError):
        mail.send(sqlite_store, nowhere, words)
    assert mail.send(sqlite_store, post, words).sent == 1


@pytest.mark.parametrize("email", ["x", "a@b", "a@b.pe, c@d.pe", "a@b.pe\nBcc: c@d.pe", "<a@b.pe>", "ñ@b.pe", "@b.pe"])
def test_an_address_to_which_nothing_could_go_is_refused(sqlite_store, email):
    with pytest.raises(BadInput):
        account(sqlite_store, "rosa", "reader", None, email)
