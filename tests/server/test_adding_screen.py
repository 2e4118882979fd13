"""A screen is added by one package and its words: it stands in the menu, is served, and answers.

The application that has it runs in a process of its own: no other in it is to have the screen.
"""

import json
import os
import subprocess
import sys

import pytest

from dashboard.settings import PREFIX
from tests.root import ROOT

PACKAGE = '''
"""A screen that greets."""

from dash import Input, Output, html

from dashboard.pages.kit import Screen
from dashboard.pages.kit.wiring import callback
from dashboard.web.request import say


def layout(guest: str = "", **_: str) -> html.Div:
    return html.Div([html.H2(say("toy.title")), html.P(guest, id="toy-guest"), html.P(id="toy-said")])


@callback(Output("toy-said", "children"), Input("toy-guest", "children"))
def greet(guest: str | None) -> str:
    return say("toy.hello", guest=guest)


def serve(server) -> None:
    server.add_url_rule("/juguete/hola.txt", "toy-file", lambda: say("toy.hello", guest="a file"))


SCREEN = Screen("/juguete", "toy.title", layout, detail="/juguete/<guest>", place=35, link="to-toy", serve=serve)
'''
WORDS = {"es": ("Juguete", "Hola, {guest}"), "en": ("Toy", "Hello, {guest}")}
RUN = """
import json, sys
import dashboard.pages
from dashboard import texts

dashboard.pages.__path__.append(sys.argv[1])
texts.FOLDERS = (*texts.FOLDERS, texts.Path(sys.argv[1]))

from dashboard.app import create_app

client = create_app().server.test_client()
asked = client.get("/_dash-dependencies").json


def call(end, given):
    (one,) = [d for d in asked if end in d["output"]]
    named = [dict(zip(("id", "property"), o.rsplit(".", 1))) for o in one["output"].strip(".").split("...")]
    fill = lambda parts: [{**p, "value": given.get(p["property"])} for p in parts]
    body = {
        "output": one["output"], "outputs": named if one["output"].startswith("..") else named[0],
        "inputs": fill(one["inputs"]), "state": fill(one["state"]), "changedPropIds": [],
    }
    answer = client.post("/_dash-update-component", json=body)
    return answer.status_code, answer.text


found = {"layout": client.get("/_dash-layout").text, "file": client.get("/juguete/hola.txt").text}
for path in ("/juguete", "/juguete/Ana", "/juguetes"):
    found[path] = [client.get(path).status_code, *call("_pages_content", {"pathname": path, "search": ""})]
found["along"] = [d["output"] for d in asked if "to-toy.href" in d["output"]]
found["call"] = call("toy-said", {"children": "Ana"})
client.set_cookie("lang", "en")
found["english"] = client.get("/_dash-layout").text
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """What an application answers that has one screen more."""
    folder = tmp_path_factory.mktemp("toy")
    (folder / "toy").mkdir()
    (folder / "toy" / "__init__.py").write_text(PACKAGE, "utf-8")
    for language, (title, hello) in WORDS.items():
        (folder / f"toy.{language}.toml").write_text(f'[toy]\ntitle = "{title}"\nhello = "{hello}"\n', "utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    own = {f"{PREFIX}STORE": str(folder / "store"), f"{PREFIX}RECORDS": str(folder / "record.sqlite")}
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(folder)], cwd=ROOT, env=kept | own, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _links(part):
    """The links of the menu, by address, in their order."""
    if isinstance(part, list):
        return [link for each in part for link in _links(each)]
    if not isinstance(part, dict):
        return []
    props = part.get("props", {})
    if props.get("className") == "nav-link":
        return [(props["href"], props["children"])]
    return _links(props.get("children"))


def test_it_stands_in_the_menu_at_its_place_in_each_language(house):
    links = _links(json.loads(house["layout"]))
    places = [href for href, _ in links]
    assert dict(links)["/juguete"] == "Juguete" and dict(_links(json.loads(house["english"])))["/juguete"] == "Toy"
    assert places.index("/comparar") + 1 == places.index("/juguete") == places.index("/registro") - 1


def test_it_is_served_with_what_lies_below_its_address(house):
    for path, guest in (("/juguete", ""), ("/juguete/Ana", "Ana")):
        document, status, content = house[path]
        assert (document, status) == (200, 200) and "toy-said" in content and f'"children":"{guest}"' in content
    assert "toy-said" not in house["/juguetes"][2]


def test_its_link_takes_along_what_is_looked_at(house):
    (output,) = house["along"]
    assert "shell-to-map.href" in output


def test_its_callback_and_its_plain_address_answer(house):
    status, answer = house["call"]
    assert status == 200 and "Hola, Ana" in answer
    assert house["file"] == "Hola, a file"
