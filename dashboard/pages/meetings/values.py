"""Say the value of a field of a meeting, a decision or a member in words: two versions are told apart by them."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.clusters.scoring import load_criteria
from dashboard.documents import in_order
from dashboard.records.meetings import Decision, Meeting, group_of
from dashboard.records.proposals import identities
from dashboard.web.request import RequestContext


class Shower:
    """Shows the values of one record; names of members and proposals are looked up once."""

    def __init__(self, context: RequestContext, names: Mapping[str, str]):
        self.words, self.names = context.words, names

    def __call__(self, field: str, value: Any) -> str:
        """Return a value, as plain data, in words."""
        say = self.words.say
        if value is None or value == "" or value == [] or value == {}:
            return say("meetings.nothing")
        if field in ("agenda", "next_agenda"):
            return "\n".join(f"{n}. {item}" for n, item in enumerate(value, start=1))
        if field in ("present", "proposals"):
            return "\n".join(self.names.get(id_, id_) for id_ in value)
        if field == "weights":
            return "\n".join(f"{say(f'criterion.{k}.name')}: {v:g}" for k, v in in_order(value, load_criteria()))
        if field == "dissent":
            return "\n".join(f"{self.names.get(id_, id_)}: {why}" for id_, why in value.items())
        if field == "waivers":
            return "\n".join(f"{say(f'rule.{rule}.name')}: {why}" for rule, why in value.items())
        named = {"state": "records.meeting_state", "outcome": "records.outcome", "sector": "group.sector"}.get(field)
        return say(f"{named}.{value}") if named else str(value)


def shower(context: RequestContext, record: object) -> Shower:
    """Return what shows the values of a record."""
    return Shower(context, _names(context, record))


def _names(context: RequestContext, record: object) -> dict[str, str]:
    """The names of whoever and whatever a meeting or a decision speaks of by id."""
    with context.store.reading() as session:
        if isinstance(record, Meeting):
            there: Sequence[Any] = group_of(session, record.department, record.period)
        elif isinstance(record, Decision):
            # the id of a meeting begins with its department
            periods = context.store.programme.periods
            there = [m for p in periods for m in group_of(session, record.meeting[:2], p.key)]
        else:
            return {}
    members = {item.id: item.name for item in there}
    return members | {id: found.title for id, found in identities(context.store).items()}
