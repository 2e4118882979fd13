"""What others changed since somebody last looked, as far as they may know it, of their own department first of all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from dashboard.records.core import LOCAL, Actor, EntryRow, ProposalRow, Store, may
from dashboard.records.people import looks

# what must be allowed to know of a change of each kind of record
RIGHTS = {
    "proposal": "history.read", "comment": "comment.read", "attachment": "attachment.read", "meeting": "meeting.read",
    "decision": "meeting.read", "agreement": "meeting.read", "correction": "meeting.read",
}  # fmt: skip
LOOKED_AT = 400  # of the latest entries
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Novelty:
    """A change that somebody else made. `proposal` or `meeting` is what it is about, `name` the proposal's."""

    at: datetime
    by: str
    by_role: str
    kind: str
    action: str
    department: str
    proposal: str = ""
    name: str = ""
    meeting: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """Changes since a moment, the newest first, at most :data:`SHOWN`; `n` is how many there are.

    since: None where nothing is known of a visit before.
    """

    since: datetime | None
    changes: tuple[Novelty, ...] = ()
    n: int = 0


def news(store: Store, actor: Actor) -> News:
    """Return what is new to somebody."""
    with store.reading() as session:
        since = looks.look(session, actor.id).new_since
        if since is None:
            return News(None)
        query = select(EntryRow).where(EntryRow.at > since, EntryRow.kind.in_(RIGHTS))
        if actor.role != LOCAL:  # in local mode several may have worked as the one person
            query = query.where(EntryRow.actor != actor.id)
        rows = session.scalars(query.order_by(EntryRow.id.desc()).limit(LOOKED_AT)).all()
        columns = select(ProposalRow.id, ProposalRow.name, ProposalRow.department)
        known = {row.id: (row.name, row.department) for row in session.execute(columns)} if rows else {}
    found = [change for row in rows if (change := _change(row, known)) is not None and _concerns(actor, change)]
    return News(since, tuple(found[:SHOWN]), len(found))


def _concerns(actor: Actor, change: Novelty) -> bool:
    near = actor.department is None or change.department == actor.department
    return near and may(actor, RIGHTS[change.kind], change.department)


def _change(row: EntryRow, known: Mapping[str, tuple[str, str]]) -> Novelty | None:
    after: Mapping[str, Any] = row.after  # JSON
    told = (row.at, row.actor_name, row.actor_role, row.kind, row.action)
    if row.kind in ("meeting", "agreement", "correction"):
        meeting = row.subject if row.kind == "meeting" else after["meeting"]  # `22-2013-1`
        department, *_, number = meeting.split("-")
        return Novelty(*told, department, meeting=meeting, number=int(number))
    about = row.subject if row.kind == "proposal" else after["proposal"]
    if about not in known:
        return None
    name, department = known[about]
    return Novelty(*told, department, about, name)
