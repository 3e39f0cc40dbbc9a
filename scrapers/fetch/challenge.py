"""Recognise bot challenges and captchas; they are reported, never solved."""

import re

_HEADERS = ("cf-mitigated", "x-datadome", "x-px-block")
# Bounded at each step, as what it looks through is a stranger's.
_TITLE = re.compile(
    rb"<title[^<>]{0,200}>\s{0,200}"
    rb"(?:just a moment|attention required! \| cloudflare|access denied|"
    rb"are you (?:a )?(?:human|robot)|verify(?:ing)? (?:you are|that you are)|security check|"
    rb"robot check|bot verification|pardon our interruption|ddos-guard|checking your browser)",
    re.I,
)
_MARKS = (
    b"/cdn-cgi/challenge-platform/h/",
    b"challenges.cloudflare.com/turnstile/v0/g/",
    b"cf-browser-verification",
    b"_Incapsula_Resource",
    b"geo.captcha-delivery.com",
    b"px-captcha",
    b"perimeterx.net/captcha",
    b"/_sec/cp_challenge/",
)
_SMALL = 60_000
_SUSPECT = frozenset({401, 403, 405, 429, 503, 999})


def is_challenge(status: int, headers: tuple[tuple[str, str], ...], body: bytes) -> bool:
    """Tell whether an answer is a bot wall in place of the page.

    The headers are those of Cloudflare, DataDome and PerimeterX; pages that got through carry some
    of them too, and are long. Without them a refusal needs a title or a mark of a wall. An answer
    with success needs both, and is short: an article about captchas is none.
    """
    values = {name.lower(): value.lower() for name, value in headers}
    if values.get("cf-mitigated") == "challenge" or any(name in values for name in _HEADERS[1:]):
        return status in _SUSPECT or len(body) < _SMALL
    head = body[:_SMALL]
    if status in _SUSPECT:
        return _TITLE.search(head) is not None or any(mark in head for mark in _MARKS)
    if len(body) > _SMALL:
        return False
    return _TITLE.search(head) is not None and any(
        mark in head for mark in (*_MARKS, b"captcha", b"challenge")
    )
