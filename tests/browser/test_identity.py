"""One identity a cluster: one number and name on every screen, and nothing else that looks like such a number."""

import os
import re
from datetime import date

import pytest

from dashboard.pages.map.ids import Map
from dashboard.pages.record import links
from dashboard.records.opening import open_store
from dashboard.records.proposals import identities, proposals
from dashboard.settings import PREFIX
from tests.browser import planning
from tests.browser.conftest import served
from tests.record.drawn import ME, draw, held, walk

NAME = "Picota sur"
# by what stands beside a name: the smallest part around a disc that names what it is of
BESIDE = """(name) => {
    const parts = ".identity, .identity-row, .identity-head, .compare-head, .plan-head, .order li, header, tr, li";
    const shown = [...document.querySelectorAll(".disc")].filter((disc) => disc.checkVisibility());
    const own = shown.filter((disc) => (disc.closest(parts)?.innerText || "").includes(name));
    return [...new Set(own.map((disc) => disc.innerText))];
}"""


@pytest.fixture(scope="module")
def record(tmp_path_factory, dataset):
    """A server of its own: one cluster that is settled, which plans hold, and a meeting that looks at it."""
    path = tmp_path_factory.mktemp("identity") / "record.sqlite"
    store = open_store(f"sqlite:///{path}", dataset)
    cluster = walk(store, draw(store, name=NAME), until="validated")
    meeting = held(store, cluster.id, "lamas", number=3, on=date(2014, 3, 15))
    with served(os.environ[f"{PREFIX}STORE"], RECORDS=str(path)) as url:
        yield store, url, cluster, meeting.id
    store.close()


def shown_on(page, address, beside):
    """Return by what the cluster goes on a screen, once something `beside` its name is in sight."""
    page.goto(address)
    page.locator(beside).filter(has_text=NAME).first.wait_for()
    return page.evaluate(BESIDE, NAME)


def test_a_cluster_goes_by_one_number_and_name_on_every_screen(record, visit_at):
    store, url, cluster, meeting = record
    number = identities(store)[cluster.id].sign
    page = visit_at(url)
    lamas = proposals.get(store, ME, "lamas")
    screens = {
        "/": f"#{Map.KEY} .identity-row",
        links.on_map(cluster): f"#{Map.WHO}",
        links.compared([lamas, cluster]): ".compare-head:has(.disc)",
        "/registro": ".identity",
        f"/registro/{cluster.id}": "h2 .identity",
        f"/reuniones/{meeting}": "h4 .identity",
        f"/presentar/{meeting}": ".present-index li",
        "/cobertura": ".chain-table tr",
    }
    found = {address: shown_on(page, address, beside) for address, beside in screens.items()}
    assert found == dict.fromkeys(screens, [number])


def test_what_a_plan_has_and_the_record_has_not_goes_by_letters(record, visit_at):
    store, url, cluster, _ = record
    page = visit_at(url)
    planning.open_plan(page)
    rows = page.locator(planning.ROW)
    told = {row.locator(".disc").inner_text(): row.inner_text() for row in rows.all()}
    kept = {identity.sign: identity.name for identity in identities(store).values()}
    assert kept[identities(store)[cluster.id].sign] == NAME and len(told) == rows.count()
    assert page.evaluate(BESIDE, NAME) == [identities(store)[cluster.id].sign]
    for sign, text in told.items():
        assert kept[sign] in text if sign in kept else re.fullmatch("[a-z]+", sign)
    drawn = [sign for written in planning.drawn(page).values() for sign in written if sign]
    assert sorted(drawn) == sorted(told)
    page.close()


def test_every_mancomunidad_that_is_drawn_is_named_beside_the_map(record, visit_at, dataset):
    page = visit_at(record[1])
    page.goto("/?o=mancomunidades")
    page.locator(f"#{Map.KEY} .tag-name").first.wait_for()
    named = page.locator(f"#{Map.KEY} .identity-row").all_inner_texts()
    wanted = [f"M{n} {m.name}" for n, m in enumerate(dataset.mancomunidades, 1) if m.members]
    assert [" ".join(text.split()) for text in named] == [" ".join(text.split()) for text in wanted]


def test_what_is_pointed_at_in_the_key_is_outlined_on_the_map_for_as_long(shared_map):
    page = shared_map({}).page
    rows = page.locator(f"#{Map.KEY} .identity-row[data-points]")
    outlined = '[data-layer="pointed.lines"] path.line'
    district, line = f'#{Map.GRAPH} path.district[data-u="%s"]', page.locator(f"#{Map.GRAPH} {outlined}")
    assert line.get_attribute("d") is None
    for row in (rows.first, rows.last):
        members = row.get_attribute("data-points").split()
        row.hover()
        drawn, boxes = line.bounding_box(), [page.locator(district % u).bounding_box() for u in members]
        assert drawn["x"] == pytest.approx(min(box["x"] for box in boxes), abs=5)  # the line has a width
        assert drawn["x"] + drawn["width"] == pytest.approx(
            max(box["x"] + box["width"] for box in boxes), abs=5
        )  # the line has a width
    page.locator("header").hover()
    assert line.get_attribute("d") is None
    rows.first.focus()
    assert line.get_attribute("d")
    page.evaluate("() => document.activeElement.blur()")
    assert line.get_attribute("d") is None
