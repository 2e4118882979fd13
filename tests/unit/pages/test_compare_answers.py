"""What the comparison screen answers: the tables, the points, the workbook, and refusals in words."""

import base64
import json
from functools import partial
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pytest
from dash import html
from hypothesis import given
from hypothesis import strategies as st
from plotly.utils import PlotlyJSONEncoder

from dashboard import texts
from dashboard.clusters.ranking.comparison import compare
from dashboard.clusters.scoring.criteria import load_criteria
from dashboard.pages.compare import answers
from dashboard.pages.compare.ids import Compare
from dashboard.pages.kit import comparison
from dashboard.pages.kit.drafts import candidate_of

LAMAS = {"id": "p:lamas", "name": "Lamas", "ubigeos": ["220501", "220505", "220510"], "services": ["education"]}
LAMAS_MENDED = {
    "id": "c1",
    "name": "Lamas (2)",
    "ubigeos": ["220501", "220505", "220510", "220511"],
    "replaces": "lamas",
}
FAR = {"id": "p:tambopata", "name": "Tambopata", "ubigeos": ["170101", "170102", "170103"], "services": ["health"]}
EMPTY = {"id": "c2", "name": "Vacía", "ubigeos": []}


def asked(*columns, **more):
    return {"columns": list(columns), "conflictPeriod": [2007, 2023], "hazardPeriod": [2017, 2022], **more}


def words(component) -> str:
    """Everything that a tree of components says."""
    if component is None or isinstance(component, (int, float)):
        return "" if component is None else str(component)
    if isinstance(component, str):
        return component
    if isinstance(component, (list, tuple)):
        return " ".join(map(words, component))
    return words(getattr(component, "children", None))


def found(component, kind):
    """Every component of a kind in a tree, in order."""
    if isinstance(component, (list, tuple)):
        return [hit for child in component for hit in found(child, kind)]
    own = [component] if isinstance(component, kind) else []
    return own + found(getattr(component, "children", None) or [], kind) if hasattr(component, "children") else own


@pytest.mark.parametrize("n", [2, 3, 4])
def test_every_measure_and_rule_has_a_cell_for_each_candidate(dataset, n):
    shown = answers.answer(asked(*[LAMAS, LAMAS_MENDED, FAR, EMPTY][:n]), dataset, "es")["shown"]
    for part, labels in ((Compare.RULES, 0), (Compare.MEASURES, 1)):
        body = found(shown[part], html.Tbody)[0]
        for row in body.children:
            if getattr(row, "className", None) != "group-row":
                assert len(found(row, html.Td)) == n + labels


def test_a_difference_is_signed_and_the_best_is_marked_with_a_word(dataset):
    text = words(answers.answer(asked(LAMAS, LAMAS_MENDED), dataset, "es")["shown"][Compare.MEASURES])
    assert "+1" in text and "★ lo mejor" in text


def test_where_all_are_equal_none_is_the_best(dataset):
    same = answers.answer(asked(LAMAS, {**LAMAS, "id": "c9"}), dataset, "es")["shown"][Compare.MEASURES]
    assert "★" not in words(same)


def test_an_unknown_measure_is_no_data_and_never_best(dataset):
    text = words(answers.answer(asked(LAMAS, EMPTY), dataset, "es")["shown"][Compare.MEASURES])
    assert "s/d" in text and "★" not in text


def test_districts_are_split_into_shared_and_own(dataset):
    text = words(answers.answer(asked(LAMAS, LAMAS_MENDED), dataset, "es")["shown"][Compare.DISTRICTS])
    assert "En todas  (3)" in text
    assert "Solo en A (0)" in text and "Solo en B (1)" in text


def test_with_three_a_district_of_two_names_whose_it_is(dataset):
    text = words(answers.answer(asked(LAMAS, LAMAS_MENDED, FAR), dataset, "es")["shown"][Compare.DISTRICTS])
    assert "Lamas (A, B)" in text


def test_many_districts_are_counted_rather_than_listed(dataset):
    whole = {"id": "c3", "name": "Todo", "ubigeos": list(dataset.territory.in_department("01"))}
    shown = answers.answer(asked(LAMAS, whole), dataset, "es")["shown"][Compare.DISTRICTS]
    assert len(found(shown, html.Li)) <= 3 + comparison.MOST_CHIPS + 1


def test_the_foot_carries_codes_sources_and_the_limits_notice(dataset):
    text = words(answers.answer(asked(LAMAS, FAR), dataset, "es")["shown"][Compare.FOOT])
    for part in ("2205-010510.E", "INDECI", "Límites", dataset.edition[:8], "2007–2023"):
        assert part in text


def test_the_points_for_the_browser_are_those_of_the_domain(dataset):
    sent = asked(LAMAS, FAR)
    values = answers.answer(sent, dataset, "es")["values"]
    domain = compare([candidate_of(c, dataset) for c in sent["columns"]], dataset, conflict_period=(2007, 2023))
    assert values["ids"] == ["p:lamas", "p:tambopata"]
    assert list(values["points"]) == list(load_criteria())
    for row in domain.criteria:
        if row.used:
            assert values["points"][row.criterion.key] == pytest.approx(row.points)


def test_what_one_lacks_the_other_still_shows(dataset):
    points = answers.answer(asked(LAMAS, EMPTY), dataset, "es")["values"]["points"]
    assert points["density"][0] is not None and points["density"][1] is None


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_answer_is_small_and_in_the_readers_language(dataset, language):
    answer = answers.answer(asked(LAMAS, FAR), dataset, language)
    assert texts.say(language, "rule.contiguous.name") in words(answer["shown"][Compare.RULES])
    assert len(json.dumps(answer, cls=PlotlyJSONEncoder)) < 110_000


@pytest.mark.parametrize(
    "sent",
    [
        None,
        {},
        [],
        {"columns": "abc"},
        asked(),
        asked(LAMAS),
        asked(*[LAMAS] * 5),
        asked(LAMAS, None),
        asked(LAMAS, {"ubigeos": "220501"}),
        asked(LAMAS, {"ubigeos": ["999999"]}),
        asked(LAMAS, {"ubigeos": [["220501"]]}),
    ],
)
def test_bad_input_is_refused_in_a_sentence(dataset, sent):
    answer = answers.answer(sent, dataset, "es")
    assert answer["refused"] and answer["values"] is None
    assert words(answer["shown"][Compare.REFUSED]).endswith(".")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(columns=st.lists(JSON | st.fixed_dictionaries({"ubigeos": st.lists(JSON, max_size=3)}), max_size=5), period=JSON)
def test_no_input_breaks_the_answer(dataset, columns, period):
    answer = answers.answer({"columns": columns, "conflictPeriod": period, "hazardPeriod": period}, dataset, "en")
    assert answer["refused"] or answer["values"]


@given(weights=JSON, judgements=JSON)
def test_no_weight_or_judgement_breaks_the_workbook(dataset, weights, judgements):
    try:
        answers.workbook(asked(LAMAS, FAR), weights, judgements, dataset, "es")
    except answers.Incomparable as reason:
        assert str(reason)


def _sheet(download):
    return openpyxl.load_workbook(BytesIO(base64.b64decode(download["content"])))


def test_the_workbook_has_the_groups_weights_and_judgements(dataset):
    judgements = {
        "p:lamas": {"political_will": {"score": 4, "note": "x"}},
        "p:tambopata": {"political_will": {"score": 2}},
    }
    download = answers.workbook(asked(LAMAS, FAR), {"gap": 4.5}, judgements, dataset, "es")
    say = partial(texts.say, "es")
    rows = {row[0].value: row for row in _sheet(download)[say("workbook.sheet_comparison")].iter_rows()}
    assert rows[say("criterion.gap.name")][4].value == 4.5
    assert [cell.value for cell in rows[say("criterion.political_will.name")][6:8]] == [4, 2]
    assert str(rows[say("workbook.score")][8].value).startswith("=")


def test_a_judgement_outside_the_scale_is_refused(dataset):
    with pytest.raises(answers.Incomparable):
        answers.workbook(asked(LAMAS, FAR), {}, {"p:lamas": {"safe_travel": {"score": 9}}}, dataset, "es")


def test_a_proposal_is_judged_as_in_the_record_but_for_what_was_judged_here():
    kept = [SimpleNamespace(id="lamas", judgements={"political_will": 4.0, "safe_travel": 2.0})]
    two = asked(LAMAS, FAR)
    assert answers.given_judgements(two, None, kept) == [{"political_will": 4.0, "safe_travel": 2.0}, {}]
    here = {"p:lamas": {"political_will": {"score": 5}, "safe_travel": {"score": None}}}
    assert answers.given_judgements(two, here, kept) == [{"political_will": 5}, {}]


def test_a_note_alone_is_no_judgement():
    sent = {"p:lamas": {"safe_travel": {"score": None, "note": "lejos"}}}
    assert answers.given_judgements(asked(LAMAS), sent) == [{}]
