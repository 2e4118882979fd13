"""Hand the sensitivity of an order out as a workbook."""

import flask
from flask import Response

from dashboard.documents import sensitivity_workbook
from dashboard.pages.sensitivity.parts import WORKBOOK, asked, gap_name, way_name, where
from dashboard.web import request
from dashboard.web.request import language, say
from geodata.shared import file_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def serve(server: flask.Flask) -> None:
    """Add the route to a server."""
    server.add_url_rule(WORKBOOK, "sensitivity-workbook", workbook)


def workbook() -> Response:
    """Answer with the workbook of a gap and a place; what the address does not name rightly is as the screen begins."""
    dataset = request.dataset()
    found = asked(flask.request.args, dataset)
    gap, place = gap_name(found.gap, say), where(found, dataset, say)
    names = [way_name(way, dataset, say, language()) for way in found.places]
    made = Response(sensitivity_workbook(found, dataset, say, names, f"{gap} · {place}"), content_type=XLSX)
    made.headers["Cache-Control"] = "no-store"
    name = file_name(say("sensitivity.file.holds", gap=gap, where=place), say("sensitivity.file.kind"), "xlsx")
    made.headers.set("Content-Disposition", "attachment", filename=name)
    return made
