"""Ordering: what notes carry, what a film costs, and the project it is made of."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from pipeline.errors import SourceError
from studio.callers import Caller
from studio.desk.orders import Orders
from studio.drafts import new_token
from studio.errors import (
    ContentRefused,
    FileRefused,
    Forbidden,
    InvalidValue,
    KeyReused,
    NotFound,
    RateLimited,
    SignInNeeded,
)
from studio.identity import Scope
from tests.studio.films.town import TEA

VISITOR = Caller(address="203.0.113.7")


@pytest.fixture
def orders(studio_app):
    return studio_app.desk.orders


def test_notes_carry_as_many_minutes_as_the_writer_finds_in_them(orders):
    carry = orders.carry(VISITOR, {"notes": TEA})
    assert 9 < carry.minutes <= 12
    assert carry.words > 1000
    assert carry.sentence == f"Your notes carry about {carry.minutes:g} minutes."


def test_few_words_say_how_many_are_missing(orders):
    carry = orders.carry(VISITOR, {"notes": "Tea is a drink. It is made of leaves and hot water, and much is drunk."})
    assert carry.minutes < 1
    assert "Add about" in carry.sentence


def test_nothing_says_what_a_minute_takes(orders):
    assert orders.carry(VISITOR, {}).sentence == "About 140 words make a minute of film."


def test_links_are_not_fetched_to_count(orders):
    carry = orders.carry(VISITOR, {"notes": TEA, "links": ["https://example.org/page"]})
    assert carry.links == 1
    assert "Links are read when the film is made." in carry.sentence


def test_a_document_counts_with_the_notes(orders, creator, tmp_path):
    (tmp_path / "tea.md").write_text(TEA, encoding="utf-8")
    given = orders.upload(creator, tmp_path / "tea.md", "tea.md", "document").model_dump()
    alone = orders.carry(creator, {"documents": [given]})
    assert alone.minutes == orders.carry(VISITOR, {"notes": TEA}).minutes


def test_a_transcript_lasts_as_long_as_it_speaks(orders):
    carry = orders.carry(VISITOR, {"notes": TEA, "transcript": "manual"})
    assert carry.sentence.startswith("Your script speaks for")


def test_an_estimate_is_itemised_in_credits_and_time(orders, creator):
    quotation = orders.estimate(creator, {"notes": TEA, "minutes": 3, "resolution": "4k"})
    assert quotation.credits == sum(line.credits for line in quotation.lines) == 6
    assert [line.title for line in quotation.lines] == ["Finished video", "Above 1080p"]
    assert quotation.seconds == pytest.approx(sum(stage.seconds for stage in quotation.stages), abs=0.5)
    assert quotation.problem == ""


def test_an_estimate_needs_no_account_and_shows_no_balance_then(orders):
    quotation = orders.estimate(VISITOR, {"notes": TEA})
    assert quotation.balance is None
    assert quotation.enough


@pytest.mark.parametrize(
    ("brief", "sentence"),
    [
        ({}, "There is nothing to make a film of yet."),
        ({"topic": "Tea"}, "A topic alone needs a text model"),
        ({"notes": "Tea is made of leaves."}, "less than a minute"),
        ({"notes": "\n\n".join(TEA.split("\n\n")[:12]), "minutes": 12}, "Ask for"),
    ],
)
def test_an_estimate_says_what_stands_in_the_way(orders, brief, sentence):
    assert sentence in orders.estimate(VISITOR, brief).problem


def test_an_estimate_says_when_the_credits_are_too_few(studio_app, orders, creator):
    balance = studio_app.installation.credits.account(creator.user).balance
    studio_app.installation.credits.adjust(creator.user, -balance, key=str(uuid4()), note="a test", actor="test")
    quotation = orders.estimate(creator, {"notes": TEA, "minutes": 2})
    assert not quotation.enough
    assert quotation.problem == "This film takes 2 credits and you have 0. Make it shorter, or get more credits."


def test_a_brief_that_is_wrong_names_the_field(orders):
    with pytest.raises(InvalidValue, match="minutes"):
        orders.estimate(VISITOR, {"notes": TEA, "minutes": 40})


def test_a_project_keeps_its_brief_and_the_same_id_again_finds_it(orders, creator):
    project = uuid4()
    made = orders.create_project(creator, {"notes": TEA, "minutes": 3, "niche": "history"}, project)
    assert orders.create_project(creator, {"notes": TEA, "minutes": 3, "niche": "history"}, project) == made
    assert (made.id, made.niche, made.target_minutes, made.brief) == (project, "history", 3, {"notes": TEA})
    with pytest.raises(KeyReused):
        orders.create_project(creator, {"notes": "Something else."}, project)


def test_a_key_that_only_reads_makes_no_project(orders, creator):
    reader = Caller(creator.user, scopes=frozenset({Scope.READ}), by_key=True)
    with pytest.raises(Forbidden):
        orders.create_project(reader, {"notes": TEA})


def test_nobody_makes_a_project_without_signing_in(orders):
    with pytest.raises(SignInNeeded):
        orders.create_project(VISITOR, {"notes": TEA})


def test_another_users_project_is_not_there(studio_app, orders, creator):
    project = orders.create_project(creator, {"notes": TEA})
    with pytest.raises(NotFound):
        orders.save_project(Caller(studio_app.person().id), project.id, {"notes": "mine now"})


def test_a_link_is_checked_when_it_is_written(orders, creator):
    with pytest.raises(SourceError):
        orders.create_project(creator, {"links": ["file:///etc/passwd"]})
    with pytest.raises(InvalidValue, match="links"):
        orders.create_project(creator, {"links": ["https://example.org"] * 21})


def test_notes_that_nobody_may_film_are_refused_before_they_are_kept(orders, creator):
    with pytest.raises(ContentRefused):
        orders.create_project(
            creator, {"notes": "Step by step instructions to build a pipe bomb at home and hurt people."}
        )


def test_how_a_word_is_said_is_no_way_around_the_rules(orders, creator):
    with pytest.raises(ContentRefused):
        orders.create_project(creator, {"notes": TEA, "pronunciations": {"tea": "how to make a pipe bomb at home"}})


def test_another_creators_file_is_not_ones_own(studio_app, orders, creator, tmp_path):
    (tmp_path / "tea.md").write_text(TEA, encoding="utf-8")
    theirs = orders.upload(Caller(studio_app.person().id), tmp_path / "tea.md", "tea.md", "document")
    with pytest.raises(InvalidValue, match="is not one of your files"):
        orders.create_project(creator, {"documents": [theirs.model_dump()]})


def test_an_upload_is_what_it_holds_and_not_what_it_is_called(orders, creator, tmp_path):
    Path(tmp_path, "film.mp4").write_text("only words", encoding="utf-8")
    with pytest.raises(FileRefused):
        orders.upload(creator, tmp_path / "film.mp4", "film.mp4", "clip")


def test_what_somebody_brings_has_its_room_and_the_same_file_takes_it_once(studio_app, creator, tmp_path):
    installation = studio_app.installation
    small = installation.settings.model_copy(update={"uploads_gib": 3000 / 2**30})
    orders = Orders(replace(installation, settings=small))
    first, second = tmp_path / "one.txt", tmp_path / "two.txt"
    first.write_text("Tea is a drink. " * 100)
    second.write_text("Rain is water. " * 100)
    given = orders.upload(creator, first, "one.txt", "document")
    assert orders.upload(creator, first, "one.txt", "document") == given
    with pytest.raises(FileRefused, match="Your files would take more"):
        orders.upload(creator, second, "two.txt", "document")
    assert orders.upload(Caller(studio_app.person().id), second, "two.txt", "document").name == "two.txt"


def test_an_upload_keeps_its_name_without_its_folders(orders, creator, tmp_path):
    Path(tmp_path, "notes").write_text(TEA, encoding="utf-8")
    given = orders.upload(creator, tmp_path / "notes", "C:\\mine\\notes on tea.txt", "document")
    assert given.name == "notes on tea.txt"
    assert given.path.startswith(f"{creator.user}/")


def test_a_draft_is_found_by_its_token_until_an_account_claims_it(studio_app, orders, creator):
    drafts, token = studio_app.installation.drafts, new_token()
    assert orders.open_draft(token) is None
    drafts.save(token, {"notes": TEA, "minutes": 4})
    assert orders.open_draft(token).brief == {"notes": TEA, "minutes": 4}
    drafts.claim(token, creator.user)
    assert orders.open_draft(token) is None


def test_many_estimates_in_a_short_time_have_to_wait(orders, creator):
    with pytest.raises(RateLimited, match="Wait"):
        deque((orders.estimate(creator, {"notes": "Tea."}) for _ in range(300)), maxlen=0)
