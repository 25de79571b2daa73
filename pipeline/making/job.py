"""What all stages of one film share: the choices, the workspace, the account of what was done, and the takes."""

from __future__ import annotations

import json
import re
import shutil
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from pipeline.brief import Pace
from pipeline.build import Artifact, Workspace
from pipeline.errors import BriefError
from pipeline.making.services import Services
from pipeline.making.setup import Setup
from pipeline.progress import Cancel, Progress, Stage


@dataclass
class StageAccount:
    """What one stage took. Cents are what providers charged, None where a price is unknown."""

    seconds: float = 0.0
    made: int = 0
    found: int = 0
    cents: float | None = 0.0


@dataclass
class Account:
    """Times, costs and fallbacks of a whole film: the second half of report.json. Safe to write from any thread."""

    stages: dict[Stage, StageAccount] = field(default_factory=dict)
    fallbacks: list[str] = field(default_factory=list)
    began_s: float = field(default_factory=time.monotonic)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @contextmanager
    def timed(self, stage: Stage) -> Iterator[None]:
        began_s = time.monotonic()
        try:
            yield
        finally:
            with self._lock:
                self._of(stage).seconds += time.monotonic() - began_s

    def count(self, stage: Stage, *, fresh: bool, cents: float | None = 0.0) -> None:
        """An artifact was made or found; only a fresh one costs anything."""
        with self._lock:
            self._of(stage).made += fresh
            self._of(stage).found += not fresh
        if fresh:
            self.spend(stage, cents)

    def spend(self, stage: Stage, cents: float | None) -> None:
        """Once a price is unknown, so is the sum."""
        with self._lock:
            account = self._of(stage)
            account.cents = None if cents is None or account.cents is None else account.cents + cents

    def note(self, *notes: str) -> None:
        with self._lock:
            self.fallbacks += [note for note in notes if note and note not in self.fallbacks]

    def as_json(self) -> dict[str, Any]:
        with self._lock:
            stages = {stage: asdict(account) for stage, account in self.stages.items()}
            seconds = round(time.monotonic() - self.began_s, 3)
            return {"seconds": seconds, "stages": stages, "fallbacks": list(self.fallbacks)}

    def _of(self, stage: Stage) -> StageAccount:
        return self.stages.setdefault(stage, StageAccount())


@dataclass(frozen=True)
class WrittenScript:
    """The script file of the last build: what was asked for, its bytes, and how fast it was spoken."""

    key: str
    sha256: str
    rate: float
    pace: Pace = "normal"


class Takes:
    """Which try of an artifact is wanted, by its name: 1 unless it was asked to be made again. Kept beside the film."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._facts: dict[str, Any] = _read(file)

    def take(self, name: str) -> int:
        return int(self._facts.get("takes", {}).get(name, 1))

    def again(self, name: str) -> None:
        """The next build makes that artifact anew; the old one stays where it is."""
        takes = {**self._facts.get("takes", {}), name: self.take(name) + 1}
        self._remember("takes", takes)

    def written(self) -> WrittenScript | None:
        """What the last build wrote as script.txt, to tell an edit from an old file."""
        facts = self._facts.get("script")
        return WrittenScript(**facts) if facts else None

    def remember_script(self, written: WrittenScript) -> None:
        self._remember("script", asdict(written))

    def edited_sections(self, sha256: str) -> list[str]:
        """Which sections a script file has, where whoever wrote it noted that with `note_edit`."""
        edit = self._facts.get("edit", {})
        return list(edit["sections"]) if edit.get("sha256") == sha256 else []

    def keep_script(self, sha256: str, sections: Sequence[str]) -> None:
        """A script file is its creator's from now on, with these ids: by its words alone they are only guessed."""
        self._facts["edit"] = {"sha256": sha256, "sections": list(sections)}
        self._remember("script", {**self._facts["script"], "sha256": ""})

    def adopt(self, copies: Mapping[str, str]) -> None:
        """A copy begins with the takes of what it was copied from, and then has its own."""
        takes: dict[str, int] = dict(self._facts.get("takes", {}))
        adopted: list[str] = self._facts.get("adopted", [])
        new = [copy for copy in copies if copy not in adopted]
        for copy in new:
            part = re.compile(rf"(?<=:){copies[copy]}(?=-|$)")
            takes |= {part.sub(copy, name): take for name, take in takes.items() if part.search(name)}
        if new:
            self._facts["takes"] = takes
            self._remember("adopted", [*adopted, *new])

    def pictures(self, section_id: str) -> list[str]:
        """The names of a section's pictures in the last film."""
        return list(self._facts.get("shots", {}).get(section_id, ()))

    def knows(self, section_id: str) -> bool:
        """Whether it was in the last film, or was copied into this one."""
        return section_id in self._facts.get("shots", {}) or section_id in self._facts.get("adopted", [])

    def remember_shots(self, shots: Mapping[str, Sequence[str]], cards: Sequence[str]) -> None:
        """The sections of the film in order, each with the names of its pictures, and those that show only cards."""
        self._facts["cards"] = list(cards)
        self._remember("shots", {section: list(names) for section, names in shots.items()})

    @property
    def cards(self) -> frozenset[str]:
        return frozenset(self._facts.get("cards", ()))

    def section_id(self, number: int) -> str:
        sections = list(self._facts.get("shots", {}))
        if not 1 <= number <= len(sections):
            known = f"it has {len(sections)} sections" if sections else "it has not been made yet"
            raise BriefError(f"There is no section {number} in this film: {known}.")
        return str(sections[number - 1])

    def _remember(self, name: str, value: object) -> None:
        self._facts[name] = value
        self._file.parent.mkdir(parents=True, exist_ok=True)
        partial = self._file.with_name(self._file.name + ".partial")
        partial.write_text(json.dumps(self._facts, indent=2), encoding="utf-8")
        partial.replace(self._file)


@dataclass(frozen=True)
class Job:
    """One film being made."""

    setup: Setup
    services: Services
    workspace: Workspace
    out: Path
    takes: Takes
    account: Account
    progress: Progress
    cancel: Cancel

    @contextmanager
    def stage(self, name: Stage) -> Iterator[None]:
        """A stage that nobody wants any more is not begun."""
        self.cancel.check()
        with self.account.timed(name):
            yield

    def place(self, artifact: Artifact, name: str) -> None:
        self.bring(artifact.path, name)

    def bring(self, file: Path, name: str) -> None:
        """A file under its own name beside the film: a copy, so that editing it harms nothing."""
        target = self.out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{target.name}.{uuid4().hex[:8]}")
        try:
            shutil.copyfile(file, partial)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)


def _read(state: Path) -> dict[str, Any]:
    try:
        facts: dict[str, Any] = json.loads(state.read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise BriefError(f"{state} is damaged. Delete it and start again: what was made is kept.") from error
    return facts
