"""Recorded-voice speech by libflite, where the system has it."""

from voices.flite.engine import FliteEngine

__all__ = ["FliteEngine"]
