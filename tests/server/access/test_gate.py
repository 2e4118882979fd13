"""Hold who comes in: in local mode this machine alone, with accounts only those who have signed in."""

import pytest

from dashboard.records.core.actors import local_actor
from dashboard.records.people import accounts, sharing
from dashboard.web import request
from dashboard.web.access.gate import DESK, own_path
from tests.server.access.conftest import HERE, KEY, PAGE, PASSWORD, PEOPLE, ask, enter

SCREENS = ("/", "/proponer", "/plan", "/comparar", "/registro", "/reuniones", "/cobertura", "/cuentas", "/datos")
CALLS = (("/_dash-update-component", "POST"), ("/_dash-layout", "GET"), ("/_dash-dependencies", "GET"),
         ("/uploads", "POST"), ("/editions/default.zip", "GET"))  # fmt: skip
JSON = {"Accept": "application/json"}


# ---- local mode


@pytest.mark.parametrize("path", SCREENS)
def test_whoever_sits_at_the_machine_sees_every_screen(local, path):
    answer = ask(local, path)
    assert answer.status_code == 200
    assert b"react-entry-point" in answer.data


@pytest.mark.parametrize(
    "other",
    [
        {"REMOTE_ADDR": "192.168.1.20"}, {"HTTP_HOST": "datos.example.pe"},
        {"HTTP_HOST": "127.0.0.1.example.pe:8050"}, {"SERVER_NAME": "0.0.0.0"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, {"HTTP_FORWARDED": "for=127.0.0.1"}, {"HTTP_VIA": "1.1 proxy"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("path, method", [("/", "GET"), ("/entrar", "GET"), *CALLS])
def test_nobody_from_elsewhere_gets_anything_without_accounts(local, other, path, method):
    answer = local.test_client().open(path, method=method, headers=PAGE, environ_overrides=HERE | other)
    assert answer.status_code == 403
    assert b"react-entry-point" not in answer.data


def test_there_is_nothing_to_sign_in_to_without_accounts(local):
    answer = ask(local, "/entrar?next=/plan")
    assert (answer.status_code, answer.location) == (302, "/plan")


# ---- with accounts


@pytest.mark.parametrize("path", SCREENS)
def test_a_visitor_is_sent_to_sign_in_and_back(served, path):
    answer = ask(served, f"{path}?d=22")
    assert answer.status_code == 302
    assert answer.location.startswith("/entrar?next=")
    client, entered = enter(served, "reader")
    assert entered.status_code == 302
    assert ask(served, path, client=client).status_code == 200


@pytest.mark.parametrize("path, method", CALLS)
def test_a_visitor_gets_no_data(served, path, method):
    answer = ask(served, path, method, headers=JSON)
    assert answer.status_code == 401
    assert set(answer.json) == {"said", "status"}


def test_a_visitor_gets_no_published_file(served):
    client, _ = enter(served, "reader")
    document = ask(served, "/", client=client).get_data(as_text=True)
    path = document.split('id="published-')[1].split('href="')[1].split('"')[0]
    assert ask(served, path, headers=JSON).status_code == 401
    kept = ask(served, path, client=client)
    assert kept.status_code == 200
    assert "private" in kept.headers["Cache-Control"] and "public" not in kept.headers["Cache-Control"]


@pytest.mark.parametrize("role", PEOPLE)
def test_everybody_with_an_account_comes_in_and_is_named(served, role):
    client, _ = enter(served, role)
    page = ask(served, "/_dash-layout", client=client, headers=JSON).get_data(as_text=True)
    assert role.title() in page


@pytest.mark.parametrize("role", PEOPLE)
def test_files_are_taken_from_those_who_may_change_the_data(served, role):
    client, _ = enter(served, role)
    sent = ask(served, "/uploads", "POST", client=client, headers={**JSON, "X-File-Name": "a.csv"}, data=b"a,b\n1,2\n")
    assert (sent.status_code == 403) == (role not in ("leadership", "administrator"))


@pytest.mark.parametrize("login, password", [("reader", "wrong"), ("nobody", PASSWORD), ("", ""), ("reader", None)])
def test_a_wrong_login_or_password_is_refused_in_the_same_words(served, login, password):
    client, answer = enter(served, login, password)
    assert answer.status_code == 403
    assert "Usuario o contraseña incorrectos." in answer.get_data(as_text=True)
    assert ask(served, "/", client=client).status_code == 302


def test_too_many_failures_make_a_stranger_wait_and_not_a_device_that_is_known(served):
    values = {"login": "guessed", "name": "Guessed", "role": "reader"}
    accounts.create_account(request.record(), local_actor(), values, PASSWORD)
    own, entered = enter(served, "guessed")
    assert ask(served, "/salir", "POST", client=own).status_code == 302
    kept = own.get_cookie("conglomerados-equipo", "127.0.0.1")
    assert kept.http_only and kept.same_site == "Lax" and kept.max_age >= 300 * 24 * 3600
    for _ in range(5):
        enter(served, "guessed", "wrong")
    stranger, answer = enter(served, "guessed")
    assert answer.status_code == 403
    told = answer.get_data(as_text=True)
    assert "Demasiados intentos" in told and "Espere 1 min" in told
    sent = {"login": "guessed", "password": PASSWORD}
    assert ask(served, "/entrar", "POST", client=own, data=sent).status_code == 302
    # what somebody writes into the cookie is not believed, nor is it of another login
    for forged in ("x", kept.value[:-2], kept.value + "x"):
        stranger.set_cookie("conglomerados-equipo", forged, domain="127.0.0.1")
        assert ask(served, "/entrar", "POST", client=stranger, data=sent).status_code == 403
    for _ in range(5):
        enter(served, "coordinator", "wrong")
    stranger.set_cookie("conglomerados-equipo", kept.value, domain="127.0.0.1")
    other = {"login": "coordinator", "password": PASSWORD}
    assert ask(served, "/entrar", "POST", client=stranger, data=other).status_code == 403
    accounts.unlock(request.record(), local_actor(), _id_of("coordinator"))
    assert enter(served, "coordinator")[1].status_code == 302


def _id_of(login):
    return next(a.id for a in accounts.accounts(request.record(), local_actor()) if a.login == login)


def test_after_signing_out_the_old_cookie_opens_nothing(served):
    client, entered = enter(served, "reader")
    assert entered.status_code == 302
    kept = client.get_cookie("conglomerados", "127.0.0.1").value
    cookie = {**PAGE, "Cookie": f"conglomerados={kept}"}
    assert ask(served, "/", headers=cookie, client=served.test_client(use_cookies=False)).status_code == 200
    assert ask(served, "/salir", "POST", client=client).status_code == 302
    assert ask(served, "/", headers=cookie, client=served.test_client(use_cookies=False)).status_code == 302


@pytest.mark.parametrize("forged", ["x", "eyJfdXNlcl9pZCI6ImEifQ.aaaa.bbbb", "a" * 5000])
def test_a_forged_cookie_is_nobody(served, forged):
    headers = {**PAGE, "Cookie": f"conglomerados={forged}"}
    answer = ask(served, "/", headers=headers, client=served.test_client(use_cookies=False))
    assert answer.status_code == 302


def test_an_account_that_is_deactivated_or_changed_is_out_at_once(served):
    values = {"login": "leaving", "name": "Leaving", "role": "reader"}
    made = accounts.create_account(request.record(), local_actor(), values, PASSWORD)
    client, _ = enter(served, "leaving")
    assert ask(served, "/", client=client).status_code == 200
    accounts.change_account(request.record(), local_actor(), made.id, made.version, {"active": False})
    assert ask(served, "/", client=client).status_code == 302


def test_what_someone_sees_who_signed_in_is_not_kept_on_the_way(served):
    client, entered = enter(served, "reader")
    assert ask(served, "/", client=client).headers["Cache-Control"] == "no-store"
    cookie = entered.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie


def test_a_cookie_that_came_by_https_stays_there(served):
    client = served.test_client()
    answer = client.post("https://127.0.0.1/entrar", data={"login": "reader", "password": PASSWORD}, headers=PAGE)
    assert "Secure" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize(
    "wanted, found",
    [("/plan?d=22", "/plan?d=22"), ("//evil.pe", "/"), ("https://evil.pe/", "/"), ("/\\evil.pe", "/"), ("x", "/"),
     ("/\tevil", "/"), ("/entrar", "/"), ("/salir", "/"), ("javascript:alert(1)", "/"), ("/" + "a" * 3000, "/")],
)  # fmt: skip
def test_signing_in_leads_to_this_site_only(served, wanted, found):
    assert own_path(wanted) == found
    client = served.test_client()
    sent = {"login": "reader", "password": PASSWORD, "next": wanted}
    # who wants nothing in particular is shown what waits for them
    assert ask(served, "/entrar", "POST", client=client, data=sent).location == (DESK if found == "/" else found)


def test_the_first_account_closes_a_server_that_was_open(alone, monkeypatch):
    values = {"login": "first", "name": "First", "role": "administrator"}
    accounts.create_account(request.record(), local_actor(), values, PASSWORD)
    request.accounts_changed()
    without_key = ask(alone, "/")
    assert without_key.status_code == 503
    assert "CONGLOMERADOS_SECRET_KEY" in without_key.get_data(as_text=True)
    monkeypatch.setattr(alone, "secret_key", KEY)
    assert ask(alone, "/").status_code == 302


def test_the_page_to_sign_in_speaks_both_languages_without_a_script(served):
    client = served.test_client()
    spanish = ask(served, "/entrar?next=/plan", client=client).get_data(as_text=True)
    assert 'lang="es"' in spanish and ">English</a>" in spanish
    assert ask(served, "/entrar?next=/plan&lang=en", client=client).location == "/entrar?next=/plan"
    english = ask(served, "/entrar?next=/plan", client=client).get_data(as_text=True)
    assert 'lang="en"' in english and "User name" in english and 'value="/plan"' in english


@pytest.mark.parametrize("token", ["", "x", "a" * 200, "../../etc/passwd"])
def test_a_shared_page_is_open_to_all_and_a_wrong_token_opens_nothing(served, token):
    answer = ask(served, f"/compartido/{token}")
    assert answer.status_code == 404
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_shared_page_is_read_without_an_account(served):
    values = {"scope": "coverage", "label": "Prensa", "expires_on": request.record().today}
    token, _ = sharing.share(request.record(), local_actor(), values)
    assert ask(served, f"/compartido/{token}").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/cobertura/cobertura.xlsx", "/cobertura/imprimir", "/reuniones/22-2013-1/acta.html", "/reuniones/x/acta.docx"],
)
def test_files_of_the_record_are_for_those_who_signed_in(served, path):
    assert ask(served, path, headers=JSON).status_code == 401
    client, _ = enter(served, "leadership")
    assert ask(served, path, client=client).status_code in (200, 404)
