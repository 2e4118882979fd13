"""An import makes a whole new edition or nothing at all, and says all that it did."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from small import CODES, Figures, QuickStore, write_small

from geodata.editions import build as building
from geodata.editions import diff, imports
from geodata.editions.diff import compare
from geodata.editions.store import SHIPPED
from geodata.model.dataset import load
from geodata.readers.contract import EditionChanges
from geodata.reports import files
from geodata.words import LANGUAGES
from tests.root import ROOT


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    return write_small(tmp_path_factory.mktemp("small") / "shipped")


@pytest.fixture(scope="module")
def base(shipped):
    return load(shipped)


@pytest.fixture
def store(tmp_path, shipped, monkeypatch):
    monkeypatch.setattr(imports, "reader_of", lambda subject: Figures)
    return QuickStore(tmp_path / "store", shipped)


@pytest.fixture
def bring(store, tmp_path):
    def bring(text, how=imports.run, **options):
        file = tmp_path / "figures.csv"
        file.write_text(text, "utf-8")
        return how(store, "indicators", file, **options)

    return bring


def everything(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name != "lock"}


def rows(folder, file):
    with open(folder / file, encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


# ---- killed imports


def test_an_import_killed_at_any_step_leaves_the_old_edition_or_the_new_one_whole(tmp_path):
    search = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("killing.py"), tmp_path],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": search}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ids, *steps = map(json.loads, done.stdout.splitlines())
    assert len(steps) > 30, "an import takes more steps than that on the disk"
    assert [step["ended"] for step in steps] == [False] * (len(steps) - 1) + [True]
    assert all(step["whole"] for step in steps), "every edition that is named is there with every byte"
    assert all(step["current"] == ids["old"] for step in steps[:-1]) and steps[-1]["current"] == ids["new"]
    assert any(step["left"] for step in steps)
    repeated = [step for step in steps if "then" in step]
    assert repeated
    for step in repeated:
        assert step["then"] == ids["new"] and step["then_whole"] and step["then_left"] == 0


# ---- whole or nothing


def test_the_same_file_again_changes_nothing_and_says_so(store, bring):
    first = bring(f"{CODES[0]},2017,50")
    kept = everything(store.folder)
    again = bring(f"{CODES[0]},2017,50")
    assert (first.status, again.status) == (imports.NEW, imports.UNCHANGED)
    assert again.edition == first.edition == store.current_id()
    assert everything(store.folder) == kept


def test_content_that_was_an_edition_already_is_put_in_use_again(store, bring):
    first = bring(f"{CODES[0]},2017,50")
    bring(f"{CODES[0]},2017,60")
    back = bring(f"{CODES[0]},2017,50")
    assert (back.status, back.edition) == (imports.KNOWN, first.edition)
    assert store.current_id() == first.edition
    assert len(store.ids()) == 2


def test_two_files_that_do_not_touch_give_the_same_edition_in_either_order(store, bring):
    one, other = f"{CODES[0]},2017,50", f"{CODES[3]},2020,60"
    bring(one)
    one_first = bring(other).edition
    store.use(SHIPPED)
    bring(other)
    assert bring(one).edition == one_first


def test_faults_are_all_told_and_nothing_is_written(store, bring):
    refused = bring(f"999999,2017,1\n{CODES[0]},2017,2\n888888,2017,3")
    assert refused.status == imports.REFUSED and refused.edition is None
    assert [fault.row for fault in refused.report.faults] == [1, 3]
    assert store.current_id() == SHIPPED and store.ids() == []
    assert not list((store.folder / "editions").iterdir())


def test_a_result_that_is_not_sound_is_refused_with_what_is_wrong(store, bring):
    refused = bring(f"{CODES[0]},2017,500")
    assert refused.status == imports.REFUSED
    assert any("range" in fault.fields["fault"] for fault in refused.report.faults)
    assert store.current_id() == SHIPPED
    assert not list((store.folder / "editions").iterdir())


def test_an_open_question_imports_nothing_until_it_is_answered(store, bring):
    open_ = bring(f"?\n{CODES[0]},2017,50")
    assert open_.status == imports.REFUSED
    assert [question.key for question in open_.preview.questions] == ["unit"]
    assert len(open_.report.faults) == 1
    answered = bring(f"?\n{CODES[0]},2017,50", answers={"unit": "share"})
    assert answered.status == imports.NEW
    assert store.edition(answered.edition).understanding["options"] == {"unit": "share"}


def test_a_file_that_cannot_be_read_is_a_fault_and_no_exception(store, bring, tmp_path):
    assert bring("!").report.faults[0].message == "import.no_permission"
    gone = imports.run(store, "indicators", tmp_path / "gone.csv")
    assert [fault.message for fault in gone.report.faults] == ["import.no_file"]


def test_trying_out_says_what_would_change_and_touches_nothing(store, bring):
    tried = bring(f"{CODES[0]},2017,50", imports.try_out)
    assert not store.folder.exists()
    assert tried.status == imports.POSSIBLE
    done = bring(f"{CODES[0]},2017,50")
    assert done.edition == tried.edition
    assert done.report.events == tried.report.events
    assert bring(f"{CODES[0]},2017,50", imports.try_out).status == imports.NEEDLESS


def test_an_unknown_kind_of_file_is_refused():
    with pytest.raises(imports.StoreError):
        imports.reader_of("dogs")


# ---- building


def build(shipped, folder, changes):
    folder.mkdir(exist_ok=True)
    building.build(shipped, folder, changes)
    return folder


figures = st.lists(
    st.tuples(st.sampled_from(CODES), st.integers(2015, 2019), st.floats(0, 100, allow_subnormal=False)),
    unique_by=lambda row: row[:2], max_size=12,
)  # fmt: skip


@settings(max_examples=25)
@given(given_rows=figures)
def test_rows_of_the_same_key_are_replaced_and_others_added(shipped, tmp_path_factory, given_rows):
    frame = pd.DataFrame(given_rows, columns=["ubigeo", "year", "value"]).assign(indicator="schools")
    work = tmp_path_factory.mktemp("built")
    once = build(shipped, work / "once", EditionChanges(upserts={"indicators": frame}))
    wanted = {(r["indicator"], r["year"], r["ubigeo"]): float(r["value"]) for r in rows(shipped, "indicators.csv")}
    wanted |= {("schools", str(year), code): value for code, year, value in given_rows}
    found = rows(once, "indicators.csv")
    assert {(r["indicator"], r["year"], r["ubigeo"]): float(r["value"]) for r in found} == wanted
    assert len(found) == len(wanted)
    years = rows(once, "indicator_catalog.csv")[0]["years"].split()
    assert years == sorted({year for _, year, _ in wanted}), "the catalogue announces the years there are"
    twice = build(once, work / "twice", EditionChanges(upserts={"indicators": frame}))
    assert everything(twice) == everything(once), "the same rows again change nothing"


def test_rows_that_are_not_touched_keep_every_character(shipped, tmp_path):
    frame = pd.DataFrame([{"indicator": "schools", "year": 2017, "ubigeo": CODES[0], "value": 0.1 + 0.2}])
    made = build(shipped, tmp_path / "made", EditionChanges(upserts={"indicators": frame}))
    before, after = ((f / "indicators.csv").read_text("utf-8").splitlines() for f in (shipped, made))
    assert [line for line in after if line not in before] == [f"schools,2017,{CODES[0]},0.30000000000000004,"]
    untouched = {k: v for k, v in everything(made).items() if k not in ("indicators.csv", "dataset.json")}
    assert untouched.items() <= everything(shipped).items()


def test_a_blank_stays_a_blank_and_zero_stays_zero(shipped, tmp_path):
    two = {"indicator": "schools", "year": 2017, "ubigeo": CODES[:2]}
    frame = pd.DataFrame({**two, "value": [float("nan"), 0.0], "sample_size": [None, 0]})
    made = build(shipped, tmp_path / "made", EditionChanges(upserts={"indicators": frame}))
    found = [(r["value"], r["sample_size"]) for r in rows(made, "indicators.csv")[:2]]
    assert found == [("", ""), ("0", "0")]


def test_a_key_given_twice_is_left_for_the_check_to_name(shipped, tmp_path):
    frame = pd.DataFrame([{"indicator": "schools", "year": 2017, "ubigeo": CODES[0], "value": v} for v in (1, 2)])
    made = build(shipped, tmp_path / "made", EditionChanges(upserts={"indicators": frame}))
    with pytest.raises(ValueError, match="repeated key"):
        load(made)


def test_a_column_that_the_schema_has_not_is_refused(shipped, tmp_path):
    with pytest.raises(ValueError, match="colour"):
        build(shipped, tmp_path / "made", EditionChanges(upserts={"districts": pd.DataFrame([{"colour": "red"}])}))


def test_a_whole_table_can_be_replaced(shipped, tmp_path):
    frame = pd.DataFrame([{"district": CODES[n], "neighbour": CODES[n + 1], "border_km": 2.5} for n in range(8)])
    made = build(shipped, tmp_path / "made", EditionChanges(replaced={"neighbours": frame}))
    assert load(made).territory.neighbours(CODES[0]) == {CODES[1]}


def test_what_is_said_of_a_resource_and_of_the_whole_is_kept(shipped, tmp_path):
    said = {
        "indicators": {"source": "INEI, 2023", "years": [2023]},
        building.WHOLE: {"hazards_complete_years": [2010, 2011]},
    }
    made = load(build(shipped, tmp_path / "made", EditionChanges(resources=said)))
    assert (made.provenance["indicators"].source, made.provenance["indicators"].years) == ("INEI, 2023", (2023,))
    assert made.hazards_complete_years == (2010, 2011)


def shapes(base, moved=0.0):
    kept = base.limits.geometry.drop(CODES[8])
    return gpd.GeoDataFrame(geometry=kept.map(lambda s: shapely.affinity.translate(s, moved)), crs="EPSG:4326")


def limits(base, moved=0.0, full_moved=0.0):
    return EditionChanges(
        limits=shapes(base, moved), full=shapes(base, full_moved), without_limits=(CODES[8],),
        resources={"limits": {"official": True, "source": "INEI"}},
    )  # fmt: skip


def test_new_limits_come_with_their_full_detail_and_name_who_has_none(base, shipped, tmp_path):
    folder = build(shipped, tmp_path / "made", limits(base, 0.01))
    made = load(folder)
    assert made.limits_official and made.without_limits == (CODES[8],)
    assert shapely.equals_exact(made.limits.geometry[CODES[0]], shapes(base, 0.01).geometry[CODES[0]])
    full = building.full_limits(folder)
    assert list(full.index) == CODES[:8] and full.crs == "EPSG:4326"
    later = build(folder, tmp_path / "later", EditionChanges())
    assert building.full_limits(later) is not None, "the next edition keeps the detail"


def test_the_full_detail_counts_for_what_an_edition_is(base, shipped, tmp_path):
    one = build(shipped, tmp_path / "one", limits(base))
    same = build(shipped, tmp_path / "same", limits(base))
    other = build(shipped, tmp_path / "other", limits(base, full_moved=1e-7))
    assert load(one).edition == load(same).edition != load(other).edition


def test_limits_without_full_detail_leave_no_older_detail_behind(base, shipped, tmp_path):
    detailed = build(shipped, tmp_path / "one", limits(base))
    plain = EditionChanges(limits=shapes(base), without_limits=(CODES[8],))
    made = build(detailed, tmp_path / "two", plain)
    assert building.full_limits(made) is None and building.FULL not in made.joinpath("dataset.json").read_text("utf-8")


# ---- what changed


def told(events):
    return [(event.message.removeprefix("changed."), event.ubigeo) for event in events]


def test_an_edition_differs_in_nothing_from_itself(base, shipped):
    assert compare(base, load(shipped)) == []


def test_changed_figures_are_counted_and_the_largest_are_named(base, shipped, tmp_path):
    three = {"year": [2017, 2017, 2018], "ubigeo": CODES[:3], "value": [11, 90, 5]}
    values = pd.DataFrame({"indicator": "schools", **three})
    made = load(build(shipped, tmp_path / "made", EditionChanges(upserts={"indicators": values})))
    events = compare(base, made)
    first = events[0].fields
    assert (first["year"], first["added"], first["other"], first["gone"]) == (2017, 0, 2, 0)
    assert told(events)[1:3] == [("value", CODES[1]), ("value", CODES[0])], "the largest change first"
    assert (events[1].fields["was"], events[1].fields["now"]) == (11, 90)
    back = compare(made, base)
    assert [e.fields["gone"] for e in back if e.message == "changed.indicator"] == [0, 1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", [11 + 1e-3, 11 - 1e-6, 11 + 1e-9])
def test_what_a_sentence_says_of_before_and_now_differs(base, shipped, tmp_path, value, language):
    one = pd.DataFrame([{"indicator": "schools", "year": 2017, "ubigeo": CODES[1], "value": value}])
    made = load(build(shipped, tmp_path / "made", EditionChanges(upserts={"indicators": one})))
    event = next(e for e in compare(base, made) if e.message == "changed.value")
    was, now = (files.filled("changed.value", {**event.fields, "was": event.fields[name], "now": 0}, language)
                for name in ("was", "now"))  # fmt: skip
    assert was != now


@given(st.floats(1e-9, 1e12), st.floats(-0.5, 0.5).filter(lambda share: abs(share) > 2e-11))
def test_figures_that_differ_are_never_rounded_to_the_same(was, share):
    told = diff._told_apart(was, was * (1 + share))
    assert told[0] != told[1] and (told[1] > told[0]) == (share > 0)
    assert told == pytest.approx((was, was * (1 + share)), rel=1e-3)


def test_figures_far_apart_keep_few_digits():
    assert diff._told_apart(0.25081234, 0.4) == (0.2508, 0.4)
    assert diff._told_apart(0.25081234, 0.25084321) == (0.25081, 0.25084)
    assert diff._told_apart(123456.6, 123456.9) == (123456.6, 123456.9)


def test_an_area_that_hardly_changes_is_told_with_the_digits_that_do(base, shipped, tmp_path):
    square = shapes(base)
    grown = square.geometry.map(lambda s: shapely.affinity.scale(s, 1 + 1e-5, 1))
    turned = square.geometry.map(lambda s: shapely.affinity.translate(s, 1e-8))
    events = {}
    for name, moved in (("grown", grown), ("moved", turned)):
        frame = gpd.GeoDataFrame(geometry=moved, crs="EPSG:4326")
        changes = EditionChanges(limits=frame, without_limits=(CODES[8],))
        events[name] = compare(base, load(build(shipped, tmp_path / name, changes)))
    areas = [e.fields for e in events["grown"] if e.message == "changed.area"]
    assert areas and all(f["was"] < f["now"] and f["percent"] == 0.001 for f in areas)
    assert "limits_moved" in dict(told(events["moved"])) and "area" not in dict(told(events["moved"]))


def test_changed_limits_and_borders_are_named(base, shipped, tmp_path):
    lost = pd.DataFrame([{"district": CODES[n], "neighbour": CODES[n + 1], "border_km": 2.5} for n in range(8)])
    changes = EditionChanges(
        limits=limits(base, 0.01).limits, without_limits=(CODES[8],), replaced={"neighbours": lost}
    )
    made = load(build(shipped, tmp_path / "made", changes))
    found = told(compare(base, made))
    assert ("limits_gone", None) in found and ("limits_moved", None) in found
    # 3-4 and 6-7 border only in the chain; the six borders between rows of the grid are gone
    assert [u for m, u in found if m == "border_added"] == [CODES[2], CODES[5]]
    assert [u for m, u in found if m == "border_gone"] == CODES[:6]


def test_changed_incidents_are_counted(base, shipped, tmp_path):
    case = {**rows(shipped, "conflicts.csv")[0], "case_id": "two"}
    event = {**rows(shipped, "hazard_events.csv")[0], "events": 5, "affected": 9}
    made = load(build(shipped, tmp_path / "made", EditionChanges(upserts={
        "conflicts": pd.DataFrame([case]), "conflict_places": pd.DataFrame([{"case_id": "two", "place_code": "9901"}]),
        "hazards": pd.DataFrame([event]),
    })))  # fmt: skip
    by = {e.message: e.fields for e in compare(base, made)}
    assert (by["changed.conflicts"]["added"], by["changed.conflicts"]["total"]) == (1, 2)
    assert (by["changed.hazards"]["was"], by["changed.hazards"]["now"]) == (2, 5)
    assert by["changed.damages"]["count"] == 1
