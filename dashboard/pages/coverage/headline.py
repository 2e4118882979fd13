"""Say in three numbers how far the programme has come, and show what they are made of: quotas and phases."""

from collections.abc import Iterable
from typing import Any

from dash import html

from dashboard.pages.coverage.parts import chart, drawing, table
from dashboard.pages.kit import elements
from dashboard.pages.kit.elements import hidden, marked
from dashboard.pages.kit.tables import wide
from dashboard.records.core import Store, Words
from dashboard.records.tracking import DUE, Coverage, Milestone, Phase, Quota, Standing
from layers.drawing import TargetBar, target_bars

SOON_DAYS = 90
SETTLED, ON_THE_WAY, OPEN = "✓", "◐", "○"


def headline(coverage: Coverage, words: Words) -> list[Any]:
    """Return the three numbers with what they mean."""
    return [_clusters(coverage, words), _governments(coverage, words), _late(coverage, words)]


def _card(title: str, value: str, of: str, lines: Iterable[Any]) -> html.Section:
    number = html.P([html.B(value), html.Span(of)], className="big")
    return html.Section([html.H3(title), number, *(html.P(line) for line in lines)], className="coverage-card")


def _clusters(coverage: Coverage, words: Words) -> html.Section:
    quotas, say = coverage.quotas, words.say
    settled, wanted = sum(q.settled for q in quotas), sum(q.quota for q in quotas)
    phases = [
        say("coverage.phase_of", phase=phase, n=sum(q.settled for q in own), of=sum(q.quota for q in own))
        for phase, own in _by_phase(quotas).items()
    ]
    missing, over = sum(q.missing for q in quotas), sum(max(q.settled - q.quota, 0) for q in quotas)
    lines = [" · ".join(phases), say("coverage.missing_clusters", n=missing, ways=sum(q.proposed for q in quotas))]
    if over:
        lines.append(say("coverage.over_quota", n=over))
    return _card(say("coverage.clusters_title"), str(settled), say("coverage.of", n=wanted), lines)


def _by_phase(quotas: Iterable[Quota]) -> dict[int, list[Quota]]:
    found: dict[int, list[Quota]] = {}
    for quota in sorted(quotas, key=lambda q: q.phase):
        found.setdefault(quota.phase, []).append(quota)
    return found


def _governments(coverage: Coverage, words: Words) -> html.Section:
    say, last = words.say, coverage.phases[-1]
    whole = coverage.department is None
    if whole:
        phases = [
            say("coverage.phase_of", phase=p.target.number, n=p.settled.governments, of=p.target.governments)
            for p in coverage.phases
        ]
    else:
        phases = [say("coverage.phase_n", phase=p.target.number, n=p.settled.governments) for p in coverage.phases]
    slots = say("coverage.slots", n=last.settled.with_slots, districts=last.settled.slots)
    why = f" {say('coverage.why_slots')}" if last.settled.governments < last.settled.with_slots else ""
    lines = [" · ".join(phases), slots + why]
    of = say("coverage.of", n=last.target.governments) if whole else say("coverage.no_target")
    return _card(say("coverage.governments_title"), str(last.settled.governments), of, lines)


def _late(coverage: Coverage, words: Words) -> html.Section:
    say = words.say
    late = [(standing, m) for standing in coverage.standings for m in standing.late]
    lines = []
    if late:
        most = max(m.late_days for _, m in late)
        worst = [(standing, m) for standing, m in late if m.late_days == most]
        standing, m = worst[0]
        told = {"day": words.day(m.due), "span": m.late_by(words)}
        if len(worst) > 1:
            lines.append(say("coverage.worst_many", n=len(worst), **told))
        else:
            state = say(f"coverage.milestone.{m.state}")
            lines.append(say("coverage.worst", name=standing.identity.title, state=state, **told))
    else:
        lines.append(say("coverage.none_late"))
    lines.append(say("coverage.soon", n=len(soon(coverage)), days=SOON_DAYS))
    among = len({standing.proposal.id for standing, _ in late})
    of = say("coverage.late_among", n=among, of=len(coverage.standings))
    lines.append(say("coverage.counted", day=coverage.as_of.said(words)))
    return _card(say("coverage.late_title"), str(len(late)), of, lines)


def soon(coverage: Coverage) -> list[tuple[Standing, Milestone]]:
    """Return the milestones that are due within :data:`SOON_DAYS` days of the one up to which lateness is counted."""
    return [
        (standing, m)
        for standing in coverage.standings
        for m in standing.milestones
        if m.status == DUE and m.due is not None and (m.due - coverage.as_of.day).days <= SOON_DAYS
    ]


# ---- quotas


def quotas(coverage: Coverage, store: Store, words: Words) -> list[Any]:
    """Return clusters by department and phase: the quota, settled, proposed and still missing."""
    say, names = words.say, store.dataset.territory.departments
    phases = sorted({q.phase for q in coverage.quotas})
    by_place = {(q.department, q.phase): q for q in coverage.quotas}
    codes = sorted({q.department for q in coverage.quotas}, key=lambda code: names[code].name)
    top = [html.Th(say("coverage.department"), scope="col", rowSpan=2)]
    top += [html.Th(say("coverage.phase", n=phase), scope="colgroup", colSpan=4) for phase in phases]
    top.append(html.Th(say("coverage.total"), scope="colgroup", colSpan=4))
    kinds = ("quota", "settled", "proposed", "missing")
    under = [
        html.Th(html.Abbr(say(f"coverage.quota_{k}_short"), title=say(f"coverage.quota_{k}")), scope="col", className=k)
        for _ in (*phases, None)
        for k in kinds
    ]
    rows = [
        html.Tr(
            [
                html.Th(names[code].name, scope="row"),
                *(cell for phase in phases for cell in _cells([by_place.get((code, phase))], words)),
                *_cells([by_place.get((code, phase)) for phase in phases], words),
            ]
        )
        for code in codes
    ]
    total = [
        html.Th(say("coverage.total"), scope="row"),
        *(cell for phase in phases for cell in _cells([q for q in coverage.quotas if q.phase == phase], words)),
        *_cells(list(coverage.quotas), words),
    ]
    foot = html.Tr(total) if len(codes) > 1 else None
    made = table(say("coverage.quotas_caption"), under, rows, class_name="quota-table", foot=foot, above=top)
    legend = [f"{mark} {say(f'coverage.quota_{name}_legend')}" for mark, name in _LEGEND]
    return [wide(made, say("coverage.quotas")), html.P(" · ".join(legend), className="muted")]


_LEGEND = ((SETTLED, "done"), (ON_THE_WAY, "way"), (OPEN, "open"))


def _cells(found: list[Quota | None], words: Words) -> list[html.Td]:
    own = [q for q in found if q is not None]
    if not own:
        empty = [html.Td("", className=name) for name in ("settled", "proposed", "missing")]
        return [html.Td("–", className="number quota"), *empty]
    sums = {name: sum(getattr(q, name) for q in own) for name in ("quota", "settled", "proposed", "missing")}
    plain = [html.Td(str(sums[name]), className=f"number {name}") for name in ("quota", "settled", "proposed")]
    mark, meaning = _covered(sums["missing"], sums["proposed"])
    text = marked(mark, words.say(f"coverage.quota_{meaning}_legend"), str(sums["missing"]))
    return [*plain, html.Td(text, className=f"number missing is-{meaning}")]


def _covered(missing: int, proposed: int) -> tuple[str, str]:
    if not missing:
        return SETTLED, "done"
    return (ON_THE_WAY, "way") if proposed >= missing else (OPEN, "open")


# ---- phases


def phases(coverage: Coverage, words: Words, on_paper: bool = False) -> list[Any]:
    """Return the governments by phase against what was set, as a chart and as a table.

    on_paper: the chart is drawn already; else the browser draws it once it is in sight.
    """
    say = words.say
    whole = coverage.department is None
    head = [say(f"coverage.column.{name}") for name in _PHASE_COLUMNS]
    rows = [_phase_row(phase, whole, words) for phase in coverage.phases]
    bars, what = target_bars_of(coverage, words), say("coverage.bullets_title")
    made = table(say("coverage.phases_caption"), head, rows, range(1, len(head)), "phase-table")
    return [
        drawing(target_bars(bars, what), "drawing bullets") if on_paper else chart(bars, what, "bullets"),
        html.P(what, className="muted"),
        wide(made, say("coverage.phases")),
        *([] if whole else [html.P(say("coverage.targets_whole"), className="muted")]),
    ]


_PHASE_COLUMNS = ("phase", "clusters", "regional", "provincial", "district", "governments", "with_slots", "proposals")


def _phase_row(phase: Phase, whole: bool, words: Words) -> list[Any]:
    t, settled, more = phase.target, phase.settled, phase.with_proposals
    pairs = (
        (settled.clusters, t.clusters), (settled.regional, t.regional), (settled.provincial, t.provincial),
        (settled.district, t.district), (settled.governments, t.governments),
    )  # fmt: skip
    cells = [_against(n, wanted, words) if whole else str(n) for n, wanted in pairs]
    first = words.say("coverage.phase", n=t.number)
    added = more.governments - settled.governments
    both = [str(more.governments), html.Span(words.say("coverage.more", n=added), className="unit")]
    return [first, *cells, str(settled.with_slots), both]


def _against(n: int, wanted: int, words: Words) -> html.Span:
    reached = n >= wanted
    said = words.say("coverage.reached" if reached else "coverage.short")
    sign = elements.sign(SETTLED if reached else OPEN)
    of = html.Span(words.say("coverage.of", n=wanted), className="unit")
    return html.Span([sign, hidden(f"{said} "), str(n), of], className="against")


def target_bars_of(coverage: Coverage, words: Words) -> list[TargetBar]:
    """Return a bar of governments for each phase, with what proposals would add and the target, where there is one."""
    whole = coverage.department is None
    return [
        TargetBar(
            name=words.say("coverage.phase", n=phase.target.number),
            reached=phase.settled.governments,
            total=max(phase.with_proposals.governments, phase.settled.governments),
            target=phase.target.governments if whole else None,
            said=words.say("coverage.bullet_end", n=phase.settled.governments, more=phase.with_proposals.governments),
            target_said=words.say("coverage.bullet_target", n=phase.target.governments),
        )
        for phase in coverage.phases
    ]
