"""Projects are a resource that an edition may lack: known as closely as the plan names them, never closer."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from dashboard.clusters.measures import MEASURES, measure_all, measure_groups
from dashboard.clusters.model import Candidate, Groups, basis
from dashboard.clusters.ranking.intervals import intervals
from dashboard.clusters.scoring import Terms, load_criteria, pool, values_for
from dashboard.pages.map.projects import projects, years
from geodata.model import DEFAULT, DatasetError, Intervention, load

LAMAS = "2205"
PUCACACA, PAJARILLO, CUNUMBUQUI = "220705", "220605", "220505"


def project(*places, id="one", kind="intervention", first=None, last=None):
    return Intervention(id, places, "USAID", "uno", "one", (), first, last, kind, "fuente", "", "")


def counts(candidate, dataset):
    figures = measure_all(candidate, dataset)
    return {key: figures[key].value for key in MEASURES if key.startswith("interventions")}


def edited(tmp_path, edit):
    folder = tmp_path / "edition"
    shutil.copytree(DEFAULT, folder)
    edit(folder)
    return folder


def test_projects_stand_where_the_plan_names_them(dataset):
    assert {kind: sum(p.kind == kind for p in dataset.interventions) for kind in ("intervention", "cooperation")} == {
        "intervention": 5, "cooperation": 2,
    }  # fmt: skip
    suma = next(p for p in dataset.interventions if p.id == "suma-san-martin")
    assert suma.districts == tuple(sorted([PUCACACA, PAJARILLO, CUNUMBUQUI]))
    known, total = map(int, dataset.provenance["interventions"].coverage.split("/"))
    assert known == sum(bool(p.districts) for p in dataset.interventions) and total == len(dataset.interventions)


def test_a_project_of_several_districts_counts_once_and_one_of_the_province_apart(dataset):
    own = replace(dataset, interventions=(
        project("220505", "220501", id="both"), project("220502", id="other", kind="synergy"),
        project("2205", id="province"), project("22", "220501", id="known-inside"), project("01", id="elsewhere"),
    ))  # fmt: skip
    assert counts(Candidate(["220501", "220505", "220502"]), own) == {
        "interventions": 3, "interventions_usaid": 2, "interventions_others": 1, "interventions_wide": 1,
    }  # fmt: skip
    assert counts(Candidate(["220503"]), own) == {
        "interventions": 0, "interventions_usaid": 0, "interventions_others": 0, "interventions_wide": 2,
    }  # fmt: skip


def test_many_groups_are_counted_as_plain_sets_would(dataset):
    found = [
        sorted(c)[:4] for c in ([u for u in dataset.ubigeos if u.startswith(p)] for p in dataset.territory.provinces)
    ]
    groups = Groups.of(basis(dataset).position, found)
    counted = measure_groups(groups, dataset)
    for row in range(len(groups)):
        inside = set(groups.ubigeos(row))
        exact = {p.id for p in dataset.interventions if inside & set(p.places)}
        wide = {
            p.id for p in dataset.interventions
            if any(u.startswith(code) for code in p.places for u in inside) and p.id not in exact
        }  # fmt: skip
        assert counted["interventions"][row] == len(exact) and counted["interventions_wide"][row] == len(wide)


def test_what_may_lie_in_a_group_keeps_its_criterion_open(dataset):
    (found,) = intervals([frozenset(["220501", "220502", "220503"])], dataset)
    wide = [p for p in dataset.interventions if p.around(["220501"])]
    assert found.criteria["interventions"].projects == len(wide) > 0
    assert found.criteria["interventions"].value == 0 and not found.criteria["interventions"].exact


def test_an_edition_without_projects_says_nothing_of_them(tmp_path):
    def without(folder):
        (folder / "interventions.csv").unlink()
        about = json.loads((folder / "dataset.json").read_text("utf-8"))
        about["resources"] = [entry for entry in about["resources"] if entry["name"] != "interventions"]
        (folder / "dataset.json").write_text(json.dumps(about), "utf-8")

    older = load(edited(tmp_path, without))
    assert older.interventions is None and older.source("interventions") == ""
    assert counts(Candidate(["220505"]), older)["interventions"] is None
    among = pool(older, Terms(), LAMAS)
    assert "interventions" in among.scale.lacking and not np.isnan(among.totals).any()
    assert "no dicen nada" in str(projects("220505", older, "es"))


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("220505 220605", "229999 220605", "places is unknown in districts"),
        ("suma-politicas-salud,2201", "suma-politicas-salud,9901", "places is unknown in provinces"),
        ("1997,2003", "2003,1997", "ends before it begins"),
        (",cooperation,", ",gift,", "kind is not in the list"),
        ("eib-ucayali", "eib-amazonas", "repeated key"),
    ],
)
def test_what_is_wrong_with_a_project_is_said(tmp_path, was, now, said):
    def spoil(folder):
        path = folder / "interventions.csv"
        text = path.read_text("utf-8")
        assert was in text
        path.write_text(text.replace(was, now), "utf-8")

    with pytest.raises(DatasetError, match="interventions.csv") as caught:
        load(edited(tmp_path, spoil))
    assert said in str(caught.value)


def test_the_sheet_tells_the_closest_first_and_how_closely_it_is_known(dataset):
    rows = projects("220505", dataset, "es").children[-1].children
    assert [row.children[3].children for row in rows] == ["este distrito", *["provincia de Lamas"] * 2]
    assert "no nombra" in str(projects("160101", dataset, "es"))


def test_years_are_told_as_far_as_they_are_known():
    spans = {(1997, 2003): "1997–2003", (2012, 2012): "2012", (None, 2012): "until 2012", (2012, None): "since 2012"}
    assert {span: years(project(first=span[0], last=span[1]), "en") for span in spans} == spans
    assert years(project(), "es") == "no se sabe"


def test_women_are_measured_in_the_services_that_have_a_figure_of_them(dataset):
    own = Candidate(["220501", "220502", "220505"])
    people = dataset.population()[sorted(own.ubigeos)]
    year = dataset.latest_year("illiteracy_women_15plus")
    rates = dataset.value("illiteracy_women_15plus", year)[people.index]
    everyone = dataset.value("illiteracy_15plus", year)[people.index]
    figures = measure_all(own, dataset)
    assert figures["women_education"].value == pytest.approx(np.average(rates, weights=people))
    assert figures["women_education_distance"].value == pytest.approx(np.average(rates - everyone, weights=people))

    def women(*services):
        return values_for(Candidate(own.ubigeos, services=frozenset(services)), figures)["women"]

    assert women("education") == women("education", "environment") == figures["women_education"].value
    assert women("health") == figures["women_health"].value
    assert women() == pytest.approx((women("education") + women("health")) / 2)
    assert women("environment") is None
    assert load_criteria()["women"].weight > 0
