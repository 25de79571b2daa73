"""Films killed with SIGKILL at random instants and started again: what is paid for is paid for once.

    python -m bench.making_kills [--kills 100] [--seed 1]

Everything that costs money is bought of a stand-in that counts its orders by idempotency key. An undisturbed film says
what there is to buy; a film that is killed again and again must end with the same bill, and the same bytes.
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

from tests.fakes.provider import Provider

ROOT = Path(__file__).parents[1]
OPTIONS = ("--minutes", "1", "--resolution", "360p", "--fps", "24", "--voice", "elevenlabs-george")


@dataclass
class Outcome:
    """What was bought, over how many kills and films, and whether the films came out as the undisturbed one did."""

    kills: int
    films: int
    orders: int
    repeated: int
    requests_again: int
    same_bytes: bool


def killed(kills: int, seed: int, folder: Path) -> Outcome:
    pen = random.Random(seed)
    with Provider(script_s=0.6, picture_s=0.5, speech_pace=0.02) as calm:
        began_s = time.monotonic()
        _run(calm, folder / "calm", None)
        lasts_s = time.monotonic() - began_s
    done = films = orders = repeated = again = 0
    same = True
    while done < kills:
        films += 1
        out = folder / f"film-{films}"
        with Provider(script_s=0.6, picture_s=0.5, speech_pace=0.02) as provider:
            # Later instants once more is there, so that every part of the work is hit.
            while done < kills and not _run(provider, out, pen.uniform(0.2, lasts_s)):
                done += 1
            if not (out / "report.json").exists():
                _run(provider, out, None)
            bill = sum(provider.billed.values())
            orders += bill
            repeated += bill - sum(calm.billed.values())
            again += provider.requests - bill
            same = same and _bytes_of(out) == _bytes_of(folder / "calm")
    return Outcome(done, films, orders, repeated, again, same)


def _run(provider: Provider, out: Path, kill_after_s: float | None) -> bool:
    """Whether the film was finished before it was killed."""
    environment = {**os.environ, **provider.environment, "HF_HUB_OFFLINE": "1"}
    command = [sys.executable, "-m", "pipeline", "examples/volcanoes.md", *OPTIONS, "--out", str(out)]
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


def _bytes_of(out: Path) -> str:
    return hashlib.sha256((out / "final.mp4").read_bytes()).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        outcome = killed(options.kills, options.seed, Path(folder))
    print(f"kills at random instants            {outcome.kills:>6}   in {outcome.films} films")
    print(f"orders paid                         {outcome.orders:>6}")
    print(f"requests answered from an old order {outcome.requests_again:>6}   (the same idempotency key)")
    print(f"orders paid twice                   {outcome.repeated:>6}   allowed 0")
    print(f"same film as undisturbed            {'yes' if outcome.same_bytes else 'no':>6}")


if __name__ == "__main__":
    main()
