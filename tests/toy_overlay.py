"""One more overlay, as whoever adds one writes it: a module, with every kind of part, and its words."""

from pathlib import Path

MODULE = '''
"""Show toys."""

from geodata.model import Dataset
from layers import marks
from layers.legend import LegendEntry
from layers.overlay import Labels, Marks, Need, Outlines, Overlay, Rings, Rows, Spans

COLOUR = "#7a1fa2"


def _rows(dataset: Dataset) -> dict[str, Rows]:
    order = {ubigeo: n for n, ubigeo in enumerate(dataset.territory.districts)}
    return {
        "groups": [{"members": ["2205"], "text": "T1"}, {"members": ["160101", "160102"], "text": "T2"}],
        "toys": [
            {"at": "220501", "symbol": "star", "first": 2012},
            {"at": "220501", "symbol": "star", "first": 2013, "last": 2014},
            {"at": "1601", "symbol": "diamond", "first": 2020, "hazard": "none"},
        ],
        "paths": [{"ends": ("220501", "160101")}],
        "games": {"kinds": ["ball"], "rows": [[order["220505"], 0, 2012, 4], [order["220505"], 0, 2020, 9]]},
    }


OVERLAY = Overlay(
    key="toy",
    place=15,
    rows=_rows,
    parts=(
        Outlines(of="groups", colour=COLOUR, width=2, casing=1),
        Labels(of="groups", colour=COLOUR, tag=True, weight=2e7),
        Marks(of="toys", colour=COLOUR, room=6, counted="several"),
        Rings(of="games", colour=COLOUR),
        Spans(of="paths", name="paths", colour=COLOUR, width=2),
    ),
    legend=(
        LegendEntry(marks.line(COLOUR), "legend.toy"),
        LegendEntry(marks.symbol("star", COLOUR), "legend.toy_star"),
    ),
    needs=(Need.HAZARD_PERIOD,),
)
'''
WORDS = {
    "es": {"overlay": {"toy": "Juguetes"}, "legend": {"toy": "caja de juguetes", "toy_star": "juguete"}},
    "en": {"overlay": {"toy": "Toys"}, "legend": {"toy": "box of toys", "toy_star": "toy"}},
}


def write(folder: Path) -> None:
    """Write the module and its words into a folder."""
    (folder / "toy.py").write_text(MODULE, "utf-8")
    for language, tables in WORDS.items():
        lines = [f"[{table}]\n{_pairs(own)}" for table, own in tables.items()]
        (folder / f"toy.{language}.toml").write_text("".join(lines), "utf-8")


def _pairs(own: dict[str, str]) -> str:
    return "".join(f'{key} = "{text}"\n' for key, text in own.items())
