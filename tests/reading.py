"""Read what a person reads: the words of a screen, a page, a document or a file, and nothing else of it."""

import csv
import io
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
from docx import Document
from plotly.utils import PlotlyJSONEncoder

# properties of an element whose text is shown or read aloud
SAID = ("title", "alt", "placeholder", "label", "aria-label", "aria-description", "aria-valuetext", "data-title")


def of_tree(tree: Any) -> Iterator[str]:
    """Yield the texts of a tree of components."""
    yield from _of_node(json.loads(json.dumps(tree, cls=PlotlyJSONEncoder)))


def _of_node(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for part in node:
            yield from _of_node(part)
    elif isinstance(node, dict) and "props" in node:
        own = node["props"]
        if node.get("type") == "Store":
            return
        if "dangerously_allow_html" in own:
            yield from of_html(own["children"])
            return
        yield from (own[name] for name in SAID if isinstance(own.get(name), str))
        options = own.get("options") or ()
        yield from (str(o.get("label")) if isinstance(o, dict) else str(o) for o in options)
        yield from _of_node(own.get("children"))
        if isinstance(own.get("src"), str) and own["src"].startswith("data:image/svg"):
            yield from of_html(own["src"])
    elif isinstance(node, dict):
        for part in node.values():
            yield from _of_node(part)
    elif node is not None:
        yield str(node)


class _Html(HTMLParser):
    UNREAD = ("script", "style")

    def __init__(self):
        super().__init__()
        self.found, self.within = [], []

    def handle_starttag(self, tag, attrs):
        self.within.append(tag)
        self.found += [value for name, value in attrs if name in SAID and value]

    def handle_endtag(self, tag):
        while self.within and self.within.pop() != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not set(self.UNREAD) & set(self.within):
            self.found.append(data)


def of_html(page: str | bytes) -> Iterator[str]:
    """Yield the texts of a page, its title and those of its drawings among them."""
    parser = _Html()
    parser.feed(page if isinstance(page, str) else page.decode("utf-8"))
    yield from parser.found


def of_workbook(body: bytes) -> Iterator[str]:
    """Yield the names of sheets and all texts, and the shape in which a day is written."""
    for sheet in openpyxl.load_workbook(BytesIO(body)):
        yield sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and not cell.value.startswith("="):
                    yield cell.value
                if cell.comment:
                    yield cell.comment.text


def formats_of_days(body: bytes) -> set[str]:
    """Return how a workbook writes days."""
    sheets = openpyxl.load_workbook(BytesIO(body))
    return {cell.number_format for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.is_date}


def of_document(body: bytes) -> Iterator[str]:
    """Yield the texts of a DOCX: paragraphs, tables, what pictures say, head and foot, properties."""
    document = Document(BytesIO(body))
    own = document.core_properties
    yield from filter(None, (own.title, own.subject, own.keywords, own.comments, own.category))
    for part in (document.element.body, *(s.footer._element for s in document.sections)):
        yield from (node.text for node in part.iter() if node.tag.endswith("}t") and node.text)
        yield from (v for node in part.iter() for k, v in node.attrib.items() if k in ("descr", "title") and v)


def of_csv(body: bytes | str) -> Iterator[str]:
    """Yield the values of a CSV, not its headings."""
    text = body if isinstance(body, str) else body.decode("utf-8-sig")
    for row in list(csv.reader(io.StringIO(text)))[1:]:
        yield from row


def of_tables(body: bytes) -> Iterator[str]:
    """Yield the values of every CSV of a zip, not their headings."""
    with ZipFile(BytesIO(body)) as archive:
        for name in archive.namelist():
            yield from of_csv(archive.read(name))


def of_geojson(body: bytes) -> Iterator[str]:
    """Yield the values of the features of a GeoJSON, not their names."""
    for feature in json.loads(body)["features"]:
        yield from (str(value) for value in feature["properties"].values() if isinstance(value, str))


def of_codebook(content: bytes, head_row: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[tuple]]:
    """Return (sheet, heading) of every column of a workbook, the same as its last sheet tells them, and that sheet.

    The headings of the other sheets stand in `head_row`, counted from 1; those of the codebook in the fifth.
    """
    *sheets, book = openpyxl.load_workbook(BytesIO(content), data_only=True).worksheets
    held = [(s.title, str(cell.value)) for s in sheets for cell in s[head_row] if cell.value is not None]
    rows = list(book.iter_rows(min_row=6, values_only=True))
    return held, [(str(row[0]), str(row[1])) for row in rows], rows
