"""Read cases of social conflict out of a table: each case with its type, state, dates and places.

A row is a case at one or several places, or one place of a case that takes several rows. A place is
known to the district, the province or the department; a row without one may have coordinates.

Answers, beside those of :mod:`geodata.readers.formats.sheets`:

    column:NAME      role of a column: ubigeo, district, province, department, ccdd, ccpp, ccdi, case, name,
                     type, state, date, first, last, lon, lat, source, confidence, state_basis, first_basis, ignore
    coding           inei or reniec, where the file does not tell
    source           where the cases come from
    confidence       high, medium, low: how far the source can be trusted, where no column says it
    day_first:COLUMN day or month, where dates can be read both ways
    type:TEXT, state:TEXT     what a word of the file stands for
    state_all        the state of every case, where no column says it
"""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from geodata.model import Dataset
from geodata.readers.cells import idle_words, plain, terms
from geodata.readers.conflicts import cases
from geodata.readers.contract import Answers, EditionChanges, Options, Question, Understanding
from geodata.readers.shared import AS_IS, MAX_SOURCE, Draft, allowed, events, joined, text_of
from geodata.reports import Report

SUBJECT = "conflicts"
TABLE = "conflicts"
KINDS = ("type", "state")
SAID = ("case", "name", "source", "confidence", "state_basis", "first_basis")


def understand(path: Path, base: Dataset, answers: Answers) -> Understanding:
    """Return how a file of cases is read, with what only a person can say. Raises UnreadableFile."""
    one = events.draft(path, base, answers, "conflict_columns", _by_content)
    columns = dict.fromkeys(one.sheet.frame.columns, AS_IS)
    places = one.places
    has_point = one.column("lon") is not None and one.column("lat") is not None
    if not any((places.ubigeo, places.parts, places.district, places.province, places.department, has_point)):
        one.questions.append(Question("place", "tables.ask.place", columns))
    elif any((places.ubigeo, places.parts)):
        events.settle_coding(one, base)
    for role in ("name", "type"):
        if one.column(role) is None:
            one.questions.append(Question(role, f"tables.ask.{role}_column", columns))
    if one.column("state") is None and one.options.get("state_all") not in allowed(TABLE, "state"):
        choices = {value: f"tables.choice.state.{value}" for value in allowed(TABLE, "state")}
        one.questions.append(Question("state_all", "tables.ask.state_all", choices))
    for kind in KINDS:
        if one.column(kind) is not None:
            one.questions.extend(_words(one, kind)[1])
    for role in ("date", "first", "last"):
        events.ask_order(one, role)
    if one.column("confidence") is None and one.options.get("confidence") not in allowed(TABLE, "confidence"):
        choices = {value: f"tables.choice.confidence.{value}" for value in allowed(TABLE, "confidence")}
        one.questions.append(Question("confidence", "tables.ask.confidence", choices))
    return one.understood(SUBJECT)


def _by_content(frame: pd.DataFrame, roles: Mapping[str, str]) -> dict[str, str]:
    """Return the columns of type and state: each the fullest of those that hold its words."""
    found: dict[str, str] = {}
    for kind in KINDS:
        if kind in roles.values():
            continue
        words = terms(f"conflict_{kind}s")
        free = [c for c in frame.columns if c not in roles and c not in found and events.holds(_bare(frame[c]), words)]
        if free:
            found[min(free, key=lambda column: frame[column].isna().sum())] = kind
    return found


def _bare(texts: pd.Series) -> pd.Series:
    """Return texts without the words that say nothing of a type or state ("conflicto por ...")."""
    idle = idle_words()
    return texts.map(lambda t: " ".join(w for w in plain(t).split() if w not in idle), na_action="ignore")


def _words(one: Draft, kind: str) -> tuple[dict[str, str], list[Question]]:
    """Return the schema's value by text of a column, and what must be asked."""
    texts, words = one.texts(kind), terms(f"conflict_{kind}s")
    bare = dict(zip(texts.dropna(), _bare(texts.dropna()), strict=True))
    known = {plain(text): words[short] for text, short in bare.items() if short in words}
    found, questions = events.meanings(texts, kind, {**known, **words}, allowed(TABLE, kind), one.options)
    if len(questions) > events.MOST_WORDS:
        columns = dict.fromkeys(one.sheet.frame.columns, AS_IS)
        return found, [Question(kind, f"tables.ask.{kind}_column", columns)]
    return found, questions


def read(path: Path, understanding: Understanding, base: Dataset, report: Report) -> EditionChanges:
    """Return the cases and their places that a file gives the next edition.

    Raises UnreadableFile. Open questions are faults, and nothing is read.
    """
    one = events.begin(path, understanding, report)
    if one is None:
        return EditionChanges()
    lines = _lines(one, report)
    places = cases.places_of(one, lines.index, base, report)
    table = cases.gather(lines, report)
    placed = places.assign(case_id=lines["case_id"].reindex(places.index).to_numpy())
    placed = placed.dropna(subset=["place_code"]).drop_duplicates(["case_id", "place_code"])
    nowhere = table[~table["case_id"].isin(placed["case_id"])]
    for _, case in nowhere.iterrows():
        report.add("left_out", "tables.left_out.no_place", int(case["row"]), name=case["name"])
    table = table[table["case_id"].isin(placed["case_id"])]
    if table.empty:
        report.add("fault", "tables.fault.no_cases")
        return EditionChanges()
    if undated := int((table["first_reported"].isna() & table["last_reported"].isna()).sum()):
        report.add("note", "tables.note.undated", cases=undated)
    return _changes(table, placed, one.options, base)


def _lines(one: Draft, report: Report) -> pd.DataFrame:
    """Return what each row says of its case, rows without a name or a type left out."""
    frame = one.sheet.frame
    blank = pd.Series(float("nan"), frame.index).astype("str")
    lines = pd.DataFrame({role: one.texts(role) if one.column(role) else blank for role in SAID})
    lines["type"] = one.texts("type").map(_words(one, "type")[0])
    if one.column("state"):
        lines["state"] = one.texts("state").map(_words(one, "state")[0])
    else:
        lines["state"] = one.options["state_all"]
    when = events.read_dates(one, "date", report)
    lines["first"] = events.read_dates(one, "first", report).fillna(when)
    lines["last"] = events.read_dates(one, "last", report).fillna(when)
    lines["row"] = frame.index
    for role, key in (("name", "nameless"), ("type", "vocabulary"), ("state", "vocabulary")):
        for row in lines.index[lines[role].isna()]:
            report.add("left_out", f"tables.left_out.{key}", int(row), column=one.column(role) or role)
        lines = lines[lines[role].notna()]
    lines["name"] = lines["name"].map(lambda text: text_of(text, cases.MAX_NAME))
    source = one.options["source"]
    lines["source"] = [text_of(source if pd.isna(text) else text, MAX_SOURCE) for text in lines["source"]]
    levels = allowed(TABLE, "confidence")
    lines["confidence"] = lines["confidence"].where(lines["confidence"].isin(levels), one.options.get("confidence"))
    lines["confidence"] = lines["confidence"].fillna(levels[-1])  # what nobody vouches for is trusted least
    return lines.assign(case_id=cases.ids(lines))


def _changes(table: pd.DataFrame, placed: pd.DataFrame, options: Options, base: Dataset) -> EditionChanges:
    """Return the rows of both tables; the places of a case in the file take the place of all it had."""
    old = base.conflicts
    codes = old["ubigeo"].fillna(old["province"]).fillna(old["department"])
    remaining = pd.DataFrame({"case_id": old["case_id"], "place_code": codes})
    remaining = remaining[~remaining["case_id"].isin(table["case_id"])]
    places = pd.concat([remaining, placed[["case_id", "place_code"]]], ignore_index=True)
    source, origins = text_of(options["source"], MAX_SOURCE), base.provenance
    dates = pd.concat([table["first_reported"], table["last_reported"]]).dropna().str[:4]
    span = f"{dates.min()}-{dates.max()}" if len(dates) else ""
    entries = {}
    for name in ("conflicts", "conflict_places"):
        years = origins[name].years_text
        longer = years if not span or span in years else f"{years}; {span} ({source})"
        entries[name] = {"source": joined(origins[name].source, source), "years": longer}
    return EditionChanges(
        upserts={"conflicts": table[cases.CASE_COLUMNS].reset_index(drop=True)}, replaced={"conflict_places": places},
        resources=entries,
    )  # fmt: skip
