"""Say by what a cluster goes on every screen and paper: its number in the record, or a letter of the plan it is in.

A number is of the record alone, and nothing else looks like one: what a plan has and the record has not goes by a small
letter. The browser says the same (`assets/js/model/identity.js`); `tests/cases/identities.json` holds both to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase


@dataclass(frozen=True, slots=True)
class Identity:
    """By what one goes: its `sign`, a number of the record or a letter of a plan, and its name in the record.

    id: of the proposal, empty as its name and state are for what the record has not. standing: it is among those that
    maps show, proposed or settled.
    """

    sign: str
    name: str = ""
    id: str = ""
    state: str = ""
    standing: bool = False

    @property
    def title(self) -> str:
        """Return sign and name in one line, for lists and files: `3 Lamas`."""
        return f"{self.sign} {self.name}".strip()


def letters(place: int) -> str:
    """Return the letter of a place in a plan, from 0: a to z, then aa to az, ba and on."""
    found, rest = "", place + 1
    while rest:
        rest, last = divmod(rest - 1, len(ascii_lowercase))
        found = ascii_lowercase[last] + found
    return found


def of_groups(groups: Sequence[Iterable[str]], known: Mapping[frozenset[str], Identity]) -> list[Identity]:
    """Return by what the clusters of a plan go, in its order: groups of ubigeos; `known`: those of the record.

    One with the very districts of a proposal is that proposal. A letter is of the place, so that it stays whatever is
    in the record.
    """
    return [known.get(frozenset(group)) or Identity(letters(n)) for n, group in enumerate(groups)]
