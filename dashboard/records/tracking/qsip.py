"""QSIP: the stages that a cluster has done in each yearly cycle, in their order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from sqlalchemy.orm import Session

from dashboard.clusters.rules import load_parameters
from dashboard.records.core import (
    Actor,
    BadInput,
    Command,
    Conflict,
    Fault,
    Form,
    Kind,
    Missing,
    Note,
    NotNow,
    StageRow,
    Store,
    Transaction,
    allow,
    allow_somewhere,
    carry_out,
    history,
    validation,
)
from dashboard.records.proposals import PROPOSAL

MOST_PROPOSAL = 50  # letters of an id, so that those of its stages fit


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage, from 1, of a cycle, from 1, that a cluster has done."""

    id: str
    version: int
    proposal: str
    cycle: int
    stage: int
    done_on: date
    note: str = ""


STAGE = Kind("qsip", Stage, StageRow)


class StageForm(Form):
    """What is sent of a stage. It is read with `today` and how many `cycles` and `stages` the programme has."""

    proposal: Annotated[str, validation.text(MOST_PROPOSAL, required=True)]
    cycle: Annotated[int, validation.whole(1, "cycles")]
    stage: Annotated[int, validation.whole(1, "stages")]
    done_on: Annotated[date, validation.day(required=True, latest="today")]
    note: Note = ""


@dataclass(frozen=True)
class EnterStage(Command):
    """Keep that a stage was done, or change what was kept."""

    action = "enter"
    proposal: str
    values: Mapping[str, object]
    version: int | None


@dataclass(frozen=True)
class EnterStages(Command):
    """Keep the stages of a spreadsheet."""

    action = "enter_all"


def enter(
    store: Store,
    actor: Actor,
    proposal: str,
    values: Mapping[str, object],
    *,
    version: int | None = None,
    key: str | None = None,
) -> Stage:
    """Keep that a stage was done (`values`: cycle, stage, done_on, note), or change what was kept.

    Raises Refused, Missing, BadInput; NotNow when it is no cluster yet or the stage before is not done, or done
    later; Conflict.
    """
    allow_somewhere(actor, "qsip.enter")
    stage = _clean(store, proposal, values)
    command = EnterStage(proposal, values, version)
    return carry_out(store, actor, command, lambda transaction: _keep(transaction, stage, version), key)


class _OnlyLooked(Exception):
    """Ends a transaction of which nothing is to stay; `new` is how much there would have been."""

    def __init__(self, new: int) -> None:
        super().__init__(new)
        self.new = new


def enter_all(
    store: Store, actor: Actor, rows: Sequence[tuple[int, Mapping[str, object]]], *, only_look: bool = False
) -> int:
    """Keep stages read from a spreadsheet, all or none; return how many were new.

    A stage that is kept already on the same day is passed over. `only_look`: tell how many would be new, or every
    fault, and keep none.

    Raises Refused, BadInput with all faults.
    """
    allow_somewhere(actor, "qsip.enter")
    stages, faults = _read(store, rows)

    def work(transaction: Transaction) -> int:
        wrong, new = list(faults), 0
        for number, stage in stages:
            try:
                new += _keep_new(transaction, stage, number)
            except BadInput as error:
                wrong += error.faults
        if wrong:
            raise BadInput(tuple(sorted(wrong, key=lambda fault: fault.row or 0)))
        if only_look:
            raise _OnlyLooked(new)
        return new

    try:
        return carry_out(store, actor, EnterStages(), work)
    except _OnlyLooked as looked:
        return looked.new


def _read(
    store: Store, rows: Iterable[tuple[int, Mapping[str, object]]]
) -> tuple[list[tuple[int, Stage]], list[Fault]]:
    """Return the stages of rows with their numbers, in the order in which they are to be done, and all faults."""
    stages: list[tuple[int, Stage]] = []
    faults: list[Fault] = []
    for number, values in rows:
        try:
            stages.append((number, _clean(store, values.get("proposal"), values, number)))
        except BadInput as error:
            faults += error.faults
    return sorted(stages, key=lambda row: (row[1].proposal, row[1].cycle, row[1].stage)), faults


def _keep_new(transaction: Transaction, stage: Stage, row: int) -> bool:
    """Keep a stage and return whether it was new. Raises BadInput with what is wrong with its row."""
    try:
        kept = transaction.session.get(StageRow, stage.id)
        if kept is not None and replace(history.from_row(STAGE, kept), version=0) == stage:
            return False
        _keep(transaction, stage, None)
    except Missing:
        raise BadInput((Fault("records.fault.unknown_proposal", {}, row),)) from None
    except Conflict:
        raise BadInput((Fault("records.fault.stage_kept", {}, row),)) from None
    except NotNow as error:
        raise BadInput(tuple(replace(fault, row=row) for fault in error.faults)) from None
    return True


def _clean(store: Store, proposal: object, values: Mapping[str, object], row: int | None = None) -> Stage:
    sent = {name: value for name, value in values.items() if name in StageForm.model_fields} | {"proposal": proposal}
    programme = store.programme
    read = StageForm.read(sent, row, cycles=programme.cycles, stages=programme.stages, today=store.today)
    return Stage(id=f"{read.proposal}.{read.cycle}.{read.stage}", version=0, **read.values())


def _keep(transaction: Transaction, stage: Stage, version: int | None) -> Stage:
    session = transaction.session
    cluster = transaction.allowed(PROPOSAL, stage.proposal, "qsip.enter")
    if (before := transaction.answered(STAGE)) is not None:
        return before
    if version is None and load_parameters().kind(cluster.state) != "settled":
        raise NotNow("qsip", (Fault("records.fault.no_cluster", {"state": cluster.state}),))
    row = session.get(StageRow, stage.id, with_for_update=True)
    if row is None or version is not None:
        _refuse_disorder(session, transaction.store, stage)
    if row is None and version is None:
        return transaction.add(STAGE, stage)
    current = history.load(session, STAGE, stage.id)
    if version is None:
        raise Conflict(stage, current)
    return transaction.change(STAGE, current, version, lambda _: stage)


def _refuse_disorder(session: Session, store: Store, stage: Stage) -> None:
    """A stage follows the one before it, and a cycle the last stage of the cycle before; dates keep that order."""
    others = {(s.cycle, s.stage): s.done_on for s in history.every(session, STAGE, StageRow.proposal == stage.proposal)}
    at = (stage.cycle, stage.stage)
    before = (stage.cycle, stage.stage - 1) if stage.stage > 1 else (stage.cycle - 1, store.programme.stages)
    if stage.cycle + stage.stage > 2 and before not in others:
        raise NotNow("qsip", (Fault("records.fault.stage_before", {"cycle": before[0], "stage": before[1]}),))
    wrong = [k for k, day in others.items() if (k < at and day > stage.done_on) or (k > at and day < stage.done_on)]
    if wrong:
        cycle, number = wrong[0]
        raise NotNow("qsip", (Fault("records.fault.stage_order", {"cycle": cycle, "stage": number}),))


def stages(store: Store, actor: Actor, proposal: str | None = None) -> tuple[Stage, ...]:
    """Return the stages done of a cluster, or of all, in their order. Raises Refused."""
    allow(actor, "qsip.read")
    if proposal is not None and not history.is_id(proposal):
        return ()
    conditions = () if proposal is None else (StageRow.proposal == proposal,)
    with store.reading() as session:
        return history.every(session, STAGE, *conditions, order=(StageRow.proposal, StageRow.cycle, StageRow.stage))
