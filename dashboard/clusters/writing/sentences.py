"""Say in sentences what the engine found: places, changes, duels, plans and what stands in their way.

Words come from `say` and numbers from `number`, so that this module holds neither. Every number has a
formula to go with it: `engine.formula.<key>` says how it was made.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dashboard.clusters.planning import MOST_TOGETHER, Blocker, Explanation, Plan
from dashboard.clusters.ranking import Change, Changes, Duel, Frontier, Rank, Ranking, Standpoint
from dashboard.clusters.scoring import FIXED, Criterion, Pool, Scale, percentiles
from dashboard.clusters.writing.wording import Say, joined, sentence
from geodata.model import Territory, derived
from geodata.shared import rounded

_FORMULA_FIELDS = {"interval": {"below": derived.THIN_BELOW}}


@dataclass(frozen=True)
class Wording:
    """How a reader is spoken to: sentences by key, and numbers with so many decimals (None is unknown)."""

    say: Say
    number: Callable[[float | None, int], str]

    def signed(self, value: float, decimals: int) -> str:
        """Write a difference with its sign."""
        text = self.number(value, decimals)
        return f"+{text}" if rounded(value, decimals) > 0 else text


def formula_sentence(words: Wording, key: str, **fields: object) -> str:
    """Return how a number was made: the sentence `engine.formula.<key>`, filled with fields."""
    return words.say(f"engine.formula.{key}", **_FORMULA_FIELDS.get(key, {}), **fields)


def district_names(ubigeos: Iterable[str], territory: Territory) -> tuple[str, ...]:
    """Return the names of districts in the order of their codes."""
    return tuple(territory.districts[u].name for u in sorted(ubigeos))


def ranking_sentence(words: Wording, ranking: Ranking) -> str:
    """Return "Lugar 14 de 341 en Lamas.", or why it has none."""
    say, score = words.say, ranking.score
    place = ranking.name or say("engine.rank.everywhere")
    if ranking.n == 0:
        return say("engine.rank.nobody", place=place)
    if score.position is None:
        return say("engine.rank.unknown", place=place)
    fields = {"position": score.position, "of": score.of, "place": place}
    if not ranking.member:
        why = joined(say, [say(f"engine.outside.{reason}") for reason in ranking.outside])
        return say("engine.rank.outside", why=why, **fields)
    if score.shared:
        return say("engine.rank.shared", shared=score.shared, **fields)
    return say("engine.rank.member", **fields)


def percentile_sentence(words: Wording, place: Rank) -> str | None:
    """Return "Mejor que el 96 % de los demás.", None where there are no others."""
    if place.percentile is None:
        return None
    share = place.percentile / 100
    return words.say("engine.rank.better_than", percentile=share_of(words, share, share in (0, 1)))


def share_of(words: Wording, share: float | None, proven: bool) -> str:
    """Return "el 96 %" of a share (0-1); all and none are said only where `proven`, however it rounds."""
    return words.say(f"engine.share_of.{_near_end(share, proven)}", share=_percent(words, share))


def share_alone(words: Wording, share: float, proven: bool) -> str:
    """Return "96 %" of a share (0-1), as :func:`share_of`."""
    return words.say(f"engine.share.{_near_end(share, proven)}", share=_percent(words, share))


def _percent(words: Wording, share: float | None) -> str:
    return words.number(None if share is None else 100 * share, 0)


def _near_end(share: float | None, proven: bool) -> str:
    if share is None or proven:
        return "plain"
    return {100.0: "more", 0.0: "less"}.get(rounded(100 * share, 0), "plain")


def criterion_sentence(words: Wording, place: Rank, criterion: Criterion, member: bool) -> str:
    """Return where a candidate stands on one criterion.

    Among the feasible ones where it is a `member` of them, else where it would stand beside them.
    """
    name = words.say(f"criterion.{place.key}.figure")
    if place.position is None:
        return words.say("engine.rank.criterion_unknown", criterion=name)
    value = words.number(place.value, criterion.decimals)
    fields = {
        "criterion": name,
        "value": value,
        "unit": words.say(f"unit.{criterion.unit}", n=value),
        "position": place.position,
        "of": place.of,
        "shared": place.shared,
    }
    key = f"engine.rank.criterion{'' if member else '_outside'}{'_shared' if place.shared else ''}"
    return words.say(key, **fields)


def anchors_sentence(words: Wording, criterion: Criterion, anchors: str) -> str:
    """Return "0 puntos: 140; 100: 12 (km); percentiles …."; `anchors` are those asked for (:data:`ANCHORS`)."""
    zero, hundred = (words.number(end, criterion.decimals) for end in (criterion.zero_at, criterion.hundred_at))
    unit = words.say(f"unit.{criterion.unit}", n=hundred)
    ends = words.say("engine.anchors.ends", zero=zero, hundred=hundred, unit=unit)
    return words.say("engine.anchors.whole", ends=ends, why=anchors_why(words, criterion, anchors))


def anchors_why(words: Wording, criterion: Criterion, anchors: str) -> str:
    """Return where the anchors of a criterion come from."""
    low, high = (words.number(percent, 0) for percent in percentiles())
    between = {"from": low, "to": high} if criterion.direction == "higher" else {"from": high, "to": low}
    if criterion.among:
        return words.say("engine.anchors.spread", n=words.number(criterion.among, 0), **between)
    reason = "judged" if criterion.judged else "fixed" if anchors == FIXED else "alike"
    return words.say(f"engine.anchors.{reason}", **between)


def left_out_sentences(words: Wording, scale: Scale) -> tuple[str, ...]:
    """Return what does not enter a score and why, one sentence for all judgements with a weight and one a criterion."""
    say = words.say
    judged = [say(f"criterion.{key}.name") for key in scale.judged if scale.weights[key]]
    found = [say("engine.rank.left_judged", criteria=joined(say, judged))] if judged else []
    found += [
        say("engine.rank.left_lacking", criterion=say(f"criterion.{key}.name"), n=n)
        for key, n in scale.lacking.items()
        if scale.weights[key] > 0  # what weighs nothing would not have entered anyway
    ]
    return tuple(found)


def frontier_sentence(words: Wording, stands: Standpoint, front: Frontier, among: Pool, place: str) -> str:
    """Return whether a candidate is on the frontier of a pool, or how many beat it, by how much, and the first."""
    say = words.say
    aims = joined(say, [say(f"criterion.{key}.figure").lower() for key in front.aims])
    if stands.on is None:
        return say("engine.frontier.unknown", aims=aims)
    aside = [say("engine.frontier.aside", n=front.unknown)] if front.unknown else []
    if stands.on:
        return " ".join([say("engine.frontier.on", aims=aims, place=place), *aside])
    of = len(front.aims)
    counts = Counter(map(len, stands.better_on))
    split = [
        say("engine.frontier.split_all" if k == of else "engine.frontier.split", k=k, of=of, n=counts[k])
        for k in range(of, 0, -1)
        if counts[k]
    ]
    told = {"aims": aims, "place": place, "n": len(stands.beaten_by), "split": say("list.semicolon").join(split)}
    off = say("engine.frontier.off", **told)
    return " ".join([off, _first_of(words, stands, front, among), *aside])


def _first_of(words: Wording, stands: Standpoint, front: Frontier, among: Pool) -> str:
    """Return the first of those that beat a candidate, on what it is better and on what the same."""
    say = words.say
    names = joined(say, district_names(among.groups.ubigeos(stands.beaten_by[0]), among.dataset.territory))
    better, same = (
        joined(
            say, [say(f"criterion.{key}.figure").lower() for key in front.aims if (key in stands.better_on[0]) == side]
        )
        for side in (True, False)
    )
    if not same:
        return say("engine.frontier.first_all", first=names, of=len(front.aims))
    return say("engine.frontier.first", first=names, better=better, same=same)


def change_sentence(words: Wording, change: Change, territory: Territory) -> str:
    """Return what is added and taken off, as in "Cambiar Awajún por Moyobamba."."""
    message = change.message
    if change.kind == "several" and not (change.added and change.removed):
        message = "engine.change.several_added" if change.added else "engine.change.several_removed"
    args = {"added": district_names(change.added, territory), "removed": district_names(change.removed, territory)}
    return sentence(words.say, message, args)


def effect_sentences(words: Wording, change: Change, before: float | None) -> tuple[str, ...]:
    """Return which rules a change mends or nears, what is left to change after it, and what it does to the score."""
    say, found = words.say, []
    if change.mended:
        rules = joined(say, [say(f"rule.{rule}.name") for rule in change.mended])
        found.append(say("engine.change.mends", rules=rules))
    if change.nearer:
        rules = joined(say, [say(f"rule.{rule}.name") for rule in change.nearer])
        found.append(say("engine.change.nears", rules=rules))
    if change.graver:
        rules = joined(say, [say(f"rule.{rule}.name") for rule in change.graver])
        found.append(say("engine.change.worsens", rules=rules))
    if change.left:
        found.append(say("engine.change.left", n=change.left))
    if before is None or change.score is None or change.gain is None:
        found.append(say("engine.change.effect_unknown"))
    else:
        scores = {"before": words.number(before, 1), "after": words.number(change.score, 1)}
        found.append(say("engine.change.effect", gain=words.signed(change.gain, 1), **scores))
    return tuple(found)


def mends_sentence(words: Wording, mends: Changes) -> str:
    """Return how large the smallest mend is, or why there is none."""
    if mends.n is None:
        return words.say("engine.changes.mend_none" if mends.locked else "engine.changes.mend_nowhere")
    if mends.n == 0:
        return words.say("engine.changes.mend_not_needed")
    return words.say("engine.changes.mend_title", n=mends.n, found=mends.found)


def duel_sentence(words: Wording, duel: Duel, names: Sequence[str]) -> str:
    """Return which of two candidates is ahead, or that they are not told apart."""
    first, second = (names[1], names[0]) if duel.ahead == 1 else (names[0], names[1])
    return words.say(duel.message, first=first, second=second, share=share_of(words, duel.share, False))


def blocker_sentence(words: Wording, blocker: Blocker) -> str:
    """Return one thing that stands in the way of a plan."""
    decimals = {"seconds": 0, "bound": 1}
    numbers = {name: words.number(blocker.fields[name], n) for name, n in decimals.items() if name in blocker.fields}
    return sentence(words.say, blocker.message, {**blocker.fields, **numbers})


Part = tuple[str, tuple[str, ...]]  # a heading and what stands under it


def blocked_parts(words: Wording, blockers: Sequence[Blocker], why: Explanation | None = None) -> tuple[Part, ...]:
    """Return why there is no plan.

    What contradicts itself, what cannot be met together with the ways out, or what is known of a search that found
    nothing.
    """
    say = words.say
    if why is None:
        told_ = tuple(blocker_sentence(words, blocker) for blocker in blockers)
        kinds = {blocker.message.rsplit(".", 1)[-1].split("_")[0] for blocker in blockers}
        return ((told_[0], ()),) if kinds <= {"time", "solver"} else ((say("engine.plan.contradictory"), told_),)
    parts: list[Part] = [(say("engine.plan.impossible"), ())]
    for n, conflict in enumerate(why.conflicts):
        heading = say("engine.plan.conflict_too" if n else "engine.plan.conflict", n=len(conflict))
        parts.append((heading, tuple(blocker_sentence(words, demand) for demand in conflict)))
    return (*parts, (_ways_heading(words, why), tuple(way_sentence(words, way) for way in why.ways)))


def _ways_heading(words: Wording, why: Explanation) -> str:
    if not why.ways:
        return words.say("engine.plan.ways_none", n=MOST_TOGETHER)
    return words.say("engine.plan.ways_all" if why.whole else "engine.plan.ways_some", n=len(why.ways))


def way_sentence(words: Wording, way: Sequence[Blocker]) -> str:
    """Return what has to give way together, in one sentence."""
    clauses = [sentence(words.say, _way_key(step), step.fields) for step in way]
    text = joined(words.say, clauses)
    return f"{text[:1].upper()}{text[1:]}."


def _way_key(step: Blocker) -> str:
    kind = step.message.rsplit(".", 1)[-1]
    no_number = "nearest" in step.fields and step.fields["nearest"] is None
    return f"engine.plan.way.{kind}{'_any' if no_number else ''}"


def plan_sentences(words: Wording, plan: Plan) -> tuple[str, ...]:
    """Return the value of a plan, whether it is proven, and what was left out of the choice."""
    value = words.say(
        f"engine.plan.value_{plan.request.objective}",
        value=words.number(plan.value, 0 if plan.request.objective == "affected" else 1),
        mean=words.number(plan.mean, 1),
        provinces=plan.provinces,
    )
    decimals = 0 if plan.request.objective == "affected" else 1
    best = {"value": words.number(plan.value, decimals), "bound": words.number(plan.bound, decimals)}
    proof = words.say(plan.message, gap=words.number(100 * plan.gap, 2), reach=plan.reach, **best)
    left_out = {"engine.plan.unknown": plan.unknown, "engine.plan.unvalued": plan.unvalued}
    return (value, proof, *(words.say(key, n=n) for key, n in left_out.items() if n))
