"""Say of each column of a file what it is, in the reader's language: the codebook that goes with every table.

What is said of a measure is the measure's own: its name, how it is made, unit, source and years. What is said of any
other column are its words (`column.<key>`) and the facts of `columns.toml`.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from dashboard.clusters.measures import Measure, year_text
from dashboard.clusters.model import COMPLETE, Period, indicators_behind
from dashboard.clusters.writing.wording import Say
from geodata.model import Dataset, derived
from geodata.shared import plain, years_text

FACTS = Path(__file__).with_name("columns.toml")
MEASURE_BLANK = "unknown"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, and what a codebook says of it. `table` is the sheet, layer or file."""

    table: str
    title: str
    about: str
    unit: str
    source: str
    years: str
    blank: str

    @property
    def field(self) -> str:
        """Return its name where letters, digits and underscores are wanted, as in a GIS."""
        return plain(self.title).replace("-", "_")


# the columns of a codebook, in their order
HEAD = tuple(field.name for field in fields(Column))


@lru_cache(maxsize=1)
def _facts() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(FACTS.read_text("utf-8"))


def measure_column(
    measure: Measure, dataset: Dataset, say: Say, conflict_period: Period = None, hazard_period: Period = COMPLETE
) -> Column:
    """Return what a column of a measure is, its unit in its heading."""
    name, unit = say(f"measure.{measure.key}.name"), say(f"unit.{measure.unit}")
    return Column(
        table="",
        title=name if unit.casefold() in name.casefold() else f"{name} ({unit})",
        about=measure_help(measure, dataset, say),
        unit=unit,
        source=measure.source(dataset),
        years=year_text(measure, dataset, conflict_period, hazard_period) or say("workbook.all_years"),
        blank=say(f"codebook.blank.{MEASURE_BLANK}"),
    )


def measure_help(measure: Measure, dataset: Dataset, say: Say) -> str:
    """Say what a measure is, and of a gap how its indicators are steadied."""
    return " ".join([say(f"measure.{measure.key}.help"), *gap_rests(measure.columns, dataset, say)])


def gap_rests(columns: Iterable[str], dataset: Dataset, say: Say) -> list[str]:
    """Say of the indicators behind gaps among some columns how many are steadied before they are ranked, and how."""
    ways: dict[str, list[tuple[int, ...]]] = {}
    for column in columns:
        if column.startswith("gap_"):
            for indicator, years in indicators_behind(dataset, column):
                ways.setdefault(derived.ground(dataset, indicator, years[-1]).way, []).append(years)
    ways.pop(derived.AS_IS, None)
    return [
        say(f"rests.in_gap.{way}", n=len(each), years=years_text({year for years in each for year in years}))
        for way, each in ways.items()
    ]


def described_column(key: str, dataset: Dataset, say: Say, title: str | None = None) -> Column:
    """Return what any other column is; `title` is its heading where that is not the usual one. Raises KeyError."""
    facts = _facts()[key]
    origin = dataset.provenance.get(facts["origin"])
    unit = facts["unit"]
    return Column(
        table="",
        title=say(f"column.{key}.name") if title is None else title,
        about=say(f"column.{key}.about"),
        unit=say(f"codebook.unit.{unit}" if unit in _KINDS else f"unit.{unit}"),
        source=origin.source if origin else say(f"codebook.origin.{facts['origin']}"),
        years=years(origin.years) if origin else "",
        blank=say(f"codebook.blank.{facts['blank']}"),
    )


# units that are kinds of content rather than units of figures
_KINDS = frozenset({"text", "code", "number", "day", "years", "yes", "days", "clusters", "own", "degrees", "metres"})


def of_table(table: str, columns: Iterable[Column]) -> list[Column]:
    """Return columns with the name of the table in which they are."""
    return [replace(each, table=table) for each in columns]


def codebook(columns: Sequence[Column], say: Say, names: Sequence[str] | None = None) -> pd.DataFrame:
    """Return a row for each column, headings in the reader's language.

    `names` are what the columns are called in the file where that is not their heading, as in a GIS; the heading then
    stands beside it.
    """
    frame = pd.DataFrame([astuple(each) for each in columns], columns=list(HEAD))
    if names is not None:
        frame.insert(1, "column", list(names))
    else:
        frame = frame.rename(columns={"title": "column"})
    if not frame["table"].any():
        frame = frame.drop(columns="table")
    return frame.rename(columns={name: say(f"codebook.head.{name}") for name in frame})


def years(value: str | Iterable[int]) -> str:
    """Write the years of a resource, given as text or as a tuple of years: the first and the last."""
    if isinstance(value, str):
        return value
    numbers = sorted(value)
    if not numbers:
        return ""
    return str(numbers[0]) if numbers[0] == numbers[-1] else f"{numbers[0]}–{numbers[-1]}"
