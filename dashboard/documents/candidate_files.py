"""Make the files of clusters that a reader can take away: candidates being drawn, and what the record keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import geopandas as gpd

from dashboard import texts
from dashboard.clusters.model import COMPLETE, Candidate, Period, from_proposal
from dashboard.clusters.rules import load_parameters
from dashboard.clusters.writing import Column, Say, candidate_columns, exports, limits_notice, to_geodataframe
from dashboard.documents.names import candidates_name
from dashboard.documents.place_files import Format, PlaceTable, written
from dashboard.records.proposals import Overview
from geodata.model import Dataset
from geodata.shared import file_name
from layers import gis
from layers.overlays import look


def candidates_file(
    kind: Format, candidates: Sequence[Candidate], view: Mapping[str, Any], dataset: Dataset, language: str
) -> tuple[str, bytes]:
    """Return the name and content of a file of candidates. Raises ValueError on an unknown format.

    CSV comes as a zip: the candidates, their districts, and what the columns of both are.
    """
    say = partial(texts.say, language)
    periods = _period(view.get("conflictPeriod")), _period(view.get("hazardPeriod"))
    called = partial(_called, candidates, dataset, say)
    return written(kind, tables(candidates, dataset, say, periods), called, say, limits_notice(dataset, say))


def proposals_file(kind: Format, record: Overview, dataset: Dataset, language: str) -> tuple[str, bytes]:
    """Return the name and content of a file of all proposals and clusters that a reader may see, in every state.

    Raises ValueError on an unknown format.
    """
    say = partial(texts.say, language)

    def called(ending: str, part: str = "file.proposals") -> str:
        return file_name(say("file.whole_record"), say(part), ending)

    made = tables(of_record(record, dataset), dataset, say)
    return written(kind, made, called, say, limits_notice(dataset, say))


def of_record(record: Overview, dataset: Dataset) -> list[Candidate]:
    """Return the proposals of the record, with their numbers and of their districts those that this edition has."""
    known = dataset.territory.districts.keys()
    found = [
        replace(from_proposal(p), ubigeos=p.ubigeos & known, number=number)
        for p, number in zip(record.proposals, record.numbers, strict=True)
    ]
    return [candidate for candidate in found if candidate.ubigeos]


def tables(
    candidates: Sequence[Candidate], dataset: Dataset, say: Say, periods: tuple[Period, Period] = (None, COMPLETE)
) -> list[PlaceTable]:
    """Return clusters and their districts as tables of a file."""
    frame = to_geodataframe(candidates, dataset, say, *periods)
    columns = candidate_columns(dataset, say, *periods)
    return clusters_with_districts(frame, columns, candidates, dataset, say)


def clusters_with_districts(
    frame: gpd.GeoDataFrame, columns: Mapping[str, Column], candidates: Sequence[Candidate], dataset: Dataset, say: Say
) -> list[PlaceTable]:
    """Return the tables of clusters whose own table is there already: theirs, and that of their districts."""
    kind = load_parameters().kind
    states = {say(f"records.state.{c.state}"): look(c.state, kind(c.state)) for c in candidates}
    drawn = gis.outlined(say("codebook.layer.candidates"), "state", states, "name")
    districts = exports.districts_geodataframe(candidates, dataset, say)
    plain = gis.borders(say("codebook.layer.districts"), "ubigeo", "district")
    return [
        PlaceTable("candidates", frame, columns, (drawn,)),
        PlaceTable("districts", districts, exports.district_columns(dataset, say), (plain,), "district"),
    ]


def _called(
    candidates: Sequence[Candidate], dataset: Dataset, say: Say, ending: str, part: str = "file.clusters"
) -> str:
    return candidates_name(candidates, dataset.territory, say, ending, part)


def _period(sent: Any) -> tuple[int, int] | None:
    return (int(sent[0]), int(sent[1])) if sent else None
