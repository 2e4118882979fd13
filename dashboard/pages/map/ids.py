"""Name the components of the map screen."""

from enum import StrEnum


class Map(StrEnum):
    """Every component of the map screen that a callback touches.

    The last word of an id that edits a candidate is the name of the edit or of the field.
    """

    ROOT = "map-root"
    FIRST_VIEW = "map-first-view"
    PLAIN = "map-plain"
    WEIGHTS = "map-weights"
    GRAPH = "map-graph"
    FRAME = "map-frame"
    HOVER = "map-hover"
    CAPTION = "map-caption"
    SOURCES = "map-sources"
    ADDRESS_PROBLEMS = "map-address-problems"

    # what is shown
    DEPARTMENT = "map-department"
    SEARCH = "map-search"
    FILL = "map-fill"
    FILL_YEARS = "map-fill-years"
    YEAR = "map-year"
    YEAR_BOX = "map-year-box"
    HAZARD = "map-hazard"
    HAZARD_BOX = "map-hazard-box"
    METHOD = "map-method"
    COUNT = "map-count"
    LEGEND = "map-legend"
    LEGEND_FOLDED = "map-legend-folded"
    FIRST_STEPS = "map-first-steps"
    LIMITS_OFFER = "limits-offer"
    BACKDROP = "map-backdrop"
    BACKDROP_BOX = "map-backdrop-box"
    BACKDROP_TOLD = "map-backdrop-told"
    BACKDROPS = "map-backdrops"
    CUT_WANTED = "map-cut-wanted"
    CUT = "map-cut"
    OVERLAYS = "map-overlays"
    KEY = "map-key"
    CONFLICT_PERIOD = "map-conflict-period"
    CONFLICT_YEARS = "map-conflict-years"
    HAZARD_YEARS = "map-hazard-years"
    HAZARD_PERIOD = "map-hazard-period"
    CONFLICT_SLIDER = "map-conflict-slider"
    HAZARD_SLIDER = "map-hazard-slider"
    YEARS = "map-years"
    TIMELINE_TOGGLE = "map-timeline-toggle"
    TIMELINE_INSIDE = "map-timeline-inside"
    TIMELINE_PARTS = "map-timeline-parts"

    # tools
    TOOL = "map-tool"
    CLICKED = "map-clicked"
    TOOL_HINT = "map-tool-hint"
    WAY = "map-way"
    COUNTS_BY = "map-counts-by"
    SHAPE = "map-shape"
    ENCLOSED = "map-enclosed"
    UNDO = "map-do-undo"
    REDO = "map-do-redo"
    ZOOM_IN = "map-zoom-in"
    ZOOM_OUT = "map-zoom-out"
    ZOOM_FIT = "map-zoom-fit"
    ZOOM_CANDIDATE = "map-zoom-candidate"
    PICTURE = "map-picture"
    PRINT = "map-print"

    # the candidate in hand
    CANDIDATE = "map-candidate"
    WHO = "map-who"
    START = "map-do-start"
    DUPLICATE = "map-do-duplicate"
    EMPTY = "map-do-empty"
    REMOVE = "map-do-remove"
    EDITOR = "map-editor"
    NAME = "map-field-name"
    SERVICES = "map-field-services"
    PHASE = "map-field-phase"
    NOTE = "map-field-note"
    ORIGIN = "map-origin"
    CHIPS = "map-chips"
    ADD = "map-add"
    NEIGHBOURS = "map-neighbours"
    ONE_PROVINCE = "map-one-province"
    VERDICTS = "map-verdicts"
    MEASURES = "map-measures"
    COMPARE = "map-compare"
    JUDGEMENT = "map-judgement"

    # its place among all, and what would better it
    STANDING = "map-standing"
    EDITION = "map-edition"

    # keeping the drawing in the record
    SAVE = "map-save"
    TO_RECORD = "map-to-record"
    SAVING = "map-saving"
    SAVING_ABOUT = "map-saving-about"
    SAVING_FORM = "map-saving-form"
    SAVING_SAID = "map-saving-said"
    SAVE_ASKED = "map-save-asked"
    SAVE_ANSWER = "map-save-answer"
    ASKED_ACTIVE = "map-asked-active"

    # the sheet of a district
    SHEET_OF = "map-sheet-of"
    SHEET = "map-sheet"
    SHEET_BODY = "map-sheet-body"
    SHEET_CLOSE = "map-sheet-close"

    # folding
    FOLD_LEFT = "map-fold-left"
    FOLD_RIGHT = "map-fold-right"
    FOLDED = "map-folded"

    # downloads
    DOWNLOAD_FORMAT = "map-download-format"
    DOWNLOAD_BUTTON = "map-download-button"
    DOWNLOAD = "map-download"


# components made in numbers: the kinds of their pattern ids
CHIP = "map-chip"


def legend_of(overlay: str) -> str:
    """Return the id of the place where an overlay's legend is drawn."""
    return f"map-legend-of-{overlay}"


def years_of(slider: str) -> str:
    """Return the id of the place where the chart above a slider is drawn."""
    return f"{slider}-years"
