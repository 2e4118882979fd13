"""Keep a drawing in the record: what is offered to whom, what is kept, once, and what is told of two versions."""

from functools import partial

import pytest

from dashboard import texts
from dashboard.clusters.scoring.criteria import load_criteria
from dashboard.pages.map import saving
from dashboard.pages.map.ids import Map
from dashboard.records.core.actors import NOBODY, Actor, local_actor
from dashboard.records.core.words import Words
from dashboard.records.opening import open_store
from dashboard.records.proposals import proposals
from dashboard.records.proposals.overview import Watch
from dashboard.web.request import RequestContext
from tests.unit.pages.test_compare_answers import words as text_of

ME = local_actor("Ana Ríos")
SAN_MARTIN = Actor("c22", "Coordinadora", "coordinator", "22")
LORETO = Actor("c16", "Coordinador", "coordinator", "16")
READER = Actor("r", "Lectora", "reader")
PICOTA = ["220701", "220702", "220703"]
WORDS = Words(partial(texts.say, "es"), lambda value, decimals: texts.number(value, "es", decimals), "es")


@pytest.fixture
def store(tmp_path, dataset):
    opened = open_store(f"sqlite:///{tmp_path / 'record.sqlite'}", dataset)
    yield opened
    opened.close()


def every(store):
    return Watch(store).now().proposals


def drawing(**more):
    return {"id": "c1", "name": "Picota", "ubigeos": PICOTA, "services": ["health"], "phase": 2, "note": ""} | more


def ask(store, do, asked, actor=ME, key="k1", values=None):
    sent = {"do": do, "form": "saving", "at": 1, "key": key, "values": values or {}, "beside": {"drawing": asked}}
    return saving.answer(sent, RequestContext(store, actor, WORDS), every(store))


def parts(store, actor, asked):
    """What stands above the form, and the form."""
    shown = ask(store, "open", asked, actor).shown
    return shown[Map.SAVING_ABOUT], shown[Map.SAVING_FORM]


def offered(store, actor, **more):
    about, form = parts(store, actor, drawing(**more))
    return text_of(about), str(form)


def press(store, does, asked, actor=ME, key="k1", **fields):
    given = {"how": "new", "name": asked["name"], "phase": asked["phase"], "services": asked["services"], "note": ""}
    return ask(store, does, asked, actor, key, given | fields)


def lamas(store):
    return proposals.get(store, ME, "lamas")


def change_of_lamas(store, version=1, **more):
    here = sorted(lamas(store).ubigeos)
    return drawing(name="Lamas (2)", ubigeos=[*here, "220502"], services=["education"], phase=1, replaces="lamas",
                   version=version, **more)  # fmt: skip


def test_a_new_drawing_is_kept_as_a_candidate_with_what_was_written(store):
    judged = next(key for key, item in load_criteria().items() if item.judged)
    asked = drawing(judgements={judged: 4, "nothing": 3})
    answer = press(store, "save", asked, name="  Picota norte ", note="Con el alcalde")
    made = proposals.get(store, ME, answer.state["id"])
    assert (made.name, made.state, made.phase, made.note) == ("Picota norte", "candidate", 2, "Con el alcalde")
    assert (made.ubigeos, made.source) == (frozenset(PICOTA), "dibujada en el mapa")
    assert dict(made.judgements) == {judged: 4.0}
    assert answer.state["draft"] == "c1" and answer.state["version"] == 1
    assert "candidata" in text_of(answer.outcome)


def test_a_press_that_is_sent_twice_keeps_one(store):
    before = len(every(store))
    first, second = (press(store, "save", drawing()) for _ in range(2))
    assert first.state == second.state
    assert len(every(store)) == before + 1


def test_a_change_keeps_only_what_the_person_changed(store):
    asked = change_of_lamas(store)
    answer = press(store, "save", asked, how="change", name="Lamas")
    assert (lamas(store).version, "220502" in lamas(store).ubigeos, lamas(store).name) == (2, True, "Lamas")
    first = proposals.as_of(store, ME, "lamas", proposals.history(store, ME, "lamas")[0].id)
    assert [d.field for d in proposals.differences(first, lamas(store))] == ["ubigeos"]
    assert answer.state["version"] == 2
    again = press(store, "save", asked | {"version": 2}, how="change", name="Lamas", key="k2")
    assert again.state == {} and lamas(store).version == 2


def test_two_versions_are_both_told_and_each_can_be_chosen(store):
    asked = change_of_lamas(store)
    proposals.edit(store, ME, "lamas", 1, {"name": "Lamas y Tabalosos", "note": "Otra persona"})
    about, _ = parts(store, ME, asked)
    assert "de la versión 1 a la 2" in text_of(about)
    told = press(store, "save", asked, how="change", name="Lamas")
    assert told.state == {} and lamas(store).version == 2
    assert "Lamas y Tabalosos" in text_of(told.outcome) and "Guardar lo mío" in text_of(told.outcome)
    theirs = press(store, "theirs", asked, how="change", name="Lamas")
    assert theirs.state["theirs"] and theirs.state["name"] == "Lamas y Tabalosos" and lamas(store).version == 2
    mine = press(store, "mine", asked, how="change", name="Lamas")
    assert mine.state["version"] == 3
    # what the other person changed and I did not stays theirs
    assert (lamas(store).name, lamas(store).note) == ("Lamas y Tabalosos", "Otra persona")
    assert "220502" in lamas(store).ubigeos


def test_a_role_is_told_what_it_may_not_and_the_domain_refuses_it_anyway(store):
    about, form = offered(store, READER)
    assert "no puede guardar propuestas nuevas" in about and "Guardar como" not in form
    assert "no puede guardar" in offered(store, LORETO)[0]
    assert "Guardar como" in offered(store, SAN_MARTIN)[1]
    assert "Sin cuenta" in offered(store, NOBODY)[0]
    before = len(every(store))
    for actor in (READER, LORETO, NOBODY):
        refused = press(store, "save", drawing(), actor=actor)
        assert refused.state == {} and "error" in str(refused.outcome)
    assert len(every(store)) == before


def test_a_proposal_past_editing_offers_only_a_new_one(store):
    proposals.step(store, ME, "lamas", 1, "review", note="Revisada")
    about, form = parts(store, ME, change_of_lamas(store))
    assert "ya no se cambia" in text_of(about)
    assert "cambio de «Lamas»" not in str(form) and "propuesta nueva" in str(form)


def test_a_form_offers_the_name_and_note_that_are_kept_for_a_copy(store):
    proposals.edit(store, ME, "lamas", 1, {"note": "N" * 900})
    asked = change_of_lamas(store, version=2)
    _, form = parts(store, ME, asked)
    assert "'Lamas'" in str(form) and "N" * 900 in str(form)
    _, form = parts(store, ME, asked | {"name": "Cuenca del Mayo"})
    assert "'Cuenca del Mayo'" in str(form)


@pytest.mark.parametrize(
    ("ubigeos", "told"),
    [([], "Todavía no tiene distritos"), (["220701", "160101"], "más de un departamento"), ("x", "No se puede leer")],
)
def test_a_drawing_that_no_record_can_keep_is_told_at_once(store, ubigeos, told):
    about, form = offered(store, ME, ubigeos=ubigeos)
    assert told in about and "Cerrar" in form
    assert press(store, "save", drawing(ubigeos=ubigeos)).state == {}


def test_what_is_wrong_with_the_form_is_told_all_at_once(store):
    answer = press(store, "save", drawing(), name="  ", phase=None)
    assert answer.state == {}
    assert "nombre" in text_of(answer.outcome) and "fase" in text_of(answer.outcome)
