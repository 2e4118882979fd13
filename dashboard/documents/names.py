"""Call files by what they hold, in the reader's language (:func:`geodata.shared.file_name`)."""

from collections.abc import Sequence

from dashboard.clusters.model import Candidate
from dashboard.clusters.writing import Say
from geodata.model import Territory
from geodata.shared import file_name, plain

MOST_NAMED = 2  # candidates that a name tells; of more it tells how many


def candidates_name(
    candidates: Sequence[Candidate], territory: Territory, say: Say, ending: str, kind: str = "file.clusters"
) -> str:
    """Return the name of a file of candidates: their names, or the provinces of those that have none."""
    names = list(dict.fromkeys(filter(plain, (_called(c, territory) for c in candidates))))
    holds = " ".join(names[:MOST_NAMED])
    if len(candidates) > MOST_NAMED:
        holds = say("file.and_more", names=names[0], n=len(candidates) - 1) if names else ""
    return file_name(holds, say(kind, n=len(candidates)), ending)


def _called(candidate: Candidate, territory: Territory) -> str:
    if plain(candidate.name) or not candidate.ubigeos:
        return candidate.name
    return territory.provinces[territory.districts[min(candidate.ubigeos)].province].name
