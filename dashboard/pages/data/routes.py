"""Hand the districts with all their figures out as a file, by a plain address."""

import flask

from dashboard.documents import FORMATS, district_table, links_file, place_files
from dashboard.pages.data import own_links
from dashboard.web import overview, request
from dashboard.web.handed import file_answer


def serve(server: flask.Flask) -> None:
    """Add the address to a server."""
    server.add_url_rule("/datos/distritos.<kind>", "districts-file", districts)
    server.add_url_rule(own_links.ADDRESS, "links-file", links)


def districts(kind: str) -> flask.Response:
    """Hand out the districts, with the clusters and proposals that the reader may see."""
    if kind not in FORMATS:
        flask.abort(404)
    name, body = district_table.districts_file(kind, request.dataset(), request.language(), overview.overview())
    return file_answer(body, name, place_files.type_of(name))


def links() -> flask.Response:
    """Hand out the links between capitals of the edition in use, to be corrected and imported."""
    name, body = links_file(request.dataset(), request.say)
    return file_answer(body, name, "text/csv; charset=utf-8")
