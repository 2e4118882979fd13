"""Consultative groups, their meetings, what they froze and what they ruled."""

from dashboard.records.meetings import decisions, groups, meetings, snapshots
from dashboard.records.meetings.composition import (
    judge_group,
)
from dashboard.records.meetings.decisions import DECISION, OUTCOMES, VOTES, Decision
from dashboard.records.meetings.frozen import (
    plain_verdict,
    served,
)
from dashboard.records.meetings.groups import (
    MEMBER,
    SECTORS,
    Member,
    group_of,
)
from dashboard.records.meetings.meeting import CLOSED, MEETING, OPEN, PLANNED, Meeting
from dashboard.records.meetings.meetings import MOST_NUMBER
from dashboard.records.meetings.ruling import Ruling, last, rulings, rulings_of
from dashboard.records.meetings.snapshots import (
    ONE,
    SEVERAL,
    Snapshot,
    frozen_view,
)
from dashboard.records.meetings.view import FigureView, ProposalView, live_view, verdict_of
from dashboard.records.meetings.whole import (
    MeetingRecord,
    meeting_record,
)

__all__ = [
    "CLOSED",
    "DECISION",
    "Decision",
    "FigureView",
    "MEETING",
    "MEMBER",
    "MOST_NUMBER",
    "Meeting",
    "MeetingRecord",
    "Member",
    "ONE",
    "ProposalView",
    "OPEN",
    "OUTCOMES",
    "PLANNED",
    "Ruling",
    "SECTORS",
    "SEVERAL",
    "Snapshot",
    "VOTES",
    "frozen_view",
    "decisions",
    "group_of",
    "groups",
    "judge_group",
    "last",
    "live_view",
    "meeting_record",
    "meetings",
    "plain_verdict",
    "rulings",
    "rulings_of",
    "served",
    "snapshots",
    "verdict_of",
]
