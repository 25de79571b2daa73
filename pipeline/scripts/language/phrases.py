"""Short noun phrases and figures, found by their place in the sentence: after an article, after a preposition,
between capitals, behind a number. A doubtful phrase is left out rather than shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.scripts.language.lexicon import english
from pipeline.scripts.language.words import content, stem, tokens

_PIECE = re.compile(r"(?:St|Mt|Dr)\.(?=\s[A-Z])|[^\W_]+(?:[.,](?=\d)[^\W_]+|['’\-][^\W_]+)*|[^\w\s]")
_LONGEST = 4


@dataclass(frozen=True)
class Phrase:
    """As it stands inside a sentence, with its article where it has one."""

    text: str
    certain: bool

    @property
    def bare(self) -> str:
        first, _, rest = self.text.partition(" ")
        return rest if first.lower() in english().articles and rest else self.text


def noun_phrases(text: str, names: frozenset[str] = frozenset()) -> list[Phrase]:
    """Phrases of one sentence in reading order. `names` are the words that are written with a capital everywhere."""
    pieces = _PIECE.findall(text)
    found: list[Phrase] = []
    index = 0
    while index < len(pieces):
        phrase, index = _phrase_at(pieces, index, names)
        if phrase:
            found.append(phrase)
    return found


def _phrase_at(pieces: list[str], index: int, names: frozenset[str]) -> tuple[Phrase | None, int]:
    low = pieces[index].lower()
    if index == 0 and (end := _opening_run(pieces)):
        first = pieces[0].lower() if low in english().openers else pieces[0]
        return Phrase(_join([first, *pieces[1:end]]), True), end
    if _is_name(pieces, index, names):
        end = _name_run(pieces, index, names)
        return Phrase(_join(pieces[index:end]), True), end
    if low in english().articles | english().pointers | english().prepositions:
        return _marked_phrase(pieces, index, names)
    if low in english().joiners or low in english().verbs:
        end = _run(pieces, index + 1)
        if end - index > 2 and not _is_subject(pieces, index + 1, end):
            phrase = _checked(pieces[index + 1 : end], "", names, mass=False)
            return (Phrase(phrase.text, False) if phrase else None), end
    return None, index + 1


def _marked_phrase(pieces: list[str], index: int, names: frozenset[str]) -> tuple[Phrase | None, int]:
    """Behind an article, a pointer or a preposition; with what follows an "of"."""
    low = pieces[index].lower()
    article = low + " " if low in english().articles else ""
    if index + 1 < len(pieces) and _is_name(pieces, index + 1, names):
        end = _name_run(pieces, index + 1, names)
        if (tail := _run(pieces, end)) > end and tail - index <= _LONGEST and not _is_verb(pieces[end].lower()):
            end = tail
        return Phrase(article + _join(pieces[index + 1 : end]), True), end
    end = _run(pieces, index + 1)
    if end == index + 1 or (low not in english().prepositions and _is_subject(pieces, index, end)):
        return None, max(end, index + 1)
    phrase = _checked(pieces[index + 1 : end], article, names, mass=low in english().prepositions)
    if phrase and end < len(pieces) - 1 and pieces[end] == "of":
        return _with_tail(phrase, pieces, end, names)
    return phrase, end


def _with_tail(phrase: Phrase, pieces: list[str], of: int, names: frozenset[str]) -> tuple[Phrase, int]:
    tail, end = _phrase_at(pieces, of, names)
    if pieces[of + 1].lower() in english().articles:
        tail, end = _phrase_at(pieces, of + 1, names)
    if tail and len(phrase.text.split()) + len(tail.text.split()) <= _LONGEST + 1:
        return Phrase(f"{phrase.text} of {tail.text}", phrase.certain), end
    return phrase, of


def _is_subject(pieces: list[str], start: int, end: int) -> bool:
    """At the start of a clause with no verb behind it the run may have swallowed the verb: too doubtful to show."""
    opens = start == 0 or pieces[start - 1].lower() in english().clause_starts or not pieces[start - 1][0].isalnum()
    follows = pieces[end].lower() if end < len(pieces) else "."
    verb_follows = _is_verb(follows) or follows in {"of", "that", "who", "which"}
    return opens and end - start > 2 and not verb_follows


def _opening_run(pieces: list[str]) -> int:
    """ "Giant squid have ...": two or three words that open a sentence, with a verb behind them."""
    end = _run(pieces, 0)
    if not 2 <= end <= 3 or end >= len(pieces) or not _is_plain_verb(pieces[end].lower()):
        return 0
    return end if _checked(pieces[:end], "", frozenset(), mass=True) else 0


def _is_plain_verb(low: str) -> bool:
    return _is_verb(low) or low in english().finite


def _run(pieces: list[str], start: int) -> int:
    """Where the content words that follow end. It ends before a verb, an adverb, a stop word or a sign."""
    words = english()
    end = start
    while end < len(pieces) and end - start <= _LONGEST:
        low = pieces[end].lower()
        if not low[0].isalpha() or low in words.stop_words or low in words.adverbs:
            break
        if (end > start and _is_verb(low) and not _verb_behind(pieces, end)) or (low.endswith("ly") and len(low) > 4):
            break
        end += 1
    return end


def _verb_behind(pieces: list[str], at: int) -> bool:
    """ "a head start did ...": with a verb behind it, the word is a noun."""
    behind = pieces[at + 1].lower() if at + 1 < len(pieces) else "."
    return _is_verb(behind) or behind in english().finite


def _is_verb(low: str) -> bool:
    return low in english().verbs or _is_past(low)


def _is_past(low: str) -> bool:
    return low.endswith("ed") and len(low) > 4 and not low.endswith(("eed", "bed", "shed"))


def _checked(run: list[str], article: str, names: frozenset[str], mass: bool) -> Phrase | None:
    words = english()
    last = run[-1].lower()
    if len(run) > _LONGEST or last in words.weak_nouns or last in words.weak_adjectives or last in words.surprising:
        return None
    if _looks_like_adjective(last) and run[-1] not in names:
        return None
    if len(run) == 1 and (last in words.verbs or last.endswith("ing") or len(last) < 4):
        return None
    if run[0].lower() in words.weak_adjectives | words.superlatives and len(run) < 3 and article != "the ":
        run = run[1:]
    if not run:
        return None
    plural = run[-1].endswith("s") and not run[-1].endswith(("ss", "us", "is"))
    return Phrase(article + _join(run), bool(article) or (len(run) > 1 and (plural or mass)))


def _looks_like_adjective(low: str) -> bool:
    return low.endswith(("ous", "ful", "ible", "able", "ish", "less", "ical", "ive")) and len(low) > 5


def _is_name(pieces: list[str], index: int, names: frozenset[str]) -> bool:
    return pieces[index] in names or (pieces[index].endswith(".") and len(pieces[index]) == 3)


def _name_run(pieces: list[str], start: int, names: frozenset[str]) -> int:
    end = start + 1
    while end < len(pieces):
        joined = next((size for size in (1, 2, 3) if _goes_on(pieces, end, size, names)), 0)
        if not joined:
            break
        end += joined
    return end


def _goes_on(pieces: list[str], end: int, size: int, names: frozenset[str]) -> bool:
    """A name goes on with a name, with "of" and a name, with "of the" or "Without a" and a name."""
    if end + size > len(pieces) or not (_is_name(pieces, end + size - 1, names) or pieces[end + size - 1][0].isupper()):
        return False
    between = pieces[end : end + size - 1]
    return not between or (between[0] in {"of", "de", "von", "van"} and between[1:] in ([], ["the"]))


def _join(pieces: Iterable[str]) -> str:
    return " ".join(pieces)


def names(texts: Iterable[str]) -> frozenset[str]:
    """Words that are capitalised inside sentences and never stand there in small letters."""
    capital: Counter[str] = Counter()
    small: set[str] = set()
    for text in texts:
        for place, word in enumerate(tokens(text)):
            if word[0].isupper() and place > 0 and word not in english().not_names:
                capital[word] += 1
            elif word[0].islower():
                small.add(word)
    return frozenset(word for word in capital if word.lower() not in small and word.lower() not in english().stop_words)


def ranked(texts: list[str], known_names: frozenset[str], weights: list[float] | None = None) -> list[Phrase]:
    """The phrases that say most about the texts: those whose words come back, of two or three words, in any order."""
    weights = weights or [1.0] * len(texts)
    frequency: Counter[str] = Counter()
    for text in texts:
        frequency.update(content(text))
    best: dict[frozenset[str], tuple[float, Phrase]] = {}
    for text, weight in zip(texts, weights, strict=True):
        for phrase in noun_phrases(text, known_names):
            key = content(phrase.text)
            score = weight * _phrase_score(phrase, frequency, known_names)
            if key and score > best.get(key, (0.0, phrase))[0]:
                best[key] = (score, phrase)
    return [phrase for _, phrase in sorted(best.values(), key=lambda pair: (-pair[0], pair[1].text))]


def _phrase_score(phrase: Phrase, frequency: Counter[str], known_names: frozenset[str]) -> float:
    words = phrase.bare.split()
    strength = sum(frequency[stem(word)] ** 0.5 for word in words) / len(words) ** 0.5
    name = 1.35 if any(word in known_names for word in words) else 1.0
    full = 1.15 if phrase.text != phrase.bare or name > 1 else 1.0
    return strength * name * full * (1.0 if phrase.certain else 0.6) * (0.7 if len(words) == 1 else 1.0)
