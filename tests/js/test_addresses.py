"""Hold what the browser makes of addresses that people bring along: whole, in part, damaged, twice."""

import pytest

from dashboard.clusters.model import codes
from dashboard.clusters.scoring.criteria import load_criteria

READ = """
const { readCandidates } = await load("model/address");
const { say } = await load("core/words");
const found = readCandidates(given);
return { ...found, told: found.problems.map(([key, fields]) => say(`said.${key}`, fields)) };"""

RECEIVED = """
const { readCandidates } = await load("model/address");
const { empty, receive, shown } = await load("model/drafts");
const opened = (drafts, search) => {
  const { candidates, active } = readCandidates(search);
  return receive(drafts, candidates, active).drafts;
};
const drafts = given.reduce(opened, empty());
return { n: drafts.candidates.length, shown: shown(drafts) };"""

COMPARED = """
const { readComparison } = await load("model/address");
const { say } = await load("core/words");
const known = new Set(given.known);
const found = readComparison(given.search, (token) => (known.has(token) ? token : null), given.criteria);
return { ...found, told: found.problems.map(([key, fields]) => say(`said.${key}`, fields)) };"""

ODD = [
    "c=|||&a=p:atlantis", "c=~~~~&a=", "a=-1&c=%20", "d=16&d=22", "?&&=&%", "c=" + "x~y|" * 40, "f=&m=&o=&pc=", "%",
    "=", "c=%E0%A4%A", "c=%25E0", "w=&j=&k=", "k=....", "k=.p:&w=gap&j=*", "a=999999999999999999999",
    "c=~2205-01.A~~~", "p=&l=&q=",
]  # fmt: skip
FIVE = ["p:lamas", "p:condorcanqui", "p:coronel-portillo", "p:alto-amazonas", "p:tambopata"]


@pytest.fixture(scope="module")
def criteria():
    """The criteria as a browser has them."""
    return [
        {"key": c.key, "judged": c.judged, "weight": c.weight, "most": 5, "zero": c.zero_at, "hundred": c.hundred_at}
        for c in load_criteria().values()
    ]


def test_a_code_alone_is_a_candidate(run):
    found = run(RECEIVED, ["c=2205-010510.E&a=0"])
    assert found["shown"]["ubigeos"] == ["220501", "220505", "220510"]


def test_an_address_opened_twice_does_not_double_its_candidates(run):
    search = f"c=Ribera~{codes.encode(['160101', '160102'])}~h~1~&a=0"
    found = run(RECEIVED, [search, search])
    assert found["n"] == 1 and found["shown"]["name"] == "Ribera"


def test_the_address_of_a_proposal_opens_it(run, dataset):
    proposal = dataset.proposals[2]
    found = run(RECEIVED, [f"a=p%3A{proposal.id}"])
    assert set(found["shown"]["ubigeos"]) == proposal.ubigeos


def test_a_damaged_code_is_told_and_the_rest_is_read(run):
    damaged = {
        "A~2205-0105.A~h~1~": "error de copia",
        "A~junk~h~1~": "No se entiende el código",
        "A~9999-01." + codes.check_letter("9999-01") + "~h~1~": "999901",
        "%25E0%25A4%25A": "No se entiende el código",
    }
    found = run(READ, f"c={'|'.join(damaged)}|Sana~{codes.encode(['160101'])}~h~1~&a=4")
    for expected, sentence in zip(damaged.values(), found["told"], strict=True):
        assert expected in sentence
    assert [c["name"] for c in found["candidates"]] == ["Sana"]
    assert found["places"] == [None] * 4 + [0] and found["active"] == "0"


def test_a_name_is_escaped_once_and_an_address_of_before_is_read(run):
    query = run(
        """
        const { write } = await load("model/address");
        const own = { id: "c1", name: given, ubigeos: ["220501"], services: ["health"], phase: 1, replaces: null };
        const periods = { conflictPeriod: [], hazardPeriod: [] };
        const view = { department: "", fill: "x", method: "q", count: 5, overlays: [], ...periods };
        return write(view, { candidates: [own], active: "c1" }, null, null, null, null);""",
        "Bajo Marañón y río Mayo",
    )
    assert "%25" not in query and "Bajo+Mara%C3%B1%C3%B3n+y+r%C3%ADo+Mayo" in query
    code = codes.encode(["220501"])
    for written in ("Bajo%2520Mara%25C3%25B1%25C3%25B3n", "Bajo+Mara%C3%B1%C3%B3n"):
        assert run(READ, f"c={written}~{code}~h~1~&a=0")["candidates"][0]["name"] == "Bajo Marañón"


def test_a_candidate_of_every_district_fits_an_address(run, dataset):
    every = sorted(dataset.territory.districts)
    made = run(
        """
        const { readCandidates, write } = await load("model/address");
        const [view, ubigeos] = given;
        const own = { id: "c1", name: "Todos", ubigeos, services: ["health"], phase: 1, replaces: null };
        const query = write(view, { candidates: [own], active: "c1" }, null, null, null, null);
        return [query.length, readCandidates(query).candidates[0].ubigeos];""",
        [
            {
                "department": "", "fill": "gap_combined", "method": "quantiles", "count": 5, "overlays": ["clusters"],
                "conflictPeriod": [2007, 2023], "hazardPeriod": [2017, 2022], "hazard": "",
            },
            every,
        ],
    )  # fmt: skip
    assert made[0] < 4_000
    assert made[1] == every


def test_what_a_link_gets_wrong_is_told_and_the_rest_is_compared(run, criteria):
    search = f"k={'.'.join(FIVE[:2])}.p:nowhere.9&w=gap-99*density-2&j=gap-3"
    found = run(COMPARED, {"search": search, "known": FIVE, "criteria": criteria})
    told = " ".join(found["told"])
    assert all(f"«{part}»" in told for part in ("p:nowhere", "9", "gap-99", "gap-3"))
    assert found["compared"]["ids"] == FIVE[:2]
    assert found["weights"] == {"density": 2}
    assert found["judgements"] == {}


def test_of_five_the_first_four_are_compared_and_that_is_told(run, criteria):
    found = run(COMPARED, {"search": f"k={'.'.join(FIVE)}", "known": FIVE, "criteria": criteria})
    assert found["compared"]["ids"] == FIVE[:4]
    assert "4" in found["told"][0]


def test_what_is_taken_in_hand_later_joins_an_earlier_choice_as_the_first(run):
    found = run("""
        const { resolve } = await load("model/comparison");
        const { empty, reduce } = await load("model/drafts");
        const { listed } = await load("model/proposals");
        const ids = listed().slice(0, 2).map((p) => `p:${p.id}`);
        const chosen = { ids, chosen: true, inHand: empty().active };
        const nothing = { past: [], future: [] };
        const begun = reduce(empty(), nothing, { type: "start" }).drafts;
        const drawn = reduce(begun, nothing, { type: "add", us: ["160201"] }).drafts;
        const others = [resolve(empty(), chosen).ids, resolve(begun, chosen).ids];
        return { ids, others, own: drawn.active, joined: resolve(drawn, chosen).ids };
    """)
    assert found["joined"] == [found["own"], *found["ids"]]
    # one without districts is not compared yet
    assert found["others"] == [found["ids"]] * 2


@pytest.mark.parametrize("search", ODD)
def test_no_address_is_too_odd_to_be_read(run, criteria, search):
    """What cannot be read is left out or told; something is always shown."""
    found = run(
        """
        const { readCandidates, readComparison, readWeights, write } = await load("model/address");
        const { empty, receive, shown } = await load("model/drafts");
        const { search, criteria } = given;
        const { candidates, active, problems } = readCandidates(search);
        const { drafts } = receive(empty(), candidates, active);
        readComparison(search, () => null, criteria);
        readWeights(search, criteria);
        return { shown: shown(drafts), keys: problems.map(([key]) => key) };""",
        {"search": search, "criteria": criteria},
    )
    assert found["shown"]
    assert set(found["keys"]) <= {"bad_code", "bad_code_check", "unknown_ubigeo", "unknown_proposal"}
