"""Show a plan: what it reaches and how good it is, its clusters by phase, and its ledger."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from dash import html

from dashboard import texts
from dashboard.clusters.measures import MEASURES, year_text
from dashboard.clusters.model import SERVICES
from dashboard.clusters.scoring import load_criteria
from dashboard.clusters.writing import joined, limits_notice
from dashboard.documents import plan_files
from dashboard.pages.kit import elements, table
from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.identity import disc
from dashboard.pages.plan.sides import request_words
from dashboard.records.proposals import Identity
from dashboard.web.jobs import JobState
from geodata.model import Dataset, Territory

Say = Callable[..., str]
Facts = Mapping[str, Any]
REACHED, SHORT = "✓", "✗"


def progress(state: JobState, language: str) -> list[Any]:
    """Return what is being done, for how long, and a bar."""
    say = partial(texts.say, language)
    if state.status == "waiting" or not state.doing:
        return [html.P(say("plan.working.waiting")), html.Progress(max="1")]
    seconds = texts.number(state.seconds, language, 0)
    line = say("plan.working.line", doing=say(f"engine.progress.{state.doing}"), seconds=seconds)
    return [html.P(line), html.Progress(max="1", value=str(_whole_share(state)))]


# how long each step takes beside the others, from measuring them; a solve says nothing of how far it is
_STEPS = {"search": (0.0, 0.1), "measure": (0.1, 0.3), "solve": (0.3, 0.6), "diagnose": (0.6, 1.0)}


def _whole_share(state: JobState) -> float:
    first, last = _STEPS.get(state.doing, (0.0, 1.0))
    return round(first + (last - first) * min(max(state.share, 0.0), 1.0), 3)


# ---- what it reaches


def summary(plan: Facts, dataset: Dataset, language: str) -> list[Any]:
    """Return the objective reached, whether it is proven, what it was chosen from, and how each was made."""
    say = partial(texts.say, language)
    objective = plan["wanted"]["objective"]
    value = say(
        f"engine.plan.value_{objective}",
        value=texts.number(plan["value"], language, 0 if objective == "affected" else 1),
        mean=texts.number(plan["mean"], language, 1),
        provinces=plan["provinces"],
    )
    stopped = "engine.plan.stopped" if plan["reach"] is None else "engine.plan.stopped_reach"
    proof = say(
        "engine.plan.proven" if plan["proven"] else stopped,
        gap=texts.number(100 * plan["gap"], language, 2),
        value=texts.number(plan["value"], language, 0 if objective == "affected" else 1),
        bound=texts.number(plan["bound"], language, 0 if objective == "affected" else 1),
        reach=plan["reach"],
    )
    reached = say("plan.value.governments", district=plan["governments"], provinces=plan["provinces"])
    effort = [
        say("plan.value.considered", n=texts.number(plan["considered"], language)),
        say("plan.value.seconds", seconds=texts.number(plan["seconds"], language, 1)),
        *([say("engine.plan.unknown", n=plan["unknown"])] if plan["unknown"] else []),
        *([say("engine.plan.unvalued", n=plan["unvalued"])] if plan["unvalued"] else []),
    ]
    sign = html.Span(REACHED if plan["proven"] else "!", className="sign", **dashed(aria_hidden="true"))
    return [
        html.P(value, className="plan-value"),
        html.P([sign, proof], className="plan-proof pass" if plan["proven"] else "plan-proof warn"),
        html.P(reached),
        html.P(" ".join(effort), className="muted"),
        html.Ul([_target(line, say) for line in plan["ledger"] if line["target"]], className="plan-targets"),
        opened(say("plan.value.made"), _formulas(plan, dataset, say)),
    ]


def _target(line: Facts, say: Say) -> html.Li:
    planned = line["target"]["total"]
    words = say("plan.value.phase_line", phase=line["phase"], reached=line["total"], target=planned)
    return html.Li([_sign(line["total"] >= planned, say("plan.value.reached"), say("plan.value.short")), words])


def _sign(reached: bool, yes: str, no: str) -> html.Span:
    mark = elements.sign(REACHED if reached else SHORT)
    word = elements.hidden(f"{yes if reached else no}: ")
    return html.Span([mark, word], className="pass" if reached else "fail")


def opened(title: str, sentences: Sequence[str]) -> html.Details:
    """Return sentences behind a title that opens them."""
    return html.Details([html.Summary(title), *(html.P(text) for text in sentences)], className="plan-how")


def _formulas(plan: Facts, dataset: Dataset, say: Say) -> list[str]:
    keys = (f"plan_{plan['wanted']['objective']}", "plan_gap", "plan_phases", "score")
    return [
        *(say(f"engine.formula.{key}") for key in keys),
        say("plan.value.people"),
        *left_out(plan, say),
        say("plan.value.source", sources=_sources(dataset)),
    ]


def left_out(plan: Facts, say: Say) -> list[str]:
    """Return what does not enter the scores of a plan, and why."""
    scale = plan["scale"]
    judged = joined(say, [say(f"criterion.{key}.name") for key in scale["judged"]])
    found = [say("engine.rank.left_judged", criteria=judged)] if judged else []
    return found + [
        say("engine.rank.left_lacking", criterion=say(f"criterion.{key}.name"), n=n)
        for key, n in scale["lacking"].items()
    ]


def _sources(dataset: Dataset) -> str:
    years = sorted({year_text(MEASURES[f"affected_{s}"], dataset) for s in SERVICES})
    return f"{dataset.provenance['indicators'].source} ({'; '.join(years)})"


# ---- its clusters


def clusters(plan: Facts, changes: Facts | None, dataset: Dataset, language: str) -> list[Any]:
    """Return the clusters by phase and department, each with what can be done with it."""
    say = partial(texts.say, language)
    title = [html.H3(say("plan.list")), html.P(say("plan.list_note"), className="muted plan-note")]
    parts: list[Any] = []
    for phase in sorted({c["phase"] for c in plan["clusters"]}):
        own = [c for c in plan["clusters"] if c["phase"] == phase]
        parts += [_phase(phase, own, say), _heads(say) if phase == plan["clusters"][0]["phase"] else None]
        parts.append(html.Ol([_row(c, plan, changes, dataset, language) for c in own], className="plan-rows"))
    return [*title, html.Div(parts, className="plan-clusters")]


def _phase(phase: int, own: list[Facts], say: Say) -> html.H4:
    sums = {"slots": sum(c["slots"] for c in own), "district": sum(c["district"] for c in own)}
    counts = say("plan.row.phase_sum", n=len(own), **sums)
    mark = html.Span(className=f"plan-mark phase-{phase}", **dashed(aria_hidden="true"))
    return html.H4([mark, say("plan.phase", n=phase), html.Span(counts, className="muted")], className="plan-phase")


def _where(cluster: Facts, territory: Territory) -> str:
    names = [territory.departments[cluster["department"]].name]
    if cluster["identity"]["name"]:  # which may name another place
        names.insert(0, territory.provinces[cluster["province"]].name)
    return ", ".join(dict.fromkeys(names))


_FIGURES = ("people", "score", "slots", "governments")


def _heads(say: Say) -> html.Div:
    heads = [html.Span(say(f"plan.column.{name}"), title=say(f"plan.column.{name}_help")) for name in _FIGURES]
    return html.Div([html.Span(), html.Span(say("plan.column.cluster")), *heads], className="plan-cells plan-heads")


def _row(cluster: Facts, plan: Facts, changes: Facts | None, dataset: Dataset, language: str) -> html.Li:
    say, territory = partial(texts.say, language), dataset.territory
    code = cluster["code"]
    names = joined(say, [territory.districts[u].name for u in cluster["ubigeos"]])
    figures = (
        texts.number(cluster["affected"], language), texts.number(cluster["score"], language, 1),
        str(cluster["slots"]), str(cluster["district"]),
    )  # fmt: skip
    head = html.Button(
        [
            disc(Identity(**cluster["identity"])),
            html.Span(
                [
                    html.B(plan_files.name_of(cluster, territory), dir="auto"),
                    html.Span(_where(cluster, territory), className="muted"),
                    *_tags(cluster, changes, say),
                ],
                className="plan-name",
            ),
            *(
                html.Span([_hidden(say(f"plan.column.{key}")), text])
                for key, text in zip(_FIGURES, figures, strict=True)
            ),
            html.Span(names, className="plan-districts"),
        ],
        className="plan-head plan-cells",
        type="button",
        **dashed(aria_expanded="false", data_does="pick", data_code=code),
    )  # fmt: skip
    return html.Li([head, _more(cluster, plan, say, language)], className="plan-row", **dashed(data_row=code))


def _hidden(text: str) -> html.Span:
    return elements.hidden(f"{text}: ")


def _tags(cluster: Facts, changes: Facts | None, say: Say) -> list[html.Span]:
    found = ["settled"] if cluster["settled"] else ["fixed"] if cluster["fixed"] else []
    if changes is not None:
        found += [key for key, name in (("new", "come"), ("moved", "moved")) if cluster["code"] in changes[name]]
    return [html.Span(say(f"plan.row.{name}"), className=f"plan-tag {name}") for name in found]


def _more(cluster: Facts, plan: Facts, say: Say, language: str) -> html.Div:
    wishes = () if cluster["settled"] else ("unfix" if cluster["fixed"] else "fix", "forbid")
    doings = (*wishes, "see", "compare")
    buttons = [
        html.Button(
            say(f"plan.row.{does}"), className="button", type="button",
            title=say(f"plan.row.{does}_help") if does != "see" else None,
            **dashed(data_does=does, data_code=cluster["code"]),
        )
        for does in doings
    ]  # fmt: skip
    counts = say("plan.row.counts", slots=cluster["slots"], district=cluster["district"], code=cluster["code"])
    parts = [html.Div(buttons, className="plan-doings"), html.P(counts, className="muted")]
    return html.Div([*parts, _score(cluster, plan, say, language)], className="plan-more", hidden=True)


def _score(cluster: Facts, plan: Facts, say: Say, language: str) -> html.Details:
    """Return how a score adds up: value, points, weight and what they add, by criterion."""
    number = partial(texts.number, language=language)
    rows = []
    for key, share in plan["scale"]["used"].items():
        item, own = load_criteria()[key], cluster["criteria"][key]
        value = number(own["value"], decimals=item.decimals)
        unit = say(f"unit.{item.unit}", n=value) if own["value"] is not None else ""
        adds = None if own["points"] is None else share * own["points"]
        rows.append(
            html.Tr(
                [
                    html.Th(say(f"criterion.{key}.name"), scope="row", title=say(item.reason)),
                    html.Td([value, html.Span(unit, className="unit")]),
                    html.Td(number(own["points"], decimals=0)),
                    html.Td(f"{number(100 * share, decimals=0)} %"),
                    html.Td(number(adds, decimals=1)),
                ]
            )
        )
    total = html.Tr(
        [html.Th(say("plan.row.total"), scope="row", colSpan=4), html.Td(number(cluster["score"], decimals=1))],
        className="plan-total",
    )
    columns = ("criterion", "value", "points", "share", "adds")
    made = table("", [say(f"plan.column.{name}") for name in columns], [*rows, total], look="measure-table")
    return html.Details(
        [html.Summary(say("plan.row.how_score")), made, html.P(say("engine.formula.score"), className="muted")],
        className="plan-how",
    )


# ---- its ledger


def ledger(plan: Facts, dataset: Dataset, language: str) -> list[Any]:
    """Return slots against distinct governments: all together against what is planned, then by department."""
    say = partial(texts.say, language)
    return [
        html.H3(say("plan.ledger.title")),
        html.P(say("plan.ledger.note"), className="muted plan-note"),
        html.Div(
            [
                _together([line for line in plan["ledger"] if not line["department"]], say),
                _by_department([line for line in plan["ledger"] if line["department"]], dataset, say),
            ],
            className="plan-ledgers",
        ),
        opened(say("plan.ledger.made"), [say("engine.formula.ledger"), say("plan.ledger.targets")]),
    ]


_COUNTS = ("clusters", "slots", "regional", "provincial", "district", "total")


def _together(lines: list[Facts], say: Say) -> html.Table:
    heads = [say(f"plan.ledger.{name}") for name in ("phase", *_COUNTS)]
    rows = [
        html.Tr([html.Th(line["phase"], scope="row"), *(_count(line, name, say) for name in _COUNTS)]) for line in lines
    ]
    return table(say("plan.ledger.all"), heads, rows, captioned=True, look="plan-ledger")


def _count(line: Facts, name: str, say: Say) -> html.Td:
    planned = (line["target"] or {}).get(name)
    if planned is None:
        return html.Td(str(line[name]))
    sign = _sign(line[name] >= planned, say("plan.ledger.reached"), say("plan.ledger.short"))
    small = html.Span(say("plan.ledger.planned", n=planned), className="unit")
    return html.Td([html.Span([sign, str(line[name])], className="plan-count"), small])


def _by_department(lines: list[Facts], dataset: Dataset, say: Say) -> html.Table:
    phases = sorted({line["phase"] for line in lines})
    by_place = {(line["department"], line["phase"]): line for line in lines}
    top = [html.Th(say("plan.ledger.department"), scope="col", rowSpan=2)]
    top += [html.Th(say("plan.phase", n=phase), scope="colgroup", colSpan=2) for phase in phases]
    under = [
        html.Th(say(f"plan.ledger.{name}_short"), scope="col", title=say(f"plan.ledger.{full}"))
        for _ in phases
        for name, full in (("slots", "slots"), ("governments", "total"))
    ]
    rows = []
    for code in sorted({line["department"] for line in lines}):
        cells = [html.Td(str(by_place[code, phase][name])) for phase in phases for name in ("slots", "total")]
        rows.append(html.Tr([html.Th(dataset.territory.departments[code].name, scope="row"), *cells]))
    return table("", under, rows, above=top, look="plan-ledger by-department")


# ---- what a printed page has to carry


def foot(plan: Facts, dataset: Dataset, language: str) -> list[Any]:
    """Return what was asked, the sources, the edition and the limits notice."""
    say = partial(texts.say, language)
    words = request_words(plan["wanted"], dataset, language)
    return [
        html.P([html.B(f"{say('plan.request')}: "), words, "."]),
        html.P(f"{say('plan.value.people')} {say('plan.value.source', sources=_sources(dataset))}"),
        html.P(f"{limits_notice(dataset, say)} {say('workbook.edition', edition=dataset.edition[:8])}"),
    ]
