"""Read what is asked on the command line; what cannot be read is said in a sentence.

An Unread carries a text key and its fields, like the other errors of the domain.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dashboard.clusters.model import SERVICES, codes, is_ubigeo
from dashboard.clusters.planning import OBJECTIVES, Fixed, Request
from dashboard.clusters.scoring import ANCHORS, Terms, load_criteria
from geodata.model import Territory
from geodata.shared import SentenceError

LIST_FORMATS = ("table", "csv", "json")
TEXT_FORMATS = ("text", "json")


class Unread(SentenceError):
    """Something asked that cannot be read."""

    room = "cli."


def sizes(text: str) -> tuple[int, int]:
    """Read "3-6" or "4". Raises Unread."""
    match = re.fullmatch(r"\s*(\d{1,2})\s*(?:-\s*(\d{1,2}))?\s*", text)
    if match is None:
        raise Unread("bad_sizes", text=text)
    least = int(match[1])
    most = int(match[2]) if match[2] else least
    if not 1 <= least <= most:
        raise Unread("bad_sizes", text=text)
    return least, most


def services(text: str) -> frozenset[str]:
    """Read services with commas between. Raises Unread."""
    chosen = frozenset(_parts(text))
    if not chosen <= set(SERVICES):
        raise Unread("bad_services", text=text, known=SERVICES)
    return chosen


def weights(text: str) -> dict[str, float] | None:
    """Read "gap=3,risk=0"; None where nothing is given. Raises Unread."""
    given: dict[str, float] = {}
    for part in _parts(text):
        key, _, number = part.partition("=")
        known = load_criteria()
        if key not in known or not re.fullmatch(r"\d+(\.\d+)?", number.strip()):
            raise Unread("bad_weights", text=text, known=tuple(known))
        given[key] = float(number)
    return given or None


def terms(given_sizes: str, given_services: str, given_weights: str, given_anchors: str) -> Terms:
    """Read the terms of a search. Raises Unread."""
    return Terms(
        sizes(given_sizes),
        services(given_services),
        weights(given_weights),
        anchors=one_of(given_anchors, ANCHORS, "bad_anchors"),
    )


def folder(text: str, form: str) -> Path | None:
    """Return the folder that files are written to, None where none is named. Raises Unread for rows as JSON."""
    if text and form == "json":
        raise Unread("output_json")
    return Path(text) if text else None


def whole(text: str, name: str, least: int = 0) -> int:
    """Read a whole number of `least` or more. Raises Unread."""
    if not re.fullmatch(r"\d{1,6}", text.strip()) or int(text) < least:
        raise Unread("bad_number", text=text, name=name, least=least)
    return int(text)


def one_of(text: str, known: tuple[str, ...], reason: str) -> str:
    """Read one of a few words. Raises Unread with the reason given."""
    if text not in known:
        raise Unread(reason, text=text, known=known)
    return text


def districts(text: str, territory: Territory) -> frozenset[str]:
    """Read district codes with commas or spaces between, or a candidate's code. Raises Unread, BadCode."""
    parts = [part for part in re.split(r"[,\s]+", text.strip()) if part]
    if parts and all(is_ubigeo(part) for part in parts):
        return known(parts, territory)
    if "-" in text:
        return codes.decode(text, territory)
    if parts:
        raise Unread("bad_districts", text=text)
    return frozenset()


def known(ubigeos: Iterable[str], territory: Territory) -> frozenset[str]:
    """Return districts that exist. Raises Unread naming all that do not."""
    given = frozenset(ubigeos)
    unknown = tuple(sorted(u for u in given if u not in territory.districts))
    if unknown:
        raise Unread("unknown_districts", ubigeos=unknown)
    return given


def fixed(text: str, territory: Territory) -> Fixed:
    """Read a cluster with or without its phase, as in "220501,220510,220511@1". Raises Unread, BadCode."""
    group, at, phase = text.partition("@")
    ubigeos = districts(group, territory)
    if not ubigeos:
        raise Unread("bad_districts", text=text)
    return Fixed(ubigeos, whole(phase, "--fixed", 1) if at else None)


def request(given: Mapping[str, Any], territory: Territory) -> Request:  # as typer read them
    """Read what is asked of a plan from the options of the command line. Raises Unread, BadCode."""
    options: dict[str, Any] = {  # fields of a request, each of its own type
        "objective": one_of(str(given["objective"]), OBJECTIVES, "bad_objective"),
        "fixed": tuple(fixed(text, territory) for text in given["fixed"]),
        "forbidden": frozenset(fixed(text, territory).ubigeos for text in given["forbidden"]),
        "required": districts(str(given["required"]), territory),
        "banned": districts(str(given["banned"]), territory),
    }
    if given["governments"]:
        options["governments"] = whole(str(given["governments"]), "--governments")
    if given["per_province"]:
        options["per_province"] = whole(str(given["per_province"]), "--per-province") or None
    if given["phases"]:
        options["phases"] = tuple(whole(part, "--phases", 1) for part in _parts(str(given["phases"])))
    if given["seconds"]:
        options["time_limit"] = float(whole(str(given["seconds"]), "--seconds", 1))
    return Request(**options)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
