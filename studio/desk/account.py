"""Somebody's own account: credits, name, notifications, keys for programs, their data to take along, and its end."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from studio.callers import Caller
from studio.credits import PriceList
from studio.desk.statement import LedgerRow, Line, Wallet, line_of
from studio.errors import InvalidValue
from studio.identity import ApiKey, NewApiKey, Scope
from studio.identity.embedded import OWNER
from studio.installation import Installation
from studio.profiles import Preferences
from studio.store.records import Record

LINES = 30
DELETE_WORDS = "delete my account"
MOST_KEYS = 20
_EXPORT_PAGE = 20
_EXPORT_LINK_S = 24 * 3600


class Me(Record):
    """Who somebody is to the studio."""

    id: UUID
    name: str
    email: str
    plan: str
    since: datetime
    is_owner_here: bool
    """The owner of the machine has no password: being at it is enough."""


class AccountDesk:
    def __init__(self, installation: Installation) -> None:
        self._of = installation

    def balance(self, caller: Caller) -> Wallet:
        return Wallet.of(self._of.store.call("credit_overview", as_user=caller.require_user()))

    def history(self, caller: Caller, before: int | None = None, limit: int = LINES) -> tuple[Line, ...]:
        """The ledger in plain words, newest first; a page begins below the line `before`."""
        arguments = {"p_limit": limit, "p_before": before}
        rows = LedgerRow.all_of(self._of.store.call("credit_lines", arguments, as_user=caller.require_user()))
        return tuple(line_of(row) for row in rows)

    def prices(self, caller: Caller) -> PriceList:
        """What costs what: for everybody to see."""
        return self._of.credits.prices()

    def profile(self, caller: Caller) -> Me:
        user = caller.require_user()
        found = self._of.profiles.of(user)
        plans = {plan.name: plan.title for plan in self._of.credits.prices().plans}
        return Me(
            id=user,
            name=found.display_name,
            email=found.email or "",
            plan=plans.get(found.plan, found.plan),
            since=found.created_at,
            is_owner_here=found.email == OWNER,
        )

    def rename(self, caller: Caller, name: str) -> Me:
        tidy = " ".join(name.split())
        if len(tidy) > 80:
            raise InvalidValue("A name has at most 80 letters. Shorten it.")
        self._of.profiles.save(caller.require_person(), display_name=tidy)
        return self.profile(caller)

    def preferences(self, caller: Caller) -> Preferences:
        return self._of.profiles.preferences(caller.require_user())

    def save_preferences(self, caller: Caller, **wanted: bool) -> Preferences:
        """Which letters somebody wants; what is left out stays."""
        return self._of.profiles.save_preferences(caller.require_person(), **wanted)

    def keys(self, caller: Caller) -> tuple[ApiKey, ...]:
        """Newest first, revoked and expired ones too; the keys themselves are not kept."""
        return tuple(self._of.keys.of(caller.require_person()))

    def create_key(self, caller: Caller, name: str, scopes: Collection[str], days: int | None = None) -> NewApiKey:
        """A key that works for so many days, or until it is revoked. Its text is in the answer and nowhere else."""
        user = caller.require_person()
        tidy = " ".join(name.split())
        if not 1 <= len(tidy) <= 80:
            raise InvalidValue("Give the key a name of 1 to 80 letters, such as the program that will use it.")
        if days is not None and not 1 <= days <= 3650:
            raise InvalidValue("A key ends after 1 to 3650 days, or never.")
        if sum(is_live(key) for key in self._of.keys.of(user)) >= MOST_KEYS:
            raise InvalidValue(f"You have {MOST_KEYS} keys that work. Revoke one that you do not use.")
        ends = datetime.now(UTC) + timedelta(days=days) if days else None
        return self._of.keys.create(user, tidy, _scopes(scopes), expires_at=ends)

    def revoke_key(self, caller: Caller, key: UUID) -> ApiKey:
        revoked = self._of.keys.revoke(caller.require_person(), key)
        self._of.callers.forget_all()
        return revoked

    def export(self, caller: Caller) -> Iterator[str]:
        """Everything that is kept about somebody, as JSON in pieces, with links to their files that work for a day."""
        user = caller.require_person()
        more: Any = self._of.store.call("account_export", as_user=user)
        self._link(user, more["uploads"])
        head = {
            "exported_at": datetime.now(UTC).isoformat(),
            "profile": self.profile(caller).model_dump(mode="json"),
            "notifications": self.preferences(caller).model_dump(mode="json"),
            "keys": [key.model_dump(mode="json") for key in self.keys(caller)],
            "credits": self.balance(caller).model_dump(mode="json"),
            "ledger": [line.model_dump(mode="json") for line in self._all_lines(caller)],
            **more,
        }
        return self._exported(user, json.dumps(head, ensure_ascii=False)[:-1])

    def close(self, caller: Caller, typed: str) -> None:
        """Delete the account with everything in it, for good. `typed` is the sentence that says so."""
        user = caller.require_person()
        if " ".join(typed.split()).lower().strip("\"'“”.") != DELETE_WORDS:
            raise InvalidValue(f"Type “{DELETE_WORDS}” to delete your account. Nothing was deleted.")
        self._of.files.remove_all(user)
        self._of.store.call("account_delete", {"p_user": user})
        # A worker that was in the middle of a film may have kept something until it learned of the end.
        self._of.files.remove_all(user)
        shutil.rmtree(self._of.settings.data_folder / "films" / "builds" / str(user), ignore_errors=True)
        self._of.callers.forget_all()

    def _all_lines(self, caller: Caller) -> Iterator[Line]:
        page = self.history(caller, limit=500)
        while page:
            yield from page
            page = self.history(caller, before=page[-1].id, limit=500)

    def _exported(self, user: UUID, head: str) -> Iterator[str]:
        yield head + ', "projects": ['
        last, comma = None, ""
        while page := self._export_page(user, last):
            for project in page:
                yield comma + json.dumps(project, ensure_ascii=False)
                comma = ","
            last = page[-1]["id"]
        yield "]}"

    def _export_page(self, user: UUID, after: str | None) -> list[dict[str, Any]]:
        arguments = {"p_limit": _EXPORT_PAGE, "p_after": after}
        page: Any = self._of.store.call("project_export", arguments, as_user=user)
        self._link(user, [file for project in page for file in project["files"]])
        return list(page)

    def _link(self, user: UUID, files: list[dict[str, Any]]) -> None:
        """Beside each file's path, where it can be fetched from."""
        paths = sorted({file["path"] for file in files})
        links = self._of.files.links(paths, owner=user, seconds=_EXPORT_LINK_S) if paths else {}
        for file in files:
            link = links.get(file["path"])
            file["link"] = link and (self._of.settings.site_url.rstrip("/") + link if link.startswith("/") else link)


def is_live(key: ApiKey) -> bool:
    """Whether the key opens anything just now."""
    return key.revoked_at is None and (key.expires_at is None or key.expires_at > datetime.now(UTC))


def _scopes(scopes: Collection[str]) -> frozenset[Scope]:
    known = {scope.value for scope in Scope}
    if not scopes or not set(scopes) <= known:
        raise InvalidValue(f"Choose what the key may do: {' or '.join(sorted(known))}, or both.")
    return frozenset(Scope(scope) for scope in scopes)
