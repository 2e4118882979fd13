"""Consultative groups, their meetings, what they froze and what they ruled."""

from dashboard.records.meetings import groups, meetings, snapshots
from dashboard.records.meetings.composition import (
    judge_group,
)
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
from dashboard.records.meetings.meetings import (
    CLOSED,
    DECISION,
    MEETING,
    MOST_NUMBER,
    OPEN,
    OUTCOMES,
    PLANNED,
    VOTES,
    Decision,
    Meeting,
)
from dashboard.records.meetings.ruling import Ruling, last, rulings, rulings_of
from dashboard.records.meetings.snapshots import (
    ONE,
    SEVERAL,
    Snapshot,
)
from dashboard.records.meetings.whole import (
    MeetingRecord,
    meeting_record,
)

__all__ = [
    "CLOSED",
    "DECISION",
    "Decision",
    "MEETING",
    "MEMBER",
    "MOST_NUMBER",
    "Meeting",
    "MeetingRecord",
    "Member",
    "ONE",
    "OPEN",
    "OUTCOMES",
    "PLANNED",
    "Ruling",
    "SECTORS",
    "SEVERAL",
    "Snapshot",
    "VOTES",
    "group_of",
    "groups",
    "judge_group",
    "last",
    "meeting_record",
    "meetings",
    "plain_verdict",
    "rulings",
    "rulings_of",
    "served",
    "snapshots",
]
