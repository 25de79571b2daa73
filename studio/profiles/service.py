"""The door to profiles: a user changes their name, picture and notifications; the service changes the plan."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from studio.store.records import Record
from studio.store.store import Store


class Profile(Record):
    id: UUID
    display_name: str
    avatar_url: str | None
    plan: str
    stripe_customer_id: str | None
    referral_code: str
    referred_by: UUID | None
    created_at: datetime


class ProfileOf(Profile):
    """As the service sees it."""

    email: str | None


class Preferences(Record):
    film_ready: bool
    film_failed: bool
    low_credits: bool
    product_news: bool


class Profiles:
    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, user: UUID) -> Profile:
        return Profile.of(self._store.call("profile_get", as_user=user))

    def save(self, user: UUID, *, display_name: str | None = None, avatar_url: str | None = None) -> Profile:
        """What is left out stays; an empty address removes the picture."""
        arguments = {"p_display_name": display_name, "p_avatar_url": avatar_url}
        return Profile.of(self._store.call("profile_save", arguments, as_user=user))

    def preferences(self, user: UUID) -> Preferences:
        return Preferences.of(self._store.call("preferences_get", as_user=user))

    def save_preferences(
        self,
        user: UUID,
        *,
        film_ready: bool | None = None,
        film_failed: bool | None = None,
        low_credits: bool | None = None,
        product_news: bool | None = None,
    ) -> Preferences:
        arguments = {
            "p_film_ready": film_ready,
            "p_film_failed": film_failed,
            "p_low_credits": low_credits,
            "p_product_news": product_news,
        }
        return Preferences.of(self._store.call("preferences_save", arguments, as_user=user))

    def of(self, user: UUID) -> ProfileOf:
        return ProfileOf.of(self._store.call("profile_of", {"p_user": user}))

    def of_customer(self, stripe_customer_id: str) -> ProfileOf:
        arguments = {"p_stripe_customer_id": stripe_customer_id}
        return ProfileOf.of(self._store.call("profile_of_customer", arguments))

    def set_plan(self, user: UUID, plan: str, *, stripe_customer_id: str | None = None) -> ProfileOf:
        arguments = {"p_user": user, "p_plan": plan, "p_stripe_customer_id": stripe_customer_id}
        return ProfileOf.of(self._store.call("plan_set", arguments))
