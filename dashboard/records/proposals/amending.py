"""A small change that a group agrees on while it sits, made at once: nobody sends the proposal round for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.records.core import (
    Actor,
    BadInput,
    Command,
    Fault,
    MeetingRow,
    Missing,
    NotNow,
    Remarks,
    Store,
    Transaction,
    allow_somewhere,
    carry_out,
)
from dashboard.records.proposals.proposal import PROPOSAL, Proposal
from dashboard.records.proposals.proposals import clean_content
from dashboard.records.proposals.steps import load_steps

AMENDABLE = ("name", "services", "ubigeos", "critical_area")
SITTING = "open"  # the state of a meeting in which a group sits


@dataclass(frozen=True)
class AmendProposal(Command):
    """Change a little of a reviewed proposal in an open meeting that reviews it."""

    action = "amend"
    meeting: str
    id: str
    version: int | None
    content: Mapping[str, object]
    note: str = ""


def amend(
    store: Store,
    actor: Actor,
    meeting: str,
    id: str,
    version: int | None,
    content: Mapping[str, object],
    note: str,
    *,
    key: str | None = None,
) -> Proposal:
    """Change a reviewed proposal as the room agreed; `content` has fields of :data:`AMENDABLE`, `note` the reason.

    The history names the act. Few districts come or go (`amended_districts` of the programme). Raises Refused, Missing,
    BadInput, NotNow, Conflict.
    """
    allow_somewhere(actor, "step.amend")
    remarks = Remarks.read({"note": note}, today=store.today)

    def work(transaction: Transaction) -> Proposal:
        current = transaction.allowed(PROPOSAL, id, "step.amend")
        values = clean_content({n: v for n, v in content.items() if n in AMENDABLE}, store, current.department)
        if (before := transaction.answered(PROPOSAL)) is not None:
            return before
        held = transaction.session.get(MeetingRow, meeting)
        if held is None:
            raise Missing("meeting")
        changed = replace(current, **values)
        if version == current.version:
            _refuse(store, held, current, changed, remarks.note)
        acts = store.programme.acts
        act = held.act or acts.number_of(held.department, held.held_on.year, held.number)
        said = remarks.model_copy(update={"document": act})
        return transaction.change(PROPOSAL, current, version, lambda p: replace(p, **values), remarks=said)

    return carry_out(store, actor, AmendProposal(meeting, id, version, content, note), work, key)


def _refuse(store: Store, held: MeetingRow, current: Proposal, changed: Proposal, note: str) -> None:
    if held.state != SITTING:
        raise NotNow("amend", (Fault("records.fault.meeting_state", {"meeting_state": held.state}),))
    if current.state not in load_steps()["amend"].origins:
        raise NotNow("amend", (Fault("records.fault.wrong_state", {"state": current.state, "step": "amend"}),))
    faults = [] if current.id in held.proposals else [Fault("records.fault.not_under_review", {})]
    n, most = len(current.ubigeos ^ changed.ubigeos), store.programme.acts.amended_districts
    if n > most:
        faults.append(Fault("records.fault.too_much_to_amend", {"n": n, "most": most}))
    if not note:
        faults.append(Fault("records.fault.needs_note", {}))
    if changed == current:
        faults.append(Fault("records.fault.nothing_amended", {}))
    if faults:
        raise BadInput(tuple(faults))
