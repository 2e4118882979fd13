"""Keep drawings in the record from the map, and see there what others keep, without loading the page again."""

import os

import pytest

from dashboard.clusters.model import codes
from dashboard.pages.compare.ids import Compare
from dashboard.pages.kit.ids import Shell
from dashboard.pages.map.ids import Map
from dashboard.records.core.actors import local_actor
from dashboard.records.opening import open_store
from dashboard.records.proposals import proposals
from tests.browser import conftest, driving
from tests.browser.test_accessible import faults
from tests.record.test_overview import settle

OTHER = local_actor("Otra persona")
ATALAYA = ["250201", "250202", "250203"]
PURUS = ["250401"]
NEAR = "250204"


@pytest.fixture(scope="module")
def kept(tmp_path_factory, dataset):
    """A server with a record of its own, which another person writes to beside it: (address, store)."""
    file = tmp_path_factory.mktemp("kept") / "record.sqlite"
    with conftest.served(os.environ["CONGLOMERADOS_STORE"], RECORDS=str(file)) as url:
        store = open_store(f"sqlite:///{file}", dataset)
        yield url, store
        store.close()


@pytest.fixture
def there(kept, browser):
    """A page of that server."""
    watched = driving.watched_context(browser, kept[0])
    watched.begin(kept[0])
    yield watched.page
    watched.context.close()
    assert not watched.errors and not watched.strays


def field(page, part):
    return page.locator(f"#{Map.SAVING} .field", has_text=part).locator("input, textarea").first


def open_form(page):
    page.click(f"#{Map.SAVE}")
    field(page, "Nombre").wait_for()
    page.wait_for_function("(id) => document.activeElement.closest(`#${id}`)", arg=str(Map.SAVING))


def press(page, text):
    page.locator(f"#{Map.SAVING} button", has_text=text).click()


def create(store, name, ubigeos, **more):
    return proposals.create(store, OTHER, {"name": name, "ubigeos": ubigeos, "phase": 3, "services": ["health"]} | more)


def outlined(page, look):
    return driving.layers(page)[f"clusters.{look}"]["n"]


def test_a_drawing_is_kept_by_keyboard_and_is_on_the_map_once_another_proposes_it(there, kept, dataset):
    _, store = kept
    driving.open_map(there, {"d": "25", "c": f"Alto Ucayali~{codes.encode(ATALAYA)}~h~3~", "a": "0"})
    before = outlined(there, "proposed")
    there.focus(f"#{Map.SAVE}")
    there.keyboard.press("Enter")
    field(there, "Nombre").wait_for()
    there.wait_for_function("(id) => document.activeElement.closest(`#${id}`)", arg=str(Map.SAVING))
    assert faults(there) == []
    field(there, "Nombre").fill("Alto Ucayali y Atalaya")
    there.locator(f"#{Map.SAVING} button.primary").focus()
    there.keyboard.press("Enter")
    there.locator(f"#{Map.SAVING} .done").wait_for()
    href = there.locator(f"#{Map.SAVING} a").get_attribute("href")
    made = proposals.get(store, OTHER, href.removeprefix("/registro/"))
    assert (made.name, made.state, made.phase) == ("Alto Ucayali y Atalaya", "candidate", 3)
    assert sorted(made.ubigeos) == ATALAYA
    assert "candidata" in there.locator(f"#{Map.ORIGIN}").inner_text()
    assert outlined(there, "proposed") == before
    # another person proposes it; the next answer tells this page
    proposals.step(store, OTHER, made.id, made.version, "propose")
    driving.toggle_district(there, NEAR)
    there.wait_for_function(
        """(n) => document.querySelector('#map-graph g[data-layer="clusters.proposed"] path.line')
            .getAttribute('d').split(/[ML]/).length - 1 > n""",
        arg=before,
    )
    number = str(len(dataset.proposals) + 1)
    assert number in driving.layers(there)["clusters.names"]["text"]
    assert sorted(driving.chosen(there)) == sorted([*ATALAYA, NEAR])


def test_of_two_versions_the_second_is_told_both_and_keeps_what_each_changed(there, kept):
    _, store = kept
    made = create(store, "Purús", PURUS)
    driving.open_map(there, {"d": "25", "a": f"p:{made.id}"})
    assert "candidata" in there.locator(f"#{Map.ORIGIN}").inner_text()
    driving.toggle_district(there, NEAR)
    proposals.edit(store, OTHER, made.id, made.version, {"name": "Purús y Yurúa"})
    open_form(there)
    press(there, "Guardar")
    conflict = there.locator(f"#{Map.SAVING} .conflict")
    conflict.wait_for()
    assert "Purús y Yurúa" in conflict.inner_text()
    assert proposals.get(store, OTHER, made.id).version == 2
    press(there, "Guardar lo mío")
    there.locator(f"#{Map.SAVING} .done").wait_for()
    now = proposals.get(store, OTHER, made.id)
    assert (now.name, sorted(now.ubigeos), now.version) == ("Purús y Yurúa", sorted([*PURUS, NEAR]), 3)
    there.wait_for_function("() => document.activeElement.closest('.saving .done')")
    there.keyboard.press("Escape")
    there.wait_for_selector(f"#{Map.SAVING}", state="hidden")


def test_a_cluster_that_is_settled_looks_so_and_takes_its_districts(there, kept):
    _, store = kept
    tahuamanu = ["170301", "170302", "170303"]
    made = settle(store, create(store, "Tahuamanu", tahuamanu, phase=2))
    driving.open_map(there, {"d": "17", "c": f"Norte~{codes.encode(tahuamanu)}~h~2~", "a": "0"})
    assert outlined(there, "validated") > 3
    assert "Tahuamanu" in driving.until_verdict(there, "Sin distritos repetidos", "fail")
    driving.open_comparison(there, {"k": f"p:{made.id}.p:tambopata"})
    assert driving.compared(there) == ["Tahuamanu", "Tambopata"]
    assert "validado" in there.locator(".compare-head").first.inner_text()
    driving.open_map(there, {"a": "p:no-esta"})
    assert "no-esta" in there.locator(f"#{Shell.PROBLEMS}").inner_text()


def test_a_judgement_in_the_record_is_shown_and_counts_where_proposals_are_compared(kept, there):
    _, store = kept
    for id_, score in (("lamas", 4), ("condorcanqui", 2)):
        found = proposals.get(store, OTHER, id_)
        proposals.edit(store, OTHER, id_, found.version, {"judgements": {"political_will": score}})
    there.goto("/comparar?k=p%3Alamas.p%3Acondorcanqui")
    there.wait_for_selector(f"#{Compare.RESULT} .order")
    judged = there.locator(".compare-judged").first
    for column, score in ((0, "4"), (1, "2")):
        chosen = judged.locator(f".column-{column} input:checked")
        assert chosen.input_value() == score and chosen.locator("xpath=ancestor::label").is_visible()
    assert "Voluntad" not in there.locator(".left-out").inner_text()
    # judged otherwise here, and as it was again
    judged.locator(".column-0 input[value='5']").locator("xpath=ancestor::label").click()
    there.wait_for_function("() => location.search.includes('political_will-5')")
    judged.locator(".column-0 input[value='4']").locator("xpath=ancestor::label").click()
    there.wait_for_function("() => !location.search.includes('political_will')")
