"""What the plan screen answers: how far it is, the plan in words and tables, two plans, and why there is none."""

import json

import flask
import pytest
from plotly.utils import PlotlyJSONEncoder

from dashboard import texts
from dashboard.pages.plan import answers, blocked, sides, tables
from dashboard.pages.plan.ids import PlanId
from dashboard.web.jobs import plan_request
from dashboard.web.jobs.__main__ import solve
from dashboard.web.jobs.facts import difference
from dashboard.web.jobs.jobs import JobState
from geodata.shared import clock
from tests.unit.pages.test_compare_answers import words


class SolvesAtOnce:
    """A spool that answers at once; `busy` says of each what is being done instead."""

    def __init__(self, dataset, busy=None):
        self.dataset, self.busy, self.known, self.asked = dataset, busy, {}, []

    def ask(self, key, job):
        self.asked.append(key)
        if self.busy:
            return self.busy
        if key not in self.known:
            self.known[key] = solve(job["wanted"], self.dataset, lambda doing, share: None)
        return JobState(self.known[key]["status"], answer=self.known[key])

    def forget(self, key):
        self.known.pop(key, None)


@pytest.fixture(scope="module")
def spool(dataset):
    return SolvesAtOnce(dataset)


@pytest.fixture(autouse=True)
def in_a_request():
    with flask.Flask("x").test_request_context():
        yield


def told(answer, part):
    return words(answer["shown"][part])


def test_a_plan_is_shown_with_its_proof_its_clusters_and_its_ledger(dataset, spool):
    answer = answers.answer({"now": plan_request.default(), "at": 7}, dataset, "es", spool)
    assert (answer["at"], answer["more"], answer["failed"]) == (7, False, False)
    assert len(answer["plan"]["clusters"]) == 16
    assert "Óptimo demostrado" in told(answer, PlanId.SUMMARY)
    assert "566\u202f131" in told(answer, PlanId.SUMMARY)
    assert "Utcubamba" in told(answer, PlanId.LIST)
    for target in ("previsto 29", "previsto 54", "previsto 80"):
        assert target in told(answer, PlanId.LEDGER)
    assert answer["shown"][PlanId.DIFFERENCE] is None
    json.dumps(answer, cls=PlotlyJSONEncoder)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_number_has_the_sentence_that_made_it(dataset, spool, language):
    answer = answers.answer({"now": plan_request.default()}, dataset, language, spool)
    said = told(answer, PlanId.SUMMARY) + told(answer, PlanId.LIST) + told(answer, PlanId.LEDGER)
    for key in ("plan_affected", "plan_gap", "plan_phases", "score", "ledger"):
        assert texts.say(language, f"engine.formula.{key}") in said


def test_while_it_is_being_made_only_its_progress_is_shown(dataset):
    busy = SolvesAtOnce(dataset, JobState("working", "solve", 0.0, 3.2))
    answer = answers.answer({"now": {}, "kept": {}, "at": 1}, dataset, "es", busy)
    assert answer["more"] and set(answer["shown"]) == {PlanId.PROGRESS}
    assert "Eligiendo el mejor plan: 3 s." in told(answer, PlanId.PROGRESS)


def test_progress_never_goes_back_from_one_step_to_the_next():
    shares = [tables._whole_share(JobState("working", doing, share)) for doing in tables._STEPS for share in (0, 1)]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_the_same_request_has_the_same_key_whatever_its_order(dataset, spool):
    one, other = {"required": ["220101", "160101"], "sizes": [3, 6]}, {"required": ["160101", "220101"]}
    spool.asked.clear()
    for now in (one, other, {"required": ["220101"]}):
        answers.answer({"now": now}, dataset, "es", spool)
    assert spool.asked[0] == spool.asked[1] != spool.asked[2]


def test_what_cannot_be_met_is_said_with_a_button_for_each_thing_that_can_give_way(dataset, spool):
    answer = answers.answer({"now": {"governments": 90}}, dataset, "es", spool)
    assert answer["failed"] and answer["plan"] is None
    eased = "Bajar de 90 a 78 el mínimo de municipalidades distritales (lo más que se alcanza)"
    assert eased in told(answer, PlanId.SAID)
    body = json.dumps(answer["shown"][PlanId.SAID], cls=PlotlyJSONEncoder)
    assert '"data-kind": "governments"' in body and '"data-value": "78"' in body


def test_a_fixed_cluster_that_cannot_be_is_named_and_can_be_released(dataset, spool):
    lamas = ["220501", "220505", "220510"]  # the first proposal of Lamas is not contiguous
    answer = answers.answer({"now": {"fixed": [{"ubigeos": lamas}]}}, dataset, "es", spool)
    assert "no es contiguo" in told(answer, PlanId.SAID)
    assert "Soltar Lamas, Cuñumbuqui y Tabalosos" in told(answer, PlanId.SAID)


def test_a_fixed_cluster_in_the_way_of_the_others_can_be_released(dataset, spool):
    # 78 municipalities need six districts everywhere; a cluster of three leaves too few
    small = answers.answer({"now": {"sizes": [3, 3]}}, dataset, "es", spool)["plan"]["clusters"]
    wide = answers.answer({"now": {"governments": 78}}, dataset, "es", spool)["plan"]["clusters"]
    first = next(c for c in small if any(w["province"] == c["province"] and w["slots"] == 6 for w in wide))
    asked = {"fixed": [{"ubigeos": first["ubigeos"]}], "governments": 78}
    answer = answers.answer({"now": asked}, dataset, "es", spool)
    assert answer["failed"]
    assert "Soltar el conglomerado fijo de" in told(answer, PlanId.SAID)
    body = json.dumps(answer["shown"][PlanId.SAID], cls=PlotlyJSONEncoder)
    assert '"data-kind": "fixed"' in body
    assert f'"data-value": "{"-".join(first["ubigeos"])}"' in body


@pytest.mark.parametrize(
    "sent", [{"sizes": [6, 3]}, {"objective": "luck"}, {"required": ["999999"]}, {"weights": {"gap": 99}}]
)
def test_what_is_not_understood_is_refused_in_a_sentence(dataset, spool, sent):
    for language in texts.LANGUAGES:
        answer = answers.answer({"now": sent}, dataset, language, spool)
        assert answer["failed"] and len(told(answer, PlanId.SAID)) > 20


def test_everything_that_is_not_understood_is_said_at_once(dataset, spool):
    sent = {"sizes": [6, 3], "required": ["999999"]}
    said = told(answers.answer({"now": sent}, dataset, "es", spool), PlanId.SAID)
    assert "Corrija los dos números" in said and "no están en este mapa: 999999" in said


@pytest.mark.parametrize("asked", [None, [], {}, {"now": None}, {"kept": {}}, "x", {"now": 3}])
def test_a_damaged_question_is_answered_with_nothing(dataset, spool, asked):
    assert answers.answer(asked, dataset, "es", spool)["shown"] == {}


def test_two_plans_are_set_side_by_side(dataset, spool):
    first = answers.answer({"now": {}}, dataset, "es", spool)["plan"]["clusters"][3]
    asked = {"now": {"forbidden": [first["ubigeos"]]}, "kept": {}, "auto": True}
    answer = answers.answer(asked, dataset, "es", spool)
    said = told(answer, PlanId.DIFFERENCE)
    assert "Qué cambió con lo último que pidió" in said
    assert "Entran (1)" in said and "Salen (1)" in said and "Se quedan 15 de 16" in said
    assert "prohibidos: 1" in said
    assert answer["former"] is not None
    assert "entra" in told(answer, PlanId.LIST)


def test_a_plan_a_that_does_not_exist_is_told(dataset, spool):
    answer = answers.answer({"now": {}, "kept": {"governments": 90}}, dataset, "es", spool)
    assert "A no tiene plan" in told(answer, PlanId.DIFFERENCE)
    assert answer["former"] is None


def test_what_was_asked_is_put_into_words(dataset):
    plain = plan_request.checked(
        {"services": ["health"], "sizes": [4, 4], "perProvince": 0, "governments": 59, "required": ["220101"],
         "weights": {"gap": 2.5}},
        dataset.territory,
    )  # fmt: skip
    said = sides.request_words(plain, dataset, "es")
    for part in ("salud", "de 4 distritos", "sin límite por provincia", "al menos 59", "Moyobamba", "2,5"):
        assert part in said


def test_a_file_is_sent_once_there_is_a_plan(dataset, spool):
    sent = answers.download("xlsx", {"now": {}}, dataset, "es", spool)
    day = clock.day_of(clock.now()).isoformat()
    assert sent["filename"] == f"16-conglomerados-por-personas-con-carencias_plan_{day}.xlsx"
    other = answers.download("geojson", {"now": {}}, dataset, "en", spool)
    assert other["filename"] == f"16-clusters-by-people-lacking-services_plan_{day}.geojson"
    assert answers.download("xlsx", {"now": {"governments": 90}}, dataset, "es", spool) is None
    assert answers.download("xlsx", None, dataset, "es", spool) is None


def test_a_calculation_that_broke_off_is_told_and_can_be_tried_again(dataset):
    broken = SolvesAtOnce(dataset, JobState("failed"))
    answer = answers.answer({"now": {}}, dataset, "es", broken)
    assert answer["failed"] and "se cortó" in told(answer, PlanId.SAID)
    assert blocked.sentences("failed", {}, "en") == [texts.say("en", "plan.failed.title")]


def test_an_unknown_figure_is_said_to_be_unknown(dataset, spool):
    answers.answer({"now": {}}, dataset, "es", spool)
    plan = json.loads(json.dumps(next(p for p in spool.known.values() if p["status"] == "done")))
    plan["clusters"][0]["affected"] = None
    assert "s/d" in words(tables.clusters(plan, None, dataset, "es"))
    assert difference(plan, plan)["affected"] == 0


def test_a_way_that_gives_up_several_things_is_taken_with_one_press_and_others_wait_behind_a_line(dataset, spool):
    answer = answers.answer({"now": {"governments": 80, "banned": ["250301"]}}, dataset, "es", spool)
    body = json.dumps(answer["shown"][PlanId.SAID], cls=PlotlyJSONEncoder)
    assert '"data-value": "governments:78|banned:250301"' in body
    why = next(p for p in spool.known.values() if p["status"] == "blocked" and p["wanted"]["banned"])["why"]
    rest = len(why["ways"]) - blocked.WAYS_SHOWN
    assert rest > 0 and f"Ver {rest} {'manera' if rest == 1 else 'maneras'} más" in told(answer, PlanId.SAID)
    # a way that changes a quota is told, and has no button here
    assert body.count('"data-does": "ease"') == sum(
        not any(step["message"].endswith("quota") for step in way) for way in why["ways"]
    )
