"""Hold that charts are made of the figures they stand for: nothing unknown is drawn, and better is right and up."""

FRONTIER = """
const Figure = await load("model/frontier_figure");
const pool = { values: { gap: given.x, proximity: given.y }, onFrontier: new Set([1]) };
const criteria = [
  { key: "gap", better: "higher", decimals: 1 }, { key: "proximity", better: "lower", decimals: 0 },
];
const rows = given.x.map((_, n) => n);
const of = { pool, criteria, rows, x: "gap", y: "proximity", nameOf: (n) => `c${n}`, colour: (name) => name };
const { data, layout } = Figure.frontier(of);
return { data, layout, over: Figure.highlights(of, 1, 3), none: Figure.highlights(of, null, null) };"""


def test_the_frontier_holds_what_is_known_and_none_beats(run):
    made = run(FRONTIER, {"x": [1, 3, 2, None, 2], "y": [1, 2, 9, 5, 1]})
    others, best, frontier = made["data"]
    assert (others["customdata"], frontier["customdata"]) == ([0, 2, 4], [1])
    assert list(zip(best["x"], best["y"], strict=True)) == [(3, 2), (2, 1)]
    assert "%{x:,.1f}" in others["hovertemplate"] and "%{y:,.0f}" in others["hovertemplate"]
    across, up = (made["layout"][axis]["range"] for axis in ("xaxis", "yaxis"))
    assert across[0] < 1 < 3 < across[1] and up[0] > 9 > 1 > up[1]


def test_what_is_not_known_is_not_marked(run):
    made = run(FRONTIER, {"x": [1, 3, 2, None, 2], "y": [1, 2, 9, 5, 1]})
    assert [(shape["name"], shape["xanchor"], shape["yanchor"]) for shape in made["over"]] == [("picked", 3, 2)]
    assert made["none"] == []


def test_all_alike_stand_in_the_middle_with_one_tick(run):
    made = run(FRONTIER, {"x": [4, 4], "y": [0, 0]})
    assert (made["layout"]["xaxis"]["range"], made["layout"]["xaxis"]["tickvals"]) == ([3, 5], [4])


YEARS = """
const Figure = await load("model/years_figure");
const { years, counts, complete, period, across } = given;
const { data, layout } = Figure.years({ years, counts, complete }, period, (name) => name);
return { bars: data[0], layout, brushed: across.map((each) => Figure.brushed(years, each)) };"""
COUNTED = {
    "years": [2007, 2008, 2009], "counts": [4, 0, 21], "complete": [False, True, True], "period": [2008, 2009],
    "across": [[2007.6, 2008.7], [2008.9, 2007.9], [1990, 2030], [2008.1, 2008.2]],
}  # fmt: skip


def test_years_outside_the_period_are_faint_and_incomplete_ones_hatched(run):
    made = run(YEARS, COUNTED)
    bars = made["bars"]
    assert (bars["x"], bars["y"], bars["selectedpoints"]) == (COUNTED["years"], COUNTED["counts"], [1, 2])
    assert bars["unselected"]["marker"]["opacity"] < bars["selected"]["marker"]["opacity"]
    assert [bool(shape) for shape in bars["marker"]["pattern"]["shape"]] == [True, False, False]
    assert made["layout"]["yaxis"]["tickvals"] == [10, 20]
    assert bars["hovertext"] == ["2007: 4<br>registro incompleto", "2008: 0", "2009: 21"]


def test_a_brush_takes_the_years_in_whose_bars_it_begins_and_ends(run):
    assert run(YEARS, COUNTED)["brushed"] == [[2008, 2009], [2008, 2009], [2007, 2009], [2008, 2008]]


PHASES = """
const Figure = await load("model/phases_figure");
return Figure.phases(given.bars, (name) => name, given.width);"""


def test_what_is_said_of_a_bar_has_room_beside_the_longest_on_a_phone_too(run):
    bars = [
        {"name": "Fase 1", "reached": 5, "total": 32, "target": 29, "said": "5 (32 con propuestas)"},
        {"name": "Fase 2", "reached": 8, "total": 32, "target": None, "said": "8"},
    ]  # fmt: skip
    made = {width: run(PHASES, {"bars": bars, "width": width}) for width in (350, 640)}
    total, reached, target, _ = made[640]["data"]
    assert (total["x"], reached["x"], target["x"], target["y"]) == ([32, 32], [5, 8], [29], ["Fase 1"])
    ends = {width: each["layout"]["xaxis"]["range"][1] for width, each in made.items()}
    assert ends[350] > ends[640] > 32
