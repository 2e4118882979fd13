"""Hold that what is told while an outline is drawn is what the finished one takes."""

import math
import random

import pytest

from dashboard.clusters.model import enclosure
from dashboard.pages.map import answers

WITHIN = """
    const { within } = await load("model/enclosure");
    return given.map(([ring, by]) => within(ring, by));"""
BY = (enclosure.BY_AREA, enclosure.BY_CAPITAL)


def told(run, shapes: list[dict]) -> list[list[str]]:
    """Return the districts that the browser tells of each outline, sorted."""
    found = run(WITHIN, [[shape["lasso"], shape["countsBy"]] for shape in shapes])
    return [sorted(us) for us in found]


def by_hand(chance: random.Random, dataset) -> list[list[float]]:
    """Return a line as a hand draws it: many points, bays, and sometimes a loop over itself."""
    west, south, east, north = dataset.limits.total_bounds
    x, y, size = chance.uniform(west, east), chance.uniform(south, north), chance.choice([0.1, 0.4, 1.2, 3])
    waves = [(chance.randrange(1, 9), chance.uniform(0, 0.3), chance.uniform(0, 7)) for _ in range(4)]
    turns, points = chance.choice([1, 1, 1, 2]), chance.randrange(20, 300)
    ring = []
    for n in range(points):
        angle = 2 * math.pi * turns * n / points
        radius = size * (1 + sum(high * math.sin(often * angle / turns + at) for often, high, at in waves))
        ring.append([x + radius * math.cos(angle), y + radius * math.sin(angle)])
    return ring


def crossed(chance: random.Random, dataset) -> list[list[float]]:
    """Return a few places joined anyhow, which cross themselves."""
    west, south, east, north = dataset.limits.total_bounds
    return [[chance.uniform(west, east), chance.uniform(south, north)] for _ in range(chance.randrange(3, 12))]


@pytest.mark.parametrize("draw", [by_hand, crossed])
@pytest.mark.parametrize("by", BY)
def test_what_is_told_of_an_outline_is_what_the_server_takes(run, dataset, draw, by):
    chance = random.Random(f"{draw.__name__} {by}")
    shapes = [{"lasso": draw(chance, dataset), "countsBy": by} for _ in range(150)]
    taken = [answers.enclosed(shape, dataset)["ubigeos"] for shape in shapes]
    wrong = [(t, s) for t, s in zip(told(run, shapes), taken, strict=True) if t != s]
    assert not wrong
    assert sum(map(bool, taken)) > 50, "many of the outlines take something"


def test_what_is_told_of_a_rectangle_is_what_the_server_takes(run, dataset):
    chance = random.Random(11)
    west, south, east, north = dataset.limits.total_bounds
    wrong = []
    for _ in range(10):
        (x0, x1), (y0, y1) = ([chance.uniform(*ends) for _ in "ab"] for ends in ((west, east), (south, north)))
        ring = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]
        taken = answers.enclosed({"range": [ring[0], ring[2]], "countsBy": "area"}, dataset)["ubigeos"]
        wrong += [(found, taken) for found in told(run, [{"lasso": ring, "countsBy": "area"}]) if found != taken]
    assert not wrong


def test_an_outline_of_a_district_takes_it_and_a_slip_takes_nothing(run, dataset):
    shape = dataset.limits.geometry["160107"]
    ring = [list(p) for p in shape.exterior.coords]
    slip = ring[:2]
    assert told(run, [{"lasso": ring, "countsBy": "area"}, {"lasso": slip, "countsBy": "area"}]) == [["160107"], []]
