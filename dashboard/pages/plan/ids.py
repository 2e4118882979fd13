"""Name the components of the plan screen."""

from enum import StrEnum

from dashboard.pages.kit import weighing


class PlanId(StrEnum):
    """Every component of the plan screen that a callback touches."""

    ROOT = "plan-root"
    ASKED_VIEW = "plan-asked-view"
    FIRST = "plan-first"
    BEGUN = "plan-begun"

    # what is asked
    OBJECTIVE = "plan-objective"
    SERVICES = "plan-services"
    LEAST = "plan-least"
    MOST = "plan-most"
    PER_PROVINCE = "plan-per-province"
    REACH = "plan-reach"
    GOVERNMENTS = "plan-governments"
    WEIGHT_ROWS = "plan-weight-rows"
    WISH = "plan-wish"
    WISH_IN = "plan-wish-in"
    WISH_OUT = "plan-wish-out"
    CHIPS = "plan-chips"
    CALCULATE = "plan-calculate"
    CHANGED = "plan-changed"
    PRESSED = "plan-pressed"

    # its calculation
    ASKED = "plan-asked"
    ANSWER = "plan-answer"
    STOP = "plan-stop"
    WORKING = "plan-working"
    PROGRESS = "plan-progress"
    SHOWN = "plan-shown"

    # the map
    FILL = "plan-fill"
    LEGEND = "plan-legend"
    MAP = "plan-map"
    CUT_WANTED = "plan-cut-wanted"
    CUT = "plan-cut"
    CARD = "plan-card"
    PICKED = "plan-picked"
    PICKED_BAR = "plan-picked-bar"
    ZOOM_IN = "plan-zoom-in"
    ZOOM_OUT = "plan-zoom-out"
    ZOOM_HOME = "plan-zoom-home"

    # what is found
    SAID = "plan-said"
    SUMMARY = "plan-summary"
    DIFFERENCE = "plan-difference"
    LIST = "plan-list"
    LEDGER = "plan-ledger"
    FOOT = "plan-foot"

    # taking it away
    KEEP = "plan-keep"
    UNDO = "plan-undo"
    COPY = "plan-copy"
    FORMAT = "plan-format"
    TAKE = "plan-take"
    PRINT = "plan-print"
    DOWNLOAD = "plan-download"


WEIGHING = weighing.Weighing("plan")  # what stands with the weights

# components made in numbers: the value of `of` in their pattern ids
WEIGHT = "plan-weight"
