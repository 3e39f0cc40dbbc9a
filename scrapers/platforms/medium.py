"""Medium: stories by feed; followers, claps and responses from the page's own data (recorded)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from audit.model.exchange import Failure, Page
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfileFigure,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Number, Unknown
from scrapers.parse.embedded import assigned
from scrapers.parse.html import read_html
from scrapers.parse.urls import host_of, links_in
from scrapers.parse.values import (
    Json,
    at,
    listed,
    name_of,
    object_of,
    once,
    site_of,
    text_of,
    whole,
)
from scrapers.platforms.kit.base import GONE, Ask, Confidence, Platform, Steps, page
from scrapers.platforms.kit.blog import Fed, fed
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, absent, gone, refused, timeline, why

_RULE = "platform.medium"
_FULL = 10
"""Stories that a feed holds at most."""

_POST = re.compile(r"[-/]([0-9a-f]{8,12})$")
_REACTIONS = ((Reaction.LIKES, "clapCount"), (Reaction.COMMENTS, "postResponses.count"))


@dataclass(frozen=True, slots=True)
class _Home:
    """The page of an account or publication, with the objects that its scripts work on."""

    page: Page
    things: Json
    who: Json | None


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the feed, then the page: that one is refused more often."""
    if "/u/" in ask.url:
        return (yield from _numbered(ask))
    stories = yield from fed(_feed(ask), _RULE, "medium")
    return _joined(ask, stories, (yield from _home(ask)))


def _feed(ask: Ask) -> str:
    host = host_of(ask.url)
    return f"https://{host}/feed" + ("" if host != "medium.com" else f"/{ask.handle}")


def _numbered(ask: Ask) -> Steps[Profile | Unknown]:
    """An address with a number names the account on its page only."""
    home = yield from _home(ask)
    if isinstance(home, Failure):
        return refused(home, _RULE)
    name = name_of(home.who.get("username")) if home.who is not None else ""
    if not name:
        return unread(Outcome.PARSE_FAILED, "no account where it used to be")
    stories = yield from fed(f"https://medium.com/feed/@{name}", _RULE, "medium")
    found = _joined(ask, stories, home)
    if isinstance(found, Unknown):
        return found
    return replace(found, handle=f"@{name}", url=f"https://medium.com/@{name}")


def _home(ask: Ask) -> Steps[_Home | Failure]:
    found = yield from page(ask.url)
    if isinstance(found, Failure):
        return found
    said = assigned(read_html(found), "__APOLLO_STATE__")
    things = object_of(said)
    return _Home(page=found, things=things, who=_who(things, ask))


def _who(things: Json, ask: Ask) -> Json | None:
    """The account or publication that the address names: by its domain, else by its name."""
    host, wanted = host_of(ask.url), ask.handle.removeprefix("@").casefold()
    kinds = {"User"} if "/@" in ask.url or "/u/" in ask.url else {"Collection"}
    if host != "medium.com":
        kinds = {"User", "Collection"}
    those = [
        each for each in listed(list(things.values())) if text_of(each.get("__typename")) in kinds
    ]
    served = (each for each in those if host != "medium.com" and host in _domains(each))
    named = (each for each in those if wanted in _names(each))
    return next(served, None) or next(named, None)


def _names(said: Json) -> set[str]:
    return {text_of(said.get(key)).casefold() for key in ("id", "username", "slug")}


def _domains(said: Json) -> set[str]:
    """The domains under which Medium serves an account or publication."""
    paths = (("domain",), ("customDomainState", "live", "domain"))
    return {domain for path in paths if (domain := name_of(at(said, *path)))}


def _joined(ask: Ask, stories: Fed | Failure, home: _Home | Failure) -> Profile | Unknown:
    """Put feed and page together; one of them is enough."""
    if isinstance(home, _Home) and home.who is not None:
        return _profile(ask, stories, home, home.who)
    if isinstance(stories, Failure):
        return _neither(stories, home) if isinstance(home, Failure) else why(stories)
    if isinstance(home, Failure):
        audience = why(home)
    else:
        audience = unread(Outcome.PARSE_FAILED, "no account in the page where it used to be")
    return Profile(
        standing=Standing.LIVE,
        evidence=(stories.said.evidence,),
        name=_name(stories.said.title),
        audience=audience,
        timeline=timeline(map(_bare, stories.posts), ask, truncated=len(stories.posts) >= _FULL),
    )


def _neither(stories: Failure, home: Failure) -> Profile | Unknown:
    """A feed that is missing proves nothing by itself; a page that is missing, too, does."""
    if stories.reason not in GONE:
        return why(stories)
    if home.reason not in GONE:
        return why(home)
    if b"suspended" in home.body.lower():
        return absent(home, _RULE, Standing.SUSPENDED, "Medium has suspended the account")
    return gone(home, _RULE)


def _name(title: str) -> str:
    """The title of a feed: `Stories by NAME on Medium`, `NAME - Medium`."""
    return title.removeprefix("Stories by ").removesuffix(" on Medium").removesuffix(" - Medium")


def _bare(post: ProfilePost) -> ProfilePost:
    """A story without the mark in its address that says where a reader came from."""
    return replace(post, url=post.url.partition("?")[0])


def _profile(ask: Ask, stories: Fed | Failure, home: _Home, who: Json) -> Profile:
    proof = Proof(home.page, _RULE)
    name, about = text_of(at(who, "name")), text_of(at(who, "bio"))
    about = about or text_of(at(who, "description"))
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: {about}"),),
        account=text_of(at(who, "id")),
        name=name,
        about=about,
        audience=_audience(proof, who),
        figures=tuple(_following(proof, who)),
        timeline=why(stories) if isinstance(stories, Failure) else _line(ask, stories, home),
        links=once(links_in(about), _sites(who)),
    )


def _audience(proof: Proof, who: object) -> Number:
    if at(who, "__typename") == "User":
        return proof.count(at(who, "socialStats", "followerCount"), "followers")
    return proof.count(at(who, "subscriberCount"), "followers")


def _following(proof: Proof, who: object) -> Iterator[ProfileFigure]:
    count = at(who, "socialStats", "followingCount")
    if whole(count) is not None:
        yield proof.figure(Count.FOLLOWING, count)


def _sites(who: Json) -> tuple[str, ...]:
    """A domain of the owner's that Medium serves proves that they hold it."""
    own = sorted(each for each in _domains(who) if not each.endswith("medium.com"))
    return once(*(site_of(f"https://{each}/") for each in own))


def _line(ask: Ask, stories: Fed, home: _Home) -> Timeline:
    posts = (_reacted(_bare(post), home.things) for post in stories.posts)
    return timeline(posts, ask, truncated=len(stories.posts) >= _FULL)


def _reacted(post: ProfilePost, things: Json) -> ProfilePost:
    """A story with its claps (up to 50 of one reader) and responses, where the page has them."""
    number = _POST.search(post.url)
    said = things.get(f"Post:{number[1]}") if number is not None else None
    return replace(post, interactions=interactions(said, _REACTIONS))


PLATFORM = Platform(
    name="medium",
    read=read,
    public="the 10 newest stories; followers, claps and responses where the page is let in",
    confidence=Confidence.TOOLS,
)
