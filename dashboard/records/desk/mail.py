"""Tell people by e-mail what waits for them: what there is and where, never what somebody wrote.

Whoever reads along in a mailbox learns names of proposals and meetings that the account may read, and no more. The same
is not sent twice: a message goes out once something else waits than what was told last.
"""

import hashlib
import logging
import smtplib
import ssl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from dashboard.records.core import Actor, Store, Words, local_actor
from dashboard.records.desk.items import AGREED, KINDS, MEET, Item, waiting
from dashboard.records.people import Account, accounts, looks

STARTTLS, TLS = "starttls", "tls"
PATIENCE_S = 20
NAMED = 10  # things of a kind that a message names

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Post:
    """By which server messages go, from whom, and the address of the screen that they lead to ("" where unknown)."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    link: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """How many messages were sent, were not needed since nothing else waits, or were not taken by the server."""

    sent: int
    same: int
    failed: int


def send(store: Store, post: Post, words: Words) -> Posted:
    """Tell everyone who has an address, and for whom something else waits than before. Raises OSError, SMTPException.

    Those are raised where the server cannot be spoken to at all; what it does not take is counted and logged.
    """
    due, same = [], 0
    for account in accounts.accounts(store, local_actor()):
        if not account.active or not account.email:
            continue
        items = waiting(store, account.actor)
        fingerprint = _fingerprint(items)
        if not items or fingerprint == _told(store, account.actor):
            same += 1
        else:
            due.append((account, fingerprint, message(account, items, post, store, words)))
    failed = 0
    if due:
        with _connected(post) as server:
            failed = sum(not _sent(store, server, *one) for one in due)
    return Posted(len(due) - failed, same, failed)


def _sent(store: Store, server: smtplib.SMTP, account: Account, fingerprint: str, made: EmailMessage) -> bool:
    try:
        server.send_message(made)
    except smtplib.SMTPResponseException as error:
        log.warning("not mailed to account %s: %s", account.id, error.smtp_code)
        return False
    except smtplib.SMTPRecipientsRefused:
        log.warning("not mailed to account %s: refused", account.id)
        return False
    looks.mailed(store, account.id, fingerprint)
    return True


@contextmanager
def _connected(post: Post) -> Iterator[smtplib.SMTP]:
    trusted = ssl.create_default_context()
    if post.security == TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(post.host, post.port, timeout=PATIENCE_S, context=trusted)
    else:
        server = smtplib.SMTP(post.host, post.port, timeout=PATIENCE_S)
    with server:
        if post.security == STARTTLS:
            server.starttls(context=trusted)
        if post.user:
            server.login(post.user, post.password)
        yield server


def message(account: Account, items: Sequence[Item], post: Post, store: Store, words: Words) -> EmailMessage:
    """Return what one person is told."""
    say = words.say
    made = EmailMessage()
    made["Subject"] = say("mail.subject", n=len(items))
    made["From"], made["To"] = post.sender, account.email
    made["Date"], made["Message-ID"] = formatdate(usegmt=True), make_msgid(domain=post.sender.rpartition("@")[2])
    made["Auto-Submitted"] = "auto-generated"
    parts = [say("mail.greeting", name=account.name)]
    parts += [part for kind in KINDS if (part := _kind(kind, [i for i in items if i.kind == kind], store, words))]
    parts.append(say("mail.open", link=post.link) if post.link else say("mail.open_plainly"))
    parts.append(say("mail.why"))
    made.set_content("\n\n".join(parts) + "\n")
    return made


def _kind(kind: str, items: Sequence[Item], store: Store, words: Words) -> str:
    if not items:
        return ""
    say, departments = words.say, store.dataset.territory.departments
    lines = [f"{say(f'desk.kind.{kind}')}:"]
    for item in items[:NAMED]:
        place = departments.get(item.department)
        name = say("desk.meeting", number=item.name) if kind == MEET else item.name
        name = say("desk.agreement", number=item.name) if kind == AGREED else name
        lines.append(say("mail.line", name=name, place=place.name if place else item.department))
    more = len(items) - NAMED
    return "\n".join([*lines, *([say("mail.more", n=more)] if more > 0 else [])])


def _told(store: Store, actor: Actor) -> str:
    with store.reading() as session:
        return looks.look(session, actor.id).mailed


def _fingerprint(items: Iterable[Item]) -> str:
    """Return a hash of what waits: another as soon as something else does."""
    told = sorted("\t".join((i.kind, i.id, i.name, i.comment)) for i in items)
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()
