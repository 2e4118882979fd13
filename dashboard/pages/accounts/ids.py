"""Name the components of the accounts screen."""

from enum import StrEnum


class Accounts(StrEnum):
    """Every component of the accounts screen that a callback touches."""

    SAID = "accounts-said"
    LIST = "accounts-list"
    KEY = "accounts-key"  # under which the next account is kept once

    NEW_FORM = "accounts-new"
    NEW_LOGIN = "accounts-new-login"
    NEW_NAME = "accounts-new-name"
    NEW_ROLE = "accounts-new-role"
    NEW_DEPARTMENT = "accounts-new-department"
    NEW_PASSWORD = "accounts-new-password"
    CREATE = "accounts-create"

    CHANGE_FORM = "accounts-change-form"
    CHOSEN = "accounts-chosen"
    VERSION = "accounts-version"
    NAME = "accounts-name"
    ROLE = "accounts-role"
    DEPARTMENT = "accounts-department"
    ACTIVE = "accounts-active"
    CHANGE = "accounts-change"
    PASSWORD = "accounts-password"
    SET_PASSWORD = "accounts-set-password"
    UNLOCK = "accounts-unlock"

    OLD = "accounts-old"
    OWN = "accounts-own"
    CHANGE_OWN = "accounts-change-own"
