"""Medium: stories by feed; followers, claps and responses from the page's own data (recorded)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scrapers.parse.embedded import assigned
from scrapers.parse.html import read_html
from scrapers.parse.urls import host_of, links_in
from scrapers.platforms import kit

_RULE = "platform.medium"
_FULL = 10
"""Stories that a feed holds at most."""

_POST = re.compile(r"[-/]([0-9a-f]{8,12})$")
_REACTIONS = ((kit.Reaction.LIKES, "clapCount"), (kit.Reaction.COMMENTS, "postResponses.count"))


@dataclass(frozen=True, slots=True)
class _Home:
    """The page of an account or publication, with the objects that its scripts work on."""

    page: kit.Page
    things: kit.Json
    who: kit.Json | None


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the feed, then the page: that one is refused more often."""
    if "/u/" in ask.url:
        return (yield from _numbered(ask))
    stories = yield from kit.read_blog_feed(_feed(ask), _RULE, "medium")
    return _joined(ask, stories, (yield from _home(ask)))


def _feed(ask: kit.Ask) -> str:
    host = host_of(ask.url)
    return f"https://{host}/feed" + ("" if host != "medium.com" else f"/{ask.handle}")


def _numbered(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """An address with a number names the account on its page only."""
    home = yield from _home(ask)
    if isinstance(home, kit.Failure):
        return kit.refused_by(home, _RULE)
    name = kit.name_of(home.who.get("username")) if home.who is not None else ""
    if not name:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    stories = yield from kit.read_blog_feed(f"https://medium.com/feed/@{name}", _RULE, "medium")
    found = _joined(ask, stories, home)
    if isinstance(found, kit.Unknown):
        return found
    return replace(found, handle=f"@{name}", url=f"https://medium.com/@{name}")


def _home(ask: kit.Ask) -> kit.Steps[_Home | kit.Failure]:
    found = yield from kit.ask_page(ask.url)
    if isinstance(found, kit.Failure):
        return found
    said = assigned(read_html(found), "__APOLLO_STATE__")
    things = kit.object_of(said)
    return _Home(page=found, things=things, who=_who(things, ask))


def _who(things: kit.Json, ask: kit.Ask) -> kit.Json | None:
    """The account or publication that the address names: by its domain, else by its name."""
    host, wanted = host_of(ask.url), ask.handle.removeprefix("@").casefold()
    kinds = {"User"} if "/@" in ask.url or "/u/" in ask.url else {"Collection"}
    if host != "medium.com":
        kinds = {"User", "Collection"}
    those = [
        each
        for each in kit.items(list(things.values()))
        if kit.text_of(each.get("__typename")) in kinds
    ]
    served = (each for each in those if host != "medium.com" and host in _domains(each))
    named = (each for each in those if wanted in _names(each))
    return next(served, None) or next(named, None)


def _names(said: kit.Json) -> set[str]:
    return {kit.text_of(said.get(key)).casefold() for key in ("id", "username", "slug")}


def _domains(said: kit.Json) -> set[str]:
    """The domains under which Medium serves an account or publication."""
    paths = (("domain",), ("customDomainState", "live", "domain"))
    return {domain for path in paths if (domain := kit.name_of(kit.field(said, *path)))}


def _joined(
    ask: kit.Ask, stories: kit.BlogFeed | kit.Failure, home: _Home | kit.Failure
) -> kit.Profile | kit.Unknown:
    """Put feed and page together; one of them is enough."""
    if isinstance(home, _Home) and home.who is not None:
        return _profile(ask, stories, home, home.who)
    if isinstance(stories, kit.Failure):
        return _neither(stories, home) if isinstance(home, kit.Failure) else kit.reason_of(stories)
    if isinstance(home, kit.Failure):
        audience = kit.reason_of(home)
    else:
        audience = kit.unread(
            kit.Outcome.PARSE_FAILED, "no account in the page where it used to be"
        )
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(stories.said.evidence,),
        name=_name(stories.said.title),
        audience=audience,
        timeline=kit.timeline_of(
            map(_bare, stories.posts), ask, truncated=len(stories.posts) >= _FULL
        ),
    )


def _neither(stories: kit.Failure, home: kit.Failure) -> kit.Profile | kit.Unknown:
    """A feed that is missing proves nothing by itself; a page that is missing, too, does."""
    if stories.reason not in kit.GONE:
        return kit.reason_of(stories)
    if home.reason not in kit.GONE:
        return kit.reason_of(home)
    if b"suspended" in home.body.lower():
        return kit.absent(home, _RULE, kit.Standing.SUSPENDED, "Medium has suspended the account")
    return kit.not_found(home, _RULE)


def _name(title: str) -> str:
    """The title of a feed: `Stories by NAME on Medium`, `NAME - Medium`."""
    return title.removeprefix("Stories by ").removesuffix(" on Medium").removesuffix(" - Medium")


def _bare(post: kit.ProfilePost) -> kit.ProfilePost:
    """A story without the mark in its address that says where a reader came from."""
    return replace(post, url=post.url.partition("?")[0])


def _profile(
    ask: kit.Ask, stories: kit.BlogFeed | kit.Failure, home: _Home, who: kit.Json
) -> kit.Profile:
    proof = kit.Proof(home.page, _RULE)
    name, about = kit.text_of(kit.field(who, "name")), kit.text_of(kit.field(who, "bio"))
    about = about or kit.text_of(kit.field(who, "description"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {about}"),),
        account=kit.text_of(kit.field(who, "id")),
        name=name,
        about=about,
        audience=_audience(proof, who),
        figures=tuple(_following(proof, who)),
        timeline=kit.reason_of(stories)
        if isinstance(stories, kit.Failure)
        else _line(ask, stories, home),
        links=kit.distinct(links_in(about), _sites(who)),
    )


def _audience(proof: kit.Proof, who: object) -> kit.Number:
    if kit.field(who, "__typename") == "User":
        return proof.count(kit.field(who, "socialStats", "followerCount"), "followers")
    return proof.count(kit.field(who, "subscriberCount"), "followers")


def _following(proof: kit.Proof, who: object) -> Iterator[kit.ProfileFigure]:
    count = kit.field(who, "socialStats", "followingCount")
    if kit.count_of(count) is not None:
        yield proof.figure(kit.Count.FOLLOWING, count)


def _sites(who: kit.Json) -> tuple[str, ...]:
    """A domain of the owner's that Medium serves proves that they hold it."""
    own = sorted(each for each in _domains(who) if not each.endswith("medium.com"))
    return kit.distinct(*(kit.site_in(f"https://{each}/") for each in own))


def _line(ask: kit.Ask, stories: kit.BlogFeed, home: _Home) -> kit.Timeline:
    posts = (_reacted(_bare(post), home.things) for post in stories.posts)
    return kit.timeline_of(posts, ask, truncated=len(stories.posts) >= _FULL)


def _reacted(post: kit.ProfilePost, things: kit.Json) -> kit.ProfilePost:
    """A story with its claps (up to 50 of one reader) and responses, where the page has them."""
    number = _POST.search(post.url)
    said = things.get(f"Post:{number[1]}") if number is not None else None
    return replace(post, interactions=kit.interactions_of(said, _REACTIONS))


PLATFORM = kit.Platform(
    name="medium",
    read=read,
    public="the 10 newest stories; followers, claps and responses where the page is let in",
    confidence=kit.Confidence.TOOLS,
)
