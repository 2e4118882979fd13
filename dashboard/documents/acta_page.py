"""Write an acta as one page to print: no script, nothing loaded from elsewhere, every word escaped."""

import re
from itertools import pairwise

from markupsafe import Markup

from dashboard.documents.acta import blocks
from dashboard.documents.acta_body import title
from dashboard.documents.blocks import Picture
from dashboard.records.core import Words
from dashboard.records.meetings import MeetingRecord
from geodata.model import Dataset
from geodata.shared import stylesheet, templates
from layers.drawing import svg

WORD = 30  # letters of a word that is never broken in a table
LONG_WORD = re.compile(f"[^ ]{{{WORD}}}(?=[^ ])")
FEW = 14  # rows of a table that is not broken between pages
STYLE = stylesheet(__file__, "acta.css")


def acta_html(record: MeetingRecord, dataset: Dataset, words: Words) -> str:
    """Return the acta as a whole HTML page."""
    parts = [(type(block).__name__.lower(), block) for block in blocks(record, dataset, words)]
    return _TEMPLATES.get_template("acta.html").render(
        language=words.language, title=title(record, dataset, words), style=STYLE, blocks=parts, few=FEW
    )


def no_acta_html(sentence: str, back: str, words: Words) -> str:
    """Return the page that says why there is no acta. back: the address that leads on."""
    return _TEMPLATES.get_template("no_acta.html").render(
        language=words.language, title=words.say("meetings.no_acta"), style=STYLE, sentence=sentence, back=back,
        say=words.say,
    )  # fmt: skip


def pieces(text: str) -> list[str]:
    """Return the text of a cell in pieces that a line may end after.

    A word that no column holds may be broken, or the table would leave the page.
    """
    cuts = [0, *(found.end() for found in LONG_WORD.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


def _drawn(picture: Picture) -> Markup:
    return Markup(svg(picture.drawing, picture.caption))  # which escapes the caption itself


_TEMPLATES = templates(__file__, pieces=pieces, drawn=_drawn)
