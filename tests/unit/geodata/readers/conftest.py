"""What the tests of readers share: the data set in use, tables written in a breath, published files."""

import os
from pathlib import Path

import pytest

from geodata.readers.indicators import indicators
from geodata.reports.report import Report
from tests.root import ROOT

OFFICIAL = Path(os.environ.get("SHARED_OFFICIAL") or ROOT.parent / "shared" / "official")


@pytest.fixture
def table(tmp_path):
    """Write a text as a file and return its path."""

    def write(text, name="table.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


@pytest.fixture(scope="session")
def official():
    """Return a published file by name, or skip the test where the folder is absent."""

    def find(name):
        path = OFFICIAL / name
        if not path.is_file():
            pytest.skip(f"{path.name} is not beside the repository")
        return path

    return find


@pytest.fixture(scope="session")
def bring(dataset):
    """Understand and read a file of figures; return its changes and its report."""

    def run(path, answers, reader=indicators):
        understanding = reader.understand(path, dataset, answers)
        report = Report(path.name, understanding.subject)
        return reader.read(path, understanding, dataset, report), report

    return run


@pytest.fixture(scope="session")
def asked(dataset):
    """Return the keys of the questions that a file leaves open under some answers."""

    def keys(path, answers, reader=indicators):
        return {question.key for question in reader.understand(path, dataset, answers).questions}

    return keys
