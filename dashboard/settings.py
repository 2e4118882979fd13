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


class SettingsError(Unusable):
    """Settings of this server that cannot be used."""


def _setting(default: Any, doc: str, variable: str = "") -> Any:  # a field stands for its value
    return field(default=default, metadata={"doc": doc, "variable": variable})


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
    secret_key: str = _setting("", "signs the sessions of people with accounts: 32 characters or more, kept secret")
    proxies: int = _setting(0, "how many proxies stand before the server, whose X-Forwarded-* headers are believed")
    cache: str = _setting("SimpleCache", "flask-caching backend for computed answers")
    cache_seconds: int = _setting(3600, "how long a computed answer is kept")
    cache_redis: str = _setting(
        "", "address of a Redis that keeps computed answers for all workers", variable="CACHE_REDIS_URL"
    )
    plan_seconds: int = _setting(0, "for how many seconds a plan is sought at most; 0 is as `plan.toml` says")
    records: str = _setting("var/records.sqlite", "file of the record, where DATABASE_URL names no PostgreSQL")
    database: str = _setting("", "address of the PostgreSQL that keeps the record", variable="DATABASE_URL")

    @property
    def data_folder(self) -> Path | None:
        """The folder of another data set; None for the store of editions."""
        return Path(self.data) if self.data else None

    @property
    def record_url(self) -> str:
        """The address of the database that keeps the record."""
        return self.database or f"sqlite:///{self.records}"

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
    if not 0 < port < 65536:
        faults.append(f"{PREFIX}PORT: {port} is not between 1 and 65535")
    folder = values.get("data")
    if folder and not Path(folder).is_dir():
        faults.append(f"{PREFIX}DATA: there is no folder {folder}")
    if not 0 <= values.get("proxies", 0) <= MOST_PROXIES:
        faults.append(f"{PREFIX}PROXIES: {values['proxies']} is not between 0 and {MOST_PROXIES}")
    if values.get("plan_seconds", 0) < 0:
        faults.append(f"{PREFIX}PLAN_SECONDS: {values['plan_seconds']} is less than 0")
    if faults:
        raise SettingsError(faults)
    return Settings(**values)
