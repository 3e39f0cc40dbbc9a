"""Why something is not known, in words: one wording for each case, whatever its code is."""

from collections.abc import Mapping
from dataclasses import dataclass

from audit.model.value import Reason


@dataclass(frozen=True, slots=True)
class ReasonWording:
    """The words of a reason, for each place that says it.

    `short` fits a narrow cell behind its `?`: 16 characters at most. `clause` ends a sentence whose
    subject is a site, a section or a profile. `why` is a sentence by itself. `helps` is
    another one, of a case against which something else helps than against its reason in general
    (`audit/model/what_helps.py`).
    """

    short: str
    clause: str
    why: str
    helps: str = ""


_SILENT = ReasonWording("did not answer", "did not answer", "The site did not answer.")
_GONE = ReasonWording("page is gone", "leads to a page that is gone", "The page is gone.")
_LOGIN = ReasonWording(
    "behind a login",
    "is behind a login",
    "It is shown only to those who log in.",
)
_BLOCKED = ReasonWording(
    "blocks visits",
    "blocks automatic visits",
    "The site blocks automatic visits.",
)
_REFUSED = ReasonWording("request refused", "refused our request", "The site refused our request.")

WORDINGS: Mapping[Reason, ReasonWording] = {
    Reason.ROBOTS: ReasonWording(
        "robots barred",
        "asks robots to stay away",
        "The site asks robots to stay away.",
    ),
    Reason.ROBOTS_UNREACHABLE: _SILENT,
    Reason.CONNECTION: _SILENT,
    Reason.TIMEOUT: _SILENT,
    Reason.HTTP_500: _SILENT,
    Reason.HTTP_502: _SILENT,
    Reason.HTTP_503: _SILENT,
    Reason.HTTP_504: _SILENT,
    Reason.HTTP_5XX: _SILENT,
    Reason.DNS: ReasonWording(
        "no such address",
        "could not be found under its address",
        "Nothing could be found under this address.",
    ),
    Reason.TLS: ReasonWording(
        "not secure",
        "has an insecure connection, which we refuse",
        "Its connection is not secure and was refused.",
    ),
    Reason.HTTP_404: _GONE,
    Reason.HTTP_410: _GONE,
    Reason.HTTP_401: _LOGIN,
    Reason.LOGIN_WALL: _LOGIN,
    Reason.HTTP_403: _BLOCKED,
    Reason.HTTP_999: _BLOCKED,
    Reason.CAPTCHA: _BLOCKED,
    Reason.HTTP_400: _REFUSED,
    Reason.HTTP_405: _REFUSED,
    Reason.HTTP_406: _REFUSED,
    Reason.HTTP_4XX: _REFUSED,
    Reason.HTTP_402: ReasonWording(
        "wants payment",
        "wants to be paid for the page",
        "The site wants to be paid for the page.",
    ),
    Reason.HTTP_451: ReasonWording(
        "barred by law",
        "may not show the page, for legal reasons",
        "The site may not show the page, for legal reasons.",
    ),
    Reason.HTTP_OTHER: ReasonWording(
        "no page came",
        "answered, but with no page",
        "The site answered, but with no page.",
    ),
    Reason.RATE_LIMITED: ReasonWording(
        "asked us to slow",
        "asked us to slow down",
        "The site asked us to slow down.",
    ),
    Reason.NEEDS_KEY: ReasonWording(
        "needs a key",
        "is readable with a key",
        "It is readable with a key.",
    ),
    Reason.BROWSER: ReasonWording(
        "drawn by scripts",
        "is drawn by scripts, and no browser could read it",
        "The page is drawn by scripts, and no browser could read it.",
    ),
    Reason.DRIFT: ReasonWording(
        "layout changed",
        "has changed its layout",
        "The page has changed its layout: what was read last time was not found.",
    ),
    Reason.BUDGET: ReasonWording(
        "too many pages",
        "has more pages than we may read",
        "The site has more pages than we may read.",
    ),
    Reason.NOT_PUBLIC: ReasonWording("not public", "is not public", "It is not public."),
    Reason.NOT_CHECKED: ReasonWording(
        "not looked at",
        "was not looked at",
        "It was not looked at.",
    ),
    Reason.TOO_LITTLE_DATA: ReasonWording(
        "too little seen",
        "shows too little for a figure",
        "Too little was seen for this figure.",
    ),
    Reason.BLOCKED_ADDRESS: ReasonWording(
        "private network",
        "is in a private network",
        "The address leads into a private network.",
    ),
    Reason.TOO_LARGE: ReasonWording(
        "page too large",
        "shows a page that is too large to read",
        "The page is too large to read.",
    ),
    Reason.REDIRECT_LOOP: ReasonWording(
        "leads in circles", "leads in a circle", "The address leads in a circle."
    ),
    Reason.TOO_MANY_REDIRECTS: ReasonWording(
        "leads on and on",
        "leads on and on to other addresses",
        "The address leads on and on to others.",
    ),
    Reason.BAD_CONTENT: ReasonWording(
        "page unreadable",
        "shows a page that we cannot make out",
        "The page could not be made out.",
    ),
    Reason.UNSUPPORTED_SCHEME: ReasonWording(
        "no web address",
        "has no web address",
        "It is not a web address.",
    ),
    Reason.INTERNAL_ERROR: ReasonWording(
        "our own fault",
        "was lost through a fault of ours",
        "The audit failed here.",
    ),
    Reason.INTERRUPTED: ReasonWording(
        "not reached",
        "was not reached before the run was interrupted",
        "The run was interrupted before it came to this.",
    ),
    Reason.STORAGE: ReasonWording(
        "not stored",
        "could not be stored",
        "The result could not be stored.",
    ),
}
