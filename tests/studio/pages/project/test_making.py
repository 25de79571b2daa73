"""What is said of a film in the making."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from studio.desk.views import HookView, JobView, SceneProgress
from studio.pages.project.making import live, said


def job(**given: object) -> JobView:
    usual = {
        "id": uuid4(), "number": 1, "project": uuid4(), "state": "VOICE_GEN", "ended": False, "progress": 30,
        "message": "Speaking the narration", "seconds_left": 100, "place": None, "reserved": 2, "spent": None,
        "steps": (), "scenes": (), "run": 1, "made_at": datetime.now(UTC), "started_at": None, "finished_at": None,
    }  # fmt: skip
    return JobView.model_validate({**usual, **given})


def test_what_people_wrote_is_shown_as_they_wrote_it():
    scene = SceneProgress(section="s01_hook", title="<b>Tea</b>", text='"><script>alert(1)</script>')
    shown = live(job(scenes=(scene,), message="<i>"))
    assert "<script>" not in shown
    assert "<b>Tea" not in shown
    assert "<i>" not in shown.replace("<i></i>", "")


@pytest.mark.parametrize(
    ("place", "words"),
    [(1, "Next in the line"), (4, "Number 4 in the line"), (None, "Waiting until your other film is done")],
)
def test_a_film_that_waits_tells_its_place(place, words):
    assert words in live(job(state="QUEUED", place=place))


def test_the_time_left_is_rounded_to_what_can_be_known():
    assert "About 2 minutes left" in live(job(seconds_left=118))
    assert "A few seconds left" in live(job(seconds_left=4))
    assert "Working out how long it takes" in live(job(seconds_left=None))


def test_nothing_new_is_said_while_only_the_percent_moves():
    assert said(job(progress=26)) == said(job(progress=49)) != said(job(progress=50))


def test_a_failure_does_not_repeat_that_nothing_was_charged():
    shown = live(job(state="FAILED", ended=True, error="It broke on our side. Nothing was charged. Try again."))
    assert shown.count("othing was charged") == 1
    assert "The 2 credits set aside for it are yours again." in shown


def test_openings_to_choose_from_come_before_all_progress():
    hooks = tuple(HookView(number=n, title="question", text=f"Why {n}?") for n in (1, 2, 3))
    shown = live(job(state="PENDING", hooks=hooks))
    assert shown.count("Begin with this</button>") == 3
    assert "progressbar" not in shown
