"""Say what the group of a meeting judged of a proposal, wherever a proposal's record is shown."""

from dashboard.clusters.group import Judged
from dashboard.records.core import Words
from dashboard.records.meetings import GroupJudgement

HALVES = 1  # decimals of a median between two levels


def judged_sentence(key: str, own: Judged, words: Words) -> str:
    """Return what the group judged by one criterion: its median, range and how many answered."""
    name = words.say(f"criterion.{key}.name")
    if own.median is None or own.low is None or own.high is None:
        return words.say("judged.unknown", criterion=name, unknown=own.unknown)
    median = words.number(own.median, 0 if own.median == int(own.median) else HALVES)
    parts = {"criterion": name, "median": median, "low": own.low, "high": own.high, "n": own.n}
    said = words.say("judged.all_alike" if own.low == own.high else "judged.spread", **parts)
    return f"{said} {words.say('judged.some_unknown', n=own.unknown)}" if own.unknown else said


def judged_where(judgement: GroupJudgement, words: Words) -> str:
    """Return in which meeting the group judged."""
    day = words.day(judgement.held_on)
    return words.say("judged.meeting", number=judgement.number, year=judgement.held_on.year, day=day)
