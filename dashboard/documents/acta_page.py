"""Write an acta as one page to print: no script, nothing loaded from elsewhere, every word escaped."""

import hashlib
import re
from base64 import b64encode
from html import escape
from pathlib import Path

from dashboard.documents.acta import Block, Heading, Paragraph, Picture, Points, Table, blocks, title
from dashboard.records.core import Words
from dashboard.records.meetings import MeetingRecord
from geodata.model import Dataset
from layers.drawing import svg

WORD = 30  # letters of a word that is never broken in a table
LONG_WORD = re.compile(f"(?s).{{1,{WORD}}}")
FEW = 14  # rows of a table that is not broken between pages
STYLE = Path(__file__).with_name("acta.css").read_text("utf-8")


def style_hash() -> str:
    """Return what a content security policy allows the page's one style by: `sha256-...`."""
    return "sha256-" + b64encode(hashlib.sha256(STYLE.encode("utf-8")).digest()).decode("ascii")


def acta_html(record: MeetingRecord, dataset: Dataset, words: Words) -> str:
    """Return the acta as a whole HTML page."""
    body = "\n".join(_block(block) for block in blocks(record, dataset, words))
    return (
        f'<!doctype html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title(record, dataset, words))}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Paragraph(text):
            return f"<p>{escape(text).replace(chr(10), '<br>')}</p>"
        case Points(items, numbered):
            tag = "ol" if numbered else "ul"
            return f"<{tag}>{''.join(f'<li>{escape(item)}</li>' for item in items)}</{tag}>"
        case Table():
            return _table(block)
        case Picture(drawing, caption):
            return f"<figure>{svg(drawing, caption)}<figcaption>{escape(caption)}</figcaption></figure>"


def _table(table: Table) -> str:
    kinds = table.kinds
    head = "".join(
        f'<th scope="col" class="{kind}">{_cell(text)}</th>' for kind, text in zip(kinds, table.head, strict=True)
    )
    rows = "".join(_row(row, kinds) for row in table.rows)
    names = " ".join(name for name, so in (("tall", table.tall), ("few", len(table.rows) <= FEW)) if so)
    return (
        f'<table class="{names}"><caption>{escape(table.caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(row: tuple[str, ...], kinds: str) -> str:
    first, *others = zip(kinds, row, strict=True)
    cells = "".join(f'<td class="{kind}">{_cell(text)}</td>' for kind, text in others)
    return f'<tr><th scope="row" class="{first[0]}">{_cell(first[1])}</th>{cells}</tr>'


def _cell(text: str) -> str:
    """Return text of a cell; a word that no column holds may be broken, or the table would leave the page."""
    pieces = (LONG_WORD.findall(word) if len(word) > WORD else [word] for word in text.split(" "))
    return " ".join("<wbr>".join(map(escape, piece)) for piece in pieces)
