"""What can be heard and read before a film is made: each voice's line, and notes to try the studio with."""

from studio.samples.notes import Sample, find_sample, samples
from studio.samples.spoken import SpokenSamples

__all__ = ["Sample", "SpokenSamples", "find_sample", "samples"]
