"""Put the application together: pages, published files, cache and the frame of the document."""

from functools import partial
from pathlib import Path

import dash
import flask
import orjson
from markupsafe import escape

from dashboard import texts
from dashboard.clusters.model import basis
from dashboard.pages.kit import Screen, menu, screens, shell
from dashboard.records.core import LOCAL
from dashboard.web import overview, proposals, publish, record, request, settings
from dashboard.web.access import allowance, gate, people, requests, safety
from dashboard.web.cache import serve_cache
from dashboard.web.icon import ICON
from dashboard.web.uploads import routes

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"
ASSETS_MAX_AGE_S = 24 * 3600

# parts of Dash that it would ask for only once the page is laid out
_EARLY_SCRIPTS = ("async-graph", "async-dropdown", "async-slider")

_DOCUMENT = """<!DOCTYPE html>
<html lang="{language}" data-edition="{edition}" data-who="{who}" data-local="{local}">
<head>
{metas}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="{icon}">
<script defer id="plotly-script" src="{plotly}"></script>
{published}
{css}
</head>
<body>
<svg width="0" height="0" aria-hidden="true" focusable="false" class="definitions">
<defs><pattern id="no-data" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="6" height="6" fill="#eceef0"></rect><rect width="1.6" height="6" fill="#9aa3ad"></rect>
</pattern></defs></svg>
<script type="application/json" id="browser-texts">{words}</script>
<script type="application/json" id="browser-proposals" data-address="{kept_address}">{kept}</script>
{app_entry}
<footer>
{config}
<script src="{browser}"></script>
{scripts}
{renderer}
</footer>
</body>
</html>"""


def create_app(wanted: settings.Settings | None = None) -> dash.Dash:
    """Return the Dash application that serves the data set in use."""
    wanted = wanted or settings.read()
    app = dash.Dash(
        "dashboard",
        assets_folder=str(ASSETS),
        assets_ignore=r".*\.js$",  # published as one file
        use_pages=True,
        pages_folder="",
        compress=True,
        serve_locally=True,
        # else every document carries the layouts of all screens, for the browser to hold the ids of callbacks against:
        # half a megabyte, written anew each time. A test holds them (tests/server/test_wiring.py)
        suppress_callback_exceptions=True,
        update_title=None,
        title="Conglomerados Amazonía",
    )
    app.server.config["SEND_FILE_MAX_AGE_DEFAULT"] = ASSETS_MAX_AGE_S
    serve_cache(app.server, wanted)
    dataset = request.dataset()
    basis(dataset)  # the first reader should not wait for what every candidate is measured with
    record.store()  # a database that cannot be used is told now, not to the first who saves
    shelf = publish.Shelf(lambda: request.editions().recent(), request.RECENT)
    shelf.files(dataset)
    scripts = publish.scripts(ASSETS)
    publish.serve(app.server, scripts.values(), shelf.find)
    app.server.after_request(request.tell_edition)
    app.server.after_request(overview.tell_print)
    app.interpolate_index = partial(_document, app, shelf, scripts)
    headers = safety.protect(app.server, wanted)
    gate.serve(app.server, wanted)
    requests.protect(app)
    allowance.protect(app.server)
    routes.serve(app.server)
    proposals.serve(app.server)
    found = screens()
    _register(app.server, found)
    app.layout = partial(shell.layout, menu(found))
    # The first request lets Dash set its pages up; two at once would find them half set up.
    app.server.test_client().get("/")
    headers.allow_scripts(app.csp_hashes())
    return app


def create_server() -> flask.Flask:
    """Return the WSGI application, for gunicorn."""
    return create_app().server


def _register(server: flask.Flask, found: dict[str, Screen]) -> None:
    """Hand the screens to Dash, and their plain addresses to the server."""
    for name, screen in found.items():
        options = {"layout": screen.layout, "title": partial(_title, screen.title)}
        if screen.path:
            dash.register_page(name, path=screen.path, **options)
        else:  # the name under which Dash looks for it
            dash.register_page("not_found_404", **options)
        if screen.detail:
            dash.register_page(f"{name}.one", path_template=screen.detail, **options)
        if screen.serve:
            screen.serve(server)


def _title(key: str, **_: str) -> str:
    """Return what a window of a screen is called, in the reader's language."""
    return f"{request.say(key)} · {request.say('shell.title')}"


def _in_script(content: object) -> str:
    """Return JSON that nothing in it can end the script element, or begin a comment there, before its time."""
    return orjson.dumps(content).decode().replace("<", "\\u003c")


def _document(app: dash.Dash, shelf: publish.Shelf, programs: dict[str, publish.Published], **parts: str) -> str:
    prefix = app.config.requests_pathname_prefix
    dataset = request.dataset()
    files = shelf.files(dataset)
    parts |= {stem: prefix + file.path for stem, file in programs.items()}
    links = [
        f'<link rel="preload" as="fetch" crossorigin id="published-{stem}" href="{prefix}{file.path}">'
        for stem, file in files.items()
    ] + [
        f'<link rel="preload" as="script" href="{prefix}_dash-component-suites/dash/dcc/{name}.js">'
        for name in _EARLY_SCRIPTS
    ]
    language = request.language()
    words = _in_script(texts.for_browser(language))
    parts |= {"kept": _in_script(proposals.block()), "kept_address": prefix + proposals.ADDRESS}
    actor = people.actor()
    parts |= {"who": escape(actor.id), "local": "yes" if actor.role == LOCAL else "no"}
    parts["title"] = escape(texts.say(language, "shell.title"))
    return _DOCUMENT.format(
        icon=ICON, language=language, edition=dataset.edition, published="\n".join(links), words=words, **parts
    )
