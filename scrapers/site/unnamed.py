"""Find the section that no word names, by the dated entries that lie below its page."""

from audit.model.facts import Item, PageFacts
from audit.model.value import TOO_FAR_AHEAD
from scrapers.page.figures import is_forum
from scrapers.parse.paging import is_numbered
from scrapers.parse.urls import page_key, segments
from scrapers.site.look import Site, is_post
from scrapers.site.worth import PARTIAL

ENOUGH = 3
"""An index page lists at least this many entries, two of them dated, where nothing names it."""

_NEAR = 2
"""Parts of the path of such a page; deeper ones are parts of something."""

OTHER_LISTS = frozenset({"Event", "JobPosting", "Course"})
"""Types of pages whose dated entries are something else than articles."""


def unnamed_section(site: Site) -> list[PageFacts]:
    """Return the page that is a section though no word says so, in a list of one or none.

    It lists entries with dates that lie below it, as `/workshop/` lists `/workshop/a-new-hall`. Of
    several the one with most of them is meant; a page that is called anything (events, jobs, help)
    lists that.
    """
    listed = {page.url: _entries_below(page) for page in site.pages if _is_unnamed(page, site)}
    pages = [page for page in site.pages if listed.get(page.url, 0) >= ENOUGH]
    return [max(pages, key=lambda page: (listed[page.url], -len(page.url)))] if pages else []


def _is_unnamed(page: PageFacts, site: Site) -> bool:
    """Tell whether a page near the root is called nothing that the vocabulary knows."""
    parts = [part.lower() for part in segments(page.url)]
    if not 0 < len(parts) <= _NEAR or any(part[0].isdigit() for part in parts):
        return False
    # What a person points at is what that person calls it.
    if page.section is not None:
        return False
    if is_numbered(page.url) or PARTIAL.intersection(parts) or is_post(page, site):
        return False
    if is_forum(page.url, page.signals, site.words) or OTHER_LISTS.intersection(page.types):
        return False
    return not site.names.get(page_key(page.url)) and not _named(page, site)


def _named(page: PageFacts, site: Site) -> bool:
    """Tell whether the address of a page names anything, in a language that the page speaks.

    `/notes` on an English page is no French word for reviews.
    """
    spoken = site.words.spoken(page.language, (link.text for link in page.links))
    phrases = {part: part.lower().replace("-", " ") for part in segments(page.url)}
    own = [part for part, words in phrases.items() if not site.words.foreign(words, spoken)]
    address = "/".join((*page.url.split("/")[:3], *own))
    return bool(site.words.of_url(address)) or any(
        site.words.of_text(phrases[part]) for part in own
    )


def _entries_below(page: PageFacts) -> int:
    """Count the entries below a page, of which some have dates; 0 where most lie elsewhere.

    Also 0 where all are of one day, which is that of the page, or one is still to come: those are
    events.
    """
    below = [item for item in page.items if _is_below(item, page)]
    dates = [item.published.at for item in page.items if item.published is not None]
    days = {item.published.at.date() for item in below if item.published is not None}
    coming = any(at > page.fetched_at + TOO_FAR_AHEAD for at in dates)
    return len(below) if len(days) > 1 and len(below) * 2 > len(page.items) and not coming else 0


def _is_below(item: Item, page: PageFacts) -> bool:
    """Tell whether an entry's address continues that of the page."""
    return page_key(item.url).startswith(f"{page_key(page.url)}/")
