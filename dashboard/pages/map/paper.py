"""Serve what the paper of the map needs of the server: a link as a code that a telephone reads."""

from io import BytesIO

import flask
import segno
from flask import Response

from layers import palette

ADDRESS = "qr.svg"
MOST_LETTERS = 1_800  # of a link: what the largest code holds with room for dirt, in the letters of addresses


def serve(server: flask.Flask) -> None:
    """Add the route to a server."""
    server.add_url_rule(f"/{ADDRESS}", ADDRESS, answer)


def answer() -> Response | tuple[str, int]:
    """Answer `link` of the query as an SVG; 400, without a word, where there is none or it is too long."""
    link = flask.request.args.get("link", "")
    if not 0 < len(link.encode("utf-8", "replace")) <= MOST_LETTERS:
        return "", 400
    return Response(drawn(link), mimetype="image/svg+xml")


def drawn(link: str) -> bytes:
    """Return a link as an SVG that fills whatever room it is given, its quiet zone of four modules included."""
    made = BytesIO()
    segno.make(link, micro=False, error="l", boost_error=True).save(
        made, kind="svg", omitsize=True, xmldecl=False, svgclass="qr", lineclass=None, border=4, light=palette.PAPER
    )
    return made.getvalue()
