"""Hold that what lies around the territory is whole, small, and as the command cuts it."""

import brotli
import pytest
from shapely.geometry import Point, Polygon, box

from dashboard.web import publish
from layers.surroundings import cutting, lands

MOST_BYTES = 12_000
PLACES = {
    "Ecuador": (-78.5, -1),
    "Colombia": (-72, 3),
    "Brasil": (-65, -8),
    "Bolivia": (-65, -17),
    "Chile": (-69.5, -22),
}


@pytest.fixture(scope="module")
def shapes() -> dict[str, list[Polygon]]:
    return {land["es"]: [Polygon(ring) for ring in land["rings"]] for land in lands()["lands"] if land["es"]}


def test_it_is_one_small_file(shapes):
    file = publish.surroundings()["surroundings"]
    assert len(brotli.compress(file.body, quality=10)) < MOST_BYTES


def test_the_countries_beside_peru_are_named_and_lie_where_they_do(shapes):
    assert set(shapes) == set(PLACES)
    for name, place in PLACES.items():
        assert [each for each, parts in shapes.items() if any(part.contains(Point(place)) for part in parts)] == [name]


def test_peru_is_the_one_home_and_holds_the_territory_but_for_what_a_sketch_is_off_by(dataset):
    [home] = [land for land in lands()["lands"] if land["home"]]
    peru = Polygon(home["rings"][0])
    assert peru.is_valid and not home["es"]
    whole = dataset.limits.geometry.union_all()
    assert whole.intersection(peru).area > 0.97 * whole.area


def test_no_gap_opens_between_two_countries_where_maps_look(shapes):
    near = box(-75, -12, -61, 3)  # land alone
    around = [Polygon(ring) for land in lands()["lands"] for ring in land["rings"]]
    covered = sum(near.intersection(part.buffer(0)).area for part in around)
    assert covered == pytest.approx(near.area, rel=0.001)


def test_what_two_countries_share_is_thinned_once_and_far_lands_are_one():
    # Peru and Brazil beside each other, and two others far away that touch
    arcs = [
        [[-70, -5], [1, 5], [-1, 5]],
        [[-70, 5], [-5, 0], [0, -10], [5, 0]],
        [[-70, 5], [5, 0], [0, -10], [-5, 0]],
        [[100, 0], [0, 10]],
        [[100, 10], [-10, 0], [0, -10], [10, 0]],
        [[100, 10], [10, 0], [0, -10], [-10, 0]],
    ]
    geometries = [
        {"type": "Polygon", "id": code, "arcs": [numbers]}
        for code, numbers in (("604", [0, 1]), ("076", [0, 2]), ("900", [3, 4]), ("901", [3, 5]))
    ]
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": arcs,
        "objects": {"countries": {"geometries": geometries}},
    }
    made = cutting.cut(topology)["lands"]
    far, peru, brazil = (land["rings"] for land in made)
    assert len(far) == 1 and Polygon(far[0]).area == 200
    assert Polygon(peru[0]).intersection(Polygon(brazil[0])).area == 0
    assert Polygon(peru[0]).union(Polygon(brazil[0])).area == 100
