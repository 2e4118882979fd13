"""Measure a meeting's room: `python -m tests.benchmarks.room [--seconds N] [--kills N]`.

Phones answer with time to think between two answers and ask again and again what they show; a projector asks twice a
second, as its page does. An answer counts as seen by the projector at the end of the first of its questions that began
after the answer was kept: an upper bound, to which a browser adds only the drawing. Then the server is killed again and
again while phones send without a pause, and what they were told was kept is looked for in the record. All of it goes
over HTTP on this machine; phones come in by the second listener, the projector by the first. Writes into a temporary
folder only.
"""

import argparse
import http.client
import json
import os
import random
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import uuid4

import numpy as np
from sqlalchemy import select as query

from dashboard.records.admin import audit
from dashboard.records.core.actors import local_actor
from dashboard.records.core.models import AnswerRow, EntryRow
from dashboard.records.meetings import groups, meetings
from dashboard.records.opening import open_store
from dashboard.records.rooms import desk
from dashboard.settings import PREFIX
from geodata.model.dataset import default
from tests.root import ROOT

ME = local_actor("Secretaría")
MEETING, PROPOSALS = "22-2013-1", ("lamas",)
SEATS, MEMBERS = 60, 12
THINKING_S, PHONE_ASKS_S, PROJECTOR_ASKS_S = 4.0, 2.5, 0.5
PATIENCE_S = 10.0
BAR_S = 1.0
KILLED_AFTER_S = (0.02, 0.35)  # of traffic, since the server answers again


@dataclass
class Line:
    """A connection that is kept open, as a browser's is."""

    port: int
    _talk: http.client.HTTPConnection | None = None
    asked: int = 0

    def ask(self, path: str, sent: object = None, token: str = "") -> tuple[int, dict]:
        """Return status and JSON of an answer. Raises OSError, HTTPException where there is none."""
        self.asked += 1
        if self._talk is None:
            self._talk = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        headers = {"Content-Type": "application/json", "X-Room-Token": token}
        body = None if sent is None else json.dumps(sent)
        try:
            self._talk.request("GET" if sent is None else "POST", path, body, headers)
            answer = self._talk.getresponse()
            return answer.status, json.loads(answer.read() or b"{}")
        except (OSError, http.client.HTTPException, ValueError):
            self._talk.close()
            self._talk = None
            raise


@dataclass
class Phone:
    """Someone who answers; what is not told as kept is sent again, as the outbox of a phone does."""

    line: Line
    token: str
    chance: random.Random
    seq: int = 0
    kept: dict[str, int] = field(default_factory=dict)  # key: count of the answer
    times: list[tuple[float, float]] = field(default_factory=list)  # sent, told as kept
    refused: list[object] = field(default_factory=list)

    def answer(self, over: threading.Event) -> None:
        """Answer one thing, and go on sending it until it is kept."""
        self.seq += 1
        kind, subject, content = self._something()
        item = {"key": uuid4().hex, "seq": self.seq, "round": 1, "kind": kind, "subject": subject, "content": content}
        begun = time.monotonic()
        while not over.is_set():
            try:
                status, told = self.line.ask("/sala/api/answers", {"answers": [item]}, self.token)
            except (OSError, http.client.HTTPException, ValueError):
                over.wait(0.02)
                continue
            if status == 200 and item["key"] in told["kept"]:
                self.times.append((begun, time.monotonic()))
                self.kept[item["key"]] = self.seq
            elif status != 503:
                self.refused.append((status, told))
            return

    def _something(self) -> tuple[str, str, dict]:
        level = self.chance.choice((1, 2, 3, 4, 5, None))
        if self.chance.random() < 0.7:
            judged = {"values": {"political_will": level, "safe_travel": self.chance.randint(1, 5)}, "note": ""}
            return "judgement", self.chance.choice(PROPOSALS), judged
        values = {"gap": self.chance.randint(1, 10), "risk": self.chance.randint(0, 10), "p20": 1}
        return "weights", "", {"way": "points", "values": values}

    def work(self, over: threading.Event) -> None:
        """Answer, and ask what there is to show, with time to think."""
        since, next_answer = "", time.monotonic() + self.chance.expovariate(1 / THINKING_S)
        over.wait(self.chance.uniform(0, PHONE_ASKS_S))
        while not over.is_set():
            if time.monotonic() >= next_answer:
                self.answer(over)
                next_answer = time.monotonic() + self.chance.expovariate(1 / THINKING_S)
            _, told = self.line.ask(f"/sala/api/state?since={since}", token=self.token)
            since = told.get("n", since)
            over.wait(min(PHONE_ASKS_S, max(0.0, next_answer - time.monotonic())))

    def hurry(self, over: threading.Event) -> None:
        """Answer without a pause, and repeat what was kept now and then."""
        while not over.is_set():
            self.answer(over)


@dataclass
class Projector:
    """Asks whether anybody answered; each of its questions is (begun, ended)."""

    line: Line
    follows: bool
    asked: list[tuple[float, float]] = field(default_factory=list)

    def work(self, over: threading.Event) -> None:
        """Ask on, as the page does: the next question waits for the answer to the one before."""
        mark = "none"
        while not over.is_set():
            begun = time.monotonic()
            more = f"&follows={mark}" if self.follows else ""
            status, told = self.line.ask(f"/presentar/sala/{MEETING}?since={mark}{more}")
            assert status == 200, told
            mark = told["mark"]
            self.asked.append((begun, time.monotonic()))
            over.wait(max(0.0, begun + PROJECTOR_ASKS_S - time.monotonic()))


class Server:
    """The application in a process of its own, which can be killed and comes back."""

    def __init__(self, folder: Path):
        self.port, self.room_port = _free_port(), _free_port()
        own = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        own |= {f"{PREFIX}RECORDS": str(folder / "r.sqlite"), f"{PREFIX}STORE": str(folder / "store")}
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.room_server", str(self.port), str(self.room_port)],
            cwd=ROOT, env=own, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self._nursery.stdout.readline().strip() == "loaded"
        self.pid = 0

    def start(self) -> None:
        """Serve, and return once something is answered."""
        print("go", file=self._nursery.stdin, flush=True)
        self.pid = int(self._nursery.stdout.readline())
        line, until = Line(self.room_port), time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                line.ask("/sala/api/state")
                return
            except (OSError, http.client.HTTPException, ValueError):
                time.sleep(0.01)
        raise RuntimeError("the server does not come back")

    def kill(self) -> None:
        """End it as a laptop that loses power does, as far as a process can; return once it is gone."""
        handle = os.pidfd_open(self.pid)
        os.kill(self.pid, signal.SIGKILL)
        select.select([handle], [], [])
        os.close(handle)

    @property
    def cpu_s(self) -> float:
        """Seconds of a processor that it has used: those do not depend on what else the machine does."""
        user, system = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """End all of it."""
        self.kill()
        self._nursery.stdin.close()
        self._nursery.wait(timeout=20)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; return the exit status: 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.room", description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=25.0, help="that each number of phones is at work; 0: none")
    parser.add_argument("--kills", type=int, default=100, help="of the server while phones send")
    wanted = parser.parse_args(arguments)
    print(f"{os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}", flush=True)
    missed = []
    with room() as (server, store, tokens):
        for phones, follows in ((12, False), (60, False), (60, True)) if wanted.seconds else ():
            p95 = _watch(server, tokens[:phones], wanted.seconds, follows)
            missed += [f"{phones} phones"] if p95 > BAR_S else []
        lost, faults = _kills(server, store, tokens[:MEMBERS], wanted.kills)
        missed += ["answers lost"] if lost else []
        missed += ["the record is not true to its history"] if faults else []
    print(f"NOT met: {', '.join(missed)}" if missed else "Every bar is met.")
    return 1 if missed else 0


@contextmanager
def room() -> Iterator[tuple[Server, object, list[str]]]:
    """Give a server with an open room, its record, and a token for each seat."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/r.sqlite", default())
        member = {"department": "22", "period": "2013-2014", "sector": "civil", "institution": "Ong"}
        member["accreditation"] = "Oficio"
        there = [groups.keep_member(store, ME, member | {"name": f"Miembro {n}"}).id for n in range(MEMBERS)]
        guests = [{"name": f"Invitada {n}"} for n in range(SEATS - MEMBERS)]
        held = meetings.plan_meeting(
            store, ME, "22", 1, date(2013, 3, 15), present=there, proposals=PROPOSALS, guests=guests[:40]
        )
        meetings.open_meeting(store, ME, held.id, held.version)
        code = desk.open_room(store, ME, held.id).code
        server = Server(Path(folder))
        server.start()
        line, tokens = Line(server.room_port), []
        for n in range(SEATS):
            who = there[n] if n < MEMBERS else f"guest:{guests[n - MEMBERS]['name']}"
            _, told = line.ask("/sala/api/join", {"code": code, "device": f"device-{n:04}-{uuid4().hex}", "who": who})
            tokens.append(told["token"])
            if told["state"] == "asked":
                desk.admit(store, ME, told["participant"])
        try:
            yield server, store, tokens
        finally:
            server.close()
            store.close()


def _watch(server: Server, tokens: list[str], seconds: float, follows: bool) -> float:
    """Have phones and a projector at work; print and return the 95th percentile of seconds until an answer is seen."""
    phones = [Phone(Line(server.room_port), token, random.Random(n)) for n, token in enumerate(tokens)]
    projector, over = Projector(Line(server.port), follows), threading.Event()
    used = server.cpu_s
    _at_work([*(phone.work for phone in phones), projector.work], over, seconds)
    each = (server.cpu_s - used) / (projector.line.asked + sum(phone.line.asked for phone in phones))
    sent = [pair for phone in phones for pair in phone.times]
    seen = [next((end - begun for at, end in projector.asked if at >= told), None) for begun, told in sent]
    delays = [delay for delay in seen if delay is not None]
    refused = sum(len(phone.refused) for phone in phones)
    p50, p95 = (float(np.percentile(delays, q)) for q in (50, 95))
    kept = np.percentile([told - begun for begun, told in sent], 95)
    shown = "what follows" if follows else "answers"
    print(
        f"{len(tokens)} phones, {shown} on the projector: {len(delays)} answers in {seconds:.0f} s, {refused} refused; "
        f"until kept p95 {kept:.2f} s; until seen p50 {p50:.2f} s, p95 {p95:.2f} s "
        f"({'met' if p95 <= BAR_S else 'NOT met'}); {1000 * each:.1f} ms of a processor for each question",
        flush=True,
    )
    return p95


def _kills(server: Server, store: object, tokens: list[str], kills: int) -> tuple[int, int]:
    """Kill the server while phones send; print and return how many answers are lost, and how much is wrong."""
    begun, chance = time.monotonic(), random.Random(5)
    phones = [Phone(Line(server.room_port), t, random.Random(n), seq=10_000) for n, t in enumerate(tokens)]
    over = threading.Event()

    def kill() -> None:
        try:
            for _ in range(kills):
                time.sleep(chance.uniform(*KILLED_AFTER_S))
                server.kill()
                server.start()
        finally:
            over.set()

    _at_work([*(phone.hurry for phone in phones), kill], over, None)
    with store.reading() as session:
        given = set(session.scalars(query(EntryRow.request_key).where(EntryRow.kind == "answer")))
        entries = session.query(EntryRow).filter(EntryRow.kind == "answer").count()
        versions = sum(session.scalars(query(AnswerRow.version)))
    told = [key for phone in phones for key in phone.kept]
    lost, refused = len([key for key in told if key not in given]), [r for phone in phones for r in phone.refused]
    found = audit.audit(store).faults
    print(
        f"{kills} kills in {time.monotonic() - begun:.0f} s: {len(told)} answers told as kept, {lost} lost, "
        f"{entries - versions} kept twice, {len(refused)} refused {refused[:2]}, nobody had to join anew; "
        f"{len(found)} faults in the record",
        flush=True,
    )
    return lost, len(found) + abs(entries - versions) + len(refused)


def _at_work(deeds: list, over: threading.Event, seconds: float | None) -> None:
    threads = [threading.Thread(target=deed, args=(over,) if deed.__name__ != "kill" else ()) for deed in deeds]
    for thread in threads:
        thread.start()
    if seconds is not None:
        over.wait(seconds)
        over.set()
    for thread in threads:
        thread.join()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main())
