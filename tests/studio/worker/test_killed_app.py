"""A killed app's film is finished by the next start, paid once, and found."""

from __future__ import annotations

from bench import app_kills


def test_a_film_outlives_an_app_that_is_killed_early_and_late(server_folder):
    outcomes = app_kills.run(server_folder, [("SCRIPTING", True), ("RENDERING", False)])
    assert [one.is_right for one in outcomes] == [True, True], outcomes
    # A worker that is left alone hands its film back, which is no lost attempt.
    assert [one.attempts for one in outcomes] == [2, 1]
