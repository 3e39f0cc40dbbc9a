"""X: the JSON-LD of the profile page where it is served; followers and posts by API with a key."""

from urllib.parse import quote

from scrapers.parse.embedded import same_as, script_json, statistic, things
from scrapers.parse.html import read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit
from scrapers.platforms._x_api import KEY, by_key

_RULE = "platform.x"
_HELP = f"{KEY.name} makes it readable"
_EMBED = "https://syndication.twitter.com/srv/timeline-profile/screen-name/"
_ACTIONS = ((kit.Count.FOLLOWING, "SubscribeAction"), (kit.Count.POSTS, "WriteAction"))
"""X puts those whom the profile follows under SubscribeAction."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read by the API with a key, else what the public page states."""
    if ask.has(KEY):
        return (yield from by_key(ask, _RULE))
    found = yield from kit.ask_page(f"https://x.com/{quote(ask.handle)}")
    shown = _failed(found) if isinstance(found, kit.Failure) else _stated(found)
    if isinstance(shown, kit.Unknown) and ask.undocumented:
        return (yield from _embedded(ask, shown))
    return shown


def _failed(failure: kit.Failure) -> kit.Unknown:
    return kit.Unknown(reason=failure.reason, detail=f"{failure.detail}; {_HELP}")


def _stated(found: kit.Page) -> kit.Profile | kit.Unknown:
    """The profile in the page's JSON-LD; a page without it is a shell that asks for a login."""
    pages = things(read_html(found), "ProfilePage")
    about = kit.field(pages[0], "mainEntity") if pages else None
    if not isinstance(about, dict):
        return kit.unread(kit.Outcome.LOGIN_WALL, f"the page says nothing without a login; {_HELP}")
    name, bio = kit.text_of(about.get("name")), kit.text_of(about.get("description"))
    proof, handle = kit.Proof(found, _RULE), kit.text_of(about.get("additionalName"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {name}"),),
        url=f"https://x.com/{quote(handle)}" if handle else "",
        handle=handle,
        account=kit.digits_of(about.get("identifier")),
        name=name,
        about=bio,
        audience=proof.count(statistic(about, "FollowAction"), "followers"),
        figures=tuple(proof.figure(count, statistic(about, word)) for count, word in _ACTIONS),
        timeline=kit.needs_key(KEY, "posts"),
        links=kit.distinct(links_in(bio), *map(kit.site_in, same_as(about))),
        created_at=kit.time_of(pages[0].get("dateCreated")),
    )


def _embedded(ask: kit.Ask, reason: kit.Unknown) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Followers from the embedded timeline; its posts stand by likes and tell no cadence."""
    found = yield from kit.ask_page(f"{_EMBED}{quote(ask.handle)}")
    if isinstance(found, kit.Failure):
        return reason
    said = script_json(read_html(found), "#__NEXT_DATA__")
    entries = kit.items(kit.field(said, "props", "pageProps", "timeline", "entries"))
    users = (kit.field(each, "content", "tweet", "user") for each in entries)
    own = (each for each in users if _handle(each).casefold() == ask.handle.casefold())
    user = next(own, None)
    if user is None:
        return reason
    proof, bio = kit.Proof(found, _RULE), kit.text_of(kit.field(user, "description"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{_handle(user)}: {kit.text_of(kit.field(user, 'name'))}"),),
        handle=_handle(user),
        account=kit.text_of(kit.field(user, "id_str")),
        name=kit.text_of(kit.field(user, "name")),
        about=bio,
        audience=proof.count(kit.field(user, "followers_count"), "followers"),
        timeline=kit.needs_key(KEY, "posts"),
        links=links_in(bio),
    )


def _handle(user: object) -> str:
    return kit.text_of(kit.field(user, "screen_name"))


PLATFORM = kit.Platform(
    name="x",
    read=read,
    public="followers where robots.txt and the page allow it; no posts",
    confidence=kit.Confidence.TOOLS,
    keys=(KEY,),
    undocumented="followers from the backend of embedded timelines",
    pace=3.0,
)
