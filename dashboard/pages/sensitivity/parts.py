"""Say where the screen stands, and what of: a gap and a place, read off the address; name them and the ways."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from dashboard.clusters.writing import Say
from geodata.model import Dataset, sensitivity, variants
from layers import series

PATH, WORKBOOK = "/sensibilidad", "/sensibilidad/sensibilidad.xlsx"
GAP, DEPARTMENT = "brecha", "departamento"  # names in the address


def address(gap: str, department: str, path: str = PATH) -> str:
    """Return the address of a gap and a place ("" is all); what is as it begins is left out."""
    fields = {GAP: gap if gap != series.GAPS[0] else "", DEPARTMENT: department}
    query = urlencode({name: value for name, value in fields.items() if value})
    return f"{path}?{query}" if query else path


def asked(query: Mapping[str, Any], dataset: Dataset) -> sensitivity.Sensitivity:
    """Return what an address asks for; what it does not name rightly is as the screen begins."""
    gap = next((gap for gap in series.GAPS if gap == query.get(GAP)), series.GAPS[0])
    department = next((code for code in dataset.territory.departments if code == query.get(DEPARTMENT)), "")
    return sensitivity.sensitivity(dataset, gap, department)


def where(found: sensitivity.Sensitivity, dataset: Dataset, say: Say) -> str:
    """Return the name of the place."""
    if not found.department:
        return say("sensitivity.everywhere")
    return dataset.territory.departments[found.department].name


def gap_name(gap: str, say: Say) -> str:
    """Return what a gap is called, as a heading has it."""
    return say(f"browser.series.gap_{gap}")


def way_name(way: variants.Way, dataset: Dataset, say: Say, language: str) -> str:
    """Return what a way is called."""
    indicator = dataset.catalog.loc[way.indicator, f"label_{language}"] if way.kind == variants.WITHOUT else ""
    return say(f"sensitivity.way.{way.kind}", indicator=indicator)
