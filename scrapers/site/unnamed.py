"""Find the section that no word names, by the dated entries that lie below its page."""

from audit.model.facts import Item, PageFacts
from audit.model.value import TOO_FAR_AHEAD
from scrapers.page.figures import is_forum
from scrapers.parse.paging import is_numbered
from scrapers.parse.urls import page_key, segments
from scrapers.site.look import Site, is_post
from scrapers.site.worth import PARTIAL

ENOUGH = 3
"""An index page lists at least this many dated entries, where nothing names it."""

_NEAR = 2
"""Parts of the path of such a page; deeper ones are parts of something."""

_OTHER_LISTS = frozenset({"Event", "JobPosting", "Course"})
"""Types of pages whose dated entries are something else than articles."""


def unnamed_section(site: Site) -> list[PageFacts]:
    """Return the page that is a section though no word says so, in a list of one or none.

    It lists dated entries that lie below it, as `/workshop/` lists `/workshop/a-new-hall`. Of
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
    if is_numbered(page.url) or PARTIAL.intersection(parts) or is_post(page, site):
        return False
    if is_forum(page.url, page.signals, site.words) or _OTHER_LISTS.intersection(page.types):
        return False
    named = site.names.get(page_key(page.url), set()) | site.words.of_url(page.url)
    return not named and not any(site.words.of_text(part.replace("-", " ")) for part in parts)


def _entries_below(page: PageFacts) -> int:
    """Count the dated entries below a page; 0 where most lie elsewhere.

    Also 0 where all are of one day, which is that of the page, or one is still to come: those are
    events.
    """
    dated = [(item, item.published.at) for item in page.items if item.published is not None]
    below = [at.date() for item, at in dated if _is_below(item, page)]
    coming = any(at > page.fetched_at + TOO_FAR_AHEAD for _, at in dated)
    return len(below) if len(set(below)) > 1 and len(below) * 2 > len(dated) and not coming else 0


def _is_below(item: Item, page: PageFacts) -> bool:
    """Tell whether an entry's address continues that of the page."""
    return page_key(item.url).startswith(f"{page_key(page.url)}/")
