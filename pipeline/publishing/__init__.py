"""What goes beside the film when it is published: titles, description, chapters, tags, advice and thumbnail words."""

from __future__ import annotations

from pipeline.publishing.advice import AlteredContent, Pictures, Voice
from pipeline.publishing.chapters import Chapter
from pipeline.publishing.pack import PublishingPack, publishing_pack

__all__ = ["AlteredContent", "Chapter", "Pictures", "PublishingPack", "Voice", "publishing_pack"]
