"""Write a document as a DOCX that can be changed in any word processor; maps are pictures with their vector beside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsmap, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as TextParagraph

from dashboard.documents.blocks import (
    Block,
    Heading,
    Paragraph,
    Picture,
    Points,
    Signatures,
    Signer,
    Table,
)
from dashboard.documents.widths import FEW, PAGE_CM, SIDE_CM, TEXT_CM, widths_cm
from geodata.shared import templates
from layers.drawing import png, svg

MAP_WIDTH = Cm(14)
MINUTES, LETTER = (9.5, 3, 1.08), (11, 11, 1.2)  # points of the type and after a paragraph; lines of type a line takes
FOOT_SIZE = 8
SIGNING_CM, ABREAST = 1.5, 3  # room above a line to sign on; lines side by side
TWIPS_OF_A_CM = 567
TABLE_HALF_POINTS = 17
INK = RGBColor(0x11, 0x11, 0x11)
HEADINGS = {"Title": 16, "Heading 1": 12.5, "Heading 2": 11, "Caption": 9}
FONT = "Liberation Sans"
LANGUAGES = {"es": "es-PE", "en": "en-US"}
_TEMPLATES = templates(__file__)


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself: its title, language and day.

    `footer` stands below every page; a `letter` has larger type and more room than minutes have.
    """

    title: str
    language: str
    day: date
    footer: str = ""
    letter: bool = False


def docx_of(blocks: Iterable[Block], about: About) -> bytes:
    """Return blocks as a DOCX on A4."""
    document = Document()
    _prepare(document, about)
    for block in blocks:
        _add(document, block)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _prepare(document: WordDocument, about: About) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(PAGE_CM), Cm(29.7)
    section.left_margin = section.right_margin = Cm(SIDE_CM)
    section.top_margin = section.bottom_margin = Cm(1.8)
    normal = document.styles["Normal"]
    size, after, apart = LETTER if about.letter else MINUTES
    normal.font.name, normal.font.size = FONT, Pt(size)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(after), apart
    for name, size in HEADINGS.items():
        _dress(document.styles[name], size)
    line = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if line is not None:
        document.styles["Title"].element.pPr.remove(line)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGES[about.language])
    normal.element.get_or_add_rPr().append(language)
    told = document.core_properties
    told.title, told.author, told.comments = about.title, "", ""
    told.language = LANGUAGES[about.language]
    told.created = told.modified = datetime.combine(about.day, time())
    document.styles["Footer"].font.size = Pt(FOOT_SIZE)
    if about.footer:
        _foot(section.footer.paragraphs[0], about.footer)


def _foot(paragraph: TextParagraph, footer: str) -> None:
    """Write the footer with the number of the page and how many there are, which the word processor fills in."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    before, _, rest = footer.partition("{page}")
    between, _, after = rest.partition("{pages}")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        paragraph.add_run(text)
        if field:
            made = OxmlElement("w:fldSimple")
            made.set(qn("w:instr"), field)
            paragraph._p.append(made)


def _dress(style: ParagraphStyle, size: float) -> None:
    """Give a style of headings the letters of the text, in ink that any printer has."""
    style.font.name, style.font.size, style.font.bold, style.font.color.rgb = FONT, Pt(size), True, INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _add(document: WordDocument, block: Block) -> None:
    match block:
        case Heading(level, text, on_new_page):
            made = document.add_heading(text, level=0 if level == 1 else level - 1)
            made.paragraph_format.page_break_before = on_new_page
        case Paragraph(text, lead):
            made = document.add_paragraph()
            if lead:
                made.add_run(f"{lead} ").bold = True
            made.add_run(text)
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
        case Signatures(signers):
            _add_signatures(document, signers)


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
    last = len(block.rows)
    rows = [
        {"cells": row, "head": n == 0, "together": n < last and (n < 2 or last <= FEW)}
        for n, row in enumerate((block.head, *block.rows))
    ]
    widths = [round(width * TWIPS_OF_A_CM) for width in widths_cm(block)]
    return _TEMPLATES.get_template("table.xml").render(
        w=nsmap["w"], style=style, widths=widths, rows=rows, kinds=block.kinds, size=TABLE_HALF_POINTS
    )


def _add_signatures(document: WordDocument, signers: tuple[Signer, ...]) -> None:
    """Lines to sign on, three side by side, none parted from its name by the end of a page."""
    after = document.add_paragraph()
    after.paragraph_format.space_after = Pt(0)
    rows = [signers[n : n + ABREAST] for n in range(0, len(signers), ABREAST)]
    width = round(TEXT_CM / ABREAST * TWIPS_OF_A_CM)
    made = _TEMPLATES.get_template("signatures.xml").render(
        w=nsmap["w"], rows=rows, abreast=ABREAST, width=width, height=round(SIGNING_CM * TWIPS_OF_A_CM)
    )
    after._p.addprevious(parse_xml(made))


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
