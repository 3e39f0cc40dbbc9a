"""Read counts as platforms show them ("12.3K", "4,69 M", "2 805", "1.2万"), precision kept."""

import re
from dataclasses import dataclass

_DIGITS = r"\d[\d.,'’\u00a0\u2009\u202f\u066b\u066c ]*\d|\d"
_UNITS = {
    1_000: (
        "k", "thousand", "thousands", "tsd", "тыс", "тис", "tys", "mil", "χιλ", "rb", "ribu",
        "tk", "ألف", "हज़ार", "พัน", "천", "nghìn", "n", "bin", "b.", "tis", "e",
    ),
    10_000: ("万", "萬", "만", "หมื่น"),
    100_000: ("lakh", "लाख", "แสน"),
    1_000_000: (
        "m", "mn", "mio", "million", "millions", "millionen", "млн", "mln", "mi", "mill", "milj",
        "milioni", "millones", "milhões", "jt", "juta", "εκ", "mil.", "مليون", "ล้าน", "tr", "triệu",
        "εκατ",
    ),
    10_000_000: ("crore", "करोड़"),
    100_000_000: ("亿", "億", "억"),
    1_000_000_000: (
        "b", "bn", "billion", "billions", "mrd", "md", "mld", "mlrd", "млрд", "milliarden",
        "miljard",
    ),
}  # fmt: skip
_SIZE = {word: size for size, words in _UNITS.items() for word in words}
_NATIVE = {
    ord(digit): str(value)
    for zero in ("\u0660", "\u06f0", "\u0966", "\u09e6", "\u0e50", "\uff10")
    for value, digit in ((n, chr(ord(zero) + n)) for n in range(10))
}
_COUNT = re.compile(rf"(?P<digits>{_DIGITS})(?P<gap>\s?)(?P<unit>[^\W\d_]+\.?)?(?P<more>\+)?")
_AMBIGUOUS = {"mil": 1_000, "b": 1_000_000_000, "m": 1_000_000, "e": 1_000}
_WORDS = frozenset({"mil", "e", "n", "b", "tr", "mi", "tk", "md", "bin", "m"})
"""Units that are also words or letters: they count only where they stand as a unit does."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A count as shown: its value, and whether the platform rounded it."""

    value: int
    exact: bool


def parse_count(text: str) -> Counted | None:
    """Read the first count of a text; None where there is none.

    A count with a unit ("12.3K") or a plus sign ("1,000+") is rounded. Separators of any locale
    are told apart by what follows them: three digits and no unit make a group of thousands.
    """
    plain = text.translate(_NATIVE)
    found = _COUNT.search(plain)
    if found is None:
        return None
    size = _size(found, plain)
    number = _number(found["digits"].strip(), grouped=size == 1)
    if number is None:
        return None
    return Counted(round(number * size), exact=size == 1 and not found["more"])


def _size(found: re.Match[str], text: str) -> int:
    """What the unit behind the digits multiplies by; 1 for a noun such as `followers`."""
    unit = (found["unit"] or "").casefold()
    if not unit:
        return 1
    size = _SIZE.get(unit) or _SIZE.get(unit.rstrip("."))
    if size is None:
        return _inside(unit)
    if unit in _WORDS and found["gap"] and found["unit"].islower() and unit not in ("mil", "mi"):
        return 1
    if unit == "mil" and text[found.end() :].lstrip().casefold().startswith(("mill", "mio")):
        return 1_000_000_000
    return size


def _inside(unit: str) -> int:
    """A unit that runs on without a space, as in `1.2万位订阅者`."""
    for sign, size in (("万", 10**4), ("萬", 10**4), ("만", 10**4), ("亿", 10**8), ("億", 10**8),
                       ("억", 10**8), ("천", 10**3)):  # fmt: skip
        if unit.startswith(sign):
            return size
    return 1


def _number(digits: str, *, grouped: bool) -> float | None:
    """The number that digits with separators of any locale stand for."""
    compact = re.sub(r"[\s'’\u00a0\u2009\u202f\u066c]", "", digits).replace("\u066b", ".")
    if len(compact) > 30:
        return None
    marks = [sign for sign in compact if sign in ".,"]
    if not marks:
        return float(compact)
    last = compact.rfind(marks[-1])
    behind = len(compact) - last - 1
    if len(set(marks)) == 2:
        whole, part = compact[:last], compact[last + 1 :]
        return float(f"{re.sub('[.,]', '', whole)}.{part}")
    if len(marks) > 1 or (grouped and behind == 3):
        return float(re.sub("[.,]", "", compact))
    return float(compact.replace(",", "."))
