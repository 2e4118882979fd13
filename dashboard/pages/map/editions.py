"""Say that a candidate was judged on other data than those of the page, and what has changed since."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.pages.kit.elements import dashed
from dashboard.texts import say
from geodata.reports import Event, sentence

MOST_CHANGES = 8


def notice(said: str | None, changes: Sequence[Event] | None, ubigeos: Sequence[str], language: str) -> list[Any]:
    """Return the notice for a candidate; nothing where `said` is None.

    changes: what differs between the two editions, None where the former is not at hand. What is about a
    district is told for those of the candidate only.
    """
    if said is None:
        return []
    button = html.Button(say(language, "standing.accept"), className="accept", **dashed(data_accept="yes"))
    return [html.Div([html.P(said), _changes(changes, set(ubigeos), language), button], className="edition-notice")]


def _changes(changes: Sequence[Event] | None, own: set[str], language: str) -> Any:
    if changes is None:
        return html.P(say(language, "standing.edition_gone"), className="muted")
    about = [event for event in changes if event.ubigeo is None or event.ubigeo in own]
    if not about:
        return html.P(say(language, "standing.edition_same"), className="muted")
    items = [html.Li(sentence(event, language)) for event in about[:MOST_CHANGES]]
    rest = len(about) - len(items)
    if rest:
        items.append(html.Li(say(language, "browser.and_more", n=rest), className="muted"))
    return html.Details([html.Summary(say(language, "standing.edition_changes", n=len(about))), html.Ul(items)])
