"""Name the components of the comparison screen."""

from enum import StrEnum

from dashboard.pages.kit import weighing


class Compare(StrEnum):
    """Every component of the comparison screen that a callback touches."""

    ROOT = "compare-root"

    # who is compared
    CHOICE = "compare-choice"
    MESSAGE = "compare-message"
    ASKED = "compare-asked"
    ASKED_VIEW = "compare-asked-view"
    ASKED_PROPOSALS = "compare-asked-proposals"
    REFUSED = "compare-refused"
    HEADS = "compare-heads"

    # maps
    FILL = "compare-fill"
    MAPS = "compare-maps"
    LEGEND = "compare-legend"
    SCALE = "compare-scale"
    CUT_WANTED = "compare-cut-wanted"
    CUT = "compare-cut"

    # what the server answers
    DISTRICTS = "compare-districts"
    RULES = "compare-rules"
    MEASURES = "compare-measures"
    FOOT = "compare-foot"
    ANSWER = "compare-answer"

    # weights, points and order
    WEIGHT_ROWS = "compare-weight-rows"
    POINT_HEADS = "compare-point-heads"
    PLOT = "compare-plot"
    RESULT = "compare-result"
    SPOKEN = "compare-spoken"
    RESET = "compare-reset"

    # what groups judged in their meetings
    GROUP = "compare-group"

    # how firm the order is
    FIRM = "compare-firm"
    FIRM_ANSWER = "compare-firm-answer"
    FIRMNESS = "compare-firmness"

    # taking it away
    COPY = "compare-copy"
    PRINT = "compare-print"
    EXCEL = "compare-excel"
    DOWNLOAD = "compare-download"


WEIGHING = weighing.Weighing("compare")  # what stands with the weights

# components made in numbers: the values of `of` in their pattern ids
WEIGHT = "compare-weight"
SCORE = "compare-judged-score"
NOTE = "compare-judged-note"
