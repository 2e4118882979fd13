"""Rules agree with brute force, with the worked example of the first proposals, and say what to do."""

import random
from dataclasses import replace
from types import SimpleNamespace

import networkx as nx
import pytest

from dashboard import texts
from dashboard.clusters.model.candidate import Candidate
from dashboard.clusters.rules.parameters import load_parameters, read_parameters
from dashboard.clusters.rules.rules import RULES, STATUSES, Context, Verdict, judge, worst
from dashboard.clusters.writing.wording import verdict_sentence
from geodata.model.territory import Department, District, Province, Territory, UnknownUbigeo
from geodata.shared import Unusable


def by_rule(candidate, context):
    return {verdict.rule: verdict for verdict in judge(candidate, context)}


def proposal(name, ubigeos, state="validated", phase=1):
    return SimpleNamespace(
        id=name,
        name=name,
        ubigeos=frozenset(ubigeos),
        state=state,
        phase=phase,
        services=frozenset(),
    )


def parameters(**changes):
    """The parameters with some rules changed: contiguous={"bridges_named": 0}."""
    rules = load_parameters()
    tree = {rule: dict(values) | changes.get(rule, {}) for rule, values in rules.rules.items()}
    states = {kind: [s for s, k in rules.states.items() if k == kind] for kind in ("apart", "proposed", "settled")}
    return read_parameters(tree | {"states": states})


THREE_OF_SAN_MARTIN = {"Moyobamba-Rioja", "Lamas", "Mariscal Cáceres"}
CUT = {
    "Moyobamba-Rioja": {"220802"},
    "Lamas": {"220505", "220510"},
    "Mariscal Cáceres": {"220605"},
    "Alto Amazonas": {"160202"},
}


def test_the_first_proposals_are_judged_as_the_worked_example_says(proposals, context):
    assert len(proposals) == 7
    for name, candidate in proposals.items():
        said = {rule: verdict.status for rule, verdict in by_rule(candidate, context).items()}
        assert said == {
            "one_department": "pass",
            "one_province": "fail" if name == "Moyobamba-Rioja" else "pass",
            "minimum_size": "pass",
            "contiguous": "fail" if name in CUT else "pass",
            "no_overlap": "pass",
            "quota": "warn" if name in THREE_OF_SAN_MARTIN else "pass",
            "services": "warn" if len(candidate.services) > 2 else "pass",
        }, name


def test_a_proposal_that_is_not_contiguous_names_the_part_cut_off(proposals, context):
    for name, cut in CUT.items():
        assert by_rule(proposals[name], context)["contiguous"].ubigeos == cut, name


def test_each_district_named_as_a_mend_mends(proposals, context, territory):
    for name in CUT:
        verdict = by_rule(proposals[name], context)["contiguous"]
        assert verdict.mends, name
        for ubigeo in verdict.mends:
            assert territory.is_contiguous(proposals[name].ubigeos | {ubigeo})


def test_contiguity_agrees_with_brute_force_on_every_province(territory, context):
    graph = nx.Graph((a, b) for a in territory.districts for b in territory.border_km[a])
    graph.add_nodes_from(territory.districts)
    chance = random.Random(2012)
    seen = {True: 0, False: 0}
    for province in territory.provinces:
        inside = territory.in_province(province)
        for _ in range(12):
            chosen = frozenset(chance.sample(inside, chance.randint(1, len(inside))))
            check_contiguity(chosen, graph, context, seen)
            check_contiguity(walk(chosen, graph, inside, chance), graph, context, seen)
    assert min(seen.values()) > 50  # both kinds were drawn


def walk(chosen, graph, inside, chance):
    """A connected set: start somewhere and keep adding a neighbour."""
    grown = {chance.choice(sorted(chosen))}
    for _ in range(len(chosen) - 1):
        edge = sorted({n for u in grown for n in graph[u] if n in inside} - grown)
        grown |= {chance.choice(edge)} if edge else set()
    return frozenset(grown)


def check_contiguity(chosen, graph, context, seen):
    parts = list(nx.connected_components(graph.subgraph(chosen)))
    verdict = by_rule(Candidate(chosen), context)["contiguous"]
    seen[len(parts) == 1] += 1
    assert (verdict.status == "pass") == (len(parts) == 1)
    if len(parts) > 1:
        main = chosen - verdict.ubigeos
        assert main in parts and len(main) == max(map(len, parts))


def test_an_empty_candidate_is_not_judged_but_for_its_size(context):
    said = by_rule(Candidate(), context)
    assert said["minimum_size"].status == "warn"
    assert {v.status for rule, v in said.items() if rule != "minimum_size"} == {"none"}
    assert not any(v.ubigeos for v in said.values())


def test_two_departments_put_the_fewer_districts_at_fault(context):
    said = by_rule(Candidate(["010401", "010402", "220501"]), context)
    assert said["one_department"].status == said["one_province"].status == "fail"
    assert said["one_department"].ubigeos == {"220501"}
    assert said["one_department"].args["main"] == "Amazonas"
    assert said["quota"].status == "none"


def test_two_districts_are_too_few_and_a_capital_can_be_left_out_of_the_count(dataset):
    context = Context.of(dataset)
    assert by_rule(Candidate(["220501", "220505"]), context)["minimum_size"].status == "fail"
    with_capital = Candidate(["220501", "220505", "220510"])
    assert by_rule(with_capital, context)["minimum_size"].status == "pass"
    strict = Context.of(dataset, parameters=parameters(minimum_size={"capitals_count": False}))
    verdict = by_rule(with_capital, strict)["minimum_size"]
    assert (verdict.status, verdict.args["counted"], verdict.args["missing"]) == ("fail", 2, 1)


def test_a_district_in_a_validated_cluster_fails_and_in_a_proposal_warns(dataset):
    candidate = Candidate(["160206", "160210", "160211"])
    for state, status in (
        ("proposed", "warn"),
        ("reviewed", "warn"),
        ("validated", "fail"),
        ("plan_implemented", "fail"),
    ):
        context = Context.of(dataset, [proposal("X", ["160206", "160202"], state)])
        verdict = by_rule(candidate, context)["no_overlap"]
        assert (verdict.status, verdict.ubigeos, verdict.args["others"]) == (
            status,
            {"160206"},
            ("X",),
        )


SETTLED = [state for state, kind in load_parameters().states.items() if kind == "settled"]


@pytest.mark.parametrize("across", [True, False])
@pytest.mark.parametrize("state", SETTLED)
def test_a_settled_cluster_keeps_its_districts_in_every_phase(dataset, say_es, across, state):
    own = ["220501", "220507", "220508"]
    rules = parameters(no_overlap={"across_phases": across})
    context = Context.of(dataset, [proposal("Alto Mayo", own, state, phase=1)], rules)
    for phase in (1, 2, 3):
        verdict = by_rule(Candidate(own, phase=phase), context)["no_overlap"]
        assert (verdict.status, verdict.ubigeos) == ("fail", frozenset(own))
        assert "«Alto Mayo» (fase 1)" in verdict_sentence(say_es, verdict)


def test_proposals_of_other_phases_are_named_and_those_set_apart_are_not(dataset, say_es):
    candidate = Candidate(["160206", "160210", "160211"], phase=1)
    others = [
        proposal("X", ["160206"], "rejected"),
        proposal("Y", ["160206", "160210"], "proposed", phase=2),
        proposal("Z", ["160210"], "reviewed", phase=3),
    ]
    verdict = by_rule(candidate, Context.of(dataset, others))["no_overlap"]
    said = verdict_sentence(say_es, verdict)
    assert (verdict.status, verdict.ubigeos) == ("warn", {"160206", "160210"})
    names = [dataset.territory.districts[u].name for u in ("160206", "160210")]
    assert f"{names[0]} y {names[1]} en «Y» (fase 2) y {names[1]} en «Z» (fase 3)" in said and "«X»" not in said


def test_that_no_district_is_taken_is_said_of_what_was_looked_at_alone(dataset, say_es):
    candidate = Candidate(["160206", "160210", "160211"], phase=2)
    other = [proposal("Y", ["160206"], "proposed", phase=1)]
    narrow = Context.of(dataset, other, parameters(no_overlap={"across_phases": False}))
    verdict = by_rule(candidate, narrow)["no_overlap"]
    assert verdict.status == "pass" and "presentada en la fase 2" in verdict_sentence(say_es, verdict)
    wide = by_rule(candidate, Context.of(dataset, []))["no_overlap"]
    assert wide.status == "pass" and "de ninguna fase" in verdict_sentence(say_es, wide)


def test_what_meetings_froze_of_this_rule_before_can_still_be_read(say):
    args = {"shared": ("A", "B"), "others": ("X", "Y"), "phase": 2}
    for message in ("pass", "warn_one", "warn_many", "fail_one", "fail_many"):
        status = message.split("_")[0]
        assert verdict_sentence(say, Verdict("no_overlap", status, f"rule.no_overlap.{message}", args))


def test_the_proposal_replaced_is_not_counted(dataset):
    others = [proposal("X", ["160206", "160202", "160210"], "proposed")]
    candidate = Candidate(["160206", "160210", "160211"])
    context = Context.of(dataset, others)
    assert by_rule(candidate, context)["no_overlap"].status == by_rule(candidate, context)["quota"].status == "warn"
    said = by_rule(candidate.replacing("X"), context)
    assert said["no_overlap"].status == said["quota"].status == "pass"


def test_a_quota_already_filled_by_clusters_fails(dataset):
    candidate = Candidate(["160206", "160210", "160211"])
    filled = Context.of(dataset, [proposal("X", ["160101"])])
    verdict = by_rule(candidate, filled)["quota"]
    assert (verdict.status, verdict.message, verdict.ubigeos) == (
        "fail",
        "rule.quota.fail_filled",
        {"160101"},
    )
    assert by_rule(replace(candidate, phase=2), filled)["quota"].status == "pass"
    assert by_rule(replace(candidate, phase=9), filled)["quota"].status == "none"


def test_proposals_over_the_quota_fail_when_the_parameter_says_so(dataset, proposals):
    strict = Context.of(dataset, parameters=parameters(quota={"proposals_over_quota": "fail"}))
    assert by_rule(proposals["Lamas"], strict)["quota"].status == "fail"


@pytest.mark.parametrize(
    ("services", "status"), [([], "warn"), (["health"], "pass"), (["health", "education"], "pass")]
)
def test_one_or_two_services_are_asked_for(context, services, status):
    assert by_rule(Candidate(["220501"], services=frozenset(services)), context)["services"].status == status


def test_unknown_districts_and_unknown_states_are_refused(dataset, context):
    with pytest.raises(UnknownUbigeo):
        judge(Candidate(["999999"]), context)
    with pytest.raises(Unusable, match="lost"):
        judge(Candidate(["220501"]), Context.of(dataset, [proposal("X", ["220501"], "lost")]))


def test_the_gravest_verdict_is_told(context, proposals):
    assert worst(judge(proposals["Lamas"], context)) == "fail"
    assert worst(judge(proposals["Tambopata"], context)) == "warn"
    assert worst(()) == "none"


def test_every_parameter_that_is_wrong_is_reported():
    tree = {rule: dict(values) for rule, values in load_parameters().rules.items()}
    tree["minimum_size"] |= {"minimum": 0, "capitals_count": 1}
    tree["quota"] = {"proposals_over_quota": "perhaps", "extra": 1}
    tree["services"] = {"minimum": 3, "maximum": True}
    del tree["contiguous"]
    tree["fairness"] = {}
    tree["states"] = {"apart": ["a"], "proposed": ["a"], "settled": []}
    with pytest.raises(Unusable) as caught:
        read_parameters(tree)
    said = " | ".join(caught.value.faults)
    for part in (
        "minimum_size.minimum",
        "capitals_count",
        "proposals_over_quota",
        "quota.extra",
        "services.maximum",
        "contiguous",
        "fairness",
        "'a' is listed twice",
    ):
        assert part in said
    with pytest.raises(Unusable, match="minimum is above"):
        parameters(services={"minimum": 3, "maximum": 2})


def candidates_of_all_kinds(proposals):
    yield from proposals.values()
    yield Candidate()
    yield Candidate(["220501"])
    yield Candidate(["220501", "220505", "010101"], phase=9)
    yield Candidate(["010401", "010402", "220501", "220505"], services=frozenset(["health"]))
    yield Candidate(["160206", "160210", "160211"])
    yield Candidate(["160206", "160202"], phase=9)
    yield Candidate(["220101", "220106", "221001"])


def test_every_verdict_is_a_sentence_in_both_languages(dataset, proposals, say):
    contexts = [
        Context.of(dataset),
        Context.of(dataset, [proposal("X", ["160206", "160210"]), proposal("Y", ["220501"], "proposed")]),
        Context.of(dataset, [proposal("X", ["160206"]), proposal("Y", ["160202"])]),
        Context.of(
            dataset,
            parameters=parameters(contiguous={"bridges_named": 0}, quota={"proposals_over_quota": "fail"}),
        ),
    ]
    for context in contexts:
        for candidate in candidates_of_all_kinds(proposals):
            for verdict in judge(candidate, context):
                sentence = verdict_sentence(say, verdict)
                assert verdict.status in STATUSES and sentence.strip() and "{" not in sentence
                assert verdict.ubigeos <= set(dataset.territory.districts)
                for name in verdict.args.get("cut", ()):
                    assert name in sentence


def test_every_rule_is_named_and_explained_in_both_languages():
    for language in texts.LANGUAGES:
        for rule in RULES:
            assert texts.say(language, f"rule.{rule}.name") and texts.say(language, f"rule.{rule}.help")
            assert texts.texts(language)[f"rule.{rule}.pass"]
        for status in STATUSES:
            assert texts.say(language, f"status.{status}")


def test_the_sentence_names_the_districts_and_what_to_do(proposals, context, say_es):
    verdict = by_rule(proposals["Mariscal Cáceres"], context)["contiguous"]
    sentence = verdict_sentence(say_es, verdict)
    assert sentence.startswith("No es contiguo: Pajarillo no toca a Huicungo ni a Pachiza. Añada ")
    assert sentence.endswith("o quite Pajarillo.")


# 3x3 grid of one province, drawn:   01 02 03
#                                    04 05 06
#                                    07 08 09
def grid_context(context):
    codes = [f"0101{i:02d}" for i in range(1, 10)]
    districts = [District(u, u[4:], "0101", "01", u, 0.0, 0.0, None, 1.0) for u in codes]
    across = [(codes[i], codes[i + 1], 1.0) for i in range(9) if i % 3 < 2]
    down = [(codes[i], codes[i + 3], 1.0) for i in range(6)]
    places = [Province("0101", "P", "01")], [Department("01", "D")]
    return replace(context, territory=Territory.from_records(districts, *places, across + down))


@pytest.mark.parametrize(
    ("chosen", "message", "cut", "mends"),
    [
        ("01 02 03", "pass", "", ""),
        ("01 04 05 09", "fail_one_bridge", "09", "06 08"),
        ("01 03 07 09", "fail_apart", "03 07 09", ""),
        ("02 04 06 08", "fail_apart_bridge", "04 06 08", "05"),
        ("01 02 08 09", "fail_many_bridge", "08 09", "05"),
        ("01 02 03 07", "fail_one_bridge", "07", "04"),
        ("01 02 03 07 09", "fail_many", "07 09", ""),
    ],
)
def test_contiguity_on_a_grid(context, chosen, message, cut, mends):
    def codes(text):
        return frozenset(f"0101{n}" for n in text.split())

    verdict = by_rule(Candidate(codes(chosen)), grid_context(context))["contiguous"]
    assert verdict.message == f"rule.contiguous.{message}"
    assert (verdict.ubigeos, verdict.mends) == (codes(cut), codes(mends))
