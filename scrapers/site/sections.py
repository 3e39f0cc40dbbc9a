"""Find the dated sections of a site, such as its blog and news, each with its feed and posts."""

from collections.abc import Container, Sequence
from dataclasses import replace

from audit.model.catalogue import Catalogue
from audit.model.kinds import BLOG, NEWS, OF_FEED, SECTIONS
from audit.model.result import Window
from audit.model.site import Section
from audit.model.value import Evidence, Reason, Unknown
from scrapers.page.told import RULE
from scrapers.parse.text import clean
from scrapers.parse.urls import page_key, segments
from scrapers.site.front import as_picks, front_root
from scrapers.site.further import chains_of
from scrapers.site.lists import Answers, lists_of
from scrapers.site.look import Look, Root, Site
from scrapers.site.lost import mostly_lost
from scrapers.site.mapped_posts import from_sitemaps
from scrapers.site.offers import OF_ARTICLE, kind_of_article, unread_sections
from scrapers.site.pointed import faults_of, nothing_read, unread_pointed
from scrapers.site.posts import Draft, drafts, enrich, posts
from scrapers.site.roots import (
    assign,
    find_roots,
    is_section_feed,
    joined,
    merged,
    pointed_roots,
)
from scrapers.site.unnamed import ENOUGH

_EMPTY = Unknown(
    reason=Reason.TOO_LITTLE_DATA, detail="the page is there, but shows no entry that could be read"
)


def find_sections(look: Look, catalogue: Catalogue, window: Window) -> tuple[Section, ...]:
    """Return the dated sections of a site, at most one a kind, in the order of `_place`.

    One that the site promises and that could not be read has no posts and says why. A feed or an
    article alone is such a promise only where nothing else was read.
    """
    site, feeds, failures = Site(look.company, look.pages, catalogue), look.feeds, look.failures
    unpointed = [feed for feed in feeds if feed.section is None]
    chains = [chain for chain in chains_of(unpointed) if is_section_feed(joined(chain), site)]
    usable = [feed for chain in chains for feed in chain]
    failed = {page_key(failure.url): failure for failure in failures}
    found = [root for root in find_roots(site, usable) if not _is_part(root, site, failed)]
    roots = [*pointed_roots(site, feeds), *found]
    for chain in chains:
        assign(chain, roots, site)
    lost = mostly_lost(look.pages, look.lost, look.gone)
    answers = Answers(feeds, failed, look.sitemaps, window, unread=lost is not None)
    sections = [section_of(root, site, answers) for root in merged(roots, site)]
    read = _distinct([section for section in sections if section is not None])
    known = {section.channel for section in read}
    read += unread_pointed(site, failures, known, SECTIONS)
    known = {section.channel for section in read}
    promised = unread_sections(site, feeds, failures)
    read = _with_front(read, promised, site, answers)
    known = {section.channel for section in read}
    not_read = [
        _with_reason(section, lost) if site.at_home(section.url) else section
        for section in promised
        if section.channel not in known
        and not (known and section.evidence[0].rule.endswith((OF_ARTICLE, OF_FEED)))
    ]
    return tuple(sorted((*read, *not_read), key=lambda section: _place(section, site)))


def _with_reason(section: Section, lost: Unknown | None) -> Section:
    """Give a section that was not asked for the reason why half of its site was lost."""
    unread = section.unreadable
    asked = unread is None or unread.reason is not Reason.NOT_CHECKED
    return section if asked or lost is None else replace(section, unreadable=lost)


def _with_front(
    read: Sequence[Section], promised: Sequence[Section], site: Site, answers: Answers
) -> list[Section]:
    """Add the posts that the start page shows where no post of a blog or of news was read."""
    articles = [section for section in read if section.channel in (BLOG.name, NEWS.name)]
    if any(section.posts or section.pointed is not None for section in articles):
        return [*read]
    root = front_root(site, [*articles, *promised])
    front = section_of(root, site, answers) if root is not None else None
    if front is None:
        return [*read]
    return [*(section for section in read if section.channel != front.channel), as_picks(front)]


def _place(section: Section, site: Site) -> tuple[bool, int]:
    """Return what sections are sorted by; one that was not read and lies elsewhere tells least."""
    elsewhere = section.unreadable is not None and not site.at_home(section.url)
    return elsewhere, SECTIONS.index(section.channel)


def _is_part(root: Root, site: Site, failed: Container[str]) -> bool:
    """Tell whether a page lies in a section whose own index was asked for and could not be read.

    `/blog/news/` is then one of the posts of `/blog/`, of which nothing else is known, unless menus
    name it or it lists several dated entries itself.
    """
    dated = [item for page in root.pages for item in page.items if item.published is not None]
    if page_key(root.url) in site.names or len(dated) >= ENOUGH:
        return False
    parts = segments(root.url)
    origin = "/".join(root.url.split("/")[:3])
    return any(
        page_key(f"{origin}/{'/'.join(parts[:depth])}") in failed
        and site.promises(f"https://x.example/{parts[depth - 1]}")
        for depth in range(1, len(parts))
    )


def _distinct(sections: list[Section]) -> list[Section]:
    """Leave out a start page more than six of ten posts of which other sections hold too."""
    kept = []
    for section in sections:
        if "/" in page_key(section.url):
            kept.append(section)
            continue
        own = {page_key(post.url) for post in section.posts if post.url}
        others = {
            page_key(post.url)
            for other in sections
            if other is not section and "/" in page_key(other.url)
            for post in other.posts
        }
        if not (own and len(own & others) > 0.6 * len(own)):
            kept.append(section)
    return kept


def section_of(root: Root, site: Site, answers: Answers) -> Section | None:
    """Return a root as a section with its posts; None where nothing says that it is one.

    A page without a single dated entry is a section only where links or its address promise one.
    """
    counted = [draft for draft in drafts(root.feeds, root.pages) if _counts(draft, root, site)]
    kept = counted if root.pointed is not None else _inside(counted, root)
    # Only now: a date from its own page must not make
    # a post of what only the index lists (`_counts`).
    enrich(kept, site.pages)
    window = answers.window
    mapped = from_sitemaps(root, kept, site, answers)
    kept += mapped.drafts
    kept += _read_articles(root, kept, site)
    entries = posts(root.kind, root.url, kept, window)
    is_named = root.pointed is not None or site.promises(root.url)
    if not entries and not is_named:
        return None
    if not any(post.published for post in entries) and not root.feeds and not is_named:
        return None
    lists = lists_of(root, kept, answers, mapped.told)
    covered = any(at <= window.start for post in entries if (at := post.counted_at) is not None)
    faults = faults_of(root, covered=covered) if entries else ()
    return Section(
        channel=root.kind.name,
        url=root.url,
        feeds=tuple(feed.url for feed in root.feeds if not feed.source),
        posts=entries,
        # Older posts are missing, too, where the link to them is lost.
        truncated=bool(entries) and (lists.missing or "next" in dict(faults)),
        unreadable=None if entries else nothing_read(root) or _EMPTY,
        evidence=_proofs(root),
        pointed=root.pointed,
        faults=faults,
        lists=lists.told if entries else (),
        since=lists.since,
        picked=lists.picked,
    )


def _read_articles(root: Root, kept: Sequence[Draft], site: Site) -> list[Draft]:
    """Return pages that were read and are posts by their own account, which no list names.

    They lie below a section of which other posts are known, or show its list themselves. An index
    that gives the data of its posts has the time of one of them.
    """
    if root.pointed is not None or not kept:
        return []
    known, at = {key for draft in kept for key in draft.keys}, page_key(root.url)
    times = {dated.at for draft in kept for dated in draft.dates}
    pages = {page_key(page.url): page for page in site.pages if kind_of_article(page) is root.kind}
    return [
        Draft(
            url=page.url,
            title=page.title,
            dates=[page.published],
            evidence=page.proof(f"section.{root.kind.name}", clean(page.title, 200)),
            keys={key},
            language=page.language,
        )
        for key, page in pages.items()
        if page.published is not None
        and not (key in known or page.published.at in times)
        and (key == at or key.startswith(f"{at}/"))
    ]


def _inside(counted: list[Draft], root: Root) -> list[Draft]:
    """Keep the drafts below the section where most lie there.

    What a feed of the whole site adds is then no post of the section.
    """
    base = page_key(root.url)
    inside = [
        draft for draft in counted if not draft.url or page_key(draft.url).startswith(base + "/")
    ]
    return inside if "/" in base and len(inside) > 0.6 * len(counted) else counted


def _counts(draft: Draft, root: Root, site: Site) -> bool:
    """Tell whether a draft is a post of the section; in a feed, one without address is.

    Foreign entries are none, unless they are episodes, reached through FeedBurner (`/~r/`), or a
    person points at them. What only an index page lists needs a date where there is a feed.
    """
    if draft.pointed:
        return True
    # A feed that the rules have found adds to the list that a person points at what lies below it.
    if root.pointed is not None and root.pointed.item:
        return page_key(draft.url).startswith(f"{page_key(root.url)}/")
    if draft.in_feed:
        return root.kind.elsewhere or not draft.url or site.own(draft.url) or "/~r/" in draft.url
    # What stands in full on a page is of that page; a feed would hold it with an address.
    if draft.inline:
        return not root.feeds
    if page_key(draft.url) == page_key(root.url) or not site.own(draft.url):
        return False
    return bool(draft.dates) or not root.feeds


def _proofs(root: Root) -> tuple[Evidence, ...]:
    """Return the evidence of a section: up to two feeds, then up to three index pages."""
    rule = f"section.{root.kind.name}" if root.pointed is None else RULE
    pages = tuple(
        page.proof(rule, clean(f"{page.title}: {len(page.items)} entries", 200))
        for page in root.pages[:3]
    )
    return (*(feed.evidence for feed in root.feeds[:2]), *pages)
