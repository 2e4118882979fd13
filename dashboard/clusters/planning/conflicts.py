"""Say why no plan meets a request: the demands that cannot be met together, and the least that has to give way.

A conflict is a set of single demands that no plan meets together, though one meets any part of it. It is found by
leaving out one demand after the other for as long as there is still no plan (deletion filter). A way out is a set of
demands without which there is a plan, and of which none can be kept: a hitting set of the conflicts, the smallest
first (R. Reiter, "A Theory of Diagnosis from First Principles", Artificial Intelligence 32, 1987). Where one demand
of a way is a number, it is moved only as far as it must be.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dashboard.clusters.model import Progress
from dashboard.clusters.planning.model import Blocker
from dashboard.clusters.planning.possible import Conditions, Possible
from dashboard.clusters.planning.request import names
from geodata.model import Territory

MOST_TOGETHER = 3  # demands that give way at once: of more nobody would see that it is the least
MOST_WAYS, MOST_CONFLICTS, MOST_PATHS = 6, 8, 150
MOST_CLUSTERS = 12  # of a department or a province, when the nearest possible number is sought


@dataclass(frozen=True, order=True)
class Wish:
    """One demand that can be given up. `of` is what it is about: a department, districts joined by "-", or ""."""

    kind: str
    of: str = ""

    @property
    def ubigeos(self) -> frozenset[str]:
        """Return the districts that it is about."""
        return frozenset(self.of.split("-"))


@dataclass(frozen=True)
class Explanation:
    """Conflicts, each irreducible, and the ways out, each minimal; `whole`: there are no other ways.

    Fields of a demand in a way say in `nearest` the value that its number would have.
    """

    conflicts: tuple[tuple[Blocker, ...], ...]
    ways: tuple[tuple[Blocker, ...], ...]
    whole: bool

    @property
    def blockers(self) -> tuple[Blocker, ...]:
        """Each demand of any conflict once; `alone` where giving up that one is enough."""
        enough = {_key(way[0]): way[0] for way in self.ways if len(way) == 1}
        every = {_key(b): b for conflict in self.conflicts for b in conflict}
        return tuple(enough.get(key, blocker) for key, blocker in every.items())


def _key(blocker: Blocker) -> tuple[str, str]:
    fields = {key: value for key, value in blocker.fields.items() if key != "nearest"}
    return blocker.message, repr(sorted(fields.items()))


def explain(
    conditions: Conditions, possible: Possible, territory: Territory, progress: Progress | None = None
) -> Explanation:
    """Return what stands in the way of a request; no conflicts where a plan meets it."""
    wishes = wishes_of(conditions, possible.widest)
    conflicts: list[frozenset[Wish]] = []
    ways: list[frozenset[Wish]] = []

    def is_possible(given_up: Iterable[Wish]) -> bool:
        return possible.is_possible(without(conditions, given_up, possible.widest))

    whole = _search(wishes, is_possible, conflicts, ways, progress)
    # what a reader can do at once stands before what the programme would have to change
    ways.sort(key=lambda way: (len(way), sum(wish.kind == "quota" for wish in way)))
    return Explanation(
        tuple(tuple(_blocker(w, conditions, territory) for w in wishes if w in conflict) for conflict in conflicts),
        tuple(tuple(_moved(way, wishes, conditions, possible, territory)) for way in ways),
        whole,
    )


def _search(
    wishes: list[Wish],
    is_possible: Callable[[Iterable[Wish]], bool],
    conflicts: list[frozenset[Wish]],
    ways: list[frozenset[Wish]],
    progress: Progress | None,
) -> bool:
    """Fill conflicts and ways, the smallest ways first; return whether these are all ways."""
    nothing: frozenset[Wish] = frozenset()
    paths, reached, whole = deque([nothing]), {nothing}, True
    while paths:
        path = paths.popleft()
        if any(way <= path for way in ways):
            continue
        if progress is not None:
            progress("diagnose", min(len(reached) / MOST_PATHS, 0.95))
        conflict = next((c for c in conflicts if not c & path), None)
        if conflict is None and is_possible(path):
            if path:
                ways.append(path)
            continue
        if len(ways) >= MOST_WAYS or len(path) >= MOST_TOGETHER or len(reached) >= MOST_PATHS:
            whole = False
            continue
        if conflict is None:
            conflict = _irreducible(wishes, path, is_possible)
            if len(conflicts) < MOST_CONFLICTS:
                conflicts.append(conflict)
        further = dict.fromkeys(path | {wish} for wish in wishes if wish in conflict)
        paths.extend(one for one in further if one not in reached)
        reached.update(further)
    return whole


def _irreducible(
    wishes: list[Wish], path: frozenset[Wish], is_possible: Callable[[Iterable[Wish]], bool]
) -> frozenset[Wish]:
    """Return a conflict among the wishes that are not in a path: what can be left out is, in their order."""
    left_out = set(path)
    for wish in wishes:
        if wish not in left_out and not is_possible(left_out | {wish}):
            left_out.add(wish)
    return frozenset(wishes) - left_out


# ---- single demands


def wishes_of(conditions: Conditions, widest: tuple[int, int]) -> list[Wish]:
    """Return every single demand.

    What the programme sets before what was wished for this once, since the first ones are the first to be left out
    of a conflict.
    """
    found = [Wish("quota", department) for department in sorted(conditions.quotas)]
    found += [Wish("province")] if conditions.per_province is not None else []
    found += [Wish("size_least")] if conditions.sizes[0] > widest[0] else []
    found += [Wish("size_most")] if conditions.sizes[1] < widest[1] else []
    found += [Wish("governments")] if conditions.governments is not None else []
    for kind in ("required", "banned"):
        found += [Wish(kind, ubigeo) for ubigeo in sorted(getattr(conditions, kind))]
    for kind, groups in {"forbidden": conditions.forbidden, "fixed": conditions.fixed}.items():
        found += [Wish(kind, text) for text in sorted("-".join(sorted(group)) for group in groups)]
    return found


def without(conditions: Conditions, given_up: Iterable[Wish], widest: tuple[int, int]) -> Conditions:
    """Return what is asked when some demands are given up."""
    for wish in given_up:
        conditions = _with(conditions, wish, None, widest)
    return conditions


def _with(conditions: Conditions, wish: Wish, value: int | None, widest: tuple[int, int]) -> Conditions:
    """Return what is asked with another number for a demand; None gives the demand up."""
    if wish.kind == "quota":
        return replace(conditions, quotas={**conditions.quotas, wish.of: value})
    if wish.kind == "province":
        return replace(conditions, per_province=value)
    if wish.kind == "governments":
        return replace(conditions, governments=value)
    if wish.kind == "size_least":
        return replace(conditions, sizes=(widest[0] if value is None else value, conditions.sizes[1]))
    if wish.kind == "size_most":
        return replace(conditions, sizes=(conditions.sizes[0], widest[1] if value is None else value))
    gone = {wish.of} if wish.kind in ("required", "banned") else {wish.ubigeos}
    return replace(conditions, **{wish.kind: getattr(conditions, wish.kind) - gone})


def _moved(
    way: frozenset[Wish], wishes: list[Wish], conditions: Conditions, possible: Possible, territory: Territory
) -> Iterator[Blocker]:
    """Give the demands of a way, each number moved only as far as it must be once those before it have been."""
    now = without(conditions, way, possible.widest)
    for wish in (w for w in wishes if w in way):
        nearest = _nearest(wish, now, conditions, possible)
        if nearest is not None:
            now = _with(now, wish, nearest, possible.widest)
        blocker = _blocker(wish, conditions, territory, alone=len(way) == 1)
        yield replace(blocker, fields={**blocker.fields, "nearest": nearest}) if wish.kind in _NUMBERS else blocker


def _nearest(wish: Wish, now: Conditions, conditions: Conditions, possible: Possible) -> int | None:
    """Return the value next to the one asked for with which there is a plan; None where no value is left to ask."""
    if wish.kind == "governments":
        return possible.most_governments(now) or None
    if wish.kind not in _NUMBERS:
        return None
    values = _NUMBERS[wish.kind](conditions, wish, possible.widest)
    return next((v for v in values if possible.is_possible(_with(now, wish, v, possible.widest))), None)


def _quotas(conditions: Conditions, wish: Wish, widest: tuple[int, int]) -> list[int]:
    own = conditions.quotas[wish.of] or 0
    return sorted((n for n in range(MOST_CLUSTERS + 1) if n != own), key=lambda n: (abs(n - own), n))


_NUMBERS: Mapping[str, Callable[[Conditions, Wish, tuple[int, int]], Iterable[int]]] = {
    "quota": _quotas,
    "province": lambda conditions, wish, widest: range((conditions.per_province or 0) + 1, MOST_CLUSTERS + 1),
    "size_least": lambda conditions, wish, widest: range(conditions.sizes[0] - 1, widest[0] - 1, -1),
    "size_most": lambda conditions, wish, widest: range(conditions.sizes[1] + 1, widest[1] + 1),
    "governments": lambda conditions, wish, widest: (),
}


def _blocker(wish: Wish, conditions: Conditions, territory: Territory, alone: bool = False) -> Blocker:
    fields: dict[str, object] = {}
    if wish.kind == "quota":
        fields = {"department": territory.departments[wish.of].name, "quota": conditions.quotas[wish.of]}
    elif wish.kind == "province":
        fields = {"limit": conditions.per_province}
    elif wish.kind == "governments":
        fields = {"governments": conditions.governments}
    elif wish.kind in ("size_least", "size_most"):
        fields = {"size": conditions.sizes[0 if wish.kind == "size_least" else 1]}
    else:
        name = "districts" if wish.kind in ("required", "banned") else "cluster"
        fields = {name: names(wish.ubigeos, territory), "ubigeos": "-".join(sorted(wish.ubigeos))}
    return Blocker(f"engine.plan.blocked.{wish.kind}", fields, alone)
