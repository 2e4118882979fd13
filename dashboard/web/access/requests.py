"""Check what callbacks are asked, in one place and before any of them: a browser sends what it must, others anything.

What a callback takes is what its parameters say (`dict[str, Any] | None`, `Literal[...]`), and where they say nothing
what the property of the component can hold. Whatever is not so is refused as a whole, and nothing is done.
"""

import inspect
import json
import logging
from collections.abc import Mapping
from typing import Annotated, Any, get_type_hints

import dash
import flask
import orjson
from dash.exceptions import DependencyException
from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError

from dashboard.web.access import pages

QUESTIONS = "/_dash-update-component"
MOST_DEPTH = 40
MOST_NUMBER = 2**53  # whole numbers beyond are none of a browser's
_OF_PROPERTY: Mapping[str, Any] = {
    "n_clicks": int | None,
    "pathname": Annotated[str, StringConstraints(pattern="^/")],
    "search": str | None,
    "data-typed": str | None,  # of a box to write in
    "value": str | bool | int | float | list[str | int | float] | None,
}
_STRICT = ConfigDict(strict=True)

log = logging.getLogger(__name__)


class NotAsked(ValueError):
    """What was sent is no question that a screen asks."""


def protect(app: dash.Dash) -> None:
    """Have every question checked before it is answered."""
    questions = Questions(app)

    def check() -> Any:
        if flask.request.method != "POST" or flask.request.path != QUESTIONS:
            return None
        try:
            questions.check(flask.request.get_data())
        except NotAsked as error:
            return refused(error)
        return None

    app.server.before_request(check)
    app.server.register_error_handler(DependencyException, _no_such_script)


def refused(error: NotAsked) -> Any:
    """Tell who asks that it is no question, and write it down."""
    log.warning("refused: a question that no screen asks: %s", error)
    return pages.refusal("error.400", 400)


def _no_such_script(_: DependencyException) -> Any:
    """Tell of a script that Dash does not have what is told of any address without anything."""
    return pages.refusal("error.404", 404)


class Questions:
    """The questions that there are: the callbacks of an application, as they are declared. Dash fills the list late."""

    def __init__(self, app: dash.Dash):
        self.app = app
        self._kinds: dict[str, list[TypeAdapter]] = {}

    def check(self, body: bytes) -> None:
        """Raise NotAsked for a body that is none of them."""
        sent = read(body)
        output = _is(sent.get("output"), str)
        declared = self.app.callback_map.get(output)
        if declared is None or "callback" not in declared:
            raise NotAsked("an answer that nobody gives")
        _check_outputs(output, sent.get("outputs"))
        wanted = [*declared["inputs"], *declared["state"]]
        given = [*_is(sent.get("inputs", []), list), *_is(sent.get("state", []), list)]
        if len(given) != len(wanted):
            raise NotAsked("not as many values as the callback takes")
        changed = _is(sent.get("changedPropIds", []), list)
        if not all(isinstance(name, str) for name in changed):
            raise NotAsked("what changed has no name")
        values = [_value(item, part) for item, part in zip(wanted, given, strict=True)]
        for value, kind, item in zip(values, self._of(output), wanted, strict=True):
            try:
                kind.validate_python(value)
            except ValidationError as error:
                raise NotAsked(f"{item['id']}.{item['property']}: {error.errors()[0]['type']}") from None

    def _of(self, output: str) -> list[TypeAdapter]:
        """Return the kinds of what a callback takes, in its order."""
        if output not in self._kinds:
            declared = self.app.callback_map[output]
            function = inspect.unwrap(declared["callback"])
            hints = get_type_hints(function)
            named = [hints.get(name, Any) for name in inspect.signature(function).parameters]
            wanted = [*declared["inputs"], *declared["state"]]
            # the one of Dash's own that draws screens takes its values by name
            kinds = named if len(named) == len(wanted) else [Any] * len(wanted)
            self._kinds[output] = [_kind(item, kind) for item, kind in zip(wanted, kinds, strict=True)]
        return self._kinds[output]


def _kind(item: Mapping[str, Any], said: Any) -> TypeAdapter:
    """Return what a value must be: as the parameter says, else what its property holds."""
    of_property = _OF_PROPERTY.get(item["property"], Any)
    if _is_many(item):
        of_property = list[of_property]  # type: ignore[valid-type]  # made while it runs
    # a button that was not pressed yet has no number, whatever a parameter says
    said = of_property if said is Any or item["property"] == "n_clicks" else said
    return TypeAdapter(said, config=_STRICT)


def _is_many(item: Mapping[str, Any]) -> bool:
    return str(item["id"]).startswith("{") and '["ALL"]' in str(item["id"])


def read(body: bytes) -> dict[str, Any]:
    """Return what was sent as JSON, by name. Raises NotAsked for what no browser of ours sends."""
    try:
        sent = orjson.loads(body)  # no halves of characters, nothing that is not a number
    except orjson.JSONDecodeError:
        raise NotAsked("no JSON") from None
    _bound(sent, MOST_DEPTH)
    return _is(sent, dict)


def _bound(part: Any, depth: int) -> None:
    """Refuse what is nested deeper, or a number larger, than any browser sends."""
    if isinstance(part, (dict, list)):
        if depth == 0:
            raise NotAsked("too deep")
        for each in part.values() if isinstance(part, dict) else part:
            _bound(each, depth - 1)
    elif isinstance(part, (int, float)) and not -MOST_NUMBER <= part <= MOST_NUMBER:
        raise NotAsked("too large a number")


def _is(part: Any, kind: type) -> Any:
    if not isinstance(part, kind):
        raise NotAsked(f"no {kind.__name__}")
    return part


def _value(item: Mapping[str, Any], part: Any) -> Any:
    """Return the value that was sent for what a callback takes; of a pattern, those of all that it stands for."""
    if _is_many(item):
        return [_one(item, each) for each in _is(part, list)]
    return _one(item, part)


def _one(item: Mapping[str, Any], part: Any) -> Any:
    named = _is(part, dict).get("id")
    if part.get("property") != item["property"] or not _fits(str(item["id"]), named):
        raise NotAsked("a value of another component")
    value = part.get("value")
    if item["property"] == "id" and value != named:
        raise NotAsked("an id of another component")
    return value


def _fits(declared: str, named: Any) -> bool:
    """Tell whether an id is the declared one, or one of a declared pattern."""
    if not declared.startswith("{"):
        return named == declared
    pattern = json.loads(declared)
    if not isinstance(named, dict) or named.keys() != pattern.keys():
        return False
    return all(
        isinstance(named[key], (str, int)) if isinstance(part, list) else named[key] == part
        for key, part in pattern.items()
    )


def _check_outputs(output: str, given: Any) -> None:
    names = output.strip(".").split("...") if output.startswith("..") else [output]
    parts = _is(given, list) if output.startswith("..") else [given]
    if len(parts) != len(names):
        raise NotAsked("not as many answers as the callback gives")
    for name, part in zip(names, parts, strict=True):
        # one of several callbacks that answer to a component is told from the others by what stands after @
        id_, _, prop = name.rpartition(".")
        if _is(part, dict).get("property") != prop or not _fits(id_, part.get("id")):
            raise NotAsked("an answer to another component")
