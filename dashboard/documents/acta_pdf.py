"""Write an acta as a PDF to sign."""

from dashboard.documents.acta import blocks
from dashboard.documents.acta_word import about_acta
from dashboard.documents.pdf import pdf_of
from dashboard.records.core import Words
from dashboard.records.meetings import MeetingRecord
from geodata.model import Dataset


def acta_pdf(record: MeetingRecord, dataset: Dataset, words: Words) -> bytes:
    """Return the acta as a PDF on A4."""
    return pdf_of(blocks(record, dataset, words), about_acta(record, dataset, words))
