"""Read a column of numbers as people write them: decimal comma or point, grouped thousands, marks.

"37,870" is thirty-seven thousand beside "9,872.60" and thirty-seven and a bit beside "0,5": what a
comma means is read off the whole column. Where the column does not say, nothing is guessed: the
texts that read two ways are kept for a person to decide. A text that may be a slip ("1,5" among
hundreds like "35,868") does not say what all the others mean.
"""

import re
from dataclasses import dataclass
from math import isfinite

import pandas as pd

from geodata.readers.cells.vocabulary import plain, unknown_marks

POINT, COMMA = ".", ","
EXAMPLES = 4  # enough to see how a column is written, few enough for one line
# A group never begins with a zero: "0,370" can only be a fraction.
_FORMS = {
    decimal: re.compile(
        rf"[+-]?(?:(?:[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+|[1-9][0-9]{{0,2}}(?:[ '][0-9]{{3}})+|[0-9]+)"
        rf"(?:{point}[0-9]*)?|{point}[0-9]+)(?:[eE][+-]?[0-9]{{1,3}})?"
    )
    for decimal, point, group in ((POINT, r"\.", ","), (COMMA, ",", r"\."))
}
# Two groups, both signs or blanks between groups are no slip of the hand.
_STRONG = re.compile(r"[., '].*[., ']")
MANY = 5  # times as many texts that hang on the sign as weakly prove it: a person decides
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_CURRENCY = re.compile(r"^(?:S/\.?|US\$|\$)\s*", re.IGNORECASE)
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2019": "'"})
LONGEST = 60  # no figure is longer; a longer text is prose, and is not tried


@dataclass(frozen=True, eq=False)
class Numbers:
    """A column as numbers, on the index of the column.

    values: float, NaN where blank, unknown, not understood or open.
    decimal: what parts the fraction, "" where no value shows it; thousands: what parts groups, "" none.
    bad: the texts that are no number. unknown: marks such as NA, S.I., - read as unknown.
    open: texts that read as two different numbers, where nothing in the column decides.
    percent: every number carries a % sign (the sign is taken off, the number left as written).
    """

    values: pd.Series
    decimal: str
    thousands: str
    bad: pd.Series
    unknown: pd.Series
    open: pd.Series
    percent: bool = False

    @property
    def examples(self) -> tuple[str, ...]:
        """Return a few of the open texts, for the question."""
        return tuple(dict.fromkeys(self.open))[:EXAMPLES]


def parse_numbers(series: pd.Series, decimal: str | None = None) -> Numbers:
    """Read a column of texts (NaN blank). `decimal`, "." or ",", is a person's answer, None for none.

    >>> parse_numbers(pd.Series(["37,870", "9,872.60", "281"])).values.tolist()
    [37870.0, 9872.6, 281.0]
    >>> parse_numbers(pd.Series(["37,870", "281"])).examples
    ('37,870',)
    """
    if decimal not in (None, POINT, COMMA):
        raise ValueError(f"a decimal sign is . or , and not {decimal!r}")
    known = series.dropna().astype(str)
    cleaned = {text: _clean(text) for text in known.unique()}
    marks = {text for text in cleaned if plain(text) in unknown_marks()}
    fits = {text: _fits(cleaned[text]) for text in cleaned if text not in marks}
    sign = decimal or _decide(fits, cleaned)
    read = {text: _read(cleaned[text], forms, sign) for text, forms in fits.items()}
    values = pd.Series([read.get(text) for text in known], known.index, dtype=float).reindex(series.index)
    return Numbers(
        values=values,
        decimal=sign or "",
        thousands=_thousands(cleaned, fits, sign),
        bad=known[[text in fits and not _understood(fits[text], sign) for text in known]],
        unknown=known[[text in marks for text in known]],
        open=known[[text in fits and sign is None and bool(fits[text]) and read[text] is None for text in known]],
        percent=bool(fits) and all("%" in text for text in fits),
    )


def is_number(text: str) -> bool:
    """Tell whether a text is a number under either decimal sign.

    >>> [is_number(t) for t in ("37,870", "0.5 %", "A5", "-")]
    [True, True, False, False]
    """
    return bool(_fits(_clean(text)))


def read_number(text: str) -> float | None:
    """Return the number that one text is by itself, None where it is none or reads two ways ("1,234").

    A percentage is the number before its sign: 45 % is 45 of 100.

    >>> [read_number(t) for t in ("3", "2,5", "45 %", "1,234", "mucho")]
    [3.0, 2.5, 45.0, None, None]
    """
    value = parse_numbers(pd.Series([text], dtype="str")).values.iloc[0]
    return None if pd.isna(value) else float(value)


def _clean(text: str) -> str:
    """Return the text without currency, percent sign and stray spaces."""
    bare = _SPACES.sub(" ", text.translate(_MINUS)).strip()
    bare = _CURRENCY.sub("", bare)
    return bare.removesuffix("%").strip().replace("- ", "-")


def _fits(clean: str) -> dict[str, float]:
    """Return what the text says under each decimal sign that it can be read with."""
    if len(clean) > LONGEST:
        return {}
    found = {}
    for decimal, form in _FORMS.items():
        if form.fullmatch(clean):
            group = COMMA if decimal == POINT else POINT
            value = float(re.sub(r"[ ']", "", clean).replace(group, "").replace(decimal, "."))
            if isfinite(value):
                found[decimal] = value
    return found


def _decide(fits: dict[str, dict[str, float]], cleaned: dict[str, str]) -> str | None:
    """Return the decimal sign that the column proves, None where it proves neither or both.

    A few texts such as "1,5" prove nothing for far more that hang on them.
    """
    proofs = {text: next(iter(forms)) for text, forms in fits.items() if len(forms) == 1}
    if len(set(proofs.values())) != 1:
        return None
    strong = any(_STRONG.search(cleaned[text]) for text in proofs)
    hanging = sum(len(set(forms.values())) > 1 for forms in fits.values())
    return None if not strong and hanging >= MANY * len(proofs) else next(iter(proofs.values()))


def _read(clean: str, forms: dict[str, float], sign: str | None) -> float | None:
    if sign is not None:
        return forms.get(sign)
    # Nothing is proved: a text that says the same either way (281) is still a number.
    distinct = set(forms.values())
    return distinct.pop() if len(forms) == 2 and len(distinct) == 1 else None


def _understood(forms: dict[str, float], sign: str | None) -> bool:
    return bool(forms) if sign is None else sign in forms


def _thousands(cleaned: dict[str, str], fits: dict[str, dict[str, float]], sign: str | None) -> str:
    """Return what parts groups of three, "" where nothing does."""
    read = [cleaned[text] for text, forms in fits.items() if sign in forms]
    if sign is not None and any((group := COMMA if sign == POINT else POINT) in text for text in read):
        return group
    return next((mark for mark in (" ", "'") if any(mark in cleaned[text] for text in fits if fits[text])), "")
