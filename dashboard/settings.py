"""Every setting, typed and described once; each is read from the environment.

A test holds that the README names all of them.
"""

import os
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from geodata.editions import store
from geodata.shared import Unusable

PREFIX = "CONGLOMERADOS_"
MOST_PROXIES = 5
MOST_PORT = 65536
MAIL_SECURITIES = ("none", "starttls", "tls")


class SettingsError(Unusable):
    """Settings of this server that cannot be used."""


def _setting(default: Any, doc: str, variable: str = "", secret: bool = False) -> Any:  # a field stands for its value
    return field(default=default, repr=not secret, metadata={"doc": doc, "variable": variable})


def variable(item: Field) -> str:
    """Return the variable of the environment that a setting is read from."""
    return item.metadata["variable"] or PREFIX + item.name.upper()


@dataclass(frozen=True)
class Settings:
    """How this process serves the application."""

    host: str = _setting("127.0.0.1", "address to listen on (`python -m dashboard`)")
    port: int = _setting(8050, "port to listen on (`python -m dashboard`)")
    data: str = _setting("", "folder of another data set; empty for the one that ships")
    store: str = _setting("", "folder of the imported editions; empty for `var` beside the project")
    secret_key: str = _setting(
        "", "signs the sessions of people with accounts: 32 characters or more, kept secret", secret=True
    )
    proxies: int = _setting(0, "how many proxies stand before the server, whose X-Forwarded-* headers are believed")
    cache: str = _setting("SimpleCache", "flask-caching backend for computed answers")
    cache_seconds: int = _setting(3600, "how long a computed answer is kept")
    cache_redis: str = _setting(
        "", "address of a Redis that keeps computed answers for all workers", variable="CACHE_REDIS_URL"
    )
    plan_seconds: int = _setting(0, "for how many seconds a plan is sought at most; 0 is as `plan.toml` says")
    records: str = _setting("var/records.sqlite", "file of the record, where DATABASE_URL names no PostgreSQL")
    database: str = _setting("", "address of the PostgreSQL that keeps the record", variable="DATABASE_URL")
    mail_host: str = _setting("", "server that sends e-mail (SMTP); empty where none is sent")
    mail_port: int = _setting(587, "port of that server")
    mail_security: str = _setting("starttls", "how it is spoken to: starttls, tls, or none within a machine or network")
    mail_user: str = _setting("", "by whose name messages are handed in; empty where the server asks for none")
    mail_password: str = _setting("", "the password of that name, kept secret", secret=True)
    mail_from: str = _setting("", "address that messages come from")
    mail_link: str = _setting("", "address of this server as people reach it, such as https://conglomerados.pe")

    @property
    def data_folder(self) -> Path | None:
        """The folder of another data set; None for the store of editions."""
        return Path(self.data) if self.data else None

    @property
    def record_url(self) -> str:
        """The address of the database that keeps the record."""
        return self.database or f"sqlite:///{self.records}"

    @property
    def attachments_folder(self) -> Path:
        """The folder of the files beside proposals."""
        return self.store_folder / "attachments"

    @property
    def store_folder(self) -> Path:
        """The folder of the imported editions."""
        return Path(self.store) if self.store else store.PLACE


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from an environment. Raises SettingsError with all faults at once."""
    values: dict[str, Any] = {}  # by name, each of its field's type
    faults: list[str] = []
    for item in fields(Settings):
        raw = environment.get(variable(item))
        if raw is None:
            continue
        try:
            values[item.name] = item.type(raw) if callable(item.type) else raw
        except ValueError:
            faults.append(f"{variable(item)}: {raw!r} is not a whole number")
    port = values.get("port", 1)
    if not 0 < port < MOST_PORT:
        faults.append(f"{PREFIX}PORT: {port} is not between 1 and 65535")
    folder = values.get("data")
    if folder and not Path(folder).is_dir():
        faults.append(f"{PREFIX}DATA: there is no folder {folder}")
    if not 0 <= values.get("proxies", 0) <= MOST_PROXIES:
        faults.append(f"{PREFIX}PROXIES: {values['proxies']} is not between 0 and {MOST_PROXIES}")
    if values.get("plan_seconds", 0) < 0:
        faults.append(f"{PREFIX}PLAN_SECONDS: {values['plan_seconds']} is less than 0")
    faults += _mail_faults(Settings(**values)) if not faults else []
    if faults:
        raise SettingsError(faults)
    return Settings(**values)


def _mail_faults(made: Settings) -> list[str]:
    if not made.mail_host:
        return []
    faults = []
    if made.mail_security not in MAIL_SECURITIES:
        faults.append(f"{PREFIX}MAIL_SECURITY: {made.mail_security!r} is none of {', '.join(MAIL_SECURITIES)}")
    if not 0 < made.mail_port < MOST_PORT:
        faults.append(f"{PREFIX}MAIL_PORT: {made.mail_port} is not between 1 and {MOST_PORT - 1}")
    if "@" not in made.mail_from:
        faults.append(f"{PREFIX}MAIL_FROM: {made.mail_from!r} is no address")
    if made.mail_password and made.mail_security == "none":
        faults.append(f"{PREFIX}MAIL_PASSWORD: it would go over the network for all to read; use starttls or tls")
    return faults
