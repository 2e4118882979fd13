"""Hold the server to what it and the browser both know: every case of the tables that the browser's tests run too."""

from dataclasses import asdict
from datetime import date
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pandas as pd
import pytest

from dashboard.clusters.model import codes
from dashboard.clusters.rules import load_parameters
from dashboard.clusters.scoring import scores
from dashboard.clusters.scoring.criteria import Criterion
from dashboard.pages.propose.request import read_address
from dashboard.pages.record import links
from dashboard.records.proposals import Overview, letters
from dashboard.web.jobs import plan_request
from dashboard.web.view import plain, read_view
from geodata.shared import file_name, precision
from layers import classes
from layers.overlays import clusters
from tests import cases
from tests.classing import class_of


def query_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))


@pytest.mark.parametrize("case", cases.read("codes"), ids=cases.why)
def test_codes(case, territory):
    if "refused" in case:
        with pytest.raises(codes.BadCode) as caught:
            codes.decode(case["read"], territory)
        assert caught.value.reason == case["refused"]
    elif "read" in case:
        assert sorted(codes.decode(case["read"], territory)) == case["ubigeos"]
    else:
        assert codes.encode(case["ubigeos"]) == case["code"]
        assert sorted(codes.decode(case["code"], territory)) == case["ubigeos"]


@pytest.mark.parametrize("case", cases.read("names"), ids=cases.why)
def test_names_of_files(case):
    day = date.fromisoformat(case["day"])
    assert file_name(case["holds"], case["kind"], case["ending"], day) == case["name"]


@pytest.mark.parametrize("case", cases.read("scores"), ids=cases.why)
def test_scores(case):
    criteria = {
        key: Criterion(key, None, "higher" if hundred > zero else "lower", zero, hundred, 1.0)
        for key, (zero, hundred) in case["scales"].items()
    }
    own, left_out = scores.score_all(case["values"], case["weights"], criteria)
    assert [s.total for s in own] == pytest.approx(case["totals"], abs=1e-12)
    assert list(left_out) == case["leftOut"]
    assert list(scores.ranks([s.total for s in own])) == case["places"]
    turns = [(turn.criterion, turn.overtakes, turn.weight) for turn in scores.turns(own, case["weights"])]
    assert turns == [(t["key"], t["overtakes"], pytest.approx(t["weight"])) for t in case["turns"]]


@pytest.mark.parametrize("case", cases.read("ranks"), ids=cases.why)
def test_ranks(case):
    values, decimals = np.array(case["values"], dtype=float), case["decimals"]  # None becomes NaN
    assert [place or None for place in precision.places(values, decimals).tolist()] == case["places"]
    for value, place in zip(values, case["places"], strict=True):
        if place is not None:
            known = sum(other is not None for other in case["values"])
            assert precision.place_among(value, values, decimals) == (place, known)


@pytest.mark.parametrize("case", cases.read("classes"), ids=cases.why)
def test_classes(case):
    values = pd.Series(case["values"], dtype=float)
    if "method" in case:
        assert classes.breaks(values, case["method"], case["count"], case["decimals"]) == case["bounds"]
    assert class_of(values, case["bounds"]).tolist() == case["classes"]


@pytest.mark.parametrize("case", cases.read("views"), ids=cases.why)
def test_addresses_of_what_the_map_shows(case, dataset):
    found = read_view(query_of(case["address"]), dataset)
    assert plain(found) == case["view"] | {"overlays": sorted(case["view"]["overlays"])}
    assert found.problems == ()


@pytest.mark.parametrize("case", cases.read("searches"), ids=cases.why)
def test_addresses_of_a_search(case, dataset):
    assert read_address(query_of(case["address"]), dataset) == (case["sought"], ())


@pytest.mark.parametrize("case", cases.read("plans"), ids=cases.why)
def test_addresses_of_plans(case, territory):
    query = query_of(case["address"])
    for key, name in (("p", "now"), ("pa", "kept")):
        if key in query:
            assert plan_request.from_address(query[key], territory) == (case["plans"][name], ())
    if "p" not in query:
        assert case["plans"]["now"] == plan_request.default()


WRITERS = {
    "on_map": lambda proposals, names: links.on_map(proposals[0]),
    "compared": lambda proposals, names: links.compared(proposals),
    "moments": links.moments,
}


@pytest.mark.parametrize("case", cases.read("links"), ids=cases.why)
def test_links_of_the_register(case):
    proposals = [SimpleNamespace(**each) for each in case["proposals"]]
    assert WRITERS[case["writes"]](proposals, [each["name"] for each in case["proposals"]]) == case["address"]


@pytest.mark.parametrize("case", cases.read("identities"), ids=cases.why)
def test_by_what_clusters_go(case):
    if "places" in case:
        assert [letters(place) for place in case["places"]] == case["letters"]
        return
    kept = [SimpleNamespace(**each) for each in case["kept"]]
    looks = [clusters.look(p.state, load_parameters().kind(p.state)) for p in kept]
    assert looks == [p.look for p in kept]
    found = Overview(tuple(kept), tuple(p.number for p in kept)).identify(case["groups"])
    assert [asdict(each) for each in found] == case["identities"]
