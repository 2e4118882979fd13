"""Tell a presentation whether what it shows has changed: a short mark, and nothing of what is kept."""

import flask
from flask import Response, jsonify

from dashboard.pages.present import answers
from dashboard.pages.present.ids import VERSIONS
from dashboard.records.core import Missing, RecordsError
from dashboard.web import request


def serve(server: flask.Flask) -> None:
    """Add the route to a server."""
    server.add_url_rule(f"/{VERSIONS}", VERSIONS, mark)


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
