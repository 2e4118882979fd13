"""Say what is to be known of indicators of a gap score: which runs against its fellows, which are nearly one."""

from collections.abc import Iterable

from dashboard import texts
from geodata.model import Dataset, sensitivity

DECIMALS = 2  # of a correlation


def remarks(dataset: Dataset, language: str, indicators: Iterable[str] | None = None) -> list[str]:
    """Return what is to be known of some scored indicators, or of all: a sentence each, with its figure."""
    among = frozenset(dataset.catalog.index if indicators is None else indicators)
    names = dataset.catalog[f"label_{language}"]

    def figure(value: float) -> str:
        return texts.number(value, language, DECIMALS)

    found = [
        texts.say(
            language, "remark.against", indicator=names[each.indicator], fellow=names[each.fellow],
            sector=texts.say(language, f"sector.{dataset.catalog.loc[each.indicator, 'sector']}").lower(),
            together=figure(each.correlation), alone=figure(each.with_fellow),
        )
        for each in sensitivity.against(dataset) if each.indicator in among
    ]  # fmt: skip
    return found + [
        texts.say(language, "remark.alike", first=names[pair.first], second=names[pair.second],
                  rho=figure(pair.correlation))
        for pair in sensitivity.alike(dataset) if not among.isdisjoint((pair.first, pair.second))
    ]  # fmt: skip
