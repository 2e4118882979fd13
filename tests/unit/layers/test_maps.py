"""Maps for paper are true to the limits, legible, and the same file whenever and wherever they are drawn."""

import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely
from PIL import Image, ImageColor

from layers.drawing import labels, maps, path

LAMAS = frozenset({"220501", "220505", "220510"})
TWO_PROVINCES = frozenset({"220104", "220105", "220802"})
EVIL = '<script>alert(1)</script>"&'
SPACE = "{http://www.w3.org/2000/svg}"


def drawn_anew(ubigeos, dataset):
    return maps.draw.__wrapped__(ubigeos, dataset)


def boxes(drawing):
    fonts = {"own": maps.OWN.font, "other": maps.OTHER.font, "area": maps.AREA.font, "number": maps.BOLD}
    for label in drawing.names:
        box = labels.box_of(label.lines, label.size, fonts[label.kind])
        yield label, shapely.box(*box.at(np.array([[label.x, label.y]]))[0])


def test_a_map_shows_the_districts_among_those_of_their_province(dataset):
    drawing = maps.draw(LAMAS, dataset)
    assert set(drawing.districts.index) == set(dataset.territory.in_province("2205"))
    assert set(drawing.districts.index[drawing.districts["fill"] == "inside"]) == LAMAS
    assert drawing.numbers == {"220501": 1, "220505": 2, "220510": 3}
    bounds = drawing.districts.total_bounds
    assert (bounds[:2] >= maps.MARGIN - 0.01).all()
    assert bounds[2] <= maps.WIDTH - maps.MARGIN + 0.01 and bounds[3] <= maps.HEIGHT - maps.MARGIN + 0.01


def test_north_is_up_and_areas_keep_their_proportions(dataset):
    codes = sorted(dataset.territory.in_province("2205"))
    drawing = maps.draw(frozenset(codes), dataset)
    real = dataset.limits.loc[codes, "geometry"].to_crs(6933).area.to_numpy()
    drawn = drawing.districts.geometry.loc[codes].area.to_numpy()
    assert drawn / drawn.sum() == pytest.approx(real / real.sum(), abs=0.002)
    north = max(codes, key=lambda c: dataset.limits.at[c, "geometry"].centroid.y)
    assert drawing.districts.geometry.centroid.y.idxmin() == north


def test_the_bar_of_the_scale_is_as_long_as_it_says(dataset):
    codes = sorted(dataset.territory.in_province("2205"))
    drawing = maps.draw(frozenset(codes), dataset)
    real = dataset.limits.loc[codes, "geometry"].to_crs(6933).area.sum() / 1e6
    drawn = drawing.districts.geometry.area.sum()
    assert drawn * (drawing.bar_km / drawing.bar) ** 2 == pytest.approx(real, rel=0.01)
    assert 0 < drawing.bar <= maps.WIDTH / 4
    root = ElementTree.fromstring(maps.svg(drawing, "x"))
    halves = [node.get("d") for group in root.iter(f"{SPACE}g") if group.get("class") == "bar" for node in group]
    across = [float(x) for d in halves for x in re.findall(r"[ML] (\S+)", d)]
    assert max(across) - min(across) == pytest.approx(drawing.bar, abs=0.2)
    assert f"{drawing.bar_km} km" in {node.text for node in root.iter(f"{SPACE}text")}


def test_an_svg_path_draws_a_polygon_with_its_hole():
    square = shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (2, 1), (2, 2)]])
    assert path(square) == "M0.0,0.0 4.0,0.0 4.0,4.0 0.0,4.0ZM1.0,1.0 2.0,1.0 2.0,2.0Z"


def test_the_picture_has_the_colours_of_the_drawing(dataset):
    drawing = maps.draw(frozenset({"220501"}), dataset)
    picture = Image.open(BytesIO(maps.png(drawing))).convert("RGB")
    assert picture.size == (maps.WIDTH * 2, maps.HEIGHT * 2)
    pixels = np.asarray(picture).astype(int)
    inside = (np.abs(pixels - ImageColor.getrgb(maps.FILLS["inside"])).max(axis=2) <= 3).sum() / 4
    taken = sum(box.area for label, box in boxes(drawing) if label.kind in ("own", "number"))
    own = drawing.districts.geometry["220501"].area
    assert own * 0.85 - taken - np.pi * maps.NUMBER_RADIUS**2 <= inside <= own  # lines and words take a little of it
    assert tuple(pixels[0, 0]) == (255, 255, 255)


def test_a_title_in_a_map_is_escaped(dataset):
    text = maps.svg(maps.draw(frozenset({"220501"}), dataset), EVIL)
    assert "<script" not in text
    assert ElementTree.fromstring(text).get("aria-label") == EVIL


@pytest.mark.parametrize("ubigeos", [LAMAS, TWO_PROVINCES])
def test_every_district_inside_has_its_number_on_it_and_no_words_lie_over_others(ubigeos, dataset):
    drawing = maps.draw(ubigeos, dataset)
    shapes = drawing.districts.geometry
    numbers = {label.lines[0]: shapely.Point(label.x, label.y) for label in drawing.names if label.kind == "number"}
    assert {ubigeo for ubigeo, n in drawing.numbers.items() if shapes[ubigeo].contains(numbers[f"{n}"])} == ubigeos
    assert_legible(drawing)
    named = {" ".join(label.lines) for label in drawing.names if label.kind == "own"}
    assert named <= {dataset.territory.districts[u].name for u in ubigeos} and named


@pytest.mark.parametrize("province", ["0105", "2208", "1601"])
def test_numbers_of_small_districts_make_room_for_each_other_and_are_tied_to_theirs(province, dataset):
    drawing = maps.draw(frozenset(dataset.territory.in_province(province)), dataset)
    assert_legible(drawing)
    shapes = drawing.districts.geometry
    by_number = {f"{n}": shapes[ubigeo] for ubigeo, n in drawing.numbers.items()}
    for label in drawing.names:
        if label.kind == "number":
            assert by_number[label.lines[0]].buffer(0.01).contains(shapely.Point(label.tie or (label.x, label.y)))
    ties = sum(label.tie is not None for label in drawing.names)
    groups = ElementTree.fromstring(maps.svg(drawing, "x")).iter(f"{SPACE}g")
    assert sum(len(group) for group in groups if group.get("class") == "tie") == ties


def assert_legible(drawing):
    for (one, box), (other, beside) in combinations(boxes(drawing), 2):
        assert not box.intersects(beside), (one, other)
    sheet = shapely.box(0, 0, maps.WIDTH, maps.HEIGHT - maps.FOOT)
    assert all(sheet.contains(box) for _, box in boxes(drawing))


def test_a_name_of_another_district_stands_on_that_district_alone(dataset):
    drawing = maps.draw(LAMAS, dataset)
    shapes = drawing.districts.set_index("name").geometry
    others = [(label, box) for label, box in boxes(drawing) if label.kind == "other"]
    assert len(others) >= 5
    assert all(shapes[" ".join(label.lines)].buffer(0.01).covers(box) for label, box in others)


def test_provinces_are_named_where_there_are_several(dataset):
    kinds = {label.kind for label in maps.draw(LAMAS, dataset).names}
    assert "area" not in kinds
    areas = {" ".join(label.lines) for label in maps.draw(TWO_PROVINCES, dataset).names if label.kind == "area"}
    assert areas == {"MOYOBAMBA", "RIOJA"}


def test_the_same_map_is_the_same_file_on_any_thread(dataset):
    first = drawn_anew(LAMAS, dataset)
    wanted = maps.svg(first, "x"), maps.png(first)

    def again(_):
        drawing = drawn_anew(LAMAS, dataset)
        return maps.svg(drawing, "x"), maps.png(drawing)

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(again, range(6))) == {wanted}


def test_a_map_carries_nothing_of_whoever_drew_it_and_any_page_may_hold_it(dataset):
    text = maps.svg(maps.draw(LAMAS, dataset), "x")
    assert not re.search(r"\bid=|style|url\(|href|metadata|matplotlib|<!|<\?", text)
    picture = Image.open(BytesIO(maps.png(maps.draw(LAMAS, dataset))))
    assert not picture.info.keys() - {"dpi"}


def test_a_drawing_is_made_once(dataset):
    assert maps.draw(LAMAS, dataset) is maps.draw(LAMAS, dataset)
    assert maps.png(maps.draw(LAMAS, dataset)) is maps.png(maps.draw(LAMAS, dataset))


def test_without_limits_there_is_no_map_and_numbers_all_the_same(dataset):
    class Without:
        territory = dataset.territory
        limits = dataset.limits.assign(geometry=None)

    drawing = drawn_anew(LAMAS, Without())
    assert drawing.empty and drawing.numbers == {"220501": 1, "220505": 2, "220510": 3}
    assert "<path" not in maps.svg(drawing, "x")
