"""Answer with a file that was made for whoever asks: under its name, and kept by nobody on the way."""

from flask import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def file_answer(body: bytes, name: str, kind: str = XLSX) -> Response:
    """Return the answer that hands a file out, to be saved and not to be shown."""
    made = Response(body, content_type=kind)
    made.headers["Cache-Control"] = "no-store"
    made.headers.set("Content-Disposition", "attachment", filename=name)
    return made
