"""Answer what the map screen asks of the server. Pure functions: plain values in, components out.

`proposals` are those that are kept, in any state; None stands for the first ones, of the data set.
"""

from dataclasses import replace
from typing import Any

from dash.dcc.express import send_bytes

from dashboard.clusters.measures import measure_all
from dashboard.clusters.model import Candidate, enclosure
from dashboard.clusters.ranking import single_changes, smallest_mends
from dashboard.clusters.rules import Context, judge
from dashboard.clusters.scoring import Terms
from dashboard.documents import Format, candidate_files
from dashboard.pages.kit import (
    BadDraft,
    Proposals,
    anchors_of,
    candidate_of,
    chosen,
    locked_of,
    period_of,
    verdicts,
    weights_of,
    words,
)
from dashboard.pages.map import editions, sheets
from dashboard.pages.map.standing import MOST_CHANGED, CandidateStanding, shown
from dashboard.records.proposals import Overview
from dashboard.texts import say
from geodata.model import Dataset, UnknownUbigeo


def _record(sent: Any) -> dict[str, Any]:
    return sent if isinstance(sent, dict) else {}


def enclosed(shape: Any, dataset: Dataset) -> dict[str, Any]:
    """Return the districts inside a lasso or rectangle; none where the outline encloses nothing."""
    shape = _record(shape)
    by_capital = shape.get("countsBy") == enclosure.BY_CAPITAL
    counts_by = enclosure.BY_CAPITAL if by_capital else enclosure.BY_AREA
    try:
        if shape.get("lasso"):
            area = enclosure.polygon(shape["lasso"])
        else:
            area = enclosure.rectangle(shape.get("range") or [])
        found = enclosure.enclosed(area, dataset, counts_by)
    except (enclosure.BadOutline, ValueError, TypeError):
        found = ()
    return {"ubigeos": list(found), "countsBy": counts_by, "at": shape.get("at")}


def judgement(judged: dict[str, Any], dataset: Dataset, language: str, proposals: Proposals = None) -> tuple[Any, Any]:
    """Return the verdicts and the measures of a candidate as components."""
    try:
        candidate = candidate_of(judged, dataset, proposals)
        conflict_period = period_of(judged.get("conflictPeriod"), dataset)
        hazard_period = period_of(judged.get("hazardPeriod"), dataset)
        found = judge(candidate, Context.of(dataset, proposals))
        figures = measure_all(candidate, dataset, conflict_period, hazard_period)
    except BadDraft:
        return verdicts.refusal(say(language, "error.unreadable"), language), []
    except UnknownUbigeo as error:
        unknown = say(language, "error.unknown_ubigeo", ubigeo=", ".join(error.ubigeos)[:60])
        return verdicts.refusal(unknown, language), []
    return (
        verdicts.rules(found, candidate, dataset, language),
        verdicts.measures(candidate, figures, conflict_period, hazard_period, dataset, language),
    )


def standing(asked: Any, dataset: Dataset, language: str, proposals: Proposals = None) -> Any:
    """Return where a candidate stands and what would better it; nothing where it has no districts."""
    asked = _record(asked)
    try:
        candidate = candidate_of(asked, dataset, proposals)
    except (BadDraft, UnknownUbigeo):
        return []  # the rules above say what is wrong with it
    if not candidate.ubigeos:
        return []
    terms = Terms(
        services=candidate.services,
        weights=weights_of(asked.get("weights")),
        conflict_period=period_of(asked.get("conflictPeriod"), dataset),
        hazard_period=period_of(asked.get("hazardPeriod"), dataset),
        anchors=anchors_of(asked.get("anchors")),
    )
    if len(candidate) > MOST_CHANGED:
        return shown(CandidateStanding(candidate, dataset, terms, None, None), words(language))
    context, locked = Context.of(dataset, proposals), locked_of(asked, candidate)
    singles = single_changes(candidate, dataset, context, terms, locked, limit=None)
    mends = smallest_mends(candidate, dataset, context, terms, locked, limit=None)
    return shown(CandidateStanding(candidate, dataset, terms, singles, mends), words(language))


def edition_notice(said: str | None, changes: Any, asked: Any, language: str) -> Any:
    """Return what to say of a candidate that was judged on another edition of the data."""
    ubigeos = _record(asked).get("ubigeos")
    own = [u for u in ubigeos if isinstance(u, str)] if isinstance(ubigeos, list) else []
    return editions.notice(said, changes, own, language)


def sheet(ubigeo: Any, dataset: Dataset, language: str, record: Overview | None = None) -> Any:
    """Return every figure of a district, with year and source."""
    if not isinstance(ubigeo, str) or ubigeo not in dataset.territory.districts:
        return verdicts.refusal(say(language, "sheet.unknown", ubigeo=str(ubigeo)[:12]), language)
    if record is None:
        return sheets.sheet(ubigeo, dataset, language, dataset.proposals, {})
    return sheets.sheet(ubigeo, dataset, language, record.standing, record.identities)


def download(
    kind: Format,
    drafts: Any,
    view: Any,
    dataset: Dataset,
    language: str,
    record: Overview | None = None,
) -> Any:
    """Return the candidates as a file for the browser; those with the districts of a proposal have its number."""
    candidates: list[Candidate] = chosen(drafts, dataset, None if record is None else record.proposals)
    if record is not None:
        known = record.identify([c.ubigeos for c in candidates])
        pairs = zip(candidates, known, strict=True)
        candidates = [replace(c, number=int(found.sign)) if found.id else c for c, found in pairs]
    sent = _record(view)
    periods = {name: period_of(sent[name], dataset) for name in ("conflictPeriod", "hazardPeriod") if sent.get(name)}
    name, body = candidate_files.candidates_file(kind, candidates, periods, dataset, language)
    return send_bytes(body, name)
