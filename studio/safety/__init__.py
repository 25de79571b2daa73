"""Safety's books: what happened, what was judged, how often, and whose voice may speak."""

from studio.safety.audit import AuditLog, AuditRow
from studio.safety.limits import RateLimits
from studio.safety.moderation import ModerationLog, Verdict, VerdictRow
from studio.safety.voices import VoiceConsent, VoiceProfile, VoiceRights

__all__ = [
    "AuditLog",
    "AuditRow",
    "ModerationLog",
    "RateLimits",
    "Verdict",
    "VerdictRow",
    "VoiceConsent",
    "VoiceProfile",
    "VoiceRights",
]
