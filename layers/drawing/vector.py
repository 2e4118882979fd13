"""Make of an SVG by matplotlib one that any page may hold: no style, script, id or word on who wrote it.

Pages forbid styles of their own by their security policy, and hold several maps, whose ids would be the same. What was
drawn with a `gid` is kept, in its order, with the gid as its class; all else of the file is matplotlib's own.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from geodata.shared import templates

SPACE = "{http://www.w3.org/2000/svg}"
FAMILY = "DejaVu Sans, Verdana, Liberation Sans, Arial, sans-serif"  # each as wide as the next, or wider
KEPT = ("fill", "fill-rule", "stroke", "stroke-width", "font-size", "font-weight", "text-anchor")
HALO = 2.4  # around words, in units
_NUMBER = re.compile(r"-?\d+\.\d+")
_TEMPLATES = templates(__file__)
Looks = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A path (its `d`), or else words from a place."""

    path: str = ""
    x: str = ""
    y: str = ""
    words: str = ""


def for_a_page(written: bytes, title: str, width: int, height: int, halos: Mapping[str, str]) -> str:
    """Return an SVG of matplotlib as an element for a page, `width` by `height` units; `title` is read aloud.

    halos: by gid of words, the colour of what lies around their letters, so that lines do not cross them.
    """
    # the file is our own; the parser need know nothing from elsewhere
    root = etree.fromstring(written, etree.XMLParser(resolve_entities=False, no_network=True))
    groups = [
        (*alike, [shape for _, _, shape in found]) for alike, found in groupby(_drawn(root), key=lambda one: one[:2])
    ]
    return _TEMPLATES.get_template("map.svg").render(
        groups=groups, title=title, width=width, height=height, halos=halos, halo=HALO, family=FAMILY
    )


def _drawn(root: etree._Element) -> Iterator[tuple[str, Looks, Shape]]:
    """Yield gid, looks and shape of each path and each line of words that was drawn with a gid."""
    for node in root.iter(f"{SPACE}path", f"{SPACE}text"):
        name = node.getparent().get("id", "")
        if not name.isalpha():  # matplotlib's own are numbered
            continue
        style = dict(item.split(": ", 1) for item in node.get("style", "").split("; ") if ": " in item)
        looks = tuple((key, style[key].removesuffix("px")) for key in KEPT if key in style)
        if node.tag == f"{SPACE}path":
            yield name, looks, Shape(path=" ".join(_rounded(node.get("d")).split()))
        else:
            yield name, looks, Shape(x=_rounded(node.get("x")), y=_rounded(node.get("y")), words=node.text)


def _rounded(numbers: str) -> str:
    return _NUMBER.sub(lambda found: f"{float(found[0]):.1f}", numbers)
