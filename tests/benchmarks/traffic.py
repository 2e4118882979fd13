"""Count what a page receives, as the browser's own network log tells it."""

import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from dashboard.pages.map import judging

LINE = {"offline": False, "latency": 300, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 1.6e6 / 8}
QUIET_S = 0.5  # longer than a pause after which a drawing is placed
PATIENCE_S = 30

JUDGED = f"/{judging.ADDRESS}"
# what only a map needs, by the beginnings of the names under which it is published
OF_MAPS = ("leaflet.", "facts.", "limits.")


@dataclass(frozen=True)
class Received:
    """One answer: its address, what was asked, the bytes that came over the wire (0: cache), and when it was asked for.

    `asked_ms` is in milliseconds since 1970, as `performance.timeOrigin` is; of a sample, since the page began.
    """

    url: str
    asked: str
    size: int
    asked_ms: float = 0

    @property
    def is_judgement(self) -> bool:
        """Tell whether this brought the rules and measures of a candidate."""
        return JUDGED in self.url and f'"{judging.RULES}"' in self.asked

    @property
    def is_standing(self) -> bool:
        """Tell whether this brought a candidate's place among the others, which is asked for after a pause."""
        return JUDGED in self.url and not self.is_judgement

    @property
    def is_of_maps(self) -> bool:
        """Tell whether this is a file that only a map needs."""
        return self.url.rsplit("/", 1)[-1].startswith(OF_MAPS)


class Traffic:
    """Everything that one page has received since the last `reset`."""

    def __init__(self, page: Page):
        self.received: list[Received] = []
        self._page = page
        self._open: dict[str, tuple[str, str, float]] = {}
        self._changed = time.monotonic()
        self._session = session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.loadingFailed", self._failed)
        session.send("Network.enable", {"maxPostDataSize": 65536})

    def slow_down(self) -> None:
        """Let everything from now on come by a slow line."""
        self._session.send("Network.emulateNetworkConditions", LINE)

    def reset(self) -> None:
        """Forget what came so far."""
        self.received = []

    def settle(self) -> None:
        """Wait until nothing has been asked for or received for a moment."""
        until = time.monotonic() + PATIENCE_S
        self._changed = time.monotonic()
        while time.monotonic() < until:
            self._page.wait_for_timeout(50)
            if not self._open and time.monotonic() - self._changed > QUIET_S:
                return
        raise TimeoutError(f"still waiting for {[url for url, *_ in self._open.values()]}")

    def _sent(self, event: dict[str, Any]) -> None:
        request = event["request"]
        if event.get("type") == "Document":
            self._open.clear()  # what a page that is left was asking is told neither as come nor as failed
        if request["url"].startswith("http"):
            self._open[event["requestId"]] = (request["url"], request.get("postData", ""), event["wallTime"] * 1000)
            self._changed = time.monotonic()

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._open:
            url, asked, at = self._open.pop(event["requestId"])
            self.received.append(Received(url, asked, int(event["encodedDataLength"]), at))
            self._changed = time.monotonic()

    def _failed(self, event: dict[str, Any]) -> None:
        self._open.pop(event["requestId"], None)
        self._changed = time.monotonic()
