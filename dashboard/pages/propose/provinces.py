"""Show the provinces of a department first: by what the programme chooses one, and the way on to its candidates."""

from functools import partial
from typing import Any

import orjson
from dash import html

from dashboard import texts
from dashboard.clusters.ranking import ProvinceRow, place_name, provinces, provincial
from dashboard.clusters.rules import load_parameters
from dashboard.clusters.scoring import load_criteria
from dashboard.clusters.writing import joined
from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.tables import SHEET, by, table
from dashboard.pages.propose.request import search_of
from geodata.model import Dataset

FLAG = "p20"  # a criterion that a province meets or not
ALL = 100  # percent of its districts


def provinces_step(sent: Any, dataset: Dataset, language: str) -> list[Any]:
    """Return the provinces of the department that is sought in, the best first; [] where nothing is sought."""
    place, terms = search_of(sent, dataset)
    rows = provinces(dataset, terms, place[:2])
    if not rows:
        return []
    say = partial(texts.say, language)
    keys = provincial()
    names = [say(f"criterion.{key}.figure") for key in provincial(judged=True)]
    heads = [say(f"propose.step.{name}") for name in ("province", "score")]
    heads += [_head(key, say) for key in keys]
    heads += [say(f"propose.step.{name}") for name in ("districts", "feasible")]
    figures = range(1, len(heads))
    made = table(
        say("propose.step.caption", department=place_name(dataset.territory, place[:2])),
        heads,
        [_row(row, keys, language) for row in rows],
        figures,
        look=SHEET,
        class_name="province-table",
        sorts=range(len(heads)),
    )
    note = say("propose.step.note", criteria=joined(say, [say(f"criterion.{key}.name") for key in keys]))
    judged = say("propose.step.judged", criteria=joined(say, names))
    return [html.P(note, className="muted"), made, html.P(judged, className="muted")]


def _head(key: str, say: Any) -> Any:
    unit = say(f"unit.{load_criteria()[key].unit}", n=2)
    name = say(f"propose.step.short.{key}")
    return name if key == FLAG else html.Span([name, html.Span(f" {unit}", className="unit")])


def _row(row: ProvinceRow, keys: tuple[str, ...], language: str) -> list[Any]:
    number, criteria = partial(texts.number, language=language), load_criteria()
    say = partial(texts.say, language)
    figures = [
        by(
            row.values[key],
            _flag(row.values[key], say) if key == FLAG else number(row.values[key], decimals=criteria[key].decimals),
            is_number=True,
        )
        for key in keys
    ]
    return [_name(row, say), _score(row, language), *figures, _count(row.districts, language), _feasible(row, language)]


def _name(row: ProvinceRow, say: Any) -> Any:
    """Return the button that leads on to the candidates of a province, or its name where there can be none."""
    if not row.feasible:
        return row.name
    label = say("propose.step.choose", province=row.name, n=row.feasible)
    return html.Button(
        row.name, type="button", className="pick", **dashed(data_choose_province=row.code, aria_label=label)
    )


def _score(row: ProvinceRow, language: str) -> html.Td:
    """Return the score with a bar of it, which needs no colour to be read."""
    written = texts.number(row.score, language, 1)
    bar = (
        []
        if row.score is None
        else [html.Meter(min=0, max=100, value=f"{row.score:.1f}", **dashed(aria_hidden="true"))]
    )
    cell = by(row.score, [*bar, html.B(written)], is_number=True)
    setattr(cell, "data-points", orjson.dumps(dict(row.points)).decode())  # the browser weighs them
    return cell


def _flag(share: float | None, say: Any) -> str:
    return say(f"propose.step.{'yes' if share == ALL else 'no'}")


def _count(n: int, language: str) -> html.Td:
    return by(n, texts.number(n, language), is_number=True)


def _feasible(row: ProvinceRow, language: str) -> html.Td:
    minimum = load_parameters().get("minimum_size", "minimum")
    why = texts.say(language, "propose.step.never", minimum=minimum) if row.districts < minimum else ""
    said = [texts.number(row.feasible, language), *([html.Span(why, className="caveat")] if why else [])]
    return by(row.feasible, said, is_number=True)
