"""Somebody who asks for something, whichever way they came. Everything that is allowed follows from this alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from uuid import UUID

from studio.errors import Forbidden, SignInNeeded
from studio.identity.keys import Scope

_ALL: frozenset[Scope] = frozenset(Scope)


@dataclass(frozen=True)
class Caller:
    """`user` is None for a visitor who has not signed in. A page may do everything, a key what its scopes say."""

    user: UUID | None = None
    scopes: frozenset[Scope] = _ALL
    by_key: bool = False
    is_admin: bool = False
    address: str = field(default="", compare=False)
    """Where the request came from, for rate limits."""

    @property
    def is_known(self) -> bool:
        return self.user is not None

    def require_user(self, scope: Scope = Scope.READ) -> UUID:
        """Who it is, once they are somebody and may do that."""
        if self.user is None:
            raise SignInNeeded("Sign in first; what you wrote is kept.")
        if scope not in self.scopes:
            raise Forbidden(f"This API key may not do that: it lacks the scope {scope.value}.")
        return self.user

    def require_person(self) -> UUID:
        """Somebody at a page: what a key must never do, as making further keys."""
        user = self.require_user()
        if self.by_key:
            raise Forbidden("An API key may not do that. Do it on the page.")
        return user

    def require_admin(self) -> UUID:
        user = self.require_person()
        if not self.is_admin:
            raise Forbidden("Only the owner of this studio may do that.")
        return user

    def at(self, address: str) -> Caller:
        return replace(self, address=address)

    def __str__(self) -> str:
        """What travels through Gradio as the name of the user; `read` gives the caller back."""
        if self.user is None:
            return "anyone"
        kind = "key" if self.by_key else "admin" if self.is_admin else "page"
        return ":".join((kind, str(self.user), *(sorted(self.scopes) if self.by_key else ())))

    @classmethod
    def read(cls, text: str | None) -> Caller:
        kind, *rest = (text or "anyone").split(":")
        if kind == "anyone" or not rest:
            return ANYONE
        user, *scopes = rest
        return cls(
            UUID(user),
            scopes=frozenset(Scope(scope) for scope in scopes) if kind == "key" else _ALL,
            by_key=kind == "key",
            is_admin=kind == "admin",
        )


ANYONE = Caller()
