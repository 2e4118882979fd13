"""What a presentation shows: live or frozen, figures with what they mean, and slides that need no server."""

from dataclasses import replace
from datetime import date
from functools import partial

import flask
import orjson
import pytest
from dash.development.base_component import Component
from hypothesis import given
from hypothesis import strategies as st
from plotly.utils import PlotlyJSONEncoder

from dashboard import texts
from dashboard.clusters.measures.measures import FEW, MEASURES, key_measures
from dashboard.documents import acta
from dashboard.documents.blocks import Paragraph
from dashboard.pages.kit import group_map
from dashboard.pages.present import answers, listing, proposal_view, routes
from dashboard.pages.present.ids import VERSIONS
from dashboard.pages.present.layout import layout, slides
from dashboard.records.core.actors import NOBODY
from dashboard.records.core.errors import Missing, Refused
from dashboard.records.meetings import decisions, meetings, snapshots
from dashboard.records.meetings.snapshots import frozen_view
from dashboard.records.meetings.whole import meeting_record
from dashboard.records.opening import open_store
from dashboard.records.proposals import proposals
from dashboard.web import request
from dashboard.web.request import words_of
from geodata.model import derived
from geodata.shared import clock
from tests.record.databases import SqliteDatabases
from tests.record.drawn import ALL_THE_SAME, ME, agree, draw, held

THREE = ("moyobamba-rioja", "lamas", "mariscal-caceres")
SEVEN = (*THREE, "condorcanqui", "coronel-portillo", "tambopata", "alto-amazonas")
NOT_CONTIGUOUS = {*THREE, "alto-amazonas"}


@pytest.fixture(scope="module")
def databases(tmp_path_factory, dataset):
    return SqliteDatabases(tmp_path_factory.mktemp("presented"), dataset)


@pytest.fixture
def store(databases, dataset):
    opened = open_store(databases.url(), dataset)
    yield opened
    opened.close()


@pytest.fixture(params=texts.LANGUAGES)
def words(request):
    return words_of(request.param)


def said(component) -> str:
    """Return all that is written in a component."""
    if isinstance(component, Component):
        return said(getattr(component, "children", None))
    if isinstance(component, (list, tuple)):
        return " ".join(filter(None, map(said, component)))
    return "" if component is None else str(component)


def text_of(slide) -> str:
    return " ".join(map(said, slide.body)).replace("\u2060", "")


def by_key(show, dataset, words):
    return {slide.key: text_of(slide) for slide in slides(show, dataset, words)}


# ---- live or frozen


def test_a_meeting_that_goes_on_shows_its_proposals_as_they_are_now(store):
    meeting = held(store, "lamas")
    snapshots.take(store, ME, meeting.id, "lamas")
    proposals.edit(store, ME, "lamas", 2, {"name": "Lamas norte"})
    show = answers.of_meeting(store, ME, meeting.id)
    assert [(item.number, item.proposal.name, item.frozen_at) for item in show.seen] == [(3, "Lamas norte", None)]
    assert not show.closed and show.people == (6, 6)


def test_a_closed_meeting_shows_what_was_frozen_whatever_happened_since(store, dataset, words):
    kept = draw(store)
    meeting = agree(store, kept.id)
    before = answers.of_meeting(store, ME, meeting.id)
    proposals.edit(store, ME, kept.id, 2, {"name": "Otra", "ubigeos": ["220701", "220702", "220704"]})
    show = answers.of_meeting(store, ME, meeting.id)
    assert show.closed and show.seen == before.seen
    assert (show.seen[0].proposal.name, show.seen[0].edition) == ("Picota", dataset.edition)
    assert show.seen[0].frozen_at is not None
    assert words.day(clock.day_of(show.seen[0].frozen_at)) in by_key(show, dataset, words)[f"p.{kept.id}"]


def test_frozen_figures_are_those_that_were_live(store, dataset):
    meeting = held(store, "lamas")
    (now,) = answers.of_meeting(store, ME, meeting.id).seen
    then = frozen_view(snapshots.take(store, ME, meeting.id, "lamas"))
    assert then.figures == now.figures
    assert [(v.rule, v.status, v.message) for v in then.verdicts] == [
        (v.rule, v.status, v.message) for v in now.verdicts
    ]


def test_what_someone_may_not_read_is_not_gathered(store):
    meeting = held(store, "lamas")
    for gather in (answers.of_meeting, answers.mark_of_meeting):
        with pytest.raises(Refused):
            gather(store, NOBODY, meeting.id)
        with pytest.raises(Missing):
            gather(store, ME, "22-2013-9")
    for gather in (answers.of_proposals, answers.mark_of_proposals):
        with pytest.raises(Refused):
            gather(store, NOBODY, ["lamas"])


def test_of_proposals_named_in_an_address_those_that_exist_are_shown_and_the_others_told(store, dataset, words):
    show = answers.of_proposals(store, ME, ["lamas", "nope", "lamas", "tambopata"])
    assert [item.proposal.id for item in show.seen] == ["lamas", "tambopata"]
    assert "nope" in by_key(show, dataset, words)["title"]
    with pytest.raises(Missing):
        answers.of_proposals(store, ME, ["nope"])


@pytest.mark.parametrize("sent", [None, 3, {"a": 1}, [["x"]], ["", None]])
def test_an_address_of_nonsense_names_nothing(sent):
    assert answers.listed(sent) == ()


# ---- marks of change


def test_the_mark_is_another_once_something_shown_changes_and_only_then(store):
    meeting = held(store, "lamas")
    marks = [answers.mark_of_meeting(store, ME, meeting.id)]

    def after(change):
        change()
        marks.append(answers.mark_of_meeting(store, ME, meeting.id))

    after(lambda: proposals.edit(store, ME, "lamas", 2, {"note": "x"}))
    after(lambda: proposals.edit(store, ME, "mariscal-caceres", 1, {"note": "of the same department: its quota"}))
    after(lambda: snapshots.take(store, ME, meeting.id, "lamas"))
    after(lambda: decisions.decide(store, ME, meeting.id, "lamas", "deferred", in_favour=3))
    after(lambda: meetings.change_meeting(store, ME, meeting.id, meeting.version, {"next_agenda": ["Uno"]}))
    assert len(set(marks)) == len(marks)
    proposals.edit(store, ME, "tambopata", 1, {"note": "of another department"})
    assert answers.mark_of_meeting(store, ME, meeting.id) == marks[-1]


def test_the_server_tells_the_mark_and_nothing_to_those_who_may_not_see_it(store, monkeypatch):
    meeting = held(store, "lamas")
    server = flask.Flask("tested")
    routes.serve(server)
    monkeypatch.setattr(request, "record", lambda: store)
    client = server.test_client()
    asked = [f"/{VERSIONS}?meeting={meeting.id}", f"/{VERSIONS}?p=lamas&p=tambopata"]
    assert client.get(asked[0]).json == {"mark": answers.mark_of_meeting(store, ME, meeting.id)}
    assert client.get(asked[1]).json == {"mark": answers.mark_of_proposals(store, ME, ["tambopata", "lamas"])}
    assert client.get(f"/{VERSIONS}?meeting=22-1999-1").status_code == 404
    monkeypatch.setattr(request, "actor", lambda: NOBODY)
    assert [(a.status_code, a.json) for a in map(client.get, asked)] == [(403, {}), (403, {})]


# ---- where they lie, and what figures mean


def test_parts_are_those_of_the_borders(store, dataset):
    for item in answers.of_proposals(store, ME, SEVEN).seen:
        where = group_map.place(item.proposal.ubigeos, dataset)
        assert sorted(u for part in where.parts for u in part) == sorted(item.proposal.ubigeos)
        assert where.apart == (item.proposal.id in NOT_CONTIGUOUS)
        assert bool(where.main) == (len(where.parts) == 1 or len(where.parts[0]) > 1)
        for u in where.joining:
            assert dataset.territory.is_contiguous({*item.proposal.ubigeos, u})


def test_districts_that_are_no_more_are_told_and_the_rest_is_drawn(dataset):
    where = group_map.place(["220501", "999999"], dataset)
    assert (where.parts, where.lost) == ((("220501",),), ("999999",))


def test_a_proposal_with_districts_that_are_no_more_is_shown_and_not_compared(store, dataset, words, monkeypatch):
    get = proposals.get

    def kept_before(*asked):
        found = get(*asked)
        return found if found.id == "lamas" else _with_lost(found)

    monkeypatch.setattr(proposals, "get", kept_before)
    show = answers.of_proposals(store, ME, ["lamas", "tambopata"])
    told = by_key(show, dataset, words)
    assert "999999" in told["p.tambopata"]
    assert show.seen[1].figures["population"].value is not None
    assert show.comparisons[0].content == {} and "c1.measures" not in told


def _with_lost(proposal):
    return replace(proposal, ubigeos=proposal.ubigeos | {"999999"})


def test_a_gap_stands_among_the_districts_of_its_department(store, dataset):
    scores = derived.gap_scores(dataset)
    for item in answers.of_proposals(store, ME, SEVEN).seen:
        told, department = item.figures["gap_education"], item.proposal.department
        own = scores["education"][list(dataset.territory.in_department(department))].dropna()
        higher = sum(value > told.value and abs(value - told.value) > 1e-9 for value in own)
        place, of = proposal_view.rank(told, department, dataset)
        assert (place, of) == (1 + higher, len(own))
        assert 1 <= place <= of


def test_san_martin_has_seventy_seven_districts_to_stand_among(store, dataset, words):
    show = answers.of_proposals(store, ME, ["lamas"])
    told = by_key(show, dataset, words)["p.lamas"]
    place, of = proposal_view.rank(show.seen[0].figures["gap_education"], "22", dataset)
    assert of == 77
    assert words.say("browser.rank", place=place, of=77, where="San Martín") in told
    assert words.number(show.seen[0].figures["gap_education"].value, 1) in told


def test_shares_of_people_add_up_to_the_whole_department(store, dataset):
    territory = dataset.territory
    content = {"name": "Todo", "ubigeos": list(territory.in_department("17")), "services": ["health"], "phase": 1}
    everyone = proposals.create(store, ME, content)
    (item,) = answers.of_proposals(store, ME, [everyone.id]).seen
    assert proposal_view.share(item.figures["population"], "17", dataset) == pytest.approx(100)


@given(st.sets(st.sampled_from(["health", "education", "environment"])))
def test_every_slide_has_a_handful_of_measures_with_the_gaps_of_its_services(services):
    chosen = key_measures(services)
    assert len(chosen) == len(set(chosen)) == FEW
    assert set(chosen) <= set(MEASURES)
    assert {f"gap_{service}" for service in services} <= set(chosen)


# ---- comparisons


@given(st.integers(0, 40))
def test_groups_hold_all_in_order_and_are_almost_alike(n):
    groups = answers.in_groups(list(range(n)))
    if n < 2:
        assert groups == []
        return
    assert [item for group in groups for item in group] == list(range(n))
    sizes = [len(group) for group in groups]
    assert 2 <= min(sizes) <= max(sizes) <= 4 and max(sizes) - min(sizes) <= 1
    assert 4 * (len(groups) - 1) < n


def test_all_under_review_are_compared_with_the_weights_of_the_meeting_unless_others_are_chosen(store):
    meeting = held(store, *THREE)
    meetings.change_meeting(store, ME, meeting.id, meeting.version, {"weights": {"gap": 5, "density": 0}})
    compared = partial(answers.of_meeting, store, ME, meeting.id)
    (found,) = compared().comparisons
    assert found.content["proposals"] == list(THREE)
    weights = {row["criterion"]["key"]: row["weight"] for row in found.content["criteria"]}
    assert (weights["gap"], weights["density"]) == (5, 0)
    (chosen,) = compared(chosen=("mariscal-caceres", "lamas")).comparisons
    assert chosen.numbers == {"mariscal-caceres": 4, "lamas": 3}
    assert compared(chosen=("lamas", "tambopata")).comparisons[0].numbers == found.numbers


def test_a_closed_meeting_shows_the_comparison_that_it_froze(store, dataset, words):
    first, second = draw(store), draw(store, name="Picota sur", ubigeos=["220705", "220706", "220707"])
    meeting = held(store, first.id, second.id)
    taken = snapshots.take_comparison(store, ME, meeting.id, [second.id, first.id])
    for kept in (first, second):
        snapshots.take(store, ME, meeting.id, kept.id)
        decisions.decide(store, ME, meeting.id, kept.id, "agreed", waivers=ALL_THE_SAME, in_favour=5)
    meeting = meetings.change_meeting(store, ME, meeting.id, meeting.version, {"next_agenda": ["Avances"]})
    meetings.close_meeting(store, ME, meeting.id, meeting.version)
    show = answers.of_meeting(store, ME, meeting.id)
    (found,) = show.comparisons
    assert (found.frozen.id, found.numbers) == (taken.id, {second.id: 9, first.id: 8})
    assert words.day(clock.day_of(taken.taken_at)) in by_key(show, dataset, words)["c1.measures"]


# ---- slides


def test_slides_come_in_order_and_each_has_a_place_of_its_own_in_the_address(store, dataset, words):
    meeting = held(store, *THREE)
    meetings.change_meeting(store, ME, meeting.id, meeting.version, {"next_agenda": ["Avances de FOCAS"]})
    snapshots.take(store, ME, meeting.id, "lamas")
    decisions.decide(store, ME, meeting.id, "lamas", "returned", in_favour=4, against=2, text="Se devuelve")
    made = slides(answers.of_meeting(store, ME, meeting.id), dataset, words)
    keys = [slide.key for slide in made]
    assert keys == [
        *("title", "p.moyobamba-rioja", "p.lamas", "p.mariscal-caceres"),
        *("c1.maps", "c1.measures", "c1.criteria", "decisions", "next"),
    ]
    assert [slide.number for slide in made[1:4]] == [2, 3, 4]  # in the record, whatever their order here
    told = {slide.key: text_of(slide) for slide in made}
    assert "Revisión de propuestas" in told["title"] and words.day(date(2013, 3, 15)) in told["title"]
    assert "Se devuelve" in told["decisions"] and words.say("present.undecided", n=2) in told["decisions"]
    assert "Avances de FOCAS" in told["next"]
    assert words.say("present.pieces", n=3) in told["p.lamas"]


def test_rules_that_fail_or_warn_are_told_whole_and_those_met_are_counted(store, dataset, words):
    show = answers.of_proposals(store, ME, SEVEN)
    told = by_key(show, dataset, words)
    for item in show.seen:
        met = [v for v in item.verdicts if v.status == "pass"]
        assert words.say("present.passes", n=len(met), of=len(item.verdicts)) in told[f"p.{item.proposal.id}"]
    assert "Zapatero" in told["p.lamas"]  # which would join it


def test_what_is_unknown_is_said_in_the_language_of_the_reader(store, dataset, words):
    told = by_key(answers.of_proposals(store, ME, ["lamas", "tambopata"]), dataset, words)["c1.criteria"]
    assert told.count(words.say("browser.unknown")) == 6  # two criteria that the group has not judged, and access


@pytest.mark.parametrize("judged", [0, 1])
def test_a_judgement_is_shown_where_it_is_known_though_another_proposal_lacks_it(store, dataset, words, judged):
    """On the projector and in the acta, frozen or not; only the points are left out, and it is said whose it lacks."""
    ids = ["lamas", "mariscal-caceres"]
    kept = proposals.get(store, ME, ids[judged])
    kept = proposals.edit(store, ME, kept.id, kept.version, {"judgements": {"political_will": 4}})
    value = words.say("records.value_alone", value="4", unit=words.say("unit.judgement"))
    told = by_key(answers.of_proposals(store, ME, ids), dataset, words)["c1.criteria"]
    assert told.count(value) == 1 and words.say("records.no_points_judged", marks=str(4 - judged)) in told
    assert told.count(words.say("browser.unknown")) == 5
    meeting = held(store, kept.id, ids[1 - judged])
    snapshots.take_comparison(store, ME, meeting.id, ids)
    written = acta.blocks(meeting_record(store, ME, meeting.id), dataset, words)
    table = next(b for b in written if getattr(b, "caption", "") == words.say("acta.comparison_scores"))
    (row,) = [row for row in table.rows if row[0].startswith(words.say("criterion.political_will.name"))]
    assert row[2 + judged] == value and row[3 - judged] == words.say("browser.unknown")
    assert words.say("records.no_points_judged", marks="BA"[judged]) in row[0]
    assert Paragraph(words.say("acta.comparison_known")) in written


def test_a_meeting_without_proposals_says_how_to_add_them(store, dataset, words):
    meeting = held(store)
    told = by_key(answers.of_meeting(store, ME, meeting.id), dataset, words)
    assert list(told) == ["title", "nothing", "next"]
    assert words.say("present.nothing_how") in told["nothing"]


def test_eight_proposals_are_light_enough_for_a_slow_line(store, dataset, words):
    eighth = draw(store, name="ñ" * 200, critical_area="x" * 400)
    made = slides(answers.of_proposals(store, ME, [*SEVEN, eighth.id]), dataset, words)
    sent = PlotlyJSONEncoder().encode([list(slide.body) for slide in made])
    assert len(sent.encode()) < 300_000
    assert orjson.loads(sent)


def test_meetings_that_go_on_come_first_then_the_next_one_and_those_that_are_over_backwards(store):
    plan = partial(meetings.plan_meeting, store, ME)
    over = [agree(store, number=n, on=date(2013, n, 1)) for n in (1, 2)]
    later, sooner = plan("22", 3, date(2013, 12, 1)), plan("01", 1, date(2013, 11, 1))
    now = held(store, number=4, on=date(2013, 10, 1))
    wanted = [now.id, sooner.id, later.id, over[1].id, over[0].id]
    assert [m.id for m in listing.in_order(meetings.meetings(store, ME))] == wanted


# ---- the screen


@pytest.fixture
def screen(store, monkeypatch, dataset):
    monkeypatch.setattr(request, "record", lambda: store)
    monkeypatch.setattr(request, "dataset", lambda: dataset)
    return lambda **asked: said(layout(**asked))


def test_what_does_not_exist_or_may_not_be_seen_is_told_in_words(screen, monkeypatch):
    say = partial(texts.say, "es")
    assert say("records.error.missing_meeting") in screen(meeting="22-1999-1")
    assert say("records.error.missing_proposal") in screen(p="nope")
    assert say("present.no_meetings") in screen()
    monkeypatch.setattr(request, "actor", lambda: NOBODY)
    for asked in ({}, {"meeting": "22-1999-1"}, {"p": ["lamas"]}):
        assert say("records.error.not_signed_in") in screen(**asked)
