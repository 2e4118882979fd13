"""Coverage: governments counted once, seats beside them, where each cluster stands and what is late."""

import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.clusters.measures.measures import measure_all
from dashboard.clusters.model.candidate import Candidate
from dashboard.documents.coverage_sheets import CLUSTER_HEAD, coverage_workbook, scores_template, stages_template
from dashboard.records.core.errors import BadInput, Refused
from dashboard.records.core.governments import governments_of
from dashboard.records.core.programme import load_programme, months_later, read_programme
from dashboard.records.opening import open_store
from dashboard.records.people import sharing
from dashboard.records.proposals import identities, proposals
from dashboard.records.tracking import coverage, focas, qsip
from dashboard.records.tracking.focas import FocasScore, means
from dashboard.records.tracking.milestone import AsOf, as_of
from tests.reading import of_codebook
from tests.record.databases import Clock, count_statements
from tests.record.drawn import ME, draw, walk


@pytest.fixture(scope="module")
def kept(databases, dataset):
    """Two clusters of San Martín that share no district: one of phase 1 with the seat of Picota, one of phase 2."""
    store = open_store(databases.url(), dataset, now=Clock())
    one = draw(store, name="=Picota", phase=1, critical_area="Anemia")
    one = walk(store, one, "focas_applied")
    two = draw(store, name="Saposoa", phase=2, ubigeos=["220901", "220902", "220903"], critical_area="Agua")
    walk(store, two, "validated")
    yield store
    store.close()


@pytest.fixture(scope="module")
def found(kept):
    return coverage.coverage(kept, ME)


def test_without_clusters_nothing_is_reached_and_that_is_known(store):
    found = coverage.coverage(store, ME)
    assert [p.settled.governments for p in found.phases] == [0, 0, 0]
    assert [(p.target.clusters, p.target.governments) for p in found.phases] == [(6, 29), (11, 54), (16, 80)]
    assert {r.reached.value for r in found.reach} == {0.0}
    assert all(r.percent == 0 for r in found.reach)


def test_governments_are_counted_once_and_seats_beside_them(found):
    first, second, third = (phase.settled for phase in found.phases)
    # Picota, Buenos Aires, Caspisapa, Pilluana: the seat of Picota is governed by the province
    assert (first.clusters, first.regional, first.provincial, first.district, first.slots) == (1, 1, 1, 3, 4)
    assert (first.governments, first.with_slots) == (5, 6)
    # Tarapoto is the seat of San Martín; the regional government is the same one
    assert (second.clusters, second.regional, second.provincial, second.district, second.slots) == (2, 1, 2, 5, 7)
    assert third == second


def test_proposals_are_added_beside_and_not_into_what_is_settled(found, dataset):
    union = frozenset().union(*(p.ubigeos for p in dataset.proposals))
    clusters = frozenset({"220701", "220702", "220703", "220704"})
    wanted = measure_all(Candidate(union | clusters), dataset)["governments"].value
    assert found.phases[0].with_proposals.governments == wanted
    assert found.phases[0].settled.governments < wanted


def test_quotas_say_what_is_settled_proposed_and_missing(found):
    rows = {(q.department, q.phase): q for q in found.quotas}
    assert sum(q.quota for q in found.quotas) == 16
    martin = rows["22", 1]
    assert (martin.quota, martin.settled, martin.proposed, martin.missing) == (2, 1, 3, 1)
    assert (rows["01", 1].settled, rows["01", 1].proposed, rows["01", 1].missing) == (0, 1, 1)


def test_every_proposal_stands_somewhere_with_its_dates(found):
    standing = {s.proposal.name: s for s in found.standings}
    assert len(standing) == 9
    one = standing["=Picota"]
    assert (one.proposal.state, one.since) == ("focas_applied", date(2013, 5, 3))
    at = {m.state: m for m in one.milestones}
    assert (at["proposed"].status, at["proposed"].late_days) == ("done_late", 10)  # due 31 December 2012
    assert at["validated"].status == "done"
    assert (at["focas_applied"].due, at["focas_applied"].status) == (None, "done")
    assert (at["qsip_applied"].status, at["qsip_applied"].due) == ("no_date", None)
    # due 31 December 2013; the clock of these tests stands at 2 June 2014
    assert (at["plan_approved"].status, at["plan_approved"].late_days) == ("late", 153)
    assert one.next.state == "qsip_applied"
    assert [m.state for m in one.late] == ["plan_approved"]
    assert one.governments == ("22", "2207", "220702", "220703", "220704")
    assert len(one.scores) == 5
    lamas = standing["Lamas"]
    assert (lamas.proposal.state, lamas.next.state, lamas.next.status) == ("proposed", "reviewed", "no_date")


def test_the_map_of_coverage_gives_each_district_its_most_advanced_state(found):
    assert found.districts["220702"] == "focas_applied"
    assert found.districts["220902"] == "validated"
    assert found.districts["220510"] == "proposed"
    assert "220801" not in found.districts


def test_people_and_gaps_reached_are_shares_of_all(found, dataset):
    people = next(r for r in found.reach if r.measure == "population")
    inside = ["220701", "220702", "220703", "220704", "220901", "220902", "220903"]
    assert people.reached.value == pytest.approx(dataset.population()[inside].sum())
    assert people.all.value == pytest.approx(dataset.population().sum())
    assert people.percent == pytest.approx(100 * people.reached.value / people.all.value)


def cluster(name, services, *ubigeos):
    services, ubigeos = frozenset(services), frozenset(ubigeos)
    return proposals.Proposal(name, 1, name, "22", 1, "validated", services, ubigeos)


def test_a_sector_is_reached_only_by_clusters_that_work_on_it_and_a_shared_district_counts_once(dataset):
    one = cluster("Mariscal Cáceres", ["education"], "220601", "220602", "220603")
    two = cluster("Saposoa", ["health", "education"], "220603", "220604", "220605")
    found = {row.measure: row for row in coverage.reach([one, two], dataset)}
    both, health = frozenset(one.ubigeos | two.ubigeos), frozenset(two.ubigeos)
    wanted = {"population": both, "affected_education": both, "affected_health": health, "slots": both}
    for key, districts in wanted.items():
        assert found[key].reached.value == pytest.approx(measure_all(Candidate(districts), dataset)[key].value)
    assert len(both) == 5 and found["slots"].reached.value == 5
    assert [found[key].clusters for key in coverage.REACHED_MEASURES] == [2, 2, 1, 0, 2]
    assert found["affected_environment"].reached.value == 0


def test_the_workbook_tells_what_is_reached_as_the_screen_does(kept, found, both_words):
    """Both clusters work on health alone."""
    book = openpyxl.load_workbook(io.BytesIO(coverage_workbook(kept, ME, found, both_words)))
    rows = list(book.worksheets[6].iter_rows(min_row=5, values_only=True))
    assert [row[2:4] for row in rows] == [(r.clusters, pytest.approx(r.reached.value)) for r in found.reach]
    assert [row[2] for row in rows] == [2, 0, 2, 0, 2]


def test_the_workbook_says_how_late_each_is_as_the_screen_does(kept, both_words):
    """Of the first state that has a date, not of the next one, which may have none."""
    for until in (None, "2013-12-31"):
        shown = coverage.coverage(kept, ME, until=until)
        book = openpyxl.load_workbook(io.BytesIO(coverage_workbook(kept, ME, shown, both_words)))
        (head, *rows) = book.worksheets[2].iter_rows(min_row=4, values_only=True)
        column = {both_words.say(f"cover.{name}"): n for n, name in enumerate(CLUSTER_HEAD)}
        assert [str(cell) for cell in head] == list(column)
        for row, standing in zip(rows, shown.standings, strict=True):
            dated = standing.dated
            told = [row[CLUSTER_HEAD.index(name)] for name in ("late_by", "late_days")]
            assert told == ([dated.late_by(both_words), dated.late_days] if dated else ["", ""])
        assert max(row[CLUSTER_HEAD.index("late_days")] or 0 for row in rows) == max(
            m.late_days for s in shown.standings for m in s.late
        )
        assert shown.as_of.said(both_words) in book.worksheets[0].cell(2, 1).value


def test_lateness_counts_up_to_today_while_the_programme_runs_and_to_its_last_day_afterwards(sqlite_store, clock):
    last = load_programme().last_day
    assert (as_of(sqlite_store).day, as_of(sqlite_store).kind) == (date(2014, 6, 2), "today")
    assert as_of(sqlite_store, "2013-06-30") == AsOf(date(2013, 6, 30), "chosen", False)
    clock.pass_by(days=(last - date(2014, 6, 2)).days)
    assert as_of(sqlite_store) == AsOf(last, "today", False)
    clock.pass_by(days=1)
    assert as_of(sqlite_store) == as_of(sqlite_store, last) == AsOf(last, "last_day", True)
    assert as_of(sqlite_store, "2016-01-01") == AsOf(date(2016, 1, 1), "chosen", False)
    with pytest.raises(BadInput):
        as_of(sqlite_store, "2018-01-02")


def test_what_was_reached_is_as_late_as_it_was_then_whatever_day_is_chosen(found, kept):
    own = next(s for s in coverage.coverage(kept, ME, until="2013-01-05").standings if s.proposal.name == "=Picota")
    at = {m.state: m for m in own.milestones}
    assert (at["proposed"].status, at["proposed"].late_days) == ("done_late", 10)
    assert (at["plan_approved"].status, at["plan_approved"].late_days) == ("due", 0)


def test_a_department_sees_its_own_only(kept):
    loreto = coverage.coverage(kept, ME, "16")
    assert {s.proposal.department for s in loreto.standings} == {"16"}
    assert {q.department for q in loreto.quotas} == {"16"}
    assert loreto.phases[2].settled.clusters == 0


def test_a_withdrawn_cluster_is_counted_no_longer(store):
    one = walk(store, draw(store, phase=1, critical_area="Anemia"), "validated")
    assert coverage.coverage(store, ME).phases[0].settled.clusters == 1
    proposals.step(store, ME, one.id, one.version, "withdraw", note="n")
    after = coverage.coverage(store, ME)
    assert after.phases[0].settled.clusters == 0
    assert one.id not in {s.proposal.id for s in after.standings}


def test_the_workbook_holds_the_figures_and_runs_no_formula_of_anyone(kept, found, both_words):
    content = coverage_workbook(kept, ME, found, both_words)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(book.sheetnames) == 8
    phases = list(book.worksheets[0].iter_rows(min_row=5, values_only=True))
    assert [row[:5] for row in phases] == [(1, 6, 1, 29, 5), (2, 11, 2, 54, 8), (3, 16, 2, 80, 8)]
    rows = [row[:2] for row in book.worksheets[2].iter_rows(min_row=5, values_only=True)]
    assert "=Picota" in [name for _, name in rows]
    by_name = {identity.name: int(identity.sign) for identity in identities(kept).values()}
    assert rows == [(by_name[name], name) for _, name in rows]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert sum(1 for row in book.worksheets[1].iter_rows(min_row=5)) == len(found.quotas)


def test_the_workbook_and_the_templates_say_what_every_column_is(kept, found, both_words):
    one = proposals.listing(kept, ME)[0]
    round_ = kept.programme.rounds[0]
    for content, head_row in (
        (coverage_workbook(kept, ME, found, both_words), 4),
        (scores_template(kept, ME, [one], round_, both_words), 1),
        (stages_template(kept, ME, [one], [], both_words), 1),
    ):
        held, told, rows = of_codebook(content, head_row)
        assert told == held
        assert all(all(row[i] for i in (2, 3, 4, 6)) for row in rows)


def test_more_proposals_ask_the_database_no_more_questions(store):
    sent, counts = count_statements(store), []
    for _ in range(2):
        for ask in (proposals.listing, coverage.coverage):
            sent.clear()
            ask(store, ME)
            counts.append(len(sent))
        for n in range(5):
            draw(store, name=f"Más {n}")
    assert counts[:2] == counts[2:]


# ---- shared pages


def test_a_shared_page_shows_the_coverage_until_its_day_is_over_or_it_is_ended(store, clock):
    page = {"scope": "coverage", "label": "Embajada", "expires_on": "2014-06-30", "department": "22"}
    token, kept_page = sharing.share(store, ME, page)
    assert {s.proposal.department for s in coverage.shared_coverage(store, token).standings} == {"22"}
    with pytest.raises(Refused):
        coverage.shared_coverage(store, token + "x")
    clock.pass_by(days=40)
    with pytest.raises(Refused):
        coverage.shared_coverage(store, token)
    clock.pass_by(days=-40)
    sharing.end_share(store, ME, kept_page.id, 1)
    with pytest.raises(Refused):
        coverage.shared_coverage(store, token)


# ---- FOCAS and QSIP


def test_means_are_over_the_areas_that_have_a_score():
    day = date(2013, 5, 1)
    made = [
        FocasScore(f"x{i}", 1, "22", "baseline", area, p, day) for i, (area, p) in enumerate([("a", 10.0), ("b", 40.0)])
    ]
    assert means([*made, FocasScore("y", 1, "22", "end", "a", 50.0, day)]) == {
        ("22", "baseline"): 25.0,
        ("22", "end"): 50.0,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"government": "220701"}, {"government": "9999"}, {"government": None}, {"round": "later"}, {"area": "luck"},
        {"points": 101}, {"points": -0.1}, {"points": float("nan")}, {"points": True}, {"points": "1,234"},
        {"measured_on": None}, {"measured_on": "2014-06-03"}, {"measured_on": "31/31/2013"},
    ],
)  # fmt: skip
def test_a_score_that_cannot_be_is_refused(sqlite_store, changes):
    values = {"government": "2207", "round": "end", "area": "revenue", "points": 50, "measured_on": "2014-05-01"}
    with pytest.raises(ValueError):
        focas.enter(sqlite_store, ME, {**values, **changes})
    assert focas.scores(sqlite_store, ME) == ()


def test_stages_follow_each_other_in_order_and_in_time(store):
    one = walk(store, draw(store, critical_area="Anemia"), "validated")

    def enter(cycle, stage, on, version=None):
        return qsip.enter(store, ME, one.id, {"cycle": cycle, "stage": stage, "done_on": on}, version=version)

    with pytest.raises(ValueError):
        enter(1, 2, "2013-05-01")
    for stage in range(1, 6):
        enter(1, stage, f"2013-0{stage + 3}-01")
    with pytest.raises(ValueError):
        enter(2, 1, "2013-07-01")  # before the end of the first cycle
    enter(2, 1, "2014-05-01")
    with pytest.raises(ValueError):
        enter(1, 3, "2014-05-02", version=1)  # after what followed it
    assert [(s.cycle, s.stage) for s in qsip.stages(store, ME, one.id)] == [(1, n) for n in range(1, 6)] + [(2, 1)]


def test_a_proposal_that_is_no_cluster_has_no_stages(store):
    with pytest.raises(ValueError):
        qsip.enter(store, ME, "lamas", {"cycle": 1, "stage": 1, "done_on": "2013-05-01"})


# ---- the programme's numbers


def test_the_targets_are_those_of_the_programme():
    programme = load_programme()
    assert [(p.clusters, p.regional, p.provincial, p.district, p.governments) for p in programme.phases] == [
        (6, 5, 6, 18, 29), (11, 5, 11, 38, 54), (16, 5, 16, 59, 80),
    ]  # fmt: skip


def test_targets_and_quotas_of_the_data_agree(dataset):
    for phase in load_programme().phases:
        assert phase.clusters == sum(n for (_, p), n in dataset.quotas.items() if p <= phase.number)


def test_a_description_with_faults_names_them_all():
    tree = {
        "group": {}, "meeting": {}, "phase": [{"number": 1}], "due": {"validated": {"months": 3}},
        "focas": {"rounds": [], "areas": ["a", "a"]}, "qsip": {"stages": 0},
    }  # fmt: skip
    with pytest.raises(ValueError) as error:
        read_programme(tree)
    assert len(error.value.faults) >= 14


def test_a_plan_of_three_years_is_due_three_years_after_it_was_approved():
    programme = load_programme()
    assert programme.due_date("plan_implemented", 1, {}) is None
    assert programme.due_date("plan_implemented", 1, {"plan_approved": date(2013, 11, 30)}) == date(2016, 11, 30)
    assert months_later(date(2012, 11, 30), 3) == date(2013, 2, 28)
    assert months_later(date(2012, 2, 29), 12) == date(2013, 2, 28)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 100))
def test_months_later_is_in_that_month_and_never_later_in_it(day, months):
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


@given(st.data())
def test_governments_of_districts_are_as_many_as_the_measure_counts(dataset, data):
    codes = sorted(dataset.territory.districts)
    chosen = data.draw(st.frozensets(st.sampled_from(codes), min_size=1, max_size=12))
    wanted = measure_all(Candidate(chosen), dataset)["governments"].value
    assert len(governments_of(chosen, dataset.territory)) == wanted
