"""List what the controls of the map screen offer, in the reader's language."""

from typing import Any

from dash import html

from dashboard.pages.kit.elements import dashed
from dashboard.pages.map.ids import legend_of
from dashboard.texts import number
from dashboard.web import backdrops as offered
from dashboard.web.request import language, say
from geodata.model import Dataset, OwnLayer, derived
from geodata.shared import years_text
from layers import classes, own_layers, series
from layers.overlays import overlays

Option = dict[str, Any]
NO_BACKDROP = "none"


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


def switches(dataset: Dataset) -> list[Option]:
    """Return what can be laid over the fill, each with a place for its own legend, which shows while it is on."""
    names = {key: say(overlay.words) for key, overlay in overlays().items()}
    names |= {key: layer.title(language()) for key, layer in dataset.layers.items()}
    return [
        {
            "value": key,
            "label": html.Span(
                [name, html.Span(id=legend_of(key), className="overlay-legend")], className="overlay-label"
            ),
        }
        for key, name in names.items()
    ]


def own_legends(dataset: Dataset) -> dict[str, list[html.Span]]:
    """Return the legend of each user's layer, with how many shapes each category has, by the id of its place."""
    return {
        legend_of(key): [
            *(
                html.Span(
                    [html.Img(src=own_layers.mark(layer, look), alt=""), _category(look, layer)], className="legend-row"
                )
                for look in own_layers.looks(layer)
            ),
            html.Span(
                say("own_layer.source", source=dataset.provenance[key].source, year=dataset.provenance[key].years_text)
            ),
        ]
        for key, layer in dataset.layers.items()
    }


def _category(look: own_layers.CategoryLook, layer: OwnLayer) -> str:
    named = {
        own_layers.OTHERS: say("browser.own.others"),
        own_layers.BLANK: say("browser.own.blank"),
        "": layer.title(language()),
    }
    return f"{named.get(look.name, look.name)} ({number(look.count, language())})"


def legends() -> dict[str, list[html.Span]]:
    """Return the rows of each overlay's legend, by the id of their place."""
    return {
        legend_of(key): [
            html.Span(
                [html.Img(src=entry.mark, alt=""), say(entry.text)],
                className="legend-row",
                **(dashed(data_look=entry.look, hidden=True) if entry.look else {}),
            )
            for entry in overlay.legend
        ]
        for key, overlay in overlays().items()
    }


def gap_weights(dataset: Dataset) -> html.Details:
    """Return how the gap scores are made: the method, and each indicator with year and weight."""
    label = f"label_{language()}"
    parts = []
    for sector in ("education", "health", "environment"):
        rows = derived.gap_parts(dataset, sector)
        total = sum(weight for _, _, weight in rows)
        items = [
            html.Li(f"{dataset.catalog.loc[indicator, label]}, {_of(dataset, indicator, year)}: "
                    f"{number(100 * weight / total, language())} %")
            for indicator, year, weight in rows
        ]  # fmt: skip
        parts += [html.H3(say(f"sector.{sector}")), html.Ul(items)]
    more = html.A(say("sensitivity.see"), href="/sensibilidad", className="data-link", **dashed(data_inside="1"))
    return html.Details([html.Summary(say("map.gap_method")), html.P(say("map.gap_method_text")), *parts, html.P(more)])


def _of(dataset: Dataset, indicator: str, year: int) -> str:
    """Return of what an indicator's score is: a year, a smoothed rate of it, or the mean of several."""
    ground = derived.ground(dataset, indicator, year)
    if ground.way == derived.AS_IS:
        return str(year)
    return say(f"rests.short.{ground.way}", year=year, years=years_text(ground.years))


def backdrops() -> list[dict[str, Any]]:
    """Return what the browser must know of the maps of other servers that may lie below ours."""
    return [
        {
            "id": one.id, "name": one.name, "form": one.form, "address": one.address, "layers": one.layers,
            "attribution": one.attribution, "least": one.least_zoom, "most": one.most_zoom, "origin": one.origin,
        }
        for one in offered.offered()
    ]  # fmt: skip


def backdrop_names() -> list[Option]:
    """Return none, and each of them by name."""
    none = {"value": NO_BACKDROP, "label": say("map.backdrop_none")}
    return [none, *({"value": one.id, "label": one.name} for one in offered.offered())]
