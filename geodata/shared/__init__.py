"""What every room needs and none owns: clock, names of files, rounding, years, templates, whole files."""

from geodata.shared import clock, disk, precision
from geodata.shared.file_names import file_name, plain
from geodata.shared.markup import style_hash, stylesheet, templates
from geodata.shared.precision import (
    FILE_DECIMALS,
    SAME_WITHIN,
    place_among,
    rounded,
    rounded_all,
    whole,
)
from geodata.shared.problems import SentenceError, Unusable
from geodata.shared.years import (
    period_text,
    years_text,
)

__all__ = [
    "FILE_DECIMALS",
    "SentenceError",
    "SAME_WITHIN",
    "Unusable",
    "clock",
    "disk",
    "file_name",
    "period_text",
    "place_among",
    "plain",
    "precision",
    "rounded",
    "rounded_all",
    "style_hash",
    "stylesheet",
    "templates",
    "whole",
    "years_text",
]
