"""Read counts as platforms show them ("12.3K", "4,69 M", "2 805", "1.2万"), precision kept."""

import re
from dataclasses import dataclass

_WORDS = {
    1_000: "k thousand thousands tsd tausend mille mila тыс тис tys tis tūkst tuhat mil mii rb "
    "ribu bin nghìn χιλ ألف آلاف אלף हज़ार",
    100_000: "lakh lakhs लाख",
    1_000_000: "mio mn million millions millionen millón millones milhão milhões milioni milione "
    "mi mln milj mill mil. milyon млн juta jt triệu tr εκ εκατ مليون ملايين מיליון मिलियन",
    10_000_000: "crore crores करोड़",
    1_000_000_000: "bn billion billions milliarden milliard milliards miljard mrd md mld mlrd млрд "
    "миллиард مليار",
}
"""Units that are words of their own, in small letters; a full stop may follow."""

_RUN_ON = {
    100: "百",
    1_000: "千 천 พัน",
    10_000: "万 萬 만 หมื่น",
    100_000: "แสน",
    1_000_000: "ล้าน",
    100_000_000: "亿 億 억",
}
"""Units of scripts that put no space between words: what follows them does not matter."""

_GLUED = {1_000_000: "m M", 1_000_000_000: "b B"}
"""Letters that are units where they touch the number."""

_APART = {1_000: "N E", 1_000_000: "M", 0: "B"}
"""Letters that are units after a space; B is a thousand in Turkish and a billion elsewhere."""


def _sizes(units: dict[int, str]) -> dict[str, int]:
    """Return each word of a table of units with what it multiplies by."""
    return {word: size for size, words in units.items() for word in words.split()}


def _alternatives(units: dict[int, str]) -> str:
    """Return a regular expression for the words of a table, longest first."""
    return "|".join(re.escape(word) for word in sorted(_sizes(units), key=len, reverse=True))


_SIZES = {
    name: _sizes(units)
    for name, units in (("glued", _GLUED), ("run", _RUN_ON), ("word", _WORDS), ("apart", _APART))
}
_WORD_END = r"(?![^\W\d_])"
_UNIT = re.compile(
    rf"(?P<glued>{_alternatives(_GLUED)}){_WORD_END}|\s?(?P<run>{_alternatives(_RUN_ON)})"
    rf"|\s?(?P<word>(?i:{_alternatives(_WORDS)}))\.?{_WORD_END}"
    rf"|\s(?P<apart>{_alternatives(_APART)}){_WORD_END}"
)
_NUMBER = re.compile(
    # Not within a date, a time, a range or a version: 05.11.2024, 12:30, 51-200, 1.2.3.
    r"(?<!\d)(?<!\d[-/:.,])"
    r"(?P<whole>(?!0)\d{1,3}(?P<mark>[.,'’\u066c \u00a0\u2009\u202f])"
    # Indian groups have two digits apart from the last: 12,34,567.
    r"(?:\d{2,3}(?P=mark)){0,5}\d{3}|\d++)"
    r"(?P<part>[.,\u066b]\d++)?(?![-/:.,]?\d|\s?[%٪])"
)
_DIGITS = 15
"""No platform counts further; a longer number is a telephone or an id."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A count as shown: its value, and whether it is exact or was rounded by the platform."""

    value: int
    exact: bool


def parse_count(text: str) -> Counted | None:
    """Read the first number of a text as a count; None where there is none or it is no count.

    A count with a unit ("12.3K") or a plus sign ("1,000+") is rounded. Three digits behind one dot
    or comma are a group of thousands ("1.234" is 1234), before a unit a fraction ("1.234M" is
    1234000); without a unit a fraction ("4.5 stars") is no count. Dates, times, ranges and
    percentages are passed over.
    """
    match = _NUMBER.search(text)
    if match is None:
        return None
    multiplier, end = multiplier_at(text, match.end())
    whole, fraction = match["whole"], match["part"] or ""
    mark = match["mark"] or " "
    # Only one mark can be a decimal one: "1.234M" is a fraction, "1.234.567" never.
    # "1.234M" is 1.234 millions, not 1234 of them; "1.234.567" cannot be a fraction.
    if multiplier > 1 and not fraction and mark in ".," and whole.count(mark) == 1:
        whole, _, fraction = whole.partition(mark)
    digits, decimals = re.sub(r"\D", "", whole), re.sub(r"\D", "", fraction)
    # A fraction without a unit ("4.5 stars") rates something and counts nothing.
    if multiplier == 0 or (decimals and multiplier == 1) or len(digits + decimals) > _DIGITS:
        return None
    value = round(int(digits + decimals) * multiplier / 10 ** len(decimals))
    if value >= 10**_DIGITS:
        return None
    return Counted(value, exact=multiplier == 1 and not text.startswith("+", end))


def multiplier_at(text: str, end: int) -> tuple[int, int]:
    """Return what the units from `end` on multiply by, and where they end.

    Two units may follow each other: "mil millones" is a thousand times a million. No unit is 1; a
    unit that has two meanings is 0.
    """
    multiplier = 1
    for _ in range(2):
        match = _UNIT.match(text, end)
        if match is None or (kind := match.lastgroup) is None:
            break
        word = match[kind].casefold() if kind == "word" else match[kind]
        multiplier *= _SIZES[kind].get(word, 1)
        end = match.end()
    return multiplier, end
