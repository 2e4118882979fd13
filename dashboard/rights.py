"""Say who may change the data in use. Until there are accounts, that is whoever sits at the machine that serves.

Every callback and route that writes asks here, and nowhere else.
"""

import ipaddress
from collections.abc import Mapping
from typing import Any

from flask import request

from dashboard import settings
from geodata import editions

# what a proxy adds: the reader is then not who connects
_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_VIA")
_OWN_NAME = "localhost"


def may_import() -> bool:
    """Tell whether the reader of this request may import files and choose the edition in use."""
    return allows(settings.read(), request.environ)


def who() -> str:
    """Return whom the history names for what this request changes: the user who runs the server."""
    return editions.whoami()


def allows(wanted: settings.Settings, environ: Mapping[str, Any]) -> bool:
    """Tell whether a request may write: a setting says so, or only this machine reaches the server.

    The setting of the address alone does not tell: gunicorn is given its own. So the socket that
    listens, who connects and the name that the browser used must all be this machine's too; a page
    of another site that has its name point here does not pass, nor does what a proxy hands on.
    """
    if wanted.imports == settings.ALLOWED:
        return True
    names = (wanted.host, environ.get("SERVER_NAME"), environ.get("REMOTE_ADDR"), _host(environ.get("HTTP_HOST")))
    return all(is_loopback(name) for name in names) and not any(environ.get(name) for name in _FORWARDED)


def is_loopback(name: Any) -> bool:
    """Tell whether a host is this machine and no other can mean it.

    >>> [is_loopback(name) for name in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "192.168.1.5", "", None)]
    [True, True, True, False, False, False, False]
    """
    text = str(name or "").strip("[]").lower()
    if text == _OWN_NAME:
        return True
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False


def _host(header: Any) -> str:
    """Return the host of a `Host` header without its port."""
    text = str(header or "")
    return text.partition("]")[0] if text.startswith("[") else text.partition(":")[0]
