"""Hold every figure together with its source, years and coverage; load it whole or not at all.

A data set is a folder: `dataset.json` describes it and names its files. `load` reads and checks
everything first and reports all faults at once; a Dataset, once there, is sound.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import pandas as pd

from geodata.model import frames
from geodata.model.checks import check_all
from geodata.model.interventions import RESOURCE as INTERVENTIONS
from geodata.model.interventions import Intervention, interventions
from geodata.model.layers import OwnLayer, read_layers
from geodata.model.rivers import RESOURCE as RIVERS
from geodata.model.rivers import River, read_rivers
from geodata.model.tables import DESCRIPTOR, LAYER, Bundle, read_bundle
from geodata.model.territory import Department, District, Province, Territory
from geodata.shared import Unusable

LINKS = "links"  # an edition made before there were any has no table of them
DEFAULT = Path(__file__).parent.parent / "default"
SECTORS = ("education", "health", "environment")


class DatasetError(Unusable):
    """A data set that cannot be used: `faults` has one sentence for each thing to mend."""

    def __str__(self) -> str:
        return f"{len(self.faults)} faults in the data set:\n" + "\n".join(self.faults)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one resource comes from and how much of it is known.

    years: the years themselves, or a text where a span says it better. n_known of n_total
    `counted` things are known (districts, values, cases ...). Texts are in Spanish and English.
    title_es, title_en: what a layer of the user's own is called; "" for a resource that the words name.
    """

    name: str
    source: str
    years: tuple[int, ...] | str
    unit: str
    unit_en: str
    n_known: int
    n_total: int
    counted_es: str
    counted_en: str
    notes_es: str
    notes_en: str
    title_es: str = ""
    title_en: str = ""

    def title(self, language: str) -> str:
        """Return what a layer is called in a language, "" for a resource that the words name."""
        return self.title_es if language == "es" else self.title_en

    @property
    def coverage(self) -> str:
        """Return how much is known, as in "213/238"."""
        return f"{self.n_known}/{self.n_total}"

    @property
    def years_text(self) -> str:
        """Return the years as one text."""
        return self.years if isinstance(self.years, str) else ", ".join(map(str, self.years))


@dataclass(frozen=True, slots=True)
class Mancomunidad:
    """An association of municipalities; empty `members` means unknown ones, not none."""

    name: str
    year: int | None
    members: frozenset[str]
    source: str
    note: str
    note_en: str


@dataclass(frozen=True, slots=True)
class FirstProposal:
    """A cluster as first proposed: its districts, services and the names its author wrote."""

    id: str
    name: str
    department: str
    province: str
    services: frozenset[str]
    ubigeos: frozenset[str]
    phase: int
    state: str
    source: str
    names_as_written: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Dataset:
    """The territory and its figures, read-only by agreement: take a copy before changing a frame.

    Codes are text: ubigeo six digits, province four, department two. A blank is NaN: unknown.

    limits: index ubigeo, column geometry, EPSG:4326 (`limits_official` false: a sketch); the geometry
      is None for the districts `without_limits`, which the descriptor declares.
    catalog: index indicator; sector, label_es, label_en, unit, unit_en, direction, scored (bool),
      weight, per_area (bool: scored by km2), minimum, maximum, years (tuple), source, basis (census,
      sample, register, imagery, estimate, model; "" not known), smoothing (none, empirical_bayes, mean; ""
      where nobody said: see `derived.smoothing`), notes_es, notes_en.
    indicators: ubigeo, indicator, year (int), value, n_observed (the sample; NaN unknown).
    conflicts: a row for each case and place; case_id, name, type, state, state_basis, precision
      (district, province, department), ubigeo, province, department (codes), first_reported,
      first_reported_basis, last_reported ("YYYY-MM"), source, confidence.
    hazards: ubigeo, hazard, year, events, people_affected, people_homeless, houses_destroyed.
    declarations: ubigeo, hazard, date, decree, decree_en, source.
    quotas: clusters by (department code, phase). p20: province codes.
    links: between capitals, held both ways; district, other (in the order of their codes), way (river, road, air),
      name (of the river or road, "" unknown), km, hours (NaN unknown), season (all_year, wet, dry, "" unknown),
      disputed (bool), source.
    rivers: the widest first; none where the edition has none, and never all there are.
    interventions: projects; None where the edition says nothing of them, and never all there are.
    layers: those that users brought, by key, in the order in which they came; their figures by district are
      indicators like any other.
    screen_years, hazards_complete_years: first and last year.
    """

    id: str
    title_es: str
    title_en: str
    edition: str
    territory: Territory
    limits: gpd.GeoDataFrame
    limits_official: bool
    catalog: pd.DataFrame
    indicators: pd.DataFrame
    conflicts: pd.DataFrame
    hazards: pd.DataFrame
    declarations: pd.DataFrame
    mancomunidades: tuple[Mancomunidad, ...]
    p20: frozenset[str]
    proposals: tuple[FirstProposal, ...]
    quotas: Mapping[tuple[str, int], int]
    phase_starts: Mapping[int, str]
    province_emergencies: pd.DataFrame
    state_density: pd.DataFrame
    provenance: Mapping[str, Provenance]
    screen_years: tuple[int, int]
    hazards_complete_years: tuple[int, int]
    census_year: int
    links: pd.DataFrame
    rivers: tuple[River, ...] = ()
    interventions: tuple[Intervention, ...] | None = None
    layers: Mapping[str, OwnLayer] = field(default_factory=dict)

    @cached_property
    def ubigeos(self) -> pd.Index:
        """Every district, sorted: the index of every figure by district."""
        return pd.Index(list(self.territory.districts), dtype="str", name="ubigeo")

    def source(self, resource: str) -> str:
        """Return where a resource comes from, "" where the edition has none."""
        return self.provenance[resource].source if resource in self.provenance else ""

    @cached_property
    def without_limits(self) -> tuple[str, ...]:
        """Return the districts whose limits nobody has, sorted; they are never drawn."""
        return tuple(self.limits.index[self.limits.geometry.isna()])

    @cached_property
    def _wide(self) -> dict[str, pd.DataFrame]:
        """For each column of `indicators`, districts by (indicator, year)."""
        keys = {"index": "ubigeo", "columns": ["indicator", "year"]}
        return {
            column: self.indicators.pivot(**keys, values=column).reindex(self.ubigeos)
            for column in ("value", "n_observed")
        }

    def _figures(self, column: str, indicator: str, year: int) -> pd.Series:
        if indicator not in self.catalog.index:
            raise KeyError(indicator)
        wide = self._wide[column]
        if (indicator, year) not in wide.columns:
            return pd.Series(float("nan"), self.ubigeos, name=indicator)
        return wide[indicator, year].rename(indicator)

    def value(self, indicator: str, year: int) -> pd.Series:
        """Return the indicator by ubigeo in its unit, NaN unknown (a year without data: all NaN).

        Raises KeyError for an indicator that the catalogue does not name.
        """
        return self._figures("value", indicator, year)

    def observed(self, indicator: str, year: int) -> pd.Series:
        """Return the sample behind the indicator by ubigeo, NaN unknown. Raises KeyError."""
        return self._figures("n_observed", indicator, year)

    def coverage(self, indicator: str, year: int) -> tuple[int, int]:
        """Return how many districts have a value, and how many there are. Raises KeyError."""
        values = self.value(indicator, year)
        return int(values.notna().sum()), len(values)

    def latest_year(self, indicator: str) -> int:
        """Return the last year in which any district has a value. Raises KeyError.

        Where no district has any, the last year that the catalogue announces.
        """
        if indicator not in self.catalog.index:
            raise KeyError(indicator)
        last = self._last_years.get(indicator)
        return max(self.catalog.loc[indicator, "years"]) if last is None else last

    @cached_property
    def _last_years(self) -> dict[str, int]:
        """By indicator, the last year in which any district has a value."""
        known = self._wide["value"].notna().any()
        return {str(indicator): int(year) for indicator, year in sorted(known[known].index)}

    def population(self) -> pd.Series:
        """Return the people of the census, that of `census_year`, by ubigeo."""
        return self.value("population", self.census_year)


def load(folder: Path = DEFAULT) -> Dataset:
    """Return the data set in `folder`. Raises DatasetError with all faults found."""
    bundle = read_bundle(Path(folder))
    limits = check_all(bundle) if bundle.descriptor else None
    rivers, layers = read_rivers(bundle), read_layers(bundle)
    if bundle.faults:
        raise DatasetError(tuple(bundle.faults))
    return _build(bundle, limits, rivers, layers)


@lru_cache(maxsize=1)
def default() -> Dataset:
    """Return the data set that ships with the project, loaded once."""
    return load()


def _build(
    bundle: Bundle, limits: gpd.GeoDataFrame, rivers: tuple[River, ...], layers: Mapping[str, OwnLayer]
) -> Dataset:
    tables, about = bundle.tables, bundle.descriptor
    without_links = []
    if LINKS not in tables:
        shipped = shipped_entry(LINKS)
        tables[LINKS] = pd.DataFrame({rule["name"]: pd.Series(dtype=object) for rule in shipped["fields"]})
        without_links.append({**shipped, "source": "", "years": ""})
    return Dataset(
        id=about["id"],
        title_es=about["title"]["es"],
        title_en=about["title"]["en"],
        edition=_edition(bundle),
        territory=_territory(tables),
        limits=limits,
        limits_official=bundle.resource("limits")["official"],
        catalog=frames.catalog(tables["indicator_catalog"]),
        indicators=frames.indicators(tables["indicators"]),
        conflicts=frames.conflicts(tables["conflicts"], tables["conflict_places"]),
        hazards=frames.hazards(tables["hazards"]),
        declarations=tables["declarations"].reset_index(drop=True),
        mancomunidades=_mancomunidades(tables["mancomunidades"]),
        p20=frozenset(tables["p20"]["province_code"]),
        proposals=_proposals(tables["proposals"]),
        quotas=MappingProxyType(
            {(row.department_code, row.phase): row.clusters for row in tables["quotas"].itertuples()}
        ),
        phase_starts=MappingProxyType({p["phase"]: p["start"] for p in about["phases"]}),
        province_emergencies=tables["province_emergencies"].reset_index(drop=True),
        state_density=tables["state_density"].set_index("province_code"),
        provenance=MappingProxyType(
            {entry["name"]: _provenance(bundle, entry, rivers) for entry in (*bundle.resources, *without_links)}
        ),
        screen_years=tuple(about["screen_years"]),
        hazards_complete_years=tuple(about["hazards_complete_years"]),
        census_year=about["census_year"],
        links=frames.links(tables[LINKS]),
        rivers=rivers,
        interventions=interventions(tables.get(INTERVENTIONS)),
        layers=layers,
    )


def shipped_entry(name: str) -> dict[str, Any]:  # JSON
    """Return what the data set that ships says of one of its files. Raises KeyError."""
    entries = json.loads((DEFAULT / DESCRIPTOR).read_text("utf-8"))["resources"]
    return {entry["name"]: entry for entry in entries}[name]


def _edition(bundle: Bundle) -> str:
    """Return ten hex digits that change with any byte of any file (line endings apart)."""
    digest = hashlib.sha256()
    for name in (DESCRIPTOR, *sorted(entry["file"] for entry in bundle.resources)):
        digest.update(name.encode())
        digest.update((bundle.folder / name).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:10]


def _territory(tables: dict[str, pd.DataFrame]) -> Territory:
    columns = [
        "ubigeo",
        "name",
        "province_code",
        "capital",
        "capital_lon",
        "capital_lat",
    ]
    columns += ["capital_altitude_m", "area_km2"]
    districts = (
        District(
            ubigeo, name, province, province[:2], capital, lon, lat,
            None if pd.isna(altitude) else altitude, area,
        )
        for ubigeo, name, province, capital, lon, lat, altitude, area in tables["districts"][
            columns
        ].itertuples(index=False)
    )  # fmt: skip
    provinces = tables["provinces"][["code", "name", "department_code"]]
    departments = tables["departments"][["code", "name"]]
    borders = tables["neighbours"][["district", "neighbour", "border_km"]]
    return Territory.from_records(
        districts,
        (Province(*row) for row in provinces.itertuples(index=False)),
        (Department(*row) for row in departments.itertuples(index=False)),
        borders.itertuples(index=False),
    )


def _mancomunidades(table: pd.DataFrame) -> tuple[Mancomunidad, ...]:
    texts = table.fillna({"members": "", "note_es": "", "note_en": ""})
    return tuple(
        Mancomunidad(
            name=row.name,
            year=None if pd.isna(row.year) else int(row.year),
            members=frozenset(row.members.split()),
            source=row.source,
            note=row.note_es,
            note_en=row.note_en,
        )
        for row in texts.itertuples(index=False)
    )


def _proposals(table: pd.DataFrame) -> tuple[FirstProposal, ...]:
    def proposal(slug: str, rows: pd.DataFrame) -> FirstProposal:
        first = rows.iloc[0]
        return FirstProposal(
            id=slug,
            name=first["name"],
            department=first["province_code"][:2],
            province=first["province_code"],
            services=frozenset(first["services"].split()),
            ubigeos=frozenset(rows["ubigeo"]),
            phase=int(first["phase"]),
            state="proposed",
            source=first["source"],
            names_as_written=MappingProxyType(dict(zip(rows["ubigeo"], rows["name_as_written"], strict=True))),
        )

    return tuple(proposal(slug, rows) for slug, rows in table.groupby("proposal_id", sort=False))


def _provenance(bundle: Bundle, entry: dict, rivers: tuple[River, ...]) -> Provenance:
    counted = entry["counted"]
    if entry["name"] == RIVERS:
        n_known, n_total = sum(bool(river.name) for river in rivers), len(rivers)
    elif LAYER in entry:
        n_known, n_total = entry[LAYER]["inside"], entry[LAYER]["count"]
    else:
        n_known, n_total = frames.count_known(counted["kind"], bundle.tables, entry["name"])
    n_known -= len(entry.get("without_limits", ()))
    years = entry["years"]
    title = entry[LAYER]["title"] if LAYER in entry else {"es": "", "en": ""}
    return Provenance(
        name=entry["name"],
        source=entry["source"],
        years=years if isinstance(years, str) else tuple(years),
        unit=entry["unit"]["es"],
        unit_en=entry["unit"]["en"],
        n_known=n_known,
        n_total=n_total,
        counted_es=counted["es"],
        counted_en=counted["en"],
        notes_es=entry["notes"]["es"],
        notes_en=entry["notes"]["en"],
        title_es=title["es"],
        title_en=title["en"],
    )
