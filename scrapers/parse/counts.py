"""Read counts as platforms show them ("12.3K", "4,69 M", "2 805", "1.2万"), precision kept."""

import re
from dataclasses import dataclass

from scrapers.parse.text import ascii_signs

_WORDS = {
    1_000: "k t tn þ þús thousand thousands tsd tausend mille mila тыс тысяча тысячи тысяч "
    "тис тисяча тисячі тисяч tis tisíc tisíce tys tysiąc tysiące tysięcy tūkst tūkstančių "
    "tūkstoši tuh tuhat tuhatta tusen tusind duizend ezer mil mii rb ribu bin nghìn ngàn χιλ "
    "χιλιάδες хил хиляди хиљ хиљада илј илјади mijë ming мың миң мянга elfu libo þúsund ألف "
    "الف آلاف אלף אלפים هزار ہزار हज़ार हजार হাজার ஆயிரம் వేలు వేల ಸಾವಿರ ആയിരം હજાર ਹਜ਼ਾਰ",
    100_000: "lakh lakhs lac لاکھ लाख লাখ லட்சம் లక్షల లక్షలు ಲಕ್ಷ ലക്ഷം લાખ ਲੱਖ",
    1_000_000: "mio mn million millions millionen millón millones milhão milhões milioni "
    "milione mi mln milj mill mil. milyon milioane milion miliony milionů miliónov millió "
    "miljoen miljoona miljoonaa miljon miljoner millioner milijon milijonov млн миллион "
    "миллиона миллионов мільйон мільйонів милиона милиони juta jt triệu tr εκ εκατ "
    "εκατομμύρια مليون ملايين میلیون ملین מיליון मिलियन মিলিয়ন",
    10_000_000: "crore crores cr کروڑ करोड़ কোটি கோடி కోట్లు ಕೋಟಿ കോടി કરોડ ਕਰੋੜ",
    1_000_000_000: "bn billion billions milliarden milliard milliards miliardi miliardo miljard "
    "miljarder miliard miliardy miliarde milyar milliárd mrd md mds mld mlrd mia δισ tỷ млрд "
    "миллиард миллиардов мільярд мільярдів مليار میلیارد מיליארד",
    0: "min",
}
"""Units that are words of their own, in small letters; a full stop may follow.

"12 min" is twelve thousand in Azerbaijani and twelve minutes elsewhere.
"""

_RUN_ON = {
    100: "百",
    1_000: "千 천 พัน",
    10_000: "万 萬 만 หมื่น",
    100_000: "แสน",
    1_000_000: "ล้าน",
    100_000_000: "亿 億 억",
}
"""Units of scripts that put no space between words: what follows them does not matter."""

_GLUED = {100_000: "L", 1_000_000: "m M", 1_000_000_000: "b B"}
"""Letters that are units where they touch the number; L is a lakh in India."""

_APART = {1_000: "N E", 1_000_000: "M", 0: "B"}
"""Letters that are units after a space; B is a thousand in Turkish and a billion elsewhere."""

_WORD = re.compile(r"(\s?)([^\s\d.,;:!?()\[\]|·•+/'’\"%٪-]{1,40})(\.?)(\s?)")
"""The word behind a number, with the blanks and the full stop around it."""

_ABBREVIATION = 3
"""Letters of a word behind a number, before another word, that may be a unit not listed here."""

_NO_UNITS = "of de di da do du en ne se le la les von van på i y e et und and me mi new not are"
"""Little words that are no units: "12 en parlent", "12 are talking about this"."""

_ROUGHLY = ("~", "≈", "≥", ">")
"""Signs before a number that is not the exact one: "~1,200", "> 10,000"."""

_SMALL = 1_000
"""Numbers from here on are written out; no unit follows them."""

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af々]")
"""Thai, Lao, Japanese, Chinese and Korean, where one letter behind a number is what it counts."""


def _sizes(units: dict[int, str]) -> dict[str, int]:
    """Return each word of a table of units with what it multiplies by."""
    return {word: size for size, words in units.items() for word in words.split()}


def _alternatives(units: dict[int, str]) -> str:
    """Return a regular expression for the words of a table, longest first."""
    return "|".join(re.escape(word) for word in sorted(_sizes(units), key=len, reverse=True))


_SIZES = {
    name: _sizes(units) for name, units in (("glued", _GLUED), ("run", _RUN_ON), ("apart", _APART))
}
_SIZES["word"] = {word.casefold(): size for word, size in _sizes(_WORDS).items()}
_WORD_END = r"(?![^\W\d_])"
_UNIT = re.compile(
    rf"(?P<glued>{_alternatives(_GLUED)}){_WORD_END}|\s?(?P<run>{_alternatives(_RUN_ON)})"
    # In Italian "mi piace" is a like; in Portuguese "mi" is a million.
    rf"|\s?(?!(?i:mi\spia[cz]))(?P<word>(?i:{_alternatives(_WORDS)}))\.?{_WORD_END}"
    rf"|\s(?P<apart>{_alternatives(_APART)}){_WORD_END}"
)
_NUMBER = re.compile(
    # Not within a date, a time, a range or a version: 05.11.2024, 12:30, 51-200, 1.2.3; nor a
    # share as Turkish writes it: %98.
    r"(?<![\d%٪])(?<!\d[-‑–/:.,])"
    r"(?P<whole>(?!0)\d{1,3}(?P<mark>[.,'’\u066c \u00a0\u2009\u202f])"
    # Indian groups have two digits apart from the last: 12,34,567.
    r"(?:\d{2,3}(?P=mark)){0,5}\d{3}|\d++)"
    r"(?P<part>[.,\u066b]\d++)?(?![-‑–/:.,]?\d|\s?[%٪])"
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

    A count with a unit ("12.3K"), a plus sign ("1,000+") or a sign before it ("~1,200") is
    rounded. Three digits behind one dot or comma are a group of thousands ("1.234" is 1234),
    before a unit a fraction ("1.234M" is 1234000); without a unit a fraction ("4.5 stars") is no
    count. Dates, times, ranges and percentages are passed over. A short word before another ("12
    xyz followers") may be a unit of a language that is not known here: such a number is None.
    """
    text = text if text.isascii() else ascii_signs(text)
    match = _NUMBER.search(text)
    return _counted(text, match) if match is not None else None


def _counted(text: str, match: re.Match[str]) -> Counted | None:
    """Return the count of a number with the units behind it."""
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
    if multiplier == 1 and value < _SMALL and _may_be_unit(text, end):
        return None
    value += _smaller_part(text, end, multiplier)
    if value >= 10**_DIGITS:
        return None
    is_rounded = text.startswith("+", end) or text[: match.start()].rstrip().endswith(_ROUGHLY)
    return Counted(value, exact=multiplier == 1 and not is_rounded)


def _smaller_part(text: str, end: int, multiplier: int) -> int:
    """Return what follows a unit of East Asia at once: 23,450,000 behind the unit of 1億2345万."""
    apart = text.startswith(" ", end)
    match = _NUMBER.match(text, end + apart) if multiplier >= min(_RUN_ON) else None
    part = _counted(text, match) if match is not None else None
    # Behind a blank only what has a unit of its own belongs to the number, as in "1만 2천".
    if part is None or part.value >= multiplier or (apart and part.exact):
        return 0
    return part.value


def _may_be_unit(text: str, end: int) -> bool:
    """Tell whether the word behind a small number may be a unit that is not listed here.

    So may few letters at once behind it ("12x") or alone ("12 x"), a short word before another
    ("12 xyz followers") and an abbreviation ("12 xyzzy. followers"). In scripts without blanks
    one letter is what is counted.
    """
    match = _WORD.match(text, end)
    if match is None or not match[2][0].isalpha() or _UNSPACED.match(match[2]):
        return False
    if match[1] and match[2].casefold() in _NO_UNITS.split():
        return False
    following = text[match.end() : match.end() + 1]
    if following in ("'", "’"):
        return False
    before_word = bool(match[4]) and following.isalpha()
    if before_word and match[3]:
        # Where the next word is a sentence's first, the full stop is that of a sentence.
        return len(match[2]) <= 2 * _ABBREVIATION and not following.isupper()
    if before_word or not match[1]:
        return len(match[2]) <= _ABBREVIATION
    return len(match[2]) < _ABBREVIATION and not following.isdigit()


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
        # A capital may have another small form than the table ("MİL"): such a unit is unknown.
        multiplier *= _SIZES[kind].get(word, 0)
        end = match.end()
    return multiplier, end
