"""The data set that ships: whole, sourced, and refused with every fault named when damaged."""

import csv
import json

import pandas as pd
import pytest

from geodata.model.dataset import DEFAULT, default, load

COUNTS = {"01": (7, 84), "16": (7, 51), "22": (10, 77), "25": (4, 15), "17": (3, 11)}


def rows(folder, name):
    with open(folder / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("code", COUNTS)
def test_each_department_has_the_provinces_and_districts_of_2012(territory, code):
    provinces = [p for p in territory.provinces.values() if p.department == code]
    assert (len(provinces), len(territory.in_department(code))) == COUNTS[code]


def test_there_are_238_districts_in_31_provinces(territory):
    assert (len(territory.districts), len(territory.provinces)) == (238, 31)


def test_purus_has_one_district(territory):
    assert len(territory.in_province("2504")) == 1


def test_loading_twice_gives_the_same_edition_and_default_loads_once(dataset):
    assert load().edition == dataset.edition
    assert default() is dataset


def test_any_change_of_a_file_changes_the_edition(dataset, folder):
    path = folder / "quotas.csv"
    path.write_text(path.read_text().replace("01,1,1", "01,1,2"))
    assert load(folder).edition != dataset.edition


def test_line_endings_do_not_change_the_edition(dataset, folder):
    path = folder / "quotas.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(folder).edition == dataset.edition


def test_every_resource_tells_its_source_years_unit_and_limits_in_both_languages(dataset):
    named = {entry["file"] for entry in json.loads((DEFAULT / "dataset.json").read_text())["resources"]}
    assert named | {"dataset.json"} == {path.name for path in DEFAULT.iterdir()}
    for entry in dataset.provenance.values():
        for text in (entry.source, entry.years_text, entry.unit, entry.unit_en):
            assert text.strip()
        assert entry.notes_es.strip() and entry.notes_en.strip()
        assert entry.notes_es != entry.notes_en
        assert 0 < entry.n_known <= entry.n_total
        assert ".txt" not in entry.source  # a file name tells a reader nothing


def test_coverage_is_counted_from_the_data(dataset):
    assert dataset.provenance["conflicts"].coverage == "65/150"
    assert dataset.provenance["mancomunidades"].coverage == "5/10"
    assert dataset.provenance["districts"].coverage == "238/238"
    assert dataset.coverage("anaemia_6_35m", 2023) == (213, 238)


def test_the_notes_count_what_the_data_hold(dataset):
    notes = dataset.provenance["conflicts"].notes_es
    assert "150 casos" in notes and "65 casos" in notes
    unknown = dataset.value("anaemia_6_35m", 2023).isna().sum()
    assert f"{unknown} distritos" in dataset.provenance["indicators"].notes_es


def test_the_catalogue_scores_every_indicator_of_the_three_sectors_equally(dataset):
    catalog = dataset.catalog
    assert set(catalog["sector"]) == {"context", "education", "health", "environment"}
    assert (catalog["scored"] == (catalog["sector"] != "context")).all()
    assert set(catalog.loc[catalog["scored"], "weight"]) == {1.0}
    assert list(catalog.index[catalog["per_area"]]) == ["forest_loss_ha"]
    assert len(catalog) == 21 and not catalog[["source", "unit", "unit_en"]].isna().any(axis=None)


def test_figures_are_those_of_the_file(dataset):
    table = rows(DEFAULT, "indicators.csv")
    assert len(table) == len(dataset.indicators) == 9938
    for row in table[:: len(table) // 200]:
        value = dataset.value(row["indicator"], int(row["year"]))[row["ubigeo"]]
        assert value == float(row["value"]) if row["value"] else pd.isna(value)


def test_a_value_is_a_series_of_every_district_in_order(dataset):
    values = dataset.value("anaemia_6_35m", 2023)
    assert list(values.index) == list(dataset.territory.districts)
    assert values.isna().sum() == 25


@pytest.mark.parametrize("ubigeo", ["010403", "160704", "160705"])
def test_a_blank_stays_unknown(dataset, ubigeo):
    assert pd.isna(dataset.value("indigenous_mother_tongue", 2017)[ubigeo])


def test_a_rate_of_no_births_is_unknown_not_zero(dataset):
    observed = dataset.observed("low_birth_weight", 2017)
    assert list(observed.index[observed == 0]) == ["160114"]
    assert pd.isna(dataset.value("low_birth_weight", 2017)["160114"])


def test_a_year_without_figures_is_unknown_and_a_misspelt_indicator_an_error(dataset):
    assert dataset.value("population", 1999).isna().all()
    for ask in (lambda: dataset.value("poblacion", 2017), lambda: dataset.latest_year("poblacion")):
        with pytest.raises(KeyError):
            ask()


def test_the_latest_year_is_the_last_one_with_figures(dataset):
    assert dataset.latest_year("forest_loss_ha") == 2020
    assert dataset.latest_year("population") == dataset.census_year == 2017
    assert dataset.population().sum() == dataset.value("population", 2017).sum()


def test_a_case_in_three_districts_has_three_rows(dataset):
    conflicts = dataset.conflicts
    assert len(conflicts) == 171 and conflicts["case_id"].nunique() == 150
    assert not conflicts.duplicated(["case_id", "ubigeo", "province", "department"]).any()


def test_the_place_of_a_case_is_known_as_far_as_its_precision_says(dataset):
    conflicts, known = dataset.conflicts, dataset.conflicts.notna()
    assert (known["ubigeo"] == (conflicts["precision"] == "district")).all()
    assert (known["province"] == (conflicts["precision"] != "department")).all()
    assert known["department"].all()
    assert dict(conflicts["precision"].value_counts()) == {
        "district": 75,
        "department": 58,
        "province": 38,
    }


def test_the_seven_proposals_have_22_districts(dataset):
    assert len(dataset.proposals) == 7
    assert len(frozenset().union(*(p.ubigeos for p in dataset.proposals))) == 22
    assert sum(len(p.ubigeos) for p in dataset.proposals) == 22


def test_three_of_the_proposals_are_contiguous_and_four_are_not(dataset):
    verdicts = {p.name: dataset.territory.is_contiguous(p.ubigeos) for p in dataset.proposals}
    assert verdicts == {
        "Condorcanqui": True,
        "Coronel Portillo": True,
        "Tambopata": True,
        "Moyobamba-Rioja": False,
        "Lamas": False,
        "Mariscal Cáceres": False,
        "Alto Amazonas": False,
    }


def test_a_proposal_keeps_its_names_as_written_and_its_services(dataset):
    by_id = {p.id: p for p in dataset.proposals}
    condorcanqui = by_id["condorcanqui"]
    assert condorcanqui.names_as_written["010401"] == "Santa María de Nieva"
    assert dataset.territory.districts["010401"].name == "Nieva"
    assert condorcanqui.services == {"health", "education", "environment"}
    assert by_id["alto-amazonas"].services == {"health"}
    assert {(p.phase, p.state) for p in dataset.proposals} == {(1, "proposed")}
    for p in dataset.proposals:
        assert p.names_as_written.keys() == p.ubigeos


def test_only_moyobamba_rioja_spans_two_provinces(dataset):
    spans = {p.id: len({u[:4] for u in p.ubigeos}) for p in dataset.proposals}
    assert spans.pop("moyobamba-rioja") == 2 and set(spans.values()) == {1}


def test_quotas_are_16_clusters_in_phases_of_6_5_and_5(dataset):
    by_phase = {phase: sum(n for (_, p), n in dataset.quotas.items() if p == phase) for phase in (1, 2, 3)}
    assert by_phase == {1: 6, 2: 5, 3: 5}
    assert dataset.quotas["22", 1] == 2 and dict(dataset.phase_starts)[2] == "2013-09"


def test_the_associations_name_known_districts_and_five_name_none(dataset):
    assert len(dataset.mancomunidades) == 10
    assert sum(not m.members for m in dataset.mancomunidades) == 5
    for mancomunidad in dataset.mancomunidades:
        dataset.territory.known(mancomunidad.members)


def test_the_p20_provinces_are_condorcanqui_datem_and_lamas(dataset):
    names = {dataset.territory.provinces[code].name for code in dataset.p20}
    assert names == {"Condorcanqui", "Datem del Marañón", "Lamas"}


def test_codes_keep_their_leading_zero(dataset):
    for frame in (dataset.indicators, dataset.hazards, dataset.declarations):
        assert frame["ubigeo"].str.fullmatch(r"\d{6}").all()
    assert dataset.province_emergencies["province_code"].str.fullmatch(r"\d{4}").all()


def test_names_have_no_stray_blanks_or_line_breaks(territory):
    for district in territory.districts.values():
        for text in (district.name, district.capital):
            assert text == " ".join(text.split())
