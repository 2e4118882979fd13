"""One clock: whatever the zone of the server is, a day begins and ends in Lima, and is written as a reader does."""

import re
import time
import zoneinfo
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.pages.data import editions as data_screen
from dashboard.records.admin import backup
from dashboard.records.opening import open_store
from geodata import editions
from geodata.cli import commands
from geodata.reports.console import Voice
from geodata.shared import clock
from geodata.words import dates
from tests.record.databases import SqliteDatabases
from tests.root import ROOT

LATE = datetime(2013, 3, 4, 2, 30, tzinfo=UTC)  # in Lima it is still the evening of the third
ZONES = ("UTC", "Asia/Tokyo", "America/Lima")
# what reads the time by another clock than ours
OTHER_CLOCKS = re.compile(
    r"datetime\.(now|today|utcnow|fromtimestamp|utcfromtimestamp)\b|\bdate\.(today|fromtimestamp)\b|\.astimezone\("
    r"|\btime\.(localtime|strftime|ctime)\b|ZoneInfo\(|_at\.date\(\)|\.strftime\("
)


@pytest.fixture(params=ZONES)
def zone(request, monkeypatch):
    """The zone of the server's own system."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_the_day_is_that_of_lima_wherever_the_server_is(zone):
    assert clock.day_of(LATE) == date(2013, 3, 3)
    assert clock.in_name(LATE) == "2013-03-03T213000"
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
    with pytest.raises(ValueError):
        clock.here(datetime(2013, 3, 4, 2, 30))


def test_the_record_the_imports_and_the_command_line_tell_one_time(zone, tmp_path, dataset, monkeypatch, capsys):
    monkeypatch.setattr(clock, "now", lambda: LATE)
    databases = SqliteDatabases(tmp_path, dataset)
    store = open_store(databases.url(), dataset, now=clock.now)
    assert store.today == date(2013, 3, 3)
    store.close()
    assert backup.backup(databases.url(), tmp_path, clock.now()).name == "records_backup_2013-03-03T213000.sqlite"
    kept = editions.now()
    assert kept == "2013-03-04T02:30:00+00:00"
    assert data_screen.moment(kept) == "3 de marzo de 2013, 21:30 (hora de Lima)"
    shelf = editions.EditionStore(tmp_path / "editions")
    with shelf.locked():
        shelf.switch(editions.SHIPPED, editions.store.USED, "ana")
    assert commands.history(Voice("es"), shelf) == commands.DONE
    assert "3 de marzo de 2013, 21:30 (hora de Lima)" in capsys.readouterr().out


def test_the_zone_is_known_where_the_system_has_none():
    zoneinfo.reset_tzpath(to=[])
    try:
        assert LATE.astimezone(zoneinfo.ZoneInfo.no_cache("America/Lima")).hour == 21
    finally:
        zoneinfo.reset_tzpath()


def test_nothing_reads_the_time_by_another_clock():
    others = [
        f"{path.relative_to(ROOT)}:{n}"
        for room in ("geodata", "layers", "dashboard")
        for path in sorted((ROOT / room).rglob("*.py"))
        if path != Path(clock.__file__)
        for n, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if OTHER_CLOCKS.search(line) and ".astimezone(UTC)" not in line
    ]
    assert not others


def test_no_browser_writes_a_day_of_its_own_zone():
    for path in sorted((ROOT / "assets" / "js").rglob("*.js")):
        for line in path.read_text("utf-8").splitlines():
            assert not re.search(r"toLocale(Date|Time)String|DateTimeFormat", line) or "America/Lima" in line, path.name


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [("es", "5 de setiembre de 2013", "5 set. 2013"), ("en", "5 September 2013", "5 Sept 2013")],
)
def test_days_are_written_as_in_peru_and_never_iso(language, long, short):
    day = date(2013, 9, 5)
    assert (dates.day(day, language), dates.short_day(day, language)) == (long, short)
    assert dates.short_moment(LATE, language).endswith("2013, 21:30")


def test_a_stamp_without_a_zone_is_of_utc_and_what_is_none_stays_as_it_is():
    assert dates.stamped("2013-03-04T02:30:00", "en") == "3 March 2013, 21:30 (Lima time)"
    assert dates.stamped("?", "es") == "?"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2013-03-31", "2026-11-29", "13 años y 7 meses"),
        ("2013-03-31", "2017-12-31", "4 años y 9 meses"),
        ("2013-03-31", "2014-03-31", "1 año"),
        ("2013-03-31", "2014-04-01", "1 año"),
        ("2013-03-31", "2014-04-30", "1 año y 1 mes"),
        ("2013-12-31", "2014-06-02", "5 meses y 2 días"),
        ("2013-12-31", "2014-02-01", "1 mes y 1 día"),
        ("2013-12-31", "2014-01-01", "1 día"),
        ("2013-12-31", "2013-12-31", "0 días"),
    ],
)
def test_spans_are_told_in_words_singular_and_plural(first, last, said):
    assert dates.span(date.fromisoformat(first), date.fromisoformat(last), "es") == said


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 9000))
def test_a_later_day_is_never_told_by_a_shorter_span_of_years(first, days):
    last = first + timedelta(days=days)
    said = dates.span(first, last, "en")
    years = int(said.split(" year")[0]) if " year" in said else 0
    assert years == last.year - first.year - ((last.month, last.day) < (first.month, first.day)) or (
        first.month, first.day, last.day) == (2, 29, 28)  # fmt: skip
