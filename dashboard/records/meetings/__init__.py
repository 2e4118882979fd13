"""Consultative groups, their meetings, what they froze and what they ruled."""

from dashboard.records.meetings import agreements, corrections, decisions, groups, meetings, snapshots
from dashboard.records.meetings.agreements import (
    AGREEMENT,
    DONE,
    DROPPED,
    PENDING,
    STANDINGS,
    Agreement,
    Numbered,
)
from dashboard.records.meetings.closing import unsaid
from dashboard.records.meetings.composition import (
    Diversity,
    diversity,
    judge_group,
)
from dashboard.records.meetings.content import MOST_GUESTS
from dashboard.records.meetings.corrections import (
    CORRECTION,
    CORRECTIONS,
    ERRATUM,
    PLACES,
    Correction,
)
from dashboard.records.meetings.decisions import DECISION, OUTCOMES, VOTES, Decision
from dashboard.records.meetings.findings import BALLOTS, follows, has_votes
from dashboard.records.meetings.frozen import (
    plain_verdict,
    served,
)
from dashboard.records.meetings.groups import (
    GENDERS,
    MEMBER,
    ORGANISATIONS,
    SECTORS,
    Member,
    group_of,
)
from dashboard.records.meetings.meeting import (
    CANCELLED,
    CLOSED,
    INSTALLATION,
    KINDS,
    MEETING,
    OPEN,
    PLANNED,
    READINGS,
    SESSION,
    Meeting,
)
from dashboard.records.meetings.meetings import MOST_NUMBER
from dashboard.records.meetings.own_criteria import HEAVIEST as HEAVIEST_OWN
from dashboard.records.meetings.own_criteria import MOST_OWN, speaking
from dashboard.records.meetings.room_view import (
    ROOM_ANSWERS,
    GroupJudgement,
    RoomFindings,
    group_judgements,
    last_judgements,
    room_findings,
)
from dashboard.records.meetings.ruling import Ruling, last, rulings, rulings_of
from dashboard.records.meetings.snapshots import (
    ONE,
    SEVERAL,
    Snapshot,
    frozen_view,
)
from dashboard.records.meetings.view import FigureView, ProposalView, figure_view, live_view, verdict_of
from dashboard.records.meetings.whole import (
    Amended,
    MeetingRecord,
    meeting_record,
)

__all__ = [
    "AGREEMENT",
    "Agreement",
    "BALLOTS",
    "Amended",
    "CANCELLED",
    "CLOSED",
    "CORRECTION",
    "CORRECTIONS",
    "Correction",
    "DECISION",
    "DONE",
    "DROPPED",
    "Decision",
    "Diversity",
    "ERRATUM",
    "FigureView",
    "GENDERS",
    "HEAVIEST_OWN",
    "INSTALLATION",
    "KINDS",
    "GroupJudgement",
    "MEETING",
    "MEMBER",
    "MOST_GUESTS",
    "MOST_NUMBER",
    "MOST_OWN",
    "Meeting",
    "MeetingRecord",
    "Member",
    "Numbered",
    "ONE",
    "ORGANISATIONS",
    "ROOM_ANSWERS",
    "RoomFindings",
    "OPEN",
    "OUTCOMES",
    "PENDING",
    "PLACES",
    "PLANNED",
    "ProposalView",
    "READINGS",
    "Ruling",
    "SECTORS",
    "SESSION",
    "SEVERAL",
    "STANDINGS",
    "Snapshot",
    "VOTES",
    "agreements",
    "corrections",
    "figure_view",
    "follows",
    "frozen_view",
    "decisions",
    "diversity",
    "group_of",
    "group_judgements",
    "groups",
    "has_votes",
    "judge_group",
    "last",
    "last_judgements",
    "live_view",
    "meeting_record",
    "meetings",
    "plain_verdict",
    "room_findings",
    "rulings",
    "rulings_of",
    "served",
    "snapshots",
    "unsaid",
    "verdict_of",
    "speaking",
]
