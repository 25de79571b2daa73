"""The offline voice: libespeak-ng from pip, spoken in child processes and polished."""

from voices.espeak.engine import EspeakEngine

__all__ = ["EspeakEngine"]
