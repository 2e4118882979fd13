"""Turn the tables of a data set, once checked, into the frames that the rest of the project reads.

The files keep a case apart from its places and short names for columns; the frames are joined
and carry the names of the domain.
"""

import pandas as pd

UNTOLD = "untold"
PRECISION = {6: "district", 4: "province", 2: "department"}


def catalog(table: pd.DataFrame) -> pd.DataFrame:
    """Return the catalogue by indicator, with `years` as a tuple of int.

    Editions made before the catalogue told on what an indicator rests have no `basis`: then it is untold. Those of
    before it told how an indicator is steadied have no `smoothing`: then it is blank, as where nobody said.
    """
    years = [tuple(map(int, text.split())) for text in table["years"]]
    based = table if "basis" in table else table.assign(basis=UNTOLD)
    based = based if "smoothing" in based else based.assign(smoothing="")
    texts = based[["basis", "smoothing", "notes_es", "notes_en"]].fillna("")
    return based.assign(years=years, **texts).set_index("indicator")


def indicators(table: pd.DataFrame) -> pd.DataFrame:
    """Return the figures in long form: ubigeo, indicator, year, value, n_observed."""
    named = table.rename(columns={"sample_size": "n_observed"}).astype({"year": int})
    return named[["ubigeo", "indicator", "year", "value", "n_observed"]].reset_index(drop=True)


def conflicts(cases: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each case and place, with the codes known at the place's precision."""
    code = places["place_code"]
    located = pd.DataFrame(
        {
            "case_id": places["case_id"],
            "precision": code.str.len().map(PRECISION),
            "ubigeo": code.where(code.str.len() == 6),
            "province": code.str[:4].where(code.str.len() >= 4),
            "department": code.str[:2],
        }
    )
    joined = cases.merge(located, on="case_id", validate="one_to_many")
    head = ["case_id", "name", "type", "state", "state_basis"]
    place = ["precision", "ubigeo", "province", "department"]
    return joined[head + place + [c for c in cases.columns if c not in head]]


def hazards(table: pd.DataFrame) -> pd.DataFrame:
    """Return the emergencies by ubigeo, hazard and year, with the people and houses hit."""
    named = table.rename(columns={"affected": "people_affected", "homeless": "people_homeless"})
    order = ["ubigeo", "hazard", "year", "events"]
    return named[[*order, "people_affected", "people_homeless", "houses_destroyed"]].reset_index(drop=True)


def links(table: pd.DataFrame) -> pd.DataFrame:
    """Return the links between capitals, every text that is not known as ""."""
    return table.fillna({"name": "", "season": ""}).reset_index(drop=True)


def count_known(kind: str, tables: dict[str, pd.DataFrame], name: str) -> tuple[int, int]:
    """Return how many of the things that `kind` counts are known in a table, and of how many.

    rows: all there are; districts, provinces, departments: those with a row; values: figures of
    the catalogue's years; conflict_cases: cases placed in a district; proposals: distinct ones;
    listed:<column>: rows where that column is not blank; placed:<column>: rows where it names a
    district. Raises ValueError for another kind.
    """
    if kind in ("districts", "provinces", "departments"):
        return _count_places(kind, tables, tables.get(name))
    table = tables[name]
    if kind == "rows":
        return len(table), len(table)
    if kind == "values":
        years = tables["indicator_catalog"]["years"].str.split().str.len().sum()
        return int(table["value"].notna().sum()), int(years) * len(tables["districts"])
    if kind == "conflict_cases":
        places = tables["conflict_places"]
        placed = places.loc[places["place_code"].str.len() == 6, "case_id"]
        return placed.nunique(), len(table)
    if kind == "proposals":
        return (table["proposal_id"].nunique(),) * 2
    if kind.startswith("listed:"):
        return int(table[kind.removeprefix("listed:")].notna().sum()), len(table)
    if kind.startswith("placed:"):
        return int(table[kind.removeprefix("placed:")].str.contains(r"\b\d{6}\b", na=False).sum()), len(table)
    raise ValueError(f"nothing counts {kind!r}")


def _count_places(kind: str, tables: dict[str, pd.DataFrame], table: pd.DataFrame | None) -> tuple[int, int]:
    every = tables[kind]["ubigeo" if kind == "districts" else "code"]
    if table is None:  # a file that is no table: the limits, which must be whole to be loaded
        return len(every), len(every)
    columns = {
        "districts": ("ubigeo", "district", "neighbour", "other"),
        "provinces": ("province_code", "code"),
        "departments": ("department_code", "code"),
    }[kind]
    found = set().union(*(table[column] for column in columns if column in table))
    return int(every.isin(found).sum()), len(every)
