"""What processes of their own do in tests of the record: save without end, or many times, and tell each saved version.

Imported once by a process that forks the others, so that each begins to write within milliseconds.
"""

import os
import tempfile
from datetime import UTC, datetime
from multiprocessing.connection import Connection

from dashboard.records.core.actors import local_actor
from dashboard.records.core.errors import Conflict
from dashboard.records.core.store import Store, make_engine
from dashboard.records.opening import open_store
from dashboard.records.proposals import proposals
from dashboard.records.rooms import answers as room_answers
from geodata.model.dataset import default

DATASET = default()


def open_plain(url: str) -> Store:
    """Open a database that is up to date already."""
    return Store(make_engine(url, pool=1), DATASET, now=lambda: datetime.now(UTC))


def save_until_killed(url: str, id: str, answers: Connection) -> None:
    """Save one proposal again and again; send (version, note) of each save once it has been answered."""
    store, me = open_plain(url), local_actor(f"Proceso {os.getpid()}")
    current = proposals.get(store, me, id)
    while True:
        note = f"{os.getpid()}-{current.version} " + "x" * 500
        try:
            current = proposals.edit(store, me, id, current.version, {"note": note})
            answers.send((current.version, current.note))
        except Conflict as told:
            current = told.theirs


def answer_until_killed(url: str, token: str, begun: int, answers: Connection) -> None:
    """Answer in a room again and again, each answer sent twice; send the key of each once it is kept."""
    store, seq = open_plain(url), begun
    while True:
        seq += 1
        content = {"values": {"political_will": 1 + seq % 5}, "note": "x" * 300}
        item = {"key": f"k{seq}", "seq": seq, "round": 1, "kind": "judgement", "subject": "lamas", "content": content}
        for _ in range(2):
            kept = room_answers.keep_answers(store, token, [item]).keys
        answers.send((kept[0], seq))


def save_many(url: str, ids: list[str], times: int, answers: Connection) -> None:
    """Save each proposal so many times, reading again after each conflict; send what was saved and what went wrong."""
    store, me, saved, wrong = open_plain(url), local_actor(f"Proceso {os.getpid()}"), [], []
    try:
        for turn in range(times):
            for id in ids:
                saved.append((id, save(store, me, id, f"{os.getpid()}-{turn}")))
    except Exception as error:  # told to the test, which fails on any
        wrong.append(repr(error))
    answers.send((saved, wrong))
    store.close()


def save(store: Store, actor, id: str, mark: str) -> str:
    """Add a mark to the note of a proposal, however often someone else comes first; return the mark."""
    current = proposals.get(store, actor, id)
    while True:
        try:
            proposals.edit(store, actor, id, current.version, {"note": f"{current.note} {mark}"[-3900:]})
            return mark
        except Conflict as told:
            current = told.theirs


def _warm_up() -> None:
    """Do everything once, so that a process forked from this one has nothing left to prepare."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/warm.sqlite"
        open_store(url, DATASET).close()
        store = open_plain(url)
        save(store, local_actor(), "lamas", "warm")
        store.close()
    make_engine("postgresql://nowhere/nothing").dispose()  # imports the driver


_warm_up()
