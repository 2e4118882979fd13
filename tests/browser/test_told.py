"""What a rule asks and a measure is and rests on is told of what is pointed at, as often as it is drawn anew."""

from dashboard.pages.map.ids import Map


def test_what_is_pointed_at_in_the_panel_tells_what_it_is_and_where_it_comes_from(shared_map):
    page = shared_map({"a": "p:lamas"}).page
    for key, words in (("measure.population", "Fuente: "), ("rule.contiguous", "límites reales")):
        told = page.locator(f'#{Map.ROOT} [data-told="{key}"]').first
        told.hover()
        page.wait_for_function("(node) => node.title", arg=told.element_handle())
        assert words in told.get_attribute("title")
