"""Measure the application while many people work in it: `python -m tests.benchmarks.load`.

Each person has an account of a role, signs in once, and then works as a browser does: opens screens, judges a drawing,
looks at proposals, changes them, makes steps, keeps a meeting's note. Between two deeds they think for some seconds.
What is sent are the requests of Dash's own callbacks, as its list of dependencies names them. Served by gunicorn with
two workers, as the Procfile does, with a Redis for computed answers; once on SQLite, once on PostgreSQL. Afterwards
the record is held against its history, and against what was answered. Writes into a temporary folder only.
"""

import argparse
import random
import re
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx

from dashboard.pages.map.ids import Map
from dashboard.pages.meetings.ids import Meetings
from dashboard.pages.record.ids import Do, Register
from dashboard.records import accounts, audit, meetings, proposals, upgrade
from dashboard.records.actors import local_actor
from dashboard.records.models import EntryRow
from dashboard.records.store import Store, make_engine, open_store
from geodata.dataset import default
from tests.access import redis_server
from tests.benchmarks.serving import OURS, served
from tests.records import postgres

PEOPLE, SECONDS, THINKING = 50, 120.0, 3.0
WORKERS = 2
KEY = "a key for measuring that is long enough"
PASSWORD = "una clave bastante larga"
BAR_MS = 300
NOTE = "Nota de prueba"
SCREENS = ("/", "/registro", "/reuniones?d=22&periodo=2013-2014", "/cobertura", "/comparar")
PAGE = {"Accept": "text/html"}
ASK = "/_dash-update-component"

# what people of a role do, by how often
DEEDS = {
    "reader": {"open": 4, "judge": 4, "list": 3, "look": 4, "history": 2},
    "coordinator": {"open": 2, "judge": 4, "list": 2, "look": 3, "create": 1, "edit": 4, "propose": 1},
    "regional": {"open": 2, "judge": 1, "list": 3, "look": 4, "history": 2, "review": 2},
    "secretariat": {"open": 3, "look": 3, "meeting": 3, "keep_note": 3},
    "leadership": {"open": 4, "list": 3, "look": 3, "create": 1, "edit": 3},
}
MIX = ("coordinator",) * 3 + ("reader",) * 3 + ("regional",) * 2 + ("secretariat",) + ("leadership",)
APART = ("open ", "sign in")  # whole documents, and hashing made slow on purpose: no calls of the domain


@dataclass
class Told:
    """What was measured: milliseconds of each call by name, told conflicts, errors, and what was answered as kept."""

    ms: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    conflicts: int = 0
    refused: Counter = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Person(threading.Thread):
    """Someone at work until a moment."""

    def __init__(self, number: int, role: str, department: str, url: str, wiring: dict, told: Told):
        super().__init__()
        self.role, self.department, self.wiring, self.told = role, department, wiring, told
        self.login, self.chance, self.number = f"{role}-{number}", random.Random(number), number
        self.client = httpx.Client(base_url=url, timeout=60, follow_redirects=True)
        everything = role not in ("coordinator", "regional")
        self.ids = [p.id for p in default().proposals if everything or p.department == department]
        self.until = 0.0

    def run(self) -> None:
        names, weights = zip(*DEEDS[self.role].items(), strict=True)
        time.sleep(self.chance.uniform(0, THINKING))
        self.timed("sign in", lambda: self.client.post(
            "/entrar", data={"login": self.login, "password": PASSWORD}, headers=PAGE))  # fmt: skip
        while True:
            time.sleep(self.chance.expovariate(1 / THINKING))
            if time.monotonic() >= self.until:
                self.client.close()
                return
            try:
                getattr(self, self.chance.choices(names, weights)[0])()
            except httpx.HTTPError as error:
                self.wrong(f"{type(error).__name__}: {error}")

    def timed(self, name: str, send: Callable[[], httpx.Response]) -> str:
        began = time.perf_counter()
        answer = send()
        took = (time.perf_counter() - began) * 1000
        with self.told.lock:
            self.told.ms[name].append(took)
        if answer.status_code not in (200, 204):
            self.wrong(f"{name}: {answer.status_code}")
        return answer.text

    def wrong(self, what: str) -> None:
        with self.told.lock:
            self.told.errors.append(what)

    def ask(self, name: str, component: str, value: object) -> str:
        """Send what a component holds to the callback that waits for it."""
        body = self.wiring[component] | {
            "inputs": [{"id": component, "property": "data", "value": value}],
            "changedPropIds": [f"{component}.data"],
        }
        return self.timed(name, lambda: self.client.post(ASK, json=body))

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

    # ---- deeds

    def open(self) -> None:
        path = self.chance.choice(SCREENS)
        self.timed("open " + path.partition("?")[0], lambda: self.client.get(path, headers=PAGE))
        self.page(path)

    def page(self, path: str) -> None:
        """Ask for the content of a screen, as the browser does once it has the document."""
        path, _, search = path.partition("?")
        values = {"pathname": path, "search": f"?{search}" if search else ""}
        wired = self.wiring["_pages_location"]
        inputs = [{"id": i["id"], "property": i["property"], "value": values[i["property"]]} for i in wired["inputs"]]
        body = wired | {"inputs": inputs, "changedPropIds": ["_pages_location.pathname", "_pages_location.search"]}
        self.timed(f"screen {path.partition('?')[0]}", lambda: self.client.post(ASK, json=body))

    def judge(self) -> None:
        districts = [u for u in default().territory.districts if u[:2] == self.department]
        chosen = self.chance.sample(districts, 3)
        value = {"id": "c1", "name": "N", "ubigeos": chosen, "services": ["health"], "phase": 1, "replaces": None,
                 "conflictPeriod": [2007, 2023], "hazardPeriod": [2017, 2022]}  # fmt: skip
        self.ask("judge a drawing", Map.JUDGED, value)

    def list(self) -> None:
        self.register(Do.LIST, fields={"q": self.chance.choice(("", "lamas", "rioja", "22"))})

    def look(self) -> None:
        self.register(Do.LOOK, proposal=self.chance.choice(self.ids))

    def history(self) -> None:
        self.register(Do.HISTORY, proposal=self.chance.choice(self.ids), page=1)

    def create(self) -> None:
        districts = [u for u in default().territory.districts if u[:2] == self.department]
        fields = {"name": f"{self.login} {uuid4().hex[:6]}", "phase": "2", "services": ["health"],
                  "department": self.department, "ubigeos": self.chance.sample(districts, 3)}  # fmt: skip
        found = self.register(Do.CREATE, key=uuid4().hex, fields=fields)
        made = re.search(r"registro(?:/|\\u002f)([\w-]+)\?hecho", found)
        if made is None:
            self.wrong(f"create: nothing was made: {found[:200]}")
        else:
            self.ids.append(made[1])

    def edit(self) -> None:
        id_ = self.chance.choice(self.ids)
        version = _version(self.register(Do.EDIT, proposal=id_))
        time.sleep(self.chance.expovariate(1 / THINKING))  # while the form is open somebody may save first
        note = f"{NOTE} {uuid4().hex}"
        if version is not None and self.write(Do.SAVE, proposal=id_, version=version, fields={"note": note, "why": ""}):
            with self.told.lock:
                self.told.notes.add(note)

    def propose(self) -> None:
        self.step("propose")

    def review(self) -> None:
        self.step(self.chance.choice(("review", "return")))

    def step(self, name: str) -> None:
        id_ = self.chance.choice(self.ids)
        version = _version(self.register(Do.LOOK, proposal=id_))
        if version is not None:
            self.write(Do.STEP, proposal=id_, version=version, step=name, fields={"note": "Conforme", "document": ""})

    def meeting(self) -> None:
        self.page("/reuniones/22-2013-1")

    def keep_note(self) -> None:
        found = self.ask("meeting: look", Meetings.ASKED, {"do": "", "of": "22-2013-1"})
        version = _version(found)
        if version is None:
            return
        values = {"note": f"{NOTE} {uuid4().hex}"}
        sent = {"do": "change", "of": "22-2013-1", "subject": "22-2013-1", "version": version, "values": values,
                "key": uuid4().hex}  # fmt: skip
        found = self.ask("meeting: keep a note", Meetings.ASKED, sent)
        with self.told.lock:
            self.told.conflicts += '"clash":true' in found
            if '"ok":true' in found:
                self.told.notes.add(values["note"])


def _version(found: str) -> int | None:
    """Return the version that a form was made from."""
    made = re.search(r'"data-version":"?(\d+)', found)
    return int(made[1]) if made else None


def wiring(url: str) -> dict[str, dict]:
    """Return the body of a request to the callback of each component, without what is asked."""
    with httpx.Client(base_url=url, timeout=60, follow_redirects=True) as client:
        client.post("/entrar", data={"login": "reader-1", "password": PASSWORD}, headers=PAGE)
        found = client.get("/_dash-dependencies").json()
    made = {}
    for one in found:
        if one.get("clientside_function"):
            continue
        names = one["output"].strip(".").split("...") if one["output"].startswith("..") else [one["output"]]
        pairs = [name.split("@")[0].rsplit(".", 1) for name in names]
        outputs = [{"id": id_, "property": prop} for id_, prop in pairs]
        many = one["output"].startswith("..")
        wired = {"output": one["output"], "outputs": outputs if many else outputs[0], "inputs": one["inputs"]}
        wired["state"] = [{"id": s["id"], "property": s["property"], "value": None} for s in one["state"]]
        for each in one["inputs"]:
            made.setdefault(each["id"], wired)
    return made


def people(number: int) -> Iterator[tuple[int, str, str]]:
    """Give number, role and department of each person."""
    departments = sorted(default().territory.departments)
    for n in range(1, number + 1):
        yield n, MIX[n % len(MIX)], departments[n % len(departments)]


def fill(store: Store, number: int) -> None:
    """Keep an account for each person, and a meeting to work on."""
    me = local_actor()
    known = {f"{role}-{n}": (role, department) for n, role, department in people(number)}
    known.setdefault("reader-1", ("reader", "22"))
    for login, (role, department) in known.items():
        of_one = department if role in ("coordinator", "regional") else None
        values = {"login": login, "name": login, "role": role, "department": of_one}
        accounts.create_account(store, me, values, PASSWORD)
    meetings.plan_meeting(store, me, "22", 1, "2013-03-15", agenda=["Revisar"], proposals=["lamas"])


@contextmanager
def database(kind: str, aside: Path) -> Iterator[str]:
    """Give the address of an empty database of a kind."""
    if kind == "sqlite":
        yield f"sqlite:///{aside / 'record.sqlite'}"
        return
    with postgres.server() as address:
        url = f"{address}/postgres"
        engine = make_engine(url, pool=1)
        upgrade.upgrade(engine)
        engine.dispose()
        yield url


def measure(kind: str, number: int, seconds: float) -> tuple[Told, audit.Audit, int]:
    """Have people work on a database; return what was measured, the audit, and how many answered notes are missing."""
    with ExitStack() as stack:
        aside = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        address = stack.enter_context(database(kind, aside))
        store = open_store(address, default())
        fill(store, number)
        redis, _ = stack.enter_context(redis_server.server())
        own = {"CONGLOMERADOS_SECRET_KEY": KEY, "CACHE_REDIS_URL": redis, "CONGLOMERADOS_STORE": str(aside / "store")}
        own |= {"DATABASE_URL": address} if kind != "sqlite" else {
            "CONGLOMERADOS_RECORDS": address.removeprefix("sqlite:///"), "DATABASE_URL": ""}  # fmt: skip
        url = stack.enter_context(served(OURS, own, workers=WORKERS))
        told = Told()
        crowd = [Person(n, role, department, url, wiring(url), told) for n, role, department in people(number)]
        until = time.monotonic() + seconds
        for person in crowd:
            person.until = until
            person.start()
        for person in crowd:
            person.join()
        kept = set(_notes(store))
        found = audit.audit(store)
        store.close()
    return told, found, len(told.notes - kept)


def _notes(store: Store) -> Iterator[str]:
    """Give every note that the history holds."""
    me = local_actor()
    for proposal in proposals.listing(store, me):
        yield from (entry.after["note"] for entry in proposals.history(store, me, proposal.id))
    with store.reading() as session:
        for row in session.query(EntryRow.after).filter(EntryRow.kind == "meeting"):
            yield row.after["note"]


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def table(kind: str, told: Told, found: audit.Audit, lost: int, number: int, seconds: float) -> str:
    """Return the figures as a table."""
    rows = [f"\n{kind}: {number} people, {seconds:.0f} s, gunicorn with {WORKERS} workers",
            "| call | n | p50 ms | p95 ms | p99 ms | most ms |", "|---|---|---|---|---|---|"]  # fmt: skip
    of_the_domain: list[float] = []
    for name, values in sorted(told.ms.items()):
        figures = " | ".join(f"{percentile(values, share):.0f}" for share in (0.5, 0.95, 0.99, 1))
        rows.append(f"| {name} | {len(values)} | {figures} |")
        if not name.startswith(APART):
            of_the_domain += values
    figures = " | ".join(f"{percentile(of_the_domain, share):.0f}" for share in (0.5, 0.95, 0.99, 1))
    rows.append(f"| all but documents and signing in | {len(of_the_domain)} | {figures} |")
    met = "met" if percentile(of_the_domain, 0.95) < BAR_MS and not told.errors else "NOT met"
    first = Counter(told.errors).most_common(3)
    rows.append(f"p95 under {BAR_MS} ms and no errors: {met}; errors {len(told.errors)} {first}")
    rows.append(
        f"told conflicts {told.conflicts}, told refusals {dict(told.refused)}, notes answered as kept "
        f"{len(told.notes)}, of which missing {lost}; audit: {found.records} records, {found.entries} entries, "
        f"{len(found.faults)} that do not agree"
    )
    return "\n".join(rows)


def main() -> int:
    """Measure both databases and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    asked = parser.parse_args()
    for kind in ("sqlite", "postgresql"):
        if asked.only in (None, kind):
            print(table(kind, *measure(kind, asked.people, asked.seconds), asked.people, asked.seconds), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
