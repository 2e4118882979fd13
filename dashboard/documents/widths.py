"""How wide the columns of a table are on a page of A4, in a document and in a PDF."""

from dashboard.documents.blocks import Table

PAGE_CM, SIDE_CM = 21.0, 2.0
TEXT_CM = PAGE_CM - 2 * SIDE_CM
LETTER_CM, EDGES_CM = 0.165, 0.45  # of the type in tables: an ordinary letter, and what a cell adds on both sides
LONGEST_SHORT, WIDEST_TEXT = 24, 44  # letters: of a column that stays on one line; beyond which text is broken
FEW = 14  # rows of a table that is not broken between pages


def widths_cm(block: Table) -> tuple[float, ...]:
    """Return the width of each column: what is short gets what it needs, text shares the rest by its length."""
    needs = [_letters(block, n) * LETTER_CM + EDGES_CM for n in range(len(block.kinds))]
    texts = [n for n, kind in enumerate(block.kinds) if kind == "t"]
    if not texts:
        return tuple(TEXT_CM * need / sum(needs) for need in needs)
    left = TEXT_CM - sum(need for n, need in enumerate(needs) if n not in texts)
    share = left / sum(needs[n] for n in texts)
    return tuple(needs[n] * share if n in texts else needs[n] for n in range(len(needs)))


def _letters(block: Table, n: int) -> int:
    """Return how many letters of a column should stand in a line: of its head, a word."""
    head = max(map(len, block.head[n].split()), default=1)
    body = max((len(row[n]) for row in block.rows), default=1)
    return max(head + 1, min(body, WIDEST_TEXT if block.kinds[n] == "t" else LONGEST_SHORT))
