"""Say why there is no plan, and offer each change that would make one possible."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from dash import html

from dashboard import texts
from dashboard.clusters.plan_model import Blocker
from dashboard.clusters.told import Words, blocked_sentences
from dashboard.clusters.wording import sentence
from geodata.dataset import Dataset

Facts = Mapping[str, Any]
# what can be given up here, by what stands in the way
_MENDS = ("governments", "province", "fixed", "required", "forbidden", "banned")


def said(status: str, facts: Facts, dataset: Dataset, language: str) -> list[Any] | None:
    """Return why there is no plan, with buttons for what would mend it; None where there is one."""
    if status == "done":
        return None
    title, *others = sentences(status, facts, language)
    blockers = facts.get("blockers", [])
    if not others:
        return [html.Div(html.P(title), className="error", role="alert")]
    say = partial(texts.say, language)
    rows = [
        html.Li([html.Span(text), *_mends(blocker, facts["wanted"], dataset, say)])
        for text, blocker in zip(others, blockers, strict=True)
    ]
    quotas = any(_kind(blocker) == "quota" for blocker in blockers)
    note = [html.P(say("plan.mend.cannot"), className="muted")] if quotas else []
    listed = html.Ul(rows, className="plan-blockers")
    return [html.Div([html.P(html.B(title)), listed, *note], className="error", role="alert")]


def sentences(status: str, facts: Facts, language: str) -> list[str]:
    """Return why there is no plan: one sentence, or a title and a sentence for each thing in its way."""
    say = partial(texts.say, language)
    if status == "blocked":
        blockers = [Blocker(b["message"], b["fields"], b["alone"]) for b in facts["blockers"]]
        words = Words(say, lambda value, decimals: texts.number(value, language, decimals))
        return list(blocked_sentences(words, blockers))
    if status == "refused":
        return [sentence(say, facts["message"], facts["fields"])]
    return [say("plan.failed.title")]


def _kind(blocker: Facts) -> str:
    return blocker["message"].rsplit(".", 1)[-1]


def _mends(blocker: Facts, wanted: Facts, dataset: Dataset, say: Any) -> list[html.Button]:
    """Return the button that gives up what stands in the way; `data-*` says which wish it is."""
    kind, fields = _kind(blocker), blocker["fields"]
    if kind.startswith("fixed_") and "cluster" in fields:  # a fixed cluster that can never be
        kind = "fixed"
    if kind not in _MENDS:
        return []
    if kind == "governments":
        most = fields.get("most")
        text = say("plan.mend.governments", most=most) if most else say("plan.mend.governments_none")
        return [_button(text, "ease", kind, str(most or ""))]
    if kind in ("province", "forbidden"):
        return [_button(say(f"plan.mend.{kind}"), "ease", kind, "")]
    names = fields["cluster" if kind == "fixed" else "districts"]
    value = _meant(kind, names, wanted, dataset)
    return [_button(sentence(say, f"plan.mend.{kind}", dict(fields)), "ease", kind, value)] if value is not None else []


def _meant(kind: str, names: Any, wanted: Facts, dataset: Dataset) -> str | None:
    """Return the districts of the wish with these names; None where it is not found."""
    districts = dataset.territory.districts
    if kind == "banned":
        return ""  # they are given up together
    groups = [item["ubigeos"] for item in wanted["fixed"]] if kind == "fixed" else [[u] for u in wanted["required"]]
    found = (group for group in groups if [districts[u].name for u in sorted(group)] == list(names))
    return next(("-".join(group) for group in found), None)


def _button(text: str, does: str, kind: str, value: str) -> html.Button:
    return html.Button(
        text, className="button", type="button", **{"data-does": does, "data-kind": kind, "data-value": value}
    )
