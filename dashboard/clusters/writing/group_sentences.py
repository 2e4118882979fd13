"""Say in sentences what follows from a group's own weights and judgements, for one proposal and for all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.clusters.group import ALLOWED, ANY, FirstPlaces, Outcome, Outlook
from dashboard.clusters.writing.sentences import Wording
from dashboard.clusters.writing.wording import joined
from geodata.shared import rounded

MOST_NAMED = 3  # criteria in a sentence
WORTH_SAYING = 0.005  # of all weight (1): what is shown as nothing is not said
MUCH_MORE = 0.02  # by which a weight differs from the group's mean before it is said to
ALONE = 0.999  # of a mixture of rivals: one of them is all of it


@dataclass(frozen=True)
class Followed:
    """What follows, of proposals that go by `names`."""

    outcome: Outcome
    names: Sequence[str]

    def order(self) -> tuple[int, ...]:
        """Return the positions of the proposals, the one that most of the allowed weightings put first before."""
        found = self.outcome.proposals
        return tuple(sorted(range(len(found)), key=lambda i: (-found[i].allowed.shown, -found[i].given.shown, i)))


def percent(words: Wording, share: float) -> str:
    """Return a share (0-1) as a percentage without decimals: what is little is neither none nor all."""
    shown = 100 * share
    if 0 < shown < 1:
        return words.say("voices.below", n=words.number(1, 0))
    if 99 < shown < 100:
        return words.say("voices.above", n=words.number(99, 0))
    return words.say("voices.percent", n=words.number(shown, 0))


def basis_sentence(words: Wording, found: Outcome) -> str:
    """Return what the answers allow and how it was counted, so that it can be counted again."""
    return words.say("voices.basis", n=found.members, draws=words.number(found.draws, 0), seed=str(found.seed))


def given_sentence(words: Wording, found: Outcome, own: Outlook) -> str:
    """Return in how many of the members' own weightings a proposal is first, or that none makes it first."""
    of = {"of": found.members, "n": int(own.given.shown)}
    if not own.given.shown:
        if own.never == ANY:
            return words.say("voices.never_any")
        if own.never == ALLOWED:
            return words.say("voices.never_allowed")
        if not own.given.possible:
            return words.say("voices.given_none")
        return words.say("voices.given_maybe", n=int(own.given.possible), of=found.members)
    said = words.say("voices.given_all" if own.given.shown == found.members else "voices.given", **of)
    return _widened(words, said, own.given, lambda n: words.number(n, 0))


def allowed_sentence(words: Wording, own: Outlook) -> str:
    """Return the share of all allowed weightings in which a proposal is first."""
    said = words.say("voices.allowed", share=percent(words, own.allowed.shown))
    return _widened(words, said, own.allowed, lambda share: percent(words, share))


def believed_sentences(words: Wording, followed: Followed, i: int, criteria: Sequence[str]) -> tuple[str, ...]:
    """Return what would have to be believed to prefer a proposal. criteria: the names of those in use."""
    own = followed.outcome.proposals[i]
    made = [_central(words, followed.outcome, own, criteria), _nearest(words, followed.outcome, own, criteria)]
    if own.never == ANY:
        made.append(_exceeded(words, followed, i))
    if own.confidence is not None and rounded(own.confidence, 2) < 1:
        made.append(words.say("voices.confidence", share=percent(words, own.confidence)))
    return tuple(sentence for sentence in made if sentence)


def _widened(words: Wording, said: str, places: FirstPlaces, shown: Callable[[float], str]) -> str:
    low, high = shown(places.certain), shown(places.possible)
    return said if low == high else f"{said} {words.say('voices.widened', low=low, high=high)}"


def _central(words: Wording, found: Outcome, own: Outlook, criteria: Sequence[str]) -> str:
    """Return on what the weightings that put it first set more weight than the group does on average."""
    if own.central is None:
        return ""
    more = sorted(((own.central[k] - found.reference[k], k) for k in range(len(criteria))), reverse=True)
    named = [
        words.say("voices.weight", criterion=criteria[k], own=_points(words, own.central[k]))
        for gain, k in more[:MOST_NAMED]
        if gain > MUCH_MORE
    ]
    return words.say("voices.central", criteria=joined(words.say, named)) if named else words.say("voices.central_all")


def _nearest(words: Wording, found: Outcome, own: Outlook, criteria: Sequence[str]) -> str:
    """Return how much weight would have to move, from the group's mean, and between which criteria."""
    near = own.nearest
    if near is None:
        return ""
    if near.moved <= 0:
        return words.say("voices.nearest_none")
    change = [(after - before, k) for k, (before, after) in enumerate(zip(found.reference, near.weights, strict=True))]
    gained = [criteria[k] for by, k in sorted(change, reverse=True)[:MOST_NAMED] if by > WORTH_SAYING]
    lost = [criteria[k] for by, k in sorted(change)[:MOST_NAMED] if by < -WORTH_SAYING]
    parts = {"to": _criteria(words, gained), "lost": _criteria(words, lost)}
    if not gained or not lost:
        return words.say("voices.nearest_little")
    within = all(
        low - WORTH_SAYING <= weight <= high + WORTH_SAYING
        for low, weight, high in zip(found.low, near.weights, found.high, strict=True)
    )
    key = "voices.nearest_within" if within else "voices.nearest_beyond"
    return words.say(key, n=_points(words, near.moved), **parts)


def _criteria(words: Wording, names: Sequence[str]) -> str:
    return joined(words.say, [words.say("voices.criterion", criterion=name) for name in names])


def _exceeded(words: Wording, followed: Followed, i: int) -> str:
    """Return whom it cannot exceed, under any weights."""
    lead = followed.outcome.proposals[i].best[ANY][1]
    others = [j for j in range(len(followed.names)) if j != i]
    rivals = sorted(
        ((share, j) for share, j in zip(lead.rivals, others, strict=True) if share > WORTH_SAYING), reverse=True
    )
    names = [followed.names[j] for _, j in rivals]
    if rivals and rivals[0][0] > ALONE:
        return words.say("voices.exceeded_by", name=names[0])
    return words.say("voices.exceeded_by_some", names=joined(words.say, names))


def _points(words: Wording, share: float) -> str:
    return words.number(100 * share, 1 if 100 * share < 1 else 0)
