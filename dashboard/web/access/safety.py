"""Close what a browser would leave open: other sites' requests, foreign scripts, frames, too large bodies."""

import logging
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

import flask
from flask.sessions import SecureCookieSessionInterface
from flask_talisman import Talisman
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard import settings
from dashboard.web.access import styles
from geodata.shared import style_hash

HARMLESS = ("GET", "HEAD", "OPTIONS")
OWN = ("same-origin", "none")  # of this site, or typed by a person
UPLOADS = "uploads"  # the route that files come by, which counts their bytes for itself
LARGEST_BODY = 8 * 2**20  # of a callback
COOKIE = "conglomerados"
OF_A_PAGE = ("Content-Security-Policy", "Referrer-Policy")
# what no browser shows as a page goes without the headers that only a page obeys: they outweigh many an answer
NO_PAGES = ("application/json", "text/javascript", "text/css", "application/geo+json", "text/csv")

ATTACH = "attach-file"
UNBOUND = ("upload-file", ATTACH)  # each reads its own stream, and bounds it
ENDLESS = 2**60  # to Flask, no number means the one of all routes

# what a page may load and run: what this server sends, and nothing else
POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}

# what a page may do that holds all it needs: be read
CLOSED = {
    "default-src": "'none'",
    "img-src": "data:",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}

log = logging.getLogger(__name__)


class _Session(SecureCookieSessionInterface):
    """A cookie that goes over https alone where it came by https; a room without a certificate has none."""

    def get_cookie_secure(self, app: flask.Flask) -> bool:
        return flask.request.is_secure


class Headers(Talisman):
    """The headers of every answer; some are for pages alone. A page that has a stricter policy of its own keeps it."""

    _origins: Callable[[], Iterable[str]] = staticmethod(lambda: ())

    def _set_response_headers(self, response: flask.Response) -> flask.Response:
        own = {name: response.headers[name] for name in OF_A_PAGE if name in response.headers}
        made = super()._set_response_headers(response)
        if made.mimetype == "text/html" and not own and (more := " ".join(self._origins())):
            kept, policy = f"img-src {POLICY['img-src']}", made.headers[OF_A_PAGE[0]]
            made.headers[OF_A_PAGE[0]] = policy.replace(kept, f"{kept} {more}")
        made.headers.update(own)
        if made.mimetype in NO_PAGES:
            for name in ("Content-Security-Policy", "Permissions-Policy"):
                made.headers.remove(name)
        return made

    def allow_images(self, origins: Callable[[], Iterable[str]]) -> None:
        """Let pages take images from other servers too: those that are told for each answer."""
        self._origins = origins

    def allow_scripts(self, hashes: Iterable[str]) -> None:
        """Let the scripts run that Dash writes into the page; it knows them only once its pages are set up."""
        self.content_security_policy["script-src"] = " ".join(["'self'", *hashes])


def protect(server: flask.Flask, wanted: settings.Settings) -> Headers:
    """Put headers on every answer of a server, and refuse what pages of other sites send."""
    if wanted.proxies:
        n = wanted.proxies
        proxied = ProxyFix(server.wsgi_app, x_for=n, x_proto=n, x_host=n)
        server.wsgi_app = proxied  # type: ignore[method-assign]  # as Flask says to
    server.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY, SESSION_COOKIE_NAME=COOKIE)
    server.session_interface = _Session()
    server.before_request(refuse_other_sites)
    server.before_request(bound)
    return Headers(
        server,
        force_https=False,  # rooms without internet have no certificate; a proxy redirects where there is one
        session_cookie_secure=False,  # decided by each request, see above
        session_cookie_samesite="Lax",
        frame_options="DENY",
        referrer_policy="same-origin",
        permissions_policy=dict.fromkeys(("camera", "geolocation", "microphone", "payment", "usb"), "()"),
        content_security_policy={**POLICY, "style-src": " ".join(["'self'", *styles.allowed()])},
    )


def closed_policy(style: str) -> str:
    """Return the content security policy of a page that holds all it needs: its one style is allowed by its hash."""
    allowed = {**CLOSED, "style-src": f"'{style_hash(style)}'"}
    return "; ".join(f"{kind} {sources}" for kind, sources in allowed.items())


def closed_page(body: str, style: str, status: int = 200) -> flask.Response:
    """Answer with a page that holds all it needs, `style` among it; no browser keeps it, no search engine lists it."""
    answer = flask.Response(body, status, content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = closed_policy(style)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def refuse_other_sites() -> None:
    """Refuse a request that would change something and was sent by a page of another site.

    Browsers say where a request comes from; what says nothing at all is no browser and has no cookie
    that was not given to it. Raises Forbidden.
    """
    request = flask.request
    if request.method in HARMLESS:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    own = site in OWN if site is not None else origin is None or urlsplit(origin).netloc == request.host
    if not own:
        log.warning("refused: %s %s sent by a page of %s", request.method, request.path, origin)
        flask.abort(403)


def bound() -> None:
    """Leave a route its own bound on what is sent."""
    if flask.request.endpoint in UNBOUND:
        flask.request.max_content_length = ENDLESS
