"""Read charts as they were drawn: what of, and where its marks stand on the screen."""

from collections.abc import Iterable

from playwright.sync_api import Page

BUNDLE = "/published/plotly-charts."


def until_drawn(page: Page, box: str) -> None:
    """Wait until the chart in a box (a selector) was drawn."""
    page.wait_for_selector(f"{box}[data-drawn=yes] .js-plotly-plot")


def traces(page: Page, box: str) -> dict[str, dict]:
    """Return what the chart was drawn of: its traces by name."""
    return page.evaluate(
        """(box) => Object.fromEntries(document.querySelector(`${box} .js-plotly-plot`).data.map((t) => [t.name, {
            x: [...t.x], y: [...t.y], custom: [...(t.customdata || [])], chosen: t.selectedpoints ?? null,
        }]))""",
        box,
    )


def marked(page: Page, box: str) -> dict[str, dict]:
    """Return what is laid over the chart, by name: left, top, width and height on the screen."""
    return page.evaluate(
        """(box) => {
            const plot = document.querySelector(`${box} .js-plotly-plot`);
            return Object.fromEntries([...plot.querySelectorAll(".shapelayer path")].map((path) => {
                const { x, y, width, height } = path.getBoundingClientRect();
                return [plot.layout.shapes[Number(path.dataset.index)].name, { x, y, width, height }];
            }));
        }""",
        box,
    )


def spots(page: Page, box: str, marks: str = ".point") -> list[tuple[float, float]]:
    """Return where the middle of each of its marks stands on the screen, as they were drawn."""
    return page.evaluate(
        """(marks) => [...document.querySelectorAll(marks)].map((mark) => {
            const { x, y, width, height } = mark.getBoundingClientRect();
            return [x + width / 2, y + height / 2];
        })""",
        f"{box} {marks}",
    )


def asked(addresses: Iterable[str]) -> int:
    """Return how often the library of charts is among the addresses that a visit asked for."""
    return sum(BUNDLE in url for url in addresses)
