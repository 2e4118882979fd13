"""Name the components of the coverage screen."""

from enum import StrEnum


class Coverage(StrEnum):
    """Every component of the coverage screen that a callback touches."""

    ROOT = "coverage-root"
    FILTER = "coverage-filter"
    PARTS = "coverage-parts"
    SHOWN = "coverage-shown"
    ADDRESSED = "coverage-addressed"
    REFRESH = "coverage-refresh"
    UNTIL = "coverage-until"
    COUNT = "coverage-count"

    # what is only read, drawn by the browser out of PARTS
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

    # one FOCAS score
    FOCAS_CLUSTER = "coverage-focas-cluster"
    GOVERNMENT = "coverage-government"
    ROUND = "coverage-round"
    AREA = "coverage-area"
    POINTS = "coverage-points"
    MEASURED = "coverage-measured"
    FOCAS_NOTE = "coverage-focas-note"
    FOCAS_VERSION = "coverage-focas-version"
    FOCAS_KEY = "coverage-focas-key"
    FOCAS_FORM = "coverage-focas-form"
    FOCAS_KEPT = "coverage-focas-kept"
    FOCAS_SAVE = "coverage-focas-save"
    FOCAS_SAID = "coverage-focas-said"

    # one QSIP stage
    QSIP_CLUSTER = "coverage-qsip-cluster"
    CYCLE = "coverage-cycle"
    STAGE = "coverage-stage"
    DONE_ON = "coverage-done-on"
    QSIP_NOTE = "coverage-qsip-note"
    QSIP_VERSION = "coverage-qsip-version"
    QSIP_KEY = "coverage-qsip-key"
    QSIP_FORM = "coverage-qsip-form"
    QSIP_KEPT = "coverage-qsip-kept"
    QSIP_SAVE = "coverage-qsip-save"
    QSIP_SAID = "coverage-qsip-said"

    # spreadsheets
    FOCAS_CHOSEN = "coverage-focas-chosen"
    FOCAS_ROUND = "coverage-focas-round"
    FOCAS_TEMPLATE = "coverage-focas-template"
    FOCAS_SHEET = "coverage-focas-sheet"
    QSIP_CHOSEN = "coverage-qsip-chosen"
    QSIP_TEMPLATE = "coverage-qsip-template"
    QSIP_SHEET = "coverage-qsip-sheet"

    # pages that can be shared
    SHARE_FORM = "coverage-share-form"
    SHARE_LABEL = "coverage-share-label"
    SHARE_SCOPE = "coverage-share-scope"
    SHARE_UNTIL = "coverage-share-until"
    SHARE_MAKE = "coverage-share-make"
    SHARE_SAID = "coverage-share-said"
    SHARE_MADE = "coverage-share-made"
    SHARE_LINK = "coverage-share-link"
    SHARE_COPY = "coverage-share-copy"
    SHARE_COPIED = "coverage-share-copied"
    SHARES = "coverage-shares"


# components made in numbers: the value of `of` in their pattern ids
SHARE_END = "coverage-share-end"

# the parts of the screen that hold no control
READ = (
    Coverage.HEADLINE, Coverage.PHASES, Coverage.QUOTAS, Coverage.STANDINGS, Coverage.DATES, Coverage.MAP,
    Coverage.REACH, Coverage.FOCAS_ALL, Coverage.FOCAS_ONE, Coverage.QSIP_ALL, Coverage.QSIP_ONE,
)  # fmt: skip
