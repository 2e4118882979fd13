"""Tell a presentation whether what it shows has changed, by a short mark, and what a room has answered since."""

from collections.abc import Iterable

import flask
import orjson
from dash.development.base_component import Component
from flask import Response, jsonify

from dashboard.pages.present import answers
from dashboard.pages.present.ids import ROOM_ADDRESS, VERSIONS
from dashboard.pages.present.room_follows import follow_slides
from dashboard.pages.present.room_slides import RoomShow, answer_slides
from dashboard.pages.present.slides import Slide
from dashboard.records import rooms
from dashboard.records.core import Missing, RecordsError
from dashboard.records.meetings import room_findings
from dashboard.records.proposals import identities
from dashboard.web import request


def serve(server: flask.Flask) -> None:
    """Add the route to a server."""
    server.add_url_rule(f"/{VERSIONS}", VERSIONS, mark)
    server.add_url_rule(f"{ROOM_ADDRESS}/<meeting>", "presented-room", room)


def mark() -> tuple[Response, int]:
    """Answer the mark of a meeting or of proposals; 403 or 404, without a word, for what may not be seen or is gone."""
    store, actor, meeting = request.record(), request.actor(), flask.request.args.get("meeting")
    try:
        if meeting is not None:
            found = answers.mark_of_meeting(store, actor, meeting)
        else:
            found = answers.mark_of_proposals(store, actor, flask.request.args.getlist("p"))
    except RecordsError as error:
        return jsonify({}), 404 if isinstance(error, Missing) else 403
    answer = jsonify(mark=found)
    answer.headers["Cache-Control"] = "no-store"
    return answer, 200


def room(meeting: str) -> tuple[Response, int]:
    """Answer the slides of a room that are another since the marks asked with; 403 or 404 as :func:`mark`.

    `since` is the mark of the slides of answers; `follows` that of the slides of what follows, which are only made
    where it is sent. The answer has the mark of now, and by key the body of each slide that is another.
    """
    store, actor, words = request.record(), request.actor(), request.words()
    args = flask.request.args
    try:
        now = rooms.mark(store, actor, meeting)
        stale = [name for name in ("since", "follows") if name in args and args[name] != now]
        found = room_findings(store, actor, meeting, follows="follows" in stale) if stale else None
    except RecordsError as error:
        return jsonify({}), 404 if isinstance(error, Missing) else 403
    slides: dict[str, object] = {}
    if found is not None:
        numbers = {id: int(own.sign) for id, own in identities(store).items() if id in found.content["names"]}
        show = RoomShow(found, numbers)
        slides |= _bodies(answer_slides(show, words)) if "since" in stale else {}
        slides |= _bodies(follow_slides(show, words)) if "follows" in stale else {}
    body = orjson.dumps({"mark": now, "slides": slides}, default=Component.to_plotly_json)
    answer = Response(body, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer, 200


def _bodies(slides: Iterable[Slide]) -> dict[str, object]:
    return {slide.key: list(slide.body) for slide in slides}
