"""Meetings of a consultative group: agenda, who is present, what is reviewed, what is frozen and what is decided.

A meeting is planned, then held, then closed; a closed one never changes. What it looked at is frozen in snapshots,
so that the acta of ten years ago still shows what the group saw.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from dashboard.clusters.scoring import load_criteria
from dashboard.records.core import (
    MOST_ITEMS,
    MOST_NOTE,
    Actor,
    BadInput,
    Conflict,
    DecisionRow,
    Deed,
    Door,
    Fault,
    Kind,
    MeetingRow,
    NotNow,
    ProposalRow,
    SnapshotRow,
    Store,
    allow,
    allow_somewhere,
    build,
    history,
    known_department,
)
from dashboard.records.meetings.frozen import group_content
from dashboard.records.meetings.groups import group_of
from dashboard.records.proposals import AGREED, Proposal, Vote, before_vote

PLANNED, OPEN, CLOSED = STATES = ("planned", "open", "closed")
OUTCOMES = ("agreed", "returned", "deferred", "rejected")
MOST_NUMBER = 12  # meetings of a department in a year, extraordinary ones included
MOST_WEIGHT = 1_000.0
NOTHING: Mapping = MappingProxyType({})
EDITABLE = ("held_on", "place", "agenda", "next_agenda", "present", "proposals", "weights", "note")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting. `present` are ids of members, `proposals` ids of what is reviewed, `weights` by criterion.

    `id` is department, year and number: `22-2013-1`.
    """

    id: str
    version: int
    department: str
    period: str
    number: int
    held_on: date
    place: str = ""
    state: str = PLANNED
    agenda: tuple[str, ...] = ()
    next_agenda: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decided on one proposal. `dissent` has the reason of each member, by id, who did not agree;
    `waivers`, by rule, why the group agrees although the rule fails."""

    id: str
    version: int
    meeting: str
    proposal: str
    snapshot: str
    outcome: str
    in_favour: int
    against: int
    abstained: int
    dissent: Mapping[str, str]
    text: str = ""
    waivers: Mapping[str, str] = field(default_factory=lambda: NOTHING)


MEETING = Kind("meeting", MeetingRow, Meeting)
DECISION = Kind("decision", DecisionRow, Decision)


def plan_meeting(
    store: Store, actor: Actor, department: str, number: int, held_on: date, *, key: str | None = None, **values
) -> Meeting:
    """Keep a new meeting; `values` are fields of :data:`EDITABLE`. Raises Refused, BadInput with all faults."""
    allow(actor, "meeting.change", department)
    door = Door()
    door.chosen("department", department, store.dataset.territory.departments)
    door.whole("number", number, 1, MOST_NUMBER)
    day = door.day("held_on", held_on, required=True)
    period = next((p.key for p in store.programme.periods if day and p.first <= day <= p.last), None)
    if day is not None and period is None:
        door.fault("no_period", day=day)
    door.close()
    told = {"department": department, "number": number, "held_on": held_on, "values": values}
    deed = Deed(store, actor, "plan", key, told)

    def work(session) -> Meeting:
        if (before := history.repeated(session, deed, MEETING)) is not None:
            return before
        meeting = Meeting(f"{department}-{day.year}-{number}", 0, department, period, number, day)
        if session.get(MeetingRow, meeting.id) is not None:
            raise BadInput((Fault("records.fault.meeting_kept", {"id": meeting.id}),))
        return history.add(session, deed, MEETING, replace(meeting, **_clean(session, store, meeting, values)))

    return store.write(work)


def change_meeting(
    store: Store, actor: Actor, id: str, version: int, values: Mapping[str, object], *, key: str | None = None
) -> Meeting:
    """Change fields of :data:`EDITABLE` of a meeting that is not closed.

    Raises Refused, Missing, BadInput, NotNow, Conflict.
    """
    return _change(store, actor, id, version, "change", values, {}, key)


def open_meeting(store: Store, actor: Actor, id: str, version: int, *, key: str | None = None) -> Meeting:
    """Begin a meeting that was planned. Raises Refused, Missing, NotNow, Conflict."""
    return _change(store, actor, id, version, "open", {}, {"state": OPEN}, key)


def close_meeting(store: Store, actor: Actor, id: str, version: int, *, key: str | None = None) -> Meeting:
    """End a meeting for good. Raises Refused, Missing, Conflict; NotNow with all that is lacking: who was present, a
    decision on each proposal under review, and an agenda for the next meeting."""
    return _change(store, actor, id, version, "close", {}, {"state": CLOSED}, key)


def lacking(store: Store, actor: Actor, id: str) -> tuple[Fault, ...]:
    """Return what a meeting still lacks to be closed, before anyone tries it. Raises Refused, Missing."""
    allow_somewhere(actor, "meeting.read")
    with store.reading() as session:
        found = history.load(session, MEETING, id)
        allow(actor, "meeting.read", found.department)
        return _lacking(session, found)


def _change(store, actor, id, version, action, values, moved, key) -> Meeting:
    allow_somewhere(actor, "meeting.change")
    deed = Deed(store, actor, action, key, {"id": id, "version": version, "values": values})

    def work(session) -> Meeting:
        current = history.load(session, MEETING, id, lock=True)
        allow(actor, "meeting.change", current.department)
        changed = _clean(session, store, current, values)
        if (before := history.repeated(session, deed, MEETING)) is not None:
            return before
        if version == current.version:
            _refuse(session, current, action)
        if action == "close" and version == current.version:
            _freeze_group(session, store, current)
        return history.change(session, deed, MEETING, current, version, lambda m: replace(m, **changed, **moved))

    return store.write(work)


def _freeze_group(session, store: Store, meeting: Meeting) -> None:
    row = SnapshotRow(id=history.new_id(), meeting=meeting.id, kind="group", edition=store.dataset.edition)
    row.content, row.taken_at = group_content(session, store, meeting), store.now()
    session.add(row)


def _refuse(session, meeting: Meeting, action: str) -> None:
    needed = {"open": (PLANNED,), "close": (OPEN,), "change": (PLANNED, OPEN)}[action]
    if meeting.state not in needed:
        raise NotNow(action, (Fault("records.fault.meeting_state", {"meeting_state": meeting.state}),))
    if action == "close" and (faults := _lacking(session, meeting)):
        raise NotNow(action, faults)


def _lacking(session, meeting: Meeting) -> tuple[Fault, ...]:
    """Return all that keeps an open meeting from being closed."""
    faults = [
        Fault(f"records.fault.no_{name}", {}) for name in ("present", "next_agenda") if not getattr(meeting, name)
    ]
    made = {d.proposal: d for d in _decisions(session, meeting.id) if d.proposal in meeting.proposals}
    names = {p: session.get(ProposalRow, p).name for p in meeting.proposals}
    if left := tuple(names[p] for p in meeting.proposals if p not in made):
        faults.append(Fault("records.fault.undecided", {"names": left}))
    # somebody may have been taken off the list after a vote was counted
    there = len(meeting.present)
    for proposal, decision in made.items():
        votes = decision.in_favour + decision.against + decision.abstained
        if there and votes > there:
            told = {"name": names[proposal], "n": votes, "present": there}
            faults.append(Fault("records.fault.votes_of_more", told))
    return tuple(faults)


def decide(
    store: Store,
    actor: Actor,
    meeting: str,
    proposal: str,
    outcome: str,
    *,
    in_favour: int,
    against: int = 0,
    abstained: int = 0,
    dissent: Mapping[str, str] | None = None,
    text: str = "",
    waivers: Mapping[str, str] | None = None,
    version: int | None = None,
    key: str | None = None,
) -> Decision:
    """Keep the decision of an open meeting on a proposal under review, of which a snapshot has been taken: the
    decision is on the last one. With `version`, change a decision.

    The group agrees only to what can be validated; `waivers` has, by rule, why it agrees although the rule fails.

    Raises Refused, Missing, BadInput, NotNow, Conflict.
    """
    allow_somewhere(actor, "meeting.decide")
    told = {"meeting": meeting, "proposal": proposal, "outcome": outcome, "in_favour": in_favour, "against": against}
    told |= {"abstained": abstained, "dissent": dissent, "text": text, "version": version, "waivers": waivers}
    deed = Deed(store, actor, "decide", key, told)

    def work(session) -> Decision:
        held = history.load(session, MEETING, meeting, lock=True)
        allow(actor, "meeting.decide", held.department)
        if (before := history.repeated(session, deed, DECISION)) is not None:
            return before
        made = _clean_decision(held, proposal, outcome, in_favour, against, abstained, dissent, text)
        snapshot = _last_snapshot(session, held, made.proposal)
        made = replace(made, snapshot=snapshot.id)
        if made.outcome == AGREED:
            vote = before_vote(session, store, build(Proposal, snapshot.content["proposal"]))
            made = replace(made, waivers=_clean_waivers(vote, waivers))
        kept = [d for d in _decisions(session, held.id) if d.proposal == made.proposal]
        if version is None and not kept:
            return history.add(session, deed, DECISION, made)
        current = history.load(session, DECISION, made.id, lock=True)
        if version is None:
            raise Conflict(made, current)
        return history.change(session, deed, DECISION, current, version, lambda _: made)

    return store.write(work)


def get_meeting(store: Store, actor: Actor, id: str) -> Meeting:
    """Return a meeting. Raises Refused, Missing."""
    allow_somewhere(actor, "meeting.read")
    with store.reading() as session:
        found = history.load(session, MEETING, id)
    allow(actor, "meeting.read", found.department)
    return found


def meetings(store: Store, actor: Actor, department: str | None = None) -> tuple[Meeting, ...]:
    """Return the meetings of a department, or of all, in the order in which they were held. Raises Refused."""
    allow(actor, "meeting.read", department)
    known_department(department, store.dataset.territory.departments)
    conditions = () if department is None else (MeetingRow.department == department,)
    with store.reading() as session:
        return history.every(session, MEETING, *conditions, order=(MeetingRow.held_on, MeetingRow.id))


def decisions(store: Store, actor: Actor, meeting: str) -> tuple[Decision, ...]:
    """Return the decisions of a meeting. Raises Refused."""
    allow(actor, "meeting.read")
    if not history.is_id(meeting):
        return ()
    with store.reading() as session:
        return _decisions(session, meeting)


def _decisions(session, meeting: str) -> tuple[Decision, ...]:
    return history.every(session, DECISION, DecisionRow.meeting == meeting)


def _clean(session, store: Store, meeting: Meeting, values: Mapping[str, object]) -> dict[str, object]:
    """Return clean values of the fields given. Raises BadInput with all faults."""
    door, made = Door(), {}
    if not isinstance(values, Mapping):
        door.fault("not_a_table", field="values")
        door.close()
    for name in set(values) - set(EDITABLE):
        door.fault("unknown_field", field=str(name)[:40])
    group = [m.id for m in group_of(session, meeting.department, meeting.period)] if "present" in values else []
    reviewable = _reviewable(session, meeting.department) if "proposals" in values else ()
    makers = {
        "held_on": lambda v: door.day("held_on", v, required=True) or meeting.held_on,
        "place": lambda v: door.text("place", v),
        "agenda": lambda v: door.texts("agenda", v),
        "next_agenda": lambda v: door.texts("next_agenda", v),
        "present": lambda v: door.all_chosen("present", v, group),
        "proposals": lambda v: door.all_chosen("proposals", v, reviewable),
        "weights": lambda v: MappingProxyType(door.numbers("weights", v, load_criteria(), 0.0, MOST_WEIGHT)),
        "note": lambda v: door.text("note", v, MOST_NOTE, lines=True),
    }
    for name in makers:
        if name in values:
            made[name] = makers[name](values[name])
    if made.get("held_on", meeting.held_on).year != meeting.held_on.year:
        door.fault("other_year", year=meeting.held_on.year)
    if len(made.get("proposals", ())) > MOST_ITEMS:
        door.fault("too_many", field="proposals", n=len(made["proposals"]), most=MOST_ITEMS)
    door.close()
    return made


def _reviewable(session, department: str) -> Sequence[str]:
    return [row.id for row in session.query(ProposalRow.id).filter(ProposalRow.department == department)]


def _clean_decision(held: Meeting, proposal, outcome, in_favour, against, abstained, dissent, text) -> Decision:
    if held.state != OPEN:
        raise NotNow("decide", (Fault("records.fault.meeting_state", {"meeting_state": held.state}),))
    door, most = Door(), len(held.present)
    proposal = door.all_chosen("proposal", [proposal], held.proposals)
    votes = [door.whole(n, v, 0, most) for n, v in zip(VOTES, (in_favour, against, abstained), strict=True)]
    if sum(votes) > most:
        door.fault("more_votes", n=sum(votes), present=most)
    reasons = dissent if isinstance(dissent, Mapping) else {}
    who = door.all_chosen("dissent", list(reasons), held.present)
    if len(who) > votes[1] + votes[2]:
        door.fault("more_dissent", n=len(who), votes=votes[1] + votes[2])
    outcome = door.chosen("outcome", outcome, OUTCOMES)
    if outcome == "agreed" and votes[0] <= votes[1]:
        door.fault("not_a_majority", in_favour=votes[0], against=votes[1])
    told = {member: door.text("dissent", reasons[member], MOST_NOTE, lines=True) for member in who}
    text = door.text("text", text, MOST_NOTE, lines=True)
    door.close()
    made_id = f"{held.id}.{proposal[0][:50]}"
    return Decision(made_id, 0, held.id, proposal[0], "", outcome, *votes, MappingProxyType(told), text)


VOTES = ("in_favour", "against", "abstained")


def _last_snapshot(session, held: Meeting, proposal: str) -> SnapshotRow:
    query = session.query(SnapshotRow).filter(SnapshotRow.meeting == held.id, SnapshotRow.proposal == proposal)
    found = query.order_by(SnapshotRow.taken_at.desc()).first()
    if found is None:
        raise NotNow("decide", (Fault("records.fault.no_snapshot", {}),))
    return found


def _clean_waivers(vote: Vote, waivers: object) -> Mapping[str, str]:
    """Return the reason for each rule that fails. Raises NotNow with what no vote can heal and each rule without."""
    door, given = Door(), waivers if isinstance(waivers, Mapping) else {}
    told = {v.rule: door.text("waivers", given.get(v.rule, ""), MOST_NOTE, lines=True) for v in vote.failing}
    door.close()
    lacking = [Fault("records.fault.no_waiver", {"rule": rule}) for rule, why in told.items() if not why]
    if faults := (*vote.faults, *lacking):
        raise NotNow("decide", faults)
    return MappingProxyType(told)


def vote_on(store: Store, actor: Actor, id: str, proposal: str) -> Vote | None:
    """Return what stands between the last copy of a proposal in a meeting and its being validated, before anyone
    votes; None where there is no copy. Raises Refused, Missing."""
    allow_somewhere(actor, "meeting.read")
    with store.reading() as session:
        held = history.load(session, MEETING, id)
        allow(actor, "meeting.read", held.department)
        try:
            content = _last_snapshot(session, held, proposal).content
        except NotNow:
            return None
        return before_vote(session, store, build(Proposal, content["proposal"]))
