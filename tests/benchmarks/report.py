"""Put the samples of a run into one table, beside what was asked for."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks.measure import Results
from tests.benchmarks.screens import Sample
from tests.benchmarks.traffic import Received

KB = 1000
Kept = Callable[[Received], bool]


def _any(_: Received) -> bool:
    return True


def _judgement(received: Received) -> bool:
    return received.is_judgement


def _not_judgement(received: Received) -> bool:
    return not received.is_judgement


@dataclass(frozen=True)
class Row:
    """One line: a step, which of its times, and the bars it is held to (None: only shown)."""

    title: str
    step: str
    ours: str = "painted"
    plain: str | None = "painted"
    ratio: float | None = None
    most_ms: float | None = None
    most_bytes: int | None = None
    counts: Kept = _any


ROWS = (
    Row("first usable map, cold", "cold", "usable", "usable", ratio=0.8),
    Row("first usable map, warm", "warm", "usable", "usable"),
    Row("all work of loading done, cold", "cold", "quiet", "quiet"),
    Row("recolour", "recolour", ratio=0.2, most_bytes=0),
    Row("toggle: district marked", "toggle", ratio=0.2, most_ms=100, most_bytes=0, counts=_not_judgement),
    Row("toggle: outline drawn", "toggle", "outlined", ratio=0.2, most_ms=100, most_bytes=0, counts=_not_judgement),
    Row("toggle: rules and measures", "toggle", "judged", None, most_bytes=10 * KB, counts=_judgement),
    Row("overlay: conflicts", "overlay conflicts", ratio=0.3, most_bytes=10 * KB),
    Row("overlay: disaster risk", "overlay risk", ratio=0.3, most_bytes=10 * KB),
    Row("overlay: capitals", "overlay capitals", ratio=0.3, most_bytes=10 * KB),
    Row("period of conflicts on the map", "period overlay", most_bytes=10 * KB),
    Row("period of a fill of cases", "period fill", most_bytes=10 * KB),
)
NO = "NO"
HEAD = (
    "what", "ours p50", "p95", "plain p50", "p95", "ratio", "asked for", "met",
    "ours bytes (requests)", "plain bytes (requests)",
)  # fmt: skip


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` (0-1) of the values lie, interpolated."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1]


def table(results: Results) -> str:
    """Return the table of a run, aligned; times in milliseconds, bytes as medians."""
    rows = [cells for row in ROWS if (cells := _cells(row, results))]
    widths = [max(len(line[i]) for line in (HEAD, *rows)) for i in range(len(HEAD))]
    rule = [":" + "-" * (widths[0] - 1), *("-" * (w - 1) + ":" for w in widths[1:])]

    def line(cells: tuple[str, ...] | list[str]) -> str:
        first, *rest = cells
        padded = [first.ljust(widths[0]), *(c.rjust(w) for c, w in zip(rest, widths[1:], strict=True))]
        return "| " + " | ".join(padded) + " |"

    return "\n".join([line(HEAD), line(rule), *map(line, rows)])


def missed(results: Results) -> list[str]:
    """Return the titles of the lines that miss a bar, and how."""
    rows = [cells for row in ROWS if (cells := _cells(row, results))]
    met = HEAD.index("met")
    return [f"{cells[0]}: {cells[met]}" for cells in rows if cells[met].startswith(NO)]


def _cells(row: Row, results: Results) -> list[str] | None:
    ours, plain = (results.samples.get((row.step, way)) for way in ("ours", "plain"))
    if not ours:
        return None
    mine = [s.times[row.ours] for s in ours]
    other = [s.times[row.plain] for s in plain] if row.plain and plain else []
    middle = percentile(mine, 0.5)
    ratio = middle / percentile(other, 0.5) if other else None
    mine_bytes, mine_requests = _received(ours, row.counts)
    other_bytes, other_requests = _received(plain or [], _any)
    return [
        row.title,
        f"{middle:.0f}",
        f"{percentile(mine, 0.95):.0f}",
        f"{percentile(other, 0.5):.0f}" if other else "-",
        f"{percentile(other, 0.95):.0f}" if other else "-",
        f"{ratio:.2f}" if ratio is not None else "-",
        _asked(row),
        _met(row, ratio, middle, mine_bytes),
        f"{mine_bytes:,.0f} ({mine_requests:.0f})",
        f"{other_bytes:,.0f} ({other_requests:.0f})" if other else "-",
    ]


def _received(samples: list[Sample], counts: Kept) -> tuple[float, float]:
    """Return the median bytes and requests of the samples; what came from the cache is neither."""
    kept = [[r.size for r in sample.received if counts(r) and r.size] for sample in samples]
    if not kept:
        return 0, 0
    return statistics.median(map(sum, kept)), statistics.median(map(len, kept))


def _asked(row: Row) -> str:
    asked = []
    if row.ratio is not None:
        asked.append(f"<= {row.ratio:.1f}")
    if row.most_ms is not None:
        asked.append(f"< {row.most_ms:.0f} ms")
    if row.most_bytes is not None:
        asked.append("0 B" if row.most_bytes == 0 else f"<= {row.most_bytes // KB} kB")
    return ", ".join(asked) or "-"


def _met(row: Row, ratio: float | None, middle: float, received: float) -> str:
    missed = []
    if row.ratio is not None and (ratio is None or ratio > row.ratio):
        missed.append("ratio")
    if row.most_ms is not None and middle >= row.most_ms:
        missed.append("ms")
    if row.most_bytes is not None and received > row.most_bytes:
        missed.append("bytes")
    if _asked(row) == "-":
        return "-"
    return f"{NO} ({', '.join(missed)})" if missed else "yes"


def facts(results: Results) -> list[str]:
    """Return what the table rests on: the data, the map's size, the geometry's bytes."""
    scenario = results.scenario
    once = [sum(r.size for r in s.received if "/limits." in r.url) for s in results.samples["cold", "ours"]]
    counted = {len(results.samples[step, "ours"]) for step in ("cold", "recolour")}
    lines = [
        f"{len(scenario.dataset.limits)} districts drawn, map of {results.map_size[0]} x {results.map_size[1]} px;"
        f" {'/'.join(map(str, sorted(counted)))} repetitions after warm-up, ours and plain in turn",
        f"geometry: {results.geometry_bytes:,} B as JSON; ours receives it once as {statistics.median(once):,.0f} B,"
        " then never; the plain way within every answer",
    ]
    return [*lines, scenario.note] if scenario.note else lines
