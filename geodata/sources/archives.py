"""Open a RAR or 7z archive by a program of this machine, since no reader of ours does: bounded, and aside.

Windows and macOS bring such a program along (their `tar` is bsdtar); on Linux it is installed or not.
"""

import shutil
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from geodata.shared import whole
from geodata.sources.verify import FetchError

MB = 1024 * 1024
MOST_BYTES = 1024 * MB
MOST_S = 600.0
_LOOK_S = 0.2
_ALONE = frozenset((".gpkg", ".geojson", ".json", ".topojson", ".fgb", ".kml", ".parquet", ".geoparquet"))
_SHAPEFILE = frozenset((".shp", ".shx", ".dbf", ".prj", ".cpg"))

# how each program is told to unpack a file into a folder; the last of them opens RAR where it is bsdtar
_PROGRAMS: tuple[tuple[str, Callable[[str, str], list[str]]], ...] = (
    ("bsdtar", lambda file, into: ["-x", "-f", file, "-C", into]),
    ("7zz", lambda file, into: ["x", "-y", f"-o{into}", file]),
    ("7z", lambda file, into: ["x", "-y", f"-o{into}", file]),
    ("unar", lambda file, into: ["-quiet", "-output-directory", into, file]),
    ("unrar", lambda file, into: ["x", "-y", "-p-", file, f"{into}/"]),
    ("tar", lambda file, into: ["-x", "-f", file, "-C", into]),
)


def openers() -> tuple[str, ...]:
    """Return the programs of this machine that open such archives, by name."""
    return tuple(name for name, _ in _PROGRAMS if shutil.which(name) and (name != "tar" or _is_bsdtar()))


def _is_bsdtar() -> bool:
    try:
        told = subprocess.run(["tar", "--version"], capture_output=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b"bsdtar" in told.stdout


def unpack(path: Path, folder: Path, *, most_bytes: int = MOST_BYTES, most_s: float = MOST_S) -> Path:
    """Put what an archive holds of limits into a folder, as one file that a reader opens; return it.

    Several files (a shapefile, or more layers) become one zip. Raises FetchError, OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    able = openers()
    if not able:
        raise FetchError("fetch.no_opener", file=str(path))
    told = dict(_PROGRAMS)
    ends = time.monotonic() + most_s
    for name in able:  # some open RAR only where a part of theirs is installed
        with tempfile.TemporaryDirectory(prefix=".unpacking-", dir=folder) as aside:
            into = Path(aside)
            if not _run([name, *told[name](str(path), aside)], into, path, most_bytes, ends):
                continue
            if found := _usable(into):
                return _as_one(found, into, folder / path.stem)
    raise FetchError("fetch.not_opened", file=str(path), programs=", ".join(able))


def _run(command: list[str], into: Path, path: Path, most_bytes: int, ends: float) -> bool:
    """Run a program until it has ended; tell whether it did its work. Raises FetchError beyond the bounds."""
    nothing = subprocess.DEVNULL
    try:
        work = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing)
    except OSError:
        return False
    try:
        while work.poll() is None:
            _bound(into, path, most_bytes, ends)
            time.sleep(_LOOK_S if work.poll() is None else 0)
        _bound(into, path, most_bytes, ends)
    finally:
        work.kill()
        work.wait()
    return work.returncode == 0


def _bound(into: Path, path: Path, most_bytes: int, ends: float) -> None:
    size = 0
    for item in into.rglob("*"):
        try:
            size += item.lstat().st_size
        except FileNotFoundError:  # renamed meanwhile by the program
            continue
    if size > most_bytes or time.monotonic() > ends:
        raise FetchError("fetch.bomb", file=path.name, most=whole(most_bytes / MB))


def _usable(into: Path) -> list[Path]:
    """Return what can hold limits, no links among it."""
    files = (item for item in sorted(into.rglob("*")) if item.is_file() and not item.is_symlink())
    inside = into.resolve()
    return [f for f in files if f.suffix.lower() in _ALONE | _SHAPEFILE and inside in f.resolve().parents]


def _as_one(found: list[Path], into: Path, target: Path) -> Path:
    if len(found) == 1 and found[0].suffix.lower() in _ALONE:
        made = target.with_suffix(found[0].suffix.lower())
        found[0].replace(made)
        return made
    made = target.with_suffix(".zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for file in found:
            archive.write(file, file.relative_to(into))
    return made
