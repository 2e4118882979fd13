"""Hold that it is remarked where one district holds most of the people, and how old the reports of active cases are."""

from functools import partial

import pytest

from dashboard import texts
from dashboard.clusters.measures import concentrated, measure_all
from dashboard.clusters.model import Candidate
from dashboard.clusters.scoring import Terms, pool
from dashboard.pages.kit.speech import aged
from dashboard.pages.kit.verdicts import active_since, remarks
from geodata.model import derived
from geodata.shared import clock


def test_who_holds_most_of_the_people_is_told_by_the_census(dataset):
    people = dataset.value("population", dataset.census_year)
    (limit,) = derived.limits_of("concentration", "share")
    groups = pool(dataset, Terms(), "22").groups
    told = 0
    for row in range(0, len(groups), 25):
        own = people[sorted(groups.ubigeos(row))]
        found = concentrated(Candidate(own.index), dataset)
        if own.max() / own.sum() > limit:
            told += 1
            assert found == (own.idxmax(), pytest.approx(own.max() / own.sum()))
            assert remarks(Candidate(own.index), dataset, "es")["minimum_size"]
        else:
            assert found is None and "minimum_size" not in remarks(Candidate(own.index), dataset, "es")
    assert told and concentrated(Candidate({"220101"}), dataset) is None


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_reports_of_active_cases_tell_their_years_and_age(dataset, language):
    lasting = dataset.conflicts
    rows = lasting[
        (lasting["state"] == "activo") & (lasting["precision"] == "district") & lasting["last_reported"].notna()
    ]
    newest, oldest = rows.loc[rows["last_reported"].idxmax()], rows.loc[rows["last_reported"].idxmin()]
    candidate = Candidate({newest["ubigeo"], oldest["ubigeo"]})
    said = " ".join(aged(measure_all(candidate, dataset)["conflicts_active"], partial(texts.say, language)))
    today = clock.day_of(clock.now())
    year, month = map(int, newest["last_reported"].split("-"))
    age = (12 * (today.year - year) + today.month - month) // 12
    assert all(text in said for text in (oldest["last_reported"][:4], newest["last_reported"][:4], f" {age} "))
    assert active_since(candidate, dataset, language)
    assert aged(measure_all(Candidate(), dataset)["conflicts_active"], partial(texts.say, language)) == []
