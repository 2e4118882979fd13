"""Find the style sheets that Dash's scripts put into a page, so that a policy can allow these and no others.

The scripts hold each sheet as text beside a map of its sources, and write both into a `<style>` element: first an empty
one, then its text. What they will write can therefore be read off them.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import dash

# those of the components in use; those of dash.dash_table, which is not, are not allowed
SCRIPTS = ("dash-renderer/build/dash_renderer.min.js", "dcc/dash_core_components.js", "dcc/async-*.js")
_STRING = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
_SOURCES = rf"\{{(?:{_STRING}|[^\"'}}])*\}}"
_SHEET = re.compile(rf"\.push\(\[\w+\.id,\s*({_STRING}),\s*(?:{_STRING})(?:,\s*({_SOURCES}))?\]\)", re.S)
_TOKEN = re.compile(rf"({_STRING})|(\w+)(?=:)", re.S)
_ESCAPED = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.S)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


def allowed() -> list[str]:
    """Return what a policy says of every sheet of Dash's components, and of one that is still empty."""
    folder = Path(dash.__file__).parent
    scripts = (path.read_text("utf-8") for name in SCRIPTS for path in sorted(folder.glob(name)))
    return hashes(["", *(sheet for script in scripts for sheet in sheets(script))])


def hashes(texts: Iterable[str]) -> list[str]:
    """Return the sources of a policy that stand for texts, each once."""
    found = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return list(dict.fromkeys(f"'sha256-{digest}'" for digest in found))


def sheets(script: str) -> Iterator[str]:
    """Give each sheet that a script writes, with the map of its sources as a comment where there is one."""
    for sheet, sources in _SHEET.findall(script):
        text = _text(sheet)
        if sources:
            # as JSON.stringify writes it
            mapped = json.dumps(json.loads(_TOKEN.sub(_as_json, sources)), ensure_ascii=False, separators=(",", ":"))
            coded = base64.b64encode(mapped.encode()).decode()
            text += f"\n/*# sourceMappingURL=data:application/json;base64,{coded} */"
        yield text


def _as_json(token: re.Match) -> str:
    return json.dumps(_text(token[1])) if token[1] else f'"{token[2]}"'


def _text(literal: str) -> str:
    """Return what a string of JavaScript says.

    >>> _text(r"'a\\n\\u00f1\\'b'")
    "a\\nñ'b"
    """
    return _ESCAPED.sub(_letter, literal[1:-1])


def _letter(escaped: re.Match) -> str:
    what = escaped[1]
    if len(what) > 1:
        return chr(int(what[1:], 16))
    return "" if what == "\n" else _LETTERS.get(what, what)
