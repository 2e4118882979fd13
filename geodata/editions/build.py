"""Make the next edition's files out of the one in use and what an import changes, all as text.

Rows that an import does not touch keep every character they had. Whether the result is sound is
not judged here: :func:`geodata.model.dataset.load` reads it whole before anyone else does.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geodata.editions.layer_figures import figures
from geodata.model import DESCRIPTOR, LAYER, shipped_entry
from geodata.readers import EditionChanges
from geodata.shared import disk

FULL = "limits_full.parquet"
Resource = dict[str, Any]  # what the descriptor says of one file, as JSON
WHOLE = "dataset"  # the name under which an import says what concerns the data set as a whole
# The order of these is shown to readers; other tables are sorted by their key.
KEEPS_ORDER = ("indicator_catalog", "proposals", "mancomunidades")


def build(base: Path, folder: Path, changes: EditionChanges) -> None:
    """Write into an empty folder the data set of `base` with the changes in it.

    Raises ValueError where the changes do not fit the schema, KeyError for an unknown resource.
    """
    descriptor = json.loads((base / DESCRIPTOR).read_text("utf-8"))
    former = _layers(descriptor)
    _place_layers(descriptor, changes)
    entries = {entry["name"]: entry for entry in descriptor["resources"]}
    for name in {*changes.upserts, *changes.replaced} - entries.keys():  # an edition of before there was such a table
        entries[name] = shipped_entry(name)
        descriptor["resources"].append(entries[name])
    written = {entries[name]["file"] for name in (*changes.upserts, *changes.replaced)}
    for name, rows in changes.upserts.items():
        merged = _merged(_read(base, entries[name]), _as_text(rows, entries[name]), entries[name])
        _write_table(folder, entries[name], merged)
    for name, rows in changes.replaced.items():
        _write_table(folder, entries[name], _sorted(_as_text(rows, entries[name]), entries[name]))
    if changes.limits is not None:
        written |= {entries["limits"]["file"], FULL}
        _write_limits(folder, entries["limits"], changes.limits, changes)
    written |= _write_layers(folder, changes)
    unchanged = {*(entry["file"] for entry in entries.values()), FULL} - written
    for name in sorted(unchanged):
        if (base / name).is_file():
            disk.copy(base / name, folder / name)
    for name, said in changes.resources.items():
        _describe(descriptor if name == WHOLE else entries[name], said)
    if changes.limits is not None:
        _describe_limits(folder, entries["limits"], changes)
    _write_figures(folder, entries, former, changes)
    _announce_years(folder, entries)
    text = json.dumps(descriptor, ensure_ascii=False, indent=1, default=_plain)
    disk.write(folder / DESCRIPTOR, (text + "\n").encode())


def _describe(entry: Resource, said: Mapping[str, object]) -> None:
    entry.update({key: dict(value) if isinstance(value, Mapping) else value for key, value in said.items()})


def _plain(value: object) -> object:
    return value.item() if hasattr(value, "item") else str(value)


# ---- tables


def _read(folder: Path, entry: Resource) -> pd.DataFrame:
    """Return a table as it stands in its file, every cell a text, "" for a blank; empty where there is no file."""
    if not (folder / entry["file"]).is_file():
        return pd.DataFrame({rule["name"]: pd.Series(dtype=object) for rule in entry["fields"]})
    return pd.read_csv(folder / entry["file"], dtype=str, keep_default_na=False, encoding="utf-8")


def _as_text(rows: pd.DataFrame, entry: Resource) -> pd.DataFrame:
    """Return rows in the file's columns and writing. Raises ValueError on a column it has not.

    A column that came to the schema later, and may be blank, is left out: an edition of before stays in its form.
    """
    columns = [rule["name"] for rule in entry["fields"]]
    frame = rows.reset_index() if set(rows.index.names) & set(columns) else rows
    if strange := sorted(set(frame.columns) - set(columns) - _may_be_blank(entry["name"])):
        raise ValueError(f"{entry['name']}: no such columns: {', '.join(map(str, strange))}")
    blank = pd.Series("", index=frame.index, dtype=object)
    return pd.DataFrame({name: frame[name].map(_cell).astype(object) if name in frame else blank for name in columns})


@lru_cache
def _may_be_blank(name: str) -> frozenset[str]:
    """Return the columns of a table that today's schema, that of the data set that ships, does not require."""
    try:
        rules = shipped_entry(name).get("fields", ())
    except KeyError:  # a table that no shipped edition has
        rules = ()
    return frozenset(rule["name"] for rule in rules if not rule.get("required", True))


def _cell(value: object) -> str:
    """Return a value as a file of the data set writes it; unknown is a blank."""
    if pd.api.types.is_bool(value):
        return "true" if value else "false"
    if isinstance(value, (tuple, list, set, frozenset)):
        return " ".join(sorted(map(str, value)) if isinstance(value, (set, frozenset)) else map(str, value))
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, float):  # numpy's too
        return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
    return str(value)


def _merged(old: pd.DataFrame, new: pd.DataFrame, entry: Resource) -> pd.DataFrame:
    """Return the old rows with the new ones in the place of those of the same key, others added.

    A key given twice stays twice: the check of the whole then names it.
    """
    columns = list(old.columns)
    new = new.reindex(columns=columns, fill_value="")
    keys_old, keys_new = (frame[entry["key"]].agg("\x1f".join, axis=1) if len(frame) else [] for frame in (old, new))
    place = {key: position for position, key in enumerate(keys_old)}
    order = [place.get(key, len(old) + n) for n, key in enumerate(keys_new)]
    replaced = set(keys_new)
    remaining = old[[key not in replaced for key in keys_old]]
    stacked = pd.concat(
        [remaining.assign(_at=[place[k] for k in keys_old if k not in replaced]), new.assign(_at=order)]
    )
    return _sorted(stacked.sort_values("_at", kind="stable").drop(columns="_at"), entry)


def _sorted(frame: pd.DataFrame, entry: Resource) -> pd.DataFrame:
    """Sort by key, in the file's order of columns, so that the same content is the same file."""
    if entry["name"] in KEEPS_ORDER:
        return frame
    return frame.sort_values([c for c in frame.columns if c in entry["key"]], kind="stable")


def _write_table(folder: Path, entry: Resource, frame: pd.DataFrame) -> None:
    body = frame.to_csv(index=False, lineterminator="\n", encoding="utf-8").encode("utf-8")
    disk.write(folder / entry["file"], body)


def _announce_years(folder: Path, entries: Mapping[str, Resource]) -> None:
    """Make the catalogue announce the years for which each indicator has figures.

    The years are read off the figures, so that no import can forget to say them.
    """
    figures, catalog = _read(folder, entries["indicators"]), _read(folder, entries["indicator_catalog"])
    years = figures.groupby("indicator")["year"].agg(lambda column: " ".join(sorted(set(column))))
    announced = catalog["indicator"].map(years).fillna(catalog["years"])
    if not announced.equals(catalog["years"]):
        _write_table(folder, entries["indicator_catalog"], catalog.assign(years=announced))


# ---- users' layers


# a descriptor is JSON
def _layers(descriptor: Mapping[str, Any]) -> list[Resource]:
    return [entry for entry in descriptor["resources"] if LAYER in entry]


# a descriptor is JSON
def _place_layers(descriptor: dict[str, Any], changes: EditionChanges) -> None:
    """Put the entries of the changed layers into the descriptor: in the place of the one that they replace, or last."""
    for key, layer in changes.layers.items():
        names = [entry["name"] for entry in descriptor["resources"]]
        at = names.index(key) if key in names else len(names)
        entry = [] if layer is None else [{**layer.entry, LAYER: dict(layer.entry[LAYER])}]
        descriptor["resources"][at : at + 1] = entry


def _write_layers(folder: Path, changes: EditionChanges) -> set[str]:
    """Write the shapes of the layers that are new or changed; return the names of the files."""
    files = set()
    for layer in changes.layers.values():
        if layer is not None:
            files.add(layer.entry["file"])
            layer.shapes.to_parquet(folder / layer.entry["file"])
            disk.sync(folder / layer.entry["file"])
    return files


def _write_figures(
    folder: Path, entries: Mapping[str, Resource], former: Iterable[Resource], changes: EditionChanges
) -> None:
    """Work out the figures of the layers that changed, of all of them where limits did; those of before go."""
    every = changes.limits is not None
    anew = [entry for name, entry in entries.items() if LAYER in entry and (every or name in changes.layers)]
    stale = {
        code for entry in former if every or entry["name"] in changes.layers for code in entry[LAYER]["indicators"]
    }
    if not anew and not stale:
        return
    tables = {name: _read(folder, entries[name]) for name in ("indicator_catalog", "indicators")}
    made = {name: [table[~table["indicator"].isin(stale)]] for name, table in tables.items()}
    limits, districts = _limits_of(folder, entries["limits"]), _read(folder, entries["districts"]).set_index("ubigeo")
    for entry in anew:
        found = figures(entry, gpd.read_parquet(folder / entry["file"]), limits, districts)
        entry[LAYER] |= {"inside": found.inside, "indicators": list(found.catalog["indicator"])}
        for name, rows in (("indicator_catalog", found.catalog), ("indicators", found.indicators)):
            made[name].append(_as_text(rows, entries[name]))
    for name, parts in made.items():
        _write_table(folder, entries[name], _sorted(pd.concat(parts, ignore_index=True), entries[name]))


def _limits_of(folder: Path, entry: Resource) -> gpd.GeoSeries:
    """Return the limits by ubigeo, in the greatest detail that there is."""
    full = full_limits(folder)
    return (gpd.read_file(folder / entry["file"]).set_index("ubigeo") if full is None else full).geometry


# ---- limits


def _write_limits(folder: Path, entry: Resource, limits: gpd.GeoDataFrame, changes: EditionChanges) -> None:
    shapes = limits.geometry.dropna().sort_index()
    features = [
        json.dumps({
            "type": "Feature",
            "properties": {"ubigeo": str(ubigeo)},
            "geometry": shapely.geometry.mapping(shape),
        }, separators=(",", ":"))
        for ubigeo, shape in shapes.items()
    ]  # fmt: skip
    head = '{"type":"FeatureCollection","name":"limits",\n"features":[\n'
    disk.write(folder / entry["file"], (head + ",\n".join(features) + "\n]}\n").encode())
    if changes.full is not None:
        changes.full[["geometry"]].dropna().sort_index().rename_axis("ubigeo").to_parquet(folder / FULL)
        disk.sync(folder / FULL)


def _describe_limits(folder: Path, entry: Resource, changes: EditionChanges) -> None:
    """Say in the descriptor which districts have no limits, and what the full detail is.

    The digest makes the edition's hash cover the full detail, whose file is not among its resources.
    """
    entry["without_limits"] = sorted(changes.without_limits)
    entry.pop("full", None)
    if changes.full is not None:
        shapes = changes.full.geometry.dropna().sort_index()
        digest = hashlib.sha256()
        for ubigeo, body in zip(shapes.index, shapely.to_wkb(shapes.to_numpy()), strict=True):
            digest.update(str(ubigeo).encode() + (body or b""))
        entry["full"] = {"file": FULL, "sha256": digest.hexdigest()}


def full_limits(folder: Path) -> gpd.GeoDataFrame | None:
    """Return the limits of a data set in full detail (index ubigeo, EPSG:4326), None where it has none."""
    path = Path(folder) / FULL
    return gpd.read_parquet(path) if path.is_file() else None
