"""Copy an edition out of the store: the data set, its limits for a GIS, its sources and its report."""

import csv
import io
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd

from geodata.editions import build
from geodata.editions.store import EDITION_FILE, REPORT_FILE, SHIPPED, EditionStore, StoreError
from geodata.model import DESCRIPTOR, Dataset
from geodata.reports import WRITERS, harmless, write
from geodata.words import say

DATA, LIMITS, COLUMNS = "data", "limits.gpkg", "columns.csv"
COLUMN_HEAD = ("file", "column", "content", "values", "blank", "unit", "source", "years", "notes")
# the columns of the limits and what each holds
LIMITS_COLUMNS = {
    "ubigeo": "code", "district": "text", "province": "text", "department": "text", "source": "text", "years": "text",
    "official": "flag",
}  # fmt: skip


def export_edition(store: EditionStore, target: Path, language: str, name: str | None = None) -> str:
    """Copy an edition (the one in use where none is named) into a folder that is empty or absent.

    What fails leaves the folder as it was: everything is written aside and only renamed once it is whole.
    Returns the id. Raises StoreError where the folder holds something, UnknownEdition, DamagedEdition or
    DatasetError (a damaged edition), OSError.
    """
    target = Path(target).absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise StoreError("store.target_exists", folder=target)
    id_ = store.resolve(store.current_id() if name is None else name)
    dataset = store.intact(id_)
    is_there = target.exists()
    target.parent.mkdir(parents=True, exist_ok=True)
    # within a folder that is there: it may be a disk of its own, which no other folder can take the place of
    with tempfile.TemporaryDirectory(prefix=".export-", dir=target if is_there else target.parent) as aside:
        made = Path(aside) / "made"
        made.mkdir()
        _fill(made, store, id_, dataset, language)
        for source, place in [(part, target / part.name) for part in made.iterdir()] if is_there else [(made, target)]:
            os.replace(source, place)
    return id_


def _fill(folder: Path, store: EditionStore, id_: str, dataset: Dataset, language: str) -> None:
    """Write an edition and what tells of it into an empty folder."""
    source = store.folder_of(id_)
    own = (EDITION_FILE, REPORT_FILE)
    shutil.copytree(source, folder / DATA, ignore=shutil.ignore_patterns(*own), copy_function=shutil.copyfile)
    full = build.full_limits(source)
    _limits(dataset, full, folder / LIMITS)
    (folder / "sources.csv").write_bytes(_sources(dataset, language))
    (folder / COLUMNS).write_bytes(_columns(folder / DATA / DESCRIPTOR, dataset, language))
    if id_ != SHIPPED:
        shutil.copyfile(source / EDITION_FILE, folder / EDITION_FILE)
        report = store.report(id_)
        for ending in WRITERS:
            write(report, folder / f"report{ending}", language)
    detail = say(language, "export.simplified" if full is None else "export.full")
    note = say(language, "export.readme", edition=id_, detail=detail) + "\n"
    (folder / "README.txt").write_text(note, "utf-8")


def _limits(dataset: Dataset, full: gpd.GeoDataFrame | None, path: Path) -> None:
    """Write the limits with codes and names, in the greatest detail there is."""
    shapes = (dataset.limits if full is None else full)[["geometry"]].dropna()
    territory = dataset.territory
    places = [territory.districts[ubigeo] for ubigeo in shapes.index]
    origin = dataset.provenance["limits"]
    shapes.assign(
        ubigeo=list(shapes.index),
        district=[d.name for d in places],
        province=[territory.provinces[d.province].name for d in places],
        department=[territory.departments[d.department].name for d in places],
        source=origin.source,
        years=origin.years_text,
        official=dataset.limits_official,
    ).reset_index(drop=True).to_file(path, layer="limits", driver="GPKG")


def _columns(descriptor: Path, dataset: Dataset, language: str) -> bytes:
    """Return what each column of each file is, as the descriptor of the data set and its sources say it.

    Columns keep one name in every language: the application and other programs read them.
    """
    rows = []
    for entry in json.loads(descriptor.read_text("utf-8"))["resources"]:
        file = f"{DATA}/{entry['file']}"
        rows += [_explained(file, rule, entry["name"], dataset, language) for rule in entry.get("fields", ())]
    rules = ({"name": name, "type": kind} for name, kind in LIMITS_COLUMNS.items())
    rows += [_explained(LIMITS, rule, "limits", dataset, language) for rule in rules]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([say(language, f"export.column_of.{name}") for name in COLUMN_HEAD])
    writer.writerows([harmless(str(cell)) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode("utf-8")


# a rule is JSON: texts, numbers and lists of them
def _explained(file: str, rule: Mapping[str, Any], resource: str, dataset: Dataset, language: str) -> list[str]:
    """Return a row of :data:`COLUMN_HEAD` for a column by its rule in the descriptor."""
    origin, spanish = dataset.provenance[resource], language == "es"
    ends = [f"{rule[end]:g}" if end in rule else "…" for end in ("minimum", "maximum")]
    held = ", ".join(map(str, rule.get("values", ()))) or ("" if ends == ["…", "…"] else " – ".join(ends))
    return [
        file,
        rule["name"],
        say(language, f"export.content.{rule['type']}"),
        held,
        say(language, "export.never_blank" if rule.get("required", True) else "export.blank"),
        origin.unit if spanish else origin.unit_en,
        origin.source,
        origin.years_text,
        origin.notes_es if spanish else origin.notes_en,
    ]


def _sources(dataset: Dataset, language: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = ("resource", "source", "years", "unit", "known", "total", "counted", "notes")
    writer.writerow([say(language, f"export.column.{name}") for name in columns])
    spanish = language == "es"
    for name, origin in dataset.provenance.items():
        writer.writerow([
            origin.title(language) or say(language, f"resource.{name}"),
            harmless(origin.source),
            harmless(origin.years_text),
            origin.unit if spanish else origin.unit_en,
            origin.n_known,
            origin.n_total,
            origin.counted_es if spanish else origin.counted_en,
            harmless(origin.notes_es if spanish else origin.notes_en),
        ])  # fmt: skip
    return ("\ufeff" + out.getvalue()).encode("utf-8")
