"""Make the files a reader can take away."""

from functools import partial
from io import BytesIO
from typing import Any, Literal, get_args
from zipfile import ZIP_DEFLATED, ZipFile

from dashboard import texts
from dashboard.clusters.model import Candidate, Period
from dashboard.clusters.writing import Column, Say, codebook, exports, of_table
from dashboard.documents.names import candidates_name
from geodata.model import Dataset

Format = Literal["geojson", "gpkg", "csv"]
FORMATS = get_args(Format)


def candidates_file(
    kind: Format, candidates: list[Candidate], view: dict[str, Any], dataset: Dataset, language: str
) -> tuple[str, bytes]:
    """Return the name and content of a file of candidates. Raises ValueError on an unknown format.

    CSV comes as a zip: the candidates, their districts, and what the columns of both are.
    """
    if kind not in FORMATS:
        raise ValueError(f"unknown format: {kind}")
    say = partial(texts.say, language)
    periods = _period(view.get("conflictPeriod")), _period(view.get("hazardPeriod"))
    territory = dataset.territory
    if kind == "csv":
        return candidates_name(candidates, territory, say, "zip"), _tables(candidates, dataset, say, periods)
    name = candidates_name(candidates, territory, say, kind)
    if kind == "gpkg":
        return name, exports.geopackage_bytes(candidates, dataset, say, *periods)
    frame = exports.to_geodataframe(candidates, dataset, say, *periods)
    return name, exports.geojson_bytes(frame, exports.candidate_columns(dataset, say, *periods), say)


def _tables(candidates: list[Candidate], dataset: Dataset, say: Say, periods: tuple[Period, Period]) -> bytes:
    name = partial(candidates_name, candidates, dataset.territory, say, "csv")
    clusters = exports.to_geodataframe(candidates, dataset, say, *periods)
    districts = exports.districts_geodataframe(candidates, dataset, say)
    tables = (
        ("candidates", name(), clusters, exports.candidate_columns(dataset, say, *periods)),
        ("districts", name("codebook.layer.districts"), districts, exports.district_columns(dataset, say)),
    )
    explained: list[Column] = []
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for table, file, frame, columns in tables:
            archive.writestr(file, exports.csv_bytes(frame, columns))
            explained += of_table(say(f"codebook.layer.{table}"), columns.values())
        archive.writestr(name("codebook.layer.codebook"), exports.csv_bytes(codebook(explained, say)))
    return content.getvalue()


def _period(sent: Any) -> tuple[int, int] | None:
    return (int(sent[0]), int(sent[1])) if sent else None
