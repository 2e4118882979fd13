"""Write an acta as a DOCX that can be changed in any word processor, and as a PDF to sign."""

from dashboard.documents.acta import blocks, written_on
from dashboard.documents.acta_body import title
from dashboard.documents.pdf import pdf_of
from dashboard.documents.word import About, docx_of
from dashboard.records.core import Words
from dashboard.records.meetings import MeetingRecord
from geodata.model import Dataset


def acta_docx(record: MeetingRecord, dataset: Dataset, words: Words) -> bytes:
    """Return the acta as a DOCX on A4."""
    return docx_of(blocks(record, dataset, words), _about(record, dataset, words))


def acta_pdf(record: MeetingRecord, dataset: Dataset, words: Words) -> bytes:
    """Return the acta as a PDF on A4."""
    return pdf_of(blocks(record, dataset, words), _about(record, dataset, words))


def _about(record: MeetingRecord, dataset: Dataset, words: Words) -> About:
    """Return what an acta says of itself; below each page its number and which page it is."""
    footer = words.say("acta.footer", act=record.act, page="{page}", pages="{pages}")
    return About(title(record, dataset, words), words.language, written_on(record), footer)
