"""The voice: every section spoken and timed, then the whole brought to the length that was asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pipeline.build import Artifact, Recipe, Workspace, hash_of_sources
from pipeline.making.job import Account, Job
from pipeline.making.scripting import Scripted, revised
from pipeline.narration import Aligner, Narration, narrate, read, write
from pipeline.narration.listening import listening_copy
from pipeline.narration.sound import Samples
from pipeline.progress import Event, Made, Meter, Stage
from pipeline.scripts.fitting import Fit, fit
from pipeline.scripts.models import Script, Section
from presets import pace as paces
from voices import Speech, SpokenWord, Voice

HERE = Path(__file__).parent.parent
STAGES: tuple[Stage, ...] = ("VOICE_GEN", "ALIGNMENT")
SPANS = ((0.0, 0.6), (0.6, 0.9), (0.9, 1.0))
"""Of the stage, for each time that the script is spoken: most often once or twice."""


@dataclass(frozen=True)
class Spoken:
    """The final script with the narration of every section, and the rate that it was spoken at."""

    script: Script
    narrations: dict[str, Narration]
    files: dict[str, Artifact]
    rate: float


def spoken(job: Job, scripted: Scripted) -> Spoken:
    """Speak, measure, and change silences, rate and in the end words until the length is right."""
    if scripted.edited_rate is not None:
        said = _all_spoken(job, scripted.script, scripted.edited_rate, (0.0, 1.0))
    else:
        said = _brought_to_length(job, scripted)
    for narration in said.narrations.values():
        job.account.note(*(f"{narration.section_id}: {note}" for note in narration.notes))
    for stage in STAGES:
        job.progress(Event(stage, said.script.title, 1.0))
    return said


def _brought_to_length(job: Job, scripted: Scripted) -> Spoken:
    script, rate = scripted.script, 1.0
    for span in SPANS:
        said = _all_spoken(job, script, rate, span)
        fitted = _fitted(job, said)
        if span == SPANS[-1]:
            break
        longer = revised(job, script, scripted.assignment, fitted.changes) if fitted.changes else script
        if longer != script:
            script = longer
        elif fitted.rate != 1.0:
            script, rate = fitted.script, rate * fitted.rate
        else:
            break
    fitted.require()
    return replace(said, script=fitted.script)


def _fitted(job: Job, said: Spoken) -> Fit:
    speech_ms = {name: narration.duration_ms for name, narration in said.narrations.items()}
    return fit(said.script, speech_ms, job.setup.budget, rate_so_far=said.rate)


def _all_spoken(job: Job, script: Script, rate: float, span: tuple[float, float]) -> Spoken:
    """Sections side by side. When a section has been narrated, its words have their times too."""
    meters = [Meter(stage, len(script.sections), job.progress, span=span) for stage in STAGES]

    def speak(section: Section) -> Artifact:
        job.cancel.check()
        artifact = _section_spoken(job, section, script.language, rate)
        voice, words = meters
        voice.add(1, section.title or section.kind, found=not artifact.fresh, made=_to_hear(section, artifact))
        words.add(1, section.title or section.kind, found=not artifact.fresh)
        return artifact

    with job.stage("VOICE_GEN"), ThreadPoolExecutor(job.services.network_lanes, "speech") as pool:
        artifacts = dict(zip((s.id for s in script.sections), pool.map(speak, script.sections), strict=True))
    narrations = {name: read(artifact.path) for name, artifact in artifacts.items()}
    return Spoken(script, narrations, artifacts, rate)


def _to_hear(section: Section, artifact: Artifact) -> Made | None:
    if not artifact.fresh:
        return None
    narration = read(artifact.path)
    heard = listening_copy(narration.samples, narration.sample_rate)
    return Made("sound", section.id, section.id, section.title, data=heard)


def _section_spoken(job: Job, section: Section, language: str, rate: float) -> Artifact:
    setup, services = job.setup, job.services
    tempo = paces.load(section.pace)
    take = job.takes.take(f"narration:{section.id}")
    inputs = {
        "text": section.narration,
        "voice": setup.voice.voice.model_dump(mode="json"),
        "rate": rate * _pace_of(job, tempo.rate_factor),
        "pauses": tempo.pause_factor,
        "language": language,
        "pronunciations": setup.brief.pronunciations,
        "aligner": services.aligner is not None,
        "section": section.id,
        "take": take,
        "code": [hash_of_sources(HERE / "narration"), hash_of_sources(HERE.parent / "voices")],
    }
    speaker = BuiltSpeech(job, take)
    aligner = _TimedAligner(job.account, services.aligner) if services.aligner else None

    def produce(path: Path) -> None:
        narration = narrate(
            section,
            setup.voice.voice,
            speaker,
            language=language,
            rate=rate * _pace_of(job, tempo.rate_factor),
            pause_scale=tempo.pause_factor,
            pronunciations=setup.brief.pronunciations,
            aligner=aligner,
        )
        write(narration, path)

    artifact = job.workspace.make(Recipe("narration", inputs, ".wav"), produce)
    job.account.count("VOICE_GEN", fresh=artifact.fresh)
    return artifact


def _pace_of(job: Job, section_factor: float) -> float:
    """How fast a section is spoken: its own pace, which is the film's unless it was edited, and the niche's."""
    return job.setup.niche.pacing.rate_factor * section_factor


class BuiltSpeech:
    """Speaks through the build, breath by breath: what was paid for is never asked for again, even after a kill."""

    def __init__(self, job: Job, take: int) -> None:
        self._account = job.account
        self._cast = job.services.cast
        self._workspace: Workspace = job.workspace
        self._take = take

    def speak(self, text: str, voice: Voice, rate: float = 1.0, *, take: int = 1) -> Speech:
        wanted = take + 2 * (self._take - 1)
        inputs = {"text": text, "voice": voice.model_dump(mode="json"), "rate": rate, "take": wanted}
        if not voice.paid:
            inputs["code"] = hash_of_sources(HERE.parent / "voices")
        recipe = Recipe("speech", inputs, ".npz")

        def produce(path: Path) -> None:
            _save(self._cast.speak(text, voice, rate, take=wanted), path)

        artifact = self._workspace.make(recipe, produce)
        if artifact.fresh:
            self._account.spend("VOICE_GEN", voice.cost_cents(len(text)))
        return _load(artifact.path)


class _TimedAligner:
    """Enters the time that alignment takes into the film's account."""

    def __init__(self, account: Account, aligner: Aligner) -> None:
        self._account, self._aligner = account, aligner

    def align(self, text: str, samples: Samples, sample_rate: int, language: str) -> tuple[SpokenWord, ...] | None:
        with self._account.timed("ALIGNMENT"):
            words = self._aligner.align(text, samples, sample_rate, language)
        self._account.count("ALIGNMENT", fresh=True)
        return words


def _save(speech: Speech, path: Path) -> None:
    words = [(word.start, word.end, word.start_s, word.end_s) for word in speech.words or ()]
    timed = np.array(words, np.float64).reshape(-1, 4)
    with open(path, "wb") as file:
        np.savez(
            file, samples=speech.samples, rate=speech.sample_rate, words=timed, knows_words=speech.words is not None
        )


def _load(path: Path) -> Speech:
    with np.load(path) as facts:
        words = tuple(SpokenWord(int(a), int(b), float(start), float(end)) for a, b, start, end in facts["words"])
        return Speech(facts["samples"], int(facts["rate"]), words if facts["knows_words"] else None)
