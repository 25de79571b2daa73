"""The ledger as a whole: against a model in a few lines, and under connections and servers that break."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench import ledger
from studio.credits import Credits
from studio.errors import Conflict, InsufficientCredits
from studio.store import EmbeddedPostgres

AMOUNT = st.integers(1, 25)
STEP = st.one_of(
    st.tuples(st.sampled_from(["purchase", "grant", "refund", "expire", "reserve"]), AMOUNT),
    st.tuples(st.just("adjust"), st.integers(-25, 25).filter(bool)),
    st.tuples(st.just("finish"), st.tuples(st.integers(0, 5), st.integers(0, 30))),
)


class Model:
    """What the books must say: three numbers and the open holds."""

    def __init__(self):
        self.balance, self.held, self.debt, self.holds = 10, 0, 0, []

    def receive(self, amount):
        paid = min(amount, self.debt)
        self.debt -= paid
        self.balance += amount - paid

    def give(self, amount):
        if amount > self.balance:
            raise InsufficientCredits("model")
        self.balance -= amount

    def purchase(self, amount):
        self.receive(amount)

    grant = purchase

    def refund(self, amount):
        taken = min(amount, self.balance)
        self.balance -= taken
        self.debt += amount - taken

    def expire(self, amount):
        self.balance -= min(amount, self.balance)

    def adjust(self, amount):
        self.receive(amount) if amount > 0 else self.give(-amount)

    def reserve(self, amount):
        self.give(amount)
        self.held += amount

    def finish(self, amount, used):
        self.held -= amount
        self.receive(amount - min(used, amount))


@given(steps=st.lists(STEP, max_size=15))
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_movements_leaves_what_the_model_says(direct_store, sign_up, steps):
    credits, user, model = Credits(direct_store), sign_up(), Model()
    for kind, value in steps:
        both_agree(credits, user, model, kind, value)
        account = credits.account(user)
        assert (account.balance, account.held, account.debt) == (model.balance, model.held, model.debt)
    assert credits.unbalanced() == []


def both_agree(credits, user, model, kind, value):
    """Do it in both; one refuses exactly when the other does."""
    if kind == "finish":
        place, used = value
        if place < len(model.holds):
            hold, amount = model.holds.pop(place)
            credits.finish(hold, used)
            model.finish(amount, used)
            with pytest.raises(Conflict):
                credits.finish(hold, used + 1 if min(used, amount) == used < amount else 0 if used else amount)
        return
    try:
        getattr(model, kind)(value)
    except InsufficientCredits:
        with pytest.raises(InsufficientCredits):
            move(credits, user, kind, value)
        return
    made = move(credits, user, kind, value)
    if kind == "reserve":
        model.holds.append((made.id, value))


def move(credits, user, kind, value):
    more = {"note": "why", "actor": "test"} if kind == "adjust" else {}
    return getattr(credits, kind)(user, value, key=str(uuid4()), **more)


def test_nothing_is_lost_or_minted_while_connections_are_cut_and_the_server_is_killed(server_folder):
    with EmbeddedPostgres(server_folder) as server:
        report = ledger.run(server, 3200, kills=1)
    assert (report.lost, report.minted, report.broken) == ([], [], [])
    assert report.kills == 1
    assert report.cuts > 0
    assert sum(report.operations.values()) == 3200
