"""Accounts in the embedded database: passwords, sessions that end at once, letters, Google, and the owner."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from studio.errors import (
    CodeInvalid,
    EmailNotVerified,
    EmailTaken,
    GoogleRefused,
    SessionInvalid,
    SignInFailed,
    SignInLocked,
)
from studio.identity import accounts
from studio.identity.accounts import Account, AccountTables, Connection
from studio.identity.google import GoogleSignIn
from studio.identity.letters import AccountLetter, LetterKind, Postman
from studio.identity.passwords import Hasher, check_password, tidy_email
from studio.identity.records import GoogleStart, LinkKind, Person, Session
from studio.identity.signing import SigningKeys
from studio.identity.tokens import TokenVerifier

OWNER = "owner@localhost"
_LINK_S = 3600
_TRIES, _WINDOW_S, _LOCK_S = 5, 15 * 60, 15 * 60
_REUSE_S = 10
"""How long a used refresh token still works: its answer may have been lost, or two tabs asked at once."""
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class Visit:
    """Where a request came from, for the one case in which that is enough."""

    peer: str
    """The address of the other end of the connection."""
    host: str
    """The Host header."""
    forwarded: bool
    """Whether a proxy says that it passed the request on."""

    @property
    def is_at_this_machine(self) -> bool:
        """A page of another site that resolves its name to this machine still sends its own name as the host."""
        name = self.host.rsplit(":", 1)[0] if not self.host.endswith("]") else self.host
        return self.peer in _LOOPBACK and name.strip("[]").lower() in _LOOPBACK and not self.forwarded


class EmbeddedIdentity:
    def __init__(
        self,
        url: str | Callable[[], str],
        *,
        postman: Postman,
        google: GoogleSignIn | None = None,
        verify_emails: bool = False,
        revive: Callable[[], object] | None = None,
        hasher: Hasher | None = None,
        patience_s: float = 10.0,
    ) -> None:
        """`verify_emails` makes an account usable only after its letter was answered.

        Without it an account is usable at once, and still not proven to be its mailbox's: see `_confirm`.
        """
        self._tables = AccountTables(url, revive=revive, patience_s=patience_s)
        self._keys = SigningKeys(self._tables)
        self._verifier = TokenVerifier(self._keys, self._keys.issuer)
        self._postman = postman
        self._google = google
        self._verify_emails = verify_emails
        self._hasher = hasher or Hasher()

    def sign_up(
        self, email: str, password: str, *, display_name: str = "", referral_code: str | None = None
    ) -> Session | None:
        address = tidy_email(email)
        check_password(password, address)
        password_hash, user = self._hasher.hash(password), uuid4()
        facts = {"display_name": display_name} | ({"referral_code": referral_code} if referral_code else {})
        if self._verify_emails:
            self._sign_up_by_letter(user, address, password_hash, facts)
            return None

        def add(connection: Connection) -> Account | None:
            made = accounts.add(connection, user, address, facts, confirmed=False)
            if made is not None:
                accounts.set_password(connection, user, password_hash)
            return made

        made = self._tables.run(add)
        if made is None:
            raise EmailTaken("There is an account with this address already. Sign in instead.")
        return self._start(made)

    def sign_in(self, email: str, password: str) -> Session:
        address = tidy_email(email)
        account = self._tables.run(lambda connection: self._admitted(connection, address))
        kept = account.password_hash if account else None
        if not self._hasher.matches(password, kept) or account is None or kept is None:
            raise SignInFailed("The e-mail address or the password is wrong.")
        renewed = self._hasher.hash(password) if self._hasher.is_dated(kept) else None
        self._tables.run(lambda connection: self._welcome_back(connection, account, renewed))
        if self._verify_emails and not account.is_confirmed:
            raise EmailNotVerified("Open the link in the letter that we sent you, then sign in.")
        return self._start(account)

    def sign_in_owner(self, visit: Visit) -> Session:
        """The owner of the machine that the app runs on needs no password there."""
        if not visit.is_at_this_machine:
            raise SignInFailed("Only a browser on the app's own machine is signed in as its owner.")
        user = uuid4()

        def owner(connection: Connection) -> Account | None:
            made = accounts.add(connection, user, OWNER, {"display_name": "Owner"}, confirmed=True)
            return made or accounts.by_email(connection, OWNER)

        return self._start(_existing(self._tables.run(owner)))

    def refresh(self, refresh_token: str) -> Session:
        next_token = _token()

        def rotate(connection: Connection) -> tuple[Account, UUID] | None:
            found = accounts.use_refresh(connection, refresh_token)
            if found is None:
                return None
            if found.used_s_ago is not None and found.used_s_ago > _REUSE_S:
                # Somebody else has it: nobody goes on with this session.
                accounts.end_session(connection, found.session_id)
                return None
            accounts.add_refresh(connection, found.session_id, next_token)
            return _existing(accounts.by_id(connection, found.user_id)), found.session_id

        rotated = self._tables.run(rotate)
        if rotated is None:
            raise SessionInvalid("This sign-in is over. Sign in again.")
        return self._session(*rotated, next_token)

    def sign_out(self, access_token: str, *, everywhere: bool = False) -> None:
        person = self._verifier.verify(access_token)

        def end(connection: Connection) -> None:
            if everywhere:
                accounts.end_sessions(connection, person.id)
            elif person.session_id is not None:
                accounts.end_session(connection, person.session_id)

        self._tables.run(end)

    def verify(self, access_token: str) -> Person:
        person = self._verifier.verify(access_token)
        session = person.session_id
        if session is None or not self._tables.run(lambda connection: accounts.is_live(connection, session)):
            raise SessionInvalid("This sign-in is over. Sign in again.")
        return person

    def send_magic_link(self, email: str) -> None:
        address, user = tidy_email(email), uuid4()

        def account(connection: Connection) -> Account | None:
            known = accounts.by_email(connection, address)
            return known or accounts.add(connection, user, address, {}, confirmed=False)

        self._send_link(LetterKind.MAGIC_LINK, _existing(self._tables.run(account)))

    def send_reset(self, email: str) -> None:
        address = tidy_email(email)
        account = self._tables.run(lambda connection: accounts.by_email(connection, address))
        if account is not None:
            self._send_link(LetterKind.RECOVERY, account)

    def confirm(self, token_hash: str, kind: LinkKind) -> Session:
        session = uuid4()

        def spend(connection: Connection) -> Account | None:
            link = accounts.spend_link(connection, token_hash, kind, session)
            if link is None:
                return None
            self._confirm(connection, _existing(accounts.by_id(connection, link.user_id)), link.password_hash)
            return accounts.by_id(connection, link.user_id)

        account = self._tables.run(spend)
        if account is None:
            raise CodeInvalid("This link was used already or is too old. Ask for a new one.")
        return self._start(account, session)

    def set_password(self, access_token: str, password: str) -> None:
        person = self.verify(access_token)
        check_password(password, person.email or "")
        password_hash = self._hasher.hash(password)

        def change(connection: Connection) -> None:
            accounts.set_password(connection, person.id, password_hash)
            accounts.end_sessions(connection, person.id, but=person.session_id)
            accounts.void_links(connection, person.id)
            accounts.forget_tries(connection, person.email or "")

        self._tables.run(change)

    def begin_google(self, return_to: str) -> GoogleStart:
        return self._with_google().begin(return_to)

    def finish_google(self, code: str, start: GoogleStart) -> Session:
        person = self._with_google().finish(code, start)
        address, user = tidy_email(person.email), uuid4()

        def account(connection: Connection) -> Account | None:
            known = accounts.by_identity(connection, "google", person.id) or accounts.by_email(connection, address)
            found = known or accounts.add(connection, user, address, {"full_name": person.name}, confirmed=True)
            if found is not None:
                accounts.link_identity(connection, "google", person.id, found.id)
                self._confirm(connection, found, None)
            return found

        return self._start(_existing(self._tables.run(account)))

    def rotate_keys(self) -> None:
        self._keys.rotate()

    def close(self) -> None:
        self._tables.close()

    def _sign_up_by_letter(self, user: UUID, address: str, password_hash: str, facts: dict[str, str]) -> None:
        """The answer is the same whether the address has an account or not; only its mailbox learns which."""

        def add(connection: Connection) -> Account | None:
            made = accounts.add(connection, user, address, facts, confirmed=False)
            return made or accounts.by_email(connection, address)

        account = _existing(self._tables.run(add))
        if account.is_confirmed:
            self._postman.post(AccountLetter(LetterKind.ACCOUNT_EXISTS, address, None))
        else:
            self._send_link(LetterKind.VERIFY, account, password_hash)

    def _send_link(self, kind: LetterKind, account: Account, password_hash: str | None = None) -> None:
        token_hash = _token()
        self._tables.run(
            lambda connection: accounts.add_link(
                connection, account.id, kind.link_kind, token_hash, _LINK_S, password_hash
            )
        )
        self._postman.post(AccountLetter(kind, account.email, token_hash))

    @staticmethod
    def _admitted(connection: Connection, address: str) -> Account | None:
        locked_s = accounts.count_try(connection, address, allowed=_TRIES, window_s=_WINDOW_S, lock_s=_LOCK_S)
        if locked_s is not None:
            minutes = max(1, round(locked_s / 60))
            raise SignInLocked(
                f"Too many wrong passwords. Try again in {minutes} minutes, or use a link by e-mail.",
                details={"retry_after_s": round(locked_s)},
            )
        return accounts.by_email(connection, address)

    def _welcome_back(self, connection: Connection, account: Account, renewed_hash: str | None) -> None:
        accounts.forget_tries(connection, account.email)
        if renewed_hash is not None and (account.is_confirmed or not self._verify_emails):
            accounts.set_password(connection, account.id, renewed_hash)

    @staticmethod
    def _confirm(connection: Connection, account: Account, password_hash: str | None) -> None:
        """Whoever holds the mailbox holds the account: what somebody set before without it does not count."""
        if not account.is_confirmed:
            accounts.confirm(connection, account.id)
            accounts.end_sessions(connection, account.id)
            accounts.set_password(connection, account.id, password_hash)
        accounts.forget_tries(connection, account.email)

    def _start(self, account: Account, session: UUID | None = None) -> Session:
        session, refresh_token = session or uuid4(), _token()
        self._tables.run(lambda connection: accounts.start_session(connection, session, account.id, refresh_token))
        return self._session(account, session, refresh_token)

    def _session(self, account: Account, session: UUID, refresh_token: str) -> Session:
        access_token, expires_at = self._keys.sign(account.id, account.email, session)
        return Session(Person(account.id, account.email, session), access_token, refresh_token, expires_at)

    def _with_google(self) -> GoogleSignIn:
        if self._google is None:
            raise GoogleRefused("Signing in with Google is off: set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET.")
        return self._google


def _existing(account: Account | None) -> Account:
    if account is None:
        raise SessionInvalid("This account does not exist any more.")
    return account


def _token() -> str:
    return secrets.token_urlsafe(32)
