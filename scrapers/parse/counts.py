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
    1_000_000_000: "bn billion billions milliarden miljard mrd md mld mlrd млрд миллиард مليار",
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
    return {word: size for size, words in units.items() for word in words.split()}


def _any(units: dict[int, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(_sizes(units), key=len, reverse=True))


_SIZES = {
    name: _sizes(units)
    for name, units in (("glued", _GLUED), ("run", _RUN_ON), ("word", _WORDS), ("apart", _APART))
}
_END = r"(?![^\W\d_])"
_UNIT = re.compile(
    rf"(?P<glued>{_any(_GLUED)}){_END}|\s?(?P<run>{_any(_RUN_ON)})"
    rf"|\s?(?P<word>(?i:{_any(_WORDS)}))\.?{_END}|\s(?P<apart>{_any(_APART)}){_END}"
)
_NUMBER = re.compile(
    r"(?<!\d)(?<!\d[-/:.,])"
    r"(?P<whole>(?!0)\d{1,3}(?P<mark>[.,'’\u066c \u00a0\u2009\u202f])"
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
    or comma are a group of thousands, before a unit a fraction; without a unit a fraction is no
    count. Dates, times, ranges and percentages are passed over.
    """
    found = _NUMBER.search(text)
    if found is None:
        return None
    size, end = _size(text, found.end())
    whole, part = found["whole"], found["part"] or ""
    mark = found["mark"] or " "
    if size > 1 and not part and mark in ".," and whole.count(mark) == 1:
        whole, _, part = whole.partition(mark)
    digits, decimals = re.sub(r"\D", "", whole), re.sub(r"\D", "", part)
    if size == 0 or (decimals and size == 1) or len(digits + decimals) > _DIGITS:
        return None
    value = round(int(digits + decimals) * size / 10 ** len(decimals))
    if value >= 10**_DIGITS:
        return None
    return Counted(value, exact=size == 1 and not text.startswith("+", end))


def _size(text: str, end: int) -> tuple[int, int]:
    """What the units behind a number multiply by ("mil millones": two), and where they end."""
    size = 1
    for _ in range(2):
        found = _UNIT.match(text, end)
        if found is None or (kind := found.lastgroup) is None:
            break
        word = found[kind].casefold() if kind == "word" else found[kind]
        size *= _SIZES[kind].get(word, 1)
        end = found.end()
    return size, end
