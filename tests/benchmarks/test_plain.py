"""The benchmark compares two ways of drawing the same thing."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from geodata import dataset as datasets
from tests.benchmarks.__main__ import BROWSERS
from tests.benchmarks.screens import OURS, PLAIN, Screen
from tests.benchmarks.serving import OURS as OUR_APPLICATION
from tests.benchmarks.serving import PLAIN as PLAIN_APPLICATION
from tests.benchmarks.serving import served


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        executable = next(filter(None, map(shutil.which, BROWSERS)))
        launched = playwright.chromium.launch(executable_path=executable)
        yield launched
        launched.close()


def test_both_ways_paint_every_district_that_has_limits(browser):
    painted = {}
    for way, application in ((OURS, OUR_APPLICATION), (PLAIN, PLAIN_APPLICATION)):
        with served(application, {}) as address:
            screen = Screen(browser, way, address)
            screen.open()
            painted[way.name] = screen.painted()
            screen.close()
    districts = int(datasets.default().limits.geometry.notna().sum())
    assert painted == {"ours": districts, "plain": districts}
