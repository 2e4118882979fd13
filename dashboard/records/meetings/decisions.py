"""What a meeting decides on the proposals under review: votes, dissent, and why it agrees although a rule fails."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated

from pydantic import ValidationInfo, field_validator
from sqlalchemy.orm import Session

from dashboard.records.core import (
    Actor,
    Command,
    Conflict,
    DecisionRow,
    Fault,
    Form,
    Kind,
    Note,
    NotNow,
    SnapshotRow,
    Store,
    Transaction,
    allow,
    allow_somewhere,
    build,
    carry_out,
    history,
    validation,
)
from dashboard.records.meetings.meeting import MEETING, NOTHING, OPEN, Meeting
from dashboard.records.proposals import AGREED, Proposal, Vote, before_vote

OUTCOMES = ("agreed", "returned", "deferred", "rejected")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decided on one proposal.

    `dissent` has the reason of each member, by id, who did not agree; `waivers`, by rule, why the group agrees although
    the rule fails.
    """

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


DECISION = Kind("decision", Decision, DecisionRow)
VOTES = ("in_favour", "against", "abstained")


class DecisionForm(Form):
    """What a meeting decided on a proposal.

    It is read with those under `review`, the ids of those `present`, and how many they are (`most`).
    """

    proposal: Annotated[str, validation.one_of("review")]
    in_favour: Annotated[int, validation.whole(0, "most")]
    against: Annotated[int, validation.whole(0, "most")]
    abstained: Annotated[int, validation.whole(0, "most")]
    outcome: Annotated[str, validation.chosen(OUTCOMES)]
    dissent: Annotated[Mapping[str, str], validation.texts_of("present")]
    text: Note

    @field_validator("abstained")
    @classmethod
    def _no_more_than_present(cls, abstained: int, info: ValidationInfo) -> int:
        votes, most = [*(info.data.get(name, 0) for name in VOTES), abstained], validation.context(info)["most"]
        if sum(votes) > most:
            raise validation.whole_fault("more_votes", n=sum(votes), present=most)
        return abstained

    @field_validator("outcome")
    @classmethod
    def _by_a_majority(cls, outcome: str, info: ValidationInfo) -> str:
        votes = {name: info.data[name] for name in ("in_favour", "against") if name in info.data}
        if outcome == AGREED and len(votes) == 2 and votes["in_favour"] <= votes["against"]:
            raise validation.whole_fault("not_a_majority", **votes)
        return outcome

    @field_validator("dissent")
    @classmethod
    def _no_more_than_voted(cls, dissent: Mapping[str, str], info: ValidationInfo) -> Mapping[str, str]:
        votes = [info.data[name] for name in ("against", "abstained") if name in info.data]
        if len(votes) == 2 and len(dissent) > sum(votes):
            raise validation.whole_fault("more_dissent", n=len(dissent), votes=sum(votes))
        return dissent


class WaiversForm(Form):
    """Why a group agrees although rules fail: read with the `rules` that do."""

    waivers: Annotated[Mapping[str, str], validation.texts_of("rules")]


@dataclass(frozen=True)
class Decide(Command):
    """Keep what an open meeting decided on a proposal, or change it."""

    action = "decide"
    meeting: str
    proposal: str
    outcome: str
    in_favour: int
    against: int
    abstained: int
    dissent: Mapping[str, str] | None
    text: str
    waivers: Mapping[str, str] | None
    version: int | None


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
    """Keep the decision of an open meeting on a proposal under review, of which a snapshot has been taken.

    The decision is on the last one. With `version`, change a decision.

    The group agrees only to what can be validated; `waivers` has, by rule, why it agrees although the rule fails.

    Raises Refused, Missing, BadInput, NotNow, Conflict.
    """
    allow_somewhere(actor, "meeting.decide")
    command = Decide(meeting, proposal, outcome, in_favour, against, abstained, dissent, text, waivers, version)

    def work(transaction: Transaction) -> Decision:
        held = transaction.allowed(MEETING, meeting, "meeting.decide")
        if (before := transaction.answered(DECISION)) is not None:
            return before
        session = transaction.session
        made = _clean_decision(held, command)
        snapshot = _last_snapshot(session, held, made.proposal)
        made = replace(made, snapshot=snapshot.id)
        if made.outcome == AGREED:
            vote = before_vote(session, store, build(Proposal, snapshot.content["proposal"]))
            made = replace(made, waivers=_clean_waivers(vote, waivers))
        if version is None and all(d.proposal != made.proposal for d in decisions_of(session, held.id)):
            return transaction.add(DECISION, made)
        current = transaction.load(DECISION, made.id)
        if version is None:
            raise Conflict(made, current)
        return transaction.change(DECISION, current, version, lambda _: made)

    return carry_out(store, actor, command, work, key)


def decisions(store: Store, actor: Actor, meeting: str) -> tuple[Decision, ...]:
    """Return the decisions of a meeting. Raises Refused."""
    allow(actor, "meeting.read")
    if not history.is_id(meeting):
        return ()
    with store.reading() as session:
        return decisions_of(session, meeting)


def decisions_of(session: Session, meeting: str) -> tuple[Decision, ...]:
    """Return the decisions of a meeting; whoever calls it has asked whether they may be read."""
    return history.every(session, DECISION, DecisionRow.meeting == meeting)


def _clean_decision(held: Meeting, command: Decide) -> Decision:
    if held.state != OPEN:
        raise NotNow(command.name, (Fault("records.fault.meeting_state", {"meeting_state": held.state}),))
    sent = {name: value for name, value in command.sent().items() if name in DecisionForm.model_fields}
    read = DecisionForm.read(sent, review=held.proposals, present=held.present, most=len(held.present))
    return Decision(f"{held.id}.{read.proposal[:50]}", 0, held.id, snapshot="", **read.values())


def _last_snapshot(session: Session, held: Meeting, proposal: str) -> SnapshotRow:
    query = session.query(SnapshotRow).filter(SnapshotRow.meeting == held.id, SnapshotRow.proposal == proposal)
    found = query.order_by(SnapshotRow.taken_at.desc()).first()
    if found is None:
        raise NotNow("decide", (Fault("records.fault.no_snapshot", {}),))
    return found


def _clean_waivers(vote: Vote, waivers: object) -> Mapping[str, str]:
    """Return the reason for each rule that fails. Raises NotNow with what no vote can heal and each rule without."""
    failing, table = [verdict.rule for verdict in vote.failing], waivers if isinstance(waivers, Mapping) else {}
    given = {rule: table.get(rule, "") for rule in failing}
    reasons = WaiversForm.read({"waivers": given}, rules=failing).waivers
    lacking = [Fault("records.fault.no_waiver", {"rule": rule}) for rule, why in reasons.items() if not why]
    if faults := (*vote.faults, *lacking):
        raise NotNow(Decide.action, faults)
    return reasons


def vote_on(store: Store, actor: Actor, id: str, proposal: str) -> Vote | None:
    """Return what stands between the last copy of a proposal in a meeting and its being validated, before anyone votes.

    None where there is no copy. Raises Refused, Missing.
    """
    allow_somewhere(actor, "meeting.read")
    with store.reading() as session:
        held = history.load(session, MEETING, id)
        allow(actor, "meeting.read", held.department)
        try:
            content = _last_snapshot(session, held, proposal).content
        except NotNow:
            return None
        return before_vote(session, store, build(Proposal, content["proposal"]))
