"""Read what is wanted of a plan: from the browser, or from an address; checked, bounded, never trusted.

The plain form, as the browser keeps it, has a value for each key of :func:`default`. An address holds the
same as parts with `*` between them, each a letter and its value, and leaves out what is as usual:

    o objective   s services (h, e, n)   z sizes   n clusters a province (0: any)   g district governments
    f fixed cluster, as in `f.2205-010510.E` or, in phase 2, `f2.2205-010510.E`   x forbidden cluster
    r required district   b banned district   w weight, as in `wgap-2.5`

Besides what a reader wants, a plan holds the clusters that are settled: they are no wish and in no address.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.clusters.model import SERVICES, SIZES, codes
from dashboard.clusters.planning import OBJECTIVES, Fixed, Request, load_plan_parameters, settled
from dashboard.clusters.rules import Context
from dashboard.clusters.scoring import Terms, load_criteria
from geodata.model import Territory
from geodata.shared import SentenceError

Plain = dict[str, Any]

MOST_WEIGHT = 5.0
MOST_GOVERNMENTS = 500
MOST_PER_PROVINCE = 9
MOST_WISHES = 60  # clusters or districts of a kind
_LETTERS = {"h": "health", "e": "education", "n": "environment"}


class BadPlan(SentenceError):
    """A plan asked for that cannot be."""

    room = "plan.unreadable."


def default() -> Plain:
    """Return what is wanted on a first visit."""
    return {
        "objective": OBJECTIVES[0],
        "services": [],
        "sizes": list(SIZES),
        "perProvince": load_plan_parameters().per_province or 0,
        "governments": None,
        "fixed": [],
        "forbidden": [],
        "required": [],
        "banned": [],
        "weights": {},
    }


def weighed() -> tuple[str, ...]:
    """Return the criteria whose weights count in a plan: nobody has judged the candidates on the others."""
    return tuple(key for key, item in load_criteria().items() if not item.judged)


def checked(sent: Any, territory: Territory) -> Plain:
    """Return what a browser sent in one order, with all of it known. Raises BadPlan."""
    sent = sent if isinstance(sent, dict) else {}
    plain = default()
    for key, read in _READERS.items():
        if sent.get(key) is not None:
            plain[key] = read(sent[key], territory)
    scored = plain["objective"] != "affected"
    weights = {key: load_criteria()[key].weight for key in weighed()} | plain["weights"]
    if scored and not any(weights.values()):
        raise BadPlan("weights")
    return plain


def settled_of(context: Context) -> list[Plain]:
    """Return the clusters settled already, of districts that the data set knows, in the form of `fixed`."""
    found = ({"ubigeos": sorted(item.ubigeos), "phase": item.phase} for item in settled(context))
    return sorted(found, key=lambda item: (item["ubigeos"], item["phase"]))


def request_of(plain: Plain, already: Sequence[Plain] = ()) -> Request:
    """Return the request of the plain form, as :func:`checked` returns it, beside the clusters settled `already`."""
    held = tuple(Fixed(frozenset(item["ubigeos"]), item["phase"]) for item in already)
    return replace(_request(plain), held=held)


def _request(plain: Plain) -> Request:
    return Request(
        objective=plain["objective"],
        fixed=tuple(Fixed(frozenset(item["ubigeos"]), item["phase"]) for item in plain["fixed"]),
        required=frozenset(plain["required"]),
        forbidden=frozenset(frozenset(group) for group in plain["forbidden"]),
        banned=frozenset(plain["banned"]),
        governments=plain["governments"],
        per_province=plain["perProvince"] or None,
    )


def terms_of(plain: Plain) -> Terms:
    """Return the terms of the plain form."""
    least, most = plain["sizes"]
    return Terms((least, most), frozenset(plain["services"]), plain["weights"] or None)


# ---- readers of each key


def _objective(sent: Any, _: Territory) -> str:
    if sent not in OBJECTIVES:
        raise BadPlan("objective", objective=str(sent)[:20])
    return sent


def _services(sent: Any, _: Territory) -> list[str]:
    given = set(sent) if isinstance(sent, list) and all(isinstance(s, str) for s in sent) else {""}
    if not given <= set(SERVICES):
        raise BadPlan("services")
    # all three are the same as none chosen
    return [] if given == set(SERVICES) else [s for s in SERVICES if s in given]


def _sizes(sent: Any, _: Territory) -> list[int]:
    least, most = SIZES
    whole = isinstance(sent, list) and len(sent) == 2 and all(type(n) is int for n in sent)
    if not whole or not least <= sent[0] <= sent[1] <= most:
        raise BadPlan("sizes", least=least, most=most)
    return list(sent)


def _count(name: str, most: int, least: int = 0) -> Callable[[Any, Territory], int]:
    def read(sent: Any, _: Territory) -> int:
        if type(sent) is not int or not least <= sent <= most:
            raise BadPlan(name, least=least, most=most)
        return sent

    return read


def _group(sent: Any, territory: Territory) -> list[str]:
    ubigeos = sorted({str(u) for u in sent}) if isinstance(sent, list) else []
    unknown = [u for u in ubigeos if u not in territory.districts]
    if unknown:
        raise BadPlan("districts", ubigeos=", ".join(unknown[:5])[:60])
    return ubigeos


def _listed(sent: Any) -> list[Any]:
    if not isinstance(sent, list) or len(sent) > MOST_WISHES:
        raise BadPlan("wishes", most=MOST_WISHES)
    return sent


def _groups(sent: Any, territory: Territory) -> list[list[str]]:
    found = {tuple(group) for item in _listed(sent) if (group := _group(item, territory))}
    return [list(group) for group in sorted(found)]


def _fixed(sent: Any, territory: Territory) -> list[Plain]:
    found: dict[tuple[str, ...], int | None] = {}
    for item in _listed(sent):
        item = item if isinstance(item, dict) else {}
        phase = item.get("phase")
        group = tuple(_group(item.get("ubigeos"), territory))
        if group:
            found[group] = phase if type(phase) is int and phase in (1, 2, 3) else None
    return [{"ubigeos": list(group), "phase": phase} for group, phase in sorted(found.items(), key=lambda x: x[0])]


def _weights(sent: Any, _: Territory) -> dict[str, float]:
    """Return the weights that are not as usual, of criteria that count."""
    criteria = load_criteria()
    found = {}
    for key, weight in sent.items() if isinstance(sent, dict) else ():
        if key not in weighed():
            continue
        number = isinstance(weight, (int, float)) and not isinstance(weight, bool)
        if not number or not 0 <= weight <= MOST_WEIGHT:  # not a number is within no bounds
            raise BadPlan("weight", criterion=key, most=int(MOST_WEIGHT))
        if weight != criteria[key].weight:
            found[key] = float(weight)
    return dict(sorted(found.items()))


_READERS: Mapping[str, Callable[[Any, Territory], Any]] = {
    "objective": _objective,
    "services": _services,
    "sizes": _sizes,
    "perProvince": _count("per_province", MOST_PER_PROVINCE),
    "governments": _count("governments", MOST_GOVERNMENTS),
    "fixed": _fixed,
    "forbidden": _groups,
    "required": _group,
    "banned": _group,
    "weights": _weights,
}


# ---- addresses


def from_address(text: str, territory: Territory) -> tuple[Plain, tuple[str, ...]]:
    """Return what an address wants in the plain form, and its parts that are not understood."""
    sent, unread = default(), []
    for part in filter(None, text.split("*")):
        tried = {key: list(value) if isinstance(value, list) else value for key, value in sent.items()}
        try:
            _PARTS[part[0]](part[1:], tried, territory)
            sent = checked(tried, territory)
        except (KeyError, ValueError, IndexError):
            unread.append(part[:60])
    return sent, tuple(unread)


def _read_services(text: str, sent: Plain, _: Territory) -> None:
    sent["services"] = [_LETTERS[letter] for letter in text]


def _read_sizes(text: str, sent: Plain, _: Territory) -> None:
    sent["sizes"] = [int(n) for n in text.split("-")]


def _read_fixed(text: str, sent: Plain, territory: Territory) -> None:
    phase, _, code = text.partition(".")
    if phase not in ("", "1", "2", "3"):
        raise ValueError(text)
    group = sorted(codes.decode(code, territory))
    sent["fixed"] = [*sent["fixed"], {"ubigeos": group, "phase": int(phase) if phase else None}]


def _read_forbidden(text: str, sent: Plain, territory: Territory) -> None:
    sent["forbidden"] = [*sent["forbidden"], sorted(codes.decode(text.removeprefix("."), territory))]


def _read_weight(text: str, sent: Plain, _: Territory) -> None:
    found = re.fullmatch(r"([a-z0-9_]+)-(\d+(?:\.\d+)?)", text)
    if found is None or found[1] not in weighed():
        raise ValueError(text)
    sent["weights"] = {**sent["weights"], found[1]: float(found[2])}


def _read_objective(text: str, sent: Plain, _: Territory) -> None:
    sent["objective"] = text


def _whole(key: str) -> Callable[[str, Plain, Territory], None]:
    def read(text: str, sent: Plain, _: Territory) -> None:
        sent[key] = int(text)

    return read


def _district(key: str) -> Callable[[str, Plain, Territory], None]:
    def read(text: str, sent: Plain, _: Territory) -> None:
        sent[key] = [*sent[key], text]

    return read


_PARTS: Mapping[str, Callable[[str, Plain, Territory], None]] = {
    "o": _read_objective,
    "s": _read_services,
    "z": _read_sizes,
    "n": _whole("perProvince"),
    "g": _whole("governments"),
    "f": _read_fixed,
    "x": _read_forbidden,
    "r": _district("required"),
    "b": _district("banned"),
    "w": _read_weight,
}
