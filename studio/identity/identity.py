"""What every home of accounts offers."""

from __future__ import annotations

from typing import Protocol

from studio.identity.records import GoogleStart, LinkKind, Person, Session


class Identity(Protocol):
    """Accounts and sessions. Failures are studio.errors.IdentityError; tokens are verified on this machine."""

    def sign_up(
        self, email: str, password: str, *, display_name: str = "", referral_code: str | None = None
    ) -> Session | None:
        """A new account, signed in, or None when a letter with a link to confirm the address is on its way."""
        ...

    def sign_in(self, email: str, password: str) -> Session: ...

    def refresh(self, refresh_token: str) -> Session:
        """The next pair of tokens; the old refresh token is used up."""
        ...

    def sign_out(self, access_token: str, *, everywhere: bool = False) -> None: ...

    def verify(self, access_token: str) -> Person:
        """Whose token this is, or SessionInvalid."""
        ...

    def send_magic_link(self, email: str) -> None:
        """A letter with a link that signs in, making the account where there is none."""
        ...

    def send_reset(self, email: str) -> None:
        """A letter with a link to choose a new password; nothing tells whether there is such an account."""
        ...

    def confirm(self, token_hash: str, kind: LinkKind) -> Session:
        """What the link of a letter stands for, once."""
        ...

    def set_password(self, access_token: str, password: str) -> None:
        """A new password for whoever is signed in; their other sessions end."""
        ...

    def begin_google(self, return_to: str) -> GoogleStart:
        """Send the browser to the URL; it comes back to `return_to` with a code."""
        ...

    def finish_google(self, code: str, start: GoogleStart) -> Session: ...

    def close(self) -> None: ...
