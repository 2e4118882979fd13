"""Show what the rules say of a candidate and what it measures."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from dash import html

from dashboard import texts
from dashboard.clusters.measures import (
    GROUPS,
    MEASURES,
    Figure,
    Measure,
    concentrated,
    measure_all,
    measure_layers,
    year_text,
)
from dashboard.clusters.model import Candidate, codes, travelled
from dashboard.clusters.rules import SIGNS, Verdict
from dashboard.clusters.writing import Say, touching_sentence, travel_sentences, verdict_sentence
from dashboard.pages.kit.elements import dashed, hidden, status_sign
from dashboard.pages.kit.outcomes import problem
from dashboard.pages.kit.speech import aged, caveat_notes, words
from dashboard.pages.kit.tables import table
from geodata.model import Dataset
from layers import series

URGENCY = ("fail", "warn", "none", "pass")  # in the order in which verdicts are read
COUNTED = ("fail", "warn", "pass")
SIZE = "minimum_size"  # the rule beside which it is remarked that one district holds most of the people
TOUCHING = "contiguous"  # the rule beside which it is remarked that no way is known between those that touch


def refusal(text: str, language: str) -> html.P:
    """Return why something could not be shown."""
    return problem(texts.say(language, "error.refused", reason=text))


def rules(
    found: tuple[Verdict, ...], candidate: Candidate, dataset: Dataset, language: str, see: bool = True
) -> list[Any]:
    """Return the verdicts, failing ones first, under a count of each, with the remarks that go with them.

    see: with the buttons that show districts on the map.
    """
    say = partial(texts.say, language)
    noted = remarks(candidate, dataset, language)
    told = [rule(v, say, below=noted.get(v.rule, ()), after=_see(v, say) if see else ()) for v in by_urgency(found)]
    return [
        html.Div([html.H3(say("map.rules")), *counts(found, say)], className="group-heading"),
        html.Ul(told, className="rules"),
    ]


def remarks(candidate: Candidate, dataset: Dataset, language: str) -> dict[str, list[html.Span]]:
    """Return what is to be remarked beside a rule, by its key: it changes no verdict. Raises UnknownUbigeo."""
    found = {TOUCHING: touching_sentence(words(language), travelled(candidate, dataset), dataset.territory)}
    if most := concentrated(candidate, dataset):
        ubigeo, share = most
        name, percent = dataset.territory.districts[ubigeo].name, texts.number(100 * share, language)
        found[SIZE] = texts.say(language, "map.concentrated", district=name, percent=percent)
    return {rule: [html.Span(said, className="rule-sentence remark")] for rule, said in found.items() if said}


def active_since(candidate: Candidate, dataset: Dataset, language: str) -> list[html.P]:
    """Return by how old reports its conflict cases are called active; nothing where none is. Raises UnknownUbigeo."""
    figure = measure_all(candidate, dataset)["conflicts_active"]
    say = partial(texts.say, language)
    name = say("measure.conflicts_active.name")
    return [html.P(f"{name}: {note}", className="remark") for note in aged(figure, say)]


def journeys(candidate: Candidate, dataset: Dataset, language: str) -> list[Any]:
    """Return how one would travel between the capitals, and what is not known; nothing of fewer than two."""
    told = travel_sentences(words(language), travelled(candidate, dataset), dataset.territory)
    if not told:
        return []
    return [
        html.Div([html.H3(texts.say(language, "travel.title")), html.Ul([*map(html.Li, told)])], className="travel")
    ]


def by_urgency(found: Iterable[Verdict]) -> list[Verdict]:
    """Return verdicts, failing ones first."""
    return sorted(found, key=lambda v: URGENCY.index(v.status))


def counts(found: Sequence[Verdict], say: Say, key: str = "") -> list[html.Span]:
    """Return how many rules fail, warn and hold; `key` of a sentence for each, "" for its sign alone."""
    numbers = {status: sum(v.status == status for v in found) for status in COUNTED}
    texts_ = {s: say(f"{key}_{s}", n=n, sign=SIGNS[s]) if key else f"{n} {SIGNS[s]}" for s, n in numbers.items()}
    return [html.Span(texts_[s], className=f"count {s}", title=say(f"status.{s}")) for s in COUNTED]


def rule(
    verdict: Verdict, say: Say, family: str = "rule", worded: bool = False, below: Sequence[Any] = (),
    after: Sequence[Any] = (),
) -> html.Li:  # fmt: skip
    """Return what a rule says: a sign, its name and a sentence; told apart by sign and word as well as colour.

    family: of its words. worded: the word of its status is seen too. below, after: what else stands with it.
    """
    word = f"{say('status.' + verdict.status)}: "
    status = html.Span(word, className=f"rule-word {verdict.status}") if worded else hidden(word)
    name = html.B(say(f"{family}.{verdict.rule}.name"), **_told(family, verdict.rule, say))
    sentence = html.Span(verdict_sentence(say, verdict), className="rule-sentence")
    text = html.Div([status, name, sentence, *below], className="rule-text")
    return html.Li([status_sign(verdict.status), text, *after], className=f"rule {verdict.status}")


def _told(family: str, rule: str, say: Say) -> dict[str, Any]:
    """Return by what the browser tells what a rule asks; those that it is not told of beforehand bring it along."""
    return dashed(data_told=f"rule.{rule}") if family == "rule" else {"title": say(f"{family}.{rule}.help")}


def _see(verdict: Verdict, say: Say) -> list[html.Button]:
    shown = sorted(verdict.ubigeos | verdict.mends)
    if not shown or verdict.status not in ("fail", "warn"):
        return []
    label = say("map.see_rule", name=say(f"rule.{verdict.rule}.name"))
    return [html.Button(say("map.see"), className="see", **dashed(aria_label=label, data_ubigeos="-".join(shown)))]


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
    return [*groups, *_own_layers(candidate, dataset, language), *journeys(candidate, dataset, language), code]


def _group(group: str, figures: Mapping[str, Figure], periods: Any, dataset: Dataset, language: str) -> html.Div:
    rows = [
        _row(MEASURES[key], figure, periods, dataset, language)
        for key, figure in figures.items()
        if MEASURES[key].group == group
    ]
    heading = html.H3(texts.say(language, f"measure_group.{group}"))
    return html.Div([heading, table("", (), rows, look="measure-table")])


def _own_layers(candidate: Candidate, dataset: Dataset, language: str) -> list[html.Div]:
    """Return the figures of the layers that users brought, with unit, year and source; nothing where there are none."""
    if not dataset.layers:
        return []
    say, catalog = partial(texts.say, language), dataset.catalog
    rows: list[html.Tr] = []
    by_category: list[html.Tr] = []
    for code, figure in measure_layers(candidate.ubigeos, dataset).items():
        about = catalog.loc[code]
        unit = about["unit"] if language == "es" else about["unit_en"]
        head = html.Th(
            [about[f"label_{language}"], html.Span(f"{unit} · {dataset.latest_year(code)}", className="unit")],
            scope="row", title=f"{about[f'notes_{language}']} {say('own_layer.of_group')} {about['source']}",
        )  # fmt: skip
        value = texts.number(figure.value, language, series.decimals(about["unit"]), say("browser.unknown"))
        row = html.Tr([head, html.Td([value, *caveat_notes(figure, say, language)])])
        (by_category if code[-1].isdigit() else rows).append(row)
    parts: list[Any] = [html.H3(say("layers_of_own.title")), table("", (), rows, look="measure-table")]
    if by_category:
        folded = table("", (), by_category, look="measure-table")
        parts.append(html.Details([html.Summary(say("own_layer.by_category")), folded]))
    return [html.Div(parts)]


def _row(measure: Measure, figure: Figure, periods: Any, dataset: Dataset, language: str) -> html.Tr:
    say = partial(texts.say, language)
    value = texts.number(figure.value, language, measure.decimals, say("browser.unknown"))
    return html.Tr(
        [_named(measure, dataset, *periods, language), html.Td([value, *caveat_notes(figure, say, language)])]
    )


@lru_cache(maxsize=1024)
def _named(
    measure: Measure, dataset: Dataset, conflict_period: tuple[int, int], hazard_period: tuple[int, int], language: str
) -> html.Th:
    """Return the head of a measure's row: the same for every candidate, so that it is made once."""
    say = partial(texts.say, language)
    year = year_text(measure, dataset, conflict_period, hazard_period)
    unit = " · ".join(part for part in (say(f"unit.{measure.unit}"), year) if part)
    return html.Th(
        [say(f"measure.{measure.key}.name"), html.Span(unit, className="unit")],
        scope="row",
        **dashed(data_told=f"measure.{measure.key}"),
    )
