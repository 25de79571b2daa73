"""The door to creators' own voices: no consent, no sound; every use is in the audit log; revoking works at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from studio.store.records import Record
from studio.store.store import Store


class VoiceProfile(Record):
    id: UUID
    user_id: UUID
    name: str
    engine: str
    language: str
    sample_path: str
    sample_sha256: str
    settings: dict[str, Any]
    state: Literal["pending", "ready", "revoked"]
    created_at: datetime


class VoiceConsent(Record):
    id: UUID
    voice_id: UUID
    statement: str
    recording_path: str
    recording_sha256: str
    words_score: float | None
    voice_score: float | None
    verified_at: datetime | None
    revoked_at: datetime | None


class VoiceRights:
    def __init__(self, store: Store) -> None:
        self._store = store

    def list_of(self, user: UUID) -> list[VoiceProfile]:
        return VoiceProfile.all_of(self._store.call("voice_list", as_user=user))

    def create(
        self,
        voice: UUID,
        *,
        user: UUID,
        name: str,
        engine: str,
        language: str,
        sample_path: str,
        sample_sha256: str,
        settings: Mapping[str, object] | None = None,
    ) -> VoiceProfile:
        arguments = {
            "p_id": voice,
            "p_user": user,
            "p_name": name,
            "p_engine": engine,
            "p_language": language,
            "p_sample_path": sample_path,
            "p_sample_sha256": sample_sha256,
            "p_settings": dict(settings or {}),
        }
        return VoiceProfile.of(self._store.call("voice_create", arguments))

    def record_consent(
        self,
        consent: UUID,
        *,
        user: UUID,
        voice: UUID,
        statement: str,
        recording_path: str,
        recording_sha256: str,
    ) -> VoiceConsent:
        """What was said and its recording; it lets nobody speak before it is verified."""
        arguments = {
            "p_id": consent,
            "p_user": user,
            "p_voice": voice,
            "p_statement": statement,
            "p_recording_path": recording_path,
            "p_recording_sha256": recording_sha256,
        }
        return VoiceConsent.of(self._store.call("voice_consent", arguments))

    def verify(self, consent: UUID, *, words_score: float, voice_score: float, judge: str) -> VoiceConsent:
        arguments = {
            "p_consent": consent,
            "p_words_score": words_score,
            "p_voice_score": voice_score,
            "p_judge": judge,
        }
        return VoiceConsent.of(self._store.call("voice_verify", arguments))

    def use(self, user: UUID, voice: UUID, *, key: str, purpose: str) -> VoiceProfile:
        """Ask before every use; raises ConsentMissing. The same key again is the same use."""
        arguments = {"p_user": user, "p_voice": voice, "p_key": key, "p_purpose": purpose}
        return VoiceProfile.of(self._store.call("voice_use", arguments))

    def revoke(self, user: UUID, voice: UUID) -> VoiceProfile:
        return VoiceProfile.of(self._store.call("voice_revoke", {"p_user": user, "p_voice": voice}))
