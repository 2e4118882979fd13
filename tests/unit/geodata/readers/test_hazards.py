"""Emergencies are counted by district, year and hazard; what is not counted is listed."""

import pytest

from geodata.model.dataset import DEFAULT
from geodata.readers.cells.vocabulary import terms
from geodata.readers.hazards import hazards
from geodata.readers.shared.schema import allowed

ANSWERS = {"source": "INDECI, prueba", "covers": "some"}
HEAD = "codigo sinpad;fecha;ubigeo;fenómeno;afectados;damnificados;viviendas destruidas\n"


def counted(changes):
    rows = changes.upserts["hazards"]
    return {(row.ubigeo, row.year, row.hazard): (row.events, row.affected, row.homeless, row.houses_destroyed)
            for row in rows.itertuples()}  # fmt: skip


@pytest.fixture
def bring_hazards(table, bring):
    return lambda text, answers=ANSWERS: bring(table(text), answers, hazards)


def told(report, message):
    return [event for event in report.events if event.message == message]


def test_dated_emergencies_are_counted_by_district_year_and_hazard(bring_hazards):
    changes, report = bring_hazards(
        HEAD + "1;10/01/2017;010101;INUNDACIÓN;5;2;1\n2;25/12/2017;010101;INUNDACION POR DESBORDE DE RIO;1;0;0\n"
        "3;13/02/2018;010101;SISMOS;0;0;0\n"
    )
    assert not report.faults
    assert counted(changes) == {
        ("010101", 2017, "inundacion"): (2, 6, 2, 1), ("010101", 2018, "sismo"): (1, 0, 0, 0),
    }  # fmt: skip


def test_what_is_no_natural_hazard_is_listed_with_its_rows(bring_hazards):
    changes, report = bring_hazards(
        HEAD + "1;2017;010101;HUAYCOS;0;0;0\n2;2017;010101;INCENDIOS URBANOS;9;9;9\n"
        "3;2017;010101;INCENDIOS URBANOS;1;1;1\n"
    )
    assert counted(changes) == {("010101", 2017, "huayco"): (1, 0, 0, 0)}
    listed = told(report, "tables.left_out.other_phenomena")
    assert [(event.fields["text"], event.fields["rows"]) for event in listed] == [("INCENDIOS URBANOS", 2)]


def test_a_phenomenon_that_nobody_knows_is_asked_for(table, asked, bring):
    path = table(HEAD + "1;2017;010101;SISMOS;0;0;0\n2;2017;010101;RAYO VERDE;0;0;0\n")
    assert asked(path, ANSWERS, hazards) == {"hazard:RAYO VERDE"}
    changes, _ = bring(path, {**ANSWERS, "hazard:RAYO VERDE": "otros"}, hazards)
    assert ("010101", 2017, "otros") in counted(changes)
    changes, report = bring(path, {**ANSWERS, "hazard:RAYO VERDE": "none"}, hazards)
    assert set(counted(changes)) == {("010101", 2017, "sismo")}
    assert told(report, "tables.left_out.other_phenomena")


def test_later_districts_count_for_the_one_of_2012_or_are_left_out_by_row(bring_hazards):
    changes, report = bring_hazards(
        HEAD + "1;2018;160801;SISMO;1;0;0\n2;2018;160802;SISMO;2;0;0\n3;2018;160804;SISMO;3;0;0\n"
        "4;2022;221006;SISMO;4;0;0\n"
    )
    assert counted(changes) == {("160109", 2018, "sismo"): (3, 6, 0, 0)}
    assert [event.row for event in told(report, "tables.left_out.several_parents")] == [5]


def test_an_emergency_given_twice_is_counted_once_and_a_fault_where_it_differs(bring_hazards):
    row = "1;2018;010101;SISMO;{};0;0\n"
    changes, report = bring_hazards(HEAD + row.format(4) + row.format(4) + "2;2018;010101;SISMO;1;0;0\n")
    assert counted(changes) == {("010101", 2018, "sismo"): (2, 5, 0, 0)}
    assert told(report, "tables.note.events_twice")[0].fields["events"] == 1
    _, report = bring_hazards(HEAD + row.format(4) + row.format(5))
    fault = told(report, "tables.fault.event_twice")[0]
    assert (fault.fields["first"], fault.fields["second"]) == (2, 3)


def test_a_damage_that_is_no_whole_count_leaves_its_row_out(bring_hazards):
    changes, report = bring_hazards(
        HEAD + "1;2018;010101;SISMO;1.5;0;0\n2;2018;010101;SISMO;muchos;0;0\n3;2018;010101;SISMO;-1;0;0\n"
        "4;2018;010101;SISMO;7;;0\n"
    )
    assert counted(changes) == {("010101", 2018, "sismo"): (1, 7, 0, 0)}
    assert [event.row for event in told(report, "tables.left_out.not_whole")] == [2, 3, 4]
    assert told(report, "tables.note.zero_blank")[0].fields["column"] == "damnificados"


def test_whole_counts_with_thousands_are_read_where_they_can_be_nothing_else(table, asked, bring):
    path = table(HEAD + "1;2018;010101;SISMO;1,234;0;0\n2;2018;010101;SISMO;5;0;0\n")
    assert asked(path, ANSWERS, hazards) == set()
    changes, report = bring(path, ANSWERS, hazards)
    assert counted(changes) == {("010101", 2018, "sismo"): (2, 1239, 0, 0)}
    assert not told(report, "tables.left_out.not_whole")


@pytest.mark.parametrize(("figure", "sign", "affected"), [("1,000", ".", 1000), ("1,000", ",", 1)])
def test_a_count_that_is_whole_both_ways_is_asked_for(table, asked, bring, figure, sign, affected):
    path = table(HEAD + f"1;2018;010101;SISMO;{figure};0;0\n2;2018;010102;SISMO;5;0;0\n")
    assert asked(path, ANSWERS, hazards) == {"decimal:afectados"}
    changes, _ = bring(path, {**ANSWERS, "decimal:afectados": sign}, hazards)
    assert counted(changes)["010101", 2018, "sismo"] == (1, affected, 0, 0)


def test_a_damage_beyond_any_count_leaves_its_row_out(bring_hazards):
    changes, report = bring_hazards(HEAD + f"1;2018;010101;SISMO;{'9' * 20};0;0\n2;2018;010101;SISMO;7;0;0\n")
    assert counted(changes) == {("010101", 2018, "sismo"): (1, 7, 0, 0)}
    assert [event.row for event in told(report, "tables.left_out.not_whole")] == [2]


def test_a_damage_that_is_not_known_is_told_and_its_emergency_counted(bring_hazards):
    changes, report = bring_hazards(
        HEAD + "1;2018;010101;SISMO;?;3;0\n2;2018;010101;SISMO;4;S.I.;0\n3;2018;010102;SISMO;S.I.;0;1\n"
        "4;2018;010102;INCENDIOS URBANOS;?;0;0\n"  # not counted, and so not told
    )
    assert counted(changes) == {("010101", 2018, "sismo"): (2, 4, 3, 0), ("010102", 2018, "sismo"): (1, 0, 0, 1)}
    first, second = told(report, "tables.left_out.damage_unknown")
    assert first.fields == {"column": "afectados", "cells": 2, "marks": "?, S.I.", "numbers": ("2", "4")}
    assert second.fields == {"column": "damnificados", "cells": 1, "marks": "S.I.", "numbers": ("3",)}
    assert not told(report, "tables.note.zero_blank")


def test_rows_alike_without_a_number_of_their_own_are_told(bring_hazards):
    head, row = HEAD.removeprefix("codigo sinpad;"), "2018;010101;SISMO;4;0;0\n"
    changes, report = bring_hazards(head + row + row + "2018;010101;SISMO;5;0;0\n" + row)
    assert counted(changes) == {("010101", 2018, "sismo"): (4, 17, 0, 0)}
    note = told(report, "tables.note.rows_alike")[0]
    assert note.fields == {"rows": 3, "again": 2, "first": "2, 3, 5"}
    _, report = bring_hazards(HEAD + "1;" + row + "2;" + row)
    assert not told(report, "tables.note.rows_alike")


def test_a_damage_without_a_column_is_asked_for_and_never_taken_for_zero(table, asked):
    path = table("fecha;ubigeo;fenómeno;afectados\n2018;010101;SISMO;1\n2018;010102;SISMO;2\n")
    assert asked(path, ANSWERS, hazards) == {"zero:homeless", "zero:houses_destroyed"}
    assert asked(path, {**ANSWERS, "zero:homeless": "yes", "zero:houses_destroyed": "yes"}, hazards) == set()


def test_dates_that_read_two_ways_are_asked_for(table, asked):
    path = table(HEAD + "1;03/04/2018;010101;SISMO;0;0;0\n")
    assert asked(path, ANSWERS, hazards) == {"day_first:fecha"}


def test_rows_without_a_date_or_a_phenomenon_are_left_out_by_number(bring_hazards):
    _, report = bring_hazards(
        HEAD + "1;ayer;010101;SISMO;0;0;0\n2;2018;010101;;0;0;0\n3;1950;010101;SISMO;0;0;0\n4;2018;010101;SISMO;0;0;0\n"
    )
    assert [event.row for event in told(report, "tables.left_out.date")] == [2]
    assert [event.row for event in told(report, "tables.left_out.phenomenon")] == [3]
    assert [event.row for event in told(report, "tables.left_out.year")] == [4]


def test_whether_a_file_is_all_there_is_of_its_years_is_asked_and_done(table, asked, bring, dataset):
    path = table(HEAD + "1;2018;010101;SISMO;0;0;0\n")
    assert asked(path, {"source": "x"}, hazards) == {"covers"}
    changes, _ = bring(path, {**ANSWERS, "covers": "all"}, hazards)
    whole = changes.replaced["hazards"]
    assert len(whole[whole["year"] == 2018]) == 1
    others = dataset.hazards["year"] != 2018
    assert len(whole) == others.sum() + 1


def test_the_projects_own_table_comes_back_unchanged(dataset, bring):
    changes, report = bring(DEFAULT / "hazard_events.csv", {**ANSWERS, "covers": "all"}, hazards)
    assert not report.of("left_out", "fault")
    names = {"people_affected": "affected", "people_homeless": "homeless"}
    was = dataset.hazards.rename(columns=names).sort_values(["ubigeo", "year", "hazard"], ignore_index=True)
    assert changes.replaced["hazards"].equals(was[list(changes.replaced["hazards"].columns)])


def test_every_word_stands_for_a_hazard_of_the_schema():
    assert set(terms("hazards").values()) == set(allowed("hazards", "hazard"))
    assert not set(terms("hazards")) & set(terms("not_hazards"))


@pytest.mark.parametrize("place", ["010101", "Chachapoyas"])
def test_a_column_of_places_that_goes_by_no_known_name_is_asked_for(table, asked, bring, place):
    rows = "".join(f"{n};2018;{place};SISMO;0;0;0\n" for n in (1, 2))
    path = table(HEAD.replace("ubigeo", "zona afectada x") + rows)
    if "place" in asked(path, ANSWERS, hazards):  # codes are found by what they are
        assert place == "Chachapoyas"
    changes, report = bring(path, {**ANSWERS, "place": "zona afectada x", "coding": "inei"}, hazards)
    assert not report.faults
    assert counted(changes) == {("010101", 2018, "sismo"): (2, 0, 0, 0)}
