"""The letters that the embedded accounts want sent; whoever sends mail decides how they look."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from studio.identity.records import LinkKind


class LetterKind(StrEnum):
    VERIFY = "verify"
    MAGIC_LINK = "magic_link"
    RECOVERY = "recovery"
    ACCOUNT_EXISTS = "account_exists"
    """Somebody signed up with an address that has an account: its owner is told, the other one learns nothing."""

    @property
    def link_kind(self) -> LinkKind:
        return LinkKind.RECOVERY if self is LetterKind.RECOVERY else LinkKind.EMAIL


@dataclass(frozen=True)
class AccountLetter:
    kind: LetterKind
    email: str
    token_hash: str | None = field(repr=False)
    """For the link of the letter, together with `kind.link_kind`; None where there is nothing to click."""


class Postman(Protocol):
    def post(self, letter: AccountLetter) -> None: ...
