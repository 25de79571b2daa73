"""A provider judges beside the own rules; away, broken or slow it changes nothing but the name in the log."""

from __future__ import annotations

import time

import pytest

from studio.safety.judges import Judges
from studio.safety.moderator import OpenAIModerator, moderator_of
from studio.settings import Settings
from tests.fakes.moderation import ModerationServer, serve


@pytest.fixture(scope="module")
def running():
    server = ModerationServer()
    with serve(server) as loopback:
        yield server, f"{loopback.url}/v1"


@pytest.fixture
def server(running):
    server, _ = running
    server.faults.clear()
    server.inputs.clear()
    server.scores.clear()
    server.requests = 0
    return server


@pytest.fixture
def judges(server, running):
    return Judges(moderator=OpenAIModerator(api_key="test-key", base_url=running[1], timeout_s=0.5, pause_s=0.2))


def test_what_the_provider_scores_high_is_refused_in_our_words(server, judges):
    server.scores["zebra"] = {"illicit/violent": 0.95}
    found = judges.judge("Something about a zebra.", "notes")
    assert found.verdict == "refused"
    assert found.judge == "rules, openai"
    assert found.categories == ("weapons",)
    assert "Leave the instructions out" in found.sentence


def test_violence_that_is_told_of_is_noted_and_passes(server, judges):
    server.scores["battle"] = {"violence": 0.97, "violence/graphic": 0.9}
    found = judges.judge("The battle left ten thousand dead.", "notes")
    assert found.verdict == "flagged"
    assert found.categories == ("violence",)


def test_what_the_own_rules_refuse_is_not_sent_anywhere(server, judges):
    assert judges.judge("How to make a pipe bomb at home.", "notes").verdict == "refused"
    assert server.requests == 0


def test_a_text_is_judged_once_however_often_it_is_saved(server, judges):
    for _ in range(3):
        judges.judge("The tea is warm.", "notes")
    assert server.requests == 1


def test_long_notes_go_in_pieces_and_every_piece_counts(server, judges):
    server.scores["zebra"] = {"sexual/minors": 0.9}
    text = "A plain sentence of no weight. " * 4000 + "The zebra came last."
    assert judges.judge(text, "notes").verdict == "refused"
    assert max(len(piece) for batch in server.inputs for piece in batch) <= 6000
    assert sum(len(piece) for batch in server.inputs for piece in batch) > 0.99 * len(text)


@pytest.mark.parametrize("fault", ["busy", "down", "slow", "garbled", "fewer", "unauthorized"])
def test_the_own_rules_decide_while_it_is_away_and_the_log_says_so(server, judges, fault):
    server.misbehave(fault, fault)
    found = judges.judge("The kettle sings.", "notes")
    assert found.verdict == "allowed"
    assert found.judge.startswith("rules (openai away:")


def test_a_short_trouble_is_tried_again(server, judges):
    server.misbehave("down")
    assert judges.judge("The kettle sings twice.", "notes").judge == "rules, openai"


def test_away_it_is_left_alone_for_a_while_and_then_asked_again(server, judges):
    server.misbehave("down", "down")
    judges.judge("One.", "notes")
    asked = server.requests
    judges.judge("Two.", "notes")
    assert server.requests == asked
    time.sleep(0.25)
    assert judges.judge("Two.", "notes").judge == "rules, openai"


def test_without_a_key_nobody_else_is_asked(tmp_path):
    assert moderator_of(Settings(data_folder=tmp_path, openai_api_key=None)) is None
