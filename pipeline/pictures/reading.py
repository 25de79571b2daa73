"""What a passage of narration holds for the eye: numbers, dates, lists, contrasts, quotes, steps, ideas.

Everything here is cautious: a card that does not fit the words is worse than an illustration, so what is not
certain is left alone. Text on cards is taken from the narration and is never a sentence that was cut off.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.pictures.models import ShotKind

LONGEST_ITEM, LONGEST_QUOTE, LONGEST_HEADING = 42, 170, 44
_WORDS: dict[str, list[str]] = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
STOP, _NOT_UNITS = frozenset(_WORDS["stop"]), frozenset(_WORDS["not_units"])
_ABBREVIATIONS = "".join(
    rf"(?<!\b{word}\.)" for word in ("Mr", "Mrs", "Ms", "Dr", "St", "vs", "Prof", "No", "approx", "[A-Z]")
)
_SENTENCE_END = re.compile(rf"{_ABBREVIATIONS}(?<=[.!?…])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])")
_CLAUSE_END = re.compile(r"(?<=[,;:–—])\s+")
_WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]+")

_SCALE_WORDS = r"(?:hundred|thousand|million|billion|trillion)"
_NUMBER = re.compile(
    rf"(?P<money>[$€£¥])?(?P<figure>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?:\s*(?P<scale>{_SCALE_WORDS}))?"
    r"(?P<percent>\s*%|\s+per\s?cent)?(?:\s+(?P<unit>[a-z][a-z-]*(?:\s+[a-z][a-z-]+){0,3}))?",
)
_YEAR = re.compile(
    r"\b(?:(?:in|by|around|since|from|until|after|before)\s+)?"
    r"((?:1[0-9]|20)\d{2}|\d{1,4}\s(?:BC|AD|BCE|CE)|AD\s\d{1,4})\b"
    r"(?!\s*(?:%|per ?cent|years|people|meters|metres|km|kilometers|kilometres|degrees|million|billion"
    r"|thousand|dollars))"
)
_QUOTED = re.compile(r"[\"“]([^\"”]{12,170})[\"”]")
_SAYS = r"(?:said|wrote|says|writes|put it|called|told|asked|noted|declared|warned)"
_SPEAKER = re.compile(
    rf"([A-Z][\w.'’-]+(?:\s+(?:de|van|von|the|of|[A-Z][\w.'’-]+)){{0,3}})\s+(?:once\s+)?{_SAYS}"
    rf"|(?:{_SAYS}|according to)\s+([A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){{0,3}})"
)
_CONTRAST = re.compile(
    r"^(?P<one>.{4,80}?)(?:,?\s+(?:whereas|while|but)\s+|;\s*|,\s*and\s+in\s+contrast\s+)(?P<two>.{4,80}?)[.!]?$",
    re.IGNORECASE,
)
_ENUMERATION = re.compile(r"(?P<lead>[^:.!?]{0,90}?)(?P<colon>:\s+)(?P<items>[^:.!?]+(?:,\s+[^,.!?]+)+)[.!?]?$")
_STEP = re.compile(r"^(?:first|second|third|fourth|then|next|after that|finally|last|at last)\b[ ,]", re.IGNORECASE)
_DEFINITION = re.compile(
    r"^(?:An?|The)?\s*(?P<name>[A-Z]?[\w-]+(?:\s[\w-]+){0,2}) (?:is|are) "
    r"(?:made (?:up )?of|a mix of|a mixture of|built on|about) (?P<items>.+?)[.!]?$"
)
_VERB = (
    r"(?:is|are|was|were|has|have|had|can|could|costs?|needs?|takes?|grows?|lives?|eats?|lasts?|gives?|comes?|goes"
    r"|makes?|uses?|kept|keeps?)\b"
)
_SIDE = re.compile(rf"^(?:the |a |an )?(?P<head>[\w'’-]+(?:\s[\w'’-]+){{0,2}}?)\s+(?P<rest>{_VERB}.+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Card:
    """A card that words ask for. A line may have a short head: "1773 | The Boston Tea Party"."""

    kind: ShotKind
    lines: tuple[str, ...]
    heading: str = ""


def sentences(text: str) -> list[str]:
    """Whole sentences, in order, each with its stop."""
    flat = " ".join(text.split())
    return [part for part in _SENTENCE_END.split(flat) if part]


def clauses(sentence: str) -> list[str]:
    """A sentence in its clauses; very short ones stay with their neighbour."""
    parts: list[str] = []
    for part in _CLAUSE_END.split(sentence):
        if parts and (len(part) < 25 or len(parts[-1]) < 25):
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return parts


def keywords(text: str, count: int = 6) -> tuple[str, ...]:
    """The words that carry the passage: longer, rarer and repeated ones first, in the order of the text."""
    words = [word.lower().removesuffix("'s").removesuffix("’s") for word in _WORD.findall(text)]
    content = [word for word in words if word not in STOP and len(word) > 2]
    score = {word: content.count(word) * 2 + min(len(word), 10) / 4 for word in content}
    best = set(sorted(score, key=lambda word: (-score[word], content.index(word)))[:count])
    return tuple(word for word in dict.fromkeys(content) if word in best)


def gist(text: str) -> str:
    """What a passage shows, for a painter: its first whole sentence."""
    return sentences(text)[0] if text.strip() else ""


def card(text: str, heading: str = "") -> Card | None:
    """The card that these words ask for, if any; the surest kind first."""
    for read in (quote_card, timeline_card, process_card, list_card, comparison_card, idea_card, number_card):
        found = read(text)
        if found is not None:
            title = found.heading or heading
            return Card(found.kind, found.lines, title if len(title) <= LONGEST_HEADING else "")
    return None


def quote_card(text: str) -> Card | None:
    match = _QUOTED.search(text)
    if not match or len(match[1]) > LONGEST_QUOTE or len(match[1].split()) < 4:
        return None
    around = text[: match.start()] + text[match.end() :]
    speaker = _SPEAKER.search(around)
    name = next((group for group in speaker.groups() if group), "") if speaker else ""
    return Card("quote", (match[1].strip(" ,"), name) if name else (match[1].strip(" ,"),))


def timeline_card(text: str) -> Card | None:
    """Two or more dates, each in a clause of its own that is short enough to stand alone."""
    events = []
    for sentence in sentences(text):
        dates = [match for match in _YEAR.finditer(sentence) if _is_date(match)]
        if len(dates) == 1 and (event := _event(sentence, dates[0])):
            events.append(f"{dates[0][1]} | {event}")
    return Card("timeline", tuple(events[:5])) if len(events) >= 2 else None


def _is_date(match: re.Match[str]) -> bool:
    return not match[1].isdigit() or match[0] != match[1] or 1400 <= int(match[1]) <= 2100


def _event(sentence: str, date: re.Match[str]) -> str:
    before, after = sentence[: date.start()].strip(" ,"), sentence[date.end() :].strip(" ,.!")
    for side in (after, before):
        clause = re.split(r"[,;:–—]|\s(?:and|which|who|where|when|but|because|so)\s", side)[0].strip(" .!")
        if 8 <= len(clause) <= LONGEST_ITEM + 14 and len(clause.split()) >= 2 and not _dangles(clause):
            return clause[:1].upper() + clause[1:]
    return ""


def _dangles(clause: str) -> bool:
    """Ends in a word that asks for more."""
    return clause.rsplit(None, 1)[-1].lower() in STOP - {
        "one",
        "two",
        "again",
        "here",
        "there",
        "all",
        "both",
        "down",
        "up",
        "out",
        "off",
    }


def process_card(text: str) -> Card | None:
    steps = [sentence.rstrip(".!") for sentence in sentences(text)]
    marked = [step for step in steps if _STEP.match(step)]
    if len(marked) < 2 or len(steps) > 5:
        return None
    whole = steps if len(steps) <= 5 and all(len(step) <= 70 for step in steps) else marked
    cleaned = [_STEP.sub("", step).strip(" ,") for step in whole]
    if not 2 <= len(cleaned) <= 5 or any(len(step) > 64 or len(step.split()) < 2 for step in cleaned):
        return None
    return Card("process", tuple(step[:1].upper() + step[1:] for step in cleaned))


def list_card(text: str) -> Card | None:
    """Three to six items after a colon, or one enumeration that fills a sentence."""
    for sentence in sentences(text):
        match = _ENUMERATION.search(sentence)
        items = _items(match["items"]) if match else []
        if match and 3 <= len(items) <= 6 and all(_fits(item) for item in items):
            lead = match["lead"].strip(" ,")
            heading = lead if 6 <= len(lead) <= LONGEST_HEADING and len(lead.split()) > 1 else ""
            return Card("list", tuple(items), heading[:1].upper() + heading[1:])
    return None


def _items(text: str) -> list[str]:
    parts = re.split(r",\s*(?:and\s+|or\s+)?|\s+and\s+(?=[^,]*$)", text.strip(" .!?"))
    return [part.strip()[:1].upper() + part.strip()[1:] for part in parts if part.strip()]


def _fits(item: str) -> bool:
    return 2 <= len(item) <= LONGEST_ITEM and len(item.split()) <= 7 and not _dangles(item)


def comparison_card(text: str) -> Card | None:
    """Two short halves of one sentence set against each other."""
    for sentence in sentences(text):
        match = _CONTRAST.match(sentence)
        if not match or (not re.search(r"\b(whereas|while)\b", sentence) and not _parallel(match["one"], match["two"])):
            continue
        sides = [_side(match[name]) for name in ("one", "two")]
        if all(sides):
            return Card("comparison", (sides[0], sides[1]))
    return None


def _parallel(one: str, two: str) -> bool:
    """ "Saving is safe but investing grows": both halves have a subject and the same shape."""
    first, second = (re.search(rf"\b{_VERB}", half) for half in (one, two))
    return bool(
        first
        and second
        and first.start() > 2
        and second.start() > 2
        and len(one.split()) <= 9
        and len(two.split()) <= 9
    )


def _side(text: str) -> str:
    clean = text.strip(" ,.;")
    match = _SIDE.match(clean)
    if (
        not match
        or len(match["head"]) > 26
        or len(match["rest"]) > 60
        or _dangles(match["rest"])
        or match["head"].lower() in STOP
    ):
        return ""
    return f"{match['head'][:1].upper()}{match['head'][1:]} | {match['rest'][:1].upper()}{match['rest'][1:]}"


def idea_card(text: str) -> Card | None:
    """What a thing is made of, around the thing."""
    for sentence in sentences(text):
        match = _DEFINITION.match(sentence)
        items = _items(match["items"]) if match else []
        if match and 3 <= len(items) <= 5 and all(_fits(item) and len(item) <= 30 for item in items):
            name = match["name"].strip()
            return Card("idea_map", tuple(items), name[:1].upper() + name[1:])
    return None


def number_card(text: str) -> Card | None:
    """The most telling figure of the passage with what it counts. Years and small counts are not telling."""
    best: tuple[float, Card] | None = None
    for match in _NUMBER.finditer(text):
        worth = _worth(match, text)
        label = _label(match, text)
        if worth and (label or match["percent"] or match["money"]) and (best is None or worth > best[0]):
            best = (worth, Card("big_number", (_figure(match), label) if label else (_figure(match),)))
    return best[1] if best and best[0] >= 1 else None


def _worth(match: re.Match[str], text: str) -> float:
    value = float(match["figure"].replace(",", ""))
    start = match.start()
    if start and (text[start - 1].isalnum() or text[start - 1] in ".,-–"):
        return 0
    bare_year = (
        match["figure"].isdigit()
        and 1000 <= value <= 2100
        and not (match["scale"] or match["percent"] or match["money"])
    )
    if bare_year and "," not in match["figure"]:
        return 0
    return sum(
        (
            bool(match["percent"]) * 2.0,
            bool(match["money"]) * 1.8,
            bool(match["scale"]) * 2.0,
            min(len(match["figure"]), 8) * 0.3,
        )
    )


def _figure(match: re.Match[str]) -> str:
    scale = f" {match['scale']}" if match["scale"] else ""
    return f"{match['money'] or ''}{match['figure']}{scale}{'%' if match['percent'] else ''}"


def _label(match: re.Match[str], text: str) -> str:
    """What the figure says: the rest of its clause if that is short, else just what is counted."""
    start = match.start("unit") if match["unit"] else match.end()
    clause = re.split(r"[,;:.!?–—]", text[start:])[0].strip()
    whole = clause if 3 < len(clause) <= LONGEST_ITEM and not _dangles(clause) else ""
    return whole if whole and whole[0].islower() else _unit(match)


def _unit(match: re.Match[str]) -> str:
    """The words after the number that name what is counted, up to where the sentence goes on."""
    kept: list[str] = []
    for word in (match["unit"] or "").split():
        if word in _NOT_UNITS and not (word == "of" and match["percent"] and not kept) and not (word == "of" and kept):
            break
        kept.append(word)
    while kept and kept[-1] in STOP:
        kept.pop()
    return " ".join(kept)
