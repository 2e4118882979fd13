"""Name the components of the register's screens."""

from enum import StrEnum


class Register(StrEnum):
    """Every part of the register that a callback or the browser's functions touch."""

    ROOT = "register-root"
    BODY = "register-body"

    # what a person asked for, and what the server answered
    ASKED = "register-asked"
    ANSWER = "register-answer"

    # the parts that an answer fills: drawn by the browser, no components of Dash
    SAID = "register-said"
    FILTERS = "register-filters"
    STRIP = "register-strip"
    FOUND = "register-found"
    HEAD = "register-head"
    LIFE = "register-life"
    CONTENT = "register-content"
    PICTURE = "register-picture"
    RULES = "register-rules"
    STEPS = "register-steps"
    PAPERS = "register-papers"
    TALK = "register-talk"
    HISTORY = "register-history"
    MOMENTS = "register-moments"
    NEW = "register-new"


class Do(StrEnum):
    """What can be asked of the server."""

    LIST = "list"
    CLEAR = "clear"
    LOOK = "look"
    EDIT = "edit"
    SAVE = "save"
    OVER = "over"
    STEP = "step"
    HISTORY = "history"
    MOMENTS = "moments"
    READ_CODE = "read_code"
    CREATE = "create"
    SAY = "say"
    UNSAY = "unsay"
    PAPERS = "papers"
    UNATTACH = "unattach"
