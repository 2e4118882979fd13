"""Publish Dash's own libraries as one script, with the parts that they ask for later beside it.

Dash names each library in the document by itself, also those that no screen uses: its table, and a polyfill of which
browsers need nothing any more but what runs the generators of its libraries. Here that and the others are one file, in
Dash's order. A library looks for its parts beside the script that it runs in, so they lie in the same folder, named by
a hash of all of them.
"""

import hashlib
import re
from functools import lru_cache
from pathlib import Path

import dash

from dashboard.web.published import Published

# in Dash's order (a test holds it), of the versions of React the newest
FIRST = (
    "deps/react@*.min.js", "deps/react-dom@*.min.js", "deps/prop-types@*.min.js",
    "dash-renderer/build/dash_renderer.min.js", "dcc/dash_core_components.js", "dcc/dash_core_components-shared.js",
    "html/dash_html_components.min.js",
)  # fmt: skip
# of the components in use; that of the lists is on most screens, and runs with the libraries
AT_ONCE = "dcc/async-dropdown.js"
LATER = ("dcc/async-graph.js", "dcc/async-slider.js")
GENERATORS = "regenerator-runtime.js"
NAME = "dash-renderer.js"  # Dash wants its renderer in the document, by its name
KIND = "text/javascript"
_COMMENT = re.compile(rb"^ *//[^\n]*(?:\n|$)", re.M)  # such as where the map of the source is, which is not published
_LIBRARY = re.compile(r'^<\w+ src="[^"]*"></\w+>\n?', re.M)
_FOLDER = Path(dash.__file__).parent


@lru_cache(maxsize=1)
def suites(vendor: Path) -> dict[str, Published]:
    """Return the script of the libraries and their parts, by name."""
    bodies = [(vendor / GENERATORS).read_bytes(), *map(_read, (*FIRST, AT_ONCE))]
    first = b"\n".join(_COMMENT.sub(b"", body) + b";" for body in bodies)
    files = {NAME: first, **{Path(name).name: _read(name) for name in LATER}}
    digest = hashlib.sha256(b"".join(files.values())).hexdigest()[:16]
    return {name: Published(f"{digest}/{name}", body, KIND) for name, body in files.items()}


def without_libraries(scripts: str) -> str:
    """Return the markup of Dash's scripts without the libraries: what stands in the document itself."""
    return _LIBRARY.sub("", scripts)


def _read(pattern: str) -> bytes:
    return max(_FOLDER.glob(pattern), key=_version).read_bytes()


def _version(path: Path) -> list[int]:
    """Return the version in the name of a file, as numbers."""
    return [int(part) for part in path.name.partition("@")[2].split(".") if part.isdigit()]
