"""The published tables import as they are, and their totals are those of sums computed apart."""

import csv
from collections import Counter, defaultdict

import pytest

from geodata.readers.hazards import hazards
from geodata.readers.indicators import indicators

OURS = ("01", "16", "17", "22", "25")
WASTE = {
    "source": "MINAM, valorización de residuos 2019-2023",
    "column:QRESIDUOS_MUN": "value:municipal_waste", "column:POB_TOTAL": "value:population",
    "label_es:municipal_waste": "Residuos municipales", "label_en:municipal_waste": "Municipal waste",
    "unit:municipal_waste": "toneladas al año", "unit_en:municipal_waste": "tonnes a year",
    "sector:municipal_waste": "environment", "direction:municipal_waste": "higher_is_worse",
}  # fmt: skip
PANEL = {
    "source": "Panel 2001-2020", "column:Def_ha": "value:forest_loss_ha", "column:IDH": "value:human_development_index",
}  # fmt: skip
LATER = {"160801", "160802", "160803", "160804", "250304", "250305"}
SHARED = {"221001", "221005", "221006"}  # Santa Lucía came from two districts: from 2021 neither is known


def lines(path, separator):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


@pytest.fixture(scope="module")
def waste(official, bring):
    return bring(official("minam_valorizacion_residuos.csv"), WASTE, indicators)


@pytest.fixture(scope="module")
def panel(official, bring):
    return bring(official("deforestation_panel_2001_2020.csv"), PANEL, indicators)


@pytest.fixture(scope="module")
def emergencies(official, bring):
    answers = {"source": "INDECI 2017-2023", "covers": "all"}
    return bring(official("indeci_events_2017_2023.csv"), answers, hazards)


def totals(changes, indicator):
    rows = changes.upserts["indicators"]
    rows = rows[rows["indicator"] == indicator]
    return rows.groupby("year")["value"].sum().to_dict(), rows.groupby("year").size().to_dict()


@pytest.mark.parametrize(("indicator", "column"), [("municipal_waste", "QRESIDUOS_MUN"), ("population", "POB_TOTAL")])
def test_the_waste_table_adds_up(official, waste, indicator, column):
    changes, report = waste
    apart = defaultdict(float)
    for line in lines(official("minam_valorizacion_residuos.csv"), ";"):
        code, year = line["UBIGEO"].zfill(6), int(line["PERIODO"])
        if code[:2] in OURS and not (year >= 2021 and code in SHARED):
            apart[year] += float(line[column].replace(",", ""))
    total, districts = totals(changes, indicator)
    assert total == pytest.approx(dict(apart), rel=1e-12)
    assert districts == {2019: 238, 2020: 238, 2021: 236, 2022: 236, 2023: 236}
    assert report.rows_read == 9419 and not report.faults


def test_a_column_of_the_waste_table_that_reads_two_ways_is_asked_for(official, dataset):
    # the rural population is never a million and never has decimals: nothing says what "1,434" is
    answers = {**WASTE, "column:POB_RURAL": "value:population", "column:POB_TOTAL": "ignore"}
    path = official("minam_valorizacion_residuos.csv")
    questions = indicators.understand(path, dataset, answers).questions
    assert [question.key for question in questions] == ["decimal:POB_RURAL"]


def test_the_blanks_of_the_waste_table_are_explained(waste):
    _, report = waste
    several = [event for event in report.events if event.message == "division.several_parents"]
    told = {(event.ubigeo, event.fields["year"]) for event in several}
    assert told == {(code, year) for code in ("221001", "221005") for year in (2021, 2022, 2023)}


def test_the_panel_adds_up(official, panel):
    changes, report = panel
    apart = defaultdict(float)
    for line in lines(official("deforestation_panel_2001_2020.csv"), ";"):
        apart[int(line["YEAR"])] += float(line["Def_ha"])
    total, districts = totals(changes, "forest_loss_ha")
    assert total == pytest.approx(dict(apart), rel=1e-12)
    assert set(districts.values()) == {237} and len(districts) == 20
    assert report.rows_read == 4820 and not report.faults
    trita = {event.ubigeo for event in report.of("missing") if event.fields["label_en"].startswith("Forest")}
    assert trita == {"010523"}


def test_rates_of_the_panel_keep_their_figures_and_split_districts_a_blank(official, panel):
    changes, _ = panel
    known = {
        (line["UBIGEO"].zfill(6), int(line["YEAR"])): float(line["IDH"])
        for line in lines(official("deforestation_panel_2001_2020.csv"), ";") if line["IDH"] != "NA"
    }  # fmt: skip
    rows = changes.upserts["indicators"]
    rows = rows[rows["indicator"] == "human_development_index"]
    mine = {(row.ubigeo, row.year): row.value for row in rows.itertuples()}
    split = {"160109", "160114", "250302"}
    whole = {key: value for key, value in known.items() if key[0] not in split | LATER}
    assert {key: value for key, value in mine.items() if key[0] not in split} == whole
    # Teniente Manuel Clavero only changed its number
    assert {year: value for (code, year), value in mine.items() if code == "160114"} == {
        year: value for (code, year), value in known.items() if code == "160803"
    }


def test_the_emergencies_add_up_and_the_rest_is_listed(official, emergencies, dataset):
    changes, report = emergencies
    apart, others = defaultdict(lambda: [0, 0, 0, 0]), Counter()
    for line in lines(official("indeci_events_2017_2023.csv"), ","):
        if not line["hazard"]:
            others[line["fenomeno"]] += 1
            continue
        sums = apart[line["ubigeo_2012"], int(line["date"][:4]), line["hazard"]]
        for place, figure in enumerate((1, line["affected"], line["damnificados"], line["houses_destroyed"])):
            sums[place] += int(figure)
    whole = changes.replaced["hazards"]
    mine = {
        (row.ubigeo, row.year, row.hazard): [row.events, row.affected, row.homeless, row.houses_destroyed]
        for row in whole[whole["year"].between(2017, 2023)].itertuples()
    }
    assert mine == dict(apart)
    told = [event.fields for event in report.events if event.message == "tables.left_out.other_phenomena"]
    assert {fields["text"]: fields["rows"] for fields in told} == dict(others)
    assert report.rows_read == 5897 and not report.faults
    stays, was = (~frame["year"].between(2017, 2023) for frame in (whole, dataset.hazards))
    assert stays.sum() == was.sum()
