"""Make pages that can be read without an account, list them and end them."""

from typing import Any
from urllib.parse import urlencode, urljoin

from dash import html

from dashboard.pages.coverage.ids import CoverageDo
from dashboard.pages.coverage.parts import UNTIL
from dashboard.pages.kit import outcomes, sharing
from dashboard.pages.kit.protocol import FormRequest
from dashboard.records.people.sharing import COVERAGE
from dashboard.web.request import RequestContext

PATH = "/compartido"
LINK = "coverage-share-link"  # the address of a page that was just made
PAGES = sharing.Sharing(COVERAGE, "coverage.share", CoverageDo.SHARE, CoverageDo.END_SHARE, "coverage-fields")


def make(request: FormRequest, context: RequestContext, root: str, counted: str) -> list[Any]:
    """Make a page; return what is said, with its whole address, which is shown this once. Raises RecordsError.

    counted: the day up to which lateness is counted, as the address has it: the page begins with it.
    """
    token, page = PAGES.new(request, context)
    address = urljoin(root, f"{PATH}/{token}" + (f"?{urlencode({UNTIL: counted})}" if counted else ""))
    say = context.words.say
    lines = sharing.addresses([(LINK, say("coverage.share.address"), address)], say, "share-made")
    said = outcomes.done(say("coverage.share.made", day=context.words.day(page.expires_on)))
    return [said, html.P(say("coverage.share.once"), className="muted"), *lines]
