"""Write years: the one way in which a screen or a file says what years a figure is of."""

import re
from collections.abc import Iterable

DASH = "\u2013"
_SPAN = re.compile(r"(?<=\b\d{4})-(?=\d{4}\b)")


def years_text(years: Iterable[int] | str) -> str:
    """Return years as a reader writes them, three or more in a row as a span.

    A text that says them already keeps its words.

    >>> years_text((2005, 2006, 2007, 2012, 2013)), years_text("2009-2022"), years_text(())
    ('2005–2007, 2012, 2013', '2009–2022', '')
    """
    if isinstance(years, str):
        return _SPAN.sub(DASH, years)
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    texts_of_runs = ([period_text(run[0], run[-1])] if len(run) > 2 else map(str, run) for run in runs)
    return ", ".join(text for texts in texts_of_runs for text in texts)


def period_text(first: int, last: int) -> str:
    """Return a period of whole years, both included.

    >>> period_text(2017, 2022), period_text(2019, 2019)
    ('2017–2022', '2019')
    """
    return f"{first}" if first == last else f"{first}{DASH}{last}"
