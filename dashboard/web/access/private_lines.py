"""Keep the tokens of what is shared out of whatever a server writes down of a request."""

import logging
import re
from typing import Any

import flask

# what writes addresses down, of each request or of one that failed
_LOGS = ("werkzeug", "gunicorn.access", "gunicorn.error", "waitress", "dashboard.web.access.safety")
_TOKEN = re.compile(r"(/(?:compartido|datos-vivos)/)[^ ?\"'/]+[^ ?\"']*")


def protect(server: flask.Flask) -> None:
    """Have no log of a server hand on by what a shared page or live data are known."""
    for name in (*_LOGS, server.logger.name):
        logging.getLogger(name).addFilter(_without_token)


def _without_token(line: logging.LogRecord) -> bool:
    line.msg = _cleaned(line.msg)
    if isinstance(line.args, dict):  # gunicorn's own kind of it: changed where it stands
        line.args.update({name: _cleaned(value) for name, value in line.args.items()})
    else:
        line.args = tuple(map(_cleaned, line.args or ()))
    return True


def _cleaned(part: Any) -> Any:
    return _TOKEN.sub(r"\1…", part) if isinstance(part, str) else part
