"""Hold who may import: whoever sits at the machine, and others only where a setting says so."""

import pytest

from dashboard.rights import allows
from dashboard.settings import ALLOWED, Settings

HERE = {
    "SERVER_NAME": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8050",
}  # fmt: skip


@pytest.mark.parametrize("name", ["127.0.0.1:8050", "localhost:8050", "[::1]:8050", "localhost"])
def test_whoever_sits_at_the_machine_may_import(name):
    assert allows(Settings(), {**HERE, "HTTP_HOST": name})


@pytest.mark.parametrize(
    "other",
    [
        {"SERVER_NAME": "0.0.0.0"},  # gunicorn listening for everyone, whatever our own setting says
        {"SERVER_NAME": ""},  # a socket file: a proxy stands before it
        {"REMOTE_ADDR": "192.168.1.20"},
        {"REMOTE_ADDR": None},
        {"HTTP_HOST": "datos.example.pe"},
        {"HTTP_HOST": "127.0.0.1.example.pe:8050"},  # a name of another site that points here
        {"HTTP_HOST": ""},
        {"HTTP_X_FORWARDED_FOR": "200.1.2.3"},
        {"HTTP_FORWARDED": "for=200.1.2.3"},
    ],
)
def test_anyone_who_comes_from_elsewhere_may_not(other):
    assert not allows(Settings(), {**HERE, **other})
    assert allows(Settings(imports=ALLOWED), {**HERE, **other})


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.3", "example.pe", ""])
def test_a_server_set_to_listen_for_others_lets_nobody_import(host):
    assert not allows(Settings(host=host), HERE)
