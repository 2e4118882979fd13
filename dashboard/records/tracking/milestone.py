"""The states on the way of a cluster: when each is due, when it was reached, and how late that is as of a day.

What has been reached is as late as the day on which it was; what has not is counted up to a day: today while the
programme runs, its last day afterwards, or a day that the reader chooses.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.records.core import Form, PastDay, Programme, Store, Words
from dashboard.records.proposals import CHAIN, Proposal

DONE, DONE_LATE, LATE, DUE, NO_DATE = STATUSES = ("done", "done_late", "late", "due", "no_date")
TODAY, LAST_DAY, CHOSEN = "today", "last_day", "chosen"


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day up to which lateness is counted, and why it is that day (`kind`).

    closing: it lies at the end of a programme that is over, and nothing can be done about what is late then.
    """

    day: date
    kind: str
    closing: bool

    def said(self, words: Words) -> str:
        """Return the day in words: `al 31 de diciembre de 2017, último día del programa`."""
        return words.say(f"records.as_of.{self.kind}", day=words.day(self.day))

    @property
    def chosen(self) -> date | None:
        """The day where a reader chose it."""
        return self.day if self.kind == CHOSEN else None


class ChosenDay(Form):
    """The day that a reader chose, if any."""

    as_of: PastDay = None


def as_of(store: Store, chosen: object = None) -> AsOf:
    """Return the day up to which lateness is counted; `chosen` is a date or ISO text, none where it is empty.

    Raises BadInput for what is no date, or one that has not come.
    """
    today, last = store.today, store.programme.last_day
    usual = AsOf(last, LAST_DAY, True) if today > last else AsOf(today, TODAY, False)
    day = ChosenDay.read({"as_of": chosen}, today=today).as_of
    return usual if day is None or day == usual.day else AsOf(day, CHOSEN, last <= day)


@dataclass(frozen=True, slots=True)
class Milestone:
    """A state on the way of a cluster.

    `until` is the day up to which its lateness counts: when it was reached, else that of the reckoning.
    """

    state: str
    due: date | None
    reached: date | None
    status: str
    until: date

    @property
    def late_days(self) -> int:
        """How late it was reached, or is; 0 when it is not late or has no date."""
        return 0 if self.due is None else max((self.until - self.due).days, 0)

    def late_by(self, words: Words) -> str:
        """Return in words how late it is, empty when it is not: `13 años y 7 meses`."""
        return words.span(self.due, self.until) if self.due is not None and self.late_days else ""


def milestones(
    programme: Programme, proposal: Proposal, reached: Mapping[str, date], until: date
) -> tuple[Milestone, ...]:
    """Judge each state after the candidate.

    A state that was reached once and lost again counts as not reached, and one that was returned or withdrawn has
    reached none.
    """
    place, found = CHAIN.index(proposal.state) if proposal.state in CHAIN else 0, []
    standing = {state: day for state, day in reached.items() if state in CHAIN[: place + 1]}
    for state in CHAIN[1:]:
        due, day = programme.due_date(state, proposal.phase, standing), standing.get(state)
        found.append(Milestone(state, due, day, _status(due, day, until), day or until))
    return tuple(found)


def _status(due: date | None, reached: date | None, until: date) -> str:
    if reached is not None:
        return DONE_LATE if due is not None and reached > due else DONE
    if due is None:
        return NO_DATE
    return LATE if until > due else DUE


def to_come(found: Iterable[Milestone], state: str) -> tuple[Milestone, ...]:
    """Return the milestones that are not reached by a proposal in a state; none for what was withdrawn."""
    return () if state == "withdrawn" else tuple(m for m in found if m.reached is None)


def first_dated(ahead: Iterable[Milestone]) -> Milestone | None:
    """Return the first of some milestones that has a date: how late a cluster is, is how late this one is."""
    return next((m for m in ahead if m.due is not None), None)
