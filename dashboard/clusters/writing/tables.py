"""Lay what the engine found out as rows: for a table on a terminal, for CSV and for JSON.

Columns of files keep one name in every language and carry their unit; unknown is blank or null, never zero.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from dashboard.clusters.measures import MEASURES
from dashboard.clusters.model import Candidate, codes
from dashboard.clusters.planning import LedgerLine, Plan
from dashboard.clusters.ranking import Change, Changes, Ranking
from dashboard.clusters.scoring import Pool
from dashboard.clusters.writing.columns import Column, codebook, described_column, measure_column
from dashboard.clusters.writing.exports import CSV_ENCODING, CSV_LINES, csv_bytes, disarm
from dashboard.clusters.writing.sentences import Wording, district_names
from dashboard.clusters.writing.wording import Say
from geodata.model import Dataset, Territory
from geodata.shared import FILE_DECIMALS, rounded

SHOWN = ("gap", "affected", "conflicts", "risk", "proximity")
# the columns of files before the measures
CANDIDATE = ("rank", "score", "code", "province", "ubigeos", "districts")
PLAN = (
    "phase", "department", "province", "code", "ubigeos", "districts", "fixed", "settled", "score", "affected_people",
    "slots", "district_governments",
)  # fmt: skip
OTHER_KEYS = {"affected_people": "affected"}
Row = Mapping[str, object]


def candidate_rows(among: Pool, rows: Iterable[int]) -> list[Row]:
    """Return a row for each candidate: place, score, districts, and every measure with its unit."""
    territory = among.dataset.territory
    found: list[Row] = []
    for row in rows:
        ubigeos = sorted(among.groups.ubigeos(row))
        found.append(
            {
                "rank": int(among.places[row]) or None,
                "score": _number(among.totals[row]),
                "code": codes.encode(ubigeos),
                "province": territory.provinces[ubigeos[0][:4]].name,
                "ubigeos": " ".join(ubigeos),
                "districts": "; ".join(district_names(ubigeos, territory)),
                **{MEASURES[key].column: _number(values[row]) for key, values in among.measures.items()},
            }
        )
    return found


def candidate_table(words: Wording, among: Pool, rows: Iterable[int]) -> Table:
    """Return a table of place, score, districts and the criteria that most decide."""
    criteria = [key for key in SHOWN if key in among.values]
    table = _table(
        words, ["place", "score", "size", "province", "districts", *criteria], left=("province", "districts")
    )
    for row in rows:
        ubigeos = among.groups.ubigeos(row)
        names = district_names(ubigeos, among.dataset.territory)
        table.add_row(
            str(among.places[row] or ""),
            words.number(_number(among.totals[row]), 1),
            str(len(ubigeos)),
            among.dataset.territory.provinces[min(ubigeos)[:4]].name,
            ", ".join(names),
            *(words.number(_number(among.values[k][row]), among.terms.criteria[k].decimals) for k in criteria),
        )
    return table


def plan_rows(plan: Plan, territory: Territory) -> list[Row]:
    """Return a row for each cluster of a plan."""
    return [
        {
            "phase": c.phase,
            "department": territory.departments[c.department].name,
            "province": territory.provinces[c.province].name,
            "code": codes.encode(c.ubigeos),
            "ubigeos": " ".join(sorted(c.ubigeos)),
            "districts": "; ".join(district_names(c.ubigeos, territory)),
            "fixed": c.fixed,
            "settled": c.settled,
            "score": _number(c.score),
            "affected_people": _number(c.affected),
            "slots": c.slots,
            "district_governments": c.district,
        }
        for c in plan.clusters
    ]


def plan_table(words: Wording, plan: Plan, territory: Territory) -> Table:
    """Return a table of the clusters of a plan."""
    columns = ["phase", "department", "province", "districts", "score", "affected", "district", "fixed"]
    table = _table(words, columns, left=("department", "province", "districts", "fixed"))
    for c in plan.clusters:
        table.add_row(
            str(c.phase),
            territory.departments[c.department].name,
            territory.provinces[c.province].name,
            ", ".join(district_names(c.ubigeos, territory)),
            words.number(c.score, 1),
            words.number(c.affected, 0),
            str(c.district),
            words.say("cli.column.yes") if c.fixed else "",
        )
    return table


def ledger_table(words: Wording, lines: Sequence[LedgerLine], territory: Territory) -> Table:
    """Return the ledger of a plan: slots against distinct governments, added up phase by phase."""
    counts = ("clusters", "slots", "regional", "provincial", "district", "total")
    table = _table(words, ["department", "phase", *counts, "target"], left=("department",))
    for line in lines:
        name = territory.departments[line.department].name if line.department else words.say("cli.column.all")
        target = "" if line.target is None else str(line.target["total"])
        table.add_row(name, str(line.phase), *(str(getattr(line, count)) for count in counts), target)
    return table


def plan_tree(plan: Plan, territory: Territory) -> dict[str, object]:
    """Return a plan as plain values."""
    return {
        "objective": plan.request.objective,
        "value": plan.value,
        "bound": plan.bound,
        "gap": plan.gap,
        "proven": plan.proven,
        "provinces_bound": plan.reach,
        "considered": plan.considered,
        "unknown": plan.unknown,
        "unvalued": plan.unvalued,
        "provinces": plan.provinces,
        "district_governments": plan.governments,
        "clusters": plan_rows(plan, territory),
        "ledger": [
            {name: getattr(line, name) for name in LedgerLine.__slots__ if name != "target"}
            | {"target": None if line.target is None else dict(line.target)}
            for line in plan.ledger
        ],
    }


def check_tree(
    candidate: Candidate,
    verdicts: Sequence[tuple[str, str, str]],
    rankings: Sequence[Ranking],
    singles: Changes,
    mends: Changes,
) -> dict[str, object]:
    """Return a judged candidate as plain values; verdicts are (rule, status, sentence)."""
    return {
        "ubigeos": sorted(candidate.ubigeos),
        "code": codes.encode(candidate.ubigeos),
        "rules": [{"rule": rule, "status": status, "sentence": text} for rule, status, text in verdicts],
        "rankings": [_ranking(ranking) for ranking in rankings],
        "single_changes": {"tried": singles.tried, "found": singles.found, "first": _changes(singles)},
        "smallest_mend": {"districts_changed": mends.n, "found": mends.found, "first": _changes(mends)},
    }


def _ranking(ranking: Ranking) -> dict[str, object]:
    places = {"score": ranking.score, **ranking.criteria}
    return {
        "place": ranking.place,
        "name": ranking.name,
        "candidates": ranking.n,
        "member": ranking.member,
        "outside": list(ranking.outside),
        "left_out": list(ranking.scale.left_out),
        "places": {
            key: {"value": p.value, "position": p.position, "of": p.of, "shared": p.shared, "percentile": p.percentile}
            for key, p in places.items()
        },
    }


def _changes(changes: Changes) -> list[dict[str, object]]:
    return [_change(change, changes.score) for change in changes.changes]


def _change(change: Change, before: float | None) -> dict[str, object]:
    return {
        "kind": change.kind,
        "added": sorted(change.added),
        "removed": sorted(change.removed),
        "mended": list(change.mended),
        "nearer": list(change.nearer),
        "graver": list(change.graver),
        "districts_left": change.left,
        "ubigeos": sorted(change.candidate.ubigeos),
        "statuses": {v.rule: v.status for v in change.verdicts},
        "score_before": before,
        "score_after": change.score,
    }


def candidate_columns(among: Pool, say: Say) -> dict[str, Column]:
    """Return what the columns of :func:`candidate_rows` are, by name, in their order."""
    dataset, terms = among.dataset, among.terms
    lead = {key: described_column(key, dataset, say) for key in CANDIDATE}
    periods = terms.conflict_period, terms.hazard_period
    return lead | {MEASURES[k].column: measure_column(MEASURES[k], dataset, say, *periods) for k in among.measures}


def plan_columns(dataset: Dataset, say: Say) -> dict[str, Column]:
    """Return what the columns of :func:`plan_rows` are, by name, in their order."""
    return {name: described_column(OTHER_KEYS.get(name, name), dataset, say) for name in PLAN}


def csv_file(rows: Sequence[Row]) -> bytes:
    """Return rows as a CSV file, which spreadsheets read too."""
    return as_csv(rows, CSV_LINES).encode(CSV_ENCODING)


def codebook_file(columns: Mapping[str, Column], say: Say) -> bytes:
    """Return as a CSV file what columns are whose names are the same in every language, which it says."""
    book = codebook(list(columns.values()), say, list(columns))
    return csv_bytes(book.rename(columns={say("codebook.head.column"): say("codebook.stable")}))


def as_csv(rows: Sequence[Row], lines: str = "\n") -> str:
    """Return rows as comma-separated text; text that a spreadsheet would run as a formula is disarmed."""
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator=lines)
        writer.writeheader()
        writer.writerows({k: disarm(v) if isinstance(v, str) else v for k, v in row.items()} for row in rows)
    return out.getvalue()


def as_json(tree: object) -> str:
    """Return plain values as JSON with accents as they are."""
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def as_text(table: Table, width: int) -> str:
    """Return a table as text of a width, without colours or codes."""
    out = io.StringIO()
    Console(file=out, width=width, color_system=None, highlight=False, emoji=False, markup=False).print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()).strip("\n") + "\n"


def _table(words: Wording, columns: Sequence[str], left: Sequence[str]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        wide = column == "districts"
        table.add_column(
            words.say(f"cli.column.{column}"),
            justify="left" if column in left else "right",
            no_wrap=not wide,
            overflow="fold",
        )
    return table


def _number(value: float | None) -> float | None:
    return None if value is None or np.isnan(value) else rounded(float(value), FILE_DECIMALS)
