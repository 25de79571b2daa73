"""Safety: the gate before whatever is asked, and the books: what happened, what was judged, whose voice may speak."""

from studio.safety.audit import AuditLog, AuditRow
from studio.safety.gate import Action, Gate
from studio.safety.limits import RateLimits
from studio.safety.moderation import ModerationLog, Verdict, VerdictRow
from studio.safety.records import JobRecord, JobRecords
from studio.safety.voices import VoiceConsent, VoiceProfile, VoiceRights

__all__ = [
    "Action",
    "AuditLog",
    "AuditRow",
    "Gate",
    "JobRecord",
    "JobRecords",
    "ModerationLog",
    "RateLimits",
    "Verdict",
    "VerdictRow",
    "VoiceConsent",
    "VoiceProfile",
    "VoiceRights",
]
