"""Files beside a proposal: kept once by their content, handed out by right, named by the steps that rest on them.

One that was attached by mistake is withdrawn: nobody is handed it any longer, and the history still says that it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from dashboard.records.core import (
    Actor,
    AttachmentRow,
    Command,
    EntryRow,
    Fault,
    Form,
    Kind,
    Missing,
    NotNow,
    Store,
    Transaction,
    allow,
    allow_somewhere,
    carry_out,
    history,
    validation,
)
from dashboard.records.dossier.cabinet import Cabinet, Content
from dashboard.records.proposals import PROPOSAL

MOST_ATTACHMENTS = 100  # beside one proposal


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside a proposal. `name` is as people know it; `kind`, `size` in bytes and `digest` are its content's."""

    id: str
    version: int
    proposal: str
    department: str
    name: str
    kind: str
    size: int
    digest: str
    withdrawn: bool = False


ATTACHMENT = Kind("attachment", Attachment, AttachmentRow)


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment with who attached it, as what, and when."""

    attachment: Attachment
    at: datetime
    by: str
    by_role: str


class AttachmentName(Form):
    """By what name a file is kept."""

    name: Annotated[str, validation.text(required=True)]


@dataclass(frozen=True)
class AddAttachment(Command):
    """Attach a file to a proposal."""

    action = "attach"
    proposal: str
    called: str
    digest: str


@dataclass(frozen=True)
class WithdrawAttachment(Command):
    """Withdraw a file from a proposal."""

    action = "withdraw_attachment"
    id: str
    version: int | None


def may_add(store: Store, actor: Actor, proposal: str) -> None:
    """Say whether a person may attach a file, before it is taken in. Raises Refused, Missing."""
    allow_somewhere(actor, "attachment.add")
    with store.reading() as session:
        allow(actor, "attachment.add", history.load(session, PROPOSAL, proposal).department)


def add(
    store: Store, actor: Actor, cabinet: Cabinet, proposal: str, name: str, part: Path, *, key: str | None = None
) -> Attachment:
    """Attach a file that lies under a name of `cabinet.part()`. Raises Refused, Missing, BadInput, NotNow, OSError."""
    allow_somewhere(actor, "attachment.add")
    content = cabinet.take(part)
    called = AttachmentName.read({"name": _called(name, content)}).name

    def work(transaction: Transaction) -> Attachment:
        about = transaction.allowed(PROPOSAL, proposal, "attachment.add")
        if (before := transaction.answered(ATTACHMENT)) is not None:
            return before
        count = select(func.count()).where(AttachmentRow.proposal == about.id)
        if (transaction.session.scalar(count) or 0) >= MOST_ATTACHMENTS:
            raise NotNow("attach", (Fault("records.fault.too_many_attachments", {"most": MOST_ATTACHMENTS}),))
        made = Attachment(
            history.new_id(), 0, about.id, about.department, called, content.kind, content.size, content.digest
        )
        return transaction.add(ATTACHMENT, made)

    return carry_out(store, actor, AddAttachment(proposal, called, content.digest), work, key)


def _called(name: str, content: Content) -> str:
    """Return a name with the ending of what the file is, whatever it was called.

    >>> _called("C:\\\\docs\\\\Acta 22.PDF", Content("pdf", 1, "")), _called("foto.JPEG", Content("jpg", 1, ""))
    ('Acta 22.pdf', 'foto.jpg')
    >>> _called("acta.exe", Content("pdf", 1, "")), _called("", Content("pdf", 1, ""))
    ('acta.exe.pdf', 'file.pdf')
    """
    last = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable()).strip()
    stem, _, ending = last.rpartition(".")
    own = {"jpeg": "jpg", "jpe": "jpg"}.get(ending.lower(), ending.lower())
    bare = (stem if stem and own == content.kind else last).strip(". ")[: validation.MOST_NAME - 10]
    return f"{bare or 'file'}.{content.kind}"


def withdraw(store: Store, actor: Actor, id: str, version: int | None) -> Attachment:
    """Withdraw a file. Raises Refused, Missing, Conflict."""
    allow_somewhere(actor, "attachment.withdraw")

    def work(transaction: Transaction) -> Attachment:
        current = transaction.allowed(ATTACHMENT, id, "attachment.withdraw")
        return transaction.change(ATTACHMENT, current, version, lambda a: replace(a, withdrawn=True))

    return carry_out(store, actor, WithdrawAttachment(id, version), work)


def get(store: Store, actor: Actor, id: str) -> Attachment:
    """Return an attachment that is to be handed out. Raises Refused, Missing, also where it was withdrawn."""
    allow_somewhere(actor, "attachment.read")
    with store.reading() as session:
        found = history.load(session, ATTACHMENT, id)
    allow(actor, "attachment.read", found.department)
    if found.withdrawn:
        raise Missing("attachment")
    return found


def attachments(store: Store, actor: Actor, proposal: str) -> tuple[Attached, ...]:
    """Return the files beside a proposal, oldest first, withdrawn ones too. Raises Refused, Missing."""
    allow_somewhere(actor, "attachment.read")
    with store.reading() as session:
        about = history.load(session, PROPOSAL, proposal)
        allow(actor, "attachment.read", about.department)
        return _of(session, about.id)


def _of(session: Session, proposal: str) -> tuple[Attached, ...]:
    made = and_(EntryRow.kind == ATTACHMENT.name, EntryRow.subject == AttachmentRow.id, EntryRow.version == 1)
    columns = (AttachmentRow, EntryRow.at, EntryRow.actor_name, EntryRow.actor_role)
    query = select(*columns).join(EntryRow, made).where(AttachmentRow.proposal == proposal).order_by(EntryRow.id)
    found = session.execute(query)
    return tuple(Attached(history.from_row(ATTACHMENT, row), at, by, as_) for row, at, by, as_ in found)


def named(session: Session) -> Iterable[str]:
    """Return the hashes of all files that the record names."""
    return session.scalars(select(AttachmentRow.digest).distinct())
