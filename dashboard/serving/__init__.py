"""Plain addresses: files and pages that Dash does not draw."""

import flask

from dashboard.serving import acta, coverage, kept, present

__all__ = ["serve"]


def serve(server: flask.Flask) -> None:
    """Add all of them to a server."""
    for room in (acta, coverage, kept, present):
        room.serve(server)
