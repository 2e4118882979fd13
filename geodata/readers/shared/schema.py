"""Know what the schema allows, read off the descriptor of the data set that ships: kept there, once."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from geodata.model import DEFAULT, DESCRIPTOR

Rule = Mapping[str, Any]  # what the descriptor says of one field, as JSON


@lru_cache(maxsize=1)
def _fields() -> Mapping[tuple[str, str], Rule]:
    resources = json.loads((DEFAULT / DESCRIPTOR).read_text("utf-8"))["resources"]
    return {(entry["name"], rule["name"]): rule for entry in resources for rule in entry.get("fields", ())}


def allowed(table: str, field: str) -> tuple[str, ...]:
    """Return the values that a field can take. Raises KeyError for a field without a list of values."""
    return tuple(_fields()[table, field]["values"])


def allowed_years(table: str) -> tuple[int, int]:
    """Return the first and last year that a table can hold. Raises KeyError."""
    rule = _fields()[table, "year"]
    return rule["minimum"], rule["maximum"]
