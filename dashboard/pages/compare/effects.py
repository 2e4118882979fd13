"""Answer among whom it is seen what each weight does: the feasible candidates of the provinces of those compared."""

from functools import partial
from typing import Any

import numpy as np

from dashboard import texts
from dashboard.clusters.model import Candidate
from dashboard.clusters.ranking import LETTERS, place_name
from dashboard.clusters.scoring import Criterion, Pool, Terms, anchored_each, pool
from dashboard.clusters.writing import Wording, joined, sentences
from dashboard.pages.kit import BadDraft, Proposals, anchors_of, candidate_of, packing, period_of, words
from geodata.model import Dataset, UnknownUbigeo


def effects(asked: Any, dataset: Dataset, language: str, proposals: Proposals = None) -> dict[str, Any] | None:
    """Return the candidates for the browser, and which of them are those compared; None where nobody has districts.

    They are scored on the services that all of those compared work on, where these are the same, else on all three.
    """
    say = partial(texts.say, language)
    drawn = _drawn(asked, dataset, proposals)
    if not drawn:
        return None
    services = {candidate.services for _, candidate in drawn}
    terms = Terms(
        services=next(iter(services)) if len(services) == 1 else frozenset(),
        conflict_period=period_of(asked.get("conflictPeriod"), dataset),
        hazard_period=period_of(asked.get("hazardPeriod"), dataset),
        anchors=anchors_of(asked.get("anchors")),
    )
    provinces = sorted({candidate.main_province for _, candidate in drawn})
    among = _of_provinces(dataset, terms, provinces)
    names = joined(say, [place_name(dataset.territory, province) for province in provinces])
    if not len(among):
        return {"anchored": [], "nothing": say("effects.nobody")}
    speech = words(language)
    at = {letter: among.groups.index(candidate.ubigeos) for letter, candidate in drawn}
    rows = packing.spread_rows(among, np.array([row for row in at.values() if row is not None], dtype=int))
    key = "effects.among" if len(services) == 1 else "effects.among_all"
    said = [say(key, n=speech.number(len(among), 0), places=names), *packing.sample_said(among, rows, speech)]
    own = [
        {
            "name": say("firm.named", letter=letter, name=candidate.title) if candidate.name else letter,
            "row": None if (row := at[letter]) is None else int(np.searchsorted(rows, row)),
            "why": say("effects.outside"),
        }
        for letter, candidate in drawn
    ]
    found = packing.packed(among, rows, speech)
    found |= {"place": ".".join(provinces), "n": len(among), "own": own, "among": said}
    return found if len(services) == 1 else found | {"anchored": _each_anchored(dataset, terms, drawn, speech)}


def _each_anchored(
    dataset: Dataset, terms: Terms, drawn: list[tuple[str, Candidate]], speech: Wording
) -> list[dict[str, str]]:
    """Return the anchors of each criterion, for each of those compared where their services have others."""
    each = anchored_each(dataset, terms, [candidate for _, candidate in drawn])
    found = []
    for key, item in each[0].items():
        letters: dict[Criterion, list[str]] = {}
        for (letter, _), own in zip(drawn, each, strict=True):
            letters.setdefault(own[key], []).append(letter)
        told = {own: sentences.anchors_sentence(speech, own, terms.anchors) for own in letters}
        parts = [f"{joined(speech.say, who)}: {told[own]}" for own, who in letters.items()]
        if not item.judged:
            found.append({"key": key, "text": " ".join(parts) if len(letters) > 1 else told[item]})
    return found


def _drawn(asked: Any, dataset: Dataset, proposals: Proposals) -> list[tuple[str, Candidate]]:
    columns = asked.get("columns") if isinstance(asked, dict) else None
    found = []
    for letter, sent in zip(LETTERS, columns if isinstance(columns, list) else [], strict=False):
        try:
            candidate = candidate_of(sent, dataset, proposals)
        except (BadDraft, UnknownUbigeo, ValueError, TypeError):
            continue  # the comparison itself says what is wrong with it
        if candidate.ubigeos:
            found.append((letter, candidate))
    return found


def _of_provinces(dataset: Dataset, terms: Terms, provinces: list[str]) -> Pool:
    if len(provinces) == 1:
        return pool(dataset, terms, provinces[0])
    departments = {province[:2] for province in provinces}
    wide = pool(dataset, terms, departments.pop() if len(departments) == 1 else "")
    return wide.take(np.isin(wide.groups.provinces, provinces))
