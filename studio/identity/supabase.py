"""Accounts at Supabase Auth. It keeps passwords, sends letters and speaks to Google; tokens are verified here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

import httpx

from studio.errors import (
    CodeInvalid,
    EmailInvalid,
    EmailNotVerified,
    EmailTaken,
    GoogleRefused,
    IdentityError,
    IdentityUnavailable,
    PasswordWeak,
    RateLimited,
    SessionInvalid,
    SettingsError,
    SignInFailed,
    StudioError,
)
from studio.identity.passwords import check_password, tidy_email
from studio.identity.records import GoogleStart, LinkKind, Person, Session
from studio.identity.tokens import JwksKeys, TokenVerifier
from studio.tls import trusted

if TYPE_CHECKING:
    from supabase_auth import SyncGoTrueClient
    from supabase_auth.errors import AuthError
    from supabase_auth.types import AuthResponse

_TIMEOUT = httpx.Timeout(20.0, connect=5.0)
_BY_CODE: dict[str, tuple[type[StudioError], str]] = {
    "invalid_credentials": (SignInFailed, "The e-mail address or the password is wrong."),
    "user_banned": (SignInFailed, "This account is closed. Write to us if you think that is a mistake."),
    "email_not_confirmed": (EmailNotVerified, "Open the link in the letter that we sent you, then sign in."),
    "user_already_exists": (EmailTaken, "There is an account with this address already. Sign in instead."),
    "email_exists": (EmailTaken, "There is an account with this address already. Sign in instead."),
    "email_address_invalid": (EmailInvalid, "This is not an e-mail address."),
    "email_address_not_authorized": (
        EmailInvalid,
        "No letter can be sent to this address: the project has no mail server of its own yet.",
    ),
    "same_password": (PasswordWeak, "This is your password already. Choose another."),
    "otp_expired": (CodeInvalid, "This link was used already or is too old. Ask for a new one."),
    "flow_state_not_found": (GoogleRefused, "This sign-in was begun elsewhere. Start again."),
    "flow_state_expired": (GoogleRefused, "This sign-in took too long. Start again."),
    "bad_code_verifier": (GoogleRefused, "This sign-in was begun elsewhere. Start again."),
    "refresh_token_not_found": (SessionInvalid, "This sign-in is over. Sign in again."),
    "refresh_token_already_used": (SessionInvalid, "This sign-in is over. Sign in again."),
    "session_not_found": (SessionInvalid, "This sign-in is over. Sign in again."),
    "session_expired": (SessionInvalid, "This sign-in is over. Sign in again."),
    "user_not_found": (SessionInvalid, "This account does not exist any more."),
    "bad_jwt": (SessionInvalid, "This sign-in is not valid. Sign in again."),
    "reauthentication_needed": (SessionInvalid, "Sign in again before you choose a new password."),
    "over_request_rate_limit": (RateLimited, "Too many tries in a short time. Wait a few minutes."),
    "over_email_send_rate_limit": (RateLimited, "A letter is on its way already. Wait a minute before the next."),
    "signup_disabled": (IdentityError, "New accounts are not taken just now."),
    "email_provider_disabled": (SettingsError, "E-mail sign-in is switched off in the Supabase project."),
}


class SupabaseIdentity:
    """Every operation has a client of its own: one that somebody signed in on would speak in their name."""

    def __init__(self, url: str, publishable_key: str) -> None:
        self._auth_url = url.rstrip("/") + "/auth/v1"
        self._key = publishable_key
        self._http = httpx.Client(timeout=_TIMEOUT, verify=trusted())
        keys = JwksKeys(f"{self._auth_url}/.well-known/jwks.json", headers={"apikey": publishable_key})
        self._verifier = TokenVerifier(keys, self._auth_url)

    def sign_up(
        self, email: str, password: str, *, display_name: str = "", referral_code: str | None = None
    ) -> Session | None:
        address = tidy_email(email)
        check_password(password, address)
        facts = {"display_name": display_name} | ({"referral_code": referral_code} if referral_code else {})
        with self._client() as client:
            answer = client.sign_up({"email": address, "password": password, "options": {"data": facts}})
        return self._session(answer) if answer.session else None

    def sign_in(self, email: str, password: str) -> Session:
        with self._client() as client:
            return self._session(client.sign_in_with_password({"email": tidy_email(email), "password": password}))

    def refresh(self, refresh_token: str) -> Session:
        if not refresh_token:
            raise SessionInvalid("This sign-in is over. Sign in again.")
        with self._client() as client:
            return self._session(client.refresh_session(refresh_token))

    def sign_out(self, access_token: str, *, everywhere: bool = False) -> None:
        self._verifier.verify(access_token)
        # A session that has ended already is what was wanted.
        with suppress(SessionInvalid), self._client() as client:
            client.admin.sign_out(access_token, "global" if everywhere else "local")

    def verify(self, access_token: str) -> Person:
        """A token stays good until it expires, also after signing out elsewhere: within the hour."""
        return self._verifier.verify(access_token)

    def send_magic_link(self, email: str) -> None:
        with self._client() as client:
            client.sign_in_with_otp({"email": tidy_email(email)})

    def send_reset(self, email: str) -> None:
        with self._client() as client:
            client.reset_password_for_email(tidy_email(email))

    def confirm(self, token_hash: str, kind: LinkKind) -> Session:
        if not token_hash:
            raise CodeInvalid("This link is not complete. Open it from the letter again, or ask for a new one.")
        with self._client() as client:
            return self._session(client.verify_otp({"token_hash": token_hash, "type": kind.value}))

    def set_password(self, access_token: str, password: str) -> None:
        person = self.verify(access_token)
        check_password(password, person.email or "")
        with self._client() as client:
            # The client wants a refresh token too, but uses it only once the other one is over.
            client.set_session(access_token, "not-needed")
            client.update_user({"password": password})
            client.admin.sign_out(access_token, "others")

    def begin_google(self, return_to: str) -> GoogleStart:
        from supabase_auth import SyncMemoryStorage

        storage = SyncMemoryStorage()
        with self._client(storage=storage, flow="pkce") as client:
            answer = client.sign_in_with_oauth({"provider": "google", "options": {"redirect_to": return_to}})
        verifier = next(value for name, value in storage.storage.items() if name.endswith("-code-verifier"))
        return GoogleStart(answer.url, return_to, verifier)

    def finish_google(self, code: str, start: GoogleStart) -> Session:
        with self._client(flow="pkce") as client:
            answer = client.exchange_code_for_session(
                {"auth_code": code, "code_verifier": start.verifier, "redirect_to": start.return_to}
            )
        return self._session(answer)

    def close(self) -> None:
        self._http.close()

    @contextmanager
    def _client(
        self, *, storage: Any = None, flow: Literal["implicit", "pkce"] = "implicit"
    ) -> Iterator[SyncGoTrueClient]:
        from supabase_auth import SyncGoTrueClient, SyncMemoryStorage
        from supabase_auth.errors import AuthError

        client = SyncGoTrueClient(
            url=self._auth_url,
            headers={"apikey": self._key, "Authorization": f"Bearer {self._key}"},
            auto_refresh_token=False,
            storage=storage or SyncMemoryStorage(),
            http_client=self._http,
            flow_type=flow,
        )
        try:
            yield client
        except AuthError as error:
            raise _translated(error) from error

    @staticmethod
    def _session(answer: AuthResponse) -> Session:
        session = answer.session
        if session is None or session.expires_at is None:
            raise SignInFailed("Supabase did not sign this account in.")
        person = Person(UUID(session.user.id), session.user.email, None)
        return Session(person, session.access_token, session.refresh_token, session.expires_at)


def _translated(error: AuthError) -> StudioError:
    from supabase_auth.errors import AuthRetryableError, AuthWeakPasswordError

    facts = {"code": error.code, "message": error.message}
    status = _status(error)
    if isinstance(error, AuthWeakPasswordError):
        return PasswordWeak("This password is too easy to guess. Choose a longer one.", details=facts)
    if isinstance(error, AuthRetryableError) or (status or 0) >= 500:
        return IdentityUnavailable("The accounts cannot be reached just now. Try again in a moment.", details=facts)
    if error.code in _BY_CODE:
        kind, sentence = _BY_CODE[error.code]
        return kind(sentence, details=facts)
    if status == 429:
        return RateLimited("Too many tries in a short time. Wait a few minutes.", details=facts)
    if status == 401:
        return SettingsError("Supabase refused the key: check SUPABASE_PUBLISHABLE_KEY.", details=facts)
    return IdentityError("Supabase did not accept this. Start again.", details=facts)


def _status(error: AuthError) -> int | None:
    """The HTTP status, also of an answer that was not Auth's own and so could not be read."""
    cause = error.__cause__
    return cause.response.status_code if isinstance(cause, httpx.HTTPStatusError) else None
