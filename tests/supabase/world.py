"""A database in which one user has a row in every table, so that a right that is missing cannot be missed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from studio.credits import Credits
from studio.drafts import Drafts, new_token
from studio.jobs import Job, Leases, StepMetrics
from studio.office import Downloads
from studio.projects import Making, Projects, Scene, Uploads
from studio.safety import AuditLog, JobRecords, ModerationLog, RateLimits, VoiceRights
from studio.store import Store
from tests.studio.arrange import SOME_SHA, job_of


@dataclass(frozen=True)
class World:
    user: UUID
    job: Job


def furnish(store: Store, user: UUID) -> World:
    job = job_of(store, user)
    project = job.project_id
    Projects(store).save_scenes(user, project, [Scene(id=uuid4(), narration="It began with rain.", visual="rain")])
    making = Making(store)
    version = making.record_version(uuid4(), user=user, project=project, job=job.id)
    making.record_asset(
        uuid4(),
        user=user,
        project=project,
        kind="video",
        path=f"{user}/outputs/film.mp4",
        size_bytes=10,
        mime="video/mp4",
        sha256=SOME_SHA,
        version=version.id,
    )
    making.begin_generation(
        uuid4(), user=user, project=project, input_key="k", provider="p", model="m", purpose="picture"
    )
    leases = Leases(store, worker="w", lanes=["cpu"])
    claimed = leases.claim()
    assert claimed is not None
    leases.step(claimed, "SCRIPTING")
    leases.note(claimed, StepMetrics("SCRIPTING", seconds=1.5, made=1))
    Downloads(store).note(f"{user}/outputs/film.mp4", "a link")
    Credits(store).grant(user, 5, key=f"gift:{user}")
    token = new_token()
    Drafts(store).save(token, {"notes": "rain"})
    Drafts(store).claim(token, user)
    Drafts(store).save(new_token(), {"notes": "snow"})
    _speak(store, user)
    _write_logs(store, user)
    return World(user=user, job=job)


def _speak(store: Store, user: UUID) -> None:
    voices, voice, consent = VoiceRights(store), uuid4(), uuid4()
    sample, recording = f"{user}/assets/sample.wav", f"{user}/assets/consent.wav"
    voices.create(
        voice, user=user, name="Mine", engine="xtts", language="en", sample_path=sample, sample_sha256=SOME_SHA
    )
    voices.record_consent(
        consent,
        user=user,
        voice=voice,
        statement="I agree that my voice is used for my films.",
        recording_path=recording,
        recording_sha256=SOME_SHA,
    )
    voices.verify(consent, words_score=1, voice_score=0.9, judge="test")


def _write_logs(store: Store, user: UUID) -> None:
    Uploads(store).begin(user, f"{user}/assets/own.png", size_bytes=1, most_bytes=10)
    AuditLog(store).record("test.act", actor="test", user=user)
    ModerationLog(store).record(uuid4(), user=user, subject="notes", verdict="allowed", judge="rules")
    JobRecords(store).keep(uuid4(), user, "asked", {"notes": "rain"})
    RateLimits(store).check("generate", user=user, address="192.0.2.1")
    mail = {"p_key": f"welcome/{user}", "p_template": "welcome", "p_recipient": "a@example.com", "p_user": user}
    store.call("email_begin", mail)
    key = {"p_id": uuid4(), "p_name": "mine", "p_prefix": "cc_test", "p_key_hash": SOME_SHA, "p_scopes": ["films"]}
    store.call("api_key_create", {**key, "p_user": user})
