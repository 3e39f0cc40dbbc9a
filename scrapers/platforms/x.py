"""X: the JSON-LD of the profile page where it is served; followers and posts by API with a key."""

from urllib.parse import quote

from audit.model.exchange import Failure, Page
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    Standing,
    unread,
)
from audit.model.value import Unknown
from scrapers.parse.embedded import same_as, script_json, statistic, things
from scrapers.parse.html import read_html
from scrapers.parse.urls import links_in
from scrapers.parse.values import at, digits_of, listed, once, site_of, text_of, time_of
from scrapers.platforms._x_api import KEY, by_key
from scrapers.platforms.kit.base import Ask, Confidence, Platform, Steps, page
from scrapers.platforms.kit.proof import Proof, needs

_RULE = "platform.x"
_HELP = f"{KEY.name} makes it readable"
_EMBED = "https://syndication.twitter.com/srv/timeline-profile/screen-name/"
_ACTIONS = ((Count.FOLLOWING, "SubscribeAction"), (Count.POSTS, "WriteAction"))
"""X puts those whom the profile follows under SubscribeAction."""


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read by the API with a key, else what the public page states."""
    if ask.has(KEY):
        return (yield from by_key(ask, _RULE))
    found = yield from page(f"https://x.com/{quote(ask.handle)}")
    shown = _failed(found) if isinstance(found, Failure) else _stated(found)
    if isinstance(shown, Unknown) and ask.undocumented:
        return (yield from _embedded(ask, shown))
    return shown


def _failed(failure: Failure) -> Unknown:
    return Unknown(reason=failure.reason, detail=f"{failure.detail}; {_HELP}")


def _stated(found: Page) -> Profile | Unknown:
    """The profile in the page's JSON-LD; a page without it is a shell that asks for a login."""
    pages = things(read_html(found), "ProfilePage")
    about = at(pages[0], "mainEntity") if pages else None
    if not isinstance(about, dict):
        return unread(Outcome.LOGIN_WALL, f"the page says nothing without a login; {_HELP}")
    name, bio = text_of(about.get("name")), text_of(about.get("description"))
    proof, handle = Proof(found, _RULE), text_of(about.get("additionalName"))
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {name}"),),
        url=f"https://x.com/{quote(handle)}" if handle else "",
        handle=handle,
        account=digits_of(about.get("identifier")),
        name=name,
        about=bio,
        audience=proof.count(statistic(about, "FollowAction"), "followers"),
        figures=tuple(proof.figure(count, statistic(about, word)) for count, word in _ACTIONS),
        timeline=needs(KEY, "posts"),
        links=once(links_in(bio), *map(site_of, same_as(about))),
        created_at=time_of(pages[0].get("dateCreated")),
    )


def _embedded(ask: Ask, reason: Unknown) -> Steps[Profile | Unknown]:
    """Followers from the embedded timeline; its posts stand by likes and tell no cadence."""
    found = yield from page(f"{_EMBED}{quote(ask.handle)}")
    if isinstance(found, Failure):
        return reason
    said = script_json(read_html(found), "#__NEXT_DATA__")
    entries = listed(at(said, "props", "pageProps", "timeline", "entries"))
    users = (at(each, "content", "tweet", "user") for each in entries)
    own = (each for each in users if _handle(each).casefold() == ask.handle.casefold())
    user = next(own, None)
    if user is None:
        return reason
    proof, bio = Proof(found, _RULE), text_of(at(user, "description"))
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"@{_handle(user)}: {text_of(at(user, 'name'))}"),),
        handle=_handle(user),
        account=text_of(at(user, "id_str")),
        name=text_of(at(user, "name")),
        about=bio,
        audience=proof.count(at(user, "followers_count"), "followers"),
        timeline=needs(KEY, "posts"),
        links=links_in(bio),
    )


def _handle(user: object) -> str:
    return text_of(at(user, "screen_name"))


PLATFORM = Platform(
    name="x",
    read=read,
    public="followers where robots.txt and the page allow it; no posts",
    confidence=Confidence.TOOLS,
    keys=(KEY,),
    undocumented="followers from the backend of embedded timelines",
    pace=3.0,
)
