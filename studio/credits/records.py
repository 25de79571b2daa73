"""What the ledger speaks of. Amounts are whole credits."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from studio.store.records import Record

MovementKind = Literal["purchase", "grant", "reserve", "release", "spend", "refund", "admin_adjust", "expire"]


class Usage(BaseModel):
    """What a film's price is made from: its length, and what costs more than a plain minute."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seconds: float = Field(gt=0, le=86_400)
    own_voice: bool = False
    hd: bool = Field(default=False, description="above 1080p")
    clips: dict[str, int] = Field(default_factory=dict, description="generated clips by provider")


class QuoteLine(Record):
    item: str
    units: int
    each: int
    credits: int


class Quote(Record):
    credits: int
    lines: list[QuoteLine]


class Plan(Record):
    name: str
    title: str
    max_running: int
    max_minutes: int
    priority: int


class Price(Record):
    item: str
    credits: int
    unit: Literal["minute", "piece"]
    title: str


class PriceList(Record):
    plans: list[Plan]
    prices: list[Price]


class Account(Record):
    """`balance` can be spent, `held` is set aside for running films, `debt` is paid by whatever comes in next."""

    user_id: UUID
    balance: int
    held: int
    debt: int


class Movement(Record):
    """One line of the ledger: how balance, held and debt changed, and what they were afterwards."""

    id: int
    user_id: UUID
    kind: MovementKind
    amount: int
    held: int
    debt: int
    balance_after: int
    held_after: int
    debt_after: int
    hold_id: UUID | None
    note: str
    created_at: datetime


class Hold(Record):
    id: UUID
    user_id: UUID
    job_id: UUID | None
    amount: int
    state: Literal["held", "spent", "released"]
    spent: int
