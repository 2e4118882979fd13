"""Rows find their places: worked examples, tables in both numberings, mangled names, official files."""

import json
import os
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.model.dataset import default
from geodata.places.division import fold, to_2012
from geodata.places.gazetteer import Gazetteer
from geodata.places.naming import plain
from geodata.readers.locating.places import PlaceColumns, find_coding, find_columns, locate
from geodata.reports.files import text as as_text
from geodata.reports.report import Report
from geodata.words import FOLDER, LANGUAGES, read, say
from tests.root import ROOT

OFFICIAL = Path(os.environ.get("SHARED_OFFICIAL", ROOT.parent / "shared" / "official"))
GAZETTEER = Gazetteer.of(default())
TERRITORY = GAZETTEER.territory
RENIEC = {ubigeo: reniec for reniec, ubigeo in GAZETTEER.reniec.items()}
NAMED = PlaceColumns("code", None, "district", "province", "department")
TOGETHER = ("places.other_departments",)
official = pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the published files are not beside the project")


def table(*rows, columns=("code", "district", "province", "department")):
    """A frame of text whose first row is row 2, as in a spreadsheet; None is blank."""
    whole = [(*row, *[None] * (len(columns) - len(row))) for row in rows]
    return pd.DataFrame(whole, columns=columns, index=range(2, len(rows) + 2)).astype("str")


def every_district(code=lambda d: d.ubigeo):
    return table(*[
        (code(d), d.name.upper(), TERRITORY.provinces[d.province].name, TERRITORY.departments[d.department].name)
        for d in TERRITORY.districts.values()
    ])  # fmt: skip


def place(*row, coding="inei", columns=NAMED, **given):
    """What becomes of one row: its place or None, how, and its event."""
    report = Report("a.csv", "indicators")
    found = locate(table(row), columns, GAZETTEER, coding, report, **given).iloc[0]
    assert len(report.events) == 1
    return (None if pd.isna(found["place"]) else found["place"]), found["how"], report.events[0]


def left_out(*row, **given):
    """The reason for which one row is left out, and its fields."""
    code, _, event = place(*row, **given)
    assert code is None and event.kind == "left_out"
    assert event.row == (None if event.message == "places.other_departments" else 2)
    return event.message.removeprefix("places."), event.fields


# by code


def test_a_code_is_its_district():
    code, how, event = place("220501", "LAMAS", "LAMAS", "SAN MARTIN")
    assert (code, how, event.kind, event.ubigeo, event.score) == ("220501", "code", "matched_code", "220501", 100)


@pytest.mark.parametrize("written", ["10401", "10401.0", "01-04-01", "10,401"])
def test_a_mended_code_is_said_to_be_mended(written):
    code, how, event = place(written, "Nieva")
    assert (code, how, event.kind) == ("010401", "repaired_code", "repaired")
    assert event.fields["written"] == written


def test_a_p_code_is_a_code():
    assert place("PE010401")[:2] == ("010401", "code")


def test_a_code_of_reniec_is_converted():
    code, how, event = place("010601", "NIEVA", coding="reniec")
    assert (code, how, event.message) == ("010401", "reniec", "places.matched_reniec")


def test_a_name_that_is_a_slip_of_the_codes_is_taken_with_its_score():
    code, _, event = place("250201", "RAIMONDI", "ATALAYA", "UCAYALI")
    assert code == "250201" and event.score == 87.5


def test_a_name_that_hardly_is_the_codes_is_taken_and_shown():
    code, _, event = place("010509", "LUIA", "LUYA")
    assert (code, event.message, event.score) == ("010509", "places.code_name_unlike", 75)
    assert event.fields["name"] == "LUIA"


@pytest.mark.parametrize(
    ("row", "meant"),
    [
        (("220501", "MOYOBAMBA"), "Moyobamba"),
        (("010206", "BAGUA", "BAGUA", "AMAZONAS"), "Bagua"),
        (("010610", "SANTA ROSA", "EL DORADO", "SAN MARTIN"), "Santa Rosa (El Dorado"),
        (("010601", "NIEVA", "CONDORCANQUI", "AMAZONAS"), "Nieva"),  # RENIEC's code read as INEI's
        (("080101", "CUSCO", "MOYOBAMBA", "SAN MARTIN"), "Moyobamba"),
        (("250204", "Purús"), "Purús"),  # the code of Yurua, liker to it than any other of its province
        (("010606", "Longuita"), "Longuita"),  # the code of Longar
        (("160509", "Iberia"), "Iberia (Tahuamanu"),  # the name of one capital and of another district
        (("220501", "LAMAS", "LAMAS", "LORETO"), "Lamas"),
    ],
)
def test_where_code_and_names_differ_the_row_is_shown_not_taken(row, meant):
    message, fields = left_out(*row)
    assert message == "code_name_differ"
    assert meant in fields["candidates"] and row[1] in fields["written"]


def test_a_code_beside_the_name_of_another_district_is_never_taken():
    """All pairs of districts: only a name that both bear goes with either code."""
    districts = TERRITORY.districts.values()
    pairs = [(code, other) for code in districts for other in districts]
    frame = table(*[(code.ubigeo, other.name) for code, other in pairs], columns=("code", "district"))
    found = locate(frame, PlaceColumns("code", None, "district"), GAZETTEER, "inei", Report("a.csv", "indicators"))
    for (code, other), where in zip(pairs, found["place"], strict=True):
        assert pd.isna(where) != (plain(code.name) == plain(other.name)), (code, other)


def test_a_name_to_be_checked_stands_in_the_report_though_rows_found_by_code_do_not():
    report = Report("a.csv", "indicators")
    locate(table(("010509", "LUIA", "LUYA"), ("220501", "LAMAS")), NAMED, GAZETTEER, "inei", report)
    for language in LANGUAGES:
        shown = as_text(report, language)
        assert "LUIA" in shown and "220501" not in shown


def test_the_department_of_a_row_need_not_be_understood_where_code_and_names_agree():
    """In one year of a published table the natural region stands in the column of departments."""
    assert place("160105", "LAS AMAZONAS", "MAYNAS", "SELVA")[0] == "160105"


@pytest.mark.parametrize("code", ["160199", "990101", "011001", "16.0", "7"])
def test_a_code_of_no_division_is_said_to_be_none(code):
    assert left_out(code)[0] in ("unknown_code", "other_level", "other_departments")
    assert left_out(code, "Nieva", "Condorcanqui")[1]["written"] == "Nieva, Condorcanqui" or code in ("16.0", "7")


def test_an_unreadable_code_gives_way_to_a_name_and_is_shown_without_one():
    assert place("S.I.", "Nieva", "Condorcanqui")[:2] == ("010401", "name")
    assert left_out("S.I.")[0] == "unreadable_code"
    assert left_out("0101010001")[0] == "unreadable_code"


def test_a_later_district_keeps_its_code_and_says_where_it_came_from():
    code, how, event = place("250304", "NESHUYA", "PADRE ABAD", "UCAYALI")
    assert (code, how) == ("250304", "later")
    assert event.fields["parents"] == "Irazola (Padre Abad, Ucayali)" and event.fields["year"] == 2015


def test_a_district_of_2012_may_stand_in_the_province_made_of_it():
    assert place("160109", "PUTUMAYO", "PUTUMAYO", "LORETO")[0] == "160109"
    assert place("160801", "PUTUMAYO", "MAYNAS", "LORETO")[0] == "160801"


# by name


@pytest.mark.parametrize(
    ("row", "ubigeo", "message"),
    [
        ((None, "Cufiumbuqui", "Lamas", "San Martín"), "220505", "matched_name"),
        ((None, "santa maria de nieva", "CONDORCANQUI"), "010401", "matched_capital"),
        ((None, "Yaguas", "Putumayo", "Loreto"), "160804", "later"),
        ((None, "SANTA LUCIA 5/", "TOCACHE", "SAN MARTÍN"), "221006", "later"),
        ((None, "Teniente Manuel Clavero", None, "Loreto"), "160114", "matched_name"),
        ((None, "Lamas", None, None), "220501", "matched_name"),
    ],
)
def test_a_name_is_its_district(row, ubigeo, message):
    code, _, event = place(*row)
    assert (code, event.kind, event.message) == (ubigeo, "matched_name", f"places.{message}")
    assert 85 <= event.score <= 100


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ((None, "Santa Rosa", None, None), "ambiguous"),
        ((None, "San Cristóbal", None, None), "ambiguous"),
        ((None, "Raquena", "Requena", "Loreto"), "ambiguous"),
        ((None, "Huambo", None, None), "homonym"),  # Arequipa has a Huambo as well
        ((None, "Cufiumbuqui", None, None), "no_province"),
        ((None, "Lamos", "Lamas", "San Martín"), "below_bar"),
        ((None, "Machu Picchu", "Lamas", None), "unknown_name"),
        ((None, "Nieva", "Nowhere", "Amazonas"), "unknown_province"),
        ((None, "Nieva", "Lamas", "Amazonas"), "unknown_province"),
        ((None, "Nieva", None, "Nowhere"), "unknown_department"),
        ((None, "Lamas", "Lamas", "Cusco"), "names_differ"),
        ((None, None, "Lamas", "San Martín"), "other_level"),
        ((None, " - ", None, None), "no_place"),
        ((None, None, None, None), "no_place"),
    ],
)
def test_a_name_that_is_not_taken_says_why(row, message):
    assert left_out(*row)[0] == message


def test_an_ambiguous_name_names_its_candidates():
    fields = left_out(None, "Santa Rosa")[1]
    candidates = "Santa Rosa (Rodríguez de Mendoza, Amazonas); Santa Rosa (El Dorado, San Martín)"
    assert fields["candidates"] == candidates


def test_the_bar_can_be_set():
    assert place(None, "Lamos", "Lamas", accept=80)[0] == "220501"
    assert left_out(None, "Cufiumbuqui", "Lamas", accept=90)[0] == "below_bar"


def test_a_row_may_be_about_a_province_or_a_department_where_that_is_asked_for():
    levels = ("district", "province", "department")
    for row, code in (
        ((None, None, "Lamas", "San Martín"), "2205"),
        ((None, None, None, "LORETO"), "16"),
        (("2205", None, "Lamas"), "2205"),
        (("220500", None, "Lamas"), "2205"),
        (("16", None, None, "Loreto"), "16"),
        (("PE16",), "16"),
        (("1608",), "1608"),
        ((None, "Nieva", "Condorcanqui"), "010401"),
    ):
        assert place(*row, levels=levels)[0] == code
    assert left_out("2205")[0] == "other_level"
    assert left_out(None, "Nieva", levels=("province",))[0] == "other_level"


def test_an_unresolved_district_is_not_its_province():
    levels = ("district", "province", "department")
    assert left_out(None, "Machu Picchu", "Lamas", "San Martín", levels=levels)[0] == "unknown_name"


def test_a_code_of_a_province_beside_a_district_says_the_province():
    assert place("2205", "Cufiumbuqui")[:2] == ("220505", "name")


def test_rows_of_the_rest_of_peru_are_one_event():
    frame = table(
        ("150101", "LIMA", "LIMA", "LIMA"), (None, "MIRAFLORES", "LIMA", "LIMA"), ("220501", "LAMAS"),
        (None, "Wanchaq", "Cusco", None), (None, "CALLAO", "CALLAO", "LIMA Y CALLAO"), ("S.I.", "Anta", None, "Cuzco"),
    )  # fmt: skip
    report = Report("a.csv", "indicators")
    found = locate(frame, NAMED, GAZETTEER, "inei", report)
    assert found["place"].tolist()[2] == "220501" and found["place"].notna().sum() == 1
    (event,) = report.of("left_out")
    assert (event.message, event.row, event.fields["rows"]) == ("places.other_departments", None, 5)
    assert "Lima 2" in event.fields["departments"] and "Cusco 2" in event.fields["departments"]


def test_an_empty_table_has_no_places():
    report = Report("a.csv", "indicators")
    found = locate(table(), NAMED, GAZETTEER, "inei", report)
    assert found.empty and list(found) == ["place", "level", "how", "score"] and not report.events


# columns


def test_columns_are_found_by_what_they_hold():
    names = ["x", "y", "z", "w"]
    frame = every_district().set_axis(names, axis=1)
    assert find_columns(frame) == PlaceColumns("x", None, "y", "z", "w")
    assert find_columns(frame[names[::-1]]) == PlaceColumns("x", None, "y", "z", "w")


def test_headings_only_break_ties():
    frame = every_district().assign(UBIGEO=[str(n) for n in range(238)])
    assert find_columns(frame).ubigeo == "code"
    frame = every_district().assign(UBIGEO=lambda t: t["code"], PROVINCIA="COSTA")
    assert (find_columns(frame).ubigeo, find_columns(frame).province) == ("UBIGEO", "province")


def test_a_code_in_three_columns_is_found_and_read():
    whole = every_district()
    parts = whole.assign(
        CCDD=whole["code"].str[:2], CCPP=whole["code"].str[2:4].astype(int).astype(str), CCDI=whole["code"].str[4:],
        MES=[str(n % 12 + 1) for n in range(238)],
    ).drop(columns="code")  # fmt: skip
    columns = find_columns(parts)
    assert columns.parts == ("CCDD", "CCPP", "CCDI") and columns.ubigeo is None
    found = locate(parts, columns, GAZETTEER, "inei", Report("a.csv", "limits"))
    assert found["place"].tolist() == list(TERRITORY.districts)


def test_capitals_and_numbers_are_not_taken_for_districts_and_codes():
    frame = every_district().assign(
        capital=[d.capital for d in TERRITORY.districts.values()],
        population=[str(10000 + 37 * n) for n in range(238)], year="2017",
    )  # fmt: skip
    assert find_columns(frame) == replace(NAMED)
    assert find_columns(frame[["year", "population"]]) == PlaceColumns()


def test_columns_that_bear_one_name_twice_or_hold_nothing_are_passed_over():
    frame = pd.concat([every_district(), every_district()[["code"]]], axis=1).assign(empty=float("nan"))
    assert find_columns(frame).ubigeo is None
    assert find_columns(pd.DataFrame()) == PlaceColumns()


# codings


@pytest.mark.parametrize("named", [("district",), ("province",), ("department",), ("district", "province")])
def test_the_numbering_is_told_by_the_names(named):
    columns = PlaceColumns("code", **{name: name for name in named})
    for coding, code in (("inei", lambda d: d.ubigeo), ("reniec", lambda d: RENIEC[d.ubigeo])):
        found = find_coding(every_district(code), columns, GAZETTEER)
        assert (found.name, found.by) == (coding, "names") and found.question is None
        assert getattr(found, coding) == found.compared > 100


def test_the_numbering_is_told_without_names_where_one_of_them_cannot_be():
    for coding, code in (("inei", lambda d: d.ubigeo), ("reniec", lambda d: RENIEC[d.ubigeo])):
        found = find_coding(every_district(code), PlaceColumns("code"), GAZETTEER)
        assert (found.name, found.by) == (coding, "codes")


def test_a_numbering_that_cannot_be_told_is_asked():
    frame = table(*[(code,) for code in ("010201", "010202", "010203", "010205", "010206")])
    found = find_coding(frame, PlaceColumns("code"), GAZETTEER)
    assert found.name is None and set(found.question.choices) == {"inei", "reniec"}
    for language in LANGUAGES:
        assert "{" not in say(language, found.question.message, **found.question.fields)
        assert all(say(language, key) for key in found.question.choices.values())


def test_a_table_half_in_one_numbering_and_half_in_the_other_is_asked():
    half = every_district(lambda d: RENIEC[d.ubigeo]).iloc[::2]
    mixed = pd.concat([half, every_district().iloc[1::2]])
    assert find_coding(mixed, NAMED, GAZETTEER).name is None


@pytest.mark.parametrize("shift", [1, 2, 17])
def test_rows_that_slipped_are_no_numbering_and_a_fault(shift):
    frame = every_district()
    frame["code"] = frame["code"].shift(shift).fillna("010101")
    for columns in (NAMED, PlaceColumns("code", None, "district")):
        assert find_coding(frame, columns, GAZETTEER).name is None
        for coding in ("inei", "reniec"):
            report = Report("a.csv", "indicators")
            locate(frame, columns, GAZETTEER, coding, report)
            (fault,) = report.faults
            assert fault.message == "places.shifted" and fault.fields["rows"] > 50


def test_a_few_rows_that_slipped_are_left_out_without_a_fault():
    frame = every_district()
    frame.loc[2:11, "code"] = frame.loc[2:11, "code"].shift(1)
    report = Report("a.csv", "indicators")
    locate(frame.loc[2:31], NAMED, GAZETTEER, "inei", report)
    assert len(report.of("left_out")) == 9 and not report.faults


def test_codes_that_both_read_the_same_need_no_question():
    frame = table(*[(f"0101{n:02d}",) for n in range(1, 22)])
    found = find_coding(frame, PlaceColumns("code"), GAZETTEER)
    assert (found.name, found.by) == ("inei", "same")


def test_brute_force_both_numberings_find_all_districts():
    for coding, code in (("inei", lambda d: d.ubigeo), ("reniec", lambda d: RENIEC[d.ubigeo])):
        report = Report("a.csv", "indicators")
        found = locate(every_district(code), NAMED, GAZETTEER, coding, report)
        assert found["place"].tolist() == list(TERRITORY.districts)
        assert report.counts()["matched_code"] == 238 == len(report.events)


def test_a_wrong_join_takes_no_row_that_it_would_mislabel():
    """Codes of RENIEC read as INEI's: only those that mean the same in both are taken."""
    report = Report("a.csv", "indicators")
    found = locate(every_district(lambda d: RENIEC[d.ubigeo]), NAMED, GAZETTEER, "inei", report)
    taken = found["place"].dropna()
    own = pd.Series(list(TERRITORY.districts), found.index)
    assert (taken == own[taken.index]).all() and len(taken) == 238 - 201


# what must hold of any table


def slip(text, data):
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("AEIOULNRSTÑáé"))
    return data.draw(st.sampled_from([text[:at] + text[at + 1 :], text[:at] + letter + text[at:],
                                      text[:at] + letter + text[at + 1 :]]))  # fmt: skip


@given(st.sampled_from(list(TERRITORY.districts.values())), st.data())
def test_a_mangled_row_is_right_or_shown(district, data):
    """Case, accents and a slip in each name; code lost, kept or without its zero."""
    names = [district.name, TERRITORY.provinces[district.province].name,
             TERRITORY.departments[district.department].name]  # fmt: skip
    names = [data.draw(st.sampled_from([name, name.upper(), plain(name), slip(name, data)])) for name in names]
    if data.draw(st.booleans()):
        names[2] = None
    code = data.draw(st.sampled_from([None, district.ubigeo, str(int(district.ubigeo)), f"PE{district.ubigeo}"]))
    found, _, event = place(code, *names)
    assert found == district.ubigeo or (found is None and event.kind == "left_out")
    if code is not None and plain(names[1]) == plain(TERRITORY.provinces[district.province].name):
        assert found == district.ubigeo or event.message == "places.code_name_differ"


cell = st.none() | st.text(max_size=8) | st.sampled_from(
    ["010101", "10101", "150101", "2205", "PE16", "Lamas", "LIMA", "San Martín", "Santa Rosa", "-", "1E+05", "=1+1"]
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.tuples(cell, cell, cell, cell), max_size=8))
def test_any_table_is_read_without_a_stumble_and_every_row_is_accounted_for(rows):
    frame = table(*rows)
    for columns in (NAMED, find_columns(frame), PlaceColumns(None, ("code", "district", "province"))):
        find_coding(frame, columns, GAZETTEER)
        for levels in (("district",), ("district", "province", "department")):
            report = Report("a.csv", "indicators")
            found = locate(frame, columns, GAZETTEER, "inei", report, levels=levels)
            together = [e.fields["rows"] for e in report.events if e.message in TOGETHER or "wholes" in e.message]
            assert len(report.events) - len(report.faults) - len(together) + sum(together) == len(frame)
            assert set(found["level"].dropna()) <= set(levels)
            assert (found["place"].notna() == found["score"].notna()).all()
            for event in report.events:
                for language in LANGUAGES:
                    assert say(language, event.message, **event.fields)


# published files


@pytest.fixture(scope="module")
def limits_2007():
    features = json.loads((OFFICIAL / "peru_distritos_2007.geojson").read_text("utf-8"))["features"]
    frame = pd.DataFrame([f["properties"] for f in features])
    return frame.map(lambda v: None if v is None else str(v)).astype("str").set_axis(range(2, len(frame) + 2))


@official
@pytest.mark.parametrize("lost", [[], ["IDDIST"], ["IDDIST", "IDPROV", "IDDPTO"]])
def test_the_limits_of_2007_are_found_by_code_and_by_name(limits_2007, lost):
    frame = limits_2007.drop(columns=lost)
    columns = find_columns(frame)
    coding = find_coding(frame, columns, GAZETTEER)
    assert (columns.district, coding.name) == ("NOMBDIST", "inei")
    report = Report("a.geojson", "limits")
    found = locate(frame, columns, GAZETTEER, coding.name, report)["place"].dropna()
    assert sorted(found) == list(TERRITORY.districts)
    assert (found == limits_2007.loc[found.index, "IDDIST"]).all()
    assert len(report.events) == 239


@official
def test_names_alone_never_find_a_district_of_another_department(limits_2007):
    frame = limits_2007[["NOMBDIST"]]
    found = locate(frame, find_columns(frame), GAZETTEER, "inei", Report("a", "limits"))["place"].dropna()
    assert (found == limits_2007.loc[found.index, "IDDIST"]).all()
    assert len(found) > 200


@official
def test_a_published_table_with_lost_zeros_notes_and_later_districts_is_found_whole():
    frame = pd.read_csv(OFFICIAL / "minam_valorizacion_residuos.csv", sep=";", dtype=str, encoding="utf-8-sig")
    columns = find_columns(frame)
    assert columns == PlaceColumns("UBIGEO", None, "DISTRITO", "PROVINCIA", "DEPARTAMENTO")
    assert find_coding(frame, columns, GAZETTEER).name == "inei"
    report = Report("a.csv", "indicators")
    found = locate(frame, columns, GAZETTEER, "inei", report)
    ours = frame["UBIGEO"].str.zfill(6)
    ours = ours[ours.str[:2].isin(TERRITORY.departments)]
    assert found["place"].dropna().to_dict() == ours.to_dict()
    people = frame.loc[ours.index, "POB_TOTAL"].str.replace(",", "").astype(float)
    rows = pd.DataFrame({"place": ours, "value": people, "year": frame.loc[ours.index, "PERIODO"]})
    folded, reasons = fold(rows[rows["year"] == "2020"])
    assert list(folded.index) == list(TERRITORY.districts) and not reasons
    assert folded.sum() == people[rows["year"] == "2020"].sum()
    folded, reasons = fold(rows[rows["year"] == "2022"])
    assert set(reasons) == {"221001", "221005"} == set(folded.index[folded.isna()])


@official
def test_emergencies_come_to_the_districts_of_2012_that_indeci_gives():
    frame = pd.read_csv(OFFICIAL / "indeci_events_2017_2023.csv", dtype=str)
    columns = find_columns(frame)
    assert columns == PlaceColumns("ubigeo") and find_coding(frame, columns, GAZETTEER).name == "inei"
    found = locate(frame, columns, GAZETTEER, "inei", Report("a.csv", "hazards"))["place"]
    assert (found.map(to_2012) == frame["ubigeo_2012"]).all()


@official
def test_a_panel_of_twenty_years_is_found_whole():
    frame = pd.read_csv(OFFICIAL / "deforestation_panel_2001_2020.csv", sep=";", dtype=str)
    columns = find_columns(frame)
    assert columns == PlaceColumns("UBIGEO", None, "NOMBDIST", "NOMBPROB", "NOMBDEP")
    found = locate(frame, columns, GAZETTEER, find_coding(frame, columns, GAZETTEER).name, Report("a", "indicators"))
    assert (found["place"] == frame["UBIGEO"].str.zfill(6)).all() and found["place"].nunique() == 241


def test_both_languages_say_the_same_with_the_same_fields():
    texts = {language: read((FOLDER,), language) for language in LANGUAGES}
    for key in texts["es"]:
        if key.startswith(("places.", "division.")):
            fields = [sorted(f for _, f, _, _ in Formatter().parse(texts[lang][key]) if f) for lang in LANGUAGES]
            assert fields[0] == fields[1], key
