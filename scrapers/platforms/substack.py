"""Substack: letters by feed, subscribers as far as the page about it rounds them (recorded)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from scrapers.parse.document import Document
from scrapers.parse.embedded import assigned, everywhere
from scrapers.parse.html import read_html
from scrapers.parse.urls import host_of, links_in
from scrapers.platforms import kit

_RULE = "platform.substack"
_FEED_SIZE = 20
"""Letters that a feed holds at most."""

_ARCHIVE_SIZE = 12
"""Letters of one page of the archive."""

_TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,62}")
_SUBSCRIBERS = re.compile(r"\bover\s+(\d[\d.,]*\s?[KM]?)\s+subscribers\b", re.I)
_FORMATS = {"podcast": "audio", "thread": "text", "video": "video"}
_REACTIONS = (
    (kit.Reaction.LIKES, "reaction_count"),
    (kit.Reaction.COMMENTS, "comment_count"),
    (kit.Reaction.SHARES, "restacks"),
)


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read a publication; of a person, the publication that they name as theirs."""
    # Publications live on hosts of their own (NAME.substack.com); the bare host shows persons.
    if host_of(ask.url) != "substack.com":
        return (yield from _publication(ask, ask.handle))
    own = yield from (_own_by_interface(ask) if ask.undocumented else _own_by_page(ask))
    if isinstance(own, kit.Failure):
        return kit.refused_by(own, _RULE)
    tenants = (_tenant(kit.field(publication, "subdomain")) for publication in own)
    name = next(filter(None, tenants), "")
    if not name:
        return kit.unread(kit.Outcome.NOT_SUPPORTED, "a person's page that names no publication")
    profile = yield from _publication(ask, name)
    if isinstance(profile, kit.Unknown) or profile.standing is not kit.Standing.LIVE:
        return profile
    # Handle and address stay those of the person: the publication is only linked.
    links = (f"https://{name}.substack.com/", *profile.links)
    return replace(profile, handle="", url="", links=links)


# ---- whose publication it is ----


def _tenant(value: object) -> str:
    """Return a name under substack.com; empty for what cannot be one."""
    name = kit.text_of(value)
    return name if _TENANT.fullmatch(name) else ""


def _own_by_page(ask: kit.Ask) -> kit.Steps[list[object] | kit.Failure]:
    """Read the publications that a person's page names as theirs."""
    page = yield from kit.ask_page(ask.url)
    if isinstance(page, kit.Failure):
        return page
    return list(everywhere(assigned(read_html(page), "_preloads"), "primaryPublication"))


def _own_by_interface(ask: kit.Ask) -> kit.Steps[list[object] | kit.Failure]:
    """Ask for the publication of a person by the interface that no document describes."""
    answer = yield from kit.ask_json(
        f"https://substack.com/api/v1/user/{quote(ask.handle)}/public_profile"
    )
    return answer if isinstance(answer, kit.Failure) else [answer.field("primaryPublication")]


# ---- the publication ----


def _publication(ask: kit.Ask, name: str) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the feed of a publication and the page about it, and its archive where that is allowed.

    It is missing only where both feed and page are gone.
    """
    base = f"https://{quote(name)}.substack.com"
    feed = yield from kit.read_blog_feed(f"{base}/feed", _RULE, "substack")
    about = yield from kit.ask_page(f"{base}/about")
    if isinstance(feed, kit.Failure) and isinstance(about, kit.Failure):
        if feed.reason in kit.GONE and about.reason in kit.GONE:
            return kit.not_found(about, _RULE)
        return kit.reason_of(about if feed.reason in kit.GONE else feed)
    timeline: kit.Timeline | kit.Unknown | None = None
    if ask.undocumented:
        timeline = yield from _archive(ask, base)
    if timeline is None or isinstance(timeline, kit.Unknown):
        timeline = _newest(ask, feed)
    if isinstance(about, kit.Failure):
        return _without_page(feed, kit.reason_of(about), timeline)
    return _profile(name, about, feed, timeline)


def _newest(ask: kit.Ask, feed: kit.BlogFeed | kit.Failure) -> kit.Timeline | kit.Unknown:
    """Return the letters of the feed, or why there is none; one that is full may not be whole."""
    if isinstance(feed, kit.Failure):
        return kit.reason_of(feed)
    return kit.timeline_of(feed.posts, ask, truncated=len(feed.posts) >= _FEED_SIZE)


def _without_page(
    feed: kit.BlogFeed | kit.Failure, audience: kit.Unknown, timeline: kit.Timeline | kit.Unknown
) -> kit.Profile | kit.Unknown:
    """Put together a publication whose page failed; `audience` says why there is no audience."""
    if isinstance(feed, kit.Failure):
        return kit.reason_of(feed)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(feed.said.evidence,),
        name=feed.said.title,
        audience=audience,
        timeline=timeline,
    )


def _profile(
    name: str,
    about: kit.Page,
    feed: kit.BlogFeed | kit.Failure,
    timeline: kit.Timeline | kit.Unknown,
) -> kit.Profile | kit.Unknown:
    """Put together a publication by the page about it; its title, if need be, is the feed's."""
    proof, document = kit.Proof(about, _RULE), read_html(about)
    publication = kit.field(assigned(document, "_preloads"), "pub")
    if not isinstance(publication, dict) and isinstance(feed, kit.Failure):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no publication where it used to be")
    # A publication that moved is still answered under its old name; the data say the new one.
    handle = _tenant(kit.field(publication, "subdomain")) or name
    words = kit.text_of(kit.field(publication, "hero_text"))
    fed_title = "" if isinstance(feed, kit.Failure) else feed.said.title
    title = kit.text_of(kit.field(publication, "name")) or fed_title
    number = kit.count_of(kit.field(publication, "id"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{title}: {words}"),),
        url=f"https://{handle}.substack.com",
        handle=handle,
        account=str(number) if number is not None else "",
        name=title,
        about=words,
        audience=_audience(proof, document, publication),
        timeline=timeline,
        links=kit.distinct(links_in(words), _domain(publication)),
        created_at=kit.time_of(kit.field(publication, "created_at")),
    )


def _audience(proof: kit.Proof, document: Document, publication: object) -> kit.Number:
    """Return the subscribers, where the owner lets them be shown; Substack rounds them down.

    "Tens of thousands of subscribers" is no number, and paid subscribers are not all.
    """
    for key in ("rankingDetailFreeSubscriberCount", "freeSubscriberCount"):
        text = kit.text_of(kit.field(publication, key))
        if re.search(r"\d", text):
            return proof.count(text, "subscribers", exact=False)
    body = document.tree.body
    match = _SUBSCRIBERS.search(body.text(separator=" ")) if body is not None else None
    if match is not None:
        return proof.count(match[0], "subscribers", exact=False)
    if isinstance(publication, dict):
        return kit.unread(
            kit.Outcome.NOT_SUPPORTED, "the page shows no rounded count of subscribers"
        )
    return kit.unread(kit.Outcome.PARSE_FAILED, "no publication where it used to be")


def _domain(publication: object) -> Iterator[str]:
    """Give the owner's own domain that Substack serves, which proves that they hold it."""
    if domain := kit.name_of(kit.field(publication, "custom_domain")):
        yield from kit.site_in(f"https://{domain}/")


# ---- the archive ----


def _archive(ask: kit.Ask, base: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the archive, which no document describes, until the window is covered."""
    url = f"{base}/api/v1/archive?sort=new&offset="
    size = f"&limit={_ARCHIVE_SIZE}"
    # Nothing in an answer says whether more follows: a page that is not full is the last.
    listing = kit.Listing(
        first=f"{url}0{size}",
        items=_posts,
        after=lambda answer, number: (
            f"{url}{number * _ARCHIVE_SIZE}{size}" if len(answer.items()) >= _ARCHIVE_SIZE else ""
        ),
        within=(),
        what="letters",
    )
    return kit.read_posts(ask, listing)


def _posts(answer: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    """Read one page of the archive."""
    proof = kit.Proof(answer.page, _RULE)
    for letter in answer.items():
        published = kit.dated_at(letter.get("post_date"))
        url = kit.text_of(letter.get("canonical_url"))
        title = kit.text_of(letter.get("title"))
        if published is None or not url.startswith("https://"):
            continue
        yield kit.ProfilePost(
            url=url,
            title=title,
            text=kit.text_of(letter.get("subtitle")),
            published=published,
            evidence=proof.dated(published, title),
            format=_FORMATS.get(kit.text_of(letter.get("type")), "article"),
            interactions=kit.interactions_of(letter, _REACTIONS),
        )


PLATFORM = kit.Platform(
    name="substack",
    read=read,
    public="the 20 newest letters; subscribers rounded down, where the page about it shows them",
    confidence=kit.Confidence.TOOLS,
    audience="subscribers",
    undocumented="letters back to the start of the window with likes, comments and restacks",
)
