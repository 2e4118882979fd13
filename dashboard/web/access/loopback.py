"""Tell whether a request comes from this machine, by every sign there is."""

import ipaddress
from collections.abc import Mapping
from typing import Any

# what a proxy adds: the reader is then not who connects
_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_VIA")
_OWN_NAME = "localhost"


def from_this_machine(host: str, environ: Mapping[str, Any]) -> bool:
    """Tell whether only this machine reaches the server that answers a request.

    host: the address of the settings, which alone does not tell: gunicorn is given its own. So the
    socket that listens, who connects and the name that the browser used must all be this machine's
    too; a page of another site that has its name point here does not pass, nor does what a proxy
    hands on.
    """
    names = (host, environ.get("SERVER_NAME"), environ.get("REMOTE_ADDR"), _host(environ.get("HTTP_HOST")))
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


def host_of(address: str) -> str:
    """Return the host of an address to listen on ("0.0.0.0:8050", "[::1]:8050"), empty for a socket file."""
    return "" if address.startswith(("unix:", "fd:", "/")) else _host(address)


def _host(header: Any) -> str:
    """Return the host of a `Host` header without its port."""
    text = str(header or "")
    return text.partition("]")[0] if text.startswith("[") else text.partition(":")[0]
