"""Check what the tables of a data set say of each other; every fault is noted, none is raised.

`tables` has checked each value alone. What is here needs two tables, or two rows, to be seen. A
check whose tables could not be read is left out: that they cannot be read is noted already.
"""

import json

import geopandas as gpd
import pandas as pd
import shapely

from geodata.geometry import WGS84
from geodata.model.tables import Bundle

PLACE_TABLES = {
    6: ("districts", "ubigeo"),
    4: ("provinces", "code"),
    2: ("departments", "code"),
}
SHAPES = ("Polygon", "MultiPolygon")


def check_all(bundle: Bundle) -> gpd.GeoDataFrame | None:
    """Run every check that the readable tables allow; return the limits where they can be read."""
    for needed, check in (
        (("departments", "provinces", "districts"), _counts),
        (("provinces", "districts"), _nesting),
        (("neighbours",), _borders),
        (("indicators", "indicator_catalog"), _ranges),
        (("indicators", "indicator_catalog"), _years),
        (
            ("conflicts", "conflict_places", "districts", "provinces", "departments"),
            _conflicts,
        ),
        (("proposals",), _proposals),
        (("links",), _links),
        (("interventions", "districts", "provinces", "departments"), _interventions),
    ):
        if all(name in bundle.tables for name in needed):
            check(bundle)
    return _limits(bundle)


def _counts(bundle: Bundle) -> None:
    """Note each department that has not the provinces or districts the descriptor announces."""
    expected = {entry["code"]: entry for entry in bundle.descriptor["expected"]}
    codes = set(bundle.tables["departments"]["code"].dropna())
    for code in sorted(codes ^ expected.keys()):
        bundle.faults.append(f"departments.csv: department {code} is missing or not announced")
    for name, column in (("provinces", "code"), ("districts", "ubigeo")):
        found = bundle.tables[name][column].str[:2].value_counts()
        for code, entry in expected.items():
            if (count := int(found.get(code, 0))) != entry[name]:
                bundle.faults.append(
                    f"{bundle.resource(name)['file']}: {entry['name']} has {count} {name}, {entry[name]} expected"
                )


def _nesting(bundle: Bundle) -> None:
    """Note codes that do not begin with the code of the place that holds them."""
    for name, own, parent, digits in (
        ("districts", "ubigeo", "province_code", 4),
        ("provinces", "code", "department_code", 2),
    ):
        frame = bundle.tables[name].dropna(subset=[own, parent])
        bad = frame.loc[frame[own].str[:digits] != frame[parent], own]
        bundle.blame(name, bad, f"{own} does not begin with its {parent}")


def _borders(bundle: Bundle) -> None:
    """Note borders of a district with itself, borders given both ways, and districts with none."""
    frame = bundle.tables["neighbours"].dropna()
    a, b = frame["district"], frame["neighbour"]
    bundle.blame("neighbours", a[a == b], "a district borders itself")
    pair = a.where(a < b, b) + " " + b.where(a < b, a)
    bundle.blame("neighbours", pair[pair.duplicated() & (a != b)], "a border is given both ways")
    if "districts" in bundle.tables:
        ubigeo = bundle.tables["districts"]["ubigeo"].dropna()
        bundle.blame("districts", ubigeo[~ubigeo.isin({*a, *b})], "a district has no neighbour")


def _links(bundle: Bundle) -> None:
    """Note links of a district with itself, and those that stand in another order than that of their codes."""
    frame = bundle.tables["links"].dropna(subset=["district", "other"])
    a, b = frame["district"], frame["other"]
    bundle.blame("links", a[a == b], "a district is linked with itself")
    bundle.blame("links", a[a > b] + " " + b[a > b], "a link does not begin with the smaller code")


def _ranges(bundle: Bundle) -> None:
    """Note figures outside the range their indicator can take."""
    frame = bundle.tables["indicators"]
    catalog = bundle.tables["indicator_catalog"].drop_duplicates("indicator").set_index("indicator")
    low, high = (frame["indicator"].map(catalog[bound]) for bound in ("minimum", "maximum"))
    outside = frame["value"].lt(low) | frame["value"].gt(high)
    bad = frame[outside]
    shown = bad["indicator"] + " " + bad["ubigeo"] + " " + bad["value"].astype(str)
    bundle.blame("indicators", shown, "value is out of the indicator's range")


def _years(bundle: Bundle) -> None:
    """Note years with figures that the catalogue does not announce, and the other way round."""
    frame = bundle.tables["indicators"][["indicator", "year"]].drop_duplicates().dropna()
    held = set(zip(frame["indicator"], frame["year"].astype(int), strict=True))
    catalog = bundle.tables["indicator_catalog"][["indicator", "years"]].dropna()
    announced = {(i, int(y)) for i, years in catalog.itertuples(index=False) for y in years.split() if y.isdigit()}
    for indicator, year in sorted(held ^ announced):
        side = "has figures but is not announced" if (indicator, year) in held else "has no figures"
        bundle.faults.append(f"indicator_catalog.csv: {indicator} {year} {side}")


def _conflicts(bundle: Bundle) -> None:
    """Note unknown places, cases without a place, and cases that end before they begin."""
    cases, places = bundle.tables["conflicts"], bundle.tables["conflict_places"]
    _known_places(bundle, "conflict_places", "place_code", places["place_code"].dropna())
    homeless = cases["case_id"][~cases["case_id"].isin(places["case_id"])]
    bundle.blame("conflicts", homeless, "a case has no place")
    dated = cases.dropna(subset=["first_reported", "last_reported"])
    # Dates may be a year, a month or a day: compare what both give.
    width = pd.concat([dated["first_reported"], dated["last_reported"]], axis=1)
    backwards = [
        first[: min(len(first), len(last))] > last[: min(len(first), len(last))]
        for first, last in width.itertuples(index=False)
    ]
    bundle.blame("conflicts", dated.loc[backwards, "case_id"], "a case ends before it begins")


def _proposals(bundle: Bundle) -> None:
    """Note proposals whose rows disagree on what is said of the whole proposal."""
    frame = bundle.tables["proposals"]
    shared = ["name", "province_code", "phase", "services", "source"]
    differing = frame.groupby("proposal_id")[shared].nunique(dropna=False).gt(1).any(axis=1)
    bad = frame["proposal_id"][frame["proposal_id"].map(differing).eq(True)].drop_duplicates()
    bundle.blame("proposals", bad, "the rows of a proposal disagree")


def _interventions(bundle: Bundle) -> None:
    """Note unknown places of projects, and projects that end before they begin."""
    projects = bundle.tables["interventions"]
    _known_places(bundle, "interventions", "places", projects["places"].dropna().str.split().explode())
    dated = projects.dropna(subset=["first_year", "last_year"])
    backwards = dated.loc[dated["first_year"] > dated["last_year"], "id"]
    bundle.blame("interventions", backwards, "a project ends before it begins")


def _known_places(bundle: Bundle, name: str, field: str, code: pd.Series) -> None:
    """Note the codes of a table that are no district, province or department."""
    for digits, (table, column) in PLACE_TABLES.items():
        at_level = code[code.str.len() == digits]
        bad = at_level[~at_level.isin(bundle.tables[table][column])]
        bundle.blame(name, bad, f"{field} is unknown in {table}")


def _limits(bundle: Bundle) -> gpd.GeoDataFrame | None:
    """Read the limits, noting unknown, repeated, missing and invalid shapes."""
    try:
        entry = bundle.resource("limits")
        path = bundle.folder / entry["file"]
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        ubigeos = [feature["properties"]["ubigeo"] for feature in features]
        shapes = [_shape(feature.get("geometry")) for feature in features]
    except (OSError, ValueError, KeyError, TypeError) as error:
        bundle.faults.append(f"limits: cannot be read ({error!r})")
        return None
    blame = bundle.faults.append
    index = pd.Index(ubigeos, dtype="str", name="ubigeo")
    for ubigeo in index[index.duplicated()].unique():
        blame(f"{entry['file']}: {ubigeo} has more than one shape")
    for ubigeo, shape in zip(ubigeos, shapes, strict=True):
        if shape is None or shape.is_empty:
            blame(f"{entry['file']}: {ubigeo} has no geometry")
        elif shape.geom_type not in SHAPES:
            blame(f"{entry['file']}: {ubigeo} is a {shape.geom_type}, not a polygon")
        elif not shape.is_valid:
            blame(f"{entry['file']}: {ubigeo} is not valid ({shapely.is_valid_reason(shape)})")
    without = entry.get("without_limits", [])
    if not isinstance(without, list) or not all(isinstance(ubigeo, str) for ubigeo in without):
        blame(f"{entry['file']}: without_limits is not a list of codes")
        return None
    if "districts" in bundle.tables:
        _every_district(bundle, entry["file"], set(ubigeos), set(without))
    limits = gpd.GeoDataFrame(geometry=shapes, index=index, crs=WGS84)
    if not without or bundle.faults:
        return limits.sort_index()
    return limits.reindex(limits.index.union(pd.Index(without, dtype="str"), sort=True).rename("ubigeo"))


def _every_district(bundle: Bundle, file: str, held: set[str], without: set[str]) -> None:
    """Note districts that have neither a shape nor the descriptor's word that nobody has one.

    Exactly the declared ones may be missing: a shape for one of them is a fault too.
    """
    known = set(bundle.tables["districts"]["ubigeo"].dropna())
    for ubigeo in sorted((known - without) ^ held):
        if ubigeo in known and ubigeo in without:
            side = "is declared to be without limits and has a shape"
        else:
            side = "has no shape" if ubigeo in known else "is not a district"
        bundle.faults.append(f"{file}: {ubigeo} {side}")
    for ubigeo in sorted(without - known):
        bundle.faults.append(f"{file}: {ubigeo} is declared to be without limits and is not a district")


def _shape(geometry: dict | None) -> shapely.Geometry | None:
    return shapely.geometry.shape(geometry) if geometry else None
