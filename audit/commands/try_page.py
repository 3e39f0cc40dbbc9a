"""`audit try`: one page as a visit sees it, with the selectors of the list or those typed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin

from audit import api
from audit.commands.log import log_to
from audit.commands.streams import complain
from audit.commands.terminal import Terminal
from audit.commands.trial import TYPED, show
from audit.model.company import Company, Competitors, PointedFigure, PointedSection
from audit.model.errors import AuditError, ConfigError
from audit.model.exchange import Kind, Request
from audit.model.metric import Unit
from config.catalogue import load_catalogue
from config.checks import checked_kind, checked_url, nearest
from config.names import folded
from config.pointers import checked_css, checked_path, checked_regex
from scrapers.fetch.one_page import page_of
from scrapers.parse.urls import host_of, lies_below, same_site
from scrapers.workers.readers import OverrunError

DEFAULT = Path("competitors.yaml")
NOWHERE = "https://saved-page.invalid/"
"""Where a page lies of which nothing tells where it was saved; no host is called so (RFC 2606)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointers:
    """The selectors of a command line, each empty where it was not typed."""

    css: str = ""
    json: str = ""
    regex: str = ""
    unit: str = "count"
    kind: str = "blog"
    item: str = ""
    title: str = ""
    date: str = ""
    next: str = ""

    def figure(self, url: str) -> PointedFigure | None:
        """Return the figure that was typed, at the address of the page; None for none."""
        if not (self.css or self.json or self.regex):
            return None
        return PointedFigure(
            name="Your figure",
            url=url,
            css=self.css,
            json=self.json,
            regex=self.regex,
            unit=Unit(self.unit),
            place=TYPED,
        )

    def section(self, url: str) -> PointedSection | None:
        """Return the section that was typed, at the address of the page; None for none."""
        if not (self.item or self.next):
            return None
        return PointedSection(
            kind=self.kind,
            url=url,
            item=self.item,
            title=self.title,
            date=self.date,
            next=self.next,
            place=TYPED,
        )


def show_trial(
    url: str,
    pointers: Pointers,
    company: str | None = None,
    file: Path | None = None,
    *,
    everything: bool,
    private: bool,
) -> int:
    """Fetch one page and print what rules and selectors give; return the exit status.

    Raises:
        AuditError: a mistake in the address, a selector, the list or the company's name.
    """
    check(pointers)
    config = _config(file, needed=company is not None)
    listed = _company(config, company, url) if config is not None else None
    saved = _saved(url)
    address = _address(url, listed) if saved is None else _address_of(saved, listed)
    tried = with_pointers(
        listed or Company(name=host_of(address), website=address), pointers, address
    )
    config = config or api.Config(
        competitors=Competitors(path=DEFAULT, companies=(tried,)), catalogue=load_catalogue()
    )
    with TemporaryDirectory(prefix="audit-try-", ignore_cleanup_errors=True) as folder:
        # A log that nobody reads later, so that nothing but the page is on the terminal.
        log_to(Path(folder))
        try:
            request = request_for(address, tried)
            trial = api.try_page(config, tried, request, allow_private_hosts=private, saved=saved)
        except OverrunError as error:
            raise AuditError(f"{address}: {error}") from error
    source = f"a page saved in {saved}; nothing was fetched" if saved is not None else ""
    if address == NOWHERE:
        source += "; it does not say where it was saved from, so --company tells whose it is"
    whose = tried.name if listed is not None else ""
    return show(Terminal(), trial, whose, source=source, everything=everything)


def check(pointers: Pointers) -> None:
    """Check what was typed.

    Raises:
        AuditError: it cannot be used; names the option and what to write.
    """
    checks: dict[str, Callable[[str], str]] = {
        **dict.fromkeys(("css", "item", "title", "date", "next"), checked_css),
        "json": checked_path,
        "regex": checked_regex,
        "kind": checked_kind,
    }
    for name, checked in checks.items():
        if text := getattr(pointers, name):
            try:
                checked(text)
            except ValueError as error:
                raise AuditError(f"--{name} {text[:80]}: {error}") from error
    units = tuple(unit.value for unit in Unit)
    if pointers.unit not in units:
        raise AuditError(f"--unit {pointers.unit}: unknown unit; {nearest(pointers.unit, units)}")
    if pointers.json and pointers.regex:
        raise AuditError("--regex is not used beside --json; keep one of them")
    if (pointers.title or pointers.date) and not pointers.item:
        raise AuditError("--title and --date are looked for within an entry; add --item")


def _config(file: Path | None, *, needed: bool) -> api.Config | None:
    """Return the list; None where nobody asked for one and there is none, or none that is right."""
    if file is None and not needed and not DEFAULT.exists():
        return None
    try:
        return api.load(file or DEFAULT)
    except ConfigError:
        if file is not None or needed:
            raise
        complain(f"{DEFAULT} has a mistake and is left aside; `audit check` tells which")
        return None


def _company(config: api.Config, name: str | None, url: str) -> Company | None:
    """Return the company of that name, or the one whose site the address is on; None for none.

    Raises:
        AuditError: the list has no company of that name; names the nearest.
    """
    companies = config.competitors.companies
    if name is None:
        return next((each for each in companies if _is_theirs(url, each)), None)
    for company in companies:
        if folded(company.name) == folded(name):
            return company
    names = tuple(company.name for company in companies)
    close = get_close_matches(name[:80], names, n=1)
    hint = f'did you mean "{close[0]}"?' if close else f"there are: {', '.join(names)}"
    raise AuditError(f'--company: no company "{name}" in {config.competitors.path}; {hint}')


def _is_theirs(url: str, company: Company) -> bool:
    """Tell whether an address lies on a site of a company, by what the list says."""
    address = url if "://" in url else f"https://{url}"
    return (
        same_site(address, company.website)
        or any(lies_below(address, site) for site in company.also)
        or address in company.addresses
    )


def _saved(url: str) -> Path | None:
    """Return the file that was named in place of an address; None where there is none."""
    try:
        return Path(url) if "://" not in url and Path(url).is_file() else None
    except (OSError, ValueError):
        return None


def _looks_saved(url: str) -> bool:
    """Tell whether a text is the name of a file rather than a host with a path behind it."""
    if "://" in url or url.startswith("["):
        return False
    host = url.partition("/")[0].partition(":")[0].casefold()
    is_dotted = "." in host.strip(".") or host == "localhost"
    return not is_dotted or host.endswith((".html", ".htm"))


def _address_of(saved: Path, company: Company | None) -> str:
    """Return where a saved page came from, by what it says, else the company's website.

    Of a page that says nothing, and no company is known, it is a name that nobody has.

    Raises:
        AuditError: it cannot be read.
    """
    try:
        found = page_of(saved).url
    except OSError as error:
        raise AuditError(f"{saved}: cannot be read ({error.strerror})") from error
    if found:
        return found
    return company.website if company is not None else NOWHERE


def _address(url: str, company: Company | None) -> str:
    """Return the address that was typed, whole: a path is one of the company's website.

    Raises:
        AuditError: it is no address; says what to write.
    """
    if url.startswith("/"):
        if company is None:
            raise AuditError(f"{url}: a path needs --company, or write the whole address")
        return urljoin(company.website, url)
    if _looks_saved(url):
        raise AuditError(f"{url}: no such file; an address is written as in https://rival.example")
    try:
        return checked_url(url if "://" in url else f"https://{url}")
    except ValueError as error:
        raise AuditError(f"{url.rpartition('@')[2][:100]}: {error}") from error


def with_pointers(company: Company, pointers: Pointers, url: str) -> Company:
    """Return a company with what was typed in place of what its entry points at on the page."""
    section, figure = pointers.section(url), pointers.figure(url)
    return replace(
        company,
        sections=(section,) if section is not None else company.sections,
        figures=(figure,) if figure is not None else company.figures,
    )


def request_for(url: str, company: Company) -> Request:
    """Return the request of a page: as the start page of the company's site, or one within it."""
    data = any(figure.is_data and figure.url == url for figure in company.figures)
    why = "start" if url == company.website else "tried"
    return Request(url=url, kind=Kind.DATA if data else Kind.PAGE, why=why, depth=0)
