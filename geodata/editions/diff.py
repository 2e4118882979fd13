"""Say what differs between two editions of the data set, as events of the kind `changed`.

Only what a reader would notice is told: figures by indicator and year with the largest changes by
name, limits and borders by district, cases and emergencies by count, and sources.
"""

from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd

from geodata.geometry import EQUAL_AREA
from geodata.model import Dataset, Provenance
from geodata.reports import Event
from geodata.shared import rounded, whole
from geodata.words import LANGUAGES, Field, say

FEW_DIGITS, MOST_DIGITS = 4, 12  # of a figure in a sentence; no sentence shows more than the latter
SAME_AREA = 1e-6  # share of an area below which its polygon is told as moved and not as larger or smaller
SHOWN = 5  # names in one sentence; the CSV of the report has every one


def compare(old: Dataset, new: Dataset) -> list[Event]:
    """Return what changed from one edition to another; empty where a reader would see no difference."""
    return [*_indicators(old, new), *_limits(old, new), *_borders(old, new), *_conflicts(old, new),
            *_hazards(old, new), *_links(old, new), *_sources(old, new)]  # fmt: skip


def _changed(message: str, /, ubigeo: str | None = None, **fields: Field) -> Event:
    return Event("changed", f"changed.{message}", fields, ubigeo=ubigeo)


# ---- figures


def _indicators(old: Dataset, new: Dataset) -> Iterator[Event]:
    was, now = (frame.set_index(["indicator", "year", "ubigeo"])["value"] for frame in (old.indicators, new.indicators))
    both = pd.concat({"was": was, "now": now}, axis=1)
    kind = pd.Series("same", index=both.index)
    kind[both["was"].isna() & both["now"].notna()] = "added"
    kind[both["was"].notna() & both["now"].isna()] = "gone"
    # a last digit lost in writing is no change: beyond this share two figures differ within MOST_DIGITS
    differs = both.notna().all(axis=1) & ~np.isclose(both["was"], both["now"], rtol=1e-11, atol=0)
    kind[differs] = "other"
    for (indicator, year), part in kind[kind != "same"].groupby(level=["indicator", "year"], sort=True):
        found = part.value_counts()
        counts: dict[str, Field] = {name: int(found.get(name, 0)) for name in ("added", "other", "gone")}
        yield _changed("indicator", indicator=indicator, year=int(year), label_es=_label(new, old, indicator, "es"),
                       label_en=_label(new, old, indicator, "en"),
                       **counts)  # fmt: skip
        moved = both.loc[part.index[part == "other"]]
        largest = (moved["now"] - moved["was"]).abs().sort_values(ascending=False, kind="stable").index[:SHOWN]
        for key in largest:
            was_told, now_told = _told_apart(moved.loc[key, "was"], moved.loc[key, "now"])
            yield _changed("value", ubigeo=key[2], district=new.territory.label(key[2]), year=int(year),
                           label_es=_label(new, old, indicator, "es"), label_en=_label(new, old, indicator, "en"),
                           was=was_told, now=now_told)  # fmt: skip


def _label(new: Dataset, old: Dataset, indicator: str, language: str) -> str:
    catalog = new.catalog if indicator in new.catalog.index else old.catalog
    return str(catalog.loc[indicator, f"label_{language}"])


def _told_apart(was: float, now: float) -> tuple[float, float]:
    """Return two figures rounded as far as they still differ: to four digits, or units, where that is enough."""
    pair = _round(was), _round(now)
    for digits in range(FEW_DIGITS, MOST_DIGITS + 1):
        if pair[0] != pair[1]:
            break
        pair = float(f"{was:.{digits}g}"), float(f"{now:.{digits}g}")
    return pair


def _round(value: float) -> float:
    return float(f"{value:.{FEW_DIGITS}g}") if abs(value) < 1000 else whole(float(value))


# ---- limits


def _limits(old: Dataset, new: Dataset) -> Iterator[Event]:
    was, now = (dataset.limits.geometry.dropna() for dataset in (old, new))
    for name, codes in (("limits_added", now.index.difference(was.index)),
                        ("limits_gone", was.index.difference(now.index))):  # fmt: skip
        if len(codes):
            yield _changed(name, count=len(codes), districts=_names(new, codes))
    shared = was.index.intersection(now.index)
    # shapely compares by vertices: what was only turned round or begun elsewhere is the same shape
    pairs = zip(was[shared], now[shared], strict=True)
    moved = shared[[not a.normalize().equals_exact(b.normalize(), 1e-9) for a, b in pairs]]
    if len(moved):
        yield _changed("limits_moved", count=len(moved), of=len(shared))
        area_was, area_now = (part[moved].to_crs(EQUAL_AREA).area / 1e6 for part in (was, now))
        share = (area_now - area_was) / area_was
        notable = share.abs()[share.abs() > SAME_AREA]
        for ubigeo in notable.sort_values(ascending=False, kind="stable").index[:SHOWN]:
            was_told, now_told = _told_apart(area_was[ubigeo], area_now[ubigeo])
            yield _changed("area", ubigeo=ubigeo, district=new.territory.label(ubigeo),
                           percent=_percent(share[ubigeo]), was=was_told, now=now_told)  # fmt: skip
    if old.limits_official != new.limits_official:
        yield _changed("official" if new.limits_official else "not_official")


def _percent(share: float) -> float:
    """Return a share as a percentage: to units, a smaller one to its first digit, so that it is never 0."""
    return whole(100 * share) if abs(share) >= 0.01 else float(f"{100 * share:.1g}")


def _names(dataset: Dataset, codes: Collection[str]) -> str:
    shown = ", ".join(dataset.territory.label(code) for code in list(codes)[:SHOWN])
    return shown + (" …" if len(codes) > SHOWN else "")


def _borders(old: Dataset, new: Dataset) -> Iterator[Event]:
    was, now = (_pairs(dataset) for dataset in (old, new))
    for name, km, others in (("border_added", now, was), ("border_gone", was, now)):
        for a, b in sorted(km.keys() - others.keys()):
            yield _changed(name, ubigeo=a, district=new.territory.label(a), other=new.territory.label(b),
                           km=rounded(km[a, b], 1))  # fmt: skip


def _pairs(dataset: Dataset) -> dict[tuple[str, str], float]:
    border_km = dataset.territory.border_km
    return {(a, b): km for a, others in border_km.items() for b, km in others.items() if a < b}


# ---- incidents


def _conflicts(old: Dataset, new: Dataset) -> Iterator[Event]:
    was, now = (frame.groupby("case_id") for frame in (old.conflicts, new.conflicts))
    before, after = ({case: _facts(rows) for case, rows in groups} for groups in (was, now))
    counts: dict[str, Field] = {
        "added": len(after.keys() - before.keys()),
        "gone": len(before.keys() - after.keys()),
        "other": sum(before[case] != after[case] for case in before.keys() & after.keys()),
    }
    if any(counts.values()):
        yield _changed("conflicts", **counts, total=len(after))


def _facts(rows: pd.DataFrame) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(map(str, row)) for row in rows.itertuples(index=False))


def _hazards(old: Dataset, new: Dataset) -> Iterator[Event]:
    was, now = (frame.groupby("year")["events"].sum() for frame in (old.hazards, new.hazards))
    both = pd.concat({"was": was, "now": now}, axis=1).fillna(0).astype(int)  # no row is no emergency on record
    for year, row in both[both["was"] != both["now"]].iterrows():
        yield _changed("hazards", year=int(year), was=int(row["was"]), now=int(row["now"]))
    keys = ["ubigeo", "hazard", "year"]
    damages = ["people_affected", "people_homeless", "houses_destroyed"]
    before, after = (frame.set_index(keys)[damages].sort_index() for frame in (old.hazards, new.hazards))
    shared = before.index.intersection(after.index)
    other = int((before.loc[shared] != after.loc[shared]).any(axis=1).sum())
    if other:
        yield _changed("damages", count=other)


def _links(old: Dataset, new: Dataset) -> Iterator[Event]:
    key = ["district", "other", "way", "name"]
    was, now = (frame.set_index(key).fillna({"km": -1.0, "hours": -1.0}) for frame in (old.links, new.links))
    before, after = (dict(zip(f.index, f.itertuples(index=False, name=None), strict=True)) for f in (was, now))
    counts: dict[str, Field] = {
        "added": len(after.keys() - before.keys()),
        "gone": len(before.keys() - after.keys()),
        "other": sum(before[link] != after[link] for link in before.keys() & after.keys()),
    }
    if any(counts.values()):
        yield _changed("links", **counts, total=len(after))


def _sources(old: Dataset, new: Dataset) -> Iterator[Event]:
    for name, now in new.provenance.items():
        was = old.provenance.get(name)
        if was is not None and (was.source, was.years) != (now.source, now.years):
            yield _changed("source", **_named(now), was=f"{was.source} ({was.years_text})",
                           now=f"{now.source} ({now.years_text})")  # fmt: skip
        if was is not None and was.coverage != now.coverage:
            yield _changed("coverage", **_named(now), was=was.coverage, now=now.coverage)


def _named(origin: Provenance) -> dict[str, str]:
    names = {f"resource_{lang}": origin.title(lang) or say(lang, f"resource.{origin.name}") for lang in LANGUAGES}
    return {"resource": origin.name, **names}
