"""What a group judged in a meeting is taken into a comparison whole, halves too, and goes along in its address."""

USING = """
const Judgements = await load("model/judgements");
const other = { political_will: { score: 1, note: "" } };
const before = { "p:lamas": { safe_travel: { score: 2, note: "lejos" } }, other };
const scores = { political_will: 3.5, safe_travel: 4 };
const next = Judgements.using(before, "p:lamas", scores);
return [next, [before, next].map((own) => Judgements.counts(own, "p:lamas", scores))];"""

ADDRESS = """
const { write, readComparison } = await load("model/address");
const judgements = { "p:lamas": { political_will: { score: 3.5, note: "" }, safe_travel: { score: 4, note: "" } } };
const compared = { ids: ["p:lamas", "p:rioja"], chosen: true };
const periods = { conflictPeriod: [2013, 2014], hazardPeriod: [2013, 2014] };
const view = { department: "", fill: "gap", method: "quantiles", classes: 5, overlays: [], ...periods };
const text = write(view, { candidates: [], active: "" }, compared, null, judgements, null);
const criteria = ["political_will", "safe_travel"].map((key) => ({ key, most: 5, judged: true }));
const read = (j) => readComparison(`?k=p:lamas.p:rioja&j=${j}`, (token) => token, criteria);
const sent = new URLSearchParams(text).get("j");
return [sent, read(sent).judgements, read("political_will-3_2").problems.length];"""

KEPT = """
const { opened } = await load("model/judgements");
const kept = { x: { political_will: { score: 3.5, note: "" }, safe_travel: { score: 9, note: "" } } };
const criteria = ["political_will", "safe_travel"].map((key) => ({ key, most: 5, judged: true }));
return opened(null, {}, kept, criteria).judgements;"""


def test_the_groups_judgement_is_taken_and_notes_stay(run):
    next_, counts = run(USING)
    assert next_["p:lamas"] == {
        "political_will": {"score": 3.5, "note": ""},
        "safe_travel": {"score": 4, "note": "lejos"},
    }
    assert next_["other"] == {"political_will": {"score": 1, "note": ""}}
    assert counts == [False, True]


def test_halves_go_along_in_the_address_and_nothing_finer(run):
    sent, read, problems = run(ADDRESS)
    assert sent == "political_will-3_5*safe_travel-4."
    assert read["p:lamas"] == {"political_will": {"score": 3.5, "note": ""}, "safe_travel": {"score": 4, "note": ""}}
    assert problems == 1


def test_halves_are_kept_in_the_browser(run):
    own = run(KEPT)["x"]
    assert own["political_will"]["score"] == 3.5 and own["safe_travel"]["score"] is None
