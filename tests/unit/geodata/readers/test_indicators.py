"""Figures come in as the file has them, under the indicator that a person named, or not at all."""

import pandas as pd
import pytest

from geodata.readers.formats.sheets import read_sheet
from geodata.readers.indicators import indicators
from geodata.readers.shared.columns import name_year, offers
from geodata.readers.shared.definitions import define

SOURCE = {"source": "INEI, prueba"}
POPULATION = {**SOURCE, "year": "2020", "column:poblacion": "value:population"}
NEW = {
    "label_es:waste": "Residuos", "label_en:waste": "Waste", "unit:waste": "t", "unit_en:waste": "t",
    "sector:waste": "environment", "direction:waste": "higher_is_worse",
}  # fmt: skip


def values(changes):
    rows = changes.upserts["indicators"]
    return {(row.indicator, row.year, row.ubigeo): row.value for row in rows.itertuples()}


def messages(report, *kinds):
    return [event.message for event in report.of(*kinds)]


def test_a_wide_table_gives_a_figure_for_each_district(table, bring):
    changes, report = bring(table("ubigeo;poblacion\n010101;1,234.5\n010102;9,872\n"), POPULATION)
    assert values(changes) == {("population", 2020, "010101"): 1234.5, ("population", 2020, "010102"): 9872.0}
    assert report.rows_read == 2 and not report.faults


def test_a_column_a_year_gives_the_year_of_its_name(table, bring):
    path = table("ubigeo;pob_2019;pob_2020\n010101;1;2\n010102;3;4\n")
    answers = {**SOURCE, "column:pob_2019": "value:population", "column:pob_2020": "value:population"}
    changes, _ = bring(path, answers)
    assert values(changes) == {
        ("population", 2019, "010101"): 1, ("population", 2020, "010101"): 2,
        ("population", 2019, "010102"): 3, ("population", 2020, "010102"): 4,
    }  # fmt: skip


def test_a_panel_gives_the_year_of_each_row(table, bring):
    path = table("ubigeo;PERIODO;poblacion\n010101;2019;1\n010101;2020;2\n010102;2019;3\n")
    changes, _ = bring(path, {**SOURCE, "column:poblacion": "value:population"})
    assert values(changes)[("population", 2020, "010101")] == 2
    assert len(values(changes)) == 3


def test_the_long_form_is_read_by_the_texts_of_its_indicators(table, bring):
    path = table("ubigeo;indicador;año;valor\n010101;Población;2020;7\n010101;Otra;2020;9\n010102;population;2020;8\n")
    changes, _ = bring(path, {**SOURCE, "indicator:Población": "population"})
    assert values(changes) == {("population", 2020, "010101"): 7, ("population", 2020, "010102"): 8}


def test_what_the_project_exports_comes_back_unchanged(dataset, bring):
    from geodata.model.dataset import DEFAULT

    changes, report = bring(DEFAULT / "indicators.csv", {"source": "la misma"})
    was = dataset.indicators.dropna(subset=["value"])
    expected = {(row.indicator, row.year, row.ubigeo): row.value for row in was.itertuples()}
    assert values(changes) == expected
    samples = changes.upserts["indicators"].set_index(["indicator", "year", "ubigeo"])["sample_size"].dropna()
    assert samples.to_dict() == was.set_index(["indicator", "year", "ubigeo"])["n_observed"].dropna().to_dict()
    assert not report.of("out_of_range")


def test_nothing_is_imported_that_nobody_mapped(table, asked, dataset):
    path = table("ubigeo;poblacion;otra\n010101;1;2\n010102;3;4\n")
    assert {"columns", "column:poblacion"} <= asked(path, {**SOURCE, "year": "2020"})
    understanding = indicators.understand(path, dataset, POPULATION)
    assert understanding.columns == {"ubigeo": "ubigeo", "poblacion": "value:population", "otra": "ignore"}


def test_open_questions_are_faults_and_nothing_is_read(table, bring):
    changes, report = bring(table("ubigeo;poblacion\n010101;1\n010102;2\n"), {})
    assert not changes.upserts
    assert {"tables.ask.source", "tables.ask.columns"} <= set(messages(report, "fault"))


def test_a_year_that_the_file_does_not_say_is_asked_for(table, asked):
    path = table("ubigeo;poblacion\n010101;1\n010102;2\n")
    assert asked(path, {**SOURCE, "column:poblacion": "value:population"}) == {"year"}
    assert asked(path, {**POPULATION, "year": "1800"}) == {"year"}
    assert asked(path, POPULATION) == set()


def test_a_column_name_with_another_year_than_the_rows_is_asked_for(table, asked):
    path = table("ubigeo;año;pob_2018\n010101;2020;1\n010102;2020;2\n")
    assert asked(path, {**SOURCE, "column:pob_2018": "value:population"}) == {"column:pob_2018"}
    assert asked(path, {**SOURCE, "column:pob_2018": "value:population:2018"}) == set()


def test_a_comma_that_reads_two_ways_is_asked_for_with_examples(table, asked, bring):
    path = table("ubigeo;poblacion\n010101;37,870\n010102;281\n")
    assert asked(path, POPULATION) == {"decimal:poblacion"}
    changes, _ = bring(path, {**POPULATION, "decimal:poblacion": "."})
    assert values(changes)[("population", 2020, "010101")] == 37870
    changes, _ = bring(path, {**POPULATION, "decimal:poblacion": ","})
    assert values(changes)[("population", 2020, "010101")] == 37.87


@pytest.mark.parametrize(
    ("figures", "is_asked"),
    [
        (("0.2", "0.8"), True), (("0.2", "1"), True), (("0", "0"), False), (("0.2", "12"), False),
        (("0.2%", "0.8%"), False),
    ],
)  # fmt: skip
def test_percent_or_share_is_asked_where_the_figures_fit_both(table, asked, figures, is_asked):
    path = table("ubigeo;pobreza\n010101;{}\n010102;{}\n".format(*figures))
    answers = {**SOURCE, "year": "2020", "column:pobreza": "value:monetary_poverty"}
    assert asked(path, answers) == ({"scale:monetary_poverty"} if is_asked else set())


@pytest.mark.parametrize(("scale", "figure"), [("percent", 0.8), ("share", 80.0)])
def test_the_answer_says_what_a_share_is(table, bring, scale, figure):
    path = table("ubigeo;pobreza\n010101;0.8\n010102;0.2\n")
    answers = {**SOURCE, "year": "2020", "column:pobreza": "value:monetary_poverty", "scale:monetary_poverty": scale}
    changes, _ = bring(path, answers)
    assert values(changes)[("monetary_poverty", 2020, "010101")] == figure


WIDE = "ubigeo;p_2013;p_2018\n010101;62.5;0.625\n010102;8;0.08\n"
PANEL = "ubigeo;año;p\n010101;2013;62.5\n010102;2013;8\n010101;2018;0.625\n010102;2018;0.08\n"
WIDE_ROLES = {f"column:p_{year}": "value:monetary_poverty" for year in (2013, 2018)}


@pytest.mark.parametrize(
    ("text", "roles"), [(WIDE, WIDE_ROLES), (PANEL, {"column:p": "value:monetary_poverty"})], ids=["wide", "panel"]
)
def test_years_that_are_written_otherwise_are_asked_for_by_themselves(table, asked, bring, text, roles):
    path, answers = table(text), {**SOURCE, **roles}
    assert asked(path, answers) == {"scale:monetary_poverty:2018"}
    # what is said of all years does not answer for one that differs
    assert asked(path, {**answers, "scale:monetary_poverty": "share"}) == {"scale:monetary_poverty:2018"}
    changes, report = bring(path, {**answers, "scale:monetary_poverty:2018": "share"})
    assert values(changes) == {
        ("monetary_poverty", 2013, "010101"): 62.5, ("monetary_poverty", 2013, "010102"): 8.0,
        ("monetary_poverty", 2018, "010101"): 62.5, ("monetary_poverty", 2018, "010102"): 8.0,
    }  # fmt: skip
    assert not report.faults


def test_years_that_are_all_written_alike_are_asked_for_once(table, asked):
    text = WIDE.replace("62.5", "0.5").replace(";8;", ";0.1;")
    assert asked(table(text), {**SOURCE, **WIDE_ROLES}) == {"scale:monetary_poverty"}


def test_one_share_above_one_does_not_make_the_others_percentages(table, asked, bring):
    path = table("ubigeo;p\n" + "".join(f"0101{n:02d};0.{n + 10}\n" for n in range(1, 21)) + "010121;1.02\n")
    answers = {**SOURCE, "year": "2020", "column:p": "value:monetary_poverty"}
    assert asked(path, answers) == {"scale:monetary_poverty"}
    changes, report = bring(path, {**answers, "scale:monetary_poverty": "share"})
    assert values(changes)["monetary_poverty", 2020, "010101"] == 11
    assert [event.fields["value"] for event in report.of("out_of_range")] == [102]


def test_a_figure_out_of_range_is_told_by_its_row_and_left_blank(table, bring):
    lines = "".join(f"0101{n:02d};5\n" for n in range(1, 10))
    answers = {**SOURCE, "year": "2020", "column:pobreza": "value:monetary_poverty"}
    changes, report = bring(table(f"ubigeo;pobreza\n{lines}010110;140\n"), answers)
    told = [(event.row, event.ubigeo, event.fields["value"]) for event in report.of("out_of_range")]
    assert told == [(11, "010110", 140.0)]
    assert ("monetary_poverty", 2020, "010110") not in values(changes)


def test_a_file_whose_figures_are_mostly_out_of_range_is_refused(table, bring):
    path = table("ubigeo;pobreza\n010101;1400\n010102;150\n010103;3\n")
    _, report = bring(path, {**SOURCE, "year": "2020", "column:pobreza": "value:monetary_poverty"})
    assert messages(report, "fault") == ["tables.fault.mostly_outside"]


def test_a_district_given_twice_is_a_fault_with_both_rows_unless_the_figures_agree(table, bring):
    _, report = bring(table("ubigeo;poblacion\n010101;1\n010102;2\n010101;3\n"), POPULATION)
    fault = report.faults[0]
    assert fault.message == "tables.fault.twice"
    assert (fault.fields["first"], fault.fields["second"]) == (2, 4)
    changes, report = bring(table("ubigeo;poblacion\n010101;1\n010102;2\n010101;1\n"), POPULATION)
    assert not report.faults and "tables.note.twice_same" in messages(report, "note")
    assert len(values(changes)) == 2


def test_unknown_and_unreadable_cells_are_told_and_stay_blank(table, bring):
    path = table("ubigeo;poblacion\n010101;1\n010102;S.I.\n010103;doce\n010104;=1+1\n010105;\n010106;6\n")
    changes, report = bring(path, POPULATION)
    assert set(values(changes)) == {("population", 2020, "010101"), ("population", 2020, "010106")}
    told = [event for event in report.events if event.message == "tables.left_out.number"]
    assert [(event.row, event.fields["text"]) for event in told] == [(4, "doce"), (5, "=1+1")]
    assert "tables.note.unknown" in messages(report, "note")


def test_every_district_without_a_figure_is_named(table, bring, dataset):
    changes, report = bring(table("ubigeo;poblacion\n010101;1\n010102;2\n"), POPULATION)
    missing = {event.ubigeo for event in report.of("missing")}
    assert missing == set(dataset.ubigeos) - {"010101", "010102"}


def test_figures_in_use_stay_where_the_file_has_none_unless_a_person_says_otherwise(table, bring, dataset):
    path = table("ubigeo;poblacion\n010101;5000\n010102;300\n")
    answers = {**POPULATION, "year": "2017"}
    changes, report = bring(path, answers)
    assert len(changes.upserts["indicators"]) == 2
    kept = [event for event in report.events if event.message == "tables.note.kept"]
    assert [event.fields["districts"] for event in kept] == [236]
    changes, _ = bring(path, {**answers, "absent": "blank"})
    rows = changes.upserts["indicators"]
    assert len(rows) == 238 and rows["value"].notna().sum() == 2


def test_a_new_indicator_must_be_named_in_both_languages(table, asked, bring):
    path = table("ubigeo;residuos\n010101;1.5\n010102;2.5\n")
    answers = {**SOURCE, "year": "2020", "column:residuos": "value:waste"}
    assert asked(path, answers) == set(NEW)
    changes, _ = bring(path, {**answers, **NEW})
    entry = changes.upserts["indicator_catalog"].iloc[0]
    assert (entry["label_es"], entry["label_en"], entry["sector"]) == ("Residuos", "Waste", "environment")
    assert not entry["scored"] and entry["weight"] == 0  # an import moves no gap unseen
    assert entry["source"] == SOURCE["source"]


def test_a_unit_that_may_be_a_count_or_a_rate_is_asked_for(table, asked):
    path = table("ubigeo;residuos\n010101;1.5\n010102;2.5\n")
    answers = {**SOURCE, "year": "2020", "column:residuos": "value:waste", **NEW, "unit:waste": "puntos"}
    assert asked(path, answers) == {"adds_up:waste"}


def test_a_formula_in_an_answer_is_neutralised(table, bring):
    path = table("ubigeo;residuos\n010101;1.5\n010102;2.5\n")
    answers = {"source": "=HYPERLINK(1)", "year": "2020", "column:residuos": "value:waste", **NEW}
    changes, _ = bring(path, {**answers, "label_es:waste": "@SUM(1)"})
    entry = changes.upserts["indicator_catalog"].iloc[0]
    assert entry["label_es"] == "'@SUM(1)" and entry["source"] == "'=HYPERLINK(1)"


def test_sources_of_what_stays_and_of_what_comes_both_stand(table, bring, dataset):
    changes, _ = bring(table("ubigeo;poblacion\n010101;1\n010102;2\n"), POPULATION)
    entry = changes.upserts["indicator_catalog"].iloc[0]
    assert entry["source"] == f"{dataset.catalog.loc['population', 'source']}; {SOURCE['source']}"
    assert entry["years"] == (2007, 2012, 2017, 2020)
    assert changes.resources["indicators"]["source"].endswith(SOURCE["source"])


def test_later_districts_are_summed_for_counts_and_weighted_for_rates(table, bring):
    lines = "250302;{};10\n250304;{};30\n250305;{};60\n"
    path = table("ubigeo;x;casos\n" + lines.format(1, 2, 3))
    changes, _ = bring(path, {**SOURCE, "coding": "inei", "year": "2020", "column:x": "value:population"})
    assert values(changes) == {("population", 2020, "250302"): 6}
    path = table("ubigeo;x;casos\n" + lines.format(10, 20, 30))
    rate = {**SOURCE, "coding": "inei", "year": "2020", "column:x": "value:monetary_poverty"}
    changes, _ = bring(path, {**rate, "column:casos": "sample:monetary_poverty"})
    assert values(changes) == {("monetary_poverty", 2020, "250302"): 25.0}


def test_a_rate_of_a_split_district_without_a_weight_stays_blank_with_the_reason(table, bring):
    path = table("ubigeo;x\n250302;10\n250304;20\n250305;30\n010101;7\n")
    answers = {**SOURCE, "coding": "inei", "year": "2020", "column:x": "value:monetary_poverty"}
    changes, report = bring(path, answers)
    assert values(changes) == {("monetary_poverty", 2020, "010101"): 7}
    assert [event.ubigeo for event in report.events if event.message == "division.no_weight"] == ["250302"]


def test_a_split_district_without_its_parts_is_blank_with_the_reason(table, bring):
    path = table("ubigeo;x\n250302;10\n250303;20\n")  # Irazola, of which Neshuya and another came in 2015
    answers = {**SOURCE, "coding": "inei", "column:x": "value:population"}
    changes, report = bring(path, {**answers, "year": "2020"})
    assert values(changes) == {("population", 2020, "250303"): 20}
    reason = next(event for event in report.of("left_out") if event.message == "division.part_missing")
    assert reason.ubigeo == "250302" and reason.fields["year"] == 2020 and reason.fields["label_en"]
    assert "Irazola" in reason.fields["place"]
    assert "Neshuya" in reason.fields["parts"] and "Alexander von Humboldt" in reason.fields["parts"]
    note = next(event for event in report.events if event.message == "tables.note.division")
    assert note.fields["year"] == 2020 and "Irazola" in note.fields["districts"]


@pytest.mark.parametrize("given", [{"year": "2014"}, {"year": "2020", "division": "2012"}], ids=["before", "answered"])
def test_a_district_is_whole_before_its_split_and_in_the_division_of_2012(table, bring, given):
    path = table("ubigeo;x\n250302;10\n250303;20\n")
    changes, report = bring(path, {**SOURCE, "coding": "inei", "column:x": "value:population", **given})
    assert [row.value for row in changes.upserts["indicators"].itertuples()] == [10, 20]
    assert not report.of("left_out")


def test_codes_that_were_given_up_show_the_division_of_2012(table, bring):
    path = table("ubigeo;x\n250302;10\n160114;20\n")  # 160114 is 160803 since 2014
    changes, _ = bring(path, {**SOURCE, "year": "2020", "coding": "inei", "column:x": "value:population"})
    assert values(changes) == {("population", 2020, "250302"): 10, ("population", 2020, "160114"): 20}


@pytest.mark.parametrize(("text", "told"), [("0.283;1.5;3", True), ("283;1.5;3", False)])
def test_fractions_of_people_are_told_where_most_figures_have_them(table, bring, text, told):
    body = "".join(f"0101{n:02d};{figure}\n" for n, figure in enumerate(text.split(";"), start=1))
    _, report = bring(table("ubigeo;poblacion\n" + body), POPULATION)
    notes = [event for event in report.events if event.message == "tables.note.fractions"]
    assert [(note.fields["cells"], note.fields["figures"]) for note in notes] == ([(2, 3)] if told else [])


def test_a_unit_a_thousand_times_off_is_told(table, bring, dataset):
    people = dataset.value("population", 2017).iloc[:20] / 1000
    body = "".join(f"{ubigeo};{value:.6f}\n" for ubigeo, value in people.items())
    _, report = bring(table("ubigeo;poblacion\n" + body), POPULATION)
    assert [e.fields["times"] for e in report.events if e.message == "tables.note.far"] == [0.001]


def test_answers_that_name_no_column_or_no_role_are_asked_again(table, asked):
    path = table("ubigeo;QRESIDUOS _VAL\n010101;1\n010102;2\n")
    assert "column:nada" in asked(path, {**SOURCE, "column:nada": "ignore"})
    assert "column:QRESIDUOS _VAL" in asked(path, {**SOURCE, "column:QRESIDUOS _VAL": "value:Bad Name"})
    # blanks, accents and capitals within a name are no matter
    assert asked(path, {**POPULATION, "column:qresiduos_val": "value:population"} | {"column:poblacion": "ignore"}) == {
        "column:poblacion"
    }


def test_whose_codes_they_are_is_asked_where_nothing_tells(table, asked):
    path = table("ubigeo;poblacion\n250302;1\n250304;2\n")  # codes of both INEI and RENIEC, without names
    assert asked(path, POPULATION) == {"coding"}
    assert asked(path, {**POPULATION, "coding": "inei"}) == set()


def test_several_columns_can_be_mapped_in_one_answer(table, bring):
    path = table("ubigeo;a;b\n010101;1;2\n010102;3;4\n")
    changes, _ = bring(path, {**SOURCE, "year": "2020", "columns": "a=population; b=forest_loss_ha"})
    assert {indicator for indicator, _, _ in values(changes)} == {"population", "forest_loss_ha"}


def test_names_alike_are_offered_and_an_acronym_is_known(dataset):
    assert "population" in offers("Población", dataset.catalog)
    assert offers("IDH", dataset.catalog) == ("human_development_index",)
    assert offers("FECHA_CORTE", dataset.catalog) == ()


@pytest.mark.parametrize(("name", "year"), [("pob_2017", 2017), ("2018", 2018), ("2007-2017", None), ("c12017", None)])
def test_a_name_gives_a_year_where_it_gives_one(name, year):
    assert name_year(name) == year


def test_every_unit_of_the_catalogue_is_a_count_or_a_rate(dataset):
    adds_up = {i: define(i, dataset, {})[0].adds_up for i in dataset.catalog.index}
    assert None not in adds_up.values()
    assert {i for i, adds in adds_up.items() if adds} == {"population", "forest_loss_ha"}


def test_the_understanding_reads_the_file_the_same_way_again(table, dataset):
    path = table("Cuadro 1\nubigeo;poblacion\n010101;1,5\n010102;2,5\n", encoding="cp1252")
    understanding = indicators.understand(path, dataset, POPULATION)
    again = read_sheet(path, understanding.options)
    assert pd.DataFrame(again.frame).equals(read_sheet(path).frame)
    assert understanding.sample[0] == ("010101", "1,5")
