"""Let axe look at a page: what keeps somebody out is told."""

from axe_playwright_python.base import AXE_SCRIPT

WORST = ("serious", "critical")
# Contrast takes axe four fifths of its time, text by text. It follows from what a text and all around it are painted
# with, so that of texts painted alike, as the cells of a table are, the first is looked at. `region`, which is never
# worse than moderate, is left out.
LOOK = """async (withContrast) => {
    const around = new Map();
    const paint = (element) => {
        if (!element) return "";
        if (!around.has(element)) {
            const look = getComputedStyle(element);
            around.set(element, [
                paint(element.parentElement), look.backgroundColor, look.backgroundImage, look.opacity, look.filter,
                look.position, look.visibility, look.display,
            ].join());
        }
        return around.get(element);
    };
    const seen = new Set();
    const alike = [...document.body.querySelectorAll("*")].filter((element) => {
        if (element.childElementCount || !element.textContent.trim()) return false;
        const { color, fill, fontSize, fontWeight, textShadow } = getComputedStyle(element);
        const look = [paint(element), color, fill, fontSize, fontWeight, textShadow].join();
        return seen.size === seen.add(look).size;
    });
    const only = { resultTypes: ["violations"] };
    const rules = { "color-contrast": { enabled: false }, region: { enabled: false } };
    const contrast = withContrast
        ? await axe.run({ exclude: alike }, { ...only, runOnly: ["color-contrast"] }) : { violations: [] };
    const others = await axe.run({ ...only, rules });
    return [...contrast.violations, ...others.violations];
}"""


def faults(page, contrast: bool = True) -> list[str]:
    """Return what axe finds wrong that keeps somebody out, with where it is.

    contrast: whether to look at it, which is no other in another language.
    """
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    return [
        f"{fault['impact']} {fault['id']}: {fault['help']} at {[node['target'] for node in fault['nodes']][:6]}"
        for fault in page.evaluate(LOOK, contrast)
        if fault["impact"] in WORST
    ]
