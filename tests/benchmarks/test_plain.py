"""The benchmark compares two ways of drawing the same thing."""

from geodata.model import dataset as datasets
from tests.benchmarks.screens import OURS, PLAIN, Screen
from tests.benchmarks.serving import OURS as OUR_APPLICATION
from tests.benchmarks.serving import PLAIN as PLAIN_APPLICATION
from tests.benchmarks.serving import served


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
