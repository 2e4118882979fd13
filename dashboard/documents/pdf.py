"""Write a document as a PDF on A4, from the blocks that a page and a DOCX are written from.

The font comes with matplotlib, whatever the machine has; the same blocks give the same bytes.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Image,
    KeepTogether,
    PageBreak,
    SimpleDocTemplate,
    Spacer,
    TableStyle,
)
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

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
from dashboard.documents.widths import FEW, SIDE_CM, TEXT_CM, widths_cm
from dashboard.documents.word import About
from geodata.shared import templates
from layers import palette
from layers.drawing import png

FONT, BOLD = "Acta", "Acta-Bold"
FILES = {FONT: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf"}
TOP_CM, MAP_CM = 1.7, 14.0
SIGNING_CM, ABREAST = 1.5, 3  # room above a line to sign on; lines side by side
LEAST_BELOW_CM = 3.0  # of what follows a heading on its page
PADDING = 6  # points that the library leaves between margin and text
FOOT_SIZE, LEADING = 7.0, 1.28
TEXT_SIZE = 8.8
_TEMPLATES = templates(__file__)
Styles = dict[str, ParagraphStyle]


def pdf_of(blocks: Iterable[Block], about: About) -> bytes:
    """Return blocks as a PDF on A4."""
    styles = _styles()
    stream = BytesIO()
    document = SimpleDocTemplate(
        stream, pagesize=A4, leftMargin=SIDE_CM * cm - PADDING, rightMargin=SIDE_CM * cm - PADDING,
        topMargin=TOP_CM * cm, bottomMargin=TOP_CM * cm, title=about.title, author="", lang=about.language, invariant=1,
    )  # fmt: skip
    story = [flowable for block in blocks for flowable in _flowables(block, styles)]
    document.build(story, canvasmaker=partial(PagedCanvas, about.footer))
    return stream.getvalue()


# of any type, as the library has it
class PagedCanvas(Canvas):
    """Writes below each page which it is and how many there are, which is known at the end only."""

    def __init__(self, footer: str, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self._footer = footer
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 (the library calls it)
        """Keep a page until all are there."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write all pages with their footers."""
        for page in self._pages:
            self.__dict__.update(page)
            if self._footer:
                self.setFont(FONT, FOOT_SIZE)
                text = self._footer.format(page=self._pageNumber, pages=len(self._pages))
                self.drawRightString(A4[0] - SIDE_CM * cm, TOP_CM * cm / 2, text)
            super().showPage()
        super().save()


@lru_cache(maxsize=1)
def _styles() -> Styles:
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name, file in FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=FONT, boldItalic=BOLD)
    ink = colors.HexColor(palette.INK)

    def style(name: str, size: float, bold: bool = False, before: float = 0, after: float = 3, **more: Any) -> None:
        made[name] = ParagraphStyle(
            name, fontName=BOLD if bold else FONT, fontSize=size, leading=size * LEADING, textColor=ink,
            spaceBefore=before, spaceAfter=after, keepWithNext=1 if bold else 0, **more,
        )  # fmt: skip

    made: Styles = {}
    style("title", 13.5, bold=True, after=8)
    style("h2", 11.0, bold=True, before=12)
    style("h3", 9.5, bold=True, before=6)
    style("text", TEXT_SIZE)
    style("caption", 8.0, bold=True)
    style("below", 8.0, after=6)
    style("cell", 7.2, after=0)
    style("head", 7.2, bold=True, after=0)
    style("figure", 7.2, after=0, alignment=TA_RIGHT)
    style("signer", 7.2, after=0, alignment=TA_CENTER)
    style("point", TEXT_SIZE, after=1, leftIndent=14, bulletIndent=2, bulletFontName=FONT, bulletFontSize=TEXT_SIZE)
    return made


def _text(text: str, style: ParagraphStyle, lead: str = "", **more: Any) -> Text:
    """Return a text, escaped, with its first words in bold and its lines as they were written."""
    written = _TEMPLATES.get_template("text.xml").render(lead=lead, lines=text.split("\n"))
    return Text(written, style, **more)


def _flowables(block: Block, styles: Styles) -> list[Flowable]:
    return WRITE[type(block)](block, styles)


def _heading(block: Heading, styles: Styles) -> list[Flowable]:
    style = styles[{1: "title", 2: "h2"}.get(block.level, "h3")]
    before = PageBreak() if block.on_new_page else CondPageBreak(LEAST_BELOW_CM * cm)
    return [before, _text(block.text, style)]


def _paragraph(block: Paragraph, styles: Styles) -> list[Flowable]:
    return [_text(block.text, styles["text"], block.lead)]


def _points(block: Points, styles: Styles) -> list[Flowable]:
    marks = (f"{n}." if block.numbered else "•" for n in range(1, len(block.items) + 1))
    return [_text(item, styles["point"], bulletText=mark) for item, mark in zip(block.items, marks, strict=True)] + [
        Spacer(0, 3)
    ]


def _table(block: Table, styles: Styles) -> list[Flowable]:
    """A table under its caption: its head is repeated on each page, a short one stays on one."""
    kinds = [styles["figure" if kind == "n" else "cell"] for kind in block.kinds]
    rows = [[_text(text, styles["head"]) for text in block.head]]
    rows += [[_text(text, style) for text, style in zip(row, kinds, strict=True)] for row in block.rows]
    line, ground = colors.HexColor(palette.TOKENS["edge"]), colors.HexColor(palette.TOKENS["ground"])
    look = TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, line), ("BACKGROUND", (0, 0), (-1, 0), ground),
            ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3), ("TOPPADDING", (0, 0), (-1, -1), 1.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ]
    )  # fmt: skip
    made = Grid(rows, colWidths=[width * cm for width in widths_cm(block)], repeatRows=1, style=look)
    both = [Spacer(0, 4), _text(block.caption, styles["caption"]), made, Spacer(0, 6)]
    return [KeepTogether(both)] if len(block.rows) <= FEW else both


def _picture(block: Picture, styles: Styles) -> list[Flowable]:
    content = png(block.drawing)
    width, height = ImageReader(BytesIO(content)).getSize()
    image = Image(BytesIO(content), MAP_CM * cm, MAP_CM * cm * height / width, hAlign="LEFT")
    return [KeepTogether([image, _text(block.caption, styles["below"])])]


def _signatures(block: Signatures, styles: Styles) -> list[Flowable]:
    """Lines to sign on, three side by side; no row is broken by the end of a page."""
    rows = [block.signers[n : n + ABREAST] for n in range(0, len(block.signers), ABREAST)]
    look = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 10),
        ]
    )  # fmt: skip
    filled = [[*(_signer(one, styles) for one in row), *[""] * (ABREAST - len(row))] for row in rows]
    return [Grid(filled, colWidths=[TEXT_CM / ABREAST * cm] * ABREAST, style=look, hAlign="LEFT")]


def _signer(one: Signer, styles: Styles) -> list[Flowable]:
    name, *others = one.lines
    rule = Grid([[""]], colWidths=[(TEXT_CM / ABREAST - 0.6) * cm], rowHeights=[2])
    rule.setStyle(TableStyle([("LINEABOVE", (0, 0), (-1, 0), 0.7, colors.HexColor(palette.INK))]))
    lines = [_text("", styles["signer"], name), *(_text(line, styles["signer"]) for line in others)]
    return [Spacer(0, SIGNING_CM * cm), rule, *lines]


# of any type: each block is written by its own
WRITE: dict[type, Callable[[Any, Styles], list[Flowable]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Points: _points,
    Table: _table,
    Picture: _picture,
    Signatures: _signatures,
}
