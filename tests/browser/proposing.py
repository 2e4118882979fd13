"""Drive the screen that proposes: open it, read its list, point, pick and take away."""

from urllib.parse import urlencode

from playwright.sync_api import Page

from dashboard.pages.propose.ids import Propose
from tests.browser import charts, maps

ROWS = f"#{Propose.LIST} tr[data-row]"
SCATTER = f"#{Propose.SCATTER}"
MAP = f"#{Propose.MAP}"


def open_proposals(page: Page, query: dict[str, str] | str = "") -> None:
    """Open the screen for an address query and wait until candidates, or why there are none, are shown."""
    text = urlencode(query) if isinstance(query, dict) else query
    page.goto(f"/proponer?{text}" if text else "/proponer")
    until_found(page)


def until_found(page: Page) -> None:
    page.wait_for_selector(f"{ROWS}, #{Propose.LIST} .propose-nothing")
    page.wait_for_function("() => !window.answersAwaited && !document.querySelector('.is-searching')")


def until_marked(page: Page, *names: str) -> dict[str, dict]:
    """Wait until exactly these are marked in the scatter: picked, pointed; return where."""
    charts.until_drawn(page, SCATTER)
    page.wait_for_function(
        """([box, names]) => {
            const plot = document.querySelector(`${box} .js-plotly-plot`);
            const marks = [...plot.querySelectorAll(".shapelayer path")];
            return marks.map((mark) => plot.layout.shapes[mark.dataset.index]?.name).sort().join() === names;
        }""",
        arg=[SCATTER, ",".join(sorted(names))],
    )
    return charts.marked(page, SCATTER)


def listed(page: Page) -> list[dict]:
    """Return the rows of the list: row of the pool, place, names and score."""
    return page.evaluate(
        """(rows) => [...document.querySelectorAll(rows)].map((tr) => ({
            row: Number(tr.dataset.row),
            place: Number(tr.querySelector(".col-place").textContent.replace(/\\D/g, "")),
            names: tr.querySelector(".pick").textContent,
            score: Number(tr.querySelector(".col-score").textContent.replace(",", ".")),
        }))""",
        ROWS,
    )


def until_picked(page: Page, names: str) -> None:
    """Wait until a candidate of these names is the one picked."""
    page.wait_for_function(
        "([rows, names]) => document.querySelector(`${rows}.picked .pick`)?.textContent === names", arg=[ROWS, names]
    )


def outlines(page: Page) -> dict[str, str | None]:
    """Return what is drawn on the map for the candidates picked and pointed at, None for what is not."""
    return page.evaluate(
        """(map) => Object.fromEntries(["picked", "pointed"].map(
            (name) => [name, document.querySelector(`${map} [data-layer="${name}"] .line`).getAttribute("d")]))""",
        MAP,
    )


def spot_of(page: Page, ubigeo: str) -> tuple[float, float]:
    """Return a pixel inside a district that the map answers for."""
    page.locator(MAP).scroll_into_view_if_needed()
    return maps.spot_of(page, MAP, ubigeo)
