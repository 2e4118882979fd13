"""What the coverage screen says: three numbers, quotas, what is late, FOCAS and QSIP, the map, spreadsheets, links."""

import io
import json
import math
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import asdict
from datetime import UTC, date, datetime
from html import unescape

import openpyxl
import pytest
from dash import dcc, html
from hypothesis import given
from hypothesis import strategies as st
from plotly.utils import PlotlyJSONEncoder

from dashboard import texts
from dashboard.documents.coverage_sheets import scores_template, stages_template
from dashboard.pages.coverage import (
    answers,
    entry,
    headline,
    map_view,
    paper,
    shares,
    sheets,
    standings,
    tools,
)
from dashboard.pages.coverage.ids import READ, CoverageId
from dashboard.pages.coverage.parts import DRAWING, address
from dashboard.pages.coverage.static_html import NotPlain, html_of
from dashboard.records.core.actors import Actor
from dashboard.records.core.errors import BadInput
from dashboard.records.opening import open_store
from dashboard.records.people import sharing
from dashboard.records.tracking import coverage, focas, qsip
from dashboard.web.request import RequestContext, words_of
from layers.drawing import target_bars
from layers.overlays import STATES
from tests.record.databases import Clock, SqliteDatabases
from tests.record.drawn import ME, draw, walk
from tests.unit.pages.test_compare_answers import found as components
from tests.unit.pages.test_compare_answers import words as said

SCRIPT = "<script>alert('x')</script>"
ROUNDS = ("baseline", "midpoint", "end")


@pytest.fixture(scope="module")
def databases(tmp_path_factory, dataset):
    return SqliteDatabases(tmp_path_factory.mktemp("coverage"), dataset)


def opened(databases, dataset, language="es", actor=ME):
    store = open_store(databases.url(), dataset, now=Clock())  # 2 June 2014
    return RequestContext(store, actor, words_of(language))


@pytest.fixture(scope="module")
def context(databases, dataset):
    """Beside the first proposals: a cluster of phase 1 with FOCAS applied and one of phase 2 that is validated."""
    context = opened(databases, dataset)
    one = draw(context.store, name=SCRIPT, phase=1, critical_area="Anemia")
    walk(context.store, one, "focas_applied")
    two = draw(context.store, name="Saposoa", phase=2, ubigeos=["220901", "220902", "220903"], critical_area="Agua")
    walk(context.store, two, "validated")
    yield context
    context.store.close()


@pytest.fixture
def fresh(databases, dataset):
    """A context whose record a test may change."""
    context = opened(databases, dataset)
    yield context
    context.store.close()


@pytest.fixture(scope="module")
def covered(context):
    return coverage.coverage(context.store, ME)


def as_(context, actor):
    return RequestContext(context.store, actor, context.words)


def coordinator(department):
    return Actor("c", "Coordina", "coordinator", department)


# ---- the three numbers


def test_the_three_numbers_stand_against_the_targets_with_what_they_mean(context, covered):
    clusters, governments, late = (said(card) for card in headline.headline(covered, context.words))
    assert "2 de 16" in clusters and "Fase 1: 1 de 6 · Fase 2: 1 de 5 · Fase 3: 0 de 5" in clusters
    assert "Faltan 14" in clusters and "propuestas en camino: 7" in clusters
    # Picota and Tarapoto are capitals: 7 districts drawn, 5 district governments
    assert "8 de 80" in governments and "Fase 1: 5 de 29 · Fase 2: 8 de 54 · Fase 3: 8 de 80" in governments
    assert "Serían 10 si cada uno de los 7 distritos" in governments and "capital de una provincia" in governments
    every = [m for s in covered.standings for m in s.late]
    assert f"{len(every)} en {sum(bool(s.late) for s in covered.standings)} de 9" in late
    # the seven first proposals are equally late: none of them is named as the latest
    assert "Lo más atrasado: 7 hitos previstos para el 31 de marzo de 2013: 1 año y 2 meses." in late
    assert "Atrasos contados hasta hoy, 2 de junio de 2014." in late


def test_a_department_has_quotas_of_its_own_but_no_target_of_governments(context):
    loreto = coverage.coverage(context.store, ME, "16")
    clusters, governments, _ = (said(card) for card in headline.headline(loreto, context.words))
    assert "0 de 3" in clusters
    assert "sin meta por departamento" in governments and "de 29" not in governments
    table = said(headline.phases(loreto, context.words))
    assert "no se reparten por departamento" in table and "de 29" not in table


def test_quotas_say_with_a_mark_and_a_word_whether_proposals_would_fill_them(context, covered):
    (table,) = components(headline.quotas(covered, context.store, context.words), html.Table)
    rows = {said(row.children[0]): [said(cell) for cell in row.children[1:]] for row in components(table, html.Tr)[2:]}
    # San Martín: phase 1 has quota 2, one settled, three first proposals; phase 2 quota 1 and the cluster of Saposoa
    assert [text.split() for text in rows["San Martín"][:3]] == [["2"], ["1"], ["3"]]
    assert "◐" in rows["San Martín"][3] and "hay propuestas que alcanzan" in rows["San Martín"][3]
    assert "✓" in rows["San Martín"][7] and "cupo completo" in rows["San Martín"][7]
    assert "○" in rows["Loreto"][7] and "no hay propuestas que alcancen" in rows["Loreto"][7]
    assert [rows["Total"][n].split()[-1] for n in (12, 13, 14, 15)] == ["16", "2", "7", "14"]


def test_a_bar_is_as_long_as_its_governments_and_the_target_stands_where_it_is_on_screen_and_paper(context, covered):
    bars = headline.target_bars_of(covered, context.words)
    assert [(bar.reached, bar.target) for bar in bars] == [(5, 29), (8, 54), (8, 80)]
    sent = [c for c in components(headline.phases(covered, context.words), html.Div) if hasattr(c, "data-bars-of")]
    assert json.loads(getattr(sent[0], "data-bars-of")) == [asdict(bar) for bar in bars]
    drawn = ElementTree.fromstring(target_bars(bars, "Gobiernos"))
    across = {
        name: [[float(x) for x in re.findall(r"[ML] ([\d.]+)", path.get("d"))] for path in _paths(drawn, name)]
        for name in ("reached", "target")
    }
    left = min(across["reached"][0])
    unit = (across["target"][2][0] - left) / 80
    assert [(max(xs) - left) / unit for xs in across["reached"]] == pytest.approx([5, 8, 8], abs=0.1)
    assert [(xs[0] - left) / unit for xs in across["target"]] == pytest.approx([29, 54, 80], abs=0.1)


def _paths(drawn, name):
    return [p for group in drawn.iter() if group.get("class") == name for p in group if p.tag.endswith("path")]


# ---- where each stands


def test_what_is_most_late_comes_first_and_every_status_has_mark_and_word(context, covered):
    (table,) = components(standings.standings(covered, context.store, context.words), html.Table)
    rows = components(table, html.Tr)[1:]
    late = [max((m.late_days for m in s.late), default=0) for s in standings.by_lateness(covered.standings)]
    assert late == sorted(late, reverse=True) and len(rows) == 9
    own = next(said(row) for row in rows if SCRIPT in said(row))
    assert "✓! cumplido con atraso:" in own.replace("  ", " ") and "+10 días" in own
    assert "▲" in own and "5 meses y 2 días" in own and "31 dic. 2013" in own  # the plan, due at the end of 2013
    assert "sigue" in own


def test_a_name_leads_to_the_register_and_is_text_in_its_own_direction(context, covered):
    links = components(standings.standings(covered, context.store, context.words), html.A)
    assert {link.href for link in links} >= {"/registro/lamas"}
    assert all(link.children.dir == "auto" for link in links)
    assert not components(standings.standings(covered, context.store, context.words, linked=False), html.A)


def test_dates_late_or_due_within_ninety_days_are_listed_and_no_others(context, covered):
    (table,) = components(standings.dates(covered, context.store, context.words), html.Table)
    rows = components(table, html.Tr)[1:]
    wanted = sum(len(s.late) for s in covered.standings) + len(headline.soon(covered))
    assert len(rows) == wanted > 0
    assert all((m.due - covered.day).days <= 90 for _, m in headline.soon(covered))
    first, *others = components(standings.dates(covered, context.store, context.words, most=4), html.Table)
    assert len(components(first, html.Tr)) == 5 and len(components(others, html.Tr)) == wanted - 4 + 1


def test_an_alarm_is_the_first_late_date_of_a_row_and_there_is_none_once_the_programme_is_over(context):
    def marks(until=None):
        found = coverage.coverage(context.store, ME, until=until)
        (table,) = components(standings.standings(found, context.store, context.words), html.Table)
        return [str(row).count("is-alarm") for row in components(table, html.Tr)[1:]], found

    alarms, found = marks()
    assert max(alarms) == 1 and sum(alarms) == sum(bool(s.late) for s in found.standings) > 0
    text = said(standings.standings(found, context.store, context.words))
    assert "▲ atrasado, y es la primera fecha por cumplir" in text
    assert sum(text.count(sign) for sign in "▲△") - 3 == sum(len(s.late) for s in found.standings)  # 3: the legend
    assert not any(marks("2013-01-01")[0])


def test_after_the_programme_lateness_counts_up_to_its_last_day_and_alarms_nobody(databases, dataset):
    store = open_store(databases.url(), dataset, now=Clock(datetime(2026, 11, 29, 15, tzinfo=UTC)))
    words = words_of("es")
    found = coverage.coverage(store, ME)
    told = said(headline.headline(found, words)[2])
    assert "4 años y 9 meses" in told and "al 31 de diciembre de 2017, último día del programa" in told
    shown = str(standings.standings(found, store, words))
    assert "is-late" in shown and "is-alarm" not in shown and "▲" not in shown
    # by the reader's choice up to today, also in the address of whatever can be taken away
    found = coverage.coverage(store, ME, until="2026-11-29")
    assert "13 años y 7 meses" in said(headline.headline(found, words)[2])
    assert address("22", until=found.as_of.chosen) == "/cobertura?departamento=22&al=2026-11-29"
    assert coverage.coverage(store, ME, until="2017-12-31").as_of.chosen is None  # the usual one
    for wrong in ("2026-11-30", "yesterday", "0001-01-01"):
        assert isinstance(answers.find(RequestContext(store, ME, words), None, wrong), BadInput)
    store.close()


# ---- the map


def test_the_printed_map_tells_states_by_pattern_dash_and_number_and_holds_no_script(context, covered, dataset):
    drawing = ElementTree.fromstring(map_view.svg(covered, dataset, context.words))
    clusters = [e for e in drawing.iter() if e.tag.endswith("}g") and e.get("role") == "img"]
    assert len(clusters) == len(covered.standings)
    numbers = {e.text for each in clusters for e in each.iter() if e.tag.endswith("text")}
    assert numbers == {str(n) for n in range(1, 10)}
    fills = {e.get("fill") for each in clusters for e in each.iter() if (e.get("fill") or "").startswith("url")}
    assert fills == {"url(#cover-proposed)", "url(#cover-settled)", "url(#cover-measured)"}
    dashes = {e.get("stroke-dasharray") for each in clusters for e in each.iter() if e.get("stroke-dasharray")}
    assert dashes == {STATES["proposed"][1]}
    assert not [e for e in drawing.iter() if e.tag.endswith("script")]
    assert any(SCRIPT in (each.get("aria-label") or "") for each in clusters)  # as text


def test_each_cluster_of_the_map_on_screen_has_a_name_that_leads_to_the_register(context, covered):
    shown = map_view.coverage_map(covered, context.store, context.words)
    links = [link for part in shown for link in components(part, html.A)]
    assert {link.href for link in links} == {f"/registro/{s.proposal.id}" for s in covered.standings}
    told = map_view._told(covered, context.store, context.words)
    assert set(told["fills"]) == set(covered.districts)
    assert {c["sign"] for c in told["clusters"]} == {s.identity.sign for s in covered.standings}
    assert all(c["look"] in STATES and len(c["lines"]) >= 2 for c in told["clusters"])
    # on paper names lead nowhere
    printed = map_view.printed_map(covered, context.store, context.words)
    assert not [link for part in printed for link in components(part, html.A)]


@given(st.lists(st.tuples(st.floats(0, 600), st.floats(0, 900)), max_size=16))
def test_numbers_that_moved_stay_apart_and_near_their_place(points):
    spots = map_view.apart(points)
    assert [point for point, _ in spots] == points
    assert all(math.dist(point, at) <= max(map_view.REACHES) + 1e-6 for point, at in spots)
    moved = [n for n, (point, at) in enumerate(spots) if math.dist(point, at) > 1]
    assert all(math.dist(spots[n][1], spots[m][1]) >= map_view.BETWEEN for n in moved for m in range(n))


def test_every_district_drawn_on_a_sheet_is_near_its_limits(dataset):
    sheet = map_view._sheet(dataset, "22")
    own = [u for u in dataset.territory.in_department("22") if u not in dataset.without_limits]
    assert set(sheet.shapes) == set(own)
    assert all(0 <= x <= map_view.WIDTH for shape in sheet.shapes.values() for x in shape.bounds[::2])
    assert all(0 <= y <= sheet.height for shape in sheet.shapes.values() for y in shape.bounds[1::2])


def test_reach_has_unit_year_source_and_what_is_known(context, covered):
    (table,) = components(map_view.reach(covered, context.store, context.words), html.Table)
    row = said(components(table, html.Tr)[1])
    assert "Población" in row and "personas" in row and "2017" in row and "%" in row and "238" in row


# ---- FOCAS and QSIP


def test_a_change_is_over_what_was_measured_in_both_rounds_only():
    points = {("revenue", "baseline"): 20.0, ("budgeting", "baseline"): 40.0, ("revenue", "end"): 50.0}
    own = tools.progress(points, ROUNDS)
    assert own.means == {"baseline": 30.0, "end": 50.0}
    assert (own.change, own.common, own.between) == (30.0, 1, ("baseline", "end"))


def test_one_round_has_no_change_and_nothing_in_common_is_unknown():
    assert tools.progress({("a", "baseline"): 1.0}, ROUNDS).change is None
    apart = tools.progress({("a", "baseline"): 1.0, ("b", "end"): 9.0}, ROUNDS)
    assert (apart.change, apart.common) == (None, 0)
    assert tools.progress({}, ROUNDS) == tools.Progress({}, {}, None, 0, None)


@given(st.dictionaries(st.tuples(st.sampled_from("abcd"), st.sampled_from(ROUNDS)), st.floats(0, 100)))
def test_a_change_is_the_mean_of_the_changes_of_each(points):
    own = tools.progress(points, ROUNDS)
    if own.change is not None:
        first, last = own.between
        both = [k for k in "abcd" if (k, first) in points and (k, last) in points]
        assert own.change == pytest.approx(sum(points[k, last] - points[k, first] for k in both) / len(both))
    assert all(min(points.values()) <= mean <= max(points.values()) + 1e-9 for mean in own.means.values())


def test_what_is_not_measured_says_so_and_is_never_zero(context, covered):
    standing = next(s for s in covered.standings if s.proposal.name == SCRIPT)
    shown = said(tools.focas_one(standing, context.store, context.words))
    assert "sin medir" in shown and " 0,0" not in shown and "40,0" in shown
    assert "1/7" in shown  # few areas are measured, and it is told
    other = tools.chosen(covered.standings, "condorcanqui")
    assert other.scores == () and "sin medir" in said(tools.focas_one(other, context.store, context.words))


def test_without_scores_and_clusters_the_parts_say_what_to_do(fresh):
    nothing = coverage.coverage(fresh.store, ME)
    assert "sin medir" in said(tools.focas_all(nothing, fresh.store, fresh.words))
    assert "QSIP empieza después" in said(tools.qsip_all(nothing, fresh.store, fresh.words))
    assert "Todavía no hay conglomerados validados" in said(tools.qsip_one(None, fresh.store, fresh.words))


def test_stages_stand_in_a_grid_with_their_days(fresh):
    one = walk(fresh.store, draw(fresh.store, critical_area="Anemia"), "validated")
    for stage in range(1, 6):
        qsip.enter(fresh.store, ME, one.id, {"cycle": 1, "stage": stage, "done_on": f"2013-0{stage + 3}-01"})
    standing = tools.chosen(coverage.coverage(fresh.store, ME).standings, one.id)
    grid = components(tools.qsip_one(standing, fresh.store, fresh.words), html.Tr)
    assert "1 abr. 2013" in said(grid[1]) and "1 ago. 2013" in said(grid[1])
    assert "sigue" in said(grid[2])  # the second cycle begins
    assert "ciclo 1, etapa 5" in said(tools.qsip_all(coverage.coverage(fresh.store, ME), fresh.store, fresh.words))


# ---- what is entered by hand

SCORE = {"government": "2207", "round": "baseline", "area": "revenue", "points": 45, "measured_on": "2014-05-01",
         "note": ""}  # fmt: skip
HERE = "http://127.0.0.1:8050/"


def ask(context, do, subject="", values=None, version=None, key=None, form="x", **beside):
    """What the browser is answered, and the form as it is afterwards."""
    sent = {"do": do, "form": form, "of": "/", "subject": subject, "values": values or {}, "version": version,
            "key": key, "beside": {"cluster": "lamas", **beside}, "at": 1}  # fmt: skip
    return answers.answer(sent, context, HERE)


def save_score(context, values, version, key):
    subject = entry.score_name(*(values[name] for name in ("government", "round", "area")))
    of = {name: values[name] for name in ("government", "round", "area")}
    return ask(context, "score", subject, values, version, key, **of)


def save_stage(context, cluster, cycle, stage, day, key):
    return ask(context, "stage", entry.stage_name(cluster, cycle, stage), {"done_on": day, "note": ""}, None, key)


def version_in(answer, place=CoverageId.FOCAS_ENTRY):
    """The version from which the form goes on, as it is drawn."""
    [form] = components(answer.shown[place], html.Form)
    return int(getattr(form, "data-version"))


def test_a_score_is_kept_found_again_and_corrected_by_its_version(fresh):
    assert entry.find_score(fresh, "2207", "baseline", "revenue").version is None
    first = save_score(fresh, SCORE, None, "k1")
    assert first.saved and "45,0 puntos" in said(first.outcome)
    found = entry.find_score(fresh, "2207", "baseline", "revenue")
    assert (found.values, found.version) == ((45.0, "2014-05-01", ""), 1)
    assert save_score(fresh, {**SCORE, "points": 50}, 1, "k2").saved
    assert entry.find_score(fresh, "2207", "baseline", "revenue").version == 2


def test_the_second_to_save_is_shown_both_and_decides(fresh):
    save_score(fresh, SCORE, None, "k1")
    save_score(fresh, {**SCORE, "points": 50}, 1, "k2")
    late = save_score(fresh, {**SCORE, "points": 60}, 1, "k3")
    assert late.conflict and not late.saved
    told = said(late.outcome)
    assert "60,0" in told and "50,0" in told and "45,0" in told and "Guardar lo mío" in told
    assert focas.scores(fresh.store, ME)[0].points == 50.0
    assert save_score(fresh, {**SCORE, "points": 60}, 2, "k4").saved


def test_the_form_after_a_conflict_goes_on_from_what_is_kept(fresh):
    score = {**SCORE, "government": tools.governments(standing_of(fresh, "lamas"), fresh.store)[-1]}
    for key, points, version in (("k1", 45, None), ("k2", 50, 1)):
        assert save_score(fresh, {**score, "points": points}, version, key).saved
    late = save_score(fresh, {**score, "points": 60}, 1, "k3")
    assert late.conflict and version_in(late) == 2


def standing_of(context, id_):
    return tools.chosen(coverage.coverage(context.store, ME).standings, id_)


def test_a_click_sent_twice_keeps_one_score(fresh):
    assert [save_score(fresh, SCORE, None, "same").saved for _ in range(2)] == [True, True]
    assert [score.version for score in focas.scores(fresh.store, ME)] == [1]


@pytest.mark.parametrize(
    "changes", [{"points": None}, {"points": 101}, {"measured_on": ""}, {"measured_on": "2099-01-01"},
                {"government": None}, {"government": ["2207"]}, {"area": 7}, {"note": "\u202eabc"}],
)  # fmt: skip
def test_what_cannot_be_a_score_is_refused_with_the_reason(fresh, changes):
    refused = save_score(fresh, {**SCORE, **changes}, None, "k")
    assert not refused.saved and "No se cambió nada" in said(refused.outcome)
    assert refused.shown == {}, "what was typed stands"
    assert focas.scores(fresh.store, ME) == ()


def test_a_coordinator_enters_in_the_own_department_only(fresh):
    assert save_score(as_(fresh, coordinator("22")), SCORE, None, "a").saved
    other = save_score(as_(fresh, coordinator("16")), {**SCORE, "area": "budgeting"}, None, "b")
    assert not other.saved and "Su rol no permite" in said(other.outcome)


def test_a_stage_is_kept_in_order_and_refused_out_of_it(fresh):
    one = walk(fresh.store, draw(fresh.store, critical_area="Anemia"), "validated")
    late = save_stage(fresh, one.id, 1, 2, "2013-05-01", "a")
    assert not late.saved and "Antes va la etapa 1 del ciclo 1" in said(late.outcome)
    assert save_stage(fresh, one.id, 1, 1, "2013-05-01", "b").saved
    assert entry.find_stage(fresh, one.id, 1, 1).values == ("2013-05-01", "")
    assert not save_stage(fresh, None, 1, 1, "2013-05-01", "c").saved


def test_another_cluster_brings_its_own_governments_and_what_is_kept_of_them(fresh):
    its = tools.governments(standing_of(fresh, "alto-amazonas"), fresh.store)[-1]
    assert save_score(fresh, SCORE | {"government": its}, None, "k").saved
    for id_ in ("lamas", "alto-amazonas"):
        found = ask(fresh, "look", form="focas-cluster", cluster=id_, government=its, **BESIDE)
        assert set(found.shown) == {CoverageId.FOCAS_ONE, CoverageId.FOCAS_OF, CoverageId.FOCAS_ENTRY}
        kept = "Ya registrado: 45,0" in said(found.shown[CoverageId.FOCAS_ENTRY])
        assert kept is (id_ == "alto-amazonas")


BESIDE = {"round": "baseline", "area": "revenue"}


# ---- spreadsheets


def filled(content, points=55, rows=3, day=date(2014, 5, 2)):
    """A template with the first rows filled in, as a person would."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in range(2, 2 + rows):
        book.active.cell(row, 4).value, book.active.cell(row, 5).value = points, day
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def template(fresh):
    own = draw(fresh.store)
    return scores_template(fresh.store, ME, [own], "baseline", fresh.words)


def test_a_filled_template_is_shown_first_and_kept_by_what_was_shown(fresh, template):
    content = filled(template)
    seen = sheets.take(fresh, "focas", content, None)
    assert "Nuevos: 3. Cambian: 0." in said(seen.shown) and not seen.kept
    assert focas.scores(fresh.store, ME) == ()
    kept = sheets.take(fresh, "focas", content, seen.print)
    assert kept.kept and len(focas.scores(fresh.store, ME)) == 3
    again = sheets.take(fresh, "focas", content, None)
    assert "Ya están igual: 3" in said(again.shown) and "No hay nada nuevo" in said(again.shown)


def test_what_someone_else_kept_meanwhile_is_shown_and_not_overwritten(fresh, template):
    content = filled(template)
    seen = sheets.take(fresh, "focas", content, None)
    save_score(fresh, {**SCORE, "government": "22", "points": 70}, None, "other")
    late = sheets.take(fresh, "focas", content, seen.print)
    assert not late.kept and "No se guardó nada" in said(late.shown) and "Cambian: 1" in said(late.shown)
    assert "70,0" in said(late.shown)
    assert [s.points for s in focas.scores(fresh.store, ME)] == [70.0]
    assert sheets.take(fresh, "focas", content, late.print).kept


def test_a_change_between_the_look_and_the_write_keeps_nothing(fresh, template):
    rows = [(2, focas.clean(fresh.store, {**SCORE, "government": "22"}))]
    focas.enter_all(fresh.store, ME, rows, seen={rows[0][1].id: 0})
    changed = [(2, focas.clean(fresh.store, {**SCORE, "government": "22", "points": 90}))]
    with pytest.raises(ValueError, match="changed_since"):
        focas.enter_all(fresh.store, ME, changed, seen={changed[0][1].id: 0})
    assert focas.enter_all(fresh.store, ME, changed, seen={changed[0][1].id: 1}) == 1


def test_every_fault_of_a_file_is_told_with_its_row_and_nothing_is_kept(fresh, template):
    answer = sheets.take(fresh, "focas", filled(template, points=400), None)
    assert answer.print is None and [f"Fila {row}:" in said(answer.shown) for row in (2, 3, 4)] == [True] * 3
    many = sheets.take(fresh, "focas", filled(template, points="x", rows=35), None)
    assert said(many.shown).count("Fila ") == 35
    assert "no es una hoja de cálculo" in said(sheets.take(fresh, "focas", b"PK nonsense", None).shown)
    assert focas.scores(fresh.store, ME) == ()


def test_a_file_of_another_department_or_without_the_right_is_refused(fresh, template):
    content = filled(template)
    for actor in (coordinator("16"), Actor("r", "Lee", "reader"), Actor("", "", "visitor")):
        answer = sheets.take(as_(fresh, actor), "focas", content, None)
        assert answer.print is None and not answer.kept
    assert focas.scores(fresh.store, ME) == ()


def test_stages_by_spreadsheet_go_through_the_same_two_steps(fresh):
    one = walk(fresh.store, draw(fresh.store, critical_area="Anemia"), "validated")
    qsip.enter(fresh.store, ME, one.id, {"cycle": 1, "stage": 1, "done_on": "2013-05-01", "note": "N"})
    kept = qsip.stages(fresh.store, ME)
    book = openpyxl.load_workbook(io.BytesIO(stages_template(fresh.store, ME, [one], kept, fresh.words)))
    assert book.active.cell(2, 4).value.date() == date(2013, 5, 1)
    book.active.cell(3, 4).value = date(2013, 6, 1)
    stream = io.BytesIO()
    book.save(stream)
    seen = sheets.take(fresh, "qsip", stream.getvalue(), None)
    assert "Nuevos: 1" in said(seen.shown) and "Ya están igual: 1" in said(seen.shown)
    assert len(qsip.stages(fresh.store, ME)) == 1  # looking kept nothing
    assert sheets.take(fresh, "qsip", stream.getvalue(), seen.print).kept
    assert [(s.cycle, s.stage) for s in qsip.stages(fresh.store, ME)] == [(1, 1), (1, 2)]
    book.active.cell(9, 4).value = date(2013, 7, 1)  # a later one, out of order
    stream = io.BytesIO()
    book.save(stream)
    assert "Fila 9:" in said(sheets.take(fresh, "qsip", stream.getvalue(), None).shown)


# ---- links to share


def test_a_link_is_shown_once_listed_without_its_token_and_ended(fresh):
    made = make_share(fresh, SCRIPT, "22", "2014-07-01")
    token = link_in(made).removeprefix(f"{HERE}compartido/")
    assert (
        made.saved and "1 de julio de 2014" in said(made.outcome) and sharing.open_share(fresh.store, token) is not None
    )
    listed = shares.PAGES.listed(fresh)
    assert token not in json.dumps(listed, cls=PlotlyJSONEncoder)
    assert "San Martín" in said(listed) and "abierta" in said(listed)
    page = sharing.shares(fresh.store, ME)[0]
    ended = ask(fresh, "end", page.id, version=page.version)
    assert ended.saved and "Terminada" in said(ended.outcome)
    assert sharing.open_share(fresh.store, token) is None
    assert "terminada" in said(shares.PAGES.listed(fresh))
    assert "ya la había terminado" in said(ask(fresh, "end", page.id, version=page.version).outcome)


def make_share(context, label, department, until):
    return ask(context, "share", values={"label": label, "department": department, "expires_on": until})


def link_in(answer):
    """The address that is shown this once."""
    return next(
        find["props"]["value"] for find in inputs(json.loads(json.dumps(answer.outcome, cls=PlotlyJSONEncoder)))
    )


def inputs(tree):
    """The plain controls among components."""
    if isinstance(tree, list):
        return [each for part in tree for each in inputs(part)]
    if not isinstance(tree, dict):
        return []
    return [tree] if tree.get("type") == "Input" else inputs(tree.get("props", {}).get("children"))


@pytest.mark.parametrize(
    "asked", [("", "22", "2014-07-01"), ("x", "99", "2014-07-01"), ("x", None, None), ("x", None, "2030-01-01")]
)
def test_a_link_without_label_scope_or_end_is_not_made(fresh, asked):
    refused = make_share(fresh, *asked)
    assert not refused.saved and "No se cambió nada" in said(refused.outcome)
    assert sharing.shares(fresh.store, ME) == ()


def test_only_the_leadership_makes_and_sees_links(fresh):
    context = as_(fresh, coordinator("22"))
    assert not make_share(context, "x", "22", "2014-07-01").saved
    assert shares.PAGES.form(context, None) == [] and shares.PAGES.listed(context) == []


# ---- all of it


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_part_is_there_in_each_language_and_can_be_sent(context, covered, language):
    other = RequestContext(context.store, ME, words_of(language))
    parts = answers.parts(covered, other)
    assert set(parts) == set(READ) and all(parts.values())
    sent = json.dumps(parts, cls=PlotlyJSONEncoder)
    assert "[coverage" not in sent and len(sent) < 400_000


def test_who_may_not_read_is_told_and_shown_nothing(context):
    shown = ask(as_(context, Actor("", "", "visitor")), "look").shown
    assert set(shown) == {CoverageId.HEADLINE} and "Inicie sesión" in said(shown[CoverageId.HEADLINE])
    elsewhere = answers.answer({"do": "look", "of": "99/"}, context, HERE)
    assert "error" in str(elsewhere.shown[CoverageId.HEADLINE])


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_page_on_paper_holds_everything_and_no_script_or_inline_style(context, covered, language):
    page = paper.page(covered, context.store, words_of(language), texts.LANGUAGES)
    assert "<script" not in page.lower() and "&lt;script&gt;" in page
    assert " style=" not in page and " onclick" not in page and 'href="/' not in page
    assert all(standing.proposal.name in unescape(page) for standing in covered.standings)
    assert page.count("<svg") > 5 and f'<html lang="{language}">' in page
    assert "Ana Ríos" not in page and ME.id not in page.split("<style>")[0]


def test_what_needs_a_script_or_a_style_is_not_written(context):
    assert html_of(html.P([html.B("<b>"), None, 3], className='a"b')) == '<p class="a&quot;b"><b>&lt;b&gt;</b>3</p>'
    assert html_of(html.Div(**{DRAWING: "<svg/>"})) == "<div><svg/></div>"
    for part in (dcc.Store(id="x"), html.Script("x"), html.P("x", style={"color": "red"}), html.Iframe(srcDoc="x")):
        with pytest.raises(NotPlain):
            html_of(part)


def test_addresses_leave_out_what_is_as_it_begins():
    assert address() == "/cobertura"
    assert address("22", "focas", "a&b") == "/cobertura?departamento=22&parte=focas&conglomerado=a%26b"
