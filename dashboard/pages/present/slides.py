"""Make the slides of a presentation: one thing at a time, large.

Every slide comes with the page and is only shown by the browser, so that none needs the server. Maps are drawn there
too, from the limits that the page has anyway.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html

from dashboard.clusters.measures import MEASURES, key_measures
from dashboard.clusters.model import SERVICES
from dashboard.clusters.rules import Verdict
from dashboard.clusters.writing import joined, map_notice, sentence
from dashboard.pages.kit import caveats, group_map, table
from dashboard.pages.kit.elements import dashed, hidden, state_mark, status_sign
from dashboard.pages.kit.group_map import Location
from dashboard.pages.present.answers import Show
from dashboard.pages.present.proposal_view import rank, share
from dashboard.records.core import Words
from dashboard.records.meetings import Decision, FigureView, ProposalView
from geodata.model import Dataset
from geodata.shared import clock

MOST_TEXT = 280  # letters of what a meeting wrote on a decision; the acta has it all
LONG_NAME = 36  # letters of a name that is written smaller
BADGES = {"none": "present.no_district", "pass": "present.contiguous", "fail": "present.pieces"}
UNSAID_UNITS = ("per_10000", "cases")  # the names of their measures say them


@dataclass(frozen=True)
class Slide:
    """A slide, by its place in the address (`key`) and how it is announced (`title`).

    number: the digit that leads to it, 0 for none. kind: its class.
    """

    key: str
    title: str
    body: Sequence[Any]
    kind: str
    number: int = 0


def number_mark(mark: object) -> html.Span:
    """Return the number that a proposal goes by, and that leads to it on the keyboard."""
    return html.Span(str(mark), className="disc disc-record present-number")


def column_head(mark: object, name: str) -> list[Any]:
    """Return the number and name of a proposal."""
    return [number_mark(mark), html.Span(name, dir="auto")]


def number(value: float | None, decimals: int, words: Words) -> str:
    """Return a number as the reader writes it; unknown is said in their language, and never zero."""
    return words.say("browser.unknown") if value is None else words.number(value, decimals)


def button(does: str, text: str, class_name: str = "present-button", **options: Any) -> html.Button:
    """Return a button that the browser acts on."""
    return html.Button(text, type="button", className=class_name, **dashed(data_does=does, **options))


def title_slide(show: Show, dataset: Dataset, words: Words) -> Slide:
    """Return what is presented, when and by whom, and what is on the agenda."""
    heading, sub = _titles(show, dataset, words)
    agenda = show.meeting.agenda if show.meeting else ()
    body = [
        html.H1(heading),
        html.P(sub, className="present-when"),
        *_missing(show, words),
        html.Div(
            [
                *([_listed("acta.agenda", agenda, words)] if agenda else []),
                *([_index(show, words)] if show.seen else []),
            ],
            className="present-columns",
        ),
        html.P([_basis(show, words), " ", map_notice(dataset, words.say)], className="present-source"),
    ]
    return Slide("title", heading, body, "title-slide")


def _titles(show: Show, dataset: Dataset, words: Words) -> tuple[str, str]:
    territory = dataset.territory
    if show.meeting is None:
        names = [territory.departments[code].name for code in sorted({s.proposal.department for s in show.seen})]
        return words.say("present.proposals_of", names=joined(words.say, names)), words.say("present.no_meeting")
    meeting = show.meeting
    parts = [
        words.say("present.meeting", number=meeting.number, year=meeting.held_on.year),
        words.day(meeting.held_on),
        meeting.place,
        words.say(f"records.meeting_state.{meeting.state}"),
    ]
    if show.people[0]:
        parts.append(words.say("present.people", present=show.people[0], all=show.people[1]))
    heading = words.say("present.group", department=territory.departments[meeting.department].name)
    return heading, " · ".join(part for part in parts if part)


def _basis(show: Show, words: Words) -> str:
    """Return whether what is shown is frozen or as it is now, and of which data."""
    return words.say("present.frozen_meeting" if show.closed else "present.live", edition=show.edition)


def _missing(show: Show, words: Words) -> list[html.P]:
    told = words.say("present.missing", ids=", ".join(id[:40] for id in show.missing))
    return [html.P(told, className="present-told")] if show.missing else []


def _index(show: Show, words: Words) -> html.Div:
    items = [html.Li(column_head(item.number, item.proposal.name)) for item in show.seen]
    heading = words.say("present.list.proposals" if show.meeting is None else "present.under_review")
    return html.Div([html.H2(heading), html.Ul(items, className="present-index")])


def _listed(key: str, items: Iterable[str], words: Words) -> html.Div:
    return html.Div([html.H2(words.say(key)), html.Ol([html.Li(item, dir="auto") for item in items])])


def empty_slide(show: Show, words: Words) -> Slide:
    """Return that a meeting reviews nothing, and how that is changed."""
    heading = words.say("present.nothing")
    how = "present.nothing_closed" if show.closed else "present.nothing_how"
    body: list[Any] = [html.H1(heading), html.P(words.say(how))]
    if show.meeting is not None:
        address = f"/reuniones/{show.meeting.id}"
        body.append(dcc.Link(words.say("present.to_meeting"), href=address, className="present-button"))
    return Slide("nothing", heading, body, "title-slide")


# ---- one proposal


def proposal_slide(item: ProposalView, show: Show, dataset: Dataset, words: Words) -> Slide:
    """Return a proposal: its map, what it is, what the rules say and its key measures."""
    where = group_map.place(item.proposal.ubigeos, dataset)
    body = [
        _head(item, dataset, words),
        html.Div(
            [
                map_figure(item.proposal.name, where, dataset, words),
                html.Div(
                    [*_about(item, where, dataset, words), _rules(item, words), _figures(item, dataset, words)],
                    className="present-side",
                    tabIndex=0,
                    role="group",
                    **dashed(aria_label=words.say("present.about", name=item.proposal.name)),
                ),
            ],
            className="present-halves",
        ),
        html.P(_sources(item, show, dataset, words), className="present-source"),
    ]
    return Slide(f"p.{item.proposal.id}", item.proposal.name, body, "proposal-slide", item.number)


def _head(item: ProposalView, dataset: Dataset, words: Words) -> html.Header:
    proposal = item.proposal
    department = dataset.territory.departments[proposal.department].name
    phase = words.say("present.phase", phase=proposal.phase, department=department)
    return html.Header(
        [
            number_mark(item.number),
            html.H1(proposal.name, dir="auto"),
            state_mark(proposal.state, words),
            html.Span(phase, className="present-aside"),
        ],
        className="present-head long" if len(proposal.name) > LONG_NAME else "present-head",
    )


def map_figure(name: str, where: Location, dataset: Dataset, words: Words, together: str = "") -> html.Figure:
    """Return the room of a map, with what the browser needs to draw it, its badge and its legend.

    together: what maps that share one scale, and one legend elsewhere, have in common.
    """
    pieces = len(where.parts)
    state = {0: "none", 1: "pass"}.get(pieces, "fail")
    badge = words.say(BADGES[state], n=pieces)
    names = joined(words.say, [dataset.territory.districts[u].name for part in where.parts for u in part])
    label = words.say("present.map", name=name, names=names, badge=badge)
    legend = [] if together else group_map.legend([where], dataset, words)
    over = [
        html.Div(
            className="group-map present-map",
            role="img",
            **dashed(aria_label=label),
            **group_map.asked(where, together=together or None),
        ),
        html.P([status_sign(state), badge], className=f"present-badge {state}", **dashed(data_over_map="yes")),
    ]
    caption = [html.Figcaption(legend, className="group-legend present-legend")] if legend else []
    return html.Figure([html.Div(over, className="present-map-room"), *caption], className="present-figure")


def _about(item: ProposalView, where: Location, dataset: Dataset, words: Words) -> Iterator[Any]:
    territory, proposal = dataset.territory, item.proposal
    known = [u for part in where.parts for u in part]
    provinces = list(dict.fromkeys(territory.provinces[u[:4]].name for u in sorted(known)))
    names = joined(words.say, [territory.districts[u].name for u in sorted(known)])
    services = " · ".join(words.say(f"service.{s}") for s in SERVICES if s in proposal.services)
    facts = [
        ("districts", names),
        ("province" if len(provinces) == 1 else "provinces", joined(words.say, provinces)),
        ("services", services or words.say("acta.no_services")),
        ("area", proposal.critical_area or words.say("acta.no_area")),
    ]
    yield html.Dl(
        [
            html.Div([html.Dt(words.say(f"present.fact.{key}", n=len(known))), html.Dd(text, dir="auto")])
            for key, text in facts
        ],
        className="present-facts",
    )
    if where.lost:
        yield html.P(words.say("present.lost", codes=", ".join(where.lost)), className="present-told")


def _rules(item: ProposalView, words: Words) -> html.Div:
    told = [v for status in ("fail", "warn") for v in item.verdicts if v.status == status]
    return html.Div(
        [html.P(counted(item.verdicts, words), className="present-passes"), html.Ul([_rule(v, words) for v in told])],
        className="present-rules",
    )


def _rule(verdict: Verdict, words: Words) -> html.Li:
    return html.Li(
        [
            status_sign(verdict.status),
            hidden(words.say(f"status.{verdict.status}") + ": "),
            html.Span(sentence(words.say, verdict.message, verdict.args)),
        ],
        className=verdict.status,
    )


def counted(verdicts: Iterable[Verdict], words: Words) -> str:
    """Return how many rules are met, of how many, and how many cannot be judged yet."""
    statuses = [verdict.status for verdict in verdicts]
    said = words.say("present.passes", n=statuses.count("pass"), of=len(statuses))
    unjudged = statuses.count("none")
    return f"{said} {words.say('present.unjudged', n=unjudged)}" if unjudged else said


def _figures(item: ProposalView, dataset: Dataset, words: Words) -> html.Dl:
    wanted = [item.figures[key] for key in key_measures(item.proposal.services) if key in item.figures]
    return html.Dl([_figure(figure, item, dataset, words) for figure in wanted], className="present-figures")


def _figure(figure: FigureView, item: ProposalView, dataset: Dataset, words: Words) -> html.Div:
    unit = unit_said(figure.unit, words, number(figure.value, figure.decimals, words))
    years = figure.year.replace("–", "\u2060–\u2060") or words.say("present.all_years")  # a span of years is not broken
    about = [meaning(figure, item, dataset, words), years, *caveats(figure, words.say)]
    return html.Div(
        [
            html.Dt(words.say(f"measure.{figure.key}.name")),
            html.Dd(
                [
                    html.B(number(figure.value, figure.decimals, words)),
                    *([html.Span(f" {unit}", className="unit")] if unit and figure.value is not None else []),
                    html.Small(" · ".join(part for part in about if part)),
                ]
            ),
        ]
    )


def unit_said(unit: str, words: Words, n: str = "") -> str:
    """Return a unit as it follows a large figure `n`: "de 100" for points, nothing where the measure names it."""
    if unit in UNSAID_UNITS:
        return ""
    return words.say("present.of_100") if unit == "points" else words.say(f"unit.{unit}", n=n)


def meaning(figure: FigureView, item: ProposalView, dataset: Dataset, words: Words) -> str:
    """Return what a figure means beside others: its place or its share. Figures of other data are placed nowhere."""
    department = item.proposal.department
    where = dataset.territory.departments[department].name
    if figure.value is None:
        return ""
    if figure.key.startswith("affected_"):
        return _part_of_people(figure, item, words)
    if figure.key == "conflicts_active":
        more = {n: number(_value(item, key), 0, words) for n, key in _OTHER_CASES.items()}
        return words.say("present.other_cases", **more)
    if item.edition != dataset.edition:
        return ""
    if figure.key == "population":
        return words.say("present.share", percent=words.number(share(figure, department, dataset), 1), where=where)
    found = rank(figure, department, dataset)
    return "" if found is None else words.say("browser.rank", place=found[0], of=found[1], where=where)


_OTHER_CASES = {"latent": "conflicts_latent", "province": "conflicts_province", "department": "conflicts_department"}


def _value(item: ProposalView, key: str) -> float | None:
    return item.figures[key].value if key in item.figures else None


def _part_of_people(figure: FigureView, item: ProposalView, words: Words) -> str:
    people = _value(item, "population")
    if figure.value is None or not people:
        return ""
    return words.say("present.of_people", percent=words.number(100 * figure.value / people, 0))


def _sources(item: ProposalView, show: Show, dataset: Dataset, words: Words) -> list[Any]:
    used = dict.fromkeys(MEASURES[key].resource for key in key_measures(item.proposal.services))
    said = words.say("present.sources", sources="; ".join(dataset.source(key) for key in used))
    if item.edition == dataset.edition:
        said = f"{words.say('present.ranked')} {said}"
    if item.frozen_at is not None:
        day = words.day(clock.day_of(item.frozen_at))
        return [words.say("present.frozen_on", day=day, edition=item.edition), " ", said]
    if show.closed:
        return [html.B(words.say("present.not_frozen", edition=item.edition)), " ", said]
    return [said]


# ---- what was decided, and what comes next


def decisions_slide(show: Show, words: Words) -> Slide:
    """Return what the meeting decided so far on each proposal."""
    rows = [_decision(item, show.decisions.get(item.proposal.id), words) for item in show.seen]
    names = ("proposal", "outcome", "votes", "text")
    head = [html.Th(words.say(f"present.decision.{name}"), scope="col", className=f"col-{name}") for name in names]
    made = table("", head, rows, look="present-table decisions-table")
    left = sum(item.proposal.id not in show.decisions for item in show.seen)
    told = words.say("present.undecided", n=left) if left else words.say("present.all_decided")
    heading = words.say("present.decisions")
    return Slide("decisions", heading, [html.H1(heading), html.P(told, className="present-when"), made], "table-slide")


def _decision(item: ProposalView, decision: Decision | None, words: Words) -> html.Tr:
    name = html.Th(html.Div(column_head(item.number, item.proposal.name)), scope="row")
    if decision is None:
        return html.Tr([name, html.Td(words.say("present.not_decided"), colSpan=3, className="undecided")])
    votes = {key: getattr(decision, key) for key in ("in_favour", "against", "abstained")}
    text = decision.text if len(decision.text) <= MOST_TEXT else decision.text[:MOST_TEXT].rstrip() + "…"
    dissent = [html.Small(words.say("present.dissent", n=len(decision.dissent)))] if decision.dissent else []
    return html.Tr(
        [
            name,
            html.Td(words.say(f"records.outcome.{decision.outcome}"), className=f"outcome-{decision.outcome}"),
            html.Td([words.say("present.votes", **votes), *dissent]),
            html.Td(text, dir="auto", className="present-text"),
        ]
    )


def next_slide(show: Show, words: Words) -> Slide:
    """Return what the next meeting is to look at."""
    items = show.meeting.next_agenda if show.meeting is not None else ()
    heading = words.say("present.next")
    listed = html.Ol([html.Li(item, dir="auto") for item in items]) if items else html.P(words.say("present.no_next"))
    return Slide("next", heading, [html.H1(heading), listed], "title-slide")
