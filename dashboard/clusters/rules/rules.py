"""Judge a candidate by the programme's rules; each rule says why, and which districts to look at.

A rule is a small function of a candidate and its context. Its parameters are data (`rules.toml`):

- minimum_size: `minimum` districts; with `capitals_count` false, provincial capitals do not count.
- contiguous: real borders, from the neighbours table; names at most `bridges_named` districts that would join it.
- no_overlap: with clusters that are settled, in whatever phase; with other proposals of the same phase, and of any
  phase with `across_phases`.
- quota: clusters a department may have in a phase; `proposals_over_quota` is warn or fail.
- services: between `minimum` and `maximum` of them.

A verdict's `args` are numbers, texts, tuples of texts, and tuples of parts of a sentence (mappings with a text key
`say` and its fields); :mod:`dashboard.clusters.writing.wording` joins the tuples.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dashboard.clusters.model import Candidate, ProposalLike
from dashboard.clusters.rules.parameters import Parameters, load_parameters
from geodata.model import Dataset, Territory

STATUSES = ("pass", "warn", "fail", "none")
SIGNS = {"pass": "✓", "warn": "!", "fail": "✗", "none": "·"}  # of a status, for a reader who does not tell the colours
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Context:
    """What a candidate is judged against. `quotas` is by (department code, phase); an absent pair has no quota."""

    territory: Territory
    proposals: tuple[ProposalLike, ...]
    quotas: Mapping[tuple[str, int], int]
    parameters: Parameters

    @classmethod
    def of(
        cls, dataset: Dataset, proposals: Iterable[ProposalLike] | None = None, parameters: Parameters | None = None
    ) -> "Context":
        """Return the context of a data set, with its own first proposals unless others are given."""
        others = dataset.proposals if proposals is None else proposals
        return cls(dataset.territory, tuple(others), dataset.quotas, parameters or load_parameters())

    def rivals(self, candidate: Candidate, kind: str) -> tuple[ProposalLike, ...]:
        """Return the other proposals of a kind (proposed, settled), without the one the candidate replaces."""
        return tuple(p for p in self.proposals if p.id != candidate.replaces and self.parameters.kind(p.state) == kind)

    def holders(self, candidate: Candidate, kind: str) -> tuple[ProposalLike, ...]:
        """Return the rivals of a kind whose districts the candidate may not share. A settled cluster keeps its
        districts in every phase, whatever is asked of proposals."""
        any_phase = kind == "settled" or self.parameters.get("no_overlap", "across_phases")
        return tuple(p for p in self.rivals(candidate, kind) if any_phase or p.phase == candidate.phase)


@dataclass(frozen=True)
class Verdict:
    """What a rule says: `message` is a text key, `args` fill it, `ubigeos` are the districts at fault,
    `mends` those any one of which, added, would mend it. Status none: it cannot be judged yet."""

    rule: str
    status: str
    message: str
    args: Mapping[str, object] = field(default_factory=dict)
    ubigeos: frozenset[str] = NOTHING
    mends: frozenset[str] = NOTHING


def judge(candidate: Candidate, context: Context) -> tuple[Verdict, ...]:
    """Return the verdict of every rule, in the order of `rules.toml`. Raises UnknownUbigeo, RulesError."""
    if not candidate.ubigeos:
        return tuple(_judge_empty(rule, context) for rule in context.parameters.rules)
    context.territory.known(candidate.ubigeos)
    return tuple(RULES[rule](candidate, context) for rule in context.parameters.rules)


def worst(verdicts: Iterable[Verdict]) -> str:
    """Return the gravest status among verdicts: fail, warn, pass, or none when nothing was judged."""
    found = {verdict.status for verdict in verdicts}
    return next((status for status in ("fail", "warn", "pass") if status in found), "none")


def _judge_empty(rule: str, context: Context) -> Verdict:
    if rule == "minimum_size":
        return _verdict(rule, "warn", "empty", minimum=context.parameters.get(rule, "minimum"))
    return _verdict(rule, "none")


def _verdict(
    rule: str, status: str, variant: str = "", ubigeos: Iterable[str] = (), mends: Iterable[str] = (), **args: object
) -> Verdict:
    message = f"rule.{rule}.{status}{'_' + variant if variant else ''}"
    return Verdict(rule, status, message, MappingProxyType(args), frozenset(ubigeos), frozenset(mends))


def _names(ubigeos: Iterable[str], territory: Territory) -> tuple[str, ...]:
    """Names in the order of the codes; a code that this edition does not know stands for itself."""
    return tuple(territory.districts[u].name if u in territory.districts else u for u in sorted(ubigeos))


def _plural(count: int) -> str:
    return "one" if count == 1 else "many"


def one_department(candidate: Candidate, context: Context) -> Verdict:
    """Pass when all districts are of one department; else those outside that of its main province are at fault."""
    return _all_within(candidate, context, "one_department", 2, context.territory.departments)


def one_province(candidate: Candidate, context: Context) -> Verdict:
    """Pass when all districts are of one province; else those outside its main one are at fault."""
    return _all_within(candidate, context, "one_province", 4, context.territory.provinces)


def _all_within(candidate: Candidate, context: Context, rule: str, digits: int, places: Mapping) -> Verdict:
    held, main = {u[:digits] for u in candidate.ubigeos}, candidate.main_province[:digits]
    if len(held) == 1:
        return _verdict(rule, "pass", place=places[main].name)
    strays = frozenset(u for u in candidate.ubigeos if u[:digits] != main)
    return _verdict(
        rule,
        "fail",
        _plural(len(strays)),
        strays,
        places=tuple(places[code].name for code in sorted(held)),
        main=places[main].name,
        strays=_names(strays, context.territory),
    )


def minimum_size(candidate: Candidate, context: Context) -> Verdict:
    """Pass with enough districts. A capital counts or not by parameter, and is named either way."""
    get, districts = context.parameters.get, context.territory.districts
    minimum = get("minimum_size", "minimum")
    capitals = tuple(u for u in sorted(candidate.ubigeos) if districts[u].is_provincial_capital)
    municipalities = len(candidate) - len(capitals)
    counted = len(candidate) if get("minimum_size", "capitals_count") else municipalities
    args = {"n": len(candidate), "minimum": minimum, "counted": counted, "municipalities": municipalities}
    if counted < minimum:
        missing = minimum - counted
        return _verdict("minimum_size", "fail", _plural(missing), candidate.ubigeos, missing=missing, **args)
    if capitals:
        variant = "capital" if len(capitals) == 1 else "capitals"
        return _verdict("minimum_size", "pass", variant, capitals=_names(capitals, context.territory), **args)
    return _verdict("minimum_size", "pass", **args)


def contiguous(candidate: Candidate, context: Context) -> Verdict:
    """Pass when one can walk through all districts over shared borders; else the parts that hold fewer districts
    of the main province are at fault, and of those that hold as many the smaller ones."""
    territory = context.territory
    main, *parts = sorted(territory.components(candidate.ubigeos), key=lambda part: -_at_home(part, candidate))
    if not parts:
        return _verdict("contiguous", "pass", n=len(candidate))
    cut = frozenset().union(*parts)
    bridges = joining_districts(candidate, territory)
    named = bridges[: context.parameters.get("contiguous", "bridges_named")]
    # Where no two districts touch there is no main part that the others could be cut off from.
    variant = ("apart" if len(main) == 1 else _plural(len(cut))) + ("_bridge" if named else "")
    return _verdict(
        "contiguous",
        "fail",
        variant,
        cut,
        bridges,
        cut=_names(cut, territory),
        main=_names(main, territory),
        every=_names(candidate.ubigeos, territory),
        parts=len(parts) + 1,
        bridge=tuple(territory.districts[u].name for u in named),
    )


def _at_home(part: frozenset[str], candidate: Candidate) -> int:
    return sum(u.startswith(candidate.main_province) for u in part)


def joining_districts(candidate: Candidate, territory: Territory) -> tuple[str, ...]:
    """Return the districts of the candidate's main province any one of which would make it contiguous, those with
    the longest shared border first: one of another province would break the rule of one province further."""
    parts = territory.components(candidate.ubigeos)
    touching = frozenset.intersection(*(territory.frontier(part) for part in parts))
    local = [u for u in touching if u.startswith(candidate.main_province)]
    return tuple(sorted(local, key=lambda u: (-_border_km(u, candidate, territory), u)))


def _border_km(ubigeo: str, candidate: Candidate, territory: Territory) -> float:
    return sum(km for other, km in territory.border_km[ubigeo].items() if other in candidate.ubigeos)


def no_overlap(candidate: Candidate, context: Context) -> Verdict:
    """Fail when a district is already in a cluster of any phase; warn when it is in another proposal."""
    for kind, status in (("settled", "fail"), ("proposed", "warn")):
        touched = [p for p in context.holders(candidate, kind) if p.ubigeos & candidate.ubigeos]
        if touched:
            shared = candidate.ubigeos.intersection(_districts(touched))
            return _verdict(
                "no_overlap",
                status,
                f"in_{_plural(len(shared))}",
                shared,
                shared=_names(shared, context.territory),
                others=tuple(p.name for p in touched),
                places=tuple(_held(p, candidate, context.territory) for p in touched),
            )
    tested = "every" if context.parameters.get("no_overlap", "across_phases") else "phase"
    return _verdict("no_overlap", "pass", tested, phase=candidate.phase)


def _held(proposal: ProposalLike, candidate: Candidate, territory: Territory) -> Mapping[str, object]:
    """Return the part of a sentence that says which of the candidate's districts a proposal holds."""
    held = _names(proposal.ubigeos & candidate.ubigeos, territory)
    return {"say": "rule.no_overlap.held", "districts": held, "proposal": proposal.name, "phase": proposal.phase}


def quota(candidate: Candidate, context: Context) -> Verdict:
    """Compare the department's clusters and proposals of the phase, this one included, with its quota."""
    if len(candidate.departments) != 1:
        return _verdict("quota", "none", "departments")
    department = candidate.departments[0]
    name = context.territory.departments[department].name
    allowed = context.quotas.get((department, candidate.phase))
    if allowed is None:
        return _verdict("quota", "none", "unknown", department=name, phase=candidate.phase)
    settled, proposed = (
        _of(context.rivals(candidate, kind), department, candidate.phase) for kind in ("settled", "proposed")
    )
    args = {"department": name, "phase": candidate.phase, "quota": allowed, "settled": len(settled)}
    args |= {"total": len(settled) + len(proposed) + 1, "others": tuple(p.name for p in (*settled, *proposed))}
    if len(settled) >= allowed:
        return _verdict("quota", "fail", "filled", _districts(settled), **args)
    if args["total"] <= allowed:
        return _verdict("quota", "pass", **args)
    status = context.parameters.get("quota", "proposals_over_quota")
    return _verdict("quota", status, "over", _districts((*settled, *proposed)), **args)


def _of(proposals: Iterable[ProposalLike], department: str, phase: int) -> tuple[ProposalLike, ...]:
    return tuple(p for p in proposals if p.phase == phase and any(u[:2] == department for u in p.ubigeos))


def _districts(proposals: Iterable[ProposalLike]) -> frozenset[str]:
    return frozenset().union(*(p.ubigeos for p in proposals))


def services(candidate: Candidate, context: Context) -> Verdict:
    """Warn unless the candidate works on one or two services, as the annex asks."""
    get, n = context.parameters.get, len(candidate.services)
    least, most = get("services", "minimum"), get("services", "maximum")
    args = {"n": n, "minimum": least, "maximum": most}
    if n < least:
        return _verdict("services", "warn", "few", **args)
    return _verdict("services", "warn", "many", **args) if n > most else _verdict("services", "pass", **args)


RULES: Mapping[str, Callable[[Candidate, Context], Verdict]] = MappingProxyType(
    {
        rule.__name__: rule
        for rule in (one_department, one_province, minimum_size, contiguous, no_overlap, quota, services)
    }
)
