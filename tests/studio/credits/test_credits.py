"""Credits on both transports: what comes in, what is held, what goes out, and that nothing happens twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from studio.credits import Credits, Usage
from studio.errors import Conflict, InsufficientCredits, InvalidValue, KeyReused, NotFound


@pytest.fixture
def credits(store):
    return Credits(store)


def figures(account):
    return account.balance, account.held, account.debt


def test_a_new_account_has_ten_credits_and_one_line_that_says_why(credits, user):
    assert figures(credits.account(user)) == (10, 0, 0)
    [welcome] = credits.history(user)
    assert (welcome.kind, welcome.amount, welcome.note) == ("grant", 10, "Welcome")


def test_a_purchase_is_added_once_however_often_it_is_told(credits, user):
    first = credits.purchase(user, 30, key="session_1")
    assert credits.purchase(user, 30, key="session_1") == first
    assert figures(credits.account(user)) == (40, 0, 0)


def test_a_key_that_comes_back_with_another_amount_is_refused_and_nothing_changes(credits, user):
    credits.purchase(user, 30, key="session_1")
    with pytest.raises(KeyReused):
        credits.purchase(user, 31, key="session_1")
    assert figures(credits.account(user)) == (40, 0, 0)


def test_a_key_of_another_user_is_refused(credits, user, sign_up):
    other = sign_up()
    credits.purchase(user, 30, key="session_1")
    with pytest.raises(KeyReused):
        credits.purchase(other, 30, key="session_1")
    assert figures(credits.account(other)) == (10, 0, 0)


def test_a_reservation_moves_credits_from_the_balance_to_what_is_held(credits, user):
    hold = credits.reserve(user, 4, key="h1")
    assert (hold.amount, hold.state) == (4, "held")
    assert figures(credits.account(user)) == (6, 4, 0)


def test_a_reservation_above_the_balance_is_refused_with_both_figures(credits, user):
    with pytest.raises(InsufficientCredits) as refused:
        credits.reserve(user, 11, key="h1")
    assert refused.value.details == {"balance": 10, "needed": 11}
    assert figures(credits.account(user)) == (10, 0, 0)


def test_finishing_spends_what_was_used_and_releases_the_rest(credits, user):
    hold = credits.reserve(user, 5, key="h1")
    assert credits.finish(hold.id, 3).spent == 3
    assert figures(credits.account(user)) == (7, 0, 0)
    kinds = [line.kind for line in credits.history(user)]
    assert kinds == ["release", "spend", "reserve", "grant"]


def test_finishing_never_spends_more_than_was_reserved(credits, user):
    hold = credits.reserve(user, 5, key="h1")
    assert credits.finish(hold.id, 500).spent == 5
    assert figures(credits.account(user)) == (5, 0, 0)


def test_releasing_gives_everything_back_once(credits, user):
    hold = credits.reserve(user, 5, key="h1")
    credits.release(hold.id)
    assert credits.release(hold.id).state == "released"
    assert figures(credits.account(user)) == (10, 0, 0)


def test_a_reservation_that_was_spent_cannot_be_released(credits, user):
    hold = credits.reserve(user, 5, key="h1")
    credits.finish(hold.id, 5)
    with pytest.raises(Conflict):
        credits.release(hold.id)
    assert figures(credits.account(user)) == (5, 0, 0)


def test_a_refund_of_spent_credits_leaves_a_debt_that_the_next_purchase_pays_first(credits, user):
    credits.purchase(user, 20, key="p1")
    credits.finish(credits.reserve(user, 25, key="h1").id, 25)
    assert figures(credits.account(user)) == (5, 0, 0)
    credits.refund(user, 20, key="r1")
    assert figures(credits.account(user)) == (0, 0, 15)
    paid = credits.purchase(user, 40, key="p2")
    assert (paid.amount, paid.debt) == (25, -15)
    assert figures(credits.account(user)) == (25, 0, 0)


def test_credits_hidden_in_a_reservation_pay_the_debt_when_they_come_back(credits, user):
    credits.purchase(user, 20, key="p1")
    hold = credits.reserve(user, 30, key="h1")
    credits.refund(user, 20, key="r1")
    credits.release(hold.id)
    assert figures(credits.account(user)) == (10, 0, 0)


def test_granted_credits_expire_as_far_as_they_are_left(credits, user):
    credits.finish(credits.reserve(user, 7, key="h1").id, 7)
    assert credits.expire(user, 10, key="e1").amount == -3
    assert figures(credits.account(user)) == (0, 0, 0)


def test_an_adjustment_goes_up_or_down_but_not_below_zero_and_says_why(credits, user):
    credits.adjust(user, -4, key="a1", note="double grant", actor="user:owner")
    assert figures(credits.account(user)) == (6, 0, 0)
    with pytest.raises(InsufficientCredits):
        credits.adjust(user, -7, key="a2", note="too much", actor="user:owner")
    with pytest.raises(InvalidValue):
        credits.adjust(user, 3, key="a3", note="  ", actor="user:owner")
    assert figures(credits.account(user)) == (6, 0, 0)


@pytest.mark.parametrize("amount", [0, -1, 1_000_001, 10**30])
def test_amounts_out_of_range_change_nothing(credits, user, amount):
    for act in (credits.purchase, credits.grant, credits.refund, credits.expire, credits.reserve):
        with pytest.raises(InvalidValue):
            act(user, amount, key="k")
    assert len(credits.history(user)) == 1


def test_unknown_accounts_and_reservations_are_not_found(credits):
    with pytest.raises(NotFound):
        credits.purchase(uuid4(), 5, key="k")
    with pytest.raises(NotFound):
        credits.finish(uuid4(), 5)


def test_parallel_reservations_never_overspend(credits, user):
    credits.purchase(user, 90, key="p1")

    def try_to(number):
        try:
            return credits.reserve(user, 60, key=f"h{number}").amount
        except InsufficientCredits:
            return 0

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_to, range(8))) == 60
    assert figures(credits.account(user)) == (40, 60, 0)


def test_one_purchase_told_by_many_at_once_is_one(credits, user):
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: credits.purchase(user, 5, key="p1").id, range(8)))
    assert len(set(told)) == 1
    assert figures(credits.account(user)) == (15, 0, 0)


def test_a_quote_names_its_lines(credits):
    quote = credits.quote(Usage(seconds=61, own_voice=True, hd=True, clips={"runway": 2}))
    assert {line.item: line.credits for line in quote.lines} == {
        "minute": 2,
        "own_voice": 2,
        "hd": 2,
        "clip:runway": 10,
    }
    assert quote.credits == 16


def test_a_provider_without_a_price_is_refused(credits):
    with pytest.raises(InvalidValue, match="no price"):
        credits.quote(Usage(seconds=60, clips={"unheard_of": 1}))


def test_prices_and_plans_are_there_to_be_shown(credits):
    listed = credits.prices()
    assert {price.item for price in listed.prices} >= {"minute", "own_voice", "hd", "clip:veo"}
    assert [plan.name for plan in listed.plans] == ["free", "creator", "studio", "owner"]


def test_the_history_pages_backwards(credits, user):
    for number in range(5):
        credits.grant(user, 1, key=f"g{number}")
    first = credits.history(user, limit=4)
    second = credits.history(user, limit=4, before=first[-1].id)
    assert [len(first), len(second)] == [4, 2]
    assert first[-1].id > second[0].id


def test_the_books_balance(credits, user):
    hold = credits.reserve(user, 5, key="h1")
    credits.refund(user, 9, key="r1")
    credits.finish(hold.id, 2)
    assert credits.unbalanced() == []


def test_cooked_books_are_found(credits, user, sql):
    sql.execute("update public.credit_accounts set balance = balance + 1 where user_id = %s", [user])
    assert credits.unbalanced() == [user]
