"""Governments and their codes: two digits are a regional one, four a provincial one, six a district one."""

from collections.abc import Iterable

from geodata.territory import Territory

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


def place_name(code: str, territory: Territory) -> str:
    """Return the name of the department, province or district of a government."""
    places = {2: territory.departments, 4: territory.provinces, 6: territory.districts}
    return places[len(code)][code].name
