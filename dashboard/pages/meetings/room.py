"""Run the room of an open meeting from the desk: its code, who is in it, rounds and votes, and how many answered."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import flask
import orjson
from dash import html
from dash.development.base_component import Component
from flask import Response

from dashboard.clusters.scoring import asked, with_own
from dashboard.pages.kit import elements, fields, forms, outcomes, tables
from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.protocol import Act, FormRequest
from dashboard.pages.meetings.ids import MeetingsPart
from dashboard.pages.meetings.sitting import Sitting
from dashboard.records.core import Missing, RecordsError, Refused
from dashboard.records.meetings import speaking
from dashboard.records.proposals import identities
from dashboard.records.rooms import (
    ASKED,
    IN,
    JUDGEMENT,
    LAST_ROUND,
    OBSERVER,
    REMOVED,
    VOTE,
    WEIGHTS,
    MeetingRoom,
    Participant,
    counted,
    desk,
    mark,
)
from dashboard.web import request
from dashboard.web.access import door
from dashboard.web.request import RequestContext

YES, NO = "yes", "no"  # as a form has them
CODE_PARTS = 3  # letters that are read out together


def controls(seen: Sitting) -> list[Any]:
    """Return how the room is opened, led and closed; nothing where there is none and nobody may open one."""
    if not _may_run(seen):
        return []
    say, found = seen.context.words.say, _room(seen)
    title = say("rooms.title")
    if found is None or not found.is_open(seen.meeting):
        form = _step("room_open", say("rooms.open"), subject=seen.id, primary=True)
        return [elements.section(title, [form], say("rooms.lead"), "part step room-part", id_="room")]
    body = html.Div([_door(seen, found), html.Div(_steps(seen, found), className="room-steps")], className="room-body")
    return [elements.section(title, [body], class_name="part step room-part", id_="room")]


def people(seen: Sitting) -> list[Any]:
    """Return who is in the room, who asks and who was removed, and how many have answered what."""
    if not _may_run(seen) or (found := _room(seen)) is None or not found.is_open(seen.meeting):
        return []
    say, store = seen.context.words.say, seen.context.store
    everybody = desk.people(store, seen.context.actor, seen.id)
    inside = sum(p.state == IN for p in everybody)
    asking = sum(p.state == ASKED for p in everybody)
    told = [html.P(say("rooms.inside", n=inside), className="count-line")]
    if asking:
        told.append(html.P(say("rooms.asking", n=asking), className="caution"))
    rows = [_person(p, everybody, seen) for p in everybody]
    head = [say(f"rooms.column.{name}") for name in ("name", "role", "state", "deeds")]
    listed = (
        tables.table(say("rooms.people"), head, rows, class_name="room-people")
        if rows
        else outcomes.empty(say("rooms.nobody"))
    )
    more = dashed(data_room_mark=mark(store, seen.context.actor, seen.id))
    body = html.Div([html.Div([*told, listed]), _answered(seen, found, everybody)], className="room-now", **more)
    place = html.Div(className="form-outcome", **dashed(data_outcome_for="room-person"))
    return [elements.section(say("rooms.people"), [place, body], class_name="part room-part")]


def _may_run(seen: Sitting) -> bool:
    return seen.is_open and seen.context.may("room.run", seen.meeting.department)


def _room(seen: Sitting) -> MeetingRoom | None:
    return desk.room_of(seen.context.store, seen.context.actor, seen.id)


# ---- the way in


def _door(seen: Sitting, found: MeetingRoom) -> html.Div:
    """The code, the address and the square that phones read."""
    say, way_in = seen.context.words.say, door.standing()
    bases = way_in.addresses if way_in is not None and way_in.is_open else ()
    address, *others = [f"{base}/sala/{found.code}" for base in bases or (flask.request.host_url.rstrip("/"),)]
    code = f"{found.code[:CODE_PARTS]} {found.code[CODE_PARTS:]}"
    square = html.Img(
        src=f"/qr.svg?link={quote(address, safe='')}", alt=say("rooms.square", address=address), className="room-square"
    )
    lines = [
        html.P([say("rooms.code"), " ", html.B(code, className="room-code")]),
        html.P([say("rooms.address"), " ", html.A(address, href=address, target="_blank", className="room-address")]),
    ]
    if others:
        lines.append(html.P(say("rooms.others", addresses=", ".join(others)), className="muted"))
    return html.Div([square, html.Div([*lines, *_network(seen, bases)])], className="room-door")


def _network(seen: Sitting, bases: Sequence[str]) -> list[Any]:
    """Whether phones reach this computer, and the way to change that; nothing where others reach it anyway."""
    say, way_in = seen.context.words.say, door.standing()
    if way_in is None:
        return []
    if not way_in.is_open:
        listen = _step("room_listen", say("rooms.listen"), primary=True, subject=seen.id)
        return [html.P(say("rooms.only_here"), className="caution"), listen]
    told = [] if bases else [html.P(say("rooms.no_network"), className="caution")]
    return [
        *told,
        html.P(say("rooms.network"), className="muted"),
        _step("room_unlisten", say("rooms.unlisten"), subject=seen.id),
    ]


# ---- its steps


def _steps(seen: Sitting, found: MeetingRoom) -> list[Any]:
    say = seen.context.words.say
    turn = say("rooms.round", round=found.round, last=LAST_ROUND)
    ahead = [_change(found, "room-round", {"round": str(found.round + 1)}, say("rooms.next_round"))]
    rounds = [html.H4(turn), *(ahead if found.round < LAST_ROUND else [])]
    closing = html.Details(
        [
            html.Summary(say("rooms.close_fold")),
            html.P(say("rooms.close_note")),
            _step("room_close", say("rooms.close"), subject=found.id, version=found.version),
        ],
        className="sure", id="fold-room-close",
    )  # fmt: skip
    return [html.Div(rounds, className="room-step"), html.Div(_votes(seen, found), className="room-step"), closing]


def _votes(seen: Sitting, found: MeetingRoom) -> list[Any]:
    say, known = seen.context.words.say, identities(seen.context.store)
    if found.vote:
        name = known[found.vote].title if found.vote in known else found.vote
        done = _change(found, "room-vote", {"vote": ""}, say("rooms.vote_end"))
        return [html.H4(say("rooms.vote_on", name=name)), done, _secrecy(found, say)]
    choices = [(id, known[id].title) for id in seen.meeting.proposals if id in known]
    if not choices:
        return [html.H4(say("rooms.vote")), html.P(say("rooms.vote_nothing"), className="muted")]
    chosen = fields.choice("room-vote", "vote", say("rooms.vote_which"), choices, choices[0][0])
    form = forms.form(
        "room_change", [chosen], say("rooms.vote_begin"), name="room-vote", subject=found.id, version=found.version,
        kept=False,
    )  # fmt: skip
    return [html.H4(say("rooms.vote")), form, _secrecy(found, say)]


def _secrecy(found: MeetingRoom, say: Any) -> html.Div:
    """Whether votes are told, and the way to the other."""
    way, other = ("secret", NO) if found.open_voting else ("open", YES)
    told = html.P(say("rooms.votes_open" if found.open_voting else "rooms.votes_secret"), className="muted")
    return html.Div([told, _change(found, "room-secrecy", {"open_voting": other}, say(f"rooms.make_{way}"))])


def _change(found: MeetingRoom, name: str, values: Mapping[str, str], submit: str) -> html.Form:
    """A button that changes the room."""
    sent = [fields.control(type="hidden", value=v, **dashed(data_field=k, data_kind="text")) for k, v in values.items()]
    return forms.form(
        "room_change", sent, submit, name=name, subject=found.id, version=found.version, kept=False, class_name="form"
    )


def _step(does: str, submit: str, primary: bool = False, **more: Any) -> html.Form:
    return forms.form(does, [], submit, name=does, primary=primary, kept=False, **more)


# ---- who is in it


def _person(person: Participant, everybody: tuple[Participant, ...], seen: Sitting) -> list[Any]:
    say = seen.context.words.say
    name = person.name or say("rooms.no_name")
    deeds = [_deed(person, does, say) for does in _deeds(person)]
    note = [html.Span(say("rooms.name_taken"), className="second")] if _is_taken(person, everybody) else []
    state = html.Span(say(f"rooms.state.{person.state}"), className=f"state-mark room-{person.state}")
    return [
        elements.own(name),
        say(f"rooms.role.{person.role}"),
        html.Div([state, *note]),
        html.Div(deeds, className="room-deeds"),
    ]


def _deeds(person: Participant) -> tuple[str, ...]:
    return {ASKED: ("room_admit", "room_refuse"), IN: ("room_remove",), REMOVED: ("room_admit",)}[person.state]


def _deed(person: Participant, does: str, say: Any) -> html.Form:
    told = say(f"rooms.{does}_named", name=person.name or say("rooms.no_name"))
    button = forms.submit_button(
        say(f"rooms.{does}"),
        does == "room_admit" and person.state == ASKED,
        id=f"{does}-{person.id}",
        **dashed(aria_label=told),
    )
    do = "room_admit" if does == "room_admit" else "room_remove"
    return forms.form(
        do, [button], name=f"room-person:{person.id}:{does}", subject=person.id, kept=False, class_name="room-deed"
    )


def _is_taken(person: Participant, everybody: tuple[Participant, ...]) -> bool:
    """Tell whether one who asks does so for a name that another device has."""
    same = (p for p in everybody if p.state == IN and p.member and p.member == person.member)
    return person.state == ASKED and next(same, None) is not None


def _answered(seen: Sitting, found: MeetingRoom, everybody: tuple[Participant, ...]) -> html.Div:
    """How many have answered, never who."""
    say, given = seen.context.words.say, counted(seen.context.store, found)
    known = identities(seen.context.store)
    most = sum(p.state == IN and p.role != OBSERVER for p in everybody)
    rows = [(say("rooms.weighed"), given.get((found.round, WEIGHTS, ""), 0))]
    for id in seen.meeting.proposals:
        name = known[id].title if id in known else id
        rows.append((say("rooms.judged", name=name), given.get((found.round, JUDGEMENT, id), 0)))
        if id == found.vote or (0, VOTE, id) in given:
            rows.append((say("rooms.voted", name=name), given.get((0, VOTE, id), 0)))
    lines = [html.Li([html.Span(text), html.B(say("rooms.of", n=n, all=most))]) for text, n in rows]
    own, meeting = seen.meeting.own_criteria, seen.meeting
    named = speaking(seen.context.words, own).say
    judged = ", ".join(named(f"criterion.{key}.name") for key in asked(meeting.weights, with_own(own)))
    note = html.P(say("rooms.answered_note", criteria=judged), className="muted")
    return html.Div([html.H4(say("rooms.answered", round=found.round)), html.Ul(lines, className="room-counts"), note])


# ---- what is done


def _open(asked: FormRequest, context: RequestContext) -> list[Any]:
    desk.open_room(context.store, context.actor, asked.subject, key=asked.key)
    return [outcomes.done(context.say("rooms.done.open"))]


def _alter(asked: FormRequest, context: RequestContext) -> list[Any]:
    values: dict[str, Any] = dict(asked.values)
    if values.get("open_voting") in (YES, NO):
        values["open_voting"] = values["open_voting"] == YES
    desk.change_room(context.store, context.actor, asked.subject, asked.version, values, key=asked.key)
    return [outcomes.done(context.say("rooms.done.change"))]


def _close(asked: FormRequest, context: RequestContext) -> list[Any]:
    desk.close_room(context.store, context.actor, asked.subject, asked.version, key=asked.key)
    return [outcomes.done(context.say("rooms.done.close"))]


def _admit(asked: FormRequest, context: RequestContext) -> list[Any]:
    found = desk.admit(context.store, context.actor, asked.subject, key=asked.key)
    return [outcomes.done(context.say("rooms.done.admit", name=found.name or context.say("rooms.no_name")))]


def _remove(asked: FormRequest, context: RequestContext) -> list[Any]:
    found = desk.remove(context.store, context.actor, asked.subject, key=asked.key)
    return [outcomes.done(context.say("rooms.done.remove", name=found.name or context.say("rooms.no_name")))]


def _listen(asked: FormRequest, context: RequestContext) -> list[Any]:
    _refuse_others(context, asked.subject)
    if (way_in := door.standing()) is not None:
        try:
            way_in.open()
        except OSError as error:
            why = {"address": f"{way_in.host}:{way_in.port}", "reason": error.strerror or type(error).__name__}
            return [outcomes.problem(context.say("rooms.no_listening", **why))]
    return [outcomes.done(context.say("rooms.done.listen"))]


def _unlisten(asked: FormRequest, context: RequestContext) -> list[Any]:
    _refuse_others(context, asked.subject)
    if (way_in := door.standing()) is not None:
        way_in.shut()
    return [outcomes.done(context.say("rooms.done.unlisten"))]


def _refuse_others(context: RequestContext, meeting: str) -> None:
    """Raise Refused, Missing unless someone may run the room of a meeting."""
    desk.room_of(context.store, context.actor, meeting)


DOES: Mapping[str, Act[FormRequest]] = {
    "room_open": _open, "room_change": _alter, "room_close": _close, "room_admit": _admit, "room_remove": _remove,
    "room_listen": _listen, "room_unlisten": _unlisten,
}  # fmt: skip


# ---- what the desk asks again and again


def desk_now(id_: str) -> tuple[Response, int]:
    """Answer the parts of the desk where anything of the room changed `since` a mark; else the mark alone.

    403 or 404, without a word, for what may not be run or is gone.
    """
    context = request.context()
    try:
        now = mark(context.store, context.actor, id_)
        told: dict[str, Any] = {"mark": now}
        if not context.may("room.run", id_[:2]):
            raise Refused("refused")
        if flask.request.args.get("since") != now:
            seen = Sitting(context, id_)
            told["shown"] = {MeetingsPart.ROOM: controls(seen), MeetingsPart.ROOM_PEOPLE: people(seen)}
    except RecordsError as error:
        return flask.jsonify({}), 404 if isinstance(error, Missing) else 403
    body = orjson.dumps(told, default=Component.to_plotly_json, option=orjson.OPT_NON_STR_KEYS)
    answer = Response(body, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer, 200
