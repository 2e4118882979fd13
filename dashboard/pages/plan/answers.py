"""Answer what the plan screen asks of the server. Pure but for the spool: plain values in, components out."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from dash import html
from dash.dcc.express import send_bytes

from dashboard import texts
from dashboard.clusters.rules import Context
from dashboard.clusters.scoring import pool
from dashboard.documents import Format, plan_files
from dashboard.pages.kit import Proposals, packing, words
from dashboard.pages.plan import blocked, sides, tables
from dashboard.pages.plan.ids import PlanId
from dashboard.records.proposals import Overview
from dashboard.web.jobs import JobState, Spool, difference, identified, key_of, plan_request, refused_facts
from dashboard.web.request import cache_key
from geodata.model import Dataset

Say = tables.Say
FORM_OF_ANSWERS = 7  # raised whenever what is written down of a plan changes
NOW, KEPT = "now", "kept"
NOTHING = Overview((), ())


def answer(
    asked: Any, dataset: Dataset, language: str, spool: Spool, proposals: Proposals = None, record: Overview = NOTHING
) -> dict[str, Any]:
    """Return how far the plans asked for are, or all that the screen shows of them.

    `shown` holds components by the id of their place; places that are not in it stay as they are. `plan`
    and `former` are what the browser draws of the plan and of plan A; `more` is whether to ask again. Clusters
    that are settled among the proposals, those of the data set where None, are in every plan; one that is in the
    record goes by its number there.
    """
    already = plan_request.settled_of(Context.of(dataset, proposals))
    asked = asked if isinstance(asked, dict) else {}
    say = partial(texts.say, language)
    sent = {name: asked[name] for name in (NOW, KEPT) if isinstance(asked.get(name), dict)}
    states = {name: _state(plan, already, dataset, spool) for name, plan in sent.items()}
    made = {"at": asked.get("at"), "more": False, "failed": False, "plan": None, "former": None}
    open_ = [state for state in states.values() if not state.is_final]
    if NOW not in states:
        return {**made, "shown": {}}
    if open_:
        return {**made, "more": True, "shown": {PlanId.PROGRESS: tables.progress(open_[0], language)}}
    for name in [name for name, state in states.items() if state.status == "failed"]:
        spool.forget(_key(plan_request.checked(asked[name], dataset.territory), already))
    now, kept = states[NOW].answer, states[KEPT].answer if KEPT in states else None
    shown = {PlanId.PROGRESS: None, PlanId.SAID: blocked.said(states[NOW].status, now, dataset, language)}
    if states[NOW].status == "done":
        now = identified(now, record)
    if kept and kept.get("status") == "done":
        kept = identified(kept, record)
    if states[NOW].status != "done":
        return {**made, "shown": {**shown, PlanId.DIFFERENCE: None}, "failed": True}
    changes = difference(kept, now) if kept and kept.get("status") == "done" else None
    shown |= {
        PlanId.SUMMARY: tables.summary(now, dataset, language),
        PlanId.LIST: tables.clusters(now, changes, dataset, language),
        PlanId.LEDGER: tables.ledger(now, dataset, language),
        PlanId.FOOT: tables.foot(now, dataset, language),
        PlanId.DIFFERENCE: sides.sides(states.get(KEPT), kept, now, changes, asked.get("auto"), dataset, language),
    }
    return {
        **made,
        "shown": shown,
        "plan": _drawn(now),
        "former": _drawn(kept) if kept and changes else None,
        "told": say("browser.plan.found", n=len(now["clusters"])),
    }


def _key(plain: plan_request.Plain, already: list[plan_request.Plain]) -> str:
    return key_of(cache_key("plan", FORM_OF_ANSWERS, sorted(plain.items()), already))


def _state(sent: Any, already: list[plan_request.Plain], dataset: Dataset, spool: Spool) -> JobState:
    """Return how far a plan is; one that cannot be sought is refused at once."""
    try:
        plain = plan_request.checked(sent, dataset.territory)
    except plan_request.BadPlan as error:
        return JobState("refused", answer=refused_facts(error.faults))
    return spool.ask(_key(plain, already), {"edition": dataset.edition, "wanted": plain, "settled": already})


# JSON, of any type
def among_whom(plans: Any, dataset: Dataset) -> dict[str, Any] | None:
    """Return what the candidates of a plan hang on: sizes, services and anchors; None where it cannot be asked for."""
    sent = plans.get(NOW) if isinstance(plans, dict) else None
    try:
        plain = plan_request.checked(sent, dataset.territory)
    except plan_request.BadPlan:
        return None
    return {name: plain[name] for name in ("sizes", "services", "anchors")}


# JSON, of any type
def effects(asked: Mapping[str, Any], dataset: Dataset, language: str) -> dict[str, Any]:
    """Return candidates of the whole territory for the browser, evenly taken where there are more than it gets."""
    say, speech = partial(texts.say, language), words(language)
    among = pool(dataset, plan_request.terms_of({**plan_request.default(), **asked}))
    if not len(among):
        return {"anchored": [], "nothing": say("effects.nobody")}
    rows = packing.spread_rows(among, np.array([], dtype=int))
    said = say("effects.plan", n=speech.number(len(among), 0))
    return packing.packed(among, rows, speech, named=False) | {
        "place": "", "n": len(among), "among": [said, *packing.sample_said(among, rows, speech)],
    }  # fmt: skip


def _drawn(plan: Mapping[str, Any]) -> dict[str, Any]:
    names = ("identity", "code", "ubigeos", "province", "phase", "fixed", "score", "affected", "slots", "district")
    return {"clusters": [{name: cluster[name] for name in names} for cluster in plan["clusters"]]}


def not_begun(asked: dict[str, Any], why: str) -> dict[str, Any]:
    """Return what the screen shows where no plan was begun; what is on it stays."""
    said = [html.Div(html.P(why), className="error", role="alert")]
    shown = {PlanId.PROGRESS: None, PlanId.SAID: said}
    return {"at": asked.get("at"), "more": False, "failed": True, "plan": None, "former": None, "shown": shown}


def download(
    kind: Format, asked: Any, dataset: Dataset, language: str, spool: Spool, proposals: Proposals = None,
    record: Overview = NOTHING,
) -> Any:  # fmt: skip
    """Return the plan asked for as a file for the browser; None while there is none."""
    sent = asked.get(NOW) if isinstance(asked, dict) else None
    if not isinstance(sent, dict):
        return None
    state = _state(sent, plan_request.settled_of(Context.of(dataset, proposals)), dataset, spool)
    if state.status != "done":
        return None
    words = sides.request_words(state.answer["wanted"], dataset, language)
    plan = identified(state.answer, record)
    name, body = plan_files.plan_file(kind, plan, dataset, partial(texts.say, language), words)
    return send_bytes(body, name)
