"""Write a plan down as plain values that any process and any language can read: no words, no components."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from dashboard.clusters.model import codes
from dashboard.clusters.planning import Blocker, Explanation, Plan, PlanError
from dashboard.clusters.scoring import Columns, Scale, Terms, pool_of
from dashboard.records.proposals import Overview, of_groups
from dashboard.web.jobs.plan_request import Plain
from geodata.model import Dataset

LEDGER = ("department", "phase", "new", "clusters", "slots", "regional", "provincial", "district", "total")


def plan_facts(plan: Plan, wanted: Plain, dataset: Dataset, terms: Terms, seconds: float) -> dict[str, Any]:
    """Return all that is shown of a plan.

    `identity` has the letter of each cluster, in their order by phase, department and province; :func:`identified` says
    which of them are in the record. `criteria` has the value of each
    criterion (None unknown) and its points, 0-100; `scale` the share of each in the score. Of the fixed
    clusters, those settled in the record are marked: no reader can let go of them; `unvalued` counts those of them
    whose figure for the objective is not known, and `mean` is of the others.
    """
    groups = [c.ubigeos for c in plan.clusters]
    values = pool_of(dataset, terms, groups).values
    return {
        "status": "done",
        "edition": dataset.edition,
        "wanted": wanted,
        "seconds": round(seconds, 2),
        "value": plan.value,
        "bound": plan.bound,
        "gap": plan.gap,
        "proven": plan.proven,
        "reach": plan.reach,
        "considered": plan.considered,
        "unknown": plan.unknown,
        "unvalued": plan.unvalued,
        "mean": plan.mean,
        "provinces": plan.provinces,
        "governments": plan.governments,
        "scale": {
            "used": dict(plan.scale.used), "judged": list(plan.scale.judged), "lacking": dict(plan.scale.lacking),
        },
        "clusters": [
            {
                "identity": asdict(identity),
                "code": codes.encode(c.ubigeos),
                "ubigeos": sorted(c.ubigeos),
                "department": c.department,
                "province": c.province,
                "phase": c.phase,
                "fixed": c.fixed,
                "settled": c.settled,
                "score": c.score,
                "affected": c.affected,
                "slots": c.slots,
                "district": c.district,
                "criteria": _criteria(values, n, plan.scale),
            }
            for n, (c, identity) in enumerate(zip(plan.clusters, of_groups(groups, {}), strict=True))
        ],
        "ledger": [
            {name: getattr(line, name) for name in LEDGER}
            | {"target": None if line.target is None else dict(line.target)}
            for line in plan.ledger
        ],
    }  # fmt: skip


def identified(facts: Mapping[str, Any], kept: Overview) -> dict[str, Any]:
    """Return what is shown of a plan, where the clusters that are in the record go by their numbers there."""
    clusters = facts["clusters"]
    found = kept.identify([cluster["ubigeos"] for cluster in clusters])
    told = [c | {"identity": asdict(identity)} for c, identity in zip(clusters, found, strict=True)]
    return {**facts, "clusters": told}


def _criteria(values: Columns, row: int, scale: Scale) -> dict[str, dict[str, float | None]]:
    found = {}
    for key, item in scale.criteria.items():
        value = values[key][row]
        if item.judged:
            continue
        known = not np.isnan(value)
        found[key] = {
            "value": float(value) if known else None,
            "points": item.points(value) if known else None,
        }
    return found


def blocked_facts(error: PlanError, wanted: Plain, seconds: float) -> dict[str, Any]:
    """Return what stands in the way of a plan; `why` as :class:`Explanation`, None where it is something else."""
    why = error.why
    return {
        "status": "blocked",
        "wanted": wanted,
        "seconds": round(seconds, 2),
        "blockers": _plain(error.blockers),
        "why": None
        if why is None
        else {
            "conflicts": [_plain(conflict) for conflict in why.conflicts],
            "ways": [_plain(way) for way in why.ways],
            "whole": why.whole,
        },
    }


def _plain(blockers: Sequence[Blocker]) -> list[Plain]:
    def value(field: object) -> object:
        return list(field) if isinstance(field, tuple) else field

    return [
        {"message": b.message, "fields": {k: value(v) for k, v in b.fields.items()}, "alone": b.alone} for b in blockers
    ]


def explanation(facts: Mapping[str, Any]) -> tuple[list[Blocker], Explanation | None]:
    """Return what :func:`blocked_facts` wrote down."""

    def blockers(plain: Sequence[Plain]) -> tuple[Blocker, ...]:
        return tuple(Blocker(b["message"], b["fields"], b["alone"]) for b in plain)

    why = facts["why"]
    found = why and Explanation(tuple(map(blockers, why["conflicts"])), tuple(map(blockers, why["ways"])), why["whole"])
    return list(blockers(facts["blockers"])), found


def refused_facts(faults: Sequence[tuple[str, dict[str, Any]]], wanted: Plain | None = None) -> dict[str, Any]:
    """Return why nothing could be sought: `faults` are keys of sentences, each with its fields."""
    return {"status": "refused", "wanted": wanted, "faults": [list(fault) for fault in faults]}


def difference(a: Mapping[str, Any], b: Mapping[str, Any]) -> dict[str, Any]:
    """Return what plan b changes of plan a, both as :func:`plan_facts` returns them.

    Clusters in both, only in one, and in both at another phase, by their codes; figures are b minus a.
    The objective's difference is None where the two have different objectives.
    """
    of_a, of_b = ({c["code"]: c for c in plan["clusters"]} for plan in (a, b))
    shared = [code for code in of_a if code in of_b]
    objective = a["wanted"]["objective"]
    # what decides with one weight or service is not comparable with another
    same = all(a["wanted"][key] == b["wanted"][key] for key in ("objective", "services", "weights"))
    return {
        "objective": objective if same else None,
        "value": b["value"] - a["value"] if same else None,
        "affected": _sum(b, "affected") - _sum(a, "affected"),
        "score": _sum(b, "score") - _sum(a, "score"),
        "governments": b["governments"] - a["governments"],
        "provinces": b["provinces"] - a["provinces"],
        "stay": [code for code in shared if of_a[code]["phase"] == of_b[code]["phase"]],
        "moved": [code for code in shared if of_a[code]["phase"] != of_b[code]["phase"]],
        "go": [code for code in of_a if code not in of_b],
        "come": [code for code in of_b if code not in of_a],
    }


def _sum(plan: Mapping[str, Any], name: str) -> float:
    return sum(c[name] for c in plan["clusters"] if c[name] is not None)
