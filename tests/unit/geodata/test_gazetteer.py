"""Codes and names of places: worked examples, all 238 districts, both numberings by brute force."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.model.dataset import default
from geodata.places.codes import FOLDER, table
from geodata.places.division import changes
from geodata.places.gazetteer import Code, Gazetteer, judge, read_code
from geodata.places.naming import likeness, plain, slips

GAZETTEER = Gazetteer.of(default())
TERRITORY = GAZETTEER.territory
NAMESAKES = {"San Cristóbal", "San Pablo", "Santa Rosa"}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
some_district = st.sampled_from(list(TERRITORY.districts.values()))


# codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("010101", Code("010101", False)),
        (" 160801 ", Code("160801", False)),
        ("10101", Code("010101", True)),
        ("PE010101", Code("010101", False)),
        ("pe0101", Code("0101", False)),
        ("10101.0", Code("010101", True)),
        ("160101.00", Code("160101", True)),
        ("1.60101E+05", Code("160101", True)),
        ("160,101", Code("160101", True)),
        ("10.101", Code("010101", True)),
        ("01-01-01", Code("010101", True)),
        ("1 1 1", Code("010101", True)),
        ("'010101", Code("010101", True)),
        ("1601", Code("1601", False)),
        ("101", Code("0101", True)),
        ("1", Code("01", True)),
    ],
)
def test_a_code_is_read_in_any_of_the_ways_a_sheet_writes_it(text, code):
    assert read_code(text) == code


@pytest.mark.parametrize("text", ["", "-", "S.I.", "0101010001", "16.5", "1.5E+05 m", "1E+30", "Nauta", "²³", "PE1"])
def test_what_is_no_code_is_not_read_as_one(text):
    assert read_code(text) is None


@given(st.text(max_size=12))
def test_any_text_is_a_code_of_even_length_or_none(text):
    code = read_code(text)
    assert code is None or (code.digits.isascii() and code.digits.isdigit() and len(code.digits) in (2, 4, 6))


@given(some_district)
def test_a_lost_zero_is_found_again(district):
    code = read_code(str(int(district.ubigeo)))
    assert code.digits == district.ubigeo
    assert code.repaired == district.ubigeo.startswith("0")


def test_reniec_numbers_every_district_of_2012_and_later_and_no_two_the_same():
    rows = table("reniec")
    assert {row["ubigeo"] for row in rows} == set(TERRITORY.districts) | {c.code for c in changes() if len(c.code) == 6}
    assert len({row["reniec"] for row in rows}) == len(rows) == 247


def test_brute_force_each_code_goes_to_reniec_and_back():
    back = {ubigeo: reniec for reniec, ubigeo in GAZETTEER.reniec.items()}
    for ubigeo in TERRITORY.districts:
        assert GAZETTEER.at(back[ubigeo], "reniec") is GAZETTEER.at(ubigeo)
    for place in (*GAZETTEER.provinces.values(), *GAZETTEER.departments.values()):
        assert GAZETTEER.at(back[place.code], "reniec") is place


def test_a_district_is_in_the_same_province_in_both_numberings():
    provinces = {row["code"]: row["reniec"] for row in table("provinces")}
    for row in table("reniec"):
        assert row["reniec"][:4] == provinces[row["ubigeo"][:4]]


def test_most_codes_differ_and_many_of_reniec_are_another_district_of_inei():
    """Which is why a wrong join looks plausible."""
    other = {row["ubigeo"]: row["reniec"] for row in table("reniec") if row["ubigeo"] in TERRITORY.districts}
    assert sum(ubigeo != reniec for ubigeo, reniec in other.items()) == 201
    assert sum(ubigeo != reniec and reniec in TERRITORY.districts for ubigeo, reniec in other.items()) == 50


def test_known_pairs_of_codes():
    for ubigeo, reniec in (("010201", "010205"), ("010401", "010601"), ("160101", "150101"), ("250201", "250301")):
        assert GAZETTEER.at(reniec, "reniec").code == ubigeo


def test_the_rest_of_peru_is_known_for_what_it_is():
    assert len(GAZETTEER.departments) == 25 and len(GAZETTEER.provinces) == 196
    assert GAZETTEER.at("150101") is None and GAZETTEER.elsewhere("150101").name == "Lima"
    assert GAZETTEER.elsewhere("150101", "reniec") is None  # Iquitos
    for code in ("160101", "160199", "159901", "990101"):
        assert GAZETTEER.elsewhere(code) is None


def test_a_later_district_is_known_and_said_to_be_later():
    assert GAZETTEER.at("250304").later and GAZETTEER.at("1608").later
    assert not GAZETTEER.at("250302").later


# names


def test_all_districts_are_found_by_their_names_in_their_province():
    for district in TERRITORY.districts.values():
        match = GAZETTEER.match_district(district.name.upper(), district.province)
        assert (match.outcome, match.place.code, match.score) == ("found", district.ubigeo, 100)


def test_all_districts_are_found_by_their_capitals_in_their_province():
    for district in TERRITORY.districts.values():
        match = GAZETTEER.match_district(plain(district.capital), district.province)
        assert (match.outcome, match.place.code) == ("found", district.ubigeo)
        assert match.capital == (plain(district.capital) != plain(district.name))


@pytest.mark.parametrize(
    ("written", "province", "ubigeo"),
    [
        ("Cufiumbuqui", "2205", "220505"),
        ("Santa Maria de Nieva", "0104", "010401"),
        ("RAIMONDI", "2502", "250201"),
        ("San Francisco del Yeso", "0105", "010517"),
        ("Tnte Cesar Lopez Rojas", "1602", "160211"),
        ("CASPIZAPA", "2207", "220703"),
    ],
)
def test_names_as_other_publications_write_them(written, province, ubigeo):
    match = GAZETTEER.match_district(written, province)
    assert (match.outcome, match.place.code) == ("found", ubigeo)


def test_a_name_between_two_districts_is_ambiguous_and_both_are_named():
    match = GAZETTEER.match_district("Raquena", "1605")
    assert match.outcome == "ambiguous"
    assert {place.name for place in match.rivals} == {"Requena", "Saquena"}


@pytest.mark.parametrize("name", sorted(NAMESAKES))
def test_namesakes_need_their_province(name):
    assert GAZETTEER.match_district(name).outcome == "ambiguous"
    assert len(GAZETTEER.match_district(name).rivals) == 2
    for district in TERRITORY.districts.values():
        if district.name == name:
            assert GAZETTEER.match_district(name, district.province).place.code == district.ubigeo


def test_the_province_says_which_putumayo_is_meant():
    assert GAZETTEER.match_district("Putumayo", "1601").place.code == "160109"
    assert GAZETTEER.match_district("Putumayo", "1608").place.code == "160801"
    assert GAZETTEER.match_district("Putumayo", None, "16").place.code == "160109"


def test_a_later_district_is_found_in_its_old_province_too():
    assert GAZETTEER.match_district("Yaguas", "1601").place.code == "160804"


def test_an_unlike_name_is_below_the_bar_and_an_empty_one_is_none():
    assert GAZETTEER.match_district("Machu Picchu", "2205").outcome == "below"
    assert GAZETTEER.match_district(" - ", "2205").outcome == "none"
    assert judge("LAMAS", []).outcome == "none"


def mangled(name, data):
    """One letter put in, left out, changed, or two swapped."""
    at = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    kind = data.draw(st.sampled_from(["put in", "left out", "changed", "swapped"]))
    if kind == "put in":
        return name[:at] + letter + name[at:]
    if kind == "left out":
        return name[:at] + name[at + 1 :]
    if kind == "changed":
        return name[:at] + letter + name[at + 1 :]
    return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


@given(some_district, st.booleans(), st.sampled_from(["province", "department"]), st.data())
def test_a_slip_never_leads_to_another_district(district, capital, scope, data):
    """Either the right one is found, or nothing is taken and what it might be is shown."""
    name = plain(district.capital if capital else district.name)
    scope = {scope: getattr(district, scope)}
    written = mangled(name, data)
    for bar in (85, 50):  # however low the bar
        match = GAZETTEER.match_district(written, **scope, bar=bar)
        if match.outcome != "found":
            continue
        namesake = {p.code for p in GAZETTEER.scope(**scope) if plain(written) in p.names}
        assert match.place.code == district.ubigeo or match.place.code in namesake


@given(some_district, st.data())
def test_a_slip_in_a_long_name_is_forgiven(district, data):
    """But where it stands between two districts: then both are named."""
    name = plain(district.name)
    if len(name.replace(" ", "")) >= 8:
        match = GAZETTEER.match_district(mangled(name, data), district.province)
        assert match.outcome in ("found", "ambiguous") and match.score >= 85
        assert district.ubigeo in {place.code for place in match.rivals}


@given(st.text(alphabet=LETTERS + " ", max_size=14), st.floats(0, 100))
def test_what_is_found_is_the_nearest_and_the_likest_by_brute_force(name, bar):
    scope = GAZETTEER.scope("2209")
    match = judge(plain(name), scope, bar)
    if match.outcome == "found":
        near = {p.code: min(slips(plain(name), n) for n in p.names) for p in scope}
        like = {p.code: max(likeness(plain(name), n) for n in p.names) for p in scope}
        others = [p.code for p in scope if p is not match.place]
        assert like[match.place.code] == match.score >= bar
        assert all(near[match.place.code] < near[code] for code in others)
        assert all(match.score >= like[code] for code in others)


def test_provinces_and_departments_are_found_by_name():
    assert GAZETTEER.match_province("MARISCAL RAMON CASTILLA").place.code == "1604"
    assert GAZETTEER.match_province("Datem del Maranon", "16").place.code == "1607"
    assert GAZETTEER.match_province("Lima").place.inside is False
    assert GAZETTEER.match_department("MADRE DE DIOS").place.code == "17"


def test_a_label_says_where_a_place_is():
    assert GAZETTEER.label("220501") == "Lamas (Lamas, San Martín)"
    assert GAZETTEER.label("160804") == "Yaguas (Putumayo, Loreto)"
    assert GAZETTEER.label("1608") == "Putumayo (Loreto)"
    assert GAZETTEER.label("16") == "Loreto"


def test_a_gazetteer_of_another_territory_knows_its_own_districts_only(grid):
    gazetteer = Gazetteer.of(SimpleNamespace(territory=grid))
    assert set(gazetteer.districts) == set(grid.districts)
    assert gazetteer.changes == ()
    assert gazetteer.match_district("d5").place.code == "990105"
    assert gazetteer.elsewhere("160101").name == "Loreto"


def test_nothing_of_a_gazetteer_can_be_changed():
    for name in ("districts", "provinces", "departments", "reniec", "homonyms"):
        with pytest.raises(TypeError):
            getattr(GAZETTEER, name)["x"] = None
    with pytest.raises(AttributeError):
        GAZETTEER.districts = {}


# the tables of facts


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.csv")))
def test_every_fact_names_its_source(name):
    assert table(name)
    for row in table(name):
        assert row["source"]
        assert None not in row and None not in row.values()


def test_our_provinces_and_departments_bear_the_names_that_inei_gives_them():
    names = {row["code"]: row["name"] for kind in ("provinces", "departments") for row in table(kind)}
    for place in (*TERRITORY.provinces.values(), *TERRITORY.departments.values()):
        assert names[place.code] == place.name


def test_homonyms_are_names_of_ours_and_lie_elsewhere():
    ours = {name for place in GAZETTEER.districts.values() for name in place.names}
    for name, departments in GAZETTEER.homonyms.items():
        assert name in ours
        assert all(not GAZETTEER.departments[code].inside for code in departments)
