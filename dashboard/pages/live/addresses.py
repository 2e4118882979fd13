"""Say what can be read live, under which address."""

from urllib.parse import urljoin

from dashboard.documents.live_tables import COVERAGE, DISTRICTS, PROPOSALS

PATH = "/datos-vivos"
COLUMNS = "columnas"
TABLES = (DISTRICTS, PROPOSALS, COVERAGE)
TYPES = {"geojson": "application/geo+json", "csv": "text/csv; charset=utf-8"}
EVERY = (*((name, kind) for name in TABLES for kind in TYPES), (COLUMNS, "csv"))
DESCRIBED = f"{PATH}/openapi.json"


def address(root: str, token: str, name: str, kind: str) -> str:
    """Return where a table is read; root: of the server's addresses."""
    return urljoin(root, f"{PATH}/{token}/{name}.{kind}")
