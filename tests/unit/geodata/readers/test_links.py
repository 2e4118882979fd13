"""Links between capitals are read by code or name, both ways at once; what is not sound is left out with its reason."""

import pytest

from geodata.editions import recognise
from geodata.model import dataset as datasets
from geodata.readers import links as reader
from geodata.readers.cells.vocabulary import terms
from geodata.readers.shared.schema import allowed

HEAD = "desde;hasta;medio;km;horas;temporada;en disputa;fuente\n"
INEI = {"coding": "inei"}  # codes alone, and few, are of either numbering
SOME = {"covers": "some", **INEI}
YURIMAGUAS, BALSAPUERTO, LAGUNAS, SANTA_CRUZ = "160201", "160202", "160206", "160210"


@pytest.fixture
def bring_links(table, bring):
    return lambda text, answers=SOME: bring(table(text), answers, reader)


def linked(changes):
    rows = changes.replaced["links"]
    return {(r.district, r.other, r.way): (r.km, r.hours, r.season, r.disputed, r.source) for r in rows.itertuples()}


def told(report, message):
    return [event for event in report.events if event.message == message]


def test_a_link_is_added_and_the_others_stay(bring_links, dataset):
    changes, report = bring_links(HEAD + "160202;160201;trocha carrozable;62,5;3;época seca;no;Municipalidad\n")
    assert not report.faults
    found = linked(changes)
    assert found[YURIMAGUAS, BALSAPUERTO, "road"] == (62.5, 3.0, "dry", False, "Municipalidad")
    assert len(found) == len(dataset.links) + 1
    assert "Municipalidad" in changes.resources["links"]["source"]


def test_a_link_of_the_same_places_way_and_name_is_corrected(bring_links, dataset):
    text = HEAD.replace("medio", "medio;río o carretera") + "160206;160210;río;Huallaga;60;5;;sí;Agencia fluvial\n"
    changes, _ = bring_links(text)
    found = linked(changes)
    assert found[LAGUNAS, SANTA_CRUZ, "river"] == (60.0, 5.0, "", True, "Agencia fluvial")
    assert len(found) == len(dataset.links)


def test_links_are_read_by_name_with_the_province_beside_it(bring_links):
    head = "origen;provincia de origen;destino;provincia de destino;medio;distancia;fuente\n"
    changes, report = bring_links(head + "Lagunas;Alto Amazonas;Yurimaguas;Alto Amazonas;avioneta;S.I.;DGAC\n")
    assert not report.faults
    km, hours, *_ = linked(changes)[YURIMAGUAS, LAGUNAS, "air"]
    assert km != km and hours != hours  # unknown, and not zero


def test_columns_without_a_known_name_are_found_by_what_they_hold(bring_links):
    changes, _ = bring_links("A1;B1;C1;fuente\n160201;160202;carretera;MTC\n")
    assert (YURIMAGUAS, BALSAPUERTO, "road") in linked(changes)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("160201;160201;río;5;;;;F", "same_place"),
        ("160201;160202;;5;;;;F", "no_way"),
        ("160201;160206;río;12;;;;F", "too_short"),
        ("160201;160202;carretera;-4;;;;F", "not_possible"),
        ("160201;160202;carretera;mucho;;;;F", "not_possible"),
        ("160201;160202;carretera;60;0;;;F", "not_possible"),
        ("160201;160202;carretera;60;;;quizá;F", "yes_no"),
    ],
)
def test_what_is_not_sound_is_left_out_with_its_reason(bring_links, row, message):
    changes, report = bring_links(HEAD + row + "\n160206;160202;carretera;200;;;;F\n")
    assert [event.row for event in told(report, f"tables.left_out.{message}")] == [2]
    assert (BALSAPUERTO, LAGUNAS, "road") in linked(changes) and (YURIMAGUAS, BALSAPUERTO, "road") not in linked(
        changes
    )


def test_without_a_source_nobody_knows_where_a_link_comes_from(table, asked, bring):
    path = table(HEAD + "160201;160202;carretera;60;;;;\n")
    assert asked(path, SOME, reader) == {"source"}
    changes, _ = bring(path, {**SOME, "source": "Mesa técnica"}, reader)
    assert linked(changes)[YURIMAGUAS, BALSAPUERTO, "road"][-1] == "Mesa técnica"


def test_a_link_given_both_ways_is_one_and_a_fault_where_it_differs(bring_links):
    row = "160201;160202;carretera;60;;;;F\n160202;160201;carretera;{};;;;F\n"
    changes, report = bring_links(HEAD + row.format(60))
    assert told(report, "tables.note.links_twice") and not report.faults
    _, report = bring_links(HEAD + row.format(61))
    assert [event.fields for event in report.faults] == [{"first": 2, "second": 3}]


def test_a_file_takes_links_away_where_it_says_so_or_is_all_there_is(bring_links, dataset):
    text = "desde;hasta;medio;río o carretera;retirar;fuente\n160206;160210;río;Huallaga;sí;Mesa\n"
    changes, report = bring_links(text, INEI)
    assert not report.faults and (LAGUNAS, SANTA_CRUZ, "river") not in linked(changes)
    assert len(linked(changes)) == len(dataset.links) - 1
    changes, _ = bring_links(HEAD + "160201;160202;carretera;60;;;;F\n", {"covers": "all", **INEI})
    assert set(linked(changes)) == {(YURIMAGUAS, BALSAPUERTO, "road")}


def test_whether_a_file_is_all_there_is_is_asked_where_it_lacks_links_in_use(table, asked, dataset):
    assert asked(table(HEAD + "160201;160202;carretera;60;;;;F\n"), INEI, reader) == {"covers"}
    whole = dataset.links.to_csv(index=False)
    assert asked(table(whole), {}, reader) == set()


def test_the_table_in_use_comes_back_as_it_was(table, bring, dataset):
    changes, report = bring(table(dataset.links.to_csv(index=False)), {}, reader)
    assert not report.faults and changes.resources["links"]["source"] == dataset.provenance["links"].source
    was = dataset.links.astype(str).sort_values(["district", "other"], ignore_index=True)
    now = changes.replaced["links"].astype(str).sort_values(["district", "other"], ignore_index=True)
    assert was.to_dict("records") == now[was.columns].to_dict("records")


def test_words_that_nobody_knows_are_asked_for(table, asked):
    text = HEAD + "160201;160202;zeppelin;60;;cuando se puede;;F\n"
    assert asked(table(text), SOME, reader) == {"way:zeppelin", "season:cuando se puede"}


@pytest.mark.parametrize("field", ["way", "season"])
def test_every_word_stands_for_a_value_of_the_schema(field):
    assert set(terms(f"link_{field}s").values()) == set(allowed("links", field))


def test_a_table_of_links_is_recognised_by_two_places_and_a_way(table, dataset):
    assert recognise(table(dataset.links.to_csv(index=False))) == "links"
    assert recognise(table("A;B;C\n160201;160202;fluvial\n160206;160210;carretera\n")) == "links"
    for name in ("neighbours.csv", "hazard_events.csv", "indicators.csv", "conflict_places.csv"):
        assert recognise(datasets.DEFAULT / name) != "links"
