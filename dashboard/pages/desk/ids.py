"""Name the components of the screen of what waits."""

from enum import StrEnum


class Desk(StrEnum):
    """Every component of the screen that a callback touches."""

    ROOT = "desk-root"
    ASKED = "desk-asked"
    ANSWER = "desk-answer"


class DeskPart(StrEnum):
    """The parts of the screen that the server fills."""

    WAITING = "desk-waiting"
    NEWS = "desk-news"


class DeskDo(StrEnum):
    """What can be asked for."""

    SEEN = "seen"
