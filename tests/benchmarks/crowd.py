"""People at work, as their browsers are heard by a server: documents, scripts, first answers of each screen, deeds.

A browser keeps what it was told it may keep, as each person's does here; it opens few whole documents and moves between
screens within one. Between two deeds people think for some seconds.
"""

import random
import re
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

import httpx

from dashboard.pages.compare.ids import Compare
from dashboard.pages.map import judging
from dashboard.pages.meetings.ids import Meetings
from dashboard.pages.plan.ids import PlanId
from dashboard.pages.propose.ids import Propose
from dashboard.pages.record.ids import Do, Register
from dashboard.web.jobs import plan_request
from geodata.model.dataset import default
from tests import questions

THINKING = 3.0
PASSWORD = "una clave bastante larga"
NOTE = "Nota de prueba"
PAGE = {"Accept": "text/html"}
PLAN_AGAIN_S = 0.7  # the browser asks again how far a plan is
MOST_LOOKS = 200
# where a document names what a browser asks for with it
LINKED = re.compile(r'(?:src|href)="(/(?:assets|published|_dash-component-suites)[^"]*)"')
MEETING = "22-2013-1"
PERIODS = {"conflictPeriod": [2007, 2023], "hazardPeriod": [2017, 2022]}
SCREENS = {
    "/": "", "/registro": "", "/reuniones": "?d=22&periodo=2013-2014", "/cobertura": "", "/comparar": "",
    "/proponer": "", "/plan": "",
}  # fmt: skip

# what people of a role do, by how often
DEEDS = {
    "reader": {"open": 1, "go": 4, "judge": 4, "list": 3, "look": 4, "history": 2, "pool": 1, "compare": 2},
    "coordinator": {"open": 1, "go": 2, "judge": 5, "list": 2, "look": 3, "create": 1, "edit": 4, "propose": 1,
                    "pool": 2, "plan": 1},
    "regional": {"go": 2, "judge": 1, "list": 3, "look": 4, "history": 2, "review": 2, "print": 1},
    "secretariat": {"open": 1, "go": 3, "look": 3, "meeting": 3, "keep_note": 3, "acta": 1},
    "leadership": {"open": 1, "go": 4, "list": 3, "look": 3, "create": 1, "edit": 3, "print": 1, "workbook": 1,
                   "plan": 1},
}  # fmt: skip


@dataclass
class Told:
    """What was measured: milliseconds of each call by name, told conflicts, errors, and what was answered as kept."""

    ms: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    conflicts: int = 0
    refused: Counter = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    plans: list[float] = field(default_factory=list)  # seconds until one was there
    lock: threading.Lock = field(default_factory=threading.Lock)


class Person(threading.Thread):
    """Someone at work until a moment."""

    def __init__(self, number: int, role: str, department: str, url: str, told: Told):
        super().__init__()
        self.role, self.department, self.told = role, department, told
        self.login, self.chance = f"{role}-{number}", random.Random(number)
        self.client = httpx.Client(base_url=url, timeout=60, follow_redirects=True)
        self.kept: dict[str, str] = {}  # addresses that need not be asked for again, or by their print
        self.wiring: dict[str, dict] = {}
        everything = role not in ("coordinator", "regional")
        self.ids = [p.id for p in default().proposals if everything or p.department == department]
        self.until = 0.0

    def run(self) -> None:
        names, weights = zip(*DEEDS[self.role].items(), strict=True)
        time.sleep(self.chance.uniform(0, THINKING))
        try:
            self.begin()
            while True:
                time.sleep(self.chance.expovariate(1 / THINKING))
                if time.monotonic() >= self.until:
                    return
                getattr(self, self.chance.choices(names, weights)[0])()
        except httpx.HTTPError as error:
            self.wrong(f"{type(error).__name__}: {error}")
        finally:
            self.client.close()

    def timed(self, name: str, send: Callable[[], httpx.Response]) -> httpx.Response:
        began = time.perf_counter()
        answer = send()
        took = (time.perf_counter() - began) * 1000
        with self.told.lock:
            self.told.ms[name].append(took)
        if answer.status_code not in (200, 204, 304):
            self.wrong(f"{name}: {answer.status_code}")
        return answer

    def wrong(self, what: str) -> None:
        with self.told.lock:
            self.told.errors.append(what)

    # ---- what a browser does by itself

    def begin(self) -> None:
        """Come to the first page, sign in, and get what every browser gets at its first visit."""
        self.timed("page to sign in", lambda: self.client.get("/entrar", headers=PAGE))
        sent = {"login": self.login, "password": PASSWORD}
        answer = self.timed("sign in, and the document", lambda: self.client.post("/entrar", data=sent, headers=PAGE))
        if answer.url.path == "/entrar":
            self.wrong("sign in: refused")
            return
        self.laid_out(answer.text, "/")

    def laid_out(self, document: str, path: str) -> None:
        """Get what a document names and Dash asks for, and the first answers of its screen."""
        for address in dict.fromkeys(LINKED.findall(document)):
            self.file(address)
        self.timed("layout of the frame", lambda: self.client.get("/_dash-layout"))
        listed = self.timed("list of callbacks", lambda: self.client.get("/_dash-dependencies")).json()
        self.wiring = {key: one for one in reversed(questions.of_the_server(listed)) for key, _ in questions.takes(one)}
        self.go(path)

    def file(self, address: str) -> None:
        """Get a script, a style or published data, unless it is kept."""
        kept = self.kept.get(address)
        if kept == "":
            return
        headers = {"If-None-Match": kept} if kept else {}
        kind = "published file" if "/published/" in address else "script or style"
        answer = self.timed(kind, lambda: self.client.get(address, headers=headers))
        control = answer.headers.get("Cache-Control", "")
        stays = re.search(r"max-age=[1-9]", control) and "no-store" not in control
        self.kept[address] = "" if stays else answer.headers.get("ETag", kept or "")

    def ask(self, name: str, component: str, value: object, also: dict[tuple[str, str], object] | None = None) -> str:
        """Send what a component holds to the callback that waits for it."""
        one = self.wiring[component]
        body = questions.body(one, {(component, "data"): value, **(also or {})})
        return self.timed(name, lambda: self.client.post(questions.ASK, json=body)).text

    def open(self) -> None:
        """Open a screen anew, as by a link or by reloading."""
        path = self.chance.choice(list(SCREENS))
        answer = self.timed("document", lambda: self.client.get(path + SCREENS[path], headers=PAGE))
        self.laid_out(answer.text, path)

    def go(self, path: str | None = None) -> None:
        """Move to a screen within the document, with what it asks for first."""
        path = path or self.chance.choice(list(SCREENS))
        self.screen(path, SCREENS.get(path, ""))
        first = {"/": self.judge, "/registro": self.list, "/reuniones": self.meetings, "/comparar": self.compare}
        first.get(path, lambda: None)()

    def screen(self, path: str, search: str = "") -> None:
        one = self.wiring["_pages_location"]
        values = {("_pages_location", "pathname"): path, ("_pages_location", "search"): search}
        body = questions.body(one, values)
        self.timed(f"screen {path}", lambda: self.client.post(questions.ASK, json=body))

    # ---- the map and the engine

    def drawn(self, size: int = 3) -> dict:
        districts = [u for u in default().territory.districts if u[:2] == self.department]
        chosen = self.chance.sample(districts, size)
        about = {"id": "c1", "name": "N", "services": ["health"], "phase": 1, "replaces": None}
        return {**about, "ubigeos": chosen, **PERIODS}

    def judge(self) -> None:
        """Judge a drawing, and place it among the others, as after every edit."""
        drawn = self.drawn()
        for name, part in (("judge a drawing", judging.RULES), ("place a drawing", judging.PLACE)):
            body = {"drawing": {**drawn, "locked": []}, "parts": [part]}
            self.timed(name, lambda body=body: self.client.post(f"/{judging.ADDRESS}", json=body))

    def compare(self) -> None:
        both = [self.drawn() | {"id": id_} for id_ in ("c1", "c2")]
        asked = {"candidates": both, **PERIODS}
        self.ask("compare two", Compare.ASKED, asked)

    def pool(self) -> None:
        place = self.chance.choice([p for p in default().territory.provinces if p[:2] == self.department])
        asked = {"place": place, "sizes": [3, 6], "services": ["health"], **PERIODS}
        self.ask("all candidates of a province", Propose.ASKED, asked)

    def plan(self) -> None:
        """Ask for a plan, and again until it is there."""
        asked = plan_request.default() | {"governments": self.chance.choice((None, 50, 55, 59))}
        began = time.monotonic()
        for _ in range(MOST_LOOKS):
            found = self.ask("look how far a plan is", PlanId.ASKED, {"at": 1, "now": asked})
            if '"more":true' not in found.replace(" ", ""):
                break
            time.sleep(PLAN_AGAIN_S)
        with self.told.lock:
            self.told.plans.append(time.monotonic() - began)

    # ---- the record

    def register(self, do: str, **more: object) -> str:
        return self.ask(f"register: {do}", Register.ASKED, {"do": do, **more})

    def write(self, do: str, **more: object) -> bool:
        """Ask for a change; return whether it was kept, counting told conflicts and refusals."""
        found = self.register(do, key=uuid4().hex, **more)
        if "two-versions" in found:
            with self.told.lock:
                self.told.conflicts += 1
        elif '"className":"error"' in found:
            with self.told.lock:
                self.told.refused[do] += 1
        else:
            return True
        return False

    def list(self) -> None:
        self.register(Do.LIST, values={"q": self.chance.choice(("", "lamas", "rioja", "22"))})

    def look(self) -> None:
        self.register(Do.LOOK, subject=self.chance.choice(self.ids))

    def history(self) -> None:
        self.register(Do.HISTORY, subject=self.chance.choice(self.ids), page=1)

    def create(self) -> None:
        fields = {"name": f"{self.login} {uuid4().hex[:6]}", "phase": "2", "services": ["health"],
                  "department": self.department, "ubigeos": self.drawn()["ubigeos"]}  # fmt: skip
        found = self.register(Do.CREATE, key=uuid4().hex, values=fields)
        made = re.search(r"registro(?:/|\\u002f)([\w-]+)\?hecho", found)
        if made is None:
            self.wrong(f"create: nothing was made: {found[:200]}")
        else:
            self.ids.append(made[1])

    def edit(self) -> None:
        id_ = self.chance.choice(self.ids)
        version = _version(self.register(Do.EDIT, subject=id_))
        time.sleep(self.chance.expovariate(1 / THINKING))  # while the form is open somebody may save first
        note = f"{NOTE} {uuid4().hex}"
        if version is not None and self.write(Do.SAVE, subject=id_, version=version, values={"note": note, "why": ""}):
            with self.told.lock:
                self.told.notes.add(note)

    def propose(self) -> None:
        self.step("propose")

    def review(self) -> None:
        self.step(self.chance.choice(("review", "return")))

    def step(self, name: str) -> None:
        id_ = self.chance.choice(self.ids)
        version = _version(self.register(Do.LOOK, subject=id_))
        if version is not None:
            self.write(Do.STEP, subject=id_, version=version, step=name, values={"note": "Conforme", "document": ""})

    # ---- meetings, and what is taken away

    def meetings(self) -> None:
        self.ask("meetings: look", Meetings.ASKED, {"do": ""})

    def meeting(self) -> None:
        self.screen(f"/reuniones/{MEETING}")
        self.ask("meeting: look", Meetings.ASKED, {"do": "", "of": MEETING})

    def keep_note(self) -> None:
        found = self.ask("meeting: look", Meetings.ASKED, {"do": "", "of": MEETING})
        version = _version(found)
        if version is None:
            return
        values = {"note": f"{NOTE} {uuid4().hex}"}
        sent = {"do": "change", "of": MEETING, "subject": MEETING, "version": version, "values": values,
                "key": uuid4().hex}  # fmt: skip
        found = self.ask("meeting: keep a note", Meetings.ASKED, sent)
        with self.told.lock:
            self.told.conflicts += '"conflict":true' in found
            if '"saved":true' in found:
                self.told.notes.add(values["note"])

    def acta(self) -> None:
        self.timed("acta", lambda: self.client.get(f"/reuniones/{MEETING}/acta.docx"))

    def print(self) -> None:
        self.timed("coverage to print", lambda: self.client.get("/cobertura/imprimir", headers=PAGE))

    def workbook(self) -> None:
        self.timed("workbook of the coverage", lambda: self.client.get("/cobertura/cobertura.xlsx"))


def _version(found: str) -> int | None:
    """Return the version that a form was made from."""
    made = re.search(r'"data-version":"?(\d+)', found)
    return int(made[1]) if made else None
