"""Show what the rules say of a candidate and what it measures."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from dash import html

from dashboard import texts
from dashboard.clusters.measures import GROUPS, MEASURES, Figure, Measure, year_text
from dashboard.clusters.model import Candidate, codes
from dashboard.clusters.rules import SIGNS, Verdict
from dashboard.clusters.writing import joined, verdict_sentence
from dashboard.pages.kit.speech import caveats
from geodata.model import Dataset

# told apart by sign and word as well as colour
_URGENCY = ("fail", "warn", "none", "pass")


def refusal(text: str, language: str) -> html.P:
    """Return why something could not be shown."""
    return html.P(texts.say(language, "error.refused", reason=text), className="error", role="alert")


def rules(found: tuple[Verdict, ...], candidate: Candidate, language: str, see: bool = True) -> list[Any]:
    """Return the verdicts, failing ones first, under a count of each; `see` adds the buttons that show districts on
    the map."""
    say = partial(texts.say, language)
    ordered = sorted(found, key=lambda v: _URGENCY.index(v.status))
    counts = [
        html.Span(f"{sum(v.status == status for v in found)} {SIGNS[status]}", className=f"count {status}",
                  title=say(f"status.{status}"))
        for status in ("fail", "warn", "pass")
    ]  # fmt: skip
    return [
        html.Div([html.H3(say("map.rules")), *counts], className="group-heading"),
        html.Ul([_verdict(v, say, see) for v in ordered], className="rules"),
    ]


def _verdict(verdict: Verdict, say: Any, see: bool) -> html.Li:
    parts: list[Any] = [
        html.Span(SIGNS[verdict.status], className="sign", **{"aria-hidden": "true"}),
        html.Div(
            [
                html.Span(f"{say('status.' + verdict.status)}: ", className="visually-hidden"),
                html.B(say(f"rule.{verdict.rule}.name"), title=say(f"rule.{verdict.rule}.help")),
                html.Span(verdict_sentence(say, verdict), className="rule-sentence"),
            ],
            className="rule-text",
        ),
    ]
    shown = sorted(verdict.ubigeos | verdict.mends)
    if see and shown and verdict.status in ("fail", "warn"):
        name = say(f"rule.{verdict.rule}.name")
        parts.append(
            html.Button(
                say("map.see"),
                className="see",
                **{"aria-label": say("map.see_rule", name=name), "data-ubigeos": "-".join(shown)},
            )
        )
    return html.Li(parts, className=f"rule {verdict.status}")


def measures(
    candidate: Candidate,
    figures: Mapping[str, Figure],
    conflict_period: tuple[int, int],
    hazard_period: tuple[int, int],
    dataset: Dataset,
    language: str,
) -> list[Any]:
    """Return the measures by group, each with unit, year and what it is missing."""
    say = partial(texts.say, language)
    if not candidate.ubigeos:
        return [html.P(say("map.nothing_measured"), className="empty")]
    groups = [_group(group, figures, (conflict_period, hazard_period), dataset, language) for group in GROUPS]
    code = html.P([say("map.code"), " ", html.Code(codes.encode(candidate.ubigeos))], className="code-line")
    return [*groups, code]


def _group(group: str, figures: Mapping[str, Figure], periods: Any, dataset: Dataset, language: str) -> html.Div:
    rows = [
        _row(MEASURES[key], figure, periods, dataset, language)
        for key, figure in figures.items()
        if MEASURES[key].group == group
    ]
    heading = html.H3(texts.say(language, f"measure_group.{group}"))
    return html.Div([heading, html.Table(html.Tbody(rows), className="measure-table")])


def _row(measure: Measure, figure: Figure, periods: Any, dataset: Dataset, language: str) -> html.Tr:
    say = partial(texts.say, language)
    source = dataset.provenance[measure.resource].source
    year = year_text(measure, dataset, *periods)
    help_text = f"{say(f'measure.{measure.key}.help')} {say('map.source', source=source, year=year)}"
    return html.Tr(
        [
            html.Th(
                [say(f"measure.{measure.key}.name"), html.Span(_unit(measure, year, say), className="unit")],
                scope="row",
                title=help_text,
            ),
            html.Td(
                [
                    texts.number(figure.value, language, measure.decimals, say("browser.unknown")),
                    *_caveats(figure, say),
                ]
            ),
        ]
    )


def _unit(measure: Measure, year: str, say: Any) -> str:
    return " · ".join(part for part in (say(f"unit.{measure.unit}"), year) if part)


def _caveats(figure: Figure, say: Any) -> list[Any]:
    notes = caveats(figure, say)
    named = figure.detail.get("names")
    if named:
        notes.append(joined(say, tuple(named)))
    return [html.Span(note, className="caveat") for note in notes]
