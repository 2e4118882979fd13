"""Read what is wanted of a plan: from the browser, or from an address; checked, bounded, never trusted.

The plain form, as the browser keeps it, has a value for each key of :func:`default`. An address holds the
same as parts with `*` between them, each a letter and its value, and leaves out what is as usual:

    o objective   s services (h, e, n)   z sizes   n clusters a province (0: any)   g district governments
    f fixed cluster, as in `f.2205-010510.E` or, in phase 2, `f2.2205-010510.E`   x forbidden cluster
    r required district   b banned district   w weight, as in `wgap-2.5`   a anchors, as in `afixed`

Besides what a reader wants, a plan holds the clusters that are settled: they are no wish and in no address.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, cast

from pydantic import Field, PlainValidator, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError

from dashboard.clusters.model import SERVICES, SIZES, codes
from dashboard.clusters.planning import OBJECTIVES, Fixed, Request, load_plan_parameters, settled
from dashboard.clusters.rules import Context
from dashboard.clusters.scoring import ANCHORS, SPREAD, Terms, load_criteria
from dashboard.web.sent import Sent, several, table
from geodata.model import Territory
from geodata.shared import SentenceError

Plain = dict[str, Any]

MOST_WEIGHT = 5.0
MOST_GOVERNMENTS = 500
MOST_PER_PROVINCE = 9
MOST_WISHES = 60  # clusters or districts of a kind
_LETTERS = {"h": "health", "e": "education", "n": "environment"}


class BadPlan(SentenceError):
    """A plan asked for that cannot be.

    `faults` has all that is wrong with it, a key of a sentence and its fields each; message and fields are those of the
    first.
    """

    room = "plan.unreadable."

    # of any type: text, a number, or several of them
    def __init__(self, faults: Sequence[tuple[str, dict[str, Any]]]) -> None:
        super().__init__(faults[0][0], **faults[0][1])
        self.faults = tuple((f"{self.room}{reason}", fields) for reason, fields in faults)


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
        "anchors": SPREAD,
    }


def weighed() -> tuple[str, ...]:
    """Return the criteria whose weights count in a plan: nobody has judged the candidates on the others."""
    return tuple(key for key, item in load_criteria().items() if not item.judged)


def checked(sent: object, territory: Territory) -> Plain:
    """Return what a browser sent in one order, with all of it known. Raises BadPlan with all that is wrong."""
    given = {name: value for name, value in table(sent).items() if value is not None}
    try:
        plain = default() | _Wanted.read(given, territory).model_dump(by_alias=True, exclude_unset=True)
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise BadPlan([(fault["type"], dict(fault.get("ctx", {}))) for fault in found]) from None
    scored = plain["objective"] != "affected"
    weights = {key: load_criteria()[key].weight for key in weighed()} | plain["weights"]
    if scored and not any(weights.values()):
        raise BadPlan([("weights", {})])
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
    return Terms((least, most), frozenset(plain["services"]), plain["weights"] or None, anchors=plain["anchors"])


# ---- the kinds of what is wanted


def _fault(reason: str, **fields: object) -> PydanticCustomError:
    return PydanticCustomError(reason, reason, fields)


def _objective(sent: object) -> str:
    if not isinstance(sent, str) or sent not in OBJECTIVES:
        raise _fault("objective", objective=str(sent)[:20])
    return sent


def _services(sent: object) -> list[str]:
    given = set(sent) if isinstance(sent, list) and all(isinstance(s, str) for s in sent) else {""}
    if not given <= set(SERVICES):
        raise _fault("services")
    # all three are the same as none chosen
    return [] if given == set(SERVICES) else [s for s in SERVICES if s in given]


def _sizes(sent: object) -> list[int]:
    least, most = SIZES
    pair = [n for n in sent if type(n) is int] if isinstance(sent, list) and len(sent) == 2 else []
    if len(pair) != 2 or not least <= pair[0] <= pair[1] <= most:
        raise _fault("sizes", least=least, most=most)
    return pair


def _count(name: str, most: int, least: int = 0) -> PlainValidator:
    def read(sent: object) -> int:
        if type(sent) is not int or not least <= sent <= most:
            raise _fault(name, least=least, most=most)
        return sent

    return PlainValidator(read)


def _group(sent: object, info: ValidationInfo) -> list[str]:
    ubigeos = sorted({str(u) for u in several(sent)})
    known = cast(Territory, info.context).districts
    unknown = [u for u in ubigeos if u not in known]
    if unknown:
        raise _fault("districts", ubigeos=", ".join(unknown[:5])[:60])
    return ubigeos


# of any type: each is looked at for itself
def _listed(sent: object) -> list[Any]:
    if not isinstance(sent, list) or len(sent) > MOST_WISHES:
        raise _fault("wishes", most=MOST_WISHES)
    return sent


def _groups(sent: object, info: ValidationInfo) -> list[list[str]]:
    found = {tuple(group) for item in _listed(sent) if (group := _group(item, info))}
    return [list(group) for group in sorted(found)]


def _fixed(sent: object, info: ValidationInfo) -> list[Plain]:
    found: dict[tuple[str, ...], int | None] = {}
    for item in map(table, _listed(sent)):
        phase = item.get("phase")
        group = tuple(_group(item.get("ubigeos"), info))
        if group:
            found[group] = phase if type(phase) is int and phase in (1, 2, 3) else None
    return [{"ubigeos": list(group), "phase": phase} for group, phase in sorted(found.items(), key=lambda x: x[0])]


def _weights(sent: object) -> dict[str, float]:
    """Return the weights that are not as usual, of criteria that count."""
    criteria = load_criteria()
    found = {}
    for key, weight in table(sent).items():
        if key not in weighed():
            continue
        number = isinstance(weight, (int, float)) and not isinstance(weight, bool)
        if not number or not 0 <= weight <= MOST_WEIGHT:  # not a number is within no bounds
            raise _fault("weight", criterion=key, most=int(MOST_WEIGHT))
        if weight != criteria[key].weight:
            found[key] = float(weight)
    return dict(sorted(found.items()))


def _anchors(sent: object) -> str:
    if not isinstance(sent, str) or sent not in ANCHORS:
        raise _fault("anchors")
    return sent


class _Wanted(Sent):
    """What a browser wants of a plan, read beside the territory; what it does not say is as by :func:`default`."""

    objective: Annotated[str, PlainValidator(_objective)] = ""
    services: Annotated[list[str], PlainValidator(_services)] = Field(default_factory=list)
    sizes: Annotated[list[int], PlainValidator(_sizes)] = Field(default_factory=list)
    per_province: Annotated[int, _count("per_province", MOST_PER_PROVINCE)] = Field(0, alias="perProvince")
    governments: Annotated[int | None, _count("governments", MOST_GOVERNMENTS)] = None
    fixed: Annotated[list[Plain], PlainValidator(_fixed)] = Field(default_factory=list)
    forbidden: Annotated[list[list[str]], PlainValidator(_groups)] = Field(default_factory=list)
    required: Annotated[list[str], PlainValidator(_group)] = Field(default_factory=list)
    banned: Annotated[list[str], PlainValidator(_group)] = Field(default_factory=list)
    weights: Annotated[dict[str, float], PlainValidator(_weights)] = Field(default_factory=dict)
    anchors: Annotated[str, PlainValidator(_anchors)] = ""


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


def _read_anchors(text: str, sent: Plain, _: Territory) -> None:
    sent["anchors"] = text


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
    "a": _read_anchors,
}
