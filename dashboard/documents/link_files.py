"""Write the links between capitals as a table to correct and import again, in the reader's language."""

import csv
import io
from collections.abc import Callable

from geodata.model import Dataset, travel
from geodata.reports import harmless
from geodata.shared import file_name

Say = Callable[..., str]
COLUMNS = (
    "from", "from_name", "from_province", "to", "to_name", "to_province", "way", "course", "km", "hours", "season",
    "disputed", "source", "remove",
)  # fmt: skip


def links_file(dataset: Dataset, say: Say) -> tuple[str, bytes]:
    """Return the name and the content of the table: a row a link, ends by code and by name; a blank is not known."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([say(f"own_links.column.{name}") for name in COLUMNS])
    writer.writerows([harmless(cell) for cell in _row(link, dataset, say)] for link in travel.links(dataset))
    return file_name(say("own_links.file"), say("own_links.kind"), "csv"), ("\ufeff" + out.getvalue()).encode("utf-8")


def _row(link: travel.Link, dataset: Dataset, say: Say) -> list[str]:
    figures = ["" if figure is None else f"{figure:g}" for figure in (link.km, link.hours)]
    season = say(f"own_links.season.{link.season}") if link.season else ""
    disputed = say("own_links.yes" if link.disputed else "own_links.no")
    ends = [cell for code in (link.a, link.b) for cell in (code, *_names(code, dataset))]
    return [*ends, say(f"own_links.way.{link.way}"), link.name, *figures, season, disputed, link.source, ""]


def _names(ubigeo: str, dataset: Dataset) -> tuple[str, str]:
    district = dataset.territory.districts[ubigeo]
    return district.name, dataset.territory.provinces[district.province].name
