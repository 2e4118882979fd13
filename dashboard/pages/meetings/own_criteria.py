"""Show the criteria that a group makes for itself: what is asked, what the ends of the scale say, and the weight."""

from typing import Any

from dash import html

from dashboard.clusters.scoring import JUDGEMENT_SCALE, OWN_DIRECTIONS
from dashboard.pages.kit import WEIGHT_STEP, elements, fields
from dashboard.pages.meetings.session import LONGEST_LINE, change
from dashboard.pages.meetings.sitting import Sitting
from dashboard.records.meetings import HEAVIEST_OWN, MOST_OWN

TEXTS = ("name", "question", "lowest", "highest")
OWN_PARTS = (*TEXTS, "direction", "weight")
SPARE_ROWS = 1


def own(seen: Sitting) -> list[Any]:
    """Return the criteria of the group as rows to write, one of them spare, or as they were."""
    say, title, made = seen.context.words.say, seen.context.words.say("own.title"), seen.meeting.own_criteria
    if seen.is_cancelled:
        return []
    if not seen.may_change:
        told = [html.Li([html.B(row["name"], dir="auto"), f" · {_about(row, seen)}"]) for row in made]
        return [elements.section(title, [html.Ul(told, className="read-points")])] if told else []
    rows = [*made, *([{}] * SPARE_ROWS)][:MOST_OWN]
    low, high = JUDGEMENT_SCALE
    entries = [_row(n, row, seen, low, high) for n, row in enumerate(rows)]
    blank: dict[str, Any] = {f"own_{part}": {} for part in OWN_PARTS}
    form = change(seen, "own", entries, title, blank=blank)
    fold = html.Details(
        [html.Summary(say("own.fold", n=len(made))), form], className="folded", id="fold-own", open=bool(made)
    )
    return [elements.section(title, [fold], say("own.note", low=low, high=high))]


def _row(n: int, row: Any, seen: Sitting, low: int, high: int) -> html.Fieldset:
    say = seen.context.words.say
    said = {part: say(f"own.{part}", low=low, high=high) for part in TEXTS}
    cells = [
        fields.cell("own", f"own_{part}", str(n), said[part], str(row.get(part, "")), maxlength=LONGEST_LINE)
        for part in TEXTS
    ]
    choices = [(way, say(f"own.{way}", low=low, high=high)) for way in OWN_DIRECTIONS]
    cells += [
        fields.cell_choice("own", "own_direction", str(n), say("own.direction"), choices, row.get("direction", "")),
        fields.number(
            "own", "own_weight", str(n), say("own.weight"), row.get("weight", 1.0), HEAVIEST_OWN, WEIGHT_STEP
        ),
    ]
    return html.Fieldset([html.Legend(say("own.one", n=n + 1)), *cells], className="even guest")


def _about(row: Any, seen: Sitting) -> str:
    words = seen.context.words
    weight = words.say("own.counts", weight=words.number(row["weight"], 1))
    return " · ".join(filter(None, (row["question"], weight)))
