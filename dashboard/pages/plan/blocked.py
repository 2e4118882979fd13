"""Say why there is no plan, and offer each way to one at the press of a button."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from dash import html

from dashboard import texts
from dashboard.clusters.planning import Blocker, Explanation
from dashboard.clusters.writing import Part, Wording, blocked_parts, sentence
from dashboard.pages.kit.elements import dashed
from dashboard.web.jobs import explanation
from geodata.model import Dataset

Facts = Mapping[str, Any]
# what can be given up here, and by which field it is named; a quota is the programme's
_NAMED = {
    "governments": "nearest", "province": "nearest", "size_least": "nearest", "size_most": "nearest",
    "fixed": "ubigeos", "required": "ubigeos", "forbidden": "ubigeos", "banned": "ubigeos",
}  # fmt: skip
WAYS_SHOWN = 5


def said(status: str, facts: Facts, dataset: Dataset, language: str) -> list[Any] | None:
    """Return why there is no plan, with buttons for what would make one possible; None where there is one."""
    if status == "done":
        return None
    found, say = parts(status, facts, language), partial(texts.say, language)
    if status != "blocked":
        return [html.Div([html.P(text) for text, _ in found], className="error", role="alert")]
    blockers, why = explanation(facts)
    if why is None:
        told = _contradictions(found, blockers, facts["wanted"], dataset, say)
    else:
        (title, _), *conflicts, (heading, ways) = found
        listed = [part for text, items in conflicts for part in (html.P(text), _list(items))]
        told = [html.P(html.B(title)), *listed, html.P(html.B(heading)), *_ways(ways, why, say)]
    return [html.Div(told, className="error", role="alert")]


def _list(items: Sequence[Any]) -> html.Ul:
    rows = [item if isinstance(item, html.Li) else html.Li(item) for item in items]
    return html.Ul(rows, className="plan-blockers")


def _ways(sentences: Sequence[str], why: Explanation, say: Any) -> list[Any]:
    pairs = zip(sentences, why.ways, strict=True)
    rows = [html.Li([html.Span(text), *_button_of(way, text, say)]) for text, way in pairs]
    shown: list[Any] = [_list(rows[:WAYS_SHOWN])] if rows else []
    if rest := rows[WAYS_SHOWN:]:
        title = say("plan.mend.rest", n=len(rest))
        shown.append(html.Details([html.Summary(title), _list(rest)], className="plan-how"))
    quotas = any(_kind(step) == "quota" for way in why.ways for step in way)
    return [*shown, *([html.P(say("plan.mend.cannot"), className="muted")] if quotas else [])]


def _contradictions(
    found: Sequence[Part], blockers: Sequence[Blocker], wanted: Facts, dataset: Dataset, say: Any
) -> list[Any]:
    """Return what contradicts itself, a fixed cluster that can never be with the button that lets go of it."""
    ((title, items),) = found
    if not items:
        return [html.P(title)]
    rows = [
        html.Li([html.Span(text), *_release(blocker, wanted, dataset, say)])
        for text, blocker in zip(items, blockers, strict=True)
    ]
    return [html.P(html.B(title)), _list(rows)]


def parts(status: str, facts: Facts, language: str) -> tuple[Part, ...]:
    """Return why there is no plan: headings, with what stands under each."""
    say = partial(texts.say, language)
    if status == "blocked":
        words = Wording(say, lambda value, decimals: texts.number(value, language, decimals))
        return blocked_parts(words, *explanation(facts))
    if status == "refused":
        return tuple((sentence(say, message, fields), ()) for message, fields in facts["faults"])
    return ((say("plan.failed.title"), ()),)


def sentences(status: str, facts: Facts, language: str) -> list[str]:
    """Return why there is no plan as sentences, one after the other."""
    return [text for heading, items in parts(status, facts, language) for text in (heading, *items)]


def _kind(blocker: Blocker) -> str:
    return blocker.message.rsplit(".", 1)[-1]


def _button_of(way: Sequence[Blocker], told: str, say: Any) -> list[html.Button]:
    """Return the button that takes a way, `told` in words; none where it asks for what cannot be changed here."""
    if any(_kind(step) not in _NAMED for step in way):
        return []
    steps = [(_kind(step), _value(step.fields[_NAMED[_kind(step)]])) for step in way]
    kind, value = steps[0] if len(steps) == 1 else ("several", "|".join(f"{kind}:{value}" for kind, value in steps))
    return [_button(say("plan.mend.do_this"), kind, value, f"{say('plan.mend.do_this')}: {told}")]


def _value(field: object) -> str:
    return "" if field is None else str(field)


def _release(blocker: Blocker, wanted: Facts, dataset: Dataset, say: Any) -> list[html.Button]:
    if not _kind(blocker).startswith("fixed_") or "cluster" not in blocker.fields:
        return []
    districts, cluster = dataset.territory.districts, list(blocker.fields["cluster"])
    groups = (item["ubigeos"] for item in wanted["fixed"])
    meant = next((g for g in groups if [districts[u].name for u in sorted(g)] == cluster), None)
    text = sentence(say, "plan.mend.fixed", blocker.fields)
    return [] if meant is None else [_button(text, "fixed", "-".join(meant))]


def _button(text: str, kind: str, value: str, name: str | None = None) -> html.Button:
    data = dashed(data_does="ease", data_kind=kind, data_value=value, **({"aria_label": name} if name else {}))
    return html.Button(text, className="button", type="button", **data)
