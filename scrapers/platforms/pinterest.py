"""Pinterest: the RSS of newest pins, the profile page, and the widget that others embed.

None of it was recorded: the page's JSON is used by public tools, the user's RSS and the widget are
not verified, so each of them may be silent without harm to the others.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from scrapers.parse.dates import parse_date
from scrapers.parse.embedded import everywhere, same_as, script_json, statistic, things
from scrapers.parse.html import Document, read_html
from scrapers.parse.text import clean
from scrapers.parse.urls import links_in
from scrapers.parse.xmltree import root_of, text_at
from scrapers.platforms import kit

_RULE = "platform.pinterest"
_STATES = ("#__PWS_INITIAL_PROPS__", "#__PWS_DATA__", "#initial-state")
_COUNTS = (
    (kit.Count.FOLLOWING, "following_count", "following"),
    (kit.Count.POSTS, "pin_count", "pins"),
)
_PIN = re.compile(r"/pin/(\d{5,25})(?:/|$)")
_HOME = b'id="home-main-title"'
_NOBODY = b"User not found."


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the newest pins, then the profile, then what the widget adds."""
    pins = yield from _pins(ask)
    seen = yield from _profile(ask)
    if isinstance(seen, kit.Profile) and seen.standing is not kit.Standing.LIVE:
        return seen
    widget = yield from kit.ask_json(
        f"https://widgets.pinterest.com/v3/pidgets/users/{quote(ask.handle)}/pins/"
    )
    if isinstance(widget, kit.JsonAnswer):
        seen, pins = _completed(seen, widget), _saved(pins, widget)
    if isinstance(seen, kit.Profile):
        return replace(seen, timeline=_whole(seen, pins))
    if isinstance(pins, kit.Unknown) or not pins.posts:
        return seen
    return kit.profile_of_posts(pins, seen)


def _pins(ask: kit.Ask) -> kit.Steps[kit.Timeline | kit.Unknown]:
    found = yield from kit.ask_feed(f"https://www.pinterest.com/{quote(ask.handle)}/feed.rss")
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    root = root_of(found.body)
    if root is None or root.tag != "rss" or not text_at(root, "channel/title"):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no feed of pins where it used to be")
    proof, posts = kit.Proof(found, _RULE), []
    for item in root.iterfind("channel/item"):
        key = _PIN.search(text_at(item, "link"))
        made = parse_date(text_at(item, "pubDate"), kit.DateSource.FEED, found.fetched_at)
        if key is None or made is None:
            continue
        said = kit.plain_text(text_at(item, "description"))
        title = clean(text_at(item, "title"), 300) or kit.headline(said)
        posts.append(
            kit.ProfilePost(
                url=_address(key[1]),
                title=title,
                text=said,
                published=made,
                evidence=proof.dated(made, title),
                format="image",
            )
        )
    return kit.timeline_of(posts, ask, truncated=bool(posts))


def _address(pin: str) -> str:
    return f"https://www.pinterest.com/pin/{pin}/"


def _profile(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    found = yield from kit.ask_page(f"https://www.pinterest.com/{quote(ask.handle)}/")
    if isinstance(found, kit.Failure):
        missing = found.reason is kit.Reason.HTTP_404 and _NOBODY in found.body
        return kit.not_found(found, _RULE) if missing else kit.reason_of(found)
    document = read_html(found)
    user = _user(document, ask)
    if user.get("is_private_profile") is True:
        return kit.absent(found, _RULE, kit.Standing.PRIVATE, "the profile is private")
    if user:
        return _of_state(found, user)
    return _stated(found, document) or _nobody(found, ask)


def _nobody(found: kit.Page, ask: kit.Ask) -> kit.Profile | kit.Unknown:
    """What a page without a profile means."""
    away = ask.handle.casefold() not in found.url.casefold()
    if _NOBODY in found.body or (_HOME in found.body and away):
        return kit.not_found(
            found, _RULE, "Pinterest leads to its start page: there is no such user"
        )
    if away:
        return kit.unread(kit.Outcome.LOGIN_WALL, "Pinterest led away from the profile")
    return kit.unread(kit.Outcome.PARSE_FAILED, "no profile where it used to be")


def _user(document: Document, ask: kit.Ask) -> kit.Json:
    """The profile's owner in the state that the page hands to its scripts."""
    led = document.url.partition("?")[0].rstrip("/").rpartition("/")[2]
    wanted = {ask.handle.casefold(), led.casefold()}
    for selector in _STATES:
        state = script_json(document, selector)
        listed = (each for each in everywhere(state, "users") if isinstance(each, dict))
        users = [user for each in listed for user in each.values()]
        for user in (*users, *everywhere(state, "data")):
            if isinstance(user, dict) and kit.text_of(user.get("username")).casefold() in wanted:
                return user
    return {}


def _of_state(found: kit.Page, user: kit.Json) -> kit.Profile:
    """A profile from the user's record, as the page and the widget have it."""
    proof, about = kit.Proof(found, _RULE), kit.text_of(user.get("about"))
    name, handle = kit.text_of(user.get("full_name")), kit.name_of(user.get("username"))
    began = parse_date(kit.text_of(user.get("created_at")), kit.DateSource.API, found.fetched_at)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {name}"),),
        url=f"https://www.pinterest.com/{handle}" if handle else "",
        handle=handle,
        account=kit.text_of(user.get("id")),
        name=name,
        about=about,
        audience=proof.count(user.get("follower_count"), "followers"),
        figures=tuple(
            proof.figure(count, user.get(key), word) for count, key, word in _COUNTS if key in user
        ),
        links=kit.distinct(links_in(kit.text_of(user.get("website_url"))), links_in(about)),
        created_at=began.at if began is not None else None,
        verified=user.get("is_verified_merchant") is True
        or kit.field(user, "verified_identity", "verified") is True,
    )


def _stated(found: kit.Page, document: Document) -> kit.Profile | None:
    """A profile from what the page states for all: JSON-LD, or the older meta elements."""
    proof = kit.Proof(found, _RULE)
    heads = [each.get("mainEntity") for each in things(document, "ProfilePage")]
    said = next((each for each in heads if isinstance(each, dict)), {})
    count = statistic(said, "FollowAction")
    if count is None:
        count = document.meta("pinterestapp:followers")
    name = kit.text_of(said.get("name"))
    if not name and count == "":
        return None
    about, pins = kit.text_of(said.get("description")), document.meta("pinterestapp:pins")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name or document.title}: {found.url}"),),
        name=name,
        about=about,
        audience=proof.count(count, "followers"),
        figures=(proof.figure(kit.Count.POSTS, pins, "pins"),) if pins else (),
        links=kit.distinct(*map(kit.site_in, same_as(said)), links_in(about)),
    )


def _completed(
    seen: kit.Profile | kit.Unknown, widget: kit.JsonAnswer
) -> kit.Profile | kit.Unknown:
    """The profile with the counts of the widget, where the page gave none."""
    user = widget.field("data", "user")
    if not isinstance(user, dict) or kit.count_of(user.get("follower_count")) is None:
        return seen
    more = _of_state(widget.page, user)
    if isinstance(seen, kit.Unknown):
        return more
    if isinstance(seen.audience, kit.Known):
        return seen
    evidence = (*seen.evidence, *more.evidence)
    return replace(
        seen, audience=more.audience, figures=more.figures or seen.figures, evidence=evidence
    )


def _saved(pins: kit.Timeline | kit.Unknown, widget: kit.JsonAnswer) -> kit.Timeline | kit.Unknown:
    """The pins with how often each was saved, as far as the widget lists them."""
    saves: Mapping[str, int] = dict(_saves(widget))
    if isinstance(pins, kit.Unknown):
        return pins
    posts = (
        replace(
            post,
            interactions=(kit.Interaction(reaction=kit.Reaction.SAVES, count=saves[post.url]),),
        )
        if post.url in saves
        else post
        for post in pins.posts
    )
    return replace(pins, posts=tuple(posts))


def _saves(widget: kit.JsonAnswer) -> Iterator[tuple[str, int]]:
    for pin in widget.items("data", "pins"):
        count = kit.count_of(pin.get("repin_count"))
        if count is not None:
            yield _address(kit.text_of(pin.get("id"))), count


def _whole(seen: kit.Profile, pins: kit.Timeline | kit.Unknown) -> kit.Timeline | kit.Unknown:
    """The feed is known to be whole where it holds as many pins as the profile counts."""
    count = kit.counted(seen.figures).get(kit.Count.POSTS)
    if isinstance(pins, kit.Unknown) or count is None or len(pins.posts) < count.value:
        return pins
    return replace(pins, truncated=False)


PLATFORM = kit.Platform(
    name="pinterest",
    read=read,
    public="followers, pins, the newest pins with their times and how often they were saved",
    confidence=kit.Confidence.TOOLS,
    pace=5.0,
)
