"""Show the ways and the districts as tables that can be sorted."""

import pandas as pd
from dash import html

from dashboard.pages.kit.tables import by, table, wide
from dashboard.pages.sensitivity.parts import way_name
from dashboard.texts import number
from dashboard.web.request import language, say
from geodata.model import Dataset, sensitivity

CORRELATION_DECIMALS = 3
MOST_MOVES = 3


def whole(values: pd.Series) -> list[int | None]:
    """Return places as whole numbers, None for what is not known."""
    return [None if value != value else int(value) for value in values]


def ways(found: sensitivity.Sensitivity, dataset: Dataset) -> html.Div:
    """Return a row for each way other than the usual one."""
    top = len(found.top)
    head = [
        say("sensitivity.way_head"), say("sensitivity.correlation"), say("sensitivity.kept_of", top=top),
        say("sensitivity.median"), say("sensitivity.moves"),
    ]  # fmt: skip
    rows = [
        [
            way_name(each.way, dataset, say, language()),
            _number(each.correlation, CORRELATION_DECIMALS),
            _number(each.kept),
            _number(each.median_move, 1),
            _moves(each, found, dataset),
        ]
        for each in found.others
    ]
    made = table(say("sensitivity.ways"), head, rows, numbers=(1, 2, 3), class_name="sensitivity-ways", sorts=range(4))
    return wide(made, say("sensitivity.ways"))


def _moves(each: sensitivity.Reckoned, found: sensitivity.Sensitivity, dataset: Dataset) -> str:
    moved = [
        say("sensitivity.move", name=dataset.territory.districts[u].name, usual=int(found.usual[u]),
            place=int(each.places[u]))
        for u in each.largest(MOST_MOVES)
    ]  # fmt: skip
    return say("list.semicolon").join(moved) or say("sensitivity.no_moves")


def districts(found: sensitivity.Sensitivity, dataset: Dataset) -> html.Div:
    """Return a row for each district that is in the top in some way, those of the least sure place first."""
    width = (found.last - found.first)[list(found.ever)].sort_values(ascending=False, kind="stable")
    names = ("district", "place_of", "usual", "first", "last", "width", "times")
    head = [say(f"sensitivity.{name}", top=found.size) for name in names]
    territory, count = dataset.territory, found.places.shape[1]
    rows = []
    for ubigeo in width.index:
        district = territory.districts[ubigeo]
        province = territory.provinces[district.province].name
        places = [found.usual[ubigeo], found.first[ubigeo], found.last[ubigeo]]
        times = int(found.times[ubigeo])
        rows.append([
            district.name,
            f"{province}, {territory.departments[district.department].name}",
            *(_number(value) for value in places),
            _number(places[2] - places[1]),
            by(times, say("sensitivity.times_of", n=times, ways=count), True),
        ])  # fmt: skip
    title = say("sensitivity.districts")
    made = table(title, head, rows, numbers=range(2, 7), class_name="sensitivity-districts", sorts=range(7))
    return wide(made, title)


def _number(value: float | None, decimals: int = 0) -> html.Td:
    known = None if value is None or value != value else float(value)
    return by(known, number(value, language(), decimals), True)
