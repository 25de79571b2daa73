"""A killed app's film is finished by the next start, paid once, and found."""

from __future__ import annotations

from bench import app_kills
from bench.app_kills import Kill


def test_a_film_outlives_an_app_that_is_killed_again_and_again(server_folder):
    kills = [Kill("VOICE_GEN"), Kill("ALIGNMENT"), Kill("RENDERING", whole=False)]
    (film,) = app_kills.run(server_folder, [kills])
    assert film.is_right, film
    # A worker that is left alone hands its film back, which is no lost attempt.
    assert film.attempts == 3
