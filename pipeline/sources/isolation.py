"""Reads strangers' files in a process of its own, which may take only so much time and memory, and may even crash.

Run as a module it is that process: bytes come in on standard input, JSON goes out on standard output.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from pipeline.errors import SourceError
from pipeline.sources.blocks import Block, Extract
from pipeline.sources.errors import SourceDamaged, SourceTooLarge, SourceTooSlow, with_code
from pipeline.sources.kinds import Kind
from pipeline.sources.limits import DEFAULT, Limits

_SECRET = re.compile(r"KEY|TOKEN|SECRET|PASSW|CREDENTIAL|DSN|_URL$")
_TOO_SLOW = "It takes too long to read. Give only the part that the film is about, or save its text as .txt."
_CRASHED = "It is damaged so badly that it cannot be read. Save or download it again."


def extract_apart(data: bytes, kind: Kind, *, declared: str = "", limits: Limits = DEFAULT) -> Extract:
    """extraction.extract, in a child process under the limits."""
    order = json.dumps({"kind": kind, "declared": declared, "limits": asdict(limits)})
    environment = {**_without_secrets(os.environ), "PYTHONPATH": _search_path()}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline.sources.isolation", order],
            input=data,
            capture_output=True,
            timeout=limits.parse_seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise SourceTooSlow(_TOO_SLOW) from error
    return _answer(done)


def _without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """Whatever breaks out of a parser finds no key."""
    return {name: value for name, value in environment.items() if not _SECRET.search(name.upper())}


def _answer(done: subprocess.CompletedProcess[bytes]) -> Extract:
    if done.returncode:
        trouble = done.stderr.decode("utf-8", "replace")
        cause = RuntimeError(f"the reading process ended with {done.returncode}: {trouble[-2000:]}")
        if "MemoryError" in trouble:
            raise SourceTooLarge("It needs more memory than notes should. Save its text as .txt.") from cause
        raise SourceDamaged(_CRASHED) from cause
    answer = json.loads(done.stdout)
    if "code" in answer:
        raise with_code(answer["code"])(answer["message"])
    blocks = tuple(Block(**block) for block in answer["blocks"])
    return Extract(blocks, answer["title"], tuple(answer["notes"]))


def _search_path() -> str:
    root = str(Path(__file__).resolve().parents[2])
    before = os.environ.get("PYTHONPATH", "")
    return f"{root}{os.pathsep}{before}" if before else root


def _limit_memory(limit_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time limit stays.
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = limit_bytes if hard == resource.RLIM_INFINITY else min(limit_bytes, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ValueError, OSError):  # macOS refuses; the time limit stays.
        return


def _serve(order: str) -> None:
    from pipeline.sources.extraction import extract

    wanted = json.loads(order)
    limits = Limits(**wanted["limits"])
    _limit_memory(limits.parse_memory_bytes)
    data = sys.stdin.buffer.read()
    try:
        found = extract(data, wanted["kind"], declared=wanted["declared"], limits=limits)
        answer = asdict(found)
    except SourceError as error:
        answer = {"code": error.code, "message": error.message}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _serve(sys.argv[1])
