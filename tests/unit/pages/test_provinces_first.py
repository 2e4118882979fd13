"""A selection begins with the province: measured as a whole, scored by what the programme asks of one."""

import numpy as np
import pytest
from dash import html
from hypothesis import given, settings

from dashboard import texts
from dashboard.clusters.measures import measure_all
from dashboard.clusters.model import Candidate, contiguous_groups
from dashboard.clusters.ranking import provinces, provincial
from dashboard.clusters.scoring import Terms, anchored, load_criteria
from dashboard.pages.propose.provinces import provinces_step
from geodata.model.dataset import default
from tests.unit.pages.garbage import records
from tests.unit.pages.test_propose_answers import SENT, asked

DATASET = default()
DEPARTMENTS = tuple(DATASET.territory.departments)


def table_of(made: list) -> html.Table:
    return next(part for part in made if isinstance(part, html.Table))


def test_a_province_is_chosen_by_what_the_programme_has_for_provinces():
    assert provincial() == ("gap", "density", "p20")
    assert provincial(judged=True) == ("political_will", "safe_travel")
    assert load_criteria()["density"].provinces and not load_criteria()["proximity"].provinces


@pytest.mark.parametrize("department", DEPARTMENTS)
@pytest.mark.parametrize("services", [frozenset(), frozenset({"health"})])
def test_each_province_scores_by_the_figures_of_all_its_districts(department, services):
    weights = {"gap": 2.0, "density": 1.5, "p20": 0.5, "risk": 5.0}
    terms = Terms(services=services, weights=weights)
    rows = provinces(DATASET, terms, department)
    territory, criteria = DATASET.territory, anchored(DATASET, terms)
    assert {row.code for row in rows} == {code for code in territory.provinces if code[:2] == department}
    for row in rows:
        own = territory.in_province(row.code)
        figures = measure_all(Candidate(own), DATASET)
        gaps = [figures[f"gap_{s}"].value for s in services or ("education", "health", "environment")]
        raw = {"gap": np.mean(gaps), "density": figures["density"].value, "p20": 100.0 * (row.code in DATASET.p20)}
        assert row.values == pytest.approx(raw)
        points = {key: criteria[key].points(value) for key, value in raw.items()}
        assert row.score == pytest.approx(sum(weights[key] * points[key] for key in raw) / 4.0)
        assert row.feasible == len(contiguous_groups(territory, row.code, terms.sizes)) and row.districts == len(own)
    assert [row.place for row in rows] == sorted(row.place for row in rows)
    assert rows[0].place == 1 and rows[0].score == max(row.score for row in rows)


def test_without_a_weight_there_is_no_score_and_no_place():
    rows = provinces(DATASET, Terms(weights=dict.fromkeys(load_criteria(), 0.0)), "25")
    assert rows and {(row.score, row.place) for row in rows} == {(None, 0)}


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_each_province_leads_on_to_its_candidates_but_one_that_can_have_none(language):
    made = str(table_of(provinces_step(asked("25"), DATASET, language)))
    assert all(f"data-choose-province='{code}'" in made for code in ("2501", "2502", "2503"))
    purus = next(code for code, own in DATASET.territory.provinces.items() if own.name == "Purús")
    assert f"data-choose-province='{purus}'" not in made and "Purús" in made


@given(records(SENT))
@settings(max_examples=15, deadline=None)
def test_whatever_a_browser_sends_is_answered(sent):
    provinces_step(sent, DATASET, "es")
