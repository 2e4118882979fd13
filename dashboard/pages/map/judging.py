"""Judge and place a drawing for a browser that asks beside Dash: it paints the answer as it comes, without a callback.

Asked is what a screen asks of Dash too, so it is checked as all of that is, and told in the same headers.
"""

from typing import Any

import flask
from flask import Response
from pydantic import Field

from dashboard.pages.kit import as_json, kept
from dashboard.pages.map import answers
from dashboard.pages.map.ids import Map
from dashboard.web import overview, request
from dashboard.web.access import requests
from dashboard.web.sent import Sent, Several, Table, Text

ADDRESS = f"{overview.ASKED}judgement"
RULES, PLACE = "rules", "place"
MOST_BYTES = 64 * 2**10  # far more than a group of every district


class JudgementQuestion(Sent):
    """What is asked of a drawing.

    parts: `rules`, what rules and measures say of it, and `place`, where it stands among all feasible ones. edition: on
    which it was judged before, where that is another than the page's.
    """

    drawing: Table = Field(default_factory=dict)
    parts: Several = Field(default_factory=list)
    edition: Text = ""


def serve(server: flask.Flask) -> None:
    """Add the route to a server."""
    server.add_url_rule(f"/{ADDRESS}", ADDRESS, answer, methods=["POST"])


def answer() -> Response | tuple[str | Response, int]:
    """Answer what is asked of a drawing: components by the id of the part of the panel that they fill."""
    flask.request.max_content_length = MOST_BYTES
    try:
        sent = requests.read(flask.request.get_data())
    except requests.NotAsked as error:
        return requests.refused(error)
    asked = JudgementQuestion.read(sent)
    made: dict[str, Any] = {}
    if RULES in asked.parts:
        rules, measures = answers.judgement(
            asked.drawing, request.dataset(), request.language(), overview.every_proposal()
        )
        made |= {Map.VERDICTS: rules, Map.MEASURES: measures}
    if PLACE in asked.parts:
        made |= kept("standing", asked.model_dump(exclude={"parts"}), lambda: _placed(asked))
    return Response(as_json(made), mimetype="application/json", headers={"Cache-Control": "no-store"})


def _placed(asked: JudgementQuestion) -> dict[str, Any]:
    language = request.language()
    said, changes = request.judged_on(asked.edition), request.changes_since(asked.edition)
    return {
        Map.STANDING: answers.standing(asked.drawing, request.dataset(), language, overview.every_proposal()),
        Map.EDITION: answers.edition_notice(said, changes, asked.drawing, language),
    }
