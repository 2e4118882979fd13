"""Read emergencies out of a table: dated one by one, as INDECI publishes them, or already counted.

Answers, beside those of :mod:`geodata.readers.formats.sheets`:

    column:NAME      role of a column: ubigeo, district, province, department, ccdd, ccpp, ccdi, event,
                     date, year, phenomenon, events, affected, homeless, houses_destroyed, ignore
    coding           inei or reniec, where the file does not tell
    source           where the figures come from
    day_first:COLUMN day or month, where dates can be read both ways
    hazard:TEXT      the hazard that a phenomenon stands for, or none
    decimal:COLUMN   "." or ",", where counts of damages can be read both ways
    zero:ROLE        yes: a figure that the file has no column for is 0
    covers           all: the file holds every emergency of its years, and those in use go;
                     some: they stay where the file has none
"""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from geodata.model import Dataset
from geodata.places import Gazetteer, to_2012
from geodata.readers.cells import COMMA, POINT, Numbers, parse_numbers, terms
from geodata.readers.contract import Answers, EditionChanges, Options, Question, Understanding
from geodata.readers.formats import TOLD_ROWS
from geodata.readers.locating import locate
from geodata.readers.shared import (
    AS_IS,
    MAX_SOURCE,
    SHOWN,
    TOLD,
    Draft,
    allowed,
    allowed_years,
    events,
    joined,
    tell,
    text_of,
)
from geodata.reports import Report, spans

SUBJECT = "hazards"
NONE = "none"
DAMAGES = ("affected", "homeless", "houses_destroyed")
COUNTS = ("events", *DAMAGES)
KEY = ["ubigeo", "year", "hazard"]
ALL, SOME = "all", "some"
MOST = 10**9  # no emergency does more damage; a larger figure is a slip, and would not fit an integer


def understand(path: Path, base: Dataset, answers: Answers) -> Understanding:
    """Return how a file of emergencies is read, with what only a person can say. Raises UnreadableFile."""
    one = events.draft(path, base, answers, "hazard_columns", _by_content)
    columns = dict.fromkeys(one.sheet.frame.columns, AS_IS)
    if not any((one.places.ubigeo, one.places.parts, one.places.district)):
        one.questions.append(Question("place", "tables.ask.place", columns))
    else:
        events.settle_coding(one, base)
    if one.column("phenomenon") is None:
        one.questions.append(Question("phenomenon", "tables.ask.phenomenon", columns))
    else:
        one.questions.extend(_phenomena(one)[1])
    when = "date" if one.column("date") else "year"
    if one.column(when) is None:
        one.questions.append(Question("date", "tables.ask.date", columns))
    else:
        events.ask_order(one, when)
        one.questions.extend(_ask_cover(one, when, base))
    one.questions.extend(_ask_signs(one))
    for role in DAMAGES:
        if one.column(role) is None and one.options.get(f"zero:{role}") != "yes":
            one.questions.append(Question(f"zero:{role}", f"tables.ask.without.{role}", {"yes": "tables.choice.zero"}))
    return one.understood(SUBJECT)


def _by_content(frame: pd.DataFrame, roles: Mapping[str, str]) -> dict[str, str]:
    """Return the column of the phenomenon: of those that hold its words, the one that is blank least."""
    if "phenomenon" in roles.values():
        return {}
    words = {**terms("hazards"), **terms("not_hazards")}
    found = [column for column in frame.columns if column not in roles and events.holds(frame[column], words)]
    # equally full, the one that tells more phenomena apart is the source of the other
    found.sort(key=lambda column: (frame[column].isna().sum(), -frame[column].nunique()))
    return dict.fromkeys(found[:1], "phenomenon")


def _phenomena(one: Draft) -> tuple[dict[str, str], list[Question]]:
    """Return the hazard (or none) by text of the phenomenon, and what must be asked."""
    texts = one.texts("phenomenon")
    words = {**dict.fromkeys(terms("not_hazards"), NONE), **terms("hazards")}
    values = (*allowed("hazards", "hazard"), NONE)
    found, questions = events.meanings(texts, "hazard", words, values, one.options)
    if len(questions) > events.MOST_WORDS:
        columns = dict.fromkeys(one.sheet.frame.columns, AS_IS)
        return found, [Question("phenomenon", "tables.ask.phenomenon", columns)]
    return found, questions


def _numbers(one: Draft, column: str) -> Numbers:
    """Return a column of counts: "1,234" is 1234 where only that makes every one of them whole."""
    texts, answer = one.sheet.frame[column], one.options.get(f"decimal:{column}")
    if answer in (POINT, COMMA):
        return parse_numbers(texts, answer)
    plainly = parse_numbers(texts)
    if plainly.open.empty:
        return plainly
    read_as = [parse_numbers(texts, sign) for sign in (POINT, COMMA)]
    whole = [n for n in read_as if len(n.bad) == len(plainly.bad) and n.values.dropna().mod(1).eq(0).all()]
    return whole[0] if len(whole) == 1 else plainly


def _ask_signs(one: Draft) -> list[Question]:
    """Ask what a comma means in each column of counts that does not show it."""
    questions = []
    for column in filter(None, map(one.column, COUNTS)):
        if len((numbers := _numbers(one, column)).open):
            choices = {POINT: "tables.choice.decimal.point", COMMA: "tables.choice.decimal.comma"}
            fields = {"column": column, "examples": ", ".join(numbers.examples)}
            questions.append(Question(f"decimal:{column}", "tables.ask.decimal", choices, fields))
    return questions


def _ask_cover(one: Draft, when: str, base: Dataset) -> list[Question]:
    """Ask whether the file is all there is of its years, where the data in use has emergencies of them."""
    if one.options.get("covers") in (ALL, SOME):
        return []
    dates = events.dates_of(one.texts(when), one.column(when), one.options).values.dropna()
    years = sorted({int(date[:4]) for date in dates} & set(base.hazards["year"]))
    if not years:
        return []
    choices = {value: f"tables.choice.covers.{value}" for value in (ALL, SOME)}
    return [Question("covers", "tables.ask.covers", choices, {"years": ", ".join(map(str, years))})]


def read(path: Path, understanding: Understanding, base: Dataset, report: Report) -> EditionChanges:
    """Return the emergencies by district, year and hazard that a file gives the next edition.

    Raises UnreadableFile. Open questions are faults, and nothing is read.
    """
    one = events.begin(path, understanding, report)
    if one is None:
        return EditionChanges()
    rows = _rows(one, base, report)
    _one_event_each(one, rows, report)
    rows = rows[~rows.duplicated(["event", "ubigeo"]) | rows["event"].isna()].dropna(subset=KEY)
    if rows.empty:
        report.add("fault", "tables.fault.no_events")
        return EditionChanges()
    counted = rows.astype({"year": int}).groupby(KEY, as_index=False, sort=True)[list(COUNTS)].sum()
    return _changes(counted.astype(dict.fromkeys(COUNTS, int)), one.options, base)


def _rows(one: Draft, base: Dataset, report: Report) -> pd.DataFrame:
    """Return the rows of emergencies in districts of 2012, telling of each one left out why."""
    frame = one.sheet.frame
    rows = pd.DataFrame({
        "ubigeo": _districts(one, base, report), "hazard": _hazards(one, report), "year": _years(one, report),
        "event": one.texts("event") if one.column("event") else pd.Series(float("nan"), frame.index),
    }, index=frame.index)  # fmt: skip
    whole = pd.Series(True, frame.index)
    for role in COUNTS:
        rows[role], sound = _counts(one, role, report)
        whole &= sound
    # an emergency is counted where all that is said of it is sound: half of one would be a wrong figure
    rows = rows[whole & (rows["events"] > 0)]
    rows = rows[rows[KEY].notna().all(axis=1)]
    _tell_unknown(one, rows, report)
    return rows


def _districts(one: Draft, base: Dataset, report: Report) -> pd.Series:
    """Return the district of 2012 of each row, missing where there is none."""
    found = locate(one.sheet.frame, one.places, Gazetteer.of(base), one.options["coding"], report)
    places = found["place"].where(found["level"].eq("district"))
    now = {place: to_2012(place) for place in places.dropna().unique()}
    for row, place in places.dropna().items():
        if now[place] is None:
            report.add("left_out", "tables.left_out.several_parents", int(row), place, place=place)
    return places.map(now)


def _hazards(one: Draft, report: Report) -> pd.Series:
    """Return the hazard of each row; those that are no natural hazard are counted by their name."""
    texts = one.texts("phenomenon")
    found, _ = _phenomena(one)
    blank = texts[texts.isna()].fillna("")
    tell(report, "left_out", "tables.left_out.phenomenon", blank)
    others = texts[texts.map(found) == NONE]
    for text, rows in others.value_counts().items():
        numbers = spans(int(row) for row in others.index[others == text])
        report.add("left_out", "tables.left_out.other_phenomena", text=text, rows=int(rows), numbers=numbers)
    values = texts.map(found)
    return values.mask(values == NONE)


def _years(one: Draft, report: Report) -> pd.Series:
    """Return the year of each row, NaN (told) where it is none that the data set can hold."""
    first, last = allowed_years("hazards")
    role = "date" if one.column("date") else "year"
    years = events.read_dates(one, role, report).str[:4].astype(float)
    texts = one.texts(role)
    outside = years.notna() & ~years.between(first, last)
    tell(report, "left_out", "tables.left_out.year", texts[outside | texts.isna()].fillna(""), column=one.column(role))
    return years.where(years.between(first, last))


def _counts(one: Draft, role: str, report: Report) -> tuple[pd.Series, pd.Series]:
    """Return the counts of a role and whether each is sound; without a column an emergency counts 1."""
    frame, column = one.sheet.frame, one.column(role)
    if column is None:
        return pd.Series(float(role == "events"), frame.index), pd.Series(True, frame.index)
    numbers = _numbers(one, column)
    values, texts = numbers.values, frame[column]
    # a mark such as "?" says that there is a figure and nobody knows it: neither blank nor 0
    unknown = texts.index.isin(numbers.unknown.index) & (role != "events")
    blank = values.isna() & ~unknown & ~texts.index.isin([*numbers.bad.index, *numbers.open.index])
    sound = blank | unknown | (values.between(0, MOST) & values.mod(1).eq(0))
    tell(report, "left_out", "tables.left_out.not_whole", texts[~sound], column=column)
    if role == "events":
        tell(report, "left_out", "tables.left_out.not_whole", texts[blank].fillna(""), column=column)
        return values, sound & ~blank
    if blank.any():
        report.add("note", "tables.note.zero_blank", column=column, cells=int(blank.sum()))
    # unknown stays NaN, which a sum passes over: the emergency is counted, its damage is not
    return values.mask(blank, 0.0), sound


def _tell_unknown(one: Draft, rows: pd.DataFrame, report: Report) -> None:
    """Tell the damages that nobody knows of emergencies that are counted."""
    for role in DAMAGES:
        unknown = rows.index[rows[role].isna()]
        if len(unknown):
            marks = ", ".join(dict.fromkeys(one.texts(role)[unknown].str[:10]))
            report.add("left_out", "tables.left_out.damage_unknown", int(unknown[0]), column=one.column(role),
                       cells=len(unknown), marks=marks[:SHOWN], numbers=spans(map(int, unknown)))  # fmt: skip


def _first_rows(rows: pd.Index) -> str:
    """Return the first row numbers, for a sentence."""
    return ", ".join(map(str, rows[:TOLD_ROWS])) + ("…" if len(rows) > TOLD_ROWS else "")


def _one_event_each(one: Draft, rows: pd.DataFrame, report: Report) -> None:
    """Tell emergencies that stand twice for one district: a note where they agree, a fault where not."""
    named = rows.dropna(subset=["event"])
    twice = named[named.duplicated(["event", "ubigeo"], keep=False)]
    same, faults = 0, 0
    for (event, _), group in twice.groupby(["event", "ubigeo"], sort=True):
        differing = group.drop_duplicates([*KEY, *COUNTS])
        same += len(differing) == 1
        faults += len(differing) > 1
        if len(differing) > 1 and faults <= TOLD:
            first, second = (int(row) for row in differing.index[:2])
            report.add("fault", "tables.fault.event_twice", second, event=event, first=first, second=second)
    if same:
        report.add("note", "tables.note.events_twice", events=same)
    unnamed = one.sheet.frame.loc[rows.index[rows["event"].isna()]]
    alike = unnamed[unnamed.duplicated(keep=False)]
    if len(alike):
        report.add("note", "tables.note.rows_alike", rows=len(alike), again=int(alike.duplicated().sum()),
                   first=_first_rows(alike.index))  # fmt: skip


def _changes(counted: pd.DataFrame, options: Options, base: Dataset) -> EditionChanges:
    """Return the counts as rows of the schema, and what the descriptor says of them."""
    source, origin = text_of(options["source"], MAX_SOURCE), base.provenance["hazards"]
    first, last = int(counted["year"].min()), int(counted["year"].max())
    span = str(first) if first == last else f"{first}-{last}"
    years = origin.years_text if span in origin.years_text else f"{origin.years_text}; {span} ({source})"
    entry = {"source": joined(origin.source, source), "years": years}
    if options.get("covers") != ALL:
        return EditionChanges(upserts={"hazards": counted}, resources={"hazards": entry})
    names = {"people_affected": "affected", "people_homeless": "homeless"}
    old = base.hazards.rename(columns=names)[counted.columns]
    remaining = old[~old["year"].isin(counted["year"].unique())]
    whole = pd.concat([remaining, counted], ignore_index=True).sort_values(KEY, ignore_index=True)
    return EditionChanges(replaced={"hazards": whole}, resources={"hazards": entry})
