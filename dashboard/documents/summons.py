"""The convocatoria: by a letter to each member regional government and programme invite together, agenda attached."""

from collections.abc import Iterator

from dashboard.documents.acta_body import session
from dashboard.documents.blocks import Block, Heading, Paragraph, Points, Signatures, Signer
from dashboard.documents.word import About, docx_of
from dashboard.records.core import Words
from dashboard.records.meetings import MeetingRecord, Member
from geodata.model import Dataset


def summons_docx(record: MeetingRecord, dataset: Dataset, words: Words, member: str = "") -> bytes:
    """Return the letters as a DOCX, or the one for a member by id."""
    called = [m for m in record.members if member in ("", m.id)]
    found = [block for n, m in enumerate(called) for block in letter(record, m, dataset, words, first=n == 0)]
    about = About(words.say("summons.title", act=record.act), words.language, record.meeting.held_on, letter=True)
    return docx_of(found, about)


def letter(
    record: MeetingRecord, member: Member, dataset: Dataset, words: Words, first: bool = True
) -> Iterator[Block]:
    """Return the letter for a member, with the agenda on a page of its own. first: it begins the document."""
    meeting = record.meeting
    department = dataset.territory.departments[meeting.department].name
    kind = session(record, words)
    yield Heading(2, words.say("summons.letter", year=meeting.held_on.year), on_new_page=not first)
    yield Paragraph(words.say("summons.dated", year=meeting.held_on.year))
    address = words.say(f"summons.address.{member.gender or 'unsaid'}")
    told = (address, member.name, member.office, member.institution, words.say("summons.here"))
    yield Paragraph("\n".join(filter(None, told)))
    yield Paragraph(words.say("summons.subject", session=kind, department=department), words.say("summons.subject_is"))
    yield Paragraph(words.say("summons.greeting"))
    hour = words.say("summons.hour", hour=meeting.called_for) if meeting.called_for else words.say("summons.no_hour")
    place = meeting.place or words.say("acta.blank")
    yield Paragraph(
        words.say(
            "summons.invitation", department=department, session=kind, day=words.day(meeting.held_on), hour=hour,
            place=place, period=meeting.period,
        )
    )  # fmt: skip
    if not member.accreditation:
        yield Paragraph(words.say("summons.accreditation"))
    yield Paragraph(words.say("summons.farewell"))
    yield Paragraph(words.say("summons.sincerely"))
    both = (words.say("summons.for_region", department=department), words.say("summons.for_programme"))
    yield Signatures(tuple(Signer((who,)) for who in both))
    yield Heading(2, words.say("summons.agenda", session=kind, day=words.day(meeting.held_on)), on_new_page=True)
    yield Points(meeting.agenda, numbered=True) if meeting.agenda else Paragraph(words.say("acta.no_agenda"))
    names = tuple(record.identity(id, _seen_name(record, id)).title for id in meeting.proposals)
    if names:
        yield Heading(3, words.say("summons.proposals"))
        yield Points(names)
    if record.pending:
        yield Heading(3, words.say("acta.pending"))
        yield Points(tuple(words.say("summons.pending", number=n.number, act=n.act, text=n.agreement.text)
                           for n in record.pending))  # fmt: skip


def _seen_name(record: MeetingRecord, id: str) -> str:
    seen = record.seen(id)
    return seen.content["proposal"]["name"] if seen else id
