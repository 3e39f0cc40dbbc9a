"""Medium: stories by feed; followers, claps and responses from the page's own data (recorded)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scrapers.parse.embedded import assigned
from scrapers.parse.html import read_html
from scrapers.parse.urls import host_of, links_in
from scrapers.platforms import kit

_RULE = "platform.medium"
_FEED_FULL = 10
"""Stories that a feed holds at most."""

# A story's address ends in its number: `…/how-we-test-a-pump-aaaabbbb0001`.
_STORY = re.compile(r"[-/]([0-9a-f]{8,12})$")
_REACTIONS = ((kit.Reaction.LIKES, "clapCount"), (kit.Reaction.COMMENTS, "postResponses.count"))


@dataclass(frozen=True, slots=True)
class _Home:
    """The page of an account or publication, with the objects that its scripts work on.

    `objects` are by their names, such as `User:1a2b` or `Post:aaaabbbb0001`; `owner` is the one
    among them whose page it is, None where it is not there.
    """

    page: kit.Page
    objects: kit.Json
    owner: kit.Json | None


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the feed, then the page: that one is refused more often."""
    if "/u/" in ask.url:
        return (yield from _by_number(ask))
    feed = yield from kit.read_blog_feed(_feed_address(ask), _RULE, "medium")
    return _joined(ask, feed, (yield from _home(ask)))


def _feed_address(ask: kit.Ask) -> str:
    """Return the address of the feed, which lies at the root of a domain that is one's own."""
    host = host_of(ask.url)
    return f"https://{host}/feed" + ("" if host != "medium.com" else f"/{ask.handle}")


def _by_number(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read an address with a number (`/u/1a2b`); its name stands on the account's page only."""
    home = yield from _home(ask)
    if isinstance(home, kit.Failure):
        return kit.refused_by(home, _RULE)
    name = kit.name_of(home.owner.get("username")) if home.owner is not None else ""
    if not name:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    feed = yield from kit.read_blog_feed(f"https://medium.com/feed/@{name}", _RULE, "medium")
    profile = _joined(ask, feed, home)
    if isinstance(profile, kit.Unknown):
        return profile
    return replace(profile, handle=f"@{name}", url=f"https://medium.com/@{name}")


# ---- the page and whose it is ----


def _home(ask: kit.Ask) -> kit.Steps[_Home | kit.Failure]:
    """Read the page of an account or publication with the objects in it."""
    page = yield from kit.ask_page(ask.url)
    if isinstance(page, kit.Failure):
        return page
    objects = kit.object_of(assigned(read_html(page), "__APOLLO_STATE__"))
    return _Home(page=page, objects=objects, owner=_owner(objects, ask))


def _owner(objects: kit.Json, ask: kit.Ask) -> kit.Json | None:
    """Return the account or publication that the address names: by its domain, else by its name."""
    host, handle = host_of(ask.url), ask.handle.removeprefix("@").casefold()
    # The page holds other accounts as well (authors, recommendations), and an account and a
    # publication may bear one name: the form of the address tells which of the two is meant.
    kinds = {"User"} if "/@" in ask.url or "/u/" in ask.url else {"Collection"}
    if host != "medium.com":
        kinds = {"User", "Collection"}
    candidates = [
        candidate
        for candidate in kit.items(list(objects.values()))
        if kit.text_of(candidate.get("__typename")) in kinds
    ]
    # `acme.medium.com` may be the domain of an account whose name is not `acme`.
    by_domain = (each for each in candidates if host != "medium.com" and host in _domains(each))
    by_name = (each for each in candidates if handle in _names(each))
    return next(by_domain, None) or next(by_name, None)


def _names(owner: kit.Json) -> set[str]:
    """Return the number and the names by which addresses call an account or publication."""
    return {kit.text_of(owner.get(key)).casefold() for key in ("id", "username", "slug")}


def _domains(owner: kit.Json) -> set[str]:
    """Return the domains under which Medium serves an account or publication."""
    # Publications have theirs in the first place, accounts in the second.
    paths = (("domain",), ("customDomainState", "live", "domain"))
    return {domain for path in paths if (domain := kit.name_of(kit.field(owner, *path)))}


# ---- feed and page together ----


def _joined(
    ask: kit.Ask, feed: kit.BlogFeed | kit.Failure, home: _Home | kit.Failure
) -> kit.Profile | kit.Unknown:
    """Put feed and page together; one of them is enough."""
    if isinstance(home, _Home) and home.owner is not None:
        return _profile(ask, feed, home, home.owner)
    if isinstance(feed, kit.Failure):
        return _neither(feed, home) if isinstance(home, kit.Failure) else kit.reason_of(feed)
    if isinstance(home, kit.Failure):
        audience = kit.reason_of(home)
    else:
        audience = kit.unread(
            kit.Outcome.PARSE_FAILED, "no account in the page where it used to be"
        )
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(feed.said.evidence,),
        name=_name_in(feed.said.title),
        audience=audience,
        timeline=kit.timeline_of(
            map(_without_source, feed.posts), ask, truncated=len(feed.posts) >= _FEED_FULL
        ),
    )


def _neither(feed: kit.Failure, home: kit.Failure) -> kit.Profile | kit.Unknown:
    """Return what it means that neither was read: missing, suspended, or unknown why."""
    # A feed that is missing proves nothing by itself; a page that is missing, too, does.
    if feed.reason not in kit.GONE:
        return kit.reason_of(feed)
    if home.reason not in kit.GONE:
        return kit.reason_of(home)
    # The status does not tell a suspended account from one that never was; the page's words do.
    if b"suspended" in home.body.lower():
        return kit.absent(home, _RULE, kit.Standing.SUSPENDED, "Medium has suspended the account")
    return kit.not_found(home, _RULE)


def _name_in(title: str) -> str:
    """Return the name in a feed's title: `Stories by NAME on Medium`, `NAME - Medium`."""
    return title.removeprefix("Stories by ").removesuffix(" on Medium").removesuffix(" - Medium")


def _without_source(post: kit.ProfilePost) -> kit.ProfilePost:
    """Return a story without the mark that its feed puts into the address (`?source=rss-…`)."""
    return replace(post, url=post.url.partition("?")[0])


def _profile(
    ask: kit.Ask, feed: kit.BlogFeed | kit.Failure, home: _Home, owner: kit.Json
) -> kit.Profile:
    """Return the profile that the page's data gives, with the stories of the feed if it came."""
    proof = kit.Proof(home.page, _RULE)
    name, bio = kit.text_of(owner.get("name")), kit.text_of(owner.get("bio"))
    # Accounts have a `bio`, publications a `description`.
    about = bio or kit.text_of(owner.get("description"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {about}"),),
        account=kit.text_of(owner.get("id")),
        name=name,
        about=about,
        audience=_audience(proof, owner),
        figures=tuple(_following(proof, owner)),
        timeline=kit.reason_of(feed)
        if isinstance(feed, kit.Failure)
        else _timeline(ask, feed, home),
        links=kit.distinct(links_in(about), _own_sites(owner)),
    )


def _audience(proof: kit.Proof, owner: kit.Json) -> kit.Number:
    """Return the followers, which accounts and publications count at different places."""
    if owner.get("__typename") == "User":
        return proof.count(kit.field(owner, "socialStats", "followerCount"), "followers")
    return proof.count(owner.get("subscriberCount"), "followers")


def _following(proof: kit.Proof, owner: kit.Json) -> Iterator[kit.ProfileFigure]:
    """Give how many an account follows; nothing for a publication, which follows nobody."""
    count = kit.field(owner, "socialStats", "followingCount")
    if kit.count_of(count) is not None:
        yield proof.figure(kit.Count.FOLLOWING, count)


def _own_sites(owner: kit.Json) -> tuple[str, ...]:
    """Return the owner's own domains: that Medium serves one proves that they hold it."""
    domains = sorted(each for each in _domains(owner) if not each.endswith("medium.com"))
    return kit.distinct(*(kit.site_in(f"https://{domain}/") for domain in domains))


def _timeline(ask: kit.Ask, feed: kit.BlogFeed, home: _Home) -> kit.Timeline:
    """Return the stories of the feed with the reactions that the page knows."""
    posts = (_with_reactions(_without_source(post), home.objects) for post in feed.posts)
    return kit.timeline_of(posts, ask, truncated=len(feed.posts) >= _FEED_FULL)


def _with_reactions(post: kit.ProfilePost, objects: kit.Json) -> kit.ProfilePost:
    """Return a story with its claps (up to 50 of one reader) and responses, if the page has it."""
    # The feed has no reactions, and the page only those of the stories that it shows.
    match = _STORY.search(post.url)
    story = objects.get(f"Post:{match[1]}") if match is not None else None
    return replace(post, interactions=kit.interactions_of(story, _REACTIONS))


PLATFORM = kit.Platform(
    name="medium",
    read=read,
    public="the 10 newest stories; followers, claps and responses where the page is let in",
    confidence=kit.Confidence.TOOLS,
)
