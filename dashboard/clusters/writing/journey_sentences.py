"""Say how one would travel between the capitals of a candidate, river by river, and by name what is not known of it."""

from collections.abc import Sequence
from itertools import groupby

from dashboard.clusters.model import Travelled, untravelled
from dashboard.clusters.writing.sentences import Wording, district_names
from dashboard.clusters.writing.wording import MOST_NAMED, joined
from geodata.model import Territory, travel

Trip = tuple[str, str, travel.Journey]


def travel_sentences(words: Wording, found: Travelled, territory: Territory) -> tuple[str, ...]:
    """Return how one travels between the capitals, a sentence a river or road, then what is not known of it.

    None of fewer than two districts.
    """
    say = words.say
    lone = untravelled(found.parts)
    if sum(map(len, found.parts)) < 2:
        return ()
    ways = sorted(found.journeys, key=lambda trip: (_by(words, trip[2].stretches), trip[:2]))
    told = [
        say("travel.ways", by=by, ways=_listed(words, [_trip(words, trip, territory) for trip in trips]))
        for by, trips in groupby(ways, key=lambda trip: _by(words, trip[2].stretches))
    ]
    if not found.journeys:
        return (say("travel.none"), *_disputed(words, found, territory))
    if lone:
        told.append(say("travel.unknown", names=joined(say, district_names(lone, territory))))
    if found.longest is not None and len(found.journeys) > 1 and len(found.parts) > 1:
        a, b, km = found.longest
        told.append(say("travel.longest", pair=_pair(words, a, b, territory), km=words.number(km, 0)))
    joint = [_names(words, own, territory) for own in found.parts if len(own) > 1]
    if len(joint) > 1:
        told.append(say("travel.between", parts=say("list.semicolon").join(joint)))
    return (*told, *_disputed(words, found, territory))


def touching_sentence(words: Wording, found: Travelled, territory: Territory) -> str | None:
    """Return which districts touch without a known way between their capitals; None where there are none."""
    if not found.touching:
        return None
    pairs = [_pair(words, a, b, territory) for a, b in found.touching]
    return words.say("travel.touching", pairs=joined(words.say, pairs))


def _listed(words: Wording, ways: Sequence[str]) -> str:
    """Return ways, which hold commas, one after the other; of many the first, and how many more there are."""
    more = len(ways) - MOST_NAMED
    listed = words.say("list.semicolon").join(ways[:MOST_NAMED])
    return listed + words.say("list.more", n=more) if more > 0 else listed


def _by(words: Wording, stretches: Sequence[travel.Stretch]) -> str:
    """Return by what one travels: "el Huallaga", "carretera"; of several one after the other."""
    by = (words.say(f"travel.by.{s.way}" if s.name else f"travel.by.{s.way}_unnamed", name=s.name) for s in stretches)
    return joined(words.say, tuple(dict.fromkeys(by)))


def _trip(words: Wording, trip: Trip, territory: Territory) -> str:
    start, end, journey = trip
    fields = {"pair": _pair(words, start, end, territory), "km": words.number(journey.km, 0)}
    if journey.hours is None:
        return words.say("travel.trip", **fields)
    return words.say("travel.trip_hours", hours=words.number(journey.hours, 1), **fields)


def _pair(words: Wording, a: str, b: str, territory: Territory) -> str:
    return words.say("travel.pair", a=territory.districts[a].name, b=territory.districts[b].name)


def _names(words: Wording, ubigeos: Sequence[str], territory: Territory) -> str:
    return joined(words.say, district_names(ubigeos, territory))


def _disputed(words: Wording, found: Travelled, territory: Territory) -> list[str]:
    if not found.disputed:
        return []
    pairs = [_pair(words, link.a, link.b, territory) for link in found.disputed]
    return [words.say("travel.disputed", pairs=joined(words.say, pairs))]
