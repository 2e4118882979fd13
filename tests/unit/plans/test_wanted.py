"""What is wanted of a plan: read from a browser or an address, checked, and never more than is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.clusters.model import codes
from dashboard.clusters.planning.request import OBJECTIVES, Fixed, Request
from dashboard.web.jobs import plan_request
from tests.unit.pages.garbage import anything, records

TRIO = ["220501", "220505", "220510"]


def test_a_first_visit_wants_what_the_programme_plans(territory):
    plain = plan_request.checked({}, territory)
    assert plain == plan_request.default()
    assert plan_request.request_of(plain) == Request()
    assert plan_request.terms_of(plain).sizes == (3, 6)


def test_what_is_wanted_reaches_the_request(territory):
    sent = {
        "objective": "score", "services": ["health"], "sizes": [3, 4], "perProvince": 0, "governments": 59,
        "fixed": [{"ubigeos": TRIO, "phase": 2}], "forbidden": [["160101", "160102", "160103"]],
        "required": ["220101"], "banned": ["220102"], "weights": {"gap": 5},
    }  # fmt: skip
    plain = plan_request.checked(sent, territory)
    request, terms = plan_request.request_of(plain), plan_request.terms_of(plain)
    assert (request.objective, request.per_province, request.governments) == ("score", None, 59)
    assert request.fixed == (Fixed(frozenset(TRIO), 2),)
    assert request.forbidden == {frozenset(["160101", "160102", "160103"])}
    assert (request.required, request.banned) == ({"220101"}, {"220102"})
    assert (terms.sizes, terms.services, terms.weights) == ((3, 4), {"health"}, {"gap": 5.0})


def test_checking_twice_changes_nothing(territory):
    sent = {"fixed": [{"ubigeos": TRIO}], "forbidden": [TRIO[:2], TRIO], "weights": {"risk": 0}}
    once = plan_request.checked(sent, territory)
    assert plan_request.checked(once, territory) == once
    assert once["forbidden"] == [TRIO[:2], TRIO]


def test_the_order_in_which_things_are_wished_for_does_not_matter(territory):
    one = {"fixed": [{"ubigeos": TRIO}, {"ubigeos": ["160101", "160102"]}], "required": ["220101", "160103"]}
    other = {"fixed": one["fixed"][::-1], "required": one["required"][::-1], "services": []}
    assert plan_request.checked(one, territory) == plan_request.checked(other, territory)


def test_all_three_services_are_the_same_as_none_chosen(territory):
    assert plan_request.checked({"services": ["education", "health", "environment"]}, territory)["services"] == []


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"objective": "luck"}, "objective"),
        ({"services": ["roads"]}, "services"),
        ({"sizes": [5, 3]}, "sizes"),
        ({"sizes": [None, 6]}, "sizes"),
        ({"sizes": [3, 40]}, "sizes"),
        ({"governments": 60.5}, "governments"),
        ({"perProvince": -1}, "per_province"),
        ({"required": ["999999"]}, "districts"),
        ({"weights": {"gap": 6}}, "weight"),
        ({"weights": {"gap": float("nan")}}, "weight"),
        ({"banned": 3, "forbidden": [TRIO] * 61}, "wishes"),
        ({"objective": "score", "weights": dict.fromkeys(plan_request.weighed(), 0)}, "weights"),
    ],
)
def test_what_cannot_be_wanted_is_refused_with_a_reason(territory, sent, reason):
    with pytest.raises(plan_request.BadPlan) as refused:
        plan_request.checked(sent, territory)
    assert refused.value.message == f"plan.unreadable.{reason}"


def test_all_that_cannot_be_wanted_is_told_at_once(territory):
    with pytest.raises(plan_request.BadPlan) as refused:
        plan_request.checked({"objective": "luck", "sizes": [6, 3], "required": ["999999"], "services": []}, territory)
    room = "plan.unreadable."
    assert [message for message, _ in refused.value.faults] == [
        f"{room}{n}" for n in ("objective", "sizes", "districts")
    ]
    assert refused.value.faults[2][1] == {"ubigeos": "999999"}


def test_weights_of_judgements_are_left_out_since_nobody_has_judged_the_candidates(territory):
    assert plan_request.checked({"weights": {"political_will": 5, "gap": 4}}, territory)["weights"] == {"gap": 4.0}


@given(sent=records(dict.fromkeys(plan_request.default(), anything)))
def test_garbage_is_refused_or_read_but_never_breaks(territory, sent):
    try:
        plain = plan_request.checked(sent, territory)
    except plan_request.BadPlan:
        return
    assert plan_request.request_of(plain).objective in OBJECTIVES
    assert plan_request.checked(plain, territory) == plain


def test_an_address_says_the_same_as_the_browser(territory):
    text = f"oscore*she*z3-5*n0*g59*f2.{codes.encode(TRIO)}*x.{codes.encode(TRIO[:2])}*r220101*b220102*wgap-2.5"
    plain, unread = plan_request.from_address(text, territory)
    assert unread == ()
    assert plain == plan_request.checked(
        {
            "objective": "score", "services": ["education", "health"], "sizes": [3, 5], "perProvince": 0,
            "governments": 59, "fixed": [{"ubigeos": TRIO, "phase": 2}], "forbidden": [TRIO[:2]],
            "required": ["220101"], "banned": ["220102"], "weights": {"gap": 2.5},
        },
        territory,
    )  # fmt: skip


def test_parts_of_an_address_that_are_not_understood_are_told_and_the_rest_is_read(territory):
    parts = ["qq", "f4.2205-010510.E", "f.2205-01.Z", "z9-3", "gmany", "wjoy-3", "w", "n", "r1", "ogreed"]
    plain, unread = plan_request.from_address("*".join(["oscore", *parts, "g59"]), territory)
    assert unread == tuple(parts)
    assert plain == {**plan_request.default(), "objective": "score", "governments": 59}


@given(text=st.text(max_size=60))
def test_any_address_can_be_read(territory, text):
    plain, _ = plan_request.from_address(text, territory)
    assert plan_request.checked(plain, territory) == plain
