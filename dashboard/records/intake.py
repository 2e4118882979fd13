"""Read FOCAS scores and QSIP stages from a spreadsheet: every fault with its row, and nothing kept if there is one.

The first row names the columns, in Spanish or English or by the names of the fields; their order is free. The template
(:func:`dashboard.records.coverage_workbook.scores_template`) has them all.
"""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

from openpyxl import load_workbook

from dashboard.clusters.wording import Say
from dashboard.records.errors import BadInput, Fault
from dashboard.records.focas import Score, clean
from dashboard.records.store import Store

MOST_BYTES = 5_000_000
MOST_UNPACKED_BYTES = 60_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 50
SCORE_FIELDS = ("government", "round", "area", "points", "measured_on", "note")
STAGE_FIELDS = ("proposal", "cycle", "stage", "done_on", "note")
OPTIONAL = ("note",)

Row = tuple[int, Mapping[str, object]]


def read_scores(content: bytes, store: Store, says: Sequence[Say]) -> tuple[tuple[int, Score], ...]:
    """Return (row number, score) of a spreadsheet. `says` are the languages its words may be in.

    Rows without points are left out: the template has one for every score there could be. Raises BadInput with all
    faults, of every row.
    """
    rounds = _words(store.programme.rounds, "focas.round", says)
    areas = _words(store.programme.areas, "focas.area", says)
    faults, found = [], []
    for number, values in read_rows(content, SCORE_FIELDS, says):
        if values["points"] is None:
            continue
        told = {**values, "government": _code(values["government"])}
        told |= {"round": _key(values["round"], rounds), "area": _key(values["area"], areas)}
        try:
            found.append((number, clean(store, told, number)))
        except BadInput as error:
            faults += error.faults
    faults += _twice([(number, score.id) for number, score in found])
    if faults:
        raise BadInput(tuple(sorted(faults, key=lambda fault: fault.row)))
    return tuple(found)


def read_stages(content: bytes, says: Sequence[Say]) -> tuple[Row, ...]:
    """Return (row number, values) of a spreadsheet of QSIP stages, for :func:`dashboard.records.qsip.enter_all`."""
    rows = [(n, v) for n, v in read_rows(content, STAGE_FIELDS, says) if v["done_on"] is not None]
    faults = _twice([(n, f"{v['proposal']}.{v['cycle']}.{v['stage']}") for n, v in rows])
    if faults:
        raise BadInput(tuple(faults))
    return tuple(rows)


def read_rows(content: bytes, wanted: Sequence[str], says: Sequence[Say]) -> list[Row]:
    """Return the rows of the first sheet by field; rows without anything are left out. Raises BadInput."""
    sheet = _open(content)
    rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
    names = _words(wanted, "records.field", says)
    head = [names.get(_fold(cell)) for cell in next(rows, ())]
    lacking = [name for name in wanted if name not in head and name not in OPTIONAL]
    faults = [Fault("records.fault.no_column", {"field": name}, 1) for name in lacking]
    faults += [
        Fault("records.fault.column_twice", {"field": n}, 1)
        for n in sorted({h for h in head if h})
        if head.count(n) > 1
    ]
    if faults:
        raise BadInput(tuple(faults))
    found = []
    for number, row in enumerate(rows, start=2):
        values = {name: _plain(cell) for name, cell in zip(head, row, strict=False) if name is not None}
        if any(value is not None for value in values.values()):
            found.append((number, dict.fromkeys(wanted) | values))
        if len(found) > MOST_ROWS:
            raise BadInput((Fault("records.fault.too_many_rows", {"most": MOST_ROWS}, number),))
    if not found:
        raise BadInput((Fault("records.fault.no_rows", {}),))
    return found


def _open(content: bytes):
    """Return the first sheet of a workbook that is neither too large nor packed to become so."""
    if len(content) > MOST_BYTES:
        raise BadInput((Fault("records.fault.file_too_large", {"most": MOST_BYTES // 1_000_000}),))
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(item.file_size for item in packed.infolist()) > MOST_UNPACKED_BYTES:
                raise BadInput((Fault("records.fault.file_too_large", {"most": MOST_BYTES // 1_000_000}),))
        return load_workbook(BytesIO(content), read_only=True, data_only=True).worksheets[0]
    except BadInput:
        raise
    except Exception as error:  # openpyxl raises whatever the broken part of a file happens to cause
        raise BadInput((Fault("records.fault.not_a_workbook", {}),)) from error


def _words(keys: Sequence[str], room: str, says: Sequence[Say]) -> dict[str, str]:
    """Return the key of each word that may stand for it."""
    known = {_fold(key): key for key in keys}
    return known | {_fold(say(f"{room}.{key}")): key for key in keys for say in says}


def _key(value: object, words: Mapping[str, str]) -> object:
    return words.get(_fold(value), value)


def _fold(value: object) -> str:
    return " ".join(str(value).split()).casefold() if value is not None else ""


def _plain(cell: object) -> object:
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if cell is None or isinstance(cell, (int, float, date)) else str(cell)


def _code(value: object) -> object:
    """Return the code of a government that a spreadsheet has taken for a number: its leading zero is lost."""
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    text = str(value)
    return text.zfill(len(text) + len(text) % 2)


def _twice(rows: Sequence[tuple[int, str]]) -> list[Fault]:
    first: dict[str, int] = {}
    faults = []
    for number, key in rows:
        if key in first:
            faults.append(Fault("records.fault.row_twice", {"first": first[key]}, number))
        first.setdefault(key, number)
    return faults
