"""Show how firm the order of the compared candidates is: pair by pair, over all weightings, and by their data."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.clusters.model import Candidate
from dashboard.clusters.ranking import LETTERS, UNBOUNDED, Firmness, Interval, Robustness, Uncertain
from dashboard.clusters.scoring import Criterion, load_criteria
from dashboard.clusters.writing import Turned, Wording, joined, sentences, shown_fillings
from dashboard.pages.kit import table
from dashboard.pages.kit.elements import dashed
from geodata.model import Dataset

# told apart by sign as well as by the sentence
SIGNS = {"always": "✓", "clear": "✓", "weights": "!", "data": "≈", "missing": "!", "tie": "=", "unknown": "·"}


def shown(
    found: Firmness, candidates: Sequence[Candidate], dataset: Dataset, words: Wording, language: str
) -> list[Any]:
    """Return the section under the order: what can be said of each pair, shares, intervals, and how it was made."""
    drawn = {"draws": words.number(found.weightings.draws, 0), "seed": found.weightings.seed}
    return [
        html.Ul([_duel(found, pair, candidates, dataset, words, language) for pair in found.duels], className="duels"),
        html.Div([_shares(found, drawn, words), _intervals(found, candidates, words)], className="firm-parts"),
        html.Details(
            [
                html.Summary(words.say("firm.made")),
                html.P(sentences.formula_sentence(words, "share", **drawn)),
                html.P(sentences.formula_sentence(words, "interval")),
                html.P(sentences.formula_sentence(words, "difference")),
                *_left_out(found, words),
            ]
        ),
    ]


def _duel(
    found: Firmness,
    pair: tuple[int, int],
    candidates: Sequence[Candidate],
    dataset: Dataset,
    words: Wording,
    language: str,
) -> html.Li:
    duel = found.duels[pair]
    kind = duel.message.rsplit(".", 1)[-1]
    names = [words.say("firm.named", letter=LETTERS[n], name=candidates[n].title) for n in pair]
    sign = html.Span(SIGNS[kind], className="sign", **dashed(aria_hidden="true"))
    ways = shown_fillings(words, duel, names, dataset, language)
    said = html.Div([html.Span(sentences.duel_sentence(words, duel, names)), *_how(ways, words)])
    return html.Li([sign, said], className=f"duel duel-{kind}")


def _how(found: Sequence[Turned], words: Wording) -> list[html.Details]:
    """Return, for whoever presses, the ways in which what is not known makes the order that is told."""
    if not found:
        return []
    ways = [html.Div([html.P(way.title), html.Ul([html.Li(line) for line in way.lines])]) for way in found]
    return [html.Details([html.Summary(words.say("firm.see")), *ways], className="fillings")]


def _shares(found: Firmness, drawn: dict[str, object], words: Wording) -> html.Div:
    """Return in how many of the weightings the row beats the column, and has the first place."""
    say, over = words.say, found.weightings
    title = html.H3(say("firm.shares"))
    if not over.used:
        return html.Div([title, html.P(say("firm.no_weight"), className="muted")])
    letters = LETTERS[: len(over.first)]
    titles = [say("firm.row"), *(say("firm.beats", letter=letter) for letter in letters), say("firm.first")]
    rows = [
        html.Tr(
            [
                html.Th(html.Span(letter, className=f"letter letter-{a}"), scope="row"),
                *(html.Td("–" if a == b else _beats(over, a, b, words)) for b in range(len(letters))),
                html.Td(_first(over, a, words), className="first-share"),
            ]
        )
        for a, letter in enumerate(letters)
    ]
    made = table("", titles, rows, look="firm-table")
    return html.Div([title, html.P(say("firm.drawn", **drawn), className="muted"), made])


def _beats(over: Robustness, a: int, b: int, words: Wording) -> str:
    return sentences.share_alone(words, over.beats[a][b], over.always[a][b] or over.never[a][b])


def _first(over: Robustness, a: int, words: Wording) -> str:
    others = [b for b in range(len(over.first)) if b != a]
    # nobody is ever above it, or somebody always is
    proven = all(over.never[b][a] for b in others) or any(over.always[b][a] for b in others)
    return sentences.share_alone(words, over.first[a], proven)


# ---- what missing and thin data leave open


def _intervals(found: Firmness, candidates: Sequence[Candidate], words: Wording) -> html.Div:
    say = words.say
    criteria = load_criteria()
    rows = [
        html.Li(
            [
                html.Span(LETTERS[n], className=f"letter letter-{n}"),
                *_span(own.score, words),
                _criteria_open(own, criteria, words),
            ]
        )
        for n, own in enumerate(found.uncertain[: len(candidates)])
    ]
    return html.Div([html.H3(say("firm.intervals")), html.P(say("firm.intervals_note"), className="muted"),
                     html.Ul(rows, className="intervals")])  # fmt: skip


def _span(score: Interval | None, words: Wording) -> list[Any]:
    if score is None or score.low is None or score.value is None or score.high is None:
        return [html.Span(words.say("firm.no_score"), className="interval-text")]
    place = {"left": f"{score.low:.2f}%", "width": f"{max(score.high - score.low, 0.5):.2f}%"}
    bar = html.Span(
        [
            html.Span(className="interval-span", style=place),
            html.Span(className="interval-value", style={"left": f"{score.value:.2f}%"}),
        ],
        className="interval-lane",
        **dashed(aria_hidden="true"),
    )
    return [bar, html.Span(_between(score, words), className="interval-text")]


def _between(score: Interval, words: Wording) -> str:
    """Return between what a score lies, and what is open of it without bounds; exact where nothing is."""
    text = {name: words.number(getattr(score, name), 1) for name in ("low", "value", "high")}
    if score.exact:
        return words.say("firm.exact", **text)
    said = text["value"] if score.low == score.high else words.say("firm.between", **text)
    aside = {name: n for name, n in score.why.items() if name in UNBOUNDED or score.low == score.high}
    return words.say("firm.unbounded", text=said, why=_why(aside, words)) if aside else said


def _why(counts: Mapping[str, int], words: Wording) -> str:
    return words.say("list.semicolon").join(words.say(f"firm.why_{name}", n=n) for name, n in counts.items())


def _criteria_open(own: Uncertain, criteria: Mapping[str, Criterion], words: Wording) -> html.Details | str:
    """Return the criteria that are not exact, each with what leaves it open."""
    items = [
        html.Li(_criterion(criteria[key], interval, words))
        for key, interval in own.criteria.items()
        if interval.value is not None and not interval.exact
    ]
    if not items:
        return ""
    return html.Details([html.Summary(words.say("firm.open", n=len(items))), html.Ul(items)])


def _criterion(item: Criterion, interval: Interval, words: Wording) -> str:
    say = words.say
    ends = {name: words.number(getattr(interval, name), item.decimals) for name in ("low", "value", "high")}
    unit = say(f"unit.{item.unit}", n=ends["value" if interval.low == interval.high else "high"])
    fields = {"criterion": say(f"criterion.{item.key}.figure"), "unit": unit, **ends}
    key = "firm.criterion_open" if interval.low == interval.high else "firm.criterion"
    return say(key, why=_why(interval.why, words), **fields)


def _left_out(found: Firmness, words: Wording) -> list[html.P]:
    left = found.weightings.left_out
    if not left:
        return []
    names = joined(words.say, [words.say(f"criterion.{key}.name") for key in left])
    return [html.P(words.say("firm.left_out", criteria=names))]
