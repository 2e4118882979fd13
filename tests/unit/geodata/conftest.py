"""What the tests of geodata share: the default data set, a copy to damage, and a 3x3 territory."""

import shutil

import pytest

from geodata.model.dataset import DEFAULT, default
from geodata.model.territory import Department, District, Province, Territory


@pytest.fixture(scope="session")
def dataset():
    return default()


@pytest.fixture(scope="session")
def territory(dataset):
    return dataset.territory


@pytest.fixture
def folder(tmp_path):
    """A copy of the default data set, to be damaged."""
    return shutil.copytree(DEFAULT, tmp_path / "data")


@pytest.fixture
def grid():
    """Nine districts, each bordering those beside, above and below it:

    01 02 03
    04 05 06
    07 08 09
    """
    code = "9901{:02d}".format
    districts = [
        District(code(n), f"D{n}", "9901", "99", f"C{n}", (n - 1) % 3, (n - 1) // 3, None, 10.0) for n in range(1, 10)
    ]
    beside = [(n, n + 1) for n in range(1, 10) if n % 3] + [(n, n + 3) for n in range(1, 7)]
    return Territory.from_records(
        districts,
        [Province("9901", "Grid", "99")],
        [Department("99", "Test")],
        [(code(a), code(b), 5.0) for a, b in beside],
    )
