from __future__ import annotations

from pipeline.scripts.writers import Cost


def test_costs_add_up() -> None:
    assert Cost(1, 10, 20, 0.5) + Cost(2, 1, 2, 0.25) == Cost(3, 11, 22, 0.75)


def test_an_unknown_price_makes_the_sum_unknown() -> None:
    assert (Cost(1, 10, 20, 0.5) + Cost(1, 10, 20, None)).cents is None
