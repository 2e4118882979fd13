"""Every address and every screen, asked by every role of every department: nobody is handed what their rights refuse.

The addresses are those that the application really has: one that is added without a word here fails the test.
"""

import json
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import dash
import pytest

from dashboard import settings
from dashboard.pages.live.addresses import EVERY
from dashboard.records.core.actors import Actor, local_actor, may
from dashboard.records.dossier import Cabinet, attachments, comments
from dashboard.records.meetings import decisions, groups, meetings, snapshots
from dashboard.records.people import accounts, sharing
from dashboard.records.proposals import proposals
from dashboard.web import request
from tests.server.access.conftest import PASSWORD, ask, enter

ME = local_actor("Quien prepara")
HERE, THERE = "22", "01"
PERIOD = "2013-2014"
REVIEWED = {HERE: "lamas", THERE: "condorcanqui"}
PEOPLE = (
    ("reader", None), ("coordinator", HERE), ("coordinator", THERE), ("regional", HERE), ("regional", THERE),
    ("secretariat", None), ("leadership", None), ("administrator", None),
)  # fmt: skip
OUT_OF_SIGHT = "no-such-thing"


@dataclass(frozen=True)
class Secret:
    """Words that only those may be handed who have a right in a department."""

    words: str
    right: str
    department: str | None = None


def _of_group(kind, department):
    return Secret(f"Zoila{kind}De{department}", "group.read", department)


NAMES = {d: _of_group("Nombre", d) for d in (HERE, THERE)}
LETTERS = {d: _of_group("Oficio", d) for d in (HERE, THERE)}
CARDS = {d: Secret(f"400{d}{d}9", "group.read", d) for d in (HERE, THERE)}
FORMER = {d: _of_group("Antes", d) for d in (HERE, THERE)}
LOGIN = Secret("cuenta.que.no.se.ve", "account.read")
LABEL = Secret("PaginaQueNoSeVe", "coverage.share")
WORDS = {d: Secret(f"PalabraDe{d}", "comment.read", d) for d in (HERE, THERE)}
PAPERS = {d: Secret(f"PapelDe{d}", "attachment.read", d) for d in (HERE, THERE)}
NOT_ON_SCREENS = (*FORMER.values(), *CARDS.values())  # gone since, or only in the form that changes it
SECRETS = (
    *WORDS.values(), *PAPERS.values(), *NAMES.values(), *LETTERS.values(), *NOT_ON_SCREENS, LOGIN, LABEL,
)  # fmt: skip


@dataclass(frozen=True)
class Route:
    """What is asked of an address. right: without which it is refused; None where whoever comes in may ask."""

    paths: tuple[str, ...]
    right: str | None = None
    method: str = "GET"


def _actas(kind):
    closed = [f"/reuniones/{d}-2013-1/acta.{kind}" for d in (HERE, THERE)]
    return (*closed, f"/reuniones/{HERE}-2014-2/acta.{kind}", f"{closed[0]}?version=publica")


NOTHING = Route(())  # files of the program, and what answers a post that the other tests send
# every address of the application: endpoint, what is asked of it and the right that it takes
ROUTES = {
    "static": NOTHING,
    "_dash_assets.static": Route(("/assets/css/style.css",)),
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": NOTHING,
    "/_dash-layout": Route(("/_dash-layout",)),
    "/_dash-dependencies": Route(("/_dash-dependencies",)),
    "/_dash-update-component": NOTHING,  # each of its callbacks is asked below
    "/_reload-hash": NOTHING,
    "/_favicon.ico": NOTHING,
    "/": Route(("/",)),
    "/<path:path>": Route(("/reuniones", "/registro", "/cuentas")),
    "published-file": NOTHING,
    "sign-in": Route(("/entrar",)),
    "sign-out": NOTHING,
    # the phone's page holds nothing of the record: it asks for what it shows with a code and a token
    "room-enter": Route(("/sala",)),
    "room-phone": Route(("/sala/BCDFGH",)),
    "room-file": NOTHING,
    "upload-file": Route(("/uploads",), "data.change", "POST"),
    "upload-report": Route((f"/uploads/{OUT_OF_SIGHT}/report.html",)),
    "edition-report": Route((f"/editions/{OUT_OF_SIGHT}/report.html",)),
    "edition-zip": Route(("/editions/default.zip",)),
    "acta-page": Route(_actas("html"), "meeting.read"),
    "acta-document": Route(_actas("docx"), "meeting.read"),
    "acta-pdf": Route(_actas("pdf"), "meeting.read"),
    "summons": Route(tuple(f"/reuniones/{d}-2013-1/convocatoria.docx" for d in (HERE, THERE))),
    "coverage-workbook": Route(("/cobertura/cobertura.xlsx", f"/cobertura/cobertura.xlsx?d={HERE}"), "coverage.export"),
    "sensitivity-workbook": Route(("/sensibilidad/sensibilidad.xlsx?brecha=health&departamento=22",)),
    "coverage-paper": Route(("/cobertura/imprimir",), "coverage.read"),
    "coverage-template": Route(("/cobertura/plantilla/qsip.xlsx?c=lamas",), "qsip.read"),
    "coverage-sheet": Route(("/cobertura/planilla/focas",), None, "POST"),
    "shared-none": Route(("/compartido/",)),
    "shared-page": Route(()),  # its token is made below
    "asked/judgement": NOTHING,  # asked below, as callbacks are
    "attach-file": Route(("/adjuntos/lamas",), "attachment.add", "POST"),
    "links-file": Route(("/datos/enlaces.csv",)),
    "districts-file": Route(("/datos/distritos.csv", "/datos/distritos.xlsx")),
    "proposals-file": Route(("/registro/propuestas.csv",), "proposal.read"),
    "live-data": Route(()),  # as is its
    "live-described": Route(("/datos-vivos/openapi.json",)),
    "attachment": Route(()),  # those that there are are asked for below
    "qr.svg": Route(("/qr.svg?link=http://localhost/",)),
    "kept/proposals.json": Route(("/kept/proposals.json",), "proposal.read"),
    "meeting-room": Route((f"/reuniones/{HERE}-2013-1/sala.json",), "room.run"),
    # of a phone, by its token: nobody's role is asked (test_room_routes.py)
    "room-state": Route(("/sala/api/state", "/sala/api/state?code=BBBBBB")),
    "room-join": Route(("/sala/api/join",), None, "POST"),
    "room-answers": Route(("/sala/api/answers",), None, "POST"),
    "room-judge": Route(("/sala/api/judge",), None, "POST"),
    "presented-room": Route((f"/presentar/sala/{HERE}-2013-1", f"/presentar/sala/{THERE}-2013-1"), "meeting.read"),
    "presented-versions": Route((f"/presented-versions?meeting={HERE}-2013-1", "/presented-versions?p=lamas"),
                                "meeting.read"),
}  # fmt: skip
# every screen, by the name of its page: the addresses at which it is looked at
SCREENS = {
    "map": ("/",), "propose": ("/proponer",), "plan": ("/plan",), "compare": ("/comparar",),
    "record": ("/registro",), "record.one": ("/registro/lamas", "/registro/condorcanqui", "/registro/nueva"),
    "meetings": (f"/reuniones?d={HERE}&periodo={PERIOD}", f"/reuniones?d={THERE}&periodo={PERIOD}"),
    "meetings.one": (f"/reuniones/{HERE}-2013-1", f"/reuniones/{THERE}-2013-1", f"/reuniones/{HERE}-2014-2"),
    "present": ("/presentar?p=lamas",), "present.one": (f"/presentar/{HERE}-2013-1", f"/presentar/{THERE}-2013-1"),
    "coverage": ("/cobertura",), "accounts": ("/cuentas",), "desk": ("/pendientes",), "data": ("/datos",),
    "live": ("/datos-vivos",),
    "sensitivity": ("/sensibilidad",),
    "not_found_404": ("/nada",),
}  # fmt: skip


@dataclass(frozen=True)
class House:
    """The application with people in it: a client for each, by role and department."""

    server: object
    clients: dict
    token: str
    live: str
    papers: dict


@pytest.fixture(scope="module")
def house(_served):
    served, store = _served.stand(), request.record()
    for department in (HERE, THERE):
        _meet(store, department)
    meetings.plan_meeting(store, ME, HERE, 2, date(2014, 6, 20), proposals=[REVIEWED[HERE]])
    values = {"login": LOGIN.words, "name": "X", "role": "reader"}
    accounts.create_account(store, ME, values, PASSWORD)
    shown = {"scope": "coverage", "label": LABEL.words, "expires_on": store.today}
    token, _ = sharing.share(store, ME, shown)
    live, _ = sharing.share(store, ME, shown | {"scope": "live"})
    papers = {department: _beside(store, department) for department in (HERE, THERE)}
    clients = {}
    for role, department in PEOPLE:
        login = f"{role}.{department or 'todos'}"
        values = {"login": login, "name": "Y", "role": role, "department": department}
        accounts.create_account(store, ME, values, PASSWORD)
        clients[role, department], entered = enter(served, login)
        assert entered.status_code == 302
    request.accounts_changed()
    return House(served, clients, token, live, papers)


def _beside(store, department):
    """A comment and a document beside a proposal; return the id of the document."""
    about, cabinet = REVIEWED[department], Cabinet(settings.read().attachments_folder)
    comments.say(store, ME, about, {"text": WORDS[department].words})
    part, words = cabinet.part(), PAPERS[department].words
    part.write_bytes(f"%PDF-1.7 {words}".encode())
    return attachments.add(store, ME, cabinet, about, f"{words}.pdf", part).id


def _meet(store, department):
    """A group of two with a closed meeting, in which one did not agree; one of them has left since."""
    made = []
    for n, name in enumerate((NAMES[department].words, FORMER[department].words)):
        values = {"department": department, "period": PERIOD, "sector": "civil", "name": name}
        values |= {
            "dni": "" if n else CARDS[department].words,
            "institution": f"Ong {n}",
            "accreditation": "" if n else LETTERS[department].words,
        }
        made.append(groups.keep_member(store, ME, values))
    reviewed = proposals.get(store, ME, REVIEWED[department]).id
    held = meetings.plan_meeting(
        store, ME, department, 1, date(2013, 3, 15), agenda=["Uno"], present=[m.id for m in made], proposals=[reviewed]
    )
    held = meetings.open_meeting(store, ME, held.id, held.version)
    snapshots.take(store, ME, held.id, reviewed)
    why = {made[0].id: "No conviene"}
    decisions.decide(store, ME, held.id, reviewed, "deferred", in_favour=1, against=1, dissent=why)
    held = meetings.change_meeting(store, ME, held.id, held.version, {"next_agenda": ["Dos"]})
    meetings.close_meeting(store, ME, held.id, held.version)
    gone = {"department": department, "period": PERIOD, "sector": "civil", "name": FORMER[department].words}
    gone |= {"institution": "Ong 1", "ended_on": date(2013, 9, 1)}
    groups.keep_member(store, ME, gone, id=made[1].id, version=made[1].version)


def _read(answer):
    """Return all the words of an answer, those of an archive unpacked."""
    if not answer.data.startswith(b"PK"):
        return answer.data.decode("utf-8", "replace")
    with ZipFile(BytesIO(answer.data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def _handed(words, role, department, what):
    """Check that nothing in words is refused to a role; return the secrets that are in them."""
    who = Actor("x", "x", role, department)
    found = {secret for secret in SECRETS if secret.words in words}
    refused = {secret.words for secret in found if not may(who, secret.right, secret.department)}
    assert not refused, f"{what} hands {sorted(refused)} to {role} of {department}"
    return found


def _call(house, client, body):
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    return ask(house.server, "/_dash-update-component", "POST", headers, client, data=json.dumps(body))


def _dependencies(house, client):
    return ask(house.server, "/_dash-dependencies", client=client).json


def _body(dependency, values):
    """A call of a callback, with the values of its inputs by `id.property`; None for the others."""
    wanted = [{**part, "value": values.get(f"{part['id']}.{part['property']}")} for part in dependency["inputs"]]
    state = [{**part, "value": values.get(f"{part['id']}.{part['property']}")} for part in dependency["state"]]
    output = dependency["output"]
    outputs = [dict(zip(("id", "property"), o.rsplit(".", 1), strict=True)) for o in output.strip(".").split("...")]
    return {
        "output": output, "inputs": wanted, "state": state,
        "changedPropIds": [f"{part['id']}.{part['property']}" for part in dependency["inputs"][:1]],
        "outputs": outputs if output.startswith("..") else outputs[0],
    }  # fmt: skip


def test_every_address_and_every_screen_stands_here(house):
    assert {rule.endpoint for rule in house.server.url_map.iter_rules()} == set(ROUTES)
    assert {name.removeprefix("dashboard.pages.") for name in dash.page_registry} == set(SCREENS)


@pytest.mark.parametrize("role, department", PEOPLE)
def test_no_address_hands_out_what_a_role_may_not_see(house, role, department):
    client, who, found = house.clients[role, department], Actor("x", "x", role, department), set()
    for endpoint, route in ROUTES.items():
        made = {"shared-page": (f"/compartido/{house.token}",)}
        made["live-data"] = tuple(f"/datos-vivos/{house.live}/{n}.{kind}" for n, kind in EVERY)
        made["attachment"] = tuple(f"/adjuntos/{id}" for id in house.papers.values())
        paths = made.get(endpoint, route.paths)
        for path in paths:
            answer = ask(house.server, path, route.method, client=client)
            allowed = route.right is None or may(who, route.right)
            assert allowed or answer.status_code == 403, f"{path} answers {answer.status_code} to {role}"
            assert (
                not allowed
                or route.right is None
                or answer.status_code in (200, 403)
                and (route.method == "POST" or answer.status_code == 200)
            ), f"{path} answers {answer.status_code} to {role}"
            found |= _handed(_read(answer), role, department, path)
    # whoever may know a group is handed its names with the acta: nothing above is held back from everybody
    kept = (*NAMES.values(), *FORMER.values(), *CARDS.values(), *PAPERS.values())
    own = {s for s in kept if may(who, s.right, s.department)}
    assert own <= found


@pytest.mark.parametrize("role, department", PEOPLE)
def test_no_screen_shows_what_a_role_may_not_see(house, role, department):
    client, who, found = house.clients[role, department], Actor("x", "x", role, department), set()
    (pages,) = [d for d in _dependencies(house, client) if "_pages_content" in d["output"]]
    for paths in SCREENS.values():
        for path in paths:
            pathname, _, search = path.partition("?")
            values = {"_pages_location.pathname": pathname, "_pages_location.search": f"?{search}" if search else ""}
            answer = _call(house, client, _body(pages, values))
            assert answer.status_code == 200, path
            found |= _handed(answer.data.decode(), role, department, path)
    assert {s for s in SECRETS if s not in NOT_ON_SCREENS and may(who, s.right, s.department)} <= found


@pytest.mark.parametrize("role, department", PEOPLE)
def test_no_callback_answers_what_a_role_may_not_see(house, role, department):
    client = house.clients[role, department]
    drawn = {"drawing": {"ubigeos": ["220501"], "replaces": "lamas"}, "parts": ["rules", "place"]}
    judged = ask(house.server, "/asked/judgement", "POST", client=client, json=drawn)
    assert judged.status_code == 200
    _handed(judged.data.decode(), role, department, "/asked/judgement")
    asked = [{"do": do, "of": of, "subject": of, "at": 1, "form": "x"}
             for of in (f"{HERE}/{PERIOD}", f"{THERE}/{PERIOD}", f"{HERE}-2013-1", f"{THERE}-2013-1")
             for do in ("none", "member", "change", "agreement", "correct", "cancel")]  # fmt: skip
    lamas = [{"do": do, "proposal": "lamas"} for do in ("look", "history", "edit")]
    lamas += [
        {"do": do, "subject": about} for about in REVIEWED.values() for do in ("look", "papers", "say", "history")
    ]
    seen = [{"do": "seen", "form": "x", "at": 1}]
    given = {"meetings-asked.data": asked, "register-asked.data": lamas, "desk-asked.data": seen}
    for dependency in _dependencies(house, client):
        if dependency.get("clientside_function"):
            continue
        named = next((n for part in dependency["inputs"] if (n := f"{part['id']}.{part['property']}") in given), None)
        for values in [{named: value} for value in given[named]] if named else [{}]:
            answer = _call(house, client, _body(dependency, values))
            _handed(answer.data.decode("utf-8", "replace"), role, department, dependency["output"])
