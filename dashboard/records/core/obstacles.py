"""What keeps a database from being written to while it can still be read: a full disk, another writer, a standby."""

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError

from dashboard.records.core.errors import RecordsError

DISK_FULL, BUSY, READ_ONLY, UNREACHABLE = "disk_full", "busy", "read_only", "unreachable"

_OF_THE_SYSTEM = {errno.ENOSPC: DISK_FULL, errno.EDQUOT: DISK_FULL, errno.EROFS: READ_ONLY, errno.EACCES: READ_ONLY}
# the first word of SQLite's name for what went wrong
_OF_SQLITE = {
    "FULL": DISK_FULL, "IOERR": DISK_FULL, "BUSY": BUSY, "LOCKED": BUSY, "READONLY": READ_ONLY, "CANTOPEN": READ_ONLY,
}  # fmt: skip
_OF_POSTGRESQL = {"53100": DISK_FULL, "25006": READ_ONLY, "55P03": BUSY, "57014": BUSY}
_CONNECTION = ("08", "57P")  # classes: no connection, a server that is stopping or starting


class CannotSave(RecordsError):
    """Nothing can be saved now, whatever it is; reading goes on. Nothing was changed."""


def obstacle(error: BaseException) -> CannotSave | None:
    """Return what keeps anything from being saved, None where the error is of another kind."""
    if isinstance(error, OSError):
        reason = _OF_THE_SYSTEM.get(error.errno or 0)
        return CannotSave(reason) if reason else None
    if not isinstance(error, DBAPIError):
        return None
    origin = error.orig
    if isinstance(origin, sqlite3.Error):
        reason = _OF_SQLITE.get(getattr(origin, "sqlite_errorname", "").removeprefix("SQLITE_").split("_")[0])
        return CannotSave(reason) if reason else None
    state = getattr(origin, "sqlstate", None)
    if state is None:
        return CannotSave(UNREACHABLE) if error.connection_invalidated or _is_of_connecting(origin) else None
    if state.startswith(_CONNECTION):
        return CannotSave(UNREACHABLE)
    return CannotSave(_OF_POSTGRESQL[state]) if state in _OF_POSTGRESQL else None


def _is_of_connecting(origin: BaseException | None) -> bool:
    return type(origin).__name__ in ("OperationalError", "ConnectionTimeout")
