"""Know a device again on which someone has signed in: by a cookie that we signed, and that opens nothing by itself.

It only says that failures of others at the same address are not this device's. Several people may share one.
"""

import hashlib
import secrets

import flask
from itsdangerous import BadSignature, URLSafeTimedSerializer

from dashboard.records.people import fold

COOKIE = "conglomerados-equipo"
KEPT_S = 365 * 24 * 3600
MOST_PEOPLE = 8  # of one device: whoever signed in longest ago is forgotten
SALT = "device"


def of(login: object) -> str:
    """Return the name of the device of this request, if someone has signed in as a login on it; else ""."""
    return _known().get(_short(login), "")


def remember(login: object) -> None:
    """Have the answer to this request say that someone has signed in as a login on this device."""
    known = _known()
    name = known.pop(_short(login), None) or secrets.token_urlsafe(12)
    kept = dict([*known.items(), (_short(login), name)][-MOST_PEOPLE:])
    secure = flask.request.is_secure

    @flask.after_this_request
    def told(answer: flask.Response) -> flask.Response:
        signed = _signer().dumps(kept)
        answer.set_cookie(COOKIE, signed, max_age=KEPT_S, httponly=True, samesite="Lax", secure=secure)
        return answer


def _known() -> dict[str, str]:
    """Return the devices' names by login that the cookie of this request carries."""
    try:
        found = _signer().loads(flask.request.cookies.get(COOKIE, ""), max_age=KEPT_S)
    except BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


def _signer() -> URLSafeTimedSerializer:
    key = flask.current_app.secret_key
    if key is None:  # the gate lets nobody come this far without one
        raise RuntimeError("no key to sign with")
    return URLSafeTimedSerializer(key, salt=SALT)


def _short(login: object) -> str:
    """Return what a login is known by in the cookie: it does not say who uses the device."""
    return hashlib.sha256(fold(login).encode("utf-8", "surrogatepass")).hexdigest()[:16]
