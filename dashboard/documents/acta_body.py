"""What is signed of an acta, in the formulas of such acts: who met, what was said, what was agreed, until it rose."""

from collections.abc import Iterator

from dashboard.clusters.rules import load_parameters
from dashboard.clusters.writing import joined
from dashboard.documents.acta_annexes import in_order
from dashboard.documents.blocks import Block, Heading, Paragraph, Points
from dashboard.records.core import Words
from dashboard.records.meetings import INSTALLATION, SECTORS, VOTES, Amended, Decision, MeetingRecord, Member, Numbered
from geodata.model import Dataset


def session(record: MeetingRecord, words: Words) -> str:
    """Return what kind of session it is, in words: of installation, ordinary or extraordinary."""
    kind = "extraordinary" if record.extraordinary else "ordinary"
    return words.say(f"acta.session.{INSTALLATION if record.meeting.kind == INSTALLATION else kind}")


def title(record: MeetingRecord, dataset: Dataset, words: Words) -> str:
    """Return the name of the acta."""
    department = dataset.territory.departments[record.meeting.department].name
    return words.say("acta.title", act=record.act, session=session(record, words), department=department)


def body(record: MeetingRecord, dataset: Dataset, words: Words) -> Iterator[Block]:
    """Return what stands above the signatures, the title apart."""
    if record.meeting.state != "closed":
        yield Paragraph(words.say("acta.draft"))
    if record.public:
        yield Paragraph(words.say("acta.public"))
    yield Paragraph(_opening(record, dataset, words))
    yield from _attendance(record, words)
    yield from _agenda(record, words)
    yield from _before(record, words)
    yield from _development(record, dataset, words)
    yield from _agreements(record, words)
    yield from _next(record, words)
    yield Paragraph(words.say("acta.rises", hour=record.meeting.ended_at or words.say("acta.blank_hour")))


def person(member: Member, words: Words) -> str:
    """Return a member with office, institution and card, as far as they are told."""
    card = words.say("acta.card", dni=member.dni) if member.dni else ""
    return ", ".join(filter(None, (member.name, member.office, member.institution, card)))


def _opening(record: MeetingRecord, dataset: Dataset, words: Words) -> str:
    """`Siendo las 9:30 horas del día … se reunieron …`, with room to write by hand what nobody said."""
    meeting, chair, blank = record.meeting, record.chair, words.say("acta.blank")
    secretary = ", ".join(filter(None, (meeting.secretary, meeting.secretary_office)))
    if record.public:
        presiding = words.say("acta.chair_of", institution=chair.institution) if chair else blank
        secretary = words.say("acta.secretary_of_programme")
    else:
        presiding = ", ".join(filter(None, (chair.name, chair.office, chair.institution))) if chair else blank
    called = words.say("acta.called_for", hour=meeting.called_for) if meeting.called_for else ""
    return words.say(
        "acta.opening",
        hour=meeting.began_at or words.say("acta.blank_hour"),
        day=words.day(meeting.held_on),
        place=meeting.place or blank,
        department=dataset.territory.departments[meeting.department].name,
        period=meeting.period,
        session=session(record, words),
        called=called,
        chair=presiding,
        secretary=secretary or blank,
    )


def _attendance(record: MeetingRecord, words: Words) -> Iterator[Block]:
    for sector in SECTORS:
        there = [person(m, words) for m in record.present if m.sector == sector]
        if there:
            yield Paragraph("; ".join(there) + ".", words.say(f"acta.by_sector.{sector}"))
    guests = [
        ", ".join(filter(None, (g["name"], g["office"], g["institution"],
                                words.say("acta.card", dni=g["dni"]) if g["dni"] else "")))
        for g in record.meeting.guests
    ]  # fmt: skip
    if guests:
        yield Paragraph("; ".join(filter(None, guests)) + ".", words.say("acta.guests"))
    absent = [m.name or m.institution for m in record.absent]
    if absent:
        yield Paragraph(joined(words.say, absent) + ".", words.say("acta.absent_were"))
    yield from _quorum(record, words)


def _quorum(record: MeetingRecord, words: Words) -> Iterator[Block]:
    n, needed = len(record.present), record.quorum
    if needed is None or not n:
        return
    said = words.say("acta.quorum" if n >= needed else "acta.no_quorum", n=n, all=len(record.members), needed=needed)
    yield Paragraph(" ".join(filter(None, (said, record.meeting.quorum_reason if n < needed else ""))))


def _agenda(record: MeetingRecord, words: Words) -> Iterator[Block]:
    yield Heading(3, words.say("acta.agenda"))
    items = record.meeting.agenda
    yield Points(items, numbered=True) if items else Paragraph(words.say("acta.no_agenda"))


def _before(record: MeetingRecord, words: Words) -> Iterator[Block]:
    """The act before, and the agreements of before that were open when the meeting began."""
    meeting, before = record.meeting, record.before
    if before is not None and meeting.previous_act:
        yield Heading(3, words.say("acta.act_before"))
        said = words.say(f"acta.reading.{meeting.previous_act}", act=before.act, day=words.day(before.held_on))
        yield Paragraph(" ".join(filter(None, (said, meeting.previous_note))))
    if record.pending:
        yield Heading(3, words.say("acta.pending"))
        yield Points(tuple(_pending(found, words) for found in record.pending))


def _pending(found: Numbered, words: Words) -> str:
    state = words.say(f"sitting.standing.{found.agreement.state}")
    text = found.agreement.text.rstrip(".")
    said = words.say("acta.pending_one", number=found.number, act=found.act, text=text, state=state)
    return " ".join(filter(None, (said, found.agreement.progress)))


def _development(record: MeetingRecord, dataset: Dataset, words: Words) -> Iterator[Block]:
    meeting = record.meeting
    told = [
        (f"{n}. {point.rstrip('.')}.", meeting.development[point])
        for n, point in enumerate(meeting.agenda, start=1)
        if meeting.development.get(point)
    ]
    installs = meeting.kind == INSTALLATION
    if told or meeting.note or installs or record.amended:
        yield Heading(3, words.say("acta.development"))
    for lead, text in told:
        yield Paragraph(text, lead)
    if installs:
        department = dataset.territory.departments[meeting.department].name
        n = len(record.members)
        yield Paragraph(words.say("acta.installed", department=department, period=meeting.period, n=n))
    for one in record.amended:
        yield Paragraph(_amended(one, record, dataset, words))
    if meeting.note:
        yield Paragraph(meeting.note)


def _amended(one: Amended, record: MeetingRecord, dataset: Dataset, words: Words) -> str:
    """What the room changed of a proposal on the spot, with the districts that came and went."""
    districts = dataset.territory.districts

    def named(key: str, codes: tuple[str, ...]) -> str:
        names = [districts[code].name if code in districts else code for code in codes]
        return words.say(key, names=joined(words.say, names)) if names else ""

    fields = joined(words.say, [words.say(f"records.field.{name}") for name in one.fields])
    name = record.identity(one.proposal, one.name).title
    said = words.say("acta.amended", name=name, fields=fields, note=one.note.rstrip("."))
    return " ".join(
        filter(None, (said, named("acta.districts_in", one.added), named("acta.districts_out", one.removed)))
    )


def _agreements(record: MeetingRecord, words: Words) -> Iterator[Block]:
    """`ACUERDO N.° 1`: those that were written down, then what was decided on each proposal."""
    yield Heading(3, words.say("acta.agreements"))
    for found in record.agreements:
        agreement = found.agreement
        answers = words.say("acta.answers", who=agreement.responsible) if agreement.responsible else ""
        due = words.say("acta.due", day=words.day(agreement.due_on)) if agreement.due_on else ""
        text = " ".join(filter(None, (agreement.text, answers, due)))
        yield Paragraph(text, words.say("acta.agreement", number=found.number))
    undecided = []
    for id in record.meeting.proposals:
        decision = next((d for d in record.decisions if d.proposal == id), None)
        if decision is None:
            undecided.append(id)
        else:
            yield from _decision(record, decision, words)
    for id in undecided:
        yield Paragraph(words.say("acta.undecided", name=_name(record, id)))
    if not record.agreements and not record.meeting.proposals:
        yield Paragraph(words.say("acta.no_agreements"))


def _name(record: MeetingRecord, id: str) -> str:
    seen = record.seen(id)
    return record.identity(id, seen.content["proposal"]["name"] if seen else id).title


def _decision(record: MeetingRecord, decision: Decision, words: Words) -> Iterator[Block]:
    seen = record.seen(decision.proposal)
    area = seen.content["proposal"].get("critical_area", "") if seen else ""
    votes = {name: getattr(decision, name) for name in VOTES}
    said = words.say(
        "acta.decided", name=_name(record, decision.proposal), code=seen.content["code"] if seen else "",
        outcome=words.say(f"records.outcome.{decision.outcome}"), **votes,
    )  # fmt: skip
    about = words.say("acta.critical_area", area=area) if area else ""
    number = record.agreement_number(decision.proposal)
    text = " ".join(filter(None, (said, about, decision.text)))
    yield Paragraph(text, words.say("acta.agreement", number=number))
    waived = tuple(
        words.say("acta.waiver", rule=words.say(f"rule.{rule}.name"), reason=why)
        for rule, why in in_order(decision.waivers, load_parameters().rules)
    )
    if waived:
        yield Paragraph(words.say("acta.waived"))
        yield Points(waived)
    names = {member.id: member.name for member in record.members}
    told = ((names.get(id) or words.say("acta.someone"), why) for id, why in decision.dissent.items())
    reasons = tuple(words.say("acta.dissent", name=name, reason=why) for name, why in told)
    if reasons:
        yield Paragraph(words.say("acta.dissenting"))
        yield Points(reasons)


def _next(record: MeetingRecord, words: Words) -> Iterator[Block]:
    yield Heading(3, words.say("acta.next"))
    items = record.meeting.next_agenda
    yield Points(items, numbered=True) if items else Paragraph(words.say("acta.no_next"))
