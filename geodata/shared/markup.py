"""Read the templates that lie beside the code that fills them: HTML, SVG and XML, in which every text is escaped."""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES = "templates"


def templates(module: str, **filters: Callable) -> Environment:
    """Return the templates in the folder `templates` beside a module, and below them those every room may extend.

    module: its `__file__`. filters: functions of one value by the name that the templates know them under. A template
    that names what it was not given raises jinja2.UndefinedError when it is filled.
    """
    folders = [path.with_name(TEMPLATES) for path in (Path(module), Path(__file__))]
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # they change as the code does: with the next start
    )
    made.filters.update(filters)
    return made


def stylesheet(module: str, name: str) -> Markup:
    """Return the styles in a file beside a module (its `__file__`), for a page that holds them itself."""
    return Markup(Path(module).with_name(name).read_text("utf-8"))


def style_hash(style: str) -> str:
    """Return what a content security policy allows a page's one style by: `sha256-...`."""
    return "sha256-" + b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
