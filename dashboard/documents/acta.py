"""The acta of a meeting: everything it says, once, as blocks that a page, a DOCX and a PDF are written from.

First what is signed, in the formulas of such acts, with the signatures at its end; then what was put right afterwards;
then the annexes. A meeting record is a pure value: the same record always gives the same acta. Of a public record it
names nobody, and says so.
"""

from datetime import date

from dashboard.documents.acta_annexes import annexes
from dashboard.documents.acta_body import body, title
from dashboard.documents.acta_end import corrections, signatures
from dashboard.documents.blocks import Block, Heading
from dashboard.records.core import Words
from dashboard.records.meetings import MeetingRecord
from geodata.model import Dataset


def blocks(record: MeetingRecord, dataset: Dataset, words: Words) -> tuple[Block, ...]:
    """Return the acta, block by block. Maps are drawn from the limits of `dataset`."""
    return (
        Heading(1, title(record, dataset, words)),
        *body(record, dataset, words),
        *signatures(record, words),
        *corrections(record, words),
        *annexes(record, dataset, words),
    )


def written_on(record: MeetingRecord) -> date:
    """Return the day of the meeting, which dates the document."""
    return record.meeting.held_on
