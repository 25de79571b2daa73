"""Why a picture could not be had.

PictureError
├── PictureRefused      the provider's rules forbid the prompt, also after it was softened
├── PainterUnavailable  the provider is down, slow or answers nonsense; another try later may work
└── PainterMisused      key, account or model are wrong: the creator has to act
"""

from __future__ import annotations

from pipeline.errors import PictureError


class PictureRefused(PictureError):
    code = "picture_refused"


class PainterUnavailable(PictureError):
    code = "painter_unavailable"


class PainterMisused(PictureError):
    code = "painter_misused"
