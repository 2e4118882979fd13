"""Measures add up, do not mind the order, never take the unknown for zero, and agree with a sum by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import texts
from dashboard.clusters.measures.measures import GROUPS, MEASURES, Figure, measure_all, year_text
from dashboard.clusters.model.arrays import percentage_indicators
from dashboard.clusters.model.candidate import Candidate
from geodata.model import derived
from geodata.model.dataset import default
from geodata.model.territory import UnknownUbigeo
from geodata.shared.years import years_text

DATASET = default()
UBIGEOS = sorted(DATASET.territory.districts)
some = st.frozensets(st.sampled_from(UBIGEOS), min_size=1, max_size=25)
ADDITIVE = (
    "population",
    "area_km2",
    "emergencies",
    "slots",
    "affected_education",
    "affected_environment",
)


def value(ubigeos, key, **periods):
    return measure_all(Candidate(ubigeos), DATASET, **periods)[key].value


@given(some, some)
@settings(deadline=None)
def test_what_is_counted_by_district_adds_up(a, b):
    b = b - a
    if b:
        whole, one, other = (measure_all(Candidate(s), DATASET) for s in (a | b, a, b))
        for key in ADDITIVE:
            assert math.isclose(whole[key].value, one[key].value + other[key].value, rel_tol=1e-12), key


@given(st.lists(st.sampled_from(UBIGEOS), min_size=1, max_size=10, unique=True), st.randoms())
@settings(deadline=None)
def test_the_order_in_which_districts_are_given_does_not_matter(ubigeos, random):
    shuffled = random.sample(ubigeos, len(ubigeos))
    assert measure_all(Candidate(ubigeos), DATASET) == measure_all(Candidate(shuffled), DATASET)


@given(some)
@settings(deadline=None)
def test_a_mean_lies_between_the_lowest_and_the_highest_district(ubigeos):
    gaps = derived.gap_scores(DATASET).loc[sorted(ubigeos)]
    figures = measure_all(Candidate(ubigeos), DATASET)
    for sector in gaps.columns:
        figure = figures[f"gap_{sector}"]
        if figure.value is not None:
            assert gaps[sector].min() - 1e-9 <= figure.value <= gaps[sector].max() + 1e-9


@given(some)
@settings(deadline=None)
def test_a_case_that_touches_several_districts_counts_once(ubigeos):
    states = {
        "conflicts_active": ["activo"],
        "conflicts_latent": ["latente"],
        "conflicts_closed": ["resuelto", "retirado"],
    }
    rows = DATASET.conflicts[DATASET.conflicts["ubigeo"].isin(ubigeos)]
    for key, wanted in states.items():
        assert value(ubigeos, key) == rows.loc[rows["state"].isin(wanted), "case_id"].nunique()


def test_an_empty_candidate_has_no_figures():
    figures = measure_all(Candidate(), DATASET)
    assert list(figures) == list(MEASURES)
    assert all(figure == Figure(None) for figure in figures.values())


def test_all_districts_can_be_measured():
    candidate = Candidate(UBIGEOS)
    figures = measure_all(candidate, DATASET)
    assert figures["slots"].value == 238
    assert figures["governments"].value == 5 + 31 + 238 - 31
    assert figures["population"].value == DATASET.population().sum()


def test_three_districts_by_hand():
    """Condorcanqui: Nieva, El Cenepa and Río Santiago, whose indigenous mother tongue is not known."""
    ubigeos = ["010401", "010402", "010403"]
    people = {u: DATASET.population()[u] for u in ubigeos}
    areas = {u: DATASET.territory.districts[u].area_km2 for u in ubigeos}
    tongue = DATASET.value("indigenous_mother_tongue", 2017)
    assert math.isnan(tongue["010403"])
    figures = measure_all(Candidate(ubigeos), DATASET)
    assert figures["population"].value == sum(people.values()) == 49800
    assert figures["density"].value == pytest.approx(sum(people.values()) / sum(areas.values()))
    known = ubigeos[:2]
    by_hand = sum(people[u] * tongue[u] for u in known) / sum(people[u] for u in known)
    assert figures["indigenous_percent"].value == pytest.approx(by_hand)
    assert (figures["indigenous_percent"].n_known, figures["indigenous_percent"].n_total) == (2, 3)
    assert figures["p20"].value == 100
    assert figures["governments"].value == 1 + 1 + 2 and figures["slots"].value == 3
    assert figures["governments"].detail["capitals"] == ("010401",)
    farthest = max(DATASET.territory.distance_km(a, b) for a in ubigeos for b in ubigeos)
    assert figures["farthest_capitals_km"].value == pytest.approx(farthest)


def test_people_affected_by_hand():
    names = [
        "illiteracy_15plus",
        "illiteracy_women_15plus",
        "households_out_of_school_6_17",
        "no_secondary_17plus",
    ]
    rates = [DATASET.value(name, 2017)["220501"] for name in names]
    expected = DATASET.population()["220501"] * sum(rates) / 4 / 100
    assert value(["220501"], "affected_education") == pytest.approx(expected)


def test_a_capital_adds_a_municipality_only_when_told_so():
    candidate = Candidate(["220501", "220505"])
    assert measure_all(candidate, DATASET)["governments"].value == 3
    assert measure_all(candidate, DATASET, capital_has_municipality=True)["governments"].value == 4


def without(dataset, indicator, ubigeos):
    rows = dataset.indicators
    gone = (rows["indicator"] == indicator) & rows["ubigeo"].isin(ubigeos)
    return replace(dataset, indicators=rows[~gone])


def test_an_unknown_population_is_not_zero():
    part = without(DATASET, "population", ["220501"])
    figures = measure_all(Candidate(["220501", "220505"]), part)
    assert figures["population"].value == DATASET.population()["220505"]
    assert (figures["population"].n_known, figures["population"].n_total) == (1, 2)
    assert figures["density"].n_known == figures["gap_combined"].n_known == 1
    alone = measure_all(Candidate(["220501"]), part)
    for key in (
        "population",
        "density",
        "gap_health",
        "affected_health",
        "emergencies_per_10000",
        "indigenous_percent",
    ):
        assert alone[key].value is None, key
    assert alone["area_km2"].value is not None and alone["emergencies"].value is not None


def test_small_samples_are_counted_in_their_sector():
    thin = derived.thin(DATASET).any(axis=1)
    ubigeos = sorted(thin.index[thin])[:3] + sorted(thin.index[~thin])[:2]
    figures = measure_all(Candidate(ubigeos), DATASET)
    assert figures["gap_health"].n_thin == figures["gap_combined"].n_thin == 3
    assert figures["gap_education"].n_thin == figures["population"].n_thin == 0


def test_a_case_known_for_its_province_only_is_counted_apart():
    rows = DATASET.conflicts
    province = rows.loc[rows["precision"] == "province", "province"].iloc[0]
    cases = rows[(rows["precision"] == "province") & (rows["province"] == province)]["case_id"].nunique()
    ubigeo = DATASET.territory.in_province(province)[0]
    figures = measure_all(Candidate([ubigeo]), DATASET)
    assert figures["conflicts_province"].value == cases
    at_district = {
        case["case_id"] for key in ("conflicts_active", "conflicts_latent") for case in figures[key].detail["cases"]
    }
    assert not at_district & {case["case_id"] for case in figures["conflicts_province"].detail["cases"]}


def test_a_case_known_only_for_its_department_is_counted_apart():
    rows = DATASET.conflicts[DATASET.conflicts["precision"] == "department"]
    for department in DATASET.territory.departments:
        ubigeo = DATASET.territory.in_department(department)[0]
        found = measure_all(Candidate([ubigeo]), DATASET)["conflicts_department"]
        assert found.value == rows[rows["department"] == department]["case_id"].nunique() > 0


def test_a_sample_of_unknown_size_is_told_of_rates_of_a_sample_alone():
    figures = measure_all(Candidate(DATASET.territory.in_province("2205")), DATASET)
    told = {key: figure.n_unsampled for key, figure in figures.items() if figure.n_unsampled}
    # of anaemia alone: the census counts everybody, and malnutrition and births carry the size of their sample
    assert told == {"affected_health": 1, "gap_health": 1, "gap_combined": 1}


def test_periods_narrow_what_is_counted():
    assert value(UBIGEOS, "conflicts_active", conflict_period=(2010, 2012)) < value(UBIGEOS, "conflicts_active")
    years = DATASET.hazards.query("2018 <= year <= 2019")["events"].sum()
    assert value(UBIGEOS, "emergencies", hazard_period=(2018, 2019)) == years
    assert value(UBIGEOS, "declarations", hazard_period=(1990, 1991)) == 0


def test_a_decree_that_names_several_districts_counts_once():
    decree, rows = next((d, r) for d, r in DATASET.declarations.groupby("decree") if r["ubigeo"].nunique() > 2)
    figure = measure_all(Candidate(rows["ubigeo"]), DATASET, hazard_period=None)["declarations"]
    assert figure.detail["decrees"].count(decree) == 1 and figure.value == len(set(figure.detail["decrees"]))


def test_a_mancomunidad_counts_with_two_members_inside():
    association = next(m for m in DATASET.mancomunidades if len(m.members) > 2)
    one, two = sorted(association.members)[:2]
    assert association.name not in measure_all(Candidate([one]), DATASET)["mancomunidades"].detail["names"]
    assert association.name in measure_all(Candidate([one, two]), DATASET)["mancomunidades"].detail["names"]


def test_a_district_alone_is_no_distance_from_itself():
    assert value(["220501"], "farthest_capitals_km") == 0


def test_unknown_districts_are_named():
    with pytest.raises(UnknownUbigeo) as caught:
        measure_all(Candidate(["220501", "999999"]), DATASET)
    assert caught.value.ubigeos == ("999999",)


def test_no_figure_is_not_a_number():
    for ubigeo in UBIGEOS:
        for figure in measure_all(Candidate([ubigeo]), DATASET).values():
            assert figure.value is None or np.isfinite(figure.value)


def test_every_measure_is_described_and_has_a_source():
    for language in texts.LANGUAGES:
        for key, measure in MEASURES.items():
            for text in (
                f"measure.{key}.name",
                f"measure.{key}.help",
                f"unit.{measure.unit}",
                f"measure_group.{measure.group}",
            ):
                assert texts.say(language, text)
    assert {measure.group for measure in MEASURES.values()} == set(GROUPS)
    assert all(measure.resource in DATASET.provenance for measure in MEASURES.values())
    assert all(measure.better in ("higher", "lower", None) for measure in MEASURES.values())


@pytest.mark.parametrize("sector", ["education", "health", "environment"])
def test_the_years_of_a_gap_are_all_those_of_its_parts_and_of_the_people_that_weigh_it(sector):
    rests = [derived.ground(DATASET, indicator) for indicator, _, _ in derived.gap_parts(DATASET, sector)]
    years = {year for each in rests for year in each.years} | {DATASET.census_year}
    assert year_text(MEASURES[f"gap_{sector}"], DATASET) == years_text(years)


def test_years_follow_the_period():
    assert year_text(MEASURES["emergencies"], DATASET) == "2017–2022"
    assert year_text(MEASURES["emergencies"], DATASET, hazard_period=(2019, 2019)) == "2019"
    assert year_text(MEASURES["emergencies"], DATASET, hazard_period=None) == ""
    assert year_text(MEASURES["conflicts_active"], DATASET) == ""
    assert year_text(MEASURES["population"], DATASET) == "2017"


@pytest.mark.parametrize("sector", ["education", "health", "environment"])
def test_the_years_of_people_affected_are_all_those_of_the_percentages_and_of_the_people(sector):
    years = {DATASET.latest_year(name) for name in percentage_indicators(DATASET, sector)} | {DATASET.census_year}
    assert year_text(MEASURES[f"affected_{sector}"], DATASET) == years_text(years)


def test_the_case_that_touches_most_districts_counts_once():
    rows = DATASET.conflicts.dropna(subset=["ubigeo"])
    case, touched = max(rows.groupby("case_id")["ubigeo"], key=lambda pair: pair[1].nunique())
    assert touched.nunique() > 2
    figures = measure_all(Candidate(touched), DATASET)
    listed = [fact["case_id"] for key in MEASURES for fact in figures[key].detail.get("cases", ())]
    assert listed.count(case) == 1


def test_people_affected_are_unknown_where_under_half_of_the_percentages_are():
    names = percentage_indicators(DATASET, "health")
    half = (len(names) + 1) // 2
    for kept, known in ((half, 1), (half - 1, 0)):
        part = DATASET
        for name in names[kept:]:
            part = without(part, name, ["220501"])
        figure = measure_all(Candidate(["220501"]), part)["affected_health"]
        assert (figure.n_known, figure.value is None) == (known, not known)


def test_a_measure_names_the_sources_of_the_indicators_that_it_is_made_of_and_no_others(dataset):
    origin = dataset.catalog["source"]
    parts = ("illiteracy_women_15plus", "illiteracy_15plus", "population")
    assert MEASURES["women_education_distance"].source(dataset) == "; ".join(
        dict.fromkeys(origin[name] for name in parts)
    )
    assert origin["forest_loss_ha"] in MEASURES["gap_environment"].source(dataset)
    assert origin["forest_loss_ha"] not in MEASURES["gap_health"].source(dataset)
    assert MEASURES["conflicts_active"].source(dataset) == dataset.source("conflicts")
