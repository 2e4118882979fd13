"""Write an acta as a DOCX that can be changed in any word processor; maps are pictures with their vector beside."""

from datetime import datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsmap, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from dashboard.documents.acta import (  # fmt: skip
    Block,
    Heading,
    Paragraph,
    Picture,
    Points,
    Table,
    blocks,
    title,
    written_on,
)
from dashboard.records.core import Words
from dashboard.records.meetings import MeetingRecord
from geodata.model import Dataset
from geodata.shared import templates
from layers.drawing import png, svg

PAGE_CM, SIDE_CM = 21.0, 2.0
TEXT_CM = PAGE_CM - 2 * SIDE_CM
MAP_WIDTH = Cm(14)
SIGNING_CM = 1.2  # of a row that is signed
SIGNING_SHARE = 1.2  # how wide the room to sign is beside the widest text
FEW = 14  # rows of a table that is not broken between pages
LETTER_CM, EDGES_CM = 0.165, 0.45  # of the type in tables: an ordinary letter, and what a cell adds on both sides
LONGEST_SHORT, WIDEST_TEXT = 24, 44  # letters: of a column that stays on one line; beyond which text is broken
TWIPS_OF_A_CM = 567
TABLE_HALF_POINTS = 17
INK = RGBColor(0x11, 0x11, 0x11)
HEADINGS = {"Title": 16, "Heading 1": 12.5, "Heading 2": 11, "Caption": 9}
FONT = "Liberation Sans"
LANGUAGES = {"es": "es-PE", "en": "en-US"}
_TEMPLATES = templates(__file__)


def acta_docx(record: MeetingRecord, dataset: Dataset, words: Words) -> bytes:
    """Return the acta as a DOCX on A4."""
    document = Document()
    _prepare(document, record, dataset, words)
    for block in blocks(record, dataset, words):
        _add(document, block)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _prepare(document: WordDocument, record: MeetingRecord, dataset: Dataset, words: Words) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(PAGE_CM), Cm(29.7)
    section.left_margin = section.right_margin = Cm(SIDE_CM)
    section.top_margin = section.bottom_margin = Cm(1.8)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    for name, size in HEADINGS.items():
        _dress(document.styles[name], size)
    line = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if line is not None:
        document.styles["Title"].element.pPr.remove(line)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGES[words.language])
    normal.element.get_or_add_rPr().append(language)
    about = document.core_properties
    about.title, about.author, about.comments = title(record, dataset, words), "", ""
    about.language = LANGUAGES[words.language]
    about.created = about.modified = datetime.combine(written_on(record), time())


def _dress(style: ParagraphStyle, size: float) -> None:
    """Give a style of headings the letters of the text, in ink that any printer has."""
    style.font.name, style.font.size, style.font.bold, style.font.color.rgb = FONT, Pt(size), True, INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _add(document: WordDocument, block: Block) -> None:
    match block:
        case Heading(level, text):
            document.add_heading(text, level=0 if level == 1 else level - 1)
        case Paragraph(text):
            document.add_paragraph(text)
        case Points(items, numbered):
            for number, item in enumerate(items, start=1):
                # numbered by hand: the list style of the template would go on counting through the document
                text = f"{number}. {item}" if numbered else item
                made = document.add_paragraph(text, None if numbered else "List Bullet")
                made.paragraph_format.space_after = Pt(1)
        case Table():
            _add_table(document, block)
        case Picture():
            _add_picture(document, block)


def _add_table(document: WordDocument, block: Table) -> None:
    caption = document.add_paragraph(block.caption, "Caption")
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(6)
    after = document.add_paragraph()
    after.paragraph_format.space_after = Pt(0)
    after._p.addprevious(parse_xml(_table(block, document.styles["Table Grid"].style_id)))


def _table(block: Table, style: str) -> str:
    """Return a table as it stands in a document: written at once, for cell by cell takes ten times as long.

    A row is kept on the page of the next one where the table is short, as the first two are in every table.
    """
    last, height = len(block.rows), round(SIGNING_CM * TWIPS_OF_A_CM) if block.tall else None
    rows = [
        {"cells": row, "head": n == 0, "height": height if n else None, "together": n < last and (n < 2 or last <= FEW)}
        for n, row in enumerate((block.head, *block.rows))
    ]
    widths = [round(width * TWIPS_OF_A_CM) for width in widths_cm(block)]
    return _TEMPLATES.get_template("table.xml").render(
        w=nsmap["w"], style=style, widths=widths, rows=rows, kinds=block.kinds, size=TABLE_HALF_POINTS
    )


def widths_cm(block: Table) -> tuple[float, ...]:
    """Return the width of each column: what is short gets what it needs, text shares the rest by its length."""
    needs = [_letters(block, n) * LETTER_CM + EDGES_CM for n in range(len(block.kinds))]
    if block.tall:
        needs[-1] = max(needs) * SIGNING_SHARE
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


def _add_picture(document: WordDocument, block: Picture) -> None:
    shape = document.add_picture(BytesIO(png(block.drawing)), width=MAP_WIDTH)
    shape._inline.docPr.set("descr", block.caption)
    package = document.part.package
    name = PackURI(f"/word/media/map{shape._inline.docPr.id}.svg")
    part = Part(name, "image/svg+xml", svg(block.drawing, block.caption).encode("utf-8"), package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    blip = shape._inline.graphic.graphicData.pic.blipFill.blip
    named = _TEMPLATES.get_template("vector.xml").render(a=nsmap["a"], r=nsmap["r"], relation=relation)
    blip.append(parse_xml(named))
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    document.add_paragraph(block.caption, "Caption")
