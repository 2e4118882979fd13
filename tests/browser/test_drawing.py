"""Draw candidates: by clicks, outlines and lists, with undo, rules and a memory."""

import pytest

from dashboard.clusters.model.codes import encode
from dashboard.pages.map.ids import Map
from tests.browser import driving

IQUITOS, NAPO = "160101", "160107"
LORETO = "16"


@pytest.fixture
def board(shared_map):
    """A map of Loreto with a new candidate in hand, beside what the tests before drew there."""
    page = shared_map({"d": LORETO}).page
    driving.start_candidate(page)
    driving.until_settled(page)
    return page


def test_a_click_takes_a_district_in_and_another_lets_it_go(board):
    driving.toggle_district(board, IQUITOS)
    assert driving.chips(board) == ["Iquitos"]
    assert board.locator("#shell-status").inner_text() == "Añadido Iquitos."
    driving.toggle_district(board, IQUITOS)
    board.wait_for_selector(f"#{Map.CHIPS} .empty")
    assert driving.chips(board) == []


def test_a_click_means_the_district_under_the_pointer_whatever_is_drawn_over_it(page):
    driving.open_map(page, {"d": LORETO, "o": "risk.departments.provinces", "ph": "2007-2023"})
    driving.start_candidate(page)
    for ubigeo in (IQUITOS, "160102", NAPO):
        driving.toggle_district(page, ubigeo)
    driving.until_chosen(page, [IQUITOS, "160102", NAPO])


def test_a_click_sends_no_geometry_and_little_else(visitor):
    page = visitor.page
    driving.open_map(page, {"d": LORETO})
    driving.start_candidate(page)
    driving.until_settled(page)
    since, answers = len(visitor.requests), []
    page.on("response", lambda answer: answers.append(answer))
    driving.toggle_district(page, IQUITOS)
    driving.until_settled(page)
    assert set(driving.asked(visitor, since)) <= {"/_dash-update-component", "/asked/judgement"}
    sent = [answer.request.post_data or "" for answer in answers]
    assert all("coordinates" not in body and len(body) < 4_000 for body in sent)
    received = [answer.body() for answer in answers]
    assert all(b"coordinates" not in body and b'"lon"' not in body for body in received)


def test_the_candidate_in_hand_is_outlined_on_the_map(board):
    driving.toggle_district(board, IQUITOS)
    driving.until_settled(board)
    assert driving.layers(board)["candidate.lines"]["n"] > 3
    inside = board.evaluate("() => [...document.querySelectorAll('path.in-candidate')].map((p) => p.dataset.u)")
    assert inside == [IQUITOS]


def test_undo_and_redo_go_back_and_forth_by_button_and_key(board):
    driving.toggle_district(board, IQUITOS)
    driving.toggle_district(board, "160102")
    board.click(f"#{Map.UNDO}")
    driving.until_chosen(board, [IQUITOS])
    board.click(f"#{Map.REDO}")
    driving.until_chosen(board, [IQUITOS, "160102"])
    board.keyboard.press("Control+z")
    driving.until_chosen(board, [IQUITOS])
    board.keyboard.press("Control+y")
    driving.until_chosen(board, [IQUITOS, "160102"])


def test_what_is_drawn_survives_a_reload_and_a_bare_address(page):
    driving.open_map(page, {"d": LORETO})
    driving.start_candidate(page)
    driving.toggle_district(page, IQUITOS)
    driving.toggle_district(page, "160102")
    page.wait_for_function("() => location.search.includes('1601-0102')")
    page.locator(f"#{Map.ONE_PROVINCE} label").click()
    page.wait_for_function("() => amazonia.map.last.drafts.oneProvince")
    page.reload()
    driving.until_usable(page)
    assert driving.chosen(page) == [IQUITOS, "160102"]
    page.wait_for_function(f"() => document.querySelector('#{Map.ONE_PROVINCE} input').checked")
    assert page.evaluate("() => amazonia.map.last.drafts.candidates.length") == 1, "the reload doubled it"
    driving.open_map(page)
    assert driving.chosen(page) == [IQUITOS, "160102"]
    page.click(f"#{Map.UNDO}")
    driving.until_chosen(page, [IQUITOS])


def test_a_lasso_takes_in_three_districts_and_says_how_they_count(page, dataset):
    trio = ["220501", "220505", "220510"]
    driving.open_map(page, {"d": "22"})
    closer = 2 * driving.view_box(page)["scale"]
    driving.set_value(page, Map.SEARCH, "2205")
    driving.until_zoomed(page, closer)
    driving.start_candidate(page)
    driving.lasso(page, driving.outline_of(dataset, trio))
    driving.until_chosen(page, trio)
    said = page.locator("#shell-status").inner_text()
    assert "Añadidos 3 distritos." in said
    assert "la mayor parte de su área" in said
    assert page.locator(f"#{Map.COUNTS_BY}").is_visible()


def test_a_rectangle_can_take_districts_away(page):
    trio = [IQUITOS, "160102", "160103"]
    driving.open_map(page, {"d": LORETO, "c": f"Maynas~{encode(trio)}~h~1~", "a": "0"})
    before = driving.chosen(page)
    assert before == trio
    driving.choose_tool(page, "rectangle")
    driving.choose_radio(page, Map.WAY, "take")
    west, south, east, north = page.evaluate("(us) => amazonia.geometry.bounds(us)", before)
    driving.lasso(page, [(west - 0.02, north + 0.02), (east + 0.02, south - 0.02)], "rectangle")
    driving.until_chosen(page, [])
    assert "Quitados 3 distritos." in page.locator("#shell-status").inner_text()


def test_an_outline_around_nothing_says_so_and_changes_nothing(board):
    x, y = driving.anchor(board, NAPO)
    driving.lasso(board, [(x, y), (x + 0.3, y), (x + 0.3, y + 0.3), (x, y + 0.3)])
    board.wait_for_function("() => document.getElementById('shell-status').innerText.includes('Ningún distrito')")
    assert driving.chosen(board) == []


def test_candidates_stand_side_by_side_and_are_named_copied_and_deleted(page):
    driving.open_map(page, {"d": LORETO})
    driving.start_candidate(page)
    driving.toggle_district(page, IQUITOS)
    page.locator("details.describe summary").click()
    page.fill(f"#{Map.NAME} input", "Ribera")
    page.keyboard.press("Enter")
    page.wait_for_function("() => amazonia.map.last.drafts.candidates[0].name === 'Ribera'")
    page.click(f"#{Map.DUPLICATE}")
    page.wait_for_function("() => amazonia.map.last.drafts.candidates.length === 2")
    driving.toggle_district(page, "160102")
    driving.until_settled(page)
    assert driving.layers(page)["drafts.lines"]["n"] > 3, "the other candidate is not outlined"
    page.click(f"#{Map.REMOVE}")
    page.wait_for_function("() => amazonia.map.last.drafts.candidates.length === 1")
    driving.until_chosen(page, [IQUITOS])
    page.click(f"#{Map.UNDO}")
    driving.until_chosen(page, [IQUITOS, "160102"])


def test_a_candidate_of_every_district_is_judged_and_the_map_lives(board, dataset):
    page = board
    every = sorted(dataset.territory.districts)
    page.evaluate("(us) => dash_clientside.set_props('shell-action', { data: { type: 'add', us, at: 1 } })", every)
    driving.until_chosen(page, every)
    sentence = driving.until_verdict(page, "Un solo departamento", "fail")
    assert "Loreto" in sentence
    driving.until_settled(page)
    assert "y 226 más" in page.locator(f"#{Map.CHIPS}").inner_text()
    page.click(f"#{Map.EMPTY}")
    driving.until_chosen(page, [])
    driving.toggle_district(page, IQUITOS)
    assert driving.chips(page) == ["Iquitos"]


def test_an_empty_candidate_is_told_what_to_do(board):
    board.wait_for_selector(f"#{Map.VERDICTS} li.rule")
    driving.until_verdict(board, "Número mínimo de distritos", "warn")
    assert board.locator(f"#{Map.VERDICTS} li.rule.fail").count() == 0
    assert "Aún no hay distritos" in board.locator(f"#{Map.MEASURES}").inner_text()


def test_the_same_spot_clicked_again_without_moving_is_heard_each_time(board):
    x, y = driving.spot_inside(board, IQUITOS)
    board.mouse.move(x, y)
    for chosen in ([IQUITOS], [], [IQUITOS]):
        board.mouse.down()
        board.mouse.up()
        driving.until_chosen(board, chosen)


def test_a_drag_of_the_map_chooses_nothing_even_where_it_ends_as_it_began(board):
    x, y = driving.spot_inside(board, NAPO)
    board.mouse.move(x, y)
    board.mouse.down()
    board.mouse.move(x + 60, y + 40, steps=4)
    board.mouse.move(x, y, steps=4)
    board.mouse.up()
    driving.until_settled(board)
    assert driving.chosen(board) == []


def test_the_outline_of_a_click_stands_before_any_answer(board):
    of_candidate = """() => [...document.querySelectorAll('#map-graph g[data-layer="candidate.lines"] path')]
        .map((path) => path.getAttribute('d'))"""
    x, y = driving.spot_inside(board, IQUITOS)
    before = board.evaluate(of_candidate)
    board.mouse.move(x, y)
    board.mouse.down()
    board.evaluate("() => { window.told = dash_clientside.set_props; dash_clientside.set_props = () => undefined; }")
    board.mouse.up()
    at_once = board.evaluate(of_candidate)
    board.evaluate("() => { dash_clientside.set_props = window.told; }")
    assert at_once != before and len(at_once) == 2 and all(len(d) > 20 for d in at_once)
    driving.set_value(board, Map.ADD, "160102")  # what was clicked comes with what is done next
    driving.until_chosen(board, ["160102"])


def test_two_tabs_keep_each_other_s_candidates(visitor):
    first = visitor.page
    driving.open_map(first, {"d": LORETO})
    second = visitor.context.new_page()
    driving.open_map(second, {"d": LORETO})
    for page, ubigeo in ((first, IQUITOS), (second, "160102")):
        driving.start_candidate(page)
        driving.set_value(page, Map.ADD, ubigeo)
        driving.until_chosen(page, [ubigeo])
    kept = second.evaluate(
        "() => JSON.parse(localStorage.getItem('conglomerados.drafts.local')).candidates.map((c) => c.ubigeos)"
    )
    assert sorted(kept) == [[IQUITOS], ["160102"]]
