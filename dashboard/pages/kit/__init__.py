"""What the screens share: frame, forms, lists, verdicts and comparison tables."""

from dashboard.pages.kit import comparison, forms, shell, verdicts
from dashboard.pages.kit.class_bounds import cut
from dashboard.pages.kit.controls import (
    best_match_first,
    dropdown,
    list_labels,
)
from dashboard.pages.kit.drafts import (
    NAME_LENGTH,
    NOTE_LENGTH,
    PROPOSAL,
    BadDraft,
    Proposals,
    candidate_of,
    chosen,
    locked_of,
    period_of,
    weights_of,
)
from dashboard.pages.kit.elements import (
    Choice,
    answer,
    button,
    control,
    link,
    section,
    select,
)
from dashboard.pages.kit.forms import (
    Shown,
    new_key,
    state_mark,
    table,
)
from dashboard.pages.kit.ids import (
    Shell,
)
from dashboard.pages.kit.memo import (
    kept,
)
from dashboard.pages.kit.screen import Screen, menu, screens
from dashboard.pages.kit.shell import (
    MOST_WEIGHT,
)
from dashboard.pages.kit.speech import (
    caveats,
    words,
)
from dashboard.pages.kit.verdicts import (
    SIGNS,
)

__all__ = [
    "Screen",
    "cut",
    "menu",
    "screens",
    "BadDraft",
    "Choice",
    "MOST_WEIGHT",
    "NAME_LENGTH",
    "NOTE_LENGTH",
    "PROPOSAL",
    "Proposals",
    "SIGNS",
    "Shell",
    "Shown",
    "answer",
    "best_match_first",
    "button",
    "candidate_of",
    "caveats",
    "chosen",
    "comparison",
    "control",
    "dropdown",
    "forms",
    "kept",
    "link",
    "list_labels",
    "locked_of",
    "new_key",
    "period_of",
    "section",
    "select",
    "shell",
    "state_mark",
    "table",
    "verdicts",
    "weights_of",
    "words",
]
