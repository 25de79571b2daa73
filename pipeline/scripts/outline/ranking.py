"""Which sentences matter (TextRank over shared words) and which surprise (figures, superlatives, contrasts)."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from pipeline.scripts.language.figures import figures
from pipeline.scripts.language.lexicon import english
from pipeline.scripts.language.words import tokens
from pipeline.scripts.outline.material import Sentence

_MOST = 700
_DAMPING = 0.85
_COMFORTABLE = 26


def centrality(sentences: tuple[Sentence, ...]) -> NDArray[np.float64]:
    """TextRank of every sentence, scaled so that the highest is 1. Of very many, only the most typical are ranked."""
    if not sentences:
        return np.zeros(0)
    weight = _weights(sentences)
    typical = np.array([_typical(sentence, weight) for sentence in sentences])
    chosen = np.sort(np.argsort(-typical, kind="stable")[:_MOST])
    ranks = np.zeros(len(sentences))
    ranks[chosen] = _textrank(_vectors([sentences[index] for index in chosen], weight))
    return ranks / ranks.max() if ranks.max() > 0 else np.ones(len(sentences))


def _weights(sentences: tuple[Sentence, ...]) -> dict[str, float]:
    """Inverse document frequency; a word that stands in one sentence only joins nothing."""
    counts = Counter(stem for sentence in sentences for stem in sentence.stems)
    total = len(sentences)
    return {stem: math.log(1 + total / count) for stem, count in counts.items()}


def _typical(sentence: Sentence, weight: dict[str, float]) -> float:
    shared = [1 / weight[stem] for stem in sentence.stems]
    return sum(shared) / (len(shared) + 3) if shared else 0.0


def _vectors(sentences: list[Sentence], weight: dict[str, float]) -> NDArray[np.float32]:
    stems = sorted({stem for sentence in sentences for stem in sentence.stems})
    column = {stem: index for index, stem in enumerate(stems)}
    matrix = np.zeros((len(sentences), max(1, len(stems))), np.float32)
    for row, sentence in enumerate(sentences):
        for stem in sentence.stems:
            matrix[row, column[stem]] = weight[stem]
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return (matrix / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def _textrank(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    likeness = (vectors @ vectors.T).astype(np.float64)
    np.fill_diagonal(likeness, 0)
    total = likeness.sum(axis=1, keepdims=True)
    moves = np.divide(likeness, total, out=np.full_like(likeness, 1 / len(likeness)), where=total > 0)
    rank = np.full(len(likeness), 1 / len(likeness))
    for _ in range(40):
        rank = (1 - _DAMPING) / len(rank) + _DAMPING * (moves.T @ rank)
    return rank


def surprise(text: str) -> float:
    """0 for a plain sentence, about 1 for one that makes people look up."""
    lexicon = english()
    words = {word.lower() for word in tokens(text)}
    found = figures(text)
    size = max((math.log10(max(figure.value, 1)) / 9 + 0.25 for figure in found if figure.telling), default=0.0)
    score = min(0.55, size)
    score += 0.22 * min(2, len(words & lexicon.superlatives))
    score += 0.16 * min(3, len(words & lexicon.surprising))
    score += 0.08 * any(figure.year for figure in found)
    return min(1.0, score) * _ease(text)


def _ease(text: str) -> float:
    """Long sentences and asides are hard to follow by ear."""
    long = max(0, len(text.split()) - _COMFORTABLE)
    asides = text.count("(") + text.count(";") + max(0, text.count(",") - 3)
    return max(0.3, 1 - 0.025 * long - 0.08 * asides)


def scores(sentences: tuple[Sentence, ...]) -> dict[int, float]:
    """By sentence index: how much a film gains by it."""
    ranks = centrality(sentences)
    opening = {sentence.paragraph: sentence.index for sentence in reversed(sentences)}
    return {
        sentence.index: (
            0.25 + float(rank) + 0.55 * surprise(sentence.text) + 0.4 * (opening[sentence.paragraph] == sentence.index)
        )
        * _ease(sentence.text)
        for sentence, rank in zip(sentences, ranks, strict=True)
    }
