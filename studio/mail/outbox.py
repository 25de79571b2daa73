"""The embedded mailer: every letter becomes a file in a folder, for whoever keeps the installation to pass on."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from studio.identity.letters import AccountLetter, LetterKind

_log = logging.getLogger(__name__)
_WORDS: dict[LetterKind, tuple[str, str]] = {
    LetterKind.VERIFY: (
        "Confirm your address",
        "Welcome to CanvasCast. Open this link to confirm your address and make your first film:",
    ),
    LetterKind.MAGIC_LINK: ("Your sign-in link", "Open this link to sign in to CanvasCast:"),
    LetterKind.RECOVERY: ("Choose a new password", "Open this link to choose a new password for CanvasCast:"),
    LetterKind.ACCOUNT_EXISTS: (
        "You have an account already",
        "Somebody, perhaps you, signed up to CanvasCast with this address, which has an account. "
        "Sign in with it, or ask for a new password there:",
    ),
}
_ENDING = "The link works once, for an hour. If you did not ask for it, do nothing."


class Outbox:
    """A postman who puts letters into a folder."""

    def __init__(self, folder: Path, site_url: str) -> None:
        self._folder = folder
        self._site_url = site_url.rstrip("/")

    def post(self, letter: AccountLetter) -> None:
        subject, words = _WORDS[letter.kind]
        message = EmailMessage()
        message["To"], message["Subject"] = letter.email, f"CanvasCast: {subject}"
        message["Date"] = datetime.now(UTC)
        ending = f"\n\n{_ENDING}" if letter.token_hash else ""
        message.set_content(f"{words}\n\n{self._link(letter)}{ending}\n")
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        path = self._folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{letter.kind}-{uuid4().hex[:8]}.eml"
        path.write_bytes(message.as_bytes())
        # The link signs in whoever reads it, so the log names the file and not its words.
        _log.info("a letter (%s) lies in %s", letter.kind, path)

    def _link(self, letter: AccountLetter) -> str:
        if not letter.token_hash:
            return f"{self._site_url}/sign-in"
        query = urlencode({"token_hash": letter.token_hash, "type": letter.kind.link_kind})
        return f"{self._site_url}/auth/confirm?{query}"
