"""Drafts: kept for a week for whoever holds the token, claimed once."""

from __future__ import annotations

import pytest

from studio.drafts import Drafts, new_token
from studio.errors import InvalidValue, NotFound


@pytest.fixture
def drafts(store):
    return Drafts(store)


def test_a_draft_is_found_by_its_token_and_grows(drafts):
    token = new_token()
    drafts.save(token, {"notes": "wet"})
    drafts.save(token, {"notes": "wetter"})
    assert drafts.open(token).brief == {"notes": "wetter"}


def test_another_token_finds_nothing(drafts):
    drafts.save(new_token(), {"notes": "wet"})
    with pytest.raises(NotFound):
        drafts.open(new_token())


def test_the_account_that_signs_up_claims_it_and_may_ask_again(drafts, user):
    token = new_token()
    drafts.save(token, {"notes": "wet"})
    assert drafts.claim(token, user) == drafts.claim(token, user)
    assert [draft.brief for draft in drafts.list_of(user)] == [{"notes": "wet"}]


def test_a_claimed_draft_is_its_owners_alone(drafts, user, sign_up):
    token, other = new_token(), sign_up()
    drafts.save(token, {"notes": "wet"})
    mine = drafts.claim(token, user)
    for act in (
        lambda: drafts.claim(token, other),
        lambda: drafts.open(token),
        lambda: drafts.save(token, {"notes": "mine now"}),
    ):
        with pytest.raises(NotFound):
            act()
    drafts.delete(other, mine.id)
    assert drafts.list_of(user) == [mine]
    drafts.delete(user, mine.id)
    assert drafts.list_of(user) == []


def test_after_a_week_it_is_gone(store, drafts, user, sql):
    token = new_token()
    drafts.save(token, {"notes": "wet"})
    sql.execute("update public.drafts set expires_at = now() - interval '1 second'")
    for act in (lambda: drafts.open(token), lambda: drafts.claim(token, user), lambda: drafts.save(token, {})):
        with pytest.raises(NotFound):
            act()
    assert store.call("sweep")["drafts"] == 1


def test_writing_on_renews_the_week(drafts, sql):
    token = new_token()
    drafts.save(token, {"notes": "wet"})
    sql.execute("update public.drafts set expires_at = now() + interval '1 hour'")
    drafts.save(token, {"notes": "wetter"})
    (left,) = sql.execute("select expires_at > now() + interval '6 days' from public.drafts").fetchone()
    assert left


def test_a_draft_that_is_too_long_is_refused(drafts):
    with pytest.raises(InvalidValue):
        drafts.save(new_token(), {"notes": "x" * 4_000_001})


def test_tokens_are_long_and_never_the_same():
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 43
