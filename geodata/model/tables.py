"""Read the files of a data set against what its descriptor says of them, gathering every fault.

A descriptor (`dataset.json`) lists for each table its fields with type and range, its key, and the
table that a code must be found in. A fault is a sentence that names file, row and value; reading
goes on after it, so that one report holds all there is to mend.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

DESCRIPTOR = "dataset.json"
SHOWN_ROWS = 5
PATTERNS = {
    "date": r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?",
    "flag": r"true|false",
}
NUMERIC = ("number", "integer")
TOLD = (
    *(
        "id",
        "title",
        "expected",
        "later_provinces",
        "screen_years",
        "hazards_complete_years",
    ),
    *("census_year", "phases", "resources"),
)
# files that are no tables, and what is told of each besides
DRAWN = {"limits": ("official",), "rivers": ()}
LAYER = "layer"  # an entry that has it is of a layer of the user's own, and says there what the layer is
TOLD_OF_EACH = ("file", "source", "years", "unit", "counted", "notes")
RESOURCES = (
    *(
        "departments",
        "provinces",
        "districts",
        "limits",
        "neighbours",
        "indicator_catalog",
    ),
    *(
        "indicators",
        "conflicts",
        "conflict_places",
        "hazards",
        "declarations",
        "mancomunidades",
    ),
    *("p20", "proposals", "quotas", "province_emergencies", "state_density"),
)


@dataclass
class Bundle:
    """A data set as read: its descriptor, a frame for each readable table, and all faults so far.

    Frames hold one column a field, with the row number of the file as index (the header is row 1).
    """

    folder: Path
    descriptor: dict
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def resources(self) -> list[dict]:
        """Return the descriptor's entries, one a file."""
        return self.descriptor.get("resources", [])

    def resource(self, name: str) -> dict:
        """Return the entry of that name. Raises KeyError."""
        for entry in self.resources:
            if entry["name"] == name:
                return entry
        raise KeyError(name)

    def blame(self, name: str, bad: pd.Series, why: str) -> None:
        """Note one fault for the values `bad` (indexed by row), showing the first few."""
        if bad.empty:
            return
        shown = ", ".join(f"row {row}: {value}" for row, value in bad.iloc[:SHOWN_ROWS].items())
        more = f" and {len(bad) - SHOWN_ROWS} more" if len(bad) > SHOWN_ROWS else ""
        self.faults.append(f"{self.resource(name)['file']}: {why} ({shown}{more})")


def read_bundle(folder: Path) -> Bundle:
    """Read the descriptor and every table in `folder`; faults are in the bundle, never raised."""
    bundle = Bundle(Path(folder), {})
    try:
        read: object = json.loads((bundle.folder / DESCRIPTOR).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        bundle.faults.append(f"{DESCRIPTOR}: cannot be read ({error})")
        return bundle
    if not isinstance(read, dict):
        return Bundle(bundle.folder, {}, faults=[f"{DESCRIPTOR}: is not an object"])
    bundle.descriptor = read
    if faults := _descriptor_faults(read):
        return Bundle(bundle.folder, {}, faults=faults)
    for resource in bundle.resources:
        if "fields" in resource:
            frame = _read_text(bundle, resource)
            if frame is not None:
                bundle.tables[resource["name"]] = _typed(bundle, resource, frame)
    for resource in bundle.resources:
        if resource["name"] in bundle.tables:
            _check_references(bundle, resource)
    return bundle


def _descriptor_faults(descriptor: dict) -> list[str]:
    """Return what the descriptor leaves out; without it no table can be judged."""
    entries = {entry.get("name"): entry for entry in descriptor.get("resources", [])}
    faults = [f"{DESCRIPTOR}: {key} is missing" for key in TOLD if key not in descriptor]
    faults += [f"{DESCRIPTOR}: resource {n} is missing" for n in RESOURCES if n not in entries]
    for name, entry in entries.items():
        keys = [*TOLD_OF_EACH, *((LAYER,) if LAYER in entry else DRAWN.get(name, ("key", "fields")))]
        faults += [f"{DESCRIPTOR}: {name} lacks {key}" for key in keys if not _told(entry, key)]
    return faults


def _told(entry: dict, key: str) -> bool:
    return entry.get(key) not in (None, "", [], {})


def _read_text(bundle: Bundle, resource: dict) -> pd.DataFrame | None:
    """Return the table as text with NaN for blanks, or None (a fault) where it cannot be read."""
    try:
        # Only a blank is unknown: "NA" or "null" would be a value, and a code keeps its zeros.
        frame = pd.read_csv(
            bundle.folder / resource["file"],
            dtype=str,
            keep_default_na=False,
            na_values=[""],
            encoding="utf-8",
        )
    except (OSError, ValueError) as error:
        bundle.faults.append(f"{resource['file']}: cannot be read ({error})")
        return None
    missing = [f["name"] for f in resource["fields"] if f["name"] not in frame.columns]
    if missing:
        bundle.faults.append(f"{resource['file']}: columns missing: {', '.join(missing)}")
        return None
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return frame[[f["name"] for f in resource["fields"]]]


def _typed(bundle: Bundle, resource: dict, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its types, after checking each field and the key."""
    typed = pd.DataFrame(
        {rule["name"]: _column(bundle, resource["name"], rule, frame[rule["name"]]) for rule in resource["fields"]}
    )
    repeated = frame.loc[frame.duplicated(resource["key"]), resource["key"]]
    if not repeated.empty:
        keys = repeated.fillna("").agg(" ".join, axis=1)
        bundle.blame(resource["name"], keys, "repeated key")
    return typed


def _column(bundle: Bundle, name: str, rule: dict, text: pd.Series) -> pd.Series:
    """Return one column typed; a value that breaks its rule is noted."""
    known = text.dropna()
    if rule.get("required", True) and len(known) < len(text):
        bundle.blame(name, text[text.isna()].fillna("blank"), f"{rule['name']} is missing")
    if rule["type"] in NUMERIC:
        return _numbers(bundle, name, rule, text, known)
    parts = known.str.split().explode() if rule["type"] == "codes" else known
    if "digits" in rule:
        pattern = "|".join(rf"\d{{{digits}}}" for digits in rule["digits"])
    else:
        pattern = rule.get("pattern") or PATTERNS.get(rule["type"], "")
    if pattern:
        bad = parts[~parts.str.fullmatch(pattern)]
        bundle.blame(name, bad, f"{rule['name']} is badly written")
    if "values" in rule:
        bundle.blame(
            name,
            parts[~parts.isin(rule["values"])],
            f"{rule['name']} is not in the list",
        )
    return text == "true" if rule["type"] == "flag" else text


def _numbers(bundle: Bundle, name: str, rule: dict, text: pd.Series, known: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(known, errors="coerce")
    # An infinity or a fraction among counts is as wrong as a word.
    wrong = numbers.isna() | ~numbers.abs().lt(float("inf"))
    if rule["type"] == "integer":
        wrong |= numbers.mod(1).ne(0)
    bundle.blame(name, known[wrong], f"{rule['name']} is not a number of its kind")
    outside = numbers.lt(rule.get("minimum", -float("inf"))) | numbers.gt(rule.get("maximum", float("inf")))
    bundle.blame(name, known[outside & ~wrong], f"{rule['name']} is out of range")
    whole = numbers.mask(wrong).reindex(text.index).astype(float)
    return whole.astype(int) if rule["type"] == "integer" and whole.notna().all() else whole


def _check_references(bundle: Bundle, resource: dict) -> None:
    """Note every code that is not found in the table it points at."""
    later = {p["code"] for p in bundle.descriptor.get("later_provinces", ())}
    for rule in resource["fields"]:
        table, column = rule.get("in", (None, None))
        if table not in bundle.tables:
            continue
        values = bundle.tables[resource["name"]][rule["name"]].dropna()
        values = values.str.split().explode() if rule["type"] == "codes" else values
        allowed = set(bundle.tables[table][column]) | (later if rule.get("later") else set())
        bad = values[~values.isin(allowed)]
        bundle.blame(resource["name"], bad, f"{rule['name']} is unknown in {table}")
