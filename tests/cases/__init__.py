"""What the server and the browser both know, as tables of cases: the tests of both sides run every one of them."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def read(table: str) -> list[dict[str, Any]]:
    """Return the cases of a table; each has a `why` where its values alone do not tell what it is for."""
    return json.loads((FOLDER / f"{table}.json").read_text("utf-8"))


def why(case: dict[str, Any]) -> str:
    """Return what a case is for, as the name of its test."""
    return case.get("why") or case.get("code") or "nothing"
