"""Name the components of the accounts screen."""

from enum import StrEnum


class Accounts(StrEnum):
    """Every component of the accounts screen that a callback touches."""

    ROOT = "accounts-root"
    ASKED = "accounts-asked"
    ANSWER = "accounts-answer"


class AccountsPart(StrEnum):
    """The parts of the screen that the server fills."""

    OWN = "accounts-own"
    ADDRESS = "accounts-address"
    NEW = "accounts-new"
    LIST = "accounts-list"
    WHICH = "accounts-which"
    CHANGE = "accounts-change"


class AccountsDo(StrEnum):
    """What can be asked for."""

    LOOK = "look"
    CREATE = "create"
    CHANGE = "change"
    PASSWORD = "password"
    UNLOCK = "unlock"
    OWN = "own"
    ADDRESS = "address"
