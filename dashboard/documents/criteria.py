"""Tell the criteria of a comparison that may be frozen: points where all compared have them, what is known elsewhere.

A criterion that one of those compared lacks gives none of them points. What the others have is shown all the same,
and who lacks it is named. Rows are as :meth:`dashboard.clusters.ranking.comparison.Comparison.to_dict` gives them.
"""

from collections.abc import Mapping, Sequence

from dashboard.clusters.scoring import Criterion
from dashboard.clusters.writing import joined
from dashboard.records.core import Words


def in_use(rows: Sequence[Mapping]) -> list[Mapping]:
    """Return the criteria in use: without those judged ones that have no weight and by which nobody was judged."""
    return [
        row
        for row in rows
        if row["weight"] or not Criterion(**row["criterion"]).judged or any(v is not None for v in row["values"])
    ]


def cells(row: Mapping, words: Words, decimals: int) -> tuple[str, ...]:
    """Return what a criterion says of each candidate: its points, or the value with its unit where none are given."""
    if row["used"]:
        return tuple(words.number(points, decimals) for points in row["points"])
    criterion = Criterion(**row["criterion"])
    return tuple(_value(value, criterion, words) for value in row["values"])


def _value(value: float | None, criterion: Criterion, words: Words) -> str:
    if value is None:
        return words.number(None, 0)
    written = words.number(value, criterion.decimals)
    return words.say("records.value_alone", value=written, unit=words.say(f"unit.{criterion.unit}", n=written))


def why_no_points(row: Mapping, marks: Sequence[str], words: Words) -> str:
    """Return why a criterion gives no points, empty where it does: `sin puntos: falta el juicio de B`."""
    if row["used"]:
        return ""
    lacking = joined(words.say, [mark for mark, value in zip(marks, row["values"], strict=True) if value is None])
    kind = "judged" if Criterion(**row["criterion"]).judged else "measured"
    return words.say(f"records.no_points_{kind}", marks=lacking)
