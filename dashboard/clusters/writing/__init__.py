"""What the engine found, written: sentences, tables, workbooks and files."""

from dashboard.clusters.writing import exports, group_sentences, sentences, tables
from dashboard.clusters.writing.columns import (
    Column,
    codebook,
    described_column,
    gap_rests,
    measure_column,
    measure_help,
    of_table,
)
from dashboard.clusters.writing.exports import (
    candidate_columns,
    geojson_bytes,
    limits_notice,
    map_notice,
    sources,
    to_geodataframe,
)
from dashboard.clusters.writing.filling_sentences import (
    Turned,
    shown_fillings,
)
from dashboard.clusters.writing.group_sentences import Followed
from dashboard.clusters.writing.journey_sentences import touching_sentence, travel_sentences
from dashboard.clusters.writing.sentences import (
    Part,
    Wording,
    blocked_parts,
)
from dashboard.clusters.writing.wording import (
    Say,
    joined,
    sentence,
    verdict_sentence,
)
from dashboard.clusters.writing.workbook import (
    comparison_workbook,
)
from dashboard.clusters.writing.workbook_style import (
    DAY,
    FIRST_ROW,
    HEAD_ROW,
    described,
    styles,
    write_codebook,
)

__all__ = [
    "Column",
    "DAY",
    "FIRST_ROW",
    "Followed",
    "HEAD_ROW",
    "Part",
    "Say",
    "Turned",
    "Wording",
    "blocked_parts",
    "candidate_columns",
    "codebook",
    "described",
    "described_column",
    "comparison_workbook",
    "exports",
    "shown_fillings",
    "gap_rests",
    "geojson_bytes",
    "group_sentences",
    "joined",
    "limits_notice",
    "map_notice",
    "measure_column",
    "measure_help",
    "of_table",
    "sentence",
    "sentences",
    "sources",
    "styles",
    "tables",
    "to_geodataframe",
    "touching_sentence",
    "travel_sentences",
    "verdict_sentence",
    "write_codebook",
]
