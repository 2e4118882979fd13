"""Read figures by district out of a table: one row a district, a column a year, or long form.

Answers, beside those of :mod:`geodata.readers.formats.sheets` and :mod:`geodata.readers.shared.columns`:

    place              the column that says where a row is, where none was found
    coding             inei or reniec, where the file does not tell
    columns            several columns at once: COLUMN=INDICATOR; COLUMN=INDICATOR
    year               the year of the figures, where the file does not say
    source             where the figures come from (always asked: every figure shows its source)
    decimal:COLUMN     "." or ",", where a column can be read both ways
    scale:INDICATOR    percent or share, where the figures fit both; scale:INDICATOR:YEAR where only
                       those of some years do
    reverse:INDICATOR  yes or no, where the figures run the other way than those in use (literacy for illiteracy)
    several:INDICATOR  sum, mean (weighted by the sample), last or none, where most districts have several rows
    indicator:TEXT     long form: the indicator (or ignore) that a text of the indicator column stands for
    division           2012: the figures are of the districts of 2012; without it, of those of their year,
                       unless the codes of the file show that it uses those of 2012
    absent             keep or blank: figures in use of districts for which the file has none (keep)
    label_es, label_en, unit, unit_en, sector, direction, adds_up :INDICATOR     of a new indicator;
    minimum, maximum, scored, per_area, basis, smoothing, notes_es, notes_en :INDICATOR     the same, not asked
"""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from geodata.model import Dataset
from geodata.places import Gazetteer
from geodata.readers.cells import parse_numbers, plain
from geodata.readers.contract import Answers, EditionChanges, Options, Question, Understanding, UnreadableFile
from geodata.readers.formats import Sheet, read_sheet
from geodata.readers.indicators import reversal, several
from geodata.readers.locating import PlaceColumns, find_coding, locate
from geodata.readers.shared import (
    COLUMN,
    IGNORE,
    MAX_SOURCE,
    Definition,
    Roles,
    allowed_years,
    answered,
    catalog_row,
    define,
    figures,
    find_places,
    is_year_column,
    joined,
    name_year,
    offers,
    place_answer,
    place_roles,
    text_of,
    to_places,
    year_columns,
)
from geodata.reports import Report

SUBJECT = "indicators"
AS_IS = "tables.choice.as_is"
LONG_NAMES = {
    "indicator": frozenset({"indicador", "indicator", "nombre indicador", "variable"}),
    "value": frozenset({"valor", "value", "dato", "cifra", "resultado"}),
    "sample": frozenset({"muestra", "sample", "sample size", "n observed", "n obs"}),
}
MAX_TEXTS = 200  # indicators in one long file; a column with more texts does not name indicators
KEEP, BLANK = "keep", "blank"
MOSTLY_FIGURES = 0.6  # of the filled cells of a column are numbers where it is offered as one of figures
OF_2012 = "2012"


def understand(path: Path, base: Dataset, answers: Answers) -> Understanding:
    """Return how a file of figures is read, with what only a person can say. Raises UnreadableFile."""
    sheet = read_sheet(path, answers)
    frame = sheet.frame
    answered_roles, questions = answered(frame, answers)
    places, more = _places(frame, answered_roles, answers)
    questions = [*sheet.questions, *questions, *more]
    roles = {**place_roles(places), **answered_roles}
    years, more = _year_role(frame, roles, answers)
    roles |= years
    roles |= _long_roles(frame, roles)
    roles |= {column: f"value:{column}" for column in frame.columns
              if column in base.catalog.index and column not in roles}  # fmt: skip
    roles = {column: roles.get(column, IGNORE) for column in frame.columns}
    options = {**sheet.options, **{key: value for key, value in answers.items() if not key.startswith(COLUMN)}}
    known = Roles(roles, places)
    options |= _long_options(frame, known, base, options)
    coding = answers.get("coding") if answers.get("coding") in ("inei", "reniec") else None
    if coding is None and any(place_roles(places)):
        found = find_coding(frame, places, Gazetteer.of(base))
        coding = found.name
        questions += [found.question] if found.question else []
    options |= {} if coding is None else {"coding": coding}
    questions += _value_questions(frame, known, base, options)
    questions += _year_questions(frame, known, options, more)
    if not questions and coding is not None:
        questions += _figure_questions(frame, known, base, options)
    if not text_of(answers.get("source"), MAX_SOURCE):
        questions.append(Question("source", "tables.ask.source"))
    return Understanding(SUBJECT, roles, options, tuple(questions), sheet.sample)


def _places(
    frame: pd.DataFrame, answered_roles: Mapping[str, str], answers: Answers
) -> tuple[PlaceColumns, list[Question]]:
    """Return where a row's place stands; asked for where nothing in the file shows it."""
    places = find_places(frame, {**answered_roles, **place_answer(frame, answers)})
    if places.ubigeo is None and places.parts is None and places.district is None:
        return places, [Question("place", "tables.ask.place", dict.fromkeys(frame.columns, AS_IS))]
    return places, []


def _year_role(
    frame: pd.DataFrame, roles: Mapping[str, str], answers: Answers
) -> tuple[dict[str, str], list[Question]]:
    """Return the column of the year, where one is; several are asked for."""
    if "year" in roles.values() or answers.get("year") is not None:
        return {}, []
    found = year_columns(frame, roles)
    if len(found) > 1:
        choices = dict.fromkeys(found, AS_IS)
        if (answer := answers.get("year_column")) in found:
            return {answer: "year"}, []
        return {}, [Question("year_column", "tables.ask.year_column", choices)]
    return dict.fromkeys(found, "year"), []


def _long_roles(frame: pd.DataFrame, roles: Mapping[str, str]) -> dict[str, str]:
    """Return the columns of the long form, where both its columns are there by name."""
    found = {}
    for role, names in LONG_NAMES.items():
        free = [c for c in frame.columns if c not in roles and plain(c) in names]
        if role not in roles.values() and len(free) == 1:
            found[free[0]] = role
    settled = {*roles.values(), *found.values()}
    return found if {"indicator", "value"} <= settled else {}


def _long_options(frame: pd.DataFrame, roles: Roles, base: Dataset, options: Options) -> dict[str, str]:
    """Return, for the texts of the indicator column that are codes of the catalogue, those codes."""
    column = roles.first("indicator")
    texts = () if column is None else frame[column].dropna().unique()[:MAX_TEXTS]
    return {f"indicator:{t}": t for t in texts if t in base.catalog.index and f"indicator:{t}" not in options}


def _value_questions(frame: pd.DataFrame, roles: Roles, base: Dataset, options: Options) -> list[Question]:
    """Ask what figures there are, how they are written, and what each new indicator is."""
    found = figures.cuts(frame, roles, options)
    if not found:
        return _offer(frame, roles, base)
    questions = []
    numbers = {c: figures.numbers_of(frame, c, options) for c in dict.fromkeys(cut.column for cut in found)}
    for column, read_ in numbers.items():
        if len(read_.open):
            choices = {sign: f"tables.choice.decimal.{name}" for sign, name in ((".", "point"), (",", "comma"))}
            fields = {"column": column, "examples": ", ".join(read_.examples)}
            questions.append(Question(f"decimal:{column}", "tables.ask.decimal", choices, fields))
    years = figures.read_years(frame, roles, options, Report("", SUBJECT))
    for indicator in dict.fromkeys(cut.indicator for cut in found):
        definition, more = define(indicator, base, options)
        questions += more
        mine = [c for c in found if c.indicator == indicator]
        questions += _ask_scale(figures.scales(mine, numbers, definition, years), options)
    return questions


def _figure_questions(frame: pd.DataFrame, roles: Roles, base: Dataset, options: Options) -> list[Question]:
    """Ask what only the figures themselves leave open: several rows a district, figures the other way round."""
    quiet, found = Report("", SUBJECT), figures.cuts(frame, roles, options)
    definitions = {cut.indicator: define(cut.indicator, base, options)[0] for cut in found}
    places = _district_of(frame, roles.places, base, options, quiet)
    years = figures.read_years(frame, roles, options, quiet)
    long = figures.gather(frame, found, definitions, places, years, options, quiet)
    columns = {cut.indicator: cut.column for cut in reversed(found)}
    if (names := roles.first("indicator")) is not None:  # long form: the text that names the indicator
        columns = {cut.indicator: str(frame.loc[cut.rows[0], names]) for cut in reversed(found)}
    reversals = reversal.questions(long, columns, definitions, base, options)
    return [*several.questions(long, definitions, options), *reversals]


def _ask_scale(found: list[figures.ValueScale], options: Options) -> list[Question]:
    """Ask for percent or share, once for all years or for each year that the others do not speak for."""
    both = (figures.PERCENT, figures.SHARE)
    choices = {scale: f"tables.choice.scale.{scale}" for scale in both}
    open_: dict[str, list[figures.ValueScale]] = {}
    for scale in found:
        if scale.is_open and options.get(scale.key) not in both:
            open_.setdefault(scale.key, []).append(scale)
    questions = []
    for key, group in open_.items():
        values = pd.concat([scale.values for scale in group])
        fields = {"low": float(values.min()), "high": float(values.max()), "column": group[0].column}
        if group[0].apart and group[0].year:
            questions.append(Question(key, "tables.ask.scale_year", choices, {**fields, "year": group[0].year}))
        else:
            questions.append(Question(key, "tables.ask.scale", choices, fields))
    return questions


def _offer(frame: pd.DataFrame, roles: Roles, base: Dataset) -> list[Question]:
    """Ask which columns hold figures: those like an indicator one by one, or the one question for all."""
    if (column := roles.first("indicator")) is not None:
        texts = frame[column].dropna().unique()[:MAX_TEXTS]
        keys = {f"indicator:{text}": text for text in texts}
        prefix = ""
    else:
        free = [c for c in frame.columns if roles.by_column[c] == IGNORE and _holds_figures(frame[c])]
        keys = {f"{COLUMN}{c}": c for c in free if not is_year_column(frame[c])}
        prefix = "value:"
    questions = []
    for key, text in keys.items():
        if offered := offers(text, base.catalog):
            # the opposite of what is meant is offered as that, and asked about once it is chosen
            names = {i: (i, *base.catalog.loc[i, ["label_es", "label_en"]]) for i in offered}
            label = {i: "tables.choice.opposite" if reversal.opposed(text, names[i]) else AS_IS for i in offered}
            choices = {f"{prefix}{i}": label[i] for i in offered} | {IGNORE: "tables.choice.ignore"}
            questions.append(Question(key, "tables.ask.column", choices, {"column": text}))
    columns = ", ".join(keys.values())
    # the screen offers a choice for each of them instead of a line to be written
    fields = {"columns": columns[:MAX_SOURCE], "listed": list(keys)}
    return [*questions, Question("columns", "tables.ask.columns", fields=fields)]


def _holds_figures(texts: pd.Series) -> bool:
    """Tell whether most filled cells of a column are numbers: a word in one of them hides no column."""
    numbers = parse_numbers(texts)
    known = len(texts.dropna()) - len(numbers.unknown)
    return known == 0 or len(numbers.bad) <= (1 - MOSTLY_FIGURES) * known


def _year_questions(frame: pd.DataFrame, roles: Roles, options: Options, earlier: list[Question]) -> list[Question]:
    """Ask for the year where neither a column nor a heading gives it, or where both do."""
    if earlier:
        return earlier
    if roles.year is None:
        open_ = [cut for cut in figures.cuts(frame, roles, options) if cut.year is None]
        year = str(options.get("year", ""))
        first, last = allowed_years("indicators")
        if open_ and not (year.isdigit() and first <= int(year) <= last):
            return [Question("year", "tables.ask.year", fields={"first": first, "last": last})]
        return []
    questions = []
    for figure in roles.figures:
        year_of_name = name_year(figure.column)
        if figure.year is None and year_of_name is not None and year_of_name not in set(frame[roles.year].dropna()):
            role = f"value:{figure.indicator}"
            choices = {role: "tables.choice.row_year", f"{role}:{year_of_name}": "tables.choice.name_year"}
            if options.get(f"year_of:{figure.column}") != "row":
                questions.append(Question(f"{COLUMN}{figure.column}", "tables.ask.which_year", choices,
                                          {"column": figure.column, "year": year_of_name}))  # fmt: skip
    return questions


def read(path: Path, understanding: Understanding, base: Dataset, report: Report) -> EditionChanges:
    """Return the figures that a file gives the next edition; everything else is told in the report.

    Raises UnreadableFile. Open questions are faults, and nothing is read.
    """
    if understanding.questions:
        for question in understanding.questions:
            report.add("fault", question.message, **question.fields)
        return EditionChanges()
    options = understanding.options
    sheet = read_sheet(path, options)
    if gone := [column for column in understanding.columns if column not in sheet.frame.columns]:
        raise UnreadableFile("tables.unreadable.changed", file=Path(path).name, columns=", ".join(gone))
    frame, roles = sheet.frame, Roles(understanding.columns, to_places(understanding.columns))
    report.rows_read += len(frame)
    report.events += sheet.events
    found = figures.cuts(frame, roles, options)
    definitions = {cut.indicator: define(cut.indicator, base, options)[0] for cut in found}
    places = _district_of(frame, roles.places, base, options, report)
    years = figures.read_years(frame, roles, options, report)
    long = figures.gather(frame, found, definitions, places, years, options, report)
    long = reversal.turned(long, definitions, options, report)
    long = several.united(long, definitions, options, report)
    long = figures.one_each(long, definitions, report)
    long = figures.within(long, definitions, report)
    figures.tell_fractions(long, definitions, report)
    figures.tell_mixed(long, definitions, report)
    by_code = roles.places.ubigeo is not None or roles.places.parts is not None
    shown = by_code and figures.is_of_2012(long["place"][long["value"].notna()])
    of_2012 = shown or str(options.get("division")) == OF_2012
    long = figures.to_2012(long, definitions, report, Gazetteer.of(base).label, of_2012)
    if long["value"].notna().sum() == 0:
        report.add("fault", "tables.fault.nothing")
        return EditionChanges()
    figures.tell_missing(long, definitions, base, report)
    figures.tell_far(long, definitions, base, report)
    _tell_columns(sheet, roles, report)
    return _changes(long, definitions, base, options, report)


def _district_of(
    frame: pd.DataFrame, columns: PlaceColumns, base: Dataset, options: Options, report: Report
) -> pd.Series:
    """Return the district of each row, missing where the row is about none of ours."""
    found = locate(frame, columns, Gazetteer.of(base), options["coding"], report)
    return found["place"].where(found["level"].eq("district"))


def _tell_columns(sheet: Sheet, roles: Roles, report: Report) -> None:
    """Name the columns that were not taken: nobody mapped them."""
    ignored = [column for column, role in roles.by_column.items() if role == IGNORE]
    if ignored:
        report.add("note", "tables.note.ignored", columns=", ".join(ignored), count=len(ignored))


def _changes(
    long: pd.DataFrame, definitions: Mapping[str, Definition], base: Dataset, options: Options, report: Report
) -> EditionChanges:
    """Return the rows of figures and of the catalogue, and what the descriptor says of them."""
    known = long.dropna(subset=["value"])
    rows = _with_blanks(known, base, options, report)
    source = text_of(options["source"], MAX_SOURCE)
    catalog = []
    for indicator, group in known.groupby("indicator", sort=False):
        replaced = _all_replaced(indicator, rows, base)
        sources = source if replaced else joined(base.catalog.loc[indicator, "source"], source)
        years = {int(year) for year in group["year"]}
        catalog.append(catalog_row(definitions[indicator], base, options, years, sources))
    origin = base.provenance["indicators"]
    every = sorted({*base.indicators["year"], *known["year"]})
    entry = {"source": joined(origin.source, source), "years": f"{every[0]}-{every[-1]}"}
    return EditionChanges(
        upserts={"indicators": rows, "indicator_catalog": pd.DataFrame(catalog)}, resources={"indicators": entry}
    )


def _with_blanks(known: pd.DataFrame, base: Dataset, options: Options, report: Report) -> pd.DataFrame:
    """Return the rows to put in; figures in use that the file does not have stay, or go where a person said so."""
    key = ["indicator", "year", "ubigeo"]
    rows = known.rename(columns={"place": "ubigeo", "sample": "sample_size"})[[*key, "value", "sample_size"]]
    pairs = pd.MultiIndex.from_frame(rows[["indicator", "year"]].drop_duplicates())
    used = base.indicators.dropna(subset=["value"])
    used = used[pd.MultiIndex.from_frame(used[["indicator", "year"]]).isin(pairs)]
    left = used[~pd.MultiIndex.from_frame(used[key]).isin(pd.MultiIndex.from_frame(rows[key]))]
    blank = options.get("absent") == BLANK
    for (indicator, year), group in left.groupby(["indicator", "year"]):
        labels = {f"label_{lang}": base.catalog.loc[indicator, f"label_{lang}"] for lang in ("es", "en")}
        message = "tables.note.blanked" if blank else "tables.note.kept"
        report.add("note", message, districts=len(group), year=int(year), **labels)
    if blank:
        rows = pd.concat([rows, left.assign(value=float("nan"), sample_size=float("nan"))[rows.columns]])
    return rows.reset_index(drop=True)


def _all_replaced(indicator: str, rows: pd.DataFrame, base: Dataset) -> bool:
    """Tell whether none of the figures in use of an indicator stays."""
    used = base.indicators[(base.indicators["indicator"] == indicator) & base.indicators["value"].notna()]
    mine = rows[rows["indicator"] == indicator]
    return set(zip(used["year"], used["ubigeo"], strict=True)) <= set(zip(mine["year"], mine["ubigeo"], strict=True))
