"""Hold the browser to what it and the server both know: every case of the tables that the server's tests run too."""

import random

import pandas as pd
import pytest

from dashboard import texts
from layers.classes import READY_METHODS, breaks
from tests import cases

CODES = """
const { encode, decode } = await load("model/address");
if (given.code !== undefined) return [encode([...given.ubigeos].reverse()), decode(given.code)];
try { return decode(given.read); } catch (problem) { return problem[0]; }"""
# what is missing is told by the same sentence as what cannot be understood
TOLD = {
    "malformed": "bad_code", "missing_check": "bad_code", "wrong_check": "bad_code_check",
    "unknown_district": "unknown_ubigeo",
}  # fmt: skip

NAME = """
const { nameOf } = await load("core/file");
return nameOf(given.holds, given.kind, given.ending, given.day);"""

SCORES = """
const scores = await load("model/scores");
const { scales, values, weights } = given;
const keys = Object.keys(scales);
const pointsOf = (key) => {
  const [zero, hundred] = scales[key];
  return values.map((row) => (row[key] === null ? null : scores.pointsOf({ zero, hundred }, row[key])));
};
const points = Object.fromEntries(keys.map((key) => [key, pointsOf(key)]));
const found = scores.score(points, weights, keys, values.length);
return { ...found, places: scores.ranks(found.totals), turns: scores.turns(points, weights, found) };"""

RANKS = """
const { places, placeAmong } = await load("model/numbers");
const { values, decimals } = given;
const among = (value) => (value === null ? null : placeAmong(value, values, decimals));
return [places(values, decimals), values.map(among)];"""

CLASSES = """
const { classOf, cut } = await load("model/classes");
const bounds = given.method ? cut(given.values, given.method, given.count, given.decimals) : null;
return [bounds, given.values.map((value) => classOf(value, given.bounds))];"""

VIEW = """
const { write } = await load("model/address");
return write(given, { candidates: [], active: "" }, null, null, null, null);"""

PLANS = """
const PlanAddress = await load("model/plan_address");
return [PlanAddress.write(given), PlanAddress.USUAL];"""

LINK = """
const { readCandidates, readComparison } = await load("model/address");
const { page } = await load("core/page");
page.proposals.proposals = given.proposals;
const { search } = new URL(given.address, "http://x");
const idOf = (token) => (/^[0-9]+$/.test(token) ? `c${token}` : token);
const read = readCandidates(search);
const found = readComparison(search, idOf, [{ key: "gap", most: 5, judged: false }]);
return { ...read, ids: found && found.compared.ids, told: found ? found.problems : [] };"""

IDENTITIES = """
const { letters, ofGroups } = await load("model/identity");
if (given.places) return given.places.map(letters);
return ofGroups(given.groups, given.kept).map(({ kind, ...identity }) => identity);"""

WRITE = """
const { number, rounded } = await load("model/numbers");
return [number(given.value, given.decimals), rounded(given.value, given.decimals)];"""


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("case", cases.read("numbers"), ids=lambda case: f"{case['value']}-{case['decimals']}")
def test_numbers(run, case, language):
    # the words are those of Spanish
    written = case["es" if case["value"] is None else language]
    assert run(WRITE, case, language) == [written, case["rounded"]]


@pytest.mark.parametrize("case", cases.read("codes"), ids=cases.why)
def test_codes(run, case):
    if "code" in case:
        assert run(CODES, case) == [case["code"], case["ubigeos"]]
    else:
        assert run(CODES, case) == (TOLD[case["refused"]] if "refused" in case else case["ubigeos"])


@pytest.mark.parametrize("case", cases.read("names"), ids=cases.why)
def test_names_of_files(run, case):
    assert run(NAME, case) == case["name"]


@pytest.mark.parametrize("case", cases.read("scores"), ids=cases.why)
def test_scores(run, case):
    made = run(SCORES, case)
    assert made["totals"] == pytest.approx(case["totals"], abs=1e-12)
    assert [made[name] for name in ("leftOut", "places")] == [case[name] for name in ("leftOut", "places")]
    assert made["turns"] == [turn | {"weight": pytest.approx(turn["weight"])} for turn in case["turns"]]


@pytest.mark.parametrize("case", cases.read("ranks"), ids=cases.why)
def test_ranks(run, case):
    places, among = run(RANKS, case)
    assert places == case["places"]
    known = sum(value is not None for value in case["values"])
    assert among == [place and [place, known] for place in case["places"]]


@pytest.mark.parametrize("case", cases.read("classes"), ids=cases.why)
def test_classes(run, case):
    bounds, found = run(CLASSES, case)
    assert found == case["classes"]
    # natural breaks are cut by the server alone
    assert bounds == (case["bounds"] if case.get("method") in READY_METHODS else None)


@pytest.mark.parametrize("method", READY_METHODS)
def test_classes_are_cut_as_the_server_cuts_them(run, method):
    chance = random.Random(method)
    for decimals in (0, 1, 2):
        for count in (5, 6, 7):
            values = [
                round(chance.expovariate(1 / 40), chance.choice((0, 1, 3))) for _ in range(chance.randint(3, 240))
            ]
            given = {"values": values, "bounds": [1], "method": method, "count": count, "decimals": decimals}
            assert run(CLASSES, given)[0] == breaks(pd.Series(values), method, count, decimals)


@pytest.mark.parametrize("case", cases.read("views"), ids=cases.why)
def test_addresses_of_what_the_map_shows(run, case):
    assert f"/?{run(VIEW, case['view'])}" == case["address"]


@pytest.mark.parametrize("case", cases.read("searches"), ids=cases.why)
def test_addresses_of_a_search(run, case):
    # what an address does not say the screen fills with no districts
    sought = {name: [] if value is None else value for name, value in case["sought"].items()}
    made = run('const { withSought } = await load("model/address"); return withSought("", given);', sought)
    assert f"/proponer?{made}" == case["address"]


@pytest.mark.parametrize("case", cases.read("plans"), ids=cases.why)
def test_addresses_of_plans(run, case):
    made, usual = run(PLANS, case["plans"])
    assert "/plan?" + made.removeprefix("&") == case["address"]
    if made == "":
        assert usual == case["plans"]["now"]


@pytest.mark.parametrize("case", cases.read("links"), ids=cases.why)
def test_links_of_the_register(run, case):
    found = run(LINK, case)
    assert found["problems"] == found["told"] == []
    assert found["ids"] == case["ids"]
    assert found["active"] == case["active"]
    read = [
        {key: one[key] for key in ("name", "ubigeos", "services", "phase", "replaces")} for one in found["candidates"]
    ]
    assert read == case["candidates"]


@pytest.mark.parametrize("case", cases.read("group_weights"), ids=cases.why)
def test_weights_of_a_ranking(run, case):
    asks = 'const { centroidWeights } = await load("model/group_weights"); return centroidWeights(given);'
    assert run(asks, case["places"]) == pytest.approx(case["weights"], abs=1e-15)


@pytest.mark.parametrize("case", cases.read("identities"), ids=cases.why)
def test_by_what_clusters_go(run, case):
    assert run(IDENTITIES, case) == (case["letters"] if "places" in case else case["identities"])
