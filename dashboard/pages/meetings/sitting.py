"""Look at a department's group in a period, and at one meeting: all that the screen shows, read once."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dashboard.clusters.rules import Context, Verdict, load_parameters
from dashboard.records.core import Period
from dashboard.records.meetings import (
    CANCELLED,
    CLOSED,
    ONE,
    OPEN,
    PLANNED,
    SEVERAL,
    Decision,
    Diversity,
    Meeting,
    MeetingRecord,
    Member,
    Numbered,
    Snapshot,
    agreements,
    decisions,
    diversity,
    groups,
    judge_group,
    meeting_record,
    meetings,
    served,
)
from dashboard.records.proposals import Proposal, Vote, proposals
from dashboard.web.request import RequestContext


def period_of(context: RequestContext, wanted: object) -> tuple[Period, bool]:
    """Return the period asked for, else that of today, else the nearest; and whether today is in any."""
    periods, today = context.store.programme.periods, context.store.today
    now = next((p for p in periods if p.first <= today <= p.last), None)
    asked = next((p for p in periods if p.key == wanted), None)
    nearest = min(periods, key=lambda p: min(abs(today - p.first), abs(today - p.last)))
    return asked or now or nearest, now is not None


def department_of(context: RequestContext, wanted: object) -> str:
    """Return the department asked for, else that of whoever acts, else the first."""
    known = context.dataset.territory.departments
    asked = (code for code in (wanted, context.actor.department) if isinstance(code, str) and code in known)
    return next(asked, min(known))


@dataclass(frozen=True)
class GroupPeriod:
    """What the screen shows of a department in a period. Raises Refused when it is read by one who may not."""

    context: RequestContext
    department: str
    period: Period

    @cached_property
    def day(self) -> date:
        """Today, or the day of the period nearest to it."""
        return min(max(self.context.store.today, self.period.first), self.period.last)

    @cached_property
    def may_see_members(self) -> bool:
        """Whether the reader may know who the members of the group are."""
        return self.context.may("group.read", self.department)

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Everybody who is or was a member in the period."""
        return groups.members(self.context.store, self.context.actor, self.department, self.period.key)

    @cached_property
    def there(self) -> tuple[Member, ...]:
        """Those who are members on the day."""
        return tuple(m for m in self.members if m.ended_on is None or m.ended_on > self.day)

    @property
    def diversity(self) -> Diversity:
        """The balance of those who are members on the day."""
        return diversity(self.there)

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What the programme's rules say of those who are members on the day."""
        store = self.context.store
        with store.reading() as session:
            places = served(session, self.department)
        return judge_group(self.there, store.programme.group, places)

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings of the period. Raises Refused."""
        found = meetings.meetings(self.context.store, self.context.actor, self.department)
        return tuple(m for m in found if m.period == self.period.key)

    def decided(self, meeting: Meeting) -> int:
        """How many proposals under review a meeting has decided on."""
        made = decisions.decisions(self.context.store, self.context.actor, meeting.id)
        return sum(d.proposal in meeting.proposals for d in made)


@dataclass(frozen=True)
class Sitting:
    """One meeting with all that the screen shows of it. Raises Refused, Missing when it is first looked at."""

    context: RequestContext
    id: str

    @cached_property
    def record(self) -> MeetingRecord:
        """The meeting with all that belongs to it. Raises Refused, Missing."""
        return meeting_record(self.context.store, self.context.actor, self.id)

    @property
    def meeting(self) -> Meeting:
        """The meeting itself. Raises Refused, Missing."""
        return self.record.meeting

    @property
    def is_planned(self) -> bool:
        """Whether it has not begun."""
        return self.meeting.state == PLANNED

    @property
    def is_open(self) -> bool:
        """Whether it is being held."""
        return self.meeting.state == OPEN

    @property
    def is_closed(self) -> bool:
        """Whether it has ended, for good."""
        return self.meeting.state == CLOSED

    @property
    def is_cancelled(self) -> bool:
        """Whether it is not held at all."""
        return self.meeting.state == CANCELLED

    @property
    def may_run(self) -> bool:
        """Whether the one who acts keeps the meetings of the department."""
        return self.context.may("meeting.change", self.meeting.department)

    @cached_property
    def may_change(self) -> bool:
        """Whether the one who acts may change it now."""
        return not self.is_closed and not self.is_cancelled and self.may_run

    @cached_property
    def may_follow(self) -> bool:
        """Whether the one who acts may tell how agreements stand."""
        return self.context.may("agreement.follow", self.meeting.department)

    @cached_property
    def agreements(self) -> tuple[Numbered, ...]:
        """Its agreements as they stand today."""
        found = agreements.agreements(self.context.store, self.context.actor, self.meeting.department)
        return tuple(n for n in found if n.agreement.meeting == self.id)

    @property
    def may_copy(self) -> bool:
        """Copies are taken of what the group has before it."""
        return self.is_open and self.may_change

    @cached_property
    def may_decide(self) -> bool:
        """Whether the reader may keep decisions of it now."""
        return self.is_open and self.context.may("meeting.decide", self.meeting.department)

    @cached_property
    def proposals(self) -> dict[str, Proposal]:
        """Every kept proposal of the department, by id."""
        found = proposals.listing(self.context.store, self.context.actor, department=self.meeting.department)
        return {p.id: p for p in found}

    @cached_property
    def beside(self) -> Context:
        """What the rules look at beside a proposal: those of everywhere that are not set apart."""
        states = [state for state, kind in load_parameters().states.items() if kind != "apart"]
        others = proposals.listing(self.context.store, self.context.actor, states=states)
        return Context.of(self.context.dataset, others)

    @property
    def reviewed(self) -> tuple[Proposal, ...]:
        """The proposals under review that the record still has, in the order of the agenda."""
        return tuple(self.proposals[id] for id in self.meeting.proposals if id in self.proposals)

    def decision(self, proposal: str) -> Decision | None:
        """Return what was decided on a proposal, by its id; None where nothing was."""
        return next((d for d in self.record.decisions if d.proposal == proposal), None)

    def copies(self, proposal: str) -> tuple[Snapshot, ...]:
        """The snapshots of a proposal, oldest first."""
        return tuple(s for s in self.record.snapshots if s.kind == ONE and s.proposal == proposal)

    def vote(self, proposal: str) -> Vote | None:
        """What stands between the last copy of a proposal and its being validated; None where there is no copy."""
        return decisions.vote_on(self.context.store, self.context.actor, self.id, proposal)

    @property
    def comparisons(self) -> tuple[Snapshot, ...]:
        """The frozen comparisons, oldest first."""
        return tuple(s for s in self.record.snapshots if s.kind == SEVERAL)

    @cached_property
    def before(self) -> Meeting | None:
        """The meeting of the department before this one."""
        found = meetings.meetings(self.context.store, self.context.actor, self.meeting.department)
        earlier = [m for m in found if (m.held_on, m.id) < (self.meeting.held_on, self.meeting.id)]
        return earlier[-1] if earlier else None
