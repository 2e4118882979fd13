"""Look whether record and history agree: what is kept now must be what the history, entry by entry, leads to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.records.backdrops import BACKDROP
from dashboard.records.core import EntryRow, Kind, SnapshotRow, Store, build, history, plain
from dashboard.records.dossier import ATTACHMENT, COMMENT
from dashboard.records.meetings import AGREEMENT, CORRECTION, DECISION, MEETING, MEMBER, ROOM_ANSWERS, follows
from dashboard.records.people import ACCOUNT, SHARE
from dashboard.records.proposals import PROPOSAL
from dashboard.records.rooms import ANSWER, PARTICIPANT, ROOM
from dashboard.records.tracking import SCORE, STAGE

Plain = Mapping[str, Any]  # JSON, of any type
# of any kind of record
KINDS: tuple[Kind[Any], ...] = (
    PROPOSAL, MEMBER, MEETING, DECISION, AGREEMENT, CORRECTION, SCORE, STAGE, ACCOUNT, SHARE, ROOM, PARTICIPANT, ANSWER,
    COMMENT, ATTACHMENT, BACKDROP,
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Audit:
    """How many records and entries there are, and what does not agree: (kind, id, what)."""

    records: int
    entries: int
    faults: tuple[tuple[str, str, str], ...]


def audit(store: Store) -> Audit:
    """Replay the whole history beside the records."""
    with store.reading() as session:
        last: dict[tuple[str, str], Plain] = {}
        faults: list[tuple[str, str, str]] = []
        entries = 0
        for row in session.query(EntryRow).order_by(EntryRow.id).yield_per(500):
            entries += 1
            key, before = (row.kind, row.subject), last.get((row.kind, row.subject))
            was = None if row.before is None else _whole(row.kind, row.before)
            after = _whole(row.kind, row.after)
            if was != before:
                faults.append((*key, "before"))
            if row.version != (1 if before is None else before["version"] + 1) or after["version"] != row.version:
                faults.append((*key, "version"))
            last[key] = after
        records: dict[tuple[str, str], Plain] = {}
        for kind in KINDS:
            records |= {(kind.name, record.id): plain(record) for record in history.every(session, kind)}
        taken = {id for (id,) in session.query(SnapshotRow.id).filter(SnapshotRow.kind != "group")}
        rooms = session.query(SnapshotRow.id, SnapshotRow.content).filter(SnapshotRow.kind == ROOM_ANSWERS)
        faults += [("snapshot", id, "not_recomputed") for id, content in rooms if not follows(content)]
    faults += [(*key, "no_entry") for key in records if key not in last]
    faults += [(*key, "differs") for key, now in records.items() if key in last and last[key] != now]
    faults += [
        (*key, "no_record") for key in last if key not in records and not (key[0] == "snapshot" and key[1] in taken)
    ]
    return Audit(len(records), entries, tuple(faults))


def _whole(kind: str, values: Plain) -> Plain:
    """Return what an entry says of a record with the fields that came later: an entry is never written anew."""
    known = BY_NAME.get(kind)
    return values if known is None else plain(build(known.record, values))
