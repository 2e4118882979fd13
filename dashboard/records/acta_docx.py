"""Write an acta as a DOCX that can be changed in any word processor; maps are pictures with their vector beside."""

from datetime import datetime, time
from io import BytesIO

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from dashboard.records.acta import (
    Block,
    Heading,
    MeetingRecord,
    Paragraph,
    Picture,
    Points,
    Table,
    blocks,
    title,
    written_on,
)  # fmt: skip
from dashboard.records.maps import png, svg
from dashboard.records.words import Words
from geodata.dataset import Dataset

MAP_WIDTH = Cm(16)
VECTOR = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # the extension by which a picture names its SVG
VECTOR_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
LANGUAGES = {"es": "es-PE", "en": "en-US"}


def acta_docx(record: MeetingRecord, dataset: Dataset, words: Words) -> bytes:
    """Return the acta as a DOCX on A4."""
    document = Document()
    _prepare(document, record, dataset, words)
    for block in blocks(record, dataset, words):
        _add(document, block)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _prepare(document, record: MeetingRecord, dataset: Dataset, words: Words) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Liberation Sans", Pt(10)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGES[words.language])
    normal.element.get_or_add_rPr().append(language)
    about = document.core_properties
    about.title, about.author, about.comments = title(record, dataset, words), "", ""
    about.language = LANGUAGES[words.language]
    about.created = about.modified = datetime.combine(written_on(record), time())


def _add(document, block: Block) -> None:
    match block:
        case Heading(level, text):
            document.add_heading(text, level=0 if level == 1 else level - 1)
        case Paragraph(text):
            document.add_paragraph(text)
        case Points(items, numbered):
            for number, item in enumerate(items, start=1):
                # numbered by hand: the list style of the template would go on counting through the document
                document.add_paragraph(f"{number}. {item}") if numbered else document.add_paragraph(item, "List Bullet")
        case Table():
            _add_table(document, block)
        case Picture():
            _add_picture(document, block)


def _add_table(document, block: Table) -> None:
    caption = document.add_paragraph(block.caption, "Caption")
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, block.head, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(text).bold = True
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(1)
                for run in paragraph.runs:
                    run.font.size = Pt(8.5)
    document.add_paragraph()


def _add_picture(document, block: Picture) -> None:
    shape = document.add_picture(BytesIO(png(block.drawing)), width=MAP_WIDTH)
    shape._inline.docPr.set("descr", block.caption)
    package = document.part.package
    name = PackURI(f"/word/media/map{shape._inline.docPr.id}.svg")
    part = Part(name, "image/svg+xml", svg(block.drawing, block.caption).encode("utf-8"), package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    blip = shape._inline.graphic.graphicData.pic.blipFill.blip
    blip.append(
        parse_xml(
            f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{VECTOR}">'
            f'<asvg:svgBlip xmlns:asvg="{VECTOR_NAMESPACE}" r:embed="{relation}"/></a:ext></a:extLst>'
        )
    )
    document.add_paragraph(block.caption, "Caption")
