"""Answer what is searched for: the feasible candidates of a place, packed small, and why there are none.

The browser scores and orders them by the group's weights, as `assets/js/model/scores.js` does for a comparison, so
a weight costs no request. Values are rounded far finer than what is shown, so that no two places differ.
"""

from functools import partial
from typing import Any

import numpy as np
from dash.dcc.express import send_bytes

from dashboard import texts
from dashboard.clusters.model import contiguous_groups
from dashboard.clusters.ranking import place_name
from dashboard.clusters.rules import load_parameters
from dashboard.clusters.scoring import Pool, Terms, pool
from dashboard.clusters.writing import sentences
from dashboard.documents import Format, pool_file
from dashboard.pages.kit import packing, words
from dashboard.pages.propose.request import search_of
from geodata.model import Dataset


def question(sent: Any, dataset: Dataset) -> dict[str, Any]:
    """Return what a search depends on, as plain values: weights only where they choose what is sent."""
    place, terms = search_of(sent, dataset)
    asked = {
        "place": place,
        "sizes": list(terms.sizes),
        "services": sorted(terms.services),
        "conflictPeriod": list(terms.conflict_period or ()),
        "hazardPeriod": list(terms.hazard_period or ()),
        "anchors": terms.anchors,
    }
    chosen = place and len(contiguous_groups(dataset.territory, place, terms.sizes)) > packing.MOST_ROWS
    return asked | {"weights": dict(terms.weights or {}) if chosen else {}}


def not_sought(why: str) -> dict[str, Any]:
    """Return what the screen shows where nothing was sought."""
    return {"place": "", "n": 0, "nothing": why}


def search(sent: Any, dataset: Dataset, language: str) -> dict[str, Any]:
    """Return the feasible candidates of a place for the browser, or a sentence on why there are none."""
    place, terms = search_of(sent, dataset)
    if not place:
        return not_sought(texts.say(language, "propose.no_place"))
    among = pool(dataset, terms, place)
    made = {"place": place, "name": place_name(dataset.territory, place), "n": len(among)}
    if not len(among):
        return made | {"nothing": nothing(dataset, place, terms, language)}
    # equal scores stand in the order of the search, whatever the weights
    rows = np.sort(among.order[: packing.MOST_ROWS])
    made |= packing.packed(among, rows, words(language))
    return made | {"notes": notes(among, len(rows), language), "nothing": None}


def download(
    kind: Format, sent: Any, weights: Any, locked: Any, dataset: Dataset, language: str
) -> dict[str, Any] | None:
    """Return the best candidates of a search as a file for the browser; None while nothing is searched for.

    weights: those in use. locked: codes of districts that each of them must hold.
    """
    asked = sent if isinstance(sent, dict) else {}
    place, terms = search_of({**asked, "weights": weights}, dataset)
    if not place:
        return None
    held = frozenset(u for u in locked or () if u in dataset.territory.districts)
    name, body = pool_file(kind, pool(dataset, terms, place), language, held)
    return send_bytes(body, name)


def notes(among: Pool, sent: int, language: str) -> list[dict[str, str]]:
    """Return what a reader must know of the search, and how its numbers are made: {kind, text}."""
    speech = words(language)
    found = [{"kind": "note", "text": text} for text in sentences.left_out_sentences(speech, among.scale)]
    if sent < len(among):
        text = speech.say("propose.bounded", sent=speech.number(sent, 0), n=speech.number(len(among), 0))
        found.insert(0, {"kind": "bounded", "text": text})
    formulas = [sentences.formula_sentence(speech, key) for key in ("score", "rank", "frontier")]
    return [*found, *({"kind": "formula", "text": text} for text in (*formulas, speech.say("propose.form_only")))]


def nothing(dataset: Dataset, place: str, terms: Terms, language: str) -> str:
    """Return why a place has no feasible candidate: it can never have one, or not of the sizes asked for."""
    say = partial(texts.say, language)
    least, most = terms.sizes
    minimum = load_parameters().get("minimum_size", "minimum")
    inside = [u for u in dataset.territory.districts if u.startswith(place)]
    fields = {"place": place_name(dataset.territory, place), "n": len(inside), "minimum": minimum}
    if len(inside) < minimum:
        return say("propose.never", **fields)
    if not len(contiguous_groups(dataset.territory, place, (minimum, len(inside)))):
        return say("propose.never_touching", **fields)
    return say("propose.not_of_size", least=least, most=most, **fields)
