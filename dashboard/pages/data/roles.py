"""Name what a column can be for, in the reader's words, for each kind of file."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard.pages.kit.fields import Choice
from dashboard.web.request import language, say
from geodata.model import Dataset
from geodata.readers.cells import terms
from geodata.readers.shared import IGNORE, LONG, PARTS, PLACES

NEW = "new"  # an indicator that the catalogue has not; its code is made of the column's name
VALUE, SAMPLE = "value:", "sample:"
_VOCABULARIES = {
    "conflicts": "conflict_columns",
    "hazards": "hazard_columns",
    "layers": "layer_columns",
    "links": "link_columns",
}


def choices(
    subject: str, columns: Mapping[str, str], dataset: Dataset, new: Mapping[str, str]
) -> list[tuple[str, Sequence[Choice] | str]]:
    """Return what a column of a file can be for, in groups.

    columns: the roles that its columns have now. new: names of the new indicators by code.
    """
    groups: list[tuple[str, Sequence[Choice] | str]] = [
        (IGNORE, name(IGNORE, dataset)),
        (say("intake.group.place"), _named((*PLACES, *PARTS), dataset)),
    ]
    if subject in ("layers", "links"):
        del groups[1]  # where a thing is, its coordinates say; a link has two places, in columns of its own
    if subject in _VOCABULARIES:
        own = dict.fromkeys(role for role in terms(_VOCABULARIES[subject]).values())
        return [*groups, (say("intake.group.facts"), _named(own, dataset))]
    if subject == "indicators":
        groups.append((say("intake.group.year"), _named(("year",), dataset)))
        groups.append((say("intake.group.value"), _values(columns, dataset, new)))
        groups.append((say("intake.group.sample"), _named(_samples(columns), dataset, new)))
        groups.append((say("intake.group.long"), _named((*LONG, "sample"), dataset)))
    return [group for group in groups if group[1]]


def new_names(columns: Mapping[str, str], answers: Mapping[str, str], dataset: Dataset) -> dict[str, str]:
    """Return what to call the new indicators of a file, by code: as a person named them, or as their column."""
    found: dict[str, str] = {}
    for column, role in columns.items():
        code = bare(role).removeprefix(VALUE)
        if role.startswith(VALUE) and code not in dataset.catalog.index:
            found.setdefault(code, answers.get(f"label_{language()}:{code}") or column)
    return found


def _named(roles: Iterable[str], dataset: Dataset, new: Mapping[str, str] | None = None) -> list[Choice]:
    return [(role, name(role, dataset, new)) for role in roles]


def _values(columns: Mapping[str, str], dataset: Dataset, new: Mapping[str, str]) -> list[Choice]:
    """Return the indicators of the catalogue by name, those that this file brings, and a new one."""
    label = f"label_{language()}"
    every = ((f"{VALUE}{code}", str(row[label])) for code, row in dataset.catalog.iterrows())
    known = sorted(every, key=lambda choice: choice[1])
    brought = dict.fromkeys(bare(role) for role in columns.values() if role.startswith(VALUE))
    own = _named((role for role in brought if role not in dict(known)), dataset, new)
    return [(NEW, say("intake.role.new")), *own, *known]


def _samples(columns: Mapping[str, str]) -> list[str]:
    """Return the samples that can be told: of the indicators that the file has figures of."""
    codes = dict.fromkeys(bare(r).removeprefix(VALUE) for r in columns.values() if r.startswith(VALUE))
    kept = dict.fromkeys(bare(r) for r in columns.values() if r.startswith(SAMPLE))
    return list(dict.fromkeys([*kept, *(f"{SAMPLE}{code}" for code in codes)]))


def bare(role: str) -> str:
    """Return a role without its year: `value:anaemia:2017` is `value:anaemia`."""
    return ":".join(role.split(":")[:2])


def year(role: str) -> str:
    """Return the year of a role, "" where it has none."""
    parts = role.split(":")
    return parts[2] if len(parts) == 3 else ""


def name(role: str, dataset: Dataset, new: Mapping[str, str] | None = None) -> str:
    """Return what a role is called. new: names of the new indicators by code."""
    kind, _, rest = bare(role).partition(":")
    if not rest:
        return say(f"intake.role.{role}")
    called = indicator(rest, dataset, new)
    if kind == "sample":
        called = say("intake.role.sample_of", indicator=called)
    return f"{called}, {year(role)}" if year(role) else called


def indicator(code: str, dataset: Dataset, new: Mapping[str, str] | None = None) -> str:
    """Return the name of an indicator of the catalogue; of another, that it is new, with its name or code."""
    if code in dataset.catalog.index:
        return str(dataset.catalog.loc[code, f"label_{language()}"])
    return say("intake.role.new_named", name=(new or {}).get(code, code))
