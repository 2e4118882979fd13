"""One module adds a rule, one a measure, a table a criterion: with their words they are judged and seen everywhere."""

import io
import json
import sys
from dataclasses import replace
from functools import partial

import openpyxl
import plotly.utils
import pytest

from dashboard import texts
from dashboard.clusters.measures import MEASURES, catalogue, measure_all
from dashboard.clusters.model.candidate import Candidate
from dashboard.clusters.planning.plan import feasible_pool
from dashboard.clusters.ranking.changes import single_changes
from dashboard.clusters.ranking.comparison import compare
from dashboard.clusters.ranking.intervals import intervals
from dashboard.clusters.ranking.standing import rankings
from dashboard.clusters.rules import RULES, Context, judge, load_parameters, programme, rules
from dashboard.clusters.rules.parameters import RULES_FILE
from dashboard.clusters.scoring.criteria import CRITERIA_FILE, load_criteria, values_for
from dashboard.clusters.scoring.pools import pool
from dashboard.clusters.scoring.terms import FIXED, Terms
from dashboard.clusters.writing.wording import verdict_sentence
from dashboard.clusters.writing.workbook import comparison_workbook
from dashboard.pages.kit import comparison as tables
from dashboard.pages.kit import verdicts as panel

RULE = '''
"""Not too many districts: `most` of them."""

import numpy as np

from dashboard.clusters.rules import FAIL, PASS, Finding, Rule, count


class MaximumSize(Rule):
    key = "maximum_size"
    parameters = {"most": count(1)}
    of_form = True

    def judge(self, groups, intent, context):
        too_many = groups.sizes - context.parameters.get(self.key, "most")
        return Finding.of(np.where(too_many > 0, FAIL, PASS), too_many)

    def reasons(self, candidate, context, status, distance):
        return self.verdict(status, n=len(candidate), too_many=distance)


RULES = (MaximumSize(),)
'''
MEASURE = '''
"""How many of the districts are provincial capitals."""

from dataclasses import dataclass

from dashboard.clusters.measures import Measure, of_resource


@dataclass(frozen=True, kw_only=True)
class Capitals(Measure):
    def values(self, chosen):
        return 100 * chosen.capitals.sum(axis=1) / chosen.groups.sizes

    def detail(self, chosen, row):
        return {"capitals": chosen.districts(row, chosen.capitals)}


MEASURES = (
    Capitals(
        key="capitals_percent", group="government", unit="percent", better="lower", decimals=1, resource="districts",
        dated=of_resource("districts"),
    ),
)
'''
PARAMETERS = "[maximum_size]\nmost = 4\n\n"
CRITERION = """
[capitals]
measure = "capitals_percent"
direction = "lower"
zero_at = 100.0
hundred_at = 0.0
weight = 1.0
"""
WORDS = {
    "es": """
[rule.maximum_size]
name = "No demasiados"
help = "A lo más cuatro."
pass = "Son {n}, no son demasiados."
fail = "Son {n} y sobran {too_many}."
none = "Elija distritos."
[measure.capitals_percent]
name = "Capitales entre ellos"
help = "Parte de los distritos."
[criterion.capitals]
name = "Pocas capitales"
figure = "Capitales"
reason = "Las capitales tienen otra municipalidad."
""",
    "en": """
[rule.maximum_size]
name = "Not too many"
help = "Four at most."
pass = "There are {n}, not too many."
fail = "There are {n}, {too_many} too many."
none = "Choose districts."
[measure.capitals_percent]
name = "Capitals among them"
help = "Share of the districts."
[criterion.capitals]
name = "Few capitals"
figure = "Capitals"
reason = "Capitals have another municipality."
""",
}


def written(path, content):
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, "utf-8")
    return path


@pytest.fixture
def added(tmp_path, monkeypatch, dataset):
    """The data set (anew, so that nothing is kept of it), and the terms and context with what was added."""
    for package, known, name, module in (
        (programme, RULES, "maximum_size", RULE), (catalogue, MEASURES, "capitals", MEASURE),
    ):  # fmt: skip
        folder = written(tmp_path / package.__name__ / f"{name}.py", module).parent
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
        known.forget()
    for language, words in WORDS.items():
        written(tmp_path / "words" / f"added.{language}.toml", words)
    monkeypatch.setattr(texts, "FOLDERS", (*texts.FOLDERS, tmp_path / "words"))
    parameters = written(tmp_path / "rules.toml", PARAMETERS + RULES_FILE.read_text("utf-8"))
    criteria = written(tmp_path / "criteria.toml", CRITERIA_FILE.read_text("utf-8") + CRITERION)
    fresh = replace(dataset)
    terms = Terms(services=frozenset({"health"}), criteria=load_criteria(criteria))
    yield fresh, terms, Context.of(fresh, parameters=load_parameters(parameters))
    for package, known, name in ((programme, RULES, "maximum_size"), (catalogue, MEASURES, "capitals")):
        sys.modules.pop(f"{package.__name__}.{name}", None)
        known.forget()


@pytest.fixture
def five(dataset):
    """Five districts of Lamas that hang together, among them the capital of the province."""
    among = pool(dataset, Terms((5, 5)), "2205").groups
    return Candidate(next(among.ubigeos(row) for row in range(len(among)) if "220501" in among.ubigeos(row)))


def spoken(component):
    return json.dumps(component, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False)


def test_nothing_added_is_nothing_found():
    assert "maximum_size" not in RULES and "capitals_percent" not in MEASURES


def test_a_rule_of_one_module_is_judged_for_one_for_many_and_in_a_plan(added, five):
    dataset, terms, context = added
    verdict = judge(five, context)[0]
    assert (verdict.rule, verdict.status) == ("maximum_size", "fail")
    assert verdict_sentence(partial(texts.say, "es"), verdict) == "Son 5 y sobran 1."
    everything = pool(dataset, terms, "2205")
    found = rules.judge_groups(everything.groups, five, context).findings["maximum_size"]
    assert (found.distance == (everything.groups.sizes - 4).clip(0)).all()
    assert feasible_pool(dataset, terms, context).groups.sizes.max() == 4
    offered = single_changes(five, dataset, context, terms)
    assert {change.kind for change in offered.changes if "maximum_size" in change.mended} == {"drop"}


def test_a_measure_and_a_criterion_are_measured_for_one_in_the_pool_and_in_the_ranking(added, five):
    dataset, terms, _ = added
    figures = measure_all(five, dataset)
    assert figures["capitals_percent"].value == 20 and figures["capitals_percent"].detail["capitals"] == ("220501",)
    assert values_for(five, figures, criteria=terms.criteria)["capitals"] == 20
    everything = pool(dataset, terms, "2205")
    row = everything.groups.index(five.ubigeos)
    assert everything.measures["capitals_percent"][row] == everything.values["capitals"][row] == 20
    assert everything.scale.used["capitals"] > 0
    place = rankings(five, dataset, terms)[0].criteria["capitals"]
    assert place.value == 20 and place.of == len(everything)
    assert intervals([five.ubigeos], dataset, terms)[0].criteria["capitals"].exact


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_what_was_added_is_seen_in_panel_comparison_and_workbook(added, five, language):
    dataset, terms, context = added
    say = partial(texts.say, language)
    other = five.remove(max(five.ubigeos - {"220501"}))
    compared = compare([five, other], dataset, context=context, criteria=terms.criteria, anchors=FIXED)
    rule, measure, criterion = (
        say(f"{key}.name") for key in ("rule.maximum_size", "measure.capitals_percent", "criterion.capitals")
    )
    shown = spoken(panel.rules(judge(five, context), five, dataset, language))
    assert rule in shown and say("rule.maximum_size.fail", n=5, too_many=1) in shown
    periods = ((2004, 2022), (2017, 2022))
    assert measure in spoken(panel.measures(five, measure_all(five, dataset), *periods, dataset, language))
    assert rule in spoken(tables.rules(compared, dataset, language))
    assert measure in spoken(tables.measures(compared, dataset, language))
    row = next(row for row in compared.criteria if row.criterion.key == "capitals")
    assert row.values == (20, 25) and row.points == (80, 75) and row.used
    book = openpyxl.load_workbook(io.BytesIO(comparison_workbook(compared, dataset, say, language)))
    titles = [{line[0].value for line in sheet.iter_rows()} for sheet in book.worksheets]
    assert [name in held for name, held in zip((criterion, measure, rule), titles, strict=False)] == [True] * 3
