"""Read the criteria that a group makes for itself in a meeting, and speak of them by the names it gave them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from dashboard.clusters.scoring import OWN_DIRECTIONS, OwnCriterion, own_key
from dashboard.records.core import MOST_NOTE, BadInput, Form, Line, Name, Words, validation

MOST_OWN = 6  # a phone asks for each of every proposal
HEAVIEST = 5.0  # as the weights of the programme's


class SentCriterion(Form):
    """A criterion as a form sends it; without a direction more is better, and without a weight it counts for one."""

    name: Name
    question: Annotated[str, validation.text(MOST_NOTE)] = ""
    lowest: Line = ""
    highest: Line = ""
    direction: Annotated[str, validation.chosen(OWN_DIRECTIONS)] = OWN_DIRECTIONS[0]
    weight: Annotated[float, validation.real(0.0, HEAVIEST)] = 1.0


def read_own(sent: Any) -> tuple[OwnCriterion, ...]:  # of any type: what people send
    """Read the criteria of a group; a row without a name is none. Raises the faults of all."""
    if not isinstance(sent, Sequence) or isinstance(sent, str):
        raise validation.fault("not_a_list")
    rows = [row for row in sent if not isinstance(row, Mapping) or str(row.get("name") or "").strip()]
    if len(rows) > MOST_OWN:
        raise validation.fault("too_many", n=len(rows), most=MOST_OWN)
    read: list[OwnCriterion] = []
    faults = []
    for row in rows:
        try:
            read.append(SentCriterion.read(row).values())
        except BadInput as error:
            faults += [validation.fault(f.message.rpartition(".")[2], **f.fields) for f in error.faults]
    validation.refuse(faults)
    keys = [own_key(row["name"]) for row in read]
    if twice := tuple(row["name"] for n, row in enumerate(read) if keys[n] in keys[:n]):
        raise validation.fault("twice", items=twice)
    return tuple(read)


def speaking(words: Words, own: Sequence[OwnCriterion]) -> Words:
    """Return words that know the criteria of a group too: they say what it wrote, in its own language."""
    said = {
        f"criterion.{own_key(row['name'])}.{part}": str(text)
        for row in own
        for part, text in (
            ("name", row["name"]), ("figure", row["name"]), ("reason", row["question"] or row["name"]),
            ("lowest", row["lowest"]), ("highest", row["highest"]),
        )
    }  # fmt: skip
    if not said:
        return words

    def say(key: str, /, **fields: Any) -> str:  # of any type, as sentences take them
        return said[key] if key in said else words.say(key, **fields)

    return replace(words, say=say)
