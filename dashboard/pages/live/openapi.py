"""Describe the addresses of live data for programs, as OpenAPI 3.1 does: paths, columns, answers."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard import texts
from dashboard.documents import live_tables
from dashboard.documents.place_files import PlaceTable
from dashboard.pages.live import addresses
from dashboard.records.proposals import Overview
from dashboard.web.request import RequestContext

VERSION = "3.1.0"
OF_API = "1.0.0"  # columns may be added to a table; one that goes or changes what it means is another version
NOTHING = Overview((), ())
GEOJSON_SHAPES = ("Polygon", "MultiPolygon", "GeometryCollection")
Tree = dict[str, Any]  # JSON


def document(context: RequestContext) -> Tree:
    """Return the description, in the reader's words."""
    say = context.words.say
    tables = {
        name: live_tables.live_table(name, context.dataset, context.words, NOTHING, None) for name in addresses.TABLES
    }
    return {
        "openapi": VERSION,
        "info": {"title": say("live.nav"), "description": say("live.lead"), "version": OF_API},
        "servers": [{"url": "/"}],
        "paths": {f"{addresses.PATH}/{{token}}/{n}.{kind}": _path(n, kind, say) for n, kind in addresses.EVERY},
        "components": {
            "parameters": {"token": _parameter("token", "path", say("live.token"), {"type": "string"}, True)}
            | {
                "lang": _parameter("lang", "query", say("live.language"), _one_of(texts.LANGUAGES)),
                "al": _parameter("al", "query", say("live.until"), {"type": "string", "format": "date"}),
            },
            "responses": {
                "NotModified": {"description": say("live.not_modified")},
                "Unknown": _text(say("live.unknown")),
                "Ended": _text(say("live.ended")),
            },
            "schemas": {name: _columns(table) for name, table in tables.items()},
        },
    }


def _path(name: str, kind: str, say: Any) -> Tree:
    refers = [{"$ref": "#/components/parameters/token"}, {"$ref": "#/components/parameters/lang"}]
    if name == live_tables.COVERAGE:
        refers.append({"$ref": "#/components/parameters/al"})
    found = {"schema": _collection(name) if kind == "geojson" else {"type": "string"}}
    headers = {header: {"schema": {"type": "string"}} for header in ("ETag", "Cache-Control")}
    body = {"description": say(f"live.what.{name}"), "headers": headers, "content": {addresses.TYPES[kind]: found}}
    return {
        "parameters": refers,
        "get": {
            "operationId": f"{name}_{kind}",
            "summary": say("live.address_of", what=say(f"live.what.{name}"), kind=say(f"live.kind.{kind}")),
            "responses": {
                "200": body,
                "304": {"$ref": "#/components/responses/NotModified"},
                "404": {"$ref": "#/components/responses/Unknown"},
                "410": {"$ref": "#/components/responses/Ended"},
            },
        },
    }


def _collection(name: str) -> Tree:
    """Return what a GeoJSON of a table is; a place without limits has no geometry."""
    shape = {"type": "object", "properties": {"type": _one_of(GEOJSON_SHAPES), "coordinates": {"type": "array"}}}
    feature = {
        "type": "object",
        "required": ["type", "properties", "geometry"],
        "properties": {
            "type": {"const": "Feature"},
            "geometry": {"oneOf": [shape, {"type": "null"}]},
            "properties": {"$ref": f"#/components/schemas/{name}"},
        },
    }
    return {
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {"type": "array", "items": feature},
            "codebook": {"type": "array", "items": {"type": "object"}},
        },
    }


def _columns(table: PlaceTable) -> Tree:
    """Return each column of a table: text, or a figure that may not be known."""
    told = {
        name: {
            "type": ["number", "null"] if pd.api.types.is_numeric_dtype(table.frame[name]) else ["string", "null"],
            "description": ". ".join(filter(None, (each.title, each.unit, each.years, each.source))),
        }
        for name, each in table.columns.items()
    }
    return {"type": "object", "properties": told, "required": list(told)}


def _parameter(name: str, place: str, about: str, schema: Mapping[str, Any], required: bool = False) -> Tree:
    return {"name": name, "in": place, "required": required, "description": about, "schema": dict(schema)}


def _one_of(values: Any) -> Tree:
    return {"type": "string", "enum": list(values)}


def _text(about: str) -> Tree:
    return {"description": about, "content": {"text/plain": {"schema": {"type": "string"}}}}
