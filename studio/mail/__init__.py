"""Mail: what was sent to whom, and that no letter goes out twice."""

from studio.mail.log import Letter, LetterState, MailLog

__all__ = ["Letter", "LetterState", "MailLog"]
