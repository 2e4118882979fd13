"""What only the figures show is asked: the opposite of an indicator, several rows a district."""

import pytest

from geodata.readers.indicators import indicators
from geodata.readers.indicators.reversal import opposed
from geodata.reports.files import filled

SOURCE = {"source": "INEI", "year": "2020"}
ILLITERACY, LITERACY = "illiteracy_15plus", "Alfabetismo 15 y más años"


def values(changes):
    rows = changes.upserts["indicators"].dropna(subset=["value"])
    return {r.ubigeo: r.value for r in rows.itertuples()}


def questions(path, dataset, **answers):
    return {q.key: q for q in indicators.understand(path, dataset, {**SOURCE, **answers}).questions}


@pytest.fixture
def literacy(table, dataset):
    """A file of literacy: what illiteracy in use leaves of a hundred, in twenty districts."""
    used = dataset.value(ILLITERACY, dataset.latest_year(ILLITERACY)).dropna().iloc[:20]
    rows = "".join(f"{u};{100 - v:.2f};{100 - v:.2f}\n" for u, v in used.items())
    return table(f"ubigeo;X1;{LITERACY}\n{rows}"), used


def test_figures_that_run_the_other_way_are_asked_about_and_turned_round(literacy, dataset, bring):
    path, used = literacy
    columns = f"X1={ILLITERACY}"
    asked = questions(path, dataset, columns=columns)
    question = asked[f"reverse:{ILLITERACY}"]
    assert set(question.choices) == {"yes", "no"} and question.fields["alike"] < -0.99
    assert "van al revés" in filled(question.message, question.fields, "es")
    changes, report = bring(path, {**SOURCE, "columns": columns, f"reverse:{ILLITERACY}": "yes"})
    assert values(changes) == pytest.approx({u: round(v, 2) for u, v in used.items()}, abs=0.006)
    assert [e.fields["cells"] for e in report.of("repaired") if e.message == "tables.repaired.reversed"] == [20]
    changes, _ = bring(path, {**SOURCE, "columns": columns, f"reverse:{ILLITERACY}": "no"})
    assert values(changes)[used.index[0]] == pytest.approx(100 - used.iloc[0], abs=0.006)


def test_the_opposite_is_offered_as_the_opposite(literacy, dataset):
    path, _ = literacy
    choices = questions(path, dataset)[f"column:{LITERACY}"].choices
    assert choices[f"value:{ILLITERACY}"] == "tables.choice.opposite" and "ignore" in choices


def test_figures_that_run_the_same_way_are_not_asked_about(table, dataset):
    used = dataset.value(ILLITERACY, dataset.latest_year(ILLITERACY)).dropna().iloc[:20]
    path = table("ubigeo;Analfabetismo\n" + "".join(f"{u};{v:.1f}\n" for u, v in used.items()))
    assert not questions(path, dataset, columns=f"Analfabetismo={ILLITERACY}")


@pytest.mark.parametrize(
    ("column", "label", "opposite"),
    [
        ("Alfabetismo", "Analfabetismo, 15 y más años", True),
        ("Viviendas con agua segura", "Viviendas sin agua segura", True),
        ("Acceso a electricidad", "Viviendas rurales sin electricidad", True),
        ("pct_asegurados", "Sin seguro de salud", True),
        ("Viviendas sin agua", "Viviendas sin agua segura", False),
        ("analfabetismo_2017", "Analfabetismo, 15 y más años", False),
        ("Anemia", "Anemia, 6 a 35 meses", False),
        ("Población con NBI", "Población con alguna necesidad básica insatisfecha", False),
    ],
)
def test_a_name_that_says_the_opposite_is_known_for_it(column, label, opposite):
    assert opposed(column, [label]) is opposite


STATIONS = "ubigeo;mesa;electores;tasa;n\n" + "".join(
    f"{u};{m};{v};{r};{n}\n"
    for u, m, v, r, n in (
        ("010101", 1, 200, 10, 100), ("010101", 2, 250, 20, 300), ("010103", 1, 100, 30, 50), ("010103", 2, 90, 50, 50),
        ("010104", 1, 70, 40, 10),
    )
)  # fmt: skip


def test_several_rows_a_district_are_summed_where_a_person_says_so(table, dataset, bring):
    path, columns = table(STATIONS), {"columns": "electores=population"}
    question = questions(path, dataset, **columns)["several:population"]
    assert set(question.choices) == {"sum", "last", "none"} and question.fields["districts"] == 3
    changes, report = bring(path, {**SOURCE, **columns, "several:population": "sum"})
    assert values(changes) == {"010101": 450, "010103": 190, "010104": 70}
    assert [e.fields["districts"] for e in report.events if e.message == "tables.note.several.sum"] == [2]
    changes, _ = bring(path, {**SOURCE, **columns, "several:population": "last"})
    assert values(changes) == {"010101": 250, "010103": 90, "010104": 70}
    _, report = bring(path, {**SOURCE, **columns, "several:population": "none"})
    assert [e.message for e in report.faults] == ["tables.fault.twice"] * 2


def test_rates_are_never_summed_and_averaged_only_by_their_sample(table, dataset, bring):
    columns = {"columns": "tasa=monetary_poverty"}
    path = table(STATIONS)
    assert set(questions(path, dataset, **columns)["several:monetary_poverty"].choices) == {"last", "none"}
    assert "several:monetary_poverty" in questions(path, dataset, **columns, **{"several:monetary_poverty": "sum"})
    weighed = {**columns, "column:n": "sample:monetary_poverty"}
    assert set(questions(path, dataset, **weighed)["several:monetary_poverty"].choices) == {"mean", "last", "none"}
    changes, _ = bring(path, {**SOURCE, **weighed, "several:monetary_poverty": "mean"})
    assert values(changes) == {"010101": 17.5, "010103": 40, "010104": 40}


def test_a_row_that_is_not_known_leaves_the_sum_unknown(table, bring):
    answers = {**SOURCE, "columns": "electores=population", "several:population": "sum"}
    changes, report = bring(table(STATIONS.replace("2;250;", "2;NA;")), answers)
    assert values(changes) == {"010103": 190, "010104": 70}
    (left,) = [e for e in report.events if e.message == "tables.left_out.several_unknown"]
    assert (left.ubigeo, left.row, left.fields["numbers"]) == ("010101", 3, ("3",))


def test_one_district_that_stands_twice_is_a_slip_and_no_table_of_several_rows(table, dataset):
    text = "ubigeo;pob\n010101;1\n010101;2\n010103;3\n010104;4\n010105;5\n"
    assert not questions(table(text), dataset, columns="pob=population")


def test_shares_among_percentages_of_one_year_are_told_by_their_rows(table, bring):
    text = "ubigeo;pobreza\n010101;0,45\n010102;45,5\n010103;0,5\n010104;62,5\n010105;38,2\n"
    _, report = bring(table(text), {**SOURCE, "columns": "pobreza=monetary_poverty"})
    (note,) = [e for e in report.events if e.message == "tables.note.mixed_scale"]
    assert (note.fields["cells"], note.fields["numbers"]) == (2, ("2", "4"))
