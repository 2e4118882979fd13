"""Give the sentences of the engine a reader's words and way of writing numbers, and say what a figure rests on."""

from functools import partial
from typing import Any, Protocol

from dash import html

from dashboard import texts
from dashboard.clusters.measures import Figure
from dashboard.clusters.writing import Words, joined


class Measured(Protocol):
    """A figure of :mod:`dashboard.clusters.measures.measures`, or one as a snapshot kept it."""

    value: float | None
    n_known: int
    n_total: int
    n_thin: int
    n_unsampled: int


def words(language: str) -> Words:
    """Return what :mod:`dashboard.clusters.writing.sentences` speaks with in a language."""
    return Words(partial(texts.say, language), lambda value, decimals: texts.number(value, language, decimals))


def caveats(figure: Measured, say: Any) -> list[str]:
    """Return for how many districts a figure is known, where not for all, and what is known of its samples."""
    notes = []
    if figure.value is not None and figure.n_known < figure.n_total:
        notes.append(say("map.known_of", known=figure.n_known, total=figure.n_total))
    if figure.n_thin:
        notes.append(say("map.thin", n=figure.n_thin))
    if figure.n_unsampled:
        notes.append(say("map.unsampled", n=figure.n_unsampled))
    return notes


def caveat_notes(figure: Figure, say: Any) -> list[html.Span]:
    """Return the same as notes beside a figure, and the names that it is of."""
    named = figure.detail.get("names")
    notes = [*caveats(figure, say), *([joined(say, tuple(named))] if named else [])]
    return [html.Span(note, className="caveat") for note in notes]
