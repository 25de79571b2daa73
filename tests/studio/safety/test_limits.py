"""Rate limits: exact over a sliding window, for users and addresses alike, however many ask at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from studio.errors import InvalidValue, RateLimited
from studio.safety import RateLimits


@pytest.fixture
def limits(store, sql):
    sql.execute("insert into public.rate_rules values ('test_act', 'user', 3, 60), ('test_act', 'address', 5, 60)")
    return RateLimits(store)


def test_as_often_as_the_rule_says_and_not_once_more(limits, user):
    for _ in range(3):
        limits.check("test_act", user=user)
    with pytest.raises(RateLimited) as refused:
        limits.check("test_act", user=user)
    assert 58 <= refused.value.details["retry_after_s"] <= 60


def test_one_user_does_not_use_up_anothers(limits, sign_up):
    for _ in range(3):
        limits.check("test_act", user=sign_up())


def test_an_address_is_counted_across_users_and_without_any(limits, sign_up):
    for _ in range(4):
        limits.check("test_act", user=sign_up(), address="192.0.2.7")
    limits.check("test_act", address="192.0.2.7")
    with pytest.raises(RateLimited):
        limits.check("test_act", user=sign_up(), address="192.0.2.7")
    limits.check("test_act", user=sign_up(), address="192.0.2.8")


def test_a_refused_act_is_not_counted_anywhere(limits, user, sql):
    for _ in range(3):
        limits.check("test_act", user=user)
    for _ in range(10):
        with pytest.raises(RateLimited):
            limits.check("test_act", user=user, address="192.0.2.7")
    (counted,) = sql.execute("select count(*) from public.rate_limits where subject like 'address:%'").fetchone()
    assert counted == 0


def test_the_window_slides(limits, user, sql):
    for _ in range(3):
        limits.check("test_act", user=user)
    sql.execute("update public.rate_limits set at = at - interval '30 seconds'")
    with pytest.raises(RateLimited) as refused:
        limits.check("test_act", user=user)
    assert 28 <= refused.value.details["retry_after_s"] <= 30
    sql.execute("update public.rate_limits set at = at - interval '31 seconds'")
    limits.check("test_act", user=user)


def test_many_at_once_are_counted_one_by_one(limits, user):
    def ask(_):
        try:
            limits.check("test_act", user=user)
        except RateLimited:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(16))) == 3


def test_an_act_told_twice_counts_once(store, limits, user):
    hit = {"p_action": "test_act", "p_hit": uuid4(), "p_user": user}
    for _ in range(5):
        store.call("rate_check", hit)


def test_addresses_are_kept_as_hashes_and_forgotten(store, limits, sql):
    limits.check("test_act", address="192.0.2.7")
    (kept,) = sql.execute("select subject from public.rate_limits").fetchone()
    assert "192.0.2.7" not in kept
    sql.execute("update public.rate_limits set at = at - interval '30 days'")
    assert store.call("sweep")["hits"] == 1


def test_an_action_without_a_rule_is_a_mistake_and_not_a_free_pass(limits, user):
    with pytest.raises(InvalidValue):
        limits.check("anything", user=user)


def test_an_act_of_nobody_is_a_mistake_and_not_a_free_pass(limits, user):
    for action, whose in (("test_act", {}), ("sign_up", {"user": user}), ("draft", {})):
        with pytest.raises(InvalidValue):
            limits.check(action, **whose)


@pytest.mark.parametrize(
    "action", ["sign_in", "sign_up", "letter", "generate", "upload", "link", "estimate", "write", "draft", "api"]
)
def test_what_the_studio_limits_has_rules(limits, user, action):
    limits.check(action, user=user, address="192.0.2.7")
