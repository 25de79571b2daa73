"""Every failure of a preset.

PresetsError
├── UnknownPreset       no niche, look, pack, music or sound effect of that name
└── PresetInvalid       a preset's data breaks its rules
"""

from __future__ import annotations

from typing import ClassVar


class PresetsError(Exception):
    """A sentence that a creator or a preset's author can act on, and a stable code."""

    code: ClassVar[str] = "presets_error"


class UnknownPreset(PresetsError):
    code = "preset_unknown"


class PresetInvalid(PresetsError):
    code = "preset_invalid"
