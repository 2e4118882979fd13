"""Accounts: who can sign in, and as what. Passwords are kept as argon2 hashes, which never enter the history."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from pydantic import AfterValidator, Field, PlainValidator, ValidationInfo, field_validator
from sqlalchemy import delete
from sqlalchemy.orm import Session

from dashboard.records.core import (
    OF_A_DEPARTMENT,
    ROLES,
    AccountRow,
    Actor,
    BadInput,
    Command,
    Fault,
    Form,
    Kind,
    Name,
    Refused,
    Store,
    Transaction,
    VisitRow,
    allow,
    carry_out,
    history,
    log,
    may,
    validation,
)
from dashboard.records.people import attempts

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
MOST_LOGIN = 64
MOST_EMAIL = 254  # as SMTP has it
# argon2id with the least cost that OWASP advises: what argon2-cffi takes by default is some seven times that, and two
# hundred people who come at once would wait for half a minute
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@dataclass(frozen=True, slots=True)
class Account:
    """An account; `department` is that of a coordinator or a regional government, None for others.

    `email` is where notices go, "" where none are wanted.
    """

    id: str
    version: int
    login: str
    name: str
    role: str
    department: str | None = None
    active: bool = True
    email: str = ""

    @property
    def actor(self) -> Actor:
        """Who acts when this account does."""
        return Actor(self.id, self.name, self.role, self.department)


ACCOUNT = Kind("account", Account, AccountRow)


def _login(value: object) -> str:
    login = fold(value)
    if not all(c.isalnum() or c in "._@-+" for c in login):
        raise validation.whole_fault("login_letters")
    return login


def _yes_or_no(value: object) -> bool:
    if type(value) is not bool:
        raise validation.fault("not_yes_or_no")
    return value


def _address(value: str) -> str:
    """Return an address of e-mail that a message can be sent to, "" as it is."""
    name, _, host = value.rpartition("@")
    sound = value.isascii() and not set(value) & set(' ,;:<>()[]"\\') and name and "." in host.strip(".")
    if value and not sound:
        raise validation.whole_fault("email")
    return value


Address = Annotated[str, validation.text(MOST_EMAIL), AfterValidator(_address)]


class AddressForm(Form):
    """The address that a person gives for notices."""

    email: Address = ""


class AccountForm(Form):
    """What is sent of an account. It is read with the `departments` there are."""

    login: Annotated[str, validation.text(MOST_LOGIN, required=True), AfterValidator(_login)]
    name: Name
    role: Annotated[str, validation.chosen(ROLES)]
    department: Annotated[str | None, PlainValidator(lambda value: value or None)] = Field(None, validate_default=True)
    active: Annotated[bool, PlainValidator(_yes_or_no)] = True
    email: Address = ""

    @field_validator("department")
    @classmethod
    def _fits(cls, department: object, info: ValidationInfo) -> str | None:
        role = info.data.get("role")
        if role in OF_A_DEPARTMENT:
            return validation.choice(department, validation.context(info)["departments"])
        if role is not None and department is not None:
            raise validation.whole_fault("no_department_for_role", role=role)
        return None


@dataclass(frozen=True)
class CreateAccount(Command):
    """Keep a new account; its password is no part of what the history may know."""

    action = "create"
    values: Mapping[str, object]


@dataclass(frozen=True)
class ChangeAccount(Command):
    """Change an account, and end all its sessions."""

    action = "change"
    id: str
    version: int | None
    values: Mapping[str, object]


@dataclass(frozen=True)
class SetAddress(Command):
    """Say where one's own notices go."""

    action = "address"
    id: str
    email: object


@dataclass(frozen=True)
class SetPassword(Command):
    """Set the password of an account, which is no part of what the history may know."""

    action = "password"
    id: str


def create_account(
    store: Store, actor: Actor, values: Mapping[str, object], password: object, *, key: str | None = None
) -> Account:
    """Keep a new account; `values` are login, name, role and department. Raises Refused, BadInput with all faults."""
    allow(actor, "account.change")
    account = _clean(store, values)
    secret = hash_password(password, account.login)

    def work(transaction: Transaction) -> Account:
        if (before := transaction.answered(ACCOUNT)) is not None:
            return before
        _refuse_taken(transaction.session, account, "")
        return transaction.add(ACCOUNT, replace(account, id=history.new_id()), hidden={"password": secret})

    return carry_out(store, actor, CreateAccount(values), work, key)


def change_account(
    store: Store, actor: Actor, id: str, version: int | None, values: Mapping[str, object], *, key: str | None = None
) -> Account:
    """Change login, name, role, department or whether an account is active; all its sessions end.

    The last administrator who can sign in stays one: nobody could let anyone in after that.
    Raises Refused, Missing, BadInput, Conflict.
    """
    allow(actor, "account.change")

    def work(transaction: Transaction) -> Account:
        session, current = transaction.session, transaction.load(ACCOUNT, id)
        account = _clean(store, {name: getattr(current, name) for name in AccountForm.model_fields} | dict(values))
        if (before := transaction.answered(ACCOUNT)) is not None:
            return before
        _refuse_taken(session, account, current.id)
        if _administers(current) and not _administers(account) and not _another_administers(session, current):
            raise BadInput((Fault("records.fault.last_administrator", {"login": current.login}),))
        end_visits(session, current.id)
        return transaction.change(ACCOUNT, current, version, lambda _: account)

    return carry_out(store, actor, ChangeAccount(id, version, values), work, key)


def _refuse_taken(session: Session, account: Account, own: str) -> None:
    """Raise BadInput for a login that another account than one's own has."""
    taken = session.query(AccountRow.id).filter(AccountRow.login == account.login, AccountRow.id != own)
    if taken.first() is not None:
        raise BadInput((Fault("records.fault.login_taken", {"login": account.login}),))


def set_password(store: Store, actor: Actor, id: str, password: object, old: object = None) -> None:
    """Set a password, an administrator anyone's, others their own with the old one; all its sessions end.

    Raises Refused, Missing, BadInput.
    """
    own = actor.id == id
    allow(actor, "account.own_password" if own else "account.change")

    def work(transaction: Transaction) -> None:
        session, current = transaction.session, transaction.load(ACCOUNT, id)
        row = session.get_one(AccountRow, id)
        if own and not verify(row.password, old or ""):
            raise Refused("wrong_password")
        secret = hash_password(password, current.login)
        end_visits(session, id)
        transaction.change(ACCOUNT, current, current.version, lambda a: a, hidden={"password": secret})

    carry_out(store, actor, SetPassword(id), work)


def own(store: Store, actor: Actor) -> Account:
    """Return the account of the person who asks. Raises Missing where they have none."""
    with store.reading() as session:
        return history.load(session, ACCOUNT, actor.id)


def set_address(store: Store, actor: Actor, email: object) -> Account:
    """Set or take away the address to which a person's own notices go. Raises Refused, Missing, BadInput."""
    allow(actor, "account.own_address")
    wanted = AddressForm.read({"email": email}).email

    def work(transaction: Transaction) -> Account:
        current = transaction.load(ACCOUNT, actor.id)
        return transaction.change(ACCOUNT, current, current.version, lambda a: replace(a, email=wanted))

    return carry_out(store, actor, SetAddress(actor.id, email), work)


def able(session: Session, action: str, department: str) -> tuple[Account, ...]:
    """Return the active accounts that may do something in a department, by name.

    Whoever hands this on has asked whether the reader may know these people.
    """
    every = history.every(session, ACCOUNT, AccountRow.active.is_(True), order=(AccountRow.name, AccountRow.id))
    return tuple(account for account in every if may(account.actor, action, department))


def unlock(store: Store, actor: Actor, id: str) -> int:
    """Let whoever signs in as an account try again at once, from everywhere.

    Return from how many places there were failures. Raises Refused, Missing.
    """
    allow(actor, "account.change")

    def work(session: Session) -> int:
        return attempts.forget(session, history.load(session, ACCOUNT, id).login)

    forgotten = store.write(work)
    log.warning("unlocked: account %s by %r", id, actor.id)
    return forgotten


def waiting(store: Store, actor: Actor) -> frozenset[str]:
    """Return the logins that have to wait somewhere after too many failures. Raises Refused."""
    kept = [account.login for account in accounts(store, actor)]
    with store.reading() as session:
        return attempts.waiting(session, store.now(), kept)


def accounts(store: Store, actor: Actor) -> tuple[Account, ...]:
    """Return all accounts by login. Raises Refused."""
    allow(actor, "account.read")
    with store.reading() as session:
        return history.every(session, ACCOUNT, order=(AccountRow.login,))


def count_accounts(store: Store) -> int:
    """Return how many accounts can sign in: a server that others reach must have one."""
    with store.reading() as session:
        return session.query(AccountRow.id).filter(AccountRow.active).count()


def _administers(account: Account) -> bool:
    return account.active and account.role == "administrator"


def _another_administers(session: Session, account: Account) -> bool:
    others = session.query(AccountRow.id).filter(AccountRow.role == "administrator", AccountRow.active)
    return others.filter(AccountRow.id != account.id).with_for_update().first() is not None


def end_visits(session: Session, account: str) -> None:
    """End all sessions of an account, within a transaction."""
    session.execute(delete(VisitRow).where(VisitRow.account == account))


def fold(login: object) -> str:
    """Return a login in the one form in which it is kept and looked for."""
    return unicodedata.normalize("NFKC", login).strip().casefold() if isinstance(login, str) else ""


def hash_password(password: object, login: str = "") -> str:
    """Return the hash of a password that is long enough and is not the login. Raises BadInput."""
    if not isinstance(password, str) or not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        fields = {"least": SHORTEST_PASSWORD, "most": LONGEST_PASSWORD}
        raise BadInput((Fault("records.fault.password_length", fields),))
    if login and fold(password) == login or len(set(password)) < 4:
        raise BadInput((Fault("records.fault.password_plain", {}),))
    return HASHER.hash(_bytes(password))


def verify(secret: str, password: object) -> bool:
    """Tell whether a password is the one of a hash."""
    if not isinstance(password, str) or len(password) > LONGEST_PASSWORD:
        return False
    try:
        return HASHER.verify(secret, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False


def renewed(secret: str, password: str) -> str | None:
    """Return a hash to keep instead of one that was made at another cost; None where it is as it should be."""
    return HASHER.hash(_bytes(password)) if HASHER.check_needs_rehash(secret) else None


def _bytes(password: str) -> bytes:
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def _clean(store: Store, values: Mapping[str, object]) -> Account:
    read = AccountForm.read(values, departments=store.dataset.territory.departments)
    return Account(id="", version=0, **read.values())
