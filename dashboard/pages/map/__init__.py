"""The map: what is shown, what is drawn, what is judged."""

import flask

from dashboard.pages.kit import Screen, Shell
from dashboard.pages.map import (
    callbacks,  # noqa: F401  (wires the screen)
    judging,
    paper,
)
from dashboard.pages.map.layout import first_view, layout


def _serve(server: flask.Flask) -> None:
    judging.serve(server)
    paper.serve(server)


SCREEN = Screen("/", "shell.map", layout, place=0, link=Shell.TO_MAP, maps=True, first_view=first_view, serve=_serve)

__all__ = ["SCREEN"]
