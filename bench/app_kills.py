"""The app killed with SIGKILL in every state of a job and started again: the film is finished, paid once, and found.

    python -m bench.app_kills [--states QUEUED,VOICE_GEN] [--rounds 1] [--alone]

A real `python app.py` on its embedded database makes a quick film for a new person each time. Its worker stands still
inside the stage, so that the kill surely falls there; then the app is started again, and the film must end by itself.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.apps import App
from bench.folders import entered_by_all
from bench.tables import machine, show
from studio.jobs import STAGES, JobDetail, JobState, Leases, Stage
from studio.office import Office

_PATIENCE_S = 400
_OVER = ("READY", "FAILED", "CANCELLED")
STATES: tuple[JobState, ...] = ("QUEUED", "PENDING", *STAGES)
"""All that are not an end."""


@dataclass(frozen=True)
class Kill:
    state: JobState
    whole: bool = True
    """The worker beside the app dies with it; otherwise it is left alone, and notices."""

    @property
    def still_in(self) -> Stage | None:
        """Where the worker stands still meanwhile: a film waits in the line behind another one."""
        return "SCRIPTING" if self.state == "QUEUED" else next((one for one in STAGES if one == self.state), None)


@dataclass(frozen=True)
class Killed:
    start_s: float
    taken_up_s: float
    """From the start of the new process until a worker has the film."""


@dataclass(frozen=True)
class Outcome:
    """Of one film, with everything that it had to outlive."""

    kills: Sequence[Kill]
    killed: Sequence[Killed]
    state: str
    attempts: int
    paid: int
    held: int
    lines: int
    """Of the ledger: a welcome, a reservation and a spending make three."""
    found: bool
    film_s: float
    """From the order to the film, kills and all."""

    @property
    def is_right(self) -> bool:
        return (self.state, self.paid, self.held, self.lines, self.found) == ("READY", 1, 0, 3, True)


class Film:
    """A film of somebody new."""

    def __init__(self, app: App, *, choose_hook: bool = False) -> None:
        self._app = app
        self.who, _ = app.person()
        self.project, self.job = app.order(self.who, choose_hook=choose_hook)

    def now(self) -> JobDetail:
        return self._app.installation.jobs.get(self.who.require_user(), self.job)

    def is_in(self, state: JobState) -> bool:
        job = self.now()
        if job.state in _OVER:
            raise AssertionError(f"It was {job.state} before it could be killed in {state}.")
        if state not in STAGES:
            return job.state == state
        return any(step.step == state and step.state == "RUNNING" for step in job.steps)

    def choose_opening(self) -> None:
        self._app.desk.films.choose_hook(self.who, self.job, 1)

    def is_found(self) -> bool:
        """As the page and the desk see it: a film to watch, and everything to take home."""
        films = self._app.desk.films
        return films.project(self.who, self.project).film is not None and len(self._downloads()) > 5

    def _downloads(self) -> Sequence[object]:
        return self._app.desk.films.downloads(self.who, self.project)


def outlived(app: App, kills: Sequence[Kill]) -> Outcome:
    """One film, and the app killed in each of these states in turn. The app runs when this has ended."""
    app.start(still_in=kills[0].still_in or "")
    began_s = time.monotonic()
    if kills[0].state == "QUEUED":
        before = Film(app)
        _wait(lambda: before.is_in("SCRIPTING"))
    film = Film(app, choose_hook=kills[0].state == "PENDING")
    following = [kill.still_in or "" for kill in kills[1:]] + [""]
    killed = [_killed(app, film, kill, still_in) for kill, still_in in zip(kills, following, strict=True)]
    _wait(lambda: film.now().state in _OVER)
    user, job, credits = film.who.require_user(), film.now(), app.installation.credits
    account = credits.account(user)
    return Outcome(
        kills=kills,
        killed=killed,
        state=job.state,
        attempts=job.attempts,
        paid=10 - account.balance,
        held=account.held,
        lines=len(credits.history(user)),
        found=film.is_found(),
        film_s=time.monotonic() - began_s,
    )


def _killed(app: App, film: Film, kill: Kill, then_still_in: str) -> Killed:
    _wait(lambda: film.is_in(kill.state))
    leases = Leases(app.installation.store, worker="bench", lanes=("gpu", "cpu"))
    dead = set(leases.owners())
    app.kill(whole=kill.whole)
    began_s = time.monotonic()
    start_s = app.start(still_in=then_still_in)
    if kill.state == "PENDING":
        film.choose_opening()
    _wait(lambda: set(leases.owners()) - dead or film.now().state in _OVER)
    return Killed(start_s, time.monotonic() - began_s)


def _wait(is_enough: Callable[[], object], patience_s: float = _PATIENCE_S) -> None:
    end = time.monotonic() + patience_s
    while not is_enough():
        if time.monotonic() > end:
            raise TimeoutError(f"It did not come to that within {patience_s:.0f} s.")
        time.sleep(0.02)


def run(
    folder: Path, films: Sequence[Sequence[Kill]], told: Callable[[Outcome], object] = lambda _: None
) -> list[Outcome]:
    """Each film is killed so many times; between films the app is stopped as a machine stops it."""
    app = App(folder, CANVASCAST_FILMS_AT_ONCE="1")
    outcomes = []
    try:
        for kills in films:
            outcomes.append(outlived(app, kills))
            told(outcomes[-1])
            app.stop()
        assert not app.installation.credits.unbalanced()
        assert not Office(app.installation.store).jobs(states=["FAILED"])
        return outcomes
    finally:
        app.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--states", default=",".join(STATES))
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help="kill the app alone, not the worker that it started")
    options = parser.parse_args()
    print(machine())
    wanted = [state for state in STATES if state in options.states.split(",")]
    films = [[Kill(state, not options.alone)] for state in wanted] * options.rounds
    with entered_by_all("kills") as folder:
        outcomes = run(folder, films, told=lambda one: print("done:", *_row(one), flush=True))
    heads = ("killed in", "ended", "attempts", "paid", "found", "page again", "taken up", "film after", "right")
    show(heads, [_row(one) for one in outcomes])
    print(f"\n{sum(one.is_right for one in outcomes)} of {len(outcomes)} finished, paid once and found")


def _row(one: Outcome) -> tuple[object, ...]:
    return (
        ", ".join(kill.state for kill in one.kills),
        one.state,
        one.attempts,
        one.paid,
        "yes" if one.found else "no",
        f"{max(killed.start_s for killed in one.killed):.1f} s",
        f"{max(killed.taken_up_s for killed in one.killed):.1f} s",
        f"{one.film_s:.1f} s",
        "yes" if one.is_right else "NO",
    )


if __name__ == "__main__":
    main()
