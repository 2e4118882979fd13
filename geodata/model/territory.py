"""Hold the districts, provinces and departments, and who borders whom: immutable, read-only.

Contiguity is judged on the borders measured in the real limits, never on a drawn polygon.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from types import MappingProxyType

EARTH_RADIUS_KM = 6371.0088  # mean radius of the WGS 84 ellipsoid (IUGG)
SEAT_SUFFIX = "01"


class UnknownUbigeo(LookupError):
    """Codes that the territory does not hold: `ubigeos` lists them, sorted."""

    def __init__(self, ubigeos: Iterable[str]):
        self.ubigeos = tuple(sorted(ubigeos))
        super().__init__(f"unknown ubigeo: {', '.join(self.ubigeos)}")


@dataclass(frozen=True, slots=True)
class Department:
    """A department; `code` has two digits."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Province:
    """A province; `code` has four digits, `department` is the code of its department."""

    code: str
    name: str
    department: str


@dataclass(frozen=True, slots=True)
class District:
    """A district of the 2012 division (INEI).

    ubigeo: six digits; province, department: codes. Capital: degrees (WGS 84) and metres above
    the sea, None where unknown. area_km2: as INEI publishes it, not measured on the limits.
    """

    ubigeo: str
    name: str
    province: str
    department: str
    capital: str
    capital_lon: float
    capital_lat: float
    capital_altitude_m: float | None
    area_km2: float

    @property
    def is_provincial_capital(self) -> bool:
        """Tell whether this is the seat of its province, which INEI numbers 01."""
        return self.ubigeo.endswith(SEAT_SUFFIX)


def great_circle_km(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Return the great-circle distance in km between two points in degrees (haversine).

    A sphere is within 0.6 % of the ellipsoid, far below what a road or a river adds.

    >>> round(great_circle_km(0, 0, 0, 1), 1)
    111.2
    """
    lon_a, lat_a, lon_b, lat_b = map(radians, (lon_a, lat_a, lon_b, lat_b))
    chord = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


@dataclass(frozen=True, eq=False)
class Territory:
    """The districts and their borders; every mapping is read-only and sorted by code.

    border_km: for each district, its neighbours and the km of border shared, the same both ways.
    """

    districts: Mapping[str, District]
    provinces: Mapping[str, Province]
    departments: Mapping[str, Department]
    border_km: Mapping[str, Mapping[str, float]]
    _adjacent: Mapping[str, frozenset[str]] = field(init=False, repr=False)
    _members: Mapping[str, tuple[str, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        members: dict[str, list[str]] = {c: [] for c in (*self.provinces, *self.departments)}
        for ubigeo, district in self.districts.items():
            members[district.province].append(ubigeo)
            members[district.department].append(ubigeo)
        adjacent = {ubigeo: frozenset(self.border_km[ubigeo]) for ubigeo in self.districts}
        object.__setattr__(self, "_adjacent", MappingProxyType(adjacent))
        object.__setattr__(self, "_members", {code: tuple(v) for code, v in members.items()})

    @classmethod
    def from_records(
        cls,
        districts: Iterable[District],
        provinces: Iterable[Province],
        departments: Iterable[Department],
        borders: Iterable[tuple[str, str, float]],
    ) -> "Territory":
        """Build a territory; each border (a, b, km) is given once and holds both ways.

        Raises UnknownUbigeo where a border names a district that is not given.
        """
        by_ubigeo = {d.ubigeo: d for d in sorted(districts, key=lambda d: d.ubigeo)}
        border_km: dict[str, dict[str, float]] = {ubigeo: {} for ubigeo in by_ubigeo}
        for a, b, km in borders:
            if unknown := {a, b} - border_km.keys():
                raise UnknownUbigeo(unknown)
            border_km[a][b] = border_km[b][a] = float(km)
        return cls(
            MappingProxyType(by_ubigeo),
            MappingProxyType({p.code: p for p in sorted(provinces, key=lambda p: p.code)}),
            MappingProxyType({d.code: d for d in sorted(departments, key=lambda d: d.code)}),
            MappingProxyType({a: MappingProxyType(dict(sorted(of_a.items()))) for a, of_a in border_km.items()}),
        )

    def known(self, ubigeos: Iterable[str]) -> frozenset[str]:
        """Return the codes as a set. Raises UnknownUbigeo naming all that are not districts."""
        codes = frozenset(ubigeos)
        # one look-up a code: a difference with all keys would walk through every district
        if unknown := [ubigeo for ubigeo in codes if ubigeo not in self.districts]:
            raise UnknownUbigeo(unknown)
        return codes

    def neighbours(self, ubigeo: str) -> frozenset[str]:
        """Return the districts that share a border with this one. Raises UnknownUbigeo."""
        try:
            return self._adjacent[ubigeo]
        except KeyError:
            raise UnknownUbigeo([ubigeo]) from None

    def frontier(self, ubigeos: Iterable[str]) -> frozenset[str]:
        """Return the districts outside the set that border any of it. Raises UnknownUbigeo."""
        inside = self.known(ubigeos)
        return frozenset().union(*(self._adjacent[u] for u in inside)) - inside

    def components(self, ubigeos: Iterable[str]) -> list[frozenset[str]]:
        """Return the contiguous pieces: largest first, ties by their smallest ubigeo.

        Raises UnknownUbigeo.
        """
        left = set(self.known(ubigeos))
        pieces = []
        while left:
            piece, edge = set(), {left.pop()}
            while edge:
                piece |= edge
                edge = {n for u in edge for n in self._adjacent[u] if n in left}
                left -= edge
            pieces.append(frozenset(piece))
        return sorted(pieces, key=lambda piece: (-len(piece), min(piece)))

    def is_contiguous(self, ubigeos: Iterable[str]) -> bool:
        """Tell whether the districts form one piece; none or one always does.

        Raises UnknownUbigeo.
        """
        return len(self.components(ubigeos)) <= 1

    def in_province(self, code: str) -> tuple[str, ...]:
        """Return the province's ubigeos, sorted. Raises UnknownUbigeo."""
        if code not in self.provinces:
            raise UnknownUbigeo([code])
        return self._members[code]

    def in_department(self, code: str) -> tuple[str, ...]:
        """Return the department's ubigeos, sorted. Raises UnknownUbigeo."""
        if code not in self.departments:
            raise UnknownUbigeo([code])
        return self._members[code]

    def distance_km(self, a: str, b: str) -> float:
        """Return the great-circle km between two districts' capitals. Raises UnknownUbigeo."""
        self.known((a, b))
        one, other = self.districts[a], self.districts[b]
        return great_circle_km(one.capital_lon, one.capital_lat, other.capital_lon, other.capital_lat)

    def label(self, ubigeo: str) -> str:
        """Return name and place, as in "Lamas (Lamas, San Martín)". Raises UnknownUbigeo."""
        self.known((ubigeo,))
        district = self.districts[ubigeo]
        province = self.provinces[district.province].name
        return f"{district.name} ({province}, {self.departments[district.department].name})"
