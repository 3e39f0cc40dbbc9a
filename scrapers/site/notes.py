"""Say what a visit could not read, in the words of the workbook, and what would help."""

from collections.abc import Mapping, Sequence

from audit.model.company import BrowserMode
from audit.model.exchange import Failure, Kind
from audit.model.facts import PageFacts
from audit.model.plan import CompanyPlan
from audit.model.value import Known, Reason, Unknown
from audit.model.visit import Note
from scrapers.session import BODY_BYTES, ONLY_SAVED
from scrapers.site.lost import mostly_lost

_GET_ONE = "install Chromium or Chrome; `audit doctor` tells which browser is found"
_ALLOWED = "set settings.browser to auto to have such pages drawn by a browser"

_SAVE_IT = "save {url} into the folder of saved pages, or run without --only-saved"

_REFUSED = frozenset({Reason.HTTP_401, Reason.HTTP_403, Reason.HTTP_999})
_WAYS_OUT: Mapping[Reason, str] = {
    Reason.BLOCKED_ADDRESS: "the website is inside a private network; if that is meant, name its "
    "host in the file and add --allow-private-hosts",
    Reason.ROBOTS: "the site asks robots to stay away; save {url} in your browser into "
    "the folder saved/, and the next run reads it there",
    Reason.ROBOTS_UNREACHABLE: "run again later; without its robots.txt nothing is fetched",
    Reason.DNS: "look for a slip in {url}; if it opens in a browser, run again later or see "
    "`audit doctor`",
    Reason.CONNECTION: "open {url} in a browser; if it opens there, run again later or see "
    "`audit doctor` (proxy, firewall), else mend the address",
    Reason.TLS: "open {url} in a browser and look at its certificate; if it is good there, see "
    "`audit doctor`",
    Reason.TIMEOUT: "run again later, or raise settings.timeout_seconds",
    Reason.TOO_LARGE: "read {url} by hand; the page is too large for the program",
    Reason.REDIRECT_LOOP: "open {url} in a browser and put the address where it ends into the file",
    Reason.TOO_MANY_REDIRECTS: "open {url} in a browser and put the address where it ends into "
    "the file",
    Reason.RATE_LIMITED: "run again tomorrow, or raise settings.delay_seconds",
    Reason.CAPTCHA: "read {url} by hand; the site asks for proof of a person",
    Reason.LOGIN_WALL: "read {url} by hand; it is shown only to those who log in",
    Reason.UNSUPPORTED_SCHEME: "put an http or https address into the file",
    Reason.INTERNAL_ERROR: "please report {url}; the log in the data folder has the details",
}
"""What helps, by the reason why a start page could not be read."""


def start_of(
    plan: CompanyPlan, pages: Sequence[PageFacts], failures: Sequence[Failure]
) -> Known[str] | Unknown:
    """Return the address of the start page as it was reached, or why it was not read.

    After redirects it may be another than the one that was planned.
    """
    if (cut := cut_off(pages)) is not None:
        return cut
    if pages and pages[0].why == "start":
        first = pages[0]
        return Known(value=first.url, evidence=(first.proof("visit.start", first.title),))
    for failure in failures:
        if failure.url == plan.start.url:
            return Unknown(reason=failure.reason, detail=failure.detail)
    return Unknown(reason=Reason.BAD_CONTENT, detail="the start page is not a web page")


def cut_off(pages: Sequence[PageFacts]) -> Unknown | None:
    """Return why the start page could not be read to its end; None where it could, or is missing.

    What a part of a page holds is there; what it does not hold may stand in the rest.
    """
    if not pages or pages[0].why != "start":
        return None
    if _is_cut(pages[0]):
        return Unknown(reason=_cut_by(pages[0]), detail=f"the start page {_cut_at(pages[0])}")
    if _is_empty(pages[0]):
        return Unknown(reason=Reason.BAD_CONTENT, detail="the start page is empty")
    return None


def _is_empty(page: PageFacts) -> bool:
    """Tell whether a page holds nothing but a title, neither for a reader nor for a program."""
    contents = (page.links, page.forms, page.signals, page.channels, page.feeds)
    return not any(contents) and not page.text_length and not page.shell


def cut_notes(pages: Sequence[PageFacts]) -> list[Note]:
    """Return one note for all pages but the start page that could not be read whole.

    What the start page lacks is told by `start_notes`, as it makes the company incomplete.
    """
    cut = [page for page in pages if _is_cut(page) and page.why != "start"]
    if not cut:
        return []
    return [
        Note(
            what="page",
            reason=_cut_by(cut[0]),
            detail=f"{len(cut)} of {len(pages)} pages could not be read whole; the first, "
            f"{cut[0].url}, {_cut_at(cut[0])}",
            help="open the page and look",
        )
    ]


def _is_cut(page: PageFacts) -> bool:
    """Tell whether a page broke off, or holds more than is read of one page."""
    return page.truncated or page.unread is not None


def _cut_by(page: PageFacts) -> Reason:
    """Return why a page is cut: by a limit of ours, or because its bytes ended too soon."""
    if page.unread is not None and not page.truncated:
        return page.unread.reason
    # With fewer bytes than our own limit it was the server that stopped.
    full = page.size >= BODY_BYTES[Kind.PAGE]
    return Reason.TOO_LARGE if full else Reason.BAD_CONTENT


def _cut_at(page: PageFacts) -> str:
    """Return in words where a page is cut: "broke off after 1,200 bytes, before its end"."""
    if page.unread is not None and not page.truncated:
        return page.unread.detail
    if _cut_by(page) is Reason.TOO_LARGE:
        return f"is larger than {BODY_BYTES[Kind.PAGE] / 2**20:.0f} MiB, where reading stops"
    return f"broke off after {page.size:,} bytes, before its end"


def start_notes(
    plan: CompanyPlan, pages: Sequence[PageFacts], failures: Sequence[Failure]
) -> list[Note]:
    """Return why the website could not be read, if so; that makes the company incomplete."""
    start = start_of(plan, pages, failures)
    if not isinstance(start, Unknown):
        return []
    way_out = _SAVE_IT if start.detail == ONLY_SAVED else _way_out(start.reason)
    return [
        Note(
            what="website",
            reason=start.reason,
            detail=start.detail,
            help=way_out.format(url=plan.start.url),
            incomplete=True,
        )
    ]


def lost_notes(
    pages: Sequence[PageFacts], lost: Sequence[Failure], gone: Sequence[Failure] = ()
) -> list[Note]:
    """Return why half of a website or more could not be read, if so; that makes it incomplete.

    A start page that could not be read to its end is told by `start_notes` alone.
    """
    most = mostly_lost(pages, lost, gone)
    if most is None or cut_off(pages) is not None:
        return []
    # Of links that lead nowhere the reason is one of the look, and of no single failure.
    same = (each for each in lost if each.reason is most.reason)
    first = next(same, None) or next(iter((*gone, *lost)))
    return [
        Note(
            what="website",
            reason=first.reason,
            detail=most.detail,
            help=(_MOVED if first in gone else _way_out(most.reason)).format(url=first.url),
            incomplete=True,
        )
    ]


_MOVED = "open {url} in a browser; if the site has moved, put its new address into the file"


def further_notes(plan: CompanyPlan, failures: Sequence[Failure]) -> list[Note]:
    """Return a note on each further site that a person named and that could not be read.

    Its posts and profiles are missing, so that the company is incomplete, as with a profile that a
    person names.
    """
    return [
        Note(
            what="further site",
            reason=failure.reason,
            detail=f"{failure.url}: {failure.detail}",
            help=_way_out(failure.reason).format(url=failure.url),
            incomplete=True,
        )
        for failure in failures
        if failure.url in plan.company.also and failure.reason is not Reason.INTERNAL_ERROR
    ]


def _way_out(reason: Reason) -> str:
    """Return what a person can do about a website that could not be read; `{url}` is its place."""
    # A status has a word of its own (http-404) or that of its hundred (http-4xx).
    if reason in (Reason.HTTP_404, Reason.HTTP_410):
        return "the page is gone; open {url} in a browser, and put the new address into the file"
    if reason.startswith("http-5"):
        return "the website has a fault of its own; run again later"
    if reason in _REFUSED or reason.startswith("http-4"):
        return "the website refuses the program; open {url} in a browser and read it by hand"
    return _WAYS_OUT.get(reason, "open {url} in a browser; mend the address if it has moved")


def browser_notes(
    plan: CompanyPlan, pages: Sequence[PageFacts], undrawn: Sequence[Failure]
) -> list[Note]:
    """Return a note on pages that only a browser can read and none has drawn.

    `undrawn` are the failures of drawing, of a shell or of a page with a tag manager. A start page
    that is a shell was not read, so that the company is incomplete.
    """
    shells = [page for page in pages if page.shell]
    if not shells and not undrawn:
        return []
    cause = undrawn[0].detail if undrawn else "drawn, and still next to nothing was there"
    if plan.browser is BrowserMode.NEVER:
        cause = "settings.browser is never"
    what = f"{len(shells)} of {len(pages)} pages are drawn by JavaScript"
    if not shells:
        what = "what a tag manager or script adds to the page was not seen"
    unread = any(page.why == "start" for page in shells)
    return [
        Note(
            what="website" if unread else "browser",
            reason=Reason.BROWSER,
            detail=f"{what}: {cause}",
            help=_ALLOWED if plan.browser is BrowserMode.NEVER else _GET_ONE,
            incomplete=unread,
        )
    ]


def bug_notes(failures: Sequence[Failure]) -> list[Note]:
    """Return a note on each page lost by a fault of our own.

    Such a fault makes the company incomplete, so that the exit status tells.
    """
    return [
        Note(
            what="page",
            reason=failure.reason,
            detail=f"{failure.url}: {failure.detail}",
            help="please report this address; the log in the data folder has the details",
            incomplete=True,
        )
        for failure in failures
        if failure.reason is Reason.INTERNAL_ERROR
    ]
