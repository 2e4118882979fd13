"""List what the controls of the map screen offer, in the reader's language."""

from typing import Any

from dash import html

from dashboard.texts import number
from dashboard.web.request import language, say
from geodata.model import Dataset, derived
from layers import classes, series

Option = dict[str, Any]


def departments(dataset: Dataset) -> list[Option]:
    """Return "all" and the departments, by name."""
    known = sorted(dataset.territory.departments.values(), key=lambda d: d.name)
    return [
        {"value": "all", "label": say("map.all")},
        *({"value": d.code, "label": d.name} for d in known),
    ]


def fills(dataset: Dataset) -> list[Option]:
    """Return what the map can be filled with: gaps first, events, then indicators by sector."""
    gaps = [f"gap_{sector}" for sector in series.GAPS]
    fixed = [*gaps, series.DENSITY, series.EMERGENCIES, series.CONFLICT_CASES]
    options = [{"value": key, "label": say(f"browser.series.{key}")} for key in fixed]
    label = f"label_{language()}"
    for indicator, row in dataset.catalog.iterrows():
        sector = say(f"sector.{row['sector']}")
        options.append({"value": indicator, "label": f"{sector} · {row[label]}"})
    return options


def fill_years(dataset: Dataset) -> dict[str, list[list[str]]]:
    """Return the series of each indicator, latest first: indicator -> [[series key, year], ...]."""
    years: dict[str, list[list[str]]] = {indicator: [] for indicator in dataset.catalog.index}
    for key, item in series.fixed_series(dataset).items():
        indicator, dot, _ = key.partition(".")
        if dot:
            years[indicator].append([key, item.year])
    return years


def fill_of(key: str) -> tuple[str, str | None]:
    """Split a series key into the choice of fill and, for an indicator, the series of its year."""
    indicator, dot, _ = key.partition(".")
    return (indicator, key) if dot else (key, None)


def hazards(dataset: Dataset) -> list[Option]:
    """Return "every hazard" and the hazards on record."""
    kinds = sorted(dataset.hazards["hazard"].unique())
    return [
        {"value": "all", "label": say("map.every_hazard")},
        *({"value": kind, "label": say(f"browser.hazard.{kind}")} for kind in kinds),
    ]


def methods() -> list[Option]:
    """Return the classification methods."""
    return [{"value": m, "label": say(f"method.{m}")} for m in classes.METHODS]


def gap_weights(dataset: Dataset) -> html.Details:
    """Return how the gap scores are made: the method, and each indicator with year and weight."""
    label = f"label_{language()}"
    parts = []
    for sector in ("education", "health", "environment"):
        rows = derived.gap_parts(dataset, sector)
        total = sum(weight for _, _, weight in rows)
        items = [
            html.Li(f"{dataset.catalog.loc[indicator, label]}, {year}: {number(100 * weight / total, language())} %")
            for indicator, year, weight in rows
        ]
        parts += [html.H3(say(f"sector.{sector}")), html.Ul(items)]
    return html.Details([html.Summary(say("map.gap_method")), html.P(say("map.gap_method_text")), *parts])
