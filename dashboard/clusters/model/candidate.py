"""Hold a candidate: the districts someone is drawing into a cluster. It never changes; an edit is a new one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

SERVICES = ("education", "health", "environment")


class ProposalLike(Protocol):
    """What the domain asks of a proposal or a cluster, wherever it is kept."""

    @property
    def id(self) -> str:
        """Its name for the computer."""

    @property
    def name(self) -> str:
        """Its name for people."""

    @property
    def services(self) -> frozenset[str]:
        """What it works on, of :data:`SERVICES`."""

    @property
    def ubigeos(self) -> frozenset[str]:
        """Its districts."""

    @property
    def phase(self) -> int:
        """When it is begun, 1 or later."""

    @property
    def state(self) -> str:
        """Where it stands in its life."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A frozen set of districts with what is intended for them.

    `ubigeos` are six-digit INEI codes, of whose digits the first two name the department and the
    first four the province. `services` is any of :data:`SERVICES`. `replaces` is the id of the
    proposal that this one would take the place of: rules do not count that one against it. `number` is the
    one by which it goes in the record, None for what the record has not.

    Raises ValueError on a code that is not six digits, an unknown service or a phase below 1;
    whether the districts exist is for :mod:`geodata.model.territory` to say.
    """

    ubigeos: frozenset[str] = frozenset()
    name: str = ""
    services: frozenset[str] = frozenset()
    note: str = ""
    phase: int = 1
    replaces: str | None = None
    state: str = "candidate"
    number: int | None = None

    @property
    def title(self) -> str:
        """Return number and name in one line: `3 Lamas`; the name alone where it has no number."""
        return self.name if self.number is None else f"{self.number} {self.name}".strip()

    def __post_init__(self) -> None:
        object.__setattr__(self, "ubigeos", _codes(self.ubigeos))
        object.__setattr__(self, "services", frozenset(self.services))
        unknown = sorted(self.services - set(SERVICES))
        if unknown:
            raise ValueError(f"unknown services: {', '.join(unknown)}")
        if self.phase < 1:
            raise ValueError(f"a phase is 1 or more, not {self.phase}")

    def __len__(self) -> int:
        return len(self.ubigeos)

    @property
    def departments(self) -> tuple[str, ...]:
        """Codes of the departments it touches, sorted."""
        return tuple(sorted({ubigeo[:2] for ubigeo in self.ubigeos}))

    @property
    def provinces(self) -> tuple[str, ...]:
        """Codes of the provinces it touches, sorted."""
        return tuple(sorted({ubigeo[:4] for ubigeo in self.ubigeos}))

    @property
    def main_province(self) -> str:
        """Code of the province of most of its districts, on a tie the smallest: the one it is advised to keep to."""
        held = [ubigeo[:4] for ubigeo in sorted(self.ubigeos)]
        return max(dict.fromkeys(held), key=held.count, default="")

    def add(self, *ubigeos: str) -> "Candidate":
        """Return it with some more districts."""
        return replace(self, ubigeos=self.ubigeos.union(ubigeos))

    def remove(self, *ubigeos: str) -> "Candidate":
        """Return it without some districts."""
        return replace(self, ubigeos=self.ubigeos.difference(ubigeos))

    def with_ubigeos(self, ubigeos: Iterable[str]) -> "Candidate":
        """Return it with other districts."""
        return replace(self, ubigeos=frozenset(ubigeos))

    def with_name(self, name: str) -> "Candidate":
        """Return it with another name."""
        return replace(self, name=name)

    def replacing(self, proposal_id: str | None) -> "Candidate":
        """Return it in the place of a proposal, or of none."""
        return replace(self, replaces=proposal_id)


def from_proposal(proposal: ProposalLike) -> Candidate:
    """Return the candidate that a proposal draws; it replaces that proposal, so is never counted twice."""
    return Candidate(
        ubigeos=frozenset(proposal.ubigeos),
        name=proposal.name,
        services=frozenset(proposal.services),
        note=getattr(proposal, "note", "") or "",
        phase=proposal.phase,
        replaces=proposal.id,
        state=proposal.state,
    )


def _codes(ubigeos: Iterable[str]) -> frozenset[str]:
    codes = frozenset([ubigeos] if isinstance(ubigeos, str) else ubigeos)
    wrong = sorted(str(code) for code in codes if not is_ubigeo(code))
    if wrong:
        raise ValueError(f"not six-digit district codes: {', '.join(wrong)}")
    return codes


def is_ubigeo(code: object) -> bool:
    """Tell whether a value has the form of a district code: six ASCII digits as text."""
    return isinstance(code, str) and len(code) == 6 and code.isascii() and code.isdigit()
