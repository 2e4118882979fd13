"""Make the slides of a comparison: where the proposals lie, how their measures differ, and how they come out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dash import html

from dashboard import texts
from dashboard.clusters.measures import key_measures
from dashboard.clusters.writing import joined
from dashboard.documents import cells, in_use, why_no_points
from dashboard.pages.kit import group_map, table
from dashboard.pages.kit.elements import dashed, hidden, status_sign
from dashboard.pages.present.answers import FEWEST_COMPARED, Compared, Show
from dashboard.pages.present.slides import Slide, button, column_head, map_figure, number, unit_said
from dashboard.records.core import Words
from geodata.model import Dataset
from geodata.shared import clock

MOST_ROWS = 9
LOOK = "present-table compared-table"
STATUSES = ("pass", "warn", "fail", "none")


def comparison_slides(show: Show, dataset: Dataset, words: Words) -> Iterator[Slide]:
    """Yield the slides of every comparison, three each."""
    for n, found in enumerate(show.comparisons, 1):
        if not found.content:
            yield _refused(n, words)
            continue
        yield _maps(n, found, show, dataset, words)
        yield _measures(n, found, show, dataset, words)
        yield _criteria(n, found, show, words)


def _refused(n: int, words: Words) -> Slide:
    heading = words.say("present.compared")
    body = [html.H1(heading), html.P(words.say("present.not_comparable"), className="present-told")]
    return Slide(f"c{n}.maps", heading, body, "table-slide")


def _names(found: Compared) -> list[tuple[str, str]]:
    """Return the number of each in the record, and its name."""
    content = found.content
    pairs = zip(content["proposals"], content["candidates"], strict=True)
    return [(str(found.numbers[id]), candidate["name"]) for id, candidate in pairs]


def _title(found: Compared, part: str, words: Words) -> str:
    marks = joined(words.say, [mark for mark, _ in _names(found)])
    return words.say(f"present.compared_{part}", numbers=marks)


def _basis(found: Compared, show: Show, words: Words) -> str:
    if found.frozen is not None:
        day, edition = words.day(clock.day_of(found.frozen.taken_at)), found.frozen.edition
        return words.say("present.frozen_on", day=day, edition=edition)
    return words.say("present.compared_now" if show.closed else "present.live", edition=show.edition)


# ---- where they lie


def _maps(n: int, found: Compared, show: Show, dataset: Dataset, words: Words) -> Slide:
    content, heading = found.content, _title(found, "maps", words)
    places = [group_map.place(candidate["ubigeos"], dataset) for candidate in content["candidates"]]
    columns = [
        html.Div(
            [
                html.H2(column_head(mark, candidate["name"])),
                map_figure(candidate["name"], where, dataset, words, together=f"c{n}"),
                html.P(_summary(rules, words), className="present-statuses"),
                html.P(_outcome(rank, score, words), className="present-outcome"),
            ],
            className="present-column",
        )
        for (mark, _), candidate, where, rules, rank, score in zip(
            _names(found),
            content["candidates"],
            places,
            content["rules"],
            content["ranks"],
            content["scores"],
            strict=True,
        )
    ]
    body = [
        html.Header([html.H1(heading), *_chooser(show, found, words)], className="present-head"),
        # where a window is narrow the columns scroll, by the keyboard too
        html.Div(columns, className="present-side-by-side", tabIndex=0, role="group", **dashed(aria_label=heading)),
        html.P(
            [*group_map.legend(places, dataset, words), html.Span(words.say("present.one_scale"))],
            className="group-legend present-legend",
        ),
        html.P(_basis(found, show, words), className="present-source"),
    ]
    return Slide(f"c{n}.maps", heading, body, "maps-slide")


def _summary(rules: Sequence[Mapping], words: Words) -> list[Any]:
    statuses = [verdict["status"] for verdict in rules]
    return [
        html.Span([status_sign(status), f"{statuses.count(status)} ", words.say(f"status.{status}")], className=status)
        for status in STATUSES
        if status in statuses
    ]


def _outcome(rank: int | None, score: float | None, words: Words) -> list[Any]:
    if rank is None:
        return [words.say("present.no_score")]
    said = words.say("present.score", score=number(score, 1, words))
    return [html.B(words.say("present.place", place=rank)), " ", said]


def _chooser(show: Show, found: Compared, words: Words) -> list[Any]:
    """Return the proposals to choose from, where there are more than two."""
    if len(show.seen) <= FEWEST_COMPARED:
        return []
    marks = [
        html.Button(
            str(item.number),
            type="button",
            className="present-pick",
            title=item.proposal.name,
            **dashed(
                aria_label=item.proposal.name,
                aria_pressed=str(item.proposal.id in found.numbers).lower(),
                data_id=item.proposal.id,
            ),
        )
        for item in show.seen
    ]
    go = button("compare", words.say("present.compare"))
    label = dashed(aria_label=words.say("present.choose"))
    return [html.Div([*marks, go], className="present-chooser", role="group", **label)]


# ---- how they differ


def _measures(n: int, found: Compared, show: Show, dataset: Dataset, words: Words) -> Slide:
    content, heading = found.content, _title(found, "measures", words)
    services = {service for candidate in content["candidates"] for service in candidate["services"]}
    wanted = key_measures(services, MOST_ROWS)
    rows = [row for key in wanted for row in content["measures"] if row["measure"]["key"] == key]
    head = [html.Th(words.say("acta.measure"), scope="col"), *_heads(found)]
    made = table("", head, [_measure(row, words) for row in rows], look=LOOK)
    first = _names(found)[0][0]
    used = dict.fromkeys(row["measure"]["resource"] for row in rows)
    sources = "; ".join(dataset.source(key) for key in used if dataset.source(key))
    notes = [
        words.say("present.differences", first=first),
        words.say("present.star"),
        _basis(found, show, words),
        words.say("present.sources", sources=sources),
    ]
    body = [html.H1(heading), made, html.P(" ".join(notes), className="present-source")]
    return Slide(f"c{n}.measures", heading, body, "table-slide")


def _heads(found: Compared) -> list[html.Th]:
    return [html.Th(html.Div(column_head(mark, name)), scope="col", className="number") for mark, name in _names(found)]


def _measure(row: Mapping, words: Words) -> html.Tr:
    measure, best = row["measure"], row["best"]
    # where all are equal there is nothing to mark
    best = best if len(best) < len(row["figures"]) else ()
    about = [unit_said(measure["unit"], words), row["year"] or words.say("present.all_years")]
    name: list[Any] = [
        words.say(f"measure.{measure['key']}.name"),
        html.Small(" · ".join(part for part in about if part)),
    ]
    cells = [_cell(row, i, i in best, words) for i in range(len(row["figures"]))]
    return html.Tr([html.Th(name, scope="row"), *cells])


def _cell(row: Mapping, i: int, best: bool, words: Words) -> html.Td:
    decimals, figure, difference = row["measure"]["decimals"], row["figures"][i], row["differences"][i]
    said = hidden(words.say("compare.best"))
    star = [html.Span("★ ", **dashed(aria_hidden="true")), said]
    less = i > 0 and difference is not None
    known, total = figure["n_known"], figure["n_total"]
    partly = figure["value"] is not None and known < total
    notes = [
        *([texts.signed(difference, words.language, decimals)] if less else []),
        *([words.say("map.known_of", known=known, total=total)] if partly else []),
    ]
    value = html.B([*(star if best else []), number(figure["value"], decimals, words)])
    return html.Td([value, *([html.Small(" · ".join(notes))] if notes else [])], className="number")


# ---- how they come out


def _criteria(n: int, found: Compared, show: Show, words: Words) -> Slide:
    content, heading = found.content, _title(found, "criteria", words)
    head = [
        html.Th(words.say("acta.criterion"), scope="col"),
        html.Th(words.say("acta.weight"), scope="col", className="number weight"),
    ]
    rows = [_criterion(row, [mark for mark, _ in _names(found)], words) for row in in_use(content["criteria"])]
    rows.append(
        html.Tr(
            [
                html.Th(words.say("acta.score"), scope="row", colSpan=2),
                *(
                    html.Td(
                        html.B(words.say("present.no_score") if score is None else number(score, 1, words)),
                        className="number",
                    )
                    for score in content["scores"]
                ),
            ],
            className="total",
        )
    )
    own = show.meeting is not None and bool(show.meeting.weights)
    weights = words.say("present.weights_meeting" if own else "present.weights_usual")
    body = [
        html.H1(heading),
        html.Ol(list(_order(found, words)), className="present-order"),
        table("", [*head, *_heads(found)], rows, look=LOOK),
        html.P(
            f"{weights} {words.say('present.points')} {_basis(found, show, words)}",
            className="present-source",
        ),
    ]
    return Slide(f"c{n}.criteria", heading, body, "table-slide criteria-slide")


def _criterion(row: Mapping, marks: Sequence[str], words: Words) -> html.Tr:
    name: list[Any] = [words.say(f"criterion.{row['criterion']['key']}.name")]
    if not row["used"]:
        name.append(html.Small(why_no_points(row, marks, words)))
    points = [html.Td(told, className="number") for told in cells(row, words, 0)]
    weight = html.Td(words.number(row["weight"], 1), className="number")
    return html.Tr([html.Th(name, scope="row"), weight, *points], className="" if row["used"] else "unused")


def _order(found: Compared, words: Words) -> Iterator[html.Li]:
    content, names = found.content, _names(found)
    placed = [i for group in content["order"] for i in group]
    for i in placed:
        mark, name = names[i]
        rank, score = content["ranks"][i], content["scores"][i]
        yield html.Li([*column_head(mark, name), html.Span(_outcome(rank, score, words), className="present-outcome")])
