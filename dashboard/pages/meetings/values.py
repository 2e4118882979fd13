"""Say the value of a field of a meeting, a decision or a member in words: two versions are told apart by them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from dashboard.clusters.scoring import load_criteria
from dashboard.documents import in_order
from dashboard.records.meetings import Agreement, Decision, Meeting, group_of
from dashboard.records.proposals import Proposal, identities
from dashboard.web.request import RequestContext

NAMED = {
    "outcome": "records.outcome", "sector": "group.sector", "gender": "sitting.gender", "kind": "sitting.kind",
    "previous_act": "sitting.reading",
}  # fmt: skip
STATES: Mapping[type, str] = {Meeting: "records.meeting_state", Agreement: "sitting.standing"}


class Shower:
    """Shows the values of one record; names of members, proposals and districts are looked up once.

    states: where the names of its states stand.
    """

    def __init__(self, context: RequestContext, names: Mapping[str, str], states: str = "records.state"):
        self.words, self.names = context.words, names
        self.named = NAMED | {"state": states}

    def __call__(self, field: str, value: Any) -> str:
        """Return a value, as plain data, in words."""
        say = self.words.say
        if value is None or value == "" or value == [] or value == {}:
            return say("meetings.nothing")
        if field in SHOWN:
            return "\n".join(SHOWN[field](self, value))
        named = self.named.get(field)
        return say(f"{named}.{value}") if named else str(value)

    def name(self, id_: str) -> str:
        """Return what goes by an id in words."""
        return self.names.get(id_, id_)


# of any type, as plain data: so are the values of a record
Show = Callable[[Shower, Any], Iterable[str]]


def _points(shower: Shower, value: Any) -> Iterable[str]:
    return (f"{n}. {item}" for n, item in enumerate(value, start=1))


def _ids(shower: Shower, value: Any) -> Iterable[str]:
    return map(shower.name, [value] if isinstance(value, str) else value)


def _reasons(shower: Shower, value: Any) -> Iterable[str]:
    return (f"{shower.name(id_)}: {why}" for id_, why in value.items())


def _weights(shower: Shower, value: Any) -> Iterable[str]:
    return (f"{shower.words.say(f'criterion.{k}.name')}: {v:g}" for k, v in in_order(value, load_criteria()))


def _waivers(shower: Shower, value: Any) -> Iterable[str]:
    return (f"{shower.words.say(f'rule.{rule}.name')}: {why}" for rule, why in value.items())


def _guests(shower: Shower, value: Any) -> Iterable[str]:
    return (", ".join(filter(None, guest.values())) for guest in value)


def _own_criteria(shower: Shower, value: Any) -> Iterable[str]:
    return (f"{row['name']}: {shower.words.number(row['weight'], 1)}" for row in value)


def _organisations(shower: Shower, value: Any) -> Iterable[str]:
    return (shower.words.say(f"sitting.organisation.{kind}") for kind in value)


def _services(shower: Shower, value: Any) -> Iterable[str]:
    return (shower.words.say(f"service.{service}") for service in value)


SHOWN: Mapping[str, Show] = {
    "agenda": _points,
    "next_agenda": _points,
    "present": _ids,
    "proposals": _ids,
    "presides": _ids,
    "ubigeos": _ids,
    "dissent": _reasons,
    "development": _reasons,
    "judgements": _weights,
    "weights": _weights,
    "waivers": _waivers,
    "guests": _guests,
    "own_criteria": _own_criteria,
    "speaks_for": _organisations,
    "services": _services,
}


def shower(context: RequestContext, record: object) -> Shower:
    """Return what shows the values of a record."""
    return Shower(context, _names(context, record), STATES.get(type(record), "records.state"))


def _names(context: RequestContext, record: object) -> dict[str, str]:
    """The names of whoever and whatever a meeting or a decision speaks of by id."""
    with context.store.reading() as session:
        if isinstance(record, Meeting):
            there: Sequence[Any] = group_of(session, record.department, record.period)
        elif isinstance(record, Decision):
            # the id of a meeting begins with its department
            periods = context.store.programme.periods
            there = [m for p in periods for m in group_of(session, record.meeting[:2], p.key)]
        elif isinstance(record, Proposal):
            return {u: d.name for u, d in context.territory.districts.items()}
        else:
            return {}
    members = {item.id: item.name for item in there}
    return members | {id: found.title for id, found in identities(context.store).items()}
