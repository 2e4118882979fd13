"""Send odd values to every callback and address: `python -m tests.server.access.odd` prints what fails.

A process of its own: what is sent might upset others' records. With the name of a role it is someone
who signed in who sends them, else the one person of this machine.
"""

import json
import sys
from typing import Any

from dashboard.app import create_app
from dashboard.records.core.actors import local_actor
from dashboard.records.people import accounts
from dashboard.web import request
from dashboard.web.access.requests import MOST_NUMBER
from tests import questions
from tests.server.access.conftest import HERE, PAGE, PASSWORD

ODD: list[Any] = [
    None, True, 0, -1, 10**30, MOST_NUMBER, 1.5, "", "x", "\x00", "220501", [], [None], [[]], [{}], {}, {"a": 1},
    {"id": None}, {"do": []}, {"do": {}}, {"open": 1}, {"ubigeos": 5}, {"ubigeos": [[]]}, {"code": 5},
]  # fmt: skip
DEEDS = (
    "", "list", "look", "history", "edit", "save", "create", "step", "check", "import", "use", "plan", "change", "open",
    "mine", "theirs", "score", "stage", "share", "end", "password", "unlock", "own",
)  # fmt: skip
FIELDS = ("of", "id", "page", "version", "values", "subject", "beside", "key", "token", "edition", "step", "form")
INNER: list[Any] = [None, 5, "x", [], {}, [[]], [{}], MOST_NUMBER]
# One of each kind: what is sent is checked alike for everybody. The one person of a machine sends all, someone with a
# role every deed, each with these.
FEW_ODD: list[Any] = [None, 1.5, "220501", [[]], {"do": []}, {"ubigeos": [[]]}]
FEW_INNER: list[Any] = [None, "x", [{}]]


def deeds_with(inner: list[Any]) -> list[Any]:
    """Every deed with each of some values in all its fields."""
    made: list[Any] = [{"do": do, **dict.fromkeys(FIELDS, value)} for do in DEEDS for value in inner]
    # the drawing that a map asks to keep, and what is chosen beside a form of the coverage
    beside = ("drawing", "cluster", "government", "cycle")
    values = [*inner, {"ubigeos": ["220501"], "version": []}]
    made += [
        {"do": do, "beside": dict.fromkeys(beside, value)}
        for do in ("open", "look", "save", "theirs") for value in values
    ]  # fmt: skip
    return made


ADDRESSES = (
    "/kept/proposals.json", "/presented-versions", "/presented-versions?meeting={x}", "/presented-versions?p={x}",
    "/cobertura/cobertura.xlsx?departamento={x}", "/cobertura/imprimir?departamento={x}",
    "/cobertura/plantilla/{x}.xlsx", "/cobertura/plantilla/focas.xlsx?momento={x}&c={x}", "/compartido/{x}",
    "/compartido/{x}?lang={x}", "/uploads/{x}/report.{x}", "/editions/{x}/report.csv", "/editions/{x}.zip",
    "/datos/distritos.{x}", "/datos-vivos/{x}/distritos.{x}", "/datos-vivos/{x}/{x}.csv", "/registro/propuestas.{x}",
    "/reuniones/{x}/acta.html", "/reuniones/{x}/acta.docx", "/published/{x}", "/entrar?next={x}", "/entrar?lang={x}",
    "/sensibilidad?brecha={x}&departamento={x}", "/sensibilidad/sensibilidad.xlsx?brecha={x}&departamento={x}",
    "/plan?{x}", "/{x}", "/registro/{x}?f={x}", "/_dash-component-suites/dash/{x}", "/assets/{x}",
)  # fmt: skip
SENT_TO = (
    "/entrar",
    "/asked/judgement",
    "/uploads",
    "/cobertura/planilla/focas",
    "/cobertura/planilla/{x}",
    questions.ASK,
    "/salir",
)
PARTS = ("x", "%00", "%ff%fe", "..%2f..%2fetc", "a" * 3000, "%F0%9F%98%80", "-1", "9" * 20, "{}", "%ud800")
BODIES = (b"", b"[]", b"null", b"5", b'"x"', b"{", b"\xff\xfe", b"{}", b"login=%00&password=%ff", b"[" * 5000)


class Sender:
    """Who sends, and what came of it."""

    def __init__(self, role: str):
        self.server = create_app().server
        self.odd = FEW_ODD if role else ODD
        self.deeds = deeds_with(FEW_INNER if role else INNER)
        if role:
            values = {"login": role, "name": role, "role": role, "department": None}
            accounts.create_account(request.record(), local_actor(), values, PASSWORD)
            request.accounts_changed()
        self.client = self.server.test_client()
        if role:
            self.send("/entrar", "POST", data={"login": role, "password": PASSWORD})
        self.be_in()
        self.sent, self.failed = 0, []

    def send(self, address: str, method: str = "GET", **more: Any) -> Any:
        return self.client.open(address, method=method, environ_overrides=HERE, **more)

    def be_in(self) -> None:
        """Hold that whoever sends is let in."""
        assert self.send("/cuentas", headers=PAGE).status_code == 200

    def try_out(self, told: str, address: str, method: str = "GET", **more: Any) -> None:
        self.sent += 1
        if self.send(address, method, **more).status_code >= 500:
            self.failed.append(told)


def callbacks(sender: Sender) -> None:
    """Send odd values for each thing that a callback takes, and every deed where it takes deeds."""
    for one in questions.of_the_server(sender.send("/_dash-dependencies").json):
        taken = list(questions.takes(one))
        pressed = {part: 1 for part in taken if part[1] == "n_clicks"}
        for part in taken:
            deeds = sender.deeds if len(taken) == 1 and part[1] == "data" else []
            for odd in (*sender.odd, *deeds):
                body = json.dumps(questions.body(one, {**pressed, part: odd}))
                told = f"{one['output'][:60]} {part} {odd!r}"
                sender.try_out(told, questions.ASK, "POST", data=body, content_type="application/json")


def addresses(sender: Sender) -> None:
    """Ask for every address with odd parts, and send odd bodies to those that take some."""
    for address in ADDRESSES:
        for part in PARTS:
            sender.try_out(f"{address} {part}", address.replace("{x}", part))
    for address in SENT_TO:
        for body in BODIES:
            for kind in ("application/json", "application/x-www-form-urlencoded", "text/plain"):
                more = {"data": body, "headers": {"X-File-Name": "a.csv"}, "content_type": kind}
                sender.try_out(f"{address} {body!r} {kind}", address.replace("{x}", "x"), "POST", **more)


def main() -> None:
    sender = Sender(sys.argv[1] if len(sys.argv) > 1 else "")
    callbacks(sender)
    sender.be_in()
    addresses(sender)
    print(json.dumps({"sent": sender.sent, "failed": sender.failed}))


if __name__ == "__main__":
    main()
