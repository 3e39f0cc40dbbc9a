"""What helps against each reason for which something is not known: one table for sheets and notes.

Each is a clause without a capital and a full stop, as notes say it; sheets make sentences of it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from audit.model.value import Reason


class Help(NamedTuple):
    """What helps: `general` anywhere, the others where it is known of what page; "" for nothing."""

    general: str
    of_site: str = ""
    of_profile: str = ""


_BY_HAND = (
    "save the page in your browser (docs/saved-pages.md); the figures of a profile can also be "
    "typed on sheet Fill in"
)
_OPEN = "open the address in a browser and look"
_FILL_IN = "open the profile and look; fill in the figure on sheet Fill in"
_LOOK = "open the profile in a browser and fill in the figure on sheet Fill in"
_LATER = "run again later"
_ADDRESS = "correct the address"
_LOGIN = f"{_BY_HAND}. A key of that network helps, too, if it has one (docs/keys.md)"

_HELPS: Mapping[Reason, Help] = {
    Reason.ROBOTS: Help(
        _BY_HAND,
        of_site="the site asks robots to stay away; save the page in your browser",
        of_profile="the platform asks robots to stay away; fill in the figure on sheet Fill in",
    ),
    Reason.ROBOTS_UNREACHABLE: Help(_LATER),
    Reason.CONNECTION: Help(_LATER),
    Reason.TIMEOUT: Help(_LATER, of_site="run again, or raise settings.timeout_seconds"),
    Reason.HTTP_500: Help(_LATER),
    Reason.HTTP_502: Help(_LATER),
    Reason.HTTP_503: Help(_LATER),
    Reason.HTTP_504: Help(_LATER),
    Reason.HTTP_5XX: Help(_LATER),
    Reason.DNS: Help("check the spelling of the address, and your own connection"),
    Reason.TLS: Help("tell the site's owner"),
    Reason.HTTP_404: Help(
        _ADDRESS,
        of_site="the site links to a page that is gone",
        of_profile="mend the link on the site, or ignore the finding",
    ),
    Reason.HTTP_410: Help(_ADDRESS),
    Reason.HTTP_401: Help(_LOGIN),
    Reason.LOGIN_WALL: Help(_LOGIN, of_profile=_LOOK),
    Reason.HTTP_403: Help(_BY_HAND),
    Reason.HTTP_999: Help(_BY_HAND),
    Reason.CAPTCHA: Help(_BY_HAND, of_profile=_LOOK),
    Reason.HTTP_400: Help(_OPEN),
    Reason.HTTP_405: Help(_OPEN),
    Reason.HTTP_406: Help(_OPEN),
    Reason.HTTP_4XX: Help(_OPEN),
    Reason.HTTP_402: Help(_BY_HAND),
    Reason.HTTP_451: Help(_BY_HAND),
    Reason.HTTP_OTHER: Help(_OPEN),
    Reason.RATE_LIMITED: Help(
        "run again tomorrow",
        of_profile="run again tomorrow, or fill in the figure on sheet Fill in",
    ),
    Reason.NEEDS_KEY: Help(
        "fill in the figure on sheet Fill in, or ask IT for a key of that network (docs/keys.md)"
    ),
    Reason.BROWSER: Help("install Chromium; audit doctor says whether it is there"),
    Reason.DRIFT: Help(
        "look by hand, and report it",
        of_profile="the page has changed; look by hand, and update the program",
    ),
    Reason.BUDGET: Help("raise max_pages_per_site", of_site="raise max_pages_per_site"),
    Reason.NOT_PUBLIC: Help(
        _BY_HAND, of_profile="fill in the figure on sheet Fill in if you can see one"
    ),
    Reason.NOT_CHECKED: Help(_BY_HAND, of_site="raise max_pages_per_site", of_profile=_FILL_IN),
    Reason.TOO_LITTLE_DATA: Help("nothing to do: it comes with more posts or more companies"),
    Reason.BLOCKED_ADDRESS: Help(
        "if that is meant, name the host in the list and add --allow-private-hosts"
    ),
    Reason.TOO_LARGE: Help("look by hand"),
    Reason.REDIRECT_LOOP: Help(_OPEN),
    Reason.TOO_MANY_REDIRECTS: Help(_OPEN),
    Reason.BAD_CONTENT: Help(_OPEN, of_profile=_FILL_IN),
    Reason.UNSUPPORTED_SCHEME: Help(_ADDRESS),
    Reason.INTERNAL_ERROR: Help(
        "see the log in the data folder",
        of_profile="please report this address; the log in the data folder has the details",
    ),
    Reason.INTERRUPTED: Help("go on with --resume"),
    Reason.STORAGE: Help("make room on the disk; run again"),
}


LOOK = "open the address and look"
"""What always helps where a page could not be read."""


def help_on(reason: Reason) -> str:
    """Return what helps against a reason, whatever it is of."""
    return _HELPS[reason].general


def help_on_site(reason: Reason) -> str:
    """Return what helps where a page of a website could not be read."""
    return _HELPS[reason].of_site or LOOK


def help_on_profile(reason: Reason) -> str:
    """Return what helps where a profile could not be read."""
    return _HELPS[reason].of_profile or "run again, or fill in the figure on sheet Fill in"
