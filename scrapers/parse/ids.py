"""Decode the time that platforms put into the numbers of their posts; formulas: platforms' notes.

X: (id >> 22) + 1288834974657 ms. LinkedIn: id >> 22 ms. TikTok: id >> 32 s. Instagram and Threads:
(id >> 23) + 1314220021721 ms. Bluesky: the key's 13 signs in base 32, >> 10, in µs. Mastodon:
id >> 16 ms. Discord: (id >> 22) + 1420070400000 ms.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

_TID = "234567abcdefghijklmnopqrstuvwxyz"
_SHORT = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_FORMULAS: Mapping[str, Callable[[int], float]] = MappingProxyType(
    {
        "x": lambda number: ((number >> 22) + 1288834974657) / 1000,
        "linkedin": lambda number: (number >> 22) / 1000,
        "tiktok": lambda number: float(number >> 32),
        "instagram": lambda number: ((number >> 23) + 1314220021721) / 1000,
        "threads": lambda number: ((number >> 23) + 1314220021721) / 1000,
        "mastodon": lambda number: (number >> 16) / 1000,
        "discord": lambda number: ((number >> 22) + 1420070400000) / 1000,
    }
)
_FIRST, _LAST = datetime(2003, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def time_of_id(platform: str, number: str | int) -> datetime | None:
    """The time (UTC) that a post's number holds; None where it holds none that can be."""
    text = str(number)
    if not text.isdigit() or len(text) > 20:
        return None
    return _time(_FORMULAS[platform](int(text)))


def time_of_tid(key: str) -> datetime | None:
    """The time (UTC) of a Bluesky record key, such as `3l4qpz2nxqk2a`."""
    if len(key) != 13 or any(sign not in _TID for sign in key):
        return None
    number = 0
    for sign in key:
        number = number * 32 + _TID.index(sign)
    return _time((number >> 10) / 1_000_000)


def id_of_shortcode(code: str) -> int | None:
    """The number behind a shortcode of Instagram or Threads."""
    if not 5 <= len(code) <= 14 or any(sign not in _SHORT for sign in code):
        return None
    number = 0
    for sign in code:
        number = number * 64 + _SHORT.index(sign)
    return number


def _time(seconds: float) -> datetime | None:
    try:
        at = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return at if _FIRST < at < _LAST else None
