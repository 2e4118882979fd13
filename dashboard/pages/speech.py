"""Give the sentences of the engine a reader's words and way of writing numbers."""

from functools import partial

from dashboard import texts
from dashboard.clusters.told import Words


def words(language: str) -> Words:
    """Return what :mod:`dashboard.clusters.told` speaks with in a language."""
    return Words(partial(texts.say, language), lambda value, decimals: texts.number(value, language, decimals))
