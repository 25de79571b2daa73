"""The default voice as soon as its weights are here: Kokoro-82M through onnxruntime, without torch."""

from voices.kokoro.engine import KokoroEngine
from voices.kokoro.weights import WeightFile, Weights, published_files

__all__ = ["KokoroEngine", "WeightFile", "Weights", "published_files"]
