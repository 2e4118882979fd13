"""Make the files a reader can take away."""

from functools import partial
from typing import Any, Literal, get_args

from dashboard import texts
from dashboard.clusters.model import Candidate
from dashboard.clusters.writing import exports
from dashboard.documents.names import candidates_name
from geodata.model import Dataset

Format = Literal["geojson", "gpkg", "csv"]
FORMATS = get_args(Format)


def candidates_file(
    kind: Format, candidates: list[Candidate], view: dict[str, Any], dataset: Dataset, language: str
) -> tuple[str, bytes]:
    """Return the name and content of a file of candidates. Raises ValueError on an unknown format."""
    if kind not in FORMATS:
        raise ValueError(f"unknown format: {kind}")
    say = partial(texts.say, language)
    periods = _period(view.get("conflictPeriod")), _period(view.get("hazardPeriod"))
    name = candidates_name(candidates, dataset.territory, say, kind)
    if kind == "gpkg":
        return name, exports.geopackage_bytes(candidates, dataset, say, *periods)
    frame = exports.to_geodataframe(candidates, dataset, say, *periods)
    body = exports.geojson_bytes(frame) if kind == "geojson" else exports.csv_bytes(frame)
    return name, body


def _period(sent: Any) -> tuple[int, int] | None:
    return (int(sent[0]), int(sent[1])) if sent else None
