"""Name the components that more than one screen uses."""

from enum import StrEnum


class Shell(StrEnum):
    """The frame around every screen."""

    MENU = "shell-menu"
    NAV = "shell-nav"
    WAITS = "shell-waits"
    OPENED = "shell-opened"
    PROBLEMS = "shell-problems"
    DRAFTS = "shell-drafts"
    PROPOSALS = "shell-proposals"
    HISTORY = "shell-history"
    ACTION = "shell-action"
    VIEW = "shell-view"
    QUERY = "shell-query"
    COMPARED = "shell-compared"
    JUDGEMENTS = "shell-judgements"
    WEIGHTS = "shell-weights"
    CRITERIA = "shell-criteria"
    SOUGHT = "shell-sought"
    PLANS = "shell-plans"
    STATUS = "shell-status"
    SAID = "shell-said"
    TO_MAP = "shell-to-map"
    TO_PROPOSE = "shell-to-propose"
    TO_PLAN = "shell-to-plan"
    TO_COMPARE = "shell-to-compare"
    SPANISH = "shell-language-es"
    ENGLISH = "shell-language-en"
