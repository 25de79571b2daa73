"""How many films of a creator are made at once follows from their plan."""

from __future__ import annotations

from studio.jobs import Leases
from studio.profiles import Profiles
from tests.studio.arrange import job_of


def test_a_larger_plan_lets_waiting_films_in_at_once(store, user):
    leases = Leases(store, worker="w", lanes=["gpu", "cpu"])
    for _ in range(3):
        job_of(store, user)
    leases.claim()
    assert leases.claim() is None
    Profiles(store).set_plan(user, "creator")
    assert leases.claim() is not None
    assert leases.claim() is None
