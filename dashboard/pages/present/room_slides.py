"""Make the slides of a room's answers: who has answered, how judgements spread, who moved, how the room votes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.clusters.group import LEVELS, Judged, by_disagreement, judged
from dashboard.clusters.writing import joined
from dashboard.pages.kit import table
from dashboard.pages.kit.elements import dashed, hidden
from dashboard.pages.present.slides import Slide, column_head
from dashboard.records.core import Words
from dashboard.records.meetings import BALLOTS, RoomFindings, has_votes, speaking
from geodata.shared import clock

ROWS, MOVED_ROWS = 6, 4  # of judgements on a slide, and of those that moved
OF_ROOM = "room-slide"
FIRST, SECOND = 1, 2


@dataclass(frozen=True)
class RoomShow:
    """What a room came to, and the numbers of its proposals in the record."""

    found: RoomFindings
    numbers: Mapping[str, int]

    @property
    def content(self) -> Mapping[str, Any]:
        """Return what the answers come to, as :func:`records.meetings.room_content` gives it."""
        return self.found.content

    @property
    def members(self) -> int:
        """Return how many members are in the room."""
        return self.content["people"].get("member", 0)

    def spoken(self, words: Words) -> Words:
        """Return words that know the criteria that the group made for itself."""
        return speaking(words, self.content.get("own_criteria", ()))

    def head(self, id: str) -> list[Any]:
        """Return the number and name of a proposal."""
        return column_head(self.numbers.get(id, ""), self.content["names"][id])

    def name(self, id: str) -> str:
        """Return the number and name of a proposal as text."""
        return f"{self.numbers.get(id, '')} {self.content['names'][id]}".strip()

    def names(self, ids: Sequence[str], words: Words) -> str:
        """Return several proposals as text."""
        return joined(words.say, [self.name(id) for id in ids])


def answer_slides(show: RoomShow, words: Words) -> Iterator[Slide]:
    """Yield the slides that follow each answer: they cost little to make."""
    words = show.spoken(words)
    yield _answered(show, words)
    yield from _spreads(show, words)
    if show.content["round"] >= SECOND:
        yield from _moves(show, words)
    if has_votes(show.content):
        yield _votes(show, words)


def room_slide(key: str, heading: str, body: Sequence[Any], show: RoomShow, words: Words) -> Slide:
    """Return a slide of a room: its heading, its body, and whether it is frozen or live."""
    found = show.found
    if found.frozen_at is None:
        source = words.say("voices.live", edition=found.edition)
    else:
        day = words.day(clock.day_of(found.frozen_at))
        source = words.say("voices.frozen", day=day, edition=found.edition)
    round_ = html.Span(words.say("voices.round", n=show.content["round"]), className="present-aside")
    head = html.Header([html.H1(heading), round_], className="present-head")
    return Slide(f"r.{key}", heading, [head, *body, html.P(source, className="present-source")], OF_ROOM)


def dots(kinds: Sequence[str], said: str) -> html.Div:
    """Return a dot for each kind, in a row that is read as one thing."""
    marks = [html.Span(className=f"voice-dot {kind}") for kind in kinds]
    return html.Div([html.Span(marks, className="voice-dots", **dashed(aria_hidden="true")), hidden(said)])


def criterion_name(key: str, words: Words) -> str:
    """Return the name of a criterion."""
    return words.say(f"criterion.{key}.name")


# ---- who has answered


def _answered(show: RoomShow, words: Words) -> Slide:
    content, people = show.content, show.content["people"]
    rows: list[Any] = [_progress(words.say("voices.weighed_it"), content["answered"]["weights"], show, words)]
    for id in content["proposals"]:
        label = [html.Span(show.head(id), className="voice-thing"), html.Small(words.say("voices.judged_it"))]
        rows.append(_progress(label, content["answered"]["judgement"][id], show, words))
    counts = {
        "members": people.get("member", 0),
        "invited": people.get("invited", 0),
        "observers": people.get("observer", 0),
    }
    body = [
        html.P(words.say("voices.in_room", **counts), className="present-when"),
        table("", [], rows, look="present-table answered-table"),
        html.P(words.say("voices.counts_members"), className="voice-note"),
    ]
    return room_slide("answered", words.say("voices.answered"), body, show, words)


def _progress(label: Any, n: int, show: RoomShow, words: Words) -> list[Any]:
    of = max(show.members, n)
    said = words.say("voices.of_members", n=n, of=of)
    kinds = ["certain"] * n + ["not"] * (of - n)
    return [html.Div(label, className="voice-label"), html.B(said), dots(kinds, "")]


# ---- how judgements spread


def _spreads(show: RoomShow, words: Words) -> Iterator[Slide]:
    found = _judged(show)
    order = by_disagreement(found)
    pages = [order[at : at + ROWS] for at in range(0, len(order), ROWS)]
    head = [
        words.say("voices.thing"),
        *(html.Th(str(level), scope="col", className="level") for level in LEVELS),
        html.Th(words.say("voices.unknown"), scope="col", className="level"),
        "",
    ]
    for n, keys in enumerate(pages, 1):
        rows = [_spread(key, found[key], show, words) for key in keys]
        body = [
            html.P(words.say("voices.spread_lead"), className="voice-note"),
            table("", head, rows, look="present-table spread-table"),
        ]
        part = {"n": n, "of": len(pages)}
        heading = words.say("voices.spread_part", **part) if len(pages) > 1 else words.say("voices.spread")
        yield room_slide(f"spread.{n}", heading, body, show, words)


def _judged(show: RoomShow) -> dict[tuple[str, str], Judged]:
    heard = show.content["judgements"]
    return {(id, key): judged(own["answers"]) for id, of in heard.items() for key, own in of.items()}


def _spread(key: tuple[str, str], own: Judged, show: RoomShow, words: Words) -> list[Any]:
    id, criterion = key
    invited = judged(show.content["judgements"][id][criterion]["invited"])
    columns = [(str(level), own.counts[at], invited.counts[at]) for at, level in enumerate(LEVELS)]
    cells = [_cell(*column, own.median is not None and abs(own.median - level) < 1, words)
             for column, level in zip(columns, LEVELS, strict=True)]  # fmt: skip
    cells.append(_cell(words.say("voices.unknown"), own.unknown, invited.unknown, False, words))
    thing = [html.Span(show.head(id), className="voice-thing"), html.Small(criterion_name(criterion, words))]
    return [html.Div(thing, className="voice-label"), *cells, html.Div(_said(own, words), className="voice-said")]


def _cell(name: str, members: int, invited: int, median: bool, words: Words) -> html.Td:
    said = [words.say("voices.level", level=name, n=members)] if members else []
    said += [words.say("voices.level_invited", level=name, n=invited)] if invited else []
    kinds = ["certain"] * members + ["invited"] * invited
    return html.Td(dots(kinds, "; ".join(said)), className="level median" if median else "level")


def _said(own: Judged, words: Words) -> list[Any]:
    """Return the median, the range and how many answered, and how far two lie apart."""
    if own.median is None or own.low is None or own.high is None:
        return [words.say("voices.none_yet")]
    shown = words.number(own.median, 0 if own.median == int(own.median) else 1)
    same = own.low == own.high
    spread = words.say("voices.same", level=own.low) if same else words.say("voices.range", low=own.low, high=own.high)
    parts = [spread, words.say("voices.n_answers", n=own.n)]
    if not same:
        parts.append(words.say("voices.apart", apart=words.number(own.apart, 1)))
    if own.least != own.most:
        ends = {"least": words.number(own.least, 1), "most": words.number(own.most, 1)}
        parts.append(words.say("voices.open_median", **ends))
    return [html.B(words.say("voices.median", median=shown)), html.Small(" · ".join(parts))]


# ---- who moved


def _moves(show: RoomShow, words: Words) -> Iterator[Slide]:
    heard = show.content["judgements"]
    keys = [(id, key) for id, of in heard.items() for key in of if of.get(key, {}).get("moves")]
    keys.sort(key=lambda key: -_n_moved(heard[key[0]][key[1]]["moves"]))
    pages = [keys[at : at + MOVED_ROWS] for at in range(0, len(keys), MOVED_ROWS)] or [[]]
    head = [
        words.say("voices.thing"),
        html.Th(
            html.Div([html.Span(name) for name in (words.say("voices.unknown"), *map(str, LEVELS))], className="flows"),
            scope="col",
            className="flows-head",
        ),
        "",
    ]
    for n, page in enumerate(pages, 1):
        rows = [_flows(key, show, words) for key in page]
        body: list[Any] = [html.P(words.say("voices.moved_lead"), className="voice-note")]
        body += [table("", head, rows, look="present-table moves-table")] if rows else [
            html.P(words.say("voices.nobody_twice"))
        ]  # fmt: skip
        body += _first_flows(show, words) if n == len(pages) else []
        heading = words.say("voices.moved_part", n=n, of=len(pages)) if len(pages) > 1 else words.say("voices.moved")
        yield room_slide(f"moved.{n}", heading, body, show, words)


def _n_moved(flows: Sequence[Sequence[Any]]) -> int:
    return sum(n for before, after, n in flows if before != after)


def _flows(key: tuple[str, str], show: RoomShow, words: Words) -> list[Any]:
    id, criterion = key
    flows = show.content["judgements"][id][criterion]["moves"]
    total, moved = sum(n for *_, n in flows), _n_moved(flows)
    thing = [html.Span(show.head(id), className="voice-thing"), html.Small(criterion_name(criterion, words))]
    # those who stayed first, then each way in a line of its own
    staying = [_flow(before, after, n, 1, words) for before, after, n in flows if before == after]
    going = [flow for flow in flows if flow[0] != flow[1]]
    marks = staying + [
        _flow(before, after, n, line, words) for line, (before, after, n) in enumerate(going, 2 if staying else 1)
    ]
    said = words.say("voices.n_moved", n=moved, of=total)
    return [html.Div(thing, className="voice-label"), html.Div(marks, className="flows"), html.B(said)]


def _flow(before: int | None, after: int | None, n: int, line: int, words: Words) -> html.Span:
    """Return who went from one level to another as an arrow over the columns between, or a circle for who stayed."""
    first, second = (0 if level is None else level for level in (before, after))
    names = [words.say("voices.unknown") if level is None else str(level) for level in (before, after)]
    low, high = min(first, second), max(first, second)
    # two columns a level, so that an arrow begins and ends in the middle of one
    where = {"gridColumn": f"{2 * low + 2} / {2 * high + 2}", "gridRow": str(line)}
    if first == second:
        where["gridColumn"] = f"{2 * low + 1} / {2 * low + 3}"
        said = words.say("voices.stayed", n=n, level=names[0])
        return html.Span(
            [html.Span(str(n), **dashed(aria_hidden="true")), hidden(said)], className="stayed", style=where
        )
    said = words.say("voices.flow", n=n, before=names[0], after=names[1])
    way = "flow right" if second > first else "flow left"
    return html.Span([html.Span(str(n), **dashed(aria_hidden="true")), hidden(said)], className=way, style=where)


def _first_flows(show: RoomShow, words: Words) -> list[Any]:
    flows = show.content.get("first_moves", [])
    moved = [(before, after, n) for before, after, n in flows if before != after]
    if not flows:
        return []
    said = [
        words.say("voices.first_flow", n=n, before=show.names(before, words), after=show.names(after, words))
        for before, after, n in moved
    ]
    told = joined(words.say, said) if said else words.say("voices.first_same")
    return [html.P(words.say("voices.first_flows", flows=told), className="voice-told")]


# ---- votes


def _votes(show: RoomShow, words: Words) -> Slide:
    content = show.content
    asked = [
        id
        for id in content["proposals"]
        if id == content["vote"] or any(content["votes"][id][ballot] for ballot in BALLOTS)
    ]
    rows = [_vote(id, show, words) for id in asked]
    heads = [html.Th(words.say(f"voices.{ballot}"), scope="col") for ballot in BALLOTS]
    head = [words.say("present.decision.proposal"), *heads, ""]
    body: list[Any] = [table("", head, rows, look="present-table votes-table")] if rows else [
        html.P(words.say("voices.no_vote"))
    ]  # fmt: skip
    return room_slide("votes", words.say("voices.vote"), body, show, words)


def _vote(id: str, show: RoomShow, words: Words) -> list[Any]:
    own = show.content["votes"][id]
    is_open = show.content["vote"] == id and show.found.frozen_at is None
    state = html.Small(words.say("voices.vote_open" if is_open else "voices.vote_closed"))
    cells = [html.Div(_ballot(ballot, own), className=f"ballot {ballot}") for ballot in BALLOTS]
    n = sum(own[ballot] for ballot in BALLOTS)
    voted = words.say("voices.voted", n=n, of=max(n, show.members))
    return [
        html.Div([html.Span(show.head(id), className="voice-thing"), state], className="voice-label"),
        *cells,
        voted,
    ]


def _ballot(ballot: str, own: Mapping[str, Any]) -> list[Any]:
    names = [name for given, name in own["named"] if given == ballot and name]
    return [
        html.B(str(own[ballot])),
        html.Span(
            [html.Span(className="voice-dot certain") for _ in range(own[ballot])],
            className="voice-dots",
            **dashed(aria_hidden="true"),
        ),
        *([html.Small(", ".join(names), dir="auto")] if names else []),
    ]
