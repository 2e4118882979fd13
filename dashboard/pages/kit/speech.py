"""Give the sentences of the engine a reader's words and way of writing numbers, and say what a figure rests on."""

from collections.abc import Iterable
from functools import partial
from typing import Any, Protocol

from dash import html

from dashboard import texts
from dashboard.clusters.measures import Figure
from dashboard.clusters.writing import Wording
from geodata.shared import clock

ACTIVE = "activo"


class Measured(Protocol):
    """A figure of :mod:`dashboard.clusters.measures.measures`, or one as a snapshot kept it."""

    @property
    def value(self) -> float | None:
        """The figure; None where it is not known."""

    @property
    def n_known(self) -> int:
        """Of how many districts it is known."""

    @property
    def n_total(self) -> int:
        """Of how many it speaks."""

    @property
    def n_thin(self) -> int:
        """How many rest on a small sample."""

    @property
    def n_unsampled(self) -> int:
        """Of how many indicators behind it the sample is not known."""


def words(language: str) -> Wording:
    """Return what :mod:`dashboard.clusters.writing.sentences` speaks with in a language."""
    return Wording(partial(texts.say, language), lambda value, decimals: texts.number(value, language, decimals))


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


def aged(figure: Figure, say: Any) -> list[str]:
    """Return by how old reports the cases of a figure are called active; nothing where none is."""
    cases = figure.detail.get("cases")
    active = [case for case in cases if case["state"] == ACTIVE] if isinstance(cases, Iterable) else []
    dated = sorted(str(case["last"]) for case in active if case["last"])
    until = figure.detail.get("until")
    if not dated or not until:
        return [say("map.active_undated", n=len(active))] if active else []
    today = clock.day_of(clock.now())
    year, month = (int(part) for part in dated[-1].split("-"))
    years = max(0, (12 * (today.year - year) + today.month - month) // 12)
    told = {"first": dated[0][:4], "last": dated[-1][:4], "until": str(until)[:4], "n": years}
    found = [say("map.active_by_one" if told["first"] == told["last"] else "map.active_by", **told)]
    return found + ([say("map.active_undated", n=len(active) - len(dated))] if len(dated) < len(active) else [])


def caveat_notes(figure: Figure, say: Any, language: str) -> list[html.Span]:
    """Return the same as notes beside a figure, and the names that it is of."""
    named = figure.detail.get(f"names_{language}", figure.detail.get("names"))
    names = [say("list.semicolon").join(map(str, named))] if named and isinstance(named, Iterable) else []
    notes = [*caveats(figure, say), *names, *aged(figure, say)]
    return [html.Span(note, className="caveat") for note in notes]
