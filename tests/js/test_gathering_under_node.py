"""Hold that gathered points are all counted, and that lines and areas are found where geometry has them."""

import random

import shapely

GATHER = """
    const { gather, places } = await load("model/aggregation");
    return given.map(([x, y, looks, box, cell, few]) => {
      const points = { x: Float64Array.from(x), y: Float64Array.from(y), looks: Uint8Array.from(looks), labels: [] };
      return gather(points, box, cell, 3, few);
    }).concat([places([5, -2, 4])]);"""
HIT = """
    const { isNear, isInside, inSight, boxOf, isInBox } = await load("model/aggregation");
    return given.map(([ring, place, reach, box]) => [
      isNear([ring], place, reach), isInside([ring], place), inSight(ring, box).length > 0,
      isInBox(boxOf(ring), place, reach)]);"""


def test_every_point_in_sight_is_counted_once(run):
    chance, asked = random.Random(3), []
    for n in (0, 1, 40, 700):
        x, y, looks = ([chance.uniform(-100, 100) for _ in range(n)] for _ in range(3))
        asked.append([x, y, [int(abs(k)) % 3 for k in looks], [-60, -50, 70, 80], 20, 30])
    *found, sums = run(GATHER, asked)
    assert sums == [5, 3, 7]
    for (x, y, looks, (left, top, right, bottom), cell, few), gathered in zip(asked, found, strict=True):
        inside = [i for i in range(len(x)) if left <= x[i] <= right and top <= y[i] <= bottom]
        assert sum(own["n"] for own in gathered) == len(inside)
        for look in range(3):
            assert sum(own["looks"][look] for own in gathered) == sum(looks[i] == look for i in inside)
        if len(inside) <= few:
            assert sorted(own["first"] for own in gathered) == inside
        else:
            assert len(gathered) <= (130 / cell + 2) ** 2 and len(gathered) < len(inside)
            assert all(left <= own["x"] <= right and top <= own["y"] <= bottom for own in gathered)


def test_what_lies_at_a_place_is_what_geometry_says(run):
    chance, asked = random.Random(4), []
    for _ in range(120):
        ring = [[chance.uniform(0, 10), chance.uniform(0, 10)] for _ in range(chance.randrange(3, 9))]
        asked.append([ring, [chance.uniform(0, 10), chance.uniform(0, 10)], 0.5, [2, 3, 6, 8]])
    for (ring, place, reach, box), (near, inside, seen, boxed) in zip(asked, run(HIT, asked), strict=True):
        line, point = shapely.LineString(ring), shapely.Point(place)
        assert near == (line.distance(point) <= reach)
        assert boxed or not near
        if shapely.LinearRing(ring).is_simple:
            assert inside == shapely.Polygon(ring).covers(point)
        if line.intersects(shapely.box(*box)):
            assert seen
