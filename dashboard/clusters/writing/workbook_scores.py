"""Write the sheet whose formulas score the candidates, the same sum that `scores.py` makes.

Columns: criterion, unit, the two anchors, weight (input), in use, raw values, points, reason. Candidates that work on
other services than the first have anchors of their own: two more columns, before the reasons. A criterion
is in use when every candidate that has districts has a number, so a judgement typed in brings its criterion into the
score. A candidate without districts has neither numbers nor a score.
"""

from dataclasses import dataclass

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from dashboard.clusters.ranking import Comparison, CriterionRow
from dashboard.clusters.scoring import JUDGEMENT_SCALE, Criterion
from dashboard.clusters.writing.sentences import anchors_why
from dashboard.clusters.writing.wording import joined
from dashboard.clusters.writing.workbook_style import FIRST_ROW, Page, headings, open_page
from geodata.shared import SAME_WITHIN

CRITERION, UNIT, ZERO_AT, HUNDRED_AT, WEIGHT, USED, VALUES = range(7)


@dataclass(frozen=True)
class Layout:
    """Where things stand for `n` candidates and `rows` criteria; rows and columns count from 0.

    `alike` has for each candidate which of the sets of anchors is its own, all the first one where it is empty.
    """

    n: int
    rows: int
    alike: tuple[int, ...] = ()

    @property
    def sets(self) -> int:
        """How many sets of anchors there are."""
        return max(self.alike, default=0) + 1

    def anchors(self, among: int) -> tuple[int, int]:
        """Columns of the two anchors of a set."""
        own = VALUES + 2 * self.n + 2 * (among - 1)
        return (own, own + 1) if among else (ZERO_AT, HUNDRED_AT)

    def set_of(self, i: int) -> int:
        """Which set of anchors a candidate has."""
        return self.alike[i] if self.alike else 0

    @property
    def last(self) -> int:
        """Row of the last criterion."""
        return FIRST_ROW + self.rows - 1

    @property
    def points(self) -> int:
        """First column of points."""
        return VALUES + self.n

    @property
    def reason(self) -> int:
        """Column of the reasons."""
        return VALUES + 2 * self.n + 2 * (self.sets - 1)

    @property
    def score_row(self) -> int:
        """Row of the scores."""
        return self.last + 1

    @property
    def rank_row(self) -> int:
        """Row of the places."""
        return self.last + 2

    def column(self, column: int) -> str:
        """The criteria's cells of a column, as an absolute range."""
        return xl_range_abs(FIRST_ROW, column, self.last, column)


def write_scores(page: Page) -> None:
    """Add the comparison sheet."""
    comparison, say = page.comparison, page.say
    layout = Layout(len(comparison.candidates), len(comparison.criteria), _alike(comparison))
    columns = ("criterion", "unit", "zero_at", "hundred_at", "weight", "used")
    anchors = ("zero_at", "hundred_at")
    titles = [say(f"workbook.{name}") for name in columns] + headings(page)
    if layout.sets > 1:
        titles[ZERO_AT : HUNDRED_AT + 1] = [_of_set(page, layout, 0, name) for name in anchors]
    titles += [say("workbook.points", candidate=name) for name in headings(page)]
    titles += [_of_set(page, layout, n, name) for n in range(1, layout.sets) for name in anchors]
    titles += [say("workbook.reason"), say("workbook.anchors")]
    others = layout.sets - 1
    widths = [36, 20, 12, 12, 10, 10, *[14] * (2 * layout.n), *[12] * (2 * others), 80, 80]
    keys = [*columns, *["raw"] * layout.n, *["points"] * layout.n, *anchors * others, "reason", "anchors"]
    sheet = open_page(page, "comparison", titles, widths, keys)
    for line, row in enumerate(comparison.criteria, start=FIRST_ROW):
        _write_criterion(page, sheet, line, row, layout)
    _write_totals(page, sheet, layout)
    sheet.data_validation(
        FIRST_ROW,
        WEIGHT,
        layout.last,
        WEIGHT,
        {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_message": say("workbook.weight_error"),
        },
    )


def _alike(comparison: Comparison) -> tuple[int, ...]:
    """Return for each candidate which set of anchors is its own, in the order in which sets first come."""
    sets: dict[tuple[Criterion, ...], int] = {}
    columns = zip(*(row.anchored for row in comparison.criteria), strict=True)
    return tuple(sets.setdefault(own, len(sets)) for own in columns)


def _of_set(page: Page, layout: Layout, among: int, name: str) -> str:
    letters = [letter for i, letter in enumerate(page.comparison.letters) if layout.set_of(i) == among]
    return page.say("workbook.anchor_of", anchor=page.say(f"workbook.{name}"), letters=joined(page.say, letters))


def _write_criterion(page: Page, sheet: Worksheet, line: int, row: CriterionRow, layout: Layout) -> None:
    criterion, styles = row.criterion, page.styles
    sheet.write_string(line, CRITERION, page.say(f"criterion.{criterion.key}.name"), styles["text"])
    sheet.write_string(line, UNIT, page.say(f"unit.{criterion.unit}"), styles["text"])
    for among in range(layout.sets):
        own = row.anchored[layout.alike.index(among)]
        look = styles[f"anchor_{criterion.decimals}"]
        for column, value in zip(layout.anchors(among), (own.zero_at, own.hundred_at), strict=True):
            sheet.write_number(line, column, value, look)
    sheet.write_number(line, WEIGHT, row.weight, styles["input"])
    values = f"{_fixed_column(line, VALUES)}:{_fixed_column(line, VALUES + layout.n - 1)}"
    sheet.write_formula(line, USED, f"=IF(COUNT({values})={_counted(page)},1,0)", styles["flag"], int(row.used))
    for i in range(layout.n):
        _write_raw(page, sheet, line, VALUES + i, row, i)
        cached = "" if row.points[i] is None or not row.used else row.points[i]
        formula = _points_formula(line, VALUES + i, layout.anchors(layout.set_of(i)))
        sheet.write_formula(line, layout.points + i, formula, styles["points"], cached)
    sheet.write_string(line, layout.reason, page.say(criterion.reason), styles["text"])
    why = anchors_why(page.words, row.anchored[0], page.comparison.anchors)
    sheet.write_string(line, layout.reason + 1, why, styles["text"])


def _write_raw(page: Page, sheet: Worksheet, line: int, column: int, row: CriterionRow, i: int) -> None:
    value, judged = row.values[i], row.criterion.judged
    style = page.styles["input" if judged else f"number_{row.criterion.decimals}"]
    if not page.comparison.candidates[i].ubigeos:
        sheet.write_string(line, column, page.say("workbook.unknown"), page.styles["unknown"])
        return
    if value is None:
        sheet.write_blank(line, column, None, style)
    else:
        sheet.write_number(line, column, value, style)
    if judged:
        low, high = JUDGEMENT_SCALE
        sheet.data_validation(
            line,
            column,
            line,
            column,
            {
                "validate": "decimal",
                "criteria": "between",
                "minimum": low,
                "maximum": high,
                "error_message": page.say("workbook.judgement_error"),
            },
        )


def _counted(page: Page) -> int:
    """How many candidates have districts; never 0, of which every criterion would be in use."""
    return max(sum(bool(c.ubigeos) for c in page.comparison.candidates), 1)


def _points_formula(line: int, column: int, anchors: tuple[int, int]) -> str:
    """0-100 between the anchors, clipped; empty when the criterion is not in use or nothing is known."""
    value, used = xl_rowcol_to_cell(line, column), _fixed_column(line, USED)
    zero, hundred = (_fixed_column(line, anchor) for anchor in anchors)
    return f'=IF(AND({used}=1,ISNUMBER({value})),MAX(0,MIN(100,({value}-{zero})/({hundred}-{zero})*100)),"")'


def _write_totals(page: Page, sheet: Worksheet, layout: Layout) -> None:
    comparison, styles = page.comparison, page.styles
    sheet.write_string(layout.score_row, CRITERION, page.say("workbook.score"), styles["strong"])
    sheet.write_string(layout.rank_row, CRITERION, page.say("workbook.order"), styles["place"])
    for i in range(layout.n):
        column = layout.points + i
        total, place = comparison.scores[i], comparison.ranks[i]
        score = _score_formula(layout, column)
        sheet.write_formula(layout.score_row, column, score, styles["score"], "" if total is None else total)
        rank = _rank_formula(layout, column)
        sheet.write_formula(layout.rank_row, column, rank, styles["place"], "" if place is None else place)


def _score_formula(layout: Layout, column: int) -> str:
    """SUMPRODUCT(weight, in use, points) / SUMPRODUCT(weight, in use).

    Empty when nothing in use weighs, or where there are no points.
    """
    weights, used = layout.column(WEIGHT), layout.column(USED)
    weight = f"SUMPRODUCT({weights},{used})"
    points = f"SUMPRODUCT({weights},{used},{layout.column(column)})"
    return f'=IF(AND({weight}>0,COUNT({layout.column(column)})>0),ROUND({points}/{weight},{SAME_WITHIN}),"")'


def _rank_formula(layout: Layout, column: int) -> str:
    own = xl_rowcol_to_cell(layout.score_row, column)
    row = xl_range_abs(layout.score_row, layout.points, layout.score_row, layout.points + layout.n - 1)
    return f'=IF(ISNUMBER({own}),RANK({own},{row}),"")'


def _fixed_column(line: int, column: int) -> str:
    return xl_rowcol_to_cell(line, column, col_abs=True)
