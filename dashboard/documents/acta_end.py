"""Who signs an acta, and what was put right in it or added to it after it was signed."""

from collections.abc import Iterator

from dashboard.documents.blocks import Block, Heading, Paragraph, Signatures, Signer
from dashboard.records.core import Words
from dashboard.records.meetings import ERRATUM, MeetingRecord, Member


def signatures(record: MeetingRecord, words: Words) -> Iterator[Block]:
    """Return room for all who were there: who presides and the secretary first. Of a public record there is none."""
    if record.public:
        return
    others = [m for m in record.present if m.id != record.meeting.presides]
    yield Signatures((*_heads(record, words), *(_signer(m, words) for m in others)))


def _heads(record: MeetingRecord, words: Words) -> Iterator[Signer]:
    """Who presides, and the secretary, with a blank to write a name on where nobody said one."""
    meeting, chair = record.meeting, record.chair
    if chair is not None:
        yield _signer(chair, words, words.say("acta.presides"))
    blank = words.say("acta.blank")
    yield Signer(
        tuple(filter(None, (meeting.secretary or blank, meeting.secretary_office, words.say("acta.secretary"))))
    )


def _signer(member: Member, words: Words, role: str = "") -> Signer:
    card = words.say("acta.card", dni=member.dni) if member.dni else ""
    return Signer(tuple(filter(None, (member.name, member.office, member.institution, card, role))))


def corrections(record: MeetingRecord, words: Words) -> Iterator[Block]:
    """Return what was put right or added, each with its day, and signed by who presides and the secretary."""
    for one in record.corrections:
        heading = words.say(f"acta.correction.{one.kind}", number=one.number, act=record.act)
        yield Heading(3, heading, on_new_page=one is record.corrections[0])  # what was signed stays as it is
        place = words.say(f"sitting.part_of_act.{one.place}")
        yield Paragraph(words.say("acta.corrected_on", day=words.day(one.made_on), place=place))
        if one.kind == ERRATUM:
            yield Paragraph(one.says, words.say("acta.says"))
        yield Paragraph(one.should_say, words.say("acta.should_say" if one.kind == ERRATUM else "acta.adds"))
    if record.corrections and not record.public:
        yield Signatures(tuple(_heads(record, words)))
