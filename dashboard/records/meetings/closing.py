"""What a meeting still lacks before it can be closed, and what its act would leave to be written by hand."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from dashboard.records.core import Acts, Fault, ProposalRow
from dashboard.records.meetings.decisions import decisions_of
from dashboard.records.meetings.groups import group_of
from dashboard.records.meetings.meeting import Meeting

BY_HAND = ("began_at", "ended_at", "presides", "secretary")


def faults_of(session: Session, acts: Acts, meeting: Meeting) -> tuple[Fault, ...]:
    """Return all that keeps an open meeting from being closed."""
    faults = [
        Fault(f"records.fault.no_{name}", {}) for name in ("present", "next_agenda") if not getattr(meeting, name)
    ]
    return (*faults, *_quorum(session, acts, meeting), *_votes(session, meeting))


def unsaid(meeting: Meeting, has_act_before: bool) -> tuple[str, ...]:
    """Return the fields that the act leaves a blank for, since nobody has said them."""
    reading = ("previous_act",) if has_act_before else ()
    return tuple(name for name in (*BY_HAND, *reading) if not getattr(meeting, name))


def _quorum(session: Session, acts: Acts, meeting: Meeting) -> Iterator[Fault]:
    """Too few are present and nobody said why the meeting was held all the same."""
    members = {m.id for m in group_of(session, meeting.department, meeting.period, meeting.held_on)}
    there, needed = len(members.intersection(meeting.present)), acts.quorum(len(members))
    if meeting.present and there < needed and not meeting.quorum_reason:
        yield Fault("records.fault.no_quorum", {"n": there, "all": len(members), "needed": needed})


def _votes(session: Session, meeting: Meeting) -> Iterator[Fault]:
    made = {d.proposal: d for d in decisions_of(session, meeting.id) if d.proposal in meeting.proposals}
    names = {p: session.get_one(ProposalRow, p).name for p in meeting.proposals}
    if left := tuple(names[p] for p in meeting.proposals if p not in made):
        yield Fault("records.fault.undecided", {"names": left})
    # somebody may have been taken off the list after a vote was counted
    there = len(meeting.present)
    for proposal, decision in made.items():
        votes = decision.in_favour + decision.against + decision.abstained
        if there and votes > there:
            yield Fault("records.fault.votes_of_more", {"name": names[proposal], "n": votes, "present": there})
