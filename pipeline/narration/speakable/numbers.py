"""Numbers as English says them."""

from __future__ import annotations

import re

ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES = ("", "thousand", "million", "billion", "trillion", "quadrillion")
IRREGULAR_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
DENOMINATORS = {2: "half", 4: "quarter"}
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
ROMAN_NUMERAL = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")


def cardinal(number: int) -> str:
    """1984 -> one thousand nine hundred and eighty-four"""
    if number < 0:
        return f"minus {cardinal(-number)}"
    if number >= 1000 ** len(SCALES):
        return digits(str(number))
    groups = []
    for index, scale in enumerate(SCALES):
        part = number // 1000**index % 1000
        if part:
            groups.append(f"{_below_thousand(part)} {scale}".strip())
    if not groups:
        return "zero"
    groups.reverse()
    if len(groups) > 1 and 0 < number % 1000 < 100:
        groups[-1] = f"and {groups[-1]}"
    return " ".join(groups)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{ONES[hundreds]} hundred"] if hundreds else []
    if rest:
        words.append(_below_hundred(rest))
    return " and ".join(words)


def _below_hundred(number: int) -> str:
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    return f"{TENS[tens]}-{ONES[ones]}" if ones else TENS[tens]


def ordinal(number: int) -> str:
    """21 -> twenty-first"""
    words = cardinal(number)
    head, mark, last = words.rpartition("-") if "-" in words.rsplit(" ", 1)[-1] else words.rpartition(" ")
    if last in IRREGULAR_ORDINALS:
        return head + mark + IRREGULAR_ORDINALS[last]
    return head + mark + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def digits(text: str) -> str:
    """007 -> zero zero seven; anything that is no digit is left out"""
    return " ".join(ONES[int(character)] for character in text if character in "0123456789")


def spoken(text: str) -> str:
    """A number as written, with thousands separators, decimals and a sign: -1,234.50 -> minus one thousand ..."""
    text = text.replace(",", "").replace("\u00a0", "").replace("\u202f", "").replace("\u2212", "-")
    sign = "minus " if text.startswith("-") else "plus " if text.startswith("+") else ""
    whole, point, decimals = text.lstrip("+-").partition(".")
    words = digits(whole) if whole.startswith("0") and len(whole) > 1 else cardinal(int(whole or 0))
    return sign + words + (f" point {digits(decimals)}" if point and decimals else "")


def year(number: int) -> str:
    """1905 -> nineteen oh five, 2005 -> two thousand and five, 79 -> seventy-nine"""
    if number < 1000 or number >= 10000 or 2000 <= number < 2010 or number % 1000 == 0:
        return cardinal(number)
    century, rest = divmod(number, 100)
    if rest == 0:
        return f"{_below_hundred(century)} hundred"
    return f"{_below_hundred(century)} {'oh ' if rest < 10 else ''}{_below_hundred(rest)}"


def decade(number: int, *, short: bool = False) -> str:
    """1990 -> nineteen nineties, 90 -> nineties; 1900 -> nineteen hundreds"""
    words = _below_hundred(number % 100) if short else year(number)
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def fraction(numerator: int, denominator: int) -> str:
    """3, 4 -> three quarters"""
    if denominator in DENOMINATORS:
        name = DENOMINATORS[denominator]
        plural = "halves" if name == "half" else f"{name}s"
    else:
        name = ordinal(denominator)
        plural = f"{name}s"
    return f"{cardinal(numerator)} {name if numerator == 1 else plural}"


def roman(numeral: str) -> int | None:
    """XIV -> 14; None when it is not one"""
    if not numeral or not ROMAN_NUMERAL.fullmatch(numeral):
        return None
    values = [ROMAN[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
