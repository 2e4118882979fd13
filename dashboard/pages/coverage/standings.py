"""Show where each cluster stands on its way, what is late and what comes next."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.clusters.rules import load_parameters
from dashboard.pages.coverage.headline import SOON_DAYS, soon
from dashboard.pages.coverage.parts import table
from dashboard.pages.kit import elements, identity
from dashboard.pages.kit.elements import dashed, hidden, own
from dashboard.pages.kit.outcomes import empty
from dashboard.pages.kit.tables import by, wide
from dashboard.records.core import Store, Words
from dashboard.records.proposals import CHAIN
from dashboard.records.tracking import DONE, DONE_LATE, DUE, LATE, NO_DATE, Coverage, Milestone, Standing

MARKS = {DONE: "✓", DONE_LATE: "✓!", LATE: "△", DUE: "○", NO_DATE: "–"}
ALARM = "▲"


def by_lateness(standings: Sequence[Standing]) -> list[Standing]:
    """Return them with what is most late first; those on time keep their order."""
    return sorted(standings, key=lambda s: -max((m.late_days for m in s.late), default=0))


def standings(coverage: Coverage, store: Store, words: Words, linked: bool = True) -> list[Any]:
    """Return a row for each cluster and proposal with the milestones on its way. linked: lead to the register."""
    say = words.say
    if not coverage.standings:
        return [empty(say("coverage.no_standings"))]
    head = [
        "#", say("coverage.column.name"), say("coverage.column.state"),
        *(say(f"coverage.milestone.{state}") for state in CHAIN[1:]),
    ]  # fmt: skip
    rows = []
    for standing in by_lateness(coverage.standings):
        cells = [_cell(m, standing, coverage, words) for m in standing.milestones]
        number = by(int(standing.identity.sign), identity.disc(standing.identity))
        rows.append(html.Tr([number, _name(standing, store, words, linked), _state(standing, words), *cells]))
    made = table(say("coverage.standings_caption"), head, rows, class_name="chain-table", sorts=range(len(head)))
    marks = [f"{MARKS[status]} {say(f'cover.status_{status}')}" for status in MARKS]
    if any(is_alarming(standing, coverage) for standing in coverage.standings):
        marks.insert(list(MARKS).index(LATE), f"{ALARM} {say('coverage.alarm')}")
    counted = say("coverage.counted_how")
    return [
        wide(made, say("coverage.standings")),
        html.P(f"{' · '.join(marks)}. {say('coverage.late_legend')} {counted}", className="muted"),
    ]


def is_alarming(standing: Standing, coverage: Coverage) -> bool:
    """Tell whether its lateness asks for something to be done: what comes next is late, and the programme runs."""
    return not coverage.as_of.closing and standing.dated is not None and standing.dated.status == LATE


def _cell(m: Milestone, standing: Standing, coverage: Coverage, words: Words) -> html.Td:
    """Return a milestone. Of what is late the first one alarms, since the others wait for it."""
    alarming = m is standing.dated and is_alarming(standing, coverage)
    kind = f"is-{m.status} is-alarm" if alarming else f"is-{m.status}"
    shown = _milestone(m, m is standing.next, ALARM if alarming else MARKS[m.status], words)
    return html.Td(shown, className=kind, **dashed(data_value=str(m.reached or m.due or "")))


def _name(standing: Standing, store: Store, words: Words, linked: bool) -> html.Th:
    proposal = standing.proposal
    where = store.dataset.territory.departments[proposal.department].name
    about = words.say("coverage.where", department=where, phase=proposal.phase)
    return html.Th([_link(standing, linked), html.Span(about, className="unit")], scope="row", className="named")


def _link(standing: Standing, linked: bool = True) -> Any:
    """Return the name of a cluster, which leads to its place in the register."""
    name = own(standing.proposal.name)
    if not linked:
        return name
    return html.A(name, href=f"/registro/{standing.proposal.id}", **dashed(data_inside="1"))


def _state(standing: Standing, words: Words) -> html.Td:
    state = standing.proposal.state
    mark = html.Span(words.say(f"records.state.{state}"), className=f"state-mark state-{state}")
    since = html.Span(words.say("coverage.since", day=words.short_day(standing.since)), className="unit")
    return by(CHAIN.index(state) if state in CHAIN else None, [mark, since, *_ruling(standing, words)])


def _ruling(standing: Standing, words: Words) -> list[html.Span]:
    """What a group decided last, as long as the proposal is no cluster yet; a cluster is one because it agreed."""
    made = standing.ruling
    if made is None or load_parameters().kind(standing.proposal.state) == "settled":
        return []
    outcome = words.say(f"records.outcome.{made.outcome}")
    told = words.say("coverage.ruled", outcome=outcome, day=words.short_day(made.held_on))
    return [html.Span(told, className=f"unit outcome-{made.outcome}")]


def waivers(coverage: Coverage, words: Words) -> list[Any]:
    """Return the rules that groups set aside for what they agreed to, and why."""
    say, rows = words.say, []
    for standing in coverage.standings:
        made = standing.ruling
        if made is None:
            continue
        for rule, why in made.waivers.items():
            group = say("coverage.waived_in", number=made.number, day=words.day(made.held_on))
            rows.append([identity.row_head(standing.identity), say(f"rule.{rule}.name"), group, own(why)])
    if not rows:
        return [empty(say("coverage.no_waivers"))]
    head = [say(f"coverage.column.{name}") for name in ("name", "rule", "group", "reason")]
    return [table(say("coverage.waivers"), head, rows, sorts=range(4))]


def _milestone(m: Milestone, is_next: bool, mark: str, words: Words) -> list[Any]:
    say = words.say
    sign = elements.sign(mark)
    said = hidden(f"{say(f'cover.status_{m.status}')}: ")
    comes = [html.Span(say("coverage.next"), className="next-mark")] if is_next else []
    return [sign, said, *_when(m, words), *comes]


def _when(m: Milestone, words: Words) -> list[Any]:
    if m.status == NO_DATE:
        return [hidden(words.say("records.no_date"))]
    if m.status == LATE:
        return [html.B(m.late_by(words)), html.Span(words.short_day(m.due), className="unit")]
    if m.status == DONE_LATE:
        return [words.short_day(m.reached), html.Span(f"+{m.late_by(words)}", className="unit")]
    return [words.short_day(m.reached if m.status == DONE else m.due)]


def dates(coverage: Coverage, store: Store, words: Words, linked: bool = True, most: int | None = None) -> list[Any]:
    """Return the milestones that are late, or due within the next days, the most urgent first.

    Those beyond `most` stand behind a title that opens them.
    """
    say = words.say
    late = [(standing, m) for standing in coverage.standings for m in standing.late]
    wanted = sorted([*late, *soon(coverage)], key=lambda pair: (-pair[1].late_days, pair[1].due))
    if not wanted:
        return [empty(say("coverage.no_dates", days=SOON_DAYS))]
    rows = []
    for standing, m in wanted:
        sign = ALARM if m is standing.dated and is_alarming(standing, coverage) else MARKS[m.status]
        mark = html.Span([elements.sign(sign), _said(m, coverage, words)])
        where = store.dataset.territory.departments[standing.proposal.department].name
        state = say(f"coverage.milestone.{m.state}")
        day = by(m.due, words.short_day(m.due))
        name = identity.row_head(standing.identity, _link(standing, linked))
        rows.append([name, where, by(CHAIN.index(m.state), state), day, by(m.late_days, mark)])
    head = [say(f"coverage.column.{name}") for name in ("name", "department", "milestone", "due", "status")]
    caption, cut = say("coverage.dates_caption", days=SOON_DAYS), len(rows) if most is None else most
    made: list[Any] = [table(caption, head, rows[:cut], class_name="dates-table", sorts=range(5))]
    if rows[cut:]:
        title = say("coverage.more_dates", n=len(rows) - cut)
        made.append(
            html.Details(
                [html.Summary(title), table(title, head, rows[cut:], class_name="dates-table", sorts=range(5))]
            )
        )
    return made


def _said(m: Milestone, coverage: Coverage, words: Words) -> str:
    if m.status == LATE:
        return words.say("coverage.late_by", span=m.late_by(words))
    today = coverage.as_of.day
    due = m.due or today  # what is late or soon has one
    return words.say("coverage.due_that_day" if due == today else "coverage.due_in", span=words.span(today, due))
