"""A case keeps all its places, each as closely as it is known."""

import pytest

from geodata.readers.cells.vocabulary import terms
from geodata.readers.conflicts import conflicts
from geodata.readers.shared.schema import allowed

ANSWERS = {"source": "Defensoría, prueba", "confidence": "high"}
HEAD = "Caso;Tipo;Estado;Departamento;Provincia;Distrito;Inicio\n"


@pytest.fixture
def bring_cases(table, bring, dataset):
    """Read cases; return the table, the places by case that are not in use already, and the report."""

    def run(text, answers=ANSWERS):
        changes, report = bring(table(text), answers, conflicts)
        cases, places = changes.upserts.get("conflicts"), {}
        if cases is not None:
            every = changes.replaced["conflict_places"]
            mine = every[every["case_id"].isin(cases["case_id"])]
            places = mine.groupby("case_id")["place_code"].agg(lambda codes: sorted(codes)).to_dict()
            cases = cases.set_index("case_id")
        return cases, places, report

    return run


def told(report, message):
    return [event for event in report.events if event.message == message]


def test_a_place_is_kept_as_closely_as_it_is_known(bring_cases):
    cases, places, report = bring_cases(
        HEAD + "Uno;Conflicto socioambiental;Activo;San Martín;Lamas;Cuñumbuqui;ene-2014\n"
        "Dos;Asuntos de gobierno local;Latente;San Martín;Lamas;;10/2016\nTres;Comunal;Resuelto;Loreto;;;2015\n"
    )
    assert places == {"uno": ["220505"], "dos": ["2205"], "tres": ["16"]}
    assert cases["type"].to_dict() == {"uno": "socioambiental", "dos": "gobierno_local", "tres": "comunal"}
    assert cases["first_reported"].to_dict() == {"uno": "2014-01", "dos": "2016-10", "tres": "2015"}
    assert not report.faults


def test_a_case_in_several_places_keeps_them_all(bring_cases):
    body = "Lote;socioambiental;activo;Loreto;Datem del Marañón;{};2014\n"
    _, in_one_cell, _ = bring_cases(HEAD + body.format("Andoas, Pastaza y Morona"))
    _, in_rows, report = bring_cases(HEAD + "".join(map(body.format, ("Andoas", "Pastaza", "Morona"))))
    assert in_one_cell == in_rows == {"lote": ["160704", "160705", "160706"]}
    assert told(report, "tables.note.case_lines")[0].fields["cases"] == 1


def test_coordinates_say_the_district_where_the_row_does_not_and_are_marked_on_a_sketch(bring_cases, dataset):
    inside = dataset.limits.geometry["170101"].representative_point()
    body = f"Mina;laboral;activo;{inside.x:.5f};{inside.y:.5f}\nLejos;laboral;activo;-60;0\n"
    _, places, report = bring_cases("Caso;Tipo;Estado;Longitud;Latitud\n" + body)
    assert places == {"mina": ["170101"]}
    assert not dataset.limits_official and [e.row for e in told(report, "tables.note.approximate")] == [2]
    assert [e.row for e in told(report, "tables.left_out.outside")] == [3]
    assert [e.fields["name"] for e in told(report, "tables.left_out.no_place")] == ["Lejos"]


def test_coordinates_do_not_move_a_case_out_of_the_place_it_names(bring_cases, dataset):
    far = dataset.limits.geometry["170101"].representative_point()
    text = HEAD.strip() + ";lon;lat\n" + f"Uno;laboral;activo;San Martín;Lamas;;2015;{far.x:.4f};{far.y:.4f}\n"
    _, places, _ = bring_cases(text)
    assert places == {"uno": ["2205"]}


POINTS = HEAD.strip() + ";lat;lon\n"


def test_no_coordinate_is_dropped_without_a_word(bring_cases, dataset):
    inside, away = (dataset.limits.geometry[code].representative_point() for code in ("160101", "220501"))
    where = [f"{inside.y:.4f};{inside.x:.4f}", f"{inside.y:.4f};\"{inside.x:.4f}\"".replace(".", ","),
             f"{away.y};{away.x}", "-30;-60", "x;-73", "-3.7;", ";"]  # fmt: skip
    body = "".join(f"Caso {n};laboral;activo;Loreto;;;2015;{at}\n" for n, at in enumerate(where))
    _, places, report = bring_cases(POINTS + body)
    assert places["caso-0"] == places["caso-1"] == ["160101"]
    assert [places[f"caso-{n}"] for n in range(2, 7)] == [["16"]] * 5
    rows = {e.row: e.message.removeprefix("places.point.") for e in report.events if "point." in e.message}
    assert rows == {4: "elsewhere", 5: "outside", 6: "unreadable", 7: "half"}


def test_a_named_district_far_from_its_point_is_kept_and_told(bring_cases):
    body = "{};laboral;activo;{};2015;-3.7;-73.2\n"
    body = body.format("Uno", "San Martín;Lamas;Lamas") + body.format("Dos", "Loreto;Nada;Nada")
    _, places, report = bring_cases(POINTS + body)
    assert places == {"uno": ["220501"]}
    assert [e.row for e in told(report, "places.point.elsewhere")] == [2]
    assert [e.row for e in told(report, "places.point.unused")] == [3]


def test_exchanged_coordinates_are_put_right_and_told(bring_cases, dataset):
    inside = dataset.limits.geometry["160101"].representative_point()
    body = f"Uno;laboral;activo;Loreto;;;2015;{inside.x:.4f};{inside.y:.4f}\n"
    _, places, report = bring_cases(POINTS + body)
    assert places == {"uno": ["160101"]}
    assert told(report, "places.point.swapped")[0].fields["points"] == 1


def test_words_that_nobody_knows_are_asked_for(table, asked):
    path = table(HEAD + "Uno;Socioambiental;En aclaración;Loreto;;;2015\nDos;Raro;Activo;Loreto;;;2015\n")
    assert asked(path, ANSWERS, conflicts) == {"state:En aclaración", "type:Raro"}


def test_a_file_without_states_asks_for_one(table, asked, bring):
    path = table("Caso;Tipo;Departamento\nUno;laboral;Loreto\nDos;electoral;Loreto\n")
    assert asked(path, ANSWERS, conflicts) == {"state_all"}
    changes, report = bring(path, {**ANSWERS, "state_all": "latente"}, conflicts)
    assert set(changes.upserts["conflicts"]["state"]) == {"latente"}
    assert told(report, "tables.note.undated")[0].fields["cases"] == 2


def test_monthly_reports_of_a_case_give_its_span_and_its_latest_state(bring_cases):
    text = "Caso;Tipo;Estado;Departamento;Mes\n" + "Uno;laboral;{};Loreto;{}\n" * 2
    cases, _, report = bring_cases(text.format("activo", "mayo 2015", "resuelto", "agosto 2016"))
    assert not report.faults
    assert cases.loc["uno", ["state", "first_reported", "last_reported"]].tolist() == ["resuelto", "2015-05", "2016-08"]


def test_rows_that_contradict_each_other_are_a_fault_with_both_rows(bring_cases):
    _, _, report = bring_cases(HEAD + "Uno;laboral;activo;Loreto;;;2015\nUno;electoral;activo;Loreto;;;2015\n")
    fault = told(report, "tables.fault.case_differs")[0]
    assert (fault.fields["first"], fault.fields["second"], fault.fields["column"]) == (2, 3, "type")


def test_a_case_that_ends_before_it_begins_is_a_fault(bring_cases):
    text = "Caso;Tipo;Estado;Departamento;Inicio;Fin\nUno;laboral;activo;Loreto;2015;2013\n"
    _, _, report = bring_cases(text)
    assert [event.message for event in report.faults] == ["tables.fault.backwards"]


def test_a_bare_number_is_no_code_of_a_case(bring_cases):
    body = "1;Uno;laboral;activo;Loreto\n2;Dos;laboral;activo;Loreto\n"
    cases, _, _ = bring_cases("id;Caso;Tipo;Estado;Departamento\n" + body)
    assert list(cases.index) == ["uno-1", "dos-2"]


def test_a_later_district_counts_for_the_one_of_2012_and_one_of_several_for_their_province(bring_cases):
    text = "Caso;Tipo;Estado;ubigeo\nUno;laboral;activo;160802\nDos;laboral;activo;221006\nTres;laboral;activo;010101\n"
    _, places, _ = bring_cases(text, {**ANSWERS, "coding": "inei"})
    assert places == {"uno": ["160109"], "dos": ["2210"], "tres": ["010101"]}


def test_the_places_of_a_case_take_the_place_of_those_it_had(bring, dataset, tmp_path):
    case = dataset.conflicts["case_id"].iloc[0]
    path = tmp_path / "one.csv"
    path.write_text(f"case id;Caso;Tipo;Estado;ubigeo\n{case};Uno;laboral;activo;010101\n", "utf-8")
    changes, _ = bring(path, {**ANSWERS, "coding": "inei"}, conflicts)
    places = changes.replaced["conflict_places"]
    assert places.loc[places["case_id"] == case, "place_code"].tolist() == ["010101"]
    others = dataset.conflicts[dataset.conflicts["case_id"] != case]
    assert len(places) == len(others) + 1


def test_every_word_stands_for_a_type_or_state_of_the_schema():
    assert set(terms("conflict_types").values()) == set(allowed("conflicts", "type"))
    assert set(terms("conflict_states").values()) == set(allowed("conflicts", "state"))
