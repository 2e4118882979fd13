"""Show what FOCAS and QSIP say: points by government and area in each round, and stages by cycle.

A mean over other areas than those of another round would say nothing of a change: changes are over the areas that
were measured in both.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard import texts
from dashboard.pages.coverage.parts import FOCAS, QSIP, address, table
from dashboard.pages.kit import identity
from dashboard.pages.kit.elements import dashed, marked, own
from dashboard.pages.kit.outcomes import empty
from dashboard.pages.kit.tables import by
from dashboard.records.core import Store, Words, governments_of, level, place_name
from dashboard.records.tracking import Coverage, FocasScore, Stage, Standing

DONE, COMING, NOT_YET = "✓", "○", "·"

# points by (what is measured, round)
Points = Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class Progress:
    """Points of several areas (or governments) in each round.

    `means` are over those measured in a round, `counts` how many those are; `change` is from the first to the last
    measured round, over the `common` ones in both.
    """

    means: Mapping[str, float]
    counts: Mapping[str, int]
    change: float | None
    common: int
    between: tuple[str, str] | None


def progress(points: Points, rounds: Sequence[str]) -> Progress:
    """Return means and change of points by (key, round)."""
    keys = {round: {key for key, at in points if at == round} for round in rounds}
    measured = [round for round in rounds if keys[round]]
    means = {r: sum(points[key, r] for key in keys[r]) / len(keys[r]) for r in measured}
    counts = {r: len(keys[r]) for r in measured}
    if len(measured) < 2:
        return Progress(means, counts, None, 0, None)
    first, last = measured[0], measured[-1]
    common = keys[first] & keys[last]
    change = sum(points[k, last] - points[k, first] for k in common) / len(common) if common else None
    return Progress(means, counts, change, len(common), (first, last))


def government_name(code: str, store: Store, words: Words) -> str:
    """Return what a government is called: its level and its place."""
    return words.say(
        "coverage.government", level=words.say(f"records.level.{level(code)}"),
        place=place_name(code, store.dataset.territory),
    )  # fmt: skip


# ---- FOCAS


def focas_all(coverage: Coverage, store: Store, words: Words, linked: bool = True) -> list[Any]:
    """Return means by cluster and round, over its governments and areas."""
    say, rounds = words.say, store.programme.rounds
    shown = sorted((s for s in coverage.standings if s.scores), key=lambda s: not is_cluster(s))
    if not shown:
        return [empty(say("coverage.focas_empty"))]
    head = [say("coverage.column.name"), *(say(f"focas.round.{r}") for r in rounds), say("coverage.column.change"),
            say("coverage.column.measured")]  # fmt: skip
    rows = []
    for standing in shown:
        own = progress(_points(standing.scores, lambda s: f"{s.government}.{s.area}"), rounds)
        measured = len({s.government for s in standing.scores if s.round == rounds[0]})
        every = len(standing.governments)
        told = say("coverage.measured_of" if measured >= every else "coverage.only", n=measured, of=every)
        rows.append([_opens(standing, FOCAS, coverage, linked), *_figures(own, rounds, words), told])
    lacking = len(coverage.standings) - len(shown)
    note = html.P(say("coverage.focas_lacking", n=lacking), className="muted") if lacking else ""
    made = table(
        say("coverage.focas_caption"),
        head,
        rows,
        range(1, len(rounds) + 2),
        "focas-table",
        sorts=range(len(rounds) + 2),
    )
    return [made, html.P(say("coverage.focas_note", low=_plain(store.programme.lowest, words),
                             high=_plain(store.programme.highest, words)), className="muted"), note]  # fmt: skip


def _opens(standing: Standing, part: str, coverage: Coverage, linked: bool) -> Any:
    """Return disc and name of a cluster, which shows it below."""
    name = own(standing.proposal.name)
    href = address(coverage.department, part, standing.proposal.id)
    shown = html.A(name, href=href, **dashed(data_inside="1")) if linked else name
    return identity.row_head(standing.identity, shown)


def _plain(value: float, words: Words) -> str:
    return words.number(value, 0 if float(value).is_integer() else 1)


def _points(scores: Iterable[FocasScore], key: Callable[[FocasScore], Any]) -> Points:
    return {(key(score), score.round): score.points for score in scores}


def _figures(own: Progress, rounds: Sequence[str], words: Words) -> list[Any]:
    """Return the means of each round and the change, each with how much it rests on."""
    cells: list[Any] = []
    for round in rounds:
        if round not in own.means:
            cells.append(by(None, html.Span(words.say("coverage.not_measured"), className="unit"), True))
        else:
            cells.append(by(own.means[round], words.number(own.means[round], 1), True))
    cells.append(_change(own, words))
    return cells


def _change(own: Progress, words: Words) -> Any:
    if own.between is None:
        return by(None, html.Span("–", title=words.say("coverage.one_round")), True)
    if own.change is None:
        return by(None, html.Span(words.number(None, 1), title=words.say("coverage.nothing_common")), True)
    sign = texts.signed(own.change, words.language, 1)
    return by(own.change, [sign, html.Span(words.say("coverage.over", n=own.common), className="unit")], True)


def focas_one(standing: Standing | None, store: Store, words: Words) -> list[Any]:
    """Return the points of one cluster: by government, by area, and every one of them with its day."""
    say, rounds, areas = words.say, store.programme.rounds, store.programme.areas
    if standing is None:
        return [empty(say("coverage.choose_cluster"))]
    if not standing.scores:
        return [empty(say("coverage.focas_none", name=standing.identity.title))]
    head = [*(say(f"focas.round.{r}") for r in rounds), say("coverage.column.change")]
    numbers, columns = range(1, len(rounds) + 2), range(len(rounds) + 2)
    by_government = []
    for code in standing.governments:
        own = progress(_points([s for s in standing.scores if s.government == code], lambda s: s.area), rounds)
        by_government.append(
            [government_name(code, store, words), *_figures(own, rounds, words), _rests(own, len(areas), words)]
        )
    by_area = []
    for area in areas:
        own = progress(_points([s for s in standing.scores if s.area == area], lambda s: s.government), rounds)
        by_area.append([say(f"focas.area.{area}"), *_figures(own, rounds, words),
                        _rests(own, len(standing.governments), words)])  # fmt: skip
    own_head = [say("coverage.column.government"), *head, say("coverage.column.areas")]
    area_head = [say("coverage.column.area"), *head, say("coverage.column.governments_measured")]
    return [
        table(say("coverage.by_government"), own_head, by_government, numbers, "focas-table", sorts=columns),
        table(say("coverage.by_area"), area_head, by_area, numbers, "focas-table", sorts=columns),
        html.Details([html.Summary(say("coverage.every_score")), _every(standing, store, words)]),
    ]


def _rests(own: Progress, every: int, words: Words) -> str:
    """Return of how many the mean of each measured round is, such as `7/7 · 3/7`."""
    if not own.counts:
        return "–"
    return " · ".join(words.say("coverage.measured_of", n=n, of=every) for n in own.counts.values())


def _every(standing: Standing, store: Store, words: Words) -> html.Table:
    rounds, areas = store.programme.rounds, store.programme.areas
    kept = {(s.government, s.area, s.round): s for s in standing.scores}
    rows = []
    for code in standing.governments:
        for area in areas:
            cells = [_score(kept.get((code, area, round)), words) for round in rounds]
            rows.append([government_name(code, store, words), words.say(f"focas.area.{area}"), *cells])
    head = [words.say("coverage.column.government"), words.say("coverage.column.area"),
            *(words.say(f"focas.round.{r}") for r in rounds)]  # fmt: skip
    return table(words.say("coverage.every_score"), head, rows, range(2, 2 + len(rounds)), "focas-table",
                 sorts=range(2 + len(rounds)))  # fmt: skip


def _score(score: FocasScore | None, words: Words) -> Any:
    if score is None:
        return by(None, html.Span(words.say("coverage.not_measured"), className="unit"), True)
    day = html.Span(words.short_day(score.measured_on), className="unit")
    return by(score.points, [_plain(score.points, words), day], True)


# ---- QSIP


def latest(stages: Iterable[Stage]) -> Stage | None:
    """Return the stage a cluster has come to."""
    return max(stages, key=lambda s: (s.cycle, s.stage), default=None)


def qsip_all(coverage: Coverage, store: Store, words: Words, linked: bool = True) -> list[Any]:
    """Return the cycle and stage that each cluster has come to."""
    say = words.say
    settled = [s for s in coverage.standings if is_cluster(s)]
    if not settled:
        return [empty(say("coverage.qsip_no_cluster"))]
    rows = []
    for standing in settled:
        last = latest(standing.stages)
        if last is None:
            cells = [by(None, html.Span(say("coverage.qsip_not_begun"), className="unit")), "–", "–"]
        else:
            come = last.cycle * (store.programme.stages + 1) + last.stage
            at = say("coverage.qsip_at", cycle=last.cycle, stage=last.stage)
            cells = [by(come, _steps(last, store, words)), by(come, at),
                     by(last.done_on, words.short_day(last.done_on))]  # fmt: skip
        rows.append([_opens(standing, QSIP, coverage, linked), *cells])
    head = [say(f"coverage.column.{name}") for name in ("name", "stages", "come_to", "done_on")]
    return [table(say("coverage.qsip_caption"), head, rows, class_name="qsip-list", sorts=range(4))]


def _steps(last: Stage, store: Store, words: Words) -> Any:
    every = store.programme.stages
    dots = DONE * last.stage + NOT_YET * (every - last.stage)
    return marked(dots, words.say("coverage.stages_done", n=last.stage, of=every), "", "stages")


def is_cluster(standing: Standing) -> bool:
    """Tell whether it is settled as a cluster, so that stages can be kept of it."""
    return standing.proposal.state not in ("proposed", "reviewed")


def qsip_one(standing: Standing | None, store: Store, words: Words) -> list[Any]:
    """Return the grid of cycles and stages of one cluster, with the day of each."""
    say, programme = words.say, store.programme
    if standing is None:
        return [empty(say("coverage.choose_cluster"))]
    done = {(s.cycle, s.stage): s for s in standing.stages}
    last = latest(standing.stages)
    shown = min((last.cycle + 1 if last is not None and last.stage == programme.stages else last.cycle) if last else 1,
                programme.cycles)  # fmt: skip
    coming = _next(last, programme.stages, programme.cycles)
    head = [say("coverage.column.cycle"), *(say("coverage.stage", n=n) for n in range(1, programme.stages + 1))]
    rows = [
        [say("coverage.cycle", n=cycle), *(_stage(done.get((cycle, n)), (cycle, n) == coming, words)
                                           for n in range(1, programme.stages + 1))]
        for cycle in range(1, shown + 1)
    ]  # fmt: skip
    return [
        table(say("coverage.qsip_grid", name=standing.identity.title), head, rows, class_name="qsip-grid"),
        html.P(say("coverage.qsip_note"), className="muted"),
    ]


def _next(last: Stage | None, stages: int, cycles: int) -> tuple[int, int] | None:
    if last is None:
        return 1, 1
    if last.stage < stages:
        return last.cycle, last.stage + 1
    return (last.cycle + 1, 1) if last.cycle < cycles else None


def _stage(stage: Stage | None, is_next: bool, words: Words) -> Any:
    if stage is not None:
        return marked(DONE, words.say("coverage.stage_done"), words.short_day(stage.done_on))
    if is_next:
        return marked(COMING, words.say("coverage.next"), words.say("coverage.next"))
    return marked(NOT_YET, words.say("coverage.stage_open"))


def chosen(standings: Sequence[Standing], id: str | None, clusters_only: bool = False) -> Standing | None:
    """Return the one asked for, else the first cluster, else the first proposal."""
    own = [s for s in standings if is_cluster(s) or not clusters_only]
    own.sort(key=lambda s: not is_cluster(s))
    return next((s for s in own if s.proposal.id == id), own[0] if own else None)


def governments(standing: Standing | None, store: Store) -> tuple[str, ...]:
    """Return the governments of a cluster."""
    return () if standing is None else governments_of(standing.proposal.ubigeos, store.dataset.territory)
