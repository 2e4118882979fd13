"""Write the coverage as a workbook, and the templates in which FOCAS scores and QSIP stages are sent in.

All words come from `words`; what people wrote is never read as a formula.
"""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.clusters.measures import MEASURES, year_text
from dashboard.clusters.model import encode
from dashboard.clusters.writing import DAY, Column, described, limits_notice, styles, write_codebook
from dashboard.documents.sheet_book import OPTIONS, Rows, SheetBook, sheet_name
from dashboard.records.core import Actor, Store, Words, allow, governments_of, level, place_name
from dashboard.records.proposals import Proposal
from dashboard.records.tracking import SCORE_FIELDS, STAGE_FIELDS, Coverage, Stage, Standing, Tally, means


def coverage_workbook(store: Store, actor: Actor, coverage: Coverage, words: Words) -> bytes:
    """Return an .xlsx file of a coverage. Raises Refused."""
    allow(actor, "coverage.export", coverage.department)
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        sheet = _CoverageBook(book, store.dataset, words.say, _notice(store, coverage, words))
        sheet.sheet("phases", PHASE_HEAD, _phases(coverage))
        sheet.sheet(
            "quotas", ("department", "phase", "quota", "settled", "proposed", "missing"), _quotas(store, coverage)
        )
        sheet.sheet("clusters", CLUSTER_HEAD, _clusters(store, coverage, words))
        sheet.sheet("dates", DATE_HEAD, _dates(coverage, words))
        sheet.sheet(
            "focas",
            ("number", "name", "government", "level", "place", *store.programme.rounds),
            _focas(store, coverage, words),
        )
        sheet.sheet("qsip", ("number", "name", "cycle", "stage", "done_on"), _qsip(coverage))
        sheet.sheet("reach", REACH_HEAD, _reach(store, coverage, words))
        write_codebook(book, sheet.formats, words.say, sheet.notice, sheet.explained)
    return stream.getvalue()


def scores_template(store: Store, actor: Actor, proposals: Iterable[Proposal], round: str, words: Words) -> bytes:
    """Return a workbook with a row for every government of clusters and every area, to be filled in. Raises Refused."""
    proposals = tuple(proposals)
    for proposal in proposals:
        allow(actor, "focas.enter", proposal.department)
    territory = store.dataset.territory
    governments = sorted(
        {g for p in proposals for g in governments_of(p.ubigeos, territory)}, key=lambda g: (len(g), g)
    )
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        formats = styles(book)
        page = book.add_worksheet(words.say("cover.sheet_template"))
        day = book.add_format({"num_format": DAY, "bg_color": "#FFF6CC", "border": 1})
        explained = _template_head(page, (*SCORE_FIELDS, "place"), store, words, formats)
        rows = [(g, area) for g in governments for area in store.programme.areas]
        for line, (government, area) in enumerate(rows, start=1):
            texts = (government, words.say(f"focas.round.{round}"), words.say(f"focas.area.{area}"))
            for column, text in enumerate(texts):
                page.write_string(line, column, text, formats["text"])
            page.write_blank(line, 3, None, formats["input"])
            page.write_blank(line, 4, None, day)
            page.write_string(
                line, 6, f"{words.say(f'records.level.{level(government)}')} · {place_name(government, territory)}"
            )
        limits = {"minimum": store.programme.lowest, "maximum": store.programme.highest}
        between = {"validate": "decimal", "criteria": "between", **limits}
        page.data_validation(1, 3, max(len(rows), 1), 3, between)
        page.set_column(0, 6, 24)
        page.freeze_panes(1, 1)
        write_codebook(book, formats, words.say, words.say("codebook.fill_in"), explained)
    return stream.getvalue()


def stages_template(
    store: Store, actor: Actor, proposals: Iterable[Proposal], stages: Iterable[Stage], words: Words
) -> bytes:
    """Return a workbook with a row for every stage of every cycle of clusters; those done have their day.

    Raises Refused.
    """
    proposals = tuple(proposals)
    for proposal in proposals:
        allow(actor, "qsip.enter", proposal.department)
    done = {(stage.proposal, stage.cycle, stage.stage): stage for stage in stages}
    cycles, numbers = range(1, store.programme.cycles + 1), range(1, store.programme.stages + 1)
    rows = [(p, cycle, number) for p in proposals for cycle in cycles for number in numbers]
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        formats = styles(book)
        page = book.add_worksheet(sheet_name(words.say("cover.sheet_qsip")))
        day = book.add_format({"num_format": DAY, "bg_color": "#FFF6CC", "border": 1})
        explained = _template_head(page, (*STAGE_FIELDS, "name"), store, words, formats)
        for line, (proposal, cycle, number) in enumerate(rows, start=1):
            kept = done.get((proposal.id, cycle, number))
            page.write_string(line, 0, proposal.id, formats["text"])
            page.write_number(line, 1, cycle)
            page.write_number(line, 2, number)
            if kept is None:
                page.write_blank(line, 3, None, day)
            else:
                page.write_datetime(line, 3, kept.done_on, day)
                page.write_string(line, 4, kept.note, formats["text"])
            page.write_string(line, 5, proposal.name, formats["text"])
        page.set_column(0, 5, 24)
        page.freeze_panes(1, 1)
        write_codebook(book, formats, words.say, words.say("codebook.fill_in"), explained)
    return stream.getvalue()


def _template_head(
    page: Worksheet, names: Sequence[str], store: Store, words: Words, formats: Mapping[str, Format]
) -> list[Column]:
    """Write the headings of a template; return what its columns are."""
    titles = [words.say(f"records.field.{name}") for name in names]
    for at, title in enumerate(titles):
        page.write_string(0, at, title, formats["head"])
    keys = [TEMPLATE_KEYS.get(name, name) for name in names]
    return described(keys, titles, store.dataset, words.say, page.get_name())


# fields of a template whose column has another name in the codebook
TEMPLATE_KEYS = {"area": "area_of_focas", "points": "focas_points"}
PHASE_HEAD = (
    "phase", "target_clusters", "settled", "target_governments", "governments", "regional", "provincial", "district",
    "slots", "with_slots", "governments_proposed",
)  # fmt: skip
DATE_HEAD = ("number", "name", "milestone", "due", "reached", "status", "late_by", "late_days")
REACH_HEAD = ("measure", "unit", "clusters", "reached_value", "all_value", "percent", "known", "years", "source")
CLUSTER_HEAD = (
    "number",
    "name",
    "department",
    "phase",
    "state",
    "since",
    "next",
    "milestone",
    "due",
    "late_by",
    "late_days",
    "districts",
    "code",
    "services",
)


# headings whose column has another name in the codebook
OTHER_KEYS = {"settled": "settled_clusters", "district": "district_governments", "status": "standing"}
OTHER_KEYS |= dict.fromkeys(("baseline", "midpoint", "end"), "round_points")


class _CoverageBook(SheetBook):
    """The sheets of a coverage, whose words are those of `cover.`."""

    def sheet(self, name: str, head: Sequence[str], rows: Rows) -> None:
        """Add a sheet by the names of its columns."""
        say, keys = self.say, [OTHER_KEYS.get(key, key) for key in head]
        titles = [say(f"cover.{title}") for title in head]
        self.add(say(f"cover.sheet_{name}"), say(f"cover.title_{name}"), titles, keys, rows)


def _notice(store: Store, coverage: Coverage, words: Words) -> str:
    where = words.say("cover.everywhere")
    if coverage.department is not None:
        where = store.dataset.territory.departments[coverage.department].name
    notice = limits_notice(store.dataset, words.say)
    told = words.say("cover.notice", where=where, day=words.day(coverage.day), edition=coverage.edition, notice=notice)
    return f"{told} {words.say('coverage.counted', day=coverage.as_of.said(words))}"


def _phases(coverage: Coverage) -> Rows:
    for phase in coverage.phases:
        t: Tally = phase.settled
        yield (
            phase.target.number, phase.target.clusters, t.clusters, phase.target.governments, t.governments, t.regional,
            t.provincial, t.district, t.slots, t.with_slots, phase.with_proposals.governments,
        )  # fmt: skip


def _quotas(store: Store, coverage: Coverage) -> Rows:
    for q in coverage.quotas:
        name = store.dataset.territory.departments[q.department].name
        yield name, q.phase, q.quota, q.settled, q.proposed, q.missing


def _clusters(store: Store, coverage: Coverage, words: Words) -> Rows:
    territory = store.dataset.territory
    for standing in coverage.standings:
        p, coming, dated = standing.proposal, standing.next, standing.dated
        yield (
            int(standing.identity.sign),
            p.name,
            territory.departments[p.department].name,
            p.phase,
            words.say(f"records.state.{p.state}"),
            standing.since,
            words.say(f"records.state.{coming.state}") if coming else "",
            words.say(f"records.state.{dated.state}") if dated else "",
            dated.due if dated else "",
            dated.late_by(words) if dated else "",
            dated.late_days if dated else "",
            ", ".join(territory.districts[u].name for u in sorted(p.ubigeos)),
            encode(p.ubigeos),
            ", ".join(words.say(f"service.{s}") for s in sorted(p.services)),
        )


def _who(standing: Standing) -> tuple[int, str]:
    return int(standing.identity.sign), standing.proposal.name


def _dates(coverage: Coverage, words: Words) -> Rows:
    for standing in coverage.standings:
        for m in standing.milestones:
            state, status = words.say(f"records.state.{m.state}"), words.say(f"cover.status_{m.status}")
            late = (m.late_by(words), m.late_days) if m.due else ("", "")  # what has no date is neither late nor not
            yield *_who(standing), state, m.due or "", m.reached or "", status, *late


def _focas(store: Store, coverage: Coverage, words: Words) -> Rows:
    for standing in coverage.standings:
        own = means(standing.scores)
        for government in standing.governments:
            place = place_name(government, store.dataset.territory)
            points = (own.get((government, round)) for round in store.programme.rounds)
            yield *_who(standing), government, words.say(f"records.level.{level(government)}"), place, *points


def _qsip(coverage: Coverage) -> Rows:
    for standing in coverage.standings:
        for stage in standing.stages:
            yield *_who(standing), stage.cycle, stage.stage, stage.done_on


def _reach(store: Store, coverage: Coverage, words: Words) -> Rows:
    for row in coverage.reach:
        measure = MEASURES[row.measure]
        unit, known = words.say(f"unit.{measure.unit}"), f"{row.all.n_known}/{row.all.n_total}"
        name = words.say(f"measure.{row.measure}.name")
        origin = year_text(measure, store.dataset), store.dataset.source(measure.resource)
        yield name, unit, row.clusters, row.reached.value, row.all.value, row.percent, known, *origin
