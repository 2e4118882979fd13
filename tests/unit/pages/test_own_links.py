"""One link is added, corrected or taken away as a table of one row, whole or not at all; the table goes out and in."""

from functools import partial

import pytest

from dashboard import texts
from dashboard.documents.link_files import COLUMNS, links_file
from dashboard.pages.data import answers, own_links
from dashboard.pages.data.ids import Data
from dashboard.web.uploads import NotTaken
from geodata.editions.store import SHIPPED
from geodata.model import travel
from geodata.model.dataset import default
from geodata.readers import links as reader
from geodata.readers.cells.vocabulary import terms
from geodata.reports.report import Report
from tests.unit.geodata.small import QuickStore

ROAD = {
    "from": "Yurimaguas", "to": "Balsapuerto (Alto Amazonas, Loreto)", "way": "road", "course": "", "km": "62,5",
    "hours": "3", "season": "dry", "disputed": [], "source": "Municipalidad", "was": "",
}  # fmt: skip
KEY = "160201|160202|road|"


@pytest.fixture
def store(tmp_path):
    return QuickStore(tmp_path / "store")


def held(store):
    return {own_links.key_of(link): link for link in travel.links(store.load(store.current_id()))}


def test_a_link_is_added_corrected_and_taken_away(store):
    whole = len(held(store))
    own_links.keep(store, ROAD, default(), "Ana")
    assert len(held(store)) == whole + 1 and held(store)[KEY].km == 62.5 and held(store)[KEY].season == "dry"
    made = store.edition(store.current_id())
    assert (made.who, made.subject) == ("Ana", "links")
    changed = {**ROAD, "way": "air", "km": "", "disputed": ["yes"], "was": KEY}
    own_links.keep(store, changed, store.load(store.current_id()), "Ana")
    assert KEY not in held(store) and len(held(store)) == whole + 1
    flight = held(store)["160201|160202|air|"]
    assert (flight.km, flight.hours, flight.disputed) == (None, 3.0, True)
    own_links.remove(store, "160201|160202|air|", store.load(store.current_id()), "Ana")
    assert len(held(store)) == whole


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"from": "Atlántida"}, "Atlántida"),
        ({"from": "San Cristóbal"}, "Varios"),
        ({"to": "160201"}, "mismo distrito"),
        ({"km": "6"}, "línea recta"),
        ({"hours": "mucho"}, "mucho"),
        ({"source": ""}, "dónde"),
        ({"way": ""}, "carretera o por aire"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(store, wrong, said):
    with pytest.raises(NotTaken) as refused:
        own_links.keep(store, ROAD | wrong, default(), "Ana")
    assert said in texts.say("es", refused.value.message, **refused.value.fields)
    assert store.current_id() == SHIPPED and not store.history()


def test_a_correction_that_is_wrong_takes_nothing_away(store):
    river = next(key for key in held(store) if key.startswith("160206|160210|river"))
    with pytest.raises(NotTaken):
        own_links.keep(store, {**ROAD, "was": river, "km": "1"}, default(), "Ana")
    assert river in held(store)
    with pytest.raises(NotTaken):
        own_links.remove(store, "010101|010102|air|", default(), "Ana")


def test_the_screen_says_what_came_of_it_and_leads_to_the_form(store):
    context = answers.ImportContext(store, default(), may_import=True, who="Ana")
    shown = answers.answer({"do": "edit_link", "edition": "160206|160210|river|Huallaga"}, context)
    assert shown.focus == Data.LINKS and "Lagunas (Alto Amazonas, Loreto)" in str(shown.shown[Data.LINKS])
    refused = answers.answer({"do": "link", "values": {**ROAD, "km": "6"}}, context)
    assert "línea recta" in str(refused.shown[Data.PROGRESS]) and Data.LINKS not in refused.shown  # what is typed stays
    barred = answers.ImportContext(store, default(), may_import=False, who="")
    plain = str(answers.answer({"do": "open"}, barred).shown[Data.LINKS])
    assert "Lagunas" in plain and "edit_link" not in plain and own_links.FORM not in plain


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_table_that_goes_out_comes_in_as_it_was(tmp_path, language):
    dataset = default()
    name, body = links_file(dataset, partial(texts.say, language))
    assert name.endswith(".csv") and body.startswith(b"\xef\xbb\xbf")
    path = tmp_path / name
    path.write_bytes(body)
    understanding = reader.understand(path, dataset, {})
    assert not understanding.questions and set(understanding.columns.values()) == set(COLUMNS)
    report = Report(name, "links")
    changes = reader.read(path, understanding, dataset, report)
    assert not report.faults and not report.of("left_out")
    was, now = (
        frame.astype(str).sort_values(["district", "other"], ignore_index=True)
        for frame in (dataset.links, changes.replaced["links"])
    )
    assert was.to_dict("records") == now[was.columns].to_dict("records")


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_word_of_the_table_is_one_that_is_read(language):
    for kind, values in (("way", own_links.WAYS), ("season", own_links.SEASONS)):
        for value in values:
            said = texts.say(language, f"own_links.{kind}.{value}")
            assert terms(f"link_{kind}s")[reader.links.plain(said)] == value
