"""Two are not told apart only where what is not known can turn out to order them either way."""

import math
from dataclasses import replace
from functools import lru_cache
from itertools import chain, combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.clusters.measures.bounds import range_of
from dashboard.clusters.measures.measures import measure_all
from dashboard.clusters.model.arrays import basis, percentage_indicators
from dashboard.clusters.model.candidate import SERVICES, Candidate
from dashboard.clusters.ranking.fillings import difference
from dashboard.clusters.ranking.order import firmness
from dashboard.clusters.scoring.anchors import anchored
from dashboard.clusters.scoring.criteria import load_criteria
from dashboard.clusters.scoring.pools import pool, scale_of
from dashboard.clusters.scoring.scores import score_all
from dashboard.clusters.scoring.terms import ANCHORS, FIXED, Terms
from geodata.model import derived
from geodata.model.dataset import default
from tests.unit.clusters.drawn import grid, on_a_grid, own_values

CRITERIA = load_criteria()
DATASET = default()
INDIGENOUS = "indigenous_mother_tongue"
OPEN = ("gap", "affected", "indigenous", "conflicts")


# ---- the scores of two candidates, by hand


@lru_cache(maxsize=256)
def known(dataset, indicator):
    """The figures of an indicator by district, by km2 where the catalogue says so; of several years their mean."""
    rests = derived.ground(dataset, indicator)
    values = pd.DataFrame({year: dataset.value(indicator, year) for year in rests.years}).mean(axis=1)
    return (values / derived.areas(dataset) if dataset.catalog.loc[indicator, "per_area"] else values).to_dict()


@lru_cache(maxsize=4)
def told(dataset):
    """Of each sector the indicators that score and those that are percentages, and the people of each district."""
    sectors = {s: [i for i, _, _ in derived.gap_parts(dataset, s)] for s in SERVICES}
    return sectors, {s: percentage_indicators(dataset, s) for s in SERVICES}, dataset.population().to_dict()


@lru_cache(maxsize=256)
def marshall(dataset, indicator):
    """Mean and spread of the rates of an indicator whose samples are told, and these, by hand; None for any other."""
    cases = dataset.observed(indicator, dataset.latest_year(indicator)).to_dict()
    told = {u: (v, cases[u]) for u, v in known(dataset, indicator).items() if v == v and cases[u] > 0}
    if dataset.catalog.loc[indicator, "smoothing"] != "empirical_bayes" or len(told) < 2:
        return None
    people = sum(n for _, n in told.values())
    mean = sum(n * v / 100 for v, n in told.values()) / people
    spread = sum(n * (v / 100 - mean) ** 2 for v, n in told.values()) / people
    return mean, max(spread - mean / (people / len(told)), 0), cases


def ranked(dataset, indicator, ubigeo, value):
    """What of a value is ranked: a rate goes to the mean as far as its cases are few."""
    if (found := marshall(dataset, indicator)) is None or not found[2][ubigeo] > 0:
        return value
    mean, spread, cases = found
    return 100 * (mean + (value / 100 - mean) * spread / (spread + mean / cases[ubigeo]))


@lru_cache(maxsize=256)
def standing(dataset, indicator):
    """What is ranked of an indicator by district, where it is known."""
    return {u: ranked(dataset, indicator, u, v) for u, v in known(dataset, indicator).items() if not math.isnan(v)}


def place(value, ubigeo, dataset, indicator):
    """The share of the other districts with a figure that lie below a value, ties a half."""
    value = ranked(dataset, indicator, ubigeo, value)
    others = [v for u, v in standing(dataset, indicator).items() if u != ubigeo]
    ties = sum(abs(v - value) <= 1e-11 for v in others)
    return 100 * (sum(v < value - 1e-11 for v in others) + ties / 2) / len(others)


def by_hand(candidate, dataset, filled, cases, weights, anchors):
    """The score of a candidate on the criteria that may be open, with some figures and cases filled in."""
    scored, rates, people = told(dataset)
    own = sorted(candidate.ubigeos)

    def figures(indicators, u):
        found = {i: filled.get((u, i), known(dataset, i)[u]) for i in indicators}
        return {i: value for i, value in found.items() if not math.isnan(value)}

    def mean(values):
        return sum(values[u] * people[u] for u in own) / sum(people[u] for u in own)

    gaps, affected = [], []
    for s in [s for s in SERVICES if s in (candidate.services or SERVICES)]:
        places = {u: [place(v, u, dataset, i) for i, v in figures(scored[s], u).items()] for u in own}
        gaps.append(mean({u: sum(found) / len(found) for u, found in places.items()}))
        shares = {u: list(figures(rates[s], u).values()) for u in own}
        affected.append(sum(people[u] * sum(found) / len(found) / 100 for u, found in shares.items()))
    values = {
        "gap": sum(gaps) / len(gaps),
        "affected": sum(affected) / len(affected),
        "indigenous": mean({u: figures([INDIGENOUS], u).get(INDIGENOUS, 50.0) for u in own}),
        "conflicts": float(sum(not candidate.ubigeos.isdisjoint(where) for where in cases)),
    }
    own = anchored(dataset, Terms(services=candidate.services, anchors=anchors))
    return sum(w * own[k].points(values[k]) for k, w in weights.items()) / sum(weights.values())


# ---- made-up data sets


def drawn_world(figures, missing, thin, people, unplaced):
    """Two provinces of 2 x 2 districts; anaemia and language as given, few or many births, every other rate 50 %."""
    territory = grid(2, 2, ("0101", "0102"))
    codes = sorted(territory.districts)
    plain = on_a_grid(DATASET, territory, {}, dict(zip(codes, people, strict=True)))
    table = plain.indicators.set_index(["indicator", "ubigeo"])
    for (indicator, u), value in figures.items():
        table.loc[(indicator, u), "value"] = np.nan if (indicator, u) in missing else value
    for n, u in enumerate(codes):
        table.loc[("low_birth_weight", u), ["value", "n_observed"]] = [10.0 + 10 * n, 6.0 if u in thin else 60.0]
    rows = [
        {"case_id": f"c{n}", "name": f"Case {n}", "type": "otro", "state": "activo", "precision": "province",
         "ubigeo": np.nan, "province": "0101", "department": "01"} | ({} if whole else {
             "precision": "department", "province": np.nan})
        for n, whole in enumerate(unplaced)
    ]  # fmt: skip
    conflicts = pd.DataFrame(rows, columns=DATASET.conflicts.columns)
    columns = ["ubigeo", "indicator", "year", "value", "n_observed"]
    return replace(plain, indicators=table.reset_index()[columns], conflicts=conflicts)


FIRST = [f"0101{n:02d}" for n in range(1, 5)]
EVERY = [*FIRST, *(f"0102{n:02d}" for n in range(1, 5))]
CELLS = [(i, u) for i in ("anaemia_6_35m", INDIGENOUS) for u in FIRST]
# few values, so that ties come up; many people, so that some criterion reaches its end
figures = st.fixed_dictionaries({(i, u): st.sampled_from([20.0, 45.0, 50.0, 80.0])
                                 for i in ("anaemia_6_35m", INDIGENOUS) for u in EVERY})  # fmt: skip
groups = st.frozensets(st.sampled_from(FIRST), min_size=1)
services = st.sampled_from([frozenset(), frozenset({"health"}), frozenset({"education"})])
weights = st.fixed_dictionaries({key: st.integers(1, 5) for key in OPEN})
worlds = st.fixed_dictionaries({
    "figures": figures,
    "missing": st.sets(st.sampled_from(CELLS), max_size=2),
    "thin": st.sets(st.sampled_from(FIRST), max_size=1),
    "people": st.lists(st.sampled_from([200, 9_000, 60_000]), min_size=8, max_size=8),
    "unplaced": st.lists(st.booleans(), max_size=2),
})  # fmt: skip


def cells_of(dataset, pair):
    """The unknown figures of a pair's districts, with values from end to end and beside every observed one."""
    found, position = {}, basis(dataset).position
    for indicator in dataset.catalog.index[dataset.catalog["scored"] | (dataset.catalog.index == INDIGENOUS)]:
        own = range_of(dataset, indicator, dataset.latest_year(indicator))
        for u in sorted(pair[0].ubigeos | pair[1].ubigeos):
            row = position[u]
            if own.missing[row] or own.thin[row]:
                low, high = own.low[row], own.high[row]
                seen = np.array([v for v in known(dataset, indicator).values() if not math.isnan(v)])
                if (prior := marshall(dataset, indicator)) is not None:  # values that would rank level with another
                    mean, spread, cases = prior
                    kept = spread / (spread + mean / cases[u])
                    level = np.array([v for other, v in standing(dataset, indicator).items() if other != u])
                    seen = 100 * (mean + (level / 100 - mean) / kept)
                near = np.concatenate([[low, high], seen - 1e-9, seen, seen + 1e-9])
                found[u, indicator] = sorted({float(v) for v in near if low <= v <= high})
    return found


def placings(dataset, pair):
    """Every way of putting the cases into districts of the place that is known of each."""
    ways = []
    for row in dataset.conflicts.itertuples():
        inside = FIRST if row.precision == "province" else EVERY
        # what lies in neither is one place
        kinds = list({(u in pair[0].ubigeos, u in pair[1].ubigeos): u for u in inside}.values())
        ways.append(list(chain.from_iterable(combinations(kinds, n) for n in range(1, len(kinds) + 1))))
    return list(product(*ways))


@settings(max_examples=15, deadline=None)
@given(worlds, groups, groups, services, services, weights, st.sampled_from(ANCHORS))
def test_brute_force_finds_nothing_beyond_the_two_fillings_and_each_of_them_is_real(
    world, a, b, service_a, service_b, given_weights, anchors
):
    dataset = drawn_world(**world)
    pair = [Candidate(a, services=service_a), Candidate(b, services=service_b)]
    rows = [own_values(c, dataset) for c in pair]
    if any(row[key] is None for row in rows for key in OPEN):
        return
    terms = Terms(weights=dict.fromkeys(CRITERIA, 0.0) | given_weights, anchors=anchors)
    scale = scale_of(dataset, {k: np.array([np.nan if r[k] is None else r[k] for r in rows]) for k in CRITERIA}, terms)
    found = difference(pair, rows, dataset, terms, scale)
    for filling in (found.least, found.most):
        filled = {(f.ubigeo, f.indicator): f.value for f in filling.figures}
        cases = [case.ubigeos for case in filling.cases]
        for candidate, score in zip(pair, filling.scores, strict=True):
            assert by_hand(candidate, dataset, filled, cases, given_weights, anchors) == pytest.approx(score)
        for (u, indicator), value in filled.items():
            own, row = range_of(dataset, indicator, dataset.latest_year(indicator)), basis(dataset).position[u]
            assert own.low[row] <= value <= own.high[row]
    cells = cells_of(dataset, pair)

    def margin(filled, cases):
        first, second = (by_hand(c, dataset, filled, cases, given_weights, anchors) for c in pair)
        return first - second

    empty = margin({}, ())
    # cases and figures feed different criteria: what each does to the difference adds up
    figured = [margin(dict(zip(cells, values, strict=True)), ()) for values in product(*cells.values())]
    placed = [margin({}, way) - empty for way in placings(dataset, pair)]
    tried = [min(figured) + min(placed), max(figured) + max(placed)]
    assert found.least.margin - 1e-6 <= tried[0] and tried[1] <= found.most.margin + 1e-6
    assert tried == pytest.approx([found.least.margin, found.most.margin], abs=1e-3)


# ---- the data set that ships


def test_what_two_share_does_not_keep_them_from_being_told_apart():
    """Three districts of Ucayali province, and the same with Inahuaya: what is not known is not known of both."""
    a = Candidate(["160604", "160605", "160606"])
    b = Candidate(a.ubigeos | {"160602"})
    found = firmness([a, b], DATASET, Terms(anchors=FIXED), draws=200)
    assert found.uncertain[0].score.low < found.uncertain[1].score.high, "the intervals taken alone do meet"
    duel = found.duels[0, 1]
    assert duel.message in ("engine.duel.clear", "engine.duel.weights", "engine.duel.always")
    assert duel.ahead == 0 and duel.difference.least.margin > 0


def test_a_filling_put_into_the_data_set_orders_them_as_it_says():
    """By the whole way of measuring, of all that does not rest on places among other districts."""
    position = basis(DATASET).position
    missing = [u for u in position if np.isnan(known(DATASET, "anaemia_6_35m")[u])]
    groups = pool(DATASET, Terms(), missing[0][:4]).groups
    having = groups.having([missing[0]])[:, 0]
    pair = [
        Candidate(groups.ubigeos(int(np.flatnonzero(having)[0])), services={"health"}),
        Candidate(groups.ubigeos(int(np.flatnonzero(~having)[0])), services={"health"}),
    ]
    terms = Terms(weights={"gap": 0})
    found = firmness(pair, DATASET, terms, draws=50).duels[0, 1].difference
    for filling in (found.least, found.most):
        filled = _filled(filling)
        rows = [own_values(c, filled) for c in pair]
        scores, _ = score_all(rows, terms.weights, anchored(DATASET, Terms(services={"health"})))
        assert [s.total for s in scores] == pytest.approx(list(filling.scores))
    assert found.least.margin < found.most.margin


def _filled(filling):
    rows = DATASET.indicators.set_index(["ubigeo", "indicator", "year"]).sort_index()
    for own in filling.figures:
        rows.loc[(own.ubigeo, own.indicator, own.years[-1]), "value"] = own.value
    placed = {case.case_id: case.ubigeos for case in filling.cases}
    conflicts = DATASET.conflicts
    moved = [
        conflicts[conflicts["case_id"] == case].iloc[[0]].assign(
            ubigeo=u, precision="district", province=u[:4], department=u[:2]
        )
        for case, where in placed.items() for u in where
    ]  # fmt: skip
    kept = conflicts[~conflicts["case_id"].isin(list(placed))]
    return replace(DATASET, indicators=rows.reset_index(), conflicts=pd.concat([kept, *moved], ignore_index=True))


def test_every_verdict_of_not_told_apart_has_two_fillings_and_no_other_has():
    """Each feasible candidate of a province beside the next: by hand, since the verdict may not judge itself."""
    among = pool(DATASET, Terms(), "1604")
    pairs = [(among.candidate(i), among.candidate(i + 1)) for i in range(0, min(len(among) - 1, 16), 2)]
    for pair in pairs:
        duel = firmness(pair, DATASET, draws=50).duels[0, 1]
        bounds = duel.difference
        assert (duel.message == "engine.duel.data") == (bounds.least.margin < 0 < bounds.most.margin)
        figures = [measure_all(c, DATASET) for c in pair]
        for filling in (bounds.least, bounds.most):
            for candidate, own, k in zip(pair, figures, (0, 1), strict=True):
                inside = sum(not candidate.ubigeos.isdisjoint(case.ubigeos) for case in filling.cases)
                item = anchored(DATASET, Terms())["conflicts"]
                moved = item.weight * (
                    item.points(own["conflicts_active"].value + inside) - item.points(own["conflicts_active"].value)
                )
                whole = sum(c.weight for c in CRITERIA.values() if not c.judged)
                shown = score_all([own_values(c, DATASET) for c in pair], criteria=anchored(DATASET, Terms()))[0][
                    k
                ].total
                if not filling.figures:
                    assert filling.scores[k] == pytest.approx(shown + moved / whole)
