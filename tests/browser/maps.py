"""Look at a map that is one part of a screen: where its districts are in sight, and which names are."""

from itertools import combinations

from playwright.sync_api import Page


def spot_of(page: Page, place: str, ubigeo: str) -> tuple[float, float]:
    """Return a pixel inside a district that the map itself answers for. place: selector of where it is drawn."""
    found = page.evaluate(
        """([place, u]) => {
            const node = document.querySelector(`${place} .map-leaf`);
            const path = node.querySelector(`path.district[data-u="${u}"]`);
            const box = path.getBoundingClientRect();
            const point = path.ownerSVGElement.createSVGPoint();
            const into = path.getScreenCTM().inverse();
            for (let i = 1; i < 20; i++) for (let j = 1; j < 20; j++) {
                // whole pixels: a click has no others
                const x = Math.round(box.left + (box.width * i) / 20);
                const y = Math.round(box.top + (box.height * j) / 20);
                [point.x, point.y] = [x, y];
                const top = document.elementFromPoint(x, y);
                const onMap = top && top.closest(".map-leaf") === node;
                if (onMap && path.isPointInFill(point.matrixTransform(into))) return [x, y];
            }
            return null;
        }""",
        [place, ubigeo],
    )
    assert found, f"district {ubigeo} is nowhere in sight"
    return found[0], found[1]


def in_the_middle(page: Page, place: str) -> str | None:
    """Return the district under the middle of the map, where the keyboard chooses."""
    return page.evaluate(
        """(place) => {
            const box = document.querySelector(`${place} .map-leaf`).getBoundingClientRect();
            const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
            for (const path of document.querySelectorAll(`${place} path.district`)) {
                const point = path.ownerSVGElement.createSVGPoint();
                [point.x, point.y] = [x, y];
                if (path.isPointInFill(point.matrixTransform(path.getScreenCTM().inverse()))) return path.dataset.u;
            }
            return null;
        }""",
        place,
    )


def overlapping(page: Page, place: str) -> list[tuple[str, str]]:
    """Return the names and numbers of a map that lie over one another, two by two."""
    found = page.evaluate(
        """(place) => [...document.querySelectorAll(
            `${place} [data-layer="district.names"] text, ${place} [data-layer="numbers"] > g`)].map((node) => {
            const { left, top, right, bottom } = node.getBoundingClientRect();
            return [node.textContent, left, top, right, bottom];
        })""",
        place,
    )
    assert found, "the map has no names"
    meet = lambda a, b: a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]  # noqa: E731
    return [(a[0], b[0]) for a, b in combinations(found, 2) if meet(a, b)]


def land_width(page: Page) -> float:
    """Return how wide all districts of the first map are together, in pixels, in sight or not."""
    return page.evaluate("() => document.querySelector('.map-leaf [data-layer=limits]').getBoundingClientRect().width")


def spot_of_mark(page: Page, layer: str) -> tuple[float, float]:
    """Return the middle of a mark of a layer that answers for itself, in pixels of the window."""
    found = page.evaluate(
        """(layer) => [...document.querySelectorAll(`[data-layer="${layer}"] .answers[data-about]`)].map((mark) => {
            const { x, y, width, height } = mark.getBoundingClientRect();
            const spot = [x + width / 2, y + height / 2];
            const top = document.elementFromPoint(...spot);
            return top && top.closest(".answers") === mark ? spot : null;
        }).find(Boolean)""",
        layer,
    )
    assert found, f"no mark of {layer} is in sight"
    return found[0], found[1]
