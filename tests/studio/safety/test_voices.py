"""A creator's own voice: silent without a verified consent, silent again the moment it is taken back."""

from __future__ import annotations

from uuid import uuid4

import pytest

from studio.errors import ConsentMissing, InvalidValue, KeyReused, NotFound
from studio.safety import AuditLog, VoiceRights
from tests.studio.arrange import SOME_SHA


@pytest.fixture
def voices(store):
    return VoiceRights(store)


@pytest.fixture
def voice(voices, user):
    return voices.create(uuid4(), **sample(user)).id


def sample(user, **more):
    path = f"{user}/assets/sample.wav"
    return {
        "user": user,
        "name": "Mine",
        "engine": "xtts",
        "language": "en",
        "sample_path": path,
        "sample_sha256": SOME_SHA,
        **more,
    }


def consent_to(voices, user, voice, consent=None, **more):
    told = {
        "statement": "I agree that my voice is used for my films.",
        "recording_path": f"{user}/assets/consent.wav",
        "recording_sha256": SOME_SHA,
        **more,
    }
    return voices.record_consent(consent or uuid4(), user=user, voice=voice, **told)


def verify(voices, consent):
    return voices.verify(consent.id, words_score=0.98, voice_score=0.91, judge="whisper")


def test_a_voice_without_consent_is_silent(voices, user, voice):
    with pytest.raises(ConsentMissing):
        voices.use(user, voice, key="job", purpose="narration")


def test_a_consent_that_nobody_verified_is_none(voices, user, voice):
    consent_to(voices, user, voice)
    with pytest.raises(ConsentMissing):
        voices.use(user, voice, key="job", purpose="narration")


def test_a_verified_voice_speaks_and_every_use_is_written_once(store, voices, user, voice):
    verify(voices, consent_to(voices, user, voice))
    for key in ("job-1", "job-1", "job-2"):
        assert voices.use(user, voice, key=key, purpose="narration").state == "ready"
    actions = [row.action for row in AuditLog(store).list_of(user=user)]
    assert actions == ["voice.use", "voice.use", "voice.verify", "voice.consent", "voice.create"]
    assert AuditLog(store).broken_at() is None


def test_taking_it_back_works_at_once_and_for_good(voices, user, voice):
    consent = consent_to(voices, user, voice)
    verify(voices, consent)
    assert voices.revoke(user, voice).state == voices.revoke(user, voice).state == "revoked"
    with pytest.raises(ConsentMissing):
        voices.use(user, voice, key="job", purpose="narration")
    with pytest.raises(NotFound):
        verify(voices, consent)
    assert voices.list_of(user) == []


def test_nobody_else_uses_revokes_or_sees_it(voices, user, sign_up, voice):
    other = sign_up()
    verify(voices, consent_to(voices, user, voice))
    for act in (
        lambda: voices.use(other, voice, key="job", purpose="narration"),
        lambda: voices.revoke(other, voice),
        lambda: consent_to(voices, other, voice),
    ):
        with pytest.raises(NotFound):
            act()
    assert voices.list_of(other) == []
    assert [one.id for one in voices.list_of(user)] == [voice]


def test_recordings_lie_in_their_owners_folder(voices, user, sign_up, voice):
    with pytest.raises(InvalidValue):
        voices.create(uuid4(), **sample(user, sample_path=f"{sign_up()}/assets/sample.wav"))
    with pytest.raises(InvalidValue):
        voices.create(uuid4(), **sample(user, sample_path=f"{user}/../{sign_up()}/sample.wav"))
    with pytest.raises(InvalidValue):
        consent_to(voices, user, voice, recording_path="elsewhere.wav")


def test_told_twice_is_once_and_told_differently_is_refused(voices, user, voice):
    consent = uuid4()
    assert consent_to(voices, user, voice, consent) == consent_to(voices, user, voice, consent)
    for other in ({"recording_sha256": "0" * 64}, {"statement": "I agree to something else entirely."}):
        with pytest.raises(KeyReused):
            consent_to(voices, user, voice, consent, **other)
    for other in ({"name": "Another"}, {"sample_path": f"{user}/assets/another.wav"}):
        with pytest.raises(KeyReused):
            voices.create(voice, **sample(user, **other))
