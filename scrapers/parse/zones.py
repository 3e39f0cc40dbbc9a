"""Read time zones as mail, feeds and programs write them: by offset, by name, or both."""

import re
from datetime import timedelta

_MINUTES = {
    0: "z ut utc gmt wet",
    60: "cet bst west wat met mez wezt",
    120: "cest eet cat sast mest mesz",
    180: "eest msk eat trt idt",
    210: "irst",
    240: "gst azt get samt",
    300: "pkt uzt yekt mvt",
    330: "ist",
    345: "npt",
    360: "omst almt",
    390: "mmt",
    420: "ict wib novt krat",
    480: "hkt sgt pht awst wita myt irkt",
    540: "jst kst wit yakt",
    570: "acst",
    600: "aest chst vlat",
    630: "acdt",
    660: "aedt magt",
    720: "nzst pett fjt",
    780: "nzdt",
    -150: "ndt",
    -210: "nst",
    -180: "adt brt art uyt clst",
    -240: "edt ast clt vet",
    -300: "est cdt pet cot",
    -360: "cst mdt",
    -420: "mst pdt",
    -480: "pst akdt",
    -540: "akst",
    -600: "hst",
}
"""Minutes ahead of UTC of the names that are in use.

Three letters may stand for several zones (BST, IST, CST, AST): here for the one that most writers
of dates mean, as RFC 822 has it for America.
"""

_OF_NAME = {name: minutes for minutes, names in _MINUTES.items() for name in names.split()}
_FURTHEST = timedelta(hours=14)
"""No zone is further from UTC; what says so is no offset."""

# In capitals, as "art" and "pet" are words; only those of UTC are written in small letters, too.
_NAME = rf"(?-i:{'|'.join(sorted(_OF_NAME, key=len, reverse=True)).upper()})|utc|gmt|z"
_WORDS = r"(?:\s?[(\[][^()\[\]]{1,60}[)\]])?"
ZONE = (
    # "+05:30", "+0530", "+5:30", "GMT+2"; two digits alone where nothing else follows them.
    r"(?:(?:utc|gmt|z)?\s?(?P<sign>[+\u2212-])(?P<ahead>\d{1,2}:?\d{2}|\d{1,2})(?![\d:./-])"
    # A name may follow the offset, alone or with words for it in brackets; Go writes the offset of
    # a zone without a name twice.
    rf"(?:\s(?:(?:{_NAME})(?![^\W_])|[+-]\d{{2,4}}(?!\d)))?{_WORDS}|(?P<zone>{_NAME})(?![^\W_]){_WORDS}"
    # Some write the name alone in brackets, or as the lists of zones have it: "(UTC)", "Etc/GMT".
    rf"|[(\[](?P<held>{_NAME})[)\]]|(?P<etc>etc/(?:utc|gmt))(?![^\W_+-]))"
)
"""A time zone behind an hour; for use within a larger pattern that ignores capitals."""


def ahead_of_utc(match: re.Match[str]) -> timedelta | None:
    """Return how far the zone of a match of `ZONE` is ahead of UTC; None where none is so far.

    Where a pattern with `ZONE` matched without it, the time counts as UTC.
    """
    if match["etc"] is not None:
        return timedelta()
    if (name := match["zone"] or match["held"]) is not None:
        return timedelta(minutes=_OF_NAME[name.casefold()])
    if match["sign"] is None:
        return timedelta()
    digits = match["ahead"].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    size = timedelta(hours=int(hours), minutes=int(minutes))
    if size > _FURTHEST or int(minutes) > 59:
        return None
    return size if match["sign"] == "+" else -size
