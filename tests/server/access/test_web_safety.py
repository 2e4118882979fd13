"""Hold what every answer carries, and that pages of other sites change nothing."""

import re

import pytest

from dashboard.records.backdrops import backdrops
from dashboard.web import backdrops as offered
from dashboard.web import request
from dashboard.web.access import styles
from tests.record.drawn import ME
from tests.server.access.conftest import PAGE, ask


def test_a_page_may_run_only_what_this_server_sends(local):
    answer = ask(local, "/")
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert re.fullmatch(r"'self'( 'sha256-[A-Za-z0-9+/=]{44}')+", policy["script-src"])
    for name in ("object-src", "frame-ancestors"):
        assert policy[name] == "'none'"
    for name in ("base-uri", "form-action", "connect-src"):
        assert policy[name] == "'self'"


@pytest.mark.parametrize("path", ["/", "/assets/css/style.css", "/nowhere/at/all.png", "/_dash-layout"])
def test_every_answer_has_the_headers(local, path):
    headers = ask(local, path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_what_no_browser_shows_as_a_page_goes_without_the_headers_of_one(local):
    for path, names in (("/", True), ("/nowhere/at/all.png", True), ("/_dash-layout", False)):
        headers = ask(local, path).headers
        assert ("Content-Security-Policy" in headers, "Permissions-Policy" in headers) == (names, names)


def test_https_is_asked_to_stay(local):
    answer = local.test_client().get("https://127.0.0.1/", headers=PAGE, environ_overrides={"REMOTE_ADDR": "127.0.0.1"})
    assert "max-age=" in answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    "sent, refused",
    [
        ({}, False),  # no browser
        ({"Sec-Fetch-Site": "same-origin"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8050"}, True),
        ({"Origin": "http://127.0.0.1:8050"}, False),
        ({"Origin": "http://evil.example"}, True),
        ({"Origin": "null"}, True),
    ],
)
@pytest.mark.parametrize("path", ["/_dash-update-component", "/uploads", "/salir"])
def test_what_a_page_of_another_site_sends_is_refused(local, sent, refused, path):
    answer = ask(local, path, "POST", headers={"Accept": "application/json", **sent}, data=b"{}")
    assert ("otro sitio" in answer.get_data(as_text=True)) == refused


def test_reading_is_not_asked_where_it_comes_from(local):
    assert ask(local, "/", headers={**PAGE, "Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_a_body_that_is_too_large_is_refused(local):
    answer = ask(local, "/_dash-update-component", "POST", data=b"x" * (9 * 2**20), content_type="application/json")
    assert answer.status_code == 413


def test_a_file_to_be_imported_has_a_bound_of_its_own(local):
    sent = ask(local, "/uploads", "POST", headers={"X-File-Name": "a.csv"}, data=b"a,b\n" * (3 * 2**20))
    assert sent.status_code == 201


# ---- styles


def test_the_policy_names_every_sheet_that_a_script_writes(local):
    policy = ask(local, "/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    found = styles.hashes(["", "p { color: red }"])
    assert found[0] in policy and found[1] not in policy


@pytest.mark.parametrize(
    "script, written",
    [
        ("e.push([t.id,'p { a: b }',''])", "p { a: b }"),
        ("x.push([1,2]),e.push([y.id,'.a{}','']),0", ".a{}"),
    ],
)
def test_a_sheet_is_read_off_its_script(script, written):
    assert list(styles.sheets(script)) == [written]


TILES = {
    "name": "Teselas", "form": "tiles", "attribution": "Prueba",
    "address": "https://tile.example.pe:8443/{z}/{x}/{y}.png",
}  # fmt: skip


def images_of(answer):
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    return policy.pop("img-src"), policy


def test_a_page_takes_images_of_the_servers_that_are_offered_and_of_no_others(local):
    own, rest = images_of(ask(local, "/"))
    assert own == "'self' data: blob:"
    made = backdrops.add(request.record(), ME, TILES)
    offered.changed()
    try:
        assert images_of(ask(local, "/")) == (f"{own} https://tile.example.pe:8443", rest)
        assert "Content-Security-Policy" not in ask(local, "/_dash-layout").headers
    finally:
        backdrops.remove(request.record(), ME, made.id, 1)
        offered.changed()
    assert images_of(ask(local, "/")) == (own, rest)


def test_whoever_has_not_signed_in_is_told_of_no_server(served):
    made = backdrops.add(request.record(), ME, TILES)
    offered.changed()
    try:
        assert "tile.example.pe" not in str(ask(served, "/entrar").headers)
    finally:
        backdrops.remove(request.record(), ME, made.id, 1)
        offered.changed()
