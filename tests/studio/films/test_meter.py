"""What each step took is kept with the job and told in the log."""

from __future__ import annotations

import logging

from pipeline.build import Recipe
from pipeline.progress import Event
from studio.errors import StoreUnavailable
from studio.films.meter import Meter, MeteredRecorder, MeteredWorkspace
from studio.office import Office


class Notes:
    """A recorder that remembers."""

    def __init__(self, error=None):
        self.error, self.steps, self.metrics = error, [], []

    def step(self, stage, state="RUNNING", **_more):
        self.steps.append((stage, state))

    def note(self, metrics):
        if self.error:
            raise self.error
        self.metrics.append(metrics)

    def check(self):
        """Never stops."""


def test_a_finished_film_has_the_figures_of_every_step(finished):
    steps = {step.step: step for step in Office(finished.town.store).steps_of(finished.job.id)}
    assert set(steps) == {step.step for step in finished.job.steps}
    assert steps["VOICE_GEN"].made > 3
    assert steps["RENDERING"].bytes > 10_000
    assert steps["SCRIPTING"].found == 0
    assert 0 < sum(step.seconds for step in steps.values()) < 20 * finished.seconds


def test_what_is_made_and_what_is_found_are_told_apart(tmp_path):
    meter = Meter()
    workspace = MeteredWorkspace(tmp_path, None, meter)
    for _ in range(3):
        workspace.make(Recipe("picture", {"of": "tea"}, ".txt"), lambda path: path.write_text("a cup"))
    workspace.make(Recipe("picture-notes", {}, ".txt"), lambda path: path.write_text("aside"))
    figures = meter.of("IMAGE_GEN")
    assert (figures.made, figures.found, figures.bytes) == (1, 2, 5)
    assert meter.of("RENDERING").seconds == 0


def test_a_step_lasts_from_its_first_sign_to_its_last(tmp_path):
    meter, heard = Meter(), []
    listen = meter.beside(heard.append)
    listen(Event("VISUAL_PLAN", "plan", 0.1))
    listen(Event("VISUAL_PLAN", "plan", 1.0))
    assert [event.fraction for event in heard] == [0.1, 1.0]
    assert meter.of("VISUAL_PLAN").seconds > 0


def test_figures_are_noted_once_when_the_step_is_done(caplog):
    notes, meter = Notes(), Meter()
    record = MeteredRecorder(notes, meter)
    meter.fell_back(["The music was left out."])
    with caplog.at_level(logging.INFO):
        for state in ("RUNNING", "DONE", "DONE"):
            record.step("PACKAGING", state)
    assert [metrics.fallbacks for metrics in notes.metrics] == [("The music was left out.",)]
    assert caplog.records[0].figures["step"] == "PACKAGING"


def test_a_film_does_not_fail_by_its_figures():
    notes = Notes(StoreUnavailable("away"))
    MeteredRecorder(notes, Meter()).step("RENDERING", "DONE")
    assert notes.steps == [("RENDERING", "DONE")]
