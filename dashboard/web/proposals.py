"""Hand the proposals of the record to a page: with its document, and anew when a page learns that they changed."""

from functools import lru_cache
from typing import Any

import flask
import orjson
from flask import Response

from dashboard.records.proposals import Overview
from dashboard.web import overview, publish, request
from geodata.model import Dataset

ADDRESS = "kept/proposals.json"


def serve(server: flask.Flask) -> None:
    """Add the route to a server."""
    server.add_url_rule(f"/{ADDRESS}", ADDRESS, send)


def send() -> Response:
    """Answer what the person may see of the proposals, for the edition of their page."""
    answer = Response(orjson.dumps(block()), mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def block() -> dict[str, Any]:
    """Return the proposals of this request as a page holds them."""
    return _block(request.dataset(), overview.overview())


@lru_cache(maxsize=8)  # both are never changed, and the same objects until something is another
def _block(dataset: Dataset, kept: Overview) -> dict[str, Any]:
    return publish.proposals(dataset, kept)
