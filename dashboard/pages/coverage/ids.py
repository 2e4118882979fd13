"""Name the components of the coverage screen."""

from enum import StrEnum


class CoverageId(StrEnum):
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
    CoverageId.HEADLINE, CoverageId.PHASES, CoverageId.QUOTAS, CoverageId.STANDINGS, CoverageId.DATES, CoverageId.MAP,
    CoverageId.REACH, CoverageId.FOCAS_ALL, CoverageId.FOCAS_ONE, CoverageId.QSIP_ALL, CoverageId.QSIP_ONE,
)  # fmt: skip

# the parts in which something is chosen and entered
ENTERED = (
    CoverageId.FOCAS_CLUSTER, CoverageId.FOCAS_OF, CoverageId.FOCAS_ENTRY, CoverageId.QSIP_CLUSTER, CoverageId.QSIP_OF,
    CoverageId.QSIP_ENTRY, CoverageId.SHARE, CoverageId.SHARES,
)  # fmt: skip
