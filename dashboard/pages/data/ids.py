"""Name the components of the data screen."""

from enum import StrEnum


class Data(StrEnum):
    """Every component of the data screen that a callback touches."""

    ROOT = "data-root"

    # what a person asked for, and what the server answered
    ASKED = "data-asked"
    ANSWER = "data-answer"

    # the parts that the server fills
    IN_USE = "data-in-use"
    FILE = "data-file"
    PROGRESS = "data-progress"
    MAPPING = "data-mapping"
    REPORT = "data-report"
    RESULT = "data-result"
    LAYERS = "data-layers"
    LINKS = "data-links"
    EDITIONS = "data-editions"
