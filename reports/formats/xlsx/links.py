"""Which addresses become hyperlinks, and how these are written so that every program takes them."""

import re
from functools import lru_cache
from urllib.parse import quote

MAX_LINK = 2_000
"""Characters of an address; Excel takes 2,079."""

_ADDRESS = re.compile(r"(https?://[^/?#\s]+)(\S*)", re.IGNORECASE)
_HOST = re.compile(r"https?://(\[[0-9a-f:.]+\](:[0-9]+)?|[^\[\]\"<>\\^`{|}%@,;]+)", re.IGNORECASE)
_UNSAFE = re.compile(r'["<>\\^`{|}\[\]]|%(?![0-9A-Fa-f]{2})')
"""What no address may hold bare; Excel repairs a workbook that has such a link, and drops it."""


@lru_cache(maxsize=256)
def target_of(url: str) -> str:
    """Return an address as the target of a hyperlink; "" for one that must stay text.

    Only http and https are opened by a click. What no address may hold behind its host is written
    as browsers send it: `a b` cannot be, `a|b` becomes `a%7Cb`.
    """
    match = _ADDRESS.fullmatch(url)
    if match is None or not url.isprintable() or not _HOST.fullmatch(match[1]):
        return ""
    target = match[1] + _UNSAFE.sub(lambda sign: quote(sign[0]), match[2])
    return target if len(target) <= MAX_LINK else ""
