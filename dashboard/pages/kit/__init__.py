"""What the screens share: frame, forms, lists, verdicts and comparison tables."""

from dashboard.pages.kit import (
    boxes,
    comparison,
    elements,
    fields,
    forms,
    frames,
    group_map,
    identity,
    judged,
    outcomes,
    protocol,
    sharing,
    shell,
    tables,
    takeaway,
    verdicts,
    wiring,
)
from dashboard.pages.kit.class_bounds import cut
from dashboard.pages.kit.controls import (
    best_match_first,
    dropdown,
    list_labels,
    one_of,
)
from dashboard.pages.kit.drafts import (
    NAME_LENGTH,
    NOTE_LENGTH,
    PROPOSAL,
    BadDraft,
    Period,
    Proposals,
    Services,
    Weights,
    candidate_of,
    chosen,
    locked_of,
    period_of,
    weights_of,
)
from dashboard.pages.kit.elements import as_json, state_mark
from dashboard.pages.kit.ids import (
    Shell,
)
from dashboard.pages.kit.memo import (
    kept,
)
from dashboard.pages.kit.screen import Screen, at, menu, screens
from dashboard.pages.kit.shell import (
    MOST_WEIGHT,
    WEIGHT_STEP,
)
from dashboard.pages.kit.speech import (
    caveats,
    words,
)
from dashboard.pages.kit.tables import table, wide

__all__ = [
    "BadDraft",
    "MOST_WEIGHT",
    "WEIGHT_STEP",
    "NAME_LENGTH",
    "NOTE_LENGTH",
    "PROPOSAL",
    "Period",
    "Proposals",
    "Screen",
    "Services",
    "Shell",
    "Weights",
    "as_json",
    "at",
    "best_match_first",
    "boxes",
    "candidate_of",
    "caveats",
    "chosen",
    "comparison",
    "cut",
    "dropdown",
    "elements",
    "fields",
    "forms",
    "frames",
    "group_map",
    "identity",
    "judged",
    "kept",
    "list_labels",
    "locked_of",
    "menu",
    "one_of",
    "outcomes",
    "protocol",
    "period_of",
    "screens",
    "sharing",
    "shell",
    "state_mark",
    "table",
    "tables",
    "takeaway",
    "verdicts",
    "weights_of",
    "wide",
    "wiring",
    "words",
]
