"""Tell what each column of a table is for: place, year, figures of an indicator, or nothing.

A role is a text, the same in an answer (`column:NAME`) and in what an edition keeps:

    ubigeo, district, province, department    where the row is
    ccdd, ccpp, ccdi                          the code in three parts (department, province, district)
    year                                      the year of the row
    value:INDICATOR                           figures; of the row's year, or of the file's one year
    value:INDICATOR:2017                      figures of that year, a column a year
    sample:INDICATOR                          how many cases the figures rest on
    indicator, value, sample                  long form: which indicator the row gives, its figure and sample
    ignore                                    not taken

Only what a person named is taken for figures; a likeness of names is offered, never used.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz, process

from geodata.readers.cells import plain
from geodata.readers.contract import Answers, Question
from geodata.readers.locating import PlaceColumns, find_columns

COLUMN = "column:"
IGNORE = "ignore"
PLACES = ("ubigeo", "district", "province", "department")
PARTS = ("ccdd", "ccpp", "ccdi")
LONG = ("indicator", "value")
PLAIN_ROLES = (*PLACES, *PARTS, "year", *LONG, "sample", IGNORE)
YEAR_NAMES = frozenset({"year", "ano", "anio", "periodo", "ejercicio", "period", "yr"})
YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)(?!\d)")
MOSTLY = 0.9  # of the filled cells of a year column are years; the others are told one by one
LIKE = 70.0  # likeness (0-100) of a column to an indicator's name from which it is offered
OFFERED = 3
_ROLE = re.compile(r"(value|sample):([a-z][a-z0-9_]{0,59})(?::(\d{4}))?")


@dataclass(frozen=True, slots=True)
class Figures:
    """A column of figures: of one indicator, in one year (None: the row's, or the file's)."""

    column: str
    indicator: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Roles:
    """What the columns of a table are for; `by_column` says it of each as a text."""

    by_column: Mapping[str, str]
    places: PlaceColumns

    def first(self, role: str) -> str | None:
        """Return the column of a role, None where there is none."""
        return next((column for column, of in self.by_column.items() if of == role), None)

    @property
    def year(self) -> str | None:
        """Return the column that holds the year of each row."""
        return self.first("year")

    @property
    def figures(self) -> tuple[Figures, ...]:
        """Return the columns of figures, in the file's order."""
        return tuple(self._of("value"))

    def sample(self, figures: Figures) -> str | None:
        """Return the column with the sample behind some figures."""
        same = (f.column for f in self._of("sample") if (f.indicator, f.year) == (figures.indicator, figures.year))
        return next(same, None)

    def _of(self, kind: str) -> Iterable[Figures]:
        for column, role in self.by_column.items():
            if (found := _ROLE.fullmatch(role)) and found[1] == kind:
                yield Figures(column, found[2], int(found[3]) if found[3] else None)


def is_role(text: str) -> bool:
    """Tell whether a text is a role."""
    return text in PLAIN_ROLES or bool(_ROLE.fullmatch(text))


def _long_role(text: str) -> str:
    """Return the role that a bare indicator stands for, in an answer that lists several columns."""
    return text if is_role(text) else f"value:{text}"


def squashed(name: str) -> str:
    """Return a column's name without accents, capitals, blanks and signs: `QRESIDUOS _VAL` is `qresiduosval`."""
    return re.sub(r"[^a-z0-9]", "", plain(name))


def answered(
    frame: pd.DataFrame, answers: Answers, fits: Callable[[str], bool] = is_role
) -> tuple[dict[str, str], list[Question]]:
    """Return the roles that a person gave, by column, and what is wrong with the answers.

    fits: tells whether a text is a role of the kind of table at hand.
    """
    by_name = {squashed(column): column for column in reversed(frame.columns)}
    roles, wrong = {}, []
    listed = (part.split("=", 1) for part in str(answers.get("columns", "")).split(";") if "=" in part)
    short = {f"{COLUMN}{name.strip()}": _long_role(role.strip()) for name, role in listed}
    for key, role in {**short, **answers}.items():
        if not key.startswith(COLUMN):
            continue
        name = key.removeprefix(COLUMN)
        column = name if name in frame.columns else by_name.get(squashed(name))
        if column is None:
            wrong.append(Question(key, "tables.ask.no_such_column", fields={"column": name}))
        elif not fits(str(role)):
            wrong.append(Question(key, "tables.ask.no_such_role", fields={"column": name, "role": str(role)}))
        else:
            roles[column] = str(role)
    return roles, wrong


def find_places(frame: pd.DataFrame, roles: Mapping[str, str]) -> PlaceColumns:
    """Return where a row's place stands: what a person said, and what the file shows for the rest."""
    free = frame[[column for column in frame.columns if roles.get(column, "ubigeo") in (*PLACES, *PARTS)]]
    found = find_columns(free)
    named = {role: column for column, role in roles.items() if role in (*PLACES, *PARTS)}
    parts = _parts(named)
    return PlaceColumns(
        ubigeo=named.get("ubigeo", None if parts else _unless(found.ubigeo, roles)),
        parts=parts or (None if "ubigeo" in named else found.parts),
        **{role: named.get(role, _unless(getattr(found, role), roles)) for role in PLACES[1:]},
    )


def place_answer(frame: pd.DataFrame, answers: Answers) -> dict[str, str]:
    """Return the role of the column that a person named for the place: codes where it mostly holds figures."""
    column = answers.get("place")
    if column is None or column not in frame.columns:
        return {}
    return {column: "ubigeo" if frame[column].str.contains(r"\d{3}").eq(True).mean() > MOSTLY / 2 else "district"}


def _unless(column: str | None, roles: Mapping[str, str]) -> str | None:
    """Return the column found, unless a person gave it another role."""
    return None if column in roles else column


def place_roles(places: PlaceColumns) -> dict[str, str]:
    """Return the roles by column of where a row's place stands."""
    roles = {getattr(places, role): role for role in reversed(PLACES)}
    roles |= dict(zip(places.parts or (), PARTS, strict=False))
    return {column: role for column, role in roles.items() if column is not None}


def to_places(by_column: Mapping[str, str]) -> PlaceColumns:
    """Return the columns of the place from roles by column, as an edition keeps them."""
    named = {role: column for column, role in by_column.items()}
    return PlaceColumns(**{role: named.get(role) for role in PLACES}, parts=_parts(named))


def _parts(named: Mapping[str, str]) -> tuple[str, str, str] | None:
    """Return the three columns that make up codes, from columns by role; None where one is not named."""
    department, province, district = (named.get(part) for part in PARTS)
    return (department, province, district) if department and province and district else None


def is_year_column(texts: pd.Series) -> bool:
    """Tell whether nearly all filled cells are years."""
    known = texts.dropna()
    return len(known) > 0 and known.str.fullmatch(r"(19[5-9]\d|20[0-4]\d)(\.0+)?").mean() >= MOSTLY


def year_columns(frame: pd.DataFrame, roles: Mapping[str, str]) -> list[str]:
    """Return the columns that may hold the year of each row, by their name and what they hold."""
    free = [column for column in frame.columns if column not in roles]
    return [c for c in free if plain(c) in YEAR_NAMES and is_year_column(frame[c])]


def name_year(column: str) -> int | None:
    """Return the one year that a column's name gives, None where it gives none or several.

    >>> name_year("pobreza_2018"), name_year("2007-2017")
    (2018, None)
    """
    found = set(YEAR.findall(column))
    return int(found.pop()) if len(found) == 1 else None


def _initials(text: str) -> str:
    """Return the letters by which a long name goes, as IDH."""
    return "".join(word[0] for word in plain(text).split() if word not in ("de", "del", "la", "y", "of", "the", "and"))


def offers(column: str, catalog: pd.DataFrame) -> tuple[str, ...]:
    """Return the indicators whose code or name is like a column's, the likest first."""
    sought = plain(YEAR.sub(" ", column))
    names: dict[str, str] = {}
    for indicator, row in catalog.iterrows():
        texts = (indicator, row["label_es"], row["label_en"])
        names |= {plain(text): indicator for text in texts}
        if sought in {_initials(text) for text in texts}:
            return (indicator,)
    found = process.extract(sought, names.keys(), scorer=fuzz.token_set_ratio, score_cutoff=LIKE, limit=None)
    likest = sorted(found, key=lambda f: (-f[1], -fuzz.ratio(sought, f[0])))
    return tuple(dict.fromkeys(names[name] for name, _, _ in likest))[:OFFERED]
