"""Open the map and look at it: departments, fills, overlays, periods, sheets."""

import pytest

from dashboard.pages.map import timeline
from dashboard.pages.map.ids import Map, years_of
from geodata.model import derived
from layers import series
from layers.overlays import overlays
from tests.browser import charts, driving

LORETO = "16"
CASES, EMERGENCIES = (f"#{years_of(slider)}" for slider in (Map.CONFLICT_SLIDER, Map.HAZARD_SLIDER))
ALL_OVERLAYS = ".".join(overlays())
# layers with nothing to show in the default data: no cluster is validated yet, nothing else is drawn
NOTHING_YET = {"clusters.reviewed", "clusters.validated", "links.road", "links.air"}


def drawn(page, name: str) -> int:
    """Return how many marks, lines or words of a layer are on the screen."""
    return page.evaluate(
        """(name) => [...document.querySelectorAll(`#map-graph g[data-layer="${name}"] :is(path, circle, text)`)]
            .filter((node) => node.getBoundingClientRect().width > 0).length""",
        name,
    )


def test_the_map_opens_with_the_proposals_and_a_failing_rule_in_sight(still, dataset):
    assert len(driving.colours(still)) == len(dataset.limits)
    assert drawn(still, "clusters.proposed") > 0
    assert drawn(still, "clusters.names") > 0
    assert driving.layers(still)["clusters.names"]["text"] == [str(n + 1) for n in range(len(dataset.proposals))]
    failing = still.locator(f"#{Map.VERDICTS} li.rule.fail").first
    assert failing.is_visible()
    box = failing.bounding_box()
    assert box["y"] + 20 < driving.SIZE["height"], "the failing rule is below the screen"
    assert "Awajún" in failing.inner_text()


def test_the_notice_on_limits_and_rivers_is_on_the_map(still):
    notice = still.locator(f"#{Map.CAPTION}")
    assert notice.inner_text() == "Límites esquemáticos, no oficiales. Ríos incompletos."
    assert notice.is_visible()


def test_a_department_s_tab_fills_the_frame_with_it_and_names_its_districts(page, dataset):
    driving.open_map(page)
    before, labels = driving.view_box(page), driving.layers(page)["districts.names"]["text"]
    driving.choose_department(page, LORETO)
    after = driving.view_box(page)
    assert after["scale"] > before["scale"] * 1.2
    west, south, east, north = dataset.limits[dataset.limits.index.str.startswith(LORETO)].total_bounds
    assert west < after["lon"] < east and south < after["lat"] < north
    names = driving.layers(page)["districts.names"]["text"]
    own = {d.name for u, d in dataset.territory.districts.items() if u.startswith(LORETO)}
    assert names and set(names) <= own
    assert names != labels
    driving.choose_department(page, "all")
    assert driving.view_box(page)["scale"] == pytest.approx(before["scale"], rel=0.01)
    # dense districts get their labels when zoomed to
    luya = {d.name for d in dataset.territory.districts.values() if d.province == "0105"}
    assert not luya & set(driving.layers(page)["districts.names"]["text"])
    closer = 3 * driving.view_box(page)["scale"]
    driving.set_value(page, Map.SEARCH, "0105")
    driving.until_zoomed(page, closer)
    shown = luya & set(driving.layers(page)["districts.names"]["text"])
    assert len(shown) > len(luya) / 2


def test_fills_and_overlays_ask_nothing_of_the_server_and_classes_once_what_only_it_can_cut(visitor, dataset):
    page = visitor.page
    driving.open_map(page)
    published = [path for path in driving.asked(visitor, 0) if path.startswith("/published/limits")]
    assert len(set(published)) == 1 and len(published) <= 2  # announced in the page, then read

    # another fill
    before, since = driving.colours(page), len(visitor.requests)
    driving.set_value(page, Map.FILL, "gap_education")
    driving.until_view(page, fill="gap_education")
    driving.until_settled(page)
    after = driving.colours(page)
    assert set(after) == set(before)
    assert sum(after[u] != before[u] for u in after) > len(after) / 4
    assert driving.asked(visitor, since) == []
    values = series.fixed_series(dataset)["gap_education"].values
    low, high = values.idxmin(), values.idxmax()
    assert after[low] != after[high]
    assert "Brecha en educación" in page.locator(f"#{Map.LEGEND}").inner_text()

    # overlays
    since = len(visitor.requests)
    for overlay in overlays():
        driving.switch_overlay(page, overlay)
    driving.until_settled(page)
    assert driving.asked(visitor, since) == []

    # no geometry is sent twice
    driving.choose_department(page, LORETO)
    driving.set_value(page, Map.FILL, "density")
    driving.switch_overlay(page, "risk")
    driving.set_period(page, Map.HAZARD_PERIOD, [2018, 2019])
    driving.until_view(page, fill="density", hazardPeriod=[2018, 2019])
    driving.until_settled(page)
    assert not [path for path in driving.asked(visitor, since) if not driving.QUESTIONS.search(path)]

    # natural breaks are cut on the server; a new visit, in which nothing of the above is still asked
    driving.open_map(page)
    since = len(visitor.requests)
    driving.set_value(page, Map.METHOD, "natural")
    driving.until_view(page, method="natural")
    page.wait_for_function("() => document.querySelector('.legend-classes')")
    driving.until_settled(page)
    assert len(driving.asked(visitor, since)) == 1
    counts = [int(text) for text in page.locator(f"#{Map.LEGEND} .legend-count").all_inner_texts()]
    assert sum(counts) == 238


def test_districts_without_data_are_hatched_and_counted(page, dataset):
    driving.open_map(page, {"f": "anaemia_6_35m.2023"})
    values = dataset.value("anaemia_6_35m", 2023)
    hatched = {u for u, fill in driving.colours(page).items() if "#no-data" in fill}
    assert hatched == set(values.index[values.isna()])
    last = page.locator(f"#{Map.LEGEND} li").last
    assert "sin dato" in last.inner_text()
    assert last.locator(".legend-count").inner_text() == "25"
    assert page.locator("pattern#no-data").count() == 1
    # and every district once, whatever the fill
    for fill in ("gap_health", "conflict_cases", "emergencies_per_10000"):
        driving.set_value(page, Map.FILL, fill)
        driving.until_view(page, fill=fill)
        driving.until_settled(page)
        counts = [int(text) for text in page.locator(f"#{Map.LEGEND} .legend-count").all_inner_texts()]
        assert sum(counts) == 238


def test_all_overlays_show_at_once_with_a_legend_each_and_none_hides_another(page, dataset):
    driving.open_map(page, {"o": ALL_OVERLAYS, "ph": "2017-2022", "pc": "2007-2023"})
    for overlay in overlays():
        label = page.locator(f"#{Map.OVERLAYS} label", has=page.locator(f"input[value='{overlay}']"))
        label.locator(".legend-row").first.wait_for()

    # marks stand for the figures of the data
    shown = driving.layers(page)
    assert shown["capitals.points"]["n"] == 238
    hit = derived.emergencies(dataset, None, 2017, 2022)
    assert {m["u"]: m["n"] for m in shown["risk.circles"]["about"]} == hit[hit > 0].to_dict()
    assert len(shown["mancomunidades.names"]["text"]) == sum(bool(m.members) for m in dataset.mancomunidades)
    assert len(shown["p20.names"]["text"]) == len(dataset.p20)

    # one is switched off, the others stay as they are
    names = [name for name, layer in shown.items() if layer["overlay"] in overlays() and name not in NOTHING_YET]
    labelled = {
        part.layer(key) for key, overlay in overlays().items() for part in overlay.parts if part.kind == "labels"
    }
    before = {name: drawn(page, name) for name in names}
    assert all(before.values()), f"nothing on screen of {[n for n in names if not before[n]]}"
    for overlay in ("risk", "conflicts", "clusters"):
        driving.switch_overlay(page, overlay)
        driving.until_settled(page)
        assert not any(layer["n"] for layer in driving.layers(page).values() if layer["overlay"] == overlay)
        others = {n for n in names if shown[n]["overlay"] != overlay and n not in labelled | {"rivers.names"}}
        now = {name: drawn(page, name) for name in others}
        # labels make room for each other; everything else stays as it was
        assert now == {name: before[name] for name in others}
        driving.switch_overlay(page, overlay)
        driving.until_settled(page)


def test_a_case_is_drawn_only_where_it_is_known_and_a_period_filters_what_is_drawn_and_coloured(page, dataset):
    driving.open_map(page, {"o": "conflicts", "pc": "2007-2023", "f": "conflict_cases"})
    shown = driving.layers(page)
    places = derived.conflict_places(dataset, 2007, 2023)
    known = places.groupby("level").apply(
        lambda rows: {(row.place, row.case_id) for row in rows.itertuples()}, include_groups=False
    )
    exact = {(m["u"], case) for m in shown["conflicts.points"]["about"] for case in m["cases"]}
    broad = {(m["place"], case) for m in shown["conflicts.broad"]["about"] for case in m["cases"]}
    assert exact == known["district"]
    assert broad == known["province"] | known["department"]
    assert all(len(place) < 6 for place, _ in broad)
    total = sum(int(text or 1) for text in shown["conflicts.broad"]["text"])
    assert total == len(broad)
    driving.set_period(page, Map.CONFLICT_PERIOD, [2012, 2013])
    driving.until_view(page, conflictPeriod=[2012, 2013])
    driving.until_settled(page)
    cases = {c for m in driving.layers(page)["conflicts.points"]["about"] for c in m["cases"]}
    places = derived.conflict_places(dataset, 2012, 2013)
    assert cases == set(places.loc[places["level"] == "district", "case_id"])
    assert "2012–2013" in page.locator(f"#{Map.LEGEND} .legend-title").inner_text()


def test_the_years_are_a_thin_strip_that_loads_nothing_until_it_is_opened(visitor):
    page = visitor.page
    driving.open_map(page, {"pc": "2010-2012", "ph": "2020-2020"})
    told = page.locator(".timeline-line").inner_text()
    assert "Conflictos 2010–2012" in told and "Emergencias 2020" in told
    assert page.locator(".timeline").bounding_box()["height"] < 50
    assert page.locator(".timeline [role=slider]").count() == 0
    assert not charts.asked(visitor.requests) and not any("slider" in url for url in visitor.requests)
    driving.open_years(page)
    thumbs = page.locator(f"#{Map.CONFLICT_SLIDER} [role=slider]")
    assert [thumbs.nth(n).get_attribute("aria-valuenow") for n in (0, 1)] == ["2010", "2012"]
    assert charts.asked(visitor.requests) == 1
    # open as it was left, and closed again
    page.reload()
    driving.until_usable(page)
    charts.until_drawn(page, CASES)
    page.click(f"#{Map.TIMELINE_TOGGLE}")
    page.locator(CASES).wait_for(state="hidden")
    page.reload()
    driving.until_usable(page)
    assert page.locator(f"#{Map.TIMELINE_TOGGLE}").get_attribute("aria-expanded") == "false"


def test_the_bars_are_each_year_s_cases_and_emergencies_and_a_drag_over_them_or_a_press_chooses(page, dataset):
    driving.open_map(page, {"pc": "2012-2014"})
    driving.open_years(page)
    first, last = derived.years_span(dataset)
    own = {
        CASES: timeline.cases_by_year(dataset, first, last),
        EMERGENCIES: timeline.emergencies_by_year(dataset, first, last),
    }
    for box, counts in own.items():
        bars = charts.traces(page, box)["years"]
        assert dict(zip(bars["x"], bars["y"], strict=True)) == counts.to_dict()
        assert len(charts.spots(page, box)) == len(counts)
    chosen = charts.traces(page, CASES)["years"]["chosen"]
    assert [first + n for n in chosen] == [2012, 2013, 2014]
    table = page.locator(".strip table").first.locator("tr")
    assert table.count() == last - first + 1

    spots, years = charts.spots(page, CASES), charts.traces(page, CASES)["years"]["x"]
    (x, y), (to, _) = spots[3], spots[8]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(to, y, steps=5)
    page.mouse.up()
    driving.until_view(page, conflictPeriod=[years[3], years[8]])
    thumbs = page.locator(f"#{Map.CONFLICT_SLIDER} [role=slider]")
    page.wait_for_function(
        "([id, first]) => document.querySelector(`#${id} [role=slider]`).getAttribute('aria-valuenow') === `${first}`",
        arg=[Map.CONFLICT_SLIDER, years[3]],
    )
    assert [int(thumbs.nth(n).get_attribute("aria-valuenow")) for n in (0, 1)] == [years[3], years[8]]
    page.wait_for_function("(box) => !document.querySelector(`${box} .selectionlayer path`)", arg=CASES)
    page.mouse.click(*spots[5])
    driving.until_view(page, conflictPeriod=[years[5], years[5]])


def test_the_card_beside_the_pointer_gives_value_rank_year_and_source_or_says_that_there_are_none(page, dataset):
    indicator = "low_birth_weight"
    driving.open_map(page, {"d": LORETO, "f": f"{indicator}.2017"})
    values = dataset.value(indicator, 2017)
    ubigeo = values[values.index.str.startswith("1601")].dropna().index[0]
    page.mouse.move(*driving.spot_inside(page, ubigeo))
    card = page.locator(f"#{Map.HOVER}")
    # of what is not in sight the browser would tell what is folded, too
    text = page.wait_for_function("(card) => card.checkVisibility() && card.innerText", arg=card.element_handle())
    text = text.json_value()
    assert dataset.territory.districts[ubigeo].name in text
    assert "2017" in text
    assert "de 50 en Loreto" in text
    source = dataset.catalog.loc[indicator, "source"]
    assert source not in text, "sources stand behind a word"
    card.locator("summary").click()
    assert "muestra" in card.inner_text()
    assert source in card.inner_text()

    # a district without data
    driving.set_value(page, Map.FILL, "anaemia_6_35m.2023")
    driving.until_view(page, fill="anaemia_6_35m.2023")
    driving.until_settled(page)
    values = dataset.value("anaemia_6_35m", 2023)
    unknown = values.index[values.isna() & values.index.str.startswith(LORETO)]
    if unknown.empty:
        unknown = values.index[values.isna()]
        driving.set_value(page, Map.SEARCH, unknown[0][:4])
        driving.until_settled(page)
    page.mouse.move(*driving.spot_inside(page, unknown[0]))
    page.locator(f"#{Map.HOVER}").wait_for()
    assert "sin dato" in page.locator(f"#{Map.HOVER} .hover-value").inner_text()


def test_a_district_s_sheet_opens_and_closes(page, dataset):
    driving.open_map(page, {"d": LORETO})
    driving.choose_tool(page, "sheet")
    driving.click_district(page, "160101")
    sheet = page.locator(f"#{Map.SHEET}")
    sheet.wait_for()
    assert "Iquitos (Maynas, Loreto)" in sheet.inner_text()
    assert dataset.catalog.loc["population", "label_es"] in sheet.inner_text()
    # what has many years is drawn as it is scrolled to
    places = sheet.locator(".series-chart")
    assert places.count() == 3
    places.first.scroll_into_view_if_needed()
    charts.until_drawn(page, f"#{Map.SHEET} .series-chart")
    loss = charts.traces(page, f"#{Map.SHEET} .series-chart")["years"]
    wanted = {year: dataset.value("forest_loss_ha", year)["160101"] for year in loss["x"]}
    assert len(wanted) == 16 and loss["y"] == pytest.approx(list(wanted.values()), abs=0.06)
    page.keyboard.press("Escape")
    sheet.wait_for(state="hidden")


def test_see_brings_the_districts_at_fault_into_sight_and_marks_them(page):
    driving.open_map(page)
    before = driving.view_box(page)
    driving.press_see(page, "Distritos contiguos")
    driving.until_zoomed(page, 1.5 * before["scale"])
    assert driving.layers(page)["fault.lines"]["n"] > 3
    x, y = driving.pixel(page, driving.anchor(page, "220802"))
    frame = page.locator(f"#{Map.GRAPH}").bounding_box()
    assert frame["x"] < x < frame["x"] + frame["width"] and frame["y"] < y < frame["y"] + frame["height"]
