"""Hand out the proposals that are kept, as every screen that draws or judges sees them: taken once a request.

Answers to a page carry a print of them (`X-Record`), so that a page that has others asks for the new ones.
"""

import logging

import flask
from flask import Response, g, has_request_context
from sqlalchemy.exc import SQLAlchemyError

from dashboard.records import desk
from dashboard.records.proposals import Overview, Proposal, watch
from dashboard.web import request

PRINT = "X-Record"  # sent to a page: the print of the proposals as they are after the request
SAVES = "X-Record-Saves"  # sent to a page: "no" where nothing can be saved now
WAITS = "X-Waits"  # sent to a page that may have changed it: how much waits for the person
QUESTIONS = "/_dash-update-component"
ASKED = "asked/"  # how the addresses of our own questions begin, which browsers handle as those of Dash

log = logging.getLogger(__name__)


def _now() -> Overview:
    return watch(request.opened_record()).now().seen_by(request.actor())


def overview() -> Overview:
    """Return every proposal that the person of this request may read, the same for all of the request."""
    if not has_request_context():
        return _now()
    if "overview" not in g:
        g.overview = _now()
    return g.overview


def proposals() -> tuple[Proposal, ...]:
    """Return the proposals that stand among the others: proposed, or settled as clusters."""
    return overview().standing


def every_proposal() -> tuple[Proposal, ...]:
    """Return the proposals in every state: those apart too, such as candidates, returned and withdrawn ones."""
    return overview().proposals


def proposals_print() -> str:
    """Return a hash of the proposals of this request: what is kept of an answer belongs to it."""
    return overview().print


def waiting_count() -> int:
    """Return how much waits for the person of this request."""
    return desk.count(request.opened_record(), request.actor())


def tell_print(response: Response) -> Response:
    """Say in an answer to a page what the proposals are, after whatever it changed; for `after_request`."""
    if flask.request.path.endswith(QUESTIONS) or flask.request.path.startswith(f"/{ASKED}"):
        try:
            if request.opened_record().standing_obstacle:
                response.headers[SAVES] = "no"
            if "record_handed_out" in g:
                response.headers[WAITS] = str(waiting_count())
            response.headers[PRINT] = (_now() if "record_handed_out" in g else overview()).print
        except SQLAlchemyError as error:  # the answer itself is good
            log.warning("the record cannot be looked at: %s", error)
    return response
