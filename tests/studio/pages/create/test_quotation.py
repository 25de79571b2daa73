"""How the page says what notes carry and what a film takes."""

from __future__ import annotations

from studio.desk.views import Carry, Quotation, QuotationLine, StageTime
from studio.pages.create import quotation

LONG = Carry(minutes=5.5, words=760, sentence="Your notes carry about 5.5 minutes.")
SHORT = Carry(minutes=1.4, words=200, sentence="Your notes carry about 1.4 minutes.")


def quoted(**changes) -> Quotation:
    values = {
        "credits": 3,
        "lines": (QuotationLine(item="minute", title="Finished <video>", units=3, credits=3),),
        "seconds": 130.0,
        "stages": (
            StageTime(stage="RENDERING", title="Film", seconds=118),
            StageTime(stage="SCRIPTING", title="Script", seconds=0.5),
        ),
        "provider_cents": 0.0,
        "balance": 10,
    }
    return Quotation(**{**values, **changes})


def said(found: Quotation, *, carried=LONG, signed_in=True) -> str:
    return quotation.estimate(found, carried, 3, signed_in=signed_in)


def test_every_line_stands_there_with_its_credits_and_what_is_left():
    words = said(quoted())
    assert "Finished &lt;video&gt; <small>× 3</small></td><td>3</td>" in words
    assert "Left afterwards</td><td>7</td>" in words
    assert "about 2 minutes to make" in words


def test_time_is_itemised_and_never_nothing():
    words = said(quoted())
    assert "Film</td><td>2 min</td>" in words
    assert "Script</td><td>1 s</td>" in words


def test_what_providers_charge_is_said_when_they_do():
    assert "Providers charge" not in said(quoted())
    assert "$1.24" in said(quoted(provider_cents=124.0))
    assert "not known" in said(quoted(provider_cents=None))


def test_a_stranger_sees_no_balance():
    words = said(quoted(balance=None), signed_in=False)
    assert "Left afterwards" not in words
    assert "sign in when you generate" in words


def test_what_stands_in_the_way_is_said_unless_the_notes_say_it_themselves():
    plan = quoted(problem="Your plan makes films of up to 3 minutes.")
    assert "Your plan makes films" in said(plan)
    short = quoted(problem="Your notes carry about 1.4 minutes. Ask for 1.4 minutes, or add to the notes.")
    assert "Ask for" not in said(short, carried=SHORT)


def test_short_notes_offer_the_whole_minutes_that_they_carry():
    assert 'data-shorten="1">Make it 1 minute</button>' in quotation.carry(SHORT, 3)
    assert "data-shorten" not in quotation.carry(LONG, 3)


def test_links_are_not_counted_against_the_notes():
    assert "warn" not in quotation.carry(SHORT.model_copy(update={"links": 1}), 3)
