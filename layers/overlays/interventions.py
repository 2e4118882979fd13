"""Show projects of USAID, other cooperation and municipalities where they are known: shape by who carries them out.

One known only to its province or department stands there in a badge, never on a district.
"""

from geodata.model import PROJECT_KINDS, Dataset, Intervention
from geodata.shared import period_text
from layers import marks, palette
from layers.legend import LegendEntry
from layers.overlay import Mark, Marks, Need, Overlay

SYMBOLS = dict(zip(PROJECT_KINDS, ("star", "diamond", "hexagon", "square"), strict=True))
COLOUR = palette.PROJECT
WIDE = {4: "province", 2: "department"}  # by digits of the code
# symbol, size and how far below the middle of the place, in pixels: clear of the badges of conflicts
BADGES = {"province": ("square", 17, 42), "department": ("octagon", 22, -50)}


def _rows(dataset: Dataset) -> dict[str, list[Mark]]:
    rows: dict[str, list[Mark]] = {"exact": [], "wide": []}
    for project in dataset.interventions or ():
        told = _told(project)
        for code in project.places:
            if level := WIDE.get(len(code)):
                symbol, size, lift = BADGES[level]
                rows["wide"].append(Mark(at=code, symbol=symbol, size=size, lift=lift, told=told))
            else:
                rows["exact"].append(Mark(at=code, symbol=SYMBOLS[project.kind], told=told))
    return rows


def _told(project: Intervention) -> dict[str, str]:
    """Return by language who carries a project out, what it is and of what years."""
    first, last = project.first_year, project.last_year
    if first is not None and last is not None:
        years = f" ({period_text(first, last)})"
    else:  # an end that is not known stays open
        years = "" if first is last is None else f" ({first or ''}–{last or ''})"
    return {"es": f"{project.agency}: {project.name_es}{years}", "en": f"{project.agency}: {project.name_en}{years}"}


OVERLAY = Overlay(
    key="interventions",
    place=75,
    rows=_rows,
    parts=(
        Marks(
            of="exact",
            size=12,
            fill=COLOUR,
            stroke=COLOUR,
            width=1.2,
            colour=COLOUR,
            beside=True,
            room=8,
            row=15,
            lift=11,
            counted="several",
            height=68,
        ),
        Marks(
            of="wide",
            name="broad",
            fill=palette.PAPER,
            stroke=COLOUR,
            width=1.8,
            colour=COLOUR,
            room=11,
            counted="all",
            height=68,
        ),
    ),
    legend=(
        *(LegendEntry(marks.symbol(shape, COLOUR), f"project_kind.{kind}") for kind, shape in SYMBOLS.items()),
        LegendEntry(marks.badge(BADGES["province"][0]), "legend.project_province"),
        LegendEntry(marks.badge(BADGES["department"][0]), "legend.project_department"),
    ),
    needs=(Need.DEPARTMENT,),
)
