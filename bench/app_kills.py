"""The app killed with SIGKILL in every stage of a film and started again: the film is finished, paid once, and found.

    python -m bench.app_kills [--stages SCRIPTING,RENDERING] [--rounds 1]

A real `python app.py` on its embedded database makes a quick film for a new person each time. As soon as the film has
reached the stage, the process is killed outright; then the app is started again, and the film must end by itself.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args
from uuid import UUID

from bench.apps import App
from bench.tables import machine, show
from studio.callers import Caller
from studio.jobs import STAGES, JobState, Stage
from studio.office import Office

_PATIENCE_S = 400
_OVER = ("READY", "FAILED", "CANCELLED")


@dataclass(frozen=True)
class Outcome:
    stage: Stage
    killed_in: str
    state: str
    attempts: int
    paid: int
    held: int
    lines: int
    """Of the ledger: a welcome, a reservation and a spending make three."""
    found: bool
    start_s: float
    taken_up_s: float
    """From the start of the new process until it makes the film."""

    @property
    def is_right(self) -> bool:
        return (self.state, self.paid, self.held, self.lines, self.found) == ("READY", 1, 0, 3, True)


def killed_in(app: App, stage: Stage, *, whole: bool = True) -> Outcome:
    """`whole`: the worker beside it dies with it. The app runs when this begins, and when it has ended."""
    who, _ = app.person()
    project, job = app.order(who)
    killed = _wait_for(app, who, job, lambda state: state in _OVER or _order(state) >= STAGES.index(stage))
    app.kill(whole=whole)
    began_s = time.monotonic()
    start_s = app.start()
    _wait(lambda: app.installation.jobs.get(_user(who), job).attempts > int(whole) or _ended(app, who, job))
    taken_up_s = time.monotonic() - began_s
    state = _wait_for(app, who, job, lambda state: state in _OVER)
    account = app.installation.credits.account(_user(who))
    return Outcome(
        stage=stage,
        killed_in=killed,
        state=state,
        attempts=app.installation.jobs.get(_user(who), job).attempts,
        paid=10 - account.balance,
        held=account.held,
        lines=len(app.installation.credits.history(_user(who))),
        found=_is_found(app, who, project),
        start_s=start_s,
        taken_up_s=taken_up_s,
    )


def _is_found(app: App, who: Caller, project: UUID) -> bool:
    """As the page and the desk see it: a film to watch, and everything to take home."""
    view = app.desk.films.project(who, project)
    return view.film is not None and len(app.desk.films.downloads(who, project)) > 5


def _wait_for(app: App, who: Caller, job: UUID, is_enough) -> str:
    _wait(lambda: is_enough(app.installation.jobs.get(_user(who), job).state))
    return app.installation.jobs.get(_user(who), job).state


def _wait(is_enough, patience_s: float = _PATIENCE_S) -> None:
    end = time.monotonic() + patience_s
    while not is_enough() and time.monotonic() < end:
        time.sleep(0.02)


def _ended(app: App, who: Caller, job: UUID) -> bool:
    return app.installation.jobs.get(_user(who), job).state in _OVER


def _user(who: Caller) -> UUID:
    return who.require_user()


def _order(state: JobState) -> int:
    return STAGES.index(state) if state in get_args(Stage) else -1


def run(folder: Path, kills: Sequence[tuple[Stage, bool]]) -> list[Outcome]:
    """The stage in which it is killed each time, and whether as a whole."""
    app = App(folder, CANVASCAST_FILMS_AT_ONCE="1")
    try:
        app.start()
        outcomes = [killed_in(app, stage, whole=whole) for stage, whole in kills]
        assert not app.installation.credits.unbalanced()
        assert not Office(app.installation.store).jobs(states=["FAILED"])
        return outcomes
    finally:
        app.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stages", default=",".join(STAGES))
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help="kill the app alone, not the worker that it started")
    options = parser.parse_args()
    stages = [stage for stage in STAGES if stage in options.stages.split(",")]
    print(machine())
    folder = Path(tempfile.mkdtemp(prefix="bench-kills-"))
    folder.chmod(0o755)
    outcomes = run(folder, [(stage, not options.alone) for stage in stages] * options.rounds)
    heads = (
        "killed when it reached",
        "was in",
        "ended",
        "attempts",
        "paid",
        "found",
        "page again",
        "taken up",
        "right",
    )
    show(
        heads,
        [
            (
                one.stage,
                one.killed_in,
                one.state,
                one.attempts,
                one.paid,
                "yes" if one.found else "no",
                f"{one.start_s:.1f} s",
                f"{one.taken_up_s:.1f} s",
                "yes" if one.is_right else "NO",
            )
            for one in outcomes
        ],
    )
    print(f"\n{sum(one.is_right for one in outcomes)} of {len(outcomes)} finished, paid once and found")


if __name__ == "__main__":
    main()
