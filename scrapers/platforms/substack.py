"""Substack: letters by feed, subscribers as far as the page about it rounds them (recorded)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from scrapers.parse.embedded import assigned, everywhere
from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import host_of, links_in
from scrapers.platforms import kit

_RULE = "platform.substack"
_FULL = 20
"""Letters that a feed holds at most."""

_LISTED = 12
"""Letters of one page of the archive."""

_TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,62}")
_SHOWN = re.compile(r"\bover\s+(\d[\d.,]*\s?[KM]?)\s+subscribers\b", re.I)
_FORMATS = {"podcast": "audio", "thread": "text", "video": "video"}
_REACTIONS = (
    (kit.Reaction.LIKES, "reaction_count"),
    (kit.Reaction.COMMENTS, "comment_count"),
    (kit.Reaction.SHARES, "restacks"),
)


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read a publication; of a person, the publication that they name as theirs."""
    if host_of(ask.url) != "substack.com":
        return (yield from _publication(ask, ask.handle))
    found = yield from (_profile_said(ask) if ask.undocumented else _profile_page(ask))
    if isinstance(found, kit.Failure):
        return kit.refused_by(found, _RULE)
    name = next(filter(None, (_tenant(kit.field(each, "subdomain")) for each in found)), "")
    if not name:
        return kit.unread(kit.Outcome.NOT_SUPPORTED, "a person's page that names no publication")
    said = yield from _publication(ask, name)
    if isinstance(said, kit.Unknown) or said.standing is not kit.Standing.LIVE:
        return said
    return replace(said, handle="", url="", links=(f"https://{name}.substack.com/", *said.links))


def _tenant(said: object) -> str:
    """A name under substack.com; empty for what cannot be one."""
    name = kit.text_of(said)
    return name if _TENANT.fullmatch(name) else ""


def _profile_page(ask: kit.Ask) -> kit.Steps[list[object] | kit.Failure]:
    found = yield from kit.ask_page(ask.url)
    if isinstance(found, kit.Failure):
        return found
    return list(everywhere(assigned(read_html(found), "_preloads"), "primaryPublication"))


def _profile_said(ask: kit.Ask) -> kit.Steps[list[object] | kit.Failure]:
    found = yield from kit.ask_json(
        f"https://substack.com/api/v1/user/{quote(ask.handle)}/public_profile"
    )
    return found if isinstance(found, kit.Failure) else [found.field("primaryPublication")]


def _publication(ask: kit.Ask, name: str) -> kit.Steps[kit.Profile | kit.Unknown]:
    base = f"https://{quote(name)}.substack.com"
    letters = yield from kit.read_blog_feed(f"{base}/feed", _RULE, "substack")
    about = yield from kit.ask_page(f"{base}/about")
    if isinstance(letters, kit.Failure) and isinstance(about, kit.Failure):
        if letters.reason in kit.GONE and about.reason in kit.GONE:
            return kit.not_found(about, _RULE)
        return kit.reason_of(about if letters.reason in kit.GONE else letters)
    line: kit.Timeline | kit.Unknown | None = None
    if ask.undocumented:
        line = yield from _archive(ask, base)
    if line is None or isinstance(line, kit.Unknown):
        line = _newest(ask, letters)
    if isinstance(about, kit.Failure):
        return _without_page(letters, kit.reason_of(about), line)
    return _profile(name, about, letters, line)


def _newest(ask: kit.Ask, letters: kit.BlogFeed | kit.Failure) -> kit.Timeline | kit.Unknown:
    if isinstance(letters, kit.Failure):
        return kit.reason_of(letters)
    return kit.timeline_of(letters.posts, ask, truncated=len(letters.posts) >= _FULL)


def _without_page(
    letters: kit.BlogFeed | kit.Failure, audience: kit.Unknown, line: kit.Timeline | kit.Unknown
) -> kit.Profile | kit.Unknown:
    if isinstance(letters, kit.Failure):
        return kit.reason_of(letters)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(letters.said.evidence,),
        name=letters.said.title,
        audience=audience,
        timeline=line,
    )


def _profile(
    name: str,
    about: kit.Page,
    letters: kit.BlogFeed | kit.Failure,
    line: kit.Timeline | kit.Unknown,
) -> kit.Profile | kit.Unknown:
    proof, document = kit.Proof(about, _RULE), read_html(about)
    said = kit.field(assigned(document, "_preloads"), "pub")
    if not isinstance(said, dict) and isinstance(letters, kit.Failure):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no publication where it used to be")
    current, words = (
        _tenant(kit.field(said, "subdomain")) or name,
        kit.text_of(kit.field(said, "hero_text")),
    )
    fed_title = "" if isinstance(letters, kit.Failure) else letters.said.title
    number = kit.count_of(kit.field(said, "id"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{kit.text_of(kit.field(said, 'name')) or fed_title}: {words}"),),
        url=f"https://{current}.substack.com",
        handle=current,
        account=str(number) if number is not None else "",
        name=kit.text_of(kit.field(said, "name")) or fed_title,
        about=words,
        audience=_audience(proof, document, said),
        timeline=line,
        links=kit.distinct(links_in(words), _domain(said)),
        created_at=kit.time_of(kit.field(said, "created_at")),
    )


def _audience(proof: kit.Proof, document: Document, said: object) -> kit.Number:
    """Subscribers, where the owner lets them be shown; Substack rounds them down.

    "Tens of thousands of subscribers" is no number, and paid subscribers are not all.
    """
    for key in ("rankingDetailFreeSubscriberCount", "freeSubscriberCount"):
        shown = kit.text_of(kit.field(said, key))
        if re.search(r"\d", shown):
            return proof.count(shown, "subscribers", exact=False)
    body = document.tree.body
    found = _SHOWN.search(body.text(separator=" ")) if body is not None else None
    if found is not None:
        return proof.count(found[0], "subscribers", exact=False)
    if isinstance(said, dict):
        return kit.unread(
            kit.Outcome.NOT_SUPPORTED, "the page shows no rounded count of subscribers"
        )
    return kit.unread(kit.Outcome.PARSE_FAILED, "no publication where it used to be")


def _domain(said: object) -> Iterator[str]:
    """A domain of the owner's that Substack serves proves that they hold it."""
    if domain := kit.name_of(kit.field(said, "custom_domain")):
        yield from kit.site_in(f"https://{domain}/")


def _archive(ask: kit.Ask, base: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the archive, which no document describes, until the window is covered."""
    url = f"{base}/api/v1/archive?sort=new&offset="
    more = f"&limit={_LISTED}"
    listing = kit.Listing(
        first=f"{url}0{more}",
        items=_written,
        after=lambda found, part: (
            f"{url}{part * _LISTED}{more}" if len(found.items()) >= _LISTED else ""
        ),
        within=(),
        what="letters",
    )
    return kit.read_posts(ask, listing)


def _written(found: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, _RULE)
    for each in found.items():
        made, url = kit.dated_at(each.get("post_date")), kit.text_of(each.get("canonical_url"))
        title = kit.text_of(each.get("title"))
        if made is None or not url.startswith("https://"):
            continue
        yield kit.ProfilePost(
            url=url,
            title=title,
            text=kit.text_of(each.get("subtitle")),
            published=made,
            evidence=proof.dated(made, title),
            format=_FORMATS.get(kit.text_of(each.get("type")), "article"),
            interactions=kit.interactions_of(each, _REACTIONS),
        )


PLATFORM = kit.Platform(
    name="substack",
    read=read,
    public="the 20 newest letters; subscribers rounded down, where the page about it shows them",
    confidence=kit.Confidence.TOOLS,
    audience="subscribers",
    undocumented="letters back to the start of the window with likes, comments and restacks",
)
