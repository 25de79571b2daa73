"""Films bought from providers: real client libraries against one account that bills, dawdles and misbehaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bench.making_kills import killed
from bench.making_lanes import bought
from bench.making_lengths import erring
from bench.making_lengths import measured as lengths
from pipeline.build import Workspace
from pipeline.errors import Cancelled, PictureError
from pipeline.making import Bundle, make
from pipeline.making.film import LaidOut, laid_out
from pipeline.progress import Cancel, Event
from tests.fakes.provider import Provider
from tests.pipeline.making.films import NOTES, brief


@pytest.fixture
def account() -> Iterator[Provider]:
    with Provider() as provider:
        yield provider


def paid(account: Provider, folder: Path, redo: tuple[str, ...] = (), **changes: Any) -> Bundle:
    wanted = brief(voice="elevenlabs-george", **changes)
    workspace = Workspace(folder / "work")
    return make(wanted, folder / "out", services=bought(account, wanted), workspace=workspace, redo=redo)


def laid(account: Provider, folder: Path, redo: tuple[str, ...] = (), **changes: Any) -> LaidOut:
    wanted = brief(voice="elevenlabs-george", **changes)
    with laid_out(
        wanted, folder / "out", services=bought(account, wanted), workspace=Workspace(folder / "work"), redo=redo
    ) as film:
        for segment in film.timeline.segments:
            film.pictures.wait_for(segment.id)
    return film


def test_a_bought_film_tells_what_it_cost(account: Provider, tmp_path: Path) -> None:
    report = paid(account, tmp_path).report

    assert report["fitToShip"]
    assert all(report["stages"][stage]["cents"] > 0 for stage in ("SCRIPTING", "VOICE_GEN", "IMAGE_GEN"))
    assert account.images.most_at_once <= 4
    with Image.open(tmp_path / "out" / "thumbnail.jpg") as thumbnail:
        assert thumbnail.size == (1280, 720)


def test_a_topic_alone_is_enough_where_a_model_is(account: Provider, tmp_path: Path) -> None:
    laid(account, tmp_path, documents=(), topic="the history of tea")

    assert account.billed["scripts"] >= 1


def test_what_was_bought_is_not_asked_for_again(account: Provider, tmp_path: Path) -> None:
    laid(account, tmp_path)
    bill, requests = account.billed, account.requests
    laid(account, tmp_path)

    assert (account.billed, account.requests) == (bill, requests)


def test_the_first_picture_is_the_reference_of_the_others(account: Provider, tmp_path: Path) -> None:
    laid(account, tmp_path)
    first, *others = account.images.calls

    assert (first.path, first.references) == ("/v1/images/generations", 0)
    assert {(call.path, call.references) for call in others} == {("/v1/images/edits", 1)}


def test_another_script_another_voice_and_another_picture_are_new_orders(account: Provider, tmp_path: Path) -> None:
    segments = laid(account, tmp_path).timeline.segments
    before = account.billed
    number, one = next((n, s) for n, s in enumerate(segments, 1) if s.id.endswith("beat"))
    laid(account, tmp_path, redo=(f"section:{number}:voice", f"section:{number}:picture:1"))

    assert account.billed["scripts"] == before["scripts"]
    assert account.billed["pictures"] == before["pictures"] + 1
    assert before["speech"] < account.billed["speech"] <= before["speech"] + 2 * len(one.narration_text.split(". "))

    laid(account, tmp_path, redo=("script",))
    assert account.billed["scripts"] > before["scripts"]


def test_another_hook_of_a_bought_script_is_free(account: Provider, tmp_path: Path) -> None:
    first = laid(account, tmp_path).timeline
    bill = account.billed["scripts"]
    third = laid(account, tmp_path, hook=3)

    assert account.billed["scripts"] == bill
    assert third.said.script.chosen_hook == 3
    assert third.timeline.segments[0].narration_text != first.segments[0].narration_text


def test_a_refused_picture_is_drawn_by_the_canvas_and_said(account: Provider, tmp_path: Path) -> None:
    account.images.trouble.extend(["refused", "refused"])
    film = laid(account, tmp_path)

    assert any("The canvas stands in." in note for note in film.job.account.fallbacks)


def test_a_key_that_is_not_accepted_ends_the_film_and_asks_for_nothing_more(account: Provider, tmp_path: Path) -> None:
    account.images.key = "another"

    with pytest.raises(PictureError, match="Check key"):
        laid(account, tmp_path)
    assert len(account.images.calls) == 1, "the others wait for the first"


def test_trouble_on_every_way_still_ends_in_a_film_that_is_paid_once(account: Provider, tmp_path: Path) -> None:
    account.chat.misbehave("busy", "cut", "malformed")
    account.images.trouble.extend(["429", "500", "cut_off"])
    account.speech.trouble.extend(["429", "500"])
    laid(account, tmp_path)
    keys = [call.key for call in account.images.calls]

    assert account.billed["pictures"] == len(set(keys)) < len(keys)


def test_scenes_are_drawn_and_words_are_spoken_while_pictures_are_painted(tmp_path: Path) -> None:
    """How long all of it takes is measured by bench/making_lanes."""
    painted: dict[str, float] = {}
    cancel, wanted = Cancel(), brief(voice="elevenlabs-george")

    def watch(event: Event) -> None:
        painted[event.stage] = event.fraction
        if event.stage == "RENDERING":
            cancel.ask()

    with Provider(picture_s=1.5) as account, pytest.raises(Cancelled):
        make(
            wanted,
            tmp_path / "out",
            services=bought(account, wanted),
            workspace=Workspace(tmp_path / "work"),
            progress=watch,
            cancel=cancel,
        )
    assert painted["VOICE_GEN"] == 1
    assert painted["RENDERING"] > 0
    assert 0 < painted["IMAGE_GEN"] < 1


def test_killed_at_random_instants_nothing_is_paid_twice_and_the_film_is_the_same(tmp_path: Path) -> None:
    outcome = killed(kills=8, seed=3, folder=tmp_path)

    assert (outcome.repeated, outcome.same_bytes) == (0, True)


@pytest.mark.parametrize("minutes", [1, 6])
def test_films_are_as_long_as_asked_and_break_no_rule_of_captions(minutes: float, tmp_path: Path) -> None:
    with Provider(author=erring) as provider:
        found = list(lengths(provider, tmp_path, ["explainer", "scary-facts"], [minutes], "chat", str(NOTES)))

    assert all(one.error is not None and abs(one.error) <= 0.03 for one in found)
    assert [one.broken for one in found] == [(), ()]
