"""QSIP: the stages that a cluster has done in each yearly cycle, in their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.clusters.rules import load_parameters
from dashboard.records.core import (
    MOST_NOTE,
    Actor,
    BadInput,
    Conflict,
    Deed,
    Door,
    Fault,
    Kind,
    Missing,
    NotNow,
    StageRow,
    Store,
    allow,
    allow_somewhere,
    history,
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


STAGE = Kind("qsip", StageRow, Stage)


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
    deed = Deed(store, actor, "enter", key, {"proposal": proposal, "values": values, "version": version})
    return store.write(lambda session: _keep(session, deed, stage, version))


class _OnlyLooked(Exception):
    """Ends a transaction of which nothing is to stay."""


def enter_all(
    store: Store, actor: Actor, rows: Sequence[tuple[int, Mapping[str, object]]], *, only_look: bool = False
) -> int:
    """Keep stages read from a spreadsheet, all or none; return how many were new. A stage that is kept already on
    the same day is passed over. `only_look`: tell how many would be new, or every fault, and keep none.

    Raises Refused, BadInput with all faults.
    """
    allow_somewhere(actor, "qsip.enter")
    stages, faults = [], []
    for number, values in rows:
        try:
            stages.append((number, _clean(store, values.get("proposal"), values, number)))
        except BadInput as error:
            faults += error.faults
    stages.sort(key=lambda row: (row[1].proposal, row[1].cycle, row[1].stage))

    def work(session) -> int:
        deed, wrong, new = Deed(store, actor, "enter_all"), list(faults), 0
        for number, stage in stages:
            try:
                kept = session.get(StageRow, stage.id)
                if kept is not None and replace(history.from_row(STAGE, kept), version=0) == stage:
                    continue
                _keep(session, deed, stage, None)
                new += 1
            except Missing:
                wrong.append(Fault("records.fault.unknown_proposal", {}, number))
            except Conflict:
                wrong.append(Fault("records.fault.stage_kept", {}, number))
            except NotNow as error:
                wrong += [replace(fault, row=number) for fault in error.faults]
        if wrong:
            raise BadInput(tuple(sorted(wrong, key=lambda fault: fault.row)))
        if only_look:
            raise _OnlyLooked(new)
        return new

    try:
        return store.write(work)
    except _OnlyLooked as looked:
        return looked.args[0]


def _clean(store: Store, proposal: object, values: Mapping[str, object], row: int | None = None) -> Stage:
    door = Door(row)
    cluster = door.text("proposal", proposal, MOST_PROPOSAL, required=True)
    cycle = door.whole("cycle", values.get("cycle"), 1, store.programme.cycles)
    number = door.whole("stage", values.get("stage"), 1, store.programme.stages)
    done_on = door.day("done_on", values.get("done_on"), required=True, latest=store.today)
    note = door.text("note", values.get("note"), MOST_NOTE, lines=True)
    door.close()
    return Stage(f"{cluster}.{cycle}.{number}", 0, cluster, cycle, number, done_on, note)


def _keep(session, deed: Deed, stage: Stage, version: int | None) -> Stage:
    cluster = history.load(session, PROPOSAL, stage.proposal, lock=True)
    allow(deed.actor, "qsip.enter", cluster.department)
    if (before := history.repeated(session, deed, STAGE)) is not None:
        return before
    if version is None and load_parameters().kind(cluster.state) != "settled":
        raise NotNow("qsip", (Fault("records.fault.no_cluster", {"state": cluster.state}),))
    row = session.get(StageRow, stage.id, with_for_update=True)
    if row is None or version is not None:
        _refuse_disorder(session, deed.store, stage)
    if row is None and version is None:
        return history.add(session, deed, STAGE, stage)
    current = history.load(session, STAGE, stage.id)
    if version is None:
        raise Conflict(stage, current)
    return history.change(session, deed, STAGE, current, version, lambda _: stage)


def _refuse_disorder(session, store: Store, stage: Stage) -> None:
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
