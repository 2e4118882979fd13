"""Make what a browser sends to callbacks, from the list of them that a server hands out."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

ASK = "/_dash-update-component"
Plain = dict[str, Any]


def of_the_server(dependencies: list[Plain]) -> list[Plain]:
    """Return the callbacks that the server answers, as the list has them."""
    return [one for one in dependencies if not one.get("clientside_function")]


def named(output: str) -> list[tuple[str, str]]:
    """Return id and property of each output; where several callbacks give one, a mark of this one's comes after @."""
    names = output.strip(".").split("...") if output.startswith("..") else [output]
    return [tuple(name.rsplit(".", 1)) for name in names]


def body(one: Plain, values: Mapping[tuple[str, str], Any]) -> Plain:
    """Return a question to a callback; what `values` do not name, by id and property, holds nothing."""
    outputs = [{"id": _id(id_), "property": prop} for id_, prop in named(one["output"])]
    inputs, state = ([_part(item, values) for item in one[group]] for group in ("inputs", "state"))
    changed = inputs[0][0] if isinstance(inputs[0], list) else inputs[0]
    id_ = changed["id"] if isinstance(changed["id"], str) else json.dumps(changed["id"], separators=(",", ":"))
    return {
        "output": one["output"],
        "outputs": outputs if one["output"].startswith("..") else outputs[0],
        "inputs": inputs,
        "state": state,
        "changedPropIds": [f"{id_}.{changed['property']}"],
    }


def takes(one: Plain) -> Iterator[tuple[str, str]]:
    """Give id and property of all that a callback takes."""
    yield from ((item["id"], item["property"]) for item in (*one["inputs"], *one["state"]))


def _part(item: Plain, values: Mapping[tuple[str, str], Any]) -> Any:
    id_ = _id(item["id"])
    usual = id_ if item["property"] == "id" else None
    part = {"id": id_, "property": item["property"], "value": values.get((item["id"], item["property"]), usual)}
    return [part] if '["ALL"]' in item["id"] else part


def _id(id_: str) -> Any:
    """Return an id as it is sent; of a pattern, one that fits it."""
    if not id_.startswith("{"):
        return id_
    return {key: "x" if isinstance(part, list) else part for key, part in json.loads(id_).items()}
