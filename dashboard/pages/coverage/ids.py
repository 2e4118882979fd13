"""Name the components of the coverage screen."""

from enum import StrEnum


class Coverage(StrEnum):
    """Every component of the coverage screen that a callback touches."""

    ROOT = "coverage-root"
    ASKED = "coverage-asked"
    ANSWER = "coverage-answer"
    UNTIL = "coverage-until"
    COUNT = "coverage-count"

    # what is only read, drawn by the browser
    HEADLINE = "coverage-headline"
    PHASES = "coverage-phases"
    QUOTAS = "coverage-quotas"
    STANDINGS = "coverage-standings"
    DATES = "coverage-dates"
    MAP = "coverage-map"
    REACH = "coverage-reach"
    FOCAS_ALL = "coverage-focas-all"
    FOCAS_ONE = "coverage-focas-one"
    QSIP_ALL = "coverage-qsip-all"
    QSIP_ONE = "coverage-qsip-one"

    # one FOCAS score, one QSIP stage: of which cluster, of what, and the form
    FOCAS_CLUSTER = "coverage-focas-cluster"
    FOCAS_OF = "coverage-focas-of"
    FOCAS_ENTRY = "coverage-focas-entry"
    QSIP_CLUSTER = "coverage-qsip-cluster"
    QSIP_OF = "coverage-qsip-of"
    QSIP_ENTRY = "coverage-qsip-entry"

    # spreadsheets
    FOCAS_CHOSEN = "coverage-focas-chosen"
    FOCAS_ROUND = "coverage-focas-round"
    FOCAS_TEMPLATE = "coverage-focas-template"
    FOCAS_SHEET = "coverage-focas-sheet"
    QSIP_CHOSEN = "coverage-qsip-chosen"
    QSIP_TEMPLATE = "coverage-qsip-template"
    QSIP_SHEET = "coverage-qsip-sheet"

    # pages that can be shared
    SHARE = "coverage-share"
    SHARES = "coverage-shares"


class CoverageDo(StrEnum):
    """What can be asked for."""

    LOOK = "look"
    SCORE = "score"
    STAGE = "stage"
    SHARE = "share"
    END_SHARE = "end"


# the parts of the screen that hold no control
READ = (
    Coverage.HEADLINE, Coverage.PHASES, Coverage.QUOTAS, Coverage.STANDINGS, Coverage.DATES, Coverage.MAP,
    Coverage.REACH, Coverage.FOCAS_ALL, Coverage.FOCAS_ONE, Coverage.QSIP_ALL, Coverage.QSIP_ONE,
)  # fmt: skip

# the parts in which something is chosen and entered
ENTERED = (
    Coverage.FOCAS_CLUSTER, Coverage.FOCAS_OF, Coverage.FOCAS_ENTRY, Coverage.QSIP_CLUSTER, Coverage.QSIP_OF,
    Coverage.QSIP_ENTRY, Coverage.SHARE, Coverage.SHARES,
)  # fmt: skip
