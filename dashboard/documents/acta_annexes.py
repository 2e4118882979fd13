"""The annexes of an acta: who sat in the group, what it saw of each proposal, what it compared, and the sources.

What the group saw comes from the snapshots, never from what the proposals are today. Of a public record nobody is
named.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from dashboard.clusters.measures import MEASURES
from dashboard.clusters.model import codes
from dashboard.clusters.rules import Verdict
from dashboard.clusters.scoring import asked, load_criteria
from dashboard.clusters.writing import verdict_sentence
from dashboard.documents.blocks import Block, Heading, Paragraph, Picture, Points, Table
from dashboard.documents.criteria import cells, in_use, why_no_points
from dashboard.documents.room_annex import room_blocks
from dashboard.records.core import Words
from dashboard.records.meetings import (
    SEVERAL,
    VOTES,
    FigureView,
    MeetingRecord,
    Member,
    Snapshot,
    frozen_view,
    verdict_of,
)
from dashboard.records.proposals import Proposal
from geodata.model import Dataset
from geodata.shared import clock
from layers.drawing import Drawing, draw

COLUMNS = ("name", "institution", "sector", "accreditation", "presence")
PUBLIC_COLUMNS = ("institution", "sector", "presence")
Annex = tuple[str, Iterable[Block]]  # its name, and what stands in it
V = TypeVar("V")


def _say(words: Words, *names: str) -> tuple[str, ...]:
    return tuple(words.say(f"acta.{name}") for name in names)


def annexes(record: MeetingRecord, dataset: Dataset, words: Words) -> Iterator[Block]:
    """Return the annexes of an act, numbered in their order; the first begins a page. Maps are drawn from `dataset`."""
    number = 0
    for name, made in _annexes(record, dataset, words):
        blocks = tuple(made)
        if blocks:
            number += 1
            # one with a map has room for it on its page
            apart = number == 1 or any(isinstance(block, Picture) for block in blocks)
            yield Heading(2, words.say("acta.annex", number=number, name=name), on_new_page=apart)
            yield from blocks


def _annexes(record: MeetingRecord, dataset: Dataset, words: Words) -> Iterator[Annex]:
    """What comes after the signatures, by its name: what the group is, what it saw and weighed, and what from."""
    yield words.say("acta.people"), _people(record, words)
    yield words.say("acta.decisions"), _decisions(record, words)
    for id in record.meeting.proposals:
        seen = record.seen(id)
        named = record.identity(id, seen.content["proposal"]["name"] if seen else id).title
        yield words.say("acta.proposal", name=named), _proposal(record, id, dataset, words)
    for snapshot in record.snapshots:
        if snapshot.kind == SEVERAL:
            yield words.say("acta.comparison", names=", ".join(_titles(snapshot, record))), _comparison(
                snapshot, record, words
            )  # fmt: skip
    yield words.say("acta.weights"), _weights(record, words)
    yield words.say("acta.judgements"), _judgements(record, words)
    yield words.say("acta.room"), room_blocks(record, words)
    yield words.say("acta.sources"), _sources(record, words)


def _people(record: MeetingRecord, words: Words) -> Iterator[Block]:
    columns = PUBLIC_COLUMNS if record.public else COLUMNS
    rows = tuple(_member_row(member, member in record.present, columns, words) for member in record.members)
    numbers = {"present": len(record.present), "all": len(record.members)}
    kinds = "t" * (len(columns) - 1) + "s"
    yield Table(words.say("acta.people_caption", **numbers), _say(words, *columns), rows, kinds)
    yield Points(tuple(_verdict(words, verdict_of(v), "group") for v in record.group["composition"]))
    if record.diversity.members:
        found = record.diversity
        said = words.say(
            "acta.diversity", women=found.women, men=found.men, unsaid=found.unsaid, indigenous=found.indigenous,
            womens=found.womens,
        )  # fmt: skip
        yield Paragraph(said, words.say("sitting.diversity"))


def _member_row(member: Member, there: bool, columns: tuple[str, ...], words: Words) -> tuple[str, ...]:
    told = {
        "name": member.name,
        "institution": member.institution,
        "sector": words.say(f"group.sector.{member.sector}"),
        "accreditation": member.accreditation or words.say("acta.no_accreditation"),
        "presence": words.say("acta.present" if there else "acta.absent"),
    }
    return tuple(told[column] for column in columns)


def _verdict(words: Words, verdict: Verdict, family: str = "rule") -> str:
    name, status = words.say(f"{family}.{verdict.rule}.name"), words.say(f"status.{verdict.status}")
    return words.say("acta.verdict", rule=name, status=status, why=verdict_sentence(words.say, verdict))


def _decisions(record: MeetingRecord, words: Words) -> Iterator[Block]:
    """All decisions at a glance, with the code of each proposal; what led to them follows."""
    rows = []
    for id in record.meeting.proposals:
        seen, made = record.seen(id), next((d for d in record.decisions if d.proposal == id), None)
        name = record.identity(id, seen.content["proposal"]["name"] if seen else id).title
        outcome = words.say(f"records.outcome.{made.outcome}" if made else "acta.no_decision")
        votes = (str(getattr(made, vote)) if made else "" for vote in VOTES)
        rows.append((name, outcome, *votes, seen.content["code"] if seen else ""))
    if rows:
        head = _say(words, "candidate", "decision", *VOTES, "code")
        yield Table(words.say("acta.decisions_caption"), head, tuple(rows), "tsnnnt")


def _proposal(record: MeetingRecord, id: str, dataset: Dataset, words: Words) -> Iterator[Block]:
    snapshot = record.seen(id)
    if snapshot is None:
        yield Paragraph(words.say("acta.not_seen"))
        return
    view, code = frozen_view(snapshot), snapshot.content["code"]
    proposal = view.proposal
    title = record.identity(id, proposal.name).title
    yield Paragraph(_about(proposal, code, snapshot, words))
    drawing = draw(proposal.ubigeos, dataset)
    if not drawing.empty:
        bar = words.number(drawing.bar_km, 0)
        yield Picture(drawing, words.say("acta.map", name=title, notice=_notice(record, words), km=bar))
    else:
        yield Paragraph(words.say("acta.no_map"))
    yield _districts(proposal, drawing, dataset, words)
    yield Heading(3, words.say("acta.rules"))
    yield Points(tuple(_verdict(words, verdict) for verdict in view.verdicts))
    yield _measures(view.figures, words)


def _about(proposal: Proposal, code: str, snapshot: Snapshot, words: Words) -> str:
    services = [words.say(f"service.{s}") for s in sorted(proposal.services)]
    return words.say(
        "acta.about",
        phase=proposal.phase,
        services=", ".join(services) or words.say("acta.no_services"),
        area=proposal.critical_area or words.say("acta.no_area"),
        state=words.say(f"records.state.{proposal.state}"),
        version=snapshot.proposal_version,
        day=words.day(clock.day_of(snapshot.taken_at)),
        edition=snapshot.edition,
        code=code,
    )


def _notice(record: MeetingRecord, words: Words) -> str:
    return words.say("export.limits_official" if record.group["limits_official"] else "export.limits_sketch")


def _districts(proposal: Proposal, drawing: Drawing, dataset: Dataset, words: Words) -> Table:
    territory, rows = dataset.territory, []
    for ubigeo, number in drawing.numbers.items():
        district = territory.districts[ubigeo]
        rows.append((str(number), ubigeo, district.name, territory.provinces[district.province].name, district.capital))
    head = _say(words, "number", "ubigeo", "district", "province", "capital")
    return Table(words.say("acta.districts_caption", name=proposal.name), head, tuple(rows), "ssttt")


def _measures(figures: Mapping[str, FigureView], words: Words) -> Table:
    rows = [
        (
            words.say(f"measure.{key}.name"),
            words.number(figure.value, figure.decimals),
            words.say(f"unit.{figure.unit}"),
            f"{figure.n_known}/{figure.n_total}",
            figure.year or words.say("workbook.all_years"),
        )
        for key, figure in in_order(figures, MEASURES)
    ]
    head = _say(words, "measure", "value", "unit", "known", "years")
    return Table(words.say("acta.measures_caption"), head, tuple(rows), "tntss")


def in_order(values: Mapping[str, V], wanted: Iterable[str]) -> list[tuple[str, V]]:
    """Return the items in a wanted order, others last: a database keeps mappings in an order of its own."""
    keys = [*(key for key in wanted if key in values), *sorted(set(values) - set(wanted))]
    return [(key, values[key]) for key in keys]


def _comparison(snapshot: Snapshot, record: MeetingRecord, words: Words) -> Iterator[Block]:
    content = snapshot.content
    titles = _titles(snapshot, record)
    letters = [f"{letter} · {title}" for letter, title in zip(content["letters"], titles, strict=True)]
    codes_head = _say(words, "candidate", "code")
    yield Table(words.say("acta.comparison_codes"), codes_head, _codes(content, letters), "tt")
    numbers = "n" * len(letters)
    rows = tuple(
        (words.say(f"measure.{row['measure']['key']}.name"), words.say(f"unit.{row['measure']['unit']}"))
        + tuple(words.number(figure["value"], row["measure"]["decimals"]) for figure in row["figures"])
        for row in content["measures"]
    )
    head = (*_say(words, "measure", "unit"), *letters)
    yield Table(words.say("acta.comparison_measures"), head, rows, f"tt{numbers}")
    rules = tuple(
        (words.say(f"rule.{own[0]['rule']}.name"), *(words.say(f"status.{verdict['status']}") for verdict in own))
        for own in zip(*content["rules"], strict=True)
    )
    yield Table(words.say("acta.comparison_rules"), (words.say("acta.rule"), *letters), rules, f"t{'t' * len(letters)}")
    head = (*_say(words, "criterion", "weight"), *letters)
    rows, total = _scores(content, words)
    yield Table(words.say("acta.comparison_scores"), head, (*rows, total), f"tn{numbers}")
    if not all(row["used"] for row in in_use(content["criteria"])):
        yield Paragraph(words.say("acta.comparison_known"))


def _titles(snapshot: Snapshot, record: MeetingRecord) -> list[str]:
    content = snapshot.content
    pairs = zip(content["proposals"], content["candidates"], strict=True)
    return [record.identity(id, candidate["name"]).title for id, candidate in pairs]


def _codes(content: Mapping, letters: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(zip(letters, (codes.encode(c["ubigeos"]) for c in content["candidates"]), strict=True))


def _scores(content: Mapping, words: Words) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """Return a row for each criterion, and the scores."""
    rows = []
    for row in in_use(content["criteria"]):
        name = words.say(f"criterion.{row['criterion']['key']}.name")
        why = why_no_points(row, content["letters"], words)
        rows.append((f"{name} ({why})" if why else name, words.number(row["weight"], 1), *cells(row, words, 1)))
    none = words.say("acta.no_score")
    scores = (none if score is None else words.number(score, 1) for score in content["scores"])
    return tuple(rows), (words.say("acta.score"), "", *scores)


def _weights(record: MeetingRecord, words: Words) -> Iterator[Block]:
    if record.meeting.weights:
        rows = (
            (words.say(f"criterion.{k}.name"), words.number(v, 1))
            for k, v in in_order(record.meeting.weights, load_criteria())
        )
        yield Table(words.say("acta.weights_caption"), _say(words, "criterion", "weight"), tuple(rows), "tn")


def _judgements(record: MeetingRecord, words: Words) -> Iterator[Block]:
    """What the group judged of each proposal by the criteria that no data have, as the meeting saw it."""
    contents = [seen.content["proposal"] for id in record.meeting.proposals if (seen := record.seen(id))]
    answered = {key for content in contents for key in content.get("judgements", {})}
    judged = [key for key, c in load_criteria().items() if c.judged and key in {*asked(), *answered}]
    rows = []
    for id in record.meeting.proposals:
        seen = record.seen(id)
        kept = seen.content["proposal"].get("judgements", {}) if seen else {}
        if seen and kept:
            name = record.identity(id, seen.content["proposal"]["name"]).title
            rows.append((name, *(words.number(kept.get(key), 1) for key in judged)))
    if rows:
        head = (words.say("acta.candidate"), *(words.say(f"criterion.{key}.name") for key in judged))
        yield Table(words.say("acta.judgements_caption"), head, tuple(rows), f"t{'n' * len(judged)}")


def _sources(record: MeetingRecord, words: Words) -> Iterator[Block]:
    group = record.group
    taken = sorted({s.edition for s in record.snapshots} | {group["edition"]})
    yield Paragraph(words.say("acta.edition", title=group["title"][words.language], editions=", ".join(taken)))
    names = (
        s["title"][words.language] if "title" in s else words.say(f"resource.{s['name']}") for s in group["sources"]
    )
    rows = tuple(
        (name, s["source"], s["years"], s["coverage"]) for name, s in zip(names, group["sources"], strict=True)
    )
    yield Table(words.say("acta.sources_caption"), _say(words, "data", "source", "years", "known"), rows, "ttts")
