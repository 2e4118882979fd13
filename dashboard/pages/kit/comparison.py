"""Show a comparison: districts, rules and measures, one column a candidate."""

from functools import partial
from typing import Any

from dash import html

from dashboard import texts
from dashboard.clusters.measures import GROUPS, MEASURES, year_text
from dashboard.clusters.ranking import Comparison, MeasureRow
from dashboard.clusters.rules import Verdict
from dashboard.clusters.writing import map_notice, measure_help, verdict_sentence
from dashboard.pages.kit.elements import dashed, hidden, status_sign
from dashboard.pages.kit.speech import caveat_notes
from dashboard.pages.kit.verdicts import remarks
from geodata.model import Dataset

# more names than this on one line of chips are counted, so that one page stays one page
MOST_CHIPS = 24


# ---- districts


def districts(found: Comparison, dataset: Dataset, language: str) -> list[Any]:
    """Return which districts all share, which some share, and which each has alone."""
    say = partial(texts.say, language)
    parts = found.districts
    rows = [_shared_row(say("compare.in_all"), sorted(parts.common), {}, dataset, say)]
    if parts.some:
        holders = {
            u: ", ".join(letter for letter, c in zip(found.letters, found.candidates, strict=True) if u in c.ubigeos)
            for u in parts.some
        }
        rows.append(_shared_row(say("compare.in_some"), sorted(parts.some), holders, dataset, say))
    cells = [
        html.Div(
            [
                html.P(say("compare.only_in", letter=letter, n=len(own)), className="only-title"),
                _chips(sorted(own), {}, dataset, say),
            ],
            className="compare-cell",
        )
        for letter, own in zip(found.letters, parts.only, strict=True)
    ]
    label = html.Div(html.B(say("compare.only")), className="compare-label")
    rows.append(html.Div([label, html.Div(cells, className="compare-columns")], className="compare-row"))
    return rows


def _shared_row(title: str, ubigeos: list[str], holders: dict[str, str], dataset: Dataset, say: Any) -> html.Div:
    label = html.Div([html.B(title), f" ({len(ubigeos)})"], className="compare-label")
    return html.Div([label, _chips(ubigeos, holders, dataset, say)], className="compare-row")


def _chips(ubigeos: list[str], holders: dict[str, str], dataset: Dataset, say: Any) -> Any:
    if not ubigeos:
        return html.P(say("compare.no_district"), className="muted")
    territory = dataset.territory
    items = [
        html.Li(
            territory.districts[u].name + (f" ({holders[u]})" if u in holders else ""),
            title=territory.label(u),
            className="chip still",
        )
        for u in ubigeos[:MOST_CHIPS]
    ]
    rest = len(ubigeos) - MOST_CHIPS
    if rest > 0:
        items.append(html.Li(say("browser.and_more", n=rest), className="muted"))
    return html.Ul(items, className="chips")


# ---- rules


def rules(found: Comparison, dataset: Dataset, language: str) -> html.Table:
    """Return a matrix of rules by candidates: sign, word, the sentence behind it and what is remarked."""
    say = partial(texts.say, language)
    noted = [remarks(candidate, dataset, language) for candidate in found.candidates]
    rows = [
        html.Tr(
            [
                html.Th(
                    say(f"rule.{verdicts[0].rule}.name"),
                    title=say(f"rule.{verdicts[0].rule}.help"),
                    scope="row",
                    colSpan=2,
                ),
                *(
                    html.Td([_verdict(v, say), *own.get(v.rule, ())], className=v.status)
                    for v, own in zip(verdicts, noted, strict=True)
                ),
            ]
        )
        for verdicts in zip(*found.rules, strict=True)
    ]
    return _table([say("compare.rule")], found, rows, say, label_columns=2)


def _verdict(verdict: Verdict, say: Any) -> html.Details:
    sentence = verdict_sentence(say, verdict)
    summary = html.Summary(
        [
            status_sign(verdict.status),
            say(f"status.{verdict.status}"),
        ],
        title=sentence,
    )
    # what fails is read at once; the rest on asking
    return html.Details([summary, html.P(sentence)], open=verdict.status == "fail")


def _table(labels: list[str], found: Comparison, rows: list[Any], say: Any, label_columns: int = 1) -> html.Table:
    # column titles are in sight above; here they are for screen readers
    heads = [html.Th(text, scope="col", colSpan=label_columns) for text in labels]
    heads += [
        html.Th(say("compare.column", letter=letter, name=candidate.name), scope="col")
        for letter, candidate in zip(found.letters, found.candidates, strict=True)
    ]
    columns = [html.Col(className="col-name"), html.Col(className="col-unit"), *(html.Col() for _ in found.letters)]
    return html.Table(
        [html.Colgroup(columns), html.Thead(html.Tr(heads), className="visually-hidden"), html.Tbody(rows)],
        className="compare-table",
    )


# ---- measures


def measures(found: Comparison, dataset: Dataset, language: str) -> html.Table:
    """Return every measure by group: value, bar, signed difference to the first, and the best marked."""
    say = partial(texts.say, language)
    rows: list[Any] = []
    for group in GROUPS:
        own = [row for row in found.measures if row.measure.group == group]
        title = html.Th(say(f"measure_group.{group}"), colSpan=2 + len(found.letters), scope="colgroup")
        rows.append(html.Tr(title, className="group-row"))
        rows += [_measure(row, dataset, language) for row in own]
    return _table([say("compare.measure"), say("compare.unit")], found, rows, say)


def _measure(row: MeasureRow, dataset: Dataset, language: str) -> html.Tr:
    say = partial(texts.say, language)
    measure = row.measure
    source = measure.source(dataset)
    year = row.year or say("workbook.all_years")
    help_text = f"{measure_help(measure, dataset, say)} {say('map.source', source=source, year=year)}"
    tops = [figure.value for figure in row.figures if figure.value is not None]
    # where all are equal there is nothing to mark
    best = row.best if len(row.best) < len(row.figures) else ()
    cells = [_cell(row, n, max(tops, default=0.0), n in best, language) for n in range(len(row.figures))]
    name = html.Th(say(f"measure.{measure.key}.name"), title=help_text, scope="row")
    unit = html.Td([say(f"unit.{measure.unit}"), html.Span(f" · {year}", className="year")], className="unit-cell")
    return html.Tr([name, unit, *cells])


def _cell(row: MeasureRow, n: int, top: float, best: bool, language: str) -> html.Td:
    say = partial(texts.say, language)
    figure, decimals = row.figures[n], row.measure.decimals
    share = 0 if not figure.value or top <= 0 else 100 * figure.value / top
    value = texts.number(figure.value, language, decimals, say("browser.unknown"))
    mark = [html.Span("★", **dashed(aria_hidden="true")), hidden(say("compare.best"))] if best else []
    parts = [
        html.Span(html.Span(style={"width": f"{share:.0f}%"}), className="measure-bar", **dashed(aria_hidden="true")),
        html.Span(value, className="value"),
        html.Span(mark, className="star"),
        html.Span(_difference(row, n, language), className="difference"),
    ]
    content = [
        html.Div(parts, className="measure-cell best" if best else "measure-cell"),
        *caveat_notes(figure, say, language),
    ]
    return html.Td(content)


def _difference(row: MeasureRow, n: int, language: str) -> str:
    if n == 0:
        return ""
    unknown = row.differences[n] is None
    return "" if unknown else texts.signed(row.differences[n], language, row.measure.decimals)


# ---- what a printed page has to carry


def foot(found: Comparison, dataset: Dataset, language: str) -> list[Any]:
    """Return the codes that bring each candidate back, the periods, the sources and the limits notice."""
    say = partial(texts.say, language)
    codes = [
        html.Span([f"{letter} {candidate.name}: ", html.Code(code or "–")], className="foot-code")
        for letter, candidate, code in zip(found.letters, found.candidates, found.codes, strict=True)
    ]
    periods = {
        name: year_text(MEASURES[key], dataset, found.conflict_period, found.hazard_period)
        for name, key in (("conflicts", "conflicts_active"), ("hazards", "emergencies"))
    }
    used = dict.fromkeys(row.measure.resource for row in found.measures)
    sources = "; ".join(f"{say(f'resource.{key}')}: {dataset.source(key)}" for key in used if dataset.source(key))
    return [
        html.P([html.B(say("compare.codes")), " ", *codes]),
        html.P(f"{say('compare.periods', **periods)} {map_notice(dataset, say)}"),
        html.P([html.B(say("compare.sources")), f" {sources}. ", say("workbook.edition", edition=dataset.edition[:8])]),
    ]
