"""Maps of other servers that may lie below ours: tiles or WMS by address, with who made them.

Only the browsers of readers ask those servers, and only once a reader has chosen one. An address is https; by plain
http only this machine and machines of a private network are. Nobody's name, password or key may stand in it: it goes to
every reader's browser, and into the history.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import SplitResult, parse_qsl, urlsplit

from pydantic import AfterValidator, model_validator
from sqlalchemy import func, select

from dashboard.records.core import (
    Actor,
    BackdropRow,
    Command,
    Fault,
    Form,
    Kind,
    NotNow,
    Store,
    Transaction,
    allow,
    carry_out,
    history,
    validation,
)

TILES, WMS = "tiles", "wms"
FORMS = (TILES, WMS)
MOST = 20  # at a time
MOST_NAME, MOST_ADDRESS, MOST_LAYERS, MOST_ATTRIBUTION = 60, 400, 200, 200
MOST_ZOOM = 22
_PLACES = ("z", "x", "y")
# what may stand in an address: signs of RFC 3986 without those that end a source of a content policy
_SIGNS = re.compile(r"[A-Za-z0-9\-._~:/?\[\]@!$&()*+=%{}]+")
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
_LAYERS = re.compile(r"[\w:.\-]+(,[\w:.\-]+)*")
_SECRET = re.compile(r"(^|[_-])(api_?key|key|token|password|pass|pwd|secret|user|auth)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Backdrop:
    """A map of another server. form: tiles or wms; layers: of a WMS, parted by commas.

    least_zoom, most_zoom: of the tiles that there are, as the server counts them. removed: it is offered no more.
    """

    id: str
    version: int
    name: str
    form: str
    address: str
    layers: str
    attribution: str
    least_zoom: int
    most_zoom: int
    removed: bool = False

    @property
    def origin(self) -> str:
        """What a content policy calls its server: scheme, host and port."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


BACKDROP = Kind("backdrop", Backdrop, BackdropRow)


def _address(written: str) -> str:
    """Read an address that a browser may ask, and nothing else."""
    if not _SIGNS.fullmatch(written):
        raise validation.fault("backdrop_address")
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        raise validation.fault("backdrop_address") from None
    if "@" in parts.netloc or any(_SECRET.search(name) for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        raise validation.fault("backdrop_secret")
    host = (parts.hostname or "").lower()
    if not _is_host(host) or parts.fragment or "{" in parts.netloc or "}" in parts.netloc:
        raise validation.fault("backdrop_address")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_near(host)):
        raise validation.fault("backdrop_http")
    shown = f"[{host}]" if ":" in host else host
    whole = SplitResult(parts.scheme, shown if port is None else f"{shown}:{port}", parts.path, parts.query, "")
    return whole.geturl()


def _is_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
        return True
    except ValueError:
        return bool(_HOST.fullmatch(host))


def _is_near(host: str) -> bool:
    """Tell whether a host is this machine or one of a private network."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or (address.is_private and not address.is_unspecified)


def _layers(written: str) -> str:
    written = written.replace(" ", "")
    if written and not _LAYERS.fullmatch(written):
        raise validation.fault("backdrop_layers")
    return written


class BackdropForm(Form):
    """What is sent of a map of another server."""

    name: Annotated[str, validation.text(MOST_NAME, required=True)]
    form: Annotated[str, validation.chosen(FORMS)]
    address: Annotated[str, validation.text(MOST_ADDRESS), AfterValidator(_address)]
    layers: Annotated[str, validation.text(MOST_LAYERS), AfterValidator(_layers)] = ""
    attribution: Annotated[str, validation.text(MOST_ATTRIBUTION, required=True)]
    least_zoom: Annotated[int, validation.whole(0, MOST_ZOOM)] = 0
    most_zoom: Annotated[int, validation.whole(0, MOST_ZOOM)] = 18

    @model_validator(mode="after")
    def _agrees(self) -> "BackdropForm":
        holes = re.findall(r"{([^{}]*)}", self.address)
        if self.form == TILES and (sorted(holes) != sorted(_PLACES) or self.address.count("{") != len(_PLACES)):
            raise validation.whole_fault("backdrop_places", places=", ".join(f"{{{place}}}" for place in _PLACES))
        if self.form == WMS and ("{" in self.address or "}" in self.address):
            raise validation.whole_fault("backdrop_wms_places")
        if self.form == WMS and not self.layers:
            raise validation.whole_fault("backdrop_no_layers")
        if self.least_zoom > self.most_zoom:
            raise validation.whole_fault("backdrop_zooms")
        return self


@dataclass(frozen=True)
class AddBackdrop(Command):
    """Offer a map of another server."""

    action = "backdrop"
    values: Mapping[str, object]


@dataclass(frozen=True)
class RemoveBackdrop(Command):
    """Offer it no more."""

    action = "remove_backdrop"
    id: str
    version: int | None


def add(store: Store, actor: Actor, values: Mapping[str, object], *, key: str | None = None) -> Backdrop:
    """Offer a map of another server. Raises Refused, BadInput, NotNow."""
    allow(actor, "backdrop.change")

    def work(transaction: Transaction) -> Backdrop:
        if (before := transaction.answered(BACKDROP)) is not None:
            return before
        read = BackdropForm.read(values)
        count = select(func.count()).select_from(BackdropRow).where(BackdropRow.removed.is_(False))
        if (transaction.session.scalar(count) or 0) >= MOST:
            raise NotNow("backdrop", (Fault("records.fault.too_many_backdrops", {"most": MOST}),))
        layers = read.layers if read.form == WMS else ""
        return transaction.add(BACKDROP, Backdrop(history.new_id(), 0, **read.values() | {"layers": layers}))

    return carry_out(store, actor, AddBackdrop(values), work, key)


def remove(store: Store, actor: Actor, id: str, version: int | None) -> Backdrop:
    """Offer a map of another server no more; the history keeps it. Raises Refused, Missing, Conflict."""
    allow(actor, "backdrop.change")

    def work(transaction: Transaction) -> Backdrop:
        current = transaction.load(BACKDROP, id)
        return transaction.change(BACKDROP, current, version, lambda b: replace(b, removed=True))

    return carry_out(store, actor, RemoveBackdrop(id, version), work)


def backdrops(store: Store, actor: Actor) -> tuple[Backdrop, ...]:
    """Return those that are offered, by name. Raises Refused."""
    allow(actor, "backdrop.read")
    return every(store)


def every(store: Store) -> tuple[Backdrop, ...]:
    """Return those that are offered, by name, whoever asks."""
    with store.reading() as session:
        return history.every(
            session, BACKDROP, BackdropRow.removed.is_(False), order=(BackdropRow.name, BackdropRow.id)
        )
