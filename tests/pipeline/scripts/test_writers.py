from __future__ import annotations

from pipeline.brief import Brief
from pipeline.scripts import endpoint, writer_for
from pipeline.scripts.writers import Cost


def test_a_finished_script_is_kept_even_where_a_model_is() -> None:
    assert writer_for(Brief(transcript="manual"), endpoint("local")).name == "manual"


def test_a_model_writes_where_there_is_one() -> None:
    model = endpoint("openai", api_key="key")
    assert writer_for(Brief(), model).name == model.writer


def test_without_a_model_the_notes_write_themselves() -> None:
    assert writer_for(Brief()).name == "outline"


def test_costs_add_up_and_an_unknown_price_stays_unknown() -> None:
    assert Cost(1, 10, 20, 0.5) + Cost(2, 1, 2, 0.25) == Cost(3, 11, 22, 0.75)
    assert (Cost(1, 10, 20, 0.5) + Cost(1, 10, 20, None)).cents is None
