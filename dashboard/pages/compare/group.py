"""Offer what groups judged of proposals in their meetings as the value of what a group judges, and say so."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from dash import html

from dashboard.clusters.ranking import LETTERS
from dashboard.clusters.scoring import load_criteria
from dashboard.pages.kit import PROPOSAL, judged
from dashboard.pages.kit.elements import dashed
from dashboard.records.core import Words
from dashboard.records.meetings import GroupJudgement, speaking


def proposals_in(asked: Any) -> tuple[str, ...]:
    """Return the candidates that a browser compares, by the name it has for each, "" for what is none."""
    columns = asked.get("columns") if isinstance(asked, dict) else None
    sent = [column.get("id") if isinstance(column, dict) else None for column in columns or ()]
    return tuple(id if isinstance(id, str) else "" for id in sent[: len(LETTERS)])


def group_row(ids: Sequence[str], made: Mapping[str, GroupJudgement], words: Words) -> list[Any]:
    """Return a row with what the group judged of each candidate, nothing where it judged none of them."""
    found = [made.get(id.removeprefix(PROPOSAL)) if id.startswith(PROPOSAL) else None for id in ids]
    if not any(found):
        return []
    label = html.Div(
        [html.B(words.say("judged.compare")), html.P(words.say("judged.compare_note"), className="muted")],
        className="compare-label",
    )
    cells = [_cell(n, id, own, words) for n, (id, own) in enumerate(zip(ids, found, strict=True))]
    return [html.Div([label, html.Div(cells, className="compare-columns")], className="compare-row compare-group")]


def _cell(column: int, id: str, own: GroupJudgement | None, words: Words) -> html.Div:
    place = f"compare-cell column-{column}"
    if own is None:
        return html.Div(html.P(words.say("judged.none"), className="muted"), className=place)
    known = load_criteria()  # a comparison has no criteria of one group alone
    scores = {key: one.median for key, one in own.judged.items() if one.median is not None and key in known}
    words = speaking(words, own.own_criteria)
    uses = dashed(
        data_use_group=id,
        data_scores=orjson.dumps(scores).decode(),
        data_used=words.say("judged.used"),
        data_unused=words.say("judged.use"),
        aria_pressed="false",
    )
    use = [html.Button(words.say("judged.use"), type="button", className="button small", **uses)] if scores else []
    said = [html.Li(judged.judged_sentence(key, one, words)) for key, one in own.judged.items()]
    return html.Div([html.Ul(said), html.P(judged.judged_where(own, words), className="muted"), *use], className=place)
