"""Everything that an installation consists of, opened once at start from its settings."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property, partial
from uuid import UUID, uuid4

from studio.callers import Brought, Callers
from studio.credits import Credits
from studio.drafts import Drafts
from studio.errors import SettingsError
from studio.files import Files, open_files
from studio.identity import ApiKeys, Identity, open_identity
from studio.identity.embedded import OWNER
from studio.jobs import Jobs
from studio.mail.outbox import Outbox
from studio.profiles import Profiles
from studio.projects import Making, Projects
from studio.safety import AuditLog, Gate, JobRecords, ModerationLog, RateLimits
from studio.settings import Settings
from studio.store import Store, StoreHome, home_of, open_store

OWNER_PLAN, OWNER_CREDITS = "owner", 500


@dataclass(frozen=True)
class Installation:
    """The doors, and the books behind them."""

    settings: Settings
    store: Store
    files: Files
    identity: Identity
    callers: Callers

    @classmethod
    def open(cls, settings: Settings) -> Installation:
        admins = _admins(settings)
        store = open_store(settings)
        files = open_files(settings)
        identity = open_identity(settings, store, Outbox(settings.data_folder / "outbox", settings.site_url))
        callers = Callers(
            identity,
            ApiKeys(store),
            is_admin=admins.__contains__,
            welcome=partial(_welcome_owner, store),
            proxies=settings.proxies if settings.proxies is not None else int("SPACE_ID" in os.environ),
        )
        return cls(settings, store, files, identity, callers)

    def close(self) -> None:
        self.identity.close()
        self.files.close()
        self.store.close()

    @property
    def projects(self) -> Projects:
        return Projects(self.store)

    @property
    def making(self) -> Making:
        return Making(self.store)

    @property
    def jobs(self) -> Jobs:
        return Jobs(self.store)

    @property
    def credits(self) -> Credits:
        return Credits(self.store)

    @property
    def drafts(self) -> Drafts:
        return Drafts(self.store)

    @property
    def profiles(self) -> Profiles:
        return Profiles(self.store)

    @property
    def keys(self) -> ApiKeys:
        return ApiKeys(self.store)

    @cached_property
    def gate(self) -> Gate:
        return Gate.of(self.settings, self.store)

    @cached_property
    def brought(self) -> Brought:
        return Brought()

    @property
    def records(self) -> JobRecords:
        return JobRecords(self.store, keep_days=self.settings.audit_days)

    @property
    def limits(self) -> RateLimits:
        return RateLimits(self.store)

    @property
    def audit(self) -> AuditLog:
        return AuditLog(self.store)

    @property
    def moderation(self) -> ModerationLog:
        return ModerationLog(self.store)


def _admins(settings: Settings) -> frozenset[str]:
    """The owner of the embedded home, and the addresses that the settings name, once addresses are proven."""
    named = frozenset(address.strip().lower() for address in settings.admins.split(",") if address.strip())
    if named and home_of(settings) is not StoreHome.SUPABASE and not settings.verify_emails:
        raise SettingsError(
            "CANVASCAST_ADMINS names people by addresses that nobody proved: set CANVASCAST_VERIFY_EMAILS."
        )
    return named | {OWNER}


def _welcome_owner(store: Store, owner: UUID) -> None:
    """At home nothing is sold: credits are counted, and the owner of the machine does not run out of them."""
    Profiles(store).set_plan(owner, OWNER_PLAN)
    account = Credits(store).account(owner)
    if (short := OWNER_CREDITS - account.balance) > 0:
        Credits(store).grant(owner, short, key=f"house:{uuid4()}", note="On the house: this studio is yours")
