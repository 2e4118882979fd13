"""What tests of files sent share: a small store, files in it, and how to wait for work to end."""

import fcntl
import io

import pytest

from dashboard.web.uploads import uploads
from geodata.editions import imports
from tests.unit.geodata.small import CODES, Figures, QuickStore, write_small


@pytest.fixture(scope="session")
def shipped(tmp_path_factory):
    return write_small(tmp_path_factory.mktemp("small") / "shipped")


@pytest.fixture
def store(tmp_path, shipped, monkeypatch):
    """A store of nine districts whose reader takes `ubigeo,year,value`."""
    monkeypatch.setattr(imports, "reader_of", lambda subject: Figures)
    return QuickStore(tmp_path / "store", shipped)


@pytest.fixture
def sent(store):
    """Send a text as a file; return the upload, its kind chosen."""

    def send(text=f"{CODES[0]},2017,50", name="cifras.csv", **answers):
        body = text.encode()
        upload = uploads.receive(store.folder, name, io.BytesIO(body), len(body))
        upload.want("indicators", answers)
        return upload

    return send


@pytest.fixture
def until_ended():
    """Wait until nobody works on an upload; return how the work ended."""

    def wait(upload):
        with open(upload.lock, "rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
        return upload.job()

    return wait
