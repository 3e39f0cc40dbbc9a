"""Take the posts that only a sitemap names, with the date of their page or of the sitemap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from audit.model.facts import PageFacts, SitemapPage
from audit.model.site import Extent, ListKind, PostList
from audit.model.value import Dated, DateSource, Evidence
from scrapers.parse.text import clean
from scrapers.parse.urls import page_key, segments
from scrapers.site.lists import Answers
from scrapers.site.look import Root, Site, is_post
from scrapers.site.mapped import Entry, are_dates, in_question, posts_mapped
from scrapers.site.posts import Draft

_SEPARATORS = ("|", " - ", " – ", " — ", " · ", " :: ")
"""What stands between the title of a post and the name of the site in the title of a page."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """The posts that sitemaps add to a section, and the sitemaps as a list of its posts, if any."""

    drafts: list[Draft]
    told: PostList | None


def from_sitemaps(root: Root, kept: Sequence[Draft], site: Site, answers: Answers) -> Mapped:
    """Return the posts of a section that only sitemaps name, and how far they go.

    One that was opened has the date of its page; others have that of the sitemap where it states
    the days of publication, as those show that are known from elsewhere.
    """
    own = {key for draft in kept for key in draft.keys}
    entries, maps = posts_mapped(answers.sitemaps, root.url, own)
    if not entries or root.pointed is not None:
        return Mapped([], None)
    published = {key: date for draft in kept if (date := _date_of(draft)) for key in draft.keys}
    visited = {page_key(page.url): page for page in site.pages}
    visited |= {page_key(page.requested_url): page for page in site.pages}
    published |= {key: page.published.at for key, page in visited.items() if page.published}
    dated = are_dates(entries, published)
    new = [entry for entry in entries if page_key(entry[0]) not in own]
    proofs = {url: sitemap.evidence for sitemap in maps for url, _ in sitemap.entries}
    drafts = [
        draft
        for url, at in new
        if (draft := _draft((url, at if dated else None), visited, site, proofs)) is not None
    ]
    settled = own | visited.keys() | answers.failed.keys()
    unread = len(in_question(entries, settled, answers.window.start, dated=dated))
    return Mapped(drafts, _told(maps, entries, own, drafts, unread))


def _date_of(draft: Draft) -> datetime | None:
    """Return one of the dates of a post."""
    return draft.dates[0].at if draft.dates else None


def _draft(
    entry: Entry,
    visited: Mapping[str, PageFacts],
    site: Site,
    proofs: Mapping[str, Evidence | None],
) -> Draft | None:
    """Return a post that only a sitemap names; None for a page that is none, or without a date."""
    url, at = entry
    page = visited.get(page_key(url))
    if page is not None:
        if page.published is None or page_key(page.url) in site.names or not is_post(page, site):
            return None
        title = _title_of(page)
        proof = page.proof("posts.page", clean(title, 200))
        return Draft(url, title, [page.published], proof, {page_key(url)}, language=page.language)
    proof_of_map = proofs.get(url)
    if at is None or proof_of_map is None:
        return None
    title = _words_of(url)
    dates = [Dated(at=at, source=DateSource.SITEMAP)]
    evidence = replace(proof_of_map, rule="posts.sitemap", excerpt=clean(f"{url} · {at:%Y-%m-%d}"))
    return Draft(url, title, dates, evidence, {page_key(url)})


def _title_of(page: PageFacts) -> str:
    """Return the title of a post's page without the name of the site behind it."""
    title = page.title
    for separator in _SEPARATORS:
        before, found, name = title.rpartition(separator)
        if found and before and (not page.site_name or name.strip() == page.site_name):
            return clean(before, 300)
    return clean(title, 300)


def _words_of(url: str) -> str:
    """Return the words in the address of a post: `/blog/a-new-hall.html` is "A new hall"."""
    parts = segments(url)
    name = parts[-1].rpartition(".")[0] or parts[-1] if parts else ""
    words = clean(name.replace("-", " ").replace("_", " "), 300)
    return words[:1].upper() + words[1:]


def _told(
    maps: Sequence[SitemapPage],
    entries: Sequence[Entry],
    own: set[str],
    drafts: Sequence[Draft],
    unread: int,
) -> PostList | None:
    """Return the sitemaps as one list of a section's posts; None without evidence."""
    evidence = next((sitemap.evidence for sitemap in maps if sitemap.evidence is not None), None)
    if evidence is None:
        return None
    cut = unread > 0 or any(sitemap.truncated for sitemap in maps)
    known = sum(page_key(url) in own for url, _ in entries)
    return PostList(
        kind=ListKind.SITEMAP,
        url=maps[0].url,
        posts=known + len(drafts),
        extent=Extent.CUT if cut else Extent.WHOLE,
        evidence=evidence,
        unread=unread,
    )
