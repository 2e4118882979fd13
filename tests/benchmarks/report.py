"""Put the samples of a run into one table, beside what was asked for."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks import plain
from tests.benchmarks.measure import Results
from tests.benchmarks.screens import WITHOUT_MAP, Sample
from tests.benchmarks.traffic import Received

KB = 1000
Kept = Callable[[Received], bool]
OURS, PLAIN = "ours", (plain.WEBGL, plain.SVG)


@dataclass(frozen=True)
class Bars:
    """What a line is held to: ours at most so large a part of the faster of the plain ways, so many milliseconds,
    bytes and requests (None: not held). aim: a smaller part that is wished for and not held to."""

    ratio: float | None = None
    ms: float | None = None
    bytes: int | None = None
    requests: int | None = None
    aim: float | None = None


@dataclass(frozen=True)
class Row:
    """One line: a step, which of its times is ours and which that of the plain ways (None: there is none), and what
    it is held to by data set. until: a time; what was asked for after it does not count."""

    title: str
    step: str
    ours: str | None = "painted"
    plain: str | None = "painted"
    default: Bars = Bars()
    peru: Bars = Bars()
    counts: Kept = lambda _: True
    until: str | None = None

    def bars(self, name: str) -> Bars:
        """Return the bars of a data set: default or peru."""
        return {"default": self.default, "peru": self.peru}[name]


@dataclass(frozen=True)
class Figures:
    """What was measured of one way in one line: ms, and the medians of bytes and requests."""

    middle: float | None
    high: float | None
    bytes: float
    requests: float


def _drawn(received: Received) -> bool:
    return not (received.is_judgement or received.is_standing)


NOTHING = Bars(bytes=0)
LITTLE = 10 * KB
ROWS = (
    Row("first usable map, cold", "cold", "usable", "usable", default=Bars(ratio=0.45, aim=0.35), peru=Bars(ratio=0.5)),
    Row("first usable map, warm", "warm", "usable", "usable", default=Bars(ratio=0.75, aim=0.5), peru=Bars(ratio=0.75)),
    Row("come until usable, cold", "cold", None, "usable", default=Bars(bytes=450 * KB, requests=15), until="usable"),
    Row("all work of loading done, cold", "cold", "quiet", "quiet"),
    Row("slow line: head of the page seen", "slow", "framed", plain=None, default=Bars(ms=1500)),
    Row("slow line: first usable map", "slow", "usable", plain=None, default=Bars(ms=4000), until="usable"),
    *(
        Row(
            f"files of maps on /{path}", f"no map {path}", None, plain=None, default=Bars(requests=0),
            counts=lambda received: received.is_of_maps,
        )
        for path in WITHOUT_MAP
    ),
    Row("recolour", "recolour", default=Bars(0.06, 33, 0), peru=Bars(ms=40, bytes=0)),
    Row("toggle: district marked", "toggle", default=Bars(0.06, 20, 0), peru=NOTHING, counts=_drawn),
    Row("toggle: outline drawn", "toggle", "outlined", default=Bars(0.06, 20, 0), peru=NOTHING, counts=_drawn),
    Row(
        "toggle: rules and measures", "toggle", "judged", plain=None, default=Bars(ms=80, bytes=4 * KB),
        counts=lambda received: received.is_judgement,
    ),
    Row(
        "toggle: place among all, after a pause", "toggle", None, plain=None,
        counts=lambda received: received.is_standing,
    ),
    Row("overlay: conflicts", "overlay conflicts", default=Bars(0.12, bytes=LITTLE)),
    Row("overlay: disaster risk", "overlay risk", default=Bars(0.12, bytes=LITTLE)),
    Row("overlay: capitals", "overlay capitals", peru=Bars(bytes=LITTLE)),
    Row("period of conflicts on the map", "period overlay", default=Bars(0.12, bytes=LITTLE)),
    Row("period of a fill of cases", "period fill", default=Bars(0.15, bytes=LITTLE, requests=1)),
)  # fmt: skip
NO = "NO"
HEAD = (
    "p50 / p95 in ms", OURS, *(f"plain {way}" for way in PLAIN), "ratio", "asked for", "met",
    "ours B (requests)", "plain B (requests)",
)  # fmt: skip
NONE = "-"


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` (0-1) of the values lie, interpolated."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1]


def table(results: Results) -> str:
    """Return the table of a run, aligned; times in milliseconds, bytes as medians, a * at the faster plain way."""
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
    ours = results.samples.get((row.step, OURS))
    if not ours:
        return None
    mine = _figures(row, ours, row.ours, row.counts)
    others = {
        way: _figures(row, samples, row.plain, lambda _: True)
        for way in PLAIN
        if row.plain and (samples := results.samples.get((row.step, way)))
    }
    faster = min(others, key=lambda way: others[way].middle or 0, default=None)
    rival = others[faster] if faster else None
    ratio = mine.middle / rival.middle if rival and rival.middle and mine.middle is not None else None
    bars = row.bars(results.scenario.bars)
    return [
        row.title,
        _times(mine),
        *(_times(others.get(way), "*" if way == faster else "") for way in PLAIN),
        NONE if ratio is None else f"{ratio:.2f}",
        _asked(bars),
        _met(bars, ratio, mine),
        _amount(mine),
        _amount(rival),
    ]


def _figures(row: Row, samples: list[Sample], time: str | None, counts: Kept) -> Figures:
    """Put samples of one way together; what came from the browser's own store is neither bytes nor a request."""
    times = [sample.times[time] for sample in samples] if time else []
    kept = [
        [
            one.size
            for one in sample.received
            if one.size and counts(one) and (row.until is None or one.asked_ms <= sample.times[row.until])
        ]
        for sample in samples
    ]
    return Figures(
        percentile(times, 0.5) if times else None,
        percentile(times, 0.95) if times else None,
        statistics.median(map(sum, kept)),
        statistics.median(map(len, kept)),
    )


def _times(figures: Figures | None, mark: str = "") -> str:
    if figures is None or figures.middle is None:
        return NONE
    return f"{mark}{figures.middle:.0f} / {figures.high:.0f}"


def _amount(figures: Figures | None) -> str:
    return NONE if figures is None else f"{figures.bytes:,.0f} ({figures.requests:.0f})"


def _asked(bars: Bars) -> str:
    asked = []
    if bars.ratio is not None:
        asked.append(f"<= {bars.ratio}" + (f" (aim {bars.aim})" if bars.aim else ""))
    if bars.ms is not None:
        asked.append(f"<= {bars.ms:.0f} ms")
    if bars.bytes is not None:
        asked.append("0 B" if bars.bytes == 0 else f"<= {bars.bytes // KB} kB")
    if bars.requests is not None:
        asked.append(f"<= {bars.requests} req.")
    return ", ".join(asked) or NONE


def _met(bars: Bars, ratio: float | None, mine: Figures) -> str:
    held = {
        "ratio": (bars.ratio, ratio), "ms": (bars.ms, mine.middle), "bytes": (bars.bytes, mine.bytes),
        "requests": (bars.requests, mine.requests),
    }  # fmt: skip
    asked = {name: each for name, each in held.items() if each[0] is not None}
    if not asked:
        return NONE
    over = [name for name, (most, found) in asked.items() if found is None or found > most]
    return f"{NO} ({', '.join(over)})" if over else "yes"


def facts(results: Results) -> list[str]:
    """Return what the table rests on: the data, the map's size, the geometry's bytes."""
    scenario = results.scenario
    once = [sum(r.size for r in s.received if "/limits." in r.url) for s in results.samples["cold", "ours"]]
    counted = {len(results.samples[step, "ours"]) for step in ("cold", "recolour")}
    lines = [
        f"{len(scenario.dataset.limits)} districts drawn, map of {results.map_size[0]} x {results.map_size[1]} px;"
        f" {'/'.join(map(str, sorted(counted)))} repetitions after warm-up, all ways in turn",
        f"geometry: {results.geometry_bytes:,} B as JSON; ours receives it once as {statistics.median(once):,.0f} B,"
        " then never; the plain ways within every answer",
    ]
    return [*lines, scenario.note] if scenario.note else lines
