"""Read links between capitals out of a table: from where, to where, by river, road or air, and what is known of each.

A row is a link, both ways. Answers, beside those of :mod:`geodata.readers.formats.sheets`:

    column:NAME      role of a column: from, from_name, from_province, to, to_name, to_province, way, course, km, hours,
                     season, disputed, source, remove, ignore; `from` and `to` hold codes or names
    coding           inei or reniec, where the file does not tell
    source           where the links come from, of those whose row does not say it
    way:TEXT, season:TEXT     what a word of the file stands for
    decimal:COLUMN   "." or ",", where km or hours can be read both ways
    covers           all: the file holds every link, and those in use that it has not go; some: they stay
"""

from pathlib import Path

import pandas as pd

from geodata.model import Dataset
from geodata.places import Gazetteer, to_2012
from geodata.readers.cells import COMMA, POINT, Numbers, parse_numbers, plain, terms
from geodata.readers.contract import Answers, EditionChanges, Question, Understanding
from geodata.readers.links.recognised import VOCABULARY, columns_of, holds_codes
from geodata.readers.locating import PlaceColumns, find_coding, locate
from geodata.readers.shared import (
    AS_IS,
    MAX_SOURCE,
    PARTS,
    PLACES,
    TOLD,
    Draft,
    allowed,
    events,
    joined,
    tell,
    text_of,
)
from geodata.reports import Report
from geodata.shared import rounded

SUBJECT = TABLE = "links"
KEY = ["district", "other", "way", "name"]
COLUMNS = [*KEY, "km", "hours", "season", "disputed", "source"]
ENDS = ("from", "to")
FIGURES = ("km", "hours")
ALL, SOME = "all", "some"
MOST = {"km": 5000.0, "hours": 1000.0}
LEAST = 0.1
MAX_NAME = 80
# a link may be this much shorter than the straight line: capitals are points, and ports lie beside them
SLACK_SHARE, SLACK_KM = 0.1, 5.0


def understand(path: Path, base: Dataset, answers: Answers) -> Understanding:
    """Return how a file of links is read, with what only a person can say. Raises UnreadableFile."""
    one = events.draft(path, base, answers, VOCABULARY, columns_of)
    for column in [column for column, role in one.roles.items() if role in (*PLACES, *PARTS)]:
        del one.roles[column]  # a place beside both ends of a link says nothing
    columns = dict.fromkeys(one.sheet.frame.columns, AS_IS)
    missing = [role for role in (*ENDS, "way") if one.column(role) is None]
    asked = {"way": "tables.ask.way_column"}
    one.questions.extend(Question(role, asked.get(role, f"tables.ask.{role}"), columns) for role in missing)
    if missing:
        return one.understood(SUBJECT)
    _settle_coding(one, base)
    for role in ("way", "season"):
        one.questions.extend(_words(one, role)[1])
    one.questions.extend(_ask_signs(one))
    if one.column("source") and one.texts("source").notna().all():
        one.questions[:] = [question for question in one.questions if question.key != "source"]
    one.questions.extend(_ask_cover(one, base))
    return one.understood(SUBJECT)


def _place_columns(one: Draft, end: str) -> PlaceColumns:
    """Return where one end of each link stands: by code where its column holds codes, else by name."""
    column, name = one.column(end), one.column(f"{end}_name")
    coded = holds_codes(one.texts(end))
    return PlaceColumns(
        ubigeo=column if coded else None, district=name if coded else column, province=one.column(f"{end}_province")
    )


def _settle_coding(one: Draft, base: Dataset) -> None:
    """Settle whose codes the file uses by either end, or ask."""
    if one.options.get("coding") in events.CODINGS:
        return
    found = [find_coding(one.sheet.frame, _place_columns(one, end), Gazetteer.of(base)) for end in ENDS]
    told = {each.name for each in found}
    if None not in told and len(told) == 1:
        one.options["coding"] = told.pop()
    else:  # where one end hangs on no numbering, the other tells
        telling = {each.name for each in found if each.name and each.by != "same"}
        asked = next((each.question for each in found if each.question), None)
        if len(telling) == 1:
            one.options["coding"] = telling.pop()
        elif asked is not None:
            one.questions.append(asked)


def _words(one: Draft, role: str) -> tuple[dict[str, str], list[Question]]:
    """Return the schema's value by text of a column of words, and what must be asked."""
    if one.column(role) is None:
        return {}, []
    texts = one.texts(role)
    found, questions = events.meanings(texts, role, terms(f"link_{role}s"), allowed(TABLE, role), one.options)
    if len(questions) > events.MOST_WORDS:
        return found, [Question(role, f"tables.ask.{role}_column", dict.fromkeys(one.sheet.frame.columns, AS_IS))]
    return found, questions


def _numbers(one: Draft, column: str) -> Numbers:
    answer = one.options.get(f"decimal:{column}")
    return parse_numbers(one.sheet.frame[column], answer if answer in (POINT, COMMA) else None)


def _ask_signs(one: Draft) -> list[Question]:
    """Ask what a comma means in km or hours that do not show it."""
    questions = []
    for column in filter(None, map(one.column, FIGURES)):
        if len((numbers := _numbers(one, column)).open):
            choices = {POINT: "tables.choice.decimal.point", COMMA: "tables.choice.decimal.comma"}
            fields = {"column": column, "examples": ", ".join(numbers.examples)}
            questions.append(Question(f"decimal:{column}", "tables.ask.decimal", choices, fields))
    return questions


def _ask_cover(one: Draft, base: Dataset) -> list[Question]:
    """Ask whether the file holds every link, unless it is seen to, or says itself which are to be removed."""
    if one.options.get("covers") in (ALL, SOME) or base.links.empty or one.column("remove"):
        return []
    texts = (one.texts(end).fillna("").str.strip() for end in ENDS)
    given = {frozenset(pair) for pair in zip(*texts, strict=True)}
    if all(frozenset(pair) in given for pair in base.links[["district", "other"]].itertuples(index=False)):
        return []
    choices = {value: f"tables.choice.covers_links.{value}" for value in (ALL, SOME)}
    return [Question("covers", "tables.ask.covers_links", choices, {"links": len(base.links)})]


def read(path: Path, understanding: Understanding, base: Dataset, report: Report) -> EditionChanges:
    """Return the table of links that a file gives the next edition.

    Raises UnreadableFile. Open questions are faults, and nothing is read.
    """
    one = events.begin(path, understanding, report)
    if one is None:
        return EditionChanges()
    rows = _rows(one, base, report)
    rows = _once_each(rows, report)
    if rows.empty:
        report.add("fault", "tables.fault.no_links")
        return EditionChanges()
    given, going = rows[~rows["remove"]], rows[rows["remove"]]
    old = base.links[COLUMNS].set_index(KEY, drop=False)
    _tell_strangers(going, old, report)
    staying = old.iloc[:0] if one.options.get("covers") == ALL else old[~old.index.isin(_keys(rows))]
    whole = pd.concat([frame for frame in (staying, given[COLUMNS]) if len(frame)] or [old.iloc[:0]], ignore_index=True)
    return EditionChanges(
        replaced={TABLE: whole.sort_values(KEY, ignore_index=True)},
        resources={TABLE: {"source": _sources_of(given, base)}},
    )


def _sources_of(given: pd.DataFrame, base: Dataset) -> str:
    """Return where the whole table comes from: what was said of it, and the sources that are new to it."""
    found = base.provenance[TABLE].source
    for source in given.loc[~given["source"].isin(base.links["source"]), "source"].drop_duplicates():
        found = joined(found, source) if found else source
    return found if len(found) <= MAX_SOURCE else f"{found[: MAX_SOURCE - 2]} …"


def _rows(one: Draft, base: Dataset, report: Report) -> pd.DataFrame:
    """Return the links of a file in the form of the schema, telling of each row left out why."""
    frame = one.sheet.frame
    ends = [_districts(one, end, base, report) for end in ENDS]
    rows = pd.DataFrame({
        "a": ends[0], "b": ends[1], "way": one.texts("way").map(_words(one, "way")[0]), "name": _texts(one, "course"),
        "season": _seasons(one), "disputed": _yes(one, "disputed", report), "remove": _yes(one, "remove", report),
        "source": _sources(one),
    }, index=frame.index)  # fmt: skip
    blank = one.texts("way").isna()
    tell(report, "left_out", "tables.left_out.no_way", one.texts("way")[blank].fillna(""))
    sound = rows[["a", "b", "way", "disputed", "remove"]].notna().all(axis=1)
    same = sound & (rows["a"] == rows["b"])
    tell(report, "left_out", "tables.left_out.same_place", rows["a"][same])
    for role in FIGURES:
        rows[role], right = _figures(one, role, report)
        sound &= right
    unsaid = rows["source"].eq("") & ~rows["remove"].eq(True)
    tell(report, "left_out", "tables.left_out.no_source", one.texts("way")[sound & unsaid])
    rows = rows[sound & ~same & ~unsaid].astype({"disputed": bool, "remove": bool})
    rows["district"], rows["other"] = rows[["a", "b"]].min(axis=1), rows[["a", "b"]].max(axis=1)
    return _long_enough(rows, base, report)


def _districts(one: Draft, end: str, base: Dataset, report: Report) -> pd.Series:
    """Return the district of 2012 of one end of each row, missing where there is none."""
    aside = Report(report.file, report.subject)
    found = locate(
        one.sheet.frame, _place_columns(one, end), Gazetteer.of(base), one.options.get("coding", "inei"), aside
    )
    # a row is told as found once, by where it begins
    report.events.extend(e for e in aside.events if end == ENDS[0] or e.kind != "matched_code")
    places = found["place"].where(found["level"].eq("district"))
    return places.map({place: to_2012(place) for place in places.dropna().unique()})


def _texts(one: Draft, role: str) -> pd.Series:
    """Return a column of free texts, each one line, "" where there is none."""
    if one.column(role) is None:
        return pd.Series("", one.sheet.frame.index, dtype=object)
    return one.texts(role).map(lambda text: text_of(text, MAX_NAME), na_action="ignore").astype(object).fillna("")


def _sources(one: Draft) -> pd.Series:
    answer = text_of(one.options.get("source"), MAX_SOURCE)
    if one.column("source") is None:
        return pd.Series(answer, one.sheet.frame.index, dtype=object)
    own = one.texts("source").map(lambda text: text_of(text, MAX_SOURCE), na_action="ignore").astype(object).fillna("")
    return own.where(own.ne(""), answer)


def _seasons(one: Draft) -> pd.Series:
    if one.column("season") is None:
        return pd.Series("", one.sheet.frame.index, dtype=object)
    return one.texts("season").map(_words(one, "season")[0]).astype(object).fillna("")


def _yes(one: Draft, role: str, report: Report) -> pd.Series:
    """Return a column of yes and no, no where it is blank, missing (told) where it is neither."""
    if one.column(role) is None:
        return pd.Series(False, one.sheet.frame.index, dtype=object)
    texts, words = one.texts(role), terms("yes_no")
    read: pd.Series = texts.map(
        lambda text: {"yes": True, "no": False}.get(words.get(plain(text), "")), na_action="ignore"
    )
    read = read.astype(object).where(texts.notna(), False)
    tell(report, "left_out", "tables.left_out.yes_no", texts[read.isna()], column=one.column(role))
    return read


def _figures(one: Draft, role: str, report: Report) -> tuple[pd.Series, pd.Series]:
    """Return km or hours, NaN where not known, and which rows are sound in them."""
    column = one.column(role)
    if column is None:
        return pd.Series(float("nan"), one.sheet.frame.index), pd.Series(True, one.sheet.frame.index)
    numbers, texts = _numbers(one, column), one.sheet.frame[column]
    unknown = texts.isna() | texts.index.isin(numbers.unknown.index)
    sound = unknown | numbers.values.between(LEAST, MOST[role])
    tell(report, "left_out", "tables.left_out.not_possible", texts[~sound], column=column)
    return numbers.values, sound


def _long_enough(rows: pd.DataFrame, base: Dataset, report: Report) -> pd.DataFrame:
    """Leave out links that are far shorter than the straight line, which nobody travels."""
    straight = [base.territory.distance_km(a, b) for a, b in rows[["district", "other"]].itertuples(index=False)]
    least = pd.Series(straight, rows.index, dtype=float) * (1 - SLACK_SHARE) - SLACK_KM
    short = rows["km"] < least
    for row in rows.index[short]:
        a, b = rows.loc[row, ["district", "other"]]
        report.add("left_out", "tables.left_out.too_short", int(row), a, district=base.territory.label(a),
                   other=base.territory.label(b), km=float(rows.loc[row, "km"]),
                   straight=rounded(base.territory.distance_km(a, b), 1))  # fmt: skip
    return rows[~short]


def _once_each(rows: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Tell links that stand twice, also the other way round: a note where they agree, a fault where not."""
    same, faults = 0, 0
    for _, group in rows[rows.duplicated(KEY, keep=False)].groupby(KEY, sort=True):
        differing = group[[*COLUMNS, "remove"]].drop_duplicates()
        same += len(differing) == 1
        faults += len(differing) > 1
        if len(differing) > 1 and faults <= TOLD:
            first, second = (int(row) for row in differing.index[:2])
            report.add("fault", "tables.fault.link_twice", second, first=first, second=second)
    if same:
        report.add("note", "tables.note.links_twice", links=same)
    return rows.drop_duplicates(KEY)


def _keys(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[KEY])


def _tell_strangers(going: pd.DataFrame, old: pd.DataFrame, report: Report) -> None:
    """Tell links that are to be removed and are not there."""
    strange = going[~_keys(going).isin(old.index)] if len(going) else going
    tell(report, "note", "tables.note.not_there", strange["district"] + " " + strange["other"])
