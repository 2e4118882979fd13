"""Set plan A and plan B side by side, and put into words what a plan was asked."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from dash import html

from dashboard import texts
from dashboard.clusters.scoring import FIXED
from dashboard.clusters.writing import joined
from dashboard.documents import plan_files
from dashboard.pages.kit import elements, table
from dashboard.pages.kit.elements import dashed
from dashboard.pages.plan import blocked
from dashboard.web.jobs import JobState
from geodata.model import Dataset
from geodata.shared import rounded

Say = Callable[..., str]
Facts = Mapping[str, Any]


def request_words(wanted: Facts, dataset: Dataset, language: str) -> str:
    """Return what was asked of a plan, in one line."""
    say = partial(texts.say, language)
    least, most = wanted["sizes"]
    services = [say(f"service.{s}").lower() for s in wanted["services"]]
    parts = [
        say("plan.words.objective", objective=say(f"engine.plan.objective.{wanted['objective']}")),
        say("plan.words.services", services=joined(say, services)) if services else say("plan.words.all_services"),
        say("plan.words.sizes_one" if least == most else "plan.words.sizes", least=least, most=most),
        say("plan.words.per_province", n=wanted["perProvince"])
        if wanted["perProvince"]
        else say("plan.words.any_per_province"),
    ]
    if wanted["governments"] is not None:
        parts.append(say("plan.words.governments", n=wanted["governments"]))
    parts += [say(f"plan.words.{key}", n=len(wanted[key])) for key in ("fixed", "forbidden") if wanted[key]]
    for key in ("required", "banned"):
        names = [dataset.territory.districts[u].name for u in wanted[key]]
        parts += [say(f"plan.words.{key}", names=joined(say, names))] if names else []
    weights = [
        f"{say(f'criterion.{key}.name').lower()} {texts.number(weight, language, 1 if weight % 1 else 0)}"
        for key, weight in wanted["weights"].items()
    ]
    parts += [say("plan.words.weights", weights=", ".join(weights))] if weights else []
    parts += [say("plan.words.fixed_anchors")] if wanted.get("anchors") == FIXED else []
    return "; ".join(parts)


def sides(
    former: JobState | None,
    kept: Facts | None,
    now: Facts,
    changes: Facts | None,
    auto: object,
    dataset: Dataset,
    language: str,
) -> list[Any] | None:
    """Return plan A, whose facts are `kept`, against plan B; None where there is no plan A.

    auto: made after a single wish.
    """
    if former is None:
        return None
    say = partial(texts.say, language)
    title = html.H3(say("plan.difference.title_auto" if auto else "plan.difference.title"))
    drop = html.Button(say("plan.drop"), className="button", type="button", **dashed(data_does="drop"))
    undo = html.Button(say("plan.undo"), className="button", type="button", title=say("plan.undo_help"),
                       **dashed(data_does="undo"))  # fmt: skip
    buttons = html.Div([undo, drop] if auto else [drop], className="plan-doings")
    if changes is None or kept is None:
        why = " ".join(blocked.sentences(former.status, former.answer, language))
        return [html.Div([title, html.P(say("plan.difference.no_plan_a", why=why)), buttons], className="plan-sides")]
    words = {name: request_words(plan["wanted"], dataset, language) for name, plan in (("a", kept), ("b", now))}
    about = [html.P(say(f"plan.difference.{name}_is", words=text), className="muted") for name, text in words.items()]
    figures = _figures(kept, now, changes, say, language)
    parts = [title, *about, figures, *_clusters(kept, now, changes, dataset, say), buttons]
    return [html.Div(parts, className="plan-sides")]


def _figures(a: Facts, b: Facts, changes: Facts, say: Say, language: str) -> html.Table:
    def row(name: str, values: Sequence[float], decimals: int = 0) -> html.Tr:
        first, second = (rounded(value, decimals) for value in values)
        cells = [texts.number(value, language, decimals) for value in values]
        cells.append(texts.signed(second - first, language, decimals))  # of what is shown
        return html.Tr([html.Th(name, scope="row"), *(html.Td(text) for text in cells)])

    def total(plan: Facts, name: str) -> float:
        return sum(c[name] for c in plan["clusters"] if c[name] is not None)

    heads = [say(f"plan.difference.{name}") for name in ("measure", "a", "b", "minus")]
    sought = {"affected": "people", "score": "score", "spread": "score", None: ""}[changes["objective"]]

    def named(key: str) -> str:
        name = say(f"plan.difference.{key}")
        return say("plan.difference.sought", measure=name) if key == sought else name

    rows = [
        row(named("people"), [total(p, "affected") for p in (a, b)]),
        row(named("score"), [total(p, "score") for p in (a, b)], 1),
        row(named("governments"), [a["governments"], b["governments"]]),
        row(named("provinces"), [a["provinces"], b["provinces"]]),
    ]
    if changes["objective"] is None:
        rows.append(html.Tr(html.Td(say("plan.difference.other_objective"), colSpan=4, className="muted")))
    return table("", heads, rows, look="plan-ledger plan-figures")


def _clusters(a: Facts, b: Facts, changes: Facts, dataset: Dataset, say: Say) -> list[Any]:
    of_a, of_b = ({c["code"]: c for c in plan["clusters"]} for plan in (a, b))
    if not changes["come"] and not changes["go"] and not changes["moved"]:
        return [html.P(say("plan.difference.nothing"), className="plan-nothing")]
    parts: list[Any] = []
    for name, sign, source in (("come", "+", of_b), ("go", "−", of_a)):
        # letters are of one plan each: those of A would be read as others of B
        lines = [_line(source[code], dataset, say, "A · " if source is of_a else "") for code in changes[name]]
        parts += _listed(say(f"plan.difference.{name}", n=len(lines)), sign, lines)
    moved = [
        say("plan.difference.line_moved", before=of_a[code]["phase"], after=of_b[code]["phase"],
            **_place(of_b[code], dataset))
        for code in changes["moved"]
    ]  # fmt: skip
    parts += _listed(say("plan.difference.moved", n=len(moved)), "↔", moved)
    return [*parts, html.P(say("plan.difference.stay", n=len(changes["stay"]), all=len(of_b)))]


def _place(cluster: Facts, dataset: Dataset) -> dict[str, Any]:
    territory = dataset.territory
    return {
        "name": plan_files.title_of(cluster, territory),
        "department": territory.departments[cluster["department"]].name,
    }


def _line(cluster: Facts, dataset: Dataset, say: Say, of: str) -> str:
    names = joined(say, [dataset.territory.districts[u].name for u in cluster["ubigeos"]])
    told = say("plan.difference.line", districts=names, **_place(cluster, dataset))
    return told if cluster["identity"]["id"] else f"{of}{told}"


def _listed(title: str, sign: str, lines: Sequence[str]) -> list[Any]:
    if not lines:
        return []
    mark = elements.sign(sign)
    return [html.P([mark, html.B(title)]), html.Ul([html.Li(line) for line in lines], className="plan-changes")]
