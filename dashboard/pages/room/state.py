"""Tell a phone what it shows: its room, the proposals under review with rules and figures, and what it has answered.

Plain data only, in the reader's language. `n` is a mark: where a phone sends it back unchanged, nothing more is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard.clusters.measures import key_measures, measure_all
from dashboard.clusters.model import Candidate
from dashboard.clusters.rules import Context, Verdict, judge, load_parameters
from dashboard.clusters.scoring import asked, with_own
from dashboard.clusters.writing import verdict_sentence
from dashboard.pages.kit import caveats, group_map, identity, verdicts
from dashboard.records.core import Store, Words
from dashboard.records.meetings import FigureView, Meeting, ProposalView, figure_view, live_view, speaking
from dashboard.records.proposals import Overview, Proposal, watch
from dashboard.records.rooms import IN, MeetingRoom, Participant, RoomAnswer, Seat, names_of, seat, seat_mark
from dashboard.web.cache import remembered
from layers.overlays import look

MOST_FIGURES = 5
Told = dict[str, Any]  # JSON


def before(store: Store, code: object, address: str, since: str, words: Words) -> Told:
    """Return by whose names one can join the room of a code. Raises Refused."""
    room, held, tags = names_of(store, code, address)
    n = ".".join(map(str, (room.version, held.version, *(int(tag.taken) for tag in tags), words.language)))
    if since == n:
        return {"n": n}
    who = [{"id": tag.id, "name": tag.name, "taken": tag.taken} for tag in tags]
    return {"n": n, **_of_room(room, held, store, words), "who": who}


def state(store: Store, token: object, since: str, words: Words) -> Told:
    """Return what a phone shows. Raises Refused where the token is nobody's.

    One that asks to come in, was removed or whose room is closed is told no more than that, and what it answered.
    """
    mark, kept = seat_mark(store, token), watch(store).now()
    n = f"{mark}.{kept.print}.{store.dataset.edition}.{words.language}"
    if since == n:
        return {"n": n}
    seen = seat(store, token)  # after its mark: what came between is told again
    told = {"n": n, **_of_room(seen.room, seen.meeting, store, words), "me": _me(seen, words)}
    told["mine"] = [_answer(answer) for answer in seen.answers]
    if seen.own.state != IN or not seen.is_open:
        return told
    criteria = with_own(seen.meeting.own_criteria)
    judged_by = asked(seen.meeting.weights, criteria)
    words = speaking(words, seen.meeting.own_criteria)
    return told | {
        "criteria": _criteria(judged_by, words),
        "weighable": [
            {"key": key, "name": words.say(f"criterion.{key}.name"), "weight": criterion.weight}
            for key, criterion in criteria.items()
            if not criterion.judged or key in judged_by
        ],
        "proposals": reviewed(store, kept, seen.meeting, words),
    }


def own_of(person: Participant, token: str) -> Told:
    """Return what a phone is told that has joined."""
    return {"token": token, "state": person.state, "participant": person.id, "name": person.name, "role": person.role}


def judged(store: Store, ubigeos: Iterable[str], services: Iterable[str], words: Words) -> Told:
    """Return what the rules say of a drawing and its figures, as the panel of the map does. Raises UnknownUbigeo."""
    drawn = Candidate(ubigeos=frozenset(ubigeos), services=frozenset(services))
    found = judge(drawn, Context.of(store.dataset, watch(store).now().standing)) if drawn.ubigeos else ()
    measured = measure_all(drawn, store.dataset) if drawn.ubigeos else {}
    figures = {key: figure_view(key, figure, store.dataset) for key, figure in measured.items()}
    return {"rules": _rules(found, words), "figures": _figures(figures, drawn.services, words)}


def reviewed(store: Store, kept: Overview, held: Meeting, words: Words) -> list[Told]:
    """Return the proposals that a meeting reviews, each judged and measured once for all phones."""
    key = ":".join(("room", store.dataset.edition, kept.print, words.language, *held.proposals))
    told: list[Told] = remembered(key, lambda: _reviewed(store, kept, held.proposals, words))
    return told


def _reviewed(store: Store, kept: Overview, ids: Sequence[str], words: Words) -> list[Told]:
    context = Context.of(store.dataset, kept.standing)
    by_id = {p.id: (p, number) for p, number in zip(kept.proposals, kept.numbers, strict=True)}
    known = store.dataset.territory.districts
    found = [by_id[id] for id in ids if id in by_id and all(u in known for u in by_id[id][0].ubigeos)]
    return [_proposal(live_view(p, store.dataset, context, number), kept, store, words) for p, number in found]


def _proposal(seen: ProposalView, kept: Overview, store: Store, words: Words) -> Told:
    proposal: Proposal = seen.proposal
    shown = group_map.asked(
        group_map.place(proposal.ubigeos, store.dataset),
        sign=str(seen.number),
        kind=identity.kind(kept.identities[proposal.id]),
        look=look(proposal.state, load_parameters().kind(proposal.state)) or "",
    )
    return {
        "id": proposal.id,
        "number": str(seen.number),
        "name": proposal.name,
        "state": words.say(f"records.state.{proposal.state}"),
        "services": sorted(proposal.services),
        "ubigeos": sorted(proposal.ubigeos),
        "map": shown,
        "rules": _rules(seen.verdicts, words),
        "figures": _figures(seen.figures, proposal.services, words),
    }


def _of_room(room: MeetingRoom, held: Meeting, store: Store, words: Words) -> Told:
    department = store.dataset.territory.departments[held.department].name
    title = words.say("meetings.called", number=held.number, year=held.held_on.year, department=department)
    now = {"round": room.round, "vote": room.vote or None, "open_voting": room.open_voting}
    about = {"title": title, "department": held.department, "held_on": words.day(held.held_on)}
    return {
        "room": now | {"state": "open" if room.is_open(held) else "closed"},
        "meeting": {"id": held.id, **about},
    }


def _me(seen: Seat, words: Words) -> Told:
    own = seen.own
    return {
        "participant": own.id,
        "name": own.name,
        "role": own.role,
        "state": own.state,
        "seq": max((answer.seq for answer in seen.answers), default=0),
        "may_vote": not seen.no_vote,
        "why_not": [words.say(f"records.fault.{why}") for why in seen.no_vote],
    }


def _answer(answer: RoomAnswer) -> Told:
    names = ("key", "seq", "round", "kind", "subject")
    return {name: getattr(answer, name) for name in names} | {"content": dict(answer.content)}


def _criteria(keys: Iterable[str], words: Words) -> list[Told]:
    told = {"name": "name", "question": "reason", "lowest": "lowest", "highest": "highest"}
    return [{"key": key} | {name: words.say(f"criterion.{key}.{of}") for name, of in told.items()} for key in keys]


def _rules(found: Iterable[Verdict], words: Words) -> list[Told]:
    return [
        {
            "key": verdict.rule,
            "name": words.say(f"rule.{verdict.rule}.name"),
            "status": verdict.status,
            "sentence": verdict_sentence(words.say, verdict),
        }
        for verdict in verdicts.by_urgency(found)
    ]


def _figures(figures: Mapping[str, FigureView], services: Iterable[str], words: Words) -> list[Told]:
    """Return the few figures that a phone has room for, written out; unknown is said and never zero."""
    wanted = [figures[key] for key in key_measures(services, MOST_FIGURES) if key in figures]
    return [_figure(figure, words) for figure in wanted]


def _figure(figure: FigureView, words: Words) -> Told:
    unknown = figure.value is None
    value = words.say("browser.unknown") if unknown else words.number(figure.value, figure.decimals)
    return {
        "key": figure.key,
        "name": words.say(f"measure.{figure.key}.name"),
        "value": value,
        "unit": words.say(f"unit.{figure.unit}", n=value),
        "note": " · ".join(filter(None, [figure.year, *caveats(figure, words.say)])),
    }
