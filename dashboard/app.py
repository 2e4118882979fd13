"""Put the application together: pages, published files, cache and the frame of the document."""

from functools import partial
from pathlib import Path

import dash
import flask
import orjson
from markupsafe import Markup

from dashboard import settings, texts
from dashboard.clusters.model import basis
from dashboard.pages import room
from dashboard.pages.kit import Screen, as_json, at, menu, screens, shell, wiring
from dashboard.records.core import LOCAL
from dashboard.web import backdrops, editions, overview, proposals, publish, published, request, suites
from dashboard.web.access import allowance, gate, private_lines, requests, safety
from dashboard.web.cache import serve_cache
from dashboard.web.icon import ICON
from dashboard.web.uploads import routes
from geodata.shared import templates
from layers import palette

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"
ASSETS_MAX_AGE_S = 24 * 3600
MAP = "/"  # the screen that most begin with, and that waits for the script of no other

_TEMPLATES = templates(__file__)


def create_app(wanted: settings.Settings | None = None) -> dash.Dash:
    """Return the Dash application that serves the data set in use."""
    wanted = wanted or settings.read()
    app = dash.Dash(
        "dashboard",
        assets_folder=str(ASSETS),
        assets_ignore=r".*\.(css|js)$",  # published as one file each
        use_pages=True,
        pages_folder="",
        compress=True,
        serve_locally=True,
        # else every document carries the layouts of all screens, for the browser to hold the ids of callbacks against:
        # half a megabyte, written anew each time. A test holds them (tests/server/test_wiring.py)
        suppress_callback_exceptions=True,
        update_title="",  # a window keeps its title while a callback runs
        title="Conglomerados Amazonía",
    )
    app.server.config["SEND_FILE_MAX_AGE_DEFAULT"] = ASSETS_MAX_AGE_S
    serve_cache(app.server, wanted)
    dataset = request.dataset()
    basis(dataset)  # the first reader should not wait for what every candidate is measured with
    request.record()  # a database that cannot be used is told now, not to the first who saves
    shelf = publish.Shelf(lambda: editions.served().recent(), editions.RECENT)
    shelf.files(dataset)
    programs = {
        **publish.scripts(ASSETS),
        **publish.styles(ASSETS),
        **suites.suites(ASSETS / "vendor"),
        **publish.surroundings(),
    }
    for file in programs.values():
        file.packed  # noqa: B018  (the first reader should not wait for it)
    published.serve(app.server, programs.values(), shelf.find)
    app.server.after_request(request.tell_edition)
    app.server.after_request(overview.tell_print)
    private_lines.protect(app.server)
    headers = safety.protect(app.server, wanted)
    headers.allow_images(backdrops.origins)
    gate.serve(app.server, wanted)
    requests.protect(app)
    allowance.protect(app.server)
    routes.serve(app.server)
    proposals.serve(app.server)
    room.serve(app.server)
    room.serve_pages(app.server, lambda: {**programs, **shelf.files(request.dataset())}, shelf.find)
    found = screens()
    wiring.wire(app)
    _register(app.server, found)
    listed, among = menu(found), tuple(found.values())
    app.layout = partial(shell.layout, listed, among)
    document = partial(_document, app, shelf, programs, among)
    app.interpolate_index = document  # type: ignore[method-assign]  # as Dash says to
    shell.wire(app, listed)
    # The first request lets Dash set its pages up; two at once would find them half set up.
    app.server.test_client().get("/_dash-dependencies")
    headers.allow_scripts(app.csp_hashes())
    programs["wiring"] = published.named("wiring", app.dependencies().get_data())
    return app


def create_server() -> flask.Flask:
    """Return the WSGI application, for gunicorn."""
    return create_app().server


def _register(server: flask.Flask, found: dict[str, Screen]) -> None:
    """Hand the screens to Dash, and their plain addresses to the server."""
    for name, screen in found.items():
        options = {"layout": screen.layout, "title": partial(shell.title, screen.title)}
        if screen.path:
            dash.register_page(name, path=screen.path, **options)
        else:  # the name under which Dash looks for it
            dash.register_page("not_found_404", **options)
        if screen.detail:
            dash.register_page(f"{name}.one", path_template=screen.detail, **options)
        if screen.serve:
            screen.serve(server)


def _in_script(content: bytes) -> Markup:
    """Return JSON so that nothing in it can end the script element, or begin a comment there, before its time."""
    return Markup(content.decode().replace("<", "\\u003c"))


def _document(
    app: dash.Dash,
    shelf: publish.Shelf,
    programs: dict[str, published.Published],
    among: tuple[Screen, ...],
    **parts: str,
) -> str:
    """Return the document that Dash starts in, with the screen of its address.

    among: all screens. parts: markup of Dash's own by the name it goes under.
    """
    dataset, language, actor = request.dataset(), request.language(), request.actor()
    screen, _ = at(flask.request.path, among)
    parts["scripts"] = suites.without_libraries(parts["scripts"])
    return _TEMPLATES.get_template("document.html").render(
        **{name: Markup(part) for name, part in parts.items()} | {"title": shell.title(screen.title)},
        language=language,
        edition=dataset.edition,
        icon=ICON,
        tokens=palette.TOKENS,
        tint=palette.TINT,
        who=actor.id,
        is_local=actor.role == LOCAL,
        prefix=app.config.requests_pathname_prefix,
        programs={name: file.path for name, file in programs.items()},
        late=publish.LATE,
        published={name: file.path for name, file in shelf.files(dataset).items() if name in publish.OF_MAPS},
        words=_in_script(orjson.dumps(texts.for_browser(language))),
        proposals=_in_script(orjson.dumps(proposals.block())),
        has_maps=screen.maps,
        with_maps=[each.path for each in among if each.maps],
        is_map=screen.path == MAP,
        beside=[each.path for each in among if each.path and each.path != MAP],
        view=_in_script(orjson.dumps(screen.first_view(shell.query()))) if screen.first_view else None,
        say=partial(texts.say, language),
        layout=_in_script(as_json(app.get_layout())),
        proposals_address=proposals.ADDRESS,
    )
