"""Read the hour that stands beside a date, and cut it out of the text."""

import re
from dataclasses import dataclass
from datetime import timedelta

from scrapers.parse.zones import ZONE, ahead_of_utc

_END = rf"(?:\s?{ZONE})?(?:\s?m=[+-]\d{{1,9}}\.\d{{1,12}})?"
"""A zone behind the hour; Go adds a reading of its own clock (m=+0.001)."""

_HALF = r"(?P<half>[ap])\.?\s?m\b\.?"
_TIME = re.compile(
    # Servers put a colon between year and hour: 29/Oct/2026:09:30:00.
    r"(?:(?<![\d:.,/-])|(?<=/\d{4}:))(?P<hour>\d{1,2}):(?P<minute>\d{2})"
    # A fraction of a second has up to nine digits, behind any of three marks.
    rf"(?::(?P<second>\d{{2}})(?:[.,:]\d{{1,12}})?)?(?![\d:])(?:\s?{_HALF})?{_END}",
    re.I,
)
_HOUR = re.compile(rf"(?<![\d:.,/-])(?P<hour>\d{{1,2}})\s?{_HALF}{_END}", re.I)
"""An hour alone, which needs its half of the day: "5pm EST"."""

_FRENCH = re.compile(r"(?<![\d:.,/-])(\d{1,2})\s?h\s?(\d{2})(?!\d)", re.I)
_EAST_ASIAN = re.compile(r"(\d{1,2})\s?[時时点點시]\s?(\d{1,2})\s?[分분](?:\s?(\d{1,2})\s?[秒초])?")
_DOTTED = re.compile(r"\b(?:klo?|klokken|um|godz|ore|saat)\.?:?\s(\d{1,2})\.(\d{2})(?![.\d])", re.I)
"""Hours with a dot, which only a word before them tells from days: "kl. 14.30"."""

_HALF_BEFORE = re.compile(r"(오전|오후|上午|下午|午前|午後)\s?(\d{1,2}:\d{2}(?::\d{2})?)")
_HALF_BEHIND = re.compile(r"(?<=\d)\s?(π\.?\s?μ\.?|μ\.?\s?μ\.?|ص|م)(?![^\W\d_])", re.I)
_MORNINGS = ("오전", "上午", "午前", "π", "Π", "ص")
"""How the words for the first half of the day begin."""


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour of a day: how long after midnight, and how far its zone is ahead of UTC."""

    since_midnight: timedelta
    ahead_of_utc: timedelta


def cut_clock(text: str, *, beside: bool = False) -> tuple[Clock | None, str]:
    """Return the hour in a text and the text without it; None and the text where there is none.

    With `beside` only an hour at the beginning of the text is read, as it follows a date. An hour
    that no clock shows (25:00) stays in the text, so that it is not taken for understood.
    """
    plain = _usual(text)
    match = _TIME.search(plain) or _HOUR.search(plain)
    if match is None or (beside and _is_apart(plain[: match.start()])):
        return None, text
    clock = _clock(match)
    return (clock, plain[: match.start()] + " " + plain[match.end() :]) if clock else (None, text)


def _is_apart(gap: str) -> bool:
    """Tell whether more than a sign and a short word stands between a date and an hour."""
    return re.fullmatch(r"[\s,.T|·•@()-]{0,4}(?:[^\W\d_]{1,4}\.?\s)?", gap) is None


def _usual(text: str) -> str:
    """Return a text with its hours as 14:30 and 2:30 pm, whatever its language writes."""
    text = _FRENCH.sub(r"\1:\2", _DOTTED.sub(r"\1:\2", text))
    if text.isascii():
        return text
    text = _EAST_ASIAN.sub(
        lambda match: ":".join(f"{int(part):02}" for part in match.groups() if part), text
    )
    text = _HALF_BEFORE.sub(lambda match: f"{match[2]} {_half(match[1])}", text)
    return _HALF_BEHIND.sub(lambda match: f" {_half(match[1])}", text)


def _half(word: str) -> str:
    """Return am or pm for a word of another language."""
    return "am" if word.startswith(_MORNINGS) else "pm"


def _clock(match: re.Match[str]) -> Clock | None:
    """Return the hour of a match; None for one that no clock shows."""
    parts = match.groupdict()
    hour, minute = int(parts["hour"]), int(parts.get("minute") or 0)
    # A second 60 is a leap second, which Python's datetime does not know.
    second = min(int(parts.get("second") or 0), 59)
    half = (parts["half"] or "").lower()
    # Templates write "14:30 PM", too: what is beyond noon needs no half.
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    ahead = ahead_of_utc(match)
    # 24:00 is the end of a day.
    if ahead is None or minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    return Clock(timedelta(hours=hour, minutes=minute, seconds=second), ahead)
