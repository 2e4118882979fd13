"""Show the layers that users brought, and how to take one away."""

from typing import Any

from dash import html

from dashboard.pages.data.parts import part
from dashboard.pages.kit import forms
from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.tables import SHEET, by, table, wide
from dashboard.texts import number
from dashboard.web.request import language, say
from geodata.model import Dataset, OwnLayer


def listed(dataset: Dataset, may_change: bool) -> html.Section | None:
    """Return each layer with its source, year, what it holds and its categories; None where there is none."""
    if not dataset.layers:
        return None
    names = ("what", "source", "year", "shapes", "inside", "categories", *(["take"] if may_change else []))
    rows = [_row(layer, dataset, may_change) for layer in dataset.layers.values()]
    made = table("", [say(f"layers_of_own.{name}") for name in names], rows, look=SHEET, named=False)
    note = html.P(say("layers_of_own.note"), className="muted")
    return part("layers_of_own.title", [note, wide(made, say("layers_of_own.title"))])


def _row(layer: OwnLayer, dataset: Dataset, may_change: bool) -> list[Any]:
    origin = dataset.provenance[layer.key]
    held = say(f"layers_of_own.shape.{layer.shape}", n=number(layer.count, language()), count=layer.count)
    row: list[Any] = [
        layer.title(language()), origin.source, origin.years_text, held,
        by(layer.inside, number(layer.inside, language())), _categories(layer),
    ]  # fmt: skip
    return [*row, _take(layer)] if may_change else row


def _categories(layer: OwnLayer) -> str:
    told = [f"{name} ({number(count, language())})" for name, count in layer.categories]
    for key, count in (("others", layer.others), ("blank", layer.blank)):
        if count and layer.column:
            told.append(say(f"layers_of_own.{key}", n=number(count, language())))
    return "; ".join(told) or "–"


def _take(layer: OwnLayer) -> html.Details:
    """Return how to take a layer away: asked again before it is done."""
    sure = [
        html.P(say("layers_of_own.sure", layer=layer.title(language()))),
        forms.ask_button(say("layers_of_own.yes"), "remove", **dashed(data_edition=layer.key)),
    ]
    return html.Details([html.Summary(say("layers_of_own.remove")), *sure], className="sure")
