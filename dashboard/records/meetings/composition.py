"""Judge who sits in a consultative group by the programme's rules, as the rules of a cluster are judged.

The parameters stand in `programme.toml` under `group`. Keys of sentences are `group.<rule>.<status>`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.clusters.rules import Verdict
from dashboard.records.meetings.groups import Member


@dataclass(frozen=True)
class GroupMembers:
    """The members of a group, the numbers asked for, and the districts of the department's clusters and proposals."""

    members: tuple[Member, ...]
    numbers: Mapping[str, int]
    ubigeos: frozenset[str]

    def count(self, sector: str) -> int:
        """Return how many members a sector has."""
        return sum(member.sector == sector for member in self.members)

    @property
    def government(self) -> int:
        """How many members come from a government of any level."""
        return len(self.members) - self.count("civil")


def judge_group(
    members: Sequence[Member], numbers: Mapping[str, int], ubigeos: Iterable[str] = ()
) -> tuple[Verdict, ...]:
    """Return the verdict of every rule.

    `ubigeos` are the districts of the department's clusters, or of its proposals where it has none yet; without any,
    where members come from is not judged.
    """
    group = GroupMembers(tuple(members), numbers, frozenset(ubigeos))
    return tuple(rule(group) for rule in RULES.values())


def _verdict(rule: str, status: str, variant: str = "", **args: object) -> Verdict:
    return Verdict(rule, status, f"group.{rule}.{status}{'_' + variant if variant else ''}", MappingProxyType(args))


def size(group: GroupMembers) -> Verdict:
    """Fail above the most, warn below the least: the plan's own maxima leave no room for more than ten."""
    n, least, most = len(group.members), group.numbers["members_minimum"], group.numbers["members_maximum"]
    status = "fail" if n > most else "warn" if n < least else "pass"
    return _verdict("size", status, n=n, minimum=least, maximum=most)


def regional(group: GroupMembers) -> Verdict:
    """Exactly so many representatives of the regional government."""
    return _exactly("regional", group.count("regional"), group.numbers["regional"])


def provincial(group: GroupMembers) -> Verdict:
    """One or two of provincial municipalities, of different provinces, which have a cluster."""
    n = group.count("provincial")
    least, most = group.numbers["provincial_minimum"], group.numbers["provincial_maximum"]
    if not least <= n <= most:
        return _verdict("provincial", "fail", n=n, minimum=least, maximum=most)
    places = [m.place for m in group.members if m.sector == "provincial"]
    if any(times > 1 for times in Counter(places).values()):
        return _verdict("provincial", "fail", "twice", n=n)
    strangers = _strangers(group, "provincial", {u[:4] for u in group.ubigeos})
    if strangers:
        return _verdict("provincial", "warn", "elsewhere", names=strangers)
    return _verdict("provincial", "pass", n=n, minimum=least, maximum=most)


def district(group: GroupMembers) -> Verdict:
    """One of the district municipalities that are in a cluster."""
    n = group.count("district")
    strangers = _strangers(group, "district", set(group.ubigeos))
    if n == group.numbers["district"] and strangers:
        return _verdict("district", "warn", "elsewhere", names=strangers)
    return _exactly("district", n, group.numbers["district"])


def civil(group: GroupMembers) -> Verdict:
    """At most so many of civil society."""
    n, most = group.count("civil"), group.numbers["civil_maximum"]
    return _verdict("civil", "fail" if n > most else "pass", n=n, maximum=most)


def balance(group: GroupMembers) -> Verdict:
    """Civil society never outnumbers government."""
    n, government = group.count("civil"), group.government
    if not group.members:
        return _verdict("balance", "none")
    return _verdict("balance", "fail" if n > government else "pass", n=n, government=government)


def accredited(group: GroupMembers) -> Verdict:
    """Every member is accredited in writing by their institution."""
    if not group.members:
        return _verdict("accredited", "none")
    names = tuple(m.name for m in group.members if not m.accreditation)
    return _verdict("accredited", "warn" if names else "pass", names=names)


@dataclass(frozen=True, slots=True)
class Diversity:
    """How many of a group are women and men, of how many nobody said, and who speaks for which organisations.

    The annex asks to mind it and sets no number: it is a remark, no rule.
    """

    members: int
    women: int
    men: int
    unsaid: int
    indigenous: int
    womens: int


def diversity(members: Sequence[Member]) -> Diversity:
    """Return the balance of a group."""
    genders = Counter(member.gender for member in members)
    spoken = Counter(kind for member in members for kind in member.speaks_for)
    return Diversity(
        len(members), genders["female"], genders["male"], genders[""], spoken["indigenous"], spoken["women"]
    )


def _exactly(rule: str, n: int, wanted: int) -> Verdict:
    return _verdict(rule, "pass" if n == wanted else "fail", n=n, wanted=wanted)


def _strangers(group: GroupMembers, sector: str, places: set[str]) -> tuple[str, ...]:
    """Members of a sector who come from none of the places; nobody when no place is known."""
    return tuple(m.name for m in group.members if places and m.sector == sector and m.place not in places)


RULES: Mapping[str, Callable[[GroupMembers], Verdict]] = MappingProxyType(
    {rule.__name__: rule for rule in (size, regional, provincial, district, civil, balance, accredited)}
)
