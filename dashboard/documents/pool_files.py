"""Give the feasible candidates of a place away as a file: place, score and every measure, with their limits."""

from functools import partial

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import union_all

from dashboard import texts
from dashboard.clusters.ranking import place_name
from dashboard.clusters.scoring import Pool
from dashboard.clusters.writing import described_column, limits_notice, tables
from dashboard.documents.place_files import Format, PlaceTable, written
from geodata.shared import file_name
from layers import classes, gis, palette

MOST_TAKEN = 500  # the best: candidates overlap, and each brings its limits


def pool_file(kind: Format, among: Pool, language: str, locked: frozenset[str] = frozenset()) -> tuple[str, bytes]:
    """Return name and content of a file of the best candidates that hold all districts of `locked`.

    Raises ValueError for an unknown format.
    """
    say = partial(texts.say, language)
    rows = [int(row) for row in among.order if locked <= set(among.groups.ubigeos(int(row)))][:MOST_TAKEN]
    holds = place_name(among.dataset.territory, among.place)

    def called(ending: str, part: str = "file.candidates") -> str:
        return file_name(holds, say(part), ending)

    return written(kind, [_table(among, rows, language)], called, say, limits_notice(among.dataset, say))


def _table(among: Pool, rows: list[int], language: str) -> PlaceTable:
    say, limits = partial(texts.say, language), among.dataset.limits
    columns = tables.candidate_columns(among, say)
    drawn = dict(limits.geometry.dropna())
    shapes = [union_all([drawn[u] for u in among.groups.ubigeos(row) if u in drawn]) for row in rows]
    plain = pd.DataFrame(tables.candidate_rows(among, rows), columns=list(columns))
    plain = plain.astype({name: float for name in columns if name not in tables.CANDIDATE[2:]})
    frame = gpd.GeoDataFrame(plain, geometry=gpd.GeoSeries(shapes, crs=limits.crs), crs=limits.crs)
    frame["limits_notice"] = limits_notice(among.dataset, say)
    columns["limits_notice"] = described_column("limits_notice", among.dataset, say)
    looks = (_look(plain["score"], language),)
    return PlaceTable("feasible", frame.astype({"rank": "Int64"}), columns, looks, "districts")


def _look(scores: pd.Series, language: str) -> gis.MapLook:
    """Fill them by score: the best lies on the others, as the first row."""
    say = partial(texts.say, language)
    bounds = classes.breaks(scores, classes.DEFAULT_METHOD, palette.DEFAULT_CLASS_COUNT, 1)
    known = scores.dropna()
    lows = (known.min() if len(known) else np.nan, *bounds)
    ends = zip(lows, bounds, strict=False)
    labels = [f"{texts.number(low, language, 1)} – {texts.number(high, language, 1)}" for low, high in ends]
    return gis.graduated(say("column.score.name"), "score", bounds, labels, say("browser.no_data"))
