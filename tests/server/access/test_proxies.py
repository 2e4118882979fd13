"""Hold that forwarded addresses are believed only as far as proxies are said to stand before the server."""

import flask
import pytest

from dashboard.settings import Settings
from dashboard.web.access.safety import protect

SENT = {"X-Forwarded-For": "200.1.2.3, 10.0.0.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "mapa.example.pe"}


def _who():
    return " ".join([flask.request.remote_addr, flask.request.scheme, flask.request.host])


@pytest.mark.parametrize("proxies, seen", [(0, "127.0.0.1 http localhost"), (1, "10.0.0.9 https mapa.example.pe")])
def test_what_a_visitor_says_of_where_they_come_from_is_not_believed(proxies, seen):
    server = flask.Flask(__name__)
    protect(server, Settings(proxies=proxies))
    server.add_url_rule("/", "who", _who)
    assert server.test_client().get("/", headers=SENT).text == seen
