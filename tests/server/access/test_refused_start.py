"""Hold when a server may start: on this machine always, for others only with accounts and a key."""

import os
import subprocess
import sys

import pytest

from dashboard.settings import PREFIX, Settings
from dashboard.web.access.loopback import host_of
from dashboard.web.access.mode import lacking
from tests.root import ROOT

KEY = "k" * 32
NO_ACCOUNTS, NO_KEY = "access.start.no_accounts", "access.start.no_key"


@pytest.mark.parametrize(
    "hosts, accounts, key, found",
    [
        (["127.0.0.1"], 0, "", []),
        (["localhost", "::1"], 0, "", []),
        (["127.0.0.1"], 1, "", [NO_KEY]),
        (["127.0.0.1"], 1, KEY, []),
        (["0.0.0.0"], 0, "", [NO_ACCOUNTS, NO_KEY]),
        (["0.0.0.0"], 0, KEY, [NO_ACCOUNTS]),
        (["0.0.0.0"], 1, "k" * 31, [NO_KEY]),
        (["0.0.0.0"], 1, KEY, []),
        (["127.0.0.1", "10.0.0.3"], 0, KEY, [NO_ACCOUNTS]),
        ([""], 0, KEY, [NO_ACCOUNTS]),
    ],
)
def test_what_is_lacking_is_told_at_once(hosts, accounts, key, found):
    assert lacking(Settings(secret_key=key), hosts, accounts) == found


@pytest.mark.parametrize(
    "address, host",
    [("127.0.0.1:8050", "127.0.0.1"), ("[::1]:80", "[::1"), (":8050", ""), ("0.0.0.0", "0.0.0.0"),
     ("unix:/run/x.sock", ""), ("fd://3", ""), ("/run/x.sock", "")],
)  # fmt: skip
def test_the_host_of_an_address_to_listen_on(address, host):
    assert host_of(address) == host


GUNICORN = (
    "gunicorn", "-c", "python:dashboard.web.access.gunicorn", "--bind", "0.0.0.0:0", "dashboard.app:create_server()",
)  # fmt: skip


@pytest.mark.parametrize("command, more", [(("dashboard",), {"HOST": "0.0.0.0"}), (GUNICORN, {})])
def test_a_server_for_others_without_accounts_does_not_start(tmp_path, command, more):
    own = {f"{PREFIX}{name}": value for name, value in {"RECORDS": str(tmp_path / "r.sqlite"), **more}.items()}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, env=os.environ | own, capture_output=True, text=True, timeout=600
    )
    assert done.returncode != 0
    assert "no hay cuentas" in done.stderr and "CONGLOMERADOS_SECRET_KEY" in done.stderr
