"""What is kept in the record is what the screens judge, list, plan and send away."""

from dataclasses import replace

import flask
import orjson
import pytest

from dashboard import app
from dashboard.clusters.model.candidate import from_proposal
from dashboard.clusters.rules.rules import Context, judge
from dashboard.pages.compare import answers as compare_answers
from dashboard.pages.compare.ids import Compare
from dashboard.pages.kit.drafts import candidate_of, chosen
from dashboard.pages.kit.memo import kept
from dashboard.pages.map import answers as map_answers
from dashboard.pages.map.sheets import sheet
from dashboard.pages.plan import answers as plan_answers
from dashboard.records.core.actors import local_actor
from dashboard.records.core.obstacles import CannotSave
from dashboard.records.opening import open_store
from dashboard.records.proposals import proposals
from dashboard.records.proposals.overview import Watch
from dashboard.web import overview, publish, request
from dashboard.web.cache import cache
from dashboard.web.jobs import plan_request
from tests.unit.pages.test_compare_answers import words

ME = local_actor("Ana Ríos")
PICOTA = ["220701", "220702", "220703", "220704"]


@pytest.fixture
def store(tmp_path, dataset, monkeypatch):
    """A record of its own in the place of the process's."""
    opened = open_store(f"sqlite:///{tmp_path / 'record.sqlite'}", dataset)
    monkeypatch.setattr(request, "opened_record", lambda: opened)
    yield opened
    opened.close()


@pytest.fixture
def application():
    made = flask.Flask(__name__)
    cache.init_app(made, config={"CACHE_TYPE": "SimpleCache"})
    return made


def settled(dataset, n=2):
    """The first proposals with one of them settled as a cluster."""
    return [*dataset.proposals[:n], replace(dataset.proposals[n], state="validated"), *dataset.proposals[n + 1 :]]


def test_a_request_sees_one_state_and_the_next_one_another(store, application, dataset):
    with application.test_request_context("/"):
        before = overview.proposals()
        made = proposals.create(store, ME, {"name": "Picota", "ubigeos": PICOTA, "phase": 2})
        proposals.step(store, ME, made.id, made.version, "propose")
        assert overview.proposals() is before and len(before) == len(dataset.proposals)
    with application.test_request_context("/"):
        assert [p.name for p in overview.proposals()][-1] == "Picota"


def test_with_nothing_changed_the_context_judges_as_that_of_the_data_set(store, application, dataset):
    with application.test_request_context("/"):
        context = Context.of(dataset, overview.proposals())
    for proposal in dataset.proposals:
        candidate = from_proposal(proposal)
        assert judge(candidate, context) == judge(candidate, Context.of(dataset))


def test_an_answer_that_was_kept_is_not_given_once_a_proposal_changed(store, application):
    def asked(answer):
        with application.test_request_context("/"):
            return kept("test", {"a": 1}, lambda: answer)

    assert [asked("before"), asked("again")] == ["before", "before"]
    lamas = proposals.get(store, ME, "lamas")
    proposals.edit(store, ME, "lamas", lamas.version, {"phase": 2})
    assert asked("after") == "after"


def test_an_answer_to_a_page_carries_the_print_after_what_it_changed(store, application):
    application.after_request(overview.tell_print)

    @application.post(overview.QUESTIONS)
    def change():
        seen = overview.proposals_print()
        lamas = proposals.get(store, ME, "lamas")
        proposals.edit(request.record(), ME, "lamas", lamas.version, {"phase": 2})
        return seen

    answer = application.test_client().post(overview.QUESTIONS)
    assert answer.headers[overview.PRINT] == Watch(store).now().print != answer.text


def test_an_answer_to_a_page_says_where_nothing_can_be_saved(store, application):
    application.after_request(overview.tell_print)
    application.post(overview.QUESTIONS)(lambda: "seen")
    client = application.test_client()
    assert overview.SAVES not in client.post(overview.QUESTIONS).headers
    store.obstacles[:] = [(store.now(), CannotSave("disk_full"))]
    answer = client.post(overview.QUESTIONS)
    assert (answer.text, answer.headers[overview.SAVES]) == ("seen", "no")


def test_a_settled_cluster_is_named_by_the_map_the_comparison_and_the_sheet(dataset):
    lamas = next(p for p in dataset.proposals if p.id == "lamas")
    ours = {"ubigeos": sorted(lamas.ubigeos), "phase": 1, "services": ["health"], "id": "c1"}
    among = settled(dataset)
    rules, _ = map_answers.judgement(ours, dataset, "es")
    told = words(map_answers.judgement(ours, dataset, "es", among)[0])
    columns = {"columns": [ours, {**ours, "id": "c2"}]}
    first, compared = (compare_answers.answer(columns, dataset, "es", known) for known in (None, among))
    failing = [v for v in judge(candidate_of(ours, dataset, among), Context.of(dataset, among)) if v.status == "fail"]
    assert "no_overlap" in [v.rule for v in failing]
    assert "Lamas" in told and told != words(rules)
    assert words(compared["shown"][Compare.RULES]) != words(first["shown"][Compare.RULES])
    assert "Conglomerado Lamas" in words(sheet("220501", dataset, "es", among))
    assert "Propuesta Lamas" in words(sheet("220501", dataset, "es", dataset.proposals))


def test_a_drawing_may_replace_a_proposal_in_any_state_but_none_that_is_not_kept(dataset):
    returned = [replace(p, state="returned") for p in dataset.proposals]
    ours = {"ubigeos": PICOTA, "replaces": "lamas"}
    assert candidate_of(ours, dataset, returned).replaces == "lamas"
    assert candidate_of(ours, dataset, returned[:1]).replaces is None
    assert candidate_of({"ubigeos": PICOTA, "id": "p:lamas"}, dataset, returned).replaces == "lamas"


def test_where_nothing_is_drawn_the_proposals_that_stand_are_sent_away(dataset):
    among = [replace(dataset.proposals[0], state="withdrawn"), *settled(dataset)[1:]]
    assert [c.state for c in chosen(None, dataset, among)] == [p.state for p in among[1:]]


# ---- the plan


class Notes:
    """A spool that notes what it is asked."""

    def __init__(self):
        self.jobs = {}

    def ask(self, key, job):
        from dashboard.web.jobs.jobs import JobState

        self.jobs[key] = job
        return JobState("waiting")


def test_a_plan_is_asked_with_the_settled_clusters_and_is_another_job_then(dataset, application):
    spool = Notes()
    with application.test_request_context("/"):
        for among in (None, dataset.proposals, settled(dataset)):
            plan_answers.answer({"now": plan_request.default()}, dataset, "es", spool, among)
    lamas = next(p for p in dataset.proposals if p.id == "lamas")
    assert [job["settled"] for job in spool.jobs.values()] == [
        [],
        [{"ubigeos": sorted(lamas.ubigeos), "phase": 1}],
    ]


def test_a_request_holds_what_is_settled_once_even_where_it_is_wished(dataset):
    already = plan_request.settled_of(Context.of(dataset, settled(dataset)))
    plain = plan_request.default() | {"fixed": [{"ubigeos": already[0]["ubigeos"], "phase": None}]}
    request = plan_request.request_of(plain, already)
    assert [(sorted(f.ubigeos), f.phase) for f in request.held] == [(already[0]["ubigeos"], 1)]
    assert request.fixed == ()


# ---- what the browser gets


def test_the_browser_gets_every_state_with_its_look(store, dataset):
    made = proposals.create(store, ME, {"name": "</script><!--", "ubigeos": PICOTA, "phase": 2})
    lamas = proposals.get(store, ME, "lamas")
    proposals.step(store, ME, "lamas", lamas.version, "withdraw", note="Se retira")
    tambopata = proposals.get(store, ME, "tambopata")
    proposals.edit(store, ME, "tambopata", tambopata.version, {"note": "x", "judgements": {"safe_travel": 3}})
    sent = publish.proposals(dataset, Watch(store).now())
    by_id = {p["id"]: p for p in sent["proposals"]}
    assert (by_id[made.id]["look"], by_id["lamas"]["look"], by_id["tambopata"]["look"]) == (None, None, "proposed")
    assert (by_id["tambopata"]["judgements"], by_id["lamas"]["judgements"]) == ({"safe_travel": 3}, {})
    assert by_id["condorcanqui"]["untouched"] and not by_id["tambopata"]["untouched"]
    assert [p["number"] for p in sent["proposals"]] == list(range(1, 9))
    assert not dataset.territory.is_contiguous(by_id[sent["shownFirst"]]["ubigeos"])


def test_every_state_has_a_look_or_stands_apart(dataset):
    from dashboard.clusters.rules.parameters import load_parameters
    from dashboard.records.proposals.steps import STATES
    from layers.overlays import clusters

    looks = {state: clusters.look(state, load_parameters().kind(state)) for state in STATES}
    assert {state for state, look in looks.items() if look is None} == {"candidate", "returned", "withdrawn"}
    assert looks["proposed"] == "proposed" and looks["reviewed"] == "reviewed"
    assert {looks[state] for state in STATES if load_parameters().kind(state) == "settled"} == {"validated"}


def test_no_name_can_end_the_script_that_carries_it():
    written = app._in_script(orjson.dumps({"name": "</script><!-- <script>"}))
    assert "<" not in written
    assert orjson.loads(str(written)) == {"name": "</script><!-- <script>"}
