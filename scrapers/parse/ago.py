"""Read days that are counted back from the visit: "yesterday, 14:30", "3 days ago"."""

import re
from datetime import UTC, datetime, timedelta

from scrapers.parse.clock import cut_clock
from scrapers.parse.date_words import DateStyle, ago_of, dateparser_code, folded, names_of
from scrapers.parse.days import PARTICLES, Day, Reading
from scrapers.parse.remembered import remembered

_AGO = 30
"""Characters; "3 days ago" is no longer in any language."""

_BY = re.compile(r"[\s,·|-]{1,5}(?:by|von|par|por|di|da|av|af|door|przez|от|від)\s")
"""What stands before the name of who wrote: "3 days ago by Jo"."""

_ONE = frozenset(
    ("a", "an", "one", "einem", "einer", "un", "une", "una", "uno", "um", "uma", "en", "ett", "et")
)
"""How languages say one, where they do not write it as a digit."""


def counted_back(text: str, now: datetime, style: DateStyle) -> Reading | None:
    """Read "yesterday, 14:30" and "3 days ago" in the page's language; None for all else."""
    plain = folded(text)
    if not style.language or style.words.changed.search(plain):
        return None
    label = style.words.published.search(plain)
    plain = plain if label is None else plain.replace(label.group(), " ", 1)
    clock, rest = cut_clock(plain)
    words = " ".join(rest.replace(",", " ").strip(" .:|·-").split())
    while (last := words.rpartition(" "))[0] and last[2] in PARTICLES:
        words = last[0]
    days_ago = style.words.days_ago.get(style.language, {}).get(words)
    if days_ago is not None:
        day = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days_ago)
        return Day(day, 0, 0).at_hour(clock)
    since = _BY.split(plain.strip(" .:|·-")[: 2 * _AGO], maxsplit=1)[0]
    return _ago(since, now, style.language) if clock is None else None


def _has_number(text: str) -> bool:
    """Tell whether a text says how many: in digits or, with two more words, as "an hour ago"."""
    words = text.split()
    return any(each.isdigit() for each in text) or (
        len(words) > 2 and not _ONE.isdisjoint(words[:-1])
    )


@remembered(4_096)
def _ago(text: str, now: datetime, language: str) -> Reading | None:
    """Read "3 days ago" in the page's language; None for longer texts and for a duration."""
    if len(text) > _AGO or not _has_number(text):
        return None
    code = dateparser_code(language)
    number, _, unit = text.partition(" ")
    # "2 hours" is how long something takes, though dateparser counts it back.
    is_duration = number.isdecimal() and unit in names_of(language).units and language != "hu"
    if not code or is_duration or re.search(r"\d{4}|[/:.%€$£]", text):
        return None
    # dateparser also counts "7 days a week" back.
    if not ago_of(language).told_in(text):
        return None
    import dateparser  # noqa: PLC0415, RUF100 - slow to import, seldom needed

    settings = {"RELATIVE_BASE": now.replace(tzinfo=None), "PREFER_DATES_FROM": "past"}
    # dateparser's other parsers take a bare number such as "12" for a month or a day, and without
    # a zone it asks the machine for one.
    settings |= {"REQUIRE_PARTS": [], "PARSERS": ["relative-time"], "TIMEZONE": "UTC"}
    try:
        at = dateparser.parse(text, languages=[code], settings=settings)
    except (ValueError, OverflowError, RecursionError):
        return None
    if at is None or (at := at.replace(tzinfo=UTC)) > now:
        return None
    return Reading(at, day_only=True, ambiguous=False)
