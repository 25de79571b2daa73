"""The door to credits. Every movement takes a key: the same key again is the same movement, and never a second one."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from studio.credits.records import Account, Hold, Movement, PriceList, Quote, Usage
from studio.store.store import Json, Store


class Credits:
    def __init__(self, store: Store) -> None:
        self._store = store

    def prices(self) -> PriceList:
        return PriceList.of(self._store.call("price_list"))

    def quote(self, usage: Usage) -> Quote:
        return Quote.of(self._store.call("quote", {"p_usage": usage.model_dump()}))

    def account(self, user: UUID) -> Account:
        return Account.of(self._store.call("credit_balance", as_user=user))

    def history(self, user: UUID, *, limit: int = 50, before: int | None = None) -> list[Movement]:
        """Newest first; a page begins below the id `before`."""
        rows = self._store.call("credit_history", {"p_limit": limit, "p_before": before}, as_user=user)
        return Movement.all_of(rows)

    def purchase(
        self, user: UUID, amount: int, *, key: str, note: str = "", meta: Mapping[str, object] | None = None
    ) -> Movement:
        """Credits that were paid for; a debt is settled from them first."""
        return self._move("credit_purchase", user, amount, key, note, meta)

    def grant(
        self, user: UUID, amount: int, *, key: str, note: str = "", meta: Mapping[str, object] | None = None
    ) -> Movement:
        """Credits that are given; a debt is settled from them first."""
        return self._move("credit_grant", user, amount, key, note, meta)

    def refund(
        self, user: UUID, amount: int, *, key: str, note: str = "", meta: Mapping[str, object] | None = None
    ) -> Movement:
        """A payment went back: its credits are taken, and what is spent already becomes a debt."""
        return self._move("credit_refund", user, amount, key, note, meta)

    def expire(
        self, user: UUID, amount: int, *, key: str, note: str = "", meta: Mapping[str, object] | None = None
    ) -> Movement:
        """Granted credits whose time is over: as many of them as are left."""
        return self._move("credit_expire", user, amount, key, note, meta)

    def adjust(self, user: UUID, amount: int, *, key: str, note: str, actor: str) -> Movement:
        """By hand, up or down, never below zero; written to the audit log with who did it and why."""
        arguments = {"p_user": user, "p_amount": amount, "p_key": key, "p_note": note, "p_actor": actor}
        return Movement.of(self._store.call("credit_adjust", arguments))

    def reserve(self, user: UUID, amount: int, *, key: str, note: str = "") -> Hold:
        """Set credits aside for something that is not a job (a job reserves for itself)."""
        arguments = {"p_user": user, "p_amount": amount, "p_key": key, "p_note": note}
        return Hold.of(self._store.call("credit_reserve", arguments))

    def finish(self, hold: UUID, used: int, *, note: str = "") -> Hold:
        """Spend min(used, reserved) and release the rest, once."""
        return Hold.of(self._store.call("credit_finish", {"p_hold": hold, "p_used": used, "p_note": note}))

    def release(self, hold: UUID, *, note: str = "") -> Hold:
        return Hold.of(self._store.call("credit_release", {"p_hold": hold, "p_note": note}))

    def unbalanced(self) -> list[UUID]:
        """The accounts whose figures do not follow from their ledger. Anything but an empty list is a fault."""
        rows = self._store.call("credit_audit")
        return [UUID(str(row)) for row in rows] if isinstance(rows, list) else []

    def _move(
        self, function: str, user: UUID, amount: int, key: str, note: str, meta: Mapping[str, object] | None
    ) -> Movement:
        arguments = {"p_user": user, "p_amount": amount, "p_key": key, "p_note": note, "p_meta": dict(meta or {})}
        answer: Json = self._store.call(function, arguments)
        return Movement.of(answer)
