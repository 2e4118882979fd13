"""Drive the plan screen as a group does: ask, wait for the answer, read the list, click the map."""

from playwright.sync_api import Page

from dashboard.pages.plan.ids import PlanId
from tests.browser import maps

ROW = f"#{PlanId.LIST} [data-row]"


def open_plan(page: Page, query: str = "") -> None:
    """Open the plan for an address query and wait until it is there, on the map and in the list."""
    page.goto(f"/plan?{query}" if query else "/plan")
    until_planned(page)


def until_planned(page: Page, outcome: str = "done") -> None:
    """Wait until nothing is being calculated and what was asked last has been answered."""
    page.wait_for_selector(f"#{PlanId.MAP}[data-ready=yes]")
    page.wait_for_selector(f"#{PlanId.ROOT}[data-answer={outcome}]")
    page.wait_for_selector(f"#{PlanId.WORKING}", state="hidden")


def codes(page: Page) -> list[str]:
    """Return the codes of the clusters in the list, in its order."""
    return page.locator(ROW).evaluate_all("(rows) => rows.map((row) => row.dataset.row)")


def until_codes(page: Page, found: list[str], same: bool = True) -> None:
    """Wait until the list has these clusters, or others."""
    page.wait_for_function(
        """([found, same, rows]) => {
            const now = [...document.querySelectorAll(rows)].map((row) => row.dataset.row).join();
            return now && (now === found) === same;
        }""",
        arg=[",".join(found), same, ROW],
    )
    until_planned(page)


def pick(page: Page, code: str) -> None:
    """Open the row of a cluster."""
    page.click(f"{ROW}[data-row='{code}'] [data-does=pick]")
    page.wait_for_selector(f"{ROW}.picked[data-row='{code}'] .plan-doings")


def do(page: Page, code: str, does: str) -> None:
    """Press one of the buttons of a cluster: fix, unfix, forbid, see or compare."""
    if not page.locator(f"{ROW}.picked[data-row='{code}']").count():
        pick(page, code)
    page.click(f"{ROW}[data-row='{code}'] [data-does={does}]")


def over_the_map(page: Page) -> list[str]:
    """Return which of the keys of the map lie over it."""
    return page.evaluate(
        """() => {
            const map = document.querySelector(".plan-map-room").getBoundingClientRect();
            const across = (b) => b.left < map.right - 1 && b.right > map.left + 1;
            const over = (b) => across(b) && b.top < map.bottom - 1 && b.bottom > map.top + 1;
            return [...document.querySelectorAll(".plan-keys > *")]
                .filter((node) => over(node.getBoundingClientRect())).map((node) => node.className);
        }"""
    )


def drawn(page: Page) -> dict[str, list[str]]:
    """Return what the marks of the map say, by the phase of their clusters; "gone" for those that went."""
    return page.evaluate(
        """() => {
            const found = {};
            for (const mark of document.querySelectorAll('#plan-map g[data-layer="numbers"] > g'))
                (found[mark.dataset.of] = found[mark.dataset.of] || []).push(mark.textContent);
            return found;
        }"""
    )


def dashes(page: Page) -> set[str | None]:
    """Return the dashes of the outlines of clusters on the map."""
    found = page.locator(f"#{PlanId.MAP} [data-layer^='clusters.'] .line[d]")
    return set(found.evaluate_all("(lines) => lines.map((line) => line.getAttribute('stroke-dasharray'))"))


def scale(page: Page) -> float:
    """Return the zoom of the map, the higher the closer."""
    return page.evaluate("() => amazonia.planMap.state.map.leaflet.getZoom()")


def spot_of(page: Page, ubigeo: str) -> tuple[float, float]:
    """Return a pixel inside a district that the map itself answers for."""
    return maps.spot_of(page, f"#{PlanId.MAP}", ubigeo)
