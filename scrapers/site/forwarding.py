"""Follow pages that only send their reader on, and tell gates that stand before a site."""

import re
from dataclasses import replace
from itertools import pairwise
from urllib.parse import parse_qsl, unquote

from audit.model.exchange import Failure, Kind, Page, Request
from audit.model.value import Reason
from scrapers.parse.urls import host_of, normalise, page_key, registrable, segments, split

MAX_FORWARDS = 5
"""Pages that send on to each other and are followed; browsers know no limit, people give up."""

_RETURN = frozenset(
    {
        *("redirect", "redirecturi", "redirecturl", "redirectto", "return", "returnurl"),
        *("returnuri", "returnto", "callback", "callbackurl", "continue", "continueurl", "next"),
        *("target", "targeturl", "dest", "destination", "goto", "url", "back", "backurl"),
        *("backto", "done"),
    }
)
"""Names, without their signs, of parameters that say where a gate lets its visitor go."""

_CONSENT = frozenset(
    {
        *("consent", "cmp", "gdpr", "dsgvo", "rgpd", "cookiewall", "privacygate", "cookieconsent"),
        *("zustimmung", "einwilligung", "consentement", "consentimiento", "consenso", "samtykke"),
        *("samtycke", "toestemming", "consentimento", "souhlas", "zgoda"),
    }
)
"""Words in hosts and paths of pages that ask for consent, in the languages that must ask."""

_WORD = re.compile(r"[a-z]+")


def gate_before(asked: str, reached: str) -> str:
    """Say that an address leads to a gate in place of its page; empty where it does not.

    A gate lies elsewhere and gets the address that was asked for, to lead back there (`?return=…`),
    or it calls itself one of consent. Who moves to another domain takes no such address along.
    """
    if page_key(asked) == page_key(reached):
        return ""
    query = parse_qsl(split(reached).query)
    backs = {name for name, value in query if _leads_to(value, asked)}
    is_return = any("".join(_WORD.findall(name.lower())) in _RETURN for name in backs)
    is_path = any(value.startswith("/") for _, value in query)
    elsewhere = _site(asked) != _site(reached)
    consent = _asks_consent(reached) and (elsewhere or backs or is_path)
    if not (elsewhere and is_return) and not consent:
        return ""
    return (
        f"its readers are sent to {host_of(reached)} first, to agree or to log in there, and this "
        "program keeps no cookies"
    )


def _leads_to(value: str, asked: str) -> bool:
    """Tell whether a value is an address on the site that was asked; some escape it twice."""
    return _site(unquote(value)) == _site(asked)


def _site(url: str) -> str:
    """Return the part of an address's host that one organisation registers, in ASCII."""
    return registrable(host_of(normalise(url)))


def _asks_consent(url: str) -> bool:
    """Tell whether an address says that its page asks for consent: in its subdomain or path."""
    host = host_of(url)
    labels = host.removesuffix(registrable(host))
    words = _WORD.findall(f"{labels} {' '.join(segments(url))}".lower())
    pairs = (first + second for first, second in pairwise(words))
    return not _CONSENT.isdisjoint((*words, *pairs))


def gated(request: Request, answer: Page) -> Failure | None:
    """Return the failure of a page in whose place a gate answered; None where none did."""
    words = gate_before(request.url, answer.url) if request.kind is Kind.PAGE else ""
    return failed(request, answer, Reason.BAD_CONTENT, words) if words else None


def failed(request: Request, answer: Page, reason: Reason, detail: str) -> Failure:
    """Return the failure of a request that was answered, and not with its page."""
    return Failure(
        url=request.url,
        reason=reason,
        detail=detail,
        failed_at=answer.fetched_at,
        record=answer.record,
    )


def sent_on(request: Request, failure: Failure, target: str) -> Failure:
    """Return the failure of a page that sends on to one which could not be had."""
    detail = f"sends its reader on to {target}: {failure.detail}"
    return replace(failure, url=request.url, detail=detail)
