"""Files on the disk, each once, under the hash of its content; and what a file is, told by its content.

    <folder>/ab/abcdef…    the content

A file is there before any record names it, and is never changed or removed: what two records name is one file.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from dashboard.records.core import BadInput, Fault
from geodata.shared import disk

MOST_BYTES = 20 * 2**20
MOST_PARTS = 5_000  # of an Office document
# what may be kept, by its ending, and as what it is handed out
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
}
_BEGINNINGS = (("pdf", b"%PDF-"), ("png", b"\x89PNG\r\n\x1a\n"), ("jpg", b"\xff\xd8\xff"))
_OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


@dataclass(frozen=True, slots=True)
class Content:
    """What a file is: its kind, a key of :data:`KINDS`, its bytes and the SHA-256 of its content in hexadecimal."""

    kind: str
    size: int
    digest: str


def kind_of(path: Path) -> str | None:
    """Return what a file is by its content, None where it is nothing that may be kept.

    An Office document with programs in it is none.
    """
    with open(path, "rb") as file:
        begins = file.read(16)
    for kind, sign in _BEGINNINGS:
        if begins.startswith(sign):
            return kind
    if begins[:4] == b"RIFF" and begins[8:12] == b"WEBP":
        return "webp"
    return _office(path) if begins.startswith(b"PK\x03\x04") else None


def _office(path: Path) -> str | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    if len(names) > MOST_PARTS or "[Content_Types].xml" not in names:
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    return next((kind for kind, part in _OFFICE.items() if part in names), None)


@dataclass(frozen=True)
class Cabinet:
    """The folder in which files are kept."""

    folder: Path

    def part(self) -> Path:
        """Return a name for a file that is on its way here; its folder is there."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.folder / f"{uuid4().hex}.part"

    def path(self, digest: str) -> Path:
        """Return where the content of a hash lies, whether or not it does."""
        return self.folder / digest[:2] / digest

    def take(self, part: Path) -> Content:
        """Keep a file that lies under a name of :meth:`part`, once it is known to be one that may be kept.

        Raises BadInput for one that may not; OSError.
        """
        size, kind = part.stat().st_size, kind_of(part)
        if not 0 < size <= MOST_BYTES:
            raise BadInput((Fault("records.fault.attachment_size", {"most": MOST_BYTES // 2**20}),))
        if kind is None:
            raise BadInput((Fault("records.fault.attachment_kind", {}),))
        content = Content(kind, size, digest_of(part))
        target = self.path(content.digest)
        if not target.is_file():
            target.parent.mkdir(mode=0o700, exist_ok=True)
            disk.sync(part)
            disk.move(part, target)
        return content

    def digests(self) -> Iterator[str]:
        """Give the hashes of all that is kept."""
        for path in sorted(self.folder.glob("??/*")) if self.folder.is_dir() else ():
            if len(path.name) == 64:
                yield path.name

    def faulty(self, digests: Iterable[str]) -> tuple[str, ...]:
        """Return those of some hashes whose content is not here, or is no longer what it was."""
        return tuple(d for d in dict.fromkeys(digests) if not self.path(d).is_file() or digest_of(self.path(d)) != d)

    def copy_to(self, other: "Cabinet", digests: Iterable[str] | None = None) -> int:
        """Copy what another cabinet lacks, all of it or what some hashes name; return how many files were.

        What is not as its hash says is not copied. Raises OSError.
        """
        copied = 0
        for digest in self.digests() if digests is None else dict.fromkeys(digests):
            if other.path(digest).is_file() or not self.path(digest).is_file():
                continue
            part = other.part()
            try:
                disk.copy(self.path(digest), part)
                if digest_of(part) == digest:
                    other.path(digest).parent.mkdir(mode=0o700, exist_ok=True)
                    disk.move(part, other.path(digest))
                    copied += 1
            finally:
                part.unlink(missing_ok=True)
        return copied


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's content in hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
