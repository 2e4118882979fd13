"""What the phones of a meeting's room answered, as an annex of its acta: judgements, weights, and what follows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dashboard.clusters.group import Outcome, judged
from dashboard.clusters.scoring import OwnCriterion, with_own
from dashboard.clusters.writing import Wording, group_sentences
from dashboard.documents.blocks import Block, Paragraph, Points, Table
from dashboard.records.core import Words
from dashboard.records.meetings import MeetingRecord, speaking

COLUMNS = ("candidate", "criterion", "median", "range", "n", "unknown")
HALVES = 1  # decimals of a median between two levels


def room_blocks(record: MeetingRecord, words: Words) -> Iterator[Block]:
    """Return what the room answered, nobody named; nothing of a meeting that had none, or is not closed."""
    content = record.room
    if content is None:
        return
    words, people = speaking(words, content.get("own_criteria", ())), content["people"]
    here = {"members": people.get("member", 0), "invited": people.get("invited", 0)}
    yield Paragraph(words.say("voices.in_room", observers=people.get("observer", 0), **here))
    names = {id: record.identity(id, name).title for id, name in content["names"].items()}
    rows = tuple(_judgements(content, names, words))
    if rows:
        head = tuple(
            words.say(f"acta.{name}") for name in ("candidate", "criterion", "median", "range", "n", "unknown")
        )
        yield Table(words.say("acta.room_judgements"), head, rows, "ttnsnn")
    yield from _weights(content["weights"], content.get("own_criteria", ()), words)
    yield from _follows(content, names, words)


# JSON, of any type
def _judgements(content: Mapping[str, Any], names: Mapping[str, str], words: Words) -> Iterator[tuple[str, ...]]:
    for id in content["proposals"]:
        for key, given in content["judgements"][id].items():
            own = judged(given["answers"])
            if own.n or own.unknown:
                spread = "" if own.low is None else f"{own.low}-{own.high}"
                yield (names[id], words.say(f"criterion.{key}.name"), words.number(own.median, HALVES), spread,
                       str(own.n), str(own.unknown))  # fmt: skip


def _weights(weights: Sequence[Mapping[str, float]], made: Sequence[OwnCriterion], words: Words) -> Iterator[Block]:
    """The weights of each member, in an order that is nobody's."""
    criteria = [key for key in with_own(made) if any(key in own for own in weights)]
    if not weights:
        return
    head = (words.say("acta.criterion"), *(str(n) for n in range(1, len(weights) + 1)))
    rows = tuple(
        (words.say(f"criterion.{key}.name"), *(words.number(100 * own.get(key, 0.0), 0) for own in weights))
        for key in criteria
    )
    yield Table(words.say("acta.room_weights"), head, rows, f"t{'n' * len(weights)}")


# JSON, of any type
def _follows(content: Mapping[str, Any], names: Mapping[str, str], words: Words) -> Iterator[Block]:
    if content.get("outcome") is None:
        return
    outcome, wording = Outcome.from_dict(content["outcome"]), Wording(words.say, words.number)
    yield Paragraph(group_sentences.basis_sentence(wording, outcome), words.say("voices.follows"))
    said = zip(content["followed"], outcome.proposals, strict=True)
    yield Points(
        tuple(
            f"{names[id]}: {group_sentences.given_sentence(wording, outcome, own)} "
            f"{group_sentences.allowed_sentence(wording, own)}"
            for id, own in said
        )
    )
