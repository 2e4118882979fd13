"""Write how firm an order by a gap is as a workbook: the ways, the place of every district in each, and the columns."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from dashboard.clusters.writing import Say, limits_notice, write_codebook
from dashboard.documents.sheet_book import OPTIONS, Cell, Rows, SheetBook
from geodata.model import Dataset, sensitivity

WAY_KEYS = ("way", "way_correlation", "way_kept", "way_median")
DISTRICT_KEYS = (
    "ubigeo", "district", "province", "department", "usual_place", "first_place", "last_place", "place_width",
    "times_on_top",
)  # fmt: skip
CORRELATION_DECIMALS = 3


def sensitivity_workbook(
    found: sensitivity.Sensitivity, dataset: Dataset, say: Say, names: Sequence[str], title: str
) -> bytes:
    """Return an .xlsx file. names: what the ways are called, the usual one first; title: of which gap and place."""
    stream = BytesIO()
    notice = f"{say('sensitivity.file.edition', edition=dataset.edition)} {limits_notice(dataset, say)}"
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        sheets = SheetBook(book, dataset, say, notice)
        heads = [say(f"column.{key}.name", top=found.size) for key in WAY_KEYS]
        about = say("sensitivity.file.about_ways")
        sheets.add(say("sensitivity.file.sheet_ways"), f"{title}. {about}", heads, WAY_KEYS,
                   _ways(found, names), {1: CORRELATION_DECIMALS, 3: 1})  # fmt: skip
        heads = [*(say(f"column.{key}.name", top=found.size) for key in DISTRICT_KEYS), *names[1:]]
        keys = [*DISTRICT_KEYS, *["way_place"] * len(names[1:])]
        about = say("sensitivity.file.about_places")
        sheets.add(say("sensitivity.file.sheet_places"), f"{title}. {about}", heads, keys, _districts(found, dataset))
        write_codebook(book, sheets.formats, say, notice, sheets.explained)
    return stream.getvalue()


def _ways(found: sensitivity.Sensitivity, names: Sequence[str]) -> Rows:
    for name, each in zip(names[1:], found.others, strict=True):
        yield name, each.correlation, each.kept, _known(each.median_move)


def _districts(found: sensitivity.Sensitivity, dataset: Dataset) -> Rows:
    territory = dataset.territory
    for ubigeo in found.usual.sort_values(kind="stable", na_position="last").index:
        district = territory.districts[ubigeo]
        first, last = found.first[ubigeo], found.last[ubigeo]
        places = [found.usual[ubigeo], first, last, last - first, found.times[ubigeo]]
        yield (
            district.ubigeo, district.name, territory.provinces[district.province].name,
            territory.departments[district.department].name, *map(_known, places),
            *(_known(each.places[ubigeo]) for each in found.others),
        )  # fmt: skip


def _known(value: float) -> Cell:
    return None if value != value else float(value)
