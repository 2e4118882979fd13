"""Answer what is searched for: the feasible candidates of a place, packed small, and why there are none.

The browser scores and orders them by the group's weights, as `assets/js/model/scores.js` does for a comparison, so
a weight costs no request. Values are rounded far finer than what is shown, so that no two places differ.
"""

import math
from functools import partial
from typing import Any

import numpy as np
from dash.dcc.express import send_bytes

from dashboard import texts
from dashboard.clusters.model import contiguous_groups
from dashboard.clusters.ranking import frontier, place_name
from dashboard.clusters.rules import load_parameters
from dashboard.clusters.scoring import Criterion, Pool, Terms, pool
from dashboard.clusters.writing import sentences
from dashboard.documents import Format, pool_file
from dashboard.pages.kit import words
from dashboard.pages.propose.request import search_of
from geodata.model import Dataset
from geodata.shared import FILE_DECIMALS, rounded_all

# more than any province of the five regions has; of a whole department the best by the weights in use
MOST_ROWS = 2_500
POINTS_WITHIN = 10  # decimals of a share of the way between two anchors
# districts are written as one letter each, from here on
FIRST_LETTER = ord("0")


def question(sent: Any, dataset: Dataset) -> dict[str, Any]:
    """Return what a search depends on, as plain values: weights only where they choose what is sent."""
    place, terms = search_of(sent, dataset)
    asked = {
        "place": place,
        "sizes": list(terms.sizes),
        "services": sorted(terms.services),
        "conflictPeriod": list(terms.conflict_period or ()),
        "hazardPeriod": list(terms.hazard_period or ()),
    }
    chosen = place and len(contiguous_groups(dataset.territory, place, terms.sizes)) > MOST_ROWS
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
    rows = np.sort(among.order[:MOST_ROWS])  # equal scores stand in the order of the search, whatever the weights
    return made | packed(among, rows) | {"notes": notes(among, len(rows), language), "nothing": None}


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


def packed(among: Pool, rows: np.ndarray) -> dict[str, Any]:
    """Return rows of a pool as columns: districts as letters, values by criterion (one number where all are equal)."""
    districts = sorted({among.groups.codes[i] for i in np.unique(among.groups.members[rows]) if i >= 0})
    letter = {code: chr(FIRST_LETTER + n) for n, code in enumerate(districts)}
    at = {int(row): n for n, row in enumerate(rows)}
    front = frontier(among).rows
    return {
        "districts": districts,
        "groups": ["".join(letter[u] for u in sorted(among.groups.ubigeos(int(row)))) for row in rows],
        "values": {
            key: _column(among.values[key][rows], _decimals(among.scale.criteria[key]))
            for key in among.values
            if key not in among.scale.judged
        },
        "leftOut": list(among.scale.left_out),
        "anchors": {
            key: [item.zero_at, item.hundred_at] for key, item in among.scale.criteria.items() if not item.judged
        },
        "frontier": sorted(at[row] for row in front if row in at),
        "frontierOf": len(front),
    }


def _decimals(item: Criterion) -> int:
    """Return with how many decimals values are sent: so many that the points of the browser are those of the server."""
    return max(FILE_DECIMALS, POINTS_WITHIN - math.floor(math.log10(abs(item.hundred_at - item.zero_at))))


def _column(values: np.ndarray, decimals: int) -> Any:
    rounded = rounded_all(values, decimals)
    if len(rounded) and (rounded == rounded[0]).all():
        return _plain(rounded[0])
    return [_plain(value) for value in rounded]


def _plain(value: float) -> float | int | None:
    """Return a number as JSON writes it shortest; unknown is null, never zero."""
    if np.isnan(value):
        return None
    return int(value) if value == int(value) else float(value)


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
