"""Name the components of the screen that proposes clusters."""

from enum import StrEnum

from dashboard.pages.kit import weighing


class Propose(StrEnum):
    """Every component of the screen that a callback touches."""

    ROOT = "propose-root"
    ASKED_VIEW = "propose-asked-view"
    FIRST = "propose-first"
    BEGUN = "propose-begun"

    # what is searched for
    DEPARTMENT = "propose-department"
    PROVINCE = "propose-province"
    SERVICES = "propose-services"
    LEAST = "propose-least"
    MOST = "propose-most"
    LOCKED = "propose-locked"
    WEIGHT_ROWS = "propose-weight-rows"
    RESET = "propose-reset"

    # the province first
    STEP = "propose-step"
    PROVINCES = "propose-provinces"

    # what the server answers
    ASKED = "propose-asked"
    FOUND = "propose-found"
    AGAIN = "propose-again"

    # what is shown of it
    TITLE = "propose-title"
    LIST = "propose-list"
    NOTES = "propose-notes"
    SCATTER = "propose-scatter"
    X = "propose-x"
    Y = "propose-y"
    MAP = "propose-map"
    FILL = "propose-fill"
    LEGEND = "propose-legend"
    CUT_WANTED = "propose-cut-wanted"
    CUT = "propose-cut"
    CARD = "propose-card"
    SORT = "propose-sort"
    PICKED = "propose-picked"

    # taking one away
    COMPARE = "propose-compare"
    TO_COMPARE = "propose-to-compare"
    TO_MAP = "propose-to-map"
    MESSAGE = "propose-message"

    # taking all of them away
    FORMAT = "propose-format"
    TAKE = "propose-take"
    FILE = "propose-file"
    FILE_SAID = "propose-file-said"


WEIGHING = weighing.Weighing("propose")  # what stands with the weights

# components made in numbers: the value of `of` in their pattern ids
WEIGHT = "propose-weight"
