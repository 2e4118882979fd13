"""RoomAnswer the phones of a room: JSON under `/sala/api`, by the token that a phone has since it joined.

The token goes in a header of its own, so that no page of another site can send it, and none of it depends on who has
signed in on the same browser.
"""

from collections.abc import Callable
from typing import Annotated, Any

import flask
import orjson
from flask import Response
from pydantic import BeforeValidator

from dashboard.clusters.model import SERVICES
from dashboard.pages.room import state
from dashboard.records.core import BadInput, CannotSave, Fault, NotNow, RecordsError, Refused, validation
from dashboard.records.rooms import IN, answers, joining, seat
from dashboard.web import request
from dashboard.web.access import gate
from dashboard.web.sent import Sent, Several, Text

API = "/sala/api"
TOKEN = "X-Room-Token"
MOST_BODY = 2**18  # bytes
STATUS = {"wrong_code": 404, "room_locked": 429, "no_seat": 401, "room_full": 503}


class JoinBody(Sent):
    """What a phone sends to join: `who` is the id of a member, or a role and a name."""

    code: Text = ""
    device: Text = ""
    who: Any = None


class AnswersBody(Sent):
    """Answers that a phone sends."""

    answers: Any = None


class DrawnBody(Sent):
    """A drawing that is to be judged."""

    ubigeos: Several = []
    services: Annotated[list[str], BeforeValidator(lambda sent: [s for s in SERVICES if s in _list(sent)])] = []


def _list(sent: object) -> list[Any]:
    return sent if isinstance(sent, list) else []


def serve(server: flask.Flask) -> None:
    """Add the routes to a server."""
    for name, view, method in (
        ("state", tell, "GET"), ("join", join, "POST"), ("answers", keep, "POST"), ("judge", judge, "POST"),
    ):  # fmt: skip
        server.add_url_rule(f"{API}/{name}", f"room-{name}", gate.public(_told(view)), methods=[method])


def _told(view: Callable[[], dict[str, Any]]) -> Callable[[], Response]:
    """Have a view answer with JSON that nothing keeps, and tell what goes wrong in the reader's words."""

    def answered() -> Response:
        flask.request.max_content_length = MOST_BODY
        try:
            body, status = view(), 200
        except RecordsError as error:
            body, status = {"said": _sentence(error), "status": _status(error)}, _status(error)
        answer = Response(orjson.dumps(body), status, mimetype="application/json")
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return answered


def tell() -> dict[str, Any]:
    """RoomAnswer what a phone shows; with `code`, by whose names one can join."""
    asked, store, words = flask.request.args, request.record(), request.words()
    if "code" in asked:
        return state.before(store, asked["code"], _address(), asked.get("since", ""), words)
    return state.state(store, _token(), asked.get("since", ""), words)


def join() -> dict[str, Any]:
    """Let a phone into a room, or have it ask."""
    sent = JoinBody.read(_body())
    token, person = joining.join(request.record(), sent.code, sent.who, sent.device, _address())
    return state.own_of(person, token)


def keep() -> dict[str, Any]:
    """Keep what a phone answers: what is told as kept is in the database."""
    done = answers.keep_answers(request.record(), _token(), AnswersBody.read(_body()).answers)
    refused = [{"key": key, "sentence": _sentence(error)} for key, error in done.refused]
    return {"kept": list(done.keys), "refused": refused}


def judge() -> dict[str, Any]:
    """RoomAnswer what the rules say of a drawing and its figures."""
    store, sent = request.record(), DrawnBody.read(_body())
    if seat(store, _token()).own.state != IN:
        raise Refused("not_in_room")
    known = store.dataset.territory.districts
    unknown = [u for u in sent.ubigeos if not isinstance(u, str) or u not in known]
    if unknown or len(sent.ubigeos) > validation.MOST_DISTRICTS:
        fields = {"n": len(sent.ubigeos), "most": validation.MOST_DISTRICTS}
        raise BadInput((Fault("records.fault.number_of_districts", fields),))
    return state.judged(store, sent.ubigeos, sent.services, request.words())


def _body() -> object:
    try:
        return orjson.loads(flask.request.get_data())
    except orjson.JSONDecodeError:
        return None  # taken for nothing sent


def _token() -> str:
    return flask.request.headers.get(TOKEN, "")


def _address() -> str:
    return flask.request.remote_addr or ""


def _sentence(error: RecordsError) -> str:
    """Return what went wrong in one line: all that is to be mended, where there is something."""
    said, faults = request.sentences(error, request.words())
    return " ".join(faults) or said


def _status(error: RecordsError) -> int:
    if isinstance(error, Refused):
        return STATUS.get(error.reason, 403)
    if isinstance(error, CannotSave):
        return 503
    return 409 if isinstance(error, NotNow) else 400
