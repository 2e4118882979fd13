"""Say where the parts of the coverage stand, and give its tables and drawings their look.

Read both on the screen and on pages without Dash: no callback and no inline style.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from urllib.parse import urlencode

import orjson
from dash import html

from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.tables import RECORD
from dashboard.pages.kit.tables import table as plain_table
from layers.drawing import TargetBar

PATH = "/cobertura"
PARTS = SUMMARY, FOCAS, QSIP, SHARING = ("resumen", "focas", "qsip", "compartir")
DEPARTMENT, PART, CLUSTER, UNTIL = "departamento", "parte", "conglomerado", "al"  # names in the address
DRAWING = "data-svg"  # an attribute with a drawing that the browser, or a page, puts in its place

# every table here says above itself what it is of
table = partial(plain_table, captioned=True, look=f"{RECORD} coverage-table")


def address(
    department: str | None = None, part: str = SUMMARY, cluster: str | None = None, path: str = PATH,
    until: date | None = None,
) -> str:  # fmt: skip
    """Return the address of a part of the screen; what is as it begins is left out.

    until: the day up to which lateness is counted, where a reader chose it.
    """
    fields = {DEPARTMENT: department, PART: None if part == SUMMARY else part, CLUSTER: cluster, UNTIL: until}
    query = urlencode({name: value for name, value in fields.items() if value})
    return f"{path}?{query}" if query else path


def drawing(svg: str, class_name: str = "drawing") -> html.Div:
    """Return a place for a drawing of our own making."""
    return html.Div(className=class_name, **dashed(**{DRAWING: svg}))


def chart(bars: Sequence[TargetBar], title: str, class_name: str) -> html.Div:
    """Return a place where the browser draws bars beside their targets; `title` is read aloud."""
    data = orjson.dumps([asdict(bar) for bar in bars]).decode()
    return html.Div(className=class_name, **dashed(data_bars_of=data, data_label=title))
