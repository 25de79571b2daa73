"""Profiles: made at sign-up, changed by their owners where they may, and by the service where only it may."""

from __future__ import annotations

from uuid import uuid4

import pytest
from psycopg.types.json import Json

from studio.errors import InvalidValue, NotFound
from studio.profiles import Profiles


@pytest.fixture
def profiles(store):
    return Profiles(store)


@pytest.fixture
def sign_up_with(sql):
    def make(told):
        user = uuid4()
        sql.execute("insert into auth.users (id, raw_user_meta_data) values (%s, %s)", [user, Json(told)])
        return user

    return make


def test_signing_up_makes_a_profile_with_preferences_on_the_free_plan(profiles, user):
    assert profiles.get(user).plan == "free"
    assert profiles.preferences(user).film_ready is True
    assert profiles.preferences(user).product_news is False


def test_the_name_that_google_tells_is_taken_over(profiles, sign_up_with):
    assert profiles.get(sign_up_with({"full_name": "Ada Lovelace"})).display_name == "Ada Lovelace"


@pytest.mark.parametrize(
    "told", [{"full_name": "x" * 500}, {"name": 7}, {"referral_code": "unheard of"}, [], "odd", None]
)
def test_no_sign_up_fails_for_what_a_provider_tells(profiles, sign_up_with, told):
    assert len(profiles.get(sign_up_with(told)).display_name) <= 80


def test_a_referral_is_noted(profiles, user, sign_up_with):
    code = profiles.get(user).referral_code
    assert profiles.get(sign_up_with({"referral_code": code})).referred_by == user


def test_a_user_changes_name_picture_and_notifications(profiles, user):
    profiles.save(user, display_name="Ada", avatar_url="https://example.com/ada.png")
    saved = profiles.save(user, avatar_url="")
    assert (saved.display_name, saved.avatar_url) == ("Ada", None)
    assert profiles.save_preferences(user, product_news=True).product_news is True
    assert profiles.preferences(user).film_ready is True


@pytest.mark.parametrize("wrong", [{"display_name": "x" * 81}, {"avatar_url": "javascript:alert(1)"}])
def test_what_a_profile_cannot_be_is_refused(profiles, user, wrong):
    with pytest.raises(InvalidValue):
        profiles.save(user, **wrong)
    assert profiles.get(user).display_name == ""


def test_the_service_sets_the_plan_and_the_audit_log_knows(store, profiles, user):
    assert profiles.set_plan(user, "creator", stripe_customer_id="cus_1").plan == "creator"
    assert profiles.set_plan(user, "creator").stripe_customer_id == "cus_1"
    assert profiles.of_customer("cus_1").id == user
    assert [row["action"] for row in store.call("audit_list")] == ["plan.set"]


def test_unknown_plans_customers_and_accounts_are_refused(profiles, user):
    with pytest.raises(InvalidValue):
        profiles.set_plan(user, "emperor")
    with pytest.raises(NotFound):
        profiles.of_customer("cus_unknown")
    with pytest.raises(NotFound):
        profiles.of(uuid4())
