"""The ledger in plain words: what happened, to which film, and what was left afterwards."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from studio.credits import Movement, MovementKind
from studio.projects import Titled
from studio.store.records import Record


class Held(Titled):
    """Credits that wait for a film to be finished, and the film."""

    amount: int
    created_at: datetime
    job_id: UUID | None
    job_state: str | None
    project_id: UUID | None
    title: str | None

    @property
    def words(self) -> str:
        return named(self.title) if self.job_id else "Something that is under way"


class Wallet(Record):
    """`balance` can be spent, `held` waits for the films of `holds`, `debt` is paid by whatever comes in next."""

    balance: int
    held: int
    debt: int
    holds: tuple[Held, ...]


class LedgerRow(Titled, Movement):
    job_id: UUID | None
    project_id: UUID | None
    title: str | None


class Line(Record):
    """One line of the ledger as people read it."""

    id: int
    at: datetime
    kind: MovementKind
    words: str
    change: int
    """What it did to the balance."""
    held: int
    """What it did to what is held."""
    balance: int
    """What could be spent afterwards."""
    project: UUID | None


_RELEASED = {
    "Ready": "{film} took less than was held: the rest came back",
    "Failed": "{film} could not be made: all credits came back",
    "Cancelled": "{film} was stopped: all credits came back",
    "The film was removed": "A film was removed: its credits came back",
}


def line_of(row: LedgerRow) -> Line:
    return Line(
        id=row.id,
        at=row.created_at,
        kind=row.kind,
        words=_words(row) + _owed(row),
        change=row.amount,
        held=row.held,
        balance=row.balance_after,
        project=row.project_id,
    )


def named(title: str | None) -> str:
    return "A film that is gone" if title is None else f"Film “{title}”"


def _words(row: LedgerRow) -> str:
    film = named(row.title) if row.job_id else row.note or "Something else"
    match row.kind:
        case "reserve":
            return f"{film}: {_credits(row.held)} held{' for another try' if row.note.endswith('tried again') else ''}"
        case "spend":
            return f"{film}: {_credits(-row.held)} spent"
        case "release":
            return _RELEASED.get(row.note, "{film}: credits came back").format(film=film)
        case "grant":
            return "Welcome credits" if row.note == "Welcome" else _with("Credits given to you", row.note)
        case "purchase":
            return _with("Credits bought", row.note)
        case "refund":
            return _with("A payment was returned, and its credits with it", row.note)
        case "admin_adjust":
            return _with("Changed by the studio", row.note)
        case "expire":
            return _with("Credits whose time was over", row.note)


def _owed(row: LedgerRow) -> str:
    """What the balance could not show: a debt that was made, or one that was paid from what came in."""
    if row.debt > 0:
        return f" ({_credits(row.debt)} had been spent already and are owed)"
    if row.debt < 0:
        return f" ({_credits(-row.debt)} paid what was owed)"
    return ""


def _with(words: str, note: str) -> str:
    return f"{words}: {note}" if note else words


def _credits(amount: int) -> str:
    return f"{amount} credit{'' if amount == 1 else 's'}"
