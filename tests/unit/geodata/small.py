"""A data set small enough to load in a moment: nine districts on a grid, and readers that change it.

07 08 09
04 05 06
01 02 03
"""

import csv
import json
from pathlib import Path

import pandas as pd

from geodata.editions.store import EditionStore
from geodata.model.dataset import DEFAULT
from geodata.readers.contract import EditionChanges, Question, Understanding, UnreadableFile

CODES = [f"9901{n:02d}" for n in range(1, 10)]
WEST, SOUTH, SIDE = -75.0, -6.0, 0.1


def _square(n: int) -> list[list[list[float]]]:
    x, y = WEST + (n - 1) % 3 * SIDE, SOUTH + (n - 1) // 3 * SIDE
    ring = [(x, y), (x + SIDE, y), (x + SIDE, y + SIDE), (x, y + SIDE), (x, y)]
    return [[[round(a, 3), round(b, 3)] for a, b in ring]]


def _tables() -> dict[str, list[dict]]:
    beside = [(n, n + 1) for n in range(1, 10) if n % 3] + [(n, n + 3) for n in range(1, 7)]
    note = {"notes_es": "", "notes_en": ""}
    return {
        "departments": [{"code": "99", "name": "Prueba"}],
        "provinces": [{"code": "9901", "name": "Cuadrícula", "department_code": "99"}],
        "districts": [
            {"ubigeo": code, "name": f"D{n}", "province_code": "9901", "capital": f"C{n}", "capital_lon": WEST + 0.05,
             "capital_lat": SOUTH + 0.05, "capital_altitude_m": 100, "area_km2": 120}
            for n, code in enumerate(CODES, 1)
        ],
        "neighbours": [{"district": CODES[a - 1], "neighbour": CODES[b - 1], "border_km": 11} for a, b in beside],
        "indicator_catalog": [
            {"indicator": "schools", "sector": "education", "label_es": "Escuelas", "label_en": "Schools", "unit": "%",
             "unit_en": "%", "direction": "higher_is_better", "scored": "true", "weight": 1, "per_area": "false",
             "minimum": 0, "maximum": 100, "years": "2017", "source": "INEI", **note},
        ],
        "indicators": [
            {"indicator": "schools", "year": 2017, "ubigeo": code, "value": 10 + n, "sample_size": ""}
            for n, code in enumerate(CODES)
        ],
        "conflicts": [
            {"case_id": "one", "name": "Un caso", "type": "electoral", "state": "activo", "state_basis": "read",
             "first_reported": "2010-01", "first_reported_basis": "read", "last_reported": "2011-01",
             "source": "Defensoría", "confidence": "high"},
        ],
        "conflict_places": [{"case_id": "one", "place_code": CODES[0]}],
        "hazards": [
            {"ubigeo": CODES[1], "year": 2018, "hazard": "inundacion", "events": 2, "affected": 5, "homeless": 0,
             "houses_destroyed": 1},
        ],
        "quotas": [{"department_code": "99", "phase": 1, "clusters": 1}],
    }  # fmt: skip


def write_small(folder: Path) -> Path:
    """Write the data set into a folder that does not exist yet, in the schema of the default one."""
    folder.mkdir(parents=True)
    descriptor = json.loads((DEFAULT / "dataset.json").read_text("utf-8"))
    descriptor["expected"] = [{"code": "99", "name": "Prueba", "provinces": 1, "districts": 9}]
    # rivers are no part of it, as of any edition without them
    descriptor["resources"] = [entry for entry in descriptor["resources"] if entry["name"] != "rivers"]
    tables = _tables()
    for entry in descriptor["resources"]:
        if "fields" in entry:
            with open(folder / entry["file"], "w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, [rule["name"] for rule in entry["fields"]], lineterminator="\n")
                writer.writeheader()
                writer.writerows(tables.get(entry["name"], []))
    shapes = [
        {"type": "Feature", "properties": {"ubigeo": code},
         "geometry": {"type": "Polygon", "coordinates": _square(n)}}
        for n, code in enumerate(CODES, 1)
    ]  # fmt: skip
    (folder / "limits.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": shapes}))
    (folder / "dataset.json").write_text(json.dumps(descriptor, ensure_ascii=False))
    return folder


class QuickStore(EditionStore):
    """A store that reads each edition once, for tests that damage none."""

    _loaded: dict = {}

    def load(self, name=None):
        folder = self.folder_of(self.current_id() if name is None else name)
        if folder not in self._loaded:
            self._loaded[folder] = super().load(name)
        return self._loaded[folder]


class Figures:
    """A reader of `ubigeo,year,value` for the one indicator; `?` as the first line asks for a unit."""

    @staticmethod
    def understand(path, base, answers):
        text = path.read_text("utf-8")
        if text.startswith("!"):
            raise UnreadableFile("import.no_permission", file=path.name)
        asks = text.startswith("?") and "unit" not in answers
        question = Question("unit", "report.unknown", {"percent": "report.row", "share": "report.row"}, {"row": 1})
        return Understanding(
            "indicators", {"ubigeo": "ubigeo"}, {"unit": answers.get("unit", "percent")}, (question,) if asks else ()
        )

    @staticmethod
    def read(path, understanding, base, report):
        lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("?")]
        rows = [line.split(",") for line in lines]
        report.rows_read = len(rows)
        for number, row in enumerate(rows, 1):
            if row[0] not in base.territory.districts:
                report.add("fault", "places.unknown", row=number)
            else:
                report.add("matched_code", "places.matched_code", row=number, ubigeo=row[0])
        frame = pd.DataFrame(
            [{"indicator": "schools", "year": int(y), "ubigeo": u, "value": float(v)} for u, y, v in rows]
        )
        return EditionChanges(upserts={"indicators": frame}, resources={"indicators": {"source": "INEI, prueba"}})
