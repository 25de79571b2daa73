"""A small copy of a voice for a browser to play while the film is still being made."""

from __future__ import annotations

import io
from fractions import Fraction

import av
import numpy as np

from pipeline.narration.sound import Samples

BIT_RATE = 64_000


def listening_copy(samples: Samples, sample_rate: int) -> bytes:
    """The samples as AAC in an M4A file."""
    target = io.BytesIO()
    with av.open(target, "w", format="ipod") as file:
        stream = file.add_stream("aac", rate=sample_rate, options={"aac_coder": "fast"})
        stream.codec_context.bit_rate = BIT_RATE
        stream.codec_context.layout = "mono"
        stream.codec_context.time_base = Fraction(1, sample_rate)
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1).astype(np.float32), format="fltp", layout="mono")
        frame.sample_rate, frame.pts = sample_rate, 0
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return target.getvalue()
