"""Governments and their codes: two digits are a regional one, four a provincial one, six a district one."""

import re
from collections.abc import Iterable

from geodata.model import Territory
from geodata.places import plain

LEVELS = {2: "regional", 4: "provincial", 6: "district"}


def governments_of(ubigeos: Iterable[str], territory: Territory) -> tuple[str, ...]:
    """Return the codes of the distinct governments of districts, sorted.

    The seat of a province has no municipality of its own: the provincial one governs it.
    """
    ubigeos = territory.known(ubigeos)
    own = {u for u in ubigeos if not territory.districts[u].is_provincial_capital}
    return tuple(sorted({u[:2] for u in ubigeos} | {u[:4] for u in ubigeos} | own))


def level(code: str) -> str:
    """Return regional, provincial or district."""
    return LEVELS[len(code)]


def exists(code: object, territory: Territory) -> bool:
    """Tell whether a code is of a government."""
    if not isinstance(code, str):
        return False
    if len(code) == 6:
        return code in territory.districts and not territory.districts[code].is_provincial_capital
    return code in territory.departments or code in territory.provinces


# how the level of a government is written before the name of its place
_LEVEL = {
    "regional": re.compile(r"(GOBIERNO REGIONAL|GORE|REGION|REGIONAL GOVERNMENT|DEPARTAMENTO)( (DE|DEL|OF))?"),
    "provincial": re.compile(
        r"(MUNICIPALIDAD PROVINCIAL|MP|MUNI(CIPIO)? PROVINCIAL|PROVINCIAL MUNICIPALITY|PROVINCIA)( (DE|DEL|OF))?"
    ),
    "district": re.compile(
        r"(MUNICIPALIDAD DISTRITAL|MD|MUNI(CIPIO)? DISTRITAL|DISTRICT MUNICIPALITY|DISTRITO)( (DE|DEL|OF))?"
    ),
}
_WITHIN = re.compile(r"\s*[,(;·]\s*|\)\s*|\s+-\s+")


def named(text: str, territory: Territory) -> tuple[str, ...]:
    """Return the codes of the governments that a text may name, sorted: one where it says which.

    "Municipalidad Provincial de Lamas", "Santa Rosa (El Dorado)", "Gobierno Regional de San Martín". Accents and
    capitals do not matter; every other letter does. The level may stand before the name, and what the place is
    in after it.
    """
    level, words = None, plain(text)
    for known, written in _LEVEL.items():
        if found := re.match(rf"(?:{written.pattern}) (?=\S)", words):
            level, text = known, _without(text, len(found[0].split()))
            break
    name, *within = [plain(part) for part in _WITHIN.split(text.strip()) if plain(part)] or [""]
    return tuple(sorted(
        code for code in _all_codes(territory)
        if (level is None or LEVELS[len(code)] == level) and plain(place_name(code, territory)) == name
        and set(within) <= _above(code, territory)
    ))  # fmt: skip


def as_words(codes: Iterable[str], territory: Territory) -> tuple[dict[str, str], ...]:
    """Return governments as parts of a sentence (:mod:`dashboard.clusters.writing.wording`)."""
    return tuple(
        {"say": f"records.government.{level(code)}", "place": place_name(code, territory), "code": code}
        for code in codes
    )


def _without(text: str, words: int) -> str:
    """Return a text without its first words, as they are told apart in its plain form."""
    for _ in range(words):
        text = re.sub(r"^[\W_]*\w+[\W_]*", "", text, count=1)
    return text


def _all_codes(territory: Territory) -> Iterable[str]:
    for codes in (territory.departments, territory.provinces, territory.districts):
        yield from (code for code in codes if exists(code, territory))


def _above(code: str, territory: Territory) -> set[str]:
    """Return the plain names of what a government's place lies in."""
    above = {plain(territory.departments[code[:2]].name)} if len(code) > 2 else set()
    return above | ({plain(territory.provinces[code[:4]].name)} if len(code) > 4 else set())


def place_name(code: str, territory: Territory) -> str:
    """Return the name of the department, province or district of a government."""
    if len(code) == 2:
        return territory.departments[code].name
    return territory.provinces[code].name if len(code) == 4 else territory.districts[code].name
