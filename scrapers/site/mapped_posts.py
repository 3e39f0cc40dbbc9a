"""Take the posts that only a sitemap names, with the date of their page or of the sitemap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from audit.model.facts import MapEntry, PageFacts
from audit.model.site import Extent, ListKind, PostList
from audit.model.value import Dated, DateSource, Evidence
from scrapers.parse.text import clean
from scrapers.parse.urls import page_key, segments
from scrapers.site.lists import Answers
from scrapers.site.look import Root, Site, is_post
from scrapers.site.mapped import MappedPage, are_dates, in_question, posts_mapped
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
    proofs = {entry.key: page.evidence for page in maps for entry in page.entries}
    drafts = [
        draft
        for entry in entries
        if entry.key not in own
        if (draft := _draft(entry, visited.get(entry.key), site, proofs if dated else {}))
    ]
    settled = own | visited.keys() | answers.failed.keys()
    unread = len(in_question(entries, settled, answers.window.start, dated=dated))
    return Mapped(drafts, _told(maps, entries, own, drafts, unread))


def _date_of(draft: Draft) -> datetime | None:
    """Return one of the dates of a post."""
    return draft.dates[0].at if draft.dates else None


def _draft(
    entry: MapEntry, page: PageFacts | None, site: Site, proofs: Mapping[str, Evidence | None]
) -> Draft | None:
    """Return a post that only a sitemap names; None for a page that is none, or without a date.

    `proofs` are the sitemaps by the keys of what they name, where they state days of publication.
    """
    if page is not None:
        if page.published is None or page_key(page.url) in site.names or not is_post(page, site):
            return None
        title = _title_of(page)
        proof = page.proof("posts.page", clean(title, 200))
        draft = Draft(entry.url, title, [page.published], proof, {entry.key})
        draft.language = page.language
        return draft
    of_map = proofs.get(entry.key)
    if entry.at is None or of_map is None:
        return None
    dates = [Dated(at=entry.at, source=DateSource.SITEMAP)]
    excerpt = clean(f"{entry.url} · {entry.at:%Y-%m-%d}", 200)
    evidence = replace(of_map, rule="posts.sitemap", excerpt=excerpt)
    return Draft(entry.url, _words_of(entry.url), dates, evidence, {entry.key})


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
    maps: Sequence[MappedPage],
    entries: Sequence[MapEntry],
    own: set[str],
    drafts: Sequence[Draft],
    unread: int,
) -> PostList | None:
    """Return the sitemaps as one list of a section's posts; None without evidence."""
    evidence = next((page.evidence for page in maps if page.evidence is not None), None)
    if evidence is None:
        return None
    cut = unread > 0 or any(page.cut for page in maps)
    return PostList(
        kind=ListKind.SITEMAP,
        url=maps[0].url,
        posts=sum(entry.key in own for entry in entries) + len(drafts),
        extent=Extent.CUT if cut else Extent.WHOLE,
        evidence=evidence,
        unread=unread,
    )
