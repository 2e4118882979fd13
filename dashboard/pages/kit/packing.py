"""Pack feasible candidates for the browser, which scores and orders them by any weights."""

import math
from typing import Any

import numpy as np

from dashboard.clusters.ranking import frontier
from dashboard.clusters.scoring import Criterion, Pool
from dashboard.clusters.writing import Wording, sentences
from geodata.shared import FILE_DECIMALS, rounded_all

# more than any province of the five regions has; of a whole department the best by the weights in use
MOST_ROWS = 2_500
POINTS_WITHIN = 9  # decimals of a share of the way between two anchors
# districts are written as one letter each, from here on
FIRST_LETTER = ord("0")


def spread_rows(among: Pool, kept: np.ndarray) -> np.ndarray:
    """Return as many rows of a pool as are sent, evenly over its order by place and size, and those `kept` too."""
    every = np.unique(np.linspace(0, max(len(among) - 1, 0), min(len(among), MOST_ROWS)).round().astype(int))
    return np.union1d(every, kept).astype(int)


def sample_said(among: Pool, rows: np.ndarray, words: Wording) -> list[str]:
    """Return that not all candidates of a pool are sent, where that is so."""
    if len(rows) == len(among):
        return []
    return [words.say("effects.sample", sent=words.number(len(rows), 0), n=words.number(len(among), 0))]


# JSON, of any type
def packed(among: Pool, rows: np.ndarray, words: Wording, named: bool = True) -> dict[str, Any]:
    """Return rows of a pool as columns: districts as letters, values by criterion (one number where all are equal).

    `anchors` are those that the values are scored by, `anchored` says of each criterion where they come from. Without
    `named` rows come without their districts.
    """
    columns = {
        "values": {
            key: _column(among.values[key][rows], _decimals(among.scale.criteria[key]))
            for key in among.values
            if key not in among.scale.judged
        },
        "leftOut": list(among.scale.left_out),
        "anchors": {
            key: [item.zero_at, item.hundred_at] for key, item in among.scale.criteria.items() if not item.judged
        },
        "anchored": [
            {"key": key, "text": sentences.anchors_sentence(words, item, among.terms.anchors)}
            for key, item in among.scale.criteria.items()
            if not item.judged
        ],
    }
    if not named:
        return {"districts": [], "groups": [], "rows": len(rows), "frontier": [], **columns}
    districts = sorted({among.groups.codes[i] for i in np.unique(among.groups.members[rows]) if i >= 0})
    letter = {code: chr(FIRST_LETTER + n) for n, code in enumerate(districts)}
    at = {int(row): n for n, row in enumerate(rows)}
    front = frontier(among).rows
    return {
        "districts": districts,
        "groups": ["".join(letter[u] for u in sorted(among.groups.ubigeos(int(row)))) for row in rows],
        **columns,
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
