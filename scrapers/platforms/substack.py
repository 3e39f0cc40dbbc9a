"""Substack: letters by feed, subscribers as far as the page about it rounds them (recorded)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from audit.model.exchange import Failure, Page
from audit.model.profile import (
    Outcome,
    Profile,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Number, Unknown
from scrapers.parse.embedded import assigned, everywhere
from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import host_of, links_in
from scrapers.parse.values import at, instant, name_of, once, site_of, text_of, time_of, whole
from scrapers.platforms.kit.base import GONE, Answer, Ask, Confidence, Platform, Steps, answer, page
from scrapers.platforms.kit.blog import Fed, fed
from scrapers.platforms.kit.paging import Listing, paged
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, gone, refused, timeline, why

_RULE = "platform.substack"
_FULL = 20
"""Letters that a feed holds at most."""

_LISTED = 12
"""Letters of one page of the archive."""

_TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,62}")
_SHOWN = re.compile(r"\bover\s+(\d[\d.,]*\s?[KM]?)\s+subscribers\b", re.I)
_FORMATS = {"podcast": "audio", "thread": "text", "video": "video"}
_REACTIONS = (
    (Reaction.LIKES, "reaction_count"),
    (Reaction.COMMENTS, "comment_count"),
    (Reaction.SHARES, "restacks"),
)


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read a publication; of a person, the publication that they name as theirs."""
    if host_of(ask.url) != "substack.com":
        return (yield from _publication(ask, ask.handle))
    found = yield from (_profile_said(ask) if ask.undocumented else _profile_page(ask))
    if isinstance(found, Failure):
        return refused(found, _RULE)
    name = next(filter(None, (_tenant(at(each, "subdomain")) for each in found)), "")
    if not name:
        return unread(Outcome.NOT_SUPPORTED, "a person's page that names no publication")
    said = yield from _publication(ask, name)
    if isinstance(said, Unknown) or said.standing is not Standing.LIVE:
        return said
    return replace(said, handle="", url="", links=(f"https://{name}.substack.com/", *said.links))


def _tenant(said: object) -> str:
    """A name under substack.com; empty for what cannot be one."""
    name = text_of(said)
    return name if _TENANT.fullmatch(name) else ""


def _profile_page(ask: Ask) -> Steps[list[object] | Failure]:
    found = yield from page(ask.url)
    if isinstance(found, Failure):
        return found
    return list(everywhere(assigned(read_html(found), "_preloads"), "primaryPublication"))


def _profile_said(ask: Ask) -> Steps[list[object] | Failure]:
    found = yield from answer(
        f"https://substack.com/api/v1/user/{quote(ask.handle)}/public_profile"
    )
    return found if isinstance(found, Failure) else [found.at("primaryPublication")]


def _publication(ask: Ask, name: str) -> Steps[Profile | Unknown]:
    base = f"https://{quote(name)}.substack.com"
    letters = yield from fed(f"{base}/feed", _RULE, "substack")
    about = yield from page(f"{base}/about")
    if isinstance(letters, Failure) and isinstance(about, Failure):
        if letters.reason in GONE and about.reason in GONE:
            return gone(about, _RULE)
        return why(about if letters.reason in GONE else letters)
    line: Timeline | Unknown | None = None
    if ask.undocumented:
        line = yield from _archive(ask, base)
    if line is None or isinstance(line, Unknown):
        line = _newest(ask, letters)
    if isinstance(about, Failure):
        return _without_page(letters, why(about), line)
    return _profile(name, about, letters, line)


def _newest(ask: Ask, letters: Fed | Failure) -> Timeline | Unknown:
    if isinstance(letters, Failure):
        return why(letters)
    return timeline(letters.posts, ask, truncated=len(letters.posts) >= _FULL)


def _without_page(
    letters: Fed | Failure, audience: Unknown, line: Timeline | Unknown
) -> Profile | Unknown:
    if isinstance(letters, Failure):
        return why(letters)
    return Profile(
        standing=Standing.LIVE,
        evidence=(letters.said.evidence,),
        name=letters.said.title,
        audience=audience,
        timeline=line,
    )


def _profile(
    name: str, about: Page, letters: Fed | Failure, line: Timeline | Unknown
) -> Profile | Unknown:
    proof, document = Proof(about, _RULE), read_html(about)
    said = at(assigned(document, "_preloads"), "pub")
    if not isinstance(said, dict) and isinstance(letters, Failure):
        return unread(Outcome.PARSE_FAILED, "no publication where it used to be")
    current, words = _tenant(at(said, "subdomain")) or name, text_of(at(said, "hero_text"))
    fed_title = "" if isinstance(letters, Failure) else letters.said.title
    number = whole(at(said, "id"))
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{text_of(at(said, 'name')) or fed_title}: {words}"),),
        url=f"https://{current}.substack.com",
        handle=current,
        account=str(number) if number is not None else "",
        name=text_of(at(said, "name")) or fed_title,
        about=words,
        audience=_audience(proof, document, said),
        timeline=line,
        links=once(links_in(words), _domain(said)),
        created_at=time_of(at(said, "created_at")),
    )


def _audience(proof: Proof, document: Document, said: object) -> Number:
    """Subscribers, where the owner lets them be shown; Substack rounds them down.

    "Tens of thousands of subscribers" is no number, and paid subscribers are not all.
    """
    for key in ("rankingDetailFreeSubscriberCount", "freeSubscriberCount"):
        shown = text_of(at(said, key))
        if re.search(r"\d", shown):
            return proof.count(shown, "subscribers", exact=False)
    body = document.tree.body
    found = _SHOWN.search(body.text(separator=" ")) if body is not None else None
    if found is not None:
        return proof.count(found[0], "subscribers", exact=False)
    if isinstance(said, dict):
        return unread(Outcome.NOT_SUPPORTED, "the page shows no rounded count of subscribers")
    return unread(Outcome.PARSE_FAILED, "no publication where it used to be")


def _domain(said: object) -> Iterator[str]:
    """A domain of the owner's that Substack serves proves that they hold it."""
    if domain := name_of(at(said, "custom_domain")):
        yield from site_of(f"https://{domain}/")


def _archive(ask: Ask, base: str) -> Steps[Timeline | Unknown]:
    """Page back through the archive, which no document describes, until the window is covered."""
    url = f"{base}/api/v1/archive?sort=new&offset="
    more = f"&limit={_LISTED}"
    listing = Listing(
        first=f"{url}0{more}",
        items=_written,
        after=lambda found, part: (
            f"{url}{part * _LISTED}{more}" if len(found.listed()) >= _LISTED else ""
        ),
        within=(),
        what="letters",
    )
    return paged(ask, listing)


def _written(found: Answer) -> Iterator[ProfilePost]:
    proof = Proof(found.page, _RULE)
    for each in found.listed():
        made, url = instant(each.get("post_date")), text_of(each.get("canonical_url"))
        title = text_of(each.get("title"))
        if made is None or not url.startswith("https://"):
            continue
        yield ProfilePost(
            url=url,
            title=title,
            text=text_of(each.get("subtitle")),
            published=made,
            evidence=proof.dated(made, title),
            format=_FORMATS.get(text_of(each.get("type")), "article"),
            interactions=interactions(each, _REACTIONS),
        )


PLATFORM = Platform(
    name="substack",
    read=read,
    public="the 20 newest letters; subscribers rounded down, where the page about it shows them",
    confidence=Confidence.TOOLS,
    audience="subscribers",
    undocumented="letters back to the start of the window with likes, comments and restacks",
)
