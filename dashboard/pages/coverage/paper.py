"""Write the coverage as a whole page without Dash: to print, and to be shared with those who have no account.

It holds what the screen shows, of every cluster, made of the same parts. What is shared holds nothing of meetings, and
nothing that people wrote besides names: no notes, no authors.
"""

from collections.abc import Sequence
from typing import Any

from dashboard.clusters.writing import limits_notice, sources
from dashboard.pages.coverage import headline, map_view, standings, tools
from dashboard.pages.coverage.parts import UNTIL
from dashboard.pages.coverage.static_html import filled
from dashboard.pages.kit import identity
from dashboard.records.core import Store, Words
from dashboard.records.tracking import Coverage
from geodata.shared import stylesheet

STYLE = stylesheet(__file__, "coverage.css") + identity.STYLE


def page(coverage: Coverage, store: Store, words: Words, languages: Sequence[str] = ()) -> str:
    """Return the page. languages: those to read it in, where it is shared."""
    say = words.say
    where = say("coverage.everywhere_lower")
    if coverage.department is not None:
        where = store.dataset.territory.departments[coverage.department].name
    about = say("coverage.about", where=where, day=words.day(coverage.day), edition=coverage.edition)
    chosen = "" if coverage.as_of.chosen is None else f"&{UNTIL}={coverage.as_of.chosen}"
    measured = [s for s in coverage.standings if s.scores and tools.is_cluster(s)]
    staged = [s for s in coverage.standings if s.stages]
    return _filled(
        "coverage.html",
        words,
        say("coverage.page_title"),
        shared=bool(languages),
        others=[(code, f"?lang={code}{chosen}") for code in languages if code != words.language],
        lead=f"{about} {say('coverage.counted', day=coverage.as_of.said(words))}",
        headline=headline.headline(coverage, words),
        phases=headline.phases(coverage, words, on_paper=True),
        quotas=headline.quotas(coverage, store, words),
        standings=standings.standings(coverage, store, words, linked=False),
        dates=standings.dates(coverage, store, words, linked=False),
        waivers=standings.waivers(coverage, words),
        map=map_view.printed_map(coverage, store, words),
        reach=map_view.reach(coverage, store, words),
        focas=tools.focas_all(coverage, store, words, linked=False),
        focas_ones=[(s.identity.title, tools.focas_one(s, store, words)) for s in measured],
        qsip=tools.qsip_all(coverage, store, words, linked=False),
        qsip_ones=[(s.identity.title, tools.qsip_one(s, store, words)) for s in staged],
        sources=[said(store.dataset, say) for said in (sources, limits_notice)],
    )


def gone(words: Words) -> str:
    """Return the page for a link that leads nowhere: it says the same whatever is wrong with it."""
    return _filled("gone.html", words, words.say("coverage.share.gone_title"))


def refusal(sentence: str, faults: Sequence[str], words: Words) -> str:
    """Return the page for someone who may not have what they asked for, or asked for what cannot be."""
    return _filled("refusal.html", words, words.say("coverage.page_title"), sentence=sentence, faults=faults)


def _filled(name: str, words: Words, title: str, **facts: Any) -> str:
    return filled(name, language=words.language, title=title, style=STYLE, say=words.say, **facts)
