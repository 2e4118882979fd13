"""Say in sentences how what is not known may turn out, so that a reader sees why two are not told apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.clusters.ranking import Duel, Filling
from dashboard.clusters.writing.sentences import Wording, district_names
from dashboard.clusters.writing.wording import joined
from geodata.model import Dataset
from geodata.shared import SAME_WITHIN, rounded, years_text

FIGURE_DECIMALS = 2  # as tables of rates have them


@dataclass(frozen=True)
class Turned:
    """A filling in sentences: what order it makes, and what each thing not known turned out to be."""

    title: str
    lines: tuple[str, ...]


def shown_fillings(
    words: Wording, duel: Duel, names: Sequence[str], dataset: Dataset, language: str
) -> tuple[Turned, ...]:
    """Return the fillings that show what is said of two.

    Both orders where they are not told apart, the one that favours most the one ahead where only missing data put
    it there; () for whatever else is said.
    """
    kind = duel.message.rsplit(".", 1)[-1]
    between = duel.difference
    if between is not None and kind == "data":
        found = [between.most, between.least]
    elif between is not None and kind == "missing":
        found = [between.most if duel.ahead == 0 else between.least]
    else:
        return ()
    return tuple(
        Turned(_filling_title(words, f, duel, names), _filling_lines(words, f, dataset, language)) for f in found
    )


def _filling_title(words: Wording, filling: Filling, duel: Duel, names: Sequence[str]) -> str:
    """Return the order that a filling makes, with as many decimals as tell the scores apart."""
    winner = 0 if filling.margin > 0 else 1
    scores = [filling.scores[winner], filling.scores[1 - winner]]
    decimals = next((d for d in range(1, SAME_WITHIN) if len({rounded(s, d) for s in scores}) == 2), 1)
    a, b = (words.number(score, decimals) for score in scores)
    if filling.margin == 0:
        return words.say("engine.filling.tie", a=a, b=b)
    if duel.ahead == 1 - winner and duel.message.endswith("missing"):
        return words.say("engine.filling.nearest", first=names[1 - winner], second=names[winner], a=b, b=a)
    return words.say("engine.filling.ahead", first=names[winner], a=a, b=b)


def _filling_lines(words: Wording, filling: Filling, dataset: Dataset, language: str) -> tuple[str, ...]:
    say, territory = words.say, dataset.territory
    lines = []
    for own in filling.figures:
        district = territory.districts[own.ubigeo].name
        if not own.years:
            lines.append(say("engine.filling.emergencies", district=district, value=words.number(own.value, 0)))
            continue
        entry = dataset.catalog.loc[own.indicator]
        unit = entry["unit"] if language == "es" else entry["unit_en"]
        fields = {
            "indicator": entry[f"label_{language}"],
            "year": years_text(own.years),
            "district": district,
            "unit": unit,
        }
        lines.append(say("engine.filling.figure", value=words.number(own.value, FIGURE_DECIMALS), **fields))
    by_place: dict[tuple[str, ...], list[str]] = {}
    for placed in filling.cases:
        by_place.setdefault(placed.ubigeos, []).append(say("engine.filling.case", name=placed.name))
    for where, cases in by_place.items():
        districts = joined(say, district_names(where, territory))
        lines.append(say("engine.filling.cases", districts=districts, cases=say("list.semicolon").join(cases)))
    if filling.elsewhere:
        lines.append(say("engine.filling.elsewhere", n=filling.elsewhere))
    return tuple(lines)
