"""Every failure that a caller of the pipeline can meet.

PipelineError
├── BriefError              what was asked cannot be made
├── SourceError             notes, documents or links that cannot be read
├── ScriptError             no script, or one that breaks the rules
├── VoiceError              no narration
├── PictureError            no picture
├── TimelineError           timeline.json is not valid
├── AssetError              a file that the timeline names cannot be used
├── RenderError             frames, sound or container could not be made
├── CheckError              the finished film breaks a hard line
├── BuildError              the workspace is unusable (full disk, no permission)
└── Cancelled               the caller asked to stop
"""

from __future__ import annotations

from typing import ClassVar


class PipelineError(Exception):
    """A sentence that a creator can act on, a stable code, and the place that it speaks of."""

    code: ClassVar[str] = "pipeline_error"

    def __init__(self, message: str, *, where: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class BriefError(PipelineError):
    code = "brief_invalid"


class SourceError(PipelineError):
    code = "source_unreadable"


class ScriptError(PipelineError):
    code = "script_failed"


class VoiceError(PipelineError):
    code = "voice_failed"


class PictureError(PipelineError):
    code = "picture_failed"


class TimelineError(PipelineError):
    code = "timeline_invalid"


class AssetError(PipelineError):
    code = "asset_unusable"


class RenderError(PipelineError):
    code = "render_failed"


class CheckError(PipelineError):
    code = "check_failed"


class BuildError(PipelineError):
    code = "workspace_unusable"


class Cancelled(PipelineError):
    code = "cancelled"
