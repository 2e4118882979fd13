"""Read every word of every screen and find those in the other language."""

import re
from string import Formatter

import pytest

from dashboard import texts
from dashboard.pages.compare.ids import Compare
from dashboard.pages.data.ids import Data
from dashboard.pages.kit.ids import Shell
from dashboard.pages.map.ids import Map
from dashboard.web.request import LANGUAGE_COOKIE
from layers.overlays import overlays
from tests.browser import driving

# what Dash's own components say in English when nobody tells them otherwise
OF_DASH = {
    "Search", "Search...", "Select...", "Select All", "Deselect All", "No options found", "Clear selection",
    "Clear search", "Loading...", "Nothing selected", "Error loading layout", "Error loading dependencies",
}  # fmt: skip
# shorter pieces of a sentence are found by chance
LEAST = 9
WORDS_ON_SCREEN = """() => {
    const found = new Set();
    const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const { parentElement: parent, data } = walk.currentNode;
        if (!parent.closest("script, style, defs") && data.trim()) found.add(data.trim());
    }
    for (const node of document.querySelectorAll("[title], [aria-label], [placeholder], [alt], [aria-description]"))
        for (const name of ["title", "aria-label", "placeholder", "alt", "aria-description"])
            if ((node.getAttribute(name) || "").trim()) found.add(node.getAttribute(name).trim());
    return [...found];
}"""


def sentences(language: str, other: str, dataset) -> dict[str, str]:
    """Return each sentence of a language that the other one says differently."""
    own, theirs = texts.texts(language), texts.texts(other)
    said_by_other = set(theirs.values())
    found = {key: s for key, s in own.items() if s not in theirs[key] and s not in said_by_other}
    for column in ("label_{}", "unit_{}", "notes_{}"):
        mine, its = (_column(dataset, column.format(code)) for code in (language, other))
        found |= {f"{column} {key}": mine[key] for key in mine.index if mine[key] != its[key]}
    return found


def _column(dataset, name: str):
    """A column of the catalogue; the unit in Spanish goes without a language."""
    return dataset.catalog[name.replace("unit_es", "unit")].fillna("")


def pattern(sentence: str) -> re.Pattern | None:
    """Find a sentence anywhere in a text; one with little of its own only as the whole text."""
    parts = [(re.escape(text), field) for text, field, _, _ in Formatter().parse(sentence)]
    literal = re.sub(r"[\W\d_]+", "", "".join(text for text, _, _, _ in Formatter().parse(sentence)))
    if len(literal) < 2:
        return None
    short = len(literal) < LEAST
    anything = r"[\d\u202f.,]+" if short else ".*?"
    body = "".join(text + (anything if field is not None else "") for text, field in parts).strip()
    if short:
        return re.compile(rf"\A{body}\Z")
    return re.compile(rf"(?<!\w){body}(?!\w)") if re.match(r"\w", sentence) else re.compile(body)


def core(sentence: str) -> str:
    """Return the longest piece of a sentence that is the same whatever is filled in."""
    return max((text.strip() for text, _, _, _ in Formatter().parse(sentence)), key=len, default="")


def left_behind(words: list[str], others: dict[str, str], names: set[str]) -> dict[str, str]:
    """Return each text on the screen that is a sentence of the other language, by its key."""
    # sources and such stand inside sentences too
    long = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name) > LEAST))
    said = {text: long.sub("", text) for text in words if text not in names}
    together = "\n".join(said.values())
    possible = {key: pattern(sentence) for key, sentence in others.items() if core(sentence) in together}
    return {key: text for text, rest in said.items() for key, p in possible.items() if p and p.search(rest)}


@pytest.fixture(scope="module")
def names(dataset):
    """What is the same in every language: places, proposals, sources, what the data say of themselves."""
    territory = dataset.territory
    places = [*territory.districts.values(), *territory.provinces.values(), *territory.departments.values()]
    return (
        {place.name for place in places}
        | {place.name.upper() for place in places}
        | {d.capital for d in territory.districts.values()}
        | {p.name for p in dataset.proposals}
        | {m.name for m in dataset.mancomunidades}
        | set(dataset.catalog["source"])
        | {p.source for p in dataset.provenance.values()}
        | set(dataset.conflicts["name"])
        | {name for p in dataset.interventions for name in (p.agency, p.name_es, p.name_en)}
        | {"Español", "English", "ES", "EN"}
    )


def read_the_map(page) -> list[str]:
    """Open everything the map screen can show, and return all words seen on the way."""
    words = []

    def look() -> None:
        words.extend(page.evaluate(WORDS_ON_SCREEN))

    driving.open_map(page, {"o": ".".join(overlays()), "d": "22", "f": "low_birth_weight.2017"})
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    look()
    for id_ in (Map.SEARCH, Map.FILL, Map.YEAR, Map.METHOD, Map.HAZARD, Map.CANDIDATE, Map.ADD, Map.DOWNLOAD_FORMAT):
        if page.locator(f"#{id_}").is_visible():
            page.click(f"#{id_}")
            page.wait_for_selector(".dash-dropdown-content")
            look()
            page.keyboard.press("Escape")
    driving.start_candidate(page)
    look()
    driving.set_value(page, Map.ADD, "220501")
    driving.until_chosen(page, ["220501"])
    driving.until_settled(page)
    look()
    for tool in ("lasso", "rectangle", "click"):
        driving.choose_tool(page, tool)
        page.mouse.move(*driving.spot_inside(page, "221001"))
        look()
    page.locator(f"#{Map.HOVER}").wait_for()
    look()
    for fill in ("emergencies_per_10000", "conflict_cases", "density", "gap_health"):
        driving.set_value(page, Map.FILL, fill)
        driving.until_view(page, fill=fill)
        driving.until_settled(page)
        look()
    driving.set_value(page, Map.SEARCH, "220501")
    page.locator(f"#{Map.SHEET}").wait_for()
    driving.until_settled(page)
    look()
    return list(dict.fromkeys(words))


def read_the_comparison(page) -> list[str]:
    driving.open_comparison(page, {"a": "p:lamas"})
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    words = page.evaluate(WORDS_ON_SCREEN)
    page.click(f"#{Compare.CHOICE}")
    page.wait_for_selector(".dash-dropdown-content")
    return words + page.evaluate(WORDS_ON_SCREEN)


def read_the_data(page) -> list[str]:
    page.goto("/datos")
    page.wait_for_selector(f"#{Data.EDITIONS} table")
    return page.evaluate(WORDS_ON_SCREEN)


SCREENS = {"map": read_the_map, "comparison": read_the_comparison, "data": read_the_data}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(("language", "other"), [("es", "en"), ("en", "es")])
def test_no_sentence_of_the_other_language_is_left_on_a_screen(
    visitor, server_url, dataset, names, screen, language, other
):
    visitor.context.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "url": server_url}])
    words = SCREENS[screen](visitor.page)
    assert len(words) > 30
    assert visitor.page.evaluate("() => document.documentElement.lang") == language
    words.append(visitor.page.title())
    assert left_behind(words, sentences(other, language, dataset), names) == {}
    # the address of a tile has fields of its own
    broken = [
        text for text in words if re.search(r"\[[a-z_.]+\]|\{(?![xyz]\})\w+\}|\bundefined\b|\bNaN\b|\bnull\b", text)
    ]
    assert not broken, "a sentence without words or with an empty field"
    if language == "es":
        assert OF_DASH & set(words) == set()


def test_the_switch_changes_the_language_and_keeps_the_state(page):
    driving.open_map(page, {"d": "16", "f": "gap_health"})
    driving.start_candidate(page)
    driving.toggle_district(page, "160101")
    page.click(f"#{Shell.ENGLISH}")
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    driving.until_usable(page)
    assert driving.chosen(page) == ["160101"]
    assert driving.view(page)["fill"] == "gap_health" and driving.view(page)["department"] == "16"
    assert (
        page.locator(f"#{Map.CAPTION}").inner_text()
        == f"{texts.say('en', 'export.limits_sketch')} {texts.say('en', 'rivers.notice')}"
    )
    assert page.locator(f"#{Shell.ENGLISH}").get_attribute("aria-pressed") == "true"
    page.click(f"#{Shell.SPANISH}")
    page.wait_for_function("() => document.documentElement.lang === 'es'")
    driving.until_usable(page)
    assert (
        page.locator(f"#{Map.CAPTION}").inner_text()
        == f"{texts.say('es', 'export.limits_sketch')} {texts.say('es', 'rivers.notice')}"
    )
