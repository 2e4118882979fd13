"""Measure a candidate: people, governments, gaps, conflicts, risk and place.

A figure whose data are unknown is None, never zero, and says for how many districts it is known.
Gap scores are those of :mod:`geodata.model.derived` (0-100, percentile ranks); means over districts are
weighted with the census population and use only districts where both are known.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from dashboard.clusters.model import (
    COMPLETE,
    INDIGENOUS,
    SERVICES,
    Basis,
    Candidate,
    Cases,
    Hazards,
    Period,
    basis,
    cases,
    hazards,
    percentage_indicators,
    unsampled,
    years_of,
)
from geodata.model import SECTORS, Dataset, Territory, UnknownUbigeo, derived
from geodata.shared import period_text, years_text

GROUPS = ("people", "government", "gaps", "conflict", "risk", "place")
CASE_STATES = {  # of the cases that a measure counts
    "conflicts_active": ("activo",),
    "conflicts_latent": ("latente",),
    "conflicts_closed": ("resuelto", "retirado"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a measure is. `unit` is a text key (`unit.<unit>`), `better` which way helps a selection,
    `resource` a key of the data set's provenance, `dated` where its years are read (:data:`_DATED`), or
    `conflicts`/`hazards`: its period."""

    key: str
    group: str
    unit: str
    better: str | None
    decimals: int
    resource: str
    dated: str

    @property
    def column(self) -> str:
        """Its name in a table, unit included: `population_people`, `area_km2`."""
        return self.key if self.unit in self.key else f"{self.key}_{self.unit}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value, None when unknown; of `n_total` districts `n_known` went into it, and
    `n_thin` of them rest on a small sample (`derived.THIN_BELOW`). Of `n_unsampled` indicators behind it nobody
    tells how large the sample is. `detail` holds what the number was made from."""

    value: float | None
    n_known: int = 0
    n_total: int = 0
    n_thin: int = 0
    n_unsampled: int = 0
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """A candidate's districts over the arrays of a data set: what every measure function is given."""

    ubigeos: tuple[str, ...]
    rows: np.ndarray
    dataset: Dataset
    basis: Basis
    cases: Cases
    hazards: Hazards
    capital_has_municipality: bool

    def column(self, name: str) -> np.ndarray:
        return self.basis.columns[name][self.rows]

    @property
    def territory(self) -> Territory:
        return self.dataset.territory


MeasureFunction = Callable[[Selection], Figure]
Years = Callable[[Dataset], Iterable[int] | str]


def measure_all(
    candidate: Candidate,
    dataset: Dataset,
    conflict_period: Period = None,
    hazard_period: Period = COMPLETE,
    capital_has_municipality: bool = False,
) -> Mapping[str, Figure]:
    """Return every measure of a candidate by key, in the order of :data:`MEASURES`.

    Periods are years, both included; None takes all, and COMPLETE those that the data set calls complete.
    A provincial capital adds no district municipality unless `capital_has_municipality`. Raises UnknownUbigeo.
    """
    if not candidate.ubigeos:
        return MappingProxyType({key: Figure(None) for key in MEASURES})
    chosen = _select(candidate, dataset, conflict_period, hazard_period, capital_has_municipality)
    return MappingProxyType({key: function(chosen) for key, function in _FUNCTIONS.items()})


def year_text(
    measure: Measure, dataset: Dataset, conflict_period: Period = None, hazard_period: Period = COMPLETE
) -> str:
    """Return the years a measure is of, as the data set has them: `2017, 2023` names each that its indicators
    have, `2017–2022` is a period; empty when all reported years count."""
    periods = {"conflicts": conflict_period, "hazards": hazard_period}
    if measure.dated not in periods:
        return years_text(_DATED[measure.dated](dataset))
    period = years_of(periods[measure.dated], dataset)
    return "" if period is None else period_text(*period)


def _select(
    candidate: Candidate, dataset: Dataset, conflict_period: Period, hazard_period: Period, capitals: bool
) -> Selection:
    arrays = basis(dataset)
    ubigeos = tuple(sorted(candidate.ubigeos))
    unknown = tuple(u for u in ubigeos if u not in arrays.position)
    if unknown:
        raise UnknownUbigeo(unknown)
    rows = np.array([arrays.position[u] for u in ubigeos])
    return Selection(
        ubigeos, rows, dataset, arrays, cases(dataset, conflict_period), hazards(dataset, hazard_period), capitals
    )


# Functions that make a measure out of a column, so that the table below reads as a list.


def _total(name: str) -> MeasureFunction:
    """Sum over the districts with a value; unknown when none has one."""

    def measure(chosen: Selection) -> Figure:
        values = chosen.column(name)
        known = ~np.isnan(values)
        return _figure(values[known].sum(), known)

    return measure


def _weighted_mean(name: str, thin: str | None = None) -> MeasureFunction:
    """Mean weighted with population: sum(people x value) / sum(people), where both are known."""

    def measure(chosen: Selection) -> Figure:
        values, people = chosen.column(name), chosen.column("population")
        known = ~np.isnan(values) & ~np.isnan(people)
        weight = people[known].sum()
        value = (values[known] * people[known]).sum() / weight if weight > 0 else None
        return _figure(value, known, _n_thin(chosen, thin, known), _n_unsampled(chosen, name, known))

    return measure


def _affected(sector: str) -> MeasureFunction:
    """People lacking in a sector, an estimate: sum(people x mean of its percentages / 100)."""

    def measure(chosen: Selection) -> Figure:
        people = chosen.column("population") * chosen.column(f"lacking_{sector}") / 100
        known = ~np.isnan(people)
        n_unsampled = _n_unsampled(chosen, f"lacking_{sector}", known)
        return _figure(people[known].sum(), known, _n_thin(chosen, sector, known), n_unsampled)

    return measure


def _conflicts(key: str) -> MeasureFunction:
    """Distinct cases in the measure's states known for one of the districts; one case in two districts is one."""
    states = CASE_STATES[key]

    def measure(chosen: Selection) -> Figure:
        found = _found_cases(chosen, chosen.ubigeos, states)
        return _counted(len(found), chosen, cases=found)

    return measure


def _density(chosen: Selection) -> Figure:
    people, area = chosen.column("population"), chosen.column("area_km2")
    known = ~np.isnan(people) & ~np.isnan(area)
    return _figure(people[known].sum() / area[known].sum() if area[known].sum() > 0 else None, known)


def _slots(chosen: Selection) -> Figure:
    return _counted(len(chosen.ubigeos), chosen, capitals=_capitals(chosen))


def _governments(chosen: Selection) -> Figure:
    """Regional + provincial + district governments; a provincial capital has no district municipality."""
    capitals = () if chosen.capital_has_municipality else _capitals(chosen)
    regional, provincial = (len({u[:2] for u in chosen.ubigeos}), len({u[:4] for u in chosen.ubigeos}))
    district = len(chosen.ubigeos) - len(capitals)
    return _counted(
        regional + provincial + district,
        chosen,
        regional=regional,
        provincial=provincial,
        district=district,
        capitals=capitals,
    )


def _unplaced(digits: int) -> MeasureFunction:
    """Cases of which only the province (4 digits) or department (2) is known: never put on a district, so
    counted apart."""

    def measure(chosen: Selection) -> Figure:
        places = tuple(sorted({u[:digits] for u in chosen.ubigeos}))
        found = _found_cases(chosen, places)
        return _counted(len(found), chosen, cases=found, places=places)

    return measure


def _emergencies(chosen: Selection) -> Figure:
    values = chosen.hazards.emergencies[chosen.rows]
    known = ~np.isnan(values)
    return _figure(values[known].sum(), known)


def _emergencies_per_10000(chosen: Selection) -> Figure:
    events, people = chosen.hazards.emergencies[chosen.rows], chosen.column("population")
    known = ~np.isnan(events) & ~np.isnan(people)
    weight = people[known].sum()
    return _figure(events[known].sum() / weight * 10_000 if weight > 0 else None, known)


def _declarations(chosen: Selection) -> Figure:
    """Distinct decrees that name one of the districts."""
    decrees = frozenset().union(*(chosen.hazards.decrees.get(u, frozenset()) for u in chosen.ubigeos))
    return _counted(len(decrees), chosen, decrees=tuple(sorted(decrees)))


def _farthest_capitals(chosen: Selection) -> Figure:
    """Longest great-circle distance between two district capitals; 0 for a single district."""
    square = chosen.basis.distance_km[np.ix_(chosen.rows, chosen.rows)]
    i, j = np.unravel_index(np.argmax(square), square.shape)
    pair = (chosen.ubigeos[i], chosen.ubigeos[j]) if i != j else ()
    return _counted(float(square[i, j]), chosen, pair=tuple(sorted(pair)))


def _p20(chosen: Selection) -> Figure:
    return _counted(float(chosen.column("p20").mean()), chosen)


def _mancomunidades(chosen: Selection) -> Figure:
    """Associations with two or more members in the candidate; those with unknown members cannot be counted."""
    inside = frozenset(chosen.ubigeos)
    names = tuple(m.name for m in chosen.dataset.mancomunidades if len(m.members & inside) >= 2)
    return _counted(len(names), chosen, names=names)


def _figure(value: float | None, known: np.ndarray, n_thin: int = 0, n_unsampled: int = 0) -> Figure:
    n_known = int(known.sum())
    return Figure(None if value is None or not n_known else float(value), n_known, len(known), n_thin, n_unsampled)


def _counted(value: float, chosen: Selection, **detail: object) -> Figure:
    n = len(chosen.ubigeos)
    return Figure(float(value), n, n, detail=MappingProxyType(detail))


def _n_thin(chosen: Selection, sector: str | None, known: np.ndarray) -> int:
    return int((chosen.basis.thin[sector][chosen.rows] & known).sum()) if sector else 0


def _n_unsampled(chosen: Selection, column: str, known: np.ndarray) -> int:
    return int((unsampled(chosen.dataset, column)[:, chosen.rows] & known).any(axis=1).sum())


def _capitals(chosen: Selection) -> tuple[str, ...]:
    return tuple(u for u in chosen.ubigeos if chosen.territory.districts[u].is_provincial_capital)


def _found_cases(chosen: Selection, places: tuple[str, ...], states: tuple[str, ...] = ()) -> tuple[Mapping, ...]:
    ids = sorted({case for place in places for case in chosen.cases.by_place.get(place, ())})
    facts = (chosen.cases.facts[case] for case in ids)
    return tuple(fact for fact in facts if not states or fact["state"] in states)


def _years_of_gap(sector: str) -> Years:
    """Years of the indicators behind a gap, and of the people that weigh the districts."""
    sectors = SECTORS if sector == derived.COMBINED else (sector,)

    def years(dataset: Dataset) -> set[int]:
        parts = (part for one in sectors for part in derived.gap_parts(dataset, one))
        return {dataset.census_year, *(year for _, year, _ in parts)}

    return years


def _years_of_people(*names: str, sector: str = "") -> Years:
    """Years of the census, and of the latest figures of some indicators or of the percentages of a sector."""

    def years(dataset: Dataset) -> set[int]:
        used = percentage_indicators(dataset, sector) if sector else names
        return {dataset.census_year, *(dataset.latest_year(name) for name in used)}

    return years


def _years_of_resource(name: str) -> Years:
    return lambda dataset: dataset.provenance[name].years


_DATED: Mapping[str, Years] = {
    "census": _years_of_people(),
    "indigenous": _years_of_people(INDIGENOUS),
    **{f"affected_{sector}": _years_of_people(sector=sector) for sector in SERVICES},
    **{f"gap_{sector}": _years_of_gap(sector) for sector in (*SERVICES, derived.COMBINED)},
    **{name: _years_of_resource(name) for name in ("districts", "p20", "mancomunidades")},
}

_TABLE: tuple[tuple[Measure, MeasureFunction], ...] = (
    (Measure("population", "people", "people", None, 0, "indicators", "census"), _total("population")),
    (Measure("density", "people", "people_per_km2", "higher", 1, "indicators", "census"), _density),
    *(
        (Measure(f"affected_{s}", "people", "people", "higher", 0, "indicators", f"affected_{s}"), _affected(s))
        for s in SERVICES
    ),
    (
        Measure("indigenous_percent", "people", "percent", "higher", 1, "indicators", "indigenous"),
        _weighted_mean("indigenous_percent"),
    ),
    (Measure("slots", "government", "districts", None, 0, "districts", "districts"), _slots),
    (Measure("governments", "government", "governments", None, 0, "districts", "districts"), _governments),
    (Measure("p20", "government", "percent", "higher", 0, "p20", "p20"), _p20),
    (
        Measure("mancomunidades", "government", "associations", "higher", 0, "mancomunidades", "mancomunidades"),
        _mancomunidades,
    ),
    *(
        (
            Measure(f"gap_{s}", "gaps", "points", "higher", 1, "indicators", f"gap_{s}"),
            _weighted_mean(f"gap_{s}", thin=s),
        )
        for s in (*SERVICES, "combined")
    ),
    *(
        (Measure(key, "conflict", "cases", better, 0, "conflicts", "conflicts"), _conflicts(key))
        for key, better in (("conflicts_active", "lower"), ("conflicts_latent", "lower"), ("conflicts_closed", None))
    ),
    (Measure("conflicts_province", "conflict", "cases", None, 0, "conflicts", "conflicts"), _unplaced(4)),
    (Measure("conflicts_department", "conflict", "cases", None, 0, "conflicts", "conflicts"), _unplaced(2)),
    (Measure("emergencies", "risk", "emergencies", "lower", 0, "hazards", "hazards"), _emergencies),
    (Measure("emergencies_per_10000", "risk", "per_10000", "lower", 1, "hazards", "hazards"), _emergencies_per_10000),
    (Measure("declarations", "risk", "decrees", "lower", 0, "declarations", "hazards"), _declarations),
    (Measure("area_km2", "place", "km2", None, 0, "districts", "districts"), _total("area_km2")),
    (Measure("farthest_capitals_km", "place", "km", "lower", 0, "districts", "districts"), _farthest_capitals),
)

MEASURES: Mapping[str, Measure] = MappingProxyType({measure.key: measure for measure, _ in _TABLE})
_FUNCTIONS: Mapping[str, MeasureFunction] = MappingProxyType({measure.key: f for measure, f in _TABLE})
