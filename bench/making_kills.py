"""Films killed with SIGKILL at random instants and started again: what is paid for is paid for once.

    python -m bench.making_kills [--kills 100] [--seed 1] [--whole]

Everything that costs money is bought of a stand-in that counts its orders by idempotency key. An undisturbed film says
what there is to buy; a film that is killed again and again must end with the same bill, and the same bytes. The work
ends with the timeline, after which nothing is bought, or with --whole in the finished film.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline.brief import Brief
from pipeline.build import Workspace
from pipeline.making import from_environment, make
from pipeline.making.film import laid_out
from pipeline.timeline import dump
from tests.fakes.provider import Provider

ROOT = Path(__file__).parents[1]
BRIEF = Brief(
    documents=("examples/volcanoes.md",), minutes=1, resolution="360p", fps=24, voice="elevenlabs-george", music="off"
)


@dataclass
class Outcome:
    """What was bought, over how many kills and films, and whether the films came out as the undisturbed one did."""

    kills: int
    films: int
    orders: int
    repeated: int
    requests_again: int
    same_bytes: bool


def killed(kills: int, seed: int, folder: Path, *, whole: bool = False) -> Outcome:
    pen = random.Random(seed)
    with Provider(script_s=0.6, picture_s=0.5, speech_pace=0.02) as calm:
        began_s = time.monotonic()
        _run(calm, folder / "calm", None, whole)
        lasts_s = time.monotonic() - began_s
    done = films = orders = repeated = again = 0
    same, expected = True, _bytes_of(folder / "calm")
    while done < kills:
        films += 1
        out = folder / f"film-{films}"
        with Provider(script_s=0.6, picture_s=0.5, speech_pace=0.02) as provider:
            finished = False
            while done < kills and not finished:
                finished = _run(provider, out, pen.uniform(0.2, lasts_s), whole)
                done += not finished
            if not finished:
                _run(provider, out, None, whole)
            bill = sum(provider.billed.values())
            orders += bill
            repeated += bill - sum(calm.billed.values())
            again += provider.requests - bill
            same = same and _bytes_of(out) == expected
    return Outcome(done, films, orders, repeated, again, same)


def _run(provider: Provider, out: Path, kill_after_s: float | None, whole: bool) -> bool:
    """Whether the work was finished before it was killed."""
    environment = {**os.environ, **provider.environment, "HF_HUB_OFFLINE": "1"}
    command = [sys.executable, "-m", "bench.making_kills", "--into", str(out), *(["--whole"] if whole else [])]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        told, _ = process.communicate(timeout=kill_after_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return False
    if process.returncode:
        raise RuntimeError(told)
    return True


def _make(out: Path, whole: bool) -> None:
    """What the killed process does."""
    services, workspace = from_environment(BRIEF), Workspace(out / ".work")
    if whole:
        make(BRIEF, out, services=services, workspace=workspace)
        return
    with laid_out(BRIEF, out, services=services, workspace=workspace) as film:
        for segment in film.timeline.segments:
            film.pictures.wait_for(segment.id)
    (out / "timeline.json").write_text(dump(film.timeline))


def _bytes_of(out: Path) -> str:
    """Of the timeline, its pictures and its sound, and of the film where there is one."""
    files = [out / "timeline.json", *(out / "assets").rglob("*.*"), *out.glob("final.mp4")]
    digest = hashlib.sha256()
    for path in sorted(file for file in files if not file.name.startswith(".")):
        digest.update(path.relative_to(out).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--whole", action="store_true", help="render and check too")
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.into:
        _make(options.into, options.whole)
        return
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        outcome = killed(options.kills, options.seed, Path(folder), whole=options.whole)
    print(f"kills at random instants            {outcome.kills:>6}   in {outcome.films} films")
    print(f"orders paid                         {outcome.orders:>6}")
    print(f"requests answered from an old order {outcome.requests_again:>6}   (the same idempotency key)")
    print(f"orders paid twice                   {outcome.repeated:>6}   allowed 0")
    print(f"same film as undisturbed            {'yes' if outcome.same_bytes else 'no':>6}")


if __name__ == "__main__":
    main()
