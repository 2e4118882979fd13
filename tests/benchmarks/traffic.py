"""Count what a page receives, as the browser's own network log tells it."""

import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from dashboard.pages.map.ids import Map

QUIET_S = 0.3
PATIENCE_S = 30


@dataclass(frozen=True)
class Received:
    """One answer: its address, what was asked, and the bytes that came over the wire (0: cache)."""

    url: str
    asked: str
    size: int

    @property
    def is_judgement(self) -> bool:
        """Tell whether this brought the rules and measures of a candidate, or its place among the others."""
        return any(f'"output":"{part}.data"' in self.asked for part in (Map.JUDGEMENT, Map.STANDING_ANSWER))


class Traffic:
    """Everything that one page has received since the last `reset`."""

    def __init__(self, page: Page):
        self.received: list[Received] = []
        self._page = page
        self._open: dict[str, tuple[str, str]] = {}
        self._changed = time.monotonic()
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.loadingFailed", self._failed)
        session.send("Network.enable", {"maxPostDataSize": 65536})

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
        raise TimeoutError(f"still waiting for {[url for url, _ in self._open.values()]}")

    def _sent(self, event: dict[str, Any]) -> None:
        request = event["request"]
        if request["url"].startswith("http"):
            self._open[event["requestId"]] = (request["url"], request.get("postData", ""))
            self._changed = time.monotonic()

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._open:
            url, asked = self._open.pop(event["requestId"])
            self.received.append(Received(url, asked, int(event["encodedDataLength"])))
            self._changed = time.monotonic()

    def _failed(self, event: dict[str, Any]) -> None:
        self._open.pop(event["requestId"], None)
        self._changed = time.monotonic()
