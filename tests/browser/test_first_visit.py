"""What a person sees who comes for the first time: three steps, a legend with the spread, on a phone folded over it."""

from dashboard.pages.map.ids import Map
from tests.browser import driving

PHONE = {"width": 390, "height": 844}
LORETO = "16"


def steps(page) -> dict[str, str]:
    """Return the state of each step in sight by its words."""
    rows = page.locator(f"#{Map.FIRST_STEPS} li").filter(visible=True)
    return {row.locator("span").nth(1).inner_text(): row.get_attribute("class") for row in rows.all()}


def test_three_steps_are_ticked_as_they_are_done_and_stay_away_once_put_away(page):
    page.goto("/")
    driving.until_usable(page)
    page.locator(f"#{Map.FIRST_STEPS}").wait_for()
    assert [state.split()[-1] for state in steps(page).values()] == ["now", "first-step", "first-step"]
    driving.choose_department(page, LORETO)
    page.locator(f"#{Map.FIRST_STEPS} li.ticked").wait_for()
    driving.choose_tool(page, "click")
    driving.start_candidate(page)
    driving.until_settled(page)
    for ubigeo in ("160101", "160102", "160103"):
        driving.set_value(page, Map.ADD, ubigeo)
        page.wait_for_function("(u) => amazonia.map.last.drafts.candidates[0].ubigeos.includes(u)", arg=ubigeo)
    page.locator(f"#{Map.FIRST_STEPS} li.ticked").nth(2).wait_for()
    page.reload()
    driving.until_usable(page)
    assert not page.locator(f"#{Map.FIRST_STEPS}").is_visible()
    offer = page.locator(f"#{Map.LIMITS_OFFER}")  # whoever may bring official limits in is shown the way to them then
    assert offer.locator("a").get_attribute("href").endswith("/datos")
    offer.locator("button").click()
    page.reload()
    driving.until_usable(page)
    assert not offer.is_visible()


def test_the_steps_are_put_away_for_good_and_the_legend_stands_beside_the_map_on_a_wide_screen(page):
    driving.open_map(page)
    assert page.locator(f"#{Map.LEGEND} .legend-spread").is_visible()
    assert not page.locator(f"#{Map.LEGEND_FOLDED}").is_visible()
    assert not page.locator(f"#{Map.FIRST_STEPS}").is_visible()
    page.reload()
    driving.until_usable(page)
    assert not page.locator(f"#{Map.FIRST_STEPS}").is_visible()


def test_on_a_phone_the_legend_folds_over_the_map(page):
    page.set_viewport_size(PHONE)
    driving.open_map(page, {"d": LORETO})
    legend = page.locator(f"#{Map.LEGEND_FOLDED}")
    frame, own = (page.locator(f"#{id_}").bounding_box() for id_ in (Map.FRAME, Map.LEGEND_FOLDED))
    assert frame["y"] <= own["y"] and own["y"] + own["height"] <= frame["y"] + frame["height"]
    assert not legend.locator(".legend-classes").is_visible()
    legend.locator("summary").first.click()
    counts = [int(text) for text in legend.locator(".legend-count").all_inner_texts()]
    assert sum(counts) == 238
    opened = legend.bounding_box()
    assert frame["y"] <= opened["y"] and opened["y"] + opened["height"] <= frame["y"] + frame["height"]
