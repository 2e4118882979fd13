"""Write the coverage as a whole page without Dash: to print, and to be shared with those who have no account.

It holds what the screen shows, of every cluster. What is shared holds nothing of meetings, and nothing that people
wrote besides names: no notes, no authors.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

from dash import html

from dashboard.clusters.writing import limits_notice, sources
from dashboard.pages.coverage import headline, map_view, standings, tools
from dashboard.pages.coverage.elements import UNTIL, section
from dashboard.pages.coverage.static_html import html_of
from dashboard.records.core import Store, Words
from dashboard.records.tracking import Coverage


def page(coverage: Coverage, store: Store, words: Words, style: str, languages: Sequence[str] = ()) -> str:
    """Return the page. languages: those to read it in, where it is shared."""
    say = words.say
    where = say("coverage.everywhere_lower")
    if coverage.department is not None:
        where = store.dataset.territory.departments[coverage.department].name
    about = say("coverage.about", where=where, day=words.day(coverage.day), edition=coverage.edition)
    chosen = "" if coverage.as_of.chosen is None else f"&{UNTIL}={coverage.as_of.chosen}"
    others = [html.A(say(f"coverage.read_in.{code}"), href=f"?lang={code}{chosen}") for code in languages
              if code != words.language]  # fmt: skip
    measured = [s for s in coverage.standings if s.scores and tools.is_cluster(s)]
    staged = [s for s in coverage.standings if s.stages]
    body = [
        html.Div(others, className="languages") if others else None,
        html.H1(say("coverage.page_title")),
        html.P(f"{about} {say('coverage.counted', day=coverage.as_of.said(words))}", className="lead"),
        html.P(say("coverage.share.read_only"), className="muted") if languages else None,
        html.Div(headline.headline(coverage, words), className="coverage-cards"),
        section(say("coverage.phases"), headline.phases(coverage, words)),
        section(say("coverage.quotas"), headline.quotas(coverage, store, words)),
        section(say("coverage.standings"), standings.standings(coverage, store, words, linked=False)),
        section(say("coverage.dates"), standings.dates(coverage, store, words, linked=False)),
        None if languages else section(say("coverage.waivers"), standings.waivers(coverage, words)),
        section(say("coverage.map_title"), map_view.coverage_map(coverage, store, words, linked=False)),
        section(say("coverage.reach"), map_view.reach(coverage, store, words)),
        section(say("coverage.focas_title"), tools.focas_all(coverage, store, words, linked=False)),
        *(_of(s.proposal.name, tools.focas_one(s, store, words)) for s in measured),
        section(say("coverage.qsip_title"), tools.qsip_all(coverage, store, words, linked=False)),
        *(_of(s.proposal.name, tools.qsip_one(s, store, words)) for s in staged),
        section(say("coverage.sources"), *(html.P(told(store.dataset, say)) for told in (sources, limits_notice))),
    ]
    return _whole(say("coverage.page_title"), body, words, style)


def _of(name: str, parts: list[Any]) -> html.Section:
    return html.Section([html.H4(html.Span(name, dir="auto")), *parts], className="coverage-one")


def gone(words: Words, style: str) -> str:
    """Return the page for a link that leads nowhere: it says the same whatever is wrong with it."""
    say = words.say
    body = [html.Div([html.H1(say("coverage.share.gone_title")), html.P(say("coverage.share.gone"))], className="gone")]
    return _whole(say("coverage.share.gone_title"), body, words, style)


def refusal(sentence: str, faults: Sequence[str], words: Words, style: str) -> str:
    """Return the page for someone who may not have what they asked for, or asked for what cannot be."""
    told = [html.P(sentence), *([html.Ul([html.Li(fault) for fault in faults])] if faults else [])]
    body = [html.H1(words.say("coverage.page_title")), html.Div(told, className="error", role="alert")]
    return _whole(words.say("coverage.page_title"), body, words, style)


def _whole(title: str, body: list[Any], words: Words, style: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex, nofollow">\n<link rel="icon" href="data:,">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<main>\n{html_of(body)}\n</main>\n</body>\n</html>\n"
    )
