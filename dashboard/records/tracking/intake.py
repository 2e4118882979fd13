"""Read FOCAS scores and QSIP stages from a spreadsheet: every fault with its row, and nothing kept if there is one.

One row names the columns, in Spanish or English or by the names of the fields; their order is free. The template
(:func:`dashboard.documents.coverage_sheets.scores_template`) has them all. Files, numbers and dates are read by the
readers of :mod:`geodata`, as any other table is.
"""

import re
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from dashboard.clusters.writing import Say
from dashboard.records.core import BadInput, Fault, Store
from dashboard.records.tracking.focas import FocasScore, clean
from geodata.readers import UnreadableFile
from geodata.readers.cells import letters, parse_dates, plain
from geodata.readers.formats import Grid, check_archive, read_grid

MOST_BYTES = 5_000_000
MOST_UNPACKED_BYTES = 60_000_000
MOST_ROWS = 5_000
LOOKED_AT = 20  # rows among which the names of the columns must be
SCORE_FIELDS = ("government", "round", "area", "points", "measured_on", "note")
STAGE_FIELDS = ("proposal", "cycle", "stage", "done_on", "note")
OPTIONAL = ("note",)
_ASIDE = re.compile(r"\(.*?\)")
_TOO_LARGE = ("tables.unreadable.bomb", "tables.unreadable.too_large", "tables.unreadable.too_wide")
_TOLD = ("tables.unreadable.password", "tables.unreadable.web_page")

Row = tuple[int, Mapping[str, object]]


def read_scores(content: bytes, store: Store, says: Sequence[Say]) -> tuple[tuple[int, FocasScore], ...]:
    """Return (row number, score) of a spreadsheet. `says` are the languages its words may be in.

    Rows without points are left out: the template has one for every score there could be. Raises BadInput with all
    faults, of every row.
    """
    rounds = _words(store.programme.rounds, "focas.round", says)
    areas = _words(store.programme.areas, "focas.area", says)
    faults: list[Fault] = []
    found: list[tuple[int, FocasScore]] = []
    rows = read_rows(content, SCORE_FIELDS, says, "measured_on")
    for number, values in rows:
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
        raise BadInput(tuple(sorted(faults, key=lambda fault: fault.row or 0)))
    return tuple(found)


def read_stages(content: bytes, says: Sequence[Say]) -> tuple[Row, ...]:
    """Return (row number, values) of a spreadsheet of QSIP stages, for :func:`qsip.enter_all`."""
    rows = [(n, v) for n, v in read_rows(content, STAGE_FIELDS, says, "done_on") if v["done_on"] is not None]
    faults = _twice([(n, f"{v['proposal']}.{v['cycle']}.{v['stage']}") for n, v in rows])
    if faults:
        raise BadInput(tuple(faults))
    return tuple(rows)


def read_rows(content: bytes, wanted: Sequence[str], says: Sequence[Say], day: str) -> list[Row]:
    """Return the rows of the first sheet by field, as texts, None blank; rows without anything are left out.

    day: the field of dates, which become days; what is none stays as it is written. Raises BadInput.
    """
    grid = _open(content)
    filled = {number: cells for number, cells in grid.rows.items() if any(cells)}
    heading, head = _heading(filled, wanted, says)
    if len(filled) > MOST_ROWS + LOOKED_AT:
        raise BadInput((Fault("records.fault.too_many_rows", {"most": MOST_ROWS}),))
    rows = {
        number: dict.fromkeys(wanted) | {name: cells[n] or None for n, name in enumerate(head[: len(cells)]) if name}
        for number, cells in filled.items()
        if number > heading
    }
    rows = {number: values for number, values in rows.items() if any(values.values())}
    if len(rows) > MOST_ROWS:
        raise BadInput((Fault("records.fault.too_many_rows", {"most": MOST_ROWS}, list(rows)[MOST_ROWS]),))
    if faults := _uncomputed(grid, head):
        raise BadInput(tuple(faults))
    if not rows:
        raise BadInput((Fault("records.fault.no_rows", {}),))
    if faults := _to_days(rows, day):
        raise BadInput(tuple(faults))
    return list(rows.items())


def _heading(
    filled: Mapping[int, list[str]], wanted: Sequence[str], says: Sequence[Say]
) -> tuple[int, list[str | None]]:
    """Return the row that names the columns, and the field of each: the first that names most. Raises BadInput."""
    names = _words(wanted, "records.field", says)
    read = {n: [names.get(plain(cell)) for cell in cells] for n, cells in list(filled.items())[:LOOKED_AT]}
    row = max(read, key=lambda n: (len({*read[n]} - {None}), -n), default=0)
    head = read.get(row, [])
    lacking = [name for name in wanted if name not in head and name not in OPTIONAL]
    twice = sorted({name for name in head if name and head.count(name) > 1})
    faults = [Fault("records.fault.no_column", {"field": name}, row or 1) for name in lacking]
    faults += [Fault("records.fault.column_twice", {"field": name}, row) for name in twice]
    if faults:
        raise BadInput(tuple(faults))
    return row, head


def _uncomputed(grid: Grid, head: Sequence[str | None]) -> list[Fault]:
    """Return a fault for each needed cell with a formula that was never computed: its row must not pass for empty."""
    needed = {letters(n) for n, name in enumerate(head) if name and name not in OPTIONAL}
    events = [event for event in grid.events if event.message == "tables.left_out.formula"]
    return [
        Fault(event.message, dict(event.fields), event.row)
        for event in events
        if str(event.fields["cell"]).rstrip("0123456789") in needed
    ]


def _to_days(rows: Mapping[int, dict[str, object]], day: str) -> list[Fault]:
    """Put days in the place of dates, and return what is wrong with them.

    The column shows what comes first; where it shows nothing, the day does, as in Peru. Where it shows both, what
    reads two ways is a fault: nobody can know which it is. What is no date stays as it is written.
    """
    texts = pd.Series({number: values[day] for number, values in rows.items()}, dtype="str")
    read = parse_dates(texts)
    orders = [parse_dates(texts, day_first) for day_first in (True, False)]
    shows_both = all(set(one.bad.index) - set(read.bad.index) for one in orders)
    both = read.open[[all(number in one.values.dropna() for one in orders) for number in read.open.index]]
    for number, text in read.values.fillna(orders[0].values).fillna(orders[1].values).dropna().items():
        if len(text) == len("YYYY-MM-DD"):
            rows[number][day] = date.fromisoformat(text)
    told = both if shows_both else both.iloc[:0]
    return [Fault("records.fault.day_or_month", {"field": day, "value": text}, number) for number, text in told.items()]


def _open(content: bytes) -> Grid:
    """Return the first sheet of a file that is neither too large nor packed to become so. Raises BadInput."""
    too_large = BadInput((Fault("records.fault.file_too_large", {"most": MOST_BYTES // 1_000_000}),))
    if len(content) > MOST_BYTES:
        raise too_large
    with tempfile.TemporaryDirectory(prefix="conglomerados-") as folder:
        path = Path(folder) / "sheet.xlsx"  # what it is, its first bytes say
        path.write_bytes(content)
        try:
            if content.startswith(b"PK"):
                check_archive(path, MOST_UNPACKED_BYTES)
            return read_grid(path)
        except UnreadableFile as error:
            if error.message in _TOO_LARGE:
                raise too_large from error
            if error.message in _TOLD:
                raise BadInput((Fault(error.message, {**error.fields, "file": ""}),)) from error
            raise BadInput((Fault("records.fault.not_a_workbook", {}),)) from error


def _words(keys: Sequence[str], room: str, says: Sequence[Say]) -> dict[str, str]:
    """Return the key of each word that may stand for it, as it is looked up: without accents or capitals."""
    known = {plain(key): key for key in keys}
    for word, key in ((say(f"{room}.{key}"), key) for key in keys for say in says):
        # "gobierno (código)" is "gobierno" to whoever types it
        known |= {plain(word): key, plain(_ASIDE.sub("", word)): key}
    return known


def _key(value: object, words: Mapping[str, str]) -> object:
    return words.get(plain(str(value)), value)


def _code(value: object) -> object:
    """Return the code of a government that a spreadsheet has taken for a number: its leading zero is lost."""
    if not isinstance(value, str) or not (value.isascii() and value.isdigit()):
        return value
    return value.zfill(len(value) + len(value) % 2)


def _twice(rows: Sequence[tuple[int, str]]) -> list[Fault]:
    first: dict[str, int] = {}
    faults = []
    for number, key in rows:
        if key in first:
            faults.append(Fault("records.fault.row_twice", {"first": first[key]}, number))
        first.setdefault(key, number)
    return faults
