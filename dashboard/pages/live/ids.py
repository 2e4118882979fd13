"""Name the components of the screen of live data."""

from enum import StrEnum


class Live(StrEnum):
    """Every component of the screen that a callback touches."""

    ROOT = "live-root"
    ASKED = "live-asked"
    ANSWER = "live-answer"


class LivePart(StrEnum):
    """The parts of the screen that the server fills."""

    NEW = "live-new"
    LIST = "live-list"


class LiveDo(StrEnum):
    """What can be asked for."""

    MAKE = "make"
    END = "end"
