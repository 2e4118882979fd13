"""Touch a screen as fingers do: taps, drags and pinches that the browser itself turns into gestures."""

from collections.abc import Sequence

from playwright.sync_api import Page

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
Spot = tuple[float, float]


class Fingers:
    """The fingers of one person on a page, each at a pixel of the window."""

    def __init__(self, page: Page):
        self._page = page
        self._session = page.context.new_cdp_session(page)

    def _tell(self, kind: str, spots: Sequence[Spot]) -> None:
        points = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(spots)]
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def down(self, *spots: Spot) -> None:
        """Put fingers down, one after the other, each at its spot."""
        for n in range(1, len(spots) + 1):
            self._tell("touchStart", spots[:n])

    def move(self, *spots: Spot) -> None:
        """Move the fingers that are down to their next spots, and let the page draw that."""
        self._tell("touchMove", spots)
        self._page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")

    def up(self) -> None:
        """Lift all fingers."""
        self._tell("touchEnd", [])

    def tap(self, spot: Spot) -> None:
        """Touch a spot and lift the finger where it was."""
        self.down(spot)
        self.up()

    def drag(self, start: Spot, end: Spot, steps: int = 6) -> None:
        """Move one finger in a line."""
        self.down(start)
        for n in range(1, steps + 1):
            self.move(_between(start, end, n / steps))
        self.up()

    def pinch(self, middle: Spot, before: float, after: float, steps: int = 6) -> None:
        """Move two fingers on a level line apart or together: pixels from one to the other, before and after."""
        x, y = middle
        apart = [before + (after - before) * n / steps for n in range(steps + 1)]
        ends = [((x - wide / 2, y), (x + wide / 2, y)) for wide in apart]
        self.down(*ends[0])
        for pair in ends[1:]:
            self.move(*pair)
        self.up()


def _between(start: Spot, end: Spot, share: float) -> Spot:
    return tuple(a + (b - a) * share for a, b in zip(start, end, strict=True))
